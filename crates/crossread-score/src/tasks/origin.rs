//! How many origins: hand-labelled pairs and groups of reports (`origins`).
//!
//! The pile of a pair is all reports of its story (an ECB+ sub-topic, a GVC incident, a T17 crisis), handed in as
//! plain text without a date. What the pile's `origins` say of a pair is read so:
//!
//! - in one origin: `rewrite` where no `verbatim` evidence stands between the two; else `copy` where the `verbatim`
//!   and `reworded` passages cover two thirds of the shorter text's words or more, and `partial` where they
//!   cover less. A pair with no evidence of its own, in one origin through others, is `partial` where
//!   verbatim passages lead from the one to the other, else `rewrite`;
//! - in two origins: `shares_source` where any evidence joins the two, else `independent`.
//!
//! `copy_f1` takes copy and partial together against the rest. `rewrite_precision` and `rewrite_recall` are of
//! the label; `rewrite_joined` is the share of gold rewrites that stand in one origin, however called.
//! `hard_negative_joined` is the share of `shares_source` and `independent` pairs that stand in one origin.
//! `groups_b3_f1` is B3 over the reports of the grouped stories; `origins_right` the share of stories whose number of
//! origins is right.
//!
//! Baselines from the same texts: copy+partial by 5-gram sets of lower-cased tokens, Jaccard of .1 or more
//! (`jaccard_copy_f1`) and containment in the shorter of .3 or more (`containment_copy_f1`).

use std::collections::{BTreeMap, BTreeSet};

use crossread_record::{EvidenceKind, Pile};

use super::Asked;
use crate::corpora::origins::{self, ReportPair};
use crate::corpora::sample;
use crate::corpora::stories::{ReportName, Stories};
use crate::metrics::containment::{containment, jaccard, shingles};
use crate::metrics::coreference::{Clustering, b3};
use crate::metrics::{Counts, ratio};
use crate::score::{Confusion, Miss, Score, ScoreError};
use crate::system::{Document, System, file_name};

const LABELS: [&str; 5] = ["copy", "partial", "rewrite", "shares_source", "independent"];

/// Scores the pairs and the groups.
pub(super) fn run(system: &System, asked: &Asked) -> Result<Vec<Score>, ScoreError> {
    let Some(set) = asked.set("origins") else { return Ok(Vec::new()) };
    let pairs = sample(origins::pairs(&set)?, asked.limit);
    let grouped = sample(origins::stories(&set)?, asked.limit);
    let mut gold = Stories::new(&asked.data);
    let mut texts = Texts::default();
    let mut pairs_of: BTreeMap<usize, Vec<(usize, ReportName, ReportName)>> = BTreeMap::new();
    for (number, pair) in pairs.iter().enumerate() {
        let (a, b) = (pair.a.report()?, pair.b.report()?);
        let pile = texts.pile(&mut gold, &a)?;
        texts.index(&mut gold, &b)?;
        pairs_of.entry(pile).or_default().push((number, a, b));
    }
    let mut groups_of: BTreeMap<usize, usize> = BTreeMap::new();
    for (number, story) in grouped.iter().enumerate() {
        if let Some(name) = story.groups.iter().flatten().next() {
            groups_of.insert(texts.pile(&mut gold, name)?, number);
        }
    }

    let seen = system.read_each(&texts.documents, &texts.piles, |pile, read| {
        let view = View::new(&read);
        let pairs = pairs_of.get(&pile).into_iter().flatten();
        let labels: Vec<(usize, &str, bool)> = pairs
            .map(|(number, a, b)| {
                let (label, joined) = view.label(&a.document_name(), &b.document_name());
                (*number, label, joined)
            })
            .collect();
        (labels, groups_of.get(&pile).map(|&story| (story, view.origin_of)))
    })?;

    let mut found: BTreeMap<usize, (&str, bool)> = BTreeMap::new();
    let mut origin_of: BTreeMap<usize, BTreeMap<String, usize>> = BTreeMap::new();
    for (labels, groups) in seen {
        found.extend(labels.into_iter().map(|(number, label, joined)| (number, (label, joined))));
        origin_of.extend(groups);
    }
    let mut score = Score::new("origin", "origins");
    score_pairs(&mut score, &pairs, &found, &texts)?;
    score_groups(&mut score, &grouped, &origin_of);
    score.note(format!(
        "{} pairs and {} grouped stories over {} reports in {} piles",
        pairs.len(),
        grouped.len(),
        texts.documents.len(),
        texts.piles.len()
    ));
    Ok(vec![score])
}

