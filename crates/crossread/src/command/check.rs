use std::io::Read as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use crossread::{Limits, Reading};
use crossread_case::Case;
use crossread_export::brief::Style;
use crossread_ledger::{Check as Found, Checks};
use crossread_record::Record;
use miette::{IntoDiagnostic as _, miette};
use serde::Serialize;

use super::model::Choice;
use super::{CONTRADICTED, page, which};

/// Set each sentence of a draft against a case: carried by whom, contradicted by whom, newer value known, or not covered
///
/// The draft is read like a report, and is neither stored in the case nor counted as an origin. That nobody contradicts
/// a sentence does not make it true; that somebody does, does not make it false: the passages are shown.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit code: 4 when a sentence of the draft is contradicted, 0 when none is.\n\nExamples:\n  \
crossread check draft.txt\n  echo 'Ten people died when the Marrow footbridge fell.' | crossread check - --case \
bridge.crossread\n  crossread check draft.html --json | jq '.sentences[] | select(.standing == \"contradicted\")'"
)]
pub(crate) struct Check {
    /// The draft; - for standard input
    #[arg(value_name = "FILE")]
    draft: PathBuf,
    /// The case; the only one in this folder unless named
    #[arg(long, value_name = "FILE")]
    case: Option<PathBuf>,
    #[command(flatten)]
    model: Choice,
    /// Print one JSON object: the sentences, their claims, and for each what the case has on it
    #[arg(long)]
    json: bool,
}

/// The sentences of a draft for programs, with their words.
#[derive(Serialize)]
struct Out<'a> {
    contradicted: usize,
    /// All spans of `sentences` are bytes into it.
    text: &'a str,
    #[serde(flatten)]
    found: Found,
}

impl Check {
    pub(crate) fn run(self) -> miette::Result<ExitCode> {
        let drafts = self.read()?;
        let mut case = Case::open(&which::case(self.case.as_deref())?).into_diagnostic()?;
        let pile = crossread::pile_of(&mut case).into_diagnostic()?;
        let (width, colour) = page::terminal();
        let style = Style { width, colour, most_single: usize::MAX };
        let mut contradicted = 0;
        for draft in &drafts {
            let found = crossread_ledger::check(&pile, draft);
            let here = found.count(Checks::Contradicted);
            contradicted += here;
            if self.json {
                page::print_json(&Out { contradicted: here, text: &draft.report.text, found })?;
            } else {
                page::print(&crossread_export::check_to_terminal(&found, draft, &pile, style))?;
            }
        }
        Ok(if contradicted > 0 { ExitCode::from(CONTRADICTED) } else { ExitCode::SUCCESS })
    }

    /// The draft as records; a file that holds several texts gives several.
    fn read(&self) -> miette::Result<Vec<Record>> {
        let limits = Limits::default();
        let (bytes, name) = if self.draft.as_os_str() == "-" {
            let mut bytes = Vec::new();
            let most = limits.file_bytes.saturating_add(1);
            std::io::stdin().take(most).read_to_end(&mut bytes).into_diagnostic()?;
            if bytes.len() as u64 > limits.file_bytes {
                return Err(miette!("the draft is larger than {} bytes", limits.file_bytes));
            }
            (bytes, "-".to_owned())
        } else {
            let bytes = crossread_intake::read_file(&self.draft, &limits).into_diagnostic()?;
            (bytes, self.draft.to_string_lossy().into_owned())
        };
        let (records, problems) = {
            let model = self.model.open()?;
            crossread::annotate(&bytes, Some(&name), Reading::with(&model))
        };
        super::captures::tell(&problems);
        if records.is_empty() {
            return Err(miette!(
                help = "a draft is text, HTML or JSON Lines",
                "{}: there is no text to check",
                self.draft.display()
            ));
        }
        Ok(records)
    }
}
