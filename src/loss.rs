//! Losses: how wrong a prediction is, per sample, and where its first derivative starts.

use crate::activation::{Activation, log_sum_exp, softplus};

/// The loss E of one sample with outputs a and targets y. A batch's loss is the mean over its samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// E = ½ Σ (a − y)².
    HalfSquaredError,
    /// E = mean over outputs of (a − y)².
    MeanSquaredError,
    /// E = −mean over outputs of y ln a + (1 − y) ln(1 − a); the output layer is sigmoid.
    BinaryCrossEntropy,
    /// E = −Σ y ln a; the output layer is softmax.
    CrossEntropy,
}

impl Loss {
    /// All losses, in the order in which the page offers them.
    pub const ALL: [Self; 4] =
        [Self::HalfSquaredError, Self::MeanSquaredError, Self::BinaryCrossEntropy, Self::CrossEntropy];

    /// The share of each output in E; their sum is E. The two cross-entropies are computed from the
    /// weighted sums `z`, where they stay finite however sure the network is:
    /// −ln σ(z) = softplus(−z) and −ln softmaxᵢ(z) = ln Σ eᶻ − zᵢ.
    pub fn terms(self, z: &[f64], a: &[f64], y: &[f64]) -> Vec<f64> {
        let n = a.len() as f64;
        match self {
            Self::HalfSquaredError => pairs(a, y).map(|(a, y)| 0.5 * (a - y) * (a - y)).collect(),
            Self::MeanSquaredError => pairs(a, y).map(|(a, y)| (a - y) * (a - y) / n).collect(),
            Self::BinaryCrossEntropy => pairs(z, y).map(|(z, y)| (softplus(z) - y * z) / n).collect(),
            Self::CrossEntropy => {
                let total = log_sum_exp(z);
                pairs(z, y).map(|(z, y)| y * (total - z)).collect()
            }
        }
    }

    /// ∂E/∂a of each output. For the cross-entropies it is infinite where a is exactly 0 or 1 and y
    /// is not, which is why [`Self::output_delta`] does not go through it.
    pub fn slopes(self, a: &[f64], y: &[f64]) -> Vec<f64> {
        let n = a.len() as f64;
        let slope = |(a, y): (f64, f64)| match self {
            Self::HalfSquaredError => a - y,
            Self::MeanSquaredError => 2.0 * (a - y) / n,
            Self::BinaryCrossEntropy => (share(1.0 - y, 1.0 - a) - share(y, a)) / n,
            Self::CrossEntropy => -share(y, a),
        };
        pairs(a, y).map(slope).collect()
    }

    /// δ = ∂E/∂z of each output. With the cross-entropies the slope of the activation cancels:
    /// δ = (a − y) / n for sigmoid, δ = a Σy − y for softmax (Goodfellow et al., ch. 6.2.2).
    pub fn output_delta(self, g: Activation, z: &[f64], a: &[f64], y: &[f64]) -> Vec<f64> {
        let n = a.len() as f64;
        match self {
            Self::BinaryCrossEntropy => pairs(a, y).map(|(a, y)| (a - y) / n).collect(),
            Self::CrossEntropy => {
                let total: f64 = y.iter().sum();
                pairs(a, y).map(|(a, y)| a * total - y).collect()
            }
            Self::HalfSquaredError | Self::MeanSquaredError => self
                .slopes(a, y)
                .iter()
                .zip(pairs(z, a))
                .map(|(slope, (z, a))| slope * g.slope(z, a))
                .collect(),
        }
    }

    /// The name that the page shows.
    pub fn name(self) -> &'static str {
        match self {
            Self::HalfSquaredError => "half squared error",
            Self::MeanSquaredError => "mean squared error",
            Self::BinaryCrossEntropy => "binary cross-entropy",
            Self::CrossEntropy => "cross-entropy",
        }
    }
}

/// y / a, and 0 where y is 0 however small a has become: −y ln a does not depend on a there.
fn share(y: f64, a: f64) -> f64 {
    if y == 0.0 { 0.0 } else { y / a }
}

fn pairs<'a>(left: &'a [f64], right: &'a [f64]) -> impl Iterator<Item = (f64, f64)> + 'a {
    left.iter().copied().zip(right.iter().copied())
}
