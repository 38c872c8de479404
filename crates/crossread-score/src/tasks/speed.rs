//! How fast a pile is read, and in how much memory.
//!
//! Any pile: the data folder itself, or the texts of PolNeAR's development part where the folder holds that set. Each
//! measure is a process of its own, one with one thread and one with two. It takes all reports through one stage after
//! the other, the reports of a stage in parallel; lineage and ledger take the pile as a whole. The models and tables
//! are loaded before the clock starts.
//!
//! `words_per_second_1` and `_2` are the words of all reports (by white space) over the sum of the stages' times;
//! `peak_mb` is the greatest resident memory of the process with two threads (`VmHWM`), the captures and all records
//! included. Each stage has its own, as `language_words_per_second_1` and `language_peak_mb`; a stage's peak
//! holds what the stages before it left. Another program is timed as a whole, with its start, by `annotate`; it has
//! `words_per_second_1` only.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crossread_language::{Block, Pipeline};
use crossread_record::{Grounded, Parsed, Record, Report};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::Asked;
use crate::corpora::{files, sample};
use crate::score::{Score, ScoreError};
use crate::system::{Document, Form, System, Wanted};

/// What one process measured.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Measured {
    reports: usize,
    words: usize,
    stages: Vec<Stage>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Stage {
    name: String,
    seconds: f64,
    /// `None` where the machine does not tell.
    peak_mb: Option<f64>,
}

/// Scores one pile.
pub(super) fn run(system: &System, asked: &Asked) -> Result<Vec<Score>, ScoreError> {
    let (name, pile) = match asked.set("polnear/dev/text") {
        Some(folder) => ("polnear/dev/text".to_owned(), folder),
        None => (asked.data.display().to_string(), asked.data.clone()),
    };
    let mut score = Score::new("speed", &name);
    if let System::Crossread = system {
        let measured = [1, 2].map(|threads| child(&pile, threads, asked.limit));
        let [one, two] = measured;
        figures(&mut score, &one?, &two?);
        return Ok(vec![score]);
    }
    let paths = sample(reports_below(&pile)?, asked.limit);
    let documents = paths.iter().map(|path| document(path)).collect::<Result<Vec<_>, _>>()?;
    let start = Instant::now();
    let answers = system.annotate(&documents, Wanted::default())?;
    let seconds = start.elapsed().as_secs_f64();
    let words: usize = answers.iter().map(|answer| count_words(&answer.record.report)).sum();
    score.figure("words_per_second_1", words as f64 / seconds);
    score.note(format!("{words} words of {} files, start included", documents.len()));
    Ok(vec![score])
}

fn figures(score: &mut Score, one: &Measured, two: &Measured) {
    let rate = |measured: &Measured, stages: &[&Stage]| {
        measured.words as f64 / stages.iter().map(|stage| stage.seconds).sum::<f64>()
    };
    let all = |measured: &Measured| rate(measured, &measured.stages.iter().collect::<Vec<_>>());
    let peak = |stages: &[Stage]| stages.iter().filter_map(|s| s.peak_mb).reduce(f64::max);
    score.figure("words_per_second_1", all(one));
    score.figure("words_per_second_2", all(two));
    if let Some(peak) = peak(&two.stages) {
        score.figure("peak_mb", peak);
    }
    for (a, b) in one.stages.iter().zip(&two.stages) {
        score.figure(&format!("{}_words_per_second_1", a.name), rate(one, &[a]));
        score.figure(&format!("{}_words_per_second_2", b.name), rate(two, &[b]));
        if let Some(peak) = b.peak_mb {
            score.figure(&format!("{}_peak_mb", b.name), peak);
        }
    }
    score.note(format!("{} words of {} reports", one.words, one.reports));
}

/// Measures in a process of its own.
fn child(pile: &Path, threads: usize, limit: Option<usize>) -> Result<Measured, ScoreError> {
    let fail = |what: String| ScoreError::Program { program: "crossread-score".to_owned(), what };
    let program = std::env::current_exe().map_err(|error| fail(error.to_string()))?;
    let mut command = Command::new(program);
    command.arg("measure").arg(pile).args(["--threads", &threads.to_string()]);
    if let Some(limit) = limit {
        command.args(["--limit", &limit.to_string()]);
    }
    let out = command.output().map_err(|error| fail(error.to_string()))?;
    serde_json::from_slice(&out.stdout)
        .map_err(|error| fail(format!("{error}; {}", String::from_utf8_lossy(&out.stderr))))
}

/// Takes the pile through every stage on `threads` threads.
pub fn measure(pile: &Path, threads: usize, limit: Option<usize>) -> Result<Measured, ScoreError> {
    let paths = sample(reports_below(pile)?, limit);
    let documents = paths.iter().map(|path| document(path)).collect::<Result<Vec<_>, _>>()?;
    crossread::annotate(
        b"Ana Ruiz said on Monday that it fell.",
        None,
        crossread::Reading::default(),
    );
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.map_err(|error| ScoreError::Asked(error.to_string()))?;
    Ok(pool.install(|| stages(&documents)))
}

