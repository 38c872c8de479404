use std::io::{BufWriter, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use crossread::{Limits, Reading};
use miette::IntoDiagnostic as _;

use super::model::Choice;
use super::{captures, exit};

/// Print what was found in each report, stand-off, as JSON Lines: one object a report, in the order given
///
/// All offsets are bytes into `text`, `[start, end)`. What is unknown is null.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  crossread annotate report.txt\n  crossread annotate --tokens reports/ > \
records.jsonl"
)]
pub(crate) struct Annotate {
    /// Files and folders
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Write the tokens too: lemma, tags, head, dependency and the model's own name tag
    #[arg(long)]
    tokens: bool,
    /// Give the parser the text in one piece, regions ignored
    #[arg(long)]
    whole: bool,
    #[command(flatten)]
    model: Choice,
}

impl Annotate {
    pub(crate) fn run(self) -> miette::Result<ExitCode> {
        let limits = Limits::default();
        let model = self.model.open()?;
        let found = crossread_intake::find_files(&self.paths, &limits);
        let mut problems = found.problems;
        let stop = captures::stop_on_ctrl_c()?;
        let bar = captures::Bar::new();
        let mut out = BufWriter::new(std::io::stdout().lock());
        let how = Reading { whole: self.whole, tokens: self.tokens, model: &model };
        let result: Result<(), std::io::Error> = crossread::read_files(
            &found.files,
            &limits,
            how,
            stop,
            &|done, all, file| bar.show(done, all, file),
            |_, _| Ok(true),
            |_, _, records, new| {
                for record in records {
                    serde_json::to_writer(&mut out, &record)?;
                    out.write_all(b"\n")?;
                }
                problems.extend(new);
                Ok(())
            },
        );
        result.and_then(|()| out.flush()).into_diagnostic()?;
        drop(bar);
        captures::tell(&problems);
        Ok(exit(!problems.is_empty()))
    }
}
