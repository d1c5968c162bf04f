//! A logarithmic slider: whole positions to round numbers and back.

use crate::text::number;

/// Positions per power of ten: neighbours differ by about an eighth.
const PER_POWER: f64 = 20.0;
/// The power of ten of the lowest position.
const LOWEST: f64 = -4.0;
/// The highest position: 10.
pub const LAST: u32 = 100;

/// The number at a position, with two digits: 0.0001 at 0, 10 at [`LAST`].
pub fn value(position: u32) -> f64 {
    let exact = libm::pow(10.0, f64::from(position.min(LAST)) / PER_POWER + LOWEST);
    let digits = format!("{exact:.1e}");
    number::parse(&digits).unwrap_or(exact)
}

/// The position nearest to a number; the ends for what lies beyond them.
pub fn position(value: f64) -> u32 {
    if value <= 0.0 || value.is_nan() {
        return 0;
    }
    let position = (libm::log10(value) - LOWEST) * PER_POWER;
    position.round().clamp(0.0, f64::from(LAST)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_position_gives_another_number_and_is_found_again() {
        for at in 0..=LAST {
            assert_eq!(position(value(at)), at);
        }
        assert!((0..LAST).all(|at| value(at) < value(at + 1)));
    }

    #[test]
    fn numbers_are_round() {
        for (at, expected) in [(0, 0.0001), (34, 0.005), (54, 0.05), (74, 0.5), (80, 1.0), (LAST, 10.0)] {
            assert_eq!(value(at), expected);
        }
    }

    #[test]
    fn what_lies_beyond_the_ends_stands_at_them() {
        for (x, expected) in
            [(0.0, 0), (-1.0, 0), (1e-9, 0), (1000.0, LAST), (f64::NAN, 0), (f64::INFINITY, LAST)]
        {
            assert_eq!(position(x), expected, "{x}");
        }
    }
}
