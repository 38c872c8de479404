//! In what form a brief is printed.

use std::io::IsTerminal as _;

use clap::Args;
use crossread_export::brief::{Brief, Style};
use crossread_record::Pile;
use miette::IntoDiagnostic as _;

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
}

/// Questions of one origin shown unless `--all` is given.
const FEW: usize = 12;

impl Form {
    /// Prints the pile.
    pub(crate) fn print(
        &self,
        name: &str,
        pile: &Pile,
        not_read: Vec<(String, String)>,
    ) -> miette::Result<()> {
        if self.json {
            let mut json = serde_json::to_string(pile).into_diagnostic()?;
            json.push('\n');
            return page::print(&json);
        }
        let brief = Brief::of(name, pile, not_read);
        page::print(&if self.html {
            crossread_export::html_page(&brief, pile)
        } else if self.markdown {
            brief.to_markdown()
        } else {
            let terminal = std::io::stdout().is_terminal();
            brief.to_terminal(Style {
                width: if terminal { textwrap::termwidth().min(120) } else { 100 },
                colour: terminal && std::env::var_os("NO_COLOR").is_none(),
                most_single: if self.all { usize::MAX } else { FEW },
            })
        })
    }
}
