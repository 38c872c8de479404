//! From paths to files, and from a file to its bytes.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::{Limits, Problem};

/// The files below some paths, and what could not be reached.
#[derive(Debug, Default)]
pub struct Found {
    /// In the order of the paths given; within a folder by name, byte for byte.
    pub files: Vec<PathBuf>,
    /// Paths that do not exist, folders that may not be opened, links that lead back to a folder above.
    pub problems: Vec<Problem>,
}

/// Finds every file below `paths`. Links are followed; one that leads back into a folder it lies in is told and
/// not entered. Names that begin with a dot are passed over inside folders, as `ls` does, but not when named
/// themselves. A file reached by two paths is listed once.
pub fn find_files<P: AsRef<Path>>(paths: &[P], limits: &Limits) -> Found {
    let mut found = Found::default();
    let mut seen = std::collections::BTreeSet::new();
    for path in paths {
        let path = path.as_ref();
        let walk = WalkDir::new(path)
            .follow_links(true)
            .max_depth(limits.folder_depth.saturating_add(1))
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|entry| {
                entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".")
            });
        for entry in walk {
            match entry {
                Err(error) => found.problems.push(unreachable(path, &error)),
                Ok(entry) if entry.file_type().is_dir() => {
                    if entry.depth() > limits.folder_depth {
                        found.problems.push(Problem::new(
                            entry.path().display(),
                            format!("more than {} folders deep: not entered", limits.folder_depth),
                        ));
                    }
                }
                Ok(entry) => {
                    if seen.insert(entry.path().to_path_buf()) {
                        found.files.push(entry.into_path());
                    }
                }
            }
        }
    }
    found
}

fn unreachable(asked: &Path, error: &walkdir::Error) -> Problem {
    let place = error.path().unwrap_or(asked).display();
    match (error.loop_ancestor(), error.io_error()) {
        (Some(above), _) => {
            Problem::new(place, format!("a link back to {}: not followed", above.display()))
        }
        (None, Some(io)) => Problem::new(place, plain_words(io)),
        (None, None) => Problem::new(place, error.to_string()),
    }
}

/// The bytes of a file, or why they cannot be had. Pipes, sockets and devices are refused: they may never end.
pub fn read_file(path: &Path, limits: &Limits) -> Result<Vec<u8>, Problem> {
    let problem = |what: String| Problem::new(path.display(), what);
    // Asked before opening, since opening a pipe waits for its other end.
    let about = std::fs::metadata(path).map_err(|error| problem(plain_words(&error)))?;
    if !about.is_file() {
        return Err(problem("not a file".into()));
    }
    let too_large =
        || problem(format!("larger than the limit of {} bytes a file", limits.file_bytes));
    if about.len() > limits.file_bytes {
        return Err(too_large());
    }
    let file = File::open(path).map_err(|error| problem(plain_words(&error)))?;
    let mut bytes = Vec::with_capacity(usize::try_from(about.len()).unwrap_or(0));
    // It may have grown since.
    file.take(limits.file_bytes.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| problem(plain_words(&error)))?;
    if bytes.len() as u64 > limits.file_bytes {
        return Err(too_large());
    }
    Ok(bytes)
}

fn plain_words(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "no such file".into(),
        std::io::ErrorKind::PermissionDenied => "may not be read: permission denied".into(),
        _ => format!("cannot be read: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_walked_by_name_and_a_loop_is_told() {
        let root = tempfile::tempdir().unwrap();
        let at = |name: &str| root.path().join(name);
        std::fs::create_dir(at("b")).unwrap();
        for name in ["c.txt", "a.txt", "b/z.txt", "b/y.txt", ".hidden"] {
            std::fs::write(at(name), "x").unwrap();
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(root.path(), at("b/up")).unwrap();

        let found = find_files(&[root.path(), &at("missing.txt")], &Limits::default());
        let names: Vec<_> =
            found.files.iter().map(|f| f.strip_prefix(root.path()).unwrap()).collect();
        assert_eq!(names, ["a.txt", "b/y.txt", "b/z.txt", "c.txt"].map(Path::new));
        let told: Vec<_> = found.problems.iter().map(ToString::to_string).collect();
        #[cfg(unix)]
        assert!(told[0].contains("b/up: a link back to"), "{told:?}");
        assert!(told.last().unwrap().ends_with("missing.txt: no such file"), "{told:?}");
    }

    #[test]
    fn a_file_over_the_limit_is_refused() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "0123456789").unwrap();
        let tight = Limits { file_bytes: 9, ..Limits::default() };
        let problem = read_file(file.path(), &tight).unwrap_err();
        assert!(problem.what.contains("limit of 9 bytes"), "{problem}");
        assert_eq!(read_file(file.path(), &Limits::default()).unwrap(), b"0123456789");
    }
}
