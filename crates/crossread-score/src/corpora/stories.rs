//! Reports by the names that `relations` and `origins` call them, from the sets beside them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::ecbplus::{self, EventReport};
use super::{gvc, t17};
use crate::score::ScoreError;
use crate::system::Document;

/// A report as a label names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReportName {
    /// Topic and file: `7`, `7_1ecbplus.xml`.
    Ecb(String, String),
    /// Incident and report.
    Gvc(String, String),
    /// Crisis and data row: `libya`, 12.
    T17(String, usize),
}

impl ReportName {
    /// From the fields `corpus` and `doc` of a label; `None` where it names no report of these sets.
    pub fn parse(corpus: &str, doc: &str) -> Option<Self> {
        let mut parts: Vec<&str> = doc.split('/').collect();
        let last = parts.pop()?.to_owned();
        let folder = parts.pop().map(str::to_owned);
        Some(match corpus.to_ascii_lowercase().as_str() {
            "ecb+" => {
                let topic = last.split_once('_')?.0.to_owned();
                Self::Ecb(folder.unwrap_or(topic), last)
            }
            "gvc" => Self::Gvc(folder?, last),
            "t17" => Self::T17(folder?, last.parse().ok()?),
            _ => return None,
        })
    }

    /// The story it belongs to: an ECB+ sub-topic (one event), a GVC incident, a T17 crisis.
    pub fn story(&self) -> (&str, &str) {
        match self {
            Self::Ecb(topic, file) => {
                (topic, if file.contains("ecbplus") { "ecbplus" } else { "ecb" })
            }
            Self::Gvc(incident, _) => (incident, "gvc"),
            Self::T17(crisis, _) => (crisis, "t17"),
        }
    }

    /// The name its text is handed in under.
    pub fn document_name(&self) -> String {
        match self {
            Self::Ecb(_, file) => file.trim_end_matches(".xml").to_owned(),
            Self::Gvc(incident, report) => format!("{incident}-{report}"),
            Self::T17(crisis, row) => format!("{crisis}-{row:04}"),
        }
    }
}

/// The sets, each read when it is first needed.
#[derive(Debug)]
pub struct Stories {
    data: PathBuf,
    gvc: Option<Vec<EventReport>>,
    t17: BTreeMap<String, Vec<t17::Dated>>,
    ecb: BTreeMap<String, Vec<EventReport>>,
}

impl Stories {
    /// The sets below `data`.
    pub fn new(data: &Path) -> Self {
        Self { data: data.to_owned(), gvc: None, t17: BTreeMap::new(), ecb: BTreeMap::new() }
    }

    /// A report of ECB+ or GVC with its sentences.
    pub fn event_report(&mut self, name: &ReportName) -> Result<&EventReport, ScoreError> {
        let missing = || ScoreError::Asked(format!("{name:?} is not in {}", self.data.display()));
        match name {
            ReportName::Ecb(topic, file) => {
                let wanted = file.trim_end_matches(".xml").to_owned();
                let report = self.ecb_topic(topic)?.iter().find(|report| report.name == wanted);
                report.ok_or_else(|| ScoreError::Asked(format!("{file} is not in ECB+")))
            }
            ReportName::Gvc(incident, id) => self
                .gvc()?
                .iter()
                .find(|report| report.topic == *incident && report.name == *id)
                .ok_or_else(|| ScoreError::Asked(format!("{id} is not in GVC"))),
            ReportName::T17(..) => Err(missing()),
        }
    }

    /// The text of a report as it is handed to a system.
    pub fn document(&mut self, name: &ReportName) -> Result<Document, ScoreError> {
        let text = match name {
            ReportName::T17(crisis, row) => {
                let dated = self.t17(crisis)?.get(*row);
                let missing = || ScoreError::Asked(format!("{crisis} has no row {row}"));
                dated.ok_or_else(missing)?.text.clone()
            }
            _ => self.event_report(name)?.joined.text.clone(),
        };
        Ok(Document::plain(&name.document_name(), text))
    }

    /// All reports of the story that `name` belongs to, in the order of their set.
    pub fn story_of(&mut self, name: &ReportName) -> Result<Vec<ReportName>, ScoreError> {
        let story = name.story();
        let all: Vec<ReportName> = match name {
            ReportName::Ecb(topic, _) => self
                .ecb_topic(topic)?
                .iter()
                .map(|report| ReportName::Ecb(topic.clone(), format!("{}.xml", report.name)))
                .collect(),
            ReportName::Gvc(..) => self
                .gvc()?
                .iter()
                .map(|report| ReportName::Gvc(report.topic.clone(), report.name.clone()))
                .collect(),
            ReportName::T17(crisis, _) => {
                let rows = self.t17(crisis)?.len();
                (0..rows).map(|row| ReportName::T17(crisis.clone(), row)).collect()
            }
        };
        Ok(all.into_iter().filter(|other| other.story() == story).collect())
    }

    fn gvc(&mut self) -> Result<&[EventReport], ScoreError> {
        if self.gvc.is_none() {
            self.gvc = Some(gvc::read(&self.data.join("gvc/val"))?);
        }
        Ok(self.gvc.as_deref().unwrap_or_default())
    }

    fn ecb_topic(&mut self, topic: &str) -> Result<&[EventReport], ScoreError> {
        if !self.ecb.contains_key(topic) {
            let reports = ecbplus::topic(&self.data.join("ecbplus"), topic)?;
            self.ecb.insert(topic.to_owned(), reports);
        }
        Ok(self.ecb.get(topic).map(Vec::as_slice).unwrap_or_default())
    }

    fn t17(&mut self, crisis: &str) -> Result<&[t17::Dated], ScoreError> {
        if !self.t17.contains_key(crisis) {
            let articles = t17::read(&self.data.join(format!("t17-{crisis}")))?;
            self.t17.insert(crisis.to_owned(), articles);
        }
        Ok(self.t17.get(crisis).map(Vec::as_slice).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_all_three_sets() {
        let name = |corpus, doc| ReportName::parse(corpus, doc).unwrap();
        let plus = name("ecb+", "7/7_1ecbplus.xml");
        assert_eq!(plus, name("ECB+", "7_1ecbplus.xml"));
        assert_eq!(plus.story(), ("7", "ecbplus"));
        assert_eq!(name("ECB+", "7_1ecb.xml").story(), ("7", "ecb"));
        assert_eq!(name("GVC", "0/11/ab"), name("gvc", "11/ab"));
        assert_eq!(name("t17", "libya/12").document_name(), "libya-0012");
        assert_eq!(ReportName::parse("t17", "libya/x"), None);
    }
}
