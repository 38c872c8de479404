//! Questions, answers and verdicts.
//!
//! Claims become [`Statement`](statement)s, with keys of what they are about and the values they state; those about
//! one happening form an [`event`]; of each event it is [asked](question) whether, how many, when and where;
//! and the answers are [judged](verdict) pair by pair under named [rules]. Nothing is taken for newer,
//! truer or better than the dates and words show.

mod event;
mod facet;
mod frames;
mod keys;
mod likeness;
mod mentions;
mod question;
mod rules;
mod statement;
mod verdict;
mod wording;

use crossread_base::{ClaimRef, EventId};
use crossread_record::{Event, Ledger, Origin, Record};
use rustc_hash::FxHashMap;

pub use mentions::cluster_mentions;
use statement::Statement;

/// Draws up the events, questions, answers and verdicts of a pile. The order of the records is kept in the numbering
/// of what comes out and matters for nothing else.
pub fn draw(records: &[Record], origins: &[Origin]) -> Ledger {
    let statements: Vec<Statement<'_>> = records
        .iter()
        .enumerate()
        .flat_map(|(report, record)| {
            let claims = record.testimony.claims.iter();
            claims.map(move |claim| Statement::of(record, report, claim))
        })
        .collect();
    let mut of_claim: FxHashMap<&ClaimRef, usize> = FxHashMap::default();
    let mut of_report = FxHashMap::default();
    for (index, origin) in origins.iter().enumerate() {
        of_claim.extend(origin.claims.iter().map(|claim| (claim, index)));
        of_report.extend(origin.reports.iter().map(|report| (report, index)));
    }
    let origin_of =
        |claim: &ClaimRef| of_claim.get(claim).or_else(|| of_report.get(&claim.report)).copied();
    let rarity = likeness::Rarity::of(records);
    let mut ledger = Ledger::default();
    for group in event::group(&statements, &rarity) {
        let id = EventId(ledger.events.len() as u32 + 1);
        let members: Vec<&Statement<'_>> = group.iter().map(|&index| &statements[index]).collect();
        let claims = members.iter().map(|statement| statement.reference.clone()).collect();
        ledger.events.push(Event { id, claims });
        question::ask(Some(id), &members, &origin_of, &mut ledger.questions, &mut ledger.verdicts);
    }
    ledger
}
