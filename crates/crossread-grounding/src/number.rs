//! Numbers in digits and in words.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::words::{Made, Stretch};

/// A number and where it ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Number {
    /// The index of the first word after it.
    pub(crate) end: usize,
    pub(crate) value: f64,
    /// It stands in digits only, without a scale ("1000", "1,000", "4.5").
    pub(crate) digits: bool,
}

#[derive(Deserialize)]
struct Lexicon {
    plain: FxHashMap<String, u32>,
    scale: FxHashMap<String, f64>,
    suffix: FxHashMap<String, f64>,
    ordinal: FxHashMap<String, u32>,
}

// The file is part of the program; a test reads it.
static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    toml::from_str(include_str!("../data/numbers.toml")).unwrap_or(Lexicon {
        plain: FxHashMap::default(),
        scale: FxHashMap::default(),
        suffix: FxHashMap::default(),
        ordinal: FxHashMap::default(),
    })
});

/// Larger numbers than any count or sum in the news are no amounts, but serial numbers.
const GREATEST: f64 = 1e16;

/// No number names more scales in a row than this ("three hundred thousand million"), nor has more parts. A text
/// that does costs no more.
const MOST_SCALES: usize = 4;

/// The scale a word stands for: 1000 for "thousand".
pub(crate) fn scale(word: &str) -> Option<f64> {
    LEXICON.scale.get(word).copied()
}

/// The value of a word that is a number by itself: 12 for "twelve".
pub(crate) fn plain(word: &str) -> Option<u32> {
    LEXICON.plain.get(word).copied()
}

/// The ordinal at `at`, in words or digits ("third", "3rd", "twenty-first"), and where it ends.
pub(crate) fn ordinal(words: &Stretch, at: usize) -> Option<(usize, u32)> {
    if let Some(digits) = words.digits(at) {
        let ending = words.any(at + 1, &["st", "nd", "rd", "th"]) && words.glued(at + 1);
        return ending.then(|| digits.parse().ok().map(|value| (at + 2, value)))?;
    }
    let word = words.lower(at);
    if let Some(&value) = LEXICON.ordinal.get(word) {
        return Some((at + 1, value));
    }
    let tens = plain(word).filter(|tens| (20..100).contains(tens))?;
    let unit = words.past_hyphen(at + 1);
    let value = LEXICON.ordinal.get(words.lower(unit)).copied().filter(|unit| *unit < 10)?;
    Some((unit + 1, tens + value))
}

/// The number that starts at `at`, as far as it goes.
pub(crate) fn number(words: &Stretch, at: usize) -> Option<Number> {
    let number = match words.word(at)?.made {
        Made::Digits => in_digits(words, at),
        Made::Letters => in_words(words, at, MOST_SCALES),
        Made::Mark(mark) => vulgar_fraction(mark)
            .map(|value| Number { end: at + 1, value, digits: false })
            .or_else(|| point_first(words, at)),
    }?;
    (number.value < GREATEST).then_some(number)
}

fn vulgar_fraction(mark: char) -> Option<f64> {
    Some(match mark {
        '½' => 1.0 / 2.0,
        '⅓' => 1.0 / 3.0,
        '⅔' => 2.0 / 3.0,
        '¼' => 1.0 / 4.0,
        '¾' => 3.0 / 4.0,
        '⅛' => 1.0 / 8.0,
        '⅜' => 3.0 / 8.0,
        '⅝' => 5.0 / 8.0,
        '⅞' => 7.0 / 8.0,
        _ => return None,
    })
}

/// ".5" with nothing before the point.
fn point_first(words: &Stretch, at: usize) -> Option<Number> {
    let free = !words.word(at)?.glued || words.mark(at.wrapping_sub(1), '$');
    if !(free && words.mark(at, '.') && words.glued(at + 1)) {
        return None;
    }
    let digits = words.digits(at + 1)?;
    let value = format!("0.{digits}").parse().ok()?;
    Some(scaled(words, Number { end: at + 2, value, digits: true }))
}

