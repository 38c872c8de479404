//! The numbers and times that a claim states: those its record lists, and those that stand in its words and are
//! listed by no claim.

use crossread_base::Span;
use crossread_record::{Claim, Record, TimeType};
use smol_str::SmolStr;

use crate::keys::{head_key, keys};
use crate::persons;
use crate::rules::number::Amount;
use crate::rules::said_time::{Lead, SaidTime};
use crate::rules::time::Stretch;
use crate::statement::{Figure, sorted};

/// Which of a record's amounts and times each claim states.
pub(crate) struct Held {
    quantities: Vec<Vec<u32>>,
    times: Vec<Vec<u32>>,
    /// For every claim, the claims of its sentence.
    sentence_of: Vec<usize>,
    of_sentence: Vec<Vec<usize>>,
    /// The last day that the report names.
    last_day: Option<SaidTime>,
}

/// Claims of one sentence that are looked at; no sentence a person wrote makes more.
const MOST_CLAIMS: usize = 96;

impl Held {
    /// Sorts the amounts and times of a record by claim.
    pub(crate) fn of(record: &Record) -> Self {
        let claims = &record.testimony.claims;
        let sentences = &record.parsed.sentences;
        let place = |span: Span| {
            let at = sentences.partition_point(|sentence| sentence.span.end <= span.start);
            at.min(sentences.len())
        };
        let sentence_of: Vec<usize> = claims.iter().map(|claim| place(claim.trigger)).collect();
        let mut of_sentence = vec![Vec::new(); sentences.len() + 1];
        for (index, &sentence) in sentence_of.iter().enumerate() {
            if of_sentence[sentence].len() < MOST_CLAIMS {
                of_sentence[sentence].push(index);
            }
        }
        let days =
            record.grounded.times.iter().filter_map(|time| Stretch::of(time.edtf.as_deref()?));
        let last_day = days.filter(|day| day.days() == 1).max().map(SaidTime::day);
        let mut held = Self {
            last_day,
            quantities: claims.iter().map(|claim| claim.quantities.clone()).collect(),
            times: claims.iter().map(|claim| claim.time.into_iter().collect()).collect(),
            sentence_of,
            of_sentence,
        };
        let innermost = |span: Span| {
            held.of_sentence[place(span)]
                .iter()
                .copied()
                .filter(|&index| claims[index].span.contains(span))
                .min_by_key(|&index| (claims[index].span.len(), index))
        };
        let mut taken = vec![false; record.grounded.quantities.len()];
        for &index in claims.iter().flat_map(|claim| &claim.quantities) {
            if let Some(taken) = taken.get_mut(index as usize) {
                *taken = true;
            }
        }
        let mut loose: Vec<(bool, usize, u32)> = Vec::new();
        for (index, quantity) in record.grounded.quantities.iter().enumerate() {
            if !taken[index]
                && let Some(claim) = innermost(quantity.span)
            {
                loose.push((true, claim, index as u32));
            }
        }
        for (index, time) in record.grounded.times.iter().enumerate() {
            let Some(claim) = innermost(time.span) else { continue };
            if claims[claim].time != Some(index as u32) {
                loose.push((false, claim, index as u32));
            }
        }
        for (amount, claim, index) in loose {
            let list = if amount { &mut held.quantities } else { &mut held.times };
            list[claim].push(index);
        }
        held
    }

    /// The widest claim of the sentence of claim `index` that holds the span and says it as firmly: "speeds of more
    /// than 100 mph" is said in "deputies chased him at speeds of more than 100 mph".
    pub(crate) fn widest(&self, record: &Record, index: usize, span: Span) -> usize {
        let claims = &record.testimony.claims;
        let own = &claims[index];
        let alike = |claim: &Claim| {
            claim.span.contains(span)
                && claim.polarity == own.polarity
                && claim.region == own.region
                && !REPORTING.iter().any(|frame| claim.frame.starts_with(frame))
        };
        self.of_sentence[self.sentence_of[index]]
            .iter()
            .copied()
            .filter(|&other| alike(&claims[other]))
            .max_by_key(|&other| (claims[other].span.len(), std::cmp::Reverse(other)))
            .unwrap_or(index)
    }

