//! Who says so, and what exactly is said: attributions and claims.

use crossread_record::{Grounded, Parsed, Report, Testimony};

/// Reads who says what in a grounded report.
pub fn read(report: &Report, parsed: &Parsed, grounded: &Grounded) -> Testimony {
    let _ = (report, parsed, grounded);
    Testimony::default()
}
