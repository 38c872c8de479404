//! The words that say how far something is so, read from `data/factuality.toml`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;
use smol_str::SmolStr;

/// What a word does to what it governs; see the data file for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Effect {
    Holds,
    Fails,
    Factive,
    Probable,
    Possible,
    Planned,
    Scheduled,
    Wanted,
    Forecast,
    Denied,
    Doubted,
    Asked,
    Accused,
    Said,
    /// "can": possible, and ongoing rather than yet to come.
    Able,
    /// "would": hangs on the clause and on "have".
    Would,
}

/// What the governed thing may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Governed {
    Clause,
    Noun,
}

/// A governing word or phrase.
#[derive(Debug, Clone)]
pub(crate) struct Operator {
    pub(crate) companions: Vec<SmolStr>,
    pub(crate) governs: Vec<Governed>,
    pub(crate) effect: Effect,
    pub(crate) absorb: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    words: String,
    #[serde(default, rename = "as")]
    governs: Vec<Governed>,
    effect: Option<Effect>,
    #[serde(default)]
    absorb: bool,
    #[serde(default)]
    #[expect(dead_code, reason = "read by tests/claims.rs")]
    examples: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct File {
    operator: Vec<Row>,
    modifier: Vec<Row>,
    noun: Vec<Row>,
    adverb: Vec<Row>,
    modal: Vec<Row>,
    condition: Vec<Row>,
}

/// The lexicon, by lemma.
#[derive(Default)]
pub(crate) struct Lexicon {
    operators: FxHashMap<SmolStr, Vec<Operator>>,
    modifiers: FxHashMap<SmolStr, Effect>,
    nouns: FxHashMap<SmolStr, Effect>,
    adverbs: FxHashMap<SmolStr, Effect>,
    modals: FxHashMap<SmolStr, Effect>,
    conditions: FxHashMap<SmolStr, ()>,
}

const TEXT: &str = include_str!("../../data/factuality.toml");

static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| toml::from_str(TEXT).map(Lexicon::of).unwrap_or_default());

impl Lexicon {
    pub(crate) fn embedded() -> &'static Self {
        &LEXICON
    }

    fn of(file: File) -> Self {
        let mut lexicon = Self::default();
        for row in &file.operator {
            let Some(effect) = row.effect else { continue };
            for phrase in phrases(row) {
                let mut words = phrase.split_whitespace().map(SmolStr::from);
                let Some(head) = words.next() else { continue };
                lexicon.operators.entry(head).or_default().push(Operator {
                    companions: words.collect(),
                    governs: row.governs.clone(),
                    effect,
                    absorb: row.absorb,
                });
            }
        }
        let by_word = |rows: &[Row]| {
            let mut words = FxHashMap::default();
            for row in rows {
                if let Some(effect) = row.effect {
                    words.extend(phrases(row).map(|word| (SmolStr::from(word), effect)));
                }
            }
            words
        };
        lexicon.modifiers = by_word(&file.modifier);
        lexicon.nouns = by_word(&file.noun);
        lexicon.adverbs = by_word(&file.adverb);
        lexicon.modals = by_word(&file.modal);
        lexicon.conditions =
            file.condition.iter().flat_map(phrases).map(|word| (SmolStr::from(word), ())).collect();
        lexicon
    }

    /// The operators whose head word this is.
    pub(crate) fn operators(&self, lemma: &str) -> &[Operator] {
        self.operators.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// What an adjective does to the event noun it modifies.
    pub(crate) fn modifier(&self, lemma: &str) -> Option<Effect> {
        self.modifiers.get(lemma).copied()
    }

    /// What a noun does to the event that hangs on it.
    pub(crate) fn noun(&self, lemma: &str) -> Option<Effect> {
        self.nouns.get(lemma).copied()
    }

    /// What an adverb does to its clause.
    pub(crate) fn adverb(&self, lemma: &str) -> Option<Effect> {
        self.adverbs.get(lemma).copied()
    }

    /// What a modal verb does to its clause.
    pub(crate) fn modal(&self, lemma: &str) -> Option<Effect> {
        self.modals.get(lemma).copied()
    }

    /// Whether a conjunction opens a condition.
    pub(crate) fn condition(&self, lemma: &str) -> bool {
        self.conditions.contains_key(lemma)
    }
}

fn phrases(row: &Row) -> impl Iterator<Item = &str> {
    row.words.split(',').map(str::trim).filter(|phrase| !phrase.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lexicon_reads() {
        toml::from_str::<File>(TEXT).unwrap();
        assert_eq!(Lexicon::embedded().modal("may"), Some(Effect::Possible));
    }
}
