//! A second reading of the parser's name tags: an averaged perceptron (Collins 2002) over the parser's own tags, the
//! words, what the tables and the gazetteer have, and what the rest of the report calls the same word.
//!
//! `cargo dev train names` trains it; `data/name/tagger.bin` holds its weights. All sums are integers, so it gives the
//! same answer on every machine. It tags from left to right, each token once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crossread_record::EntityType;

use super::cue::Cues;
use super::doc::Doc;
use super::known::{self, Demonyms};
use crate::actor::table::ActorTable;
use crate::fold;
use crate::place::gazetteer::{Class, Gazetteer};

/// The kinds of names, in the order of the tags.
const KINDS: [EntityType; 6] = [
    EntityType::Person,
    EntityType::Org,
    EntityType::Group,
    EntityType::Place,
    EntityType::Facility,
    EntityType::Other,
];

/// Outside; then for each kind, begin and inside.
pub(crate) const TAGS: usize = 13;

/// The tag of a token that begins, or goes on with, a name.
pub(crate) fn tag_of(kind: EntityType, begins: bool) -> usize {
    let index = KINDS.iter().position(|&known| known == kind).unwrap_or(5);
    1 + index * 2 + usize::from(!begins)
}

/// The kind a tag stands for, and whether it begins a name.
pub(crate) fn kind_of(tag: usize) -> Option<(EntityType, bool)> {
    let index = tag.checked_sub(1)?;
    Some((*KINDS.get(index / 2)?, index % 2 == 0))
}

/// Whether a tag may follow another.
pub(crate) fn may_follow(tag: usize, before: usize) -> bool {
    match kind_of(tag) {
        Some((kind, false)) => kind_of(before).is_some_and(|(other, _)| other == kind),
        _ => true,
    }
}

/// Weights by feature.
pub(crate) struct Weights {
    /// Sorted feature hashes.
    features: Vec<u32>,
    /// Rows of [`TAGS`] weights, in the order of `features`.
    weights: Vec<i16>,
}

impl Weights {
    /// The weights the program carries.
    pub(crate) fn embedded() -> &'static Self {
        static IT: OnceLock<Weights> = OnceLock::new();
        IT.get_or_init(|| Self::read(include_bytes!("../../data/name/tagger.bin")))
    }

    /// Little-endian: the number of features (`u32`); the features (`u32` each, ascending); 13 weights (`i16`) each. Anything
    /// else reads as no weights, with which the parser's tags stand.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let none = Self { features: Vec::new(), weights: Vec::new() };
        let Some((count, rest)) = bytes.split_first_chunk::<4>() else { return none };
        let count = u32::from_le_bytes(*count) as usize;
        if rest.len() != count * (4 + 2 * TAGS) {
            return none;
        }
        let (features, weights) = rest.split_at(count * 4);
        Self {
            features: features
                .chunks_exact(4)
                .map(|c| u32::from_le_bytes([c[0], c[1], c[2], c[3]]))
                .collect(),
            weights: weights.chunks_exact(2).map(|c| i16::from_le_bytes([c[0], c[1]])).collect(),
        }
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.features.is_empty()
    }

    fn row(&self, feature: u32) -> Option<&[i16]> {
        let at = self.features.binary_search(&feature).ok()?;
        self.weights.get(at * TAGS..(at + 1) * TAGS)
    }
}

/// The tags of a report's tokens.
pub(crate) fn tag(
    doc: &Doc<'_>,
    actors: &ActorTable,
    gazetteer: &Gazetteer<'_>,
    weights: &Weights,
) -> Vec<usize> {
    let view = View::new(doc, actors, gazetteer);
    let mut tags = Vec::with_capacity(doc.tokens.len());
    let mut features = Vec::new();
    for index in 0..doc.tokens.len() {
        let before = previous(doc, &tags, index);
        features.clear();
        view.features(index, before, &mut features);
        let mut scores = [0i32; TAGS];
        for row in features.iter().filter_map(|&feature| weights.row(feature)) {
            for (score, &weight) in scores.iter_mut().zip(row) {
                *score += i32::from(weight);
            }
        }
        tags.push(best(&scores, before));
    }
    tags
}

