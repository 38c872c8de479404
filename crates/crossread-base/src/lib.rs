//! Positions in text, and names for things.
//!
//! Everything Crossread says is tied to words by a [`Span`] of bytes, and to other things by an id. Both are
//! types of their own, so that a byte offset cannot be taken for a token's index nor an entity for a claim.

mod id;
mod span;
pub mod words;

pub use id::{
    AttributionId, ClaimId, ClaimRef, EntityId, EventId, IdError, OriginId, QuestionId, ReportId,
};
pub use span::{Offset, Span};
