//! A matter that is found over the whole pile, with its verdicts: what is asked, and how pairs of those that answer stand.

use std::collections::BTreeMap;

use crate::verdict::Ruling;

/// What is asked, the statements that answer, and how pairs of them stand.
pub(crate) struct Matter {
    pub(crate) text: String,
    /// Places among the statements, ascending.
    pub(crate) members: Vec<usize>,
    /// Pairs of places among the members.
    pub(crate) steps: Vec<(usize, usize, Ruling)>,
}

impl Matter {
    /// A matter of two statements; `ruling` is of the first as `a`.
    pub(crate) fn of_two(text: String, first: usize, second: usize, ruling: Ruling) -> Self {
        Self { text, members: vec![first, second], steps: vec![(0, 1, ruling)] }
    }
}

/// Of what is found under one key the one of the least rank, the first of equals; in order of the keys. The claims of a
/// sentence share its words, and one of them is named for what they tell.
pub(crate) fn least_of_each<K: Ord, R: Ord, T>(
    found: impl Iterator<Item = (K, R, T)>,
) -> impl Iterator<Item = T> {
    let mut least: BTreeMap<K, (R, T)> = BTreeMap::new();
    for (key, rank, one) in found {
        if least.get(&key).is_none_or(|(held, _)| rank < *held) {
            least.insert(key, (rank, one));
        }
    }
    least.into_values().map(|(_, one)| one)
}

/// Each two of a block, in its order; of more than `most`, of the first `most`.
pub(crate) fn pairs<T>(block: &[T], most: usize) -> impl Iterator<Item = (&T, &T)> {
    let block = &block[..block.len().min(most)];
    block.iter().enumerate().flat_map(|(at, one)| block[at + 1..].iter().map(move |b| (one, b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_of_each_key_and_the_first_of_equals() {
        let found = [('b', 2, 'x'), ('a', 1, 'y'), ('b', 1, 'z'), ('a', 1, 'w')];
        assert_eq!(least_of_each(found.into_iter()).collect::<Vec<_>>(), ['y', 'z']);
    }

    #[test]
    fn each_two_once() {
        let all: Vec<_> = pairs(&['a', 'b', 'c', 'd'], 3).collect();
        assert_eq!(all, [(&'a', &'b'), (&'a', &'c'), (&'b', &'c')]);
        assert_eq!(pairs::<char>(&[], 3).count(), 0);
    }
}
