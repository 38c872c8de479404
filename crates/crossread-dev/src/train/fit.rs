//! Fitting of the networks of `crossread_testimony::attribution`: stochastic gradient descent with AdaGrad's step
//! sizes (Duchi, Hazan and Singer 2011), in one thread, in a fixed order from a fixed seed, with exponentials and
//! logarithms of our own library rather than the machine's, so that the same data give the same weights, to the byte.

use crossread_testimony::attribution::learning::{HIDDEN, Net};

/// A sequence to learn: for each place its features and its label.
#[derive(Debug, Default)]
pub(crate) struct Lesson {
    /// Hashes of features, place after place.
    features: Vec<u32>,
    /// For each place, where its features end.
    ends: Vec<u32>,
    /// For each place. A network of one output takes 0 and 1.
    pub(crate) labels: Vec<u8>,
    /// The place whose label is given at run time, if any.
    pub(crate) given: Option<usize>,
}

impl Lesson {
    /// Adds a place.
    pub(crate) fn push(&mut self, features: &[u32], label: u8) {
        self.features.extend(features);
        self.ends.push(self.features.len() as u32);
        self.labels.push(label);
    }

    fn place(&self, nth: usize) -> &[u32] {
        let start = if nth == 0 { 0 } else { self.ends[nth - 1] };
        &self.features[start as usize..self.ends[nth] as usize]
    }
}

/// How to fit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    /// `log2` of the rows.
    pub(crate) bits: u32,
    /// 1 for yes and no, else the labels of a sequence.
    pub(crate) outputs: usize,
    /// Times through the lessons.
    pub(crate) rounds: usize,
    /// The share of features left out at each step.
    pub(crate) dropout: f32,
    /// AdaGrad's first step.
    pub(crate) rate: f32,
}

/// A generator of numbers: splitmix64.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 24) as f32
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for i in (1..list.len()).rev() {
            list.swap(i, (self.next() % (i as u64 + 1)) as usize);
        }
    }
}

struct Weights {
    values: Vec<f32>,
    squares: Vec<f32>,
}

impl Weights {
    fn new(size: usize, spread: f32, dice: &mut Dice) -> Self {
        let values = (0..size).map(|_| (dice.unit() * 2.0 - 1.0) * spread).collect();
        Self { values, squares: vec![1e-3; size] }
    }

    #[inline]
    fn step(&mut self, at: usize, gradient: f32, rate: f32) {
        self.squares[at] += gradient * gradient;
        self.values[at] -= rate * gradient / self.squares[at].sqrt();
    }
}