fn in_digits(words: &Stretch, at: usize) -> Option<Number> {
    let first = words.digits(at)?;
    let mut text = first.to_owned();
    let mut end = at + 1;
    // "200,000", and "200 , 000" of texts cut into words; "12, 300" lists two.
    let group = |end: usize| {
        let tied = words.glued_mark(end, ',') && words.glued(end + 1);
        let apart = words.mark(end, ',') && !words.glued(end) && !words.glued(end + 1);
        (tied || apart).then(|| words.digits(end + 1)).flatten()
    };
    let lakhs = |end: usize| {
        // "3,00,000": groups of two before a last one of three.
        words.glued(end + 1)
            && group(end).is_some_and(|digits| digits.len() == 2)
            && group(end + 2).is_some_and(|digits| matches!(digits.len(), 2 | 3))
            && words.glued(end + 3)
    };
    if first.len() <= 3 && !first.starts_with('0') {
        while let Some(digits) = group(end).filter(|digits| digits.len() == 3 || lakhs(end)) {
            text.push_str(digits);
            end += 2;
        }
        // "4 000"
        if end == at + 1 && words.is(end, "000") && !words.glued(end) {
            while words.is(end, "000") {
                text.push_str("000");
                end += 1;
            }
        }
    }
    // "2,5 million": a decimal comma, or two numbers without a space.
    if words.glued_mark(end, ',') && words.glued(end + 1) && words.digits(end + 1).is_some() {
        return None;
    }
    if words.glued_mark(end, '.')
        && words.glued(end + 1)
        && let Some(decimals) = words.digits(end + 1)
    {
        text.push('.');
        text.push_str(decimals);
        end += 2;
        // "06.05.2017", "192.168.0.1", "1.000.000": no number of ours.
        if words.glued_mark(end, '.') && words.glued(end + 1) && words.digits(end + 1).is_some() {
            return None;
        }
    }
    let mut value: f64 = text.parse().ok()?;
    if end == at + 1 {
        if let Some((after, fraction)) = slash_fraction(words, at) {
            return Some(scaled(words, Number { end: after, value: fraction, digits: false }));
        }
        // "5 1/2", "5½"
        let next = words.past_hyphen(end);
        if let Some((after, fraction)) =
            slash_fraction(words, next).filter(|_| !words.glued(next) || next > end)
        {
            return Some(scaled(
                words,
                Number { end: after, value: value + fraction, digits: false },
            ));
        }
        if let Some(Made::Mark(mark)) = words.word(end).map(|word| word.made)
            && let Some(fraction) = vulgar_fraction(mark)
        {
            value += fraction;
            end += 1;
            return Some(scaled(words, Number { end, value, digits: false }));
        }
    }
    Some(scaled(words, Number { end, value, digits: true }))
}

/// "1/2", "3/4", "5/8": the denominators of prices and measures, so that "10/30" and "9/11" stay dates.
fn slash_fraction(words: &Stretch, at: usize) -> Option<(usize, f64)> {
    let numerator: u32 = words.digits(at)?.parse().ok()?;
    if !(words.glued_mark(at + 1, '/') && words.glued(at + 2)) {
        return None;
    }
    let denominator: u32 = words.digits(at + 2)?.parse().ok()?;
    let another = words.glued_mark(at + 3, '/') && words.digits(at + 4).is_some();
    let known = matches!(denominator, 2 | 3 | 4 | 5 | 8 | 16 | 32 | 64);
    (known && !another && 0 < numerator && numerator < denominator)
        .then(|| (at + 3, f64::from(numerator) / f64::from(denominator)))
}

/// The number with the scales that follow it: "1.5 million", "30k", "three hundred thousand".
fn scaled(words: &Stretch, mut number: Number) -> Number {
    let glued = words.glued(number.end);
    if glued
        && let Some(by) =
            LEXICON.suffix.get(words.lower(number.end)).filter(|_| !words.is(number.end, "m"))
    {
        return Number { end: number.end + 1, value: exact(number.value * by), digits: false };
    }
    for _ in 0..MOST_SCALES {
        let next = words.past_hyphen(number.end);
        let Some(by) = scale(words.lower(next)) else { break };
        number = Number { end: next + 1, value: exact(number.value * by), digits: false };
    }
    number
}

/// The number a decimal fraction times a power of ten stands for, without the error of binary fractions:
/// 1.1 times a million is 1100000.0000000002.
fn exact(value: f64) -> f64 {
    let whole = value.round();
    if (value - whole).abs() < 1e-6 * whole.abs().max(1.0) && whole.abs() >= 1.0 {
        whole
    } else {
        value
    }
}

fn in_words(words: &Stretch, at: usize, parts: usize) -> Option<Number> {
    let (mut end, mut value) = simple(words, at)?;
    // "one point five million"
    if words.is(end, "point") {
        let decimals: String = (end + 1..end + 7)
            .map_while(|next| plain(words.lower(next)).filter(|digit| *digit < 10))
            .filter_map(|digit| char::from_digit(digit, 10))
            .collect();
        if !decimals.is_empty() {
            value += format!("0.{decimals}").parse::<f64>().unwrap_or(0.0);
            end += 1 + decimals.len();
            return Some(scaled(words, Number { end, value, digits: false }));
        }
    }
    // "two and a half million"
    if let Some(next) = words.phrase(end, &["and", "a", "half"]) {
        return Some(scaled(words, Number { end: next, value: value + 0.5, digits: false }));
    }
    let mut by = 1.0;
    for _ in 0..MOST_SCALES {
        let next = words.past_hyphen(end);
        let Some(scale) = scale(words.lower(next)) else { break };
        by *= scale;
        end = next + 1;
        // "a million and a half"
        if let Some(after) = words.phrase(end, &["and", "a", "half"]) {
            return Some(Number { end: after, value: (value + 0.5) * by, digits: false });
        }
        // "two hundred and five thousand": what is added to the hundreds is scaled with them.
        if scale == 100.0 {
            let add = if words.is(end, "and") { end + 1 } else { words.past_hyphen(end) };
            if let Some((after, small)) = simple(words, add)
                && !words.any(add, &["a", "an", "half"])
                && scale_is_above(words, after, 100.0)
            {
                value = value * by + small;
                by = 1.0;
                end = after;
            }
        }
    }
    value *= by;
    // "two thousand three hundred and one". "Two dozen and three" is no number.
    if by >= 1000.0 && parts > 0 && !words.is(at, "half") {
        let next = if words.is(end, "and") { end + 1 } else { end };
        let more = (!words.any(next, &["a", "an", "half"]))
            .then(|| in_words(words, next, parts - 1))
            .flatten()
            .filter(|more| more.value < by && more.value.fract() == 0.0);
        if let Some(more) = more {
            value += more.value;
            end = more.end;
        }
    }
    Some(Number { end, value, digits: false })
}

