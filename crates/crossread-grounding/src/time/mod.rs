//! When: time expressions, as TIMEX3 values and EDTF dates.
//!
//! [`grammar`] reads expressions off the words of each sentence; [`resolve`] gives them values, in order of the
//! text, reckoned from the day of publication or from the time spoken of last; [`check`] finds dates that cannot
//! be. A report that states no publication date keeps its times relative: `XXXX-WXX-6`, `PAST_REF`, durations.

mod calendar;
mod check;
mod grammar;
mod lexicon;
mod meaning;
mod resolve;
mod tense;

use crossread_record::{Flag, Parsed, Report, Time};
use jiff::civil::Date;

use self::grammar::Reader;
use self::resolve::Anchors;
use crate::words::stretches;

/// The time expressions of a report, in order of the text, and the dates among them that cannot be.
///
/// Times are reckoned from [`Report::published`], and only from it: the day a page was last changed says when
/// its words were true no better than the day it was crawled.
pub fn find(report: &Report, parsed: &Parsed) -> (Vec<Time>, Vec<Flag>) {
    let mut anchors = Anchors::new(report.published.as_ref().and_then(|date| day(&date.edtf)));
    let (mut times, mut flags) = (Vec::new(), Vec::new());
    for words in stretches(report, parsed) {
        for expression in Reader::new(&words, parsed).expressions() {
            let span = words.span(expression.start, expression.end);
            let tense = tense::tense(&words, parsed, expression.start, expression.end);
            let time = anchors.resolve(&expression, span, tense);
            flags.extend(check::check(&expression, &time));
            times.push(time);
        }
    }
    (times, flags)
}

/// The day of an EDTF date; `None` for one that is less exact.
fn day(edtf: &str) -> Option<Date> {
    edtf.get(..10)?.parse().ok()
}
