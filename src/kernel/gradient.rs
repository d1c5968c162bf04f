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

/// Adds the share of `n` samples to the sums, columns of `sums_len` squares for `n_out` receiving
/// units: rows `a` of `a_len` squares, and `delta` as [`transpose_rows`] leaves it.
pub fn add_gradient(
    n: usize,
    (a, a_len): (&[Square], usize),
    (delta, n_out): (&[Square], usize),
    (sums, sums_len): (&mut [Square], usize),
) {
    let delta_len = squares(n_out);
    for j in 0..delta_len {
        for k in 0..sums_len {
            let sums = &mut sums[j * sums_len + k];
            if n_out - 4 * j <= 2 {
                add_samples::<false>(n, (tail(a, k), a_len), (tail(delta, j), delta_len), sums);
            } else {
                add_samples::<true>(n, (tail(a, k), a_len), (tail(delta, j), delta_len), sums);
            }
        }
    }
}

/// Adds to one square of sums, to its left half alone unless `WHOLE`.
#[inline(always)]
fn add_samples<const WHOLE: bool>(
    n: usize,
    (a, a_len): (&[Square], usize),
    (delta, delta_len): (&[Square], usize),
    sums: &mut Square,
) {
    let mut s = *sums;
    let (mut k, mut j, mut rest) = (0, 0, n);
    // Four samples in a row: every number is a constant away from where the row starts.
    while let (true, Some(a), Some(delta)) = (4 <= rest, a.get(k), delta.get(j)) {
        s = add_sample::<WHOLE, 0>(s, cast_ref(a), delta);
        s = add_sample::<WHOLE, 1>(s, cast_ref(a), delta);
        s = add_sample::<WHOLE, 2>(s, cast_ref(a), delta);
        s = add_sample::<WHOLE, 3>(s, cast_ref(a), delta);
        (k, j, rest) = (k + a_len, j + delta_len, rest - 4);
    }
    if let (true, Some(a), Some(delta)) = (0 < rest, a.get(k), delta.get(j)) {
        s = add_sample::<WHOLE, 0>(s, cast_ref(a), delta);
        if 1 < rest {
            s = add_sample::<WHOLE, 1>(s, cast_ref(a), delta);
        }
        if 2 < rest {
            s = add_sample::<WHOLE, 2>(s, cast_ref(a), delta);
        }
    }
    *sums = s;
}

/// Adds sample `I` of a row.
#[inline(always)]
fn add_sample<const WHOLE: bool, const I: usize>(s: Square, a: &[[f64; 4]; 4], delta: &Square) -> Square {
    let delta = delta[I];
    [
        add::<WHOLE>(s[0], a[0][I], delta),
        add::<WHOLE>(s[1], a[1][I], delta),
        add::<WHOLE>(s[2], a[2][I], delta),
        add::<WHOLE>(s[3], a[3][I], delta),
    ]
}

#[inline(always)]
fn add<const WHOLE: bool>(sums: Four, a: f64, delta: Four) -> Four {
    let a = both(a);
    [sums[0] + a * delta[0], if WHOLE { sums[1] + a * delta[1] } else { sums[1] }]
}
