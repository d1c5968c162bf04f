//! Formulas as LaTeX, for papers and slides.

use super::{Dots, FormulaWriter, Function, Sign};
use crate::lesson::names::{Symbol, is_index_expression};
use crate::lesson::quantity::Quantity;
use crate::text::format::unraised;
use backprop::activation::Activation;

/// Writes LaTeX for math mode.
pub struct Latex;

impl FormulaWriter for Latex {
    type Out = String;

    fn symbol(&self, symbol: &Symbol, _: Option<Quantity>) -> String {
        let mut text = letters(&symbol.letter);
        if !symbol.sub.is_empty() {
            text += &format!("_{{{}}}", letters_with_index(&symbol.sub));
        }
        let sup = symbol.sup();
        if !sup.is_empty() {
            let words: Vec<String> = sup.split(' ').map(letters).collect();
            text += &format!("^{{{}}}", words.join(r"\,"));
        }
        text
    }

    fn number(&self, text: &str, _: Option<Quantity>) -> String {
        match text.split_once("×10") {
            None => text.replace('−', "-").replace('∞', r"\infty ").replace('≈', r"\approx"),
            Some((mantissa, power)) => {
                let power: String = power.chars().map(unraised).collect();
                format!(r"{}\times 10^{{{power}}}", mantissa.replace('−', "-"))
            }
        }
    }

    fn partial(&self, of: String, by: String, _: Option<Quantity>) -> String {
        format!(r"\frac{{\partial {of}}}{{\partial {by}}}")
    }

    fn slope(&self, function: &'static str, z: String, _: Quantity) -> String {
        format!("{}'({z})", letters(function))
    }

    fn joined(&self, sign: Sign, parts: Vec<String>) -> String {
        let sign = match sign {
            Sign::Dot => r" \cdot ",
            Sign::Times => r" \times ",
            Sign::Minus => " - ",
            Sign::Becomes => r" \leftarrow ",
            Sign::Elementwise => r" \odot ",
            Sign::Plus => " + ",
            Sign::Equals => " = ",
            Sign::Comma => ", ",
        };
        parts.join(sign)
    }

    fn sum_over(&self, index: String, range: Option<[String; 2]>, term: String) -> String {
        match range {
            Some([first, last]) => format!(r"\sum_{{{index}={first}}}^{{{last}}} {term}"),
            None => format!(r"\sum_{{{index}}} {term}"),
        }
    }

    fn negative(&self, x: String) -> String {
        format!("-{x}")
    }

    fn parenthesised(&self, x: String) -> String {
        format!(r"\left({x}\right)")
    }

    fn fraction(&self, over: String, under: String) -> String {
        format!(r"\frac{{{over}}}{{{under}}}")
    }

    fn power(&self, x: String, exponent: &str) -> String {
        format!("{{{x}}}^{exponent}")
    }

    fn root(&self, x: String) -> String {
        format!(r"\sqrt{{{x}}}")
    }

    fn exp(&self, x: String) -> String {
        format!("e^{{{x}}}")
    }

    fn call(&self, function: Function, arguments: Vec<String>) -> String {
        let name = match function {
            Function::Ln => r"\ln".to_owned(),
            Function::Activation(Activation::Tanh) => r"\tanh".to_owned(),
            Function::Activation(Activation::Sigmoid) => r"\sigma".to_owned(),
            Function::Max => r"\max".to_owned(),
            Function::Min => r"\min".to_owned(),
            Function::AnyActivation(letter) => letters(letter),
            Function::Slope(letter) => format!("{}'", letters(letter)),
            other => format!(r"\operatorname{{{}}}", other.text()),
        };
        format!(r"{name}\left({}\right)", arguments.join(", "))
    }

    fn matrix(&self, rows: Vec<Vec<String>>, (n_rows, n_columns): (usize, usize)) -> String {
        let rows: Vec<String> = rows.iter().map(|row| row.join(" & ")).collect();
        let matrix = format!(r"\begin{{bmatrix}}{}\end{{bmatrix}}", rows.join(r" \\ "));
        format!(r"\underset{{{n_rows} \times {n_columns}}}{{{matrix}}}")
    }

    fn transposed(&self, x: String) -> String {
        format!(r"{{{x}}}^{{\top}}")
    }

    fn ellipsis(&self, dots: Dots) -> String {
        match dots {
            Dots::Across => r"\dots",
            Dots::Down => r"\vdots",
            Dots::Aslant => r"\ddots",
        }
        .to_owned()
    }
}

fn letters(text: &str) -> String {
    match text {
        _ if is_index_expression(text) => text.replace('−', "-"),
        "Δ" => r"\Delta".to_owned(),
        "δ" => r"\delta".to_owned(),
        "α" => r"\alpha".to_owned(),
        "μ" => r"\mu".to_owned(),
        "ρ" => r"\rho".to_owned(),
        "β" => r"\beta".to_owned(),
        "ε" => r"\varepsilon".to_owned(),
        "η" => r"\eta".to_owned(),
        "θ" => r"\theta".to_owned(),
        "σ" => r"\sigma".to_owned(),
        _ if text.ends_with('\u{302}') => format!(r"\hat{{{}}}", letters(text.trim_end_matches('\u{302}'))),
        _ if text.chars().count() == 1 || text.starts_with(['(', '[']) => escape(text),
        _ => format!(r"\mathrm{{{}}}", escape(text)),
    }
}

/// "h₁" below something: the letter with its own indices.
fn letters_with_index(text: &str) -> String {
    if text.chars().all(|c| c.is_ascii_digit() || c == ',') {
        return text.to_owned();
    }
    if is_index_expression(text) {
        return letters(text);
    }
    Latex.symbol(&Symbol::parse(text), None)
}

/// Text outside of formulas.
pub fn text(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\\' => r"\textbackslash{}".to_owned(),
            '{' | '}' | '$' | '&' | '#' | '%' | '_' => format!("\\{c}"),
            '^' | '~' => format!("\\{c}{{}}"),
            other => other.to_string(),
        })
        .collect()
}

/// User text may hold characters that LaTeX reads as commands.
fn escape(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\\' => r"\backslash ".to_owned(),
            '{' | '}' | '$' | '&' | '#' | '%' | '_' => format!("\\{c}"),
            ' ' => r"\ ".to_owned(),
            'ᵀ' => r"\top ".to_owned(),
            '^' => r"\text{\textasciicircum}".to_owned(),
            '~' => r"\text{\textasciitilde}".to_owned(),
            other if other.is_ascii() => other.to_string(),
            // Formulas have no accents.
            other => format!(r"\text{{{other}}}"),
        })
        .collect()
}
