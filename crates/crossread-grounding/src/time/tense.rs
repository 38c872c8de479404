//! Whether a time lies before or after the day of publication, by the verb it hangs on.

use crossread_record::Parsed;

use crate::words::{Stretch, token_at, upwards};

/// Where the clause puts its event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
}

/// Participles and adjectives that look forward: "is expected to", "due in".
const FORWARD: &[&str] = &[
    "expect", "schedule", "plan", "due", "slate", "set", "intend", "hope", "aim", "begin", "plan",
    "upcoming",
];

/// The tense at the words from `at` to before `end`; `None` where nothing tells.
pub(super) fn tense(words: &Stretch, parsed: &Parsed, at: usize, end: usize) -> Option<Tense> {
    let offset = words.word(at)?.span.start;
    // "Wednesday's ruling" has been given, whatever is to be done about it.
    if words.glued_mark(end, '\'') && words.is(end + 1, "s") {
        return Some(Tense::Past);
    }
    match token_at(parsed, offset) {
        Some(token) => by_parse(parsed, token),
        None => by_words(words, at),
    }
}

fn by_parse(parsed: &Parsed, token: usize) -> Option<Tense> {
    let verb_at = crate::words::climb(parsed, token).find(|&at| {
        let tag = parsed.tokens[at].tag.as_str();
        tag.starts_with("VB") || tag == "MD"
    })?;
    let verb = &parsed.tokens[verb_at];
    // The auxiliaries stand before their verb, a few words away.
    let auxiliaries = (verb_at.saturating_sub(8)..verb_at).filter(|&at| {
        parsed.tokens[at].head as usize == verb_at && parsed.tokens[at].dep.starts_with("aux")
    });
    let mut future = false;
    let mut past = false;
    for at in auxiliaries {
        let auxiliary = &parsed.tokens[at];
        match auxiliary.lemma.as_str() {
            "will" | "shall" | "'ll" | "wo" => future = true,
            "may" | "can" | "must" | "should" if auxiliary.tag == "MD" => future = true,
            "to" => future = true,
            "have" => past = true,
            _ => past |= auxiliary.tag == "VBD",
        }
    }
    if past && !future {
        return Some(Tense::Past);
    }
    if future {
        // "was scheduled to", "failed to": the verb above tells how far the infinitive reaches.
        let above =
            upwards(parsed, verb_at).nth(1).map(|head| (head.tag.as_str(), head.lemma.as_str()));
        return match above {
            Some(("VBD", lemma)) if !FORWARD.contains(&lemma) && !has_modal(parsed, verb_at) => {
                None
            }
            _ => Some(Tense::Future),
        };
    }
    match verb.tag.as_str() {
        "VBD" => Some(Tense::Past),
        "VBN" => {
            Some(if FORWARD.contains(&verb.lemma.as_str()) { Tense::Future } else { Tense::Past })
        }
        "VBZ" | "VBP" if FORWARD.contains(&verb.lemma.as_str()) => Some(Tense::Future),
        "MD" => Some(Tense::Future),
        _ => None,
    }
}

fn has_modal(parsed: &Parsed, verb: usize) -> bool {
    (verb.saturating_sub(8)..verb)
        .any(|at| parsed.tokens[at].tag == "MD" && parsed.tokens[at].head as usize == verb)
}

/// Without a parse: the nearest word before that marks a tense.
fn by_words(words: &Stretch, at: usize) -> Option<Tense> {
    (at.saturating_sub(12)..at).rev().find_map(|near| match words.lower(near) {
        "will" | "shall" | "ll" | "scheduled" | "expected" | "due" | "plans" | "would" => {
            Some(Tense::Future)
        }
        "was" | "were" | "said" | "had" | "has" | "told" | "killed" => Some(Tense::Past),
        word if word.len() > 4 && word.ends_with("ed") => Some(Tense::Past),
        _ => None,
    })
}
