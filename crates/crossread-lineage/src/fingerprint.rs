//! Fingerprints of a text by winnowing (Schleimer, Wilkerson and Aiken 2003).
//!
//! Of every run of [`WINDOW`] neighbouring five-word shingles the smallest hash is kept, so two texts with
//! `WINDOW + SHINGLE - 1` equal words in a row share a fingerprint, while less than a third of the shingles is kept.
//! Hashes are made from xxh3 of each word and are the same on every machine.

use crate::words::{self, Form};

/// Words in a shingle.
pub(crate) const SHINGLE: usize = 5;
/// Shingles of which the smallest is kept.
pub(crate) const WINDOW: usize = 6;

/// A fingerprint and the place of its first word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Print {
    pub(crate) hash: u32,
    pub(crate) word: u32,
}

/// The fingerprints of a text, each hash once, in order of the text; and the number of its words. A text shorter than
/// a shingle has none.
pub(crate) fn fingerprints(text: &str) -> (Vec<Print>, u32) {
    let mut forms: Vec<Form> = Vec::with_capacity(text.len() / 5);
    words::scan(text, |letters, _| forms.push(words::form(letters)));
    let hashes: Vec<u32> = forms.windows(SHINGLE).map(shingle).collect();
    let mut kept: Vec<Print> = Vec::with_capacity(hashes.len() / 3 + 1);
    let mut last = usize::MAX;
    for start in 0..=hashes.len().saturating_sub(WINDOW) {
        // Only the newest shingle can displace a minimum that is still in the window.
        let end = (start + WINDOW).min(hashes.len());
        if end == start {
            break;
        }
        let newest = end - 1;
        let smallest = if last != usize::MAX && last >= start {
            if hashes[newest] <= hashes[last] { newest } else { last }
        } else {
            (start..end).rev().min_by_key(|at| hashes[*at]).unwrap_or(newest)
        };
        if smallest != last {
            last = smallest;
            kept.push(Print { hash: hashes[smallest], word: smallest as u32 });
        }
    }
    let mut seen = rustc_hash::FxHashSet::default();
    kept.retain(|print| seen.insert(print.hash));
    (kept, forms.len() as u32)
}

fn shingle(words: &[Form]) -> u32 {
    let mixed = words.iter().fold(0u64, |hash, word| {
        (hash.rotate_left(21) ^ u64::from(*word)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    });
    (mixed >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_words_in_a_row_share_a_fingerprint() {
        let shared = "the old footbridge at marrow gave way on monday night while";
        let one = fingerprints(&format!("Our reporter writes that {shared} people crossed it.")).0;
        let two = fingerprints(&format!("It is now known how {shared} the fair was on.")).0;
        assert!(one.iter().any(|print| two.iter().any(|other| other.hash == print.hash)));
    }

    #[test]
    fn fingerprints_are_the_same_on_every_machine() {
        let prints =
            fingerprints("Nine people died when the footbridge at Marrow fell into the river.").0;
        let hashes: Vec<u32> = prints.iter().map(|print| print.hash).collect();
        insta::assert_debug_snapshot!(hashes);
    }

    #[test]
    fn short_texts_have_few_or_none() {
        assert_eq!(fingerprints("too short to tell").0, []);
        assert_eq!(fingerprints("five words are one shingle").0.len(), 1);
    }
}
