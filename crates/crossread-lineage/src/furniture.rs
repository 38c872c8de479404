//! What stands on a page beside the story, found by its own words.
//!
//! Intake types the regions of a report, but a capture may be one line of text with menus, tip lines and comment
//! policies in it. Lineage must not take them for shared text, so it looks at every sentence again.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::text::{Line, Text};
use crate::words::{Form, Rarity, Word, data_lines, form};

/// A sentence longer than this is no caption or credit line.
const SHORT: usize = 25;

struct Phrases {
    automaton: AhoCorasick,
    /// For each phrase, whether it marks short sentences only.
    short_only: Vec<bool>,
}

static PHRASES: LazyLock<Option<Phrases>> = LazyLock::new(|| {
    let mut phrases = Vec::new();
    let mut short_only = Vec::new();
    for line in data_lines(include_str!("../data/furniture.txt")) {
        let phrase = line.strip_prefix('!');
        short_only.push(phrase.is_some());
        phrases.push(format!(" {} ", phrase.unwrap_or(line).trim()));
    }
    AhoCorasick::new(phrases).ok().map(|automaton| Phrases { automaton, short_only })
});

static RELEASES: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let phrases = data_lines(include_str!("../data/releases.txt"));
    AhoCorasick::new(phrases.map(|phrase| format!(" {phrase} "))).ok()
});

/// The words in lower case, a blank before, between and after them.
pub(crate) fn plain(text: &str, words: &[Word]) -> String {
    let mut plain = String::from(" ");
    for word in words {
        plain.push_str(&word.span.text(text).to_lowercase());
        plain.push(' ');
    }
    plain
}

/// Whether a sentence names a release as its source.
pub(crate) fn names_release(plain: &str) -> bool {
    RELEASES.as_ref().is_some_and(|phrases| phrases.is_match(plain))
}

/// Whether a sentence, given as [`plain`] words too, is page furniture: it has a phrase of `data/furniture.txt`, or is a
/// list of headings.
pub(crate) fn is_furniture(plain: &str, words: &[Word], quoted: &[bool]) -> bool {
    let named = PHRASES.as_ref().is_some_and(|phrases| {
        phrases
            .automaton
            .find_overlapping_iter(plain)
            .any(|hit| !phrases.short_only[hit.pattern().as_usize()] || words.len() <= SHORT)
    });
    named || is_list(words) || speaks_to_reader(words, quoted)
}

static SECOND_PERSON: LazyLock<[Form; 3]> =
    LazyLock::new(|| [b"you".as_slice(), b"your", b"please"].map(form));

/// A page speaks to its reader outside quotations; a report seldom does.
fn speaks_to_reader(words: &[Word], quoted: &[bool]) -> bool {
    words.iter().zip(quoted).any(|(word, quoted)| !quoted && SECOND_PERSON.contains(&word.form))
}

static FIRST_PERSON: LazyLock<[Form; 3]> =
    LazyLock::new(|| [b"i".as_slice(), b"my", b"me"].map(form));

/// Whether a sentence is in the first person singular: a reader's, a columnist's or a speaker's, not a reporter's.
pub(crate) fn is_first_person(words: &[Word]) -> bool {
    words.iter().any(|word| FIRST_PERSON.contains(&word.form))
}

/// The sentence from which on readers speak: comment threads print a time of day and a bar before each comment.
/// One such stamp may be the report's own; two are a thread.
pub(crate) fn first_comment(text: &str, read: &Text) -> Option<usize> {
    let stamped = |line: &Line| {
        line.words.clone().any(|at| {
            let word = &read.words[at];
            let after = text.get(word.span.end as usize..).unwrap_or("").trim_start();
            matches!(word.span.text(text), "am" | "pm" | "AM" | "PM") && after.starts_with('|')
        })
    };
    let mut stamps = read.sentences.iter().enumerate().filter(|(_, line)| stamped(line));
    let first = stamps.next()?;
    stamps.next().map(|_| first.0)
}

/// A row of headings and links: many words, nearly all capitalised or numbers.
fn is_list(words: &[Word]) -> bool {
    let telling = words.iter().filter(|word| word.rarity > Rarity::Function).count();
    let raised = words
        .iter()
        .filter(|word| word.rarity > Rarity::Function && (word.capital || word.number))
        .count();
    words.len() >= 30 && 10 * raised >= 9 * telling
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::words;
    use crossread_base::Span;

    fn furniture(text: &str) -> bool {
        {
            let words = words(text, Span::of(0..text.len()));
            is_furniture(&plain(text, &words), &words, &vec![false; words.len()])
        }
    }

    #[test]
    fn tip_lines_and_share_boxes_are_not_the_story() {
        assert!(furniture(
            "Anyone with information is asked to call the Marrow police at 555-0100."
        ));
        assert!(furniture("Sign up for our daily briefing"));
        assert!(furniture("The Harbour Post . All rights reserved ."));
        assert!(!furniture("Police in Marrow asked for patience after the bridge fell."));
        assert!(!furniture("The council was told that the bridge had rusted."));
    }
}
