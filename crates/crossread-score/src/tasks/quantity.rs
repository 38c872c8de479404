//! Amounts: the grounding room's own sentences (`crates/crossread-grounding/tests/quantities.toml`), each with the
//! records it must give.
//!
//! No public gold set has bounds, what is counted and what an amount is a part of, so these are sentences of our own,
//! written with the grammar at hand: ours has seen them, another program has not. Amounts are paired where their words
//! share a byte, one to one. The figures count, from the least to the most asked:
//! `number_f1`: each bound gold states is one of those found, so that a program without bounds is not faulted for them;
//! `range_f1`: least and greatest value are gold's; `unit_f1`: the unit too; `record_f1`: everything a record says of an
//! amount. `sentences` is the share of sentences with all their records and nothing else.

use crossread_base::Span;
use crossread_record::Quantity;
use serde::Deserialize;

use super::Asked;
use crate::corpora::sample;
use crate::metrics::{Counts, match_by_overlap};
use crate::score::{Miss, Score, ScoreError};
use crate::system::{Document, System, Wanted, unusable};

const SENTENCES: &str = include_str!("../../../crossread-grounding/tests/quantities.toml");

#[derive(Deserialize)]
struct File {
    sentence: Vec<Sentence>,
}

#[derive(Clone, Deserialize)]
struct Sentence {
    text: String,
    quantities: Vec<Expected>,
}

#[derive(Clone, Deserialize)]
struct Expected {
    words: String,
    min: Option<f64>,
    max: Option<f64>,
    #[serde(default)]
    approximate: bool,
    unit: Option<String>,
    of: Option<String>,
    share_of: Option<String>,
    sense: Option<String>,
    rule: Option<String>,
    same_as: Option<u32>,
}

impl Expected {
    fn number(&self, found: &Quantity) -> bool {
        let among = |bound: Option<f64>| bound.is_none() || [found.min, found.max].contains(&bound);
        among(self.min) && among(self.max)
    }

    fn range(&self, found: &Quantity) -> bool {
        self.min == found.min && self.max == found.max
    }

    fn unit(&self, found: &Quantity) -> bool {
        self.range(found) && self.unit == found.unit
    }

    fn record(&self, text: &str, found: &Quantity) -> bool {
        let words = |span: Option<Span>| span.and_then(|span| text.get(span.range()));
        self.unit(found)
            && text.get(found.span.range()) == Some(self.words.as_str())
            && self.approximate == found.approximate
            && self.of.as_deref() == words(found.of)
            && self.share_of.as_deref() == words(found.share_of)
            && self.sense == found.sense
            && self.rule == found.rule
            && self.same_as == found.same_as
    }
}

pub(super) fn run(system: &System, asked: &Asked) -> Result<Vec<Score>, ScoreError> {
    let file: File = toml::from_str(SENTENCES)
        .map_err(|error| ScoreError::Asked(format!("quantities.toml: {error}")))?;
    let sentences = sample(file.sentence, asked.limit);
    let documents: Vec<Document> = sentences
        .iter()
        .enumerate()
        .map(|(number, sentence)| {
            Document::plain(&format!("sentence-{number:03}"), &*sentence.text)
        })
        .collect();
    let answers = system.annotate(&documents, Wanted { whole: true, tokens: false })?;
    let mut tally = Tally::default();
    for ((sentence, document), answer) in sentences.iter().zip(&documents).zip(&answers) {
        let found: Vec<Quantity> = answer
            .record
            .grounded
            .quantities
            .iter()
            .filter_map(|found| {
                let span = |span: Option<Span>| span.and_then(|span| answer.in_document(span));
                Some(Quantity {
                    span: answer.in_document(found.span)?,
                    of: span(found.of),
                    share_of: span(found.share_of),
                    ..found.clone()
                })
            })
            .collect();
        tally.add(document, sentence, &found);
    }
    let mut score = Score::new("quantity", "sentences");
    score.figure("number_f1", tally.number.f1());
    score.figure("range_f1", tally.range.f1());
    score.figure("unit_f1", tally.unit.f1());
    score.figure("record_f1", tally.record.f1());
    score.figure("sentences", tally.whole as f64 / sentences.len().max(1) as f64);
    score.note(format!(
        "{} sentences, {} amounts, {} found",
        sentences.len(),
        tally.number.wanted,
        tally.number.found
    ));
    score.notes.extend(unusable(&answers));
    score.misses = tally.misses;
    Ok(vec![score])
}

