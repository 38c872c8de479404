//! Sentences, tokens, tags, dependencies and names of a report's text.
//!
//! This room runs the CNN pipelines of [spaCy](https://spacy.io) 3.8 with code of its own: the same tokens, tags, heads,
//! labels, lemmas and names as spaCy gives with the same pipeline. The way of a text:
//!
//! ```text
//! text -> tokenizer -> sentence bounds -> encoder -> tagger, parser -> tree -> attribute rules -> lemmas
//!                                     \-> encoder of names -> names
//! ```
//! How near to spaCy, how fast and how good at sentences: `docs/language.md`.
//!
//! [`convert`] makes a model file of a pipeline; the default one travels in the binary.

mod arc_eager;
mod attribute_ruler;
mod biluo;
mod chooser;
mod encoder;
mod format;
mod hash;
mod kernel;
mod lemmatizer;
mod letters;
mod lexeme;
mod lexicon;
mod pattern;
mod pipeline;
mod sentences;
mod spacing;
mod spacy;
mod tokenizer;
mod tree;
mod weights;

pub use format::{About, FormatError};
pub use kernel::Level;
pub use pattern::SyntaxError;
pub use pipeline::{Block, Pipeline};
pub use spacy::{LoadError, convert};
