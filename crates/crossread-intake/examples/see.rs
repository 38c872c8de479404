//! Shows what intake makes of files: `cargo run -p crossread-intake --example see -- [--json] FILE...`
#![allow(clippy::print_stdout)]

use crossread_intake::{Limits, find_files, read_capture, read_file};

fn main() {
    let (options, paths): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|argument| argument == "--json");
    let found = find_files(&paths, &Limits::default());
    for problem in &found.problems {
        println!("! {problem}");
    }
    for path in &found.files {
        let bytes = match read_file(path, &Limits::default()) {
            Ok(bytes) => bytes,
            Err(problem) => {
                println!("! {problem}");
                continue;
            }
        };
        let reading = read_capture(&bytes, path.to_str());
        for problem in &reading.problems {
            println!("! {problem}");
        }
        for report in &reading.reports {
            if !options.is_empty() {
                println!("{}", serde_json::to_string(report).unwrap_or_default());
                continue;
            }
            println!("== {} {:?} {:?}", path.display(), report.id, report.language);
            println!("outlet {:?} byline {:?}", report.outlet, report.byline);
            println!("published {:?}\nupdated {:?}", report.published, report.updated);
            println!("credits {:?}\nflags {:?}", report.credits, report.flags);
            for region in &report.regions {
                let words: String = report.words(region.span).chars().take(110).collect();
                println!("{:>15} {:?}", region.kind.name(), words);
            }
        }
    }
}
