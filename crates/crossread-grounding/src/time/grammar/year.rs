//! Years, decades and centuries.

use super::Reader;
use crate::number::{ordinal, plain, scale};
use crate::time::meaning::{Expression, Fields, Meaning};
use crate::words::Made;

/// Words that a bare year stands after.
const BEFORE_YEARS: &[&str] = &[
    "in",
    "since",
    "of",
    "by",
    "until",
    "till",
    "from",
    "to",
    "through",
    "before",
    "after",
    "during",
    "between",
    "and",
    "early",
    "late",
    "mid",
    "circa",
    "year",
    "for",
    "late",
    "around",
    "fiscal",
    "summer",
    "spring",
    "fall",
    "autumn",
    "winter",
    "election",
    "elections",
    "campaign",
    "(",
    "-",
    "due",
    "or",
    "/",
];

/// Words that say an amount follows, not a year.
const BEFORE_AMOUNTS: &[&str] = &[
    "than",
    "least",
    "most",
    "about",
    "nearly",
    "almost",
    "some",
    "over",
    "approximately",
    "roughly",
    "up",
    "exactly",
    "only",
    "just",
    "no",
    "$",
    "£",
    "€",
    "#",
    "another",
    "room",
    "flight",
    "page",
    "highway",
    "route",
    "number",
];

