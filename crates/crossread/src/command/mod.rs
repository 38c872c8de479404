//! The commands, one file each.

mod actors;
mod annotate;
mod brief;
mod captures;
mod check;
mod form;
mod model;
mod page;
mod read;
mod show;
mod table;
mod which;

use std::num::NonZeroUsize;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use miette::IntoDiagnostic as _;

/// Something was not done at all.
pub(crate) const FAILED: u8 = 1;
/// Something was left out; the rest was done. (2 is clap's, for arguments it does not understand.)
pub(crate) const LEFT_OUT: u8 = 3;
/// A sentence of a draft is contradicted.
pub(crate) const CONTRADICTED: u8 = 4;

/// Reads a pile of news reports and lays their claims side by side: who says so, through whom, from how many
/// independent origins, and what stands against it. It never says what is true; it says who says so, and shows the
/// words.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true, after_help = EXITS)]
pub(crate) struct Arguments {
    /// Threads to read with; as many as there are cores unless told. The output is the same for any number
    #[arg(long, global = true, value_name = "N")]
    threads: Option<NonZeroUsize>,
    #[command(subcommand)]
    command: Command,
}

const EXITS: &str = "Exit codes: 0 all was done; 1 it failed; 2 the arguments were not understood; 3 it was done, \
and something was left out (each is named on standard error); 4 a checked draft is contradicted.\n\nStart with:\n  crossread read examples/bridge\n  \
crossread show q1 --case bridge.crossread";

#[derive(Debug, Subcommand)]
enum Command {
    Read(read::Read),
    Brief(brief::Brief),
    Show(show::Show),
    Table(table::Table),
    Check(check::Check),
    Actors(actors::Actors),
    Annotate(annotate::Annotate),
    #[command(subcommand)]
    Model(model::Model),
    /// Print the reference of all commands as Markdown
    #[command(hide = true)]
    Reference,
}

pub(crate) fn run(arguments: Arguments) -> miette::Result<ExitCode> {
    if let Some(threads) = arguments.threads {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads.get())
            .build_global()
            .into_diagnostic()?;
    }
    match arguments.command {
        Command::Read(command) => command.run(),
        Command::Brief(command) => command.run(),
        Command::Show(command) => command.run(),
        Command::Table(command) => command.run(),
        Command::Check(command) => command.run(),
        Command::Actors(command) => command.run(),
        Command::Annotate(command) => command.run(),
        Command::Model(command) => command.run(),
        Command::Reference => {
            page::print(&page::reference::<Arguments>())?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn exit(left_out: bool) -> ExitCode {
    if left_out { ExitCode::from(LEFT_OUT) } else { ExitCode::SUCCESS }
}
