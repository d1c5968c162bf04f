//! A tensor as files have it: a name, a shape and numbers.

use super::shown;
use crate::lesson::limits;
use crate::text::format;
use crate::words::weights::tensors as words;
use backprop::matrix::Matrix;

/// The most numbers of all tensors of a file: more than any network here has, since optimisers store some of
/// their own beside the weights.
pub const MAX_NUMBERS: usize = 1_000_000;
/// The most tensors of a file.
pub const MAX_TENSORS: usize = 100;

/// Numbers under a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Tensor {
    /// What the file calls it.
    pub name: String,
    /// The lengths of its dimensions: none for a single number, two for a matrix.
    pub shape: Vec<usize>,
    /// The numbers, the last dimension running fastest: of a matrix row by row.
    pub numbers: Vec<f64>,
}

impl Tensor {
    /// How many numbers a shape has.
    ///
    /// # Errors
    /// If that is more than is read, before any memory is taken for it.
    pub fn n_numbers(name: &str, shape: &[usize]) -> Result<usize, String> {
        let n = shape.iter().try_fold(1_usize, |n, &length| n.checked_mul(length));
        match n.filter(|&n| n <= MAX_NUMBERS) {
            Some(n) => Ok(n),
            None => {
                let most = format::count(limits::PARAMETERS as u64);
                Err(words::too_large(&shown(name), &in_words(shape), &most))
            }
        }
    }

    /// The tensor as a matrix, if it has two dimensions.
    pub fn matrix(&self) -> Option<Matrix> {
        match self.shape[..] {
            [n_rows, n_cols] if n_rows * n_cols == self.numbers.len() => {
                Some(Matrix::from_fn(n_rows, n_cols, |i, j| self.numbers[i * n_cols + j]))
            }
            _ => None,
        }
    }

    /// Whether it has one dimension, or two of which one is 1: a row or a column.
    pub fn is_line(&self) -> bool {
        match self.shape[..] {
            [_] => true,
            [n_rows, n_cols] => n_rows == 1 || n_cols == 1,
            _ => false,
        }
    }

    /// Its shape in words: "3 × 2".
    pub fn shape_in_words(&self) -> String {
        in_words(&self.shape)
    }
}

fn in_words(shape: &[usize]) -> String {
    let lengths: Vec<String> = shape.iter().map(|&n| format::count(n as u64)).collect();
    if lengths.is_empty() { "1".to_owned() } else { lengths.join(" × ") }
}

/// A single-precision number as the shortest decimal that reads back to it: what was meant by 0.11, and not
/// 0.10999999940395355, which it is.
pub fn meant(x: f32) -> f64 {
    // What is not finite is told where all numbers are checked.
    x.to_string().parse().unwrap_or(f64::from(x))
}

/// Whether the program that wrote these numbers computes in single precision: all of them are of it exactly, and
/// one has more digits than what was [`meant`].
pub fn are_single(numbers: impl Iterator<Item = f64> + Clone) -> bool {
    let is_single = |x: f64| f64::from(x as f32) == x;
    let is_long = |x: f64| meant(x as f32) != x;
    numbers.clone().all(is_single) && numbers.clone().any(is_long)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_precision_is_read_as_the_decimal_that_was_meant() {
        assert_eq!(meant(0.11_f32), 0.11);
        assert_eq!(meant(-1e-8_f32), -1e-8);
        assert_eq!(meant(16_777_216.0), 16_777_216.0);
        assert!(are_single([0.109_999_999_403_953_55, 0.5].into_iter()));
        assert!(!are_single([0.109_999_999_403_953_55, 0.3].into_iter()));
        assert!(!are_single([0.5, 2.0].into_iter()));
    }

    #[test]
    fn a_shape_that_would_fill_the_memory_is_refused() {
        assert_eq!(Tensor::n_numbers("w", &[3, 2]), Ok(6));
        assert_eq!(Tensor::n_numbers("w", &[]), Ok(1));
        for shape in [&[usize::MAX, usize::MAX][..], &[1_000_001], &[1_000, 1_000, 2]] {
            assert!(Tensor::n_numbers("w", shape).is_err(), "{shape:?}");
        }
    }
}
