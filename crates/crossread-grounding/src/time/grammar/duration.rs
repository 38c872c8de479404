//! Amounts of time: durations, distances from a point, repetitions.

use super::Reader;
use crate::number::{number, ordinal};
use crate::time::calendar::Unit;
use crate::time::lexicon::LEXICON;
use crate::time::meaning::{Count, Expression, From, Meaning};
use crate::words::Made;

/// Words that may stand between a count and its unit.
const BETWEEN: &[&str] = &[
    "more",
    "full",
    "whole",
    "consecutive",
    "straight",
    "successive",
    "additional",
    "trading",
    "business",
    "working",
    "solid",
    "long",
    "short",
    "extra",
    "further",
    "other",
    "intervening",
];

/// Where amounts end, what they are, and whether the unit is plural.
type Amounts = (usize, Vec<(Count, Unit)>, bool);

impl Reader<'_> {
    /// How many: where the count ends, and what it is.
    pub(super) fn count_at(&self, at: usize) -> Option<(usize, Count)> {
        let words = self.words;
        if let Some(number) = number(words, at).filter(|number| number.value >= 0.0) {
            // "two or three", "two to three": the first, as the value of a TIMEX3 is one number.
            let joined =
                words.any(number.end, &["or", "to"]).then_some(number.end + 1).or_else(|| {
                    let next = words.past_hyphen(number.end);
                    (next > number.end).then_some(next)
                });
            if let Some(next) = joined
                && let Some(other) = crate::number::number(words, next)
                && self.unit_after(other.end).is_some()
                && other.value > number.value
            {
                return Some((other.end, Count::Known(number.value)));
            }
            return Some((number.end, Count::Known(number.value)));
        }
        if words.any(at, &["a", "an"]) {
            if words.any(at + 1, &["few", "couple", "number"]) {
                let end = if words.is(at + 2, "of") { at + 3 } else { at + 2 };
                let count =
                    if words.is(at + 1, "couple") { Count::Known(2.0) } else { Count::Vague };
                return Some((end, count));
            }
            return Some((at + 1, Count::Known(1.0)));
        }
        if words.is(at, "another") {
            return Some(
                self.count_at(at + 1)
                    .filter(|(_, count)| *count != Count::Known(1.0))
                    .unwrap_or((at + 1, Count::Known(1.0))),
            );
        }
        if words.is(at, "half") && words.any(at + 1, &["a", "an"]) {
            return Some((at + 2, Count::Known(0.5)));
        }
        if words.is(at, "couple") {
            let end = if words.is(at + 1, "of") { at + 2 } else { at + 1 };
            return Some((end, Count::Known(2.0)));
        }
        self.sense(at).vague.then_some((at + 1, Count::Vague))
    }

    /// The unit at `at`, past words like "more" and a hyphen: where it ends, what it is, whether it is plural.
    pub(super) fn unit_after(&self, at: usize) -> Option<(usize, Unit, bool)> {
        let mut at = self.words.past_hyphen(at);
        for _ in 0..2 {
            if self.words.any(at, BETWEEN) {
                at = self.words.past_hyphen(at + 1);
            }
        }
        // "60 Minutes" is a broadcast, "three-quarters" a share.
        let after = |made: &dyn Fn(usize) -> bool| at > 0 && made(at - 1);
        let broadcast = self.capital(at) && after(&|at| self.words.digits(at).is_some());
        let share = self.words.is(at, "quarters") && after(&|at| self.words.mark(at, '-'));
        let unit = self.sense(at).unit.filter(|_| !broadcast && !share)?;
        let plural = self.words.lower(at).ends_with('s');
        Some((at + 1, unit, plural))
    }

    /// A count and a unit: where they end, the amounts, whether the unit is plural.
    fn amounts(&self, at: usize) -> Option<Amounts> {
        let (after, count) = self.count_at(at)?;
        let (mut end, unit, plural) = self.unit_after(after)?;
        let words = self.words;
        // "a second": an ordinal far more often than a unit; "a quarter" a share.
        let digits = words.word(at)?.made == Made::Digits;
        if (unit == Unit::Second && !plural && !digits)
            || (unit == Unit::Quarter && !plural && words.any(at, &["a", "an", "one"]))
        {
            return None;
        }
        // "recent year", "many a year": vague counts take plurals.
        if count == Count::Vague && !plural && !self.words.mark(end - 2, '-') {
            return None;
        }
        // "a months-long", "the years": no count of one before a plural.
        if plural && words.any(at, &["a", "an"]) && after == at + 1 {
            return None;
        }
        let mut amounts = vec![(count, unit)];
        if let Some(after) = words.phrase(end, &["and", "a", "half"])
            && let Count::Known(known) = count
        {
            amounts[0].0 = Count::Known(known + 0.5);
            return Some((after, amounts, plural));
        }
        // "two years and three months"
        for _ in 0..2 {
            let next = if words.any(end, &["and", ","]) { end + 1 } else { end };
            let Some(more) = number(words, next) else { break };
            let Some((after, finer, _)) = self.unit_after(more.end) else { break };
            if finer >= amounts.last().map_or(unit, |(_, unit)| *unit)
                || self.distance_word(after).is_some() && next > end + 1
            {
                break;
            }
            amounts.push((Count::Known(more.value), finer));
            end = after;
        }
        Some((end, amounts, plural))
    }

    /// "two years", "two-year", "at least 72 hours", "six weeks ago", "a year earlier".
    pub(super) fn amount(&self, at: usize) -> Option<Expression> {
        let words = self.words;
        let (first, modifier) = match LEXICON.bounds.find(words, at) {
            Some((after, modifier)) if self.count_at(after).is_some() => (after, Some(modifier)),
            _ => (at, None),
        };
        let the = self.past_the(first);
        // "at least the past 18 months"
        if first > at
            && let Some(mut found) = self.relative(first)
            && matches!(found.meaning, Meaning::Duration(_))
        {
            found.start = at;
            found.modifier = modifier;
            return Some(found);
        }
        let Some((end, amounts, plural)) = self.amounts(the) else {
            return self.bare_unit(at);
        };
        let hyphen = words.past_hyphen(end);
        // "a 47-year-old", "three years old"
        if words.any(hyphen, &["old", "olds"]) || words.any(end, &["younger", "older"]) {
            return None;
        }
        let (count, unit) = amounts[0];
        let adjective = !plural && hyphen_inside(self, the, end);
        if the > first
            && (!plural || count == Count::Vague && !words.any(the, &["few", "several", "many"]))
            && !adjective
        {
            return None;
        }
        if the == first
            && words.any(first, &["some", "many"])
            && modifier.is_none()
            && self.distance_word(end).is_none()
            && !self.before_any(at, &["for", "in", "after", "over"])
        {
            return None;
        }
        // "the eight-year war": the article is the noun's.
        let at = if adjective && the > first && first == at { the } else { at };
        let distance = self.distance_word(end);
        // "twice a week"; "$5 a week" and "100 km an hour" are amounts of something else.
        let article = the == first && words.any(first, &["a", "an"]) && modifier.is_none();
        if article && !adjective && distance.is_none() && self.is_rate(first) {
            if !self.before_any(first, &["times", "twice", "once"]) {
                return None;
            }
            let value = format!("P{}", amount(Count::Known(1.0), unit));
            return (unit >= Unit::Day).then(|| Expression::new(at, end, Meaning::Set(value)));
        }
        let mut found = if let Some((after, later, from)) = distance.filter(|_| amounts.len() == 1)
        {
            let first_unit = the > first;
            (!first_unit).then(|| {
                Expression::new(at, after, Meaning::Distance { count, unit, later, from })
            })?
        } else {
            let end = if words.is(hyphen, "long") && hyphen > end { hyphen + 1 } else { end };
            let span_end = words.phrase(end, &["or", "so"]).unwrap_or(end);
            let mut found = Expression::new(at, span_end, Meaning::Duration(amounts));
            if span_end > end {
                found.modifier = Some("APPROX");
            }
            found
        };
        found.modifier = modifier.or(found.modifier);
        Some(found)
    }

    /// What follows an amount and makes it a distance: where that ends, whether it is later, from where.
    pub(super) fn distance_word(&self, at: usize) -> Option<(usize, bool, From)> {
        let words = self.words;
        if let Some(end) =
            words.phrase(at, &["from", "now"]).or_else(|| words.phrase(at, &["from", "today"]))
        {
            return Some((end, true, From::Published));
        }
        if words.is(at, "ago") {
            return Some((at + 1, false, From::Published));
        }
        if words.is(at, "earlier") {
            return Some((at + 1, false, From::Spoken));
        }
        // "two days later" but not "two days later than"
        if words.is(at, "later") && !words.is(at + 1, "than") {
            return Some((at + 1, true, From::Spoken));
        }
        None
    }

    /// "for years", "in weeks", "decades-long", "day-long", "months ago".
    fn bare_unit(&self, at: usize) -> Option<Expression> {
        let words = self.words;
        let unit = self.sense(at).unit?;
        let plural = words.lower(at).ends_with('s');
        let hyphen = words.past_hyphen(at + 1);
        let duration =
            |end, count| Some(Expression::new(at, end, Meaning::Duration(vec![(count, unit)])));
        if hyphen > at + 1 && words.is(hyphen, "long") {
            return duration(hyphen + 1, if plural { Count::Vague } else { Count::Known(1.0) });
        }
        let full_word = words.lower(at).len() >= 4;
        if !plural || !full_word || matches!(unit, Unit::Second | Unit::Quarter) {
            return None;
        }
        if let Some((end, later, from)) = self.distance_word(at + 1) {
            let meaning = Meaning::Distance { count: Count::Vague, unit, later, from };
            return Some(Expression::new(at, end, meaning));
        }
        let introduced = self.before_any(at, &["for", "in", "within", "after", "over"]);
        (introduced && !words.is(at + 1, "of") && hyphen == at + 1)
            .then(|| duration(at + 1, Count::Vague))?
    }

    /// Whether "a week" at `at` is a rate: "$5 a week", "three times a day", "barrels a day".
    fn is_rate(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        if self.words.digits(before).is_some()
            || self.words.any(
                before,
                &[
                    "%", "percent", "cents", "times", "twice", "once", "million", "billion",
                    "thousand", "hundred",
                ],
            )
        {
            return true;
        }
        let tag = self.tag(before);
        // A plural noun with a count somewhere before it.
        tag == "NNS"
            && (before.saturating_sub(3)..before)
                .any(|near| self.words.digits(near).is_some() || self.tag(near) == "CD")
    }

    /// "daily", "every day", "each Thursday", "Sundays".
    pub(super) fn set(&self, at: usize) -> Option<Expression> {
        let words = self.words;
        if let Some(unit) = self.sense(at).frequency {
            // "the party daily", "The Daily Star": a newspaper.
            if self.tag(at) == "NN" || self.tag(at) == "NNP" {
                return None;
            }
            if self.capital(at) && at > 0 && (self.capital(at - 1) || self.capital(at + 1)) {
                return None;
            }
            return Some(Expression::new(
                at,
                at + 1,
                Meaning::Set(format!("P{}", amount(Count::Known(1.0), unit))),
            ));
        }
        if words.any(at, &["every", "each"]) {
            // "every two weeks", "every other day", "every day"
            let other = words.is(at + 1, "other");
            let next = if other { at + 2 } else { at + 1 };
            if let Some(weekday) = self.sense(next).weekday.filter(|_| self.capital(next)) {
                return Some(Expression::new(
                    at,
                    next + 1,
                    Meaning::Set(format!("XXXX-WXX-{weekday}")),
                ));
            }
            if let Some(month) = self.sense(next).month.filter(|_| self.capital(next)) {
                return Some(Expression::new(
                    at,
                    next + 1,
                    Meaning::Set(format!("XXXX-{month:02}")),
                ));
            }
            if let Some(part) = self.sense(next).part {
                return Some(Expression::new(
                    at,
                    next + 1,
                    Meaning::Set(format!("XXXX-XX-XX{part}")),
                ));
            }
            let (end, unit, count) = match number(words, next) {
                Some(number) => {
                    let (end, unit, _) = self.unit_after(number.end)?;
                    (end, unit, number.value)
                }
                None => (next + 1, self.sense(next).unit?, if other { 2.0 } else { 1.0 }),
            };
            return Some(Expression::new(
                at,
                end,
                Meaning::Set(format!("P{}", amount(Count::Known(count), unit))),
            ));
        }
        // "on Sundays"
        let name = words.lower(at).strip_suffix('s')?;
        if name.len() < 6 || !self.capital(at) {
            return None;
        }
        let weekday =
            ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
                .iter()
                .position(|day| *day == name)?;
        Some(Expression::new(at, at + 1, Meaning::Set(format!("XXXX-WXX-{}", weekday + 1))))
    }

    /// "the first nine months", "the nine months", "the first two years".
    pub(super) fn ordinal_amount(&self, at: usize) -> Option<Expression> {
        let first = self.past_the(at);
        let (after, _) = ordinal(self.words, first).or_else(|| {
            self.words
                .any(first, &["final", "opening", "latest", "closing"])
                .then_some((first + 1, 0))
        })?;
        let number = number(self.words, after)?;
        let (end, unit, plural) = self.unit_after(number.end)?;
        plural.then(|| {
            Expression::new(at, end, Meaning::Duration(vec![(Count::Known(number.value), unit)]))
        })
    }
}

