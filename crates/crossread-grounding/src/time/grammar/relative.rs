//! Times reckoned from the day of publication or from the time spoken of last.

use super::Reader;
use crate::time::calendar::Unit;
use crate::time::meaning::{Clock, Count, Expression, Fields, Meaning};

impl Reader<'_> {
    /// "last week", "this summer", "the past three years", "that day", "the following month", "the weekend".
    pub(super) fn relative(&self, at: usize) -> Option<Expression> {
        self.weekend(at)
            .or_else(|| self.shifted(at))
            .or_else(|| self.spoken(at))
            .or_else(|| self.the_year(at))
            .or_else(|| self.week_of(at))
    }

    fn weekend(&self, at: usize) -> Option<Expression> {
        let words = self.words;
        let by = match words.lower(at) {
            "the" => None,
            "this" | "last" | "next" => Some(self.sense(at).shift?),
            _ => return None,
        };
        let past = if words.any(at + 1, &["past", "coming"]) { at + 2 } else { at + 1 };
        let by = if past > at + 1 { self.sense(at + 1).shift } else { by };
        words.is(past, "weekend").then(|| Expression::new(at, past + 1, Meaning::Weekend(by)))
    }

    /// A shift word and what it shifts.
    fn shifted(&self, at: usize) -> Option<Expression> {
        let words = self.words;
        let the = self.past_the(at);
        let mut first = the;
        let mut by = self.sense(first).shift?;
        let mut next = first + 1;
        // "this past spring", "this coming week"
        if words.is(first, "this") && words.any(next, &["past", "coming"]) {
            by = self.sense(next).shift?;
            first = next;
            next += 1;
        }
        // "the past three years", "the next few days", "past 20 years", "the past weeks"
        if by != 0 {
            let counted = if let Some((after, count)) =
                self.count_at(next).filter(|_| !words.any(next, &["a", "an", "the"]))
            {
                self.unit_after(after).map(|(end, unit, _)| (end, count, unit))
            } else {
                self.unit_after(next)
                    .filter(|(_, _, plural)| *plural)
                    .map(|(end, unit, _)| (end, Count::Vague, unit))
            };
            if let Some((end, count, unit)) = counted {
                let (end, modifier) = match words.phrase(end, &["or", "so"]) {
                    Some(end) => (end, Some("APPROX")),
                    None => (end, None),
                };
                let known = matches!(count, Count::Known(_));
                // "in past years": some time, not a stretch.
                let meaning = if !known && the == at && words.any(first, &["past", "previous"]) {
                    Meaning::Reference("PAST_REF")
                } else if !known && the == at && words.any(first, &["future"]) {
                    Meaning::Reference("FUTURE_REF")
                } else {
                    Meaning::Duration(vec![(count, unit)])
                };
                let mut found = Expression::new(at, end, meaning);
                found.modifier = modifier;
                return Some(found);
            }
        }
        let fields = Fields::default();
        let sense = self.sense(next);
        if let Some(unit) = sense.unit {
            let (end, singular) =
                (next + 1, !words.lower(next).ends_with('s') || words.is(next, "s"));
            if !singular || matches!(unit, Unit::Second | Unit::Minute | Unit::Hour) {
                return None;
            }
            // "last minute", "this quarter-mile", "next-day delivery"
            if words.glued_mark(end, '-') && !words.any(end + 1, &["long"]) {
                return None;
            }
            // "the next day", "the following year", "the previous week", "a previous year": after what was spoken of.
            let spoken = words.any(first, &["following", "previous", "preceding"])
                || (the > at && words.is(first, "next"))
                || (the > at && words.is(first, "last") && unit == Unit::Day);
            if spoken {
                return (the > at).then(|| Expression::new(at, end, Meaning::Same { by, unit }));
            }
            if the > at && words.is(first, "this") {
                return None;
            }
            // "the last year", "the past decade": a stretch that ends now.
            if the > at && words.any(first, &["past", "last", "coming"]) {
                return Some(Expression::new(
                    at,
                    end,
                    Meaning::Duration(vec![(Count::Known(1.0), unit)]),
                ));
            }
            if unit == Unit::Day && !words.is(first, "next") {
                return None;
            }
            return Some(Expression::new(at, end, Meaning::Shift { by, unit }));
        }
        // "the previous Friday"
        if words.any(first, &["following", "previous", "preceding"]) && sense.part.is_none() {
            let weekday = sense.weekday.filter(|_| the > at && self.capital(next));
            return weekday.map(|weekday| {
                Expression::new(at, next + 1, Meaning::SameWeekday { by, weekday })
            });
        }
        let toward = |end, fields| Some(Expression::new(at, end, Meaning::Toward { by, fields }));
        if let Some(weekday) = sense.weekday.filter(|_| self.capital(next)) {
            return toward(next + 1, Fields { weekday: Some(weekday), ..fields });
        }
        if let Some((end, month)) = self.month_at(next) {
            // "this May 5": leave the day to the date.
            if words.digits(end).is_some() {
                return None;
            }
            return toward(
                if words.glued_mark(next + 1, '.') { end } else { next + 1 },
                Fields { month: Some(month), ..fields },
            );
        }
        if let Some(season) = sense.season {
            return toward(next + 1, Fields { season: Some(season), ..fields });
        }
        if let Some(part) = sense.part {
            // "last night" is the night of the day before, "this morning" of the day itself.
            let meaning = if the > at || words.any(first, &["following", "previous"]) {
                Meaning::Same { by, unit: Unit::Day }
            } else if words.any(first, &["this", "last"]) {
                Meaning::Shift { by, unit: Unit::Day }
            } else {
                return None;
            };
            let mut found = Expression::new(at, next + 1, meaning);
            found.clock = Some(Clock::Part(part));
            return Some(found);
        }
        None
    }

    /// "that day", "the same year", "the day before", "the year before".
    fn spoken(&self, at: usize) -> Option<Expression> {
        let words = self.words;
        let same = if words.is(at, "that") {
            if words.is(at + 1, "same") { at + 2 } else { at + 1 }
        } else {
            words.phrase(at, &["the", "same"]).unwrap_or(at)
        };
        if same > at {
            let unit =
                self.sense(same).unit.filter(|unit| *unit >= Unit::Day && *unit <= Unit::Year);
            if let Some(unit) = unit.filter(|_| !words.lower(same).ends_with('s')) {
                return Some(Expression::new(at, same + 1, Meaning::Same { by: 0, unit }));
            }
            if let Some(part) = self.sense(same).part {
                let mut found =
                    Expression::new(at, same + 1, Meaning::Same { by: 0, unit: Unit::Day });
                found.clock = Some(Clock::Part(part));
                return Some(found);
            }
            return None;
        }
        // "the day before", "the year after", at the end of a clause
        if words.is(at, "the")
            && let Some(unit) =
                self.sense(at + 1).unit.filter(|unit| *unit >= Unit::Day && *unit <= Unit::Year)
            && let Some(by) = match words.lower(at + 2) {
                "before" | "earlier" => Some(-1),
                "after" => Some(1),
                _ => None,
            }
        {
            let ends = words
                .word(at + 3)
                .is_none_or(|word| matches!(word.made, crate::words::Made::Mark(_)))
                || words.any(at + 3, &["and", "but", "as", "with"]);
            return ends.then(|| Expression::new(at, at + 3, Meaning::Same { by, unit }));
        }
        // "since then", "until then"
        if words.is(at, "then") && self.before_any(at, &["since", "until", "by"]) {
            return Some(Expression::new(at, at + 1, Meaning::Same { by: 0, unit: Unit::Second }));
        }
        None
    }

    /// "the year" as the present one, "the year ended", "the week".
    fn the_year(&self, at: usize) -> Option<Expression> {
        let words = self.words;
        if !words.is(at, "the") || self.before(at) == "of" && self.before(at - 1) == "time" {
            return None;
        }
        let next = if words.any(at + 1, &["full", "whole", "entire"]) { at + 2 } else { at + 1 };
        let unit = match words.lower(next) {
            "year" => Unit::Year,
            "week" => Unit::Week,
            "month" => Unit::Month,
            "century" => Unit::Century,
            "decade" => Unit::Decade,
            _ => return None,
        };
        if words.any(next + 1, &["ended", "ending", "ends"]) {
            return Some(Expression::new(
                at,
                next + 1,
                Meaning::Duration(vec![(Count::Known(1.0), unit)]),
            ));
        }
        if words.digits(next + 1).is_some() {
            return None;
        }
        let owned = words.mark(next + 1, '\'') && words.glued(next + 1);
        let ends = words.word(next + 1).is_none_or(|word| word.made != crate::words::Made::Letters)
            || matches!(self.tag(next + 1), "IN" | "CC" | "TO" | "RB" | "VBD" | "WDT")
                && !words.is(next + 1, "of");
        let hyphen = words.glued_mark(next + 1, '-');
        ((owned || ends)
            && !hyphen
            && self.before_any(
                at,
                &[
                    "for",
                    "in",
                    "of",
                    "during",
                    "through",
                    "throughout",
                    "this",
                    "earlier",
                    "later",
                    "by",
                ],
            )
            || next > at + 1)
            .then(|| Expression::new(at, next + 1, Meaning::Shift { by: 0, unit }))
    }

    /// "the week of March 6": the week that holds the day.
    fn week_of(&self, at: usize) -> Option<Expression> {
        let after = self.words.phrase(at, &["the", "week", "of"])?;
        let date = self.month_date(after)?;
        Some(Expression { start: at, ..date })
    }

    /// "today", "yesterday", "tonight", "day after tomorrow".
    pub(super) fn deictic(&self, at: usize) -> Option<Expression> {
        let words = self.words;
        let the = self.past_the(at);
        if words.is(the, "day") {
            let (by, word) = match words.lower(the + 1) {
                "before" => (-1, "yesterday"),
                "after" => (1, "tomorrow"),
                _ => return None,
            };
            return words.is(the + 2, word).then(|| {
                Expression::new(at, the + 3, Meaning::Shift { by: 2 * by, unit: Unit::Day })
            });
        }
        let by = self.sense(at).deictic?;
        // "USA Today", "Russia Today"
        if self.capital(at)
            && at > 0
            && self.capital(at - 1)
            && words.glued(at - 1) != words.glued(at)
        {
            return None;
        }
        if self.capital(at) && at > 0 && words.word(at - 1).is_some_and(|word| word.capital) {
            return None;
        }
        let mut found = Expression::new(at, at + 1, Meaning::Shift { by, unit: Unit::Day });
        if words.is(at, "tonight") {
            found.clock = Some(Clock::Part("TNI"));
        }
        Some(found)
    }

    /// "now", "recently", "the past", "the future".
    pub(super) fn reference(&self, at: usize) -> Option<Expression> {
        let words = self.words;
        if let Some(value) = self.sense(at).reference {
            // "now that", "until now" is a time, "even now" too.
            let conjunction = words.is(at, "now") && words.any(at + 1, &["that", "-", "defunct"]);
            return (!conjunction).then(|| Expression::new(at, at + 1, Meaning::Reference(value)));
        }
        let phrase: &[(&[&str], &'static str)] = &[
            (&["these", "days"], "PRESENT_REF"),
            (&["at", "present"], "PRESENT_REF"),
            (&["the", "near", "future"], "FUTURE_REF"),
            (&["the", "future"], "FUTURE_REF"),
            (&["the", "recent", "past"], "PAST_REF"),
            (&["the", "past"], "PAST_REF"),
            (&["the", "near", "term"], "FUTURE_REF"),
            (&["the", "short", "term"], "FUTURE_REF"),
        ];
        if !words.any(at, &["these", "at", "the"]) {
            return None;
        }
        phrase.iter().find_map(|(phrase, value)| {
            let end = words.phrase(at, phrase)?;
            let ends = words.word(end).is_none_or(|word| word.made != crate::words::Made::Letters)
                || !matches!(self.tag(end), "NN" | "NNS" | "CD" | "JJ");
            ends.then(|| Expression::new(at, end, Meaning::Reference(value)))
        })
    }
}
