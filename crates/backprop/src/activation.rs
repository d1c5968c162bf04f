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
    /// g(z) = z for z > 0, else eᶻ − 1: the exponential linear unit with α = 1 (Clevert, Unterthiner and
    /// Hochreiter 2015, equation 16). Its slope, eᶻ below 0, meets the 1 above without a jump.
    Elu,
    /// gᵢ(z) = e^zᵢ / Σₖ e^zₖ: the only one whose units depend on each other; last layer only.
    Softmax,
}

/// What is said of an activation function beside its value and slope.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ActivationFacts {
    /// The word for it in lesson files.
    pub word: &'static str,
    /// The name that lists and sentences show.
    pub name: &'static str,
    /// The name that formulas show.
    pub symbol: &'static str,
    /// The numbers between which it comes as near as one likes to every one.
    pub reach: (f64, f64),
    /// Whether g(0) = 0.
    pub keeps_zero: bool,
    /// Whether the slope jumps at z = 0.
    pub has_kink: bool,
}

impl Activation {
    /// All functions, in the order in which the page offers them: softmax last.
    pub const ALL: [Self; 8] = [
        Self::Identity,
        Self::Sigmoid,
        Self::Tanh,
        Self::Relu,
        Self::LeakyRelu,
        Self::Softplus,
        Self::Elu,
        Self::Softmax,
    ];

    /// Those that a hidden layer may have: all whose units do not depend on each other.
    pub const HIDDEN: &'static [Self] = match Self::ALL.split_last() {
        Some((_, hidden)) => hidden,
        None => &[],
    };

    /// What is said of it.
    pub const fn facts(self) -> ActivationFacts {
        const INFINITE: f64 = f64::INFINITY;
        match self {
            Self::Identity => ActivationFacts {
                word: "identity",
                name: "identity",
                symbol: "id",
                reach: (-INFINITE, INFINITE),
                keeps_zero: true,
                has_kink: false,
            },
            Self::Sigmoid => ActivationFacts {
                word: "sigmoid",
                name: "sigmoid",
                symbol: "σ",
                reach: (0.0, 1.0),
                keeps_zero: false,
                has_kink: false,
            },
            Self::Tanh => ActivationFacts {
                word: "tanh",
                name: "tanh",
                symbol: "tanh",
                reach: (-1.0, 1.0),
                keeps_zero: true,
                has_kink: false,
            },
            Self::Relu => ActivationFacts {
                word: "relu",
                name: "ReLU",
                symbol: "ReLU",
                reach: (0.0, INFINITE),
                keeps_zero: true,
                has_kink: true,
            },
            Self::LeakyRelu => ActivationFacts {
                word: "leaky_relu",
                name: "leaky ReLU",
                symbol: "leaky ReLU",
                reach: (-INFINITE, INFINITE),
                keeps_zero: true,
                has_kink: true,
            },
            Self::Softplus => ActivationFacts {
                word: "softplus",
                name: "softplus",
                symbol: "softplus",
                reach: (0.0, INFINITE),
                keeps_zero: false,
                has_kink: false,
            },
            Self::Elu => ActivationFacts {
                word: "elu",
                name: "ELU",
                symbol: "ELU",
                reach: (-1.0, INFINITE),
                keeps_zero: true,
                has_kink: false,
            },
            Self::Softmax => ActivationFacts {
                word: "softmax",
                name: "softmax",
                symbol: "softmax",
                reach: (0.0, 1.0),
                keeps_zero: false,
                has_kink: false,
            },
        }
    }

    /// The word for it in lesson files.
    pub fn word(self) -> &'static str {
        self.facts().word
    }

    /// The name that the page shows.
    pub fn name(self) -> &'static str {
        self.facts().name
    }

    /// Whether a unit can come as near as one likes to every number from `least` to `most`.
    pub fn reaches(self, least: f64, most: f64) -> bool {
        let (from, to) = self.facts().reach;
        from <= least && most <= to
    }

    /// Whether g(0) = 0.
    pub fn keeps_zero(self) -> bool {
        self.facts().keeps_zero
    }

    /// Whether the slope jumps at z = 0.
    pub fn has_kink(self) -> bool {
        self.facts().has_kink
    }

    /// The activations of a layer from its weighted sums `z`.
    pub fn values(self, z: &[f64]) -> Vec<f64> {
        match self {
            Self::Softmax => softmax(z),
            _ => z.iter().map(|&z| self.value(CONSTANTS, z)).collect(),
        }
    }

    /// g(z) of one unit. Softmax has no value of one unit alone and is handled by [`Self::values`];
    /// here it stands for the identity.
    #[inline(always)]
    fn value<T: Lanes>(self, c: &Constants, z: T) -> T {
        match self {
            Self::Identity | Self::Softmax => z,
            Self::Sigmoid => sigmoid(c, z),
            Self::Tanh => tanh(c, z),
            Self::Relu => z.keep_if_positive(z),
            Self::LeakyRelu => z.if_positive(z, T::splat(LEAK) * z),
            Self::Softplus => softplus(c, z),
            // All digits of it near 0, where eᶻ − 1 would hold few.
            Self::Elu => z.if_positive(z, z.map(libm::expm1)),
        }
    }

    /// g′(z), given z and a = g(z). For softmax, the unit's own slope ∂aᵢ/∂zᵢ = aᵢ (1 − aᵢ).
    pub fn slope(self, z: f64, a: f64) -> f64 {
        self.slope_of(CONSTANTS, z, a)
    }

    #[inline(always)]
    fn slope_of<T: Lanes>(self, c: &Constants, z: T, a: T) -> T {
        let one = T::splat(1.0);
        match self {
            Self::Identity => one,
            Self::Sigmoid | Self::Softmax => a * (one - a),
            Self::Tanh => one - a * a,
            Self::Relu => z.keep_if_positive(one),
            Self::LeakyRelu => z.if_positive(one, T::splat(LEAK)),
            Self::Softplus => sigmoid(c, z),
            Self::Elu => z.if_positive(one, a + one),
        }
    }

    /// Replaces the first `n` of `values`, every `step`th of them, from z to a = g(z), and writes g′(z) to
    /// `slopes`. For a function of one number: softmax changes nothing.
    #[inline(always)]
    pub fn apply<T: Lanes>(
        self,
        c: &Constants,
        values: &mut [T],
        slopes: &mut [T],
        (n, step): (usize, usize),
    ) {
        // Written out per function: the choice is made here, once.
        macro_rules! loops {
            ($($g:ident),*) => {
                match self {
                    $(Self::$g => each_of(values, slopes, (n, step), |z| {
                        let a = Self::$g.value(c, z);
                        (a, Self::$g.slope_of(c, z, a))
                    }),)*
                    Self::Softmax => {}
                }
            };
        }
        loops!(Identity, Sigmoid, Tanh, Relu, LeakyRelu, Softplus, Elu);
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
}

