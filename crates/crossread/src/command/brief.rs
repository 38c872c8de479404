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

/// Prints the brief of a case, drawing the ledger again where reports have come since.
pub(crate) fn print(case: &mut Case, form: &Form) -> miette::Result<ExitCode> {
    let pile = crossread::pile_of(case).into_diagnostic()?;
    let left_out = case.left_out().into_diagnostic()?;
    let some_left_out = !left_out.is_empty();
    let name = case.path().file_name().map(|name| name.to_string_lossy().into_owned());
    let not_read = left_out.into_iter().map(|left| (left.path, left.what)).collect();
    form.print(&name.unwrap_or_default(), &pile, not_read)?;
    Ok(exit(some_left_out))
}
