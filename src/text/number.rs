//! A number from plain decimal text.

/// Reads a number such as "-0.25", "+3", ".5" or "1e-8" to the nearest f64; `None` for anything else, also
/// for the words "inf" and "nan", which std reads. Infinite where it is beyond all f64.
pub fn parse(text: &str) -> Option<f64> {
    let is_part = |b: u8| b.is_ascii_digit() || b"+-.eE".contains(&b);
    if text.bytes().all(is_part) { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_digits_and_no_words() {
        for (text, expected) in [
            ("0", Some(0.0)),
            ("+1", Some(1.0)),
            ("-1.5", Some(-1.5)),
            (".5", Some(0.5)),
            ("5.", Some(5.0)),
            ("1E+3", Some(1000.0)),
            ("100e-2", Some(1.0)),
            ("9007199254740993", Some(9_007_199_254_740_992.0)),
            ("2.4e-324", Some(0.0)),
            ("1e309", Some(f64::INFINITY)),
        ] {
            assert_eq!(parse(text), expected, "{text}");
        }
        assert_eq!(parse("-0").map(f64::to_bits), Some((-0.0_f64).to_bits()));
        for text in [
            "", "-", "+", ".", "e5", "1e", "1e+", "--1", "1.2.3", "1e1.5", " 1", "1 ", "0x1", "inf", "-inf",
            "NaN", "infinity", "INF",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