    /// The numbers of a claim.
    pub(crate) fn figures(&self, record: &Record, index: usize) -> Vec<Figure> {
        let text = |span: Span| record.report.words(span);
        let quantities = self.quantities[index]
            .iter()
            .filter_map(|index| record.grounded.quantities.get(*index as usize))
            .filter(|quantity| quantity.min.is_some() || quantity.max.is_some())
            // "A man" counts nobody that another report would count.
            .filter(|quantity| quantity.rule.as_deref() != Some("article"));
        let mut figures: Vec<Figure> = quantities
            .map(|quantity| Figure {
                amount: Amount {
                    min: quantity.min,
                    max: quantity.max,
                    approximate: quantity.approximate,
                    unit: quantity.unit.clone(),
                },
                span: quantity.span,
                age: quantity.rule.as_deref() == Some("age"),
                of: quantity
                    .of
                    .and_then(|span| persons::noun(text(span)).or_else(|| head_key(text(span)))),
                of_words: quantity.of.map(|span| sorted(keys(text(span)))).unwrap_or_default(),
                share_of: quantity
                    .share_of
                    .map(|span| sorted(keys(text(span))))
                    .unwrap_or_default(),
                sense: quantity.sense.as_deref().map(SmolStr::new),
            })
            .collect();
        for time in self.times[index].iter().filter_map(|index| {
            record.grounded.times.get(*index as usize).filter(|t| t.kind == TimeType::Duration)
        }) {
            let Some(amount) = time.timex.as_deref().and_then(lasting) else { continue };
            let words = record.report.words(time.span).to_lowercase();
            let nearly = ["almost", "nearly", "close to", "just under"];
            let amount = if nearly.iter().any(|nearly| words.starts_with(nearly)) {
                Amount { approximate: true, ..amount }
            } else {
                bounded(amount, time.modifier.as_deref())
            };
            let after = after(&record.report.text, time.span);
            figures.push(Figure {
                age: after.trim_start_matches([' ', '-', '\u{2010}']).starts_with("old"),
                amount,
                span: time.span,
                of: None,
                of_words: Vec::new(),
                share_of: Vec::new(),
                sense: None,
            });
        }
        figures
    }

    /// The day a report is of: `told`, the date it bears, or else the last day that it names.
    fn now(&self, told: Option<Stretch>) -> Option<SaidTime> {
        told.map(SaidTime::day).or(self.last_day)
    }

    /// The time that the sentence of a claim gives, where it lies more than a month before the day the report
    /// is of.
    pub(crate) fn long_ago(
        &self,
        record: &Record,
        index: usize,
        told: Option<Stretch>,
    ) -> Option<SaidTime> {
        let now = self.now(told)?;
        let claims = self.of_sentence[self.sentence_of[index]].iter();
        let times = claims.flat_map(|&claim| &self.times[claim]);
        times
            .filter_map(|time| record.grounded.times.get(*time as usize))
            .filter_map(|time| {
                SaidTime::of(time.timex.as_deref().or(time.edtf.as_deref())?, true, None)
            })
            .find(|time| time.is_long_from(&now) && !time.is_after(&now))
    }

    /// The days and hours of a claim, with their words.
    pub(crate) fn moments(
        &self,
        record: &Record,
        index: usize,
        told: Option<Stretch>,
    ) -> Vec<(SaidTime, Span)> {
        let now = self.now(told);
        self.times[index]
            .iter()
            .filter_map(|index| record.grounded.times.get(*index as usize))
            .filter(|time| matches!(time.kind, TimeType::Date | TimeType::Time))
            .filter_map(|time| {
                let words = record.report.words(time.span);
                let dated = words.split(|c: char| !c.is_alphanumeric()).any(|word| {
                    word.len() > 2 && word.chars().all(char::is_alphabetic) && names_day(word)
                }) || words.contains(['/', '-']);
                let lead = Lead::of(before(&record.report.text, time.span));
                let value = time.timex.as_deref().or(time.edtf.as_deref())?;
                let said = SaidTime::of(value, dated, lead)?;
                Some((now.map_or(said, |now| said.near(&now)), time.span))
            })
            .collect()
    }
}

