//! News agencies and their marks.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use crossread_base::Span;

struct Table {
    names: Vec<&'static str>,
    /// For each pattern: its agency, and whether it is matched as printed.
    patterns: Vec<(usize, &'static str, bool)>,
    finder: AhoCorasick,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let (mut names, mut patterns) = (Vec::new(), Vec::new());
    for line in include_str!("../data/agencies.tsv").lines().filter(|l| !l.starts_with('#')) {
        let Some((name, aliases)) = line.split_once('\t') else { continue };
        for alias in aliases.split('|') {
            let exact = alias.len() <= 5 || !alias.contains(char::is_lowercase);
            patterns.push((names.len(), alias, exact));
        }
        names.push(name);
    }
    let finder = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .build(patterns.iter().map(|(_, alias, _)| alias))
        .expect("the table is fixed and small");
    Table { names, patterns, finder }
});

/// An agency named in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    /// The name we give it.
    pub(crate) name: &'static str,
    /// The words.
    pub(crate) span: Span,
}

/// The agencies a text names, in order, whole words only.
pub(crate) fn find(text: &str) -> impl Iterator<Item = Mark> {
    TABLE.finder.find_iter(text).filter_map(move |found| {
        let (name, alias, exact) = TABLE.patterns[found.pattern().as_usize()];
        let words = &text[found.range()];
        let edge = |c: Option<char>| !c.is_some_and(|c| c.is_alphanumeric() || c == '-' && !exact);
        let alone = edge(text[..found.start()].chars().next_back())
            && edge(text[found.end()..].chars().next());
        // Not the one word with a capital that opens a sentence ("Apa said").
        let as_printed = !exact || words == alias;
        let capital = words.starts_with(char::is_uppercase) || exact;
        (alone && as_printed && capital)
            .then(|| Mark { name: TABLE.names[name], span: Span::of(found.range()) })
    })
}

/// Whether the words name agencies and nothing else ("Reuters", "AP and AFP").
pub(crate) fn names_only(words: &str) -> bool {
    let mut rest = words.to_owned();
    let marks: Vec<Mark> = find(words).collect();
    for mark in marks.iter().rev() {
        rest.replace_range(mark.span.range(), "");
    }
    !marks.is_empty()
        && rest.split(|c: char| !c.is_alphanumeric()).all(|w| {
            matches!(
                w.to_lowercase().as_str(),
                "" | "and" | "the" | "with" | "agencies" | "news" | "agency" | "by" | "via"
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<&'static str> {
        find(text).map(|mark| mark.name).collect()
    }

    #[test]
    fn agencies_by_their_marks() {
        assert_eq!(of("ORVAN (AP) - Nine died"), ["Associated Press"]);
        assert_eq!(of("the Agence France-Presse and REUTERS"), ["Agence France-Presse", "Reuters"]);
        assert_eq!(of("an app, the apa, Apple, LAPD, AAPL"), [""; 0]);
    }

    #[test]
    fn words_that_are_agencies_only() {
        assert!(names_only("Reuters"));
        assert!(names_only("AP and AFP"));
        assert!(!names_only("Ada Brandt, Reuters"));
    }
}
