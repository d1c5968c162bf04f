//! A dense matrix of `f64`, stored row by row.

/// A matrix of `n_rows × n_cols` numbers. In a layer's weights, row `i` belongs to the receiving
/// unit `i` and column `j` to the sending unit `j`.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    n_rows: usize,
    n_cols: usize,
    numbers: Vec<f64>,
}

impl Matrix {
    /// An `n_rows × n_cols` matrix of zeros.
    pub fn zeros(n_rows: usize, n_cols: usize) -> Self {
        Self::from_fn(n_rows, n_cols, |_, _| 0.0)
    }

    /// The matrix with these rows.
    pub fn from_rows<const N: usize, const M: usize>(rows: [[f64; M]; N]) -> Self {
        Self { n_rows: N, n_cols: M, numbers: rows.concat() }
    }

    /// The matrix whose number in row `i`, column `j` is `f(i, j)`, asked for row by row.
    pub fn from_fn(n_rows: usize, n_cols: usize, mut f: impl FnMut(usize, usize) -> f64) -> Self {
        let mut numbers = Vec::with_capacity(n_rows * n_cols);
        for i in 0..n_rows {
            for j in 0..n_cols {
                numbers.push(f(i, j));
            }
        }
        Self { n_rows, n_cols, numbers }
    }

    /// Number of rows.
    pub fn n_rows(&self) -> usize {
        self.n_rows
    }

    /// Number of columns.
    pub fn n_cols(&self) -> usize {
        self.n_cols
    }

    /// The number in row `i`, column `j`.
    pub fn at(&self, i: usize, j: usize) -> f64 {
        self.row(i)[j]
    }

    /// Replaces the number in row `i`, column `j`.
    pub fn set(&mut self, i: usize, j: usize, value: f64) {
        self.numbers[i * self.n_cols + j] = value;
    }

    /// Row `i`.
    pub fn row(&self, i: usize) -> &[f64] {
        &self.numbers[i * self.n_cols..(i + 1) * self.n_cols]
    }

    /// Row `i`, to be changed in place.
    pub fn row_mut(&mut self, i: usize) -> &mut [f64] {
        &mut self.numbers[i * self.n_cols..(i + 1) * self.n_cols]
    }

    /// All rows in order.
    pub fn rows(&self) -> impl Iterator<Item = &[f64]> {
        (0..self.n_rows).map(|i| self.row(i))
    }

    /// All numbers, row by row.
    pub fn numbers(&self) -> &[f64] {
        &self.numbers
    }

    /// All numbers, row by row, to be changed in place.
    pub fn numbers_mut(&mut self) -> &mut [f64] {
        &mut self.numbers
    }
}
