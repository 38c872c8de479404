//! Which reports tell one story: average-link clustering of tf-idf vectors, names weighing more.

use std::collections::{BTreeMap, BinaryHeap};

use crossread_record::{EntityType, Record};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::keys::keys;
use crate::stem::stem;

/// The weightiest words of a report, by which it meets others.
const MEET_BY: usize = 30;
/// A word that more reports than this meet by tells no story.
const MOST_MET: usize = 120;

/// How reports are joined into stories, as `data/same_event.toml` says.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StoryWeights {
    /// What a name weighs against another word.
    name: f64,
    /// What a number weighs against a word that is no name.
    number: f64,
    /// The mean cosine at which two groups of reports are one story.
    link: f64,
}

/// The stories of a pile.
pub(crate) struct Stories {
    /// The story of each report; numbers have no meaning but being equal.
    pub(crate) of: Vec<u32>,
    /// The telling weight of a word: how few reports have it.
    pub(crate) idf: FxHashMap<SmolStr, f64>,
    /// The words of each report with their part of its length, sorted.
    vectors: Vec<Vec<(u32, f64)>>,
}

impl Stories {
    /// Groups the reports.
    pub(crate) fn of(records: &[Record], weights: &StoryWeights) -> Self {
        let counts: Vec<BTreeMap<SmolStr, (f64, f64)>> =
            records.iter().map(|record| words(record, weights)).collect();
        let mut holds: BTreeMap<&SmolStr, u32> = BTreeMap::new();
        for key in counts.iter().flat_map(BTreeMap::keys) {
            *holds.entry(key).or_default() += 1;
        }
        let total = records.len() as f64;
        let number: FxHashMap<&SmolStr, u32> = holds.keys().copied().zip(0..).collect();
        let idf: FxHashMap<SmolStr, f64> = holds
            .iter()
            .map(|(key, holds)| ((*key).clone(), log2(1.0 + total / f64::from(*holds))))
            .collect();
        let vectors: Vec<Vec<(u32, f64)>> = counts
            .iter()
            .map(|counts| {
                let mut vector: Vec<(u32, f64)> = counts
                    .iter()
                    .map(|(key, (count, boost))| {
                        (number[key], (1.0 + log2(*count)) * idf[key] * boost)
                    })
                    .collect();
                let length = vector.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
                vector.iter_mut().for_each(|(_, weight)| *weight /= length.max(1e-9));
                vector
            })
            .collect();
        let near = neighbours(&vectors);
        let of = average_link(vectors.len(), near, weights.link);
        Self { of, idf, vectors }
    }

    /// The cosine of two reports' words.
    pub(crate) fn cosine(&self, a: usize, b: usize) -> f64 {
        cosine(&self.vectors[a], &self.vectors[b])
    }
}

/// The words of the regions that make claims, by their stems, each with its count and what its kind weighs.
fn words(record: &Record, weights: &StoryWeights) -> BTreeMap<SmolStr, (f64, f64)> {
    let report = &record.report;
    let mut counts: BTreeMap<SmolStr, (f64, f64)> = BTreeMap::new();
    for region in report.regions.iter().filter(|region| region.kind.makes_claims()) {
        for key in keys(report.words(region.span)) {
            let boost = if key.chars().all(|c| c.is_ascii_digit()) { weights.number } else { 1.0 };
            counts.entry(stem(&key)).or_insert((0.0, boost)).0 += 1.0;
        }
    }
    let named = record.grounded.entities.iter().filter(|entity| entity.kind != EntityType::Other);
    for key in named.flat_map(|entity| keys(&entity.name)) {
        if let Some((_, boost)) = counts.get_mut(&stem(&key)) {
            *boost = weights.name;
        }
    }
    counts
}

/// The binary logarithm of a number of at least one, by its exponent and a parabola through the ends of each octave:
/// off by less than a hundredth, and the same on every machine, which `f64::log2` does not promise.
fn log2(x: f64) -> f64 {
    let x = x.max(1.0);
    let exponent = ((x.to_bits() >> 52) & 0x7ff) as f64 - 1023.0;
    let rest = f64::from_bits((x.to_bits() & 0x000f_ffff_ffff_ffff) | (1023 << 52)) - 1.0;
    exponent + rest * (1.346_555 - 0.346_555 * rest)
}

