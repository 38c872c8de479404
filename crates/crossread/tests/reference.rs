//! The reference of the commands is what the program says of itself.

use std::path::Path;
use std::process::Command;

#[test]
fn the_reference_is_up_to_date() {
    let output = Command::new(env!("CARGO_BIN_EXE_crossread")).arg("reference").output().unwrap();
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/commands.md");
    let written = std::fs::read_to_string(page).unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(written == said, "run: cargo dev reference");
}
