//! The report as runs of letters, runs of digits and single marks.
//!
//! Parsers cut "third-quarter", "10:30" and "$5m" in ways that differ from model to model. Times and amounts are
//! read from a cut that never differs, and look at the parser's tokens only for tags and heads.

use crossread_base::Span;
use crossread_record::{Parsed, Report, Token};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

/// What a word is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Made {
    /// A run of letters, apostrophes left out.
    Letters,
    /// A run of decimal digits.
    Digits,
    /// One character that is neither.
    Mark(char),
}

/// One run of letters or digits, or one mark.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub(crate) span: Span,
    pub(crate) made: Made,
    /// Lower-cased letters, digits as ASCII, or the mark. Empty for what is longer than any word or number we know.
    pub(crate) lower: SmolStr,
    /// No white space stands before it.
    pub(crate) glued: bool,
    /// Its first letter is upper case.
    pub(crate) capital: bool,
}

/// The words of a text of our own.
pub(crate) fn stretch(text: &str) -> Stretch {
    Stretch { words: cut(text, Span::of(0..text.len())) }
}

/// Longer words are in no lexicon, and longer numbers are no amounts.
const LONGEST: usize = 23;

/// A sentence's words.
pub(crate) struct Stretch {
    pub(crate) words: Vec<Word>,
}

/// The words of each sentence of a report, in order. Without sentences, each line is one.
pub(crate) fn stretches<'a>(
    report: &'a Report,
    parsed: &'a Parsed,
) -> impl Iterator<Item = Stretch> + 'a {
    let lines = parsed.sentences.is_empty().then(|| line_spans(&report.text));
    let mut sentences = parsed.sentences.iter().map(|sentence| sentence.span).peekable();
    let whole = std::iter::from_fn(move || {
        let mut span = sentences.next()?;
        while let Some(next) = sentences.next_if(|next| cuts_number(&report.text, span, *next)) {
            span = span.cover(next);
        }
        Some(span)
    });
    whole.chain(lines.into_iter().flatten()).map(|span| Stretch { words: cut(&report.text, span) })
}

/// Whether a sentence was ended at the spaced point of a number: "$ 2 ." and "6 million".
fn cuts_number(text: &str, first: Span, second: Span) -> bool {
    let digits = |found: usize| (1..=3).contains(&found);
    let Some(before) = first.text(text).trim_end().strip_suffix(" .") else { return false };
    digits(before.chars().rev().take_while(|c| digit(*c).is_some()).count())
        && digits(second.text(text).chars().take_while(|c| digit(*c).is_some()).count())
}

fn line_spans(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let span = Span::of(at..at + line.len());
        at += line.len();
        span
    })
}

/// The value of a decimal digit in Western, Arabic-Indic, Persian or full-width form.
pub(crate) fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '\u{660}'..='\u{669}' => Some(c as u32 - 0x660),
        '\u{6f0}'..='\u{6f9}' => Some(c as u32 - 0x6f0),
        '\u{ff10}'..='\u{ff19}' => Some(c as u32 - 0xff10),
        _ => None,
    }
}

