//! The measures, each once.

mod assignment;
pub mod containment;
pub mod coreference;
mod counts;
mod great_circle;
mod tokens;
pub mod topics;

pub use assignment::best_assignment;
pub use counts::{Counts, match_by_overlap, ratio};
pub use great_circle::great_circle_km;
pub use tokens::Tokens;
