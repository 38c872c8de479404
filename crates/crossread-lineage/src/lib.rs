//! How many origins the reports have, and which claim comes from which.
//!
//! [`trace`] takes the records of a pile and gives its origins: reports that rest on one text are one origin, however
//! many outlets print it. [`Index`] finds which of very many reports share text, for crawls.
//!
//! How a pair of reports is judged:
//! 1. Words of the claim-making regions, less page furniture and standing passages (`furniture`, `pile`).
//! 2. Passages in common, with words changed (`align`): reprints, whole or in part.
//! 3. What the one tells of the other, sentence by sentence, and in whose words (`measure`): rewrites.
//! 4. Measures against named bounds (`model`, `data/model.toml`).
//!
//! Quoting the same spokesman does not join two reports: quotations are not counted as reprinted sentences, and
//! facts in common (names, numbers) not as words in common.

mod align;
mod candidates;
mod evidence;
mod fingerprint;
mod furniture;
mod index;
mod measure;
mod model;
mod origins;
mod pile;
mod seams;
mod stock;
#[cfg(test)]
mod testing;
mod text;
mod upstream;
mod words;

pub use index::{Candidate, Index, Number};
pub use origins::{Lineage, trace};
