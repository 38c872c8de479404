//! Training of what is learned rather than written: `cargo dev train`.

mod attribution;
mod boost;
mod events;
mod fit;
mod names;

/// What can be trained.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Train {
    /// The networks that find attributions, from PolNeAR's training part
    Attribution(attribution::Attribution),
    /// The trees that tell mentions of one event, from ECB+ and the Gun Violence Corpus
    Events(events::Events),
    /// The second reading of the parser's name tags, from lessons
    Names(names::Names),
}

/// Trains it.
pub(crate) fn run(what: &Train) -> miette::Result<()> {
    match what {
        Train::Attribution(args) => attribution::run(args),
        Train::Events(args) => events::run(args),
        Train::Names(args) => names::run(args),
    }
}
