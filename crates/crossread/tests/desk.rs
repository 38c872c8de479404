//! What a desk asks of a case: what could be known then, what to write down of it, and what it rests on.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::Path;
use std::process::{Command, Output};

fn crossread(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_crossread"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// What was printed, with its lines run together.
fn flat(output: &Output) -> String {
    said(output).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A folder with the case of the example pile.
fn bridge() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let pile = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/bridge");
    let output = crossread(folder.path(), &["read", pile.to_str().unwrap()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    folder
}

#[test]
fn the_brief_of_an_earlier_day_knows_nothing_of_later_ones() {
    let folder = bridge();
    let output = crossread(folder.path(), &["brief", "--as-of", "2025-05-04", "--all"]);
    let brief = flat(&output);
    assert_eq!(output.status.code(), Some(0), "{brief}");
    assert!(brief.contains("as of the end of 4 May 2025: 4 of 12 reports known then"), "{brief}");
    assert!(brief.contains("not known, published later: 7:"), "{brief}");
    assert!(brief.contains("Coast Herald (6 May 2025 07:30)"), "{brief}");
    assert!(brief.contains("not known, undated: 1: The Lantern"), "{brief}");
    // The toll of twelve is the Herald's, of the sixth.
    assert!(!brief.contains("Twelve people died"), "{brief}");
    assert!(brief.contains("At least 11 people have died"), "{brief}");
    // The morning of that day knew of nine only.
    let morning = said(&crossread(folder.path(), &["brief", "--as-of", "2025-05-04T12:00"]));
    assert!(morning.contains("Nine dead in footbridge fall"), "{morning}");
    assert!(!morning.contains("At least 11"), "{morning}");
    // What is stored is the case of today.
    let today = said(&crossread(folder.path(), &["brief", "--all"]));
    assert!(today.contains("Twelve people died"), "{today}");
}

#[test]
fn programs_are_told_what_was_not_known() {
    let folder = bridge();
    let output = crossread(folder.path(), &["brief", "--json", "--as-of", "2025-05"]);
    let pile: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(pile["as_of"], "2025-05");
    assert_eq!(pile["reports"].as_array().unwrap().len(), 11);
    let not_known = pile["not_known"].as_object().unwrap();
    assert_eq!(not_known.values().collect::<Vec<_>>(), ["undated"]);
}

#[test]
fn a_day_that_is_none_is_refused_with_an_example() {
    let folder = tempfile::tempdir().unwrap();
    let output = crossread(folder.path(), &["brief", "--as-of", "yesterday"]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("2025-05-04T21:40"), "{told}");
}

#[test]
fn the_fall_of_the_bridge_is_one_row_and_its_toll_is_chosen_by_the_rule_asked_for() {
    let folder = bridge();
    let killed = |rule: &str| {
        let output = crossread(folder.path(), &["table", "--json", "--rule", rule]);
        let table: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(!table["source"][0]["document"].as_str().unwrap().is_empty());
        let rows = table["rows"].as_array().unwrap();
        let row = rows.iter().find(|row| row["cells"][0]["value"]["text"] == "2025-05-03").unwrap();
        let cells = row["cells"].as_array().unwrap();
        let cell = cells.iter().find(|cell| cell["column"] == "killed").unwrap().clone();
        let others = rows.iter().filter(|other| other["id"] != row["id"]);
        assert_eq!(others.filter(|other| !other["cells"][4]["value"].is_null()).count(), 0);
        cell
    };
    let figures = |cell: &serde_json::Value| {
        ["low", "best", "high"].map(|part| cell["value"][part].as_f64().unwrap())
    };
    let ged = killed("low-best-high");
    assert_eq!(figures(&ged), [8.0, 12.0, 12.0]);
    assert_eq!(figures(&killed("lowest"))[1], 8.0);
    assert_eq!(figures(&killed("highest"))[1], 12.0);
    assert_eq!(figures(&killed("most-recent"))[1], 12.0);
    // Every claim that gives a number is in the cell, used or passed over with a reason.
    let passed = ged["passed_over"].as_array().unwrap();
    assert!(passed.iter().all(|claim| !claim["why"].as_str().unwrap().is_empty()), "{passed:?}");
    let part = passed.iter().find(|claim| claim["value"] == "5 or more").unwrap();
    assert_eq!(part["why"], "a part: of its members");
}

#[test]
fn a_cell_shows_the_passages_it_rests_on_and_those_passed_over() {
    let folder = bridge();
    let table = crossread(folder.path(), &["table", "--json"]);
    let table: serde_json::Value = serde_json::from_slice(&table.stdout).unwrap();
    let rows = table["rows"].as_array().unwrap();
    let row = rows.iter().find(|row| row["cells"][0]["value"]["text"] == "2025-05-03").unwrap();
    let cell = format!("{}.killed", row["id"].as_str().unwrap());
    let why = flat(&crossread(folder.path(), &["table", "--why", &cell, "--rule", "majority"]));
    let (rests, passed) = why.split_once("passed over").unwrap();
    assert!(rests.contains("nkill"), "{why}");
    assert!(rests.contains("\"Eight people died when the Marrow footbridge fell"), "{why}");
    assert!(passed.contains("\"Nine dead in footbridge fall\""), "{why}");
    let wrong = crossread(folder.path(), &["table", "--why", "v1.dead"]);
    assert_eq!(wrong.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("columns: date, place, kind"));
}

#[test]
fn a_spreadsheet_gets_a_line_an_event_of_equal_length() {
    let folder = bridge();
    let csv = said(&crossread(folder.path(), &["table", "--csv"]));
    let mut lines = csv.lines();
    let head: Vec<&str> = lines.next().unwrap().split(',').collect();
    assert!(head.contains(&"killed_low") && head.contains(&"killed_passed_over"), "{csv}");
    assert!(csv.contains("Harbour Post; Northern Sun"), "{csv}");
}

#[test]
fn leaving_one_source_out_tells_which_cells_hang_on_it() {
    let folder = bridge();
    let told = flat(&crossread(folder.path(), &["table", "--sensitivity"]));
    assert!(told.contains("12 (9 to 12) without the outlet Northern Sun"), "{told}");
    // No single copy of the wire's report changes the toll.
    assert!(!told.contains("without the outlet Valley Courier"), "{told}");
}

#[test]
fn the_table_of_an_earlier_day_is_what_a_coder_could_have_written() {
    let folder = bridge();
    let table = said(&crossread(folder.path(), &["table", "--as-of", "2025-05-04T12:00"]));
    assert!(table.contains("  9  "), "{table}");
    assert!(!table.contains("  12  ") && !table.contains("11"), "{table}");
}

/// Checks a draft against the example pile: the exit code, and for each sentence that claims something its standing with
/// all that is told of its findings.
fn checked(folder: &Path, draft: &str) -> (Option<i32>, Vec<(String, String)>) {
    std::fs::write(folder.join("draft.txt"), draft).unwrap();
    let output = crossread(folder, &["check", "draft.txt", "--json"]);
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let sentences = found["sentences"].as_array().unwrap().iter();
    let sentences = sentences
        .map(|sentence| {
            let standing = sentence["standing"].as_str().unwrap().to_owned();
            (standing, sentence["claims"].to_string())
        })
        .filter(|(standing, _)| standing != "no_claim");
    (output.status.code(), sentences.collect())
}

#[test]
fn a_draft_is_told_what_it_has_against_it_and_behind_it() {
    let folder = bridge();
    let (exit, sentences) = checked(
        folder.path(),
        "Ten people were killed in the fall of the Marrow footbridge. The bridge was not closed in March. The mayor \
         resigned on Thursday.\n",
    );
    let standings: Vec<&str> = sentences.iter().map(|(standing, _)| standing.as_str()).collect();
    assert_eq!(standings, ["contradicted", "contradicted", "not_covered"]);
    assert_eq!(exit, Some(4));
    // Who says otherwise, and that one side of the quarrel says the same.
    assert!(sentences[0].1.contains(r#""value":"12""#), "{}", sentences[0].1);
    assert!(sentences[1].1.contains(r#""standing":"carried""#), "{}", sentences[1].1);
    // Nobody says that ten died, though many say that people did.
    assert!(!sentences[0].1.contains(r#""value":"dead""#), "{}", sentences[0].1);

    let (exit, sentences) =
        checked(folder.path(), "Twelve people died in the fall of the Marrow footbridge.\n");
    assert_eq!(sentences[0].0, "carried");
    // The earlier, lower tolls take nothing from it.
    assert_eq!(exit, Some(0), "{}", sentences[0].1);
}

#[test]
fn a_toll_that_has_grown_since_is_called_old() {
    let folder = bridge();
    let (_, sentences) = checked(
        folder.path(),
        "Nine people died when the Marrow footbridge fell into the River Tane on Saturday.\n",
    );
    let found = &sentences[0].1;
    assert!(found.contains(r#""standing":"newer_known""#), "{found}");
}

#[test]
fn a_draft_leaves_no_trace_in_the_case() {
    let folder = bridge();
    let before = said(&crossread(folder.path(), &["brief", "--json"]));
    checked(folder.path(), "Ten people were killed in the fall of the Marrow footbridge.\n");
    assert_eq!(said(&crossread(folder.path(), &["brief", "--json"])), before);
    // A report of the case is checked against the others, not against itself.
    let pile =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/bridge/02-harbour-post.txt");
    let output = crossread(folder.path(), &["check", pile.to_str().unwrap()]);
    assert!(!said(&output).contains("Harbour Post, 4 May"), "{}", said(&output));
}

#[test]
fn no_draft_is_an_error_with_advice() {
    let folder = bridge();
    std::fs::write(folder.path().join("empty.txt"), "").unwrap();
    let output = crossread(folder.path(), &["check", "empty.txt"]);
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("there is no text to check"), "{told}");
    assert_eq!(crossread(folder.path(), &["check", "none.txt"]).status.code(), Some(1));
}