/// Whether the words after are a scale above `than`, or no scale at all.
fn scale_is_above(words: &Stretch, at: usize, than: f64) -> bool {
    scale(words.lower(words.past_hyphen(at))).is_none_or(|scale| scale > than)
}

/// A number below a hundred, or an article or "half" that stands for one before a scale.
fn simple(words: &Stretch, at: usize) -> Option<(usize, f64)> {
    let word = words.lower(at);
    if let Some(value) = plain(word) {
        if value >= 20 {
            let next = words.past_hyphen(at + 1);
            if let Some(unit) = plain(words.lower(next)).filter(|unit| (1..10).contains(unit)) {
                return Some((next + 1, f64::from(value + unit)));
            }
        }
        return Some((at + 1, f64::from(value)));
    }
    let scale_at = |at: usize| scale(words.lower(at)).is_some();
    match word {
        "a" | "an" if scale_at(at + 1) => Some((at + 1, 1.0)),
        "half" => {
            let next = words.past_hyphen(at + 1);
            if words.any(next, &["a", "an"]) && scale_at(words.past_hyphen(next + 1)) {
                Some((words.past_hyphen(next + 1), 0.5))
            } else {
                scale_at(next).then_some((next, 0.5))
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::stretches;

    fn read(text: &str) -> Option<(f64, String)> {
        let report = crate::testing::report(text, None);
        let stretch = stretches(&report, &Default::default()).next()?;
        let number = number(&stretch, 0)?;
        Some((number.value, stretch.span(0, number.end).text(text).to_owned()))
    }

    #[test]
    fn the_lexicon_reads() {
        assert!(toml::from_str::<Lexicon>(include_str!("../data/numbers.toml")).is_ok());
    }

    #[test]
    fn numbers_in_digits_and_words() {
        let cases: &[(&str, f64, &str)] = &[
            ("1,000 men", 1000.0, "1,000"),
            ("1000 men", 1000.0, "1000"),
            ("12, 300 and more", 12.0, "12"),
            ("200 , 000 people", 200e3, "200 , 000"),
            ("1 , 200 , 000 people", 1.2e6, "1 , 200 , 000"),
            ("4 000 people", 4000.0, "4 000"),
            ("3,00,000 people", 300e3, "3,00,000"),
            ("4.5 litres", 4.5, "4.5"),
            ("1.1 billion manats", 1.1e9, "1.1 billion"),
            ("$", 0.0, ""),
            ("30k", 30e3, "30k"),
            ("5 1/2 hours", 5.5, "5 1/2"),
            ("2½ years", 2.5, "2½"),
            ("twenty-three men", 23.0, "twenty-three"),
            ("one hundred and five thousand men", 105e3, "one hundred and five thousand"),
            ("two hundred and three hundred", 200.0, "two hundred"),
            ("three hundred thousand", 300e3, "three hundred thousand"),
            (
                "two thousand three hundred and one people",
                2301.0,
                "two thousand three hundred and one",
            ),
            ("one point five million", 1.5e6, "one point five million"),
            ("two and a half million", 2.5e6, "two and a half million"),
            ("a million and a half", 1.5e6, "a million and a half"),
            ("half a million", 0.5e6, "half a million"),
            ("half-a-dozen", 6.0, "half-a-dozen"),
            ("two dozen", 24.0, "two dozen"),
            ("a hundred", 100.0, "a hundred"),
        ];
        for (text, value, span) in cases {
            if span.is_empty() {
                assert_eq!(read(text), None, "{text}");
            } else {
                assert_eq!(read(text), Some((*value, (*span).to_owned())), "{text}");
            }
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        assert_eq!(read("06.05.2017"), None);
        assert_eq!(read("2,5 million"), None);
        assert_eq!(read("a man"), None);
        assert_eq!(read(&"9".repeat(400)), None);
        assert_eq!(read("99999999999999999999"), None);
    }
}
