//! Phrases that several origins have: "pronounced dead at the scene", the words of one charge, one job title.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::text::Text;
use crate::words::Form;

/// In how many origins each pair of neighbouring plain words stands.
#[derive(Debug)]
pub(crate) struct Stock {
    origins: FxHashMap<(Form, Form), u32>,
}

impl Stock {
    /// Counts over the groups of texts known to rest on one text each.
    pub(crate) fn of(texts: &[Text], groups: &[Vec<usize>]) -> Self {
        let mut origins = FxHashMap::default();
        for group in groups {
            let of_group: FxHashSet<(Form, Form)> =
                group.iter().flat_map(|at| texts[*at].plain_pairs.iter().copied()).collect();
            for pair in of_group {
                *origins.entry(pair).or_insert(0) += 1;
            }
        }
        Self { origins }
    }

    /// The share of `a`'s neighbouring plain words that are neighbours in `b`, each weighing the less the more origins
    /// beside these two have it; see [`Measures::neighbours`](crate::measure::Measures::neighbours).
    pub(crate) fn neighbours(&self, a: &Text, b: &Text) -> f32 {
        // Summed in whole numbers, so that the order of the set does not matter.
        let weight = |pair: &(Form, Form)| {
            let origins = self.origins.get(pair).copied().unwrap_or(1);
            10_000 / u64::from(origins.max(2) - 1)
        };
        let all: u64 = a.plain_pairs.iter().map(weight).sum();
        let both: u64 = a.plain_pairs.intersection(&b.plain_pairs).map(weight).sum();
        if all == 0 { 0.0 } else { both as f32 / all as f32 }
    }
}
