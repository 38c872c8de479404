//! Prints the origins of plain texts: `cargo run --release -p crossread-lineage --example trace -- FILE...`
//!
//! Each file is one pile, one JSON object a line with `id` and `text`; for each, one JSON object with its origins is
//! printed. No parser is needed: sentences are cut at their marks.

use std::error::Error;

use crossread_base::Span;
use crossread_lineage::trace;
use crossread_record::{Grounded, Parsed, Record, Region, RegionKind, Report, Testimony};

fn main() -> Result<(), Box<dyn Error>> {
    for path in std::env::args().skip(1) {
        let mut records = Vec::new();
        for line in std::fs::read_to_string(&path)?.lines() {
            records.push(record(line)?);
        }
        let lineage = trace(&records);
        let flags: Vec<_> = lineage.flags.iter().map(|(id, flag)| (id, flag)).collect();
        let pile = serde_json::json!({ "pile": path, "origins": lineage.origins, "flags": flags });
        #[allow(clippy::print_stdout)] // an example is an edge
        {
            println!("{pile}");
        }
    }
    Ok(())
}

fn record(line: &str) -> Result<Record, Box<dyn Error>> {
    let value: serde_json::Value = serde_json::from_str(line)?;
    let field = |name: &str| value[name].as_str().ok_or(format!("no {name} in {line:.80}"));
    let text = field("text")?.to_owned();
    let report = Report {
        id: field("id")?.parse()?,
        path: None,
        media_type: "text/plain".to_owned(),
        language: None,
        map: Vec::new(),
        url: None,
        outlet: None,
        byline: Vec::new(),
        credits: Vec::new(),
        published: None,
        updated: None,
        flags: Vec::new(),
        regions: vec![Region { kind: RegionKind::Body, span: Span::of(0..text.len()) }],
        text,
    };
    Ok(Record::new(report, Parsed::default(), Grounded::default(), Testimony::default()))
}
