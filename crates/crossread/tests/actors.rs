//! What a person says of two actors moves the joins of the ledger, and is taken back without a trace.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::atomic::AtomicBool;

use crossread::{Limits, Reading, actors_of, pile_of, read_into};
use crossread_base::ClaimRef;
use crossread_case::{Act, Case, Meant};
use crossread_record::{Event, Pile, Record};

const REPORTS: [&str; 2] = [
    "Harbour Post\n\nOstrel councillor arrested\n\n4 May 2025\n\nPolice arrested Hana Okoro in Ostrel on Saturday \
     after the ferry fire.\n",
    "Evening Wire\n\nOstrel ferry: one in custody\n\n4 May 2025\n\nHana Okoro was arrested by police in Ostrel on \
     Saturday, a spokesman said. Marta Ilves was released.\n",
];
const NOW: &str = "2026-05-04T08:10:00Z";

/// Events in which claims of both reports about Hana Okoro are. What names nobody ("one in custody") may be of either.
fn shared(pile: &Pile) -> usize {
    let of_her = |record: &Record, event: &Event| {
        let entities = &record.grounded.entities;
        record.testimony.claims.iter().any(|claim| {
            let named = claim.arguments.iter().any(|argument| {
                entities
                    .iter()
                    .any(|entity| Some(entity.id) == argument.entity && entity.name == "Hana Okoro")
            });
            let reference = ClaimRef { report: record.report.id.clone(), claim: claim.id };
            named && event.claims.contains(&reference)
        })
    };
    let both = |event: &&Event| pile.reports.iter().all(|record| of_her(record, event));
    pile.ledger.events.iter().filter(both).count()
}

#[test]
fn the_ledger_goes_by_what_a_person_says_of_two_actors() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in ["a.txt", "b.txt"].iter().zip(REPORTS) {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let mut case = Case::in_memory().unwrap();
    read_into(
        &mut case,
        &[folder.path().to_owned()],
        &Limits::default(),
        Reading::default(),
        &|| NOW.to_owned(),
        &AtomicBool::new(false),
        &|_, _, _| {},
    )
    .unwrap();
    let before = pile_of(&mut case).unwrap();
    assert_eq!(shared(&before), 1, "one arrest, told twice: {:?}", before.ledger.events);
    let okoro = |case: &Case| {
        let actors = actors_of(case).unwrap();
        actors.into_iter().filter(|actor| actor.name == "Hana Okoro").collect::<Vec<_>>()
    };
    let one = okoro(&case);
    assert_eq!((one.len(), one[0].reports.len()), (1, 2));

    let [a, b] = [0, 1].map(|at: usize| Meant {
        report: Some(before.reports[at].report.id.clone()),
        name: "Hana Okoro".to_owned(),
    });
    case.decide(NOW, Act::Split, &a, &b).unwrap();
    assert_eq!(okoro(&case).len(), 2);
    let split = pile_of(&mut case).unwrap();
    assert_eq!(shared(&split), 0, "two women, two arrests");
    assert_eq!(pile_of(&mut case).unwrap(), split, "stored as it was drawn");

    case.decide(NOW, Act::Undo, &a, &b).unwrap();
    assert_eq!(pile_of(&mut case).unwrap(), before);
}
