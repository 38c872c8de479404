//! Which pairs of a pile are worth comparing.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::align::seed_keys;
use crate::text::Text;

/// A pile of up to this many reports is compared pair by pair: some thousand comparisons a second and core.
const SMALL: usize = 60;
/// In a larger one, a sign of more reports than this tells nothing ...
const MANY: usize = 40;
/// ... and a report is compared with no more than this many others by each kind of sign.
const NEAREST: usize = 24;
/// Signs that two reports must share.
const FEWEST: u32 = 3;

/// Pairs of indices, the smaller first, in order.
pub(crate) fn candidates(texts: &[Text]) -> Vec<(usize, usize)> {
    let all = texts.len();
    if all <= SMALL {
        return (0..all).flat_map(|a| (a + 1..all).map(move |b| (a, b))).collect();
    }
    let mut found = FxHashSet::default();
    // Runs of words find reprints, neighbouring plain words find rewrites.
    let runs: Vec<Vec<u64>> =
        texts.par_iter().map(|text| distinct(seed_keys(text).map(|(_, key)| key))).collect();
    nearest(&runs, &mut found);
    let pairs: Vec<Vec<u64>> = texts
        .par_iter()
        .map(|text| {
            distinct(text.plain_pairs.iter().map(|(a, b)| u64::from(*a) << 32 | u64::from(*b)))
        })
        .collect();
    nearest(&pairs, &mut found);
    let mut found: Vec<_> = found.into_iter().collect();
    found.sort_unstable();
    found
}

fn distinct(signs: impl Iterator<Item = u64>) -> Vec<u64> {
    let mut signs: Vec<u64> = signs.collect();
    signs.sort_unstable();
    signs.dedup();
    signs
}

/// Adds, for each report, those that share the most signs with it.
fn nearest(signs: &[Vec<u64>], found: &mut FxHashSet<(usize, usize)>) {
    let mut holders: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
    for (report, signs) in (0u32..).zip(signs) {
        for sign in signs {
            holders.entry(*sign).or_default().push(report);
        }
    }
    let near: Vec<Vec<(usize, usize)>> = signs
        .par_iter()
        .enumerate()
        .map(|(report, signs)| {
            let mut shared: FxHashMap<u32, u32> = FxHashMap::default();
            for holders in signs.iter().filter_map(|sign| holders.get(sign)) {
                // Of what many have, the neighbours in order are enough to make one chain of a wide reprint.
                let here = holders.partition_point(|other| (*other as usize) < report);
                let (from, to) = if holders.len() > MANY {
                    (here.saturating_sub(4), (here + 5).min(holders.len()))
                } else {
                    (0, holders.len())
                };
                for other in &holders[from..to] {
                    if *other as usize != report {
                        *shared.entry(*other).or_insert(0) += 1;
                    }
                }
            }
            let mut shared: Vec<(u32, u32)> =
                shared.into_iter().filter(|(_, count)| *count >= FEWEST).collect();
            shared.sort_unstable_by_key(|(other, count)| (std::cmp::Reverse(*count), *other));
            shared.truncate(NEAREST);
            shared
                .into_iter()
                .map(|(other, _)| (report.min(other as usize), report.max(other as usize)))
                .collect()
        })
        .collect();
    found.extend(near.into_iter().flatten());
}
