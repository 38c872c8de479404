//! One row a coded event, with cells chosen among claims that differ by a published rule.
//!
//! Rules, columns and what makes a row are data (`data/coding.toml`). A table is worked out from a pile as it stands;
//! every cell keeps the claims it uses and those it passes over, with the reason, so that a person can overrule it.

mod choose;
mod gather;
mod incident;
mod sensitivity;
mod table;

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

pub use sensitivity::{Change, Left, sensitivity};
pub use table::{Cell, Coded, Part, PassedOver, Row, Table, Used, table};

/// What `data/coding.toml` holds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    row: RowData,
    general: General,
    column: Vec<Column>,
    rule: Vec<Rule>,
}

/// What makes a row.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RowData {
    happenings: Vec<String>,
    but: Vec<String>,
}

/// Nouns that name no particular kind of people.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct General {
    nouns: Vec<String>,
}

/// A column of the table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Column {
    name: String,
    of: What,
    #[serde(default)]
    frames: Vec<String>,
    #[serde(default)]
    roles: Vec<String>,
}

/// What a column is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum What {
    Day,
    Place,
    Frame,
    Actors,
    Count,
}

/// A way to choose among claims that differ.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// `majority`, `low-best-high`, ...
    pub name: String,
    /// What it takes, in a line.
    pub title: String,
    /// Whose practice it follows, and how far.
    pub manner: String,
    /// Where that practice is published.
    pub source: Vec<Source>,
    pass: Vec<Pass>,
    best: Vec<Step>,
    low: Vec<Step>,
    high: Vec<Step>,
    words: Vec<Step>,
    #[serde(default)]
    grade: Vec<Grade>,
}

/// A published document.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its title.
    pub document: String,
    /// Where in it.
    pub section: String,
    /// Where to find it.
    pub url: String,
}

/// What a claim must be to be used at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Pass {
    Stated,
    Total,
    Standing,
}

/// What narrows the values that passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Step {
    Whole,
    Exact,
    Lowest,
    Highest,
    Latest,
    Earliest,
    Majority,
    MostOrigins,
    First,
}

/// A word for what stands behind a row.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Grade {
    word: String,
    #[serde(default)]
    disputed: bool,
    #[serde(default)]
    origins: usize,
}

// The file travels in the binary and a test reads it; without rules no table is made.
static DATA: LazyLock<Option<Data>> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/coding.toml")).ok());

/// All rules, in the order of the data file.
pub fn rules() -> &'static [Rule] {
    DATA.as_ref().map_or(&[], |data| &data.rule)
}

/// The rule of this name.
pub fn rule(name: &str) -> Option<&'static Rule> {
    rules().iter().find(|rule| rule.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_file_is_read_and_every_rule_decides_and_names_its_source() {
        let read: Result<Data, _> = toml::from_str(include_str!("../../data/coding.toml"));
        let data = read.unwrap();
        assert!(data.rule.len() >= 6);
        for rule in &data.rule {
            assert!(!rule.source.is_empty(), "{}", rule.name);
            for source in &rule.source {
                assert!(!source.document.is_empty() && source.url.starts_with("https://"));
            }
            // A rule that ends undecided would leave the cell to the order of the reports.
            for steps in [&rule.best, &rule.low, &rule.high] {
                let ends = [Step::Lowest, Step::Highest];
                assert!(steps.iter().any(|step| ends.contains(step)), "{}", rule.name);
            }
            assert!(rule.words.contains(&Step::First), "{}", rule.name);
        }
        let ontology = crossread_testimony::ontology::Ontology::embedded();
        for frame in data.column.iter().flat_map(|column| &column.frames) {
            assert!(ontology.frame(frame).is_some(), "{frame}");
        }
    }
}
