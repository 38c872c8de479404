//! The main text of a web page, its title, author and date.
//!
//! A record's main text is what stands in its `body` and `subhead` regions, a line each, and the lead-ins before them; of
//! a record without regions (another program's), all its text.
//!
//! - `article-extraction-benchmark`: `benchmark_f1` as its own `evaluate.py` reckons: runs of 4 words, counted
//!   with repetition, the counts of a page scaled to sum to 1, precision and recall averaged over pages, and
//!   the harmonic mean of these two averages.
//! - `trafilatura-eval`: `phrase_f1` over all strings: one that must be kept and is in the main text is right, one that
//!   must not and is, is wrong. White space is taken as one space on both sides. `title_accuracy`: the first `headline`
//!   is gold's title, letters and digits alone compared, of the pages whose title gold has; `author_accuracy`: the
//!   `byline` names are gold's, likewise (order aside); `date_right`: `published` is gold's day, and `date_wrong`: it is
//!   another, of the pages whose date gold has (the rest is left unknown).
//! - `pages_per_second`: of the intake room alone, on one thread; of another program, with its start.

use std::collections::{BTreeMap, BTreeSet};

use crossread_base::Span;
use crossread_record::{Region, RegionKind, Report};

use super::Asked;
use crate::corpora::pages::{self, ArticlePage, PhrasePage};
use crate::corpora::sample;
use crate::metrics::{Counts, ratio};
use crate::score::{Miss, Score, ScoreError};
use crate::system::{Document, System, unusable};

/// Scores both sets.
pub(super) fn run(system: &System, asked: &Asked) -> Result<Vec<Score>, ScoreError> {
    let mut scores = Vec::new();
    if let Some(set) = asked.set("article-extraction-benchmark") {
        scores.push(benchmark(system, sample(pages::articles(&set)?, asked.limit))?);
    }
    if let Some(set) = asked.set("trafilatura-eval") {
        scores.push(phrases(system, sample(pages::phrases(&set)?, asked.limit))?);
    }
    Ok(scores)
}

/// The main text as both sets hold it: they leave captions out and keep the place and agency that open a story
/// ("ORVAN (Wire) - "), which is a dateline with body behind it in the same paragraph.
fn main_text(report: &Report) -> String {
    if report.regions.is_empty() {
        return report.text.clone();
    }
    let mut main = String::new();
    for (at, region) in report.regions.iter().enumerate() {
        let opens = |next: &Region| {
            let between = Span::new(region.span.end, next.span.start);
            next.kind == RegionKind::Body && !report.words(between).contains('\n')
        };
        let lead_in =
            region.kind == RegionKind::Dateline && report.regions.get(at + 1).is_some_and(opens);
        if lead_in || matches!(region.kind, RegionKind::Body | RegionKind::Subhead) {
            main.push_str(report.words(region.span));
            main.push(if lead_in { ' ' } else { '\n' });
        }
    }
    main
}

fn benchmark(system: &System, pages: Vec<ArticlePage>) -> Result<Score, ScoreError> {
    let documents: Vec<Document> = pages.iter().map(|page| page.document.clone()).collect();
    let (answers, seconds) = system.reports(&documents)?;
    let mut score = Score::new("page", "article-extraction-benchmark");
    let (mut precisions, mut recalls) = (Vec::new(), Vec::new());
    for (page, answer) in pages.iter().zip(&answers) {
        let found = main_text(&answer.record.report);
        let counts = shared_runs(&found, &page.body);
        if counts.found > 0 {
            precisions.push(counts.precision());
        }
        if counts.wanted > 0 {
            recalls.push(counts.recall());
        }
        if counts.f1() < 1.0 {
            let place = Span::default();
            let name = &page.document.name;
            let (wanted, given) = difference(&page.body, &found);
            let miss = Miss::at("page text", name, &page.body, place, wanted, given);
            score.misses.push(miss.weighing(1.0 - counts.f1()));
        }
    }
    let mean = |all: &[f64]| all.iter().sum::<f64>() / all.len().max(1) as f64;
    let (precision, recall) = (mean(&precisions), mean(&recalls));
    let f1 = if precision + recall > 0.0 {
        2.0 * precision * recall / (precision + recall)
    } else {
        0.0
    };
    score.figure("benchmark_f1", f1);
    score.figure("benchmark_precision", precision);
    score.figure("benchmark_recall", recall);
    score.figure("pages_per_second", pages.len() as f64 / seconds);
    score.note(format!("{} pages", pages.len()));
    score.notes.extend(unusable(&answers));
    Ok(score)
}

