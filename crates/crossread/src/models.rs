//! The models a user has brought, and which one reads.
//!
//! A folder of the user's holds a model file for each pipeline brought, and `in-use`, the name of the one that reads when
//! nothing else is said. Without that file it is the model that travels in the binary.

use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};

use crossread_language::{About, LoadError, Pipeline, convert};

/// The name of the model that travels in the binary.
pub const BUILT_IN: &str = "built-in";

const ENDING: &str = "crossread-model";
const IN_USE: &str = "in-use";

/// A folder of models.
#[derive(Debug, Clone)]
pub struct Models {
    folder: PathBuf,
}

/// A model in the folder.
#[derive(Debug)]
pub struct Brought {
    /// What `--model` and `model use` call it: `en_core_web_md-3.8.0`.
    pub name: String,
    /// What it is, or why it cannot be used any more.
    pub about: Result<About, LoadError>,
}

/// A model that was opened; the one that travels in the binary is opened once for all.
#[derive(Debug)]
pub struct Model(Option<Box<Pipeline>>);

impl std::ops::Deref for Model {
    type Target = Pipeline;

    fn deref(&self) -> &Pipeline {
        match &self.0 {
            Some(pipeline) => pipeline,
            None => Pipeline::embedded(),
        }
    }
}

/// Why a model cannot be listed, kept or used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// Neither `CROSSREAD_MODELS` nor a home folder is set.
    #[error("there is no folder for models: neither CROSSREAD_MODELS nor a home folder is set")]
    NoFolder,
    /// No file of that name, neither here nor in the folder.
    #[error("{name}: there is no such model, neither brought nor as a file")]
    Unknown {
        /// As asked for.
        name: String,
    },
    /// A file of the folder.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: String,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The model itself.
    #[error("{name}: {source}")]
    Load {
        /// Its name or path.
        name: String,
        /// Why.
        #[source]
        source: LoadError,
    },
}

impl ModelError {
    fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.display().to_string();
        move |source| Self::File { path, source }
    }

    fn load(name: &str) -> impl FnOnce(LoadError) -> Self {
        let name = name.to_owned();
        move |source| Self::Load { name, source }
    }
}

impl Models {
    /// The folder of this user: `CROSSREAD_MODELS`, or `crossread/models` where the system keeps the data of programs.
    ///
    /// # Errors
    /// When the environment names neither.
    pub fn of_user() -> Result<Self, ModelError> {
        let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        let data = || {
            let own = set("XDG_DATA_HOME").or_else(|| set("APPDATA")).map(PathBuf::from);
            own.or_else(|| Some(std::env::home_dir()?.join(".local/share")))
        };
        let folder = set("CROSSREAD_MODELS")
            .map(PathBuf::from)
            .or_else(|| Some(data()?.join("crossread/models")));
        folder.map(Self::at).ok_or(ModelError::NoFolder)
    }

    /// The models of a folder, which need not exist yet.
    pub fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Where they are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The models brought, by name.
    ///
    /// # Errors
    /// When the folder cannot be read. A model that cannot be opened stays in the list with the reason.
    pub fn list(&self) -> Result<Vec<Brought>, ModelError> {
        let entries = match std::fs::read_dir(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(ModelError::file(&self.folder))?,
        };
        let mut names: Vec<String> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|ending| ending == ENDING))
            .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
            .collect();
        names.sort();
        let brought = |name: String| {
            let about = Pipeline::open(&self.path(&name)).map(|model| model.describe().clone());
            Brought { name, about }
        };
        Ok(names.into_iter().map(brought).collect())
    }

    /// The name of the model that reads when nothing else is said.
    ///
    /// # Errors
    /// When the folder has a choice that cannot be read.
    pub fn in_use(&self) -> Result<String, ModelError> {
        let path = self.folder.join(IN_USE);
        match std::fs::read_to_string(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(BUILT_IN.to_owned()),
            name => Ok(name.map_err(ModelError::file(&path))?.trim().to_owned()),
        }
    }

    /// Makes a model the one in use: [`BUILT_IN`], the name of one brought before, or the path of a spaCy pipeline (wheel
    /// or folder) or of a model file, which is brought here first. Gives its name.
    ///
    /// # Errors
    /// It cannot be read, is no pipeline that can be run, or cannot be written to the folder.
    pub fn choose(&self, named: &str) -> Result<String, ModelError> {
        let name = if named == BUILT_IN || self.has(named) {
            named.to_owned()
        } else if Path::new(named).exists() {
            self.bring(Path::new(named))?
        } else {
            return Err(ModelError::Unknown { name: named.to_owned() });
        };
        self.write(IN_USE, format!("{name}\n").as_bytes())?;
        Ok(name)
    }

    /// The pipeline of a name or path, as [`Models::choose`] takes them; nothing is kept.
    ///
    /// # Errors
    /// It cannot be read or is no pipeline that can be run.
    pub fn open(&self, named: &str) -> Result<Model, ModelError> {
        if named == BUILT_IN {
            return Ok(Model(None));
        }
        let path = if self.has(named) { self.path(named) } else { PathBuf::from(named) };
        if !path.exists() {
            return Err(ModelError::Unknown { name: named.to_owned() });
        }
        let pipeline = Pipeline::open(&path).map_err(ModelError::load(named))?;
        Ok(Model(Some(Box::new(pipeline))))
    }

    fn bring(&self, path: &Path) -> Result<String, ModelError> {
        let given = path.display().to_string();
        // A model file is kept as it is; anything else is converted. Either must open.
        let bytes = match path.extension().is_some_and(|ending| ending == ENDING) {
            true => std::fs::read(path).map_err(ModelError::file(path))?,
            false => convert(path).map_err(ModelError::load(&given))?,
        };
        let model =
            Pipeline::from_model(Cow::Owned(bytes.clone())).map_err(ModelError::load(&given))?;
        let about = model.describe();
        // The package's own words become a file's name.
        let name: String = format!("{}-{}", about.name, about.version)
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '_' })
            .collect();
        let name = name.trim_start_matches('.').to_owned();
        self.write(&format!("{name}.{ENDING}"), &bytes)?;
        Ok(name)
    }

    fn has(&self, name: &str) -> bool {
        Path::new(name).file_name().is_some_and(|only| only == name) && self.path(name).is_file()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.{ENDING}"))
    }

    /// Whole or not at all, also when the program is killed.
    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), ModelError> {
        let path = self.folder.join(name);
        let fresh = self.folder.join(format!("{name}.{}", std::process::id()));
        std::fs::create_dir_all(&self.folder)
            .and_then(|()| std::fs::write(&fresh, bytes))
            .and_then(|()| std::fs::rename(&fresh, &path))
            .map_err(ModelError::file(&path))
    }
}
