//! Shows what is claimed in a text: a line a sentence, and under it its claims.
//!
//! `cargo run --release -p crossread-testimony --example claims < report.txt`
#![allow(clippy::print_stdout)]

use std::io::Read as _;

use crossread_base::Span;
use crossread_language::{Block, Pipeline};
use crossread_record::{Claim, Record, Report};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let mut regions = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::of(start..start + line.len()).trimmed(&text);
        start += line.len();
        if !span.is_empty() {
            regions.push(serde_json::json!({"kind": "body", "span": span}));
        }
    }
    let report: Report = serde_json::from_value(serde_json::json!({
        "id": "sha256:0", "path": null, "media_type": "text/plain", "language": "en", "text": text,
        "outlet": null, "byline": [], "credits": [], "flags": [], "published": null, "updated": null,
        "regions": regions,
    }))?;
    let blocks: Vec<Block> = (0u32..)
        .zip(&report.regions)
        .map(|(index, region)| Block { span: region.span, region: Some(index) })
        .collect();
    let parsed = Pipeline::embedded().parse(&report.text, &blocks);
    let grounded = crossread_grounding::ground(&report, &parsed);
    let testimony = crossread_testimony::read(&report, &parsed, &grounded);
    let record = Record::new(report, parsed, grounded, testimony);
    for sentence in &record.parsed.sentences {
        println!("\n{}", record.report.words(sentence.span));
        for claim in &record.testimony.claims {
            if sentence.span.contains(claim.trigger) {
                show(&record, claim);
            }
        }
    }
    Ok(())
}

fn show(record: &Record, claim: &Claim) {
    let words = |span: Span| record.report.words(span);
    print!(
        "    {} <{}> {:?} {:?} {:?}",
        claim.frame,
        words(claim.trigger),
        claim.certainty,
        claim.polarity,
        claim.aspect
    );
    if claim.presupposed {
        print!(" presupposed");
    }
    for argument in &claim.arguments {
        print!(" {}={:?}", argument.role, words(argument.span));
        if let Some(entity) = argument.entity {
            print!("@{entity}");
        }
    }
    if let Some(place) = claim.place.and_then(|index| record.grounded.places.get(index as usize)) {
        print!(" at={:?}", words(place.span));
    }
    if let Some(time) = claim.time.and_then(|index| record.grounded.times.get(index as usize)) {
        print!(" when={:?}", words(time.span));
    }
    for quantity in &claim.quantities {
        if let Some(quantity) = record.grounded.quantities.get(*quantity as usize) {
            print!(" n={:?}", words(quantity.span));
        }
    }
    if !claim.attribution.is_empty() {
        print!(" by={:?}", claim.attribution);
    }
    println!();
}
