/// The greatest total worth of a one-to-one pairing of rows and columns, given the pairs `(row, column, worth)`
/// that are worth anything (worth > 0, each pair once).
///
/// Rows and columns fall into parts that no pair joins; each part is solved alone by the Hungarian method (Kuhn 1955,
/// in the form with potentials), in O(rows^2 columns) of the part.
pub fn best_assignment(pairs: &[(usize, usize, f64)]) -> f64 {
    parts(pairs).iter().map(|part| solve(part)).sum()
}

/// The pairs, parted so that no row or column is in two parts; rows and columns renumbered within each.
fn parts(pairs: &[(usize, usize, f64)]) -> Vec<Vec<(usize, usize, f64)>> {
    let rows = pairs.iter().map(|pair| pair.0 + 1).max().unwrap_or(0);
    let columns = pairs.iter().map(|pair| pair.1 + 1).max().unwrap_or(0);
    let mut parent: Vec<usize> = (0..rows + columns).collect();
    fn root(parent: &mut [usize], mut node: usize) -> usize {
        while parent[node] != node {
            parent[node] = parent[parent[node]];
            node = parent[node];
        }
        node
    }
    for &(row, column, _) in pairs {
        let (a, b) = (root(&mut parent, row), root(&mut parent, rows + column));
        parent[a.max(b)] = a.min(b);
    }
    let mut by_root = std::collections::BTreeMap::<usize, Vec<_>>::new();
    for &pair in pairs {
        by_root.entry(root(&mut parent, pair.0)).or_default().push(pair);
    }
    by_root.into_values().collect()
}

fn solve(pairs: &[(usize, usize, f64)]) -> f64 {
    let numbers = |of: fn(&(usize, usize, f64)) -> usize| {
        let mut all: Vec<usize> = pairs.iter().map(of).collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    let (mut rows, mut columns) = (numbers(|pair| pair.0), numbers(|pair| pair.1));
    let mut pairs = pairs.to_vec();
    if rows.len() > columns.len() {
        std::mem::swap(&mut rows, &mut columns);
        pairs.iter_mut().for_each(|pair| *pair = (pair.1, pair.0, pair.2));
    }
    let (n, m) = (rows.len(), columns.len());
    let mut worth = vec![0.0; n * m];
    for (row, column, value) in pairs {
        let row = rows.partition_point(|&other| other < row);
        let column = columns.partition_point(|&other| other < column);
        worth[row * m + column] = value;
    }
    // Shortest augmenting paths over cost = -worth; row and column 0 stand for "none yet".
    let (mut row_price, mut column_price) = (vec![0.0; n + 1], vec![0.0; m + 1]);
    let mut row_of = vec![0; m + 1];
    for row in 1..=n {
        let mut way = vec![0; m + 1];
        let mut least = vec![f64::INFINITY; m + 1];
        let mut used = vec![false; m + 1];
        row_of[0] = row;
        let mut column = 0;
        loop {
            used[column] = true;
            let at = row_of[column];
            let (mut step, mut next) = (f64::INFINITY, 0);
            for other in 1..=m {
                if used[other] {
                    continue;
                }
                let cost = -worth[(at - 1) * m + other - 1] - row_price[at] - column_price[other];
                if cost < least[other] {
                    least[other] = cost;
                    way[other] = column;
                }
                if least[other] < step {
                    step = least[other];
                    next = other;
                }
            }
            for other in 0..=m {
                if used[other] {
                    row_price[row_of[other]] += step;
                    column_price[other] -= step;
                } else {
                    least[other] -= step;
                }
            }
            column = next;
            if row_of[column] == 0 {
                break;
            }
        }
        while column != 0 {
            row_of[column] = row_of[way[column]];
            column = way[column];
        }
    }
    (1..=m).filter(|&c| row_of[c] != 0).map(|c| worth[(row_of[c] - 1) * m + c - 1]).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every pairing of a small table.
    fn by_trying(worth: &[Vec<f64>], row: usize, taken: u32) -> f64 {
        if row == worth.len() {
            return 0.0;
        }
        let mut best = by_trying(worth, row + 1, taken);
        for (column, value) in worth[row].iter().enumerate() {
            if taken & (1 << column) == 0 {
                best = best.max(value + by_trying(worth, row + 1, taken | (1 << column)));
            }
        }
        best
    }

    #[test]
    fn as_good_as_trying_all() {
        let mut state = 7u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state >> 16
        };
        for _ in 0..200 {
            let (rows, columns) = (1 + next() as usize % 5, 1 + next() as usize % 6);
            let table: Vec<Vec<f64>> = (0..rows)
                .map(|_| (0..columns).map(|_| f64::from((next() % 10).saturating_sub(4))).collect())
                .collect();
            let mut pairs = Vec::new();
            for (row, line) in table.iter().enumerate() {
                for (column, &value) in line.iter().enumerate() {
                    if value > 0.0 {
                        pairs.push((row, column, value));
                    }
                }
            }
            assert_eq!(best_assignment(&pairs), by_trying(&table, 0, 0), "{table:?}");
        }
        assert_eq!(best_assignment(&[]), 0.0);
    }
}
