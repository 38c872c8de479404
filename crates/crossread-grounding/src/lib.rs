//! Who, where, when, how many: what the spans of a parsed report name.