/// Marks that differ in form only are read as one: commas, dashes, apostrophes, division and percent signs.
fn mark(c: char) -> char {
    match c {
        '\u{60c}' | '\u{ff0c}' | '\u{66c}' => ',',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{2018}' | '\u{2019}' | '`' => '\'',
        '\u{66b}' => '.',
        '\u{2044}' => '/',
        '\u{66a}' | '\u{ff05}' => '%',
        other => other,
    }
}

fn cut(text: &str, span: Span) -> Vec<Word> {
    let sentence = span.text(text);
    let mut words: Vec<Word> = Vec::with_capacity(sentence.len() / 5);
    let mut glued = false;
    let mut chars = sentence.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if first.is_whitespace() {
            glued = false;
            continue;
        }
        let made = if digit(first).is_some() {
            Made::Digits
        } else if first.is_alphabetic() {
            Made::Letters
        } else {
            Made::Mark(mark(first))
        };
        let mut end = start + first.len_utf8();
        if !matches!(made, Made::Mark(_)) {
            while let Some(&(at, c)) = chars.peek() {
                let same = match made {
                    Made::Digits => digit(c).is_some(),
                    _ => c.is_alphabetic(),
                };
                if !same {
                    break;
                }
                end = at + c.len_utf8();
                chars.next();
            }
        }
        let run = &sentence[start..end];
        let lower = match made {
            Made::Letters if run.len() <= LONGEST => {
                run.chars().flat_map(char::to_lowercase).collect()
            }
            // Two bytes at most for a digit of ours.
            Made::Digits if run.len() <= 2 * LONGEST => run
                .chars()
                .filter_map(digit)
                .filter_map(|value| char::from_digit(value, 10))
                .collect(),
            Made::Mark(mark) => SmolStr::from_iter([mark]),
            _ => SmolStr::default(),
        };
        words.push(Word {
            span: Span::of(start..end).shifted(span.start),
            made,
            lower,
            glued,
            capital: first.is_uppercase(),
        });
        glued = true;
    }
    close_up(&mut words);
    words
}

/// Takes marks that a corpus or an archive set off by spaces ("$ 2 . 6 million", "200 , 000", "10 : 30 p . m .",
/// "an 11-year - old boy") for what they were before: glued on both sides. A mark that leans on a neighbour is left as
/// it stands, and so is one between other things than a number's parts.
fn close_up(words: &mut [Word]) {
    const AGED: [&str; 4] = ["year", "month", "week", "day"];
    for at in 1..words.len().saturating_sub(1) {
        let [before, mark, after] = &words[at - 1..=at + 1] else { continue };
        let Made::Mark(sign) = mark.made else { continue };
        if mark.glued || after.glued {
            continue;
        }
        let digits = |word: &Word| (word.made == Made::Digits).then_some(word.lower.len());
        let whole = match sign {
            ',' => digits(before).is_some_and(|n| n <= 3) && digits(after) == Some(3),
            '.' if digits(before).is_some() => digits(after).is_some_and(|n| n <= 3),
            '.' => {
                matches!(before.lower.as_str(), "a" | "p")
                    && after.lower == "m"
                    && at > 1
                    && digits(&words[at - 2]).is_some()
            }
            ':' => digits(before).is_some_and(|n| n <= 2) && digits(after) == Some(2),
            '-' => {
                let aged = AGED.contains(&after.lower.as_str()) && digits(before).is_some();
                aged || (after.lower == "old" && AGED.contains(&before.lower.as_str()))
            }
            _ => false,
        };
        if whole {
            words[at].glued = true;
            words[at + 1].glued = true;
        }
    }
}

impl Stretch {
    /// The word at `at`.
    pub(crate) fn word(&self, at: usize) -> Option<&Word> {
        self.words.get(at)
    }

    /// The letters, digits or mark at `at`, lower-cased; empty beyond the end.
    pub(crate) fn lower(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.lower.as_str())
    }

    /// Whether the word at `at` is this one.
    pub(crate) fn is(&self, at: usize, word: &str) -> bool {
        self.lower(at) == word
    }

    /// Whether the word at `at` is one of these.
    pub(crate) fn any(&self, at: usize, words: &[&str]) -> bool {
        let lower = self.lower(at);
        !lower.is_empty() && words.contains(&lower)
    }

    /// Whether the mark `mark` stands at `at`.
    pub(crate) fn mark(&self, at: usize, mark: char) -> bool {
        self.words.get(at).is_some_and(|word| word.made == Made::Mark(mark))
    }

    /// Whether the mark stands at `at` with no white space before it.
    pub(crate) fn glued_mark(&self, at: usize, mark: char) -> bool {
        self.mark(at, mark) && self.words[at].glued
    }

    /// Whether no white space stands before the word at `at`.
    pub(crate) fn glued(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| word.glued)
    }

    /// The digits at `at`.
    pub(crate) fn digits(&self, at: usize) -> Option<&str> {
        self.words
            .get(at)
            .filter(|word| word.made == Made::Digits && !word.lower.is_empty())
            .map(|word| word.lower.as_str())
    }

    /// Past an optional hyphen at `at`, or a place without one.
    pub(crate) fn past_hyphen(&self, at: usize) -> usize {
        if self.glued_mark(at, '-') && self.glued(at + 1) { at + 1 } else { at }
    }

    /// Whether the words at `at` on are these, one after the other. A hyphen between them does not matter.
    pub(crate) fn phrase(&self, at: usize, words: &[&str]) -> Option<usize> {
        let mut next = at;
        for (index, word) in words.iter().enumerate() {
            if index > 0 {
                next = self.past_hyphen(next);
            }
            if !self.is(next, word) {
                return None;
            }
            next += 1;
        }
        Some(next)
    }

    /// The span of the words from `start` to before `end`.
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        match (self.words.get(start), end.checked_sub(1).and_then(|last| self.words.get(last))) {
            (Some(first), Some(last)) => first.span.cover(last.span),
            _ => Span::default(),
        }
    }
}

/// Phrases and what they stand for, found by their first word.
#[derive(Debug)]
pub(crate) struct Phrases<T> {
    by_first: FxHashMap<SmolStr, Vec<(Vec<SmolStr>, T)>>,
}

// By hand, as a derived one would ask for a default of T too.
impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { by_first: FxHashMap::default() }
    }
}

impl<T: Copy> Phrases<T> {
    /// A table of these phrases; of two that start alike the longer is found.
    pub(crate) fn new<'a>(phrases: impl IntoIterator<Item = (&'a str, T)>) -> Self {
        let mut by_first: FxHashMap<SmolStr, Vec<(Vec<SmolStr>, T)>> = FxHashMap::default();
        for (phrase, value) in phrases {
            let mut words =
                cut(phrase, Span::of(0..phrase.len())).into_iter().map(|word| word.lower);
            if let Some(first) = words.next() {
                by_first.entry(first).or_default().push((words.collect(), value));
            }
        }
        for rest in by_first.values_mut() {
            rest.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then(a.cmp(b)));
        }
        Self { by_first }
    }

    /// The phrase at `at`: where it ends, and what it stands for.
    pub(crate) fn find(&self, words: &Stretch, at: usize) -> Option<(usize, T)> {
        let starting = self.by_first.get(words.lower(at))?;
        starting.iter().find_map(|(rest, value)| {
            let fits = (at + 1..).zip(rest).all(|(next, word)| words.is(next, word));
            fits.then_some((at + 1 + rest.len(), *value))
        })
    }
}

/// The index of the parser's token that holds the byte at `offset`.
pub(crate) fn token_at(parsed: &Parsed, offset: u32) -> Option<usize> {
    let after = parsed.tokens.partition_point(|token| token.span.end <= offset);
    parsed.tokens.get(after).filter(|token| token.span.start <= offset).map(|_| after)
}

/// The head of a token, unless it is a root or the record is broken.
pub(crate) fn head(parsed: &Parsed, token: usize) -> Option<usize> {
    let head = parsed.tokens.get(token)?.head as usize;
    (head != token && head < parsed.tokens.len()).then_some(head)
}

/// The token and those above it, nearest first, as indices. Ends after as many steps as any real tree is deep, so
/// that a record with a ring in it costs no more.
pub(crate) fn climb(parsed: &Parsed, token: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(token), |&at| head(parsed, at)).take(24)
}

/// As [`climb`], the tokens themselves.
pub(crate) fn upwards(parsed: &Parsed, token: usize) -> impl Iterator<Item = &Token> {
    climb(parsed, token).filter_map(|at| parsed.tokens.get(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        cut(text, Span::of(0..text.len())).iter().map(|word| word.span.text(text).into()).collect()
    }

    #[test]
    fn letters_digits_and_marks_are_cut_apart() {
        assert_eq!(
            words("third-quarter, $5.1m"),
            ["third", "-", "quarter", ",", "$", "5", ".", "1", "m"]
        );
    }

    #[test]
    fn numbers_set_apart_by_spaces_are_one() {
        let glued = |text: &str| -> Vec<bool> {
            cut(text, Span::of(0..text.len())).iter().map(|word| word.glued).collect()
        };
        assert_eq!(glued("200 , 000"), [false, true, true]);
        assert_eq!(glued("8 : 30 p . m ."), [false, true, true, false, true, true, false]);
        assert_eq!(glued("11-year - old"), [false, true, true, true, true]);
        // Lists, dashes and the ends of sentences stay what they are.
        for text in ["1990 , 200", "12 , 40", "he left - old and tired", "at 9 . Then"] {
            assert!(!glued(text).contains(&true), "{text}");
        }
        assert!(cuts_number("paid $ 2 . 6 million", Span::new(0, 10), Span::new(11, 20)));
        assert!(!cuts_number("paid $ 2. 6 came", Span::new(0, 9), Span::new(10, 16)));
    }

    #[test]
    fn eastern_digits_and_commas_read_as_western_ones() {
        let text = "٢٤، ۲۰۱۷";
        let cut = cut(text, Span::of(0..text.len()));
        assert_eq!(cut[0].lower, "24");
        assert_eq!(cut[1].made, Made::Mark(','));
        assert_eq!(cut[2].lower, "2017");
    }
}
