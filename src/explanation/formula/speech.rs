//! Formulas as a sentence for a screen reader.

use super::{Dots, FormulaWriter, Function, Sign};
use crate::lesson::names::Symbol;
use crate::lesson::quantity::Quantity;
use crate::text::format::{plain_digits, split_index, unraised};

/// Writes words.
pub struct Speech;

impl FormulaWriter for Speech {
    type Out = String;

    fn symbol(&self, symbol: &Symbol, _: Option<Quantity>) -> String {
        let mut words = Vec::new();
        words.extend(symbol.age.map(|age| age.word().to_owned()));
        words.push(plain_digits(&symbol.letter).replace('\u{302}', " hat"));
        if !symbol.sub.is_empty() {
            words.push(spaced(&symbol.sub));
        }
        words.extend((!symbol.raised.is_empty()).then(|| format!("of layer {}", symbol.raised)));
        words.extend(symbol.layer.map(|layer| format!("of layer {}", layer.number)));
        words.extend(symbol.sample.map(|sample| format!("of sample {}", sample.number)));
        words.join(" ")
    }

    fn number(&self, text: &str, _: Option<Quantity>) -> String {
        let plain = |text: &str| text.replace('−', "minus ").replace('∞', "infinity").replace('≈', "about");
        match text.split_once("×10") {
            None => plain(text),
            Some((mantissa, power)) => {
                let power: String = power.chars().map(unraised).collect();
                format!("{} times 10 to the {}", plain(mantissa), power.replace('-', "minus "))
            }
        }
    }

    fn partial(&self, of: String, by: String, _: Option<Quantity>) -> String {
        format!("the derivative of {of} by {by}")
    }

    fn slope(&self, function: &'static str, z: String, _: Quantity) -> String {
        format!("{function} prime of {z}")
    }

    fn joined(&self, sign: Sign, parts: Vec<String>) -> String {
        let word = match sign {
            Sign::Plus => " plus ",
            Sign::Minus => " minus ",
            Sign::Dot | Sign::Times => " times ",
            Sign::Equals => " equals ",
            Sign::Becomes => " becomes ",
            Sign::Elementwise => " element by element times ",
            Sign::Comma => ", ",
        };
        parts.join(word)
    }

    fn sum_over(&self, index: String, range: Option<[String; 2]>, term: String) -> String {
        let range = range.map(|[first, last]| format!(" from {first} to {last}")).unwrap_or_default();
        format!("the sum over {index}{range} of {term}")
    }

    fn negative(&self, x: String) -> String {
        format!("minus {x}")
    }

    fn parenthesised(&self, x: String) -> String {
        // A lone negative number needs no spoken parentheses.
        if x.starts_with("minus ") && !x[6..].contains(' ') { x } else { format!("open {x} close") }
    }

    fn fraction(&self, over: String, under: String) -> String {
        // Where the fraction ends can be seen, but not heard.
        let part = |x: String| {
            let is_long = [" plus ", " minus ", " times ", " over "].iter().any(|sign| x.contains(sign));
            if is_long { self.parenthesised(x) } else { x }
        };
        format!("{} over {}", part(over), part(under))
    }

    fn power(&self, x: String, exponent: &str) -> String {
        match exponent {
            "2" => format!("{x} squared"),
            other => format!("{x} to the {other}"),
        }
    }

    fn root(&self, x: String) -> String {
        format!("the root of {x}")
    }

    fn exp(&self, x: String) -> String {
        format!("e to the {x}")
    }

    fn call(&self, function: Function, arguments: Vec<String>) -> String {
        format!("{} of {}", function.text(), arguments.join(" and "))
    }

    fn matrix(&self, rows: Vec<Vec<String>>, (n_rows, n_columns): (usize, usize)) -> String {
        let rows: Vec<String> = rows.iter().map(|row| row.join(", ")).collect();
        format!("the {n_rows} by {n_columns} matrix {}", rows.join("; "))
    }

    fn transposed(&self, x: String) -> String {
        format!("the transpose of {x}")
    }

    fn ellipsis(&self, _: Dots) -> String {
        "and so on".to_owned()
    }
}

/// "h₁" as "h 1", "12" as "1 2", "w₁₂⁽³⁾" as "w 1 2 of layer 3".
fn spaced(text: &str) -> String {
    let (base, sub, sup) = split_index(text);
    let plain = format!("{base}{sub}");
    let mut words = String::new();
    for c in plain.chars() {
        if c.is_ascii_digit() && !words.is_empty() && !plain.contains(',') {
            words.push(' ');
        }
        words.push(c);
    }
    match sup.trim_matches(['(', ')', '[', ']']) {
        "" => words,
        layer => format!("{words} of layer {layer}"),
    }
}
