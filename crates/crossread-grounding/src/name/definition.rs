//! What the text says of its own names: "Popular Mobilization Forces (PMF)", "Daesh (ISIL, IS, ISIS)", "Hashid Shaabi or
//! Popular Mobilization Forces", "also known as", "Daesh is an Arabic acronym for Islamic State".

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use crossread_record::EntityType;

use super::doc::Doc;
use super::{Board, Ground, Name};
use crate::actor::table::ActorTable;

/// Two stretches of text that name one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Definition {
    /// The tokens of the one.
    pub(crate) a: Range<usize>,
    /// The tokens of the other.
    pub(crate) b: Range<usize>,
}

pub(super) fn put(doc: &Doc<'_>, actors: &ActorTable, board: &mut Board) -> Vec<Definition> {
    let mut found = Vec::new();
    for open in 0..doc.tokens.len() {
        if doc.word(open) == "(" && open > 0 {
            in_brackets(doc, actors, board, open, &mut found);
        }
    }
    for name in board.all() {
        said_after(doc, board, &name, &mut found);
    }
    found.dedup();
    found
}

/// The names listed in brackets right after a name.
fn in_brackets(
    doc: &Doc<'_>,
    actors: &ActorTable,
    board: &mut Board,
    open: usize,
    found: &mut Vec<Definition>,
) {
    let Some(close) = (open + 1..(open + 14).min(doc.tokens.len())).find(|&i| doc.word(i) == ")")
    else {
        return;
    };
    if doc.sentence[close] != doc.sentence[open] {
        return;
    }
    let pieces: Vec<Range<usize>> = {
        let mut pieces = Vec::new();
        let mut start = open + 1;
        for at in open + 1..=close {
            if at == close || matches!(doc.word(at), "," | ";" | "/" | "or") {
                if start < at {
                    pieces.push(start..at);
                }
                start = at + 1;
            }
        }
        pieces
    };
    for piece in pieces {
        if piece.len() != 1 || !is_acronym(doc.word(piece.start)) {
            continue;
        }
        let acronym = doc.word(piece.start);
        let long = spelt_out(doc, open, acronym);
        let name_before = board.at(open - 1).cloned();
        let whole = match (&long, &name_before) {
            (Some(long), _) => long.clone(),
            // "Daesh (ISIL, IS, ISIS)": no initials, but one actor in the tables.
            (None, Some(name)) => {
                let key = doc.folded(&piece);
                let same = actors
                    .find(&key)
                    .is_some_and(|(actor, _)| Some(&actor.id) == name.actor.as_ref());
                if !same {
                    continue;
                }
                name.range.clone()
            }
            (None, None) => continue,
        };
        let old = board.at(whole.start).or_else(|| board.at(whole.end - 1)).cloned();
        let kind = match old.as_ref().map(|old| old.kind) {
            // People and places are not abbreviated in brackets; what has initials is an organisation.
            Some(EntityType::Other) | Some(EntityType::Facility) | Some(EntityType::Org)
                if old.as_ref().is_some_and(|old| old.range == whole) =>
            {
                old.as_ref().map_or(EntityType::Org, |old| old.kind)
            }
            Some(EntityType::Place) if old.as_ref().is_some_and(|old| old.range == whole) => {
                EntityType::Place
            }
            _ => EntityType::Org,
        };
        let actor = old.and_then(|old| old.actor);
        for range in [&whole, &piece] {
            let by_table = board
                .at(range.start)
                .filter(|old| old.range == *range)
                .and_then(|old| old.actor.clone());
            board.put(Name {
                span: doc.span(range),
                range: range.clone(),
                kind,
                ground: Ground::Defined,
                actor: by_table.or_else(|| actor.clone()),
            });
        }
        found.push(Definition { a: whole, b: piece });
    }
}

/// Two or more letters, most of them capitals.
fn is_acronym(word: &str) -> bool {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    (2..=10).contains(&letters)
        && capitals * 3 >= letters * 2
        && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '&'))
}

