//! Where a plane of cells has a height.

/// The line where a plane of `n` × `n` cells, row by row, has the height `level`: its pieces, cell by cell
/// between the middles of four neighbours (Lorensen and Cline 1987, in two dimensions), as columns and rows.
/// There is none beside a height that is not finite.
pub fn contour(n: usize, heights: &[f64], level: f64) -> Vec<[(f64, f64); 2]> {
    let mut pieces = Vec::new();
    for row in 0..n.saturating_sub(1) {
        for column in 0..n - 1 {
            let corners = [(0, 0), (1, 0), (1, 1), (0, 1)];
            let height = |(dx, dy): (usize, usize)| heights[(row + dy) * n + column + dx] - level;
            if !corners.iter().all(|corner| height(*corner).is_finite()) {
                continue;
            }
            let crossings = (0..4).filter_map(|k| {
                let (from, to) = (corners[k], corners[(k + 1) % 4]);
                let (a, b) = (height(from), height(to));
                ((a < 0.0) != (b < 0.0)).then(|| {
                    let share = a / (a - b);
                    let between = |from: usize, to: usize| from as f64 + share * (to as f64 - from as f64);
                    (column as f64 + between(from.0, to.0), row as f64 + between(from.1, to.1))
                })
            });
            let crossings: Vec<(f64, f64)> = crossings.collect();
            pieces.extend(crossings.chunks_exact(2).map(|pair| [pair[0], pair[1]]));
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of a slanted plane the line is straight: where 2 column + 3 row is 4.
    #[test]
    fn the_line_of_a_slanted_plane_is_straight() {
        let n = 6;
        let heights: Vec<f64> = (0..n * n).map(|k| 2.0 * (k % n) as f64 + 3.0 * (k / n) as f64).collect();
        let pieces = contour(n, &heights, 4.0);
        assert!(!pieces.is_empty());
        for (column, row) in pieces.into_iter().flatten() {
            assert!((2.0 * column + 3.0 * row - 4.0).abs() < 1e-12, "{column}, {row}");
        }
        let mut broken = heights;
        broken[0] = f64::INFINITY;
        assert!(contour(n, &broken, 4.0).iter().flatten().all(|(column, row)| column.max(*row) >= 1.0));
    }
}