#[derive(Default)]
struct Tally {
    number: Counts,
    range: Counts,
    unit: Counts,
    record: Counts,
    whole: usize,
    misses: Vec<Miss>,
}

impl Tally {
    fn add(&mut self, document: &Document, sentence: &Sentence, found: &[Quantity]) {
        let text = sentence.text.as_str();
        let gold = spans(sentence);
        let given: Vec<Span> = found.iter().map(|quantity| quantity.span).collect();
        let partners = match_by_overlap(&gold, &given);
        let pairs: Vec<(&Expected, &Quantity)> = sentence
            .quantities
            .iter()
            .zip(&partners)
            .filter_map(|(wanted, partner)| Some((wanted, found.get((*partner)?)?)))
            .collect();
        let counts = |right: usize| Counts { right, found: found.len(), wanted: gold.len() };
        let right = |fits: &dyn Fn(&Expected, &Quantity) -> bool| {
            counts(pairs.iter().filter(|(wanted, found)| fits(wanted, found)).count())
        };
        let record = right(&|wanted, found| wanted.record(text, found));
        self.number = self.number + right(&|wanted, found| wanted.number(found));
        self.range = self.range + right(&|wanted, found| wanted.range(found));
        self.unit = self.unit + right(&|wanted, found| wanted.unit(found));
        self.whole += usize::from(record.right == gold.len() && found.len() == gold.len());
        self.record = self.record + record;
        for (index, wanted) in sentence.quantities.iter().enumerate() {
            let partner = partners.get(index).copied().flatten().and_then(|at| found.get(at));
            if partner.is_some_and(|found| wanted.record(text, found)) {
                continue;
            }
            let show = format!("{:?} to {:?} {:?}", wanted.min, wanted.max, wanted.unit);
            let got = partner.map_or("nothing".to_owned(), |found| format!("{found:?}"));
            self.misses.push(Miss::at("amount", &document.name, text, gold[index], show, got));
        }
        for (index, extra) in found.iter().enumerate() {
            if !partners.contains(&Some(index)) {
                let got = format!("{extra:?}");
                let miss =
                    Miss::at("amount too many", &document.name, text, extra.span, "nothing", got);
                self.misses.push(miss);
            }
        }
    }
}

/// Where the words of the amounts stand, each after the one before.
fn spans(sentence: &Sentence) -> Vec<Span> {
    let mut from = 0;
    let words = sentence.quantities.iter();
    words
        .map(|wanted| {
            let rest = sentence.text.get(from..).unwrap_or("");
            // "an" is no part of "woman".
            let whole = |at: &usize| {
                let after = rest.get(at + wanted.words.len()..).unwrap_or("");
                let glued = after.starts_with(char::is_alphanumeric)
                    && wanted.words.ends_with(char::is_alphanumeric);
                !glued && !rest[..*at].ends_with(char::is_alphanumeric)
            };
            let found = rest.match_indices(wanted.words.as_str()).map(|(at, _)| at).find(whole);
            let start = from + found.unwrap_or(0);
            from = start + wanted.words.len();
            Span::of(start..from)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_by_hand() {
        let file: File = toml::from_str(
            "[[sentence]]\ntext = \"At least 5 of 12 men\"\nquantities = [{ words = \"At least 5\", min = 5, unit = \"person\" }, \
             { words = \"12\", min = 12, max = 12, unit = \"person\", of = \"men\" }]",
        )
        .unwrap();
        let quantity = |at: (u32, u32), min, max| Quantity {
            span: Span::new(at.0, at.1),
            min,
            max,
            approximate: false,
            unit: Some("person".into()),
            of: Some(Span::new(17, 20)),
            share_of: None,
            sense: None,
            rule: None,
            same_as: None,
        };
        let sentence = &file.sentence[0];
        let found =
            [quantity((9, 10), Some(5.0), Some(5.0)), quantity((14, 16), Some(12.0), Some(12.0))];
        let mut tally = Tally::default();
        tally.add(&Document::plain("s", &*sentence.text), sentence, &found);
        assert_eq!(tally.number.right, 2);
        assert_eq!(tally.range.right, 1, "quantulum3's 5 is no bound");
        assert_eq!((tally.record.right, tally.record.wanted, tally.whole), (1, 2, 0));
    }
}
