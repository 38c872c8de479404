//! What is done to single rows between matrix products, in 32-bit floating point.
//!
//! Each step is written once, in plain Rust that the compiler turns into vector instructions of each level. Rust
//! neither reorders nor fuses floating-point operations, so all levels give the same bits; only sums along a row need
//! care, and have an order of their own.

use super::{LARGEST, Level};

/// Compiles a function once for each level and calls the right one.
macro_rules! for_each_level {
    ($(#[$doc:meta])* pub(crate) fn $name:ident($level:ident, $($arg:ident: $type:ty),* $(,)?) $(-> $out:ty)? $body:block) => {
        $(#[$doc])*
        pub(crate) fn $name($level: Level, $($arg: $type),*) $(-> $out)? {
            #[inline(always)]
            fn plain($($arg: $type),*) $(-> $out)? $body
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2")]
            fn avx2($($arg: $type),*) $(-> $out)? {
                plain($($arg),*)
            }
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx512f,avx512bw,avx512vl")]
            fn avx512($($arg: $type),*) $(-> $out)? {
                plain($($arg),*)
            }
            match $level {
                #[cfg(target_arch = "x86_64")]
                // SAFETY: a level is only chosen where the machine has it.
                Level::Avx2 => unsafe { avx2($($arg),*) },
                #[cfg(target_arch = "x86_64")]
                // SAFETY: as above.
                Level::Avx512 => unsafe { avx512($($arg),*) },
                _ => plain($($arg),*),
            }
        }
    };
}

for_each_level! {
    /// Rounds a row to integers up to [`LARGEST`]; gives what to multiply them with to get the row back.
    ///
    /// `row` and `rounded` have the same length, a multiple of 16.
    pub(crate) fn quantize(level, row: &[f32], rounded: &mut [i16]) -> f32 {
        let (row, _) = row.as_chunks::<16>();
        let (rounded, _) = rounded.as_chunks_mut::<16>();
        let mut largest = [0f32; 16];
        for values in row {
            for lane in 0..16 {
                let value = values[lane].abs();
                largest[lane] = if value > largest[lane] { value } else { largest[lane] };
            }
        }
        let largest = largest.iter().fold(0f32, |max, &value| if value > max { value } else { max });
        if largest == 0.0 || !largest.is_finite() {
            rounded.iter_mut().for_each(|values| values.fill(0));
            return 0.0;
        }
        let factor = LARGEST / largest;
        // Adding 1.5 * 2^23 leaves the nearest integer (ties to even) in the low bits.
        const SHIFT: f32 = 12_582_912.0;
        for (values, rounded) in row.iter().zip(rounded) {
            for lane in 0..16 {
                let bits = (values[lane] * factor + SHIFT).to_bits();
                rounded[lane] = bits.wrapping_sub(SHIFT.to_bits()) as i16;
            }
        }
        largest / LARGEST
    }
}

/// One product that goes into a row: its integer sums, the scale of each output, and the scale of its activations.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Combined<'a> {
    pub(crate) sums: &'a [i32],
    pub(crate) scales: &'a [f32],
    pub(crate) scale: f32,
}

for_each_level! {
    /// `row[i]` = bias plus all parts, in their order. All slices are at least as long as `row`, whose length is a
    /// multiple of 16.
    pub(crate) fn combine(level, parts: &[Combined<'_>], bias: &[f32], row: &mut [f32]) {
        for (to, bias) in row.iter_mut().zip(bias) {
            *to = *bias;
        }
        for part in parts {
            for ((to, sum), scale) in row.iter_mut().zip(part.sums).zip(part.scales) {
                *to += *sum as f32 * (*scale * part.scale);
            }
        }
    }
}

/// The gain and shift of a layer norm.
#[derive(Debug, Clone, Default)]
pub(crate) struct LayerNorm {
    pub(crate) gain: Vec<f32>,
    pub(crate) shift: Vec<f32>,
}

for_each_level! {
    /// Maxout and layer norm: of `pieces` (several times the width of `out`, piece after piece) keeps the largest at
    /// each place, and brings the row to mean 0 and variance 1 before gain and shift. The width is a multiple of 16.
    pub(crate) fn maxout_norm(level, pieces: &[f32], norm: &LayerNorm, out: &mut [f32]) {
        let width = out.len();
        for (index, piece) in pieces.chunks_exact(width).enumerate() {
            for (out, piece) in out.iter_mut().zip(piece) {
                *out = if index == 0 || *piece > *out { *piece } else { *out };
            }
        }
        let mut sum = [0f32; 16];
        for values in out.as_chunks::<16>().0 {
            for lane in 0..16 {
                sum[lane] += values[lane];
            }
        }
        let mean = fold(sum) / width as f32;
        let mut squares = [0f32; 16];
        for values in out.as_chunks::<16>().0 {
            for lane in 0..16 {
                let away = values[lane] - mean;
                squares[lane] += away * away;
            }
        }
        let variance = fold(squares) / width as f32 + 1e-8;
        let factor = 1.0 / variance.sqrt();
        for ((value, gain), shift) in out.iter_mut().zip(&norm.gain).zip(&norm.shift) {
            *value = (*value - mean) * factor * *gain + *shift;
        }
    }
}

for_each_level! {
    /// `hidden[i]` = the largest, over the pieces, of bias plus all rows at that place. Bias and rows are several times
    /// as long as `hidden`, piece after piece; `sums` is room of their length.
    pub(crate) fn add_maxout(level, rows: &[&[f32]], bias: &[f32], sums: &mut [f32], hidden: &mut [f32]) {
        sums.copy_from_slice(bias);
        for row in rows {
            for (sum, value) in sums.iter_mut().zip(*row) {
                *sum += *value;
            }
        }
        for (index, piece) in sums.chunks_exact(hidden.len()).enumerate() {
            for (out, piece) in hidden.iter_mut().zip(piece) {
                *out = if index == 0 || *piece > *out { *piece } else { *out };
            }
        }
    }
}

for_each_level! {
    /// Adds one row to another of the same length, a multiple of 16.
    pub(crate) fn add(level, row: &[f32], to: &mut [f32]) {
        for (to, value) in to.iter_mut().zip(row) {
            *to += *value;
        }
    }
}

/// The sum of sixteen numbers, by halves.
#[inline(always)]
fn fold(sums: [f32; 16]) -> f32 {
    let mut sums = sums;
    for half in [8, 4, 2, 1] {
        for lane in 0..half {
            sums[lane] += sums[lane + half];
        }
    }
    sums[0]
}

/// The index of the largest score; of equals the first. 0 for none.
pub(crate) fn argmax(scores: &[f32]) -> usize {
    let mut best = 0;
    for (index, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = index;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(count: usize) -> Vec<f32> {
        let mut state = 7u64;
        let next = || {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (state >> 40) as f32 / 1000.0 - 8000.0
        };
        std::iter::repeat_with(next).take(count).collect()
    }

    #[test]
    fn every_level_gives_the_same_bits() {
        let row = numbers(288);
        let norm = LayerNorm { gain: numbers(96), shift: numbers(96) };
        let sums: Vec<i32> = numbers(288).iter().map(|x| *x as i32 * 1000).collect();
        let results: Vec<_> = Level::available()
            .into_iter()
            .map(|level| {
                let mut rounded = vec![0; 288];
                let scale = quantize(level, &row, &mut rounded);
                let part = Combined { sums: &sums, scales: &row, scale };
                let mut pieces = vec![0.0; 288];
                combine(level, &[part, part], &row, &mut pieces);
                let mut out = vec![0.0; 96];
                maxout_norm(level, &pieces, &norm, &mut out);
                let bits: Vec<u32> = pieces.iter().chain(&out).map(|x| x.to_bits()).collect();
                (rounded, scale.to_bits(), bits)
            })
            .collect();
        assert!(results.windows(2).all(|pair| pair[0] == pair[1]));
    }

    #[test]
    fn rounding_keeps_the_largest_and_gives_the_row_back() {
        let row: Vec<f32> = (0..16).map(|i| i as f32 - 8.0).collect();
        let mut rounded = vec![0; 16];
        let scale = quantize(Level::best(), &row, &mut rounded);
        assert_eq!(rounded[0], -8191);
        assert!(rounded.iter().zip(&row).all(|(i, x)| (f32::from(*i) * scale - x).abs() < 1e-3));
        assert_eq!(quantize(Level::best(), &[0.0; 16], &mut rounded), 0.0);
    }

    #[test]
    fn norm_of_a_row_of_equals_is_its_shift() {
        let norm = LayerNorm { gain: vec![2.0; 16], shift: vec![0.5; 16] };
        let mut out = vec![0.0; 16];
        maxout_norm(Level::best(), &[3.0; 48], &norm, &mut out);
        assert_eq!(out, vec![0.5; 16]);
    }
}
