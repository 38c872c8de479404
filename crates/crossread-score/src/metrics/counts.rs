use crossread_base::Span;

/// What was found, what was wanted, and how much of both is the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Found and wanted.
    pub right: usize,
    /// Found.
    pub found: usize,
    /// Wanted.
    pub wanted: usize,
}

impl Counts {
    /// The share of what was found that is right; 0 where nothing was found.
    pub fn precision(self) -> f64 {
        ratio(self.right, self.found)
    }

    /// The share of what is wanted that was found; 0 where nothing is wanted.
    pub fn recall(self) -> f64 {
        ratio(self.right, self.wanted)
    }

    /// The harmonic mean of the two.
    pub fn f1(self) -> f64 {
        ratio(2 * self.right, self.found + self.wanted)
    }

    /// Counts the members of two sorted lists, each member once.
    pub fn of_sorted<T: Ord>(found: &[T], wanted: &[T]) -> Self {
        let (mut i, mut j, mut right) = (0, 0, 0);
        while let (Some(a), Some(b)) = (found.get(i), wanted.get(j)) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    right += 1;
                    i += 1;
                    j += 1;
                }
            }
        }
        Self { right, found: found.len(), wanted: wanted.len() }
    }
}

impl std::ops::Add for Counts {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            right: self.right + other.right,
            found: self.found + other.found,
            wanted: self.wanted + other.wanted,
        }
    }
}

impl std::iter::Sum for Counts {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), std::ops::Add::add)
    }
}

/// The share of `part` in `whole`; 0 where there is no whole.
pub fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Pairs each gold span with at most one found span that overlaps it, and each found span with at most one gold span:
/// equal spans first, then the pairs that share most bytes. Gives, for each gold span, the index of its partner.
pub fn match_by_overlap(gold: &[Span], found: &[Span]) -> Vec<Option<usize>> {
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|&index| found[index]);
    let mut pairs = Vec::new();
    for (g, &wanted) in gold.iter().enumerate() {
        for &f in &order {
            if found[f].start >= wanted.end {
                break;
            }
            if wanted.overlaps(found[f]) {
                let unequal = wanted != found[f];
                pairs.push((unequal, std::cmp::Reverse(wanted.overlap(found[f])), g, f));
            }
        }
    }
    pairs.sort_unstable();
    let mut partner = vec![None; gold.len()];
    let mut taken = vec![false; found.len()];
    for (_, _, g, f) in pairs {
        if partner[g].is_none() && !taken[f] {
            partner[g] = Some(f);
            taken[f] = true;
        }
    }
    partner
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f1_by_hand() {
        let counts = Counts { right: 3, found: 4, wanted: 6 };
        assert_eq!((counts.precision(), counts.recall(), counts.f1()), (0.75, 0.5, 0.6));
        assert_eq!(Counts::default().f1(), 0.0, "nothing wanted and nothing found");
        assert_eq!(
            Counts::of_sorted(&[1, 2, 5], &[2, 3, 5, 7]),
            Counts { right: 2, found: 3, wanted: 4 }
        );
    }

    #[test]
    fn a_span_is_paired_once_and_with_its_equal_first() {
        let span = Span::new;
        let gold = [span(0, 10), span(12, 20)];
        let found = [span(0, 30), span(12, 20), span(40, 50)];
        assert_eq!(match_by_overlap(&gold, &found), [Some(0), Some(1)]);
        let one = [span(0, 30)];
        assert_eq!(match_by_overlap(&gold, &one), [Some(0), None], "the larger share wins");
    }
}
