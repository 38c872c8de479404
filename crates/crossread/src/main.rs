//! `crossread`: the command line.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this is the edge that speaks to a terminal"
)]

mod command;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    let arguments = command::Arguments::parse();
    match command::run(arguments) {
        Ok(exit) => exit,
        // Whoever reads our output had enough: `crossread brief | head` is no error.
        Err(report) if is_closed_pipe(&report) => ExitCode::SUCCESS,
        Err(report) => {
            eprintln!("{report:?}");
            ExitCode::from(command::FAILED)
        }
    }
}

fn is_closed_pipe(report: &miette::Report) -> bool {
    report.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
