//! Invented reports for tests.

use crossread_record::{Record, Report};

/// A plain report.
pub(crate) fn record(id: &str, text: &str) -> Record {
    Record::unread(Report::plain(id.parse().unwrap(), text))
}