/// The weights that the lessons give.
pub(crate) fn fit(lessons: &[Lesson], how: Settings, mut tell: impl FnMut(usize, f32)) -> Net {
    let mut dice = Dice(20);
    let n = how.outputs;
    let mask = (1u32 << how.bits) - 1;
    let mut rows = Weights::new(HIDDEN << how.bits, 0.05, &mut dice);
    let mut bias = Weights::new(HIDDEN, 0.0, &mut dice);
    let mut top = Weights::new(HIDDEN * n, 0.3, &mut dice);
    let mut top_bias = Weights::new(n, 0.0, &mut dice);
    let mut links = Weights::new(n * n, 0.0, &mut dice);
    bias.values.fill(0.1);
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    // The mean of the weights after each of the last rounds steadies them.
    let mut mean: Option<(Vec<Vec<f32>>, f32)> = None;
    for round in 0..how.rounds {
        dice.shuffle(&mut order);
        let rate = how.rate * (1.0 - 0.9 * round as f32 / how.rounds as f32);
        let mut loss = 0.0;
        for &nth in &order {
            let lesson = &lessons[nth];
            let places = lesson.labels.len();
            let mut kept: Vec<Vec<u32>> = Vec::with_capacity(places);
            let mut hidden = vec![[0f32; HIDDEN]; places];
            let mut scores = vec![0f32; places * n];
            for place in 0..places {
                let keep: Vec<u32> = lesson
                    .place(place)
                    .iter()
                    .filter(|_| how.dropout == 0.0 || dice.unit() >= how.dropout)
                    .map(|f| f & mask)
                    .collect();
                let h = &mut hidden[place];
                h.copy_from_slice(&bias.values);
                let scale = 1.0 / (1.0 - how.dropout);
                let mut sum = [0f32; HIDDEN];
                for &f in &keep {
                    let row = &rows.values[f as usize * HIDDEN..][..HIDDEN];
                    for (s, r) in sum.iter_mut().zip(row) {
                        *s += r;
                    }
                }
                for (h, s) in h.iter_mut().zip(sum) {
                    *h = (*h + s * scale).max(0.0);
                }
                for label in 0..n {
                    let w = &top.values[label * HIDDEN..][..HIDDEN];
                    let sum: f32 = h.iter().zip(w).map(|(h, w)| h * w).sum();
                    scores[place * n + label] = sum + top_bias.values[label];
                }
                kept.push(keep);
            }
            // The gradient of the scores: expected minus given.
            let mut gradient = vec![0f32; places * n];
            if n == 1 {
                for place in 0..places {
                    let (y, s) = (f32::from(lesson.labels[place]), scores[place]);
                    let p = 1.0 / (1.0 + libm::expf(-s));
                    loss -= if y > 0.5 {
                        libm::logf(p.max(1e-9))
                    } else {
                        libm::logf((1.0 - p).max(1e-9))
                    };
                    gradient[place] = p - y;
                }
            } else {
                if let Some(given) = lesson.given {
                    scores[given * n + usize::from(lesson.labels[given])] += 1000.0;
                }
                let (log_z, expected, pairs) = marginals(&scores, &links.values, n);
                let mut gold = 0.0;
                for place in 0..places {
                    let label = usize::from(lesson.labels[place]);
                    gold += scores[place * n + label];
                    for l in 0..n {
                        gradient[place * n + l] =
                            expected[place * n + l] - f32::from(u8::from(l == label));
                    }
                    if Some(place) == lesson.given {
                        gradient[place * n..][..n].fill(0.0);
                    }
                    if place > 0 {
                        gold += links.values[usize::from(lesson.labels[place - 1]) * n + label];
                    }
                }
                loss += (log_z - gold).max(0.0);
                let mut seen = vec![0f32; n * n];
                for pair in lesson.labels.windows(2) {
                    seen[usize::from(pair[0]) * n + usize::from(pair[1])] += 1.0;
                }
                for at in 0..n * n {
                    links.step(at, (pairs[at] - seen[at]).clamp(-5.0, 5.0), rate);
                }
            }
            for place in 0..places {
                let g = &gradient[place * n..][..n];
                if g.iter().all(|g| g.abs() < 1e-4) {
                    continue;
                }
                let mut back = [0f32; HIDDEN];
                for (label, &slope) in g.iter().enumerate() {
                    for (i, (b, h)) in back.iter_mut().zip(&hidden[place]).enumerate() {
                        let at = label * HIDDEN + i;
                        *b += slope * top.values[at];
                        top.step(at, slope * h, rate);
                    }
                    top_bias.step(label, slope, rate);
                }
                for (i, (b, h)) in back.iter_mut().zip(&hidden[place]).enumerate() {
                    if *h <= 0.0 {
                        *b = 0.0;
                    }
                    bias.step(i, *b, rate);
                }
                for &f in &kept[place] {
                    let at = f as usize * HIDDEN;
                    let values = &mut rows.values[at..at + HIDDEN];
                    let squares = &mut rows.squares[at..at + HIDDEN];
                    for ((v, s), b) in values.iter_mut().zip(squares).zip(&back) {
                        *s += b * b;
                        *v = (*v - rate * b / s.sqrt()).clamp(-1.2, 1.2);
                    }
                }
            }
        }
        let now = [&rows.values, &bias.values, &top.values, &top_bias.values, &links.values];
        if round * 2 >= how.rounds || how.rounds == 1 {
            match &mut mean {
                None => mean = Some((now.map(Clone::clone).to_vec(), 1.0)),
                Some((sums, count)) => {
                    *count += 1.0;
                    for (sum, now) in sums.iter_mut().zip(now) {
                        for (s, v) in sum.iter_mut().zip(now) {
                            *s += (v - *s) / *count;
                        }
                    }
                }
            }
        }
        tell(round, loss / lessons.len().max(1) as f32);
    }
    let (sums, _) = mean.unwrap_or_default();
    let state: Vec<&[f32]> = sums.iter().map(Vec::as_slice).collect();
    net(how, &state)
}

/// Rounds the rows to bytes.
fn net(how: Settings, state: &[&[f32]]) -> Net {
    let [rows, bias, weights, output_bias, links] = state else {
        return Net {
            bits: 0,
            outputs: how.outputs,
            rows: vec![],
            scale: 0.0,
            bias: vec![],
            weights: vec![],
            output_bias: vec![],
            links: vec![],
        };
    };
    let scale = rows.iter().fold(0f32, |most, v| most.max(v.abs())) / 127.0;
    Net {
        bits: how.bits,
        outputs: how.outputs,
        rows: rows.iter().map(|v| (v / scale).round() as i8).collect(),
        scale,
        bias: bias.to_vec(),
        weights: weights.to_vec(),
        output_bias: output_bias.to_vec(),
        links: links.to_vec(),
    }
}

/// The logarithm of the sum over all sequences, the expected labels of each place, and the expected pairs, by
/// forwards and backwards.
fn marginals(scores: &[f32], links: &[f32], n: usize) -> (f32, Vec<f32>, Vec<f32>) {
    let places = scores.len() / n;
    let sum = |values: &[f32]| {
        let most = values.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        most + libm::logf(values.iter().map(|v| libm::expf(v - most)).sum())
    };
    let mut forth = scores.to_vec();
    let mut terms = vec![0f32; n];
    for place in 1..places {
        for to in 0..n {
            for from in 0..n {
                terms[from] = forth[(place - 1) * n + from] + links[from * n + to];
            }
            forth[place * n + to] = sum(&terms) + scores[place * n + to];
        }
    }
    let mut back = vec![0f32; scores.len()];
    for place in (0..places.saturating_sub(1)).rev() {
        for from in 0..n {
            for to in 0..n {
                terms[to] = links[from * n + to]
                    + scores[(place + 1) * n + to]
                    + back[(place + 1) * n + to];
            }
            back[place * n + from] = sum(&terms);
        }
    }
    let log_z = sum(&forth[(places - 1) * n..]);
    let expected = forth.iter().zip(&back).map(|(f, b)| libm::expf(f + b - log_z)).collect();
    let mut pairs = vec![0f32; n * n];
    for place in 1..places {
        for from in 0..n {
            for to in 0..n {
                pairs[from * n + to] += libm::expf(
                    forth[(place - 1) * n + from]
                        + links[from * n + to]
                        + scores[place * n + to]
                        + back[place * n + to]
                        - log_z,
                );
            }
        }
    }
    (log_z, expected, pairs)
}
