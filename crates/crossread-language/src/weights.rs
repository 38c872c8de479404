//! The tables and layers of a model, read from its file.

use std::borrow::Cow;

use crate::format::{self, Attribute, Blob, FormatError, Opened};
use crate::hash;
use crate::kernel::{LayerNorm, Packed};

/// Vectors for words by one of their attributes.
#[derive(Debug)]
pub(crate) struct Table {
    key: Key,
    pub(crate) attribute: Attribute,
    rows: usize,
    width: usize,
    values: Cow<'static, [u8]>,
    scales: Cow<'static, [u8]>,
}

#[derive(Debug)]
enum Key {
    Hashed { seed: u32 },
    Listed { keys: Cow<'static, [u8]>, rows: Cow<'static, [u8]> },
}

impl Table {
    pub(crate) fn open(file: &Opened, table: &format::Table) -> Result<Self, FormatError> {
        let values = file.bytes(table.values)?;
        let scales = file.bytes(table.scales)?;
        let key = match table.key {
            format::Key::Hashed { seed } => Key::Hashed { seed },
            format::Key::Listed { keys, rows } => {
                let (keys, rows) = (file.bytes(keys)?, file.bytes(rows)?);
                if keys.len() != rows.len() * 2 {
                    return Err(FormatError::Damaged("keys and rows of a table differ in number"));
                }
                Key::Listed { keys, rows }
            }
        };
        if table.rows == 0
            || !table.width.is_multiple_of(16)
            || values.len() != table.rows.saturating_mul(table.width).saturating_mul(2)
            || scales.len() != table.rows.saturating_mul(4)
        {
            return Err(FormatError::Damaged("a table of another size than stated"));
        }
        Ok(Self {
            key,
            attribute: table.attribute,
            rows: table.rows,
            width: table.width,
            values,
            scales,
        })
    }

    /// Writes the vector of `key` to `out`, which is as wide as the table.
    pub(crate) fn vector(&self, key: u64, out: &mut [f32]) {
        out.fill(0.0);
        match &self.key {
            Key::Hashed { seed } => {
                for row in hash::rows(key, *seed) {
                    self.add_row(row as usize % self.rows, out);
                }
            }
            Key::Listed { keys, rows } => {
                let (keys, _) = keys.as_chunks::<8>();
                let (rows, _) = rows.as_chunks::<4>();
                if let Ok(at) = keys.binary_search_by_key(&key, |bytes| u64::from_le_bytes(*bytes))
                {
                    let row = u32::from_le_bytes(rows[at]) as usize;
                    if row < self.rows {
                        self.add_row(row, out);
                    }
                }
            }
        }
    }

    fn add_row(&self, row: usize, out: &mut [f32]) {
        let (values, _) = self.values.as_chunks::<2>();
        let (scales, _) = self.scales.as_chunks::<4>();
        let scale = f32::from_le_bytes(scales[row]);
        for (out, value) in out.iter_mut().zip(&values[row * self.width..]) {
            *out += f32::from(i16::from_le_bytes(*value)) * scale;
        }
    }
}

/// A layer of maxout and layer norm; the weights are one matrix for each input row.
#[derive(Debug)]
pub(crate) struct Maxout {
    pub(crate) weights: Vec<Packed>,
    pub(crate) bias: Vec<f32>,
    pub(crate) norm: LayerNorm,
}

impl Maxout {
    pub(crate) fn open(file: &Opened, layer: &format::Maxout) -> Result<Self, FormatError> {
        let weights = layer
            .weights
            .iter()
            .map(|matrix| packed(file, matrix))
            .collect::<Result<Vec<_>, _>>()?;
        let norm = LayerNorm { gain: layer.gain.clone(), shift: layer.shift.clone() };
        Ok(Self { weights, bias: layer.bias.clone(), norm })
    }
}

/// Weights and bias.
#[derive(Debug)]
pub(crate) struct Linear {
    pub(crate) weights: Packed,
    pub(crate) bias: Vec<f32>,
}

impl Linear {
    pub(crate) fn open(file: &Opened, layer: &format::Linear) -> Result<Self, FormatError> {
        let weights = packed(file, &layer.weights)?;
        if layer.bias.len() != weights.outputs {
            return Err(FormatError::Damaged("a bias of another length than its layer"));
        }
        Ok(Self { weights, bias: layer.bias.clone() })
    }
}

pub(crate) fn packed(file: &Opened, matrix: &format::Matrix) -> Result<Packed, FormatError> {
    let bytes = file.bytes(matrix.weights)?;
    let fits = matrix.inputs > 0
        && matrix.inputs.is_multiple_of(16)
        && matrix.outputs.is_multiple_of(16)
        && matrix.scales.len() == matrix.outputs
        && bytes.len() == matrix.inputs.saturating_mul(matrix.outputs).saturating_mul(2);
    if !fits {
        return Err(FormatError::Damaged("a matrix of another size than stated"));
    }
    let weights = bytes.as_chunks::<2>().0.iter().map(|bytes| i16::from_le_bytes(*bytes)).collect();
    Ok(Packed {
        inputs: matrix.inputs,
        outputs: matrix.outputs,
        weights,
        scales: matrix.scales.clone(),
    })
}

/// The blob of a packed matrix, for the file.
pub(crate) fn to_file(packed: &Packed, blobs: &mut format::Blobs) -> format::Matrix {
    let weights: Blob = blobs.add(packed.weights.iter().flat_map(|weight| weight.to_le_bytes()));
    format::Matrix {
        inputs: packed.inputs,
        outputs: packed.outputs,
        weights,
        scales: packed.scales.clone(),
    }
}
