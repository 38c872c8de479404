//! Chores that make what the repository keeps ready-made: `cargo dev --help`.
//!
//! One file a chore: its arguments and a `run` that does it.
#![allow(clippy::print_stderr)]

mod gazetteer;
mod model;
mod predicates;
mod reference;
mod train;

use clap::Parser;

/// Chores of the workspace.
#[derive(Debug, Parser)]
#[command(name = "cargo dev")]
enum Command {
    /// Packs the world's places for the grounding room
    Gazetteer(gazetteer::Gazetteer),
    /// Converts the English spaCy pipeline to the model file that travels in the binary
    Model(model::Model),
    /// Writes which verbs and nouns name one kind of happening, for the ledger
    Predicates(predicates::Predicates),
    /// Writes the reference of the commands, docs/commands.md
    Reference(reference::Reference),
    /// Trains what is learned rather than written
    #[command(subcommand)]
    Train(train::Train),
}

fn main() -> miette::Result<()> {
    match Command::parse() {
        Command::Gazetteer(args) => gazetteer::run(&args),
        Command::Model(args) => model::run(&args),
        Command::Predicates(args) => predicates::run(&args),
        Command::Reference(args) => reference::run(&args),
        Command::Train(what) => train::run(&what),
    }
}
