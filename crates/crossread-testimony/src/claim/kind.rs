//! What kind of thing a word stands for, so that a bomb is not taken for the one who laid it.

use std::sync::LazyLock;

use crossread_record::{EntityType, TimeType};
use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::ground::Ground;
use crate::ontology::{Class, Filler, Ontology, Step};
use crate::tree::Tree;

/// Nouns by the kind of thing they stand for.
struct Kinds {
    persons: FxHashSet<String>,
    places: FxHashSet<String>,
    events: FxHashSet<String>,
    times: FxHashSet<String>,
    units: FxHashSet<String>,
    body: FxHashSet<String>,
}

static KINDS: LazyLock<Kinds> = LazyLock::new(|| {
    #[derive(Default, Deserialize)]
    struct File {
        persons: String,
        places: String,
        events: String,
        times: String,
        units: String,
        body: String,
    }
    let file: File = toml::from_str(include_str!("../../data/kinds.toml")).unwrap_or_default();
    let set = |words: &str| words.split_whitespace().map(str::to_owned).collect();
    Kinds {
        persons: set(&file.persons),
        places: set(&file.places),
        events: set(&file.events),
        times: set(&file.times),
        units: set(&file.units),
        body: set(&file.body),
    }
});

/// Tells the kind of a word from names, entities and word lists.
pub(crate) struct Kind<'a> {
    pub(crate) tree: &'a Tree<'a>,
    pub(crate) ground: &'a Ground<'a>,
    pub(crate) ontology: &'a Ontology,
}

impl Kind<'_> {
    fn name_tag(&self, word: u32) -> &str {
        self.tree.token(word).ent.get(2..).unwrap_or("")
    }

    /// Whether it is a time.
    pub(crate) fn is_time(&self, word: u32) -> bool {
        if let Some(time) = self.ground.time_of(word) {
            return time.kind != TimeType::Duration || self.tree.is_noun(word);
        }
        matches!(self.name_tag(word), "DATE" | "TIME")
            || (KINDS.times.contains(self.tree.lemma(word)) && self.tree.is_noun(word))
    }

    /// Whether it is a number or an amount.
    pub(crate) fn is_number(&self, word: u32) -> bool {
        self.tree.tag(word) == "CD"
            || self.tree.tag(word) == "$"
            || self.tree.lemma(word) == "%"
            || matches!(self.name_tag(word), "MONEY" | "PERCENT" | "QUANTITY")
            || (KINDS.units.contains(self.tree.lemma(word))
                && self.tree.has_child(word, &["nummod", "quantmod", "compound"]))
    }

    /// Whether it is a place, by name or by word.
    pub(crate) fn is_place(&self, word: u32) -> bool {
        match self.ground.entity_kind(word) {
            Some(EntityType::Place | EntityType::Facility) => return true,
            Some(_) => return false,
            None => {}
        }
        self.ground.place_at(word).is_some()
            || matches!(self.name_tag(word), "GPE" | "LOC" | "FAC")
            || (self.tree.is_noun(word) && KINDS.places.contains(self.tree.lemma(word)))
    }

    /// Whether it is a happening.
    pub(crate) fn is_event(&self, word: u32) -> bool {
        if !self.tree.is_noun(word) {
            return self.tree.tag(word) == "VBG";
        }
        let lemma = self.tree.lemma(word);
        KINDS.events.contains(lemma)
            || (!KINDS.persons.contains(lemma)
                && self.ground.entity_kind(word).is_none()
                && self
                    .ontology
                    .triggers(lemma)
                    .any(|trigger| trigger.class == Class::Noun && trigger.companions.is_empty()))
    }

    /// Whether it is certainly somebody.
    pub(crate) fn is_person(&self, word: u32) -> bool {
        let tree = self.tree;
        if tree.tag(word).starts_with("PRP") || matches!(tree.tag(word), "WP" | "WP$") {
            return tree.lemma(word) != "it" && tree.lemma(word) != "what";
        }
        match self.ground.entity_kind(word) {
            Some(EntityType::Person | EntityType::Org | EntityType::Group) => return true,
            Some(_) => return false,
            None => {}
        }
        if KINDS.persons.contains(tree.lemma(word)) {
            return true;
        }
        match self.name_tag(word) {
            "PERSON" | "NORP" | "ORG" => true,
            "" | "CARDINAL" => {
                // "three were killed", "the injured"
                (tree.tag(word) == "CD" && !tree.has_child(word, &["pobj"]))
                    || (tree.tag(word) == "JJ" && tree.has_child(word, &["det"]))
                    || (tree.lemma(word).ends_with("man") || tree.lemma(word).ends_with("woman"))
            }
            _ => false,
        }
    }

    /// Whether the word may stand at the end of a path.
    pub(crate) fn fits(&self, word: u32, filler: Filler, step: &Step) -> bool {
        match filler {
            Filler::Number => {
                self.is_number(word) && (!self.is_time(word) || self.is_stretch(word))
            }
            Filler::Body => KINDS.body.contains(self.tree.lemma(word)),
            Filler::Event => self.is_event(word),
            Filler::Place => self.is_place(word),
            Filler::Person => self.is_person(word) && !self.is_time(word),
            Filler::Actor => {
                let acts = matches!(step, Step::Subject | Step::Possessor | Step::Compound);
                self.is_person(word)
                    || (!self.is_event(word)
                        && !self.is_time(word)
                        && (!self.is_place(word) || (acts && self.name_tag(word) == "GPE")))
            }
            Filler::Thing => {
                !self.is_person(word)
                    && !self.is_time(word)
                    && !matches!(self.tree.tag(word), "VBG")
            }
            Filler::Any => !self.is_time(word) || matches!(step, Step::Clause | Step::Attribute),
        }
    }

    /// "12 years": a number, though a time as well.
    fn is_stretch(&self, word: u32) -> bool {
        KINDS.units.contains(self.tree.lemma(word)) && self.tree.has_child(word, &["nummod"])
    }
}