fn stages(documents: &[Document]) -> Measured {
    let mut measured = Measured::default();
    let mut stage = |name: &str, start: Instant| {
        let seconds = start.elapsed().as_secs_f64();
        measured.stages.push(Stage { name: name.to_owned(), seconds, peak_mb: peak_mb() });
        reset_peak();
    };
    reset_peak();
    let start = Instant::now();
    let reports: Vec<Report> = documents
        .par_iter()
        .flat_map_iter(|document| {
            let name = document.file_name();
            crossread_intake::read_capture(&document.bytes(), Some(&name)).reports
        })
        .collect();
    stage("intake", start);
    let start = Instant::now();
    let parsed: Vec<Parsed> = reports.par_iter().map(parse).collect();
    stage("language", start);
    let start = Instant::now();
    let grounded: Vec<Grounded> = reports
        .par_iter()
        .zip(&parsed)
        .map(|(report, parsed)| crossread_grounding::ground(report, parsed))
        .collect();
    stage("grounding", start);
    let start = Instant::now();
    let testimony: Vec<_> = (&reports, &parsed, &grounded)
        .into_par_iter()
        .map(|(report, parsed, grounded)| crossread_testimony::read(report, parsed, grounded))
        .collect();
    stage("testimony", start);
    let parts = reports.into_iter().zip(parsed).zip(grounded).zip(testimony);
    let records: Vec<Record> = parts
        .map(|(((report, parsed), grounded), testimony)| {
            Record::new(report, parsed, grounded, testimony)
        })
        .collect();
    let start = Instant::now();
    let origins = crossread_lineage::trace(&records).origins;
    stage("lineage", start);
    let start = Instant::now();
    let ledger = crossread_ledger::draw(&records, &origins);
    stage("ledger", start);
    drop(ledger);
    measured.reports = records.len();
    measured.words = records.iter().map(|record| count_words(&record.report)).sum();
    measured
}

fn parse(report: &Report) -> Parsed {
    let blocks: Vec<Block> = (0u32..)
        .zip(&report.regions)
        .map(|(index, region)| Block { span: region.span, region: Some(index) })
        .collect();
    Pipeline::embedded().parse(&report.text, &blocks)
}

fn count_words(report: &Report) -> usize {
    report.text.split_whitespace().count()
}

/// The plain texts, pages and JSON Lines below a folder, by path.
fn reports_below(folder: &Path) -> Result<Vec<PathBuf>, ScoreError> {
    let mut all = Vec::new();
    for path in files(folder, "")? {
        if path.is_dir() {
            all.extend(reports_below(&path)?);
        } else if path.extension().is_some_and(|e| e == "txt" || e == "html" || e == "jsonl") {
            all.push(path);
        }
    }
    Ok(all)
}

/// The file as it is. A page is handed in by its bytes, whatever it is, under its own ending.
fn document(path: &Path) -> Result<Document, ScoreError> {
    let bytes =
        std::fs::read(path).map_err(|source| ScoreError::Read { path: path.to_owned(), source })?;
    let name = crate::corpora::stem(path);
    Ok(match path.extension().is_some_and(|ending| ending == "txt") {
        true => Document::plain(&name, String::from_utf8_lossy(&bytes)),
        false => Document { name, text: String::new(), form: Form::Page(bytes) },
    })
}

/// The greatest resident memory of this process since [`reset_peak`], in MB of 10^6 bytes.
fn peak_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: f64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kib * 1024.0 / 1e6)
}

/// Makes the greatest resident memory the present one, where Linux lets it (proc(5), clear_refs); else peaks only grow.
fn reset_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_words_over_seconds() {
        let stage = |name: &str, seconds, peak| Stage {
            name: name.to_owned(),
            seconds,
            peak_mb: Some(peak),
        };
        let measured = |seconds: f64| Measured {
            reports: 2,
            words: 1000,
            stages: vec![stage("intake", seconds, 50.0), stage("language", 4.0 * seconds, 80.0)],
        };
        let mut score = Score::new("speed", "pile");
        figures(&mut score, &measured(1.0), &measured(0.5));
        assert_eq!(score.get("words_per_second_1"), Some(200.0));
        assert_eq!(score.get("words_per_second_2"), Some(400.0));
        assert_eq!(score.get("language_words_per_second_1"), Some(250.0));
        assert_eq!((score.get("peak_mb"), score.get("intake_peak_mb")), (Some(80.0), Some(50.0)));
    }

    #[test]
    fn a_pile_goes_through_every_stage() {
        let folder = tempfile::tempdir().unwrap();
        let text = "Bridge falls\n\nMARROW - The old bridge fell on Monday, the mayor said.\n";
        std::fs::write(folder.path().join("a.txt"), text).unwrap();
        let measured = measure(folder.path(), 2, None).unwrap();
        let names: Vec<&str> = measured.stages.iter().map(|stage| stage.name.as_str()).collect();
        assert_eq!(names, ["intake", "language", "grounding", "testimony", "lineage", "ledger"]);
        assert_eq!((measured.reports, measured.words), (1, 13));
    }
}
