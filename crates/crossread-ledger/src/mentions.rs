//! Which mentions of events are mentions of one event.
//!
//! Reports are grouped into [stories](crate::story) first; within a story mentions of [related](crate::predicate)
//! predicates are [compared](crate::pair) by named features; [trees](crate::trees) learnt on public gold (`cargo dev
//! train events`) give the probability that two are one, and mentions are joined by its mean. Different from
//! claims, mentions come from elsewhere (a gold set, a person's marks) and need have no frame.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crossread_base::Span;
use crossread_record::Record;
use serde::Deserialize;

use crate::likeness::WEIGHTS;
use crate::mention::Mention;
use crate::pair::{FEATURES, Pair, compare};
use crate::story::{Words, average_link};
use crate::trees::Forest;

/// Mentions under one key that are compared with each other; each meets this many that follow it.
const NEAREST: usize = 400;

/// How mentions are joined, as `data/same_event.toml` says.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MentionWeights {
    /// The mean probability at which two groups of mentions are one event.
    pub(crate) link: f64,
}

/// The trees that come with the program.
pub(crate) static FOREST: LazyLock<Forest> = LazyLock::new(|| {
    Forest::read(include_str!("../data/same_event_trees.txt"), &FEATURES).unwrap_or_default()
});

/// Clusters mentions of events across reports.
///
/// Takes the records, with their tokens, and mentions as the index of a record and a span of its text. Gives
/// the number of each mention's event, in order of the mentions; numbers have no meaning but being equal.
pub fn cluster_mentions(records: &[Record], mentions: &[(usize, Span)]) -> Vec<u32> {
    let scored = pairs(records, mentions)
        .into_iter()
        .map(|pair| (pair.a, pair.b, FOREST.probability(&pair.features)))
        .collect();
    join(mentions.len(), scored, WEIGHTS.mention.link)
}

/// Joins mentions by the mean probability of their pairs, as long as it reaches `link`; a pair that is not given counts
/// as two events. Gives the number of each mention's event.
pub fn join(mentions: usize, scored: Vec<(u32, u32, f64)>, link: f64) -> Vec<u32> {
    average_link(mentions, scored, link)
}

/// The pairs of mentions that may be of one event, compared. Mentions of a record that is not there are in no pair.
pub fn pairs(records: &[Record], mentions: &[(usize, Span)]) -> Vec<Pair> {
    let words = Words::of(records);
    let stories = words.stories();
    let mut seen: Vec<Mention> = Vec::with_capacity(mentions.len());
    let mut place: Vec<u32> = Vec::with_capacity(mentions.len());
    for (index, &(report, span)) in (0u32..).zip(mentions) {
        if let Some(record) = records.get(report) {
            seen.push(Mention::of_span(&words, record, report, span));
            place.push(index);
        }
    }
    let mut blocks: BTreeMap<(u32, Key<'_>), Vec<u32>> = BTreeMap::new();
    for (index, mention) in (0u32..).zip(&seen) {
        let story = stories[mention.report];
        let mut keys = vec![Key::Stem(&mention.predicate.stem)];
        keys.extend(mention.frame.as_deref().map(Key::Frame));
        keys.extend(mention.predicate.senses().map(Key::Sense));
        for key in keys {
            blocks.entry((story, key)).or_default().push(index);
        }
    }
    let mut met: Vec<(u32, u32)> = Vec::new();
    for block in blocks.values_mut() {
        block.dedup();
        for (at, &a) in block.iter().enumerate() {
            met.extend(block[at + 1..].iter().take(NEAREST).map(|&b| (a, b)));
        }
    }
    met.sort_unstable();
    met.dedup();
    let mut pairs = compare(&words, &seen, &met);
    for pair in &mut pairs {
        (pair.a, pair.b) = (place[pair.a as usize], place[pair.b as usize]);
    }
    pairs
}

/// By what mentions of a story meet.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    Stem(&'a str),
    Frame(&'a str),
    Sense(u32),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_trees_read() {
        assert!(!FOREST.trees.is_empty());
    }
}
