//! What follows from the heads: sentence starts, and arcs that cross others put back in their place.

/// The first and the last token of each token's subtree.
#[derive(Debug)]
struct Edges {
    left: Vec<u32>,
    right: Vec<u32>,
}

/// The sentence starts that the heads imply: the first token of every root's subtree. `heads[i] == i` marks a root.
pub(crate) fn sentence_starts(heads: &[u32]) -> Vec<bool> {
    starts(heads, &edges(heads))
}

fn starts(heads: &[u32], edges: &Edges) -> Vec<bool> {
    let mut starts = vec![false; heads.len()];
    for (at, &head) in heads.iter().enumerate() {
        if head as usize == at {
            starts[edges.left[at] as usize] = true;
        }
    }
    starts
}

/// Where arcs cross, one pass does not find all edges; like spaCy this tries again until all heads lie in the sentence of
/// their dependents, but not for ever.
fn edges(heads: &[u32]) -> Edges {
    let count = heads.len() as u32;
    let mut edges = Edges { left: (0..count).collect(), right: (0..count).collect() };
    for _ in 0..12 {
        let widen = |edges: &mut Edges, at: usize| {
            let head = heads[at] as usize;
            edges.left[head] = edges.left[head].min(edges.left[at]);
            edges.right[head] = edges.right[head].max(edges.right[at]);
        };
        (0..heads.len()).for_each(|at| widen(&mut edges, at));
        (0..heads.len()).rev().for_each(|at| widen(&mut edges, at));
        if heads_stay_inside(heads, &starts(heads, &edges)) {
            break;
        }
    }
    edges
}

/// spaCy's own test, which lets a head be the first token of the next sentence.
fn heads_stay_inside(heads: &[u32], starts: &[bool]) -> bool {
    let mut first = 0;
    for at in 0..heads.len() {
        if (at > 0 && starts[at]) || at + 1 == heads.len() {
            let inside = first as u32..=at as u32;
            if heads[first..at].iter().any(|head| !inside.contains(head)) {
                return false;
            }
            first = at;
        }
    }
    true
}

/// Undoes pseudo-projective labels (Nivre and Nilsson 2005): a token labelled `nsubj||ccomp` belongs, as `nsubj`, to the
/// first `ccomp` below its head, breadth first, left to right; to its head where there is none.
///
/// `decorations` has, for each label, the plain one, and for a decorated label the one to seek.
pub(crate) fn undo_projection(
    heads: &mut [u32],
    labels: &mut [u16],
    decorations: &[(u16, Option<u16>)],
    is_space: impl Fn(usize) -> bool,
) {
    let decorated: Vec<usize> =
        (0..heads.len()).filter(|&at| decorations[usize::from(labels[at])].1.is_some()).collect();
    if decorated.is_empty() {
        return;
    }
    // The subtrees' edges as they were before any token moves bound where dependents are sought.
    let edges = edges(heads);
    let mut children: Vec<Vec<u32>> = vec![Vec::new(); heads.len()];
    for (at, &head) in heads.iter().enumerate() {
        if head as usize != at {
            children[head as usize].push(at as u32);
        }
    }
    for at in decorated {
        let (plain, Some(wanted)) = decorations[usize::from(labels[at])] else { continue };
        let mut level = vec![heads[at]];
        let found = 'search: loop {
            let mut below = Vec::new();
            for &token in &level {
                let inside = edges.left[token as usize]..=edges.right[token as usize];
                for &child in &children[token as usize] {
                    if !inside.contains(&child) || child as usize == at || is_space(child as usize)
                    {
                        continue;
                    }
                    if labels[child as usize] == wanted {
                        break 'search Some(child);
                    }
                    below.push(child);
                }
            }
            if below.is_empty() {
                break None;
            }
            level = below;
        };
        if let Some(head) = found {
            let old = &mut children[heads[at] as usize];
            old.retain(|&child| child as usize != at);
            let new = &mut children[head as usize];
            let place = new.partition_point(|&child| (child as usize) < at);
            new.insert(place, at as u32);
            heads[at] = head;
        }
        labels[at] = plain;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_starts_where_a_roots_subtree_starts() {
        assert_eq!(sentence_starts(&[1, 1, 1, 4, 4]), [true, false, false, true, false]);
        assert_eq!(sentence_starts(&[]), Vec::<bool>::new());
    }

    #[test]
    fn a_decorated_token_moves_to_the_first_of_the_kind_below_its_head() {
        // Labels: 0 root, 1 ccomp, 2 dobj, 3 dobj||ccomp.
        let names = [(0, None), (1, None), (2, None), (2, Some(1))];
        let mut heads = [1, 1, 1, 2];
        let mut labels = [3, 0, 1, 2];
        undo_projection(&mut heads, &mut labels, &names, |_| false);
        assert_eq!(heads, [2, 1, 1, 2]);
        assert_eq!(labels, [2, 0, 1, 2]);
    }
}
