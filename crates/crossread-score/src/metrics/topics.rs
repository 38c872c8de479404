//! Texts grouped by their words: tf-idf vectors, average-link clustering, the cut by the best silhouette.

use std::collections::BTreeMap;

/// The number of each text's group. `texts` holds the words of each, stop words left out.
///
/// A word weighs `(1 + ln tf) ln (N / df)`; the likeness of texts is the cosine; groups are joined by the mean
/// distance of their members (UPGMA, by the nearest-neighbour chain); of all cuts the one with the
/// greatest mean silhouette (Rousseeuw 1987) is taken.
pub fn topics(texts: &[Vec<&str>]) -> Vec<usize> {
    let distances = distances(texts);
    let merges = average_link(&distances);
    best_cut(&distances, &merges)
}

fn distances(texts: &[Vec<&str>]) -> Vec<Vec<f64>> {
    let mut counts: Vec<BTreeMap<&str, usize>> = Vec::new();
    let mut in_texts: BTreeMap<&str, usize> = BTreeMap::new();
    for text in texts {
        let mut count = BTreeMap::new();
        for &word in text {
            *count.entry(word).or_insert(0) += 1;
        }
        for &word in count.keys() {
            *in_texts.entry(word).or_insert(0) += 1;
        }
        counts.push(count);
    }
    let mut by_word: BTreeMap<&str, Vec<(usize, f64)>> = BTreeMap::new();
    for (index, count) in counts.iter().enumerate() {
        let weight = |word: &str, tf: usize| {
            (1.0 + (tf as f64).ln()) * (texts.len() as f64 / in_texts[word] as f64).ln()
        };
        let norm = count.iter().map(|(w, &tf)| weight(w, tf).powi(2)).sum::<f64>().sqrt();
        for (&word, &tf) in count {
            if norm > 0.0 {
                by_word.entry(word).or_default().push((index, weight(word, tf) / norm));
            }
        }
    }
    let mut distances = vec![vec![1.0; texts.len()]; texts.len()];
    for postings in by_word.values() {
        for &(a, weight_a) in postings {
            for &(b, weight_b) in postings {
                distances[a][b] -= weight_a * weight_b;
            }
        }
    }
    distances
}

/// The joins `(a, b)` of clusters named by their smallest member, `a < b`, nearest first.
fn average_link(distances: &[Vec<f64>]) -> Vec<(usize, usize)> {
    let count = distances.len();
    let mut distance = distances.to_vec();
    let mut size = vec![1.0; count];
    let mut alive = vec![true; count];
    let mut merges: Vec<(f64, usize, usize)> = Vec::new();
    let mut chain: Vec<usize> = Vec::new();
    while merges.len() + 1 < count {
        if chain.is_empty() {
            chain.extend(alive.iter().position(|&alive| alive));
        }
        let Some(&tip) = chain.last() else { break };
        let before = chain.len().checked_sub(2).map(|index| chain[index]);
        // Of equals the one before in the chain, so that the chain ends.
        let mut nearest = before;
        for other in (0..count).filter(|&other| alive[other] && other != tip) {
            if nearest.is_none_or(|near| distance[tip][other] < distance[tip][near]) {
                nearest = Some(other);
            }
        }
        let Some(near) = nearest else { break };
        if Some(near) != before {
            chain.push(near);
            continue;
        }
        chain.truncate(chain.len() - 2);
        let (kept, gone) = (tip.min(near), tip.max(near));
        merges.push((distance[kept][gone], kept, gone));
        let (one, two) = (size[kept], size[gone]);
        for row in &mut distance {
            row[kept] = (one * row[kept] + two * row[gone]) / (one + two);
        }
        let column: Vec<f64> = distance.iter().map(|row| row[kept]).collect();
        distance[kept] = column;
        size[kept] += size[gone];
        alive[gone] = false;
    }
    // Average link never joins nearer than it did below, so sorting keeps children before parents.
    merges.sort_by(|a, b| a.0.total_cmp(&b.0));
    merges.into_iter().map(|(_, a, b)| (a, b)).collect()
}

fn best_cut(distances: &[Vec<f64>], merges: &[(usize, usize)]) -> Vec<usize> {
    let count = distances.len();
    let mut group: Vec<usize> = (0..count).collect();
    // sums[i][g]: the distances from text i to the members of group g.
    let mut sums = distances.to_vec();
    let mut size = vec![1usize; count];
    let mut best = (f64::NEG_INFINITY, group.clone());
    for &(a, b) in merges {
        let (a, b) = (group[a].min(group[b]), group[a].max(group[b]));
        for row in &mut sums {
            row[a] += row[b];
        }
        size[a] += size[b];
        size[b] = 0;
        group.iter_mut().filter(|g| **g == b).for_each(|g| *g = a);
        let groups: Vec<usize> = (0..count).filter(|&g| size[g] > 0).collect();
        if groups.len() < 2 {
            break;
        }
        let silhouette = |text: usize| {
            let own = group[text];
            if size[own] == 1 {
                return 0.0;
            }
            let inside = sums[text][own] / (size[own] - 1) as f64;
            let others = groups.iter().filter(|&&g| g != own);
            let outside =
                others.map(|&g| sums[text][g] / size[g] as f64).fold(f64::INFINITY, f64::min);
            if inside.max(outside) > 0.0 { (outside - inside) / inside.max(outside) } else { 0.0 }
        };
        let mean = (0..count).map(silhouette).sum::<f64>() / count as f64;
        if mean > best.0 {
            best = (mean, group.clone());
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_stories_are_told_apart() {
        let texts: Vec<Vec<&str>> = [
            "bridge fall river storm",
            "bridge collapse river engineer",
            "bridge river storm engineer mayor",
            "vote mayor council party",
            "council vote party leader",
            "party vote leader mayor",
        ]
        .iter()
        .map(|text| text.split(' ').collect())
        .collect();
        let topics = topics(&texts);
        assert_eq!(topics[..3], [0, 0, 0]);
        assert_eq!(topics[3..], [3, 3, 3]);
    }

    #[test]
    fn one_text_and_none() {
        assert_eq!(topics(&[vec!["a"]]), [0]);
        assert!(topics(&[]).is_empty());
    }
}
