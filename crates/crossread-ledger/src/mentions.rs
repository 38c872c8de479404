//! Which mentions of events are mentions of one event.
//!
//! Reports are grouped into [stories](crate::story) first; within a story mentions are compared by named features
//! (`data/same_event.toml`), and joined by their mean likeness. Different from claims, mentions come from elsewhere
//! (a gold set, a person's marks) and need have no frame.

use std::collections::BTreeMap;

use crossread_base::Span;
use crossread_record::Record;
use crossread_testimony::ontology::Ontology;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use smol_str::SmolStr;

use crate::keys::keys;
use crate::likeness::WEIGHTS;
use crate::statement::sorted;
use crate::story::{Stories, average_link};

/// Mentions under one key that are compared with each other; each meets this many that follow it.
const NEAREST: usize = 400;

/// The weights of two mentions, as `data/same_event.toml` names them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MentionWeights {
    bias: f64,
    same_lemma: f64,
    same_frame: f64,
    same_stem: f64,
    general: f64,
    arguments: f64,
    other_arguments: f64,
    sentence: f64,
    reports: f64,
    same_report: f64,
    other_number: f64,
    other_time: f64,
    link: f64,
}

/// A mention with what is needed to compare it.
struct Mention {
    report: usize,
    lemma: SmolStr,
    frames: Vec<u32>,
    general: bool,
    /// Keys of what hangs on the word, or it on; sorted.
    arguments: Vec<SmolStr>,
    numbers: Vec<SmolStr>,
    times: Vec<SmolStr>,
    sentence: Vec<SmolStr>,
}

