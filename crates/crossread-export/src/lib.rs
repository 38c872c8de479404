//! A case as tables, pages and standard formats.
//!
//! The [`brief`] is what a person reads first: it is worked out once, as a value, and then written for a
//! terminal, as Markdown, or as one static HTML page.

pub mod brief;
mod reader;
pub mod show;
mod words;

pub use reader::html_page;
pub use words::{day, plain, short_id};
