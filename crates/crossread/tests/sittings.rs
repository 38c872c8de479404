//! A case comes to the same whether its reports were read in one sitting or in several, and keeps no tokens.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use crossread::{Limits, Reading, annotate, lay_side_by_side, pile_of, read_into};
use crossread_case::Case;
use crossread_record::{Pile, Record};

const REPORTS: [&str; 4] = [
    "Harbour Post\n\nNine dead in Ostrel ferry fire\n\n4 May 2025\n\nNine people died when a ferry burned in the \
     harbour of Ostrel on Saturday, the coast guard said. Firefighters put out the blaze by noon.\n",
    "Evening Wire\n\nFerry fire kills 11\n\n4 May 2025\n\nAt least 11 people have died of their burns after \
     the ferry fire at Ostrel, a hospital director said. Police arrested the captain.\n",
    "Northern Sun\n\nFerry captain arrested\n\n5 May 2025\n\nThe captain of the ferry that burned at Ostrel was \
     arrested on Sunday. He denied smoking on board. Eight people died, said the mayor.\n",
    "Valley Paper\n\nMayor opens bridge\n\nThe mayor of Marrow opened the new footbridge on Monday. \
     It cost $3 million and is 200 metres long.\n",
];

/// The pile of a case into which the reports were read, so many at each sitting.
fn read(sittings: &[&[usize]]) -> Pile {
    let folder = tempfile::tempdir().unwrap();
    let mut case = Case::in_memory().unwrap();
    let mut pile = Pile::default();
    for sitting in sittings {
        let paths: Vec<PathBuf> = sitting
            .iter()
            .map(|report| {
                let path = folder.path().join(format!("{report}.txt"));
                std::fs::write(&path, REPORTS[*report]).unwrap();
                path
            })
            .collect();
        let now = || "2026-05-04T08:10:00Z".to_owned();
        let stop = AtomicBool::new(false);
        read_into(
            &mut case,
            &paths,
            &Limits::default(),
            Reading::default(),
            &now,
            &stop,
            &|_, _, _| {},
        )
        .unwrap();
        pile = pile_of(&mut case).unwrap();
    }
    assert_eq!(pile_of(&mut case).unwrap(), pile, "stored as it was drawn");
    for record in &mut pile.reports {
        assert!(record.parsed.tokens.is_empty(), "a case keeps no tokens");
        // The folder is another each time.
        record.report.path = None;
    }
    pile
}

#[test]
fn two_sittings_come_to_the_same_as_one() {
    let whole = read(&[&[0, 1, 2, 3]]);
    assert!(whole.ledger.verdicts.len() > 2, "the story has something to compare");
    assert_eq!(read(&[&[0, 3], &[1, 2]]), whole);
    assert_eq!(read(&[&[3, 2], &[1], &[0]]), whole);
}

#[test]
fn a_ledger_does_not_look_at_tokens() {
    let with = |tokens: bool| {
        let records: Vec<Record> = REPORTS
            .iter()
            .flat_map(|text| {
                annotate(text.as_bytes(), None, Reading { tokens, ..Reading::default() }).0
            })
            .collect();
        assert_eq!(records.iter().all(|record| record.parsed.tokens.is_empty()), !tokens);
        lay_side_by_side(records)
    };
    let (bare, full) = (with(false), with(true));
    assert_eq!(bare.ledger, full.ledger);
    assert_eq!(bare.ledger, read(&[&[0, 1, 2, 3]]).ledger);
}

#[test]
fn sentences_know_their_tokens_when_read_again() {
    let how = Reading { tokens: true, ..Reading::default() };
    let (records, _) = annotate(REPORTS[0].as_bytes(), None, how);
    let json = serde_json::to_string(&records).unwrap();
    let again: Vec<Record> = serde_json::from_str(&json).unwrap();
    assert!(again[0].parsed.sentences.iter().all(|sentence| !sentence.tokens.is_empty()));
    for (before, after) in records.iter().zip(&again) {
        assert_eq!(before.parsed, after.parsed);
    }
}
