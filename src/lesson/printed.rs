//! A number as a source prints it.

use crate::text::format::{NOISE, split_power};
use crate::text::number;

/// A number as printed, and how exactly.
#[derive(Clone, Debug, PartialEq)]
pub struct Printed {
    value: f64,
    /// What a 1 in the place of its last digit is worth.
    unit: f64,
}

/// Reads a printed number: "0.191", "−.85", "1.6e-5", "1.6·10⁻⁵" or "1.6 × 10^-5"; `None` for anything
/// else.
pub fn parse_printed(text: &str) -> Option<Printed> {
    let text = text.replace('−', "-");
    let (mantissa, exponent) = split_power(&text)?;
    let digits = mantissa.strip_prefix('-').unwrap_or(mantissa);
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    if !is_number(whole) || !is_number(decimals) || whole.len() + decimals.len() == 0 {
        return None;
    }
    let exponent: i64 = exponent.parse().ok()?;
    let last = exponent.saturating_sub(decimals.len() as i64);
    let value = number::parse(&format!("{mantissa}e{exponent}"))?;
    let unit = number::parse(&format!("1e{last}"))?;
    (value.is_finite() && unit.is_finite()).then_some(Printed { value, unit })
}

impl Printed {
    /// Whether `ours` rounds to the printed digits. Where it is half-way between two of so many digits, or
    /// may be on paper, either of them may have been printed.
    pub fn agrees(&self, ours: f64) -> bool {
        (ours - self.value).abs() <= 0.5 * self.unit + NOISE * ours.abs()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_digits_decide() {
        for (printed, ours, expected) in [
            ("0.191", 0.191, true),
            (".85", 0.85, true),
            (".85", 0.923_619, false),
            ("-0.034", -0.034_382_5, true),
            ("−0.034", -0.034_382_5, true),
            ("0.0000351085", 3.510_854_8e-5, true),
            ("0.10", 0.098_202_5, true),
            ("2", 2.0, true),
            // Halves: either neighbour, and no other.
            ("0.034382", 0.034_382_5, true),
            ("0.034383", 0.034_382_5, true),
            ("0.034381", 0.034_382_5, false),
            ("0.034384", 0.034_382_5, false),
            ("-0.018202", 0.05 * -0.364_05, true),
            ("-0.018203", 0.05 * -0.364_05, true),
            ("0.018202", 0.018_202_500_01, false),
            ("0.018203", 0.018_202_499_99, false),
            // Powers of ten.
            ("1.6e-5", 1.649e-5, true),
            ("1.6E-5", 1.651e-5, false),
            ("1.6e+5", 160_000.0, true),
            ("1.6e5", 164_000.0, true),
            ("1.6e5", 166_000.0, false),
            ("2e3", 2400.0, true),
            ("1.60·10⁻⁵", 1.604e-5, true),
            ("1.60×10^-5", 1.606e-5, false),
            ("−1.6 × 10⁻⁵", -1.6e-5, true),
            ("1.6*10^5", 160_000.0, true),
            ("0.000", 0.000_4, true),
            ("0.000", -0.000_4, true),
            ("1e-400", 0.0, true),
        ] {
            let found = parse_printed(printed).map(|p| p.agrees(ours));
            assert_eq!(found, Some(expected), "{printed} and {ours}");
        }
        for text in [
            "",
            ".",
            "-",
            "a",
            "1.2.3",
            "--1",
            "1e",
            "e5",
            "1e5.0",
            "1e--5",
            "1e400",
            "1.6×105",
            "1.6·5",
            "1 2",
            "1.6×10",
            "inf",
            "NaN",
            "1e99999999999999999999",
        ] {
            assert_eq!(parse_printed(text), None, "{text}");
        }
    }
}
