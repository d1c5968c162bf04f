//! eˣ and tanh x, for one number or two side by side, with the same bits natively and in WebAssembly.
//!
//! Both start from x = k ln 2 + r with |r| ≤ ½ ln 2 (Cody and Waite 1980, ch. 6) and a polynomial in
//! r, summed in pairs (Estrin) so that few operations wait for each other. There is no branch:
//! two numbers go the same way.

use crate::lanes::{Lanes, ROUNDER};

/// The numbers that the functions are made of.
#[derive(Debug)]
pub struct Constants {
    one: f64,
    two: f64,
    half: f64,
    /// Where eˣ is ∞ for certain, where it is 0, and where tanh (x / 2) is 1.
    bounds: [f64; 3],
    rounder: f64,
    log2_e: f64,
    /// ln 2 in two parts; the first has 40 bits, so that its product with k is exact.
    ln_2: [f64; 2],
    /// (eʳ − 1 − r) / r² as a polynomial, lowest power first: interpolation in Chebyshev's points of
    /// |r| ≤ ½ ln 2, off by at most 4.1 · 10⁻¹⁷ of eʳ − 1.
    polynomial: [f64; 10],
}

/// The constants, known to the compiler: best for single numbers.
pub const CONSTANTS: &Constants = &Constants {
    one: 1.0,
    two: 2.0,
    half: 0.5,
    bounds: [710.0, -746.0, 40.0],
    rounder: ROUNDER,
    log2_e: std::f64::consts::LOG2_E,
    ln_2: [0.693_147_180_559_208_2, 7.371_002_565_167_799e-13],
    polynomial: [
        0.500_000_000_000_000_1,
        0.166_666_666_666_666_69,
        0.041_666_666_666_623_99,
        0.008_333_333_333_330_051,
        0.001_388_888_891_728_179_4,
        0.000_198_412_698_631_059_68,
        2.480_152_119_021_773e-5,
        2.755_726_837_868_419_2e-6,
        2.762_013_871_973_399_4e-7,
        2.510_042_415_700_506_7e-8,
    ],
};

/// The constants as numbers in memory: best for loops over pairs. V8 makes a constant pair anew at
/// each use, from four instructions.
pub fn constants() -> &'static Constants {
    std::hint::black_box(CONSTANTS)
}

/// eˣ, at most 1.1 units in the last place from the true value; ∞ above 709.78…, 0 below −745.13….
#[inline(always)]
pub fn exp<T: Lanes>(c: &Constants, x: T) -> T {
    // Beyond these two the result is ∞ or 0 anyway, and k stays in range.
    let (k, power) = reduced_expm1(c, x.at_most(c.bounds[0]).at_least(c.bounds[1]));
    // 2ᵏ may be no finite f64 itself: half of k is multiplied at a time.
    let (one, rounder) = (T::splat(c.one), T::splat(c.rounder));
    let half = k * T::splat(c.half) + rounder;
    let rest = (k - (half - rounder)) + rounder;
    (one + power) * half.power_of_two(one) * rest.power_of_two(one)
}

/// tanh x = (e²ˣ − 1) / (e²ˣ + 1), at most 2.6 units in the last place from the true value.
#[inline(always)]
pub fn tanh<T: Lanes>(c: &Constants, x: T) -> T {
    // From 20 on tanh is 1 to the last bit.
    let (k, power) = reduced_expm1(c, (x.abs() + x.abs()).at_most(c.bounds[2]));
    let one = T::splat(c.one);
    let scale = (k + T::splat(c.rounder)).power_of_two(one);
    // e²ˣ − 1, without cancellation where x is small: then k = 0.
    let above = scale * power + (scale - one);
    (above / (above + T::splat(c.two))).with_sign(x)
}

