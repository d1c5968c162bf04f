//! Decimal text to the nearest f64; of two equally near, to the even one.
//!
//! std's `parse` gives the same bits, by a table of ten kilobytes that each visitor would download.

use std::cmp::Ordering;

/// Digits beyond these only tell that the number is larger: no middle between two f64 has as many.
const MAX_DIGITS: usize = 800;
/// Powers of ten up to this one, and whole numbers of this many digits, are an f64 without rounding.
const EXACT_POWER: u32 = 22;
const EXACT_DIGITS: usize = 15;
/// The exponent of the smallest f64, 2^−1074.
const LEAST_EXPONENT: i32 = -1074;
/// Bits of an f64's significand.
const N_BITS: i32 = 53;

/// Reads a number such as "-0.25", "+3", ".5" or "1e-8"; `None` for anything else. Infinite where it
/// is beyond all f64.
pub fn parse(text: &str) -> Option<f64> {
    let (sign, text) = match text.strip_prefix('-') {
        Some(text) => (-1.0, text),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = format!("{whole}{fraction}");
    let (is_small, exponent) = match exponent.strip_prefix('-') {
        Some(exponent) => (true, exponent),
        None => (false, exponent.strip_prefix('+').unwrap_or(exponent)),
    };
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    if !is_number(&all) || !is_number(exponent) {
        return None;
    }
    // An exponent of more digits than fit is out of reach of any number of digits before it.
    let exponent: i64 = exponent.parse::<u32>().unwrap_or(u32::MAX).into();
    let exponent = if is_small { -exponent } else { exponent };
    let digits = all.trim_end_matches('0');
    let exponent = exponent - fraction.len() as i64 + (all.len() - digits.len()) as i64;
    Some(sign * nearest(digits.trim_start_matches('0'), exponent))
}

/// The f64 nearest to `digits` × 10^`exponent`.
fn nearest(digits: &str, exponent: i64) -> f64 {
    let magnitude = exponent + digits.len() as i64;
    if digits.is_empty() || magnitude < -330 {
        return 0.0;
    }
    if 310 < magnitude {
        return f64::INFINITY;
    }
    // Both are small now.
    let (power, is_fraction) = (exponent.unsigned_abs() as u32, exponent < 0);
    if digits.len() <= EXACT_DIGITS && power <= EXACT_POWER {
        let whole = digits.bytes().fold(0.0, |sum, digit| 10.0 * sum + f64::from(digit - b'0'));
        let scale = (0..power).fold(1.0, |scale, _| 10.0 * scale);
        return if is_fraction { whole / scale } else { whole * scale };
    }
    let (mut over, mut under) = (Natural::default(), Natural(vec![1]));
    for digit in digits.bytes().take(MAX_DIGITS) {
        over.grow(10, u32::from(digit - b'0'));
    }
    let n_left_out = digits.len().saturating_sub(MAX_DIGITS) as u32;
    if 0 < n_left_out {
        over.grow(10, 1);
    }
    // What was left out stands before the point, or shortens the fraction.
    let exponent = exponent + i64::from(n_left_out) - i64::from(0 < n_left_out);
    let scaled = if exponent < 0 { &mut under } else { &mut over };
    (0..exponent.unsigned_abs()).for_each(|_| scaled.grow(10, 0));
    quotient(over, under)
}

/// The f64 nearest to `over` / `under`.
fn quotient(mut over: Natural, mut under: Natural) -> f64 {
    // Made equally long, they have a ratio from ½ to 2: its first 63 bits, and a last one that tells
    // whether more follow.
    let shift = over.n_bits() - under.n_bits();
    let shorter = if shift < 0 { &mut over } else { &mut under };
    (0..shift.unsigned_abs()).for_each(|_| shorter.grow(2, 0));
    let mut bits = 0_u64;
    for _ in 0..63 {
        bits *= 2;
        if over.compare(&under) != Ordering::Less {
            over.subtract(&under);
            bits += 1;
        }
        over.grow(2, 0);
    }
    if !over.0.is_empty() {
        bits |= 1;
    }
    let exponent = shift - 62;
    // Rounded to the bits that an f64 has there: fewer near zero.
    let n_bits = 64 - bits.leading_zeros() as i32;
    let n_dropped = (n_bits - N_BITS).max(LEAST_EXPONENT - exponent);
    if 63 < n_dropped {
        return 0.0;
    }
    let kept = bits >> n_dropped;
    let half = 1 << (n_dropped - 1);
    let is_up = match (bits & (2 * half - 1)).cmp(&half) {
        Ordering::Less => false,
        Ordering::Equal => kept % 2 == 1,
        Ordering::Greater => true,
    };
    libm::scalbn((kept + u64::from(is_up)) as f64, exponent + n_dropped)
}

/// A natural number of any size: digits in base 2³², the lowest first, the highest not 0.
#[derive(Default)]
struct Natural(Vec<u32>);

impl Natural {
    /// Becomes itself × `factor` + `term`.
    fn grow(&mut self, factor: u32, term: u32) {
        let mut carry = u64::from(term);
        for digit in &mut self.0 {
            carry += u64::from(*digit) * u64::from(factor);
            *digit = carry as u32;
            carry >>= 32;
        }
        if 0 < carry {
            self.0.push(carry as u32);
        }
    }

    /// Subtracts `other`, which is not larger.
    fn subtract(&mut self, other: &Self) {
        let mut borrow = 0_i64;
        for (k, digit) in self.0.iter_mut().enumerate() {
            borrow += i64::from(*digit) - i64::from(other.0.get(k).copied().unwrap_or(0));
            *digit = borrow as u32;
            borrow >>= 32;
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    fn compare(&self, other: &Self) -> Ordering {
        let lengths = self.0.len().cmp(&other.0.len());
        lengths.then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }

    fn n_bits(&self) -> i32 {
        let highest = self.0.last().map_or(0, |digit| digit.leading_zeros());
        32 * self.0.len() as i32 - highest as i32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use backprop::rng::Rng;

    fn check(text: &str) {
        let expected = text.parse::<f64>().ok();
        assert_eq!(parse(text).map(f64::to_bits), expected.map(f64::to_bits), "{text}");
    }

    #[test]
    fn reads_as_std_does() {
        for text in [
            "0",
            "-0",
            "0.0",
            "000",
            "1",
            "+1",
            "-1.5",
            ".5",
            "5.",
            "1e3",
            "1E+3",
            "1e-3",
            "0.1",
            "0.3",
            "1e22",
            "1e23",
            "9007199254740993",
            "9007199254740992.5",
            "123456789012345678901234567890",
            "1e308",
            "1.7976931348623157e308",
            "1.7976931348623158e308",
            "1.7976931348623159e308",
            "1e309",
            "1e999999999999",
            "2.2250738585072011e-308",
            "2.2250738585072014e-308",
            "4.9e-324",
            "2.5e-324",
            "2.4e-324",
            "1e-324",
            "1e-999999999999",
            "0e999999999999",
            "0.000000000000000000000000000000000001e36",
            "100e-2",
        ] {
            check(text);
        }
        for text in
            ["", "-", "+", ".", "e5", "1e", "1e+", "--1", "1.2.3", "1e1.5", "inf", "NaN", " 1", "1 ", "0x1"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn reads_any_f64() {
        let mut rng = Rng::new(5);
        let mut half = || (rng.uniform() * f64::from(u32::MAX)) as u64;
        for _ in 0..20_000 {
            let x = f64::from_bits(half() << 32 | half());
            if x.is_finite() {
                check(&format!("{x:e}"));
                check(&format!("{x:.16e}"));
                check(&format!("{x:.30e}"));
            }
            check(&format!("{}{}e-{}", half(), half(), half() % 40));
        }
    }

    /// Middles, and what lies just above and below them.
    #[test]
    fn ties_go_to_the_even_one() {
        for n in (1_u64 << 53)..(1 << 53) + 40 {
            for tail in ["", ".0", ".5", ".000000000000000000000000000001", ".499999999999999999999999"] {
                check(&format!("{n}{tail}"));
            }
        }
        // The middle between 0 and the smallest f64 has 751 digits; one more tells above from below.
        let middle = format!("{:.1100}", f64::from_bits(1));
        let half = halved(middle.trim_start_matches("0."));
        check(&format!("0.{half}"));
        check(&format!("0.{half}0001"));
        check(&format!("0.{}4", &half[..half.trim_end_matches('0').len() - 1]));
        check(&format!("0.{half}{}1", "0".repeat(900)));
    }

    /// A decimal fraction's digits, halved.
    fn halved(digits: &str) -> String {
        let mut rest = 0;
        let mut half: String = digits
            .bytes()
            .map(|b| {
                let ten = 10 * rest + (b - b'0');
                rest = ten % 2;
                char::from(b'0' + ten / 2)
            })
            .collect();
        half.push(if rest == 0 { '0' } else { '5' });
        half
    }
}
