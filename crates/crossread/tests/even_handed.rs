//! No side is favoured: swapping the names of two parties, or of two outlets, everywhere in the input changes names and
//! nothing else.
//!
//! The names swapped are equally long, so that every span must stay where it was, and stand on no map, since a place
//! of another name lies elsewhere.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;

use crossread::{Reading, annotate, lay_side_by_side};
use crossread_base::ClaimRef;
use crossread_ledger::coding;
use crossread_record::{Later, Pile};
use serde_json::Value;

const REPORTS: [&str; 4] = [
    "Harbour Post\n\nTordane Guard says it took Ostrel\n\n4 May 2025\n\nFighters of the Tordane Guard took the town of \
     Ostrel from the Belvine Guard on Saturday, its commander, Ivo Maren, said. At least 14 people were killed.\n\n\
     \"The Belvine Guard has withdrawn from the whole valley,\" Maren said. He denied that his men had shelled the \
     hospital.\n",
    "Western Star\n\nBelvine Guard holds Ostrel, spokesman says\n\n4 May 2025\n\nThe Belvine Guard still controls \
     Ostrel, a spokesman for the Belvine Guard said on Sunday. The Tordane Guard shelled the hospital there and \
     killed nine people, the spokesman said.\n\nThe Belvine Guard did not withdraw, he said.\n",
    "Valley Paper\n\nTwo sides claim Ostrel\n\n5 May 2025\n\nThe Tordane Guard and the Belvine Guard both claimed \
     Ostrel on Monday. Doctors said that 11 people died in the hospital. Terrorists of the Tordane Guard fled, \
     according to the mayor. The militia of the Belvine Guard fled, according to the priest.\n",
    "Coastal News\n\nTordane Guard plans to leave\n\n6 May 2025\n\nThe Tordane Guard plans to withdraw from Ostrel \
     by Thursday, officials of the Tordane Guard said. The Belvine Guard will not join the talks.\n",
];

fn read(swap: Option<(&str, &str)>) -> Pile {
    let records = REPORTS.iter().enumerate().map(|(index, text)| {
        let text = swap.map_or_else(|| (*text).to_owned(), |(a, b)| swapped(text, a, b));
        let (mut records, problems) =
            annotate(text.as_bytes(), Some(&format!("{index}.txt")), Reading::default());
        assert!(problems.is_empty(), "{problems:?}");
        records.remove(0)
    });
    lay_side_by_side(records.collect())
}

fn swapped(text: &str, a: &str, b: &str) -> String {
    assert_eq!(a.len(), b.len(), "spans must not move");
    text.replace(a, "\u{0}").replace(b, a).replace('\u{0}', b)
}

/// Everything a pile says with reports named by their files, in an order that does not hang on digests.
fn said(pile: &Pile, swap: Option<(&str, &str)>) -> BTreeSet<String> {
    let undo = |text: String| swap.map_or_else(|| text.clone(), |(a, b)| swapped(&text, a, b));
    // Names are folded to lower case in some places.
    let undo = |text: String| {
        let text = undo(text);
        swap.map_or_else(
            || text.clone(),
            |(a, b)| swapped(&text, &a.to_lowercase(), &b.to_lowercase()),
        )
    };
    let file = |claim: &ClaimRef| {
        let record = pile.reports.iter().find(|record| record.report.id == claim.report).unwrap();
        format!("{}/{}", record.report.path.as_deref().unwrap(), claim.claim)
    };
    let mut all = BTreeSet::new();
    for record in &pile.reports {
        let mut record = record.clone();
        record.parsed.tokens.clear();
        let mut json = serde_json::to_value(&record).unwrap();
        json["id"] = Value::Null;
        let file = record.report.path.clone().unwrap_or_default();
        for (field, value) in json.as_object().unwrap() {
            match value {
                Value::Array(items) => {
                    all.extend(items.iter().map(|item| undo(format!("{file} {field} {item}"))));
                }
                value => {
                    all.insert(undo(format!("{file} {field} {value}")));
                }
            }
        }
    }
    for event in &pile.ledger.events {
        let claims: BTreeSet<String> = event.claims.iter().map(file).collect();
        all.insert(format!("event {claims:?}"));
    }
    for question in &pile.ledger.questions {
        let answers: BTreeSet<String> = question
            .answers
            .iter()
            .map(|answer| {
                let claims: BTreeSet<String> = answer.claims.iter().map(file).collect();
                format!(
                    "{:?} {claims:?} {} {} {}",
                    answer.value.min, answer.publishers, answer.informants, answer.origins
                )
            })
            .collect();
        all.insert(format!("question {answers:?}"));
    }
    for verdict in &pile.ledger.verdicts {
        let (a, b) = (file(&verdict.a), file(&verdict.b));
        let (mut sides, mut later) =
            ([(a, verdict.spans[0]), (b, verdict.spans[1])], verdict.later);
        if sides[0].0 > sides[1].0 {
            sides.swap(0, 1);
            later = later.map(|later| if later == Later::A { Later::B } else { Later::A });
        }
        all.insert(format!("verdict {sides:?} {:?} {} {later:?}", verdict.relation, verdict.rule));
    }
    for rule in coding::rules() {
        for row in coding::table(pile, rule).rows {
            for cell in row.cells {
                let used: BTreeSet<String> =
                    cell.used.iter().map(|used| file(&used.claim)).collect();
                let passed: BTreeSet<String> = cell
                    .passed_over
                    .iter()
                    .map(|passed| format!("{} {}", file(&passed.claim), passed.why))
                    .collect();
                // Names of equal weight are written by the alphabet, which a swap does change.
                let value = cell.value.filter(|_| cell.column != "actors");
                let cell = format!("{} {} {value:?} {used:?} {passed:?}", rule.name, cell.column);
                all.insert(undo(cell));
            }
        }
    }
    all
}

fn assert_even(a: &str, b: &str) {
    let plain = said(&read(None), None);
    let swap = said(&read(Some((a, b))), Some((a, b)));
    let lost: Vec<_> = plain.difference(&swap).collect();
    let new: Vec<_> = swap.difference(&plain).collect();
    assert!(
        lost.is_empty() && new.is_empty(),
        "only one way round:\n{lost:#?}\nonly the other:\n{new:#?}"
    );
}

#[test]
fn the_parties_may_be_swapped() {
    assert_even("Tordane", "Belvine");
}

#[test]
fn the_outlets_may_be_swapped() {
    assert_even("Harbour Post", "Coastal News");
}
