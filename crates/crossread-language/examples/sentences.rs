//! Reads one JSON string a line and writes the sentences of each, as a report's body, as a JSON list.

#![allow(clippy::print_stdout, reason = "that is what it is for")]

use std::io::BufRead;

use crossread_base::Span;
use crossread_language::{Block, Pipeline};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for line in std::io::stdin().lock().lines() {
        let text: String = serde_json::from_str(&line?)?;
        let body = Block { span: Span::of(0..text.len()), region: Some(0) };
        let parsed = Pipeline::embedded().parse(&text, &[body]);
        let sentences: Vec<&str> =
            parsed.sentences.iter().map(|one| one.span.text(&text)).collect();
        println!("{}", serde_json::to_string(&sentences)?);
    }
    Ok(())
}
