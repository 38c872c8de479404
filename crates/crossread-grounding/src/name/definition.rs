//! What the text says of its own names: "Popular Mobilization Forces (PMF)", "Daesh (ISIL, IS, ISIS)", "Hashid Shaabi or
//! Popular Mobilization Forces", "also known as", "Daesh is an Arabic acronym for Islamic State".

use std::ops::Range;

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

/// What is said right after a name: "or Y", ", also known as Y", "is an Arabic acronym for Y".
fn said_after(doc: &Doc<'_>, board: &mut Board, name: &Name, found: &mut Vec<Definition>) {
    let Some(here) = doc.sentence.get(name.range.start) else { return };
    let sentence =
        doc.sentences.get(*here as usize).map_or(name.range.end, |sentence| sentence.end);
    let words: Vec<&str> =
        (name.range.end..(name.range.end + 10).min(sentence)).map(|i| doc.word(i)).collect();
    let skip = |known: &[&str]| words.starts_with(known).then_some(known.len());
    let ways: [&[&str]; 14] = [
        &["also", "known", "as"],
        &[",", "also", "known", "as"],
        &["known", "as"],
        &[",", "known", "as"],
        &["(", "also", "known", "as"],
        &[",", "also", "called"],
        &["also", "called"],
        &[",", "better", "known", "as"],
        &[",", "formerly", "known", "as"],
        &["is", "an", "Arabic", "acronym", "for"],
        &["is", "the", "Arabic", "acronym", "for"],
        &["is", "an", "acronym", "for"],
        &["stands", "for"],
        &["is", "another", "name", "for"],
    ];
    let by_words = ways.iter().find_map(|way| skip(way));
    // "Hashid Shaabi or Popular Mobilization Forces (PMF), a coalition": an `or` between two names of organisations of which one is
    // defined, or a slash.
    let joined = match words.first() {
        Some(&("or" | "/")) => Some(1),
        Some(&",") if words.get(1) == Some(&"or") => Some(2),
        _ => None,
    };
    let Some(skipped) = by_words.or(joined) else { return };
    let mut start = name.range.end + skipped;
    while matches!(doc.word(start), "the" | "“" | "\"" | "‘" | "its" | "Arabic" | "acronym") {
        start += 1;
    }
    let Some(other) = board.at(start).filter(|other| other.range.start == start).cloned() else {
        return;
    };
    let defined =
        |range: &Range<usize>| found.iter().any(|known| known.a == *range || known.b == *range);
    let sure = by_words.is_some()
        || (name.actor.is_some() && name.actor == other.actor)
        || (words.first() == Some(&"or")
            && name.kind == EntityType::Org
            && other.kind == EntityType::Org
            && defined(&other.range));
    if !sure || name.range == other.range {
        return;
    }
    // Where one is known firmly, the other is of its kind.
    let (weak, strong) = if name.ground >= other.ground { (&other, name) } else { (name, &other) };
    if strong.ground >= Ground::Table
        && weak.ground < Ground::Table
        && let Some(weak) = board.at_mut(weak.range.start)
    {
        weak.kind = strong.kind;
        weak.ground = Ground::Defined;
    }
    found.push(Definition { a: name.range.clone(), b: other.range.clone() });
}
