//! When: time expressions, as TIMEX3 values and EDTF dates.

use crossread_record::{Flag, Parsed, Report, Time};

/// The time expressions of a report, in order of the text, and the dates among them that cannot be.
pub fn find(report: &Report, parsed: &Parsed) -> (Vec<Time>, Vec<Flag>) {
    let _ = (report, parsed);
    (Vec::new(), Vec::new())
}
