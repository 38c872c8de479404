//! The model file: what a pipeline knows, ready to be used without work.
//!
//! ```text
//! file   = "crossread-model 1\n" head-length:u32 head blobs
//! head   = MessagePack of `Head`
//! blobs  = what the head's `Blob`s point to, by offset from the end of the head, little-endian
//! ```
//! A loaded model borrows its large tables from the file; only the weights of the layers, a few megabytes, are copied.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::attribute_ruler;
use crate::lemmatizer;
use crate::tokenizer;

const MAGIC: &[u8] = b"crossread-model 1\n";

/// Everything but the large tables.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Head {
    pub(crate) about: About,
    pub(crate) tokenizer: tokenizer::Rules,
    /// Norms that are not the lower case, by the word's string id.
    pub(crate) norms: Vec<(u64, String)>,
    /// The word encoders. The first serves tagger and parser, the last names.
    pub(crate) encoders: Vec<Encoder>,
    pub(crate) tags: Vec<String>,
    pub(crate) tagger: Linear,
    pub(crate) parser: Transitions,
    pub(crate) names: Transitions,
    pub(crate) attribute_rules: Vec<attribute_ruler::Rule>,
    /// Each with its known forms, as an `fst` set.
    pub(crate) lemmas: Vec<(lemmatizer::Table, Blob)>,
}

/// What a model is and where it comes from.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct About {
    /// `en_core_web_sm`.
    pub name: String,
    /// Of the pipeline.
    pub version: String,
    /// `en`.
    pub language: String,
    /// Who made it.
    pub author: String,
    /// SPDX where the pipeline says so: `MIT`.
    pub licence: String,
    /// Where it was published.
    pub url: String,
    /// The SHA-256 of the package it was converted from, where it was one file.
    pub sha256: Option<String>,
    /// The accuracies its makers state, in thousandths: `tag_acc` 973, `ents_f` 845, ...
    pub scores: BTreeMap<String, u32>,
}

/// Bytes after the head.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Blob {
    pub(crate) start: u64,
    pub(crate) len: u64,
}

/// An encoder of words in context.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Encoder {
    pub(crate) tables: Vec<Table>,
    /// Takes one row of each table.
    pub(crate) mix: Maxout,
    /// Each takes the word before, the word, and the word after.
    pub(crate) layers: Vec<Maxout>,
    pub(crate) width: usize,
}

/// Vectors for words by one of their attributes. Rows are integers with a scale each.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Table {
    pub(crate) key: Key,
    pub(crate) attribute: Attribute,
    pub(crate) rows: usize,
    pub(crate) width: usize,
    pub(crate) values: Blob,
    pub(crate) scales: Blob,
}

/// How a word finds its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Key {
    /// The sum of four, by hash.
    Hashed { seed: u32 },
    /// One or none: `keys` are sorted ids of 8 bytes, `rows` their row numbers of 4.
    Listed { keys: Blob, rows: Blob },
}

/// What a table looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Attribute {
    Orth,
    Lower,
    Norm,
    Prefix,
    Suffix,
    Shape,
    /// Whether a space follows.
    Space,
    /// Whether it is white space.
    IsSpace,
}

/// A layer of maxout and layer norm. Outputs are ordered piece by piece.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Maxout {
    /// One for each input row.
    pub(crate) weights: Vec<Matrix>,
    pub(crate) bias: Vec<f32>,
    pub(crate) gain: Vec<f32>,
    pub(crate) shift: Vec<f32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Linear {
    pub(crate) weights: Matrix,
    pub(crate) bias: Vec<f32>,
}

/// Packed for the kernels.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Matrix {
    pub(crate) inputs: usize,
    pub(crate) outputs: usize,
    pub(crate) weights: Blob,
    pub(crate) scales: Vec<f32>,
}

/// A transition system's moves and the network that chooses among them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Transitions {
    /// Kind and label, in order of the network's outputs.
    pub(crate) moves: Vec<(u8, String)>,
    /// From the encoder's width to the hidden width.
    pub(crate) reduce: Linear,
    /// What a token adds to the hidden layer in each place of the state: outputs are ordered by place, then piece.
    pub(crate) places: Matrix,
    /// What a place without a token adds.
    pub(crate) absent: Vec<f32>,
    pub(crate) hidden_bias: Vec<f32>,
    pub(crate) hidden: usize,
    pub(crate) pieces: usize,
    pub(crate) output: Linear,
}

