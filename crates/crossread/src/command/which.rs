//! Which case file is meant.

use std::path::{Path, PathBuf};

use miette::{IntoDiagnostic as _, miette};

/// The ending of a case file.
pub(crate) const ENDING: &str = "crossread";

/// The case named, or the only one in this folder.
pub(crate) fn case(named: Option<&Path>) -> miette::Result<PathBuf> {
    if let Some(path) = named {
        if !path.is_file() {
            return Err(miette!(
                help = "make one with: crossread read PATH... --case FILE",
                "{}: there is no such case",
                path.display()
            ));
        }
        return Ok(path.to_owned());
    }
    let mut here: Vec<PathBuf> = std::fs::read_dir(".")
        .into_diagnostic()?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == ENDING))
        .map(|path| path.strip_prefix(".").map(Path::to_owned).unwrap_or(path))
        .collect();
    here.sort();
    match here.len() {
        1 => Ok(here.remove(0)),
        0 => Err(miette!(
            help = "make one with: crossread read PATH...",
            "there is no case (*.{ENDING}) in this folder"
        )),
        number => {
            let names: Vec<String> = here.iter().map(|path| path.display().to_string()).collect();
            Err(miette!(
                help = "name the one you mean",
                "there are {number} cases in this folder: {}",
                names.join(", ")
            ))
        }
    }
}

/// The case a first reading of these paths makes: `reports.crossread` in this folder for `reports/`.
pub(crate) fn new_case(first: &Path) -> PathBuf {
    let full = first.canonicalize().unwrap_or_else(|_| first.to_owned());
    let stem = if full.is_dir() { full.file_name() } else { full.file_stem() };
    let mut name = stem.map_or_else(|| "case".into(), std::ffi::OsStr::to_owned);
    name.push(".");
    name.push(ENDING);
    PathBuf::from(name)
}