/// Whether a hyphen stands between the words.
fn hyphen_inside(reader: &Reader, start: usize, end: usize) -> bool {
    (start..end).any(|at| reader.words.glued_mark(at, '-'))
}

/// A count and its unit as TIMEX3 writes them, without the `P`: `3W`, `T2H30M`, `XY`, `20Y` for two decades.
pub(in crate::time) fn amount(count: Count, unit: Unit) -> String {
    let (by, letter, clock) = match unit {
        Unit::Second => (1.0, "S", true),
        Unit::Minute => (1.0, "M", true),
        Unit::Hour => (1.0, "H", true),
        Unit::Day => (1.0, "D", false),
        Unit::Week => (1.0, "W", false),
        Unit::Month => (1.0, "M", false),
        Unit::Quarter => (1.0, "Q", false),
        Unit::Year => (1.0, "Y", false),
        Unit::Decade => (10.0, "Y", false),
        Unit::Century => (100.0, "Y", false),
    };
    let time = if clock { "T" } else { "" };
    match count {
        Count::Vague if unit == Unit::Decade => "XE".into(),
        Count::Vague if unit == Unit::Century => "XC".into(),
        Count::Vague => format!("{time}X{letter}"),
        Count::Known(known) => {
            let value = known * by;
            let (whole, rest) = (value.trunc(), value.fract());
            // Halves go to the next finer unit: two and a half years are P2Y6M.
            let half = (rest == 0.5).then_some(match unit {
                Unit::Hour => "30M",
                Unit::Minute => "30S",
                Unit::Day => "T12H",
                Unit::Year => "6M",
                _ => "",
            });
            match half.filter(|half| !half.is_empty()) {
                Some("30M") if whole == 0.0 => "T30M".into(),
                Some("30S") if whole == 0.0 => "T30S".into(),
                Some(half) if whole == 0.0 => half.into(),
                Some(half) => format!("{time}{whole}{letter}{half}"),
                None => format!("{time}{value}{letter}"),
            }
        }
    }
}
