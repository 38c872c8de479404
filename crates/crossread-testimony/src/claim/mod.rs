//! What is said: frames with their arguments.

use crossread_record::{Attribution, Claim, Grounded, Parsed, Report};

/// The claims of a report, in order of the text.
pub fn find(
    report: &Report,
    parsed: &Parsed,
    grounded: &Grounded,
    attributions: &[Attribution],
) -> Vec<Claim> {
    let _ = (report, parsed, grounded, attributions);
    Vec::new()
}
