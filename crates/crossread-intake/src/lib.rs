//! Bytes in; captures and reports out.
//!
//! [`find_files`] and [`read_file`] go from paths to bytes, [`read_capture`] from bytes to [`Report`]s: decoded text,
//! the regions it is made of, outlet, authors, credits and dates, each with its evidence, and the language. What is
//! not read is told in a [`Problem`]; nothing is dropped in silence, and nothing panics on what it is given.
//!
//! What is over one of the [`Limits`] is refused and told.

mod agencies;
mod byline;
mod capture;
mod credits;
mod dates;
mod decode;
mod furnish;
mod headline;
mod html;
mod jsonl;
mod language;
mod lead_in;
mod limits;
mod outlet;
mod paragraphs;
mod phrases;
mod plain;
mod regions;
mod stamps;
mod walk;

pub use capture::{read_capture, read_capture_with};
pub use limits::Limits;
pub use walk::{Found, find_files, read_file};

use crossread_record::Report;

/// What the bytes of one capture gave: its reports, and what could not be read of it.
#[derive(Debug, Default)]
pub struct Reading {
    /// In order of the capture.
    pub reports: Vec<Report>,
    /// Each names the file and the place in it.
    pub problems: Vec<Problem>,
}

/// Something that was not read, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {what}")]
pub struct Problem {
    /// The file, with the place in it: `pile.jsonl:12`.
    pub path: String,
    /// What is the matter, for a person.
    pub what: String,
}

impl Problem {
    fn new(path: impl ToString, what: impl Into<String>) -> Self {
        Self { path: path.to_string(), what: what.into() }
    }
}
