//! What a scorer gives: figures, and the misses behind them.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crossread_base::Span;
use serde::Serialize;
use serde_json::{Map, Value, json};

/// What kept a score from being made.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum ScoreError {
    /// A file could not be opened or read.
    #[error("cannot read {}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the machine says.
        source: std::io::Error,
    },
    /// A file is not of the form its set has.
    #[error("{}: {what}", path.display())]
    Form {
        /// The file.
        path: PathBuf,
        /// What is the matter, with the line where known.
        what: String,
    },
    /// The program under test did not give records.
    #[error("{program}: {what}")]
    Program {
        /// The command.
        program: String,
        /// What went wrong.
        what: String,
    },
    /// There is no such task, or the data holds no set for it.
    #[error("{0}")]
    Asked(String),
}

impl ScoreError {
    /// An error about the form of `path`.
    pub fn form(path: &Path, what: impl Into<String>) -> Self {
        Self::Form { path: path.to_owned(), what: what.into() }
    }
}

/// What a task gave on one gold set.
#[derive(Debug, Clone, Default)]
pub struct Score {
    /// The task, as it is called on the command line.
    pub task: String,
    /// The gold set.
    pub data: String,
    /// In the order in which they are printed.
    pub figures: Vec<(String, f64)>,
    /// Rows are gold, columns are what was found; for tasks that label.
    pub confusion: Option<Confusion>,
    /// What was counted, and what was left out.
    pub notes: Vec<String>,
    /// What went wrong, the worst first after [`Score::worst_first`].
    pub misses: Vec<Miss>,
}

impl Score {
    /// An empty score.
    pub fn new(task: &str, data: &str) -> Self {
        Self { task: task.to_owned(), data: data.to_owned(), ..Self::default() }
    }

    /// Adds a figure.
    pub fn figure(&mut self, name: &str, value: f64) -> &mut Self {
        self.figures.push((name.to_owned(), value));
        self
    }

    /// The figure of this name.
    pub fn get(&self, name: &str) -> Option<f64> {
        self.figures.iter().find(|(other, _)| other == name).map(|&(_, value)| value)
    }

    /// Adds a remark.
    pub fn note(&mut self, note: impl Into<String>) -> &mut Self {
        self.notes.push(note.into());
        self
    }

    /// Puts the misses in order: the worst first, then by document and place.
    pub fn worst_first(&mut self) {
        self.misses.sort_by(|a, b| {
            b.weight
                .total_cmp(&a.weight)
                .then_with(|| (&a.document, a.offset).cmp(&(&b.document, b.offset)))
        });
    }

    /// `{"task", "data", "figures"}`, with `confusion` and `notes` where there are any. A figure that is not a number
    /// (nothing to divide by) is `null`.
    pub fn json(&self) -> Value {
        let mut object = json!({
            "task": self.task,
            "data": self.data,
            "figures": self.figures.iter().map(|(name, value)| (name.clone(), number(*value))).collect::<Map<_, _>>(),
        });
        if let Some(confusion) = &self.confusion {
            object["confusion"] = json!(confusion);
        }
        if !self.notes.is_empty() {
            object["notes"] = json!(self.notes);
        }
        object
    }
}

/// One object for a task: that of its set; or, where it has several, one whose `sets` holds each set's, and whose
/// `figures` are named `figure` where one set gives it and `set.figure` where several do.
pub fn task_json(task: &str, data: &str, scores: &[Score]) -> Value {
    if let [score] = scores {
        return score.json();
    }
    let givers = |name: &str| scores.iter().filter(|score| score.get(name).is_some()).count();
    let figures: Map<String, Value> = scores
        .iter()
        .flat_map(|score| score.figures.iter().map(move |figure| (score, figure)))
        .map(|(score, (name, value))| {
            let full =
                if givers(name) > 1 { format!("{}.{name}", score.data) } else { name.clone() };
            (full, number(*value))
        })
        .collect();
    json!({
        "task": task,
        "data": data,
        "figures": figures,
        "sets": scores.iter().map(Score::json).collect::<Vec<_>>(),
    })
}

/// Four decimals are more than any of these sets can tell apart; large numbers keep one.
fn number(value: f64) -> Value {
    let scale = if value.abs() < 10.0 { 1e4 } else { 10.0 };
    serde_json::Number::from_f64((value * scale).round() / scale).map_or(Value::Null, Value::Number)
}

/// The figures as a table for a terminal.
pub fn table(scores: &[Score]) -> String {
    let mut out = String::new();
    let width = scores.iter().flat_map(|s| &s.figures).map(|(name, _)| name.len()).max();
    for score in scores {
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{} · {}", score.task, score.data);
        for (name, value) in &score.figures {
            let decimals = if value.abs() < 10.0 { 3 } else { 1 };
            let _ = writeln!(out, "  {name:<0$}  {value:>9.decimals$}", width.unwrap_or(0));
        }
        if let Some(confusion) = &score.confusion {
            let _ = write!(out, "{}", confusion.table());
        }
        for note in &score.notes {
            let _ = writeln!(out, "  - {note}");
        }
    }
    out
}

/// How often what was gold was found as what.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Confusion {
    /// The labels of rows and columns.
    pub labels: Vec<String>,
    /// `counts[gold][found]`.
    pub counts: Vec<Vec<usize>>,
}

