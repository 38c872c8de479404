//! A case as tables, pages and standard formats.
//!
//! The [`brief`] is what a person reads first: it is worked out once, as a value, and then written for a
//! terminal, as Markdown, or as one static HTML page. [`not_known`] says what a brief of an earlier moment leaves out.

mod as_of;
pub mod brief;
mod check;
mod reader;
pub mod show;
mod table;
mod words;

pub use as_of::not_known;
pub use check::check_to_terminal;
pub use reader::html_page;
pub use table::{sensitivity_to_terminal, table_to_csv, table_to_terminal, why};
pub use words::{day, plain, short_claim, short_id};
