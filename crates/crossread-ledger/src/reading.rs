//! Which figures and times measure one thing: numbers and times are compared whatever frame states them, by their
//! kind, what is counted, and the words around them.

use std::collections::BTreeMap;

use serde::Deserialize;
use smol_str::SmolStr;

use crate::facet::{Asked, Facet, Reply};
use crate::frames;
use crate::likeness::{Rarity, WEIGHTS};
use crate::statement::Statement;
use crate::story::average_link;

/// Readings under one key that are compared with each other.
const NEAREST: usize = 48;

/// The weights of two readings, as `data/same_event.toml` names them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReadingWeights {
    bias: f64,
    same_event: f64,
    same_frame: f64,
    same_thing: f64,
    other_thing: f64,
    context: f64,
    arguments: f64,
    reports: f64,
    same_report: f64,
    measure: f64,
    age: f64,
    link: f64,
}

/// A figure or time as one statement gives it.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    /// The index of the statement.
    pub(crate) statement: usize,
    /// The index of the statement's event.
    pub(crate) event: usize,
    pub(crate) facet: Facet,
}

/// Groups readings of one thing; groups and their members in order of the pile.
pub(crate) fn group(
    readings: Vec<Reading>,
    statements: &[Statement<'_>],
    rarity: &Rarity,
) -> Vec<Vec<Reading>> {
    let mut blocks: BTreeMap<(SmolStr, SmolStr), Vec<u32>> = BTreeMap::new();
    for (index, reading) in (0u32..).zip(&readings) {
        let statement = &statements[reading.statement];
        let kind = kind(&reading.facet);
        for key in &statement.context {
            blocks.entry((kind.clone(), key.clone())).or_default().push(index);
        }
        // A claim of few words meets the others of its event.
        blocks.entry((kind, format!("#{}", reading.event).into())).or_default().push(index);
    }
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for block in blocks.values() {
        for (at, &a) in block.iter().enumerate() {
            pairs.extend(block[at + 1..].iter().take(NEAREST).map(|&b| (a, b)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    let scored = pairs
        .into_iter()
        .map(|(a, b)| {
            let (left, right) = (&readings[a as usize], &readings[b as usize]);
            (a, b, likeness(left, right, statements, rarity))
        })
        .collect();
    let of = average_link(readings.len(), scored, WEIGHTS.reading.link);
    let mut groups: BTreeMap<u32, Vec<Reading>> = BTreeMap::new();
    for (reading, group) in readings.into_iter().zip(of) {
        groups.entry(group).or_default().push(reading);
    }
    let mut groups: Vec<Vec<Reading>> = groups.into_values().collect();
    groups.sort_by_key(|group| group.first().map(|first| (first.event, first.statement)));
    groups
}

/// What can be compared at all.
fn kind(facet: &Facet) -> SmolStr {
    match &facet.asked {
        Asked::Count { unit, share, age, .. } => format!("{unit}/{share}/{age}").into(),
        _ => "time".into(),
    }
}

/// How far two readings seem to measure one thing; far below nothing where they cannot.
fn likeness(a: &Reading, b: &Reading, statements: &[Statement<'_>], rarity: &Rarity) -> f64 {
    const APART: f64 = -5.0;
    let weights = &WEIGHTS.reading;
    let (left, right) = (&statements[a.statement], &statements[b.statement]);
    if left.report == right.report && a.facet.span == b.facet.span {
        return weights.link * 2.0;
    }
    if left.report == right.report && left.sentence == right.sentence {
        return APART;
    }
    let mut sum = weights.bias;
    let counts = |statement: &Statement<'_>| {
        frames::frame(&statement.claim.frame).is_some_and(|frame| frame.counts.is_some())
    };
    let same_frame = left.claim.frame == right.claim.frame;
    match (&a.facet.reply, &b.facet.reply) {
        (Reply::Number(x), Reply::Number(y)) => {
            let unit = x.amount.unit.as_deref().unwrap_or("");
            let bare = matches!(unit, "" | "person");
            // The dead are not the hurt: where a frame counts, only its own kind is comparable.
            if bare && !same_frame && (counts(left) || counts(right)) {
                return APART;
            }
            // "About 60 stood on it" and "400 stood on the quay" share a verb: what no frame counts needs a party in common.
            if bare && !counts(left) && !left.who.iter().any(|key| right.who.contains(key)) {
                return APART;
            }
            match (&x.of, &y.of) {
                (Some(x), Some(y)) if x == y => sum += weights.same_thing,
                (Some(_), Some(_)) if unit.is_empty() => return APART,
                (Some(_), Some(_)) => sum += weights.other_thing,
                (None, None) if bare && !same_frame => return APART,
                _ if unit.is_empty() => return APART,
                _ => {}
            }
            if !bare {
                sum += weights.measure;
            }
            if x.age {
                sum += weights.age;
            }
        }
        _ if !same_frame => return APART,
        _ => {}
    }
    if a.event == b.event {
        sum += weights.same_event;
    }
    if same_frame {
        sum += weights.same_frame;
    }
    sum += weights.context * rarity.overlap(&left.context, &right.context);
    sum += weights.arguments * rarity.overlap(&left.who, &right.who);
    if left.report == right.report {
        sum += weights.same_report;
    } else {
        sum += weights.reports * rarity.reports_overlap(left.report, right.report);
    }
    sum
}
