//! Vectors for words in their context: hashed embeddings, then a convolution over the words around.
//!
//! Each layer of the convolution looks one word to either side. It is computed as three products of every word (as the
//! word after, the word itself and the word before of its neighbours) that are then added. For the first layer the
//! products depend on the word form alone and are kept for the next time the form comes.

use crate::format::{self, Attribute, FormatError, Opened};
use crate::kernel::{Combined, Level, add, combine, maxout_norm, multiply, quantize};
use crate::lexeme::Attributes;
use crate::lexicon::Lexicon;
use crate::tokenizer::RawToken;
use crate::weights::{Maxout, Table};

#[derive(Debug)]
pub(crate) struct Encoder {
    tables: Vec<Table>,
    mix: Maxout,
    layers: Vec<Maxout>,
    width: usize,
    pieces: usize,
    /// Whether words with and without a space behind them differ.
    sees_space: bool,
}

/// Word forms as the first layer takes them. Bounded.
#[derive(Debug, Default)]
pub(crate) struct Embedded {
    /// The slot of each lexeme, without and with a space behind it; 0 for none yet.
    slots: Vec<[u32; 2]>,
    /// For each slot the embedding; slot 0 stands for nothing at all, before and after the text.
    vectors: Vec<f32>,
    /// And the sums of its products in the first layer, with their scale.
    sums: Vec<i32>,
    scales: Vec<f32>,
}

/// Room for a computation, reused from one to the next.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    pub(crate) rounded: Vec<i16>,
    pub(crate) scales: Vec<f32>,
    pub(crate) sums: Vec<i32>,
    pub(crate) row: Vec<f32>,
}

/// Rows multiplied at once: their sums stay in the second-level cache.
const BATCH: usize = 48;
/// Embedded word forms kept: about 4 kB each.
const MOST_SLOTS: usize = 4096;

impl Encoder {
    pub(crate) fn open(file: &Opened, encoder: &format::Encoder) -> Result<Self, FormatError> {
        let damaged = Err(FormatError::Damaged("an encoder of odd sizes"));
        let width = encoder.width;
        let pieces = encoder.mix.bias.len() / width.max(1);
        let tables = encoder
            .tables
            .iter()
            .map(|table| Table::open(file, table))
            .collect::<Result<Vec<_>, _>>()?;
        let mix = Maxout::open(file, &encoder.mix)?;
        let layers = encoder
            .layers
            .iter()
            .map(|layer| Maxout::open(file, layer))
            .collect::<Result<Vec<_>, _>>()?;
        if width == 0 || !width.is_multiple_of(16) || layers.is_empty() {
            return damaged;
        }
        let whole = |layer: &Maxout| {
            layer.bias.len() == width * pieces
                && layer.norm.gain.len() == width
                && layer.norm.shift.len() == width
                && layer.weights.iter().all(|weights| weights.inputs == width)
        };
        if encoder.tables.iter().any(|table| table.width != width)
            || mix.weights.len() != tables.len()
            || !whole(&mix)
            || mix.weights.iter().any(|weights| weights.outputs != width * pieces)
        {
            return damaged;
        }
        let mut each = layers.iter();
        if !each.all(|layer| {
            whole(layer)
                && layer.weights.len() == 1
                && layer.weights[0].outputs == 3 * width * pieces
        }) {
            return damaged;
        }
        let sees_space = tables.iter().any(|table| table.attribute == Attribute::Space);
        Ok(Self { tables, mix, layers, width, pieces, sees_space })
    }

