//! The values that the claims of a coded event give for a column, with who gives them.

use std::collections::{BTreeMap, BTreeSet};

use crossread_base::{ClaimRef, Span};
use crossread_record::{EntityType, Quantity, Value};

use super::incident::Incident;
use super::{Column, Data, Pass, Rule, What};
use crate::question::publisher;
use crate::rules::number::Amount;
use crate::rules::time::Stretch;
use crate::statement::Statement;
use crate::wording::amount_words;

/// A value, with the claims that give it.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) value: Value,
    /// What it counts a part of, or which kind of people alone; `None` where it counts all.
    pub(super) part: Option<String>,
    pub(super) backing: Vec<Backing>,
}

/// A claim that gives a value.
#[derive(Debug, Clone)]
pub(super) struct Backing {
    pub(super) claim: ClaimRef,
    /// The words that give it.
    pub(super) span: Span,
    pub(super) origin: Option<usize>,
    /// The outlet as it is counted.
    pub(super) publisher: String,
    /// The outlet as it is printed; `None` where the report names none.
    pub(super) outlet: Option<String>,
    /// The speaker as they are counted.
    pub(super) informant: Option<String>,
    /// The speaker as they are named.
    pub(super) speaker: Option<String>,
    pub(super) told: Option<Stretch>,
    /// Why it may not be used at all.
    pub(super) refused: Option<&'static str>,
}

/// What the claims of a pile need to be weighed.
pub(super) struct Scales<'a> {
    pub(super) origin_of: &'a dyn Fn(&ClaimRef) -> Option<usize>,
    /// Claims whose answers are withdrawn.
    pub(super) withdrawn: &'a BTreeSet<&'a ClaimRef>,
}

/// The values of a column, in order of the pile.
pub(super) fn candidates(
    incident: &Incident<'_>,
    column: &Column,
    rule: &Rule,
    data: &Data,
    scales: &Scales<'_>,
) -> Vec<Candidate> {
    let mut found: BTreeMap<(String, Option<String>), (usize, Candidate)> = BTreeMap::new();
    let mut add = |statement: &Statement<'_>,
                   span,
                   key: String,
                   value: Value,
                   part: Option<String>,
                   total| {
        let order = found.len();
        let backing = Backing {
            claim: statement.reference.clone(),
            span,
            origin: (scales.origin_of)(&statement.reference),
            publisher: publisher(statement),
            outlet: statement.record.report.outlet.as_ref().map(|outlet| outlet.name.clone()),
            informant: statement.informant(),
            speaker: speaker(statement),
            told: statement.told,
            refused: refused(statement, rule, total, scales),
        };
        let (_, candidate) = found
            .entry((key, part.clone()))
            .or_insert_with(|| (order, Candidate { value, part, backing: Vec::new() }));
        candidate.backing.push(backing);
    };
    let words = |text: &str| Value { text: text.to_owned(), ..Value::default() };
    for statement in &incident.statements {
        let claim = statement.claim;
        match column.of {
            What::Count => {
                if !column.frames.contains(&claim.frame) {
                    continue;
                }
                let Some(quantity) = counted(statement) else { continue };
                let amount = Amount {
                    min: quantity.min,
                    max: quantity.max,
                    approximate: quantity.approximate,
                    unit: None,
                };
                let text = amount_words(&amount);
                let value = Value {
                    text: text.clone(),
                    min: quantity.min,
                    max: quantity.max,
                    approximate: quantity.approximate,
                    unit: Some("person".to_owned()),
                };
                let total = !matches!(quantity.sense.as_deref(), Some("new" | "change"));
                add(statement, quantity.span, text, value, part(statement, quantity, data), total);
            }
            What::Day => {
                let time =
                    claim.time.and_then(|time| statement.record.grounded.times.get(time as usize));
                if let (Some(time), Some(_)) = (time, statement.when) {
                    let edtf = time.edtf.as_deref().unwrap_or_default();
                    // An interval stays; of a moment the day is kept.
                    let day = if edtf.contains('/') {
                        edtf
                    } else {
                        edtf.split('T').next().unwrap_or(edtf)
                    };
                    add(statement, time.span, day.to_owned(), words(day), None, true);
                }
            }
            What::Place => {
                if let Some(site) = &statement.place {
                    let text = crossread_base::words::shortened(statement.text(site.span), 60);
                    add(statement, site.span, site.key.to_string(), words(&text), None, true);
                }
            }
            What::Frame => {
                if !claim.frame.starts_with("casualties.") {
                    add(
                        statement,
                        claim.trigger,
                        claim.frame.clone(),
                        words(&claim.frame),
                        None,
                        true,
                    );
                }
            }
            What::Actors => {
                for argument in &claim.arguments {
                    if !column.roles.contains(&argument.role) {
                        continue;
                    }
                    let entity =
                        argument.entity.and_then(|id| statement.record.grounded.entity(id));
                    let Some(entity) = entity.filter(|entity| {
                        matches!(
                            entity.kind,
                            EntityType::Person | EntityType::Org | EntityType::Group
                        )
                    }) else {
                        continue;
                    };
                    let key = entity.canonical.as_ref().unwrap_or(&entity.name).to_lowercase();
                    add(statement, argument.span, key, words(&entity.name), None, true);
                }
            }
        }
    }
    let mut found: Vec<(usize, Candidate)> = found.into_values().collect();
    found.sort_by_key(|(order, _)| *order);
    found.into_iter().map(|(_, candidate)| candidate).collect()
}

