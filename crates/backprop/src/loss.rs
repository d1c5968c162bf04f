//! Losses: how wrong a prediction is, per sample, and where its first derivative starts.

use crate::activation::{Activation, Powers};
use crate::lanes::Lanes;
use crate::math::{CONSTANTS, exp};

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

    /// What it is computed from.
    pub fn basis(self) -> Basis {
        match self {
            Self::HalfSquaredError => Basis::Activations(SquaredError::Half),
            Self::MeanSquaredError => Basis::Activations(SquaredError::Mean),
            Self::BinaryCrossEntropy => Basis::Sums(CrossEntropy::Sigmoid),
            Self::CrossEntropy => Basis::Sums(CrossEntropy::Softmax),
        }
    }

    /// The share of each output in E; their sum is E.
    pub fn terms(self, z: &[f64], a: &[f64], y: &[f64]) -> Vec<f64> {
        let n = a.len() as f64;
        match self.basis() {
            Basis::Activations(loss) => pairs(a, y).map(|(a, y)| loss.term(n, a, y)).collect(),
            Basis::Sums(loss) => {
                let powers = loss.powers(z.iter().copied());
                pairs(z, y).map(|(z, y)| loss.term(n, powers, z, y)).collect()
            }
        }
    }

    /// Whether the loss is computed from the weighted sums z, not from the activations a.
    pub fn is_of_sums(self) -> bool {
        matches!(self.basis(), Basis::Sums(_))
    }

    /// Whether it is for targets from 0 to 1.
    pub fn takes_shares(self) -> bool {
        matches!(self, Self::BinaryCrossEntropy | Self::CrossEntropy)
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

    /// How much E can change at most with its outputs, or their weighted sums if [`Self::is_of_sums`], all
    /// `n` changed by 1, where E is `e`: nothing at its minimum.
    pub fn steepest(self, e: f64, n: usize) -> f64 {
        match self {
            Self::HalfSquaredError => (2.0 * e * n as f64).sqrt(),
            Self::MeanSquaredError => 2.0 * e.sqrt(),
            Self::BinaryCrossEntropy | Self::CrossEntropy => e.min(1.0),
        }
    }

    /// δ = ∂E/∂z of each output. With the cross-entropies the slope of the activation cancels:
    /// δ = (a − y) / n for sigmoid, δ = a Σy − y for softmax (Goodfellow et al., ch. 6.2.2).
    pub fn output_delta(self, g: Activation, z: &[f64], a: &[f64], y: &[f64]) -> Vec<f64> {
        let n = a.len() as f64;
        let total = y.iter().sum();
        let beside: Vec<f64> = match self.is_of_sums() {
            true => g.rests(z, a),
            false => pairs(z, a).map(|(z, a)| g.slope(z, a)).collect(),
        };
        pairs(a, y).zip(beside).map(|((a, y), beside)| self.delta(n, total, a, y, beside)).collect()
    }

    /// δ of one output, or of two, given the number of outputs, the sum of all targets, and beside a
    /// its slope g′(z) or, if [`Self::is_of_sums`], 1 − a.
    #[inline(always)]
    pub fn delta<T: Lanes>(self, n: f64, total: T, a: T, y: T, beside: T) -> T {
        match self {
            Self::HalfSquaredError => (a - y) * beside,
            Self::MeanSquaredError => T::splat(2.0) * (a - y) / T::splat(n) * beside,
            Self::BinaryCrossEntropy => gap(T::splat(1.0), a, y, beside) / T::splat(n),
            Self::CrossEntropy => gap(total, a, y, beside),
        }
    }

    /// The word for it in lesson files.
    pub fn word(self) -> &'static str {
        match self {
            Self::HalfSquaredError => "half_squared_error",
            Self::MeanSquaredError => "mean_squared_error",
            Self::BinaryCrossEntropy => "binary_cross_entropy",
            Self::CrossEntropy => "cross_entropy",
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

/// What a loss is computed from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The activations a of the outputs.
    Activations(SquaredError),
    /// Their weighted sums z.
    Sums(CrossEntropy),
}

/// A loss that grows with the square of a − y.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SquaredError {
    /// [`Loss::HalfSquaredError`].
    Half,
    /// [`Loss::MeanSquaredError`].
    Mean,
}

impl SquaredError {
    /// E of one sample, or of two, from (a, y) of each output.
    #[inline(always)]
    pub fn of_activations<T: Lanes>(self, outputs: impl Iterator<Item = (T, T)>, n_outputs: usize) -> T {
        total(outputs.map(|(a, y)| self.term(n_outputs as f64, a, y)))
    }

    #[inline(always)]
    fn term<T: Lanes>(self, n: f64, a: T, y: T) -> T {
        match self {
            Self::Half => T::splat(0.5) * (a - y) * (a - y),
            Self::Mean => (a - y) * (a - y) / T::splat(n),
        }
    }
}

/// A loss that is computed from the weighted sums z, where it stays finite, and keeps its digits, however
/// sure the network is: −ln σ(z) = softplus(−z) and −ln softmaxᵢ(z) = ln Σ eᶻ − zᵢ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CrossEntropy {
    /// [`Loss::BinaryCrossEntropy`].
    Sigmoid,
    /// [`Loss::CrossEntropy`].
    Softmax,
}

impl CrossEntropy {
    /// E of one sample, or of two, from (z, y) of each output.
    #[inline(always)]
    pub fn of_sums<T: Lanes>(self, outputs: impl Iterator<Item = (T, T)> + Clone, n_outputs: usize) -> T {
        let powers = self.powers(outputs.clone().map(|(z, _)| z));
        total(outputs.map(|(z, y)| self.term(n_outputs as f64, powers, z, y)))
    }

    /// What the outputs share, if they are a softmax.
    #[inline(always)]
    fn powers<T: Lanes>(self, z: impl Iterator<Item = T> + Clone) -> Option<Powers<T>> {
        (self == Self::Softmax).then(|| Powers::of(CONSTANTS, z))
    }

    #[inline(always)]
    fn term<T: Lanes>(self, n: f64, powers: Option<Powers<T>>, z: T, y: T) -> T {
        match self {
            Self::Sigmoid => {
                // y softplus(−z) + (1 − y) softplus(z), whose parts beyond ln(1 + e^−|z|) are (1 − y) z
                // and −y z: nothing is left of them where the network is sure and right.
                let linear = z.if_positive(T::splat(1.0) - y, -y) * z;
                (linear + exp(CONSTANTS, -z.abs()).map(libm::log1p)) / T::splat(n)
            }
            Self::Softmax => y * powers.map_or(-z, |powers| powers.surprise(z)),
        }
    }
}

#[inline(always)]
fn total<T: Lanes>(terms: impl Iterator<Item = T>) -> T {
    terms.fold(T::splat(-0.0), T::add)
}

/// a Σy − y, given Σy, a, y and `rest` = 1 − a: with Σy = 1, a − y. It keeps its digits where a comes
/// near to 1, which a itself does not: for y = 1 it is −(1 − a).
#[inline(always)]
pub fn gap<T: Lanes>(total: T, a: T, y: T, rest: T) -> T {
    a * (total - y) - y * rest
}

/// y / a, and 0 where y is 0 however small a has become: −y ln a does not depend on a there.
fn share(y: f64, a: f64) -> f64 {
    if y == 0.0 { 0.0 } else { y / a }
}

fn pairs<'a>(left: &'a [f64], right: &'a [f64]) -> impl Iterator<Item = (f64, f64)> + 'a {
    left.iter().copied().zip(right.iter().copied())
}
