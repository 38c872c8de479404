//! Where sentences end in news.
//!
//! The parser alone splits at every doubt. In a report's regions the marks decide first: an empty line, a line that is
//! no wrapped one, and a period, question or exclamation mark before a word that can begin a sentence. Where an
//! abbreviation leaves it open the parser decides; everywhere else there is no boundary.

use std::sync::OnceLock;

use rustc_hash::FxHashSet;
use serde::Deserialize;

use crate::letters::is_space;
use crate::tokenizer::RawToken;

/// Whether a sentence starts at a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Bound {
    /// The parser decides.
    #[default]
    Open,
    Starts,
    Inside,
}

#[derive(Deserialize)]
struct Abbreviations {
    before_names: FxHashSet<String>,
    before_numbers: FxHashSet<String>,
    inside: FxHashSet<String>,
}

fn abbreviations() -> &'static Abbreviations {
    static LISTS: OnceLock<Abbreviations> = OnceLock::new();
    LISTS.get_or_init(|| {
        let none = || FxHashSet::default();
        toml::from_str(include_str!("../data/abbreviations.toml")).unwrap_or_else(|_| {
            Abbreviations { before_names: none(), before_numbers: none(), inside: none() }
        })
    })
}

/// Whether a word is the abbreviation of a title or a month: a name or a number follows its point.
pub(crate) fn is_title_or_month(word: &str) -> bool {
    let lists = abbreviations();
    let word = word.to_lowercase();
    lists.before_names.contains(&word)
        || ["jan", "feb", "aug", "sept", "sep", "oct", "nov", "dec"].contains(&word.as_str())
}

/// What the marks say of each token of a region.
pub(crate) fn bounds(text: &str, tokens: &[RawToken]) -> Vec<Bound> {
    let word = |at: usize| &text[tokens[at].start as usize..tokens[at].end as usize];
    let lines = Lines::of(text);
    let mut bounds = vec![Bound::Inside; tokens.len()];
    let Some(first) = (0..tokens.len()).find(|&at| !word(at).chars().all(is_space)) else {
        return bounds;
    };
    bounds[first] = Bound::Starts;
    // The last word or mark before the one looked at, and the first of its sentence.
    let (mut last, mut opening) = (first, first);
    for at in first + 1..tokens.len() {
        if word(at).chars().all(is_space) {
            continue;
        }
        let between = &text[tokens[last].end as usize..tokens[at].start as usize];
        let bound = match between.matches('\n').count() {
            0 if between.is_empty() => Bound::Inside,
            0 if is_reference(&word, at, tokens.len()) => Bound::Inside,
            0 => after_mark(&word, last, at, opening),
            1 if lines.is_wrapped(tokens[last].end as usize, word(at)) => {
                after_mark(&word, last, at, opening)
            }
            _ => Bound::Starts,
        };
        bounds[at] = bound;
        if bound == Bound::Starts {
            opening = at;
        }
        last = at;
    }
    bounds
}

/// What stands before a word or mark that white space divides from the one before.
fn after_mark<'a>(
    word: &impl Fn(usize) -> &'a str,
    last: usize,
    at: usize,
    opening: usize,
) -> Bound {
    // Quotation marks and brackets that close after the mark belong to its sentence, and references to notes do.
    let mut mark = last;
    while mark > opening && is_closing(word(mark)) {
        let reference = mark >= opening + 3 && is_reference(word, mark - 2, mark + 1);
        mark -= if reference { 3 } else { 1 };
    }
    let text = word(mark);
    let closed = mark < last;
    let next = word(at);
    let Some(first) = next.chars().next() else { return Bound::Inside };
    match text.chars().next_back() {
        // A smile belongs to what it smiles about.
        Some('!' | '?' | '.') if matches!(first, ':' | ';' | '=') => Bound::Inside,
        // "Who closed it?" she asked.
        Some('!' | '?') if first.is_lowercase() => {
            if closed {
                Bound::Inside
            } else {
                Bound::Open
            }
        }
        Some('!' | '?' | '。' | '！' | '？' | '؟') => Bound::Starts,
        Some('…') => after_dots(first),
        Some('.') if text.len() > 1 && text.bytes().all(|byte| byte == b'.') => after_dots(first),
        Some('.') if matches!(first, ',' | ')' | '?' | '!') => Bound::Inside,
        Some('.') => {
            // The word that the period belongs to.
            let stem = match text {
                "." if mark > opening => word(mark - 1),
                _ => text,
            };
            let stem = stem.trim_end_matches('.').to_lowercase();
            let lists = abbreviations();
            let number = first.is_ascii_digit();
            let capital = stem.chars().count() == 1 && stem.chars().all(char::is_alphabetic);
            if first.is_lowercase() {
                // Some write no capitals.
                let abbreviated = closed || text != "." || lists.has(&stem);
                if abbreviated { Bound::Inside } else { Bound::Open }
            } else if closed {
                Bound::Starts
            } else if lists.before_names.contains(&stem)
                || lists.inside.contains(&stem)
                || (number && lists.before_numbers.contains(&stem))
                || (mark <= opening + 1 && is_list_number(&stem))
            {
                Bound::Inside
            } else if text != "." || capital {
                Bound::Open
            } else {
                Bound::Starts
            }
        }
        _ => Bound::Inside,
    }
}

