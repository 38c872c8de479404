//! Names of authors.

use std::sync::LazyLock;

use crossread_base::Span;
use crossread_record::Outlet;
use regex::Regex;

use crate::{agencies, dates, outlet, phrases};

static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?:[-–—]\s*)?(?:by|words by|story by|text by|written by|posted by|published by|submitted by|reported by|report by|author|authors|from our correspondent|von|ein beitrag von|text von|autor|autorin|par|auteur|di|a cura di|scritto da|por|escrito por|av|af|skrevet av|door)\b\s*:?\s*")
        .expect("the pattern is fixed")
});

/// Whether a line names its author and does nothing else: "By Ada Brandt, Staff Writer".
pub(crate) fn is_byline(line: &str) -> bool {
    let Some(label) = LABEL.find(line) else { return false };
    let rest = &line[label.end()..];
    line.split_whitespace().take(19).count() <= 18
        && (!names(line).is_empty() || agencies::names_only(rest) || phrases::is_role(rest))
        && !(crate::paragraphs::ends_sentence(line) && line.split_whitespace().count() > 8)
}

/// The people a byline names, as printed. The span of each is in bytes of `line`. Roles ("Staff Writer"), agencies
/// and whatever follows them are not names.
pub(crate) fn names(line: &str) -> Vec<Outlet> {
    let start = LABEL.find(line).map_or(0, |label| label.end());
    let labelled = start > 0;
    let mut found = Vec::new();
    let mut at = start;
    for part in split(&line[start..]) {
        let from = at + (part.as_ptr() as usize - line[at..].as_ptr() as usize);
        at = from + part.len();
        let words = part.trim_matches(|c: char| {
            c.is_whitespace() || matches!(c, '-' | '–' | '—' | '*' | ':' | '@' | '.')
        });
        if words.is_empty() {
            continue;
        }
        let offset = from + (words.as_ptr() as usize - part.as_ptr() as usize);
        let single =
            labelled && found.is_empty() && line[start..].trim() == words && one_name(words);
        if !(is_name(words) || single) {
            break;
        }
        found.push(Outlet {
            name: words.to_owned(),
            domain: None,
            span: Some(Span::of(offset..offset + words.len())),
        });
    }
    found
}

fn split(line: &str) -> impl Iterator<Item = &str> {
    static BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)\s*(?:,|;|\||/|•|·|\(|\)|\band\b|&|\bwith\b|\bund\b|\bfor\b|\bin\b|\bat\b|\s[-–—]\s)\s*").expect("the pattern is fixed")
    });
    BETWEEN.split(line)
}

fn one_name(word: &str) -> bool {
    !word.contains(char::is_whitespace)
        && word.chars().count() >= 3
        && word.starts_with(|c: char| c.is_uppercase())
        && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'))
        && !phrases::is_role(word)
        && !dates::is_calendar_word(word)
        && !agencies::names_only(word)
}

/// Whether these words look like a person's name: two to five capitalised words, with the particles of names among
/// them, and nothing that is an office, an agency, a month or an outlet.
pub(crate) fn is_name(words: &str) -> bool {
    let parts: Vec<&str> = words.split_whitespace().take(7).collect();
    let particle = |w: &str| {
        matches!(
            w.to_lowercase().as_str(),
            "de" | "la"
                | "van"
                | "von"
                | "der"
                | "den"
                | "del"
                | "di"
                | "da"
                | "dos"
                | "du"
                | "le"
                | "bin"
                | "ibn"
                | "al"
                | "el"
                | "ben"
                | "y"
                | "ter"
                | "zu"
        )
    };
    let capital = |w: &&str| {
        let w = w.trim_start_matches(['\'', '’', '"', '“', '`']);
        (w.starts_with(|c: char| c.is_uppercase()) || w.starts_with("al-") || w.starts_with("el-"))
            && w.chars()
                .all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.' | '"' | '”' | '`'))
            && w.matches('.').count() <= 2
    };
    (2..=5).contains(&parts.len())
        && parts.iter().all(|w| capital(w) || particle(w))
        && parts.iter().filter(|w| capital(w)).count() >= 2
        && parts.last().is_some_and(capital)
        && !phrases::is_role(words)
        && !parts.iter().any(|w| dates::is_calendar_word(w) && w.len() > 3)
        && !parts.iter().any(|w| {
            matches!(
                w.to_lowercase().as_str(),
                "the"
                    | "staff"
                    | "editor"
                    | "desk"
                    | "correspondent"
                    | "reporter"
                    | "writer"
                    | "agencies"
                    | "team"
                    | "bureau"
                    | "editorial"
                    | "published"
                    | "updated"
                    | "posted"
                    | "newsroom"
                    | "newsdesk"
                    | "standard"
                    | "time"
            )
        })
        && !agencies::names_only(words)
        && !outlet::sounds_like_one(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str) -> Vec<&str> {
        assert!(is_byline(line), "{line}");
        names(line).iter().map(|n| n.span.unwrap().text(line)).collect::<Vec<_>>()
    }

    #[test]
    fn names_only() {
        assert_eq!(of("By Ada Brandt"), ["Ada Brandt"]);
        assert_eq!(of("by Piet van der Oss | (Marrow Comment) | – –"), ["Piet van der Oss"]);
        assert_eq!(of("By Ada Brandt and Piet Oss, Staff Writers"), ["Ada Brandt", "Piet Oss"]);
        assert_eq!(of("By ADA BRANDT, Harbour Post"), ["ADA BRANDT"]);
        assert_eq!(of("Written by: Ada Brandt in Orvan"), ["Ada Brandt"]);
        assert_eq!(of("Von Ada Brandt"), ["Ada Brandt"]);
        assert_eq!(of("Par Adèle Brandt"), ["Adèle Brandt"]);
        assert_eq!(of("By Reuters"), [""; 0]);
        assert_eq!(of("By Staff Writer"), [""; 0]);
    }

    #[test]
    fn phrases_with_by_are_no_bylines() {
        for line in [
            "By the river",
            "Di Brandt scores twice as Marrow wins",
            "Von der Oss",
            "By then it was late",
            "By noon nine were dead",
            "Hit by Ada Brandt's car",
        ] {
            assert!(!is_byline(line), "{line}");
        }
    }
}
