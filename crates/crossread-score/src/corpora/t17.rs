//! T17 (Tran et al. 2013): dated articles of one crisis, `date,text` rows.

use std::path::Path;

use super::read_text;
use crate::score::ScoreError;

/// An article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// The day, `2011-02-16`.
    pub date: String,
    /// The text field as it is.
    pub text: String,
}

/// The articles of `outputwithpub.csv` in a folder; the index is the 0-based data row.
pub fn read(folder: &Path) -> Result<Vec<Dated>, ScoreError> {
    let path = folder.join("outputwithpub.csv");
    let text = read_text(&path)?;
    csv::Reader::from_reader(text.as_bytes())
        .records()
        .map(|row| {
            let row = row.map_err(|error| ScoreError::form(&path, error.to_string()))?;
            let field = |index| row.get(index).unwrap_or_default().to_owned();
            Ok(Dated { date: field(0), text: field(1) })
        })
        .collect()
}
