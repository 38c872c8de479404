//! Fitting of boosted trees by the second-order gain of Friedman (2001) and Chen and Guestrin (2016), over histograms,
//! without chance: the same data give the same trees.

use crossread_ledger::learning::{Features, Forest, Node};

/// How to fit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    pub(crate) trees: usize,
    /// Questions on the way to a leaf, at most.
    pub(crate) depth: usize,
    /// The part of a leaf's best value that it takes.
    pub(crate) rate: f64,
    /// What draws the values of small leaves to nothing.
    pub(crate) ridge: f64,
    /// The least weight of a leaf.
    pub(crate) least: f64,
}

/// Something to learn from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lesson<'a> {
    pub(crate) features: &'a Features,
    pub(crate) yes: bool,
    pub(crate) weight: f64,
}

/// Values of a feature that questions are asked of, at most.
const CUTS: usize = 64;

struct Fitting<'a> {
    how: Settings,
    lessons: &'a [Lesson<'a>],
    cuts: Vec<Vec<f32>>,
    /// For each lesson and feature how many cuts lie below the value.
    bins: Vec<Vec<u8>>,
    slopes: Vec<(f64, f64)>,
}

/// The trees that the lessons give.
pub(crate) fn fit(lessons: &[Lesson<'_>], how: Settings) -> Forest {
    let features = lessons.first().map_or(0, |lesson| lesson.features.len());
    let cuts: Vec<Vec<f32>> = (0..features).map(|feature| cuts(lessons, feature)).collect();
    let bin = |lesson: &Lesson<'_>| {
        let of = |(value, cuts): (&f32, &Vec<f32>)| cuts.partition_point(|cut| cut < value) as u8;
        lesson.features.iter().zip(&cuts).map(of).collect()
    };
    let bins: Vec<Vec<u8>> = lessons.iter().map(bin).collect();
    let all: f64 = lessons.iter().map(|lesson| lesson.weight).sum();
    let yes: f64 = lessons.iter().filter(|l| l.yes).map(|lesson| lesson.weight).sum();
    let share = (yes / all.max(1e-9)).clamp(1e-3, 1.0 - 1e-3);
    let bias = libm::log(share / (1.0 - share));
    let mut forest = Forest { bias, trees: Vec::new() };
    let mut odds = vec![bias; lessons.len()];
    let mut fitting = Fitting { how, lessons, cuts, bins, slopes: Vec::new() };
    for _ in 0..how.trees {
        fitting.slopes = lessons
            .iter()
            .zip(&odds)
            .map(|(lesson, odds)| {
                let p = 1.0 / (1.0 + libm::exp(-odds));
                let wanted = f64::from(u8::from(lesson.yes));
                ((wanted - p) * lesson.weight, p * (1.0 - p) * lesson.weight)
            })
            .collect();
        let mut tree = Vec::new();
        let everything: Vec<u32> = (0..lessons.len() as u32).collect();
        fitting.grow(&everything, how.depth, &mut tree, &mut odds);
        forest.trees.push(tree);
    }
    forest
}

/// At most so many values, each in the middle between two that occur, spread evenly over the lessons.
fn cuts(lessons: &[Lesson<'_>], feature: usize) -> Vec<f32> {
    let mut values: Vec<f32> = lessons.iter().map(|lesson| lesson.features[feature]).collect();
    values.sort_unstable_by(f32::total_cmp);
    let step = (values.len() / CUTS).max(1);
    let mut some: Vec<f32> = values.iter().copied().step_by(step).collect();
    let mut kinds = values;
    kinds.dedup();
    if kinds.len() <= CUTS {
        some = kinds;
    }
    some.dedup();
    let middle = |pair: &[f32]| (((pair[0] + pair[1]) / 2.0) * 1e4).round() / 1e4;
    let mut cuts: Vec<f32> = some.windows(2).map(middle).collect();
    cuts.dedup();
    cuts
}

impl Fitting<'_> {
    fn grow(&self, rows: &[u32], depth: usize, tree: &mut Vec<Node>, odds: &mut [f64]) {
        let (slope, curve) = self.sum(rows);
        let best = if depth > 0 { self.split(rows, slope, curve) } else { None };
        let Some((feature, cut)) = best else {
            let value = self.how.rate * slope / (curve + self.how.ridge);
            // As it is written, so that later trees mend what rounding took.
            let value = (value * 1e5).round() / 1e5;
            rows.iter().for_each(|row| odds[*row as usize] += value);
            tree.push(Node::Leaf(value));
            return;
        };
        let (yes, no): (Vec<u32>, Vec<u32>) =
            rows.iter().partition(|row| usize::from(self.bins[**row as usize][feature]) <= cut);
        let at = tree.len();
        tree.push(Node::Split { feature, at_most: self.cuts[feature][cut], no: 0 });
        self.grow(&yes, depth - 1, tree, odds);
        let begins = tree.len();
        if let Node::Split { no, .. } = &mut tree[at] {
            *no = begins;
        }
        self.grow(&no, depth - 1, tree, odds);
    }

    fn sum(&self, rows: &[u32]) -> (f64, f64) {
        let slopes = rows.iter().map(|row| self.slopes[*row as usize]);
        slopes.fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
    }

    /// The feature and the cut of the greatest gain.
    fn split(&self, rows: &[u32], slope: f64, curve: f64) -> Option<(usize, usize)> {
        let gain = |slope: f64, curve: f64| slope * slope / (curve + self.how.ridge);
        let mut best = (gain(slope, curve) + 1e-6, None);
        for (feature, cuts) in self.cuts.iter().enumerate() {
            let mut sums = vec![(0.0, 0.0, 0.0); cuts.len() + 1];
            for &row in rows {
                let row = row as usize;
                let sum = &mut sums[usize::from(self.bins[row][feature])];
                sum.0 += self.slopes[row].0;
                sum.1 += self.slopes[row].1;
                sum.2 += self.lessons[row].weight;
            }
            let all: f64 = sums.iter().map(|sum| sum.2).sum();
            let mut left = (0.0, 0.0, 0.0);
            for (cut, sum) in sums.iter().take(cuts.len()).enumerate() {
                left = (left.0 + sum.0, left.1 + sum.1, left.2 + sum.2);
                if left.2 < self.how.least || all - left.2 < self.how.least {
                    continue;
                }
                let both = gain(left.0, left.1) + gain(slope - left.0, curve - left.1);
                if both > best.0 {
                    best = (both, Some((feature, cut)));
                }
            }
        }
        best.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_of_two_features_is_learnt() {
        let rows: Vec<(Features, bool)> = (0..400)
            .map(|n: u32| {
                let mut features = Features::default();
                features[0] = (n % 20) as f32 / 20.0;
                features[1] = (n / 20) as f32 / 20.0;
                (features, features[0] > 0.4 && features[1] <= 0.6)
            })
            .collect();
        let lessons: Vec<Lesson<'_>> = rows
            .iter()
            .map(|(features, yes)| Lesson { features, yes: *yes, weight: 1.0 })
            .collect();
        let how = Settings { trees: 30, depth: 2, rate: 0.3, ridge: 1.0, least: 5.0 };
        let forest = fit(&lessons, how);
        let right = rows.iter().filter(|(f, yes)| (forest.probability(f) > 0.5) == *yes).count();
        assert_eq!(right, rows.len());
        assert_eq!(fit(&lessons, how), forest);
    }
}
