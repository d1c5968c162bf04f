//! The backward pass of one sample: ∂E/∂a and δ, from the output layer to the first.

use super::{Forward, add_or_start};
use crate::matrix::Matrix;
use crate::network::Network;
use crate::trace::Rule;

/// Everything that one sample's backward pass computes; each list of a layer has one number per unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Backward {
    n_layers: usize,
    /// Of the layers so far, the last one first.
    upstream: Vec<Vec<f64>>,
    /// The same.
    deltas: Vec<Vec<f64>>,
}

impl Backward {
    /// The pass through `network` behind `forward`, all derivatives at its weights, as `rule` computes them.
    pub fn new(network: &Network, rule: Rule, forward: &Forward) -> Self {
        let mut backward = Self::start(network);
        for layer in (1..=network.n_layers()).rev() {
            let next = (layer < network.n_layers()).then(|| &network.layer(layer + 1).weights);
            backward.extend(network, rule, forward, next);
        }
        backward
    }

    /// The pass before its first layer.
    pub(super) fn start(network: &Network) -> Self {
        Self { n_layers: network.n_layers(), upstream: Vec::new(), deltas: Vec::new() }
    }

    /// Computes ∂E/∂a and δ of the layer before those so far. `next` are the weights of the layer behind it;
    /// the output layer has none and starts from the loss (BP1, BP2).
    pub(super) fn extend(&mut self, network: &Network, rule: Rule, forward: &Forward, next: Option<&Matrix>) {
        let layer = self.n_layers - self.deltas.len();
        let g = network.activation(layer);
        let (z, a) = (forward.sums(layer), forward.activations(layer));
        let (upstream, delta) = match next {
            None => {
                let upstream = rule.scaled(rule.loss.slopes(a, forward.target()));
                let delta = match rule.takes_slope(true) {
                    true => rule.scaled(rule.loss.output_delta(g, z, a, forward.target())),
                    false => upstream.clone(),
                };
                (upstream, delta)
            }
            Some(weights) => {
                let upstream = sums_into(weights, self.deltas(layer + 1));
                let delta = match rule.takes_slope(false) {
                    true => (0..z.len()).map(|j| upstream[j] * g.slope(z[j], a[j])).collect::<Vec<f64>>(),
                    false => upstream.clone(),
                };
                (upstream, delta)
            }
        };
        self.upstream.push(upstream);
        self.deltas.push(delta);
    }

    /// ∂E/∂a of layer `layer`, 1…L.
    pub fn upstream(&self, layer: usize) -> &[f64] {
        &self.upstream[self.n_layers - layer]
    }

    /// δ = ∂E/∂z of layer `layer`, 1…L.
    pub fn deltas(&self, layer: usize) -> &[f64] {
        &self.deltas[self.n_layers - layer]
    }

    pub(super) fn is_finite(&self) -> bool {
        self.deltas.iter().flatten().all(|x| x.is_finite())
    }
}

/// The products w·δ that meet in ∂E/∂a of the unit `from`, in the order in which they are added.
pub fn products_into<'a>(
    weights: &'a Matrix,
    delta: &'a [f64],
    from: usize,
) -> impl Iterator<Item = f64> + 'a {
    delta.iter().enumerate().map(move |(to, delta)| weights.at(to, from) * delta)
}

/// ∂E/∂a of every unit of a layer: the sums of its [`products_into`], each from first to last, but
/// taken side by side, as the weights lie in memory.
fn sums_into(weights: &Matrix, delta: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0; weights.n_cols()];
    for (to, delta) in delta.iter().enumerate() {
        let terms = weights.row(to).iter().map(|w| w * delta);
        add_or_start(&mut sums, terms, to == 0);
    }
    sums
}
