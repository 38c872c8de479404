use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use crossread_case::Case;
use crossread_export::show::{find, show};
use miette::IntoDiagnostic as _;

use super::{page, which};

/// Show one thing of a case, with the words behind it
///
/// A question (q1), an event (v1), an origin (o1), a report by the beginning of its digest (3f0a12bc), or a claim of it
/// (3f0a12bc/c7), as the brief prints them.
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// Its name
    id: String,
    /// The case; the only one in this folder unless named
    #[arg(long, value_name = "FILE")]
    case: Option<PathBuf>,
}

impl Show {
    pub(crate) fn run(self) -> miette::Result<ExitCode> {
        let mut case = Case::open(&which::case(self.case.as_deref())?).into_diagnostic()?;
        let pile = crossread::pile_of(&mut case).into_diagnostic()?;
        let named = find(&pile, &self.id).into_diagnostic()?;
        page::print(&show(&pile, &named))?;
        Ok(ExitCode::SUCCESS)
    }
}
