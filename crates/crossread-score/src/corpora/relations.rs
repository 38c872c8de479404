//! Pairs of claims and how they stand to each other, hand-labelled; `pairs.jsonl`.

use std::path::Path;

use serde::Deserialize;

use super::stories::ReportName;
use crate::score::ScoreError;

/// A labelled pair.
#[derive(Debug, Clone, Deserialize)]
pub struct ClaimPair {
    /// Its name.
    pub id: String,
    /// How the two stand to each other, as a record would say it (`differ_in_scope`).
    pub relation: String,
    /// What both answer.
    pub question: String,
    /// The one.
    pub a: Quoted,
    /// The other.
    pub b: Quoted,
}

/// A claim, by its words.
#[derive(Debug, Clone, Deserialize)]
pub struct Quoted {
    corpus: String,
    doc: String,
    /// The numbers of its sentences in the set.
    pub sentences: Vec<u32>,
    /// Its tokens, joined by one space.
    pub quote: String,
}

impl Quoted {
    /// The report it is in.
    pub fn report(&self) -> Result<ReportName, ScoreError> {
        ReportName::parse(&self.corpus, &self.doc)
            .ok_or_else(|| ScoreError::Asked(format!("{} has no report {}", self.corpus, self.doc)))
    }
}

/// The pairs, in the order of the file.
pub fn read(set: &Path) -> Result<Vec<ClaimPair>, ScoreError> {
    super::json_lines(&set.join("pairs.jsonl"))
}
