//! The gradient of a batch: ∂E/∂w(k, j) = Σₛ a(s, k) δ(s, j), summed over the samples in their order.
//!
//! Four sending units k by four receiving units j at a time: eight sums of a pair each. A sum goes
//! on from block to block where it was left.

use bytemuck::cast_ref;

use super::pack::{Four, Square, head, squares, tail, transposed};
use crate::lanes::both;

/// Writes rows of squares anew, a [`Four`] for each sample and four units: `n_rows` rows of `len`.
pub fn transpose_rows(n_squares: usize, from: &[Square], to: &mut [Square]) {
    for (from, to) in head(from, n_squares).iter().zip(to) {
        *to = transposed(from);
    }
}

/// Adds the share of `n` samples to the sums, columns of `sums_len` squares of `n_terms` sending units
/// for `n_out` receiving ones: rows `a` of `a_len` squares, and `delta` as [`transpose_rows`] leaves it.
pub fn add_gradient(
    n: usize,
    (a, a_len, n_terms): (&[Square], usize, usize),
    (delta, n_out): (&[Square], usize),
    (sums, sums_len): (&mut [Square], usize),
) {
    let delta_len = squares(n_out);
    for j in 0..delta_len {
        let is_whole = 2 < n_out - 4 * j;
        for k in 0..sums_len {
            let (a, delta) = ((tail(a, k), a_len), (tail(delta, j), delta_len));
            let sums = &mut sums[j * sums_len + k];
            // What a square at the edge has no use for is left out: half of it or more.
            match (is_whole, n_terms - 4 * k) {
                (true, 1) => add_samples::<true, 1>(n, a, delta, sums),
                (true, 2) => add_samples::<true, 2>(n, a, delta, sums),
                (true, _) => add_samples::<true, 4>(n, a, delta, sums),
                (false, 1) => add_samples::<false, 1>(n, a, delta, sums),
                (false, 2) => add_samples::<false, 2>(n, a, delta, sums),
                (false, _) => add_samples::<false, 4>(n, a, delta, sums),
            }
        }
    }
}

/// Adds to the first `K` rows of one square of sums, to their left half alone unless `WHOLE`.
#[inline(always)]
fn add_samples<const WHOLE: bool, const K: usize>(
    n: usize,
    (a, a_len): (&[Square], usize),
    (delta, delta_len): (&[Square], usize),
    sums: &mut Square,
) {
    let mut s = *sums;
    let (mut k, mut j, mut rest) = (0, 0, n);
    // Four samples in a row: every number is a constant away from where the row starts.
    while let (true, Some(a), Some(delta)) = (4 <= rest, a.get(k), delta.get(j)) {
        s = add_sample::<WHOLE, K, 0>(s, cast_ref(a), delta);
        s = add_sample::<WHOLE, K, 1>(s, cast_ref(a), delta);
        s = add_sample::<WHOLE, K, 2>(s, cast_ref(a), delta);
        s = add_sample::<WHOLE, K, 3>(s, cast_ref(a), delta);
        (k, j, rest) = (k + a_len, j + delta_len, rest - 4);
    }
    if let (true, Some(a), Some(delta)) = (0 < rest, a.get(k), delta.get(j)) {
        s = add_sample::<WHOLE, K, 0>(s, cast_ref(a), delta);
        if 1 < rest {
            s = add_sample::<WHOLE, K, 1>(s, cast_ref(a), delta);
        }
        if 2 < rest {
            s = add_sample::<WHOLE, K, 2>(s, cast_ref(a), delta);
        }
    }
    *sums = s;
}

/// Adds sample `I` of a row.
#[inline(always)]
fn add_sample<const WHOLE: bool, const K: usize, const I: usize>(
    [mut s0, mut s1, mut s2, mut s3]: Square,
    a: &[[f64; 4]; 4],
    delta: &Square,
) -> Square {
    let delta = delta[I];
    s0 = add::<WHOLE>(s0, a[0][I], delta);
    if 1 < K {
        s1 = add::<WHOLE>(s1, a[1][I], delta);
    }
    if 2 < K {
        s2 = add::<WHOLE>(s2, a[2][I], delta);
        s3 = add::<WHOLE>(s3, a[3][I], delta);
    }
    [s0, s1, s2, s3]
}

#[inline(always)]
fn add<const WHOLE: bool>(sums: Four, a: f64, delta: Four) -> Four {
    let a = both(a);
    [sums[0] + a * delta[0], if WHOLE { sums[1] + a * delta[1] } else { sums[1] }]
}