    /// Numbers in a row of the output.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// The vectors of `tokens[from..to]`, one row each, with the tokens around them as context.
    pub(crate) fn encode(
        &self,
        level: Level,
        tokens: &[RawToken],
        range: std::ops::Range<usize>,
        lexicon: &Lexicon,
        embedded: &mut Embedded,
        scratch: &mut Scratch,
    ) -> Vec<f32> {
        let reach = self.layers.len();
        let slots = self.slots(level, tokens, &range, lexicon, embedded, scratch);
        let rows = slots.len();
        let mut x: Vec<f32> = Vec::with_capacity(rows * self.width);
        for &slot in &slots {
            x.extend_from_slice(&embedded.vectors[slot * self.width..][..self.width]);
        }
        // Every layer needs one row more on either side than it gives.
        self.first_layer(level, &slots, embedded, &mut x, scratch);
        for (index, layer) in self.layers.iter().enumerate().skip(1) {
            self.layer(level, layer, index + 1..rows - index - 1, &mut x, scratch);
        }
        x.truncate((rows - reach) * self.width);
        x.drain(..reach * self.width);
        x
    }

    /// The slots of a range of tokens and of the context around it; words without one are embedded.
    fn slots(
        &self,
        level: Level,
        tokens: &[RawToken],
        range: &std::ops::Range<usize>,
        lexicon: &Lexicon,
        embedded: &mut Embedded,
        scratch: &mut Scratch,
    ) -> Vec<usize> {
        let reach = self.layers.len() as isize;
        let products = self.layers[0].weights[0].outputs;
        let here = (range.start as isize - reach)..(range.end as isize + reach);
        let token = |at: isize| usize::try_from(at).ok().and_then(|at| tokens.get(at));
        if embedded.scales.is_empty()
            || embedded.scales.len() + here.len() > MOST_SLOTS.max(2 * here.len())
        {
            embedded.slots.clear();
            embedded.vectors = vec![0.0; self.width];
            embedded.sums = vec![0; products];
            embedded.scales = vec![0.0];
        }
        embedded.slots.resize(lexicon.len(), [0; 2]);
        let mut missing = Vec::new();
        let mut slots = Vec::with_capacity(here.len());
        for at in here {
            let Some(token) = token(at) else {
                slots.push(0);
                continue;
            };
            let space = usize::from(token.space && self.sees_space);
            let slot = &mut embedded.slots[token.lexeme as usize][space];
            if *slot == 0 {
                *slot = (embedded.scales.len() + missing.len()) as u32;
                missing.push((*lexicon.get(token.lexeme), token.space));
            }
            slots.push(*slot as usize);
        }
        for batch in missing.chunks(BATCH) {
            self.embed(level, batch, embedded, scratch);
        }
        slots
    }

    /// Embeds words into new slots, in order.
    fn embed(
        &self,
        level: Level,
        words: &[(Attributes, bool)],
        embedded: &mut Embedded,
        scratch: &mut Scratch,
    ) {
        let (width, count) = (self.width, words.len());
        let size = width * self.pieces;
        // The sums of all words for the first table, then for the second, ...
        scratch.rounded.resize(count * width, 0);
        scratch.sums.resize(self.tables.len() * count * size, 0);
        scratch.scales.clear();
        scratch.row.resize(width.max(size), 0.0);
        for (index, table) in self.tables.iter().enumerate() {
            for (word, (attributes, space)) in words.iter().enumerate() {
                let key = match table.attribute {
                    Attribute::Orth => attributes.orth,
                    Attribute::Lower => attributes.lower,
                    Attribute::Norm => attributes.norm,
                    Attribute::Prefix => attributes.prefix,
                    Attribute::Suffix => attributes.suffix,
                    Attribute::Shape => attributes.shape,
                    Attribute::Space => u64::from(*space),
                    Attribute::IsSpace => u64::from(attributes.is_space),
                };
                table.vector(key, &mut scratch.row[..width]);
                let rounded = &mut scratch.rounded[word * width..][..width];
                scratch.scales.push(quantize(level, &scratch.row[..width], rounded));
            }
            let sums = &mut scratch.sums[index * count * size..][..count * size];
            multiply(level, &scratch.rounded, count, &self.mix.weights[index], sums, size);
        }
        let start = embedded.vectors.len();
        embedded.vectors.resize(start + count * width, 0.0);
        for word in 0..count {
            let parts: Vec<Combined<'_>> = (0..self.tables.len())
                .map(|index| Combined {
                    sums: &scratch.sums[(index * count + word) * size..][..size],
                    scales: &self.mix.weights[index].scales,
                    scale: scratch.scales[index * count + word],
                })
                .collect();
            combine(level, &parts, &self.mix.bias, &mut scratch.row[..size]);
            let vector = &mut embedded.vectors[start + word * width..][..width];
            maxout_norm(level, &scratch.row[..size], &self.mix.norm, vector);
            let rounded = &mut scratch.rounded[word * width..][..width];
            embedded.scales.push(quantize(level, vector, rounded));
        }
        let first = &self.layers[0].weights[0];
        let start = embedded.sums.len();
        embedded.sums.resize(start + count * first.outputs, 0);
        multiply(level, &scratch.rounded, count, first, &mut embedded.sums[start..], first.outputs);
    }

