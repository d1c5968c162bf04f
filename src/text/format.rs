//! The one number formatter, and its reverse for typed numbers.

use crate::text::number;

/// Fewest and most significant digits that a reader may choose.
pub const DIGITS: std::ops::RangeInclusive<u8> = 2..=10;
/// Digits of "full precision": what every f64 holds for certain. More would show noise such as
/// 0.30000000000000004.
pub const FULL_DIGITS: u8 = 15;

/// By which share of itself a computed number may miss the one on paper: what sixteen roundings add up
/// to at most. A number that is this near to a half, such as 0.0182025 for five digits, is taken for it.
pub const NOISE: f64 = 8.0 * f64::EPSILON;

/// Writes `x` with at most `digits` significant digits: no trailing zeros, a true minus sign, never
/// "−0", powers of ten where a plain decimal would be long. The whole part of a number below
/// 10⁴ is never rounded away. A half is rounded as on paper, away from zero, and so is a number that
/// misses one by no more than [`NOISE`]; [`FULL_DIGITS`] are written as they are.
pub fn number(x: f64, digits: u8) -> String {
    if x.is_nan() {
        return "undefined".to_owned();
    }
    if x.is_infinite() {
        return if x > 0.0 { "∞".to_owned() } else { "−∞".to_owned() };
    }
    let digits = usize::from(digits.max(1));
    let size = if digits < usize::from(FULL_DIGITS) { beyond_noise(x.abs()) } else { x.abs() };
    let scientific = format!("{:.*e}", digits - 1, size);
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let plain_below = i32::try_from(digits.max(4)).unwrap_or(4);
    let magnitude = if (-4..plain_below).contains(&exponent) {
        let decimals = (digits as i32 - 1 - exponent).max(0) as usize;
        trim(&format!("{:.*}", decimals, size)).to_owned()
    } else {
        format!("{}×10{}", trim(mantissa), superscript(&exponent.to_string()))
    };
    if x < 0.0 && magnitude != "0" { format!("−{magnitude}") } else { magnitude }
}

/// `size` so little larger that rounding only tells the difference where it misses a half from below,
/// or where it is one, which std rounds to the even digit.
fn beyond_noise(size: f64) -> f64 {
    (size * (1.0 + NOISE)).min(f64::MAX)
}

