//! Grounds and reads records that some other program parsed: JSON Lines in the form of
//! `crossread annotate --tokens` on standard input, finished records on standard output. It serves to try the
//! rules over another parser.
#![allow(clippy::print_stdout)]

use std::io::BufRead;

use crossread_record::{Parsed, Record, Report};
use serde::Deserialize;

#[derive(Deserialize)]
struct ParsedReport {
    #[serde(flatten)]
    report: Report,
    #[serde(flatten)]
    parsed: Parsed,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for line in std::io::stdin().lock().lines() {
        let ParsedReport { report, parsed } = serde_json::from_str(&line?)?;
        let grounded = crossread_grounding::ground(&report, &parsed);
        let testimony = crossread_testimony::read(&report, &parsed, &grounded);
        println!("{}", serde_json::to_string(&Record::new(report, parsed, grounded, testimony))?);
    }
    Ok(())
}
