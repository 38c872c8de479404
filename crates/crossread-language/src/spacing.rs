//! White space that a tokenizer put in: "U . S . Geological Survey", "at 8 : 30 p . m .", "a 36 - year - old".
//!
//! Many archives export reports as tokens with a space between each two. Read as they stand, a spaced point ends a
//! sentence. Where the marks of a text are spaced, it is read with the spaces taken out that stand in a number, an
//! abbreviation or a hyphened word; what is found is told in places of the text as it came.

use std::sync::OnceLock;

use crossread_base::Span;
use rustc_hash::FxHashSet;
use serde::Deserialize;

use crate::sentences::is_title_or_month;

/// A text with spaces taken out.
pub(crate) struct Closed {
    /// What is read.
    pub(crate) text: String,
    /// Places in it of the bytes before which a space was taken out, ascending.
    taken: Vec<u32>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    numbers: FxHashSet<String>,
    units: FxHashSet<String>,
    after_units: FxHashSet<String>,
    beginnings: FxHashSet<String>,
    before_point: FxHashSet<String>,
}

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| toml::from_str(include_str!("../data/spacing.toml")).unwrap_or_default())
}

impl Closed {
    /// `None` where no space is to be taken out.
    pub(crate) fn of(text: &str) -> Option<Self> {
        if !is_spaced(text) {
            return None;
        }
        let pieces: Vec<&str> = text.split(' ').collect();
        let mut closed = Self { text: String::with_capacity(text.len()), taken: Vec::new() };
        let mut tied = false;
        for at in 0..pieces.len() {
            if tied {
                closed.taken.push(closed.text.len() as u32);
            } else if at > 0 {
                closed.text.push(' ');
            }
            closed.text.push_str(pieces[at]);
            tied = at + 1 < pieces.len() && ties(&pieces, at);
        }
        (!closed.taken.is_empty()).then_some(closed)
    }

    /// Where a span of the closed text stands in the text as it came.
    pub(crate) fn in_text(&self, span: Span) -> Span {
        let before = |place: u32| self.taken.partition_point(|taken| *taken <= place) as u32;
        let end = match span.end {
            0 => 0,
            end => end + before(end - 1),
        };
        Span::new(span.start + before(span.start), end.max(span.start + before(span.start)))
    }
}

/// Whether points and commas stand apart from the words before them more often than not.
fn is_spaced(text: &str) -> bool {
    let mut apart = 0usize;
    let mut before = ' ';
    let mut attached = 0usize;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if matches!(c, '.' | ',') && chars.peek().is_none_or(|next| next.is_whitespace()) {
            if before == ' ' {
                apart += 1;
            } else if before.is_alphanumeric() {
                attached += 1;
            }
        }
        before = c;
    }
    apart > attached
}

/// Whether the space after a piece was put in.
fn ties(pieces: &[&str], at: usize) -> bool {
    let piece = |offset: isize| -> &str {
        at.checked_add_signed(offset).and_then(|at| pieces.get(at)).copied().unwrap_or_default()
    };
    match (piece(0), piece(1)) {
        ("", _) | (_, "") => false,
        (".", _) => after_point(&piece),
        (_, ".") => before_point(&piece),
        // "5 - foot - 8 , 135 pounds" is two numbers.
        (",", _) if piece(-2) == "-" => false,
        (_, ",") if piece(-1) == "-" => false,
        (mark @ ("," | ":"), _) => in_number(piece(-1), mark, piece(1)),
        (_, mark @ ("," | ":")) => in_number(piece(0), mark, piece(2)),
        ("-", _) => hyphened(&piece, -1),
        (_, "-") => hyphened(&piece, 0),
        _ => false,
    }
}

/// Whether a point at offset 1 belongs to the piece at 0.
fn before_point<'a>(piece: &impl Fn(isize) -> &'a str) -> bool {
    let word = piece(0);
    in_number(word, ".", piece(2))
        || is_initial(piece, 0)
        || half_day(piece, 0)
        || half_day(piece, -2)
        || (starts_upper(word) && is_title_or_month(word) && !piece(2).is_empty())
}

/// Whether what follows the point at offset 0 belongs to it.
fn after_point<'a>(piece: &impl Fn(isize) -> &'a str) -> bool {
    let next = piece(1);
    let digits = next.chars().take_while(char::is_ascii_digit).count();
    in_number(piece(-1), ".", next)
        || (is_capital(piece(-1)) && is_capital(next) && piece(2) == ".")
        || half_day(piece, -1)
        || ((1..=3).contains(&digits) && words().before_point.contains(piece(-1)))
}