/// The tag before, within the sentence.
pub(crate) fn previous(doc: &Doc<'_>, tags: &[usize], index: usize) -> usize {
    match index.checked_sub(1) {
        Some(before) if doc.sentence[before] == doc.sentence[index] => tags[before],
        _ => 0,
    }
}

fn best(scores: &[i32; TAGS], before: usize) -> usize {
    let mut best = 0;
    for tag in 1..TAGS {
        if may_follow(tag, before) && scores[tag] > scores[best] {
            best = tag;
        }
    }
    best
}

/// What is known of each token before tagging.
pub(crate) struct View<'a> {
    doc: &'a Doc<'a>,
    words: Vec<String>,
    shapes: Vec<String>,
    /// By token: what the gazetteer, the actor tables and the lists say of it.
    marks: Vec<Vec<&'static str>>,
    /// By lower-case word: the parser's tags of it in the report.
    tallies: BTreeMap<String, BTreeMap<&'a str, u32>>,
    /// Words that stand in lower case somewhere in the report.
    lower: BTreeSet<String>,
    /// By token: the run of capitalised words it is in.
    runs: Vec<(usize, usize)>,
}

impl<'a> View<'a> {
    pub(crate) fn new(doc: &'a Doc<'a>, actors: &ActorTable, gazetteer: &Gazetteer<'_>) -> Self {
        let count = doc.tokens.len();
        let words: Vec<String> = (0..count).map(|i| clip(doc.word(i)).to_lowercase()).collect();
        let shapes = (0..count).map(|i| shape(clip(doc.word(i)))).collect();
        let mut tallies: BTreeMap<String, BTreeMap<&'a str, u32>> = BTreeMap::new();
        let mut lower = BTreeSet::new();
        for (index, word) in words.iter().enumerate() {
            if doc.capital(index) {
                let label = doc.tokens[index].ent.split_once('-').map_or("O", |(_, label)| label);
                *tallies.entry(word.clone()).or_default().entry(label).or_default() += 1;
            } else if word.len() > 2 {
                lower.insert(word.clone());
            }
        }
        let mut runs = vec![(0, 0); count];
        let mut at = 0;
        while at < count {
            let mut end = at;
            while end < count && doc.sentence[end] == doc.sentence[at] && doc.capital(end) {
                end += 1;
            }
            runs[at..end].fill((at, end));
            at = end.max(at + 1);
        }
        let mut view =
            Self { doc, words, shapes, marks: vec![Vec::new(); count], tallies, lower, runs };
        view.mark(actors, gazetteer);
        view
    }

    fn mark(&mut self, actors: &ActorTable, gazetteer: &Gazetteer<'_>) {
        let cues = Cues::embedded();
        let demonyms = Demonyms::embedded();
        let doc = self.doc;
        for at in 0..doc.tokens.len() {
            if !doc.name_like(at) {
                continue;
            }
            let word = &self.words[at];
            if first_names().contains(word.as_str()) {
                self.marks[at].push("first");
            }
            if last_names().contains(word.as_str()) {
                self.marks[at].push("last");
            }
            let key = fold::fold(clip(doc.word(at)));
            if demonyms.place(&key).is_some() {
                self.marks[at].push("demonym");
            }
            if known::is_people(&key) {
                self.marks[at].push("people");
            }
            if cues.title_before(doc, at) > 0 {
                self.marks[at].push("titled");
            }
            let mut place = false;
            let mut actor = false;
            for end in (at + 1..=(at + 6).min(doc.tokens.len())).rev() {
                if doc.sentence[end - 1] != doc.sentence[at]
                    || !doc.capital(end - 1)
                    || (place && actor)
                {
                    continue;
                }
                let key = doc.folded(&(at..end));
                if key.len() < 2 {
                    continue;
                }
                if !actor && let Some((found, _)) = actors.find(&key) {
                    actor = true;
                    let mark = if found.kind == EntityType::Org {
                        ["actor B", "actor I"]
                    } else {
                        ["group B", "group I"]
                    };
                    self.cover(at, end, mark);
                }
                if !place && gazetteer.has(&key) {
                    place = true;
                    let size = gazetteer
                        .readings(&key)
                        .iter()
                        .map(|reading| match gazetteer.class(reading.place) {
                            Class::Country => 40,
                            Class::Division | Class::Region | Class::Water | Class::Land => 30,
                            _ => gazetteer.population_log2(reading.place) as i32,
                        })
                        .max()
                        .unwrap_or(0);
                    let mark = match size {
                        40.. => ["country B", "country I"],
                        30.. => ["region B", "region I"],
                        19.. => ["city B", "city I"],
                        16.. => ["town B", "town I"],
                        13.. => ["village B", "village I"],
                        _ => ["hamlet B", "hamlet I"],
                    };
                    self.cover(at, end, mark);
                    if end - at > 1 {
                        self.cover(at, end, ["long place", "long place"]);
                    }
                }
            }
        }
    }

