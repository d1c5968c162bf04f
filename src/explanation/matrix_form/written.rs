//! The matrix form as LaTeX and as sentences.

use super::{MatrixEquation, MatrixForm};
use crate::explanation::formula::latex::Latex;
use crate::explanation::formula::speech::Speech;
use crate::explanation::formula::{Formula, View, write};
use crate::moment::Moment;
use crate::words::matrix_form as words;

impl MatrixEquation {
    /// What is computed, as a sentence.
    pub fn spoken(&self, moment: &Moment) -> String {
        let spoken = |formula| write(formula, moment, View::Symbols, &Speech);
        let right = self.symbols.iter().map(spoken);
        right.fold(spoken(&self.left), |left, right| words::equals(&left, &right))
    }

    fn latex_rows(&self, moment: &Moment, digits: u8) -> String {
        let symbols = |formula: &Formula| write(formula, moment, View::Symbols, &Latex);
        let numbers = |formula: &Formula| write(formula, moment, View::Numbers(digits), &Latex);
        let rights = self.symbols.iter().map(symbols).chain(self.numbers.iter().map(numbers));
        let mut rows: Vec<String> = rights.chain([numbers(&self.result)]).collect();
        // What stands there already is not said twice.
        rows.dedup();
        let rows: Vec<String> = rows.iter().map(|row| format!("&= {row}")).collect();
        let letters = self.letters.as_ref().map(|letters| format!("& {} \\\\\n", symbols(letters)));
        format!("{}{} {}", letters.unwrap_or_default(), symbols(&self.left), rows.join(" \\\\\n  "))
    }
}

impl MatrixForm {
    /// All equations as LaTeX, to be put into a document with the package amsmath.
    pub fn latex(&self, moment: &Moment, digits: u8) -> String {
        let equations = self.blocks.iter().flat_map(|block| &block.equations);
        let rows: Vec<String> = equations.map(|equation| equation.latex_rows(moment, digits)).collect();
        format!("\\begin{{align*}}\n{}\n\\end{{align*}}\n", rows.join(" \\\\[1ex]\n"))
    }
}
