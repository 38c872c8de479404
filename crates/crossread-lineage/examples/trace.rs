//! Prints the origins of piles: `cargo run --release -p crossread-lineage --example trace -- FILE...`
//!
//! Each file is one pile, one JSON object a line: a record as `crossread annotate` prints it, or plain text with `id` and
//! `text` alone, whose sentences are cut at their marks. For each file one JSON object with its origins is printed.

use std::error::Error;

use crossread_lineage::trace;
use crossread_record::{Record, Report};

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
    if value.get("media_type").is_some() {
        return Ok(serde_json::from_value(value)?);
    }
    let field = |name: &str| value[name].as_str().ok_or(format!("no {name} in {line:.80}"));
    Ok(Record::unread(Report::plain(field("id")?.parse()?, field("text")?)))
}
