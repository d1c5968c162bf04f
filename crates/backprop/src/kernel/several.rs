//! A block of several samples: four go side by side.

use super::Tally;
use super::activate::Pass;
use super::gradient::{add_gradient, transpose_rows};
use super::layer::{Layer, split};
use super::pack::{Block, Square, squares};
use super::product::{Into, product};
use crate::classes::Goal;
use crate::loss::Loss;
use crate::trace::Rule;

/// Sends a block through the layers: their values, and the slopes in the place of their deltas. Adds
/// what it finds to `tally`.
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
        let inputs: &[Square] = before.map_or(&block.inputs, |before| &before.values);
        product(
            block.n_rows(),
            (inputs, squares(layer.n_in + 1), layer.n_terms),
            (&layer.weights, layer.n_squares),
            (&mut layer.values, squares(layer.n_out + 1), layer.n_out),
            Into::Store,
        );
        let loss = (l + 1 == n_layers).then_some(loss);
        let tally = tally.as_deref_mut().filter(|_| loss.is_some()).map(|tally| (tally, goal));
        let g = layer.activation;
        layer.outputs(block).finish(g, loss, block, tally);
    }
}

/// Sends the errors of a block back and adds its share to the gradient. With the optimiser's
/// `corrections` the weights change on the way.
#[inline(always)]
pub fn backward(layers: &mut [Layer], rule: Rule, corrections: Option<[f64; 2]>, block: &Block) {
    let n_rows = block.n_rows();
    if let Some(last) = layers.last_mut() {
        last.outputs(block).start_back(rule.loss, block);
    }
    for l in (0..layers.len()).rev() {
        let (before, layer) = split(layers, l);
        let a: &[Square] = before.as_ref().map_or(&block.inputs, |before| &before.values);
        let n_squares = squares(layer.n_out);
        transpose_rows(n_rows * n_squares, &layer.deltas, &mut layer.deltas_by_sample);
        add_gradient(
            block.n,
            (a, squares(layer.n_in + 1), layer.n_terms),
            (&layer.deltas_by_sample, layer.n_out),
            (&mut layer.gradient, layer.n_squares),
        );
        if let Some(corrections) = corrections {
            layer.update(rule, corrections, block.n);
        }
        if let Some(before) = before {
            product(
                n_rows,
                (&layer.deltas, n_squares, layer.n_out),
                (&layer.back, n_squares),
                (&mut before.deltas, squares(layer.n_in), layer.n_in),
                Into::Multiply,
            );
        }
    }
}
