//! Activation functions and their slopes over a block, and δ of the outputs.

use bytemuck::{cast_slice, cast_slice_mut};

use super::Tally;
use super::pack::{Block, Four, Square, head, squares, tail, tail_mut};
use crate::activation::{Activation, Powers, each_of, sigmoid, sigmoid_rest};
use crate::classes::Goal;
use crate::lanes::Pair;
use crate::loss::{Basis, Loss};
use crate::math::{CONSTANTS, constants};

/// What a block has made of a layer, of one sample or several.
pub trait Pass {
    /// Adds the loss of each sample, in their order, to `total`. The values are what the loss is
    /// computed from, z or a.
    fn add_losses(&self, loss: Loss, block: &Block, total: &mut f64);
    /// Replaces z by a = g(z) and writes to the slopes what goes `beside` it.
    fn activate(&mut self, g: Activation, beside: Beside);
    /// Whether every sample's outputs meet `goal`.
    fn meets(&self, goal: Goal, block: &Block) -> bool;

    /// Makes the layer's activations of its sums; of the last layer, which has a `loss`, with what is
    /// found on the way.
    #[inline(always)]
    fn finish(
        &mut self,
        g: Activation,
        loss: Option<Loss>,
        block: &Block,
        tally: Option<(&mut Tally, Option<Goal>)>,
    ) {
        let Some(loss) = loss else {
            return self.activate(g, Beside::Slope);
        };
        let beside = if loss.is_of_sums() { Beside::Rest } else { Beside::Slope };
        let Some((tally, goal)) = tally else {
            return self.activate(g, beside);
        };
        if loss.is_of_sums() {
            self.add_losses(loss, block, &mut tally.loss);
            self.activate(g, beside);
        } else {
            self.activate(g, beside);
            self.add_losses(loss, block, &mut tally.loss);
        }
        tally.is_solved = tally.is_solved && goal.is_some_and(|goal| self.meets(goal, block));
    }
}

/// What is kept beside a for the way back.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// g′(z).
    Slope,
    /// 1 − a, of outputs whose loss is a cross-entropy.
    Rest,
}

/// A block's numbers of a layer: rows of z or a, and rows of g′(z) or δ.
pub struct Outputs<'a> {
    /// Number of samples.
    pub n: usize,
    /// Number of units.
    pub n_units: usize,
    /// Rows of z, then of a, each with the constant 1.
    pub values: &'a mut [Square],
    /// Rows of g′(z) or 1 − a, then of δ.
    pub slopes: &'a mut [Square],
}

/// Replaces the first pairs of z, so many, of them every one or each second one, by a = g(z) and writes
/// what goes `beside` it to `slopes`, for a function of one number.
#[inline(always)]
pub fn activate_pairs(
    (g, beside): (Activation, Beside),
    values: &mut [Pair],
    slopes: &mut [Pair],
    places: (usize, usize),
) {
    let c = constants();
    match (g, beside) {
        (Activation::Sigmoid, Beside::Rest) => each_of(values, slopes, places, |z| {
            let a = sigmoid(c, z);
            (a, sigmoid_rest(c, z, a))
        }),
        _ => g.apply(c, values, slopes, places),
    }
}

/// Softmax over `n` units, whose numbers lie behind each other, and beside each its 1 − a.
pub fn softmax_units(n: usize, values: &mut [f64], rests: &mut [f64]) {
    let values = &mut values[..n];
    let mut powers = Powers::below(values.iter().copied());
    for z in &mut *values {
        *z = powers.add(CONSTANTS, *z);
    }
    for (a, rest) in values.iter_mut().zip(rests) {
        *a = powers.share(*a);
        *rest = powers.rest(*a);
    }
}

