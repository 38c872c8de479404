//! The tasks, one a file. Each says which protocol it follows.

mod attribution;
mod factuality;
mod incident;
mod names;
mod origin;
mod page;
mod place;
mod quantity;
mod relation;
mod same_event;
pub mod speed;
mod time;

use std::path::{Path, PathBuf};

use crate::score::{Score, ScoreError};
use crate::system::System;

/// What is to be scored on.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// A folder laid out like the gold sets.
    pub data: PathBuf,
    /// The part of a set (`train`, `dev`), where it has parts and the task's own choice is not wanted.
    pub part: Option<String>,
    /// At most so many documents of each set, spread over it.
    pub limit: Option<usize>,
}

impl Asked {
    /// The part asked for, or `usual`.
    pub fn part<'a>(&'a self, usual: &'a str) -> &'a str {
        self.part.as_deref().unwrap_or(usual)
    }

    /// A folder or file below the data; `None` where it is not there.
    pub fn set(&self, below: &str) -> Option<PathBuf> {
        Some(self.data.join(below)).filter(|path| path.exists())
    }
}

/// A task of the scoreboard.
pub struct Task {
    /// Its name on the command line.
    pub name: &'static str,
    /// The folders of the data it can be scored on; none where it brings its own.
    pub sets: &'static [&'static str],
    /// The figures of the scoreboard.
    pub headline: &'static [&'static str],
    /// Scores each set that is there.
    pub run: fn(&System, &Asked) -> Result<Vec<Score>, ScoreError>,
}

/// All of them, in the order of the scoreboard.
pub const TASKS: &[Task] = &[
    Task {
        name: "page",
        sets: &["article-extraction-benchmark", "trafilatura-eval"],
        headline: &[
            "benchmark_f1",
            "phrase_f1",
            "title_accuracy",
            "author_accuracy",
            "date_right",
            "date_wrong",
            "pages_per_second",
        ],
        run: page::run,
    },
    Task {
        name: "attribution",
        sets: &["polnear"],
        headline: &["source_f1", "cue_f1", "content_f1", "whole_f1", "direct_speaker_accuracy"],
        run: attribution::run,
    },
    Task {
        name: "time",
        sets: &["tempeval3"],
        headline: &["strict_f1", "relaxed_f1", "value_f1", "type_accuracy"],
        run: time::run,
    },
    Task {
        name: "place",
        sets: &["geoparsing"],
        headline: &["detection_f1", "accuracy_161km", "median_error_km", "resolved"],
        run: place::run,
    },
    Task {
        name: "quantity",
        sets: &[],
        headline: &["number_f1", "range_f1", "unit_f1", "record_f1", "sentences"],
        run: quantity::run,
    },
    Task {
        name: "names",
        sets: &["ner"],
        headline: &["f1", "unseen_f1", "span_f1", "parser_f1"],
        run: names::run,
    },
    Task {
        name: "same-event",
        sets: &["ecbplus", "gvc"],
        headline: &[
            "muc_f1",
            "b3_f1",
            "ceafe_f1",
            "conll_f1",
            "lemma_conll_f1",
            "lemma_tfidf_conll_f1",
            "raw_conll_f1",
        ],
        run: same_event::run,
    },
    Task {
        name: "factuality",
        sets: &["meantime"],
        headline: &["certainty_macro_f1", "polarity_macro_f1", "polarity_accuracy", "events_met"],
        run: factuality::run,
    },
    Task {
        name: "incident",
        sets: &["muc4"],
        headline: &[
            "type_f1",
            "date_f1",
            "place_f1",
            "perpetrator_f1",
            "target_f1",
            "effect_f1",
            "count_f1",
            "confidence_f1",
        ],
        run: incident::run,
    },
    Task {
        name: "relation",
        sets: &["relations"],
        headline: &[
            "macro_f1",
            "contradict_precision",
            "contradict_recall",
            "false_contradict_rate",
        ],
        run: relation::run,
    },
    Task {
        name: "origin",
        sets: &["origins"],
        headline: &[
            "copy_f1",
            "rewrite_precision",
            "rewrite_recall",
            "hard_negative_joined",
            "groups_b3_f1",
            "jaccard_copy_f1",
            "containment_copy_f1",
        ],
        run: origin::run,
    },
    Task {
        name: "speed",
        sets: &["."],
        headline: &[
            "words_per_second_1",
            "words_per_second_2",
            "peak_mb",
            "intake_words_per_second_1",
            "language_words_per_second_1",
            "grounding_words_per_second_1",
            "testimony_words_per_second_1",
            "lineage_words_per_second_1",
            "ledger_words_per_second_1",
        ],
        run: speed::run,
    },
];

impl Task {
    /// The task of this name.
    pub fn named(name: &str) -> Result<&'static Self, ScoreError> {
        TASKS.iter().find(|task| task.name == name).ok_or_else(|| {
            let names: Vec<&str> = TASKS.iter().map(|task| task.name).collect();
            ScoreError::Asked(format!("no task {name:?}; there are {}", names.join(", ")))
        })
    }

    /// Whether `data` holds a set for it.
    pub fn has_data(&self, data: &Path) -> bool {
        self.sets.is_empty() || self.sets.iter().any(|set| data.join(set).exists())
    }

    /// Scores `system` on every set of the task that the data holds, misses in order.
    pub fn score(&self, system: &System, asked: &Asked) -> Result<Vec<Score>, ScoreError> {
        let mut scores = (self.run)(system, asked)?;
        if scores.is_empty() {
            let (sets, data) = (self.sets.join(" or "), asked.data.display());
            return Err(ScoreError::Asked(format!(
                "{} is scored on {sets}; {data} has none",
                self.name
            )));
        }
        scores.iter_mut().for_each(Score::worst_first);
        Ok(scores)
    }
}
