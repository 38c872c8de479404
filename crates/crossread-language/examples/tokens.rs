//! Parses plain-text files whole and writes one JSON object a file: text, sentences and tokens. With `--time` it writes
//! only how fast that went, on one thread.

#![allow(clippy::print_stdout, reason = "that is what it is for")]

use std::time::Instant;

use crossread_base::Span;
use crossread_language::{Block, Pipeline};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut paths: Vec<String> = std::env::args().skip(1).collect();
    let time = paths.iter().position(|path| path == "--time").map(|at| paths.remove(at)).is_some();
    let model = paths.iter().position(|path| path == "--model").map(|at| {
        paths.remove(at);
        paths.remove(at)
    });
    let start = Instant::now();
    let opened;
    let pipeline = match &model {
        None => Pipeline::embedded(),
        Some(path) => {
            opened = Pipeline::open(path.as_ref())?;
            &opened
        }
    };
    let loaded = start.elapsed();
    let texts: Vec<String> = paths.iter().map(std::fs::read_to_string).collect::<Result<_, _>>()?;
    let start = Instant::now();
    let mut count = 0;
    for text in &texts {
        let whole = Block { span: Span::of(0..text.len()), region: None };
        let parsed = pipeline.parse(text, &[whole]);
        count += parsed.tokens.len();
        if !time {
            println!(
                "{}",
                serde_json::json!({ "text": text, "sentences": parsed.sentences, "tokens": parsed.tokens })
            );
        }
    }
    if time {
        let seconds = start.elapsed().as_secs_f64();
        println!(
            "{pipeline:?}: loaded in {:.1} ms, {count} tokens in {seconds:.2} s, {:.0} tokens/s",
            loaded.as_secs_f64() * 1e3,
            count as f64 / seconds
        );
    }
    Ok(())
}
