//! One f64, or two side by side: what is written once here runs on both and reaches the same bits.
//!
//! Every operation is IEEE 754's, rounded once, and nothing is fused: a pair computes in each half
//! what a single number would. A [`Pair`] is one register of WebAssembly's 128-bit SIMD.

use std::ops::{Add, Div, Mul, Neg, Sub};

pub use wide::f64x2 as Pair;

/// 1.5 · 2⁵²: a number of magnitude below 2⁵¹ that is added to it is rounded to an integer, which
/// then stands in the lowest bits.
pub const ROUNDER: f64 = 6_755_399_441_055_744.0;

/// `x` twice. (`Pair::splat` fills an array in a loop where code is to be small.)
#[inline(always)]
pub const fn both(x: f64) -> Pair {
    Pair::new([x, x])
}

/// A number or a pair of numbers.
pub trait Lanes:
    Copy + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Div<Output = Self> + Neg<Output = Self>
{
    /// `x` in each half.
    fn splat(x: f64) -> Self;
    /// √x.
    fn sqrt(self) -> Self;
    /// |x|.
    fn abs(self) -> Self;
    /// The smaller one of x and `most`; NaN stays NaN.
    fn at_most(self, most: f64) -> Self;
    /// The larger one of x and `least`; NaN stays NaN.
    fn at_least(self, least: f64) -> Self;
    /// `then` where x > 0, else `otherwise`.
    fn if_positive(self, then: Self, otherwise: Self) -> Self;
    /// `then` where x > 0, else +0.
    fn keep_if_positive(self, then: Self) -> Self;
    /// x, of which no half is negative, with the sign of `of`.
    fn with_sign(self, of: Self) -> Self;
    /// 2ᵏ for x = k + [`ROUNDER`], −1023 < k < 1024. `one` is 1.
    fn power_of_two(self, one: Self) -> Self;
    /// `f` of each half.
    fn map(self, f: impl Fn(f64) -> f64) -> Self;
    /// The larger one of two numbers.
    fn largest(self, other: Self) -> Self;
}

/// The first numbers of two pairs.
#[inline(always)]
pub fn firsts(left: Pair, right: Pair) -> Pair {
    Pair::new([left.to_array()[0], right.to_array()[0]])
}

/// The second numbers of two pairs.
#[inline(always)]
pub fn seconds(left: Pair, right: Pair) -> Pair {
    Pair::new([left.to_array()[1], right.to_array()[1]])
}

impl Lanes for f64 {
    #[inline(always)]
    fn splat(x: f64) -> Self {
        x
    }

    #[inline(always)]
    fn sqrt(self) -> Self {
        self.sqrt()
    }

    #[inline(always)]
    fn abs(self) -> Self {
        self.abs()
    }

    #[inline(always)]
    fn at_most(self, most: f64) -> Self {
        if most < self { most } else { self }
    }

    #[inline(always)]
    fn at_least(self, least: f64) -> Self {
        if self < least { least } else { self }
    }

    #[inline(always)]
    fn if_positive(self, then: Self, otherwise: Self) -> Self {
        if self > 0.0 { then } else { otherwise }
    }

    #[inline(always)]
    fn keep_if_positive(self, then: Self) -> Self {
        if self > 0.0 { then } else { 0.0 }
    }

    #[inline(always)]
    fn with_sign(self, of: Self) -> Self {
        self.copysign(of)
    }

    #[inline(always)]
    fn power_of_two(self, one: Self) -> Self {
        Self::from_bits((self.to_bits() << 52).wrapping_add(one.to_bits()))
    }

    #[inline(always)]
    fn map(self, f: impl Fn(f64) -> f64) -> Self {
        f(self)
    }

    #[inline(always)]
    fn largest(self, other: Self) -> Self {
        if self < other { other } else { self }
    }
}

impl Lanes for Pair {
    #[inline(always)]
    fn splat(x: f64) -> Self {
        both(x)
    }

    #[inline(always)]
    fn sqrt(self) -> Self {
        self.sqrt()
    }

    #[inline(always)]
    fn abs(self) -> Self {
        self.abs()
    }

    // Of a NaN and a number, WebAssembly's quick minimum takes the left one, SSE's the right one.
    #[inline(always)]
    fn at_most(self, most: f64) -> Self {
        let most = both(most);
        if cfg!(target_arch = "wasm32") { self.fast_min(most) } else { most.fast_min(self) }
    }

    #[inline(always)]
    fn at_least(self, least: f64) -> Self {
        let least = both(least);
        if cfg!(target_arch = "wasm32") { self.fast_max(least) } else { least.fast_max(self) }
    }

    #[inline(always)]
    fn if_positive(self, then: Self, otherwise: Self) -> Self {
        self.simd_gt(both(0.0)).bitselect(then, otherwise)
    }

    #[inline(always)]
    fn keep_if_positive(self, then: Self) -> Self {
        self.simd_gt(both(0.0)) & then
    }

    #[inline(always)]
    fn with_sign(self, of: Self) -> Self {
        self | (of & both(-0.0))
    }

    #[inline(always)]
    fn power_of_two(self, one: Self) -> Self {
        Self::from_bits((self.to_bits() << 52_u32) + one.to_bits())
    }

    #[inline(always)]
    fn map(self, f: impl Fn(f64) -> f64) -> Self {
        let [first, second] = self.to_array();
        Self::new([f(first), f(second)])
    }

    #[inline(always)]
    fn largest(self, other: Self) -> Self {
        self.fast_max(other)
    }
}
