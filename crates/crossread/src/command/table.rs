use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use clap::builder::PossibleValuesParser;
use crossread::Moment;
use crossread_case::Case;
use crossread_export::brief::Style;
use crossread_ledger::coding::{self, Rule};
use miette::{IntoDiagnostic as _, miette};
use serde::Serialize;

use super::{page, which};

/// Code the events of a case: one row an event, each cell chosen by a published rule among claims that differ
///
/// A first coding to accept or overrule: every cell keeps the claims it rests on and those it passes over, with the
/// reason. Copies add no weight, and no outlet is rated. A row is named after the ledger's event (v1), a cell by row and
/// column (v1.killed).
#[derive(Debug, Args)]
#[command(after_help = help())]
pub(crate) struct Table {
    /// The case; the only one in this folder unless named
    case: Option<PathBuf>,
    /// The rule to choose by
    #[arg(long, value_name = "NAME", default_value = "low-best-high", value_parser = names())]
    rule: String,
    /// Show one cell with the passages it rests on and those passed over: --why v1.killed
    #[arg(long, value_name = "CELL")]
    why: Option<String>,
    /// Show which cells change when one outlet, one informant or one origin is left out
    #[arg(long, conflicts_with = "why")]
    sensitivity: bool,
    /// Print one JSON object: the rule and its source, and the table (or the changes) with all claims
    #[arg(long, conflicts_with = "why")]
    json: bool,
    /// Print CSV, with low, best and high apart and the names of the claims behind each cell
    #[arg(long, conflicts_with_all = ["json", "why", "sensitivity"])]
    csv: bool,
    /// Code what could be known by the end of this day, month or minute
    #[arg(long, value_name = "DATE")]
    as_of: Option<Moment>,
}

fn names() -> PossibleValuesParser {
    PossibleValuesParser::new(coding::rules().iter().map(|rule| rule.name.as_str()))
}

fn help() -> String {
    let mut out = String::from("Rules:\n");
    for rule in coding::rules() {
        out.push_str(&format!("  {:<14} {}\n", rule.name, rule.title));
        for source in &rule.source {
            out.push_str(&format!("  {:<14} after {}: {}\n", "", source.document, source.section));
        }
    }
    out.push_str(
        "\nExamples:\n  crossread table                             the table of the only case in this folder\n  \
crossread table --why v1.killed             why that figure, with the passages\n  \
crossread table --rule majority --csv > events.csv\n  \
crossread table --sensitivity               which cells hang on one source\n  \
crossread table --as-of 2025-05-04          what a coder could have written that day",
    );
    out
}

/// A rule with what was worked out by it, for programs.
#[derive(Serialize)]
struct Coded<'a, T> {
    title: &'a str,
    manner: &'a str,
    source: &'a [coding::Source],
    #[serde(flatten)]
    found: T,
}

#[derive(Serialize)]
struct Changes<'a> {
    rule: &'a str,
    changes: Vec<coding::Change>,
}

impl Table {
    pub(crate) fn run(self) -> miette::Result<ExitCode> {
        let mut case = Case::open(&which::case(self.case.as_deref())?).into_diagnostic()?;
        let rule: &Rule =
            coding::rule(&self.rule).ok_or_else(|| miette!("no rule of this name"))?;
        let pile = match &self.as_of {
            None => crossread::pile_of(&mut case).into_diagnostic()?,
            Some(moment) => {
                let records = crossread::records_of(&case).into_diagnostic()?;
                let (pile, missing) = crossread::as_of(records.clone(), moment);
                for line in crossread_export::not_known(moment, &missing, &records) {
                    eprintln!("{}", crossread_export::plain(&line));
                }
                pile
            }
        };
        let (width, colour) = page::terminal();
        let style = Style { width, colour, most_single: usize::MAX };
        if self.sensitivity {
            let changes = coding::sensitivity(&pile, rule);
            if self.json {
                return self.json(rule, Changes { rule: &rule.name, changes });
            }
            page::print(&crossread_export::sensitivity_to_terminal(&changes, rule, style))?;
            return Ok(ExitCode::SUCCESS);
        }
        let table = coding::table(&pile, rule);
        if self.json {
            return self.json(rule, table);
        }
        page::print(&if let Some(cell) = &self.why {
            crossread_export::why(&pile, &table, rule, cell, style).ok_or_else(|| {
                let columns = table.columns.join(", ");
                let rows: Vec<String> = table.rows.iter().map(|row| row.id.to_string()).collect();
                miette!(
                    help = format!(
                        "a cell is ROW.COLUMN; rows: {}; columns: {columns}",
                        rows.join(", ")
                    ),
                    "the table has no cell {cell:?}"
                )
            })?
        } else if self.csv {
            crossread_export::table_to_csv(&table)
        } else {
            crossread_export::table_to_terminal(&table, rule, style)
        })?;
        Ok(ExitCode::SUCCESS)
    }

    fn json(&self, rule: &Rule, found: impl Serialize) -> miette::Result<ExitCode> {
        let (title, manner, source) = (&*rule.title, &*rule.manner, &*rule.source);
        page::print_json(&Coded { title, manner, source, found })?;
        Ok(ExitCode::SUCCESS)
    }
}
