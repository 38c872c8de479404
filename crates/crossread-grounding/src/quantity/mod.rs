//! How many, how much: amounts as ranges.
//!
//! Conventions: bounds are closed, so "more than 200" and "at least 200" both give `min` 200 and no `max`; "fewer
//! than" and "up to" give a `max` only. "Nearly 500" is the range from nine tenths of it, rule `nearly`. Shares in
//! words are percent, rules `fraction` and `ratio`. "A man" counts one, rule `article`; an age is in years, rule
//! `age`. Falling changes are negative. Ordinals, clock times, dates, scores, telephone and house numbers and the
//! numbers of names are no amounts. A number too long to be one is left, and flagged.

mod amount;
mod lexicon;
mod noun;
mod reader;
mod sense;

use crossread_record::{Flag, Parsed, Quantity, Report, Time};

use self::reader::Reader;
use crate::words::stretches;

/// The amounts a report states, in order of the text, and the numbers among its words that are none because nothing
/// is counted so high (`unread_number`). Numbers inside `times` are no amounts.
pub fn find(report: &Report, parsed: &Parsed, times: &[Time]) -> (Vec<Quantity>, Vec<Flag>) {
    let (mut quantities, mut flags) = (Vec::new(), Vec::new());
    for words in stretches(report, parsed) {
        let reader = Reader::new(&words, parsed, times);
        quantities.append(&mut reader.quantities(quantities.len()));
        flags.append(&mut reader.unread());
    }
    (quantities, flags)
}
