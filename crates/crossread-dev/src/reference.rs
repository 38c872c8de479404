//! `cargo dev reference`: the reference of the commands, from the program's own help.

use std::process::Command;

use clap::Args;
use miette::{IntoDiagnostic as _, bail};

/// Where it is written, from the root of the workspace.
const PAGE: &str = "docs/commands.md";

/// Writes docs/commands.md.
#[derive(Debug, Args)]
pub(crate) struct Reference {}

pub(crate) fn run(_: &Reference) -> miette::Result<()> {
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--package", "crossread", "--", "reference"])
        .output()
        .into_diagnostic()?;
    if !output.status.success() {
        bail!("crossread reference failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    std::fs::write(PAGE, output.stdout).into_diagnostic()
}
