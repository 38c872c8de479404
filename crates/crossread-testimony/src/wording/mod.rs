//! Loaded words, kept as wording beside the neutral frame, so that two reports can be compared by how they say
//! the same thing. There is no score, and no word is tied to a party: the lexicon holds words for kinds of actors
//! and acts that anybody may use of anybody.

use std::sync::LazyLock;

use crossread_base::Span;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::tree::Tree;

/// A loaded word with what it is about and what it stands beside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// The lemmas of the word or phrase.
    pub words: Vec<SmolStr>,
    /// `actor`, `act`, `rule` or `quality`.
    pub about: SmolStr,
    /// A plainer word for the same: "fighter" beside "martyr" and "terrorist".
    pub plain: SmolStr,
}

/// The lexicon, by the first word's lemma.
pub struct Wording {
    by_lemma: FxHashMap<SmolStr, Vec<Loaded>>,
}

static EMBEDDED: LazyLock<Wording> =
    LazyLock::new(|| Wording::read(include_str!("../../data/wording.tsv")));

impl Wording {
    /// The lexicon Crossread ships.
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// Reads lines of phrase, kind and plain word, separated by tabs; lines that begin with `#` and lines of
    /// another form are passed over.
    pub fn read(text: &str) -> Self {
        let mut by_lemma: FxHashMap<SmolStr, Vec<Loaded>> = FxHashMap::default();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split('\t').map(str::trim);
            let (Some(phrase), Some(about), Some(plain)) =
                (fields.next(), fields.next(), fields.next())
            else {
                continue;
            };
            let words: Vec<SmolStr> = phrase.split_whitespace().map(SmolStr::from).collect();
            let Some(first) = words.first().cloned() else { continue };
            by_lemma.entry(first).or_default().push(Loaded {
                words,
                about: about.into(),
                plain: plain.into(),
            });
        }
        for entries in by_lemma.values_mut() {
            entries.sort_by_key(|entry| std::cmp::Reverse(entry.words.len()));
        }
        Self { by_lemma }
    }

    /// What the lexicon says of a word or phrase, given as lower-case lemmas.
    pub fn look_up(&self, lemmas: &[&str]) -> Option<&Loaded> {
        self.by_lemma.get(*lemmas.first()?)?.iter().find(|entry| {
            entry.words.len() == lemmas.len()
                && entry.words.iter().zip(lemmas).all(|(word, lemma)| word == lemma)
        })
    }

    /// Every loaded word of a report.
    pub(crate) fn find(&self, tree: &Tree<'_>) -> LoadedSpans {
        let mut spans = Vec::new();
        let count = tree.len() as u32;
        for token in 0..count {
            let Some(entries) = self.by_lemma.get(tree.lemma(token)) else { continue };
            let found = entries.iter().find(|entry| {
                let end = token + entry.words.len() as u32;
                end <= count
                    && entry.words.iter().zip(token..end).all(|(word, at)| word == tree.lemma(at))
            });
            if let Some(entry) = found {
                let last = token + entry.words.len() as u32 - 1;
                spans.push(tree.token(token).span.cover(tree.token(last).span));
            }
        }
        LoadedSpans(spans)
    }
}

/// Where loaded words stand in a report, in order.
pub(crate) struct LoadedSpans(Vec<Span>);

impl LoadedSpans {
    /// Those inside a span.
    pub(crate) fn within(&self, span: Span) -> impl Iterator<Item = Span> + '_ {
        let first = self.0.partition_point(|found| found.start < span.start);
        self.0[first..].iter().copied().take_while(move |found| found.end <= span.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lexicon_names_no_party() {
        let lexicon = Wording::embedded();
        assert!(lexicon.by_lemma.len() > 100);
        for entry in lexicon.by_lemma.values().flatten() {
            assert!(
                ["actor", "act", "rule", "quality"].contains(&entry.about.as_str()),
                "{entry:?}"
            );
            let plain = |word: &SmolStr| word.chars().all(|letter| !letter.is_uppercase());
            assert!(entry.words.iter().all(plain), "a name? {entry:?}");
        }
    }

    #[test]
    fn a_phrase_is_looked_up_by_its_lemmas() {
        let lexicon = Wording::embedded();
        assert_eq!(lexicon.look_up(&["terrorist"]).unwrap().plain, "fighter");
        assert!(lexicon.look_up(&["carpenter"]).is_none());
    }
}
