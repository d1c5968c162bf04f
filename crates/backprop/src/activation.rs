//! Activation functions g and their slopes g′, side by side.

use crate::lanes::Lanes;
use crate::math::{CONSTANTS, Constants, exp, tanh};

/// Slope of the leaky ReLU for negative weighted sums.
pub const LEAK: f64 = 0.01;

/// The activation function of a layer: a = g(z).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Activation {
    /// g(z) = z.
    Identity,
    /// g(z) = 1 / (1 + e⁻ᶻ).
    Sigmoid,
    /// g(z) = tanh z.
    Tanh,
    /// g(z) = max(0, z); its slope at 0 is 0.
    Relu,
    /// g(z) = z for z > 0, else 0.01 z.
    LeakyRelu,
    /// g(z) = ln(1 + eᶻ).
    Softplus,
    /// gᵢ(z) = e^zᵢ / Σₖ e^zₖ: the only one whose units depend on each other; last layer only.
    Softmax,
}

impl Activation {
    /// All functions, in the order in which the page offers them.
    pub const ALL: [Self; 7] = [
        Self::Identity,
        Self::Sigmoid,
        Self::Tanh,
        Self::Relu,
        Self::LeakyRelu,
        Self::Softplus,
        Self::Softmax,
    ];

    /// Whether a unit can come as near as one likes to every number from `least` to `most`.
    pub fn reaches(self, least: f64, most: f64) -> bool {
        match self {
            Self::Identity | Self::LeakyRelu => true,
            Self::Relu | Self::Softplus => 0.0 <= least,
            Self::Sigmoid | Self::Softmax => 0.0 <= least && most <= 1.0,
            Self::Tanh => -1.0 <= least && most <= 1.0,
        }
    }

    /// Whether g(0) = 0.
    pub fn keeps_zero(self) -> bool {
        matches!(self, Self::Identity | Self::Tanh | Self::Relu | Self::LeakyRelu)
    }

    /// Whether the slope jumps at z = 0.
    pub fn has_kink(self) -> bool {
        matches!(self, Self::Relu | Self::LeakyRelu)
    }

    /// The activations of a layer from its weighted sums `z`.
    pub fn values(self, z: &[f64]) -> Vec<f64> {
        match self {
            Self::Softmax => softmax(z),
            _ => z.iter().map(|&z| self.value(z)).collect(),
        }
    }

    /// g(z) of one unit. Softmax has no value of one unit alone and is handled by [`Self::values`];
    /// here it stands for the identity.
    fn value(self, z: f64) -> f64 {
        match self {
            Self::Identity | Self::Softmax => z,
            Self::Sigmoid => sigmoid(CONSTANTS, z),
            Self::Tanh => tanh(CONSTANTS, z),
            Self::Relu => relu(z),
            Self::LeakyRelu => leaky_relu(z),
            Self::Softplus => softplus(CONSTANTS, z),
        }
    }

    /// g′(z), given z and a = g(z). For softmax, the unit's own slope ∂aᵢ/∂zᵢ = aᵢ (1 − aᵢ).
    pub fn slope(self, z: f64, a: f64) -> f64 {
        match self {
            Self::Identity => 1.0,
            Self::Sigmoid | Self::Softmax => sigmoid_slope(a),
            Self::Tanh => tanh_slope(a),
            Self::Relu => relu_slope(z),
            Self::LeakyRelu => leaky_relu_slope(z),
            Self::Softplus => sigmoid(CONSTANTS, z),
        }
    }

    /// 1 − a of each unit of a layer that makes shares of 1 (sigmoid, softmax), given its z and a: all
    /// digits of it where a is so near 1 that a itself holds none.
    pub fn rests(self, z: &[f64], a: &[f64]) -> Vec<f64> {
        let both = z.iter().zip(a);
        match self {
            Self::Sigmoid => both.map(|(z, a)| sigmoid_rest(CONSTANTS, *z, *a)).collect(),
            Self::Softmax => {
                let powers = Powers::of(CONSTANTS, z.iter().copied());
                a.iter().map(|a| powers.rest(*a)).collect()
            }
            _ => a.iter().map(|a| 1.0 - a).collect(),
        }
    }

    /// The word for it in lesson files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Sigmoid => "sigmoid",
            Self::Tanh => "tanh",
            Self::Relu => "relu",
            Self::LeakyRelu => "leaky_relu",
            Self::Softplus => "softplus",
            Self::Softmax => "softmax",
        }
    }

    /// The name that the page shows.
    pub fn name(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Sigmoid => "sigmoid",
            Self::Tanh => "tanh",
            Self::Relu => "ReLU",
            Self::LeakyRelu => "leaky ReLU",
            Self::Softplus => "softplus",
            Self::Softmax => "softmax",
        }
    }
}

/// 1 / (1 + e⁻ᶻ).
#[inline(always)]
pub fn sigmoid<T: Lanes>(c: &Constants, z: T) -> T {
    T::splat(1.0) / (T::splat(1.0) + exp(c, -z))
}

/// The slope of the sigmoid, from a.
#[inline(always)]
pub fn sigmoid_slope<T: Lanes>(a: T) -> T {
    a * (T::splat(1.0) - a)
}

