//! What spaCy's models see of a word: its norm, first letter, last three letters and shape, each as a number.

use rustc_hash::FxHashMap;

use crate::hash::string_id;
use crate::letters::{is_digit, is_letter, is_space};

/// The attributes of a word form, each the [`string_id`] of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Attributes {
    pub(crate) orth: u64,
    pub(crate) lower: u64,
    pub(crate) norm: u64,
    pub(crate) prefix: u64,
    pub(crate) suffix: u64,
    pub(crate) shape: u64,
    pub(crate) is_space: bool,
}

impl Attributes {
    /// Those of a word, which must not be empty. `norm` is the one its tokenizer exception gives it.
    pub(crate) fn of(word: &str, norm: Option<&str>, norms: &Norms) -> Self {
        let lower = word.to_lowercase();
        let first = word.chars().next().map_or(0, char::len_utf8);
        let last_three = word.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
        Self {
            orth: string_id(word),
            lower: string_id(&lower),
            norm: string_id(norm.or_else(|| norms.of(word)).unwrap_or(&lower)),
            prefix: string_id(&word[..first]),
            suffix: string_id(&word[last_three..]),
            shape: string_id(&shape(word)),
            is_space: word.chars().all(is_space),
        }
    }
}

/// The shape of a word: `X` and `x` for letters, `d` for digits, other characters as they are; of a run of more than
/// four alike, four. Words of a hundred characters and more are `LONG`.
pub(crate) fn shape(word: &str) -> String {
    if word.len() >= 100 && word.chars().count() >= 100 {
        return "LONG".to_owned();
    }
    let mut shape = String::with_capacity(word.len());
    let mut last = None;
    let mut run = 0;
    for c in word.chars() {
        let sign = if is_letter(c) {
            if c.is_uppercase() { 'X' } else { 'x' }
        } else if is_digit(c) {
            'd'
        } else {
            c
        };
        run = if last == Some(sign) { run + 1 } else { 0 };
        last = Some(sign);
        if run < 4 {
            shape.push(sign);
        }
    }
    shape
}

/// Words whose norm is not their lower case.
#[derive(Debug, Default)]
pub(crate) struct Norms {
    /// The pipeline's own table, by [`string_id`].
    by_id: FxHashMap<u64, Box<str>>,
    /// The marks and signs that spaCy knows for every language.
    base: FxHashMap<&'static str, &'static str>,
}

impl Norms {
    pub(crate) fn new(table: impl IntoIterator<Item = (u64, Box<str>)>) -> Self {
        let base = include_str!("../data/spacy_base_norms.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once('\t'))
            .collect();
        Self { by_id: table.into_iter().collect(), base }
    }

    fn of(&self, word: &str) -> Option<&str> {
        self.by_id.get(&string_id(word)).map(AsRef::as_ref).or_else(|| self.base.get(word).copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_keep_four_of_a_run() {
        assert_eq!(shape("Marrow"), "Xxxxx");
        assert_eq!(shape("U.S.-led"), "X.X.-xxx");
        assert_eq!(shape("123456,7"), "dddd,d");
        assert_eq!(shape("É²"), "Xd");
        assert_eq!(shape(&"a".repeat(100)), "LONG");
    }

    #[test]
    fn norms_are_sought_in_the_table_then_among_the_signs_then_in_lower_case() {
        let norms = Norms::new([(string_id("colour"), "color".into())]);
        let norm = |word: &str| Attributes::of(word, None, &norms).norm;
        assert_eq!(norm("colour"), string_id("color"));
        assert_eq!(norm("—"), string_id("-"));
        assert_eq!(norm("Bridge"), string_id("bridge"));
        assert_eq!(Attributes::of("ca", Some("can"), &norms).norm, string_id("can"));
    }

    #[test]
    fn ends_are_counted_in_characters() {
        let seen = Attributes::of("naïf", None, &Norms::default());
        assert_eq!((seen.prefix, seen.suffix), (string_id("n"), string_id("aïf")));
        assert_eq!(Attributes::of("é", None, &Norms::default()).suffix, string_id("é"));
    }
}
