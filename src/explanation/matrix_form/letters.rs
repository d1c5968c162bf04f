//! Matrices as letters.

use crate::explanation::formula::{Formula, Function};
use crate::lesson::names::{Names, Symbol};
use crate::lesson::notation::Facts;

/// One letter per matrix, with its layer above. Only a notation with letters for layers has room for them: the
/// numbered ones call the learning rate a.
pub struct Letters<'a> {
    /// What they are called.
    pub names: &'a Names,
    /// How many layers there are.
    pub n_layers: usize,
}

impl Letters<'_> {
    pub(super) fn plain(&self, letter: &str) -> Formula {
        Formula::Letter(Symbol::new(letter))
    }

    pub(super) fn at(&self, letter: &str, layer: usize) -> Formula {
        Formula::Letter(self.names.of_layer(letter, layer))
    }

    pub(super) fn transposed(&self, letter: &str, layer: usize) -> Formula {
        Formula::Letter(Symbol { is_transposed: true, ..self.names.of_layer(letter, layer) })
    }

    pub(super) fn w(&self, layer: usize) -> Formula {
        self.at("W", layer)
    }

    /// The letter of biases.
    pub(super) fn bias(&self) -> &'static str {
        self.names.facts().bias
    }

    pub(super) fn z(&self, layer: usize) -> Formula {
        self.at(self.names.facts().sum, layer)
    }

    pub(super) fn delta(&self, layer: usize) -> Formula {
        self.at(self.names.delta(), layer)
    }

    pub(super) fn target(&self) -> Formula {
        self.plain(self.names.facts().target)
    }

    pub(super) fn a(&self, layer: usize) -> Formula {
        Formula::Letter(self.activation(layer))
    }

    pub(super) fn a_transposed(&self, layer: usize) -> Formula {
        Formula::Letter(Symbol { is_transposed: true, ..self.activation(layer) })
    }

    /// The letter of a layer's activations; the inputs and predictions with letters of their own need no layer.
    fn activation(&self, layer: usize) -> Symbol {
        let Facts { input, hidden, output, .. } = *self.names.facts();
        match layer {
            0 if input != hidden => Symbol::new(input),
            l if l == self.n_layers && output != hidden => Symbol::new(output),
            _ => self.names.of_layer(hidden, layer),
        }
    }

    /// δ of all samples side by side.
    pub(super) fn deltas(&self, layer: usize) -> Formula {
        self.at(&capital(self.names.delta()), layer)
    }

    /// The activations of all samples, one in each row.
    pub(super) fn activations_transposed(&self, layer: usize) -> Formula {
        self.transposed(&capital(self.names.facts().hidden), layer)
    }

    pub(super) fn slope(&self, layer: usize) -> Formula {
        Formula::Call(Function::Slope(self.names.function()), vec![self.z(layer)])
    }

    pub(super) fn derivative(&self, letter: &str, layer: usize) -> Formula {
        Formula::PartialLetters(Symbol::new(self.names.loss()), self.names.of_layer(letter, layer))
    }
}

/// The letter of a matrix whose columns have this one: δ as Δ, dz as dZ.
fn capital(letter: &str) -> String {
    let (front, last) = letter.split_at(letter.char_indices().next_back().map_or(0, |(at, _)| at));
    format!("{front}{}", last.to_uppercase())
}
