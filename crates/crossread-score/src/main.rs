//! The scoreboard's command line.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use crossread_score::score::{ScoreError, misses_text, table, task_json};
use crossread_score::system::System;
use crossread_score::tasks::{Asked, TASKS, Task};
use miette::IntoDiagnostic as _;

/// How good each stage of Crossread is, measured on gold sets.
#[derive(Debug, Parser)]
#[command(name = "crossread-score", version)]
struct Arguments {
    /// A task, or `all` for the whole scoreboard.
    task: String,
    /// A folder laid out like the gold sets.
    data: PathBuf,
    /// Print one JSON object instead of a table.
    #[arg(long)]
    json: bool,
    /// Print the N worst misses of each set with the words around them.
    #[arg(long, value_name = "N", default_value_t = 0)]
    misses: usize,
    /// Score at most N documents of each set, spread over it.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Score this part of a set (`train`, `dev`, ...) instead of the usual one.
    #[arg(long)]
    part: Option<String>,
    /// Score records that `annotate` wrote before.
    #[arg(long, value_name = "FILE", conflicts_with = "program")]
    records: Option<PathBuf>,
    /// Score a program that answers `CMD annotate FILE...` and `CMD read --json FILE...` as ours does.
    #[arg(long, value_name = "CMD")]
    program: Option<String>,
}

fn main() -> miette::Result<ExitCode> {
    let arguments = Arguments::parse();
    let system = match (&arguments.records, &arguments.program) {
        (Some(path), _) => System::saved(path)?,
        (None, Some(command)) => System::Program(command.clone()),
        (None, None) => System::Crossread,
    };
    let asked = Asked {
        data: arguments.data.clone(),
        part: arguments.part.clone(),
        limit: arguments.limit,
    };
    if !asked.data.is_dir() {
        let what = format!("{} is no folder", asked.data.display());
        return Err(ScoreError::Asked(what).into());
    }
    let all = arguments.task == "all";
    let tasks: Vec<&Task> = if all {
        TASKS.iter().filter(|task| task.has_data(&asked.data)).collect()
    } else {
        vec![Task::named(&arguments.task)?]
    };
    let data = asked.data.display().to_string();
    let mut out = std::io::stdout().lock();
    let mut objects = Vec::new();
    for task in tasks {
        let scores = task.score(&system, &asked)?;
        let text = if arguments.json {
            objects.push(task_json(task.name, &data, &scores));
            String::new()
        } else {
            table(&scores)
        };
        let misses = misses_text(&scores, arguments.misses);
        let misses = if arguments.misses > 0 { misses.as_str() } else { "" };
        if arguments.json {
            // The object stays the only thing on standard output.
            std::io::stderr().write_all(misses.as_bytes()).into_diagnostic()?;
        } else {
            write!(out, "{text}{misses}").into_diagnostic()?;
        }
    }
    if arguments.json {
        let object = match objects.as_slice() {
            [object] if !all => object.clone(),
            _ => serde_json::json!({"data": data, "scores": objects}),
        };
        writeln!(out, "{object}").into_diagnostic()?;
    }
    Ok(ExitCode::SUCCESS)
}
