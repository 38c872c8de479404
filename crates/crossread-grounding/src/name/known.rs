//! Names that tables have: actors by any of their names, peoples and faiths, and what the people of a country are called.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crossread_record::EntityType;

use super::doc::Doc;
use super::{Board, Ground, Name};
use crate::actor::table::{ActorTable, Hold};
use crate::fold;

/// Longer names than this are met in no table.
const LONGEST: usize = 12;

/// What people of a place are called, by folded word: the place as `data/place/demonyms.tsv` has it.
pub(crate) struct Demonyms(BTreeMap<String, &'static str>);

impl Demonyms {
    pub(crate) fn embedded() -> &'static Self {
        static IT: OnceLock<Demonyms> = OnceLock::new();
        IT.get_or_init(|| {
            let mut words = BTreeMap::new();
            for line in lines(include_str!("../../data/place/demonyms.tsv")) {
                let Some((place, forms)) = line.split_once('\t') else { continue };
                for form in forms.split('|') {
                    let key = fold::fold(form);
                    words.entry(format!("{key}s")).or_insert(place);
                    words.insert(key, place);
                }
            }
            Self(words)
        })
    }

    /// The place, as an ISO code, a division's GeoNames code or a region's name.
    pub(crate) fn place(&self, folded: &str) -> Option<&'static str> {
        self.0.get(folded).copied()
    }

    /// In tokens: "South Korean", "Neo-Fascists".
    pub(crate) fn longest() -> usize {
        3
    }
}

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

/// Whether a folded word means people by descent, faith or conviction.
pub(crate) fn is_people(folded: &str) -> bool {
    static IT: OnceLock<BTreeSet<String>> = OnceLock::new();
    let words = IT.get_or_init(|| {
        let mut words = BTreeSet::new();
        for form in
            lines(include_str!("../../data/name/groups.tsv")).flat_map(|line| line.split('|'))
        {
            let key = fold::fold(form);
            words.insert(format!("{key}s"));
            words.insert(key);
        }
        words
    });
    words.contains(folded)
}

pub(super) fn put(doc: &Doc<'_>, actors: &ActorTable, board: &mut Board) {
    put_groups(doc, board);
    let matches = matches(doc, actors);
    let firm: BTreeSet<&str> =
        matches.iter().filter(|found| found.hold == Hold::Firm).map(|found| found.id).collect();
    for Match { range, id, kind, hold } in &matches {
        if *hold == Hold::Weak && !firm.contains(id) {
            continue;
        }
        // A longer name that begins or goes on with other capitals is another thing: "UN Security Council", "Marrow Red Cross".
        if let Some(old) = board.at(range.start).or_else(|| board.at(range.end - 1)) {
            let beyond = |index: usize| !range.contains(&index) && doc.capital(index);
            let longer = old.range.start <= range.start && old.range.end >= range.end;
            if longer
                && old.kind != EntityType::Person
                && old.range.clone().any(beyond)
                && range.len() <= 2
            {
                continue;
            }
        }
        board.put(Name {
            range: range.clone(),
            span: doc.span(range),
            kind: *kind,
            ground: Ground::Table,
            actor: Some((*id).to_owned()),
        });
    }
}

struct Match<'t> {
    range: std::ops::Range<usize>,
    id: &'t str,
    kind: EntityType,
    hold: Hold,
}

/// The names of the actor tables that stand in the text, the longest at each word.
fn matches<'t>(doc: &Doc<'_>, actors: &'t ActorTable) -> Vec<Match<'t>> {
    let mut found: Vec<Match<'t>> = Vec::new();
    let mut at = 0;
    while at < doc.tokens.len() {
        // A name of three words is itself in lower case too: "popular mobilization units".
        let small = !doc.name_like(at);
        if doc.is_the(at) || small && !actors.starts_long(doc.word(at)) {
            at += 1;
            continue;
        }
        let mut best = None;
        for end in (at + 1..=(at + LONGEST).min(doc.tokens.len())).rev() {
            if doc.sentence[end - 1] != doc.sentence[at] {
                continue;
            }
            let range = at..end;
            let words = doc.words(&range);
            if words.len() > fold::LONGEST
                || !words.ends_with(char::is_alphanumeric)
                || words.contains(['/', '(', ','])
            {
                continue;
            }
            let key = fold::fold(words);
            let hit = actors.find(&key).or_else(|| {
                let long = key.len() >= 10 && doc.capital(end - 1);
                actors.find_loosely(&key).filter(|_| long).map(|actor| (actor, Hold::Firm))
            });
            let Some((actor, hold)) = hit else { continue };
            if small && (hold == Hold::Weak || key.split(' ').count() < 3) {
                continue;
            }
            // An acronym is written as one: "who" and "eta" are words.
            let acronym = !key.contains(' ') && key.len() <= 5 && actors.find(&key).is_some();
            let capitals = words.chars().filter(|c| c.is_uppercase()).count();
            if acronym && hold == Hold::Weak && capitals < 2 {
                continue;
            }
            best = Some(Match { range, id: &actor.id, kind: actor.kind, hold });
            break;
        }
        match best {
            Some(hit) => {
                at = hit.range.end;
                found.push(hit);
            }
            None => at += 1,
        }
    }
    found
}

/// Nationalities, peoples, faiths: one word, or two ("South Korean", "Sunni Arab").
fn put_groups(doc: &Doc<'_>, board: &mut Board) {
    let demonyms = Demonyms::embedded();
    let is_group = |folded: &str| demonyms.place(folded).is_some() || is_people(folded);
    let mut at = 0;
    while at < doc.tokens.len() {
        let mut end = at + 1;
        if doc.capital(at) && !doc.is_the(at) {
            for longer in (at + 1..=(at + Demonyms::longest()).min(doc.tokens.len())).rev() {
                let range = at..longer;
                if doc.sentence[longer - 1] != doc.sentence[at] || !doc.capital(longer - 1) {
                    continue;
                }
                let words = doc.words(&range);
                let key = fold::fold(words);
                let two = range.len() == 2
                    && is_people(&doc.folded(&(at..at + 1)))
                    && is_people(&doc.folded(&(at + 1..at + 2)));
                if !(is_group(&key) || two) {
                    continue;
                }
                let inside = board.at(at).is_some_and(|old| {
                    old.range.len() > range.len()
                        && old.range.clone().filter(|&i| doc.capital(i)).count() > range.len()
                });
                let hyphen_name = doc.after(longer) == "-" && doc.capital(longer + 1);
                if !inside && !hyphen_name {
                    let span = doc.span(&range);
                    let language = doc.before(at) == "in"
                        && !matches!(doc.tokens[at].tag.as_str(), "JJ" | "NNPS");
                    if !language {
                        board.put(Name {
                            range,
                            span,
                            kind: EntityType::Group,
                            ground: Ground::Gazetteer,
                            actor: None,
                        });
                    }
                }
                end = longer;
                break;
            }
        }
        at = end;
    }
}
