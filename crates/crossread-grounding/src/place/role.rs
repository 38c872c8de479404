//! Whether something is said to happen at a place, or it is only named.

use std::ops::Range;

use crossread_record::PlaceRole;

use crate::name::doc::Doc;

/// Verbs that tell where somebody spoke, or where a text came from, and nothing of where what they tell happened.
const SPEAKING: [&str; 14] = [
    "say", "tell", "report", "announce", "claim", "add", "state", "write", "speak", "describe",
    "explain", "note", "warn", "quote",
];

/// By the syntax: a locative preposition that hangs on a verb (not one of speaking) or on a noun that hangs on one makes an
/// event's place; so does a verb that acts on a place ("retook Mosul").
pub(super) fn role(doc: &Doc<'_>, range: &Range<usize>) -> PlaceRole {
    let Some(mut at) = head_of(doc, range) else { return PlaceRole::Mentioned };
    let token = &doc.tokens[at];
    let dep = token.dep.as_str();
    let verbal = |index: usize| {
        let token = &doc.tokens[index];
        token.pos == "VERB" && !SPEAKING.contains(&token.lemma.as_str())
    };
    let up = |index: usize| (doc.tokens[index].head as usize).min(doc.tokens.len() - 1);
    if matches!(dep, "dobj" | "nsubjpass") && verbal(up(at)) {
        return PlaceRole::Event;
    }
    if dep != "pobj" {
        return PlaceRole::Mentioned;
    }
    at = up(at);
    if !matches!(
        doc.tokens[at].lemma.as_str(),
        "in" | "at"
            | "near"
            | "outside"
            | "inside"
            | "around"
            | "across"
            | "on"
            | "throughout"
            | "within"
            | "into"
            | "to"
            | "from"
            | "toward"
            | "towards"
    ) {
        return PlaceRole::Mentioned;
    }
    // Up through prepositions and nouns: "attacks in Baghdad including ... killed".
    for _ in 0..4 {
        let parent = up(at);
        if parent == at {
            break;
        }
        if verbal(parent) {
            return PlaceRole::Event;
        }
        if doc.tokens[parent].pos == "VERB" {
            return PlaceRole::Mentioned;
        }
        at = parent;
    }
    PlaceRole::Mentioned
}

/// The token of the range whose head lies outside it.
fn head_of(doc: &Doc<'_>, range: &Range<usize>) -> Option<usize> {
    range.clone().rev().find(|&index| {
        doc.tokens.get(index).is_some_and(|token| {
            !range.contains(&(token.head as usize)) || token.head as usize == index
        })
    })
}
