//! A small network over hashed features: the sum of a row for each feature, a rectifier, and a linear layer.
//!
//! Rows are bytes and their sum is a whole number, so that the outcome is the same on every machine and a token costs
//! little more than looking its rows up. The outputs of a sequence are decoded together with weights for each pair
//! of neighbours (a conditional random field; Lafferty, McCallum and Pereira 2001).

/// The width of the hidden layer.
pub const HIDDEN: usize = 32;

/// Why weights cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("these are no weights of this form: {found} bytes where {wanted} are needed")]
pub struct FormError {
    /// The bytes that a model of its sizes has.
    pub wanted: usize,
    /// The bytes there are.
    pub found: usize,
}

/// Trained weights.
#[derive(Debug, Clone, PartialEq)]
pub struct Net {
    /// `log2` of the number of rows.
    pub bits: u32,
    /// The number of outputs.
    pub outputs: usize,
    /// [`HIDDEN`] bytes a feature.
    pub rows: Vec<i8>,
    /// What a byte of a row is worth.
    pub scale: f32,
    /// Of the hidden layer.
    pub bias: Vec<f32>,
    /// [`HIDDEN`] weights an output.
    pub weights: Vec<f32>,
    /// Of the outputs.
    pub output_bias: Vec<f32>,
    /// For each output, what it adds where each output follows it.
    pub links: Vec<f32>,
}

impl Net {
    /// Reads what [`write`](Self::write) wrote.
    pub fn read(bytes: &[u8]) -> Result<Self, FormError> {
        let (&[bits, outputs, ..], Some(rest)) =
            (bytes.get(..4).unwrap_or(&[0; 4]), bytes.get(4..))
        else {
            return Err(FormError { wanted: 4, found: bytes.len() });
        };
        let (bits, outputs) = (u32::from(bits.min(24)), usize::from(outputs));
        let rows = HIDDEN << bits;
        let floats = 1 + HIDDEN + HIDDEN * outputs + outputs + outputs * outputs;
        let wanted = 4 + 4 * floats + rows;
        if bytes.len() != wanted {
            return Err(FormError { wanted, found: bytes.len() });
        }
        let mut numbers =
            rest.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]));
        let mut take = |n: usize| numbers.by_ref().take(n).collect::<Vec<f32>>();
        let scale = take(1).first().copied().unwrap_or(0.0);
        let (bias, weights) = (take(HIDDEN), take(HIDDEN * outputs));
        let (output_bias, links) = (take(outputs), take(outputs * outputs));
        let rows = rest.get(4 * floats..).unwrap_or(&[]).iter().map(|&b| b as i8).collect();
        Ok(Self { bits, outputs, rows, scale, bias, weights, output_bias, links })
    }

    /// The weights as bytes: the two sizes, the numbers as little-endian `f32`, the rows.
    pub fn write(&self) -> Vec<u8> {
        let mut bytes = vec![self.bits as u8, self.outputs as u8, 0, 0];
        let numbers = std::iter::once(&self.scale)
            .chain(&self.bias)
            .chain(&self.weights)
            .chain(&self.output_bias)
            .chain(&self.links);
        for number in numbers {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend(self.rows.iter().map(|&b| b as u8));
        bytes
    }

    /// The outputs for one bag of features, added to `scores`.
    pub fn score(&self, features: &[u32], scores: &mut [f32]) {
        let mut sum = [0i32; HIDDEN];
        let mask = (1u32 << self.bits) - 1;
        for feature in features {
            let at = (feature & mask) as usize * HIDDEN;
            if let Some(row) = self.rows.get(at..at + HIDDEN) {
                for (sum, &weight) in sum.iter_mut().zip(row) {
                    *sum += i32::from(weight);
                }
            }
        }
        let mut hidden = [0f32; HIDDEN];
        for ((hidden, sum), bias) in hidden.iter_mut().zip(sum).zip(&self.bias) {
            *hidden = (sum as f32 * self.scale + bias).max(0.0);
        }
        let outputs =
            scores.iter_mut().zip(&self.output_bias).zip(self.weights.chunks_exact(HIDDEN));
        for ((score, bias), weights) in outputs {
            let sum: f32 = hidden.iter().zip(weights).map(|(h, w)| h * w).sum();
            *score += sum + bias;
        }
    }

    /// The best sequence of outputs, given the scores of each place (`outputs` a place), by Viterbi's algorithm.
    pub fn decode(&self, scores: &[f32]) -> Vec<u8> {
        let n = self.outputs.max(1);
        let mut best: Vec<f32> = Vec::with_capacity(n);
        let mut back: Vec<u8> = Vec::with_capacity(scores.len());
        for place in scores.chunks_exact(n) {
            if best.is_empty() {
                best.extend(place);
                back.extend(std::iter::repeat_n(0, n));
                continue;
            }
            let mut next = Vec::with_capacity(n);
            for (to, score) in place.iter().enumerate() {
                let (mut from, mut top) = (0, f32::NEG_INFINITY);
                for (label, before) in best.iter().enumerate() {
                    let sum = before + self.links.get(label * n + to).copied().unwrap_or(0.0);
                    if sum > top {
                        (from, top) = (label, sum);
                    }
                }
                back.push(from as u8);
                next.push(top + score);
            }
            best = next;
        }
        let mut label = 0;
        for (nth, score) in best.iter().enumerate() {
            if *score > best[label] {
                label = nth;
            }
        }
        let mut labels = Vec::with_capacity(scores.len() / n);
        for place in back.chunks_exact(n).rev() {
            labels.push(label as u8);
            label = usize::from(place[label]);
        }
        labels.reverse();
        labels
    }
}

/// Features of one thing, each a hash.
#[derive(Debug, Clone, Default)]
pub(crate) struct Bag(pub(crate) Vec<u32>);

impl Bag {
    /// Adds a feature: the number of its template and its values.
    pub(crate) fn add<const N: usize>(&mut self, template: u32, values: [u32; N]) {
        let mut hash = super::page::mix(0x5EED, template);
        for value in values {
            hash = super::page::mix(hash, value);
        }
        self.0.push(super::page::mix(hash, 0xF17));
    }
}