fn cosine(a: &[(u32, f64)], b: &[(u32, f64)]) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while let (Some(left), Some(right)) = (a.get(i), b.get(j)) {
        match left.0.cmp(&right.0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += left.1 * right.1;
                i += 1;
                j += 1;
            }
        }
    }
    sum
}

/// The cosines of the pairs of reports that share one of their weightiest words.
fn neighbours(vectors: &[Vec<(u32, f64)>]) -> Vec<(u32, u32, f64)> {
    let mut met: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (index, vector) in (0u32..).zip(vectors) {
        let mut top = vector.clone();
        top.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        for (word, _) in top.into_iter().take(MEET_BY) {
            met.entry(word).or_default().push(index);
        }
    }
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for reports in met.values().filter(|reports| reports.len() <= MOST_MET) {
        for (at, &a) in reports.iter().enumerate() {
            pairs.extend(reports[at + 1..].iter().map(|&b| (a, b)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
        .into_iter()
        .map(|(a, b)| (a, b, cosine(&vectors[a as usize], &vectors[b as usize])))
        .collect()
}

/// Joins the two groups of the highest mean score until none reaches `link`; pairs not given count as nothing. Gives
/// the group of each of `count` things.
pub(crate) fn average_link(count: usize, pairs: Vec<(u32, u32, f64)>, link: f64) -> Vec<u32> {
    let mut near: Vec<BTreeMap<u32, f64>> = vec![BTreeMap::new(); count];
    let mut members: Vec<Vec<u32>> = (0..count as u32).map(|index| vec![index]).collect();
    // Means in billionths: the heap needs a total order.
    let scaled = |mean: f64| (mean * 1e9) as i64;
    let mut heap: BinaryHeap<(i64, std::cmp::Reverse<(u32, u32)>)> = BinaryHeap::new();
    for (a, b, score) in pairs {
        near[a as usize].insert(b, score);
        near[b as usize].insert(a, score);
        if score >= link {
            heap.push((scaled(score), std::cmp::Reverse((a.min(b), a.max(b)))));
        }
    }
    let mean = |near: &[BTreeMap<u32, f64>], members: &[Vec<u32>], a: u32, b: u32| {
        let sum = near[a as usize].get(&b).copied()?;
        Some(sum / (members[a as usize].len() * members[b as usize].len()).max(1) as f64)
    };
    while let Some((score, std::cmp::Reverse((a, b)))) = heap.pop() {
        let stale = members[a as usize].is_empty()
            || members[b as usize].is_empty()
            || mean(&near, &members, a, b).is_none_or(|now| scaled(now) != score);
        if stale {
            continue;
        }
        let (into, from) =
            if members[a as usize].len() >= members[b as usize].len() { (a, b) } else { (b, a) };
        let moved = std::mem::take(&mut members[from as usize]);
        members[into as usize].extend(moved);
        near[into as usize].remove(&from);
        for (other, sum) in std::mem::take(&mut near[from as usize]) {
            near[other as usize].remove(&from);
            if other != into {
                *near[into as usize].entry(other).or_default() += sum;
                *near[other as usize].entry(into).or_default() += sum;
            }
        }
        let others: Vec<u32> = near[into as usize].keys().copied().collect();
        for other in others {
            if let Some(now) = mean(&near, &members, into, other).filter(|now| *now >= link) {
                heap.push((scaled(now), std::cmp::Reverse((into.min(other), into.max(other)))));
            }
        }
    }
    let mut of = vec![0; count];
    for (group, members) in (0u32..).zip(&members) {
        for &member in members {
            of[member as usize] = group;
        }
    }
    of
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_join_by_their_mean() {
        // Two pairs with one strong bridge between them stay apart: the mean over four is low.
        let pairs = vec![(0, 1, 0.9), (2, 3, 0.9), (1, 2, 0.8)];
        let of = average_link(4, pairs, 0.4);
        assert_eq!(of[0], of[1]);
        assert_eq!(of[2], of[3]);
        assert_ne!(of[0], of[2]);
    }

    #[test]
    fn the_logarithm_is_near() {
        for (x, log) in [(1.0, 0.0), (2.0, 1.0), (3.0, 1.585), (1000.0, 9.966)] {
            assert!((log2(x) - log).abs() < 0.01, "{x}");
        }
    }
}