impl Confusion {
    /// An empty table.
    pub fn new<'a>(labels: impl IntoIterator<Item = &'a str>) -> Self {
        let labels: Vec<String> = labels.into_iter().map(str::to_owned).collect();
        let counts = vec![vec![0; labels.len()]; labels.len()];
        Self { labels, counts }
    }

    /// Counts one case. Labels that are not in the table are not counted.
    pub fn add(&mut self, gold: &str, found: &str) {
        let place = |label: &str| self.labels.iter().position(|other| other == label);
        if let (Some(gold), Some(found)) = (place(gold), place(found)) {
            self.counts[gold][found] += 1;
        }
    }

    /// Precision, recall and F1 of a label.
    pub fn counts_of(&self, label: &str) -> crate::metrics::Counts {
        let Some(at) = self.labels.iter().position(|other| other == label) else {
            return crate::metrics::Counts::default();
        };
        crate::metrics::Counts {
            right: self.counts[at][at],
            found: self.counts.iter().map(|row| row[at]).sum(),
            wanted: self.counts[at].iter().sum(),
        }
    }

    /// The mean F1 of the labels that gold uses.
    pub fn macro_f1(&self) -> f64 {
        let all: Vec<f64> = self
            .labels
            .iter()
            .map(|label| self.counts_of(label))
            .filter(|counts| counts.wanted > 0)
            .map(|counts| counts.f1())
            .collect();
        all.iter().sum::<f64>() / all.len() as f64
    }

    fn table(&self) -> String {
        let mut out = String::new();
        let width = self.labels.iter().map(String::len).max().unwrap_or(0);
        let _ = write!(out, "  {:<width$} ", "gold \\ found");
        for label in &self.labels {
            let short: String = label.chars().take(9).collect();
            let _ = write!(out, " {short:>9}");
        }
        out.push('\n');
        for (label, row) in self.labels.iter().zip(&self.counts) {
            let _ = write!(out, "  {label:<0$} ", width.max(12));
            for count in row {
                let _ = write!(out, " {count:>9}");
            }
            out.push('\n');
        }
        out
    }
}

/// One thing that went wrong, to be read by a person.
#[derive(Debug, Clone, Serialize)]
pub struct Miss {
    /// How bad; the worst are printed first.
    pub weight: f64,
    /// The text it is in.
    pub document: String,
    /// Where, in bytes.
    pub offset: u32,
    /// What kind of miss: "content missed".
    pub kind: String,
    /// What gold has.
    pub gold: String,
    /// What was found.
    pub found: String,
    /// The words around it, the place itself in `[[ ]]`.
    pub around: String,
}

impl Miss {
    /// A miss at `span` of `text`.
    pub fn at(
        kind: &str,
        document: &str,
        text: &str,
        span: Span,
        gold: impl Into<String>,
        found: impl Into<String>,
    ) -> Self {
        Self {
            weight: f64::from(span.len()),
            document: document.to_owned(),
            offset: span.start,
            kind: kind.to_owned(),
            gold: gold.into(),
            found: found.into(),
            around: around(text, span),
        }
    }

    /// The same, with another weight.
    pub fn weighing(mut self, weight: f64) -> Self {
        self.weight = weight;
        self
    }
}

/// The words of `span` in `[[ ]]` with some 80 bytes on each side, on one line.
fn around(text: &str, span: Span) -> String {
    const SIDE: usize = 80;
    let range = span.range();
    let mut start = range.start.saturating_sub(SIDE).min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = (range.end + SIDE).min(text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    let part = |range: std::ops::Range<usize>| text.get(range).unwrap_or("");
    let marked = format!(
        "{}[[{}]]{}",
        part(start..range.start),
        part(range.clone()),
        part(range.end.min(end)..end)
    );
    marked.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The `limit` worst misses of each score as text.
pub fn misses_text(scores: &[Score], limit: usize) -> String {
    let mut out = String::new();
    for score in scores {
        let _ = writeln!(out, "\n{} · {}: {} misses", score.task, score.data, score.misses.len());
        for miss in score.misses.iter().take(limit) {
            let _ = writeln!(
                out,
                "- {} ({} at {})\n    gold:  {}\n    found: {}\n    {}",
                miss.kind, miss.document, miss.offset, miss.gold, miss.found, miss.around
            );
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_set_gives_the_plain_object_and_two_are_named_apart() {
        let mut one = Score::new("names", "wikigold");
        one.figure("f1", 0.712_345);
        assert_eq!(
            task_json("names", "gold", &[one.clone()]).to_string(),
            r#"{"data":"wikigold","figures":{"f1":0.7123},"task":"names"}"#
        );
        let mut two = Score::new("names", "wnut17");
        two.figure("f1", 0.5).figure("rare", 0.25);
        let object = task_json("names", "gold", &[one, two]);
        assert_eq!(
            object["figures"].to_string(),
            r#"{"rare":0.25,"wikigold.f1":0.7123,"wnut17.f1":0.5}"#
        );
        assert_eq!(object["sets"][1]["figures"]["f1"], 0.5);
    }

    #[test]
    fn macro_f1_is_the_mean_over_labels_that_gold_uses() {
        let mut confusion = Confusion::new(["agree", "deny", "refine"]);
        confusion.add("agree", "agree");
        confusion.add("agree", "deny");
        confusion.add("deny", "deny");
        // agree: P 1, R 1/2; deny: P 1/2, R 1; both F1 2/3; refine never occurs.
        assert!((confusion.macro_f1() - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!(confusion.counts_of("deny").precision(), 0.5);
    }

    #[test]
    fn a_miss_shows_its_words() {
        let text = "The bridge fell on Monday.\nNobody was hurt.";
        let miss = Miss::at("missed", "d", text, Span::new(19, 25), "a", "b");
        assert_eq!(miss.around, "The bridge fell on [[Monday]]. Nobody was hurt.");
    }
}
