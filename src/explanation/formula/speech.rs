//! Formulas as a sentence for a screen reader.

use super::{Dots, FormulaWriter, Function, Sign};
use crate::lesson::names::{Age, Symbol};
use crate::lesson::quantity::Quantity;
use crate::moment::ABOUT;
use crate::text::format::{plain_digits, split_index, unraised};
use crate::words::step::speech as words;

/// The sign above a letter: m̂.
const HAT: char = '\u{302}';

/// Writes words.
pub struct Speech;

impl FormulaWriter for Speech {
    type Out = String;

    fn symbol(&self, symbol: &Symbol, quantity: Option<Quantity>) -> String {
        let alone = letter(&plain_digits(&symbol.letter));
        let indexed = match (symbol.sub.is_empty(), symbol.letter.starts_with(['m', 'v'])) {
            (true, _) => alone,
            // m and v are an optimiser's, of the parameter that stands below.
            (false, true) => words::of_parameter(&alone, &spaced(&symbol.sub)),
            (false, false) => format!("{alone} {}", spaced(&symbol.sub)),
        };
        let raised = symbol.raised.trim_matches(['(', ')', '[', ']']);
        let of_raised = if raised.is_empty() { indexed } else { words::of_layer(&indexed, &raised) };
        let of_layer = match symbol.layer {
            Some(layer) => words::of_layer(&of_raised, &layer.number),
            None => of_raised,
        };
        let of_sample = match symbol.sample {
            Some(sample) => words::of_sample(&of_layer, &sample.number),
            None => of_layer,
        };
        let aged = match symbol.age {
            Some(Age::Old) => words::old(&of_sample),
            Some(Age::New) => words::new(&of_sample),
            None => of_sample,
        };
        if quantity == Some(Quantity::LearningRate) { words::learning_rate(&aged) } else { aged }
    }

    fn number(&self, text: &str, _: Option<Quantity>) -> String {
        if let Some(size) = text.strip_prefix(ABOUT) {
            return words::about(&self.number(size, None));
        }
        if let Some(size) = text.strip_prefix('−') {
            return words::negative(&self.number(size, None));
        }
        match text.split_once("×10") {
            None if text == "∞" => words::infinity().to_owned(),
            None => text.to_owned(),
            Some((mantissa, power)) => {
                let power: String = power.chars().map(unraised).collect();
                let exponent = match power.strip_prefix('-') {
                    Some(size) => words::negative(&size),
                    None => power,
                };
                words::times_power_of_ten(&mantissa, &exponent)
            }
        }
    }

    fn partial(&self, of: String, by: String, _: Option<Quantity>) -> String {
        words::derivative(&of, &by)
    }

    fn slope(&self, function: &'static str, z: String, _: Quantity) -> String {
        words::function_of(&words::prime(&letter(function)), &z)
    }

    fn joined(&self, sign: Sign, parts: Vec<String>) -> String {
        let two = |left: String, right: String| match sign {
            Sign::Plus => words::plus(&left, &right),
            Sign::Minus => words::minus(&left, &right),
            Sign::Dot | Sign::Times => words::times(&left, &right),
            Sign::Equals => words::equals(&left, &right),
            Sign::Becomes => words::becomes(&left, &right),
            Sign::Elementwise => words::times_elementwise(&left, &right),
            Sign::Comma => words::comma(&left, &right),
        };
        parts.into_iter().reduce(two).unwrap_or_default()
    }

    fn sum_over(&self, index: String, range: Option<[String; 2]>, term: String) -> String {
        match range {
            Some([first, last]) => words::sum_over_range(&index, &first, &last, &term),
            None => words::sum_over(&index, &term),
        }
    }

    fn negative(&self, x: String) -> String {
        words::negative(&x)
    }

    fn parenthesised(&self, x: String) -> String {
        words::parenthesised(x)
    }

    fn fraction(&self, over: String, under: String) -> String {
        match (over.as_str(), under.as_str()) {
            ("1", "2") => words::one_half().to_owned(),
            ("1", "3") => words::one_third().to_owned(),
            ("1", "4") => words::one_quarter().to_owned(),
            _ => words::fraction(&over, &under),
        }
    }

    fn power(&self, x: String, exponent: &str) -> String {
        match exponent {
            "2" => words::squared(&x),
            other => words::power(&x, &other),
        }
    }

    fn root(&self, x: String) -> String {
        words::root(&x)
    }

    fn exp(&self, x: String) -> String {
        words::exponential(&x)
    }

    fn call(&self, function: Function, arguments: Vec<String>) -> String {
        let name = match function {
            Function::Slope(g) => words::prime(&letter(g)),
            other => letter(&other.text()),
        };
        let and = |left: String, right: String| words::and(&left, &right);
        words::function_of(&name, &arguments.into_iter().reduce(and).unwrap_or_default())
    }

    fn matrix(&self, rows: Vec<Vec<String>>, (n_rows, n_columns): (usize, usize)) -> String {
        words::matrix(&n_rows, &n_columns, &words::rows(&rows))
    }

    fn transposed(&self, x: String) -> String {
        words::transpose(&x)
    }

    fn ellipsis(&self, _: Dots) -> String {
        words::and_so_on().to_owned()
    }
}

/// A letter as it is called, which not every voice knows.
fn letter(text: &str) -> String {
    let name = match text.trim_end_matches(HAT) {
        "Δ" | "δ" => words::delta(),
        "α" => words::alpha(),
        "β" => words::beta(),
        "ε" => words::epsilon(),
        "η" => words::eta(),
        "θ" => words::theta(),
        "μ" => words::mu(),
        "ρ" => words::rho(),
        "σ" => words::sigma(),
        "Σ" => words::sum(),
        other => other,
    };
    if text.ends_with(HAT) { words::hat(&name) } else { name.to_owned() }
}

/// "h₁" as "h 1", "12" as "1 2", "w₁₂⁽³⁾" as "w 1 2 of layer 3".
fn spaced(text: &str) -> String {
    let (base, sub, sup) = split_index(text);
    let plain = format!("{base}{sub}");
    let mut spaced = String::new();
    for c in plain.chars() {
        if c.is_ascii_digit() && !spaced.is_empty() && !plain.contains(',') {
            spaced.push(' ');
        }
        spaced.push(c);
    }
    match sup.trim_matches(['(', ')', '[', ']']) {
        "" => spaced,
        layer => words::of_layer(&spaced, &layer),
    }
}
