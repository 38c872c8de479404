//! Boosted regression trees (Friedman 2001) that give the probability of a yes: read from data, written as text in
//! which every question has a name.

use std::fmt::Write as _;

/// What the trees of a forest add up to: the log odds of a yes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Forest {
    /// The log odds before any tree.
    pub bias: f64,
    /// Each tree in preorder.
    pub trees: Vec<Vec<Node>>,
}

/// A question, or the end of the questions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Node {
    /// Whether a feature is at most a value. The yes branch follows, then the no branch, which begins at `no`.
    Split {
        /// The number of the feature.
        feature: usize,
        /// The greatest value of the yes branch.
        at_most: f32,
        /// The index of the no branch.
        no: usize,
    },
    /// What the tree adds.
    Leaf(f64),
}

impl Forest {
    /// The probability of a yes. Features that are missing count as 0.
    pub fn probability(&self, features: &[f32]) -> f64 {
        let sum: f64 = self.trees.iter().map(|tree| leaf(tree, features)).sum();
        1.0 / (1.0 + libm::exp(-(self.bias + sum)))
    }

    /// As text; `names` are those of the features.
    pub fn write(&self, names: &[&str]) -> String {
        let mut text = format!("bias {:.5}\n", self.bias);
        for tree in &self.trees {
            text.push_str("tree\n");
            let mut depth = vec![1];
            for node in tree {
                let indent = depth.pop().unwrap_or(1);
                text.extend(std::iter::repeat_n(' ', indent));
                match node {
                    Node::Split { feature, at_most, .. } => {
                        let name = names.get(*feature).copied().unwrap_or("?");
                        let _ = writeln!(text, "{name} <= {at_most}");
                        depth.extend([indent + 1, indent + 1]);
                    }
                    Node::Leaf(value) => {
                        let _ = writeln!(text, "{value:.5}");
                    }
                }
            }
        }
        text
    }

    /// From text; `None` where a line is no question, number or name that is known.
    pub fn read(text: &str, names: &[&str]) -> Option<Self> {
        let mut forest = Self::default();
        let lines = text.lines().map(str::trim);
        for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some(bias) = line.strip_prefix("bias ") {
                forest.bias = bias.parse().ok()?;
            } else if line == "tree" {
                forest.trees.push(Vec::new());
            } else if let Some((name, value)) = line.split_once(" <= ") {
                let feature = names.iter().position(|known| *known == name)?;
                let at_most = value.parse().ok()?;
                forest.trees.last_mut()?.push(Node::Split { feature, at_most, no: 0 });
            } else {
                forest.trees.last_mut()?.push(Node::Leaf(line.parse().ok()?));
            }
        }
        forest.trees.iter_mut().all(|tree| link(tree)).then_some(forest)
    }
}

/// Fills in where each no branch begins; whether the tree is whole.
fn link(tree: &mut [Node]) -> bool {
    // Splits whose yes branch has not ended, innermost last.
    let mut open: Vec<usize> = Vec::new();
    let mut ended = false;
    for index in 0..tree.len() {
        if ended {
            return false;
        }
        if matches!(tree[index], Node::Split { .. }) {
            open.push(index);
            continue;
        }
        // A leaf ends every branch it is the last of.
        loop {
            let Some(&last) = open.last() else {
                ended = true;
                break;
            };
            let Node::Split { no, .. } = &mut tree[last] else { return false };
            if *no == 0 {
                *no = index + 1;
                break;
            }
            open.pop();
        }
    }
    ended
}

fn leaf(tree: &[Node], features: &[f32]) -> f64 {
    let mut at = 0;
    loop {
        match tree.get(at) {
            Some(Node::Leaf(value)) => return *value,
            Some(Node::Split { feature, at_most, no }) => {
                let yes = features.get(*feature).copied().unwrap_or(0.0) <= *at_most;
                at = if yes { at + 1 } else { *no };
            }
            None => return 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forest_is_what_it_was_written_as() {
        let text = "bias -1.00000\ntree\n cosine <= 0.25\n  -0.50000\n  same <= 0.5\n   0.25000\n   2.00000\n";
        let names = ["cosine", "same"];
        let forest = Forest::read(text, &names).unwrap();
        assert_eq!(forest.write(&names), text);
        let odds = |features: &[f32]| {
            let p = forest.probability(features);
            (p / (1.0 - p)).ln()
        };
        assert!((odds(&[0.1, 1.0]) + 1.5).abs() < 1e-9);
        assert!((odds(&[0.3, 0.0]) + 0.75).abs() < 1e-9);
        assert!((odds(&[0.3, 1.0]) - 1.0).abs() < 1e-9);
        assert!(Forest::read("tree\n cosine <= 1\n  2\n", &names).is_none(), "half a tree");
        assert!(Forest::read("tree\n other <= 1\n  2\n  3\n", &names).is_none());
    }
}