/// The words before an opening bracket whose initials are the acronym: small words and Arabic articles may be skipped
/// (Schwartz and Hearst 2003, by words in place of letters).
fn spelt_out(doc: &Doc<'_>, open: usize, acronym: &str) -> Option<Range<usize>> {
    let letters: Vec<char> =
        acronym.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let mut left = letters.len();
    let mut at = open;
    let mut skipped = 0;
    while left > 0 && at > 0 && doc.sentence[at - 1] == doc.sentence[open] && open - at < 16 {
        let word = doc.word(at - 1);
        let initial = word.chars().next()?.to_lowercase().next()?;
        // A small word may stand for a letter in the middle ("state-owned"), a preposition may not.
        let middle = left < letters.len()
            && left > 1
            && !matches!(word, "in" | "of" | "and" | "for" | "the" | "on" | "to");
        if initial == letters[left - 1] && (doc.capital(at - 1) || middle) {
            left -= 1;
            skipped = 0;
        } else if word.chars().any(char::is_alphabetic) {
            skipped += 1;
            if skipped > 2 || (doc.capital(at - 1) && left == letters.len()) {
                return None;
            }
        }
        at -= 1;
    }
    (left == 0 && doc.capital(at) && open - at >= 2).then_some(at..open)
}

/// The words of `data/name/naming.tsv`, each phrase as its words.
struct Naming(BTreeMap<&'static str, Vec<Vec<&'static str>>>);

impl Naming {
    fn embedded() -> &'static Self {
        static IT: OnceLock<Naming> = OnceLock::new();
        IT.get_or_init(|| {
            let mut kinds: BTreeMap<&'static str, Vec<Vec<&'static str>>> = BTreeMap::new();
            for line in include_str!("../../data/name/naming.tsv").lines() {
                if let Some((kind, phrases)) = line.split_once('\t') {
                    let phrases = phrases.split('|').map(|phrase| phrase.split(' ').collect());
                    kinds.entry(kind).or_default().extend(phrases);
                }
            }
            for phrases in kinds.values_mut() {
                phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
            }
            Self(kinds)
        })
    }

    /// Past a phrase of this kind at `at`.
    fn past(&self, kind: &str, doc: &Doc<'_>, at: usize) -> Option<usize> {
        let fits =
            |phrase: &&Vec<&str>| (at..).zip(phrase.iter()).all(|(i, &word)| doc.word(i) == word);
        self.0.get(kind)?.iter().find(fits).map(|phrase| at + phrase.len())
    }

    /// Past the words that say where those people are, up to what they call it: "everyone on the quay".
    fn past_whereabouts(&self, doc: &Doc<'_>, at: usize) -> usize {
        const LONGEST: usize = 5;
        if self.past("where", doc, at).is_none() {
            return at;
        }
        let verb = |&end: &usize| {
            self.past("verb", doc, end).or_else(|| self.past("adverb", doc, end)).is_some()
        };
        (at + 2..=at + LONGEST).find(verb).unwrap_or(at)
    }

    /// Past words that lead from a name to another name of the same thing: ", which everyone calls", "(also known as".
    fn leads(&self, doc: &Doc<'_>, end: usize) -> Option<usize> {
        let mut at = end;
        for _ in 0..3 {
            if matches!(doc.word(at), "," | "(" | ")" | "-" | "–" | "—") {
                at += 1;
            }
        }
        if let Some(after) = self.past("alone", doc, at) {
            return Some(after);
        }
        let aside = at > end;
        let relative = self.past("relative", doc, at).filter(|_| aside);
        let subject = relative.and_then(|at| self.past("subject", doc, at));
        let subject = subject.map(|at| self.past_whereabouts(doc, at));
        let mut verb = subject.or(relative).unwrap_or(at);
        if subject.is_none()
            && matches!(doc.word(verb), "is" | "was" | "are" | "were")
            && relative.is_some()
        {
            verb += 1;
        }
        for _ in 0..2 {
            verb = self.past("adverb", doc, verb).unwrap_or(verb);
        }
        if let Some(after) = self.past("as", doc, verb).filter(|&at| doc.word(at) == "as") {
            return Some(after + 1);
        }
        // "called" right after a name is a verb of the sentence: "Marrow called the mayor".
        let passive = subject.is_some()
            || matches!(
                doc.word(verb),
                "dubbed"
                    | "nicknamed"
                    | "called"
                    | "named"
                    | "termed"
                    | "styled"
                    | "abbreviated"
                    | "christened"
                    | "renamed"
            );
        let tied = aside || relative.is_some();
        self.past("verb", doc, verb).filter(|_| passive && tied)
    }
}

