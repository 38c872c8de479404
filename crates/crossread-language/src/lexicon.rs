//! The word forms met so far, each with its attributes worked out once.

use rustc_hash::FxHashMap;

use crate::lexeme::{Attributes, Norms};

/// The index of a word form in a [`Lexicon`].
pub(crate) type LexemeId = u32;

/// Word forms with their attributes. Bounded: it forgets everything when it holds too many.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    plain: FxHashMap<Box<str>, LexemeId>,
    with_norm: FxHashMap<(Box<str>, Box<str>), LexemeId>,
    entries: Vec<Attributes>,
    /// How chunks of text between white space were divided.
    chunks: FxHashMap<Box<str>, Box<[Word]>>,
}

/// A word form at its place in a chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word {
    /// In bytes.
    pub(crate) len: u32,
    pub(crate) lexeme: LexemeId,
}

/// Longer chunks are not remembered: they do not come again, and would fill the memory.
const LONGEST_CHUNK: usize = 64;
const MOST_ENTRIES: usize = 1 << 14;

impl Lexicon {
    pub(crate) fn get(&self, id: LexemeId) -> &Attributes {
        &self.entries[id as usize]
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The entry of a word; `norm` is the one its tokenizer exception gives it.
    pub(crate) fn intern(&mut self, word: &str, norm: Option<&str>, norms: &Norms) -> LexemeId {
        let known = match norm {
            None => self.plain.get(word),
            Some(norm) => self.with_norm.get(&(word.into(), norm.into())),
        };
        if let Some(&id) = known {
            return id;
        }
        let id = self.entries.len() as LexemeId;
        self.entries.push(Attributes::of(word, norm, norms));
        if word.len() <= LONGEST_CHUNK {
            match norm {
                None => self.plain.insert(word.into(), id),
                Some(norm) => self.with_norm.insert((word.into(), norm.into()), id),
            };
        }
        id
    }

    pub(crate) fn chunk(&self, chunk: &str) -> Option<&[Word]> {
        self.chunks.get(chunk).map(AsRef::as_ref)
    }

    pub(crate) fn remember(&mut self, chunk: &str, words: &[Word]) {
        if chunk.len() <= LONGEST_CHUNK {
            self.chunks.insert(chunk.into(), words.into());
        }
    }

    /// Whether it should be emptied before the next text.
    pub(crate) fn is_full(&self) -> bool {
        self.entries.len() > MOST_ENTRIES || self.chunks.len() > MOST_ENTRIES
    }

    /// Forgets everything. Ids given before mean nothing afterwards.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}
