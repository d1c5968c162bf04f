//! A block of one sample: what goes side by side is units instead of samples.
//!
//! ```text
//! z(j … j+3) = Σₖ x(k) · w(k, j … j+3)
//! ```
//!
//! Weights and gradient stand as they do for several samples. Of those, three in four would be missing
//! here: learning sample by sample takes two thirds of the time so.

use bytemuck::{cast_slice, cast_slice_mut};

use super::Tally;
use super::activate::{activate_pairs, softmax_units};
use super::layer::{Layer, split};
use super::pack::{Block, Four, Square, head, head_mut, squares, tail, tail_mut};
use super::product::NOTHING;
use crate::activation::Activation;
use crate::classes::Goal;
use crate::lanes::{Pair, both};
use crate::loss::Loss;
use crate::trace::Rule;

/// A layer's numbers for the sample.
pub struct Units {
    /// z, then a, with the constant 1 behind the last unit.
    pub values: Vec<Four>,
    /// g′(z), then δ.
    pub deltas: Vec<Four>,
}

impl Units {
    /// Room for `n_units`.
    pub fn new(n_units: usize) -> Self {
        let zeros = |n| vec![[both(0.0); 2]; squares(n)];
        Self { values: zeros(n_units + 1), deltas: zeros(n_units) }
    }

    /// The values of the `n` units.
    pub fn outputs(&self, n: usize) -> &[f64] {
        head(cast_slice(&self.values), n)
    }
}

/// As [`super::several::forward`], for one sample.
#[inline(always)]
pub fn forward(
    layers: &mut [Layer],
    loss: Loss,
    block: &Block,
    mut tally: Option<&mut Tally>,
    goal: Option<Goal>,
) {
    let targets: &[f64] = cast_slice(&block.targets);
    let n_layers = layers.len();
    for l in 0..n_layers {
        let (before, layer) = split(layers, l);
        let n = layer.n_out;
        let x: &[f64] = before.map_or(cast_slice(&block.inputs), |before| cast_slice(&before.units.values));
        let z = &mut layer.units.values;
        product((x, layer.n_terms), (&layer.weights, layer.n_squares), (z, n), |_, sums| sums);
        let mut tally = tally.as_deref_mut().filter(|_| l + 1 == n_layers);
        let add_loss = |values: &[Four], tally: &mut Tally| {
            let outputs = head(cast_slice(values), n).iter().copied().zip(targets.iter().copied());
            tally.loss += loss.value(outputs, n);
        };
        if let Some(tally) = tally.as_deref_mut().filter(|_| loss.is_of_sums()) {
            add_loss(&layer.units.values, tally);
        }
        let Units { values, deltas } = &mut layer.units;
        match layer.activation {
            Activation::Softmax => softmax_units(n, cast_slice_mut(values), cast_slice_mut(deltas)),
            g => {
                let values: &mut [Pair] = cast_slice_mut(values);
                let n_pairs = n.div_ceil(2);
                activate_pairs(g, values, cast_slice_mut(deltas), n_pairs, 1);
            }
        }
        let values: &mut [f64] = cast_slice_mut(values);
        if let Some(one) = values.get_mut(n) {
            *one = 1.0;
        }
        if let Some(tally) = tally {
            if !loss.is_of_sums() {
                add_loss(&layer.units.values, tally);
            }
            tally.is_solved = tally.is_solved
                && goal.is_some_and(|goal| goal.is_met(layer.units.outputs(n), head(targets, n)));
        }
    }
}

/// As [`super::several::backward`], for one sample.
#[inline(always)]
pub fn backward(layers: &mut [Layer], rule: Rule, corrections: Option<[f64; 2]>, block: &Block) {
    if let Some(last) = layers.last_mut() {
        start_back(last, rule.loss, block);
    }
    for l in (0..layers.len()).rev() {
        let (before, layer) = split(layers, l);
        let a: &[f64] = before.as_ref().map_or(cast_slice(&block.inputs), |b| cast_slice(&b.units.values));
        add_gradient(head(a, layer.n_terms), &layer.units.deltas, (&mut layer.gradient, layer.n_squares));
        if let Some(corrections) = corrections {
            layer.update(rule, corrections, block.n);
        }
        if let Some(before) = before {
            let delta: &[f64] = cast_slice(&layer.units.deltas);
            product(
                (delta, layer.n_out),
                (&layer.back, squares(layer.n_out)),
                (&mut before.units.deltas, layer.n_in),
                |slope, sums| [sums[0] * slope[0], sums[1] * slope[1]],
            );
        }
    }
}

#[inline(always)]
fn start_back(layer: &mut Layer, loss: Loss, block: &Block) {
    let n = layer.n_out;
    let total = block.totals.first().map_or(0.0, |total| total[0].to_array()[0]);
    let values: &[f64] = cast_slice(&layer.units.values);
    let targets: &[f64] = cast_slice(&block.targets);
    let slopes: &mut [f64] = cast_slice_mut(&mut layer.units.deltas);
    for ((a, y), slope) in head(values, n).iter().zip(targets).zip(slopes) {
        *slope = loss.delta(n as f64, total, *a, *y, *slope);
    }
}

/// The products of the first `n` numbers `x` with columns `w` of `w_len` squares, `n_out` of them.
#[inline(always)]
fn product(
    (x, n): (&[f64], usize),
    (w, w_len): (&[Square], usize),
    (out, n_out): (&mut [Four], usize),
    made: impl Fn(Four, Four) -> Four,
) {
    let x = head(x, n);
    for (j, out) in head_mut(out, squares(n_out)).iter_mut().enumerate() {
        let w: &[Four] = cast_slice(tail(w, j * w_len));
        let sums = x.iter().zip(w).fold([NOTHING; 2], |sums, (x, w)| add(sums, *x, w));
        *out = made(*out, sums);
    }
}

#[inline(always)]
fn add(sums: Four, x: f64, w: &Four) -> Four {
    let x = both(x);
    [sums[0] + x * w[0], sums[1] + x * w[1]]
}

#[inline(always)]
fn add_gradient(a: &[f64], delta: &[Four], (sums, sums_len): (&mut [Square], usize)) {
    for (j, delta) in delta.iter().enumerate() {
        let sums: &mut [Four] = cast_slice_mut(tail_mut(sums, j * sums_len));
        for (a, sums) in a.iter().zip(sums) {
            *sums = add(*sums, *a, delta);
        }
    }
}
