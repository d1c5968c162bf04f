//! Formulas as a sentence for a screen reader.

use super::{Dots, Notation};
use crate::format::plain_digits;
use crate::names::Symbol;
use crate::quantity::Quantity;

/// Writes words.
pub struct Speech;

impl Notation for Speech {
    type Out = String;

    fn symbol(&self, symbol: &Symbol, _: Option<Quantity>) -> String {
        let mut words = Vec::new();
        if symbol.sup.ends_with("new") {
            words.push("new".to_owned());
        }
        words.push(spoken(&symbol.base));
        if !symbol.sub.is_empty() {
            words.push(spaced(&symbol.sub));
        }
        if let Some(layer) = symbol.sup.strip_prefix('(').and_then(|sup| sup.split(')').next()) {
            words.push(format!("of layer {layer}"));
        }
        if let Some(sample) = symbol.sup.split('[').nth(1).and_then(|sup| sup.strip_suffix(']')) {
            words.push(format!("of sample {sample}"));
        }
        if symbol.sup == "old" {
            words.insert(0, "old".to_owned());
        }
        words.join(" ")
    }

    fn number(&self, text: &str, _: Option<Quantity>) -> String {
        text.replace('−', "minus ").replace('∞', "infinity")
    }

    fn partial(&self, of: String, by: String, _: Option<Quantity>) -> String {
        format!("the derivative of {of} by {by}")
    }

    fn slope(&self, z: String, _: Quantity) -> String {
        format!("g prime of {z}")
    }

    fn joined(&self, sign: &'static str, parts: Vec<String>) -> String {
        let word = match sign {
            "+" => " plus ",
            "−" => " minus ",
            "·" | "×" => " times ",
            "=" => " equals ",
            "←" => " becomes ",
            "⊙" => " element by element times ",
            _ => ", ",
        };
        parts.join(word)
    }

    fn negative(&self, x: String) -> String {
        format!("minus {x}")
    }

    fn parenthesised(&self, x: String) -> String {
        // A lone negative number needs no spoken parentheses.
        if x.starts_with("minus ") && !x[6..].contains(' ') { x } else { format!("open {x} close") }
    }

    fn fraction(&self, over: String, under: String) -> String {
        format!("{over} over {under}")
    }

    fn square(&self, x: String) -> String {
        format!("{x} squared")
    }

    fn root(&self, x: String) -> String {
        format!("the root of {x}")
    }

    fn exp(&self, x: String) -> String {
        format!("e to the {x}")
    }

    fn call(&self, name: &'static str, arguments: Vec<String>) -> String {
        format!("{name} of {}", arguments.join(" and "))
    }

    fn matrix(&self, rows: Vec<Vec<String>>) -> String {
        let rows: Vec<String> = rows.iter().map(|row| row.join(", ")).collect();
        format!("the matrix {}", rows.join("; "))
    }

    fn ellipsis(&self, _: Dots) -> String {
        "and so on".to_owned()
    }
}

/// Letters that a screen reader may not know by name.
fn spoken(base: &str) -> String {
    match base {
        "Δ" | "δ" => "delta".to_owned(),
        "α" => "alpha".to_owned(),
        "β" => "beta".to_owned(),
        "ε" => "epsilon".to_owned(),
        "μ" => "mu".to_owned(),
        "ρ" => "rho".to_owned(),
        "m̂" => "m hat".to_owned(),
        "v̂" => "v hat".to_owned(),
        _ => plain_digits(base),
    }
}

/// "h₁" as "h 1", "12" as "1 2".
fn spaced(text: &str) -> String {
    let plain = plain_digits(text);
    let mut words = String::new();
    for c in plain.chars() {
        if c.is_ascii_digit() && !words.is_empty() && !plain.contains(',') {
            words.push(' ');
        }
        words.push(c);
    }
    words
}
