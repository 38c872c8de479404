//! Reports for tests.

use crossread_base::ReportId;
use crossread_record::{Date, Report};

/// A report of this text, published on this day.
pub(crate) fn report(text: &str, published: Option<&str>) -> Report {
    Report {
        id: ReportId::new(&[0; 32], None),
        path: None,
        media_type: "text/plain".into(),
        language: Some("en".into()),
        text: text.into(),
        map: Vec::new(),
        url: None,
        outlet: None,
        byline: Vec::new(),
        credits: Vec::new(),
        published: published.map(|edtf| Date {
            edtf: edtf.into(),
            basis: "field".into(),
            span: None,
            inferred: false,
            alternatives: Vec::new(),
        }),
        updated: None,
        flags: Vec::new(),
        regions: Vec::new(),
    }
}