impl Reader<'_> {
    /// The year in four digits at `at`, where the words around it fit one.
    pub(super) fn year_at(&self, at: usize, trusted: bool) -> Option<i16> {
        let digits = self.words.digits(at).filter(|digits| digits.len() == 4)?;
        let year: i16 = digits.parse().ok()?;
        let glued_before = self.words.glued(at)
            && !(at > 0
                && (self.words.mark(at - 1, '-')
                    || self.words.mark(at - 1, '(')
                    || self.words.mark(at - 1, '/')
                    || self.words.mark(at - 1, '"')
                    || self.words.mark(at - 1, '\'')
                    || self.words.mark(at - 1, '[')
                    || self.words.mark(at - 1, ',')));
        if glued_before || self.goes_on_as_number(at + 1) {
            return None;
        }
        if trusted {
            return (1000..=2199).contains(&year).then_some(year);
        }
        let before = self.before(at);
        if BEFORE_AMOUNTS.contains(&before)
            && !(before == "about" && self.words.is(at.wrapping_sub(2), "in"))
        {
            return None;
        }
        let introduced = BEFORE_YEARS.contains(&before);
        let likely = (1900..=2099).contains(&year);
        // Before 1900 a number is a year only after a word that leads to one and to nothing else.
        let historic = introduced
            && (1400..1900).contains(&year)
            && !matches!(before, "of" | "to" | "and" | "for" | "-" | "(" | "/");
        if !likely && !historic {
            return None;
        }
        if self.counts_what_follows(at + 1) || self.words.is(at + 1, "of") {
            return None;
        }
        // A number at the end of a list or a line is a year only where something says so.
        (introduced || likely).then_some(year)
    }

    /// Digits that are a part of a longer number, a price, a share or a code.
    fn goes_on_as_number(&self, at: usize) -> bool {
        let Some(word) = self.words.word(at).filter(|word| word.glued) else { return false };
        match word.made {
            Made::Mark('.' | ',' | ':' | '/') => {
                self.words.glued(at + 1) && self.words.digits(at + 1).is_some()
            }
            Made::Mark('%' | '$' | '£' | '€' | '#' | '@' | '_' | '°') => true,
            Made::Mark('-') => {
                // "1998-99" is two years, "2010-2014" a range, "1000-strong" an amount.
                self.words.glued(at + 1)
                    && self
                        .words
                        .digits(at + 1)
                        .is_none_or(|digits| digits.len() != 4 && digits.len() != 2)
            }
            Made::Letters => true,
            _ => false,
        }
    }

    /// Whether a plural noun or a scale follows: "2000 men", "1900 million".
    fn counts_what_follows(&self, at: usize) -> bool {
        let word = self.words.lower(at);
        if scale(word).is_some() || word == "percent" {
            return true;
        }
        let tag = self.tag(at);
        if !tag.is_empty() {
            // "2000 armed men", "1998 results": adjectives stand between a count and its noun more often.
            return tag == "NNS"
                && self.tag(at.wrapping_sub(1)) == "CD"
                && !self.before_any(at - 1, &["the", "in", "its", "their", "since"])
                && self.head_is_next(at - 1, at);
        }
        const COUNTED: &[&str] = &[
            "people",
            "men",
            "women",
            "children",
            "troops",
            "soldiers",
            "militants",
            "fighters",
            "civilians",
            "miles",
            "kilometers",
            "kilometres",
            "meters",
            "metres",
            "feet",
            "dollars",
            "euros",
            "pounds",
            "tons",
            "tonnes",
            "homes",
            "houses",
            "jobs",
            "workers",
            "employees",
            "refugees",
            "families",
            "police",
            "votes",
        ];
        COUNTED.contains(&word)
    }

    fn head_is_next(&self, at: usize, noun: usize) -> bool {
        let token = |at: usize| {
            self.words
                .word(at)
                .and_then(|word| crate::words::token_at(self.parsed, word.span.start))
        };
        match (token(at), token(noun)) {
            (Some(number), Some(noun)) => {
                let number = &self.parsed.tokens[number];
                number.head as usize == noun && number.dep == "nummod"
            }
            _ => false,
        }
    }

    pub(super) fn year(&self, at: usize) -> Option<Expression> {
        // "the 2016 figures" is no expression with its article; "the year 2016" is.
        if let Some(after) = self.words.phrase(at, &["the", "year"])
            && let Some((end, year)) = self
                .year_at(after, true)
                .map(|year| (after + 1, year))
                .or_else(|| self.year_in_words(after))
        {
            return Some(date(at, end, year));
        }
        if let Some(year) = self.year_at(at, false) {
            return Some(date(at, at + 1, year));
        }
        let (end, year) = self.year_in_words(at).filter(|(end, _)| {
            *end > at + 1 && self.words.any(at, &["eighteen", "nineteen", "twenty"])
        })?;
        Some(date(at, end, year))
    }

    /// "nineteen ninety-six", "two thousand", "two thousand and four".
    pub(super) fn year_in_words(&self, at: usize) -> Option<(usize, i16)> {
        let words = self.words;
        let century = plain(words.lower(at))?;
        let next = words.past_hyphen(at + 1);
        if (18..=20).contains(&century)
            && let Some(tens) = plain(words.lower(next)).filter(|tens| (10..100).contains(tens))
        {
            let last = words.past_hyphen(next + 1);
            let unit = (tens >= 20)
                .then(|| plain(words.lower(last)).filter(|unit| (1..10).contains(unit)))
                .flatten();
            let end = if unit.is_some() { last + 1 } else { next + 1 };
            return i16::try_from(century * 100 + tens + unit.unwrap_or(0))
                .ok()
                .map(|year| (end, year));
        }
        if century == 2 && words.is(at + 1, "thousand") {
            let add = if words.is(at + 2, "and") { at + 3 } else { at + 2 };
            return Some(match plain(words.lower(add)).filter(|unit| (1..20).contains(unit)) {
                Some(unit) => (add + 1, 2000 + i16::try_from(unit).ok()?),
                None => (at + 2, 2000),
            });
        }
        None
    }

    /// "the 1990s", "'80s", "the nineties", "the 20th century".
    pub(super) fn decade(&self, at: usize) -> Option<Expression> {
        let words = self.words;
        let first = self.past_the(at);
        let quoted = if words.mark(first, '\'') { first + 1 } else { first };
        if let Some(digits) = words.digits(quoted) {
            let plural = if words.glued_mark(quoted + 1, '\'') { quoted + 2 } else { quoted + 1 };
            if words.is(plural, "s") && words.glued(plural) && digits.ends_with('0') {
                let value: i16 = digits.parse().ok()?;
                let decade = match digits.len() {
                    4 if (1000..=2099).contains(&value) => value / 10,
                    2 if quoted > first || first > at => 190 + value / 10,
                    _ => return None,
                };
                return Some(Expression::new(at, plural + 1, Meaning::Decade(decade)));
            }
            if quoted > first {
                return None;
            }
        }
        if quoted > first {
            return None;
        }
        if first > at {
            const NAMES: [&str; 8] = [
                "twenties",
                "thirties",
                "forties",
                "fifties",
                "sixties",
                "seventies",
                "eighties",
                "nineties",
            ];
            if let Some(index) = NAMES.iter().position(|name| words.is(first, name)) {
                return Some(Expression::new(at, first + 1, Meaning::Decade(192 + index as i16)));
            }
        }
        let (after, number) = ordinal(words, first)?;
        let unit = words.past_hyphen(after);
        if words.is(unit, "century") && (1..=30).contains(&number) {
            return Some(Expression::new(at, unit + 1, Meaning::Century(number as i16 - 1)));
        }
        None
    }
}

pub(super) fn date(start: usize, end: usize, year: i16) -> Expression {
    Expression::new(start, end, Meaning::Date(Fields { year: Some(year), ..Fields::default() }))
}
