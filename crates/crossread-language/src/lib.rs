//! Sentences, tokens, tags, dependencies and names of a report's text.
