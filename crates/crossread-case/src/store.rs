use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crossread_base::ReportId;
use crossread_record::{Flag, Pile, Record};
use rusqlite::{Connection, OptionalExtension as _, params};
use sha2::{Digest as _, Sha256};

use crate::CaseError;
use crate::decision::ON_ACTORS;

/// "Xrd" and a zero: tells a case from any other SQLite file.
const APPLICATION_ID: i64 = 0x5872_6400;
const VERSION: i64 = 2;

/// The flags of each report that has any.
type Flags = BTreeMap<ReportId, Vec<Flag>>;

/// Complaints of a path, or of a place in it: "pile.jsonl:3".
macro_rules! of_path {
    () => {
        "path = ?1 OR substr(path, 1, length(?1) + 1) = ?1 || ':'"
    };
}

/// A case, open for reading and writing.
#[derive(Debug)]
pub struct Case {
    pub(crate) db: Connection,
    path: PathBuf,
}

/// A capture, as it goes into a case.
#[derive(Debug, Clone, Copy)]
pub struct Captured<'a> {
    /// The bytes as they came.
    pub bytes: &'a [u8],
    /// The name they came under.
    pub path: &'a str,
    /// When, UTC, RFC 3339.
    pub time: &'a str,
}

/// Something that was not read, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LeftOut {
    /// The file, with the place in it.
    pub path: String,
    /// What is the matter.
    pub what: String,
}

/// SQLite holds a billion bytes in one value, if not built for more (`SQLITE_MAX_LENGTH`).
const MOST_STORED: usize = 900_000_000;

impl Case {
    /// Opens the case at `path`, making it where there is none.
    ///
    /// # Errors
    /// When the file cannot be opened or made, is not a case, or was written by a later program.
    pub fn open(path: &Path) -> Result<Self, CaseError> {
        let named = |source| CaseError::Sqlite { path: path.to_owned(), source };
        Self::prepare(Connection::open(path).map_err(named)?, path)
    }

    /// A case that lives in memory only.
    ///
    /// # Errors
    /// When SQLite finds no memory.
    pub fn in_memory() -> Result<Self, CaseError> {
        let path = Path::new(":memory:");
        let named = |source| CaseError::Sqlite { path: path.to_owned(), source };
        Self::prepare(Connection::open_in_memory().map_err(named)?, path)
    }

    fn prepare(db: Connection, path: &Path) -> Result<Self, CaseError> {
        let case = Self { db, path: path.to_owned() };
        let (application, version, tables) = case.ask(|db| {
            let number = |pragma| db.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
            let tables: i64 =
                db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
            Ok((number("application_id")?, number("user_version")?, tables))
        })?;
        let new = application == 0 && tables == 0;
        if !new && application != APPLICATION_ID {
            return Err(CaseError::NotACase { path: case.path });
        }
        if version > VERSION {
            return Err(CaseError::TooNew { path: case.path, found: version, known: VERSION });
        }
        case.ask(|db| {
            // Readers and one writer at once; a killed writer's half transaction is dropped at the next opening.
            db.pragma_update(None, "journal_mode", "WAL")?;
            db.pragma_update(None, "synchronous", "NORMAL")?;
            db.pragma_update(None, "foreign_keys", true)?;
            db.busy_timeout(std::time::Duration::from_secs(10))?;
            if new {
                let step = db.unchecked_transaction()?;
                step.execute_batch(include_str!("schema.sql"))?;
                step.pragma_update(None, "application_id", APPLICATION_ID)?;
                step.pragma_update(None, "user_version", VERSION)?;
                step.commit()?;
            } else if version == 1 {
                // A ledger of version 1 knew no flags: it is drawn again.
                let step = db.unchecked_transaction()?;
                step.execute_batch(
                    "DELETE FROM ledger; ALTER TABLE ledger ADD COLUMN flags TEXT NOT NULL DEFAULT '{}'",
                )?;
                step.pragma_update(None, "user_version", VERSION)?;
                step.commit()?;
            }
            Ok(())
        })?;
        Ok(case)
    }

