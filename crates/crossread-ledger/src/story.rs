//! Which reports tell one story: average-link clustering of tf-idf vectors, names weighing more.

use std::collections::{BTreeMap, BinaryHeap};

use crossread_record::{EntityType, Record};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::keys::keys;
use crate::likeness::WEIGHTS;
use crate::statement::common;
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

/// Reports that have none of a pile's words but the commonest are thought beside it, so that a word which all
/// reports of a small pile share still tells something.
const BESIDE: f64 = 200.0;

/// The words of a pile.
pub(crate) struct Words {
    number: FxHashMap<SmolStr, u32>,
    /// How telling each is: how few reports have it, 0 to 1.
    tells: Vec<f32>,
    /// The words of each report with their part of its length, sorted.
    vectors: Vec<Vec<(u32, f32)>>,
    digits: Vec<bool>,
    /// The words of the names of each report, sorted.
    pub(crate) names: Vec<Vec<u32>>,
}

impl Words {
    /// Counts the words of the regions that make claims.
    pub(crate) fn of(records: &[Record]) -> Self {
        let weights = &WEIGHTS.story;
        let mut number: FxHashMap<SmolStr, u32> = FxHashMap::default();
        let mut holds: Vec<u32> = Vec::new();
        let mut is_number: Vec<bool> = Vec::new();
        let mut counts: Vec<Vec<(u32, u32)>> = Vec::with_capacity(records.len());
        for record in records {
            let report = &record.report;
            let regions = report.regions.iter().filter(|region| region.kind.makes_claims());
            let mut all: Vec<u32> = Vec::new();
            for word in regions.flat_map(|region| stems(report.words(region.span))) {
                let next = holds.len() as u32;
                let digits = word.chars().all(|c| c.is_ascii_digit());
                let at = *number.entry(word).or_insert(next);
                if at == next {
                    holds.push(0);
                    is_number.push(digits);
                }
                all.push(at);
            }
            all.sort_unstable();
            let runs = all.chunk_by(|a, b| a == b);
            let count: Vec<(u32, u32)> = runs.map(|run| (run[0], run.len() as u32)).collect();
            count.iter().for_each(|(word, _)| holds[*word as usize] += 1);
            counts.push(count);
        }
        let total = records.len() as f64 + BESIDE;
        let most = log2(1.0 + total);
        let tells: Vec<f32> = holds
            .iter()
            .map(|holds| (log2(1.0 + total / f64::from(*holds)) / most) as f32)
            .collect();
        let names: Vec<Vec<u32>> = records
            .iter()
            .map(|record| {
                let entities = record.grounded.entities.iter();
                let named = entities.filter(|entity| entity.kind != EntityType::Other);
                let mut names: Vec<u32> = named
                    .flat_map(|entity| stems(&entity.name))
                    .filter_map(|word| number.get(&word).copied())
                    .collect();
                names.sort_unstable();
                names.dedup();
                names
            })
            .collect();
        let vectors = counts
            .into_iter()
            .zip(&names)
            .map(|(count, names)| {
                let weigh = |(word, count): (u32, u32)| {
                    let boost = match () {
                        () if names.binary_search(&word).is_ok() => weights.name,
                        () if is_number[word as usize] => weights.number,
                        () => 1.0,
                    };
                    let tells = f64::from(tells[word as usize]);
                    (word, ((1.0 + log2(f64::from(count))) * tells * boost) as f32)
                };
                let mut vector: Vec<(u32, f32)> = count.into_iter().map(weigh).collect();
                let squares: f32 = vector.iter().map(|(_, weight)| weight * weight).sum();
                let length = squares.sqrt().max(1e-9);
                vector.iter_mut().for_each(|(_, weight)| *weight /= length);
                vector
            })
            .collect();
        Self { number, tells, vectors, names, digits: is_number }
    }

    /// The words of a text that are words of the pile, sorted, each once.
    pub(crate) fn numbers(&self, text: &str) -> Vec<u32> {
        let mut all: Vec<u32> =
            stems(text).filter_map(|word| self.number.get(&word).copied()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Whether a word is written in digits.
    pub(crate) fn is_number(&self, word: u32) -> bool {
        self.digits[word as usize]
    }

    /// How telling a stem is, 0 to 1.
    pub(crate) fn tells(&self, stem: &str) -> f32 {
        self.number.get(stem).map_or(1.0, |word| self.tells[*word as usize])
    }

    /// The telling weight shared by two sorted lists, as a part of that of the lighter and of that of both together;
    /// -1 and 0 where one list is empty.
    pub(crate) fn overlap(&self, a: &[u32], b: &[u32]) -> (f32, f32) {
        if a.is_empty() || b.is_empty() {
            return (-1.0, 0.0);
        }
        let weigh = |list: &[u32]| list.iter().map(|word| self.tells[*word as usize]).sum::<f32>();
        let shared = common(a, b).fold(0.0, |sum, word| sum + self.tells[*word as usize]);
        let (a, b) = (weigh(a), weigh(b));
        (shared / a.min(b).max(1e-9), shared / (a + b - shared).max(1e-9))
    }

    /// The cosine of two reports' words.
    pub(crate) fn cosine(&self, a: usize, b: usize) -> f32 {
        cosine(&self.vectors[a], &self.vectors[b])
    }

    /// The story of each report; numbers have no meaning but being equal.
    pub(crate) fn stories(&self) -> Vec<u32> {
        average_link(self.vectors.len(), neighbours(&self.vectors), WEIGHTS.story.link)
    }
}

/// The stems of the telling words of a text.
fn stems(text: &str) -> impl Iterator<Item = SmolStr> {
    keys(text).into_iter().map(|key| stem(&key))
}

/// The binary logarithm of a number of at least one, by its exponent and a parabola through the ends of each octave:
/// off by less than a hundredth, and the same on every machine, which `f64::log2` does not promise.
fn log2(x: f64) -> f64 {
    let x = x.max(1.0);
    let exponent = ((x.to_bits() >> 52) & 0x7ff) as f64 - 1023.0;
    let rest = f64::from_bits((x.to_bits() & 0x000f_ffff_ffff_ffff) | (1023 << 52)) - 1.0;
    exponent + rest * (1.346_555 - 0.346_555 * rest)
}

fn cosine(a: &[(u32, f32)], b: &[(u32, f32)]) -> f32 {
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
fn neighbours(vectors: &[Vec<(u32, f32)>]) -> Vec<(u32, u32, f64)> {
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
        .map(|(a, b)| (a, b, f64::from(cosine(&vectors[a as usize], &vectors[b as usize]))))
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
