//! Who says so, and what exactly is said: attributions and claims.

pub mod attribution;
pub mod claim;
mod factuality;
pub mod ontology;
mod tree;
pub mod wording;

use crossread_record::{Grounded, Parsed, Report, Testimony};

/// Reads who says what in a grounded report: first who is said to say something, then what is said, given that.
pub fn read(report: &Report, parsed: &Parsed, grounded: &Grounded) -> Testimony {
    let attributions = attribution::find(report, parsed, grounded);
    let claims = claim::find(report, parsed, grounded, &attributions);
    Testimony { attributions, claims }
}
