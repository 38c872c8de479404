//! How two claims stand to each other: hand-labelled pairs from ECB+ and GVC (`relations`).
//!
//! The pile is the two reports of the pair, or the one where both claims are in it, as plain text. Of the pile's
//! verdicts between a claim of the one report that overlaps the one quote and a claim of the other that overlaps the
//! other quote, the one whose claims cover the two quotes best counts: the greatest sum of the two byte Jaccards of
//! claim span and quote; of equals, the one whose question shares most words with gold's. No such verdict counts as
//! `unrelated`; a verdict `unknown` is a wrong answer of its own.
//!
//! `macro_f1` is the mean over the relations that gold has. `false_contradict_rate` is the share of the pairs that
//! are `supersede` or `differ_in_scope` in gold and called `contradict`.

use std::collections::BTreeSet;

use crossread_base::Span;
use crossread_record::{Pile, Record, Relation};

use super::Asked;
use crate::corpora::relations::{self, ClaimPair, Quoted};
use crate::corpora::sample;
use crate::corpora::stories::Stories;
use crate::metrics::ratio;
use crate::score::{Confusion, Miss, Score, ScoreError};
use crate::system::{Document, System, file_name};

const LABELS: [&str; 8] = [
    "agree",
    "refine",
    "supersede",
    "differ_in_scope",
    "contradict",
    "deny",
    "unrelated",
    "unknown",
];

/// A quote, by the document it is in and where.
struct Place {
    document: usize,
    quote: Span,
}

/// Scores all pairs.
pub(super) fn run(system: &System, asked: &Asked) -> Result<Vec<Score>, ScoreError> {
    let Some(set) = asked.set("relations") else { return Ok(Vec::new()) };
    let pairs = sample(relations::read(&set)?, asked.limit);
    let mut stories = Stories::new(&asked.data);
    let mut documents: Vec<Document> = Vec::new();
    let mut lost = 0;
    let mut place = |quoted: &Quoted| -> Result<Place, ScoreError> {
        let name = quoted.report()?;
        let report = stories.event_report(&name)?;
        let text = &report.joined.text;
        let within = report.sentence_span(&quoted.sentences);
        let sentences = within.unwrap_or_else(|| Span::of(0..text.len()));
        let start = sentences.start as usize;
        let found = sentences.text(text).find(&quoted.quote).map(|at| start + at);
        let found = found.or_else(|| text.find(&quoted.quote));
        lost += usize::from(found.is_none());
        let quote = found.map_or(sentences, |at| Span::of(at..at + quoted.quote.len()));
        let document = Document::plain(&name.document_name(), text.as_str());
        let known = documents.iter().position(|other| *other == document);
        let index = known.unwrap_or(documents.len());
        if known.is_none() {
            documents.push(document);
        }
        Ok(Place { document: index, quote })
    };
    let places: Vec<[Place; 2]> = pairs
        .iter()
        .map(|pair| Ok([place(&pair.a)?, place(&pair.b)?]))
        .collect::<Result<_, ScoreError>>()?;
    let piles: Vec<Vec<usize>> = places
        .iter()
        .map(|[a, b]| {
            let both: BTreeSet<usize> = [a.document, b.document].into();
            both.into_iter().collect()
        })
        .collect();
    let found = system.read_each(&documents, &piles, |number, pile| {
        verdict(&pile, &documents, &places[number], &pairs[number].question)
    })?;
    let mut score = tally(&pairs, &found, &places, &documents);
    score.note(format!("{} pairs over {} reports", pairs.len(), documents.len()));
    if lost > 0 {
        score.note(format!(
            "{lost} quotes are not in their report word for word; their sentence stands for them"
        ));
    }
    Ok(vec![score])
}

/// What the pile says of the pair, with the rule and the words of both claims; `None` where it says nothing.
fn verdict(
    pile: &Pile,
    documents: &[Document],
    [a, b]: &[Place; 2],
    question: &str,
) -> Option<(Relation, String)> {
    let record_of = |place: &Place| -> Option<(&Record, Span)> {
        let document = &documents[place.document];
        let record = pile.reports.iter().find(|r| file_name(r) == document.file_name())?;
        let shift = record.report.text.find(&document.text)?;
        Some((record, place.quote.shifted(Span::of(shift..shift).start)))
    };
    let ((record_a, quote_a), (record_b, quote_b)) = (record_of(a)?, record_of(b)?);
    // How much of a quote the claim behind a reference covers; `None` where it has nothing to do with it.
    let cover = |claim: &crossread_base::ClaimRef, record: &Record, quote: Span| {
        if claim.report != record.report.id {
            return None;
        }
        let claim = record.testimony.claims.iter().find(|other| other.id == claim.claim)?;
        let both = claim.span.overlap(quote);
        let either = claim.span.len() + quote.len() - both;
        (both > 0).then(|| f64::from(both) / f64::from(either))
    };
    let wanted = words(question);
    let shared = |verdict: &crossread_record::Verdict| {
        let question = pile.ledger.questions.iter().find(|other| other.id == verdict.question);
        question.map_or(0, |question| words(&question.text).intersection(&wanted).count())
    };
    let mut best: Option<(f64, usize, &crossread_record::Verdict)> = None;
    for verdict in &pile.ledger.verdicts {
        let way = |one, two| Some(cover(one, record_a, quote_a)? + cover(two, record_b, quote_b)?);
        let straight = way(&verdict.a, &verdict.b);
        let turned = way(&verdict.b, &verdict.a);
        let Some(covered) = straight.into_iter().chain(turned).reduce(f64::max) else { continue };
        let candidate = (covered, shared(verdict));
        if best.is_none_or(|(most, words, _)| candidate > (most, words)) {
            best = Some((candidate.0, candidate.1, verdict));
        }
    }
    best.map(|(.., verdict)| (verdict.relation, verdict.rule.clone()))
}

