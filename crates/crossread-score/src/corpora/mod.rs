//! Readers of the gold sets, one a set. Each gives the set's texts and what its authors marked in them, with spans
//! in bytes.

mod cat;
pub mod conll;
pub mod ecbplus;
pub mod gvc;
pub mod lgl;
pub mod meantime;
pub mod muc4;
pub mod origins;
pub mod pages;
pub mod polnear;
pub mod relations;
pub mod stories;
pub mod t17;
pub mod timeml;

use std::path::{Path, PathBuf};

use crossread_base::Span;
use serde::de::DeserializeOwned;

use crate::score::ScoreError;

/// The text of a file.
pub fn read_text(path: &Path) -> Result<String, ScoreError> {
    std::fs::read_to_string(path)
        .map_err(|source| ScoreError::Read { path: path.to_owned(), source })
}

/// The lines of a JSON Lines file.
pub fn json_lines<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, ScoreError> {
    let text = read_text(path)?;
    let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    lines
        .map(|(line, number)| {
            serde_json::from_str(line)
                .map_err(|error| ScoreError::form(path, format!("line {number}: {error}")))
        })
        .collect()
}

/// The files of a folder whose names end in `ending`, by name.
pub fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, ScoreError> {
    let fail = |source| ScoreError::Read { path: folder.to_owned(), source };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(fail)? {
        let path = entry.map_err(fail)?.path();
        if path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(ending)) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// The name of a file without its ending.
pub fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// At most `limit` of `all`, spread evenly over it, so that a sample holds something of every part.
pub fn sample<T>(all: Vec<T>, limit: Option<usize>) -> Vec<T> {
    let count = all.len();
    let Some(limit) = limit.filter(|&limit| limit < count) else {
        return all;
    };
    all.into_iter()
        .enumerate()
        .filter(|(index, _)| (index * limit) / count != ((index + 1) * limit) / count)
        .map(|(_, item)| item)
        .collect()
}

/// The byte at which each character of a text starts, for gold offsets that count characters.
#[derive(Debug)]
pub struct CharOffsets(Vec<u32>);

impl CharOffsets {
    /// Of `text`.
    pub fn new(text: &str) -> Self {
        let ends = std::iter::once(text.len());
        Self(text.char_indices().map(|(at, _)| at).chain(ends).map(|at| at as u32).collect())
    }

    /// The bytes of the characters from `start` to `end`; `None` outside the text.
    pub fn span(&self, start: usize, end: usize) -> Option<Span> {
        Some(Span::new(*self.0.get(start)?, *self.0.get(end)?))
    }
}

/// A text made of tokens, and where each stands in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Joined {
    /// The tokens, joined.
    pub text: String,
    /// The span of each token.
    pub tokens: Vec<Span>,
}

impl Joined {
    /// Adds a token, with `gap` before it unless it is the first.
    pub fn push(&mut self, token: &str, gap: &str) {
        if !self.tokens.is_empty() {
            self.text.push_str(gap);
        }
        let start = self.text.len();
        self.text.push_str(token);
        self.tokens.push(Span::of(start..self.text.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_not_bytes() {
        let offsets = CharOffsets::new("né à Lyon");
        assert_eq!(offsets.span(5, 9).unwrap().text("né à Lyon"), "Lyon");
        assert_eq!(offsets.span(5, 10), None);
    }

    #[test]
    fn a_sample_is_spread() {
        assert_eq!(sample((0..10).collect(), Some(3)), [3, 6, 9]);
        assert_eq!(sample(vec![1, 2], Some(3)), [1, 2]);
        assert_eq!(sample((0..5).collect::<Vec<i32>>(), None).len(), 5);
    }
}