/// The texts of all stories, each once, and the piles they make.
#[derive(Default)]
struct Texts {
    documents: Vec<Document>,
    piles: Vec<Vec<usize>>,
    known: BTreeMap<ReportName, usize>,
    pile_of: BTreeMap<(String, String), usize>,
}

impl Texts {
    fn index(&mut self, gold: &mut Stories, name: &ReportName) -> Result<usize, ScoreError> {
        if let Some(&index) = self.known.get(name) {
            return Ok(index);
        }
        self.documents.push(gold.document(name)?);
        self.known.insert(name.clone(), self.documents.len() - 1);
        Ok(self.documents.len() - 1)
    }

    /// The pile of the story that `name` belongs to.
    fn pile(&mut self, gold: &mut Stories, name: &ReportName) -> Result<usize, ScoreError> {
        let (story, set) = name.story();
        let story = (story.to_owned(), set.to_owned());
        if let Some(&pile) = self.pile_of.get(&story) {
            return Ok(pile);
        }
        let mut pile = Vec::new();
        for report in gold.story_of(name)? {
            pile.push(self.index(gold, &report)?);
        }
        self.piles.push(pile);
        self.pile_of.insert(story, self.piles.len() - 1);
        Ok(self.piles.len() - 1)
    }
}

/// What a pile says of its reports, by the names of their documents.
struct View {
    origin_of: BTreeMap<String, usize>,
    /// The share of the shorter text's words that shared passages cover, of pairs with verbatim ones; the smaller name
    /// first.
    shared: BTreeMap<(String, String), f64>,
    /// Pairs with evidence of any kind.
    linked: BTreeSet<(String, String)>,
}

impl View {
    fn new(pile: &Pile) -> Self {
        let name_of = |record: &crossread_record::Record| {
            let name = file_name(record);
            name.strip_suffix(".txt").unwrap_or(&name).to_owned()
        };
        let by_id: BTreeMap<_, _> =
            pile.reports.iter().map(|record| (record.report.id.clone(), record)).collect();
        // Two files with the same bytes have one id; the record tells them apart, an origin does not.
        let mut names: BTreeMap<_, Vec<String>> = BTreeMap::new();
        for record in &pile.reports {
            names.entry(record.report.id.clone()).or_default().push(name_of(record));
        }
        let mut origin_of = BTreeMap::new();
        let mut passages: BTreeMap<(String, String), [Vec<crossread_base::Span>; 2]> =
            BTreeMap::new();
        let mut linked = BTreeSet::new();
        let mut verbatim = BTreeSet::new();
        for (number, origin) in pile.origins.iter().enumerate() {
            for name in origin.reports.iter().flat_map(|id| names.get(id).into_iter().flatten()) {
                origin_of.entry(name.clone()).or_insert(number);
            }
            for evidence in &origin.evidence {
                let ends = [&evidence.a, &evidence.b].map(|end| by_id.get(&end.report));
                let [Some(a), Some(b)] = ends else { continue };
                let (a, b) = (name_of(a), name_of(b));
                let turned = b < a;
                let key = if turned { (b, a) } else { (a, b) };
                linked.insert(key.clone());
                if evidence.kind == EvidenceKind::Verbatim {
                    verbatim.insert(key.clone());
                }
                if matches!(evidence.kind, EvidenceKind::Verbatim | EvidenceKind::Reworded) {
                    let spans = passages.entry(key).or_default();
                    spans[usize::from(turned)].push(evidence.a.span);
                    spans[usize::from(!turned)].push(evidence.b.span);
                }
            }
        }
        let text_of: BTreeMap<String, &str> =
            pile.reports.iter().map(|r| (name_of(r), r.report.text.as_str())).collect();
        let shared = passages
            .into_iter()
            .filter(|(key, _)| verbatim.contains(key))
            .map(|(key, spans)| {
                let texts = [&key.0, &key.1].map(|name| text_of.get(name).copied().unwrap_or(""));
                let words = texts.map(|text| text.split_whitespace().count());
                let shorter = usize::from(words[1] < words[0]);
                let covered = covered_words(texts[shorter], &spans[shorter]);
                (key, covered as f64 / words[shorter].max(1) as f64)
            })
            .collect();
        Self { origin_of, shared, linked }
    }

