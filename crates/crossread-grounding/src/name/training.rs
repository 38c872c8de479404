//! Training of the second reading of name tags ([`super::tagger`]), for `cargo dev train names`.

use std::collections::BTreeMap;

use crossread_base::Span;
use crossread_record::{EntityType, Parsed, Report};

use super::doc::Doc;
use super::tagger::{TAGS, View, kind_of, may_follow, previous, tag_of};
use crate::actor::table::ActorTable;
use crate::place::gazetteer::Gazetteer;

/// A report whose names are known.
pub struct Lesson {
    /// The text.
    pub report: Report,
    /// Its tokens, with the parser's own name tags.
    pub parsed: Parsed,
    /// Its names.
    pub names: Vec<(Span, EntityType)>,
}

/// Trains for so many rounds and gives the weights in the form of `tagger.bin`. The same lessons in the same order give
/// the same bytes. Features met in fewer than `fewest` tokens are left out.
pub fn train(lessons: &[Lesson], rounds: usize, fewest: u32) -> Vec<u8> {
    let (actors, gazetteer) = (ActorTable::embedded(), Gazetteer::embedded());
    let mut sums: BTreeMap<u32, [(i64, i64, u64); TAGS]> = BTreeMap::new();
    let mut met: BTreeMap<u32, u32> = BTreeMap::new();
    let mut step: u64 = 1;
    for round in 0..rounds {
        // A stride that shares no factor with the count visits each lesson once, in another order each round.
        let order = visit(lessons.len(), round);
        for lesson in order.into_iter().filter_map(|index| lessons.get(index)) {
            let doc = Doc::new(&lesson.report, &lesson.parsed);
            let view = View::new(&doc, actors, gazetteer);
            let gold = gold(&doc, &lesson.names);
            let mut tags: Vec<usize> = Vec::with_capacity(gold.len());
            let mut features = Vec::new();
            for (index, &right) in gold.iter().enumerate() {
                let before = previous(&doc, &tags, index);
                features.clear();
                view.features(index, before, &mut features);
                if round == 0 {
                    for &feature in &features {
                        *met.entry(feature).or_default() += 1;
                    }
                }
                let mut scores = [0i64; TAGS];
                for row in features.iter().filter_map(|feature| sums.get(feature)) {
                    for (score, (weight, _, _)) in scores.iter_mut().zip(row) {
                        *score += weight;
                    }
                }
                let mut guess = 0;
                for tag in 1..TAGS {
                    if may_follow(tag, before) && scores[tag] > scores[guess] {
                        guess = tag;
                    }
                }
                let reachable = may_follow(right, before);
                if guess != right && reachable {
                    for &feature in &features {
                        let row = sums.entry(feature).or_insert([(0, 0, 0); TAGS]);
                        for (tag, change) in [(right, 1), (guess, -1)] {
                            let (weight, total, since) = &mut row[tag];
                            *total += *weight * (step - *since) as i64;
                            *since = step;
                            *weight += change;
                        }
                    }
                }
                step += 1;
                tags.push(guess);
            }
        }
    }
    let mut features = Vec::new();
    let mut weights = Vec::new();
    for (feature, row) in sums {
        if met.get(&feature).copied().unwrap_or(0) < fewest {
            continue;
        }
        let mean = row.map(|(weight, total, since)| {
            let total = total + weight * (step - since) as i64;
            // Hundredths, so that averages keep their fractions.
            (total * 100 / step as i64).clamp(-32_000, 32_000) as i16
        });
        if mean.iter().any(|&weight| weight != 0) {
            features.push(feature);
            weights.extend(mean);
        }
    }
    let mut bytes = (features.len() as u32).to_le_bytes().to_vec();
    bytes.extend(features.iter().flat_map(|feature| feature.to_le_bytes()));
    bytes.extend(weights.iter().flat_map(|weight| weight.to_le_bytes()));
    bytes
}

fn visit(count: usize, round: usize) -> Vec<usize> {
    let divides = |a: usize, b: usize| {
        let (mut a, mut b) = (a, b);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        a == 1
    };
    let stride =
        (count / 3 + 1 + round * 7..).find(|&stride| divides(stride, count.max(1))).unwrap_or(1);
    (0..count).map(|index| (index * stride + round) % count).collect()
}

/// The tags of known names; tokens that a name cuts through are outside.
fn gold(doc: &Doc<'_>, names: &[(Span, EntityType)]) -> Vec<usize> {
    let mut tags = vec![0; doc.tokens.len()];
    for (span, kind) in names {
        let first = doc.tokens.partition_point(|token| token.span.end <= span.start);
        let end = doc.tokens.partition_point(|token| token.span.start < span.end);
        for (index, tag) in tags.iter_mut().enumerate().take(end).skip(first) {
            *tag = tag_of(*kind, index == first);
        }
    }
    tags
}

/// Names as the parser's tags and a second reading with these weights have them, for measuring a training.
pub fn tagged(lesson: &Lesson, weights: &[u8]) -> Vec<(Span, EntityType)> {
    let doc = Doc::new(&lesson.report, &lesson.parsed);
    let weights = super::tagger::Weights::read(weights);
    let tags = super::tagger::tag(&doc, ActorTable::embedded(), Gazetteer::embedded(), &weights);
    let mut names: Vec<(Span, EntityType)> = Vec::new();
    for (token, tag) in doc.tokens.iter().zip(tags) {
        match kind_of(tag) {
            Some((kind, true)) => names.push((token.span, kind)),
            Some((_, false)) => {
                if let Some(last) = names.last_mut() {
                    last.0 = last.0.cover(token.span);
                }
            }
            None => {}
        }
    }
    names
}