/// The slope of tanh, from a.
#[inline(always)]
pub fn tanh_slope<T: Lanes>(a: T) -> T {
    T::splat(1.0) - a * a
}

/// max(0, z).
#[inline(always)]
pub fn relu<T: Lanes>(z: T) -> T {
    z.keep_if_positive(z)
}

/// The slope of the ReLU.
#[inline(always)]
pub fn relu_slope<T: Lanes>(z: T) -> T {
    z.keep_if_positive(T::splat(1.0))
}

/// z for z > 0, else 0.01 z.
#[inline(always)]
pub fn leaky_relu<T: Lanes>(z: T) -> T {
    z.if_positive(z, T::splat(LEAK) * z)
}

/// The slope of the leaky ReLU.
#[inline(always)]
pub fn leaky_relu_slope<T: Lanes>(z: T) -> T {
    z.if_positive(T::splat(1.0), T::splat(LEAK))
}

/// ln(1 + eᶻ), written so that no exponential overflows.
#[inline(always)]
pub fn softplus<T: Lanes>(c: &Constants, z: T) -> T {
    z.keep_if_positive(z) + exp(c, -z.abs()).map(libm::log1p)
}

/// 1 − a of a sigmoid, given z and a. Where a is near 1 it holds no digits of it: there it is
/// e⁻ᶻ / (1 + e⁻ᶻ).
#[inline(always)]
pub fn sigmoid_rest<T: Lanes>(c: &Constants, z: T, a: T) -> T {
    z.if_positive(exp(c, -z) * a, T::splat(1.0) - a)
}

/// What the units of a softmax share: the powers e^(z − largest z), of which none overflows.
#[derive(Clone, Copy, Debug)]
pub struct Powers<T> {
    largest: T,
    sum: T,
    /// The sum of those whose z is not the largest.
    lower: T,
}

impl<T: Lanes> Powers<T> {
    /// Those of all units.
    #[inline(always)]
    pub fn of(c: &Constants, z: impl Iterator<Item = T> + Clone) -> Self {
        let mut powers = Self::below(z.clone());
        z.for_each(|z| {
            powers.add(c, z);
        });
        powers
    }

    /// No unit's power yet, but the largest z of all.
    #[inline(always)]
    pub fn below(z: impl Iterator<Item = T>) -> Self {
        let largest = z.fold(T::splat(f64::NEG_INFINITY), T::largest);
        Self { largest, sum: T::splat(0.0), lower: T::splat(0.0) }
    }

    /// Adds and returns the power of a unit.
    #[inline(always)]
    pub fn add(&mut self, c: &Constants, z: T) -> T {
        let power = exp(c, z - self.largest);
        self.sum = self.sum + power;
        self.lower = self.lower + (self.largest - z).keep_if_positive(power);
        power
    }

    /// The sum without the 1 of one largest z: all digits of it, however near to 1 the sum is. With
    /// two largest ones, or others of weight, it is large enough to subtract from.
    #[inline(always)]
    fn others(self) -> T {
        (self.sum - T::splat(1.5)).if_positive(self.sum - T::splat(1.0), self.lower)
    }

    /// a = e^z / Σ e^z of the unit with this power.
    #[inline(always)]
    pub fn share(self, power: T) -> T {
        power / self.sum
    }

    /// 1 − a of a unit. Where a is near 1 it holds no digits of it: there it is what the others have.
    #[inline(always)]
    pub fn rest(self, a: T) -> T {
        (a - T::splat(0.5)).if_positive(self.others() / self.sum, T::splat(1.0) - a)
    }

    /// −ln a = ln Σ e^z − z of a unit, all digits of it where a is near 1.
    #[inline(always)]
    pub fn surprise(self, z: T) -> T {
        (self.largest - z) + self.others().map(libm::log1p)
    }
}

fn softmax(z: &[f64]) -> Vec<f64> {
    let z = || z.iter().copied();
    let mut powers = Powers::below(z());
    let each: Vec<f64> = z().map(|z| powers.add(CONSTANTS, z)).collect();
    each.into_iter().map(|power| powers.share(power)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slopes_agree_with_the_central_difference() {
        for g in [
            Activation::Identity,
            Activation::Sigmoid,
            Activation::Tanh,
            Activation::Relu,
            Activation::LeakyRelu,
            Activation::Softplus,
        ] {
            for z in [-3.0, -0.7, 0.2, 1.0, 4.0] {
                let h = 1e-6;
                let numeric = (g.value(z + h) - g.value(z - h)) / (2.0 * h);
                let slope = g.slope(z, g.value(z));
                assert!((numeric - slope).abs() < 1e-8, "{g:?} at {z}: {numeric} and {slope}");
            }
        }
    }

    #[test]
    fn relu_has_slope_zero_at_zero() {
        assert_eq!(Activation::Relu.slope(0.0, 0.0), 0.0);
    }

    #[test]
    fn extreme_sums_stay_finite() {
        assert_eq!(sigmoid(CONSTANTS, -1e6), 0.0);
        assert_eq!(softplus(CONSTANTS, 1e6), 1e6);
        assert_eq!(softmax(&[1e6, 0.0]), vec![1.0, 0.0]);
    }
}
