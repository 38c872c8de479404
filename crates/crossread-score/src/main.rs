//! The scoreboard's command line.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use crossread_score::score::{ScoreError, misses_text, table, task_json};
use crossread_score::system::System;
use crossread_score::tasks::{Asked, TASKS, Task, speed};
use crossread_score::{peers, scoreboard};
use miette::IntoDiagnostic as _;

/// How good each stage of Crossread is, measured on gold sets.
#[derive(Debug, Parser)]
#[command(name = "crossread-score", version)]
struct Arguments {
    /// A task; `all` for every task; or `peers` for ours and its peers in one run, as a page.
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
    /// With `peers`: only these tasks.
    #[arg(long, value_name = "TASK", num_args = 1..)]
    only: Vec<String>,
    /// With `peers`: where the page goes.
    #[arg(long, value_name = "FILE", default_value = "docs/scoreboard.md")]
    page: PathBuf,
    /// With `measure`, which `speed` calls: the number of threads.
    #[arg(long, hide = true, default_value_t = 1)]
    threads: usize,
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
    match arguments.task.as_str() {
        "peers" => return peers_page(&arguments, &asked),
        "measure" => {
            let measured = speed::measure(&asked.data, arguments.threads, asked.limit)?;
            let line = serde_json::to_string(&measured).into_diagnostic()?;
            writeln!(std::io::stdout(), "{line}").into_diagnostic()?;
            return Ok(ExitCode::SUCCESS);
        }
        _ => {}
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

/// Runs ours and its peers, and writes the page.
fn peers_page(arguments: &Arguments, asked: &Asked) -> miette::Result<ExitCode> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../score/peers");
    let named =
        |task: &&Task| arguments.only.is_empty() || arguments.only.iter().any(|n| n == task.name);
    let tasks: Vec<&Task> =
        TASKS.iter().filter(|task| task.has_data(&asked.data)).filter(named).collect();
    let said = |what: &str| {
        // Progress is a help only; the run goes on without it.
        let _ = writeln!(std::io::stderr(), "{what}");
    };
    let rows = peers::run(&folder, asked, &tasks, &said)?;
    let date = jiff::Timestamp::now().to_string();
    let page = scoreboard::page(&rows, &tasks, date.get(..10).unwrap_or(&date), asked.limit);
    if let Some(parent) = arguments.page.parent() {
        std::fs::create_dir_all(parent).into_diagnostic()?;
    }
    std::fs::write(&arguments.page, page).into_diagnostic()?;
    Ok(ExitCode::SUCCESS)
}