impl Abbreviations {
    fn has(&self, stem: &str) -> bool {
        [&self.before_names, &self.before_numbers, &self.inside]
            .iter()
            .any(|list| list.contains(stem))
    }
}

/// Whether the three tokens from `at` on are the number of a note: `[8]`.
fn is_reference<'a>(word: &impl Fn(usize) -> &'a str, at: usize, end: usize) -> bool {
    at + 2 < end
        && word(at) == "["
        && word(at + 1).bytes().all(|byte| byte.is_ascii_digit())
        && word(at + 2) == "]"
}

fn after_dots(next: char) -> Bound {
    if next.is_lowercase() { Bound::Inside } else { Bound::Open }
}

fn is_closing(word: &str) -> bool {
    matches!(word, "\"" | "'" | "''" | "”" | "’" | "»" | ")" | "]" | "}" | "*")
}

/// Whether what a sentence opens with numbers it: `1`, `a`, `iv`.
fn is_list_number(stem: &str) -> bool {
    stem.len() <= 3 && (stem.bytes().all(|byte| byte.is_ascii_digit()) || stem.len() == 1)
}

/// How the lines of a text are broken.
struct Lines {
    /// The starts of all lines.
    starts: Vec<usize>,
    /// The length at which lines are wrapped, where they are.
    wrapped_at: Option<usize>,
}

impl Lines {
    fn of(text: &str) -> Self {
        let starts: Vec<usize> =
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        // Wrapped text has many lines of nearly the same length, none of them long.
        let lengths: Vec<usize> =
            text.lines().map(|line| line.trim_end().len()).filter(|&len| len > 0).collect();
        let longest = lengths.iter().copied().max().unwrap_or(0);
        let full = lengths.iter().filter(|&&len| len * 4 >= longest * 3).count();
        let wrapped =
            lengths.len() >= 3 && (40..=100).contains(&longest) && full * 5 >= lengths.len() * 3;
        Self { starts, wrapped_at: wrapped.then_some(longest) }
    }

    /// Whether the line that ends after `end` goes on in the next, which begins with `next`.
    fn is_wrapped(&self, end: usize, next: &str) -> bool {
        let Some(width) = self.wrapped_at else {
            return false;
        };
        let line = self.starts.partition_point(|&start| start <= end);
        let start = self.starts[line.saturating_sub(1)];
        // The next word would not have fitted.
        end - start + 1 + next.len() + width / 8 > width
    }
}

#[cfg(test)]
mod tests {
    use crossread_base::Span;

    use crate::{Block, Pipeline};

    /// The sentences of a report's body.
    fn sentences(text: &str) -> Vec<&str> {
        let body = Block { span: Span::of(0..text.len()), region: Some(0) };
        let parsed = Pipeline::embedded().parse(text, &[body]);
        parsed.sentences.iter().map(|one| one.span.text(text)).collect()
    }

    #[test]
    fn ranks_and_countries_do_not_end_a_sentence() {
        let text =
            "Gen. Ada Brandt met Lt. Col. Oren Vale. A U.S.-led team of No. 3 Company arrived.";
        assert_eq!(
            sentences(text),
            [
                "Gen. Ada Brandt met Lt. Col. Oren Vale.",
                "A U.S.-led team of No. 3 Company arrived."
            ]
        );
    }

    #[test]
    fn a_quotation_ends_with_its_mark() {
        let text = "\"Who closed it?\" she asked. \"Nobody.\" The mayor left.";
        assert_eq!(
            sentences(text),
            ["\"Who closed it?\" she asked.", "\"Nobody.\"", "The mayor left."]
        );
    }

    #[test]
    fn paragraphs_and_lines_that_stand_alone_are_not_glued() {
        let text = "Bridge falls\n\nNine people died.\nTwo are missing";
        assert_eq!(sentences(text), ["Bridge falls", "Nine people died.", "Two are missing"]);
    }

    #[test]
    fn wrapped_lines_are_one_text() {
        let text = "The footbridge at Lower Marrow, which the county had closed in\n\
                    March and opened again in April after a short inspection, fell\n\
                    into the river on Tuesday night while the fair was still open,\n\
                    killing nine. The mayor said that nobody else was on it.";
        assert_eq!(sentences(text).len(), 2, "{:?}", sentences(text));
    }

    #[test]
    fn glued_words_and_references_stay_where_they_stand() {
        let text = "It was a targetfor weeks. [8] It burned...and fell.";
        assert_eq!(sentences(text), ["It was a targetfor weeks. [8]", "It burned...and fell."]);
    }
}
