//! Training of what is learned rather than written: `cargo dev train`.

mod attribution;
mod fit;
mod names;

/// What can be trained.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Train {
    /// The networks that find attributions, from PolNeAR's training part
    Attribution(attribution::Attribution),
    /// The second reading of the parser's name tags, from lessons
    Names(names::Names),
}

/// Trains it.
pub(crate) fn run(what: &Train) -> miette::Result<()> {
    match what {
        Train::Attribution(args) => attribution::run(args),
        Train::Names(args) => names::run(args),
    }
}
