//! How well one clustering agrees with another: MUC, B3, CEAFe and their mean, as the CoNLL shared tasks score
//! coreference (Pradhan et al. 2014, scorer 8.01).

use std::collections::BTreeMap;

use super::assignment::best_assignment;

/// Things in clusters. A thing is known by a number that gold and found agree on; each is in one cluster.
#[derive(Debug, Clone, Default)]
pub struct Clustering {
    clusters: Vec<Vec<usize>>,
    cluster_of: BTreeMap<usize, usize>,
}

impl Clustering {
    /// From pairs of a thing and the name of its cluster. Of a thing given twice the first counts.
    pub fn new<C: Ord>(things: impl IntoIterator<Item = (usize, C)>) -> Self {
        let mut by_name: BTreeMap<C, Vec<usize>> = BTreeMap::new();
        let mut seen = std::collections::BTreeSet::new();
        for (thing, cluster) in things {
            if seen.insert(thing) {
                by_name.entry(cluster).or_default().push(thing);
            }
        }
        let mut clusters: Vec<Vec<usize>> = by_name.into_values().collect();
        clusters.iter_mut().for_each(|cluster| cluster.sort_unstable());
        clusters.sort_unstable();
        let cluster_of = clusters
            .iter()
            .enumerate()
            .flat_map(|(index, cluster)| cluster.iter().map(move |&thing| (thing, index)))
            .collect();
        Self { clusters, cluster_of }
    }

    /// How many things.
    pub fn len(&self) -> usize {
        self.cluster_of.len()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.cluster_of.is_empty()
    }

    /// How many clusters.
    pub fn clusters(&self) -> usize {
        self.clusters.len()
    }

    /// Sizes of the overlaps of `cluster` with the clusters of `other`; things that `other` lacks are left out.
    fn overlaps(&self, cluster: usize, other: &Self) -> BTreeMap<usize, usize> {
        let mut sizes = BTreeMap::new();
        for thing in &self.clusters[cluster] {
            if let Some(&met) = other.cluster_of.get(thing) {
                *sizes.entry(met).or_insert(0) += 1;
            }
        }
        sizes
    }
}

/// Precision and recall that are no plain counts.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Agreement {
    /// From 0 to 1.
    pub precision: f64,
    /// From 0 to 1.
    pub recall: f64,
}

impl Agreement {
    /// The harmonic mean of the two; 0 where both are.
    pub fn f1(self) -> f64 {
        let sum = self.precision + self.recall;
        if sum == 0.0 { 0.0 } else { 2.0 * self.precision * self.recall / sum }
    }
}

/// The links that are missing to rebuild the one's clusters from the other's (Vilain et al. 1995).
pub fn muc(gold: &Clustering, found: &Clustering) -> Agreement {
    Agreement { precision: muc_recall(found, gold), recall: muc_recall(gold, found) }
}

fn muc_recall(key: &Clustering, response: &Clustering) -> f64 {
    let (mut kept, mut links) = (0, 0);
    for (index, cluster) in key.clusters.iter().enumerate() {
        let overlaps = key.overlaps(index, response);
        let missing = cluster.len() - overlaps.values().sum::<usize>();
        kept += cluster.len() - (overlaps.len() + missing);
        links += cluster.len() - 1;
    }
    if links == 0 { 0.0 } else { kept as f64 / links as f64 }
}

/// The mean, over things, of the share of a thing's cluster that is right (Bagga and Baldwin 1998). A thing that the
/// other side lacks counts as wrong.
pub fn b3(gold: &Clustering, found: &Clustering) -> Agreement {
    Agreement { precision: b3_recall(found, gold), recall: b3_recall(gold, found) }
}

fn b3_recall(key: &Clustering, response: &Clustering) -> f64 {
    let mut sum = 0.0;
    for (index, cluster) in key.clusters.iter().enumerate() {
        let squares: usize = key.overlaps(index, response).values().map(|n| n * n).sum();
        sum += squares as f64 / cluster.len() as f64;
    }
    if key.is_empty() { 0.0 } else { sum / key.len() as f64 }
}