/// Words that are written as names are, from `start` on, within one pair of quotation marks where one opens before.
fn written_as_name(doc: &Doc<'_>, start: usize) -> Option<Range<usize>> {
    let goes_on = |at: usize| doc.sentence.get(at) == doc.sentence.get(start) && doc.name_like(at);
    let mut end = start;
    while end < start + 6 && goes_on(end) {
        end += if !doc.capital(end) && doc.word(end + 1) == "-" { 3 } else { 1 };
    }
    (end > start && end <= doc.tokens.len()).then_some(start..end)
}

/// What is said right after a name: "or Y", ", also known as Y", "is an Arabic acronym for Y", ", which everyone calls Y".
fn said_after(doc: &Doc<'_>, board: &mut Board, name: &Name, found: &mut Vec<Definition>) {
    let Some(here) = doc.sentence.get(name.range.start) else { return };
    let by_words = Naming::embedded().leads(doc, name.range.end);
    // "Hashid Shaabi or Popular Mobilization Forces (PMF), a coalition": an `or` between two names of organisations of which one is
    // defined, or a slash.
    let or = doc.word(name.range.end) == "or";
    let joined = match (doc.word(name.range.end), doc.word(name.range.end + 1)) {
        ("or" | "/", _) => Some(name.range.end + 1),
        (",", "or") => Some(name.range.end + 2),
        _ => None,
    };
    let Some(mut start) = by_words.or(joined) else { return };
    while matches!(
        doc.word(start),
        "the" | "The" | "“" | "\"" | "‘" | "'" | "``" | "its" | "simply"
    ) {
        start += 1;
    }
    if doc.sentence.get(start) != Some(here) {
        return;
    }
    let mut other = board.at(start).filter(|other| other.range.start == start).cloned();
    if other.is_none() && by_words.is_some() && name.kind != EntityType::Group {
        other = written_as_name(doc, start).map(|range| Name {
            span: doc.span(&range),
            range,
            kind: name.kind,
            ground: Ground::Model,
            actor: name.actor.clone(),
        });
    }
    let Some(other) = other else { return };
    // "called the Oars by its rivals": a label of theirs.
    let quote = usize::from(matches!(doc.word(other.range.end), "”" | "\"" | "’" | "'" | "''"));
    let by_some = doc.word(other.range.end + quote) == "by"
        && Naming::embedded().past("subject", doc, other.range.end + quote + 1).is_none();
    let defined =
        |range: &Range<usize>| found.iter().any(|known| known.a == *range || known.b == *range);
    let sure = (by_words.is_some() && !by_some)
        || (name.actor.is_some() && name.actor == other.actor)
        || (or
            && name.kind == EntityType::Org
            && other.kind == EntityType::Org
            && defined(&other.range));
    // Two actors of the tables stay two, whatever is said.
    let two = name.actor.is_some() && other.actor.is_some() && name.actor != other.actor;
    if !sure || two || name.range == other.range {
        return;
    }
    // Where one is known firmly, or has more words, the other is of its kind.
    let rank = |name: &Name| (name.ground, name.range.len());
    let (weak, strong) = if rank(name) >= rank(&other) { (&other, name) } else { (name, &other) };
    if weak.ground < Ground::Table {
        let ground = Ground::Defined;
        let actor = weak.actor.clone().or_else(|| strong.actor.clone());
        let weak = Name { kind: strong.kind, ground, actor, ..weak.clone() };
        board.put(weak);
    }
    found.push(Definition { a: name.range.clone(), b: other.range.clone() });
}
