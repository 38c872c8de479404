//! Dictionary forms, by part of speech: exceptions, then endings that lead to a known word, then endings that do not.

use std::borrow::Cow;

use fst::Set;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::letters::is_letter;

/// The tables of one part of speech.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Table {
    /// In lower case, as spaCy's tables name it: `noun`.
    pub(crate) pos: String,
    /// Word endings and what takes their place.
    pub(crate) endings: Vec<(String, String)>,
    pub(crate) exceptions: Vec<(String, Vec<String>)>,
}

#[derive(Debug)]
pub(crate) struct Lemmatizer {
    by_pos: FxHashMap<SmolStr, Entry>,
}

#[derive(Debug)]
struct Entry {
    endings: Vec<(String, String)>,
    exceptions: FxHashMap<String, Vec<String>>,
    /// Known dictionary forms.
    known: Set<Cow<'static, [u8]>>,
}

impl Lemmatizer {
    /// Each table with its sorted set of known forms.
    pub(crate) fn new(tables: impl IntoIterator<Item = (Table, Set<Cow<'static, [u8]>>)>) -> Self {
        let by_pos = tables
            .into_iter()
            .map(|(table, known)| {
                let exceptions = table.exceptions.into_iter().collect();
                (table.pos.as_str().into(), Entry { endings: table.endings, exceptions, known })
            })
            .collect();
        Self { by_pos }
    }

    /// The lemma of a word with its part of speech (`NOUN`) and features (`Number=Sing`).
    pub(crate) fn lemma(&self, word: &str, pos: &str, morph: &str) -> SmolStr {
        let pos = pos.to_ascii_lowercase();
        if is_base_form(&pos, morph) {
            return word.to_lowercase().into();
        }
        let Some(entry) = self.by_pos.get(pos.as_str()) else {
            return if pos == "propn" { word.into() } else { word.to_lowercase().into() };
        };
        let lower = word.to_lowercase();
        // The last of the exceptions, or else of the known forms, that was put in front.
        let mut forms: Vec<String> = Vec::new();
        let mut unknown: Option<String> = None;
        for (old, new) in &entry.endings {
            let Some(stem) = lower.strip_suffix(old.as_str()) else { continue };
            let form = format!("{stem}{new}");
            if form.is_empty() {
                continue;
            }
            if entry.known.contains(&form) {
                forms.insert(0, form);
            } else if !form.chars().all(is_letter) {
                forms.push(form);
            } else if unknown.is_none() {
                unknown = Some(form);
            }
        }
        for form in entry.exceptions.get(&lower).into_iter().flatten() {
            if !forms.contains(form) {
                forms.insert(0, form.clone());
            }
        }
        forms.into_iter().next().or(unknown).map_or_else(|| word.into(), Into::into)
    }
}

/// Whether English grammar says that the word is its own lemma.
fn is_base_form(pos: &str, morph: &str) -> bool {
    let feature =
        |name: &str| morph.split('|').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    let verb_form = feature("VerbForm");
    (pos == "noun" && feature("Number") == Some("Sing"))
        || (pos == "verb"
            && verb_form == Some("Fin")
            && feature("Tense") == Some("Pres")
            && feature("Number").is_none())
        || matches!(verb_form, Some("Inf" | "None"))
        || feature("Degree") == Some("Pos")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lemmatizer() -> Lemmatizer {
        let endings = |pairs: &[(&str, &str)]| {
            pairs.iter().map(|(old, new)| ((*old).to_owned(), (*new).to_owned())).collect()
        };
        let table = Table {
            pos: "noun".into(),
            endings: endings(&[("s", ""), ("ves", "f"), ("ies", "y")]),
            exceptions: vec![("mice".into(), vec!["mouse".into()])],
        };
        let known = Set::from_iter(["bridge", "knife", "story"]).unwrap();
        let known = Set::new(Cow::Owned(known.into_fst().into_inner())).unwrap();
        Lemmatizer::new([(table, known)])
    }

    #[test]
    fn endings_lead_to_known_words_first() {
        let lemma = |word: &str| lemmatizer().lemma(word, "NOUN", "Number=Plur");
        assert_eq!(lemma("Bridges"), "bridge");
        assert_eq!(lemma("stories"), "story");
        assert_eq!(lemma("mice"), "mouse");
        assert_eq!(lemma("blorvies"), "blorvie", "nothing known: the first ending that fits");
        assert_eq!(lemma("Zzz"), "Zzz", "nothing fits: the word as it stands");
    }

    #[test]
    fn base_forms_and_names_are_kept() {
        let lemmatizer = lemmatizer();
        assert_eq!(lemmatizer.lemma("News", "NOUN", "Number=Sing"), "news");
        assert_eq!(lemmatizer.lemma("Marrows", "PROPN", "Number=Plur"), "Marrows");
        assert_eq!(lemmatizer.lemma("The", "DET", ""), "the");
    }
}
