//! A number as it was typed: with its digits.

use crate::text::foreign;
use crate::text::format::{self, split_power};
use crate::words::answer as words;

/// By which share of itself a number may miss one that was computed in another order.
const HAIR: f64 = 1e-12;
/// The fewest significant digits that tell one number from another.
const FEWEST_DIGITS: usize = 2;
/// Digits to which a number that is typed with fewer has to be just that: 0.5 is told from 0.497.
const SURE_DIGITS: u8 = 3;
/// Powers of ten beyond all f64.
const MAX_POWER: i32 = 400;
/// Characters of what was typed that a sentence repeats.
const SHOWN_CHARS: usize = 20;

/// A typed number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Typed {
    /// The number.
    pub(super) value: f64,
    /// What a 1 in its last digit is worth: of 0.85 it is 0.01, of 850 it is 1, of 8.5e2 it is 10.
    unit: f64,
    /// Its significant digits: none of 0.
    n_digits: usize,
}

impl Typed {
    /// Reads what the page's number fields read.
    ///
    /// # Errors
    /// A sentence that says what is accepted.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.is_empty() {
            return Err(words::nothing_typed().to_owned());
        }
        let value =
            format::parse(text).ok_or_else(|| words::no_number(&foreign::shown(text, SHOWN_CHARS)))?;
        let plain = text.replace('−', "-");
        let (mantissa, power) = split_power(&plain).unwrap_or((&plain, String::new()));
        let n_decimals = mantissa.split_once(['.', ',']).map_or(0, |(_, decimals)| decimals.len());
        let power = power.parse().unwrap_or(0).clamp(-MAX_POWER, MAX_POWER);
        let unit = libm::pow(10.0, f64::from(power) - n_decimals as f64);
        let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
        Ok(Self { value, unit, n_digits: digits.trim_start_matches('0').len() })
    }

    /// Whether `x`, rounded to the digits that were typed or cut off behind them, is the typed number.
    pub(super) fn fits(self, x: f64) -> bool {
        let hair = HAIR * x.abs();
        let rest = x.abs() - self.value.abs();
        let is_cut = 0.0 <= self.value * x && -hair <= rest && rest < self.unit;
        self.rounds(x) || (self.reaches(x) && is_cut)
    }

    /// Whether `x`, rounded to the digits that were typed, is the typed number.
    pub(super) fn rounds(self, x: f64) -> bool {
        self.reaches(x) && (self.value - x).abs() <= 0.5 * self.unit + HAIR * x.abs()
    }

    /// Whether the last digit that was typed is not before the first one of `x`: "0" and "1" say nothing of 0.85,
    /// and "1" is what 0.96 rounds to.
    fn reaches(self, x: f64) -> bool {
        let first = libm::pow(10.0, libm::floor(libm::log10(x.abs())));
        let first = if 9.5 * first <= x.abs() { 10.0 * first } else { first };
        x.is_finite() && (self.value == x || self.unit <= first * (1.0 + HAIR))
    }

    /// Whether it fits `x` and has enough digits to tell.
    pub(super) fn tells(self, x: f64) -> bool {
        let is_just_that = || format::parse(&format::number(x, SURE_DIGITS)) == Some(self.value);
        self.fits(x) && (FEWEST_DIGITS <= self.n_digits || is_just_that())
    }

    /// Whether it has so many digits that cutting off and rounding hardly differ.
    pub(super) fn is_long(self) -> bool {
        FEWEST_DIGITS < self.n_digits
    }

    /// Whether it is `x` with all its digits.
    pub(super) fn is_just(self, x: f64) -> bool {
        self.is_within(HAIR, x)
    }

    /// Whether it is `x` but for a share of it.
    pub(super) fn is_within(self, share: f64, x: f64) -> bool {
        (self.value - x).abs() <= share * x.abs()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_the_digits_that_were_typed() {
        for (text, value, unit, n_digits) in [
            ("0.85", 0.85, 0.01, 2),
            ("850", 850.0, 1.0, 3),
            ("8.5e2", 850.0, 10.0, 2),
            (" −0,050 ", -0.05, 0.001, 2),
            ("3.5×10⁻⁵", 3.5e-5, 1e-6, 2),
            (".5", 0.5, 0.1, 1),
            ("5.", 5.0, 1.0, 1),
            ("0", 0.0, 1.0, 0),
            ("0e99999999999", 0.0, f64::INFINITY, 0),
        ] {
            let typed = Typed::read(text).unwrap();
            assert_eq!((typed.value, typed.n_digits), (value, n_digits), "{text}");
            assert!((typed.unit - unit).abs() <= 1e-15 * unit || typed.unit == unit, "{text}: {typed:?}");
        }
    }

    #[test]
    fn fits_what_rounds_to_it_and_what_is_cut_to_it() {
        for (text, x, expected) in [
            ("0.85", 0.8549, true),
            ("0.85", 0.8599, true),
            ("0.85", 0.86, false),
            ("0.85", 0.845, true),
            ("0.85", 0.8449, false),
            ("-0.85", -0.8599, true),
            ("-0.85", 0.85, false),
            ("0.00", -0.004, false),
            ("850", 850.4, true),
            ("8.5e2", 858.0, true),
            ("0.3", 0.1 + 0.2, true),
            ("0.30000000000000000", 0.1 + 0.2, true),
            ("0.85", f64::NAN, false),
            ("0.85", f64::INFINITY, false),
        ] {
            assert_eq!(Typed::read(text).unwrap().fits(x), expected, "{text} for {x}");
        }
    }

    #[test]
    fn one_digit_tells_little() {
        for (text, x, expected) in [
            ("0.5", 0.497, false),
            ("0.5", 0.5, true),
            ("0.50", 0.497, true),
            ("0", 0.001, false),
            ("0", 0.0, true),
        ] {
            assert_eq!(Typed::read(text).unwrap().tells(x), expected, "{text} for {x}");
        }
    }
}
