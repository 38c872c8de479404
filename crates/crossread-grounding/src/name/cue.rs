//! What the words of a name, and those beside it, say it is a name of.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crossread_record::EntityType;

use super::doc::Doc;
use super::{Board, Ground, Name};
use crate::fold;

/// The word lists of `data/name/cues.tsv`.
pub(super) struct Cues {
    last: BTreeMap<&'static str, EntityType>,
    after: BTreeMap<&'static str, EntityType>,
    /// What people alone are said to be: "butcher".
    people: BTreeSet<&'static str>,
    titles: Vec<Vec<&'static str>>,
}

impl Cues {
    pub(super) fn embedded() -> &'static Self {
        static IT: OnceLock<Cues> = OnceLock::new();
        IT.get_or_init(|| {
            let mut cues = Self {
                last: BTreeMap::new(),
                after: BTreeMap::new(),
                people: BTreeSet::new(),
                titles: Vec::new(),
            };
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
                if side == "is" {
                    cues.people.extend(words.split('|'));
                    continue;
                }
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
        if is_no_name(doc, cues, &name) {
            board.remove_at(name.range.start);
        }
    }
    put_before_kind_words(doc, cues, board);
    put_after_kind_words(doc, board);
    put_within(doc, board);
    for name in board.all() {
        if let Some(changed) = judged(doc, cues, &name) {
            board.remove_at(name.range.start);
            board.put(changed);
        }
    }
}

/// Whether the words are a title ("Mullah", the "Defense" of "Secretary of Defense") or a plural in a heading ("Militias").
fn is_no_name(doc: &Doc<'_>, cues: &Cues, name: &Name) -> bool {
    let length = name.range.len();
    if cues.title_before(doc, name.range.end) >= length.max(2) {
        return true;
    }
    let (word, tag) = (doc.word(name.range.start), doc.tokens[name.range.start].tag.as_str());
    let alone = length == 1 && name.kind != EntityType::Place;
    let title = alone && word.len() > 3 && cues.titles.iter().any(|title| *title == [word]);
    let plural = alone
        && matches!(tag, "NNS" | "NNPS")
        && word.ends_with('s')
        && cues.last_word(word).is_some();
    title || plural
}

/// The capitalised words that end at `end`; empty where there are none.
fn run_before(doc: &Doc<'_>, end: usize) -> std::ops::Range<usize> {
    let mut start = end;
    while start > 0 && doc.sentence[start - 1] == doc.sentence[end - 1] && end - start < 5 {
        let part = doc.capital(start - 1) && doc.tokens[start - 1].tag.starts_with("NN");
        let joint = start < end && matches!(doc.word(start - 1), "-" | "al" | "el");
        if !part && !joint {
            break;
        }
        start -= 1;
    }
    while start < end && !doc.name_like(start) {
        start += 1;
    }
    start..end
}

/// The words in quotation marks that end at `end`, where all have capitals.
fn quoted_before(doc: &Doc<'_>, end: usize) -> std::ops::Range<usize> {
    let open = (end.saturating_sub(5)..end)
        .rev()
        .find(|&at| matches!(doc.word(at), "\u{201c}" | "\"" | "\u{2018}" | "'" | "``"));
    match open {
        Some(open) if (open + 1..end).all(|at| doc.name_like(at) || doc.word(at) == "-") => {
            open + 1..end
        }
        _ => end..end,
    }
}

/// "Anbar province", "the \u{201c}Sayyed\u{201d} region": what stands before a word for a kind of place is one's name.
fn put_before_kind_words(doc: &Doc<'_>, cues: &Cues, board: &mut Board) {
    for index in 1..doc.tokens.len() {
        let kind = match cues.word_after(doc.word(index)) {
            Some(kind @ (EntityType::Place | EntityType::Facility))
                if doc.word(index) != "border" =>
            {
                kind
            }
            _ => continue,
        };
        let quoted =
            usize::from(matches!(doc.word(index - 1), "\u{201d}" | "\"" | "\u{2019}") && index > 1);
        let end = index - quoted;
        if end == 0
            || doc.sentence[end - 1] != doc.sentence[index]
            || board.at(end - 1).is_some_and(|name| name.kind == EntityType::Group)
        {
            continue;
        }
        let mut range = if quoted > 0 { quoted_before(doc, end) } else { run_before(doc, end) };
        if range.is_empty()
            || quoted == 0 && doc.starts_sentence(range.start) && board.at(range.start).is_none()
            || super::place_name::is_direction(doc.word(range.start))
        {
            continue;
        }
        if kind == EntityType::Facility {
            range.end = index + 1;
        }
        let span = doc.span(&range);
        board.put(Name { span, range, kind, ground: Ground::Cue, actor: None });
    }
}

const PLACE_NOUNS: [&str; 13] = [
    "village",
    "town",
    "city",
    "province",
    "district",
    "neighborhood",
    "neighbourhood",
    "governorate",
    "county",
    "region",
    "suburb",
    "area",
    "capital",
];

/// "The neighborhoods included A, B, and C", "one of the first villages was A": what a word for places is said to be.
fn put_after_kind_words(doc: &Doc<'_>, board: &mut Board) {
    for (index, token) in doc.tokens.iter().enumerate() {
        if !matches!(token.lemma.as_str(), "include" | "be" | "comprise")
            || !matches!(token.pos.as_str(), "VERB" | "AUX")
        {
            continue;
        }
        let Some(sentence) = doc.sentences.get(doc.sentence[index] as usize) else { continue };
        // The subject, or what it is one of.
        let subject = doc.tokens[sentence.start..index].iter().any(|word| {
            let holder = doc.tokens.get(word.head as usize);
            PLACE_NOUNS.contains(&word.lemma.as_str())
                && (word.dep == "nsubj" && word.head as usize == index
                    || word.dep == "pobj"
                        && holder
                            .and_then(|of| doc.tokens.get(of.head as usize))
                            .is_some_and(|one| one.dep == "nsubj" && one.head as usize == index))
        });
        if !subject {
            continue;
        }
        let mut at = index + 1;
        while at < sentence.end {
            let mut end = at;
            while end < sentence.end
                && (doc.name_like(end)
                    || end > at && matches!(doc.word(end), "-") && doc.capital(end + 1))
            {
                // An article takes its hyphen and its word along.
                end += if fold::is_article(doc.word(end)) { 3 } else { 1 };
            }
            let end = end.min(sentence.end);
            if end > at {
                let range = at..end;
                board.put(Name {
                    span: doc.span(&range),
                    range,
                    kind: EntityType::Place,
                    ground: Ground::Cue,
                    actor: None,
                });
                at = end;
            } else if matches!(doc.word(at), "," | "and" | "or" | "the") {
                at += 1;
            } else {
                break;
            }
        }
    }
}

/// "in Ebnaweyli, northern Marrow": what lies in a part of a place is a place.
fn put_within(doc: &Doc<'_>, board: &mut Board) {
    for comma in (1..doc.tokens.len()).filter(|&at| doc.word(at) == ",") {
        let part = comma + 1;
        let place_at = |at: usize| {
            doc.sentence.get(at) == doc.sentence.get(comma)
                && board.at(at).is_some_and(|place| place.kind == EntityType::Place)
        };
        let side = super::place_name::is_direction(doc.word(part)) || doc.word(part) == "central";
        if !side || !(place_at(part + 1) || place_at(part)) {
            continue;
        }
        let old = board.at(comma - 1);
        if old.is_some_and(|old| {
            old.ground > Ground::Gazetteer
                || !matches!(old.kind, EntityType::Org | EntityType::Other | EntityType::Person)
        }) {
            continue;
        }
        let range = old.map_or_else(|| run_before(doc, comma), |old| old.range.clone());
        let led = matches!(doc.before(range.start), "in" | "In" | "at" | "near" | "Near");
        if led && !range.is_empty() {
            let span = doc.span(&range);
            let kind = EntityType::Place;
            board.put(Name { span, range, kind, ground: Ground::Cue, actor: None });
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
    if name.range.len() > 1
        && let Some(kind) = cues.last_word(last)
    {
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
    if matches!(name.kind, EntityType::Org | EntityType::Other)
        && is_somebody(doc, cues, name.range.end)
    {
        name.kind = EntityType::Person;
        name.ground = Ground::Cue;
        return Some(name);
    }
    None
}

/// "is a butcher", "was the first teacher": what is said at `at` of a person alone.
fn is_somebody(doc: &Doc<'_>, cues: &Cues, at: usize) -> bool {
    let be = matches!(doc.after(at), "is" | "was");
    if !be || !matches!(doc.after(at + 1), "a" | "an" | "the") {
        return false;
    }
    // The noun, past adjectives.
    let noun = (at + 2..at + 5).find(|&next| {
        let tag = doc.tokens.get(next).map_or("", |token| token.tag.as_str());
        doc.after(next).is_empty() || tag.starts_with("NN")
    });
    noun.is_some_and(|noun| {
        let compound = doc.tokens.get(noun + 1).is_some_and(|next| next.tag.starts_with("NN"));
        !compound && cues.people.contains(doc.after(noun))
    })
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
            if let Some(name) = board.at_mut(start)
                && name.ground < Ground::Table
                && (name.kind == EntityType::Person || kind == EntityType::Place)
            {
                name.kind = kind;
                name.ground = Ground::Cue;
            }
        }
    }
}
