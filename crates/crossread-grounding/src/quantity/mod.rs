//! How many, how much: amounts as ranges.
//!
//! Conventions: bounds are closed, so "more than 200" and "at least 200" both give `min` 200 and no `max`; "fewer
//! than" and "up to" give a `max` only. "Nearly 500" is the range from nine tenths of it, rule `nearly`. Shares in
//! words are percent, rules `fraction` and `ratio`. "A man" counts one, rule `article`; an age is in years, rule
//! `age`. Falling changes are negative. Ordinals, clock times, dates, scores, telephone and house numbers and the
//! numbers of names are no amounts.

mod amount;
mod lexicon;
mod noun;
mod reader;
mod sense;

use crossread_record::{Parsed, Quantity, Report, Time};

use self::reader::Reader;
use crate::words::stretches;

/// The amounts a report states, in order of the text. Numbers inside `times` are no amounts.
pub fn find(report: &Report, parsed: &Parsed, times: &[Time]) -> Vec<Quantity> {
    let mut quantities = Vec::new();
    for words in stretches(report, parsed) {
        quantities.append(&mut Reader::new(&words, parsed, times).quantities(quantities.len()));
    }
    quantities
}
