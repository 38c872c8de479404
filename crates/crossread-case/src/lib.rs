//! The case: one SQLite file with captures, records, the ledger and what people decided.
//!
//! A case is written one report-bearing capture at a time, each in one transaction, so that a program killed at
//! any moment loses no finished report and leaves a file that opens. Captures are kept byte for byte under their
//! SHA-256; reading the same bytes again adds nothing but the name they came under. What the ledger says is
//! stored beside the set of reports it was drawn from: when that set has grown, [`Case::pile`] says so by
//! returning `None`, and the caller draws it again.
//!
//! The tables, version by version, are in `schema.sql`.

mod decision;
mod error;
mod search;
mod store;

pub use decision::{Act, Meant};
pub use error::CaseError;
pub use search::Hit;
pub use store::{Captured, Case, LeftOut};
