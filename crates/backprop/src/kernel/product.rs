//! Matrix products: weighted sums forwards, and errors carried back.
//!
//! Both are Σₖ x(s, k) w(k, j) for four samples s and four units j at a time: eight sums of a pair
//! each, which stay in registers (Goto and van de Geijn 2008). Each sum takes its terms from first to
//! last, one after the other, as [`crate::trace::sum_of`] does; what goes side by side is different
//! sums.

use bytemuck::cast_slice;

use super::pack::{Four, Square, head, squares, tail};
use crate::lanes::{Pair, both};

/// Where every sum starts: −0 + x is x for every x, also for −0.
pub const NOTHING: Pair = both(-0.0);

/// What becomes of the sums.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Into {
    /// They are stored.
    Store,
    /// They multiply what is stored there.
    Multiply,
}

/// Computes the first `n_out` units of rows `out` of `out_len` squares: the products of the first
/// `n` units of rows `x` of `x_len` squares with columns `w` of `w_len` squares.
#[inline(always)]
pub fn product(
    n_rows: usize,
    (x, x_len, n): (&[Square], usize, usize),
    (w, w_len): (&[Square], usize),
    (out, out_len, n_out): (&mut [Square], usize, usize),
    into: Into,
) {
    for row in 0..n_rows {
        let x: &[Four] = head(cast_slice(tail(x, row * x_len)), n);
        for j in 0..squares(n_out) {
            let w: &[[f64; 4]] = head(cast_slice(tail(w, j * w_len)), n);
            let out = &mut out[row * out_len + j];
            let left = n_out - 4 * j;
            if left <= 2 {
                let [a, b] = two_units(x, w);
                put(&mut out[0], a, into);
                if left == 2 {
                    put(&mut out[1], b, into);
                }
            } else {
                let [a, b, c, d] = four_units(x, w);
                put(&mut out[0], a, into);
                put(&mut out[1], b, into);
                put(&mut out[2], c, into);
                // Behind the last unit the constant 1 may stand.
                if left != 3 {
                    put(&mut out[3], d, into);
                }
            }
        }
    }
}

#[inline(always)]
fn put(out: &mut Four, sums: Four, into: Into) {
    *out = match into {
        Into::Store => sums,
        Into::Multiply => [sums[0] * out[0], sums[1] * out[1]],
    };
}

#[inline(always)]
fn four_units(x: &[Four], w: &[[f64; 4]]) -> Square {
    let start = [NOTHING, NOTHING];
    let [mut a, mut b, mut c, mut d] = [start, start, start, start];
    for (x, w) in x.iter().zip(w) {
        a = add(a, *x, w[0]);
        b = add(b, *x, w[1]);
        c = add(c, *x, w[2]);
        d = add(d, *x, w[3]);
    }
    [a, b, c, d]
}

#[inline(always)]
fn two_units(x: &[Four], w: &[[f64; 4]]) -> [Four; 2] {
    let start = [NOTHING, NOTHING];
    let [mut a, mut b] = [start, start];
    for (x, w) in x.iter().zip(w) {
        a = add(a, *x, w[0]);
        b = add(b, *x, w[1]);
    }
    [a, b]
}

#[inline(always)]
fn add(sums: Four, x: Four, w: f64) -> Four {
    let w = both(w);
    [sums[0] + x[0] * w, sums[1] + x[1] * w]
}
