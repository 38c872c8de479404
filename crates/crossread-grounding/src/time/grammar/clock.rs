//! Times of day.

use super::Reader;
use crate::number::plain;
use crate::time::meaning::{Clock, Expression, Meaning};

impl Reader<'_> {
    /// "10:30 a.m. Tuesday", "noon", "0735 GMT", "4 in the morning".
    pub(super) fn clock_time(&self, at: usize) -> Option<Expression> {
        let (end, clock) = self.clock_at(at)?;
        let mut found = Expression::new(at, end, Meaning::Clock);
        found.clock = Some(clock);
        let mut next = end;
        if self.words.mark(next, ',') {
            next += 1;
        }
        if self.words.is(next, "on") {
            next += 1;
        }
        let day = self
            .weekday_date(next)
            .or_else(|| self.month_date(next))
            .or_else(|| self.day_month(next))
            .or_else(|| self.deictic(next))
            .filter(|day| day.clock.is_none() && is_day(&day.meaning));
        if let Some(day) = day {
            found.end = day.end;
            found.meaning = day.meaning;
        }
        Some(found)
    }

    fn clock_at(&self, at: usize) -> Option<(usize, Clock)> {
        let words = self.words;
        if let Some(hour) = self.sense(at).hour {
            // "the midnight train", "high noon"
            return Some((at + 1, Clock::At { hour, minute: Some(0), utc: false }));
        }
        if words.any(at, &["mid"]) {
            let part = words.past_hyphen(at + 1);
            if words.any(part, &["morning", "afternoon"]) {
                return Some((part + 1, Clock::Part(self.sense(part).part?)));
            }
        }
        let (after, hour) = match words.digits(at) {
            Some(digits) if digits.len() <= 2 => (at + 1, digits.parse::<i8>().ok()?),
            // "0735 GMT", "2300 hours", "1353 (1023 GMT)"
            Some(digits) if digits.len() == 4 => {
                let (hour, minute): (i8, i8) =
                    (digits.get(..2)?.parse().ok()?, digits.get(2..)?.parse().ok()?);
                let zone = self.zone(at + 1).or_else(|| self.told_again(at + 1))?;
                return (hour < 24 && minute < 60)
                    .then_some((zone.0, Clock::At { hour, minute: Some(minute), utc: zone.1 }));
            }
            Some(_) => return None,
            None => (at + 1, plain(words.lower(at)).and_then(|hour| i8::try_from(hour).ok())?),
        };
        if hour > 24 {
            return None;
        }
        let point = [':', '.'].into_iter().find(|mark| words.glued_mark(after, *mark));
        let minute = point.and_then(|_| {
            let digits = words
                .digits(after + 1)
                .filter(|digits| digits.len() == 2 && words.glued(after + 1))?;
            digits.parse::<i8>().ok()
        });
        let by_colon = minute.is_some() && point == Some(':');
        let mut end = after + if minute.is_some() { 2 } else { 0 };
        // Seconds are read over.
        if by_colon
            && words.glued_mark(end, ':')
            && words.glued(end + 1)
            && words.digits(end + 1).is_some_and(|digits| digits.len() == 2)
        {
            end += 2;
        }
        if minute.is_some_and(|minute| minute > 59) {
            return None;
        }
        if let Some((half_end, afternoon)) = self.half_of_day(end) {
            if !(1..=12).contains(&hour) {
                return None;
            }
            let hour = hour % 12 + if afternoon { 12 } else { 0 };
            let (end, utc) = self.zone(half_end).unwrap_or((half_end, false));
            return Some((end, Clock::At { hour, minute, utc }));
        }
        // "After 12 hours of talks" tells no time of day.
        let lasts = minute.is_none() && words.is(end, "hours");
        if let Some((end, utc)) =
            self.zone(end).filter(|_| !lasts && (by_colon || words.digits(at).is_some()))
        {
            return (hour < 24).then_some((end, Clock::At { hour, minute, utc }));
        }
        if let Some(clock_end) = words.phrase(end, &["o", "'", "clock"]) {
            let (end, hour) = self.part_phrase(clock_end, hour).unwrap_or((clock_end, hour));
            return Some((end, Clock::At { hour, minute, utc: false }));
        }
        // "24:00" is the end of a day.
        if by_colon && (hour < 24 || minute == Some(0)) && !words.mark(end, '%') {
            // "beat them 10:30" is a score; a clock time is said to be at, by, around something.
            let introduced = self.before_any(
                at,
                &[
                    "at", "by", "around", "about", "until", "before", "after", "from", "to",
                    "since", "between", "and", ",", "on",
                ],
            ) || self.words.digits(at).is_some_and(|digits| digits.len() == 2);
            if introduced {
                let (end, hour) = self.part_phrase(end, hour).unwrap_or((end, hour));
                return Some((end, Clock::At { hour, minute, utc: false }));
            }
            return None;
        }
        // "4 in the morning", "nine at night"
        let (end, hour) = (minute.is_none() && (1..=12).contains(&hour))
            .then(|| self.part_phrase(end, hour))??;
        self.before_any(at, &["at", "around", "about", "until", "by"])
            .then_some((end, Clock::At { hour, minute: None, utc: false }))
    }

    /// "in the morning", "at night" after an hour: where it ends, and the hour of the day.
    fn part_phrase(&self, at: usize, hour: i8) -> Option<(usize, i8)> {
        let end = self
            .words
            .phrase(at, &["in", "the"])
            .or_else(|| self.words.is(at, "at").then_some(at + 1))?;
        let part = self.sense(end).part?;
        let after_noon = matches!(part, "TAF" | "TEV") || (part == "TNI" && hour >= 6);
        Some((end + 1, if after_noon && hour < 12 { hour + 12 } else { hour }))
    }

    /// "a.m.", "PM" at `at`: where it ends, and whether it is after noon.
    fn half_of_day(&self, at: usize) -> Option<(usize, bool)> {
        let words = self.words;
        if words.any(at, &["am", "pm"]) {
            return Some((at + 1, words.is(at, "pm")));
        }
        let letter = words.any(at, &["a", "p"]).then(|| words.is(at, "p"))?;
        if !(words.glued_mark(at + 1, '.') && words.glued(at + 2) && words.is(at + 2, "m")) {
            return None;
        }
        // The last point may end the sentence; it belongs to the abbreviation all the same.
        let end = if words.glued_mark(at + 3, '.') { at + 4 } else { at + 3 };
        Some((end, letter))
    }

    /// Whether the same hour follows in brackets with its zone: "1353 (1023 GMT)". Gives what [`Self::zone`] does for
    /// the local time, which has none.
    fn told_again(&self, at: usize) -> Option<(usize, bool)> {
        let words = self.words;
        let digits = words.mark(at, '(').then(|| words.digits(at + 1))??;
        let zoned = digits.len() == 4 && self.zone(at + 2).is_some();
        zoned.then_some((at, false))
    }

    /// A time zone at `at`: where it ends, and whether it is universal time.
    fn zone(&self, at: usize) -> Option<(usize, bool)> {
        let words = self.words;
        if words.any(at, &["gmt", "utc", "z"]) {
            return (words.is(at, "z") <= words.glued(at)).then_some((at + 1, true));
        }
        if words.any(
            at,
            &[
                "est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt", "bst", "cet", "cest",
                "eet", "msk", "et",
            ],
        ) && self.capital(at)
        {
            return Some((at + 1, false));
        }
        words
            .phrase(at, &["local", "time"])
            .map(|end| (end, false))
            .or_else(|| words.is(at, "hours").then_some((at + 1, false)))
    }
}

/// Whether the meaning is one day, which a clock time can be within.
fn is_day(meaning: &Meaning) -> bool {
    match meaning {
        Meaning::Date(fields) => fields.weekday.is_some() || fields.day.is_some(),
        Meaning::Shift { unit, .. } => *unit == crate::time::calendar::Unit::Day,
        _ => false,
    }
}