/// Frames that tell who said it, and not what.
const REPORTING: [&str; 3] = ["speech.", "open.say", "open.report"];

/// Whether a word of a time names a day rather than an hour: "Monday", "Nov", "yesterday", not "p.m.", "midnight".
fn names_day(word: &str) -> bool {
    !matches!(
        word.to_lowercase().as_str(),
        "about"
            | "around"
            | "noon"
            | "midnight"
            | "gmt"
            | "utc"
            | "est"
            | "edt"
            | "pst"
            | "pdt"
            | "the"
            | "morning"
            | "afternoon"
            | "evening"
            | "night"
            | "clock"
            | "early"
            | "late"
            | "hours"
            | "just"
            | "local"
            | "time"
            | "est."
            | "cst"
            | "cdt"
            | "bst"
            | "hkt"
    )
}

/// Bytes around a time that are looked at.
const AROUND: usize = 24;

fn before(text: &str, span: Span) -> &str {
    let end = span.start as usize;
    let mut start = end.saturating_sub(AROUND);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    text.get(start..end).unwrap_or_default()
}

fn after(text: &str, span: Span) -> &str {
    let start = span.end as usize;
    let mut end = (start + AROUND).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(start..end).unwrap_or_default()
}

/// The amount of a TIMEX3 duration, in its largest unit where it has one alone, else in seconds: `P19Y`, `PT1H4M`.
fn lasting(timex: &str) -> Option<Amount> {
    let rest = timex.strip_prefix('P')?;
    let (date, clock) = rest.split_once('T').unwrap_or((rest, ""));
    let mut parts: Vec<(f64, &str)> = Vec::new();
    for (text, of_day) in [(date, true), (clock, false)] {
        let mut number = String::new();
        for c in text.chars() {
            if c.is_ascii_digit() || c == '.' {
                number.push(c);
                continue;
            }
            let unit = match (c, of_day) {
                ('Y', true) => "year",
                ('M', true) => "month",
                ('W', true) => "week",
                ('D', true) => "day",
                ('H', false) => "hour",
                ('M', false) => "minute",
                ('S', false) => "second",
                _ => return None,
            };
            parts.push((number.parse().ok()?, unit));
            number.clear();
        }
    }
    let exact = |value: f64, unit: &str| Amount {
        min: Some(value),
        max: Some(value),
        approximate: false,
        unit: Some(unit.to_owned()),
    };
    match parts[..] {
        [] => None,
        [(value, unit)] => Some(exact(value, unit)),
        _ => {
            let seconds =
                parts.iter().map(|(value, unit)| value * crate::rules::number::factor(unit));
            Some(exact(seconds.sum(), "second"))
        }
    }
}

/// The amount under a TIMEX3 modifier.
fn bounded(amount: Amount, modifier: Option<&str>) -> Amount {
    match modifier {
        Some("LESS_THAN" | "EQUAL_OR_LESS") => Amount { min: None, ..amount },
        Some("MORE_THAN" | "EQUAL_OR_MORE") => Amount { max: None, ..amount },
        Some("APPROX") => Amount { approximate: true, ..amount },
        _ => amount,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_amounts() {
        let amount = lasting("PT1H4M").unwrap();
        assert_eq!((amount.min, amount.unit.as_deref()), (Some(3840.0), Some("second")));
        assert_eq!(lasting("P19Y").unwrap().min, Some(19.0));
        for timex in ["PXD", "P", "PAST_REF", "P3"] {
            assert!(lasting(timex).is_none(), "{timex}");
        }
        assert_eq!(bounded(lasting("P2W").unwrap(), Some("LESS_THAN")).min, None);
    }
}
