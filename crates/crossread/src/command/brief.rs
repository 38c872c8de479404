use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use crossread_case::Case;
use miette::IntoDiagnostic as _;

use super::form::Form;
use super::{exit, which};

/// Print the brief of a case: what was read, the disputed questions first, then what agrees, then what is not resolved
///
/// Every answer shows who carries it and through whom, the exact words, and a short name; `crossread show NAME` leads
/// from there to the report.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  crossread brief                              of the only case in this folder\n  \
crossread brief --as-of 2025-05-04           what could be known by the end of that day\n  \
crossread brief x.crossread --html > x.html  as one page"
)]
pub(crate) struct Brief {
    /// The case; the only one in this folder unless named
    case: Option<PathBuf>,
    #[command(flatten)]
    form: Form,
}

impl Brief {
    pub(crate) fn run(self) -> miette::Result<ExitCode> {
        let mut case = Case::open(&which::case(self.case.as_deref())?).into_diagnostic()?;
        print(&mut case, &self.form)
    }
}

/// Prints the brief of a case; the exit code tells whether something was left out of it when it was read.
pub(crate) fn print(case: &mut Case, form: &Form) -> miette::Result<ExitCode> {
    form.print(case)?;
    Ok(exit(!case.left_out().into_diagnostic()?.is_empty()))
}