/// k and eʳ − 1 for x = k ln 2 + r.
#[inline(always)]
fn reduced_expm1<T: Lanes>(c: &Constants, x: T) -> (T, T) {
    let rounder = T::splat(c.rounder);
    let k = (x * T::splat(c.log2_e) + rounder) - rounder;
    let r = (x - k * T::splat(c.ln_2[0])) - k * T::splat(c.ln_2[1]);
    let c = |power: usize| T::splat(c.polynomial[power]);
    let r2 = r * r;
    let r4 = r2 * r2;
    let low = (c(0) + c(1) * r) + (c(2) + c(3) * r) * r2;
    let middle = (c(4) + c(5) * r) + (c(6) + c(7) * r) * r2;
    let high = c(8) + c(9) * r;
    (k, r + r2 * (low + (middle + high * r4) * r4))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lanes::Pair;
    use crate::rng::Rng;

    /// The units in the last place between two numbers of one sign.
    fn distance(left: f64, right: f64) -> u64 {
        left.to_bits().abs_diff(right.to_bits())
    }

    /// Against 120 bits, 400 000 drawn numbers were off by at most 1.03 and 2.56 units; libm is itself
    /// off by up to 1 and 2.
    #[test]
    fn both_agree_with_libm_to_the_last_places() {
        let mut rng = Rng::new(3);
        let (mut worst_exp, mut worst_tanh) = (0, 0);
        for k in 0..400_000 {
            let range = [1e-9, 1e-3, 1.0, 3.0, 30.0, 745.0][k % 6];
            let x = range * (2.0 * rng.uniform() - 1.0);
            worst_exp = worst_exp.max(distance(exp(CONSTANTS, x), libm::exp(x)));
            worst_tanh = worst_tanh.max(distance(tanh(CONSTANTS, x), libm::tanh(x)));
        }
        assert!(worst_exp <= 2, "exp: {worst_exp}");
        assert!(worst_tanh <= 4, "tanh: {worst_tanh}");
    }

    #[test]
    fn a_pair_computes_what_each_half_would() {
        let mut rng = Rng::new(4);
        let edges = [0.0, -0.0, f64::INFINITY, f64::NEG_INFINITY, 5e-324, 1e-300, 709.9, -745.2, 746.0];
        let drawn = (0..20_000).map(|k| [1.0, 50.0, 800.0][k % 3] * (2.0 * rng.uniform() - 1.0));
        for x in edges.into_iter().chain(drawn) {
            let pair = Pair::new([x, -0.5 * x]);
            for (both, one) in [
                (exp(constants(), pair), [exp(CONSTANTS, x), exp(CONSTANTS, -0.5 * x)]),
                (tanh(constants(), pair), [tanh(CONSTANTS, x), tanh(CONSTANTS, -0.5 * x)]),
            ] {
                assert_eq!(both.to_array().map(f64::to_bits), one.map(f64::to_bits), "{x}");
            }
        }
        let nan = Pair::new([f64::NAN, 1.0]);
        assert!(
            exp(constants(), nan).to_array()[0].is_nan() && tanh(constants(), nan).to_array()[0].is_nan()
        );
        assert_eq!(exp(constants(), nan).to_array()[1], exp(CONSTANTS, 1.0));
    }

    #[test]
    fn the_edges_are_right() {
        for (x, expected) in [
            (0.0, 1.0),
            (-0.0, 1.0),
            (f64::INFINITY, f64::INFINITY),
            (f64::NEG_INFINITY, 0.0),
            (709.8, f64::INFINITY),
            (-745.2, 0.0),
            (-745.1, 5e-324),
            (5e-324, 1.0),
        ] {
            assert_eq!(exp(CONSTANTS, x), expected, "exp {x}");
        }
        // The result with the fewest bits, and the largest one.
        assert_eq!(exp(CONSTANTS, -740.0), libm::exp(-740.0));
        assert!(exp(CONSTANTS, 709.782_712_893_384).is_finite());
        for x in [0.0, 5e-324, 1e-300, 1e-20] {
            assert_eq!(tanh(CONSTANTS, x).to_bits(), x.to_bits(), "tanh {x}");
            assert_eq!(tanh(CONSTANTS, -x).to_bits(), (-x).to_bits(), "tanh -{x}");
        }
        for x in [20.0, 1e3, f64::INFINITY] {
            assert_eq!((tanh(CONSTANTS, x), tanh(CONSTANTS, -x)), (1.0, -1.0), "tanh {x}");
        }
        assert!(exp(CONSTANTS, f64::NAN).is_nan() && tanh(CONSTANTS, f64::NAN).is_nan());
    }
}
