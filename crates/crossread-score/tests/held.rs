//! No figure falls below what it was held at (`score/held.toml`).
//!
//! The sets of our own invention are scored always; the public ones where `CROSSREAD_GOLD` names their folder:
//!
//!     CROSSREAD_GOLD=../shared/gold cargo test --release -p crossread-score --test held

#![allow(clippy::unwrap_used)] // all of it is a test

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crossread_score::score::Score;
use crossread_score::system::System;
use crossread_score::tasks::{Asked, Task};
use serde::Deserialize;

#[derive(Deserialize)]
struct File {
    held: Vec<Held>,
}

#[derive(Deserialize)]
struct Held {
    data: Data,
    task: String,
    set: String,
    figure: String,
    value: f64,
    tolerance: f64,
    /// Whether less is better.
    #[serde(default)]
    lower: bool,
}

#[derive(Deserialize, PartialEq, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Data {
    Own,
    Gold,
}

fn below(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)
}

fn check(which: Data, data: &Path) {
    let text = std::fs::read_to_string(below("../../score/held.toml")).unwrap();
    let file: File = toml::from_str(&text).unwrap();
    let asked = Asked { data: data.to_owned(), ..Asked::default() };
    let mut scored: BTreeMap<String, Vec<Score>> = BTreeMap::new();
    let mut fallen = Vec::new();
    let mut checked = 0;
    for held in file.held.iter().filter(|held| held.data == which) {
        let scores = scored.entry(held.task.clone()).or_insert_with(|| {
            Task::named(&held.task).unwrap().score(&System::Crossread, &asked).unwrap()
        });
        let Held { task, set, figure, value, tolerance, lower, .. } = held;
        let score = scores.iter().find(|score| score.data == *set);
        let now = score.and_then(|score| score.get(figure));
        let now = now.unwrap_or_else(|| panic!("{task} on {set} has no figure {figure}"));
        let loss = if *lower { now - value } else { value - now };
        // A figure that is no number any more has fallen too.
        if loss.is_nan() || loss > *tolerance {
            fallen.push(format!("{task} · {set} · {figure}: held at {value}, now {now:.4}"));
        }
        checked += 1;
    }
    assert!(checked > 0, "nothing is held");
    assert!(fallen.is_empty(), "figures fell:\n{}", fallen.join("\n"));
}

#[test]
fn on_our_own_sets() {
    check(Data::Own, &below("tests/data"));
}

#[test]
fn on_the_gold_sets_where_they_are() {
    if let Some(gold) = std::env::var_os("CROSSREAD_GOLD") {
        check(Data::Gold, Path::new(&gold));
    }
}
