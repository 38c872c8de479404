//! The same event across reports: ECB+ (its checked sentences only) and the Gun Violence Corpus.
//!
//! One clustering over all reports, no topic given, singletons scored; MUC, B3, CEAFe and their mean, as in Cybulska
//! and Vossen 2014 and Barhom et al. 2019.
//!
//! - Gold mentions: the mentions' spans are handed to [`crossread_ledger::cluster_mentions`] with the records.
//! - `lemma_conll_f1`: mentions are one event when the lemma of their head word is the same, over all reports;
//!   `lemma_tfidf_conll_f1`: the same, only within reports of one topic ([`topics`]). Both take the record's tokens.
//! - `raw_conll_f1`: from raw text, by the `events` of the pile. A claim's trigger stands for the gold mention it
//!   overlaps (one to one); a claim in no event is alone. On ECB+ triggers in checked sentences that meet no
//!   gold mention count as found and wrong; elsewhere, and on GVC, which marks only what belongs to a shooting,
//!   they are left out.

use std::collections::BTreeMap;

use crossread_base::{ClaimRef, Span};
use crossread_record::{Pile, Record};

use super::Asked;
use crate::corpora::ecbplus::{self, EventReport};
use crate::corpora::{gvc, sample};
use crate::metrics::coreference::{Clustering, b3, ceafe, conll_f1, muc};
use crate::metrics::match_by_overlap;
use crate::metrics::topics::topics;
use crate::score::{Miss, Score, ScoreError};
use crate::system::{Answer, Document, System, Wanted, file_name, unusable};

/// Scores ECB+ and GVC.
pub(super) fn run(system: &System, asked: &Asked) -> Result<Vec<Score>, ScoreError> {
    let mut scores = Vec::new();
    if let Some(set) = asked.set("ecbplus") {
        let mut reports = sample(ecbplus::read(&set)?, asked.limit);
        ecbplus::keep_checked(&set, &mut reports)?;
        scores.push(score(system, "ecbplus", &reports, true)?);
    }
    if let Some(part) = asked.set("gvc/val") {
        let reports = sample(gvc::read(&part)?, asked.limit);
        scores.push(score(system, "gvc", &reports, false)?);
    }
    Ok(scores)
}

/// `exhaustive`: whether every event of the sentences that hold a gold mention is marked.
fn score(
    system: &System,
    data: &str,
    reports: &[EventReport],
    exhaustive: bool,
) -> Result<Score, ScoreError> {
    let documents: Vec<Document> = reports
        .iter()
        .map(|report| Document::plain(&report.name, report.joined.text.as_str()))
        .collect();
    let answers = system.annotate(&documents, Wanted { whole: false, tokens: true })?;
    let mentions: Vec<(usize, &ecbplus::EventMention)> = reports
        .iter()
        .enumerate()
        .flat_map(|(index, report)| report.mentions.iter().map(move |mention| (index, mention)))
        .collect();
    let gold = Clustering::new(
        mentions.iter().enumerate().map(|(number, (_, mention))| (number, mention.event.as_str())),
    );
    let mut score = Score::new("same-event", data);

    let spans: Vec<(usize, Span)> =
        mentions.iter().map(|&(report, m)| (report, answers[report].in_record(m.span))).collect();
    let notes = unusable(&answers);
    let lemmas: Vec<String> =
        spans.iter().map(|&(report, span)| head_lemma(&answers[report], span)).collect();
    let topic_of = topics(&answers.iter().map(topic_words).collect::<Vec<_>>());
    let records: Vec<Record> = answers.into_iter().map(|answer| answer.record).collect();
    let events = crossread_ledger::cluster_mentions(&records, &spans);
    let found = Clustering::new(events.iter().copied().enumerate());
    let figures =
        [("muc", muc(&gold, &found)), ("b3", b3(&gold, &found)), ("ceafe", ceafe(&gold, &found))];
    for (name, agreement) in figures {
        score.figure(&format!("{name}_f1"), agreement.f1());
        score.figure(&format!("{name}_precision"), agreement.precision);
        score.figure(&format!("{name}_recall"), agreement.recall);
    }
    score.figure("conll_f1", conll_f1(&gold, &found));
    let by_lemma = Clustering::new(lemmas.iter().enumerate());
    score.figure("lemma_conll_f1", conll_f1(&gold, &by_lemma));
    let keys = lemmas.iter().zip(&spans).map(|(lemma, &(report, _))| (topic_of[report], lemma));
    let by_topic = Clustering::new(keys.enumerate());
    score.figure("lemma_tfidf_conll_f1", conll_f1(&gold, &by_topic));

    let pile = system.read(&documents)?;
    let raw = raw_events(&pile, reports, &documents, exhaustive);
    score.figure("raw_conll_f1", conll_f1(&gold, &raw));

    score.note(format!(
        "{} mentions of {} events in {} reports; {} topics by tf-idf; singletons are scored",
        gold.len(),
        gold.clusters(),
        reports.len(),
        topic_of.iter().collect::<std::collections::BTreeSet<_>>().len(),
    ));
    score.notes.extend(notes);
    score.misses = misses(reports, &mentions, &events);
    Ok(score)
}

