//! Invented reports for tests.

use crossread_base::Span;
use crossread_record::{Grounded, Parsed, Record, Region, RegionKind, Report, Testimony};

/// A plain report with one body region.
pub(crate) fn record(id: &str, text: &str) -> Record {
    let span = Span::of(0..text.len());
    let report = Report {
        id: id.parse().unwrap(),
        path: None,
        media_type: "text/plain".to_owned(),
        language: Some("en".to_owned()),
        text: text.to_owned(),
        map: Vec::new(),
        url: None,
        outlet: None,
        byline: Vec::new(),
        credits: Vec::new(),
        published: None,
        updated: None,
        flags: Vec::new(),
        regions: vec![Region { kind: RegionKind::Body, span }],
    };
    Record::new(report, Parsed::default(), Grounded::default(), Testimony::default())
}
