//! Matrices as letters.

use crate::explanation::formula::{Formula, Function};
use crate::lesson::names::Symbol;

/// One letter per matrix, with its layer above. Only the indexed notation has room for them: the
/// numbered one calls the learning rate a.
pub struct Letters {
    /// The loss.
    pub loss: &'static str,
}

impl Letters {
    pub(super) fn plain(&self, letter: &str) -> Formula {
        Formula::Letter(Symbol::new(letter))
    }

    pub(super) fn at(&self, letter: &str, layer: usize) -> Formula {
        Formula::Letter(Symbol { layer: Some(layer), ..Symbol::new(letter) })
    }

    pub(super) fn transposed(&self, letter: &str, layer: usize) -> Formula {
        Formula::Letter(Symbol { layer: Some(layer), is_transposed: true, ..Symbol::new(letter) })
    }

    pub(super) fn w(&self, layer: usize) -> Formula {
        self.at("W", layer)
    }

    pub(super) fn a(&self, layer: usize) -> Formula {
        if layer == 0 { self.plain("x") } else { self.at("a", layer) }
    }

    pub(super) fn a_transposed(&self, layer: usize) -> Formula {
        match layer {
            0 => Formula::Letter(Symbol { is_transposed: true, ..Symbol::new("x") }),
            _ => self.transposed("a", layer),
        }
    }

    pub(super) fn slope(&self, layer: usize) -> Formula {
        Formula::Call(Function::Slope, vec![self.at("z", layer)])
    }

    pub(super) fn derivative(&self, letter: &str, layer: usize) -> Formula {
        let by = Symbol { layer: Some(layer), ..Symbol::new(letter) };
        Formula::PartialLetters(Symbol::new(self.loss), by)
    }
}
