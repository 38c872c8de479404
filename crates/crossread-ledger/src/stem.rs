//! Words without the endings by which English inflects them and makes nouns of verbs.

use rust_stemmers::{Algorithm, Stemmer};
use smol_str::SmolStr;

/// The stem of a word in lower case (Porter's second English stemmer): `kill` of "killed" and "killings".
pub(crate) fn stem(word: &str) -> SmolStr {
    Stemmer::create(Algorithm::English).stem(word).into()
}