impl Pass for Outputs<'_> {
    #[inline(always)]
    fn add_losses(&self, loss: Loss, block: &Block, total: &mut f64) {
        let (values_len, targets_len) = (squares(self.n_units + 1), squares(self.n_units));
        for half in 0..self.n.div_ceil(2) {
            let (row, half) = (half / 2, half % 2);
            let values: &[Four] = cast_slice(tail(self.values, row * values_len));
            let targets: &[Four] = cast_slice(tail(&block.targets, row * targets_len));
            let outputs = head(values, self.n_units).iter().zip(targets).map(|(x, y)| (x[half], y[half]));
            let losses = match loss.basis() {
                Basis::Activations(loss) => loss.of_activations(outputs, self.n_units),
                Basis::Sums(loss) => loss.of_sums(outputs, self.n_units),
            };
            let [first, second] = losses.to_array();
            *total += first;
            if 4 * row + 2 * half + 1 < self.n {
                *total += second;
            }
        }
    }

    #[inline(always)]
    fn activate(&mut self, g: Activation, beside: Beside) {
        if g == Activation::Softmax {
            return self.softmax();
        }
        let (values_len, slopes_len) = (squares(self.n_units + 1), squares(self.n_units));
        for row in 0..self.n.div_ceil(4) {
            let values: &mut [Pair] = cast_slice_mut(tail_mut(self.values, row * values_len));
            let slopes: &mut [Pair] = cast_slice_mut(tail_mut(self.slopes, row * slopes_len));
            // Of one or two samples in the last row only the first pair is of use.
            let step = if self.n <= 4 * row + 2 { 2 } else { 1 };
            activate_pairs((g, beside), values, slopes, (2 * self.n_units, step));
        }
    }

    fn meets(&self, goal: Goal, block: &Block) -> bool {
        let numbers = |rows: &[Square], row_len: usize, sample: usize| -> Vec<f64> {
            let rows: &[[f64; 4]] = cast_slice(tail(rows, sample / 4 * row_len));
            head(rows, self.n_units).iter().map(|unit| unit[sample % 4]).collect()
        };
        (0..self.n).all(|sample| {
            let outputs = numbers(self.values, squares(self.n_units + 1), sample);
            goal.is_met(&outputs, &numbers(&block.targets, squares(self.n_units), sample))
        })
    }
}

impl Outputs<'_> {
    /// Softmax over the units, as [`Activation::values`] computes it: shifted by the largest z,
    /// summed from the first unit to the last. Beside it 1 − a: it goes with cross-entropy only.
    fn softmax(&mut self) {
        let c = constants();
        let (values_len, slopes_len) = (squares(self.n_units + 1), squares(self.n_units));
        for row in 0..self.n.div_ceil(4) {
            let values: &mut [Four] = cast_slice_mut(tail_mut(self.values, row * values_len));
            let slopes: &mut [Four] = cast_slice_mut(tail_mut(self.slopes, row * slopes_len));
            let (values, _) = values.split_at_mut(self.n_units);
            for half in 0..2 {
                let mut powers = Powers::below(values.iter().map(|z| z[half]));
                for z in &mut *values {
                    z[half] = powers.add(c, z[half]);
                }
                for (a, rest) in values.iter_mut().zip(&mut *slopes) {
                    a[half] = powers.share(a[half]);
                    rest[half] = powers.rest(a[half]);
                }
            }
        }
    }

    /// Replaces the slopes by δ of the outputs.
    #[inline(always)]
    pub fn start_back(&mut self, loss: Loss, block: &Block) {
        let (values_len, slopes_len) = (squares(self.n_units + 1), squares(self.n_units));
        let n = self.n_units as f64;
        for (row, total) in block.totals.iter().enumerate() {
            let values: &[Four] = cast_slice(tail(self.values, row * values_len));
            let targets: &[Four] = cast_slice(tail(&block.targets, row * slopes_len));
            let slopes: &mut [Four] = cast_slice_mut(tail_mut(self.slopes, row * slopes_len));
            for ((a, y), slope) in head(values, self.n_units).iter().zip(targets).zip(slopes) {
                slope[0] = loss.delta(n, total[0], a[0], y[0], slope[0]);
                slope[1] = loss.delta(n, total[1], a[1], y[1], slope[1]);
            }
        }
    }
}