fn words(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

fn label(relation: Relation) -> &'static str {
    match relation {
        Relation::Agree => "agree",
        Relation::Refine => "refine",
        Relation::Supersede => "supersede",
        Relation::DifferInScope => "differ_in_scope",
        Relation::Contradict => "contradict",
        Relation::Deny => "deny",
        Relation::Unrelated => "unrelated",
        Relation::Unknown => "unknown",
    }
}

fn tally(
    pairs: &[ClaimPair],
    found: &[Option<(Relation, String)>],
    places: &[[Place; 2]],
    documents: &[Document],
) -> Score {
    let mut score = Score::new("relation", "relations");
    let mut confusion = Confusion::new(LABELS);
    let (mut changing, mut changing_contradicted) = (0, 0);
    let mut silent = 0;
    for ((pair, found), places) in pairs.iter().zip(found).zip(places) {
        silent += usize::from(found.is_none());
        let called = found.as_ref().map_or("unrelated", |(relation, _)| label(*relation));
        confusion.add(&pair.relation, called);
        if matches!(pair.relation.as_str(), "supersede" | "differ_in_scope") {
            changing += 1;
            changing_contradicted += usize::from(called == "contradict");
        }
        if called != pair.relation {
            let false_alarm = called == "contradict";
            let rule = found.as_ref().map_or("no verdict", |(_, rule)| rule.as_str());
            let show = |place: &Place| {
                let document = &documents[place.document];
                Miss::at("", "", &document.text, place.quote, "", "").around
            };
            score.misses.push(Miss {
                weight: if false_alarm { 2.0 } else { 1.0 },
                document: pair.id.clone(),
                offset: 0,
                kind: if false_alarm { "false contradiction" } else { "called otherwise" }
                    .to_owned(),
                gold: format!("{} · {}", pair.relation, pair.question),
                found: format!("{called} ({rule})"),
                around: format!("{}\n    {}", show(&places[0]), show(&places[1])),
            });
        }
    }
    let contradict = confusion.counts_of("contradict");
    score.figure("macro_f1", confusion.macro_f1());
    score.figure("contradict_precision", contradict.precision());
    score.figure("contradict_recall", contradict.recall());
    score.figure("false_contradict_rate", ratio(changing_contradicted, changing));
    for name in LABELS.iter().filter(|name| confusion.counts_of(name).wanted > 0) {
        score.figure(&format!("{name}_f1"), confusion.counts_of(name).f1());
    }
    score.figure("no_verdict", ratio(silent, pairs.len()));
    score.confusion = Some(confusion);
    score
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn pile(verdicts: &serde_json::Value) -> Pile {
        let report = |id: &str, text: &str, claims: serde_json::Value| {
            json!({"id": id, "path": format!("{id}.txt"), "media_type": "text/plain", "text": text,
                "language": null, "outlet": null, "published": null, "updated": null, "sentences": [],
                "entities": [], "places": [], "times": [], "quantities": [], "attributions": [],
                "claims": claims})
        };
        let claim = |id: &str, span: [u32; 2]| {
            json!({"id": id, "span": span, "region": 0, "frame": "casualties.die", "trigger": span,
                "arguments": [], "place": null, "time": null, "certainty": "CT", "polarity": "+",
                "aspect": "past"})
        };
        let question =
            |id: &str, text: &str| json!({"id": id, "text": text, "event": null, "answers": []});
        serde_json::from_value(json!({
            "reports": [
                report("a", "Nine people died. Two were hurt.", json!([claim("c1", [0, 16]), claim("c2", [18, 31])])),
                report("b", "Eleven died and two were hurt.", json!([claim("c1", [0, 29])]))],
            "origins": [], "events": [],
            "questions": [question("q1", "How many died?"), question("q2", "How many were hurt?")],
            "verdicts": verdicts
        }))
        .unwrap()
    }

    fn verdict_json(a: &str, b: &str, question: &str, relation: &str) -> serde_json::Value {
        json!({"a": a, "b": b, "question": question, "relation": relation, "rule": relation,
            "spans": [[0, 4], [0, 4]], "later": null})
    }

    fn read(verdicts: &serde_json::Value, question: &str) -> Option<Relation> {
        let pile = pile(verdicts);
        let documents = [
            Document::plain("a", "Nine people died. Two were hurt."),
            Document::plain("b", "Eleven died and two were hurt."),
        ];
        let places = [
            Place { document: 0, quote: Span::new(0, 16) },
            Place { document: 1, quote: Span::new(0, 11) },
        ];
        verdict(&pile, &documents, &places, question).map(|(relation, _)| relation)
    }

    #[test]
    fn the_verdict_of_the_claims_that_cover_the_quotes_best() {
        let verdicts = json!([
            verdict_json("a/c2", "b/c1", "q2", "agree"),
            verdict_json("b/c1", "a/c1", "q1", "contradict"),
        ]);
        assert_eq!(read(&verdicts, "How many died?"), Some(Relation::Contradict));
        let elsewhere = json!([verdict_json("a/c2", "b/c1", "q2", "agree")]);
        assert_eq!(read(&elsewhere, "How many died?"), None, "the claim does not touch the quote");
    }

    #[test]
    fn of_equals_the_one_about_gold_s_question() {
        let verdicts = json!([
            verdict_json("a/c1", "b/c1", "q2", "agree"),
            verdict_json("a/c1", "b/c1", "q1", "contradict"),
        ]);
        assert_eq!(read(&verdicts, "How many people died?"), Some(Relation::Contradict));
        assert_eq!(read(&verdicts, "How many were hurt?"), Some(Relation::Agree));
    }
}
