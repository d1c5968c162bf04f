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
use super::activate::{Beside, Pass, activate_pairs, softmax_units};
use super::layer::{Layer, split};
use super::pack::{Block, Four, Square, head, head_mut, squares, tail, tail_mut};
use super::product::NOTHING;
use crate::activation::Activation;
use crate::classes::Goal;
use crate::lanes::both;
use crate::loss::{Basis, Loss};
use crate::trace::Rule;

/// A layer's numbers for the sample.
pub struct Units {
    /// z, then a, with the constant 1 behind the last unit.
    pub values: Vec<Four>,
    /// g′(z) or 1 − a, then δ.
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

/// The first `n` units of a layer, and its one sample.
struct SingleSample<'a> {
    n: usize,
    units: &'a mut Units,
}

impl Pass for SingleSample<'_> {
    #[inline(always)]
    fn add_losses(&self, loss: Loss, block: &Block, total: &mut f64) {
        let targets: &[f64] = cast_slice(&block.targets);
        let outputs = self.units.outputs(self.n).iter().copied().zip(targets.iter().copied());
        *total += match loss.basis() {
            Basis::Activations(loss) => loss.of_activations(outputs, self.n),
            Basis::Sums(loss) => loss.of_sums(outputs, self.n),
        };
    }

    #[inline(always)]
    fn activate(&mut self, g: Activation, beside: Beside) {
        let Units { values, deltas } = &mut *self.units;
        match g {
            Activation::Softmax => softmax_units(self.n, cast_slice_mut(values), cast_slice_mut(deltas)),
            g => {
                let pairs = (cast_slice_mut(values), cast_slice_mut(deltas));
                activate_pairs((g, beside), pairs.0, pairs.1, (self.n.div_ceil(2), 1));
            }
        }
        let values: &mut [f64] = cast_slice_mut(values);
        if let Some(one) = values.get_mut(self.n) {
            *one = 1.0;
        }
    }

    fn meets(&self, goal: Goal, block: &Block) -> bool {
        goal.is_met(self.units.outputs(self.n), head(cast_slice(&block.targets), self.n))
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
    let n_layers = layers.len();
    for l in 0..n_layers {
        let (before, layer) = split(layers, l);
        let n = layer.n_out;
        let x: &[f64] = before.map_or(cast_slice(&block.inputs), |before| cast_slice(&before.units.values));
        let units = &mut layer.units;
        product((x, layer.n_terms), (&layer.weights, layer.n_squares), (&mut units.values, n), |_, sums| {
            sums
        });
        let loss = (l + 1 == n_layers).then_some(loss);
        let tally = tally.as_deref_mut().filter(|_| loss.is_some()).map(|tally| (tally, goal));
        SingleSample { n, units }.finish(layer.activation, loss, block, tally);
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