    fn cover(&mut self, start: usize, end: usize, [first, rest]: [&'static str; 2]) {
        for index in start..end {
            self.marks[index].push(if index == start { first } else { rest });
        }
    }

    /// The features of a token after a tag, hashed.
    pub(crate) fn features(&self, index: usize, before: usize, out: &mut Vec<u32>) {
        let doc = self.doc;
        let same = |other: usize| doc.sentence.get(other) == doc.sentence.get(index);
        let at = |offset: isize| {
            index
                .checked_add_signed(offset)
                .filter(|&other| same(other) && other < self.words.len())
        };
        let word = |offset: isize| at(offset).map_or("", |i| self.words[i].as_str());
        let shape = |offset: isize| at(offset).map_or("", |i| self.shapes[i].as_str());
        let ent = |offset: isize| at(offset).map_or("", |i| doc.tokens[i].ent.as_str());
        let tag = |offset: isize| at(offset).map_or("", |i| doc.tokens[i].tag.as_str());
        let (w, s, e, t) = (word(0), shape(0), ent(0), tag(0));
        let b = BEFORE[before.min(TAGS - 1)];
        let mut add = |name: &str, values: &[&str]| out.push(hash(name, values));
        add("", &[]);
        add("w", &[w]);
        add("w-1", &[word(-1)]);
        add("w+1", &[word(1)]);
        add("w-2", &[word(-2)]);
        add("w+2", &[word(2)]);
        add("w-1w", &[word(-1), w]);
        add("ww+1", &[w, word(1)]);
        add("s", &[s]);
        add("sss", &[shape(-1), s, shape(1)]);
        add("t", &[t]);
        add("t-1t", &[tag(-1), t]);
        add("tt+1", &[t, tag(1)]);
        add("e", &[e]);
        add("ee+1", &[e, ent(1)]);
        add("e-1e", &[ent(-1), e]);
        add("e-2..e+2", &[ent(-2), ent(-1), e, ent(1), ent(2)]);
        add("es", &[e, s]);
        add("ew", &[e, w]);
        add("et", &[e, t]);
        add("ew-1", &[e, word(-1)]);
        add("ew+1", &[e, word(1)]);
        add("b", &[b]);
        add("be", &[b, e]);
        add("bw", &[b, w]);
        add("bs", &[b, s]);
        add("bt", &[b, t]);
        add("bee+1", &[b, e, ent(1)]);
        add("bw+1", &[b, word(1)]);
        let starts = if doc.starts_sentence(index) { "1" } else { "0" };
        add("start s", &[starts, s]);
        for size in [2, 3, 4] {
            let chars: Vec<(usize, char)> = w.char_indices().collect();
            if chars.len() > size {
                add("pre", &[&w[..chars[size].0]]);
                add("suf", &[&w[chars[chars.len() - size].0..]]);
                if size == 3 {
                    add("sufe", &[&w[chars[chars.len() - size].0..], e]);
                }
            }
        }
        for mark in &self.marks[index] {
            add("m", &[mark]);
            add("me", &[mark, e]);
            add("mb", &[mark, b]);
            add("mt", &[mark, t]);
            add("mw-1", &[mark, word(-1)]);
            add("mw+1", &[mark, word(1)]);
            add("ms", &[mark, starts]);
        }
        for offset in [-1, 1] {
            if let Some(near) = at(offset) {
                let name = if offset < 0 { "m-1" } else { "m+1" };
                for mark in &self.marks[near] {
                    add(name, &[mark]);
                    add(name, &[mark, e, "e"]);
                }
            }
        }
        // What the rest of the report says of the word.
        if doc.capital(index) {
            let own = doc.tokens[index].ent.split_once('-').map_or("O", |(_, label)| label);
            let elsewhere = self.tallies.get(w).and_then(|tally| {
                tally
                    .iter()
                    .map(|(label, count)| (count - u32::from(*label == own), *label))
                    .filter(|(count, _)| *count > 0)
                    .max_by_key(|(count, label)| (*count, std::cmp::Reverse(*label)))
            });
            let (many, label) = elsewhere
                .map_or(("", ""), |(count, label)| (if count > 2 { "3" } else { "1" }, label));
            add("d", &[label]);
            add("de", &[label, e]);
            add("dmany", &[label, many]);
            let low = if self.lower.contains(w) { "1" } else { "0" };
            add("low", &[low, e, starts]);
        }
        let (start, end) = self.runs[index];
        if end > start {
            let size = ["0", "1", "2", "3", "4", "5+"][(end - start).min(5)];
            let place = ["0", "1", "2", "3+"][(index - start).min(3)];
            add("run", &[size, place]);
            add("run e", &[size, place, e]);
            add("run last", &[&self.words[end - 1]]);
            add("run last b", &[&self.words[end - 1], b]);
            let head = Cues::embedded().last_word(doc.word(end - 1));
            let head = match head {
                Some(EntityType::Org) => "org",
                Some(EntityType::Facility) => "site",
                Some(_) => "place",
                None => "",
            };
            add("head", &[head, e]);
            add("head b", &[head, b, place]);
            let after = doc.after(end).to_lowercase();
            let (before_run, after) = (
                start.checked_sub(1).filter(|&i| same(i)).map_or("", |i| self.words[i].as_str()),
                clip(&after),
            );
            add("run w-1", &[before_run]);
            add("run w+1", &[after]);
            add("run e w-1", &[before_run, e]);
            add("run e w+1", &[after, e]);
            for mark in &self.marks[start] {
                add("run m", &[mark, place]);
            }
        }
    }
}

const BEFORE: [&str; TAGS] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"];

/// FNV-1a over the name and the values; what two features share by chance costs little.
fn hash(name: &str, values: &[&str]) -> u32 {
    let mut hash = 0x811c_9dc5u32;
    let mut add = |byte: u8| hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    for text in std::iter::once(&name).chain(values) {
        text.bytes().for_each(&mut add);
        add(0x1f);
    }
    // Trained features live in 22 bits.
    (hash ^ (hash >> 22)) & 0x3f_ffff
}

/// The first 40 characters: longer words are alike.
fn clip(word: &str) -> &str {
    word.char_indices().nth(40).map_or(word, |(end, _)| &word[..end])
}

/// Letters and digits as X, x and d, runs cut at two.
fn shape(word: &str) -> String {
    let mut shape = String::new();
    let mut run = 0;
    for c in word.chars() {
        let class = match c {
            c if c.is_uppercase() => 'X',
            c if c.is_alphabetic() => 'x',
            c if c.is_numeric() => 'd',
            c => c,
        };
        run = if shape.ends_with(class) { run + 1 } else { 0 };
        if run < 2 {
            shape.push(class);
        }
    }
    shape
}

fn list(text: &'static str) -> BTreeSet<&'static str> {
    text.lines().filter(|line| !line.starts_with('#')).collect()
}

fn first_names() -> &'static BTreeSet<&'static str> {
    static IT: OnceLock<BTreeSet<&'static str>> = OnceLock::new();
    IT.get_or_init(|| list(include_str!("../../data/name/first-names.txt")))
}

/// Whether a word is in the list of first names.
pub(super) fn is_first_name(word: &str) -> bool {
    first_names().contains(clip(word).to_lowercase().as_str())
}

/// Whether a word in lower case is in the list of last names.
pub(super) fn is_last_name(word: &str) -> bool {
    last_names().contains(word)
}

fn last_names() -> &'static BTreeSet<&'static str> {
    static IT: OnceLock<BTreeSet<&'static str>> = OnceLock::new();
    IT.get_or_init(|| list(include_str!("../../data/name/last-names.txt")))
}
