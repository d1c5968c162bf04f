//! A layer in the kernel's layout, and its update.

use bytemuck::cast_slice_mut;

use super::activate::Outputs;
use super::pack;
use super::pack::{Block, Four, Square, ZERO, squares, tail_mut, transposed};
use super::product::NOTHING;
use super::single::Units;
use crate::activation::Activation;
use crate::lanes::{Pair, both};
use crate::network::LayerParams;
use crate::optimizer::{ParamStep, UpdateLoop};
use crate::trace::Rule;

/// The numbers of one layer.
pub struct Layer {
    /// g.
    pub activation: Activation,
    /// Number of sending units.
    pub n_in: usize,
    /// Number of units.
    pub n_out: usize,
    /// Number of sending units, and 1 more for the biases if the layer has them.
    pub n_terms: usize,
    /// Squares in a column of weights.
    pub n_squares: usize,
    /// Columns of weights and biases.
    pub weights: Vec<Square>,
    /// Columns of the transposed weights; none in the first layer, from which nothing goes back.
    pub back: Vec<Square>,
    /// m and v of the weights.
    pub moments: [Vec<Square>; 2],
    /// Columns of the gradient, summed over the samples so far.
    pub gradient: Vec<Square>,
    /// Rows of a over a block, with the constant 1 for the next layer's biases.
    pub values: Vec<Square>,
    /// Rows of g′(z) over a block (of 1 − a for some outputs), then of δ.
    pub deltas: Vec<Square>,
    /// The same with squares transposed: a [`pack::Four`] for each sample and four units.
    pub deltas_by_sample: Vec<Square>,
    /// The same for a block of one sample.
    pub units: Units,
    /// Σ |w| over weights and biases.
    pub size: f64,
    /// The same before the last update.
    pub old_size: f64,
}

impl Layer {
    /// A layer with these parameters and moments, and room for a block of `n_samples`.
    pub fn new(
        activation: Activation,
        params: &LayerParams,
        moments: [&LayerParams; 2],
        is_first: bool,
        n_samples: usize,
    ) -> Self {
        let (n_out, n_in) = (params.weights.n_rows(), params.weights.n_cols());
        let n_terms = n_in + usize::from(params.biases.is_some());
        let n_squares = squares(n_terms);
        let weights = pack::columns(params, n_squares);
        let n_rows = n_samples.div_ceil(4);
        let mut values = vec![[ZERO; 4]; n_rows * squares(n_out + 1)];
        for row in values.chunks_exact_mut(squares(n_out + 1)) {
            row[n_out / 4][n_out % 4] = [both(1.0), both(1.0)];
        }
        let deltas = vec![[ZERO; 4]; n_rows * squares(n_out)];
        let n_back = if is_first { 0 } else { squares(n_in) * squares(n_out) };
        let size = params.numbers().map(f64::abs).sum();
        let mut layer = Self {
            activation,
            n_in,
            n_out,
            n_terms,
            n_squares,
            back: vec![[ZERO; 4]; n_back],
            moments: moments.map(|moment| pack::columns(moment, n_squares)),
            gradient: vec![[[NOTHING; 2]; 4]; weights.len()],
            values,
            deltas_by_sample: deltas.clone(),
            units: Units::new(n_out),
            deltas,
            size,
            old_size: size,
            weights,
        };
        layer.transpose();
        layer
    }

    /// What `block` has made of the layer.
    #[inline(always)]
    pub fn outputs(&mut self, block: &Block) -> Outputs<'_> {
        Outputs { n: block.n, n_units: self.n_out, values: &mut self.values, slopes: &mut self.deltas }
    }

    /// a of one unit for sample number `sample` of a block of `n`.
    pub fn value(&self, n: usize, sample: usize, unit: usize) -> f64 {
        let square = |k: usize| &self.values[sample / 4 * squares(self.n_out + 1) + k / 4][k % 4];
        match n {
            1 => self.units.outputs(self.n_out)[unit],
            _ => square(unit)[sample % 4 / 2].to_array()[sample % 2],
        }
    }

    #[inline(always)]
    fn transpose(&mut self) {
        if self.back.is_empty() {
            return;
        }
        let n_columns = squares(self.n_out);
        for k in 0..squares(self.n_in) {
            for j in 0..n_columns {
                self.back[k * n_columns + j] = transposed(&self.weights[j * self.n_squares + k]);
            }
        }
    }

    /// Changes the weights by the gradient over `n` samples, and starts a new one.
    #[inline(always)]
    pub fn update(&mut self, rule: Rule, corrections: [f64; 2], n: usize) {
        rule.optimizer.run(corrections, LayerUpdate { layer: self, rule, n });
        self.transpose();
    }
}

/// The update of a layer by the gradient over `n` samples.
struct LayerUpdate<'a> {
    layer: &'a mut Layer,
    rule: Rule,
    n: usize,
}

impl UpdateLoop<Pair> for LayerUpdate<'_> {
    #[inline(always)]
    fn run<const HAS_MOMENTS: bool>(self, step: impl Fn(Pair, Pair, Pair) -> ParamStep<Pair>) {
        let Self { layer, rule, n } = self;
        let n_trained = if rule.train_biases { layer.n_terms } else { layer.n_in };
        // A power of two divides to the same bits as its inverse multiplies, which is quicker.
        let (divisor, inverse) = (both(n as f64), both(1.0 / n as f64));
        let is_power = n.is_power_of_two();
        // Two sums, for they are added to in turn.
        let mut sizes = [both(0.0); 2];
        let [first, second] = &mut layer.moments;
        for column in 0..squares(layer.n_out) {
            let start = column * layer.n_squares;
            let weights: &mut [Four] = cast_slice_mut(tail_mut(&mut layer.weights, start));
            let gradient: &mut [Four] = cast_slice_mut(tail_mut(&mut layer.gradient, start));
            let first: &mut [Four] = cast_slice_mut(tail_mut(first, start));
            let second: &mut [Four] = cast_slice_mut(tail_mut(second, start));
            let n_halves = if layer.n_out - 4 * column <= 2 { 1 } else { 2 };
            for k in 0..n_trained {
                for half in 0..n_halves {
                    let sum = gradient[k][half];
                    let mean = if is_power { sum * inverse } else { sum / divisor };
                    let made = if HAS_MOMENTS {
                        step(mean, first[k][half], second[k][half])
                    } else {
                        step(mean, both(0.0), both(0.0))
                    };
                    if HAS_MOMENTS {
                        (first[k][half], second[k][half]) = (made.first_moment, made.second_moment);
                    }
                    let new = weights[k][half] + made.step;
                    weights[k][half] = new;
                    gradient[k][half] = NOTHING;
                    sizes[half] += new.abs();
                }
            }
            for k in n_trained..layer.n_terms {
                gradient[k] = [NOTHING; 2];
                sizes[0] += weights[k][0].abs();
                sizes[1] += weights[k][1].abs();
            }
        }
        let size = sizes[0] + sizes[1];
        let [left, right] = size.to_array();
        layer.old_size = std::mem::replace(&mut layer.size, left + right);
    }
}

/// Layer `l` and the one before it.
#[inline(always)]
pub fn split(layers: &mut [Layer], l: usize) -> (Option<&mut Layer>, &mut Layer) {
    let (before, from) = layers.split_at_mut(l);
    (before.last_mut(), &mut from[0])
}
