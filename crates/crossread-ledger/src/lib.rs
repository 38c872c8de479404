//! Questions, answers and verdicts.
//!
//! Claims become [`Statement`](statement)s, with keys of what they are about and the values they state; those about
//! one happening form an [`event`]; of each event it is [asked](question) whether, how many, when and where;
//! and the answers are [judged](verdict) pair by pair under named [rules]. What one state of a matter leaves behind
//! ([progress]), who holds what while it [changes hands](state), what is [denied](denial), words that [exclude](exclusive) each other and [opposed] acts are looked
//! for across events. Nothing is taken for newer,
//! truer or better than the dates and words show.

mod acts;
mod address;
mod as_of;
mod bearing;
mod check;
pub mod coding;
mod denial;
mod event;
mod exclusive;
mod facet;
mod frames;
mod keys;
mod likeness;
mod matter;
mod mention;
mod mentions;
mod naming;
mod opposed;
mod pair;
mod persons;
mod predicate;
mod progress;
mod question;
mod reading;
mod rules;
mod standing;
mod state;
mod statement;
mod stem;
mod story;
mod table;
mod told;
mod trees;
mod underway;
mod values;
mod verdict;
mod wording;

use crossread_base::{ClaimRef, EventId};
use crossread_record::{Event, Ledger, Origin, OriginIndex, Record, Relation, Verdict};
use rustc_hash::{FxHashMap, FxHashSet};

pub use as_of::{Missing, Moment, NoMoment, NotYet, known_by, not_yet};
pub use check::{Check, Checked, CheckedClaim, Checks, Finding, check};
use facet::{Asked, Facet};
pub use mentions::cluster_mentions;
use statement::Statement;
use values::Held;

/// What it takes to learn which mentions are of one event, for `cargo dev train events`.
pub mod learning {
    pub use crate::mentions::{join, pairs};
    pub use crate::pair::{FEATURES, Features, Pair};
    pub use crate::trees::{Forest, Node};
}

