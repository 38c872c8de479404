//! Questions, answers and verdicts.

mod mentions;

pub use mentions::cluster_mentions;

use crossread_record::{Ledger, Origin, Record};

/// Draws up questions, answers and verdicts.
pub fn draw(records: &[Record], origins: &[Origin]) -> Ledger {
    let _ = (records, origins);
    Ledger::default()
}
