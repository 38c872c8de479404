//! A case as tables, pages and standard formats.
