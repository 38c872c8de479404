//! The calendar of companies: quarters, halves, fiscal years.

use super::Reader;
use crate::number::ordinal;
use crate::time::calendar::Unit;
use crate::time::meaning::{Count, Expression, Fields, From, Meaning};

impl Reader<'_> {
    /// "the third quarter of 1989", "third-quarter", "fiscal 1989", "the year-ago quarter", "the first half",
    /// "this year's third quarter", "the 1988 quarter", "the latest quarter", "year-end".
    pub(super) fn fiscal(&self, at: usize) -> Option<Expression> {
        self.fiscal_year(at)
            .or_else(|| self.year_ago_period(at))
            .or_else(|| self.owned_quarter(at))
            .or_else(|| self.quarter(at))
            .or_else(|| self.ordinal_amount(at))
            .or_else(|| self.spoken_quarter(at))
    }

    /// "fiscal 1989", "fiscal year 1989", "the fiscal year", "year-end".
    fn fiscal_year(&self, at: usize) -> Option<Expression> {
        let words = self.words;
        if words.is(at, "year") && words.is(words.past_hyphen(at + 1), "end") {
            let last_day = Fields { month: Some(12), day: Some(31), ..Fields::default() };
            let this_year = Fields { years_on: Some(0), ..last_day };
            let mut found =
                Expression::new(at, words.past_hyphen(at + 1) + 1, Meaning::Date(this_year));
            // "1989 year-end", "year-end 1989"
            if let Some(year) = self.year_at(found.end, true) {
                found.meaning = Meaning::Date(Fields { year: Some(year), ..last_day });
                found.end += 1;
            }
            return Some(found);
        }
        let first = self.past_the(at);
        let current = if words.any(first, &["current", "latest", "last", "next", "this", "past"]) {
            first + 1
        } else {
            first
        };
        if !words.any(current, &["fiscal", "financial"]) {
            return None;
        }
        let next = words.past_hyphen(current + 1);
        let year = if words.is(next, "year") { next + 1 } else { next };
        if let Some(value) = self.year_at(year, true) {
            return Some(super::year::date(at, year + 1, value));
        }
        if year == next {
            return None;
        }
        let by = self.sense(first).shift.filter(|_| current > first);
        match by {
            Some(by) => Some(Expression::new(at, year, Meaning::Shift { by, unit: Unit::Year })),
            None if first > at => Some(Expression::new(
                at,
                year,
                Meaning::Duration(vec![(Count::Known(1.0), Unit::Year)]),
            )),
            None => None,
        }
    }

    /// "year-ago", "the year-earlier quarter", "the comparable year-ago period", "the year-ago third quarter".
    fn year_ago_period(&self, at: usize) -> Option<Expression> {
        let words = self.words;
        let mut first = self.past_the(at);
        if words.any(first, &["comparable", "corresponding", "same"]) {
            first += 1;
        }
        if !words.is(first, "year")
            || !words.glued_mark(first + 1, '-')
            || !words.any(first + 2, &["ago", "earlier"])
        {
            return None;
        }
        let end = first + 3;
        if let Some(mut quarter) = self.quarter_name(end) {
            quarter.start = at;
            if let Meaning::Date(fields) = &mut quarter.meaning {
                fields.years_on = Some(-1);
            }
            return Some(quarter);
        }
        let year = Meaning::Distance {
            count: Count::Known(1.0),
            unit: Unit::Year,
            later: false,
            from: From::Spoken,
        };
        if words.any(end, &["quarter", "period", "month"]) {
            return Some(Expression::new(at, end + 1, year));
        }
        // "the year-earlier results": the article is the noun's.
        (first == at).then(|| Expression::new(first, end, year))
    }

    /// "this year's third quarter", "last year's first half".
    fn owned_quarter(&self, at: usize) -> Option<Expression> {
        let words = self.words;
        let years_on = self.sense(at).shift.filter(|_| words.any(at, &["this", "last", "next"]))?;
        if !(words.is(at + 1, "year") && words.mark(at + 2, '\'') && words.is(at + 3, "s")) {
            return None;
        }
        let mut found = self.quarter_name(at + 4)?;
        found.start = at;
        if let Meaning::Date(fields) = &mut found.meaning {
            fields.years_on = Some(years_on);
        }
        Some(found)
    }

    /// "the third quarter", "fiscal third-quarter", "the 1988 third quarter", with the year that follows.
    fn quarter(&self, at: usize) -> Option<Expression> {
        let words = self.words;
        let first = self.past_the(at);
        let year =
            self.year_at(first, true).filter(|_| words.word(first).is_some_and(|word| !word.glued));
        let name = if year.is_some() { first + 1 } else { first };
        let fiscal = if words.is(name, "fiscal") { words.past_hyphen(name + 1) } else { name };
        let mut found = if let Some(found) = self.quarter_name(fiscal) {
            found
        } else if year.is_some() && words.any(fiscal, &["quarter", "period"]) {
            // "the 1988 quarter": that of the quarter spoken of, a year or more before.
            Expression::new(at, fiscal + 1, Meaning::Date(Fields { year, ..Fields::default() }))
        } else {
            return None;
        };
        found.start = at;
        if let Meaning::Date(fields) = &mut found.meaning {
            fields.year = fields.year.or(year);
            let of = self.past_fiscal(found.end);
            if fields.year.is_none() {
                if let Some(year) = self.year_at(of, true) {
                    fields.year = Some(year);
                    found.end = of + 1;
                } else if words.any(of, &["this", "last", "next"]) && words.is(of + 1, "year") {
                    fields.years_on = self.sense(of).shift;
                    found.end = of + 2;
                }
            }
        }
        Some(found)
    }

    /// Past "of", "of the fiscal year" and "fiscal", to the year of a quarter.
    fn past_fiscal(&self, at: usize) -> usize {
        let words = self.words;
        let of = if words.is(at, "of") { at + 1 } else { at };
        let the = of + usize::from(words.is(of, "the") && words.is(of + 1, "fiscal"));
        if !words.is(the, "fiscal") {
            return of;
        }
        let year = words.past_hyphen(the + 1);
        year + usize::from(words.is(year, "year"))
    }

    /// "third quarter", "third-quarter", "Q3", "first half".
    fn quarter_name(&self, at: usize) -> Option<Expression> {
        let words = self.words;
        let fields = |quarter, half| Meaning::Date(Fields { quarter, half, ..Fields::default() });
        if words.is(at, "q")
            && words.glued(at + 1)
            && words.word(at).is_some_and(|word| word.capital)
        {
            let number: i8 = words.digits(at + 1)?.parse().ok()?;
            return (1..=4)
                .contains(&number)
                .then(|| Expression::new(at, at + 2, fields(Some(number), None)));
        }
        let (after, number) = match ordinal(words, at) {
            Some(found) => found,
            None if words.is(at, "last") => (at + 1, 0),
            None => return None,
        };
        let unit = words.past_hyphen(after);
        if words.is(unit, "quarter") && (1..=4).contains(&number) {
            return Some(Expression::new(at, unit + 1, fields(Some(number as i8), None)));
        }
        if words.is(unit, "half") {
            let half = match number {
                1 => 1,
                2 | 0 => 2,
                _ => return None,
            };
            // "the first half" of a match: only with a year to it.
            let of = self.past_fiscal(unit + 1);
            let dated = self.year_at(of, true).is_some()
                || (words.any(of, &["this", "last", "next"]) && words.is(of + 1, "year"));
            return dated.then(|| Expression::new(at, unit + 1, fields(None, Some(half))));
        }
        None
    }

    /// "the quarter", "the latest quarter", "the latest period", "the current quarter".
    fn spoken_quarter(&self, at: usize) -> Option<Expression> {
        let words = self.words;
        let first = if words.is(at, "the") { at + 1 } else { return None };
        let latest = if words.any(first, &["latest", "recent"]) { first + 1 } else { first };
        if latest > first && words.any(latest, &["quarter", "period"]) {
            return Some(Expression::new(at, latest + 1, Meaning::LatestQuarter));
        }
        // "the quarter of a million" is a share.
        (latest == first && words.is(first, "quarter") && !words.any(first + 1, &["of", "-"]))
            .then(|| Expression::new(at, first + 1, Meaning::LatestQuarter))
    }
}
