//! What a brief of an earlier moment leaves out, in words.

use std::collections::BTreeMap;

use crossread_base::ReportId;
use crossread_ledger::{Missing, Moment, NotYet};
use crossread_record::Record;

use crate::brief::outlet;
use crate::words::{count, day};

/// Of which moment the pile is and, a reason a line, how many reports and which were not known then. `records` are all
/// of the case.
pub fn not_known(moment: &Moment, missing: &[Missing], records: &[Record]) -> Vec<String> {
    let by_id: BTreeMap<&ReportId, &Record> =
        records.iter().map(|record| (&record.report.id, record)).collect();
    let mut by_reason: BTreeMap<NotYet, Vec<(String, String)>> = BTreeMap::new();
    for missing in missing {
        let Some(record) = by_id.get(&missing.report) else { continue };
        let report = &record.report;
        let date = match missing.why {
            NotYet::ChangedLater => report.updated.as_ref(),
            _ => report.published.as_ref().or(report.updated.as_ref()),
        };
        let date = date.map(|date| date.edtf.clone()).unwrap_or_default();
        by_reason.entry(missing.why).or_default().push((date, outlet(record)));
    }
    let known = records.len() - missing.len();
    let mut lines = vec![format!(
        "as of the end of {}: {} known then",
        day(moment.edtf()),
        if known == records.len() {
            format!("all {}", count(known, "report"))
        } else {
            format!("{known} of {}", count(records.len(), "report"))
        }
    )];
    for (why, mut reports) in by_reason {
        reports.sort();
        let names: Vec<String> = reports
            .iter()
            .map(|(date, outlet)| match date.as_str() {
                "" => outlet.clone(),
                date => format!("{outlet} ({})", day(date)),
            })
            .collect();
        let why = match why {
            NotYet::Later => "published later",
            NotYet::ChangedLater => "changed later, and not here as they stood",
            NotYet::MaybeLater => "perhaps later, by a date that can be read so",
            NotYet::Undated => "undated",
        };
        lines.push(format!("not known, {why}: {}: {}", reports.len(), names.join(", ")));
    }
    lines
}
