//! What people decided: appended, never changed, and taken back by a later word.

use crossread_base::ReportId;
use rusqlite::params;

use crate::{Case, CaseError};

/// Who is meant: every entity of this name, or the one of one report.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Meant {
    /// The report; any, where `None`.
    pub report: Option<ReportId>,
    /// The name.
    pub name: String,
}

/// What is decided of two names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// They are of one actor.
    Merge,
    /// They are of two.
    Split,
    /// What was decided of them before holds no longer.
    Undo,
}

impl Act {
    const fn name(self) -> &'static str {
        match self {
            Self::Merge => "merge",
            Self::Split => "split",
            Self::Undo => "undo",
        }
    }
}

/// Every decision on actors, in the order it was made: act, and the two names.
pub(crate) const ON_ACTORS: &str = "SELECT act, about, value FROM decision \
     WHERE act IN ('merge', 'split', 'undo') AND value IS NOT NULL ORDER BY number";

impl Meant {
    fn write(&self) -> String {
        match &self.report {
            Some(report) => format!("{report}/{}", self.name),
            None => self.name.clone(),
        }
    }

    fn read(text: &str) -> Self {
        let of_report = text.split_once('/').and_then(|(report, name)| {
            // A name may have a stroke in it too.
            let report = report.starts_with("sha256:").then(|| report.parse().ok()).flatten()?;
            Some(Self { report: Some(report), name: name.to_owned() })
        });
        of_report.unwrap_or_else(|| Self { report: None, name: text.to_owned() })
    }
}

impl Case {
    /// Keeps what a person decided of two actors. `time` is UTC, RFC 3339.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn decide(&mut self, time: &str, act: Act, a: &Meant, b: &Meant) -> Result<(), CaseError> {
        self.ask(|db| {
            db.execute(
                "INSERT INTO decision (decided, act, about, value) VALUES (?1, ?2, ?3, ?4)",
                params![time, act.name(), a.write(), b.write()],
            )
            .map(drop)
        })
    }

    /// What holds of what people decided of actors, in the order it was decided: whether the two are one.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn decided(&self) -> Result<Vec<(Meant, Meant, bool)>, CaseError> {
        let rows: Vec<(String, String, String)> = self.ask(|db| {
            db.prepare(ON_ACTORS)?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                .collect()
        })?;
        let mut holds: Vec<(Meant, Meant, bool)> = Vec::new();
        for (act, a, b) in rows {
            let (a, b) = (Meant::read(&a), Meant::read(&b));
            // A later word on a pair stands for the earlier ones.
            holds.retain(|(x, y, _)| !((x, y) == (&a, &b) || (x, y) == (&b, &a)));
            if act != Act::Undo.name() {
                holds.push((a, b, act == Act::Merge.name()));
            }
        }
        Ok(holds)
    }
}
