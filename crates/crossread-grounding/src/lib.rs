//! Who, where, when, how many: what the spans of a parsed report name.
//!
//! Three finders that know nothing of each other beyond what they are given: names (entities and places),
//! [`time`] (TIMEX3 and EDTF), and [`quantity`], which leaves alone what a time already took.

mod number;
pub mod quantity;
#[cfg(test)]
mod testing;
pub mod time;
mod words;

use crossread_record::{Grounded, Parsed, Report};

/// Names and resolves what the report's spans mean.
pub fn ground(report: &Report, parsed: &Parsed) -> Grounded {
    let (times, flags) = time::find(report, parsed);
    let quantities = quantity::find(report, parsed, &times);
    Grounded { times, quantities, flags, ..Grounded::default() }
}