/// Clusters mentions of events across reports.
///
/// Takes the records, with their tokens, and mentions as the index of a record and a span of its text. Gives
/// the number of each mention's event, in order of the mentions; numbers have no meaning but being equal.
pub fn cluster_mentions(records: &[Record], mentions: &[(usize, Span)]) -> Vec<u32> {
    let stories = Stories::of(records, &WEIGHTS.story);
    let weights = &WEIGHTS.mention;
    let seen: Vec<Option<Mention>> = mentions
        .iter()
        .map(|&(report, span)| Some(Mention::of(records.get(report)?, report, span)))
        .collect();
    let mut blocks: BTreeMap<(u32, SmolStr), Vec<u32>> = BTreeMap::new();
    for (index, mention) in (0u32..).zip(&seen) {
        let Some(mention) = mention else { continue };
        let story = stories.of[mention.report];
        let mut names = vec![mention.lemma.clone(), stem(&mention.lemma)];
        names.extend(mention.frames.iter().map(|frame| SmolStr::from(format!("#{frame}"))));
        for name in sorted(names) {
            blocks.entry((story, name)).or_default().push(index);
        }
    }
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for block in blocks.values() {
        for (at, &a) in block.iter().enumerate() {
            pairs.extend(block[at + 1..].iter().take(NEAREST).map(|&b| (a, b)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    let mut cosines: FxHashMap<(usize, usize), f64> = FxHashMap::default();
    let scored = pairs
        .into_iter()
        .filter_map(|(a, b)| {
            let (left, right) = (seen[a as usize].as_ref()?, seen[b as usize].as_ref()?);
            let reports = (left.report.min(right.report), left.report.max(right.report));
            let cosine =
                *cosines.entry(reports).or_insert_with(|| stories.cosine(reports.0, reports.1));
            Some((a, b, likeness(left, right, cosine, &stories, weights)))
        })
        .collect();
    average_link(mentions.len(), scored, weights.link)
}

fn likeness(
    a: &Mention,
    b: &Mention,
    cosine: f64,
    stories: &Stories,
    weights: &MentionWeights,
) -> f64 {
    let mut sum = weights.bias;
    if a.lemma == b.lemma {
        sum += weights.same_lemma;
    } else if stem(&a.lemma) == stem(&b.lemma) {
        sum += weights.same_stem;
    } else if a.frames.iter().any(|frame| b.frames.contains(frame)) {
        sum += weights.same_frame;
    }
    if a.general || b.general {
        sum += weights.general;
    }
    let arguments = overlap(&a.arguments, &b.arguments, stories);
    sum += weights.arguments * arguments;
    if arguments == 0.0 && !a.arguments.is_empty() && !b.arguments.is_empty() {
        sum += weights.other_arguments;
    }
    sum += weights.sentence * overlap(&a.sentence, &b.sentence, stories);
    sum += weights.reports * cosine;
    if a.report == b.report {
        sum += weights.same_report;
    }
    let unlike = |a: &[SmolStr], b: &[SmolStr]| {
        !a.is_empty() && !b.is_empty() && !a.iter().any(|key| b.contains(key))
    };
    if unlike(&a.numbers, &b.numbers) {
        sum += weights.other_number;
    }
    if unlike(&a.times, &b.times) {
        sum += weights.other_time;
    }
    sum.max(0.0)
}

/// The telling weight shared by two sorted lists, of that of the lighter.
fn overlap(a: &[SmolStr], b: &[SmolStr], stories: &Stories) -> f64 {
    let weigh = |key: &SmolStr| stories.idf.get(&crate::stem::stem(key)).copied().unwrap_or(4.0);
    let total = |keys: &[SmolStr]| keys.iter().map(weigh).sum::<f64>();
    let shared: f64 = a.iter().filter(|key| b.binary_search(key).is_ok()).map(weigh).sum();
    let least = total(a).min(total(b));
    if least > 0.0 { shared / least } else { 0.0 }
}

/// What is left of a lemma without the endings by which verbs become nouns.
fn stem(lemma: &str) -> SmolStr {
    for ending in [
        "ation", "ition", "ement", "ment", "tion", "sion", "ing", "ure", "ery", "al", "er", "or",
        "e",
    ] {
        if let Some(stem) = lemma.strip_suffix(ending)
            && stem.chars().count() >= 4
        {
            return stem.into();
        }
    }
    lemma.into()
}

impl Mention {
    fn of(record: &Record, report: usize, span: Span) -> Self {
        let tokens = &record.parsed.tokens;
        let (head, lemma) = head_lemma(record, span);
        let ontology = Ontology::embedded();
        let mut frames: Vec<u32> = ontology
            .triggers(&lemma)
            .filter(|trigger| trigger.companions.is_empty())
            .filter_map(|trigger| {
                let id = &ontology.frame_of(trigger).id;
                ontology.frames().iter().position(|frame| frame.id == *id).map(|n| n as u32)
            })
            .collect();
        frames.sort_unstable();
        frames.dedup();
        let mut arguments = Vec::new();
        let mut numbers = Vec::new();
        let mut sentence = Vec::new();
        let mut times = Vec::new();
        let bounds = record
            .parsed
            .sentences
            .iter()
            .find(|sentence| sentence.span.overlaps(span))
            .map_or(span, |sentence| sentence.span);
        let first = tokens.partition_point(|token| token.span.end <= bounds.start);
        for (index, token) in
            (first..).zip(&tokens[first..]).take_while(|(_, token)| token.span.start < bounds.end)
        {
            if token.span.overlaps(span) {
                continue;
            }
            let content = matches!(token.pos.as_str(), "NOUN" | "PROPN" | "VERB" | "NUM");
            let key: SmolStr = token.lemma.to_lowercase().into();
            if content {
                sentence.push(key.clone());
            }
            if let Some(head) = head
                && matches!(token.pos.as_str(), "NOUN" | "PROPN" | "NUM")
                && hangs_on(tokens, index, head)
            {
                if token.pos == "NUM" {
                    numbers.push(key);
                } else {
                    arguments.push(key);
                }
            }
        }
        for time in record.grounded.times.iter().filter(|time| time.span.overlaps(bounds)) {
            if let Some(day) = time.timex.as_deref().and_then(|value| value.get(..10)) {
                times.push(SmolStr::new(day));
            }
        }
        for entity in &record.grounded.entities {
            for mention in &entity.mentions {
                let at = tokens.partition_point(|token| token.span.end <= mention.span.start);
                if mention.span.overlaps(bounds)
                    && !mention.span.overlaps(span)
                    && head.is_some_and(|head| {
                        (at..tokens.len())
                            .take_while(|&index| tokens[index].span.start < mention.span.end)
                            .any(|index| hangs_on(tokens, index, head))
                    })
                {
                    arguments.extend(keys(&entity.name));
                }
            }
        }
        let general = GENERAL
            .lines()
            .filter(|line| !line.starts_with('#'))
            .any(|line| line.split_whitespace().any(|word| word == lemma.as_str()));
        Self {
            report,
            lemma,
            frames,
            general,
            arguments: sorted(arguments),
            numbers: sorted(numbers),
            times: sorted(times),
            sentence: sorted(sentence),
        }
    }
}

/// Lemmas that name so many events that being the same tells little.
static GENERAL: &str = include_str!("../data/general_events.txt");

/// Whether the token hangs on the head at most two nouns or prepositions away, or is the subject or object of the
/// verb the head hangs on.
fn hangs_on(tokens: &[crossread_record::Token], index: usize, head: usize) -> bool {
    let mut at = index;
    for _ in 0..4 {
        let Some(token) = tokens.get(at) else { return false };
        let up = token.head as usize;
        if up == at {
            return false;
        }
        if up == head {
            return true;
        }
        let verb = tokens.get(head).map(|token| token.head as usize);
        if verb == Some(up)
            && tokens.get(head).is_some_and(|head| {
                matches!(
                    head.dep.as_str(),
                    "dobj" | "nsubj" | "nsubjpass" | "xcomp" | "attr" | "acomp"
                )
            })
            && matches!(token.dep.as_str(), "nsubj" | "nsubjpass" | "dobj")
        {
            return true;
        }
        if !tokens
            .get(up)
            .is_some_and(|t| matches!(t.pos.as_str(), "NOUN" | "PROPN" | "ADP" | "NUM"))
        {
            return false;
        }
        at = up;
    }
    false
}

/// The first token of the span whose head lies outside of it, with its lemma; the span's own words where the record
/// has no token there.
fn head_lemma(record: &Record, span: Span) -> (Option<usize>, SmolStr) {
    let tokens = &record.parsed.tokens;
    let first = tokens.partition_point(|token| token.span.end <= span.start);
    let outside = |head: u32| !tokens.get(head as usize).is_some_and(|h| h.span.overlaps(span));
    (first..)
        .zip(tokens.get(first..).unwrap_or_default())
        .take_while(|(_, token)| token.span.start < span.end)
        .find(|(index, token)| token.head as usize == *index || outside(token.head))
        .map_or_else(
            || (None, record.report.words(span).to_lowercase().into()),
            |(index, token)| (Some(index), token.lemma.to_lowercase().into()),
        )
}
