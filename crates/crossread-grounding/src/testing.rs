//! Reports for tests.

use crossread_base::ReportId;
use crossread_record::{Date, Report};

/// A report of this text, published on this day.
pub(crate) fn report(text: &str, published: Option<&str>) -> Report {
    Report {
        published: published.map(Date::of_field),
        ..Report::plain(ReportId::new(&[0; 32], None), text)
    }
}
