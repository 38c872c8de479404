use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use crossread::{BUILT_IN, Models};
use crossread_language::{About, Pipeline};
use miette::{IntoDiagnostic as _, WrapErr as _};

use super::page;

/// List the models that reports can be parsed with, or say which one to use
///
/// A model travels in the program, so none has to be brought. Any English spaCy 3.8 pipeline of the CNN family (`sm`,
/// `md`) can be used instead: bring the wheel or the folder of the package.
#[derive(Debug, Subcommand)]
#[command(
    after_help = "Examples:\n  crossread model list\n  crossread model use en_core_web_md-3.8.0-py3-none-any.whl\n  \
crossread model use built-in\n  crossread annotate --model ./my_pipeline report.txt    for one run only"
)]
pub(crate) enum Model {
    /// List the models, the one in use marked with a star
    ///
    /// Beside each: the accuracy its makers state for tags, heads (unlabelled) and names, its licence and its origin.
    List,
    /// Use another model from now on: `built-in`, one that was brought before, or the path of a spaCy pipeline
    ///
    /// A wheel or a folder is converted once and kept in the folder that `model list` names (CROSSREAD_MODELS sets
    /// another). A case read with one model is read anew with the next.
    Use {
        /// `built-in`, a name that `model list` shows, or a path
        #[arg(value_name = "NAME|PATH")]
        named: String,
    },
}

impl Model {
    pub(crate) fn run(self) -> miette::Result<ExitCode> {
        let models = Models::of_user().into_diagnostic()?;
        match self {
            Self::List => page::print(&list(&models)?)?,
            Self::Use { named } => {
                let name = models.choose(&named).into_diagnostic().wrap_err("not used")?;
                page::print(&format!("in use: {name}\n"))?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// The model of one run.
#[derive(Debug, Args)]
pub(crate) struct Choice {
    /// The model to parse with: one that `model list` names, or the path of a spaCy pipeline; the one in use unless told
    #[arg(long, value_name = "MODEL", env = "CROSSREAD_MODEL", hide_env_values = true)]
    model: Option<String>,
}

impl Choice {
    pub(crate) fn open(&self) -> miette::Result<crossread::Model> {
        // Where there is no folder, nothing was brought to it.
        let models = Models::of_user().unwrap_or_else(|_| Models::at(PathBuf::new()));
        let name = match &self.model {
            Some(name) => name.clone(),
            None => models.in_use().into_diagnostic()?,
        };
        models.open(&name).into_diagnostic().wrap_err("no model to read with")
    }
}

fn list(models: &Models) -> miette::Result<String> {
    let in_use = models.in_use().into_diagnostic()?;
    let mut lines = vec![line(&in_use, BUILT_IN, Pipeline::embedded().describe())];
    for brought in models.list().into_diagnostic()? {
        lines.push(match &brought.about {
            Ok(about) => line(&in_use, &brought.name, about),
            Err(error) => format!("  {}  cannot be opened: {error}", brought.name),
        });
    }
    lines.push(String::new());
    lines.push(format!("Models that were brought are in {}", models.folder().display()));
    // A package's words about itself are not to steer the terminal.
    Ok(lines.iter().map(|line| crossread_export::plain(line) + "\n").collect())
}

fn line(in_use: &str, name: &str, about: &About) -> String {
    let mark = if name == in_use { '*' } else { ' ' };
    let score = |score: &str| match about.scores.get(score) {
        Some(thousandths) => format!(".{thousandths:03}"),
        None => "?".to_owned(),
    };
    format!(
        "{mark} {name:<24}  {} {} ({})  tags {} heads {} names {}  {}  {}",
        about.name,
        about.version,
        about.language,
        score("tag_acc"),
        score("dep_uas"),
        score("ents_f"),
        about.licence,
        about.url,
    )
}