/// The runs of 4 words the two share, counted with repetition; of a shorter text, the one run of all its words.
fn shared_runs(found: &str, wanted: &str) -> Counts {
    let runs = |text: &str| {
        let words = words(text);
        let width = words.len().min(4);
        let mut counts: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        for run in words.windows(width.max(1)) {
            *counts.entry(run.to_vec()).or_insert(0) += 1;
        }
        counts
    };
    let (found, wanted) = (runs(found), runs(wanted));
    let right = wanted.iter().map(|(run, &n)| n.min(found.get(run).copied().unwrap_or(0))).sum();
    Counts { right, found: found.values().sum(), wanted: wanted.values().sum() }
}

/// Words as the benchmark cuts them: letters, digits and underscores (`\w+`), case kept.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !(c.is_alphanumeric() || c == '_'));
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// For a person: the first paragraphs that only the one has, and those that only the other has.
fn difference(wanted: &str, found: &str) -> (String, String) {
    let only = |here: &str, there: &str| {
        let there = one_space(there);
        let lines = here.lines().map(one_space).filter(|line| !line.is_empty());
        let missing: Vec<String> = lines.filter(|line| !there.contains(line.as_str())).collect();
        let text = format!("{} lines: {}", missing.len(), missing.join(" / "));
        text.chars().take(400).collect::<String>()
    };
    (only(wanted, found), only(found, wanted))
}