/// The lemma of the word the span turns on: the first token in it whose head is outside.
fn head_lemma(answer: &Answer, span: Span) -> String {
    let tokens = &answer.record.parsed.tokens;
    let first = tokens.partition_point(|token| token.span.end <= span.start);
    let mut inside = (first..).zip(&tokens[first..]).take_while(|(_, t)| t.span.start < span.end);
    let within = |head: usize| tokens.get(head).is_some_and(|t| t.span.overlaps(span));
    let head =
        inside.find(|(index, token)| token.head as usize == *index || !within(token.head as usize));
    match head {
        Some((_, token)) => token.lemma.to_lowercase(),
        None => answer.record.report.words(span).to_lowercase(),
    }
}

fn topic_words(answer: &Answer) -> Vec<&str> {
    let tokens = answer.record.parsed.tokens.iter();
    let content = |pos: &str| matches!(pos, "NOUN" | "PROPN" | "VERB" | "ADJ");
    tokens
        .filter(|token| content(&token.pos) && token.lemma.chars().all(char::is_alphabetic))
        .map(|token| token.lemma.as_str())
        .collect()
}

fn raw_events(
    pile: &Pile,
    reports: &[EventReport],
    documents: &[Document],
    exhaustive: bool,
) -> Clustering {
    let mut event_of: BTreeMap<ClaimRef, String> = BTreeMap::new();
    for event in &pile.ledger.events {
        for claim in &event.claims {
            event_of.entry(claim.clone()).or_insert_with(|| event.id.to_string());
        }
    }
    let by_name: BTreeMap<String, &Record> =
        pile.reports.iter().map(|record| (file_name(record), record)).collect();
    let mut things: Vec<(usize, String)> = Vec::new();
    let mut next_gold = 0;
    let mut next_wrong = reports.iter().map(|report| report.mentions.len()).sum::<usize>();
    for (index, report) in reports.iter().enumerate() {
        let first = next_gold;
        next_gold += report.mentions.len();
        let Some(record) = by_name.get(&documents[index].file_name()) else { continue };
        let Some(shift) = record.report.text.find(&report.joined.text) else { continue };
        let shift = Span::of(shift..shift).start;
        let gold: Vec<Span> =
            report.mentions.iter().map(|mention| mention.span.shifted(shift)).collect();
        let claims = &record.testimony.claims;
        let triggers: Vec<Span> = claims.iter().map(|claim| claim.trigger).collect();
        let event = |claim: usize| {
            let id = claims[claim].id;
            let name = ClaimRef { report: record.report.id.clone(), claim: id };
            event_of.get(&name).cloned().unwrap_or_else(|| name.to_string())
        };
        let partner = match_by_overlap(&gold, &triggers);
        for (offset, partner) in partner.iter().enumerate() {
            if let Some(claim) = *partner {
                things.push((first + offset, event(claim)));
            }
        }
        if !exhaustive {
            continue;
        }
        let checked: Vec<u32> = report.mentions.iter().map(|mention| mention.sentence).collect();
        for (claim, trigger) in triggers.iter().enumerate() {
            let at = report.joined.tokens.partition_point(|t| t.end + shift <= trigger.start);
            let sentence = report.sentences.get(at);
            let outside = !sentence.is_some_and(|sentence| checked.contains(sentence));
            if !outside && !partner.contains(&Some(claim)) {
                things.push((next_wrong, event(claim)));
                next_wrong += 1;
            }
        }
    }
    Clustering::new(things)
}

/// For each event of gold the pairs that were parted, and for each found event the pairs wrongly joined: one miss a
/// pair of neighbours, weighing as many mentions as the cluster has.
fn misses(
    reports: &[EventReport],
    mentions: &[(usize, &ecbplus::EventMention)],
    events: &[u32],
) -> Vec<Miss> {
    let mut misses = Vec::new();
    let mut last_of_gold: BTreeMap<&str, usize> = BTreeMap::new();
    let mut last_of_found: BTreeMap<u32, usize> = BTreeMap::new();
    let mut gold_size: BTreeMap<&str, usize> = BTreeMap::new();
    let mut found_size: BTreeMap<u32, usize> = BTreeMap::new();
    for ((_, mention), &event) in mentions.iter().zip(events) {
        *gold_size.entry(&mention.event).or_insert(0) += 1;
        *found_size.entry(event).or_insert(0) += 1;
    }
    for (number, (&(report, mention), &event)) in mentions.iter().zip(events).enumerate() {
        let mut miss = |kind: &str, other: usize, weight: usize| {
            let (other_report, other) = mentions[other];
            let (here, there) = (&reports[report], &reports[other_report]);
            let miss = Miss::at(
                kind,
                &here.name,
                &here.joined.text,
                mention.span,
                mention.event.as_str(),
                Miss::at("", &there.name, &there.joined.text, other.span, "", "").around,
            );
            misses.push(miss.weighing(weight as f64));
        };
        if let Some(before) = last_of_gold.insert(&mention.event, number)
            && events[before] != event
        {
            miss("one event parted", before, gold_size[mention.event.as_str()]);
        }
        if let Some(before) = last_of_found.insert(event, number)
            && mentions[before].1.event != mention.event
        {
            miss("two events joined", before, found_size[&event]);
        }
    }
    misses
}
