//! Likeness of two texts by the runs of words they share (Broder 1997).

use std::collections::BTreeSet;

/// The runs of `width` words of a text, as hashes; words are what stands between white space, in lower case. Of a shorter
/// text, the one run of all its words.
pub fn shingles(text: &str, width: usize) -> BTreeSet<u64> {
    use std::hash::{Hash as _, Hasher as _};
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let hash = |run: &[&str]| {
        let mut hasher = rustc_hash::FxHasher::default();
        run.hash(&mut hasher);
        hasher.finish()
    };
    if words.len() < width {
        [hash(&words)].into()
    } else {
        words.windows(width).map(hash).collect()
    }
}

/// The shared runs, over those of either.
pub fn jaccard(a: &BTreeSet<u64>, b: &BTreeSet<u64>) -> f64 {
    let both = a.intersection(b).count();
    let either = a.len() + b.len() - both;
    if either == 0 { 0.0 } else { both as f64 / either as f64 }
}

/// The shared runs, over those of the shorter.
pub fn containment(a: &BTreeSet<u64>, b: &BTreeSet<u64>) -> f64 {
    let shorter = a.len().min(b.len());
    if shorter == 0 { 0.0 } else { a.intersection(b).count() as f64 / shorter as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        let one = shingles("the bridge fell into the river", 3);
        let two = shingles("The bridge fell at noon", 3);
        assert_eq!((one.len(), two.len()), (4, 3));
        assert_eq!(jaccard(&one, &two), 1.0 / 6.0);
        assert_eq!(containment(&one, &two), 1.0 / 3.0);
    }
}
