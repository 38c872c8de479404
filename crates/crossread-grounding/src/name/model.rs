//! The parser's own names, cut as names are cut here: without "the" before and "'s" after.

use std::ops::Range;

use crossread_record::EntityType;

use super::doc::Doc;
use super::known;
use super::tagger::{self, Weights};
use super::{Board, Ground, Name};
use crate::actor::table::ActorTable;
use crate::fold;
use crate::place::gazetteer::Gazetteer;

/// OntoNotes' types, as the model has them, in the record's.
pub(super) fn kind_of(ontonotes: &str) -> Option<EntityType> {
    Some(match ontonotes {
        "PERSON" => EntityType::Person,
        "ORG" => EntityType::Org,
        "NORP" => EntityType::Group,
        "GPE" | "LOC" => EntityType::Place,
        "FAC" => EntityType::Facility,
        "PRODUCT" | "EVENT" | "WORK_OF_ART" | "LAW" => EntityType::Other,
        _ => return None,
    })
}

/// Puts the names of the second reading of the parser's tags.
pub(super) fn put(
    doc: &Doc<'_>,
    actors: &ActorTable,
    gazetteer: &Gazetteer<'_>,
    board: &mut Board,
) {
    let weights = Weights::embedded();
    if weights.is_empty() {
        put_first_reading(doc, board);
        return;
    }
    let tags = tagger::tag(doc, actors, gazetteer, weights);
    let mut at = 0;
    while at < tags.len() {
        let Some((kind, _)) = tagger::kind_of(tags[at]) else {
            at += 1;
            continue;
        };
        let mut end = at + 1;
        while end < tags.len() && tagger::kind_of(tags[end]) == Some((kind, false)) {
            end += 1;
        }
        let side = side_taken(doc, at..end);
        let people = people_before(doc, at..end, kind, gazetteer);
        // "pro-Marrow" is no people; what is left of it is found by other means.
        if side == 0 || kind != EntityType::Group {
            put_trimmed(doc, board, at + side.max(people)..end, kind, Ground::Model);
        }
        at = end;
    }
}

/// The tokens of "pro-", "anti-" and the like before a name.
fn side_taken(doc: &Doc<'_>, range: Range<usize>) -> usize {
    let prefix = matches!(doc.word(range.start), "pro" | "anti" | "non" | "ex" | "post" | "pre");
    if prefix && range.len() > 2 && doc.word(range.start + 1) == "-" { 2 } else { 0 }
}

/// The words for a people before the name of a place: "Sunni" in "Sunni Gulf", where that is no name as a whole.
fn people_before(
    doc: &Doc<'_>,
    range: Range<usize>,
    kind: EntityType,
    gazetteer: &Gazetteer<'_>,
) -> usize {
    if kind != EntityType::Place || gazetteer.has(&doc.folded(&range)) {
        return 0;
    }
    let people =
        range.clone().take_while(|&at| known::is_people(&doc.folded(&(at..at + 1)))).count();
    let rest = range.start + people..range.end;
    if people > 0 && !rest.is_empty() && gazetteer.has(&doc.folded(&rest)) { people } else { 0 }
}

fn put_first_reading(doc: &Doc<'_>, board: &mut Board) {
    let mut at = 0;
    while let Some(token) = doc.tokens.get(at) {
        let Some((_, label)) = token.ent.split_once('-') else {
            at += 1;
            continue;
        };
        let inside = |index: usize| {
            doc.tokens.get(index).is_some_and(|t| t.ent.strip_prefix("I-") == Some(label))
        };
        let mut end = at + 1;
        while inside(end) && doc.sentence[end] == doc.sentence[at] {
            end += 1;
        }
        if let Some(kind) = kind_of(label) {
            put_trimmed(doc, board, at..end, kind, Ground::Model);
        }
        at = end;
    }
}

/// Puts what is left of a range when articles, possessive marks, quotation marks and stray punctuation are cut off its ends.
pub(super) fn put_trimmed(
    doc: &Doc<'_>,
    board: &mut Board,
    mut range: Range<usize>,
    kind: EntityType,
    ground: Ground,
) -> bool {
    let edge = |word: &str| {
        matches!(
            word,
            "the"
                | "The"
                | "THE"
                | "a"
                | "A"
                | "an"
                | "this"
                | "these"
                | "some"
                | "'s"
                | "’s"
                | "'"
                | "’"
        ) || !word.chars().any(char::is_alphanumeric)
    };
    while range.len() > 1 && edge(doc.word(range.start)) {
        range.start += 1;
    }
    while range.len() > 1 && edge(doc.word(range.end - 1)) {
        range.end -= 1;
    }
    // A name has a capital, and a letter.
    if range.len() == 1 && edge(doc.word(range.start)) || !range.clone().any(|i| doc.capital(i)) {
        return false;
    }
    // An article belongs to the word after its hyphen.
    if range.len() == 1
        && fold::is_article(&doc.word(range.start).to_lowercase())
        && doc.after(range.end) == "-"
        && doc.capital(range.end + 1)
    {
        range.end = (range.end + 2).min(doc.tokens.len());
    }
    if range.start >= 2
        && doc.before(range.start) == "-"
        && fold::is_article(&doc.before(range.start - 1).to_lowercase())
    {
        range.start -= 2;
    }
    // "Al Jazeera's Hana Okoro": a person, and whose.
    if kind == EntityType::Org {
        let mark = (range.start + 1..range.end.saturating_sub(1))
            .find(|&i| matches!(doc.word(i), "'s" | "’s"));
        if let Some(mark) = mark.filter(|mark| tagger::is_first_name(doc.word(mark + 1))) {
            put_trimmed(doc, board, mark + 1..range.end, EntityType::Person, ground);
            range.end = mark;
        }
    }
    // "al-Abadi’s" comes as one token where the apostrophe is a curly one in a word the tokenizer does not split.
    let mut span = doc.span(&range);
    let words = span.text(doc.text);
    for possessive in ["'s", "’s", "s'", "s’"] {
        if let Some(rest) = words.strip_suffix(possessive) {
            let kept = rest.len() + usize::from(possessive.starts_with('s'));
            span.end = span.start + kept as u32;
            break;
        }
    }
    let stray = |c: char| matches!(c, '/' | ',' | '.' | ';' | ':' | '"' | '”' | '“');
    let words = span.text(doc.text);
    if range.len() == 1 && words.ends_with(['/', ',', ';', '”', '"']) {
        span.end -= (words.len() - words.trim_end_matches(stray).len()) as u32;
    }
    // "Mohammed Salem" and "al-Ghabban", side by side, are one person.
    if kind == EntityType::Person
        && fold::is_article(doc.word(range.start))
        && let Some(before) = range.start.checked_sub(1).and_then(|before| board.at(before))
        && before.kind == EntityType::Person
        && doc.sentence[before.range.start] == doc.sentence[range.start]
    {
        range.start = before.range.start;
        span.start = before.span.start;
    }
    board.put(Name { span, range, kind, ground, actor: None })
}
