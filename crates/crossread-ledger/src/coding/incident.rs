//! Which events of the ledger are one coded event: a collapse, the dead and the hurt of it.
//!
//! The ledger keeps the fall of a bridge and the deaths in it as two events, as they are two questions. A row is both.
//! They are joined where one sentence tells both, where a toll follows a happening in the same text, and where the
//! ledger found the figures of two to measure one thing; never across two days or two places.

use std::collections::BTreeMap;

use crossread_base::{ClaimRef, EventId};
use crossread_record::{Claim, Pile};

use super::{Data, What};
use crate::statement::Statement;
use crate::values::Held;

/// Sentences between a happening and a toll that is told of it.
const NEAR: usize = 3;

/// The claims of one coded event.
#[derive(Debug)]
pub(super) struct Incident<'a> {
    /// Its first event.
    pub(super) id: EventId,
    pub(super) events: Vec<EventId>,
    /// In order of the pile.
    pub(super) statements: Vec<Statement<'a>>,
}

/// What a claim adds to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Happening,
    Toll,
}

fn kind(claim: &Claim, data: &Data) -> Option<Kind> {
    let frame = claim.frame.as_str();
    let counted = |column: &super::Column| {
        column.of == What::Count && column.frames.iter().any(|known| known == frame)
    };
    if claim.generic {
        None
    } else if data.column.iter().any(counted) {
        Some(Kind::Toll)
    } else {
        let happens = data.row.happenings.iter().any(|prefix| frame.starts_with(prefix.as_str()));
        (happens && !data.row.but.iter().any(|other| other == frame)).then_some(Kind::Happening)
    }
}

/// The coded events of a pile, by the first of the ledger's events in each.
pub(super) fn incidents<'a>(pile: &'a Pile, data: &Data) -> Vec<Incident<'a>> {
    let mut event_of: BTreeMap<&ClaimRef, usize> = BTreeMap::new();
    for (index, event) in pile.ledger.events.iter().enumerate() {
        event_of.extend(event.claims.iter().map(|claim| (claim, index)));
    }
    let mut found: Vec<(Statement<'a>, Kind, usize)> = Vec::new();
    let mut joined = Joined::new(pile.ledger.events.len());
    for (report, record) in pile.reports.iter().enumerate() {
        let first = found.len();
        let held = Held::of(record);
        for (index, claim) in record.testimony.claims.iter().enumerate() {
            let Some(kind) = kind(claim, data) else { continue };
            let reference = ClaimRef { report: record.report.id.clone(), claim: claim.id };
            let Some(&event) = event_of.get(&reference) else { continue };
            found.push((Statement::of(record, report, index, &held), kind, event));
        }
        join_within(&found[first..], &mut joined);
    }
    // What the ledger found to measure one thing.
    for question in &pile.ledger.questions {
        let mut told = question
            .answers
            .iter()
            .filter(|answer| answer.value.min.is_some() || answer.value.max.is_some())
            .flat_map(|answer| &answer.claims)
            .filter_map(|claim| event_of.get(claim).copied());
        if let Some(first) = told.next() {
            told.for_each(|event| joined.join(first, event));
        }
    }
    let mut rows: BTreeMap<usize, Incident<'a>> = BTreeMap::new();
    for (statement, _, event) in found {
        let root = joined.root(event);
        let id = pile.ledger.events[event].id;
        let row = rows.entry(root).or_insert_with(|| Incident {
            id: pile.ledger.events[root].id,
            events: Vec::new(),
            statements: Vec::new(),
        });
        row.events.push(id);
        row.statements.push(statement);
    }
    let mut rows: Vec<Incident<'a>> = rows
        .into_values()
        .filter(|row| {
            // What is only denied, planned or feared is no event to code.
            row.statements.iter().any(|statement| statement.plain() && !statement.negative())
        })
        .collect();
    for row in &mut rows {
        row.events.sort_unstable();
        row.events.dedup();
        row.id = row.events.first().copied().unwrap_or(row.id);
    }
    rows.sort_by_key(|row| row.id);
    rows
}

/// Joins the events that one report tells together.
fn join_within(found: &[(Statement<'_>, Kind, usize)], joined: &mut Joined) {
    for (at, (statement, kind, event)) in found.iter().enumerate() {
        let before = found[..at].iter().rev();
        let mut beside = false;
        for (other, other_kind, other_event) in
            before.take_while(|(o, ..)| o.sentence == statement.sentence)
        {
            if compatible(statement, other) {
                joined.join(*event, *other_event);
                beside |= *kind != *other_kind;
            }
        }
        let later = found[at + 1..].iter().take_while(|(o, ..)| o.sentence == statement.sentence);
        beside |= later.clone().any(|(_, other, _)| *other == Kind::Happening);
        if *kind == Kind::Happening || beside {
            continue;
        }
        // A toll told by itself is of the happening before it; at the head of a report, of the first that follows.
        let sentences = &statement.record.parsed.sentences;
        let place = |s: &Statement<'_>| {
            sentences.partition_point(|sentence| sentence.span.end <= s.claim.trigger.start)
        };
        let own = place(statement);
        let happens = |(_, kind, _): &&(Statement<'_>, Kind, usize)| *kind == Kind::Happening;
        let behind = found[..at].iter().rev().find(happens);
        let near = behind.filter(|(other, ..)| own - place(other).min(own) <= NEAR);
        let ahead = || {
            let ahead = found[at + 1..].iter().find(happens);
            ahead.filter(|(other, ..)| {
                statement.headline || place(other) - own.min(place(other)) <= NEAR
            })
        };
        if let Some((other, _, other_event)) = near.or_else(ahead)
            && compatible(statement, other)
        {
            joined.join(*event, *other_event);
        }
    }
}

/// Whether nothing said of when and where keeps the two apart.
fn compatible(a: &Statement<'_>, b: &Statement<'_>) -> bool {
    let days = a.when.zip(b.when).is_none_or(|(x, y)| x.overlaps(&y) || x.days_apart(&y) <= 1);
    let places =
        a.place.as_ref().zip(b.place.as_ref()).is_none_or(|(x, y)| {
            x.key == y.key || x.wide || y.wide || !x.key.starts_with("geonames:")
        });
    days && places
}

/// Sets of events, each under its least.
struct Joined(Vec<usize>);

impl Joined {
    fn new(events: usize) -> Self {
        Self((0..events).collect())
    }

    fn root(&mut self, mut event: usize) -> usize {
        while self.0[event] != event {
            self.0[event] = self.0[self.0[event]];
            event = self.0[event];
        }
        event
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        let (least, other) = (a.min(b), a.max(b));
        self.0[other] = least;
    }
}
