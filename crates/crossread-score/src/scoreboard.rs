//! `docs/scoreboard.md`: a table a task and set, a row a system.

use std::fmt::Write as _;

use crate::peers::Row;
use crate::score::Score;
use crate::tasks::Task;

/// The page. `date` is the day of the run.
pub fn page(rows: &[Row], tasks: &[&Task], date: &str, limit: Option<usize>) -> String {
    let mut out = String::from("# Scoreboard\n\n");
    // Writing to a String cannot fail.
    let _ = writeln!(
        out,
        "Made by `cargo run --release -p crossread-score -- peers DATA` on {date}, all systems in one run on the same \
         texts. What each figure counts and which protocol it follows stands at the head of the task's file in \
         `crates/crossread-score/src/tasks`."
    );
    if let Some(limit) = limit {
        let _ = writeln!(out, "\nAt most {limit} documents of each set, spread over it.");
    }
    for task in tasks {
        for set in sets(rows, task) {
            table(&mut out, rows, task, &set);
        }
    }
    let silent: Vec<(&Row, &String)> =
        rows.iter().filter_map(|row| Some((row, row.scores.as_ref().err()?))).collect();
    if !silent.is_empty() {
        out.push_str("\n## Not run\n\n");
        for (row, reason) in silent {
            let version = row.version.as_deref().map_or(String::new(), |v| format!(" {v}"));
            let _ = writeln!(out, "- {}{version}: {}", row.system, reason.replace('\n', " "));
        }
    }
    out
}

/// The sets a task was scored on, in the order of the first row that has them.
fn sets(rows: &[Row], task: &Task) -> Vec<String> {
    let mut sets: Vec<String> = Vec::new();
    for score in scores(rows, task.name).map(|(_, score)| score) {
        if !sets.contains(&score.data) {
            sets.push(score.data.clone());
        }
    }
    sets
}

fn scores<'a>(rows: &'a [Row], task: &'a str) -> impl Iterator<Item = (&'a Row, &'a Score)> {
    rows.iter()
        .filter_map(|row| Some((row, row.scores.as_ref().ok()?)))
        .flat_map(|(row, scores)| scores.iter().map(move |score| (row, score)))
        .filter(move |(_, score)| score.task == task)
}

fn table(out: &mut String, rows: &[Row], task: &Task, set: &str) {
    let given: Vec<(&Row, &Score)> =
        scores(rows, task.name).filter(|(_, score)| score.data == set).collect();
    let columns: Vec<&str> = task
        .headline
        .iter()
        .copied()
        .filter(|name| given.iter().any(|(_, score)| score.get(name).is_some()))
        .collect();
    let _ = writeln!(out, "\n## {} · {set}\n", task.name);
    let _ = writeln!(out, "| system | version | {} |", columns.join(" | "));
    let _ = writeln!(out, "|---|---|{}", "---:|".repeat(columns.len()));
    for (row, score) in &given {
        let cells: Vec<String> =
            columns.iter().map(|name| score.get(name).map_or("–".to_owned(), cell)).collect();
        let version = row.version.as_deref().unwrap_or("");
        let _ = writeln!(out, "| {} | {version} | {} |", row.system, cells.join(" | "));
    }
    if let Some((_, first)) = given.first() {
        let _ = writeln!(out, "\n{}.", first.notes.join("; "));
    }
}

fn cell(value: f64) -> String {
    match value {
        value if value.is_nan() => "–".to_owned(),
        value if value.abs() < 10.0 => format!("{value:.3}"),
        value => format!("{value:.0}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_a_system_and_the_reason_of_those_not_run() {
        let score = |f1: f64| {
            let mut score = Score::new("names", "wikigold");
            score.figure("f1", f1).figure("recall", 0.3).note("7 names");
            score
        };
        let row = |system: &str, scores| Row {
            system: system.to_owned(),
            version: Some("1.2".to_owned()),
            scores,
        };
        let rows = [
            row("crossread", Ok(vec![score(0.75)])),
            row("peer", Ok(vec![score(0.5)])),
            row("lame", Err("needs a\ntagger".to_owned())),
        ];
        let names = Task::named("names").unwrap();
        let page = page(&rows, &[names], "2031-05-04", None);
        assert!(page.contains("| system | version | f1 |\n|---|---|---:|\n| crossread | 1.2 | 0.750 |\n| peer | 1.2 | 0.500 |"), "{page}");
        assert!(page.contains("- lame 1.2: needs a tagger"));
        assert!(page.contains("7 names."));
    }
}