    /// The label of a pair, and whether the two stand in one origin.
    fn label(&self, a: &str, b: &str) -> (&'static str, bool) {
        let key = if a < b { (a.to_owned(), b.to_owned()) } else { (b.to_owned(), a.to_owned()) };
        let origins = (self.origin_of.get(a), self.origin_of.get(b));
        let joined = matches!(origins, (Some(a), Some(b)) if a == b);
        let label = match self.shared.get(&key) {
            _ if !joined && self.linked.contains(&key) => "shares_source",
            _ if !joined => "independent",
            Some(&share) if share >= 2.0 / 3.0 => "copy",
            Some(_) => "partial",
            None if !self.linked.contains(&key) && self.share_text(a, b) => "partial",
            None => "rewrite",
        };
        (label, joined)
    }

    /// Whether shared passages lead from the one to the other, through others.
    fn share_text(&self, a: &str, b: &str) -> bool {
        let mut reached = BTreeSet::from([a]);
        let mut open = vec![a];
        while let Some(here) = open.pop() {
            for (one, two) in self.shared.keys() {
                let next = match (one == here, two == here) {
                    (true, _) => two,
                    (_, true) => one,
                    _ => continue,
                };
                if reached.insert(next) {
                    open.push(next);
                }
            }
        }
        reached.contains(b)
    }
}

/// How many words of the text lie in the spans, wholly or in part.
fn covered_words(text: &str, spans: &[crossread_base::Span]) -> usize {
    let base = text.as_ptr() as usize;
    text.split_whitespace()
        .filter(|word| {
            let start = word.as_ptr() as usize - base;
            let word = crossread_base::Span::of(start..start + word.len());
            spans.iter().any(|span| span.overlaps(word))
        })
        .count()
}

fn score_pairs(
    score: &mut Score,
    pairs: &[ReportPair],
    found: &BTreeMap<usize, (&str, bool)>,
    texts: &Texts,
) -> Result<(), ScoreError> {
    let mut confusion = Confusion::new(LABELS);
    let mut copies = [Counts::default(); 3];
    let (mut rewrites, mut rewrites_joined) = (0, 0);
    let (mut negatives, mut negatives_joined) = (0, 0);
    let is_copy = |label: &str| matches!(label, "copy" | "partial");
    for (number, pair) in pairs.iter().enumerate() {
        let (label, joined) = found.get(&number).copied().unwrap_or(("independent", false));
        confusion.add(&pair.label, label);
        let shingled = [pair.a.report()?, pair.b.report()?].map(|name| {
            texts.known.get(&name).map(|&index| shingles(&texts.documents[index].text, 5))
        });
        let (jaccard, containment) = match &shingled {
            [Some(a), Some(b)] => (jaccard(a, b), containment(a, b)),
            _ => (0.0, 0.0),
        };
        let calls = [is_copy(label), jaccard >= 0.1, containment >= 0.3];
        for (counts, call) in copies.iter_mut().zip(calls) {
            counts.wanted += usize::from(is_copy(&pair.label));
            counts.found += usize::from(call);
            counts.right += usize::from(call && is_copy(&pair.label));
        }
        match pair.label.as_str() {
            "rewrite" => {
                rewrites += 1;
                rewrites_joined += usize::from(joined);
            }
            "shares_source" | "independent" => {
                negatives += 1;
                negatives_joined += usize::from(joined);
            }
            _ => {}
        }
        if label != pair.label {
            let far = |label: &str| LABELS.iter().position(|other| *other == label);
            let weight = far(&pair.label).unwrap_or(0).abs_diff(far(label).unwrap_or(0));
            let names = format!("{:?} {:?}", pair.a.report()?, pair.b.report()?);
            score.misses.push(Miss {
                weight: weight as f64,
                document: pair.id.clone(),
                offset: 0,
                kind: "pair called otherwise".to_owned(),
                gold: format!("{}: {}", pair.label, pair.why),
                found: format!(
                    "{label}; 5-grams: Jaccard {jaccard:.2}, containment {containment:.2}"
                ),
                around: names,
            });
        }
    }
    let [ours, by_jaccard, by_containment] = copies;
    score.figure("copy_f1", ours.f1());
    score.figure("copy_precision", ours.precision());
    score.figure("copy_recall", ours.recall());
    let rewrite = confusion.counts_of("rewrite");
    score.figure("rewrite_precision", rewrite.precision());
    score.figure("rewrite_recall", rewrite.recall());
    score.figure("rewrite_joined", ratio(rewrites_joined, rewrites));
    score.figure("hard_negative_joined", ratio(negatives_joined, negatives));
    score.figure("jaccard_copy_f1", by_jaccard.f1());
    score.figure("jaccard_copy_precision", by_jaccard.precision());
    score.figure("jaccard_copy_recall", by_jaccard.recall());
    score.figure("containment_copy_f1", by_containment.f1());
    score.confusion = Some(confusion);
    Ok(())
}

