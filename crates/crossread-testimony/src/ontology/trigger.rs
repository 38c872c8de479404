//! The words that bring a frame up, and the little language that says where its roles are found.
//!
//! A role's paths are tried in order, the first that leads somewhere being taken:
//! `subj/actor`, `obj`, `of poss`, `with/thing`, `mod`, `that`. A path is one step, with the kind of filler it
//! may lead to after a slash.

use serde::Deserialize;
use smol_str::SmolStr;

/// Words of one frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trigger {
    /// The number of its frame.
    pub(crate) frame: u32,
    /// What part of speech the head word is.
    pub class: Class,
    /// The lemma of the word the others hang on.
    pub head: SmolStr,
    /// The words that must stand with it.
    pub companions: Vec<Companion>,
    /// Where the roles are found.
    pub roles: Vec<RolePaths>,
    /// Paths that must lead somewhere.
    pub need: Vec<RolePaths>,
    /// Paths that must not.
    pub not: Vec<RolePaths>,
    /// Whether the words say that the frame does not hold.
    pub negative: bool,
    /// Whether the words say that it is meant to happen.
    pub planned: bool,
    /// Whether the verb always has an object: "three killed" is then passive, whatever the parser makes of it.
    pub transitive: bool,
}

/// A word of a phrase beside its head.
pub type Companion = SmolStr;

/// What part of speech a trigger is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// "killed", "carried out an attack".
    Verb,
    /// "the killing of", "an attack".
    Noun,
    /// "dead", "wounded".
    Adj,
}

/// A role and where it is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RolePaths {
    /// The role's name; empty for a condition.
    pub role: SmolStr,
    /// In the order in which they are tried.
    pub paths: Vec<Path>,
}

/// Where a filler is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// How to get there.
    pub step: Step,
    /// What must be there.
    pub filler: Filler,
}

/// How to get from a trigger to a filler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The one who does it: subject of the active, `by` of the passive.
    Subject,
    /// The one it is done to: object of the active, subject of the passive.
    Object,
    /// The one it is given to.
    Recipient,
    /// The object of a preposition.
    Preposition(SmolStr),
    /// The owner: "its", "the city's".
    Possessor,
    /// The noun that the trigger stands before as a modifier: "dead `men`", "attack `victim`".
    Modified,
    /// A noun before the trigger: "`bomb` attack".
    Compound,
    /// A subordinate clause: "vowed `to return`", "denied `that ...`", "admitted `firing`".
    Clause,
    /// What is said of the subject: "was named `chairman`".
    Attribute,
    /// The passive voice; leads to the trigger itself.
    Passive,
}

/// What kind of thing may stand at the end of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filler {
    /// Anything but a time.
    Any,
    /// Possibly somebody: not a happening and not a place, unless the place is one that acts, as a country does.
    Actor,
    /// Certainly somebody: a pronoun, a name of a person or people, a word for a person.
    Person,
    /// A happening: a noun that is a trigger itself.
    Event,
    /// A named place, or a word for one.
    Place,
    /// Not a person and not a happening.
    Thing,
    /// A number or an amount.
    Number,
    /// A part of the body.
    Body,
}

impl RolePaths {
    /// Reads paths separated by spaces; `None` where one has an unknown kind of filler.
    pub(crate) fn read(role: &str, paths: &str) -> Option<Self> {
        let paths = paths.split_whitespace().map(Path::read).collect::<Option<Vec<_>>>()?;
        (!paths.is_empty()).then(|| Self { role: role.into(), paths })
    }
}

impl Path {
    fn read(path: &str) -> Option<Self> {
        let (step, filler) = path.split_once('/').unwrap_or((path, ""));
        let step = match step {
            "subj" => Step::Subject,
            "obj" => Step::Object,
            "iobj" => Step::Recipient,
            "poss" => Step::Possessor,
            "mod" => Step::Modified,
            "compound" => Step::Compound,
            "clause" => Step::Clause,
            "attr" => Step::Attribute,
            "passive" => Step::Passive,
            "" => return None,
            word => Step::Preposition(word.into()),
        };
        let filler = match filler {
            "" => Filler::Any,
            "actor" => Filler::Actor,
            "person" => Filler::Person,
            "event" => Filler::Event,
            "place" => Filler::Place,
            "thing" => Filler::Thing,
            "number" => Filler::Number,
            "body" => Filler::Body,
            _ => return None,
        };
        Some(Self { step, filler })
    }
}

impl Trigger {
    /// Takes a phrase apart into its head and the words beside it.
    pub(crate) fn phrase(phrase: &str, class: Class) -> Option<(SmolStr, Vec<Companion>)> {
        let words: Vec<&str> = phrase.split_whitespace().collect();
        let marked = words.iter().position(|word| word.starts_with('^'));
        let head = marked.unwrap_or(match class {
            Class::Noun => words.len().checked_sub(1)?,
            Class::Verb | Class::Adj => 0,
        });
        let bare = |word: &str| SmolStr::from(word.trim_start_matches('^').to_lowercase());
        let companions = words
            .iter()
            .enumerate()
            .filter(|&(place, _)| place != head)
            .map(|(_, word)| bare(word))
            .collect();
        Some((bare(words.get(head)?), companions))
    }
}