fn one_space(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn phrases(system: &System, pages: Vec<PhrasePage>) -> Result<Score, ScoreError> {
    let documents: Vec<Document> = pages.iter().map(|page| page.document.clone()).collect();
    let (answers, seconds) = system.reports(&documents)?;
    let mut score = Score::new("page", "trafilatura-eval");
    let mut tally = PhraseTally::default();
    for (page, answer) in pages.iter().zip(&answers) {
        tally.add(page, &answer.record.report, &mut score.misses);
    }
    let PhraseTally { counts, title, author, date_right, date_wrong, dates } = tally;
    score.figure("phrase_f1", counts.f1());
    score.figure("phrase_precision", counts.precision());
    score.figure("phrase_recall", counts.recall());
    score.figure("title_accuracy", ratio(title.0, title.1));
    score.figure("author_accuracy", ratio(author.0, author.1));
    score.figure("date_right", ratio(date_right, dates));
    score.figure("date_wrong", ratio(date_wrong, dates));
    score.figure("pages_per_second", pages.len() as f64 / seconds);
    score.note(format!(
        "{} pages; {} with a title, {} with an author, {dates} with a date",
        pages.len(),
        title.1,
        author.1
    ));
    score.notes.extend(unusable(&answers));
    Ok(score)
}

#[derive(Default)]
struct PhraseTally {
    counts: Counts,
    /// Right, and how many gold has.
    title: (usize, usize),
    author: (usize, usize),
    date_right: usize,
    date_wrong: usize,
    dates: usize,
}

impl PhraseTally {
    fn add(&mut self, page: &PhrasePage, report: &Report, misses: &mut Vec<Miss>) {
        let text = one_space(&main_text(report));
        let mut miss = |kind: &str, gold: &str, found: &str| {
            let name = &page.document.name;
            misses.push(Miss::at(kind, name, "", Span::default(), gold, found).weighing(1.0));
        };
        for phrase in &page.with {
            self.counts.wanted += 1;
            if text.contains(&one_space(phrase)) {
                self.counts.right += 1;
                self.counts.found += 1;
            } else {
                miss("phrase lost", phrase, "");
            }
        }
        for phrase in &page.without {
            if text.contains(&one_space(phrase)) {
                self.counts.found += 1;
                miss("phrase kept", "", phrase);
            }
        }
        let headline = report.regions.iter().find(|r| r.kind == RegionKind::Headline);
        let title = headline.map_or("", |region| report.words(region.span));
        if let Some(gold) = &page.title {
            let right = letters(gold) == letters(title);
            self.title = (self.title.0 + usize::from(right), self.title.1 + 1);
            if !right {
                miss("title", gold, title);
            }
        }
        if let Some(gold) = &page.author {
            let names = |all: &mut dyn Iterator<Item = &str>| -> BTreeSet<String> {
                all.map(letters).filter(|name| !name.is_empty()).collect()
            };
            let wanted = names(&mut gold.split([';', ',']));
            let found = names(&mut report.byline.iter().map(|author| author.name.as_str()));
            let right = wanted == found;
            self.author = (self.author.0 + usize::from(right), self.author.1 + 1);
            if !right {
                miss("author", gold, &found.into_iter().collect::<Vec<_>>().join("; "));
            }
        }
        if let Some(gold) = &page.date {
            let found = report.published.as_ref().map(|date| date.edtf.as_str());
            let right = found.is_some_and(|edtf| edtf.get(..10) == Some(gold));
            self.dates += 1;
            self.date_right += usize::from(right);
            self.date_wrong += usize::from(!right && found.is_some());
            if !right {
                miss("date", gold, found.unwrap_or("unknown"));
            }
        }
    }
}

/// The letters and digits, in lower case.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::system::Form;

    #[test]
    fn runs_of_four_words_by_hand() {
        // Wanted: 4 runs; found: 2, of which one is wanted.
        let counts = shared_runs("the bridge fell on Monday!", "It is said: the bridge fell on");
        assert_eq!(counts, Counts { right: 1, found: 2, wanted: 4 });
        assert_eq!(shared_runs("", "a b"), Counts { right: 0, found: 0, wanted: 1 });
        assert_eq!(shared_runs("a, b", "a b").f1(), 1.0);
    }

    #[test]
    fn the_main_text_has_lead_ins_and_no_captions() {
        let report: Report = serde_json::from_value(json!({
            "id": "x", "path": null, "media_type": "text/html", "language": "en", "outlet": null,
            "updated": null, "published": null, "text": "4 May\nORVAN - It fell.\nThe bridge. Photo: A",
            "regions": [{"kind": "dateline", "span": [0, 5]}, {"kind": "dateline", "span": [6, 13]},
                {"kind": "body", "span": [14, 22]}, {"kind": "caption", "span": [23, 43]}]
        }))
        .unwrap();
        assert_eq!(main_text(&report), "ORVAN - It fell.\n");
    }

    #[test]
    fn phrases_title_author_and_date() {
        let text = "The bridge\nAna Ruiz, Bo Li\nIt fell.\nShare this";
        let report: Report = serde_json::from_value(json!({
            "id": "x", "path": null, "media_type": "text/html", "language": "en", "text": text,
            "outlet": null, "updated": null,
            "byline": [{"name": "Bo Li", "span": null}, {"name": "Ana Ruiz", "span": null}],
            "published": {"edtf": "2031-05-04T10:00", "basis": "meta", "span": null, "inferred": false},
            "regions": [{"kind": "headline", "span": [0, 10]}, {"kind": "byline", "span": [11, 26]},
                {"kind": "body", "span": [27, 35]}, {"kind": "furniture", "span": [36, 46]}]
        }))
        .unwrap();
        let page = PhrasePage {
            document: Document { name: "p".into(), text: String::new(), form: Form::Page(vec![]) },
            with: vec!["It  fell.".into(), "Nobody was hurt".into()],
            without: vec!["Share this".into()],
            title: Some("The Bridge.".into()),
            author: Some("Ana Ruiz; Bo Li".into()),
            date: Some("2031-05-03".into()),
        };
        let mut tally = PhraseTally::default();
        let mut misses = Vec::new();
        tally.add(&page, &report, &mut misses);
        assert_eq!(tally.counts, Counts { right: 1, found: 1, wanted: 2 });
        assert_eq!((tally.title, tally.author), ((1, 1), (1, 1)));
        assert_eq!((tally.date_right, tally.date_wrong), (0, 1));
        assert_eq!(misses.len(), 2);
    }
}