/// The name or words for the nearest speaker.
fn speaker(statement: &Statement<'_>) -> Option<String> {
    let said = statement.record.testimony.attribution(*statement.claim.attribution.first()?)?;
    let entity = said.speaker.and_then(|id| statement.record.grounded.entity(id));
    let words = || {
        let words: Vec<&str> = said.source.iter().map(|span| statement.text(*span)).collect();
        crossread_base::words::shortened(&words.join(" "), 60)
    };
    Some(entity.map_or_else(words, |entity| entity.name.clone()))
}

/// Why a claim may not be used under a rule.
fn refused(
    statement: &Statement<'_>,
    rule: &Rule,
    total: bool,
    scales: &Scales<'_>,
) -> Option<&'static str> {
    rule.pass.iter().find_map(|pass| match pass {
        Pass::Stated if statement.negative() => Some("said not to be so"),
        Pass::Stated if !statement.plain() => Some("not said as a plain fact"),
        Pass::Total if !total => Some("counts what is new, not all"),
        Pass::Standing if scales.withdrawn.contains(&statement.reference) => {
            Some("withdrawn: told otherwise since")
        }
        _ => None,
    })
}

/// The number of people a claim of a toll gives.
fn counted<'a>(statement: &Statement<'a>) -> Option<&'a Quantity> {
    let people = |quantity: &&Quantity| {
        matches!(quantity.unit.as_deref(), None | Some("person"))
            && quantity.share_of.is_none()
            && quantity.rule.as_deref() != Some("age")
            && (quantity.min.is_some() || quantity.max.is_some())
    };
    statement
        .claim
        .quantities
        .iter()
        .filter_map(|index| statement.record.grounded.quantities.get(*index as usize))
        .find(people)
}

/// Of what a count is a part: "of its members", or "children" alone; `None` where it counts all.
fn part(statement: &Statement<'_>, quantity: &Quantity, data: &Data) -> Option<String> {
    let of = quantity.of.map(|span| statement.text(span));
    let between = quantity
        .of
        .filter(|of| of.start >= quantity.span.end)
        .map(|of| statement.text(Span::new(quantity.span.end, of.start)).trim());
    if between == Some("of") {
        return Some(format!("of {}", of.unwrap_or_default()));
    }
    if quantity.sense.as_deref() == Some("part") {
        return Some(of.map_or_else(|| "a part".to_owned(), |of| format!("{of} only")));
    }
    let head = crate::keys::head_key(of?)?;
    let general = data.general.nouns.iter().any(|noun| crate::keys::keys(noun).contains(&head));
    (!general).then(|| format!("{} only", of.unwrap_or_default()))
}