/// Whether the letter at an offset and the point after it are an initial: one of several, or one in a name.
fn is_initial<'a>(piece: &impl Fn(isize) -> &'a str, at: isize) -> bool {
    let several = |other: isize| is_capital(piece(other)) && piece(other + 1) == ".";
    is_capital(piece(at))
        && (several(at + 2)
            || piece(at - 1) == "." && several(at - 2)
            || starts_upper(piece(at - 1)) && starts_upper(piece(at + 2)))
}

/// Whether "p . m" begins at an offset.
fn half_day<'a>(piece: &impl Fn(isize) -> &'a str, at: isize) -> bool {
    let letter = piece(at).trim_start_matches(|c: char| c.is_ascii_digit());
    matches!(letter, "a" | "p" | "A" | "P")
        && piece(at + 1) == "."
        && matches!(piece(at + 2), "m" | "M")
}

/// Whether a mark between two pieces is within one number.
fn in_number(before: &str, mark: &str, after: &str) -> bool {
    let left = before.bytes().rev().take_while(u8::is_ascii_digit).count();
    let right = after.bytes().take_while(u8::is_ascii_digit).count();
    let whole = before[..before.len() - left].chars().all(|c| !c.is_alphanumeric());
    match mark {
        "," => whole && (1..=3).contains(&left) && right == 3,
        ":" => whole && (1..=2).contains(&left) && right == 2,
        _ => whole && (1..=3).contains(&left) && (1..=2).contains(&right),
    }
}

/// Whether a hyphen ties the piece at an offset to the one after the hyphen.
fn hyphened<'a>(piece: &impl Fn(isize) -> &'a str, at: isize) -> bool {
    let lists = words();
    let (left, right) = (piece(at).to_lowercase(), piece(at + 2).to_lowercase());
    let is_number = |word: &str| {
        lists.numbers.contains(word)
            || !word.is_empty()
                && word.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
    };
    let unit = left.rsplit('-').next().unwrap_or_default();
    right.starts_with(char::is_alphanumeric)
        && (is_number(&left) && lists.units.contains(right.as_str())
            || lists.units.contains(unit)
                && lists.after_units.contains(right.as_str())
                && (unit.len() < left.len() || piece(at - 1) == "-")
            || lists.beginnings.contains(left.as_str()) && right.starts_with(char::is_alphabetic))
}

fn is_capital(word: &str) -> bool {
    word.len() == 1 && starts_upper(word)
}

fn starts_upper(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closed(text: &str) -> String {
        Closed::of(text).map_or_else(|| text.to_owned(), |closed| closed.text)
    }

    #[test]
    fn spaces_within_numbers_and_abbreviations_are_taken_out() {
        for (text, wanted) in [
            (
                "The U . S . Survey put it at 6 . 1 . Ten hurt .",
                "The U.S. Survey put it at 6.1 . Ten hurt .",
            ),
            ("It shut at 8 : 30 p . m . Thursday .", "It shut at 8:30 p.m. Thursday ."),
            (
                "Mr . Ray , 36 - years - old , fell 2 , 000ft .",
                "Mr. Ray , 36-years-old , fell 2,000ft .",
            ),
            ("They took $2 . 5 million on Oct . 21 .", "They took $2.5 million on Oct. 21 ."),
            ("A 36 - year - old with a . 38 revolver .", "A 36-year-old with a .38 revolver ."),
            ("Gaunt is 5 - foot - 8 , 135 pounds .", "Gaunt is 5-foot - 8 , 135 pounds ."),
            ("The jury - six women , two men - met .", "The jury - six women , two men - met ."),
            (
                "He came in 2005 . 9 people left , he said .",
                "He came in 2005 . 9 people left , he said .",
            ),
            (
                "Ann J . Ray and the top 10 . The rest left .",
                "Ann J. Ray and the top 10 . The rest left .",
            ),
        ] {
            assert_eq!(closed(text), wanted);
        }
    }

    #[test]
    fn text_that_was_not_spaced_is_left_alone() {
        for text in ["In Ostrel, 5 . 9 was read.", "", " ", ". .", "No marks 5 - year"] {
            assert!(Closed::of(text).is_none() || text == ". .", "{text}");
        }
    }

    #[test]
    fn places_are_told_in_the_text_as_it_came() {
        let text = "é At 8 : 30 p . m . it shut .";
        let closed = Closed::of(text).unwrap();
        for (word, wanted) in
            [("8:30", "8 : 30"), ("p.m.", "p . m ."), ("At", "At"), ("shut", "shut")]
        {
            let at = closed.text.find(word).unwrap();
            let span = closed.in_text(Span::of(at..at + word.len()));
            assert_eq!(span.text(text), wanted);
        }
        let all = closed.in_text(Span::of(0..closed.text.len()));
        assert_eq!(all.text(text), text);
    }
}
