//! What the words of a name, and those beside it, say it is a name of.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crossread_record::EntityType;

use super::doc::Doc;
use super::{Board, Ground, Name};

/// The word lists of `data/name/cues.tsv`.
pub(super) struct Cues {
    last: BTreeMap<&'static str, EntityType>,
    after: BTreeMap<&'static str, EntityType>,
    titles: Vec<Vec<&'static str>>,
}

impl Cues {
    pub(super) fn embedded() -> &'static Self {
        static IT: OnceLock<Cues> = OnceLock::new();
        IT.get_or_init(|| {
            let mut cues =
                Self { last: BTreeMap::new(), after: BTreeMap::new(), titles: Vec::new() };
            let lines = |text: &'static str| {
                text.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
            };
            for line in lines(include_str!("../../data/name/cues.tsv")) {
                let mut fields = line.split('\t');
                let (Some(side), Some(kind), Some(words)) =
                    (fields.next(), fields.next(), fields.next())
                else {
                    continue;
                };
                let kind = match kind {
                    "ORG" => EntityType::Org,
                    "FACILITY" => EntityType::Facility,
                    _ => EntityType::Place,
                };
                let list = if side == "last" { &mut cues.last } else { &mut cues.after };
                list.extend(words.split('|').map(|word| (word, kind)));
            }
            cues.titles = lines(include_str!("../../data/name/titles.txt"))
                .map(|title| title.split(' ').collect())
                .collect();
            cues.titles.sort_by_key(|title: &Vec<&str>| std::cmp::Reverse(title.len()));
            cues
        })
    }

    pub(super) fn last_word(&self, word: &str) -> Option<EntityType> {
        self.last.get(word).copied()
    }

    pub(super) fn word_after(&self, word: &str) -> Option<EntityType> {
        self.after.get(word).copied()
    }

    /// How many tokens of a title end right before `index`.
    pub(super) fn title_before(&self, doc: &Doc<'_>, index: usize) -> usize {
        let fits = |title: &Vec<&str>| {
            title.len() <= index
                && doc.sentence.get(index - title.len()) == doc.sentence.get(index)
                && title
                    .iter()
                    .enumerate()
                    .all(|(i, &word)| doc.word(index - title.len() + i) == word)
        };
        self.titles.iter().find(|title| fits(title)).map_or(0, Vec::len)
    }

    /// How many tokens of a title stand at the start of a range.
    fn title_at(&self, doc: &Doc<'_>, range: &std::ops::Range<usize>) -> usize {
        let fits = |title: &Vec<&str>| {
            title.len() < range.len()
                && title.iter().enumerate().all(|(i, &word)| doc.word(range.start + i) == word)
        };
        self.titles.iter().find(|title| fits(title)).map_or(0, Vec::len)
    }
}

pub(super) fn put(doc: &Doc<'_>, board: &mut Board) {
    let cues = Cues::embedded();
    for name in board.all() {
        if let Some(changed) = judged(doc, cues, &name) {
            board.remove_at(name.range.start);
            board.put(changed);
        }
    }
}

/// The name as its cues have it, where they say otherwise.
fn judged(doc: &Doc<'_>, cues: &Cues, name: &Name) -> Option<Name> {
    let mut name = name.clone();
    let title = cues.title_at(doc, &name.range);
    if title > 0 && name.kind == EntityType::Person {
        name.range.start += title;
        name.span.start = doc.span(&name.range).start;
        name.ground = Ground::Cue;
        return Some(name);
    }
    let last = doc.word(name.range.end - 1);
    if name.range.len() > 1 {
        if let Some(kind) = cues.last_word(last) {
            // A person may be called Church; a company is not called Ms.
            let person =
                name.kind == EntityType::Person && cues.title_before(doc, name.range.start) > 0;
            let same = name.kind == kind
                || matches!(
                    (name.kind, kind),
                    (EntityType::Org, EntityType::Place | EntityType::Facility)
                );
            if !person && !same {
                name.kind = kind;
                name.ground = Ground::Cue;
                return Some(name);
            }
            return None;
        }
    }
    if cues.title_before(doc, name.range.start) > 0
        && name.range.len() <= 4
        && matches!(name.kind, EntityType::Org | EntityType::Place | EntityType::Other)
    {
        // "President Marrow said", but "Justice Department" was met above, and "the Interior Ministry" has no title.
        if doc.before(name.range.start).chars().next().is_some_and(char::is_uppercase) {
            name.kind = EntityType::Person;
            name.ground = Ground::Cue;
            return Some(name);
        }
    }
    let after = doc.after(name.range.end);
    if let Some(kind) = cues.word_after(after) {
        let fits = match kind {
            EntityType::Place => name.kind != EntityType::Place && name.kind != EntityType::Group,
            EntityType::Org => {
                name.kind == EntityType::Person
                    && matches!(
                        after,
                        "militia" | "brigade" | "newspaper" | "group" | "movement" | "party"
                    )
            }
            _ => false,
        };
        if fits {
            name.kind = kind;
            name.ground = Ground::Cue;
            return Some(name);
        }
    }

    None
}

/// The type that the plural head of a list gives to the names in it: "A, B, and C militias".
pub(super) fn put_listed(doc: &Doc<'_>, board: &mut Board) {
    for (index, token) in doc.tokens.iter().enumerate() {
        let kind = match token.lemma.as_str() {
            "militia" | "brigade" | "faction" | "party" | "newspaper" | "company" | "agency"
            | "ministry" => EntityType::Org,
            "village" | "town" | "city" | "province" | "district" | "neighborhood"
            | "neighbourhood" | "governorate" => EntityType::Place,
            _ => continue,
        };
        if token.tag != "NNS" {
            continue;
        }
        // "neighborhoods ... included X, Y, and Z" is the parser's to see; here only what stands right before.
        let mut at = index;
        let mut names = Vec::new();
        while at > 0 && doc.sentence[at - 1] == doc.sentence[index] {
            let word = doc.word(at - 1);
            if let Some(name) = board.at(at - 1) {
                at = name.range.start;
                if name.kind != EntityType::Group {
                    names.push(name.range.start);
                }
            } else if matches!(word, "," | "and" | "or" | "&") {
                at -= 1;
            } else {
                break;
            }
        }
        for start in names {
            if let Some(name) = board.at_mut(start) {
                if name.ground < Ground::Table
                    && (name.kind == EntityType::Person || kind == EntityType::Place)
                {
                    name.kind = kind;
                    name.ground = Ground::Cue;
                }
            }
        }
    }
}