/// The best one-to-one pairing of clusters, a pair worth `2 |both| / (|one| + |other|)` (CEAF with the entity measure
/// phi 4, Luo 2005).
pub fn ceafe(gold: &Clustering, found: &Clustering) -> Agreement {
    let mut worth = Vec::new();
    for (g, cluster) in gold.clusters.iter().enumerate() {
        for (f, both) in gold.overlaps(g, found) {
            let sizes = cluster.len() + found.clusters[f].len();
            worth.push((g, f, 2.0 * both as f64 / sizes as f64));
        }
    }
    let total = best_assignment(&worth);
    let share = |clusters: usize| if clusters == 0 { 0.0 } else { total / clusters as f64 };
    Agreement { precision: share(found.clusters()), recall: share(gold.clusters()) }
}

/// The mean of the F1 of MUC, B3 and CEAFe.
pub fn conll_f1(gold: &Clustering, found: &Clustering) -> f64 {
    (muc(gold, found).f1() + b3(gold, found).f1() + ceafe(gold, found).f1()) / 3.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clustering(clusters: &[&[usize]]) -> Clustering {
        let things = clusters.iter().enumerate();
        Clustering::new(things.flat_map(|(c, all)| all.iter().map(move |&thing| (thing, c))))
    }

    fn near(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-9, "{a} is not {b}");
    }

    /// The example of the CEAF paper (Luo 2005, figure 1): the truth and four responses.
    #[test]
    fn the_published_examples() {
        let truth = clustering(&[&[1, 2, 3, 4, 5], &[6, 7], &[8, 9, 10, 11, 12]]);
        let a = clustering(&[&[1, 2, 3, 4, 5], &[6, 7, 8, 9, 10, 11, 12]]);
        let b = clustering(&[&[1, 2, 3, 4, 5, 8, 9, 10, 11, 12], &[6, 7]]);
        // MUC cannot tell (a) from (b): both 18/19 = .947; B3 and CEAF can.
        near(muc(&truth, &a).f1(), 18.0 / 19.0);
        near(muc(&truth, &b).f1(), 18.0 / 19.0);
        near(b3(&truth, &a).precision, (5.0 + 4.0 / 7.0 + 25.0 / 7.0) / 12.0);
        near(b3(&truth, &a).recall, 1.0);
        near(b3(&truth, &b).f1(), 0.736_842_105_263_157_9);
        // phi 4 of (a): the first 1; the last 2*5/12; F1 = 2 * 1.8333 / (3 + 2) = .733.
        near(ceafe(&truth, &a).f1(), 2.0 * (1.0 + 10.0 / 12.0) / 5.0);
        near(ceafe(&truth, &b).f1(), 2.0 * (1.0 + 10.0 / 15.0) / 5.0);
    }

    #[test]
    fn the_same_is_one_and_singletons_count_but_in_muc() {
        let one = clustering(&[&[1, 2], &[3], &[4, 5, 6]]);
        near(conll_f1(&one, &one), 1.0);
        let alone = clustering(&[&[1], &[2], &[3], &[4], &[5], &[6]]);
        near(muc(&one, &alone).f1(), 0.0);
        near(b3(&one, &alone).precision, 1.0);
        near(b3(&one, &alone).recall, 0.5);
    }

    #[test]
    fn what_the_other_side_lacks_is_wrong() {
        let gold = clustering(&[&[1, 2], &[3]]);
        let found = clustering(&[&[1, 2, 9], &[8]]);
        near(b3(&gold, &found).recall, 2.0 / 3.0);
        near(b3(&gold, &found).precision, (4.0 / 3.0) / 4.0);
        near(muc(&gold, &found).precision, 0.5);
        near(ceafe(&gold, &found).recall, (4.0 / 5.0) / 2.0);
    }
}
