//! What is written as a date or a time of day and can be none: kept as a time without a value, with the reason, so that
//! no other reader takes its digits for an amount or for a part of a date.

use super::Reader;
use crate::time::meaning::{Expression, Meaning};

impl Reader<'_> {
    /// "25:61", "the year 0", "the year 99999", "10000 BC", "32 May 2017", "13/13/2017".
    pub(super) fn unreadable(&self, at: usize) -> Option<Expression> {
        self.words.digits(at)?;
        let (end, why) = self
            .no_clock(at)
            .or_else(|| self.no_year(at))
            .or_else(|| self.before_christ(at))
            .or_else(|| self.no_day(at))
            .or_else(|| self.no_numeric_date(at))?;
        Some(Expression::new(at, end, Meaning::Unreadable(why)))
    }

    fn two_digits(&self, at: usize) -> Option<u32> {
        self.words.digits(at).filter(|digits| digits.len() == 2)?.parse().ok()
    }

    fn no_clock(&self, at: usize) -> Option<(usize, &'static str)> {
        let hour = self.two_digits(at)?;
        let colon = self.words.glued_mark(at + 1, ':') && self.words.glued(at + 2);
        let minute = self.two_digits(at + 2).filter(|_| colon)?;
        // "The score was 25:61" is no time of day either, and does not claim to be.
        const LEADING: &[&str] =
            &["at", "by", "around", "about", "until", "before", "after", "from", "since"];
        if !self.before_any(at, LEADING) {
            return None;
        }
        let alone = !(self.words.glued_mark(at + 3, ':') && self.words.glued(at + 4));
        (alone && (minute > 59 || hour > 24)).then_some((at + 3, "no time of day is written so"))
    }

    fn no_year(&self, at: usize) -> Option<(usize, &'static str)> {
        if !self.before_any(at, &["year"]) || self.words.glued(at) {
            return None;
        }
        let digits = self.words.digits(at)?;
        let goes_on = self.words.glued(at + 1) && self.words.digits(at + 2).is_some();
        let why = match digits.trim_start_matches('0') {
            "" => "the calendar has no year 0",
            year if year.len() > 4 => "years after 9999 are not read",
            _ => return None,
        };
        (!goes_on).then_some((at + 1, why))
    }

    fn before_christ(&self, at: usize) -> Option<(usize, &'static str)> {
        let era = self.words.any(at + 1, &["bc", "bce"]) && self.capital(at + 1);
        era.then_some((at + 2, "years before our era are not read"))
    }

    fn no_day(&self, at: usize) -> Option<(usize, &'static str)> {
        let day = self.two_digits(at)?;
        let (month_end, _) = self.month_at(at + 1).filter(|_| day > 31 && !self.words.glued(at))?;
        let comma = if self.words.mark(month_end, ',') { month_end + 1 } else { month_end };
        self.year_at(comma, true)?;
        Some((comma + 1, "no month has so many days"))
    }

    fn no_numeric_date(&self, at: usize) -> Option<(usize, &'static str)> {
        let words = self.words;
        let tied = |at: usize, mark: char| words.glued_mark(at, mark) && words.glued(at + 1);
        let mark = ['/', '.'].into_iter().find(|&mark| tied(at + 1, mark) && tied(at + 3, mark))?;
        let lengths = [at, at + 2, at + 4].map(|at| words.digits(at).map_or(0, str::len));
        let fits = matches!(lengths, [1..=2, 1..=2, 4] | [4, 1..=2, 1..=2]);
        let ends = !(tied(at + 5, mark) && words.digits(at + 6).is_some());
        (fits && ends).then_some((at + 5, "no order of day, month and year makes this a date"))
    }
}