    /// The first layer, whose products are known.
    fn first_layer(
        &self,
        level: Level,
        slots: &[usize],
        embedded: &Embedded,
        x: &mut [f32],
        scratch: &mut Scratch,
    ) {
        let outputs = self.layers[0].weights[0].outputs;
        for row in 1..slots.len() - 1 {
            let around = [row - 1, row, row + 1].map(|row| {
                let slot = slots[row];
                (&embedded.sums[slot * outputs..][..outputs], embedded.scales[slot])
            });
            self.add_convolved(
                level,
                &self.layers[0],
                around,
                &mut x[row * self.width..],
                &mut scratch.row,
            );
        }
    }

    /// A layer for a range of rows, which needs the row before and the row after the range.
    fn layer(
        &self,
        level: Level,
        layer: &Maxout,
        range: std::ops::Range<usize>,
        x: &mut [f32],
        scratch: &mut Scratch,
    ) {
        let (width, weights) = (self.width, &layer.weights[0]);
        let outputs = weights.outputs;
        scratch.rounded.resize(scratch.rounded.len().max(BATCH * width), 0);
        scratch.sums.resize(scratch.sums.len().max((BATCH + 2) * outputs), 0);
        scratch.scales.clear();
        scratch.scales.resize(BATCH + 2, 0.0);
        // The products of two rows are carried from batch to batch: the one before the next to be done, and that one.
        let mut known = 0;
        let mut next = range.start - 1;
        let mut done = range.start;
        while done < range.end {
            let count = BATCH.min(range.end + 1 - next);
            for row in 0..count {
                let from = &x[(next + row) * width..][..width];
                let rounded = &mut scratch.rounded[row * width..][..width];
                scratch.scales[known + row] = quantize(level, from, rounded);
            }
            let sums = &mut scratch.sums[known * outputs..];
            multiply(level, &scratch.rounded, count, weights, sums, outputs);
            let held = known + count;
            for middle in 1..held - 1 {
                let around = [middle - 1, middle, middle + 1]
                    .map(|row| (&scratch.sums[row * outputs..][..outputs], scratch.scales[row]));
                self.add_convolved(level, layer, around, &mut x[done * width..], &mut scratch.row);
                done += 1;
            }
            next += count;
            scratch.sums.copy_within((held - 2) * outputs..held * outputs, 0);
            scratch.scales.copy_within(held - 2..held, 0);
            known = 2;
        }
    }

    /// Adds what a layer makes of a row and its neighbours to the row.
    fn add_convolved(
        &self,
        level: Level,
        layer: &Maxout,
        around: [(&[i32], f32); 3],
        x: &mut [f32],
        scratch: &mut Vec<f32>,
    ) {
        let size = self.width * self.pieces;
        scratch.resize(size + self.width, 0.0);
        let (pieces, out) = scratch.split_at_mut(size);
        let mut place = 0;
        let parts = around.map(|(sums, scale)| {
            let block = place * size..(place + 1) * size;
            place += 1;
            Combined { sums: &sums[block.clone()], scales: &layer.weights[0].scales[block], scale }
        });
        combine(level, &parts, &layer.bias, pieces);
        maxout_norm(level, pieces, &layer.norm, out);
        add(level, out, &mut x[..self.width]);
    }
}
