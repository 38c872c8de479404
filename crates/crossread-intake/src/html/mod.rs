//! Pages: the story, its title, stamps, captions and comments out of HTML.

mod blocks;
mod head;
mod names;
mod page;
mod shape;
mod story;
mod tree;
mod writer;

pub(crate) use page::{Page, read, read_page};
pub(crate) use shape::refusal;
pub(crate) use writer::compose;