fn score_groups(
    score: &mut Score,
    stories: &[origins::Story],
    origin_of: &BTreeMap<usize, BTreeMap<String, usize>>,
) {
    let (mut gold, mut found) = (Vec::new(), Vec::new());
    let mut right = 0;
    let mut thing = 0;
    for (number, story) in stories.iter().enumerate() {
        let origins = origin_of.get(&number);
        let mut used = BTreeSet::new();
        for (group, reports) in story.groups.iter().enumerate() {
            for report in reports {
                let name = report.document_name();
                // A report in no origin stands alone.
                let alone = usize::MAX - thing;
                let origin = origins.and_then(|of| of.get(&name)).copied().unwrap_or(alone);
                used.insert(origin);
                gold.push((thing, (number, group)));
                found.push((thing, (number, origin)));
                thing += 1;
            }
        }
        right += usize::from(used.len() == story.groups.len());
        if used.len() != story.groups.len() {
            score.misses.push(Miss {
                weight: used.len().abs_diff(story.groups.len()) as f64,
                document: story.topic.clone(),
                offset: 0,
                kind: "number of origins".to_owned(),
                gold: story.groups.len().to_string(),
                found: used.len().to_string(),
                around: String::new(),
            });
        }
    }
    let agreement = b3(&Clustering::new(gold), &Clustering::new(found));
    score.figure("groups_b3_f1", agreement.f1());
    score.figure("groups_b3_precision", agreement.precision);
    score.figure("groups_b3_recall", agreement.recall);
    score.figure("origins_right", ratio(right, stories.len()));
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn pile() -> Pile {
        let report = |id: &str, text: &str| {
            json!({"id": id, "path": format!("{id}.txt"), "media_type": "text/plain", "text": text,
                "language": null, "outlet": null, "published": null, "updated": null, "sentences": [],
                "entities": [], "places": [], "times": [], "quantities": [], "attributions": [], "claims": []})
        };
        let evidence = |kind: &str, a: &str, b: &str, span: [u32; 2]| json!({"kind": kind, "a": {"report": a, "span": span}, "b": {"report": b, "span": span}});
        serde_json::from_value(json!({
            "reports": [report("a", "one two three four"), report("b", "one two three four five"),
                report("c", "one more word"), report("d", "quite apart")],
            "origins": [
                {"id": "o1", "reports": ["a", "b", "c"], "direction": null, "evidence": [
                    evidence("verbatim", "b", "a", [0, 13]), evidence("number", "a", "c", [0, 3])]},
                {"id": "o2", "reports": ["d"], "direction": null, "evidence": [
                    evidence("speaker", "d", "a", [0, 5])]}],
            "events": [], "questions": [], "verdicts": []
        }))
        .unwrap()
    }

    #[test]
    fn labels_by_what_the_evidence_covers() {
        let view = View::new(&pile());
        assert_eq!(view.label("a", "b"), ("copy", true), "three of four words");
        assert_eq!(view.label("a", "c"), ("rewrite", true));
        assert_eq!(view.label("c", "b"), ("rewrite", true), "joined through a, no text shared");
        assert_eq!(view.label("a", "d"), ("shares_source", false));
        assert_eq!(view.label("b", "d"), ("independent", false));
    }

    #[test]
    fn words_are_counted_once() {
        let span = crossread_base::Span::new;
        assert_eq!(covered_words("one two three", &[span(0, 5), span(4, 7)]), 2);
    }
}
