//! In what form a brief is printed.

use std::collections::BTreeMap;

use clap::Args;
use crossread::{Moment, NotYet};
use crossread_case::Case;
use crossread_export::brief::{Brief, Style};
use crossread_record::Pile;
use miette::IntoDiagnostic as _;
use serde::Serialize;

use super::page;

/// The forms of a brief; the terminal's unless told.
#[derive(Debug, Args)]
pub(crate) struct Form {
    /// Print one JSON object: reports, origins, events, questions, verdicts
    #[arg(long, group = "form")]
    pub(crate) json: bool,
    /// Print Markdown
    #[arg(long, group = "form")]
    markdown: bool,
    /// Print one static HTML page, in which each claim leads to its words: crossread brief --html > brief.html
    #[arg(long, group = "form")]
    html: bool,
    /// Show every question that rests on one origin only, rather than the first few
    #[arg(long)]
    all: bool,
    /// Show what could be known by the end of this day, month or minute (2025-05-04, 2025-05, 2025-05-04T21:40):
    /// reports that are later, or state no date, are left out and named
    #[arg(long, value_name = "DATE")]
    as_of: Option<Moment>,
}

/// A pile as it could be made at a moment, for programs.
#[derive(Serialize)]
struct Then<'a> {
    as_of: &'a str,
    /// The reports left out, with the reason.
    not_known: BTreeMap<&'a str, &'static str>,
    #[serde(flatten)]
    pile: &'a Pile,
}

/// Questions of one origin shown unless `--all` is given.
const FEW: usize = 12;

impl Form {
    /// Prints the pile of a case, drawing the ledger again where reports have come since.
    pub(crate) fn print(&self, case: &mut Case) -> miette::Result<()> {
        let Some(moment) = &self.as_of else {
            let pile = crossread::pile_of(case).into_diagnostic()?;
            if self.json {
                return page::print_json(&pile);
            }
            return self.write(&brief(case, &pile)?, &pile);
        };
        let records = crossread::records_of(case).into_diagnostic()?;
        let (pile, missing) = crossread::as_of(records.clone(), moment);
        if self.json {
            let name = |why| match why {
                NotYet::Later => "later",
                NotYet::ChangedLater => "changed_later",
                NotYet::MaybeLater => "maybe_later",
                NotYet::Undated => "undated",
            };
            let not_known = missing.iter().map(|m| (m.report.as_str(), name(m.why))).collect();
            return page::print_json(&Then { as_of: moment.edtf(), not_known, pile: &pile });
        }
        let mut brief = brief(case, &pile)?;
        brief.as_of = crossread_export::not_known(moment, &missing, &records);
        self.write(&brief, &pile)
    }

    fn write(&self, brief: &Brief, pile: &Pile) -> miette::Result<()> {
        page::print(&if self.html {
            crossread_export::html_page(brief, pile)
        } else if self.markdown {
            brief.to_markdown()
        } else {
            let (width, colour) = page::terminal();
            let most_single = if self.all { usize::MAX } else { FEW };
            brief.to_terminal(Style { width, colour, most_single })
        })
    }
}

fn brief(case: &Case, pile: &Pile) -> miette::Result<Brief> {
    let name = case.path().file_name().map(|name| name.to_string_lossy().into_owned());
    let left_out = case.left_out().into_diagnostic()?;
    let not_read = left_out.into_iter().map(|left| (left.path, left.what)).collect();
    Ok(Brief::of(&name.unwrap_or_default(), pile, not_read))
}
