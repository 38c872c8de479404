//! Matrix products of 16-bit integers.

use super::Level;

/// Outputs that lie side by side in memory: as many as fit one 512-bit register of sums.
pub(crate) const PANEL: usize = 16;

/// A weight matrix, `outputs` rows of `inputs`, rounded and laid out for the kernels.
///
/// Panels of 16 outputs; in a panel, for each pair of inputs, the two weights of each output. Outputs are padded with
/// zero rows to a full panel. Weight = integer / `scales[output]`'s inverse: `integer * scale`.
#[derive(Debug, Clone)]
pub(crate) struct Packed {
    pub(crate) inputs: usize,
    /// With the padding, a multiple of 16.
    pub(crate) outputs: usize,
    pub(crate) weights: Vec<i16>,
    pub(crate) scales: Vec<f32>,
}

impl Packed {
    /// Rounds and packs `rows`, each of the same even number of inputs.
    ///
    /// The scale of a row is the largest for which neither a weight leaves 16 bits nor a sum of products with
    /// activations up to [`LARGEST`](super::LARGEST) leaves 32.
    pub(crate) fn pack(rows: &[Vec<f32>]) -> Self {
        let inputs = rows.first().map_or(0, Vec::len);
        let outputs = rows.len().next_multiple_of(PANEL);
        let mut weights = vec![0i16; inputs * outputs];
        let mut scales = vec![0f32; outputs];
        for (output, row) in rows.iter().enumerate() {
            let largest = row.iter().fold(0f32, |max, w| max.max(w.abs()));
            let sum: f32 = row.iter().map(|w| w.abs()).sum();
            if largest == 0.0 {
                continue;
            }
            // Room is left for the rounding of each weight.
            let room = (i32::MAX as f32 / super::LARGEST).floor() - inputs as f32;
            let factor = (i16::MAX as f32 / largest).min(room / sum);
            scales[output] = 1.0 / factor;
            let (panel, lane) = (output / PANEL, output % PANEL);
            for (input, weight) in row.iter().enumerate() {
                let at = panel * inputs * PANEL + (input / 2) * 2 * PANEL + lane * 2 + input % 2;
                weights[at] = (weight * factor).round_ties_even() as i16;
            }
        }
        Self { inputs, outputs, weights, scales }
    }
}

/// `sums[row * stride + output]` = the products of each row of `activations` with each row of `weights`, summed.
///
/// `activations` holds `rows` rows of `weights.inputs`; `stride` is at least `weights.outputs`.
pub(crate) fn multiply(
    level: Level,
    activations: &[i16],
    rows: usize,
    weights: &Packed,
    sums: &mut [i32],
    stride: usize,
) {
    assert!(activations.len() >= rows * weights.inputs);
    assert!(
        stride >= weights.outputs
            && (rows == 0 || sums.len() >= (rows - 1) * stride + weights.outputs)
    );
    assert!(
        weights.inputs.is_multiple_of(2)
            && weights.weights.len() == weights.inputs * weights.outputs
    );
    match level {
        Level::Scalar => scalar(activations, rows, weights, sums, stride),
        #[cfg(target_arch = "x86_64")]
        // SAFETY: a level is only chosen where the machine has it; the sizes were checked above.
        Level::Sse2 => unsafe { x86::sse2(activations, rows, weights, sums, stride) },
        #[cfg(target_arch = "x86_64")]
        // SAFETY: as above.
        Level::Avx2 => unsafe { x86::avx2(activations, rows, weights, sums, stride) },
        #[cfg(target_arch = "x86_64")]
        // SAFETY: as above.
        Level::Avx512 => unsafe { x86::avx512(activations, rows, weights, sums, stride) },
        #[cfg(not(target_arch = "x86_64"))]
        _ => scalar(activations, rows, weights, sums, stride),
    }
}