/// A count with its digits in groups of three: 10,000.
pub fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (k, digit) in digits.chars().enumerate() {
        if 0 < k && (digits.len() - k).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// "1st", "2nd", "11th".
pub fn ordinal(n: usize) -> String {
    match (n % 10, n % 100) {
        (_, 11..=13) => format!("{n}th"),
        (1, _) => format!("{n}st"),
        (2, _) => format!("{n}nd"),
        (3, _) => format!("{n}rd"),
        _ => format!("{n}th"),
    }
}

/// `x` as a person would type it, exact: the shortest decimal that reads back to the same f64.
pub fn exact(x: f64) -> String {
    // Shorter where 15 digits suffice, which hides no information.
    let short = format!("{x:.14e}");
    if number::parse(&short) == Some(x) { number_with_plain_minus(x) } else { format!("{x}") }
}

fn number_with_plain_minus(x: f64) -> String {
    if x != 0.0 && !(1e-4..1e15).contains(&x.abs()) { format!("{x:e}") } else { format!("{x}") }
}

/// Reads a typed number: a true minus sign, a decimal comma and a power of ten, as in [`split_power`], are
/// understood.
pub fn parse(text: &str) -> Option<f64> {
    let plain = text.trim().replace('−', "-");
    let (mantissa, exponent) = split_power(&plain)?;
    let mantissa = if mantissa.contains('.') { mantissa.to_owned() } else { mantissa.replacen(',', ".", 1) };
    number::parse(&format!("{mantissa}e{exponent}")).filter(|x| x.is_finite())
}

/// The digits and the exponent of a number: of "1.6e-5", "1.6×10⁻⁵" or "1.6 · 10^-5" "1.6" and "-5", of
/// "0.3" "0.3" and "0". `None` where a sign of multiplication stands before anything else.
pub fn split_power(text: &str) -> Option<(&str, String)> {
    let Some((mantissa, power)) = text.split_once(['×', '·', '⋅', '*']) else {
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        return Some((mantissa, exponent.to_owned()));
    };
    let power = power.trim_start().strip_prefix("10")?;
    let is_raised = power.chars().all(|c| unraised(c) != c);
    let exponent = match power.strip_prefix('^') {
        Some(exponent) => exponent.to_owned(),
        None if is_raised => power.chars().map(unraised).collect(),
        None => return None,
    };
    Some((mantissa.trim_end(), exponent))
}

/// `x` moved by `n_steps` of a size that suits it: 0.001 below 0.1, 0.01 below 1, 0.1 below 10, and
/// so on. The result is a multiple of the step, without noise.
pub fn nudged(x: f64, n_steps: i32) -> f64 {
    let scientific = format!("{:e}", x.abs());
    let exponent: i32 = scientific.split_once('e').and_then(|(_, e)| e.parse().ok()).unwrap_or(0);
    // Zero moves like 0.1 to 1.
    let exponent = if x == 0.0 { -1 } else { exponent.clamp(-9, 6) };
    let step_exponent = exponent - 1;
    let step = libm::pow(10.0, f64::from(step_exponent));
    let moved = x + f64::from(n_steps) * step;
    let decimals = usize::try_from(-step_exponent).unwrap_or(0);
    number::parse(&format!("{moved:.decimals$}")).unwrap_or(x)
}

fn trim(decimal: &str) -> &str {
    if decimal.contains('.') { decimal.trim_end_matches('0').trim_end_matches('.') } else { decimal }
}

const SUPERSCRIPTS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
const RAISED_SIGNS: [(char, char); 4] = [('-', '⁻'), ('+', '⁺'), ('(', '⁽'), (')', '⁾')];
const SUBSCRIPTS: [char; 10] = ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'];

/// Digits and a minus sign raised: "-5" becomes "⁻⁵"; other characters stay.
pub fn superscript(text: &str) -> String {
    shift(text, &SUPERSCRIPTS, &RAISED_SIGNS)
}

/// Digits lowered: "12" becomes "₁₂"; other characters stay.
pub fn subscript(text: &str) -> String {
    shift(text, &SUBSCRIPTS, &[('-', '₋'), ('(', '₍'), (')', '₎')])
}

/// Lowered digits back to plain ones.
pub fn plain_digits(text: &str) -> String {
    let plain = |c| SUBSCRIPTS.iter().position(|&s| s == c).map_or(c, |d| char::from(b'0' + d as u8));
    text.chars().map(plain).collect()
}

/// A raised digit or sign as a plain one; other characters stay.
pub fn unraised(c: char) -> char {
    match SUPERSCRIPTS.iter().position(|&s| s == c) {
        Some(digit) => char::from(b'0' + digit as u8),
        None => RAISED_SIGNS.iter().find(|(_, raised)| *raised == c).map_or(c, |(plain, _)| *plain),
    }
}

/// Parts a name from its lowered and raised end: "w₁₁⁽¹⁾" is "w", "11" and "(1)", `w₁₁[¹]` the same with `[1]`.
pub fn split_index(name: &str) -> (&str, String, String) {
    let front = &name[..name.len() - raised_end(name).len()];
    let is_lowered = |c| SUBSCRIPTS.contains(&c);
    let base = if front.ends_with(is_lowered) {
        front.trim_end_matches(|c| is_lowered(c) || c == ',')
    } else {
        front
    };
    (base, plain_digits(&front[base.len()..]), name[front.len()..].chars().map(unraised).collect())
}

/// The raised characters at the end of a name; square brackets have no raised form and stand about raised digits.
fn raised_end(name: &str) -> &str {
    let is_raised = |c| unraised(c) != c;
    let mut front = name;
    loop {
        let shorter = front.trim_end_matches(is_raised);
        let bracketed = shorter.strip_suffix(']').map(|rest| (rest, rest.trim_end_matches(is_raised)));
        match bracketed.and_then(|(rest, before)| Some((rest != before, before.strip_suffix('[')?))) {
            Some((true, before)) => front = before,
            _ => return &name[shorter.len()..],
        }
    }
}

fn shift(text: &str, digits: &[char; 10], others: &[(char, char)]) -> String {
    let shifted = |c: char| match c.to_digit(10) {
        Some(digit) => digits[digit as usize],
        None => others.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to),
    };
    text.chars().map(shifted).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use backprop::rng::Rng;

    #[test]
    fn writes_what_a_reader_expects() {
        for (x, digits, expected) in [
            (0.1 + 0.2, 10, "0.3"),
            (0.1 + 0.2, FULL_DIGITS, "0.3"),
            (-0.808_999_999_999_999_9, 5, "−0.809"),
            (-0.687_65, 5, "−0.68765"),
            (0.327_240_499_999_999_93, 5, "0.32724"),
            (-0.0, 5, "0"),
            (2.0, 5, "2"),
            (1234.6, 2, "1235"),
            (123_456.0, 3, "1.23×10⁵"),
            (3.510_854_8e-5, 6, "3.51085×10⁻⁵"),
            (0.000_438_567_7, 5, "0.00043857"),
            (f64::INFINITY, 5, "∞"),
            (9.999_99, 3, "10"),
            (-1e-300, 3, "−1×10⁻³⁰⁰"),
            // Halves, the first two of them a bit too small, and what only looks like one.
            (0.018_202_499_999_999_998, 5, "0.018203"),
            (-0.034_382_499_999_999_996, 5, "−0.034383"),
            (0.034_382_5, 5, "0.034383"),
            (0.125, 2, "0.13"),
            (-2.5, 1, "−3"),
            (1234.5, 2, "1235"),
            (0.999_995, 5, "1"),
            (9.999_95e-5, 5, "0.0001"),
            (0.034_382_499_999_9, 5, "0.034382"),
            (f64::MAX, 5, "1.7977×10³⁰⁸"),
            (5e-324, 3, "4.94×10⁻³²⁴"),
        ] {
            assert_eq!(number(x, digits), expected);
        }
    }

    /// The f64 `n` places after `x`, or before it.
    fn neighbour(x: f64, n: i64) -> f64 {
        f64::from_bits(x.to_bits().wrapping_add_signed(n))
    }

    /// A decimal of random digits that ends in a 5, and the same rounded by hand to `n_digits`: that
    /// 5 left out and one added to the digits before it.
    fn half(rng: &mut Rng, n_digits: usize) -> (f64, String) {
        let digit = |rng: &mut Rng, least: u64| (least + rng.next_u64() % (10 - least)) as u8;
        let mut digits: Vec<u8> = (0..n_digits).map(|k| digit(rng, u64::from(k == 0))).collect();
        let exponent = (rng.next_u64() % 600) as i32 - 300;
        let text = |digits: &[u8], exponent: i32| {
            let all: String = digits.iter().map(|digit| char::from(b'0' + digit)).collect();
            format!("{}.{}e{exponent}", &all[..1], &all[1..])
        };
        let x = text(&[&digits[..], &[5]].concat(), exponent).parse().unwrap();
        let mut carried = exponent;
        let kept = digits.iter().rposition(|&digit| digit < 9);
        digits[kept.map_or(0, |k| k + 1)..].fill(0);
        match kept {
            Some(k) => digits[k] += 1,
            None => {
                digits[0] = 1;
                carried += 1;
            }
        }
        (x, text(&digits, carried))
    }

    /// What the page writes, as a plain decimal with a power of ten.
    fn value(written: &str) -> f64 {
        let plain: String = written.chars().map(unraised).collect();
        plain.replace('−', "-").replace("×10", "e").parse().unwrap()
    }

    #[test]
    fn halves_are_rounded_away_from_zero_as_on_paper() {
        let mut rng = Rng::new(9);
        for _ in 0..20_000 {
            // Beyond 12 digits the neighbours of a half are nearer to the next digit than to it.
            let n_digits = 1 + (rng.next_u64() % 12) as usize;
            let (half, rounded) = half(&mut rng, n_digits);
            let expected: f64 = rounded.parse().unwrap();
            for n in -6..=6 {
                let x = neighbour(half, n);
                // The whole part is never rounded away.
                if (10.0..1e4).contains(&x) && n_digits < 4 {
                    continue;
                }
                let digits = n_digits as u8;
                assert_eq!(value(&number(x, digits)), expected, "{x:e} at {digits}");
                assert_eq!(value(&number(-x, digits)), -expected, "-{x:e} at {digits}");
            }
        }
    }

    #[test]
    fn what_is_no_half_is_rounded_to_the_nearest() {
        let mut rng = Rng::new(10);
        for _ in 0..20_000 {
            let n_digits = 2 + (rng.next_u64() % 9) as usize;
            let (half, up) = half(&mut rng, n_digits);
            if (10.0..1e4).contains(&half) && n_digits < 4 {
                continue;
            }
            let up: f64 = up.parse().unwrap();
            // By a ten-thousandth of what is between it and the next, or more: far more than noise.
            let off = (up - half).abs() * (1e-4 + rng.uniform() * 0.9);
            let digits = n_digits as u8;
            if 4.0 * NOISE * half < off {
                assert_eq!(value(&number(half + off, digits)), up, "{half:e} + {off:e} at {digits}");
                let down = value(&number(half - off, digits));
                assert!(down < half && half - down <= 1.000_1 * (up - half), "{half:e} - {off:e}: {down:e}");
            }
        }
    }

    #[test]
    fn full_precision_shows_what_is_there() {
        let mut rng = Rng::new(11);
        for _ in 0..5_000 {
            let (x, _) = half(&mut rng, 13);
            for n in -6..=6 {
                let x = neighbour(x, n);
                let expected: f64 = format!("{x:.14e}").parse().unwrap();
                assert_eq!(value(&number(x, FULL_DIGITS)), expected, "{x:e}");
            }
        }
    }

    #[test]
    fn reads_what_a_person_types_and_what_the_page_writes() {
        for (text, expected) in [
            ("0.14", Some(0.14)),
            (" −0,5 ", Some(-0.5)),
            ("3.5×10⁻⁵", Some(3.5e-5)),
            ("1e3", Some(1e3)),
            ("1,6 × 10^-5", Some(1.6e-5)),
            ("1.6·10⁻⁵", Some(1.6e-5)),
            ("1.6×105", None),
            ("1.6²", None),
            (".85", Some(0.85)),
            ("", None),
            ("-", None),
            ("abc", None),
            ("inf", None),
            ("NaN", None),
            ("1e999", None),
            ("1.2.3", None),
            ("1 2", None),
        ] {
            assert_eq!(parse(text), expected, "{text}");
        }
    }

    #[test]
    fn counts_are_grouped() {
        for (n, expected) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(count(n), expected);
        }
    }

    #[test]
    fn nudging_leaves_no_noise() {
        for (x, n, expected) in [
            (0.1, 2, 0.12),
            (0.14, 1, 0.15),
            (0.0, 1, 0.01),
            (2.0, -3, 1.7),
            (0.05, 1, 0.051),
            (0.3, -30, 0.0),
        ] {
            assert_eq!(nudged(x, n), expected, "{x} by {n}");
        }
    }

    #[test]
    fn parts_a_name_from_its_indices() {
        for (name, expected) in [
            ("h₁", ("h", "1", "")),
            ("w₁₁⁽¹⁾", ("w", "11", "(1)")),
            ("w₁₀,₂⁽¹²⁾", ("w", "10,2", "(12)")),
            ("w₀,₁[¹²]", ("w", "0,1", "[12]")),
            ("w₁₁²", ("w", "11", "2")),
            ("h₁[2]", ("h₁[2]", "", "")),
            ("out", ("out", "", "")),
            ("a,", ("a,", "", "")),
            ("12", ("12", "", "")),
            ("₁", ("", "1", "")),
            ("", ("", "", "")),
        ] {
            let (base, sub, sup) = split_index(name);
            assert_eq!((base, sub.as_str(), sup.as_str()), expected);
        }
    }

    #[test]
    fn exact_reads_back_to_the_same_bits() {
        for x in [0.11, -0.808_999_999_999_999_9, 1e-12, 12345.678, 0.1 + 0.2, 0.0] {
            assert_eq!(parse(&exact(x)), Some(x));
        }
    }
}
