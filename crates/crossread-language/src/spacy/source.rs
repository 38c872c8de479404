//! The files of a pipeline, in a wheel or a folder.

use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use zip::ZipArchive;

use super::LoadError;
use super::msgpack::Value;

/// Where the files of a pipeline are read from.
pub(super) enum Source {
    Folder(PathBuf),
    Wheel {
        bytes: Vec<u8>,
        archive: Box<ZipArchive<Cursor<Vec<u8>>>>,
        prefix: String,
        path: String,
    },
}

/// Files larger than this are not read: `lg`'s vectors, the largest known, have 400 MB.
const LARGEST: u64 = 1 << 30;

impl Source {
    pub(super) fn open(path: &Path) -> Result<Self, LoadError> {
        let shown = path.display().to_string();
        let failed = |source| LoadError::Read { path: shown.clone(), source };
        if std::fs::metadata(path).map_err(failed)?.is_dir() {
            return find_folder(path, 3).map(Self::Folder).ok_or(LoadError::NoPipeline(shown));
        }
        let bytes = std::fs::read(path).map_err(failed)?;
        let archive = ZipArchive::new(Cursor::new(bytes.clone()))
            .map_err(|source| LoadError::Wheel { path: shown.clone(), source })?;
        // The pipeline lies in the package; the shallowest configuration is its own.
        let config = archive
            .file_names()
            .filter_map(Result::ok)
            .filter(|name| name.ends_with("/config.cfg") || *name == "config.cfg")
            .min_by_key(|name| (name.matches('/').count(), name.len()));
        let Some(config) = config else { return Err(LoadError::NoPipeline(shown)) };
        let prefix = config.trim_end_matches("config.cfg").to_owned();
        Ok(Self::Wheel { bytes, archive: Box::new(archive), prefix, path: shown })
    }

    /// The bytes of the wheel.
    pub(super) fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Folder(_) => None,
            Self::Wheel { bytes, .. } => Some(bytes),
        }
    }

    /// The bytes of one file of the pipeline.
    pub(super) fn read(&mut self, name: &str) -> Result<Vec<u8>, LoadError> {
        match self {
            Self::Folder(folder) => {
                let path = folder.join(name);
                std::fs::read(&path)
                    .map_err(|source| LoadError::Read { path: path.display().to_string(), source })
            }
            Self::Wheel { archive, prefix, path, .. } => {
                let entry = archive.by_name(&format!("{prefix}{name}")).map_err(|source| {
                    LoadError::Wheel { path: format!("{path}, {name}"), source }
                })?;
                let mut bytes = Vec::new();
                entry.take(LARGEST).read_to_end(&mut bytes).map_err(|source| LoadError::Read {
                    path: format!("{path}, {name}"),
                    source,
                })?;
                Ok(bytes)
            }
        }
    }

    pub(super) fn msgpack(&mut self, name: &str) -> Result<Value, LoadError> {
        Value::read(&self.read(name)?).map_err(|error| LoadError::part(name, error.to_string()))
    }
}

/// The folder with the pipeline, at most some levels down.
fn find_folder(path: &Path, levels: u32) -> Option<PathBuf> {
    if path.join("config.cfg").is_file() {
        return Some(path.to_owned());
    }
    if levels == 0 {
        return None;
    }
    let mut below: Vec<PathBuf> = std::fs::read_dir(path)
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_dir())
        .collect();
    below.sort();
    below.iter().find_map(|path| find_folder(path, levels - 1))
}
