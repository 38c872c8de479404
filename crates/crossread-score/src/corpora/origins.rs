//! Pairs and groups of reports and whether one depends on the other, hand-labelled; `pairs.jsonl`, `groups.jsonl`.

use std::path::Path;

use serde::Deserialize;

use super::stories::ReportName;
use crate::score::ScoreError;

/// A labelled pair.
#[derive(Debug, Clone, Deserialize)]
pub struct ReportPair {
    /// Its name.
    pub id: String,
    /// `copy`, `partial`, `rewrite`, `shares_source` or `independent`.
    pub label: String,
    /// The one.
    pub a: Named,
    /// The other.
    pub b: Named,
    /// The reason, for a person.
    #[serde(default)]
    pub why: String,
}

/// A report as the file names it.
#[derive(Debug, Clone, Deserialize)]
pub struct Named {
    corpus: String,
    doc: String,
}

impl Named {
    /// The report.
    pub fn report(&self) -> Result<ReportName, ScoreError> {
        ReportName::parse(&self.corpus, &self.doc)
            .ok_or_else(|| ScoreError::Asked(format!("{} has no report {}", self.corpus, self.doc)))
    }
}

/// All reports of a story, parted by origin.
#[derive(Debug, Clone)]
pub struct Story {
    /// As the file names it (`ecb+:7plus`).
    pub topic: String,
    /// The reports of each origin.
    pub groups: Vec<Vec<ReportName>>,
}

#[derive(Deserialize)]
struct StoryLine {
    topic: String,
    groups: Vec<Vec<String>>,
}

/// The pairs, in the order of the file.
pub fn pairs(set: &Path) -> Result<Vec<ReportPair>, ScoreError> {
    super::json_lines(&set.join("pairs.jsonl"))
}

/// The stories, in the order of the file.
pub fn stories(set: &Path) -> Result<Vec<Story>, ScoreError> {
    let path = set.join("groups.jsonl");
    let lines: Vec<StoryLine> = super::json_lines(&path)?;
    let story = |line: StoryLine| {
        let corpus = line.topic.split(':').next().unwrap_or_default().to_owned();
        let name = |doc: &String| {
            ReportName::parse(&corpus, doc)
                .ok_or_else(|| ScoreError::form(&path, format!("{corpus} has no report {doc}")))
        };
        let group = |group: &Vec<String>| group.iter().map(name).collect();
        let groups = line.groups.iter().map(group).collect::<Result<_, ScoreError>>()?;
        Ok(Story { topic: line.topic, groups })
    };
    lines.into_iter().map(story).collect()
}
