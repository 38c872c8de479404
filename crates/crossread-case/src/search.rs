use crossread_base::ReportId;

use crate::{Case, CaseError};

/// A passage that a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The report.
    pub report: ReportId,
    /// The index of the region in it.
    pub region: u32,
}

impl Case {
    /// Finds the passages that hold all the words, the best first (BM25, as FTS5 ranks), at most `limit`.
    ///
    /// `words` are taken as words, whatever marks they hold: no query language of SQLite's shows through.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn search(&self, words: &str, limit: u32) -> Result<Vec<Hit>, CaseError> {
        let quoted: Vec<String> = words
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(|word| format!("\"{word}\""))
            .collect();
        if quoted.is_empty() {
            return Ok(Vec::new());
        }
        let rows: Vec<(String, u32)> = self.ask(|db| {
            db.prepare_cached(
                "SELECT report, region FROM passage WHERE passage MATCH ?1 \
                 ORDER BY rank, report, region LIMIT ?2",
            )?
            .query_map((quoted.join(" "), limit), |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect()
        })?;
        Ok(rows
            .into_iter()
            .filter_map(|(report, region)| Some(Hit { report: report.parse().ok()?, region }))
            .collect())
    }
}
