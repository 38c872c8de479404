//! Which cells hang on one source: what each would hold if one outlet, one informant or one origin were left out.

use std::collections::BTreeMap;

use crossread_base::EventId;
use crossread_record::Pile;
use serde::Serialize;

use super::Rule;
use super::gather::{Backing, Candidate};
use super::table::{Coded, coded, drafts};

/// A source that is left out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase", tag = "kind", content = "name")]
pub enum Left {
    /// All reports of one outlet; what others copied from it stays.
    Outlet(String),
    /// All that one speaker says, in whatever report.
    Informant(String),
    /// All claims that come from one origin, with its copies.
    Origin(String),
}

/// Whether a claim is of the source left out.
type Holds = Box<dyn Fn(&Backing) -> bool>;

/// The sources behind the values of a cell, each once, with the claims that are theirs.
fn sources(given: &[Candidate], pile: &Pile) -> Vec<(Left, Holds)> {
    let mut found: BTreeMap<(u8, String), (Left, Holds)> = BTreeMap::new();
    for backing in given.iter().flat_map(|candidate| &candidate.backing) {
        // An outlet that is not named cannot be left out by name; its origin can.
        if let Some(outlet) = &backing.outlet {
            let key = backing.publisher.clone();
            found.entry((0, key.clone())).or_insert_with(|| {
                (Left::Outlet(outlet.clone()), Box::new(move |b| b.publisher == key))
            });
        }
        if let (Some(key), Some(name)) = (backing.informant.clone(), &backing.speaker) {
            found.entry((1, key.clone())).or_insert_with(|| {
                (
                    Left::Informant(name.clone()),
                    Box::new(move |b| b.informant.as_ref() == Some(&key)),
                )
            });
        }
        if let Some((at, origin)) = backing.origin.and_then(|at| Some((at, pile.origins.get(at)?)))
        {
            found.entry((2, format!("{at:010}"))).or_insert_with(|| {
                (Left::Origin(origin.id.to_string()), Box::new(move |b| b.origin == Some(at)))
            });
        }
    }
    found.into_values().collect()
}

/// A cell that changes when a source is left out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// The row.
    pub row: EventId,
    /// The column.
    pub column: String,
    /// What is left out.
    pub without: Left,
    /// What the cell holds.
    pub before: Option<Coded>,
    /// What it would hold.
    pub after: Option<Coded>,
}

/// The cells of the table that change when one source is left out, by row, column and source. The ledger stays as it
/// is: what is asked is what the cells rest on, not what another pile would have been.
pub fn sensitivity(pile: &Pile, rule: &Rule) -> Vec<Change> {
    let mut changes = Vec::new();
    for draft in drafts(pile, rule) {
        for (column, given) in &draft.columns {
            let (before, _) = coded(column, given, rule, &|_| true);
            for (without, holds) in sources(given, pile) {
                let (after, _) = coded(column, given, rule, &|backing| !holds(backing));
                if after != before {
                    let (row, column) = (draft.id, column.name.clone());
                    changes.push(Change { row, column, without, before: before.clone(), after });
                }
            }
        }
    }
    changes
}
