//! `cargo dev train names`: trains the second reading of the parser's name tags.

use std::io::BufRead as _;
use std::path::PathBuf;

use crossread_base::Span;
use crossread_grounding::name::training::{Lesson, tagged, train};
use crossread_record::{EntityType, Parsed, Report};
use miette::{IntoDiagnostic as _, Result, WrapErr as _};
use serde::Deserialize;

/// Lessons in, weights out.
#[derive(Debug, clap::Args)]
pub(crate) struct Names {
    /// JSON Lines as `crossread annotate --whole --tokens` writes them, each line with a further field
    /// `"names": [[start, end, "PERSON|ORG|..."], ..]`
    lessons: Vec<PathBuf>,
    /// Lessons that are not learnt from but measured on
    #[arg(long)]
    held_out: Vec<PathBuf>,
    /// Times that each lesson is gone through
    #[arg(long, default_value_t = 6)]
    rounds: usize,
    /// Features met less often are left out
    #[arg(long, default_value_t = 3)]
    fewest: u32,
    /// Where the weights go
    #[arg(long, default_value = "crates/crossread-grounding/data/name/tagger.bin")]
    out: PathBuf,
}

#[derive(Deserialize)]
struct Line {
    #[serde(flatten)]
    report: Report,
    #[serde(flatten)]
    parsed: Parsed,
    names: Vec<(u32, u32, EntityType)>,
}

pub(crate) fn run(args: &Names) -> Result<()> {
    let lessons = read(&args.lessons)?;
    let weights = train(&lessons, args.rounds, args.fewest);
    std::fs::write(&args.out, &weights).into_diagnostic()?;
    eprintln!("{}: {} bytes from {} lessons", args.out.display(), weights.len(), lessons.len());
    for path in &args.held_out {
        let (mut right, mut found, mut wanted) = (0usize, 0usize, 0usize);
        for lesson in read(std::slice::from_ref(path))? {
            let names = tagged(&lesson, &weights);
            found += names.len();
            wanted += lesson.names.len();
            right += names.iter().filter(|name| lesson.names.contains(name)).count();
        }
        let f1 = 2.0 * right as f64 / (found + wanted).max(1) as f64;
        eprintln!("{}: F1 {f1:.3} ({right} of {found} found, {wanted} wanted)", path.display());
    }
    Ok(())
}

fn read(paths: &[PathBuf]) -> Result<Vec<Lesson>> {
    let mut lessons = Vec::new();
    for path in paths {
        let file = std::fs::File::open(path)
            .into_diagnostic()
            .wrap_err_with(|| path.display().to_string())?;
        for line in std::io::BufReader::new(file).lines() {
            let Line { report, parsed, names } = serde_json::from_str(&line.into_diagnostic()?)
                .into_diagnostic()
                .wrap_err_with(|| path.display().to_string())?;
            let names =
                names.into_iter().map(|(start, end, kind)| (Span::new(start, end), kind)).collect();
            lessons.push(Lesson { report, parsed, names });
        }
    }
    Ok(lessons)
}
