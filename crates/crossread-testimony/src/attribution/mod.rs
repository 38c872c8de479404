//! Who is said to say something: source, cue and content.

use crossread_record::{Attribution, Grounded, Parsed, Report};

/// The attributions of a report, in order of the text.
pub fn find(report: &Report, parsed: &Parsed, grounded: &Grounded) -> Vec<Attribution> {
    let _ = (report, parsed, grounded);
    Vec::new()
}
