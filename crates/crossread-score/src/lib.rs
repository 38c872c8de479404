//! How good each stage is, measured the same way every time.
//!
//! A task (`tasks/`) asks a [`System`](system::System) for the records of a gold set's texts (`corpora/`), compares
//! them with what the set's authors marked (`metrics/`) and gives a [`Score`](score::Score): figures with fixed
//! names, and the worst misses with the words around them. Scorers read records only, so that any program
//! that writes them can be scored beside ours.

pub mod corpora;
pub mod metrics;
pub mod peers;
pub mod score;
pub mod scoreboard;
pub mod system;
pub mod tasks;
