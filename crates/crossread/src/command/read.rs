use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use crossread::{Limits, Reading};
use crossread_case::Case;
use miette::{IntoDiagnostic as _, miette};

use super::form::Form;
use super::model::Choice;
use super::{brief, captures, which};

/// Read every report below the paths into a case, and print the brief
///
/// Text, HTML and JSON Lines are told apart by what they hold. A case is one file; reading the same bytes again adds
/// nothing, so a stopped reading is taken up by giving the same command again. What could not be read is named, and
/// the rest is read all the same.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  crossread read reports/                      makes reports.crossread here\n  \
crossread read a.txt b.html --case x.crossread\n  crossread read reports/ --json > pile.json   writes no case unless \
--case names one"
)]
pub(crate) struct Read {
    /// Files and folders
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The case to add to; named after the first path unless given
    #[arg(long, value_name = "FILE")]
    case: Option<PathBuf>,
    /// The most bytes one file may have
    #[arg(long, value_name = "BYTES", default_value_t = Limits::default().file_bytes)]
    max_file: u64,
    /// The most bytes one report may have
    #[arg(long, value_name = "BYTES", default_value_t = Limits::default().report_bytes)]
    max_report: usize,
    #[command(flatten)]
    model: Choice,
    #[command(flatten)]
    form: Form,
}

impl Read {
    pub(crate) fn run(self) -> miette::Result<ExitCode> {
        let limits = Limits {
            file_bytes: self.max_file,
            report_bytes: self.max_report,
            ..Limits::default()
        };
        let mut case = match (&self.case, self.form.json) {
            (Some(path), _) => Case::open(path),
            // A program that asks for the pile of these paths does not want what an older case of that name holds.
            (None, true) => Case::in_memory(),
            (None, false) => Case::open(&which::new_case(&self.paths[0])),
        }
        .into_diagnostic()?;
        let model = self.model.open()?;
        let stop = captures::stop_on_ctrl_c()?;
        let bar = captures::Bar::new();
        let now = || {
            let now = jiff::Timestamp::now();
            now.round(jiff::Unit::Second).unwrap_or(now).to_string()
        };
        let summary = crossread::read_into(
            &mut case,
            &self.paths,
            &limits,
            Reading::with(&model),
            &now,
            stop,
            &|done, all, file| bar.show(done, all, file),
        )
        .into_diagnostic()?;
        drop(bar);
        captures::tell(&summary.problems);
        if summary.stopped {
            return Err(miette!(
                help = "give the same command again to go on",
                "stopped; {} kept in {}",
                summary.reports + summary.known,
                case.path().display()
            ));
        }
        let exit = brief::print(&mut case, &self.form)?;
        Ok(if summary.problems.is_empty() { exit } else { super::exit(true) })
    }
}
