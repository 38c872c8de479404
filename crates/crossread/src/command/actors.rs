use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use crossread_case::{Act, Case, Meant};
use crossread_export::plain;
use crossread_grounding::actor::Sameness;
use crossread_grounding::actor::case::{Actor, Judged};
use crossread_record::{EntityType, Record};
use miette::{IntoDiagnostic as _, miette};
use serde::Serialize;

use super::{page, which};

/// List the people, organisations and groups of a case: names, reports, and who is one with whom
///
/// Names of several reports are judged the same, not the same, or undecided, each with the reason. What you say of two
/// stands before that; it is kept in the case, and every later brief, table and check goes by it. A NAME means all who
/// go by it; 3f0a12bc/NAME means the one in that report.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  crossread actors                                   of the only case in this folder\n  \
crossread actors --same MHG \"Marrow Harbour Guard\"  they are one\n  \
crossread actors --not-same 3f0a12bc/Tolani 77d1c0de/Tolani"
)]
pub(crate) struct Actors {
    /// The case; the only one in this folder unless named
    case: Option<PathBuf>,
    /// Say that two names are of one actor
    #[arg(long, num_args = 2, value_names = ["NAME", "NAME"], group = "said")]
    same: Option<Vec<String>>,
    /// Say that two names are of two actors
    #[arg(long, num_args = 2, value_names = ["NAME", "NAME"], group = "said")]
    not_same: Option<Vec<String>>,
    /// Take back what was said of two names
    #[arg(long, num_args = 2, value_names = ["NAME", "NAME"], group = "said")]
    undo: Option<Vec<String>>,
    /// Print one JSON object: actors, each with its names, entities, and judgements
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Out {
    actors: Vec<Actor>,
}

impl Actors {
    pub(crate) fn run(self) -> miette::Result<ExitCode> {
        let mut case = Case::open(&which::case(self.case.as_deref())?).into_diagnostic()?;
        let said =
            [(&self.same, Act::Merge), (&self.not_same, Act::Split), (&self.undo, Act::Undo)];
        for (names, act) in said {
            let Some([a, b]) = names.as_deref() else { continue };
            let records = case.records().into_diagnostic()?;
            let (a, b) = (meant(a, &records)?, meant(b, &records)?);
            let now = jiff::Timestamp::now();
            let now = now.round(jiff::Unit::Second).unwrap_or(now).to_string();
            case.decide(&now, act, &a, &b).into_diagnostic()?;
        }
        let actors = crossread::actors_of(&case).into_diagnostic()?;
        if self.json {
            page::print_json(&Out { actors })?;
        } else {
            let lines: String = text(&actors).lines().map(|line| plain(line) + "\n").collect();
            page::print(&lines)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Who is meant by what was typed: somebody who is named in the case.
fn meant(typed: &str, records: &[Record]) -> miette::Result<Meant> {
    let in_report = typed.split_once('/').and_then(|(start, name)| {
        let digest = |record: &&Record| {
            let id = record.report.id.as_str();
            start.len() >= 6 && id.trim_start_matches("sha256:").starts_with(start)
        };
        let mut reports = records.iter().filter(digest);
        let only = reports.next().filter(|_| reports.next().is_none())?;
        Some(Meant { report: Some(only.report.id.clone()), name: name.to_owned() })
    });
    let meant = in_report.unwrap_or_else(|| Meant { report: None, name: typed.to_owned() });
    let fold = crossread_grounding::fold::fold;
    let named = records
        .iter()
        .filter(|record| meant.report.as_ref().is_none_or(|report| *report == record.report.id))
        .flat_map(|record| &record.grounded.entities)
        .any(|entity| fold(&entity.name) == fold(&meant.name));
    if named {
        Ok(meant)
    } else {
        Err(miette!(
            help = "crossread actors lists the names",
            "no report of the case names {typed:?}"
        ))
    }
}

/// The table for a terminal.
fn text(actors: &[Actor]) -> String {
    let mut out = String::new();
    let verdict = |judged: &Judged| match judged.verdict {
        Sameness::Same => "same",
        Sameness::NotSame => "not same",
        Sameness::Undecided => "undecided",
    };
    for actor in actors {
        let kind = match actor.kind {
            EntityType::Person => "person",
            EntityType::Org => "organisation",
            EntityType::Group => "group",
            _ => "other",
        };
        let mut reports: Vec<String> = actor
            .reports
            .iter()
            .map(|naming| naming.report.as_str().trim_start_matches("sha256:"))
            .map(|digest| digest.chars().take(8).collect())
            .collect();
        reports.dedup();
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{}  {}  ({kind}; {})", actor.id, actor.name, reports.join(", "));
        let others: Vec<&str> =
            actor.names.iter().map(String::as_str).filter(|name| *name != actor.name).collect();
        if !others.is_empty() {
            let _ = writeln!(out, "    also: {}", others.join("; "));
        }
        for judged in &actor.joined {
            let _ = writeln!(out, "    {}: {}: {}", verdict(judged), judged.other, judged.reason);
        }
        for judged in &actor.others {
            let other = actors.iter().find(|other| other.id == judged.other);
            let name = other.map_or("", |other| &other.name);
            let _ = writeln!(
                out,
                "    {}: {} {name}: {}",
                verdict(judged),
                judged.other,
                judged.reason
            );
        }
    }
    out
}