/// Draws up the events, questions, answers and verdicts of a pile. The order of the records is kept in the numbering
/// of what comes out and matters for nothing else.
pub fn draw(records: &[Record], origins: &[Origin]) -> Ledger {
    let held: Vec<Held> = records.iter().map(Held::of).collect();
    let mut statements: Vec<Statement<'_>> = Vec::new();
    for (report, (record, held)) in records.iter().zip(&held).enumerate() {
        let claims = 0..record.testimony.claims.len();
        statements.extend(claims.map(|index| Statement::of(record, report, index, held)));
    }
    let index = OriginIndex::of(origins);
    let origin_of = |claim: &ClaimRef| index.origin_of(claim);
    let rarity = likeness::Rarity::of(records);
    let mut ledger = Ledger::default();
    let events = event::group(&statements, &rarity);
    let mut event_of = vec![0; statements.len()];
    for (event, group) in events.iter().enumerate() {
        group.iter().for_each(|&statement| event_of[statement] = event);
    }
    let readings = reading::readings(&statements, &held, &event_of);
    let mut counted = vec![false; events.len()];
    readings.iter().for_each(|reading| counted[reading.event] = true);
    // The questions of measure stand with the event of their first reading.
    let mut measured: Vec<Vec<reading::Group>> = events.iter().map(|_| Vec::new()).collect();
    for group in reading::group(readings, &statements, &rarity) {
        if let Some(first) = group.readings.first() {
            measured[first.event].push(group);
        }
    }
    for (index, (group, measured)) in events.iter().zip(measured).enumerate() {
        let id = EventId(index as u32 + 1);
        let members: Vec<&Statement<'_>> = group.iter().map(|&index| &statements[index]).collect();
        let claims = members.iter().map(|statement| statement.reference.clone()).collect();
        ledger.events.push(Event { id, claims });
        for group in measured {
            if let [only] = &group.readings[..]
                && !only.asked_alone(&statements[only.statement])
            {
                continue;
            }
            let replies = group
                .readings
                .into_iter()
                .map(|reading| (&statements[reading.statement], reading.facet))
                .collect();
            question::ask(id, replies, Some(&group.alike), &origin_of, &mut ledger);
        }
        for asked in [Asked::Whether, Asked::Where] {
            let replies: Vec<(&Statement<'_>, Facet)> = members
                .iter()
                .flat_map(|&statement| {
                    facet::facets(statement).into_iter().map(move |facet| (statement, facet))
                })
                .filter(|(_, facet)| facet.asked == asked)
                .collect();
            // A claim alone that states a figure is asked for the figure; that it is made needs no question of its own.
            if replies.len() == 1 && (asked == Asked::Where || counted[index]) {
                continue;
            }
            question::ask(id, replies, None, &origin_of, &mut ledger);
        }
    }
    let mut matters = progress::matters(&statements, &rarity);
    matters.extend(denial::matters(&statements, &rarity));
    matters.extend(naming::matters(&statements, &rarity));
    matters.extend(opposed::matters(&statements));
    matters.extend(state::matters(&statements));
    let trigger = |index: &usize| statements[*index].claim.trigger;
    let by_trigger = matters.into_iter().map(|matter| {
        let spans = matter.members.iter().map(trigger).collect();
        (matter, spans)
    });
    let by_words = exclusive::matters(&statements, &rarity).into_iter();
    let by_words = by_words
        .chain(bearing::matters(&statements, &rarity))
        .chain(address::matters(&statements, &rarity))
        .chain(underway::matters(&statements));
    for (matter, spans) in by_trigger.chain(by_words) {
        let replies = matter.members.iter().zip(spans);
        let replies = replies.map(|(&index, span)| (&statements[index], Facet::holds(span)));
        let first = matter.members.first().map_or(0, |&index| event_of[index]);
        let id = EventId(first as u32 + 1);
        question::ask_ruled(
            id,
            matter.text,
            replies.collect(),
            matter.steps,
            &origin_of,
            &mut ledger,
        );
    }
    drop_idle_agreement(&mut ledger, &statements);
    ledger
}

/// That two sentences tell of the same act needs no verdict of its own where what they tell of it is compared: "police
/// chased him at 120 mph" and "police chased him at more than 100 mph".
fn drop_idle_agreement(ledger: &mut Ledger, statements: &[Statement<'_>]) {
    let sentence: FxHashMap<&ClaimRef, (usize, u32)> = statements
        .iter()
        .map(|statement| (&statement.reference, (statement.report, statement.sentence.start)))
        .collect();
    let pair = |verdict: &Verdict| {
        let (a, b) = (*sentence.get(&verdict.a)?, *sentence.get(&verdict.b)?);
        Some((a.min(b), a.max(b)))
    };
    let idle = |verdict: &Verdict| {
        (verdict.relation == Relation::Unknown && verdict.rule != "opposed_acts")
            || matches!(verdict.rule.as_str(), "same_claim" | "same_place")
    };
    let compared: FxHashSet<_> =
        ledger.verdicts.iter().filter(|verdict| !idle(verdict)).filter_map(pair).collect();
    ledger.verdicts.retain(|verdict| {
        !idle(verdict) || pair(verdict).is_none_or(|pair| !compared.contains(&pair))
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A report of one sentence that counts the dead.
    fn toll(id: &str, published: &str, text: &str, words: &str, number: f64) -> Record {
        let of = |words: &str| {
            let at = text.find(words).unwrap();
            serde_json::json!([at, at + words.len()])
        };
        serde_json::from_value(serde_json::json!({"id": id, "path": id, "media_type": "text/plain",
            "text": text, "language": "en", "outlet": null, "updated": null,
            "published": {"edtf": published, "basis": "dateline", "span": null, "inferred": false},
            "regions": [{"kind": "body", "span": [0, text.len()]}],
            "sentences": [{"span": [0, text.len()], "region": 0}], "entities": [], "places": [], "times": [],
            "quantities": [{"span": of(words), "min": number, "max": number, "approximate": false,
                "unit": "person", "of": null, "share_of": null}],
            "attributions": [],
            "claims": [{"id": "c1", "span": [0, text.len()], "region": 0, "frame": "casualties.die",
                "trigger": of("died"), "arguments": [{"role": "patient", "entity": null, "span": of(words)}],
                "place": null, "time": null, "quantities": [0], "certainty": "CT", "polarity": "+",
                "aspect": "past"}]}))
        .unwrap()
    }

    #[test]
    fn the_dead_of_one_accident_are_one_question_whatever_the_names_of_the_reports() {
        for (first, second) in [("a", "b"), ("b", "a")] {
            let nine = "Nine people died when the Marrow footbridge fell.";
            let eight = "The fall of the Marrow footbridge: eight died, says the mayor.";
            let mut records = vec![
                toll(first, "2025-05-04T08:10", nine, "Nine people", 9.0),
                toll(second, "2025-05-04T21:50", eight, "eight", 8.0),
            ];
            records.sort_by(|a, b| a.report.id.cmp(&b.report.id));
            let ledger = draw(&records, &[]);
            let verdicts: Vec<_> =
                ledger.verdicts.iter().map(|v| (v.relation, v.rule.as_str())).collect();
            // A later toll that is lower is no later state of it.
            assert!(verdicts.contains(&(Relation::Contradict, "other_number")), "{verdicts:?}");
        }
    }
}
