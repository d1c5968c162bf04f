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
    let [mut s0, mut s1, mut s2, mut s3] = *sums;
    let (mut row, mut rest) = (0, n);
    while 0 < rest {
        let a: &[[f64; 4]; 4] = cast_ref(&a[row * a_len]);
        let delta = &delta[row * delta_len];
        // The samples of a row one by one: unrolled they would need more registers than there are.
        for i in 0..rest.min(4) {
            let delta = delta[i];
            s0 = add::<WHOLE>(s0, a[0][i], delta);
            s1 = add::<WHOLE>(s1, a[1][i], delta);
            s2 = add::<WHOLE>(s2, a[2][i], delta);
            s3 = add::<WHOLE>(s3, a[3][i], delta);
        }
        row += 1;
        rest = rest.saturating_sub(4);
    }
    *sums = [s0, s1, s2, s3];
}

#[inline(always)]
fn add<const WHOLE: bool>(sums: Four, a: f64, delta: Four) -> Four {
    let a = both(a);
    [sums[0] + a * delta[0], if WHOLE { sums[1] + a * delta[1] } else { sums[1] }]
}
