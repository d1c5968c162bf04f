//! How wide text is, estimated by its characters, and numbers written to fit a room. A browser
//! could measure; estimating keeps the layout testable and free of reflows.

use crate::lesson::names::{Symbol, Written, minus};
use crate::text::format;

/// Width of a line of text in digit widths. Errs on the wide side.
pub fn width(text: &str) -> f64 {
    text.chars().map(char_width).sum()
}

fn char_width(c: char) -> f64 {
    match c {
        '.' | ',' | ' ' | '\u{a0}' | '·' | 'i' | 'l' | 'j' | '(' | ')' | '/' | '|' => 0.56,
        '−' | '+' | '→' | '×' | 'm' | 'w' | 'M' | 'W' | '∞' => 1.4,
        '⁰' | '¹' | '²' | '³' | '⁴'..='⁹' | '⁻' | '₀'..='₉' => 0.68,
        _ => 1.0,
    }
}

/// Width of a name in the names' font, in em.
pub fn name_width(written: &Written) -> f64 {
    match written {
        Written::Symbol(symbol) => symbol_width(symbol),
        Written::Partial { of, by } => 0.9 + symbol_width(of) + symbol_width(by) + 0.8,
        Written::Slope { at, .. } => 1.2 + symbol_width(at),
        Written::Correction(beta) => 2.4 + symbol_width(beta),
        Written::Scaled { is_negative, factor, rest } => {
            letters(&format!("{}{factor}", minus(*is_negative))) + 0.3 + name_width(rest)
        }
    }
}

/// Width in digits of the widest of these numbers, with two digits.
pub fn widest<'a>(numbers: impl Iterator<Item = &'a f64>) -> f64 {
    numbers.map(|x| width(&format::number(*x, 2))).fold(0.0, f64::max)
}

/// Width in em of a name's widest part where it is broken into two lines at the best of its spaces.
pub fn folded_width(written: &Written) -> f64 {
    let whole = name_width(written);
    let Written::Symbol(Symbol { letter: base, .. }) = written else { return whole };
    let wider = |at: usize| letters(&base[..at]).max(whole - letters(&base[..=at]));
    base.match_indices(' ').map(|(at, _)| wider(at)).fold(whole, f64::min)
}

/// Width in digits of text that is broken at spaces into at most so many lines, as narrow as can be.
pub fn folded(text: &str, most: usize) -> f64 {
    let words: Vec<f64> = text.split(' ').map(width).collect();
    let space = width(" ");
    let line = |words: &[f64]| words.iter().sum::<f64>() + space * (words.len() - 1) as f64;
    // A width is as narrow as can be where one line fills it.
    let widths = (0..words.len()).flat_map(|i| (i..words.len()).map(move |j| (i, j)));
    let widths = widths.map(|(i, j)| line(&words[i..=j]));
    widths.filter(|room| n_lines(&words, *room, space) <= most).fold(line(&words), f64::min)
}

/// How many lines words take; the most there can be where one is wider than a line.
fn n_lines(words: &[f64], room: f64, space: f64) -> usize {
    let (mut n, mut left) = (0, 0.0);
    for word in words {
        if room + 1e-9 < *word {
            return usize::MAX;
        }
        if left + 1e-9 < *word {
            n += 1;
            left = room;
        }
        left -= word + space;
    }
    n
}

fn symbol_width(symbol: &Symbol) -> f64 {
    letters(&symbol.letter) + 0.76 * letters(&symbol.sub).max(letters(&symbol.sup()))
}

fn letters(text: &str) -> f64 {
    let letter = |c| match c {
        'w' | 'm' | 'Δ' | 'W' | 'M' => 0.74,
        'i' | 'l' | 'j' | 't' | '(' | ')' | ',' | ' ' => 0.34,
        _ => 0.54,
    };
    text.chars().map(letter).sum()
}

/// A number written so that it fits a room.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitted {
    /// The number.
    pub text: String,
    /// Significant digits that it is written with.
    pub digits: u8,
    /// Size of the type in pixels.
    pub size: f64,
}

/// Writes `x` with `digits` digits in the largest of `sizes` (in pixels, largest first) in which it
/// fits `room` pixels; where it fits in none, with fewer digits; where even two are too many, smaller.
/// `digit` is the width of a digit in em.
pub fn fit(x: f64, digits: u8, room: f64, digit: f64, sizes: &[f64]) -> Fitted {
    let smallest = sizes.last().copied().unwrap_or(room);
    let wide = |text: &str, size: f64| width(text) * digit * size;
    let fewest = digits.min(2);
    for digits in (fewest..=digits).rev() {
        let text = format::number(x, digits);
        for &size in sizes {
            if wide(&text, size) <= room {
                return Fitted { text, digits, size };
            }
        }
    }
    let text = format::number(x, fewest);
    let size = smallest * (room / wide(&text, smallest)).clamp(0.0, 1.0);
    Fitted { text, digits: fewest, size }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_folded_at_its_spaces() {
        let text = "hidden 1\u{a0}· ReLU";
        assert!((folded(text, 1) - width(text)).abs() < 1e-9);
        assert_eq!(folded(text, 2), width("1\u{a0}· ReLU"));
        assert_eq!(folded(text, 3), width("hidden"));
        assert_eq!(folded("inputs", 3), width("inputs"));
        assert_eq!(folded("outputs\u{a0}· tanh", 3), width("outputs\u{a0}·"));
        let name = Written::Symbol(Symbol::new("petal length"));
        assert!((folded_width(&name) - letters("length")).abs() < 1e-9);
    }

    #[test]
    fn a_number_keeps_its_digits_before_its_size() {
        let sizes = [20.0, 14.0];
        let fitted = |x, room| {
            let Fitted { text, size, .. } = fit(x, 5, room, 0.6, &sizes);
            (text, size)
        };
        assert_eq!(fitted(0.85, 70.0), ("0.85".to_owned(), 20.0));
        assert_eq!(fitted(0.593_27, 70.0), ("0.59327".to_owned(), 14.0));
        assert_eq!(fitted(-0.593_27, 52.0), ("−0.593".to_owned(), 14.0));
        let (text, size) = fitted(-123_456.0, 30.0);
        assert_eq!(text, "−1.2×10⁵");
        assert!(size < 14.0 && width(&text) * 0.6 * size <= 30.0 + 1e-9);
    }
}
