//! From paths into a case: the edge where files, threads and the clock are.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use crossread_case::{Captured, Case, CaseError, Meant};
use crossread_grounding::actor::case::{Actor, Named, Overrule, settle};
use crossread_intake::{Limits, Problem, find_files, read_file};
use crossread_record::{Pile, Record};
use rayon::prelude::*;

use crate::{Reading, annotate_with, lay_side_by_side};

/// Files taken up together: enough to keep the threads busy, few enough to lose little when the program is killed.
const BATCH: usize = 32;

/// What a reading did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files found.
    pub files: usize,
    /// Files whose bytes were in the case before.
    pub known: usize,
    /// Reports added.
    pub reports: usize,
    /// What was not read, and why.
    pub problems: Vec<Problem>,
    /// Whether it was stopped before the end.
    pub stopped: bool,
}

/// Told how far a reading is: files done, files in all, the file just done.
pub type Progress<'a> = &'a (dyn Fn(usize, usize, &Path) + Sync);

/// The records of files, in the order given, batch by batch.
///
/// `wanted` says of a file's bytes whether to read them; `take` gets what came of each file. Setting `stop` ends it
/// between two batches.
///
/// # Errors
/// The first error of `wanted` or `take`.
pub fn read_files<E>(
    files: &[PathBuf],
    limits: &Limits,
    how: Reading<'_>,
    stop: &AtomicBool,
    progress: Progress<'_>,
    mut wanted: impl FnMut(&Path, &[u8]) -> Result<bool, E>,
    mut take: impl FnMut(&Path, &[u8], Vec<Record>, Vec<Problem>) -> Result<(), E>,
) -> Result<(), E> {
    let mut done = 0;
    for batch in files.chunks(BATCH) {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let bytes: Vec<Result<Vec<u8>, Problem>> =
            batch.par_iter().map(|path| read_file(path, limits)).collect();
        let mut work = Vec::with_capacity(batch.len());
        for (path, bytes) in batch.iter().zip(bytes) {
            let wanted = match &bytes {
                Ok(bytes) => wanted(path, bytes)?,
                Err(_) => true,
            };
            if wanted {
                work.push((path, bytes));
            }
        }
        let read: Vec<_> = work
            .into_par_iter()
            .map(|(path, bytes)| match bytes {
                Err(problem) => (path, Vec::new(), Vec::new(), vec![problem]),
                Ok(bytes) => {
                    let name = path.to_string_lossy();
                    let (records, problems) = annotate_with(&bytes, Some(&name), limits, how);
                    (path, bytes, records, problems)
                }
            })
            .collect();
        for (path, bytes, records, problems) in read {
            take(path, &bytes, records, problems)?;
        }
        done += batch.len();
        progress(done, files.len(), batch.last().map_or(Path::new(""), PathBuf::as_path));
    }
    Ok(())
}

/// Reads every file below `paths` into a case, one transaction a file. `now` gives the time of capture, UTC in
/// RFC 3339.
///
/// # Errors
/// When the case cannot be read or written. What was read until then is kept.
pub fn read_into(
    case: &mut Case,
    paths: &[PathBuf],
    limits: &Limits,
    how: Reading<'_>,
    now: &dyn Fn() -> String,
    stop: &AtomicBool,
    progress: Progress<'_>,
) -> Result<Summary, CaseError> {
    let found = find_files(paths, limits);
    let mut summary =
        Summary { files: found.files.len(), problems: found.problems, ..Summary::default() };
    let reader = how.reader();
    let known = std::cell::Cell::new(0);
    let shared = std::cell::RefCell::new(&mut *case);
    read_files(
        &found.files,
        limits,
        how,
        stop,
        progress,
        |path, bytes| {
            let mut case = shared.borrow_mut();
            // What was complained of before is read again: the complaint may be of other bytes.
            let held = case.holds(bytes, &reader)? && !case.complains(&path.to_string_lossy())?;
            if held {
                known.set(known.get() + 1);
                case.add_name(bytes, &path.to_string_lossy())?;
            }
            Ok(!held)
        },
        |path, bytes, records, problems| {
            let name = path.to_string_lossy();
            let mut case = shared.borrow_mut();
            case.forgive(&name)?;
            if !records.is_empty() {
                let capture = Captured { bytes, path: &name, time: &now() };
                case.add(capture, &records, &reader)?;
            }
            summary.reports += records.len();
            summary.problems.extend(problems);
            Ok(())
        },
    )?;
    summary.known = known.get();
    summary.stopped = stop.load(Ordering::Relaxed);
    for problem in &summary.problems {
        case.leave_out(&problem.path, &problem.what)?;
    }
    Ok(summary)
}

/// The pile of a case. Where reports have come since its ledger was drawn, it is drawn again and stored.
///
/// # Errors
/// When the case cannot be read or written.
pub fn pile_of(case: &mut Case) -> Result<Pile, CaseError> {
    if let Some(mut pile) = case.pile()? {
        settle(&mut pile.reports, &overrules(case)?);
        return Ok(pile);
    }
    let pile = lay_side_by_side(records_of(case)?);
    case.set_pile(&pile)?;
    Ok(pile)
}

/// The records of a case, with the actors as a person has them: those said to be one under one name. The case keeps
/// them as they were read.
///
/// # Errors
/// When the case cannot be read.
pub fn records_of(case: &Case) -> Result<Vec<Record>, CaseError> {
    let mut records = case.records()?;
    Pile::put_in_order(&mut records);
    settle(&mut records, &overrules(case)?);
    Ok(records)
}

/// The actors of a case, with what people said of them.
///
/// # Errors
/// When the case cannot be read.
pub fn actors_of(case: &Case) -> Result<Vec<Actor>, CaseError> {
    let mut records = case.records()?;
    Pile::put_in_order(&mut records);
    Ok(crossread_grounding::actor::case::actors(&records, &overrules(case)?))
}

fn overrules(case: &Case) -> Result<Vec<Overrule>, CaseError> {
    let named = |meant: Meant| Named { report: meant.report, name: meant.name };
    let decided = case.decided()?.into_iter();
    Ok(decided.map(|(a, b, same)| Overrule { a: named(a), b: named(b), same }).collect())
}
