//! Chores: `cargo dev COMMAND`.
#![allow(clippy::print_stderr)]

mod gazetteer;

use clap::Parser;

/// Chores of the workspace.
#[derive(Debug, Parser)]
#[command(name = "cargo dev")]
enum Command {
    /// Packs the world's places for the grounding room
    Gazetteer(gazetteer::Gazetteer),
}

fn main() -> miette::Result<()> {
    match Command::parse() {
        Command::Gazetteer(args) => gazetteer::run(&args),
    }
}
