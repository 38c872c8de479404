use std::path::PathBuf;

/// Why a case could not be opened, read or written. Each names the file.
#[derive(Debug, thiserror::Error)]
pub enum CaseError {
    /// SQLite refused.
    #[error("{path}: {source}", path = path.display())]
    Sqlite {
        /// The case.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// The file is a database of something else.
    #[error("{path}: this is a SQLite file, but not a Crossread case", path = path.display())]
    NotACase {
        /// The file.
        path: PathBuf,
    },
    /// The case was written by a later program.
    #[error("{path}: the case has version {found}, and this program reads up to {known}", path = path.display())]
    TooNew {
        /// The case.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The newest version read here.
        known: i64,
    },
    /// A stored record is not what it should be.
    #[error("{path}: the record of {report} cannot be read: {source}", path = path.display())]
    Record {
        /// The case.
        path: PathBuf,
        /// The report, or `ledger`.
        report: String,
        /// What is wrong with it.
        source: serde_json::Error,
    },
}
