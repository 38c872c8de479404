//! The network that chooses a transition system's next move from the tokens its state points at.

use crate::encoder::Scratch;
use crate::format::{self, FormatError, Opened};
use crate::kernel::{Combined, Level, Packed, add_maxout, combine, multiply, quantize};
use crate::weights::{Linear, packed};

#[derive(Debug)]
pub(crate) struct Chooser {
    reduce: Linear,
    places: Packed,
    absent: Vec<f32>,
    hidden_bias: Vec<f32>,
    hidden: usize,
    output: Linear,
}

/// What each token adds to the hidden layer in each place of a state.
#[derive(Debug, Default)]
pub(crate) struct Contributions {
    rows: Vec<f32>,
}

impl Chooser {
    pub(crate) fn open(
        file: &Opened,
        transitions: &format::Transitions,
    ) -> Result<Self, FormatError> {
        let chooser = Self {
            reduce: Linear::open(file, &transitions.reduce)?,
            places: packed(file, &transitions.places)?,
            absent: transitions.absent.clone(),
            hidden_bias: transitions.hidden_bias.clone(),
            hidden: transitions.hidden,
            output: Linear::open(file, &transitions.output)?,
        };
        let size = chooser.hidden_bias.len();
        let fits = (16..=256).contains(&chooser.hidden)
            && chooser.output.weights.outputs <= 1024
            && chooser.hidden.is_multiple_of(16)
            && size <= 1024
            && size > 0
            && size.is_multiple_of(chooser.hidden)
            && chooser.places.inputs == chooser.reduce.weights.outputs
            && chooser.places.outputs.is_multiple_of(size)
            && chooser.absent.len() == chooser.places.outputs
            && chooser.output.weights.inputs == chooser.hidden
            && chooser.output.weights.outputs >= transitions.moves.len();
        if fits { Ok(chooser) } else { Err(FormatError::Damaged("a state network of odd sizes")) }
    }

    /// The numbers it takes of each token's vector.
    pub(crate) fn inputs(&self) -> usize {
        self.reduce.weights.inputs
    }

    /// The tokens it looks at.
    pub(crate) fn places(&self) -> usize {
        self.places.outputs / self.hidden_bias.len()
    }

    /// The contributions of tokens, given their vectors.
    pub(crate) fn contributions(
        &self,
        level: Level,
        vectors: &[f32],
        scratch: &mut Scratch,
        out: &mut Contributions,
    ) {
        const BATCH: usize = 48;
        let inputs = self.inputs();
        let (middle, outputs) = (self.places.inputs, self.places.outputs);
        let zero = vec![0.0; outputs];
        let size = vectors.len() / inputs * outputs;
        // It only grows: what is filled anew need not be cleared.
        out.rows.resize(out.rows.len().max(size), 0.0);
        scratch.rounded.resize(scratch.rounded.len().max(BATCH * inputs.max(middle)), 0);
        scratch.sums.resize(scratch.sums.len().max(BATCH * outputs.max(middle)), 0);
        scratch.row.resize(scratch.row.len().max(middle), 0.0);
        let batches =
            vectors.chunks(BATCH * inputs).zip(out.rows[..size].chunks_mut(BATCH * outputs));
        for (vectors, out) in batches {
            let count = vectors.len() / inputs;
            scratch.scales.clear();
            for (row, vector) in vectors.chunks_exact(inputs).enumerate() {
                scratch.scales.push(quantize(
                    level,
                    vector,
                    &mut scratch.rounded[row * inputs..][..inputs],
                ));
            }
            let weights = &self.reduce.weights;
            multiply(level, &scratch.rounded, count, weights, &mut scratch.sums, middle);
            for row in 0..count {
                let sums = &scratch.sums[row * middle..][..middle];
                let part = Combined { sums, scales: &weights.scales, scale: scratch.scales[row] };
                combine(level, &[part], &self.reduce.bias, &mut scratch.row[..middle]);
                let rounded = &mut scratch.rounded[row * middle..][..middle];
                scratch.scales[row] = quantize(level, &scratch.row[..middle], rounded);
            }
            multiply(level, &scratch.rounded, count, &self.places, &mut scratch.sums, outputs);
            for (row, out) in out.chunks_exact_mut(outputs).enumerate() {
                let sums = &scratch.sums[row * outputs..][..outputs];
                let part =
                    Combined { sums, scales: &self.places.scales, scale: scratch.scales[row] };
                combine(level, &[part], &zero, out);
            }
        }
    }

    /// The scores of all moves in a state whose places hold these tokens (`None` for no token).
    pub(crate) fn scores(
        &self,
        level: Level,
        contributions: &Contributions,
        places: &[Option<u32>],
        scores: &mut Vec<f32>,
    ) {
        /// More than any known network has.
        const MOST_PLACES: usize = 16;
        let size = self.hidden_bias.len();
        let outputs = self.places.outputs;
        let mut rows = [&self.hidden_bias[..]; MOST_PLACES];
        let count = places.len().min(MOST_PLACES);
        for (place, (row, token)) in rows.iter_mut().zip(places).enumerate() {
            let all = match token {
                Some(token) => &contributions.rows[*token as usize * outputs..][..outputs],
                None => &self.absent,
            };
            *row = &all[place * size..][..size];
        }
        let mut hidden = [0f32; 256];
        let hidden = &mut hidden[..self.hidden];
        let mut sums = [0f32; 1024];
        add_maxout(level, &rows[..count], &self.hidden_bias, &mut sums[..size], hidden);
        let mut rounded = [0i16; 256];
        let rounded = &mut rounded[..self.hidden];
        let scale = quantize(level, hidden, rounded);
        let weights = &self.output.weights;
        let mut sums = [0i32; 1024];
        let sums = &mut sums[..weights.outputs];
        multiply(level, rounded, 1, weights, sums, weights.outputs);
        scores.resize(weights.outputs, 0.0);
        combine(
            level,
            &[Combined { sums, scales: &weights.scales, scale }],
            &self.output.bias,
            scores,
        );
    }
}
