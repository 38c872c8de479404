//! Calendar dates: by month and day, by weekday, in numbers; holidays and seasons.

use jiff::civil::Date;

use super::Reader;
use crate::number::ordinal;
use crate::time::lexicon::LEXICON;
use crate::time::meaning::{Expression, Fields, Meaning};

impl Reader<'_> {
    /// The month named at `at`, and where its name ends.
    pub(super) fn month_at(&self, at: usize) -> Option<(usize, i8)> {
        let month = self.sense(at).month.filter(|_| self.capital(at))?;
        Some((self.past_point(at + 1), month))
    }

    /// The weekday named at `at`, and where its name ends.
    fn weekday_at(&self, at: usize) -> Option<(usize, i8)> {
        let weekday = self.sense(at).weekday.filter(|_| self.capital(at))?;
        Some((self.past_point(at + 1), weekday))
    }

    /// A day of the month, in digits or as an ordinal.
    fn day_at(&self, at: usize) -> Option<(usize, i8)> {
        if let Some((end, day)) = ordinal(self.words, at).filter(|(_, day)| (1..=31).contains(day))
        {
            return Some((end, day as i8));
        }
        let digits = self.words.digits(at).filter(|digits| digits.len() <= 2)?;
        let day: i8 = digits.parse().ok().filter(|day| (1..=31).contains(day))?;
        let longer = self.words.glued(at + 1)
            && (self.words.mark(at + 1, '%')
                || (self.words.mark(at + 1, ':')
                    && self.words.glued(at + 2)
                    && self.words.digits(at + 2).is_some())
                || (self.words.mark(at + 1, '.')
                    && self.words.glued(at + 2)
                    && self.words.digits(at + 2).is_some())
                || (self.words.mark(at + 1, ',')
                    && self.words.glued(at + 2)
                    && self.words.digits(at + 2).is_some_and(|rest| rest.len() == 3)));
        (!longer).then_some((at + 1, day))
    }

    /// A year after a date at `at`: ", 1998", " 1998", " of 1998", " this year", " last year".
    fn year_after(&self, at: usize) -> Option<(usize, Fields)> {
        let comma = if self.words.mark(at, ',') { at + 1 } else { at };
        if let Some(year) = self.year_at(comma, true) {
            return Some((comma + 1, Fields { year: Some(year), ..Fields::default() }));
        }
        let of = if self.words.is(at, "of") { at + 1 } else { at };
        if of > at
            && let Some(year) = self.year_at(of, true)
        {
            return Some((of + 1, Fields { year: Some(year), ..Fields::default() }));
        }
        if let Some((end, year)) = self.year_in_words(of) {
            return Some((end, Fields { year: Some(year), ..Fields::default() }));
        }
        if self.words.any(of, &["this", "last", "next"]) && self.words.is(of + 1, "year") {
            let years_on = self.sense(of).shift;
            return Some((of + 2, Fields { years_on, ..Fields::default() }));
        }
        None
    }

    /// "October 31", "Oct. 31, 2016", "October 2016", "October".
    pub(super) fn month_date(&self, at: usize) -> Option<Expression> {
        let (after, month) = self.month_at(at)?;
        let the_day = self.past_the(after);
        let hyphened = self.words.past_hyphen(the_day);
        if let Some((end, day)) = self.day_at(hyphened) {
            return Some(self.finish(at, end, month, day));
        }
        if let Some((end, year)) = self.year_after(after) {
            let fields = Fields { month: Some(month), ..year };
            return Some(Expression::new(at, end, Meaning::Date(fields)));
        }
        self.bare_month(at).then(|| {
            let fields = Fields { month: Some(month), ..Fields::default() };
            Expression::new(at, at + 1, Meaning::Date(fields))
        })
    }

    /// Whether the name at `at` is a month's without a day or year beside it: "May" and "March" have to be
    /// introduced, and no month is a part of a name.
    fn bare_month(&self, at: usize) -> bool {
        const INTRODUCING: &[&str] = &[
            "in", "last", "this", "next", "since", "until", "till", "by", "early", "late", "mid",
            "of", "from", "to", "through", "during", "before", "after", "for", "every", "each",
            "past", "previous", "coming",
        ];
        let name = self.words.lower(at);
        let introduced = INTRODUCING.contains(&self.before(at))
            || (self.before(at) == "-"
                && at > 1
                && self.words.any(at - 2, &["mid", "late", "early"]));
        let abbreviated = name.len() <= 4 && !matches!(name, "may" | "june" | "july");
        if abbreviated {
            return introduced && self.words.glued_mark(at + 1, '.');
        }
        if matches!(name, "may" | "march") {
            return introduced && !matches!(self.tag(at), "MD" | "VB" | "VBP");
        }
        if introduced {
            return true;
        }
        // "April Smith", "Rick August"
        let beside_name = at > 0 && self.capital(at - 1) && self.tag(at - 1) == "NNP"
            || self.capital(at + 1)
                && self.tag(at + 1) == "NNP"
                && self.sense(at + 1).weekday.is_none();
        !beside_name
    }

    /// "31 October 2016", "the 31st of October", "31-Oct-2016".
    pub(super) fn day_month(&self, at: usize) -> Option<Expression> {
        let first = self.past_the(at);
        let (after, day) = self.day_at(first)?;
        let of = if self.words.is(after, "of") { after + 1 } else { self.words.past_hyphen(after) };
        let (end, month) = self.month_at(of)?;
        let ordinal = after > first + 1 || of > after;
        // "30 May" is a date; "2 March" might be "2 March attacks", which is one too.
        if !ordinal && first > at {
            return None;
        }
        let end = if end == of + 2 && self.words.word(end).is_none() { of + 1 } else { end };
        Some(self.finish(at, end, month, day))
    }

    /// A date by month and day, with the year that follows if one does.
    fn finish(&self, start: usize, end: usize, month: i8, day: i8) -> Expression {
        let (end, year) =
            self.year_after(self.words.past_hyphen(end)).unwrap_or((end, Fields::default()));
        // A leap year, so that 29 February may be.
        if Date::new(year.year.unwrap_or(2000), month, day).is_err() {
            return Expression::new(
                start,
                end,
                Meaning::Impossible { year: year.year, month, day },
            );
        }
        let fields = Fields { month: Some(month), day: Some(day), ..year };
        Expression::new(start, end, Meaning::Date(fields))
    }

    /// The second day of "April 24 and 25", "Oct. 12-15".
    pub(super) fn second_day(&self, first: &Expression) -> Option<Expression> {
        let Meaning::Date(fields @ Fields { month: Some(month), day: Some(day), year: None, .. }) =
            first.meaning
        else {
            return None;
        };
        let words = self.words;
        let hyphen = words.past_hyphen(first.end);
        let joined = hyphen > first.end || words.any(first.end, &["and", "to", "or"]);
        let at = if hyphen > first.end { hyphen } else { first.end + 1 };
        let (end, second) = self.day_at(at).filter(|(_, second)| joined && *second > day)?;
        // "May 3 and 20 people": a count.
        let ends =
            words.word(end).is_none_or(|word| matches!(word.made, crate::words::Made::Mark(_)))
                || self.tag(end) == "IN";
        (ends && Date::new(2000, month, second).is_ok()).then(|| {
            let fields = Fields { day: Some(second), weekday: None, ..fields };
            Expression::new(at, end, Meaning::Date(fields))
        })
    }

    /// "Sunday", "Sunday, October 31", "Sun., 31 Oct. 2016".
    pub(super) fn weekday_date(&self, at: usize) -> Option<Expression> {
        let (after, weekday) = self.weekday_at(at)?;
        let comma = if self.words.mark(after, ',') { after + 1 } else { after };
        let the = self.past_the(comma);
        let date =
            self.month_date(the).or_else(|| self.day_month(the)).or_else(|| self.numeric_date(the));
        if let Some(mut date) = date {
            match &mut date.meaning {
                Meaning::Date(fields) if fields.day.is_some() => {
                    fields.weekday = Some(weekday);
                    date.start = at;
                    return Some(date);
                }
                Meaning::Impossible { .. } => {
                    date.start = at;
                    return Some(date);
                }
                _ => {}
            }
        }
        // "the Sunday Times", "Sun" the paper, "Wed" the verb.
        let short = self.words.lower(at).len() < 6;
        if short || self.words.is(at + 1, "times") {
            return None;
        }
        let fields = Fields { weekday: Some(weekday), ..Fields::default() };
        Some(Expression::new(at, at + 1, Meaning::Date(fields)))
    }

    /// "2017-08-24", "24/08/2017", "06.05.2017", "10-30-89".
    pub(super) fn numeric_date(&self, at: usize) -> Option<Expression> {
        let words = self.words;
        let first = words.digits(at)?;
        let separator = ['-', '/', '.'].into_iter().find(|mark| words.glued_mark(at + 1, *mark))?;
        let glued =
            words.glued(at + 2) && words.glued_mark(at + 3, separator) && words.glued(at + 4);
        if !glued
            || (words.glued(at) && at > 0 && !words.mark(at - 1, '(') && !words.mark(at - 1, '"'))
        {
            return None;
        }
        let (second, third) = (words.digits(at + 2)?, words.digits(at + 4)?);
        // "192.168.0.1", "1-2-3-4"
        if words.glued_mark(at + 5, separator)
            && words.glued(at + 6)
            && words.digits(at + 6).is_some()
        {
            return None;
        }
        let number = |digits: &str| digits.parse::<i16>().ok();
        let (a, b, c) = (number(first)?, number(second)?, number(third)?);
        let date = |year: i16, month: i16, day: i16, other_order: bool| {
            let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
            let meaning = if Date::new(year, month, day).is_ok() {
                Meaning::Date(Fields {
                    year: Some(year),
                    month: Some(month),
                    day: Some(day),
                    other_order,
                    ..Fields::default()
                })
            } else if (1..=12).contains(&month) && (1..=31).contains(&day) {
                Meaning::Impossible { year: Some(year), month, day }
            } else {
                return None;
            };
            Some(Expression::new(at, at + 5, meaning))
        };
        if first.len() == 4 && second.len() <= 2 && third.len() <= 2 {
            return (1000..=2199).contains(&a).then(|| date(a, b, c, false))?;
        }
        if first.len() > 2 || second.len() > 2 {
            return None;
        }
        let year = match third.len() {
            4 if (1000..=2199).contains(&c) => c,
            2 if separator != '.' && (first.len() == 2 || separator == '/') => {
                if c < 70 {
                    2000 + c
                } else {
                    1900 + c
                }
            }
            _ => return None,
        };
        match (a > 12, b > 12) {
            (true, false) => date(year, b, a, false),
            (false, true) => date(year, a, b, false),
            (true, true) => None,
            // The slash is the American habit, month first; the point the European one.
            (false, false) if separator == '.' => date(year, b, a, a != b),
            (false, false) => date(year, a, b, a != b),
        }
    }

    /// "Christmas", "last Thanksgiving", "Easter Sunday 2016".
    pub(super) fn holiday(&self, at: usize) -> Option<Expression> {
        let (first, by) = match self.sense(at).shift {
            Some(by) if self.words.any(at, &["last", "next", "this", "past"]) => (at + 1, by),
            _ => (at, 0),
        };
        if !self.capital(first) {
            return None;
        }
        let (end, rule) = LEXICON.holidays.find(self.words, first)?;
        if let Some(year) = self.year_at(end, true) {
            return Some(Expression::new(
                at,
                end + 1,
                Meaning::Holiday { rule, year: Some(year), by: 0 },
            ));
        }
        Some(Expression::new(at, end, Meaning::Holiday { rule, year: None, by }))
    }

    /// "the summer", "the fall of 2016", "spring 2017", "summer".
    pub(super) fn season(&self, at: usize) -> Option<Expression> {
        let first = self.past_the(at);
        let season = self.sense(first).season?;
        let fields = Fields { season: Some(season), ..Fields::default() };
        if let Some((end, year)) = self.year_after(first + 1) {
            let fields = Fields { season: Some(season), ..year };
            return Some(Expression::new(at, end, Meaning::Date(fields)));
        }
        let falls = self.words.is(first, "fall") || self.words.is(first, "spring");
        let noun = matches!(self.tag(first), "" | "NN" | "NNP");
        let of = self.words.is(first + 1, "of");
        let introduced = self.before_any(
            at,
            &[
                "in", "since", "by", "until", "during", "early", "late", "mid", "before", "after",
                "of", "that", "-",
            ],
        );
        let alone = !self
            .words
            .word(first + 1)
            .is_some_and(|word| word.made == crate::words::Made::Letters)
            || !matches!(self.tag(first + 1), "NN" | "NNS" | "NNP");
        (noun && !of && introduced && (first > at || !falls) && alone)
            .then(|| Expression::new(at, first + 1, Meaning::Date(fields)))
    }
}