/// Replaces the first `n` of `values`, every `step`th of them, by the first number that `f` makes of it;
/// the second goes to `others`.
#[inline(always)]
pub fn each_of<T: Lanes>(
    values: &mut [T],
    others: &mut [T],
    (n, step): (usize, usize),
    f: impl Fn(T) -> (T, T),
) {
    let mut k = 0;
    while k < n {
        (values[k], others[k]) = f(values[k]);
        k += step;
    }
}

/// 1 / (1 + e⁻ᶻ).
#[inline(always)]
pub fn sigmoid<T: Lanes>(c: &Constants, z: T) -> T {
    T::splat(1.0) / (T::splat(1.0) + exp(c, -z))
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
        for &g in Activation::HIDDEN {
            for z in [-3.0, -0.7, 0.2, 1.0, 4.0] {
                let h = 1e-6;
                let value = |z: f64| g.value(CONSTANTS, z);
                let numeric = (value(z + h) - value(z - h)) / (2.0 * h);
                let slope = g.slope(z, value(z));
                assert!((numeric - slope).abs() < 1e-8, "{g:?} at {z}: {numeric} and {slope}");
            }
        }
    }

    #[test]
    fn relu_has_slope_zero_at_zero() {
        assert_eq!(Activation::Relu.slope(0.0, 0.0), 0.0);
    }

    /// Values of eᶻ − 1 worked out with 40 decimal digits.
    #[test]
    fn elu_is_the_exponential_less_1_below_0_and_the_sum_above() {
        let expected = [
            (-1e-12, -9.999_999_999_995e-13, 0.999_999_999_999),
            (-0.25, -0.221_199_216_928_595_12, 0.778_800_783_071_404_9),
            (-1.0, -0.632_120_558_828_557_7, 0.367_879_441_171_442_33),
            (-3.0, -0.950_212_931_632_136, 0.049_787_068_367_863_944),
            (-800.0, -1.0, 0.0),
            (0.0, 0.0, 1.0),
            (2.5, 2.5, 1.0),
            (800.0, 800.0, 1.0),
        ];
        for (z, a, slope) in expected {
            let found = Activation::Elu.values(&[z])[0];
            assert!((found - a).abs() <= 1e-15 * a.abs(), "{found} at {z}, expected {a}");
            let found = Activation::Elu.slope(z, found);
            assert!((found - slope).abs() <= 4e-16, "slope {found} at {z}, expected {slope}");
        }
    }

    #[test]
    fn extreme_sums_stay_finite() {
        assert_eq!(sigmoid(CONSTANTS, -1e6), 0.0);
        assert_eq!(softplus(CONSTANTS, 1e6), 1e6);
        assert_eq!(softmax(&[1e6, 0.0]), vec![1.0, 0.0]);
    }
}
