//! What a case promises: nothing read is lost, nothing is kept twice, and a stranger's file is left alone.

use crossread_base::{ReportId, Span};
use crossread_case::{Act, Captured, Case, CaseError, Meant};
use crossread_record::{Flag, Pile, Record, Region, RegionKind, Report};
use sha2::{Digest as _, Sha256};

fn record(text: &str) -> Record {
    let id = ReportId::new(&Sha256::digest(text).into(), None);
    Record::unread(Report {
        regions: vec![Region { kind: RegionKind::Body, span: Span::of(0..text.len()) }],
        ..Report::plain(id, text)
    })
}

fn capture<'a>(text: &'a str, path: &'a str) -> Captured<'a> {
    Captured { bytes: text.as_bytes(), path, time: "2026-05-04T08:10:00Z" }
}

#[test]
fn what_is_put_in_comes_out_byte_for_byte() {
    let text = "The footbridge at Marrow fell.\r\n";
    let mut case = Case::in_memory().unwrap();
    let written = record(text);
    case.add(capture(text, "a.txt"), std::slice::from_ref(&written), "1").unwrap();
    assert_eq!(case.records().unwrap(), std::slice::from_ref(&written));
    assert_eq!(case.capture(&written.report.id).unwrap().unwrap(), text.as_bytes());
}

#[test]
fn the_same_bytes_again_add_nothing() {
    let text = "The footbridge at Marrow fell.";
    let mut case = Case::in_memory().unwrap();
    case.add(capture(text, "a.txt"), &[record(text)], "1").unwrap();
    assert!(case.holds(text.as_bytes(), "1").unwrap());
    case.add(capture(text, "copy.txt"), &[record(text)], "1").unwrap();
    assert_eq!(case.records().unwrap().len(), 1);
    assert_eq!(case.search("footbridge", 9).unwrap().len(), 1);
    assert!(!case.holds(text.as_bytes(), "2").unwrap(), "a newer reader reads again");
}

#[test]
fn a_ledger_of_fewer_reports_is_not_taken_for_the_whole() {
    let mut case = Case::in_memory().unwrap();
    case.add(capture("One.", "1"), &[record("One.")], "1").unwrap();
    case.set_pile(&Pile::default()).unwrap();
    assert!(case.pile().unwrap().is_some());
    case.add(capture("Two.", "2"), &[record("Two.")], "1").unwrap();
    assert!(case.pile().unwrap().is_none());
}

#[test]
fn a_pile_comes_back_as_it_was_drawn() {
    let mut case = Case::in_memory().unwrap();
    let mut reports: Vec<Record> = ["One.", "Two.", "Three."].map(record).into();
    for (report, text) in reports.iter().zip(["One.", "Two.", "Three."]) {
        case.add(capture(text, text), std::slice::from_ref(report), "1").unwrap();
    }
    // What only shows beside other reports is no part of the record itself.
    let note = "a later report takes it back".to_owned();
    reports[1].report.flags.push(Flag { kind: "corrected".to_owned(), span: None, note });
    Pile::put_in_order(&mut reports);
    let pile = Pile { reports, ..Pile::default() };
    case.set_pile(&pile).unwrap();
    assert_eq!(case.pile().unwrap(), Some(pile));
    assert!(case.records().unwrap().iter().all(|record| record.report.flags.is_empty()));
}

#[test]
fn a_stranger_s_file_is_refused_and_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("theirs.db");
    let db = rusqlite::Connection::open(&path).unwrap();
    db.execute_batch("CREATE TABLE theirs (x)").unwrap();
    drop(db);
    assert!(matches!(Case::open(&path), Err(CaseError::NotACase { .. })));
    let text = folder.path().join("report.txt");
    std::fs::write(&text, "This is no database at all, but a report long enough to look at.")
        .unwrap();
    assert!(matches!(Case::open(&text), Err(CaseError::Sqlite { .. })));
    assert!(std::fs::read_to_string(&text).unwrap().starts_with("This is no"));
}

#[test]
fn a_search_takes_words_as_words() {
    let mut case = Case::in_memory().unwrap();
    let text = "Crews searched the river at Saint-Aubrey for survivors.";
    case.add(capture(text, "a"), &[record(text)], "1").unwrap();
    for words in ["river survivors", "saint-aubrey", "RIVER\" OR \"", "NEAR(river"] {
        let found = case.search(words, 5).unwrap();
        assert_eq!(
            found.len(),
            usize::from(!words.contains("OR") && !words.contains("NEAR")),
            "{words}"
        );
    }
    assert!(case.search("\"*()", 5).unwrap().is_empty());
}

#[test]
fn what_a_person_said_of_two_actors_holds_until_it_is_taken_back() {
    let mut case = Case::in_memory().unwrap();
    case.add(capture("One.", "1"), &[record("One.")], "1").unwrap();
    case.set_pile(&Pile::default()).unwrap();
    let guard = Meant { report: None, name: "Marrow Harbour Guard".to_owned() };
    let short = Meant { report: Some(record("One.").report.id), name: "MHG/Marrow".to_owned() };
    let now = "2026-05-04T08:10:00Z";
    case.decide(now, Act::Merge, &guard, &short).unwrap();
    assert!(case.pile().unwrap().is_none(), "the ledger is drawn again");
    assert_eq!(case.decided().unwrap(), [(guard.clone(), short.clone(), true)]);
    case.decide(now, Act::Split, &short, &guard).unwrap();
    assert_eq!(case.decided().unwrap(), [(short.clone(), guard.clone(), false)]);
    case.add(capture("One.", "1"), &[record("One.")], "2").unwrap();
    assert_eq!(case.decided().unwrap().len(), 1, "it outlives a re-read");
    case.decide(now, Act::Undo, &guard, &short).unwrap();
    assert!(case.decided().unwrap().is_empty());
}