fn scalar(activations: &[i16], rows: usize, weights: &Packed, sums: &mut [i32], stride: usize) {
    let inputs = weights.inputs;
    for row in 0..rows {
        let activation = &activations[row * inputs..(row + 1) * inputs];
        for (panel, packed) in weights.weights.chunks_exact(inputs * PANEL).enumerate() {
            let mut sum = [0i32; PANEL];
            for (pair, packed) in activation.chunks_exact(2).zip(packed.chunks_exact(2 * PANEL)) {
                for lane in 0..PANEL {
                    let first = i32::from(pair[0]) * i32::from(packed[2 * lane]);
                    let second = i32::from(pair[1]) * i32::from(packed[2 * lane + 1]);
                    // Only weights that were not packed here could wrap.
                    sum[lane] = sum[lane].wrapping_add(first.wrapping_add(second));
                }
            }
            let at = row * stride + panel * PANEL;
            sums[at..at + PANEL].copy_from_slice(&sum);
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::*;

    use super::{PANEL, Packed};

    /// One level's kernel: tiles of `R` rows by `P` panels, whose sums stay in registers.
    macro_rules! kernel {
        ($name:ident, $features:literal, $tile:ident, $rows:expr, $panels:expr,
         $vector:ty, $lanes:expr, $zero:ident, $load:expr, $broadcast:ident, $add:expr, $store:expr) => {
            #[target_feature(enable = $features)]
            pub(super) unsafe fn $name(
                activations: &[i16],
                rows: usize,
                weights: &Packed,
                sums: &mut [i32],
                stride: usize,
            ) {
                // SAFETY: the caller checked the sizes.
                unsafe {
                    let panels = weights.outputs / PANEL;
                    let mut panel = 0;
                    while panel < panels {
                        let width = $panels.min(panels - panel);
                        let mut row = 0;
                        while row < rows {
                            let height = $rows.min(rows - row);
                            let from = activations.as_ptr().add(row * weights.inputs);
                            let packed =
                                weights.weights.as_ptr().add(panel * weights.inputs * PANEL);
                            let to = sums.as_mut_ptr().add(row * stride + panel * PANEL);
                            let pairs = weights.inputs / 2;
                            match (height, width) {
                                (h, w) if h == $rows && w == $panels => {
                                    $tile::<{ $rows }, { $panels }>(
                                        from, packed, to, pairs, stride,
                                    );
                                }
                                (h, w) if w == $panels => {
                                    for r in 0..h {
                                        let from = from.add(r * weights.inputs);
                                        $tile::<1, { $panels }>(
                                            from,
                                            packed,
                                            to.add(r * stride),
                                            pairs,
                                            stride,
                                        );
                                    }
                                }
                                (h, w) => {
                                    for p in 0..w {
                                        let packed = packed.add(p * weights.inputs * PANEL);
                                        let to = to.add(p * PANEL);
                                        if h == $rows {
                                            $tile::<{ $rows }, 1>(from, packed, to, pairs, stride);
                                        } else {
                                            for r in 0..h {
                                                let from = from.add(r * weights.inputs);
                                                $tile::<1, 1>(
                                                    from,
                                                    packed,
                                                    to.add(r * stride),
                                                    pairs,
                                                    stride,
                                                );
                                            }
                                        }
                                    }
                                }
                            }
                            row += height;
                        }
                        panel += width;
                    }
                }
            }

            #[target_feature(enable = $features)]
            #[inline]
            unsafe fn $tile<const R: usize, const P: usize>(
                activations: *const i16,
                weights: *const i16,
                sums: *mut i32,
                pairs: usize,
                stride: usize,
            ) {
                const VECTORS: usize = PANEL / $lanes;
                // SAFETY: the tile lies inside the matrices.
                unsafe {
                    let mut tile: [[[$vector; VECTORS]; P]; R] = [[[$zero(); VECTORS]; P]; R];
                    for pair in 0..pairs {
                        let mut weight: [[$vector; VECTORS]; P] = [[$zero(); VECTORS]; P];
                        for p in 0..P {
                            for v in 0..VECTORS {
                                let at = p * pairs * 2 * PANEL + pair * 2 * PANEL + v * $lanes * 2;
                                weight[p][v] = $load(weights.add(at));
                            }
                        }
                        for r in 0..R {
                            let both = activations
                                .add((r * pairs + pair) * 2)
                                .cast::<i32>()
                                .read_unaligned();
                            let both = $broadcast(both);
                            for p in 0..P {
                                for v in 0..VECTORS {
                                    tile[r][p][v] = $add(tile[r][p][v], both, weight[p][v]);
                                }
                            }
                        }
                    }
                    for r in 0..R {
                        for p in 0..P {
                            for v in 0..VECTORS {
                                $store(
                                    sums.add(r * stride + p * PANEL + v * $lanes),
                                    tile[r][p][v],
                                );
                            }
                        }
                    }
                }
            }
        };
    }

    kernel!(
        sse2,
        "sse2",
        sse2_tile,
        3usize,
        1usize,
        __m128i,
        4,
        _mm_setzero_si128,
        |at: *const i16| _mm_loadu_si128(at.cast()),
        _mm_set1_epi32,
        |sum, a, b| _mm_add_epi32(sum, _mm_madd_epi16(a, b)),
        |at: *mut i32, sum| _mm_storeu_si128(at.cast(), sum)
    );

    kernel!(
        avx2,
        "avx2",
        avx2_tile,
        3usize,
        2usize,
        __m256i,
        8,
        _mm256_setzero_si256,
        |at: *const i16| _mm256_loadu_si256(at.cast()),
        _mm256_set1_epi32,
        |sum, a, b| _mm256_add_epi32(sum, _mm256_madd_epi16(a, b)),
        |at: *mut i32, sum| _mm256_storeu_si256(at.cast(), sum)
    );

    kernel!(
        avx512,
        "avx512f,avx512bw,avx512vl,avx512vnni",
        avx512_tile,
        6usize,
        4usize,
        __m512i,
        16,
        _mm512_setzero_si512,
        |at: *const i16| _mm512_loadu_si512(at.cast()),
        _mm512_set1_epi32,
        |sum, a, b| _mm512_dpwssd_epi32(sum, a, b),
        |at: *mut i32, sum| _mm512_storeu_si512(at.cast(), sum)
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_gives_the_sums_of_the_plain_one() {
        let mut state = 1u64;
        let mut next = || {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (state >> 33) as f32 / (1u64 << 30) as f32 - 1.0
        };
        for (rows, inputs, outputs) in
            [(1, 64, 106), (7, 96, 864), (13, 96, 50), (3, 2, 1), (0, 96, 96)]
        {
            let matrix: Vec<Vec<f32>> =
                (0..outputs).map(|_| (0..inputs).map(|_| next()).collect()).collect();
            let packed = Packed::pack(&matrix);
            let activations: Vec<i16> =
                (0..rows * inputs).map(|_| (next() * super::super::LARGEST) as i16).collect();
            let mut expected = vec![0; rows * packed.outputs];
            for row in 0..rows {
                for (output, weights) in matrix.iter().enumerate() {
                    let sum: f64 = weights
                        .iter()
                        .zip(&activations[row * inputs..])
                        .map(|(w, a)| f64::from(*w) * f64::from(*a))
                        .sum();
                    expected[row * packed.outputs + output] =
                        (sum / f64::from(packed.scales[output])) as i32;
                }
            }
            let mut plain = vec![0; rows * packed.outputs];
            multiply(Level::Scalar, &activations, rows, &packed, &mut plain, packed.outputs);
            for (a, b) in plain.iter().zip(&expected) {
                assert!(a.abs_diff(*b) <= 8191 * inputs as u32 / 2 + 1, "{a} {b}");
            }
            for level in Level::available() {
                let mut sums = vec![-1; rows * packed.outputs];
                multiply(level, &activations, rows, &packed, &mut sums, packed.outputs);
                assert_eq!(sums, plain, "{level:?}");
            }
        }
    }

    #[test]
    fn the_largest_sums_fit() {
        let packed = Packed::pack(&[vec![1.0; 96], vec![-3.0; 96]]);
        let activations = vec![super::super::LARGEST as i16; 96];
        let mut sums = vec![0; PANEL];
        multiply(Level::Scalar, &activations, 1, &packed, &mut sums, PANEL);
        assert!(sums[0] > 1 << 30 && sums[1] < -(1 << 30), "{sums:?}");
    }
}
