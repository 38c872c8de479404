//! The case: one SQLite file with captures, records, ledger and decisions.
