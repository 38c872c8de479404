//! Reads time expressions off the words of a sentence.
//!
//! Every reader takes a place and gives what starts there, or nothing; the first that answers wins, so the order
//! below is from the most to the least specific. What is inside an expression follows the TimeML guidelines
//! (Saurí et al. 2006): articles, "early", "the end of" and bounds are, prepositions are not.

mod clock;
mod date;
mod duration;
mod quarter;
mod relative;
mod unreadable;
mod year;

pub(super) use duration::amount;

use crossread_record::Parsed;

use super::calendar::Unit;
use super::lexicon::{LEXICON, Sense};
use super::meaning::{Clock, Expression, Meaning};
use crate::words::{Made, Stretch, token_at};

/// A sentence being read.
pub(super) struct Reader<'a> {
    pub(super) words: &'a Stretch,
    pub(super) parsed: &'a Parsed,
    senses: Vec<Option<&'static Sense>>,
}

static NO_SENSE: Sense = Sense {
    weekday: None,
    month: None,
    unit: None,
    season: None,
    part: None,
    hour: None,
    deictic: None,
    shift: None,
    reference: None,
    frequency: None,
    vague: false,
};

impl<'a> Reader<'a> {
    pub(super) fn new(words: &'a Stretch, parsed: &'a Parsed) -> Self {
        Self { words, parsed, senses: LEXICON.senses(words) }
    }

    /// All expressions of the sentence, in order, none overlapping.
    pub(super) fn expressions(&self) -> Vec<Expression> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.words.words.len() {
            match self.expression(at) {
                Some(expression) if expression.end > at => {
                    at = expression.end;
                    let second = self.second_day(&expression);
                    found.push(expression);
                    if let Some(second) = second {
                        at = second.end;
                        found.push(second);
                    }
                }
                _ => at += 1,
            }
        }
        found
    }

    fn sense(&self, at: usize) -> &'static Sense {
        self.senses.get(at).copied().flatten().unwrap_or(&NO_SENSE)
    }

    /// The Penn tag of the word, where the report is parsed.
    fn tag(&self, at: usize) -> &'a str {
        self.words
            .word(at)
            .and_then(|word| token_at(self.parsed, word.span.start))
            .map_or("", |token| self.parsed.tokens[token].tag.as_str())
    }

    fn capital(&self, at: usize) -> bool {
        self.words.word(at).is_some_and(|word| word.capital)
    }

    fn before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |before| self.words.lower(before))
    }

    fn before_any(&self, at: usize, words: &[&str]) -> bool {
        at > 0 && self.words.any(at - 1, words)
    }

    /// Past an article at `at`.
    fn past_the(&self, at: usize) -> usize {
        if self.words.is(at, "the") { at + 1 } else { at }
    }

    /// Past the full stop of an abbreviation at `at`: "Sept." but not "September.".
    fn past_point(&self, at: usize) -> usize {
        let abbreviated = at > 0 && self.words.lower(at - 1).len() <= 5;
        let goes_on = self.words.word(at + 1).is_some();
        if abbreviated && goes_on && self.words.glued_mark(at, '.') { at + 1 } else { at }
    }

    fn expression(&self, at: usize) -> Option<Expression> {
        let word = self.words.word(at)?;
        match word.made {
            Made::Letters | Made::Digits => {}
            Made::Mark('\'') => return self.decade(at),
            Made::Mark(_) => return None,
        }
        // "AK-47", "F-16", "Euro2016": digits that belong to a name.
        if word.made == Made::Digits && at > 0 && word.glued {
            let letters =
                |at: usize| self.words.word(at).is_some_and(|word| word.made == Made::Letters);
            let hyphened = at > 1
                && self.words.mark(at - 1, '-')
                && self.words.glued(at - 1)
                && letters(at - 2);
            let edge = hyphened
                && (self.sense(at - 2).month.is_some()
                    || self.words.any(at - 2, &["post", "pre", "mid", "late", "early"]));
            if letters(at - 1) || (hyphened && !edge) {
                return None;
            }
        }
        self.edged(at).or_else(|| self.core(at))
    }

    /// "early 2016", "the end of this week", "around Nov. 1".
    fn edged(&self, at: usize) -> Option<Expression> {
        if let Some(after) = self.words.phrase(at, &["later", "in", "the", "day"]) {
            let mut found = Expression::new(at, after, Meaning::Same { by: 0, unit: Unit::Day });
            found.modifier = Some("END");
            return Some(found);
        }
        let (after, modifier) = LEXICON.edges.find(self.words, at).or_else(|| {
            // "the late 1990s", "the early summer"
            let (after, modifier) =
                self.words.is(at, "the").then(|| LEXICON.edges.find(self.words, at + 1))??;
            Some((after, modifier))
        })?;
        let next = self.words.past_hyphen(after);
        let mut inner = self.core(next)?;
        let fits = match inner.meaning {
            Meaning::Date(_)
            | Meaning::Decade(_)
            | Meaning::Century(_)
            | Meaning::Shift { .. }
            | Meaning::Toward { .. }
            | Meaning::Weekend(_)
            | Meaning::Same { .. }
            | Meaning::Holiday { .. } => true,
            Meaning::Clock => matches!(inner.clock, Some(Clock::Part(_))),
            _ => false,
        };
        if !fits || inner.modifier.is_some() {
            return None;
        }
        // "the late-November trip": the article is the noun's.
        let adjective =
            next > after && self.words.is(at, "the") && self.sense(next).month.is_some();
        inner.start = if adjective { at + 1 } else { at };
        inner.modifier = Some(modifier);
        Some(inner)
    }

    fn core(&self, at: usize) -> Option<Expression> {
        let found = self
            .numeric_date(at)
            .or_else(|| self.clock_time(at))
            .or_else(|| self.fiscal(at))
            .or_else(|| self.weekday_date(at))
            .or_else(|| self.month_date(at))
            .or_else(|| self.day_month(at))
            .or_else(|| self.holiday(at))
            .or_else(|| self.decade(at))
            .or_else(|| self.relative(at))
            .or_else(|| self.set(at))
            .or_else(|| self.amount(at))
            .or_else(|| self.season(at))
            .or_else(|| self.year(at))
            .or_else(|| self.deictic(at))
            .or_else(|| self.reference(at))
            .or_else(|| self.unreadable(at))?;
        Some(self.with_part(found))
    }

    /// Joins a part of the day that follows: "Friday night", "yesterday afternoon".
    fn with_part(&self, mut found: Expression) -> Expression {
        let day = match found.meaning {
            Meaning::Date(fields) => fields.weekday.is_some() || fields.day.is_some(),
            Meaning::Shift { unit, .. } => unit == Unit::Day,
            Meaning::Toward { fields, .. } => fields.weekday.is_some(),
            Meaning::Holiday { .. } => true,
            Meaning::Same { unit, .. } => unit == Unit::Day,
            _ => false,
        };
        if day
            && found.clock.is_none()
            && let Some(part) = self.sense(found.end).part
            && !self.words.is(found.end, "overnight")
        {
            found.clock = Some(Clock::Part(part));
            found.end += 1;
        }
        found
    }
}
