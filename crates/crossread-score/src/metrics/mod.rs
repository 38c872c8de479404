//! The measures, each once.

mod counts;
mod great_circle;
mod tokens;

pub use counts::{Counts, match_by_overlap};
pub use great_circle::great_circle_km;
pub use tokens::Tokens;
