//! Whatever is in the pile: one clear message naming file and place, the rest is still read, and the exit code tells
//! that something was left out.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::Path;
use std::process::{Command, Output};

const STORY: &str = "Harbour Post\n\nNine dead in footbridge fall\n\n4 May 2025\n\nNine people are confirmed dead \
after the Marrow footbridge fell into the River Tane on Saturday, a spokesman for the coast guard said.\n";

fn crossread(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_crossread"))
        .args(arguments)
        .current_dir(folder)
        .env("CROSSREAD_MODEL", "built-in")
        .output()
        .unwrap()
}

/// Reads a pile of one good story and what `spoil` adds to it; gives standard error, after checking that the story
/// was read and that the exit code says something was not.
fn spoilt(spoil: impl FnOnce(&Path)) -> String {
    let folder = tempfile::tempdir().unwrap();
    let pile = folder.path().join("pile");
    std::fs::create_dir(&pile).unwrap();
    std::fs::write(pile.join("good.txt"), STORY).unwrap();
    spoil(&pile);
    let output = crossread(folder.path(), &["read", "pile"]);
    let brief = String::from_utf8_lossy(&output.stdout);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(brief.contains("pile.crossread"), "{brief}{told}");
    assert!(brief.contains("Harbour Post") || brief.contains("1 publisher"), "{brief}{told}");
    assert_eq!(output.status.code(), Some(3), "{told}");
    told
}

#[test]
fn an_empty_file() {
    let told = spoilt(|pile| std::fs::write(pile.join("empty.txt"), "").unwrap());
    assert!(told.contains("empty.txt: "), "{told}");
}

#[test]
fn a_picture() {
    let told = spoilt(|pile| {
        std::fs::write(pile.join("photo.jpg"), b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x02\0\0\x01")
            .unwrap();
    });
    assert!(told.contains("photo.jpg: "), "{told}");
}

#[cfg(unix)]
#[test]
fn a_folder_that_holds_itself() {
    let told = spoilt(|pile| std::os::unix::fs::symlink(pile, pile.join("again")).unwrap());
    assert!(told.contains("again: "), "{told}");
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere() {
    let told =
        spoilt(|pile| std::os::unix::fs::symlink("gone.txt", pile.join("link.txt")).unwrap());
    assert!(told.contains("link.txt: "), "{told}");
}

#[test]
fn a_line_that_is_no_json_is_named_and_the_others_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let line =
        |text: &str| serde_json::json!({ "text": text, "outlet": "Harbour Post" }).to_string();
    let lines =
        [line(STORY), "{\"text\": ".to_owned(), line("The River Tane rose again on Monday.")];
    std::fs::write(folder.path().join("pile.jsonl"), lines.join("\n")).unwrap();
    let output = crossread(folder.path(), &["annotate", "pile.jsonl"]);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("pile.jsonl:2"), "{told}");
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 2, "{told}");
    assert_eq!(output.status.code(), Some(3));
}

#[test]
fn a_line_over_the_limit() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("good.txt"), STORY).unwrap();
    std::fs::write(folder.path().join("long.txt"), "word ".repeat(20_000)).unwrap();
    let output = crossread(
        folder.path(),
        &["read", "good.txt", "long.txt", "--max-report", "50000", "--case", "x.crossread"],
    );
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("long.txt") && told.contains("50000"), "{told}");
    assert_eq!(output.status.code(), Some(3), "{told}");
}

#[test]
fn bytes_that_are_no_utf_8_are_read_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let mut bytes = STORY.as_bytes().to_vec();
    bytes.splice(20..20, *b"caf\xe9 ");
    std::fs::write(folder.path().join("latin.txt"), bytes).unwrap();
    let output = crossread(folder.path(), &["annotate", "latin.txt"]);
    let line = String::from_utf8(output.stdout).unwrap();
    let record: serde_json::Value = serde_json::from_str(line.trim()).unwrap();
    assert!(record["text"].as_str().unwrap().contains("Marrow footbridge"));
}

#[test]
fn a_second_reading_adds_nothing() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), STORY).unwrap();
    let first = crossread(folder.path(), &["read", "a.txt"]);
    let second = crossread(folder.path(), &["read", "a.txt"]);
    assert_eq!(first.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&first.stdout), String::from_utf8_lossy(&second.stdout));
}

#[test]
fn the_order_of_files_and_the_number_of_threads_do_not_matter() {
    let folder = tempfile::tempdir().unwrap();
    for (name, toll) in [("a.txt", "Nine"), ("b.txt", "Eleven"), ("c.txt", "Twelve")] {
        std::fs::write(
            folder.path().join(name),
            STORY.replace("Nine people", &format!("{toll} people")),
        )
        .unwrap();
    }
    let pile = |arguments: &[&str]| {
        let output = crossread(folder.path(), arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let one = pile(&["--threads", "1", "read", "a.txt", "b.txt", "c.txt", "--json"]);
    let two = pile(&["--threads", "2", "read", "c.txt", "a.txt", "b.txt", "--json"]);
    assert!(one == two, "the piles differ");
}

#[test]
fn asking_for_what_is_not_there_says_so() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [&["brief"][..], &["show", "q1"], &["brief", "nothing.crossread"]] {
        let output = crossread(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("case"), "{arguments:?}");
    }
    let output = crossread(folder.path(), &["read", "nowhere/"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("nowhere"), "{output:?}");
    assert_eq!(output.status.code(), Some(3));
}

#[test]
fn killing_it_loses_no_finished_report() {
    let folder = tempfile::tempdir().unwrap();
    let pile = folder.path().join("pile");
    std::fs::create_dir(&pile).unwrap();
    for number in 0..300 {
        let story = STORY
            .replace("4 May", &format!("{} May", number % 28 + 1))
            .replace("Nine", &number.to_string());
        std::fs::write(pile.join(format!("{number:03}.txt")), story).unwrap();
    }
    let case = folder.path().join("pile.crossread");
    let mut child = Command::new(env!("CARGO_BIN_EXE_crossread"))
        .args(["--threads", "1", "read", "pile"])
        .current_dir(folder.path())
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    // Killed as soon as it has begun to write; how far it came does not matter for what must hold.
    while !case.exists() && child.try_wait().unwrap().is_none() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    std::thread::sleep(std::time::Duration::from_millis(200));
    child.kill().unwrap();
    child.wait().unwrap();
    let kept = crossread_case::Case::open(&case).unwrap().records().unwrap().len();
    assert!(kept <= 300);
    let output = crossread(folder.path(), &["read", "pile"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(crossread_case::Case::open(&case).unwrap().records().unwrap().len(), 300);
}

#[test]
fn a_file_that_was_mended_is_not_complained_of_any_more() {
    let folder = tempfile::tempdir().unwrap();
    let pile = folder.path().join("pile");
    std::fs::create_dir(&pile).unwrap();
    std::fs::write(pile.join("good.txt"), STORY).unwrap();
    std::fs::write(pile.join("late.txt"), "").unwrap();
    assert_eq!(crossread(folder.path(), &["read", "pile"]).status.code(), Some(3));
    // Told again as long as nothing was done about it, ...
    let again = crossread(folder.path(), &["read", "pile"]);
    assert_eq!(again.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&again.stdout).contains("late.txt"));
    // ... and no longer than that, be it with words the case has under another name.
    std::fs::write(pile.join("late.txt"), STORY).unwrap();
    let mended = crossread(folder.path(), &["read", "pile"]);
    assert_eq!(mended.status.code(), Some(0), "{}", String::from_utf8_lossy(&mended.stderr));
    assert!(!String::from_utf8_lossy(&mended.stdout).contains("late.txt"));
}
