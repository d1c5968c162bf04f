//! The forward pass of one sample: z, a and the loss.

use super::{Sample, sum_of};
use crate::loss::Loss;
use crate::matrix::Matrix;
use crate::network::{LayerParams, Network, UnitId};

/// No rest of rounding is a larger share of what was added up, or of 1 where that is more.
const FAR_FROM_ZERO: f64 = 1e-9;

/// Everything that one sample's forward pass computes. Layer 0 is the inputs; each list of a layer has
/// one number per unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Forward {
    sums: Vec<Vec<f64>>,
    activations: Vec<Vec<f64>>,
    target: Vec<f64>,
    loss_terms: Vec<f64>,
    loss: f64,
}

impl Forward {
    /// The pass of one sample through `network`.
    pub fn new(network: &Network, loss: Loss, sample: &Sample) -> Self {
        let n_layers = network.n_layers();
        let mut sums = Vec::with_capacity(n_layers);
        let mut activations = Vec::with_capacity(n_layers + 1);
        activations.push(sample.input.clone());
        for layer in 1..=n_layers {
            let z = weighted_sums(network.layer(layer), &activations[layer - 1]);
            activations.push(network.activation(layer).values(&z));
            sums.push(z);
        }
        let loss_terms = loss.terms(&sums[n_layers - 1], &activations[n_layers], &sample.target);
        Self { loss: loss_terms.iter().sum(), loss_terms, target: sample.target.clone(), sums, activations }
    }

    /// z of layer `layer`, 1…L.
    pub fn sums(&self, layer: usize) -> &[f64] {
        &self.sums[layer - 1]
    }

    /// a of layer `layer`, 0…L; a(0) is the input.
    pub fn activations(&self, layer: usize) -> &[f64] {
        &self.activations[layer]
    }

    /// y.
    pub fn target(&self) -> &[f64] {
        &self.target
    }

    /// The prediction, a(L).
    pub fn prediction(&self) -> &[f64] {
        &self.activations[self.activations.len() - 1]
    }

    /// Each output's share in the loss.
    pub fn loss_terms(&self) -> &[f64] {
        &self.loss_terms
    }

    /// E of this sample.
    pub fn loss(&self) -> f64 {
        self.loss
    }

    /// Whether the weighted sum of a unit of `network`, whose pass this is, is 0 on paper and here what
    /// rounding has left, as 0.1 + 0.2 − 0.3 is 5.55·10⁻¹⁷.
    ///
    /// Of n terms each may be rounded three times, its value, its weight and their product, and their sum
    /// n − 1 times: a rest of (n + 2) · 2⁻⁵³ of the terms' sizes. A number that is itself such a rest may
    /// be off by all of its size.
    pub fn is_zero_on_paper(&self, network: &Network, id: UnitId) -> bool {
        let UnitId { layer, unit } = id;
        let z = self.sums(layer)[unit].abs();
        let size = self.term_sizes(network, id).sum::<f64>();
        // So it is with most sums, and there is no need to look at the layers before.
        if z == 0.0 || FAR_FROM_ZERO * size.max(1.0) < z {
            return false;
        }
        let mut is_rest = vec![false; network.n_units(0)];
        for before in 1..layer {
            let passes = network.activation(before).keeps_zero();
            let is_zero = |unit| passes && self.is_rest(network, UnitId::new(before, unit), &is_rest);
            is_rest = (0..network.n_units(before)).map(is_zero).collect();
        }
        self.is_rest(network, id, &is_rest)
    }

    /// The same, given which of the numbers before are such rests.
    fn is_rest(&self, network: &Network, id: UnitId, before: &[bool]) -> bool {
        let UnitId { layer, unit } = id;
        let z = self.sums(layer)[unit].abs();
        let n = self.term_sizes(network, id).count() as f64;
        let share = (n + 2.0) * 0.5 * f64::EPSILON;
        // The bias comes last and is no rest.
        let is_rest = before.iter().copied().chain([false]);
        let sizes = self.term_sizes(network, id).zip(is_rest);
        let most: f64 = sizes.map(|(size, is_rest)| if is_rest { size } else { share * size }).sum();
        z != 0.0 && z <= most
    }

    /// |w a| of each value that a unit sums up, and |b|.
    fn term_sizes<'a>(&'a self, network: &'a Network, id: UnitId) -> impl Iterator<Item = f64> + 'a {
        let UnitId { layer, unit } = id;
        let params = network.layer(layer);
        let bias = params.biases.as_ref().map(|biases| biases[unit]);
        products(&params.weights, self.activations(layer - 1), unit).chain(bias).map(f64::abs)
    }

    pub(super) fn is_finite(&self) -> bool {
        let all = |lists: &[Vec<f64>]| lists.iter().flatten().all(|x| x.is_finite());
        self.loss.is_finite() && all(&self.sums) && all(&self.activations)
    }
}

/// The products w·a of the unit `to`'s weighted sum, in the order in which they are added.
pub fn products<'a>(weights: &'a Matrix, a: &'a [f64], to: usize) -> impl Iterator<Item = f64> + 'a {
    weights.row(to).iter().zip(a).map(|(w, a)| w * a)
}

/// a(`layer`) for `input`: the forward pass up to there, without a trace.
pub fn activations(network: &Network, input: &[f64], layer: usize) -> Vec<f64> {
    let mut a = input.to_vec();
    for layer in 1..=layer {
        a = network.activation(layer).values(&weighted_sums(network.layer(layer), &a));
    }
    a
}

/// a(L) for `input`: the prediction.
pub fn outputs(network: &Network, input: &[f64]) -> Vec<f64> {
    activations(network, input, network.n_layers())
}

fn weighted_sums(layer: &LayerParams, a: &[f64]) -> Vec<f64> {
    (0..layer.weights.n_rows())
        .map(|to| {
            let sum = sum_of(products(&layer.weights, a, to));
            layer.biases.as_ref().map_or(sum, |biases| sum + biases[to])
        })
        .collect()
}
