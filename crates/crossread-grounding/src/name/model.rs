//! The parser's own names, cut as names are cut here: without "the" before and "'s" after.

use crossread_record::EntityType;

use super::doc::Doc;
use super::{Board, Ground, Name};

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

pub(super) fn put(doc: &Doc<'_>, board: &mut Board) {
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
    mut range: std::ops::Range<usize>,
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
    board.put(Name { span, range, kind, ground, actor: None })
}