    /// Where the case is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether these bytes are in the case, read by this version of the program.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn holds(&self, bytes: &[u8], reader: &str) -> Result<bool, CaseError> {
        let digest = digest(bytes);
        self.ask(|db| {
            db.prepare_cached(
                "SELECT 1 FROM report WHERE sha256 = ?1 AND reader = ?2 \
                 AND NOT EXISTS (SELECT 1 FROM report WHERE sha256 = ?1 AND reader <> ?2)",
            )?
            .exists(params![digest, reader])
        })
    }

    /// Writes a capture and the records read from it, in one transaction. Bytes that are there already gain a name;
    /// records of an earlier reader are replaced.
    ///
    /// # Errors
    /// When the file cannot be written. Nothing of the capture is then kept.
    pub fn add(
        &mut self,
        capture: Captured<'_>,
        records: &[Record],
        reader: &str,
    ) -> Result<(), CaseError> {
        let digest = digest(capture.bytes);
        let rows = records
            .iter()
            .map(|record| Ok((record, self.write_json(record.report.id.as_str(), record)?)))
            .collect::<Result<Vec<_>, CaseError>>()?;
        self.ask(|db| {
            let step = db.unchecked_transaction()?;
            step.prepare_cached("INSERT OR IGNORE INTO capture VALUES (?1, ?2, ?3)")?
                .execute(params![digest, capture.bytes, capture.time])?;
            step.prepare_cached("INSERT OR IGNORE INTO source VALUES (?1, ?2)")?
                .execute(params![digest, capture.path])?;
            let old = step
                .prepare_cached("DELETE FROM report WHERE sha256 = ?1")?
                .execute(params![digest])?;
            if old > 0 {
                step.prepare_cached("DELETE FROM passage WHERE report GLOB ?1")?
                    .execute(params![format!("sha256:{digest}*")])?;
            }
            for (record, json) in &rows {
                let report = &record.report;
                step.prepare_cached("INSERT INTO report VALUES (?1, ?2, ?3, ?4)")?
                    .execute(params![report.id.as_str(), digest, reader, json])?;
                let mut passage = step.prepare_cached(
                    "INSERT INTO passage (text, report, region) VALUES (?1, ?2, ?3)",
                )?;
                for (index, region) in report.regions.iter().enumerate() {
                    if region.kind.makes_claims() {
                        let words = report.words(region.span);
                        passage.execute(params![words, report.id.as_str(), index as i64])?;
                    }
                }
            }
            step.commit()
        })
    }

    /// Notes another name for bytes that are in the case.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_name(&mut self, bytes: &[u8], path: &str) -> Result<(), CaseError> {
        let digest = digest(bytes);
        self.ask(|db| {
            db.prepare_cached("INSERT OR IGNORE INTO source VALUES (?1, ?2)")?
                .execute(params![digest, path])
                .map(drop)
        })
    }

    /// Notes what was not read. Saying it twice keeps it once.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn leave_out(&mut self, path: &str, what: &str) -> Result<(), CaseError> {
        self.ask(|db| {
            db.prepare_cached("INSERT OR IGNORE INTO left_out VALUES (?1, ?2)")?
                .execute(params![path, what])
                .map(drop)
        })
    }

    /// Whether something of this path was not read when it was last tried.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn complains(&self, path: &str) -> Result<bool, CaseError> {
        self.ask(|db| {
            db.prepare_cached(concat!("SELECT 1 FROM left_out WHERE ", of_path!()))?
                .exists(params![path])
        })
    }

    /// Forgets what was not read of a path, now that it is read again.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn forgive(&mut self, path: &str) -> Result<(), CaseError> {
        self.ask(|db| {
            db.prepare_cached(concat!("DELETE FROM left_out WHERE ", of_path!()))?
                .execute(params![path])
                .map(drop)
        })
    }

    /// What was not read, ordered by path.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn left_out(&self) -> Result<Vec<LeftOut>, CaseError> {
        self.ask(|db| {
            db.prepare("SELECT path, what FROM left_out ORDER BY path, what")?
                .query_map([], |row| Ok(LeftOut { path: row.get(0)?, what: row.get(1)? }))?
                .collect()
        })
    }

    /// All records, ordered by id.
    ///
    /// # Errors
    /// When the file or a record in it cannot be read.
    pub fn records(&self) -> Result<Vec<Record>, CaseError> {
        let rows: Vec<(String, String)> = self.ask(|db| {
            db.prepare("SELECT id, record FROM report ORDER BY id")?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        })?;
        rows.into_iter().map(|(id, json)| self.read_json(&id, &json)).collect()
    }

    /// The bytes a report was read from.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn capture(&self, report: &ReportId) -> Result<Option<Vec<u8>>, CaseError> {
        let digest = report.capture().trim_start_matches("sha256:");
        self.ask(|db| {
            db.query_row("SELECT bytes FROM capture WHERE sha256 = ?1", [digest], |row| row.get(0))
                .optional()
        })
    }

    /// Stores what the case's reports make together: the ledger, the origins, and the flags that reports got beside one
    /// another. Of a pile so large that SQLite cannot hold it in one row nothing is stored: it is drawn again each time.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn set_pile(&mut self, pile: &Pile) -> Result<(), CaseError> {
        let drawn_from = self.drawn_from()?;
        let flags: Flags = pile
            .reports
            .iter()
            .filter(|record| !record.report.flags.is_empty())
            .map(|record| (record.report.id.clone(), record.report.flags.clone()))
            .collect();
        let origins = self.write_json("ledger", &pile.origins)?;
        let ledger = self.write_json("ledger", &pile.ledger)?;
        let flags = self.write_json("ledger", &flags)?;
        if [&origins, &ledger, &flags].iter().any(|json| json.len() > MOST_STORED) {
            return self.ask(|db| db.execute("DELETE FROM ledger", []).map(drop));
        }
        self.ask(|db| {
            db.execute(
                "INSERT OR REPLACE INTO ledger (one, drawn_from, origins, ledger, flags) VALUES (1, ?1, ?2, ?3, ?4)",
                params![drawn_from, origins, ledger, flags],
            )
            .map(drop)
        })
    }

    /// All records with the ledger drawn from just them; `None` where reports have come since it was drawn, or it
    /// never was.
    ///
    /// # Errors
    /// When the file or a record in it cannot be read.
    pub fn pile(&self) -> Result<Option<Pile>, CaseError> {
        let drawn_from = self.drawn_from()?;
        let stored: Option<[String; 3]> = self.ask(|db| {
            db.query_row(
                "SELECT origins, ledger, flags FROM ledger WHERE drawn_from = ?1",
                [drawn_from],
                |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?]),
            )
            .optional()
        })?;
        let Some([origins, ledger, flags]) = stored else { return Ok(None) };
        let mut flags: Flags = self.read_json("ledger", &flags)?;
        let mut reports = self.records()?;
        for record in &mut reports {
            record.report.flags = flags.remove(&record.report.id).unwrap_or_default();
        }
        Pile::put_in_order(&mut reports);
        Ok(Some(Pile {
            reports,
            origins: self.read_json("ledger", &origins)?,
            ledger: self.read_json("ledger", &ledger)?,
        }))
    }

    fn drawn_from(&self) -> Result<String, CaseError> {
        let mut all = Sha256::new();
        self.ask(|db| {
            let mut query = db.prepare("SELECT id, reader FROM report ORDER BY id")?;
            let mut rows = query.query([])?;
            while let Some(row) = rows.next()? {
                for column in 0..2 {
                    all.update(row.get_ref(column)?.as_str()?);
                    all.update([0]);
                }
            }
            // What people decided of actors moves the ledger's joins.
            let mut query = db.prepare(ON_ACTORS)?;
            let mut rows = query.query([])?;
            while let Some(row) = rows.next()? {
                for column in 0..3 {
                    all.update(row.get_ref(column)?.as_str()?);
                    all.update([0]);
                }
            }
            Ok(())
        })?;
        Ok(hex(&all.finalize()))
    }

    pub(crate) fn ask<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, CaseError> {
        work(&self.db).map_err(|source| CaseError::Sqlite { path: self.path.clone(), source })
    }

    fn write_json(
        &self,
        report: &str,
        value: &(impl serde::Serialize + ?Sized),
    ) -> Result<String, CaseError> {
        serde_json::to_string(value).map_err(|source| self.bad_record(report, source))
    }

    fn read_json<T: serde::de::DeserializeOwned>(
        &self,
        report: &str,
        json: &str,
    ) -> Result<T, CaseError> {
        serde_json::from_str(json).map_err(|source| self.bad_record(report, source))
    }

    fn bad_record(&self, report: &str, source: serde_json::Error) -> CaseError {
        CaseError::Record { path: self.path.clone(), report: report.to_owned(), source }
    }
}

fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
