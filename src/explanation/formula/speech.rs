//! Formulas as a sentence for a screen reader.

use super::{Dots, FormulaWriter, Function, Sign};
use crate::lesson::names::Symbol;
use crate::lesson::quantity::Quantity;
use crate::text::format::{plain_digits, split_index, unraised};

/// Writes words.
pub struct Speech;

impl FormulaWriter for Speech {
    type Out = String;

    fn symbol(&self, symbol: &Symbol, quantity: Option<Quantity>) -> String {
        let mut words = Vec::new();
        // The rate's letter alone may be heard as an article.
        words.extend((quantity == Some(Quantity::LearningRate)).then(|| "learning rate".to_owned()));
        words.extend(symbol.age.map(|age| age.word().to_owned()));
        words.push(letter(&plain_digits(&symbol.letter)));
        // m and v are an optimiser's, of the parameter that stands below.
        words.extend(
            symbol.letter.starts_with(['m', 'v']).then(|| "of".to_owned()).filter(|_| !symbol.sub.is_empty()),
        );
        if !symbol.sub.is_empty() {
            words.push(spaced(&symbol.sub));
        }
        let raised = symbol.raised.trim_matches(['(', ')', '[', ']']);
        words.extend((!raised.is_empty()).then(|| format!("of layer {raised}")));
        words.extend(symbol.layer.map(|layer| format!("of layer {}", layer.number)));
        words.extend(symbol.sample.map(|sample| format!("of sample {}", sample.number)));
        words.join(" ")
    }

    fn number(&self, text: &str, _: Option<Quantity>) -> String {
        let plain =
            |text: &str| text.replace('−', "negative ").replace('∞', "infinity").replace('≈', "about");
        match text.split_once("×10") {
            None => plain(text),
            Some((mantissa, power)) => {
                let power: String = power.chars().map(unraised).collect();
                format!("{} times 10 to the {}", plain(mantissa), power.replace('-', "negative "))
            }
        }
    }

    fn partial(&self, of: String, by: String, _: Option<Quantity>) -> String {
        format!("the derivative of {of} by {by}")
    }

    fn slope(&self, function: &'static str, z: String, _: Quantity) -> String {
        format!("{} prime of {z}", letter(function))
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
        format!("negative {x}")
    }

    fn parenthesised(&self, x: String) -> String {
        // A lone negative number needs no spoken parentheses.
        let is_lone = x.strip_prefix("negative ").is_some_and(|size| !size.contains(' '));
        if is_lone { x } else { format!("open parenthesis {x} close parenthesis") }
    }

    fn fraction(&self, over: String, under: String) -> String {
        // Where a fraction ends can be seen, but not heard.
        match (over.as_str(), under.as_str()) {
            ("1", "2") => "one half".to_owned(),
            ("1", "3") => "one third".to_owned(),
            ("1", "4") => "one quarter".to_owned(),
            _ => format!("the fraction {over} over {under}, end of fraction"),
        }
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
        // Not "e", which sounds as the error E does.
        format!("the exponential of {x}")
    }

    fn call(&self, function: Function, arguments: Vec<String>) -> String {
        let name = match function {
            Function::Slope(g) => format!("{} prime", letter(g)),
            other => letter(&other.text()),
        };
        format!("{name} of {}", arguments.join(" and "))
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

/// A letter as it is called, which not every voice knows.
fn letter(text: &str) -> String {
    let name = match text.trim_end_matches('\u{302}') {
        "Δ" | "δ" => "delta",
        "α" => "alpha",
        "β" => "beta",
        "ε" => "epsilon",
        "η" => "eta",
        "θ" => "theta",
        "μ" => "mu",
        "ρ" => "rho",
        "σ" => "sigma",
        "Σ" => "sum",
        other => other,
    };
    format!("{name}{}", if text.ends_with('\u{302}') { " hat" } else { "" })
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