/// A file that is not a model, or one of another version.
#[derive(Debug, thiserror::Error)]
pub enum FormatError {
    /// The first bytes are not those of a model file.
    #[error("not a model file of this version of Crossread")]
    NotAModel,
    /// The head could not be read.
    #[error("the model file's head is damaged")]
    Head(#[source] rmp_serde::decode::Error),
    /// The head could not be written.
    #[error("the model file's head could not be written")]
    Write(#[source] rmp_serde::encode::Error),
    /// The head names bytes that are not there, or that have the wrong size.
    #[error("the model file is damaged: {0}")]
    Damaged(&'static str),
}

/// Gathers blobs while a head is made.
#[derive(Debug, Default)]
pub(crate) struct Blobs(Vec<u8>);

impl Blobs {
    pub(crate) fn add(&mut self, bytes: impl IntoIterator<Item = u8>) -> Blob {
        let start = self.0.len() as u64;
        self.0.extend(bytes);
        Blob { start, len: self.0.len() as u64 - start }
    }
}

/// Writes a model file.
///
/// # Errors
/// The head does not fit its length field or cannot be written.
pub(crate) fn write(head: &Head, blobs: &Blobs) -> Result<Vec<u8>, FormatError> {
    let head = rmp_serde::to_vec(head).map_err(FormatError::Write)?;
    let len = u32::try_from(head.len()).map_err(|_| FormatError::Damaged("a head over 4 GiB"))?;
    Ok([MAGIC, &len.to_le_bytes(), &head, &blobs.0].concat())
}

/// A model file that has been opened.
pub(crate) struct Opened {
    pub(crate) head: Head,
    blobs: Cow<'static, [u8]>,
}

impl Opened {
    /// # Errors
    /// The file is no model file, or is damaged.
    pub(crate) fn new(file: Cow<'static, [u8]>) -> Result<Self, FormatError> {
        let (head, start) = {
            let rest = file.strip_prefix(MAGIC).ok_or(FormatError::NotAModel)?;
            let (len, rest) = rest.split_first_chunk::<4>().ok_or(FormatError::NotAModel)?;
            let head = rest
                .get(..u32::from_le_bytes(*len) as usize)
                .ok_or(FormatError::Damaged("it ends in its head"))?;
            (rmp_serde::from_slice(head).map_err(FormatError::Head)?, MAGIC.len() + 4 + head.len())
        };
        let blobs = match file {
            Cow::Borrowed(file) => Cow::Borrowed(&file[start..]),
            Cow::Owned(mut file) => Cow::Owned(file.split_off(start)),
        };
        Ok(Self { head, blobs })
    }

    /// The bytes of a blob; of an embedded file they are not copied.
    pub(crate) fn bytes(&self, blob: Blob) -> Result<Cow<'static, [u8]>, FormatError> {
        let missing = FormatError::Damaged("a table lies outside it");
        let (Ok(start), Ok(len)) = (usize::try_from(blob.start), usize::try_from(blob.len)) else {
            return Err(missing);
        };
        let range = start..start.saturating_add(len);
        match &self.blobs {
            Cow::Borrowed(bytes) => bytes.get(range).map(Cow::Borrowed),
            Cow::Owned(bytes) => bytes.get(range).map(|bytes| Cow::Owned(bytes.to_vec())),
        }
        .ok_or(missing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_files_are_refused() {
        let open = |bytes: &[u8]| Opened::new(Cow::Owned(bytes.to_vec()));
        assert!(matches!(open(b"PK\x03\x04"), Err(FormatError::NotAModel)));
        assert!(matches!(open(b"crossread-model 1\n\x09\0\0\0abc"), Err(FormatError::Damaged(_))));
        assert!(matches!(open(b"crossread-model 1\n\x03\0\0\0abc"), Err(FormatError::Head(_))));
    }
}
