//! Matrices as letters.

use crate::explanation::formula::Formula;
use crate::lesson::names::Symbol;

/// One letter per matrix, with its layer above. Only the indexed notation has room for them: the
/// numbered one calls the learning rate a.
pub struct Letters {
    /// The loss.
    pub loss: &'static str,
}

impl Letters {
    pub(super) fn plain(&self, base: &str) -> Formula {
        Formula::Letter(Symbol { base: base.to_owned(), ..Symbol::default() })
    }

    pub(super) fn at(&self, base: &str, layer: usize) -> Formula {
        Formula::Letter(Symbol { base: base.to_owned(), sub: String::new(), sup: format!("({layer})") })
    }

    pub(super) fn transposed(&self, base: &str, layer: usize) -> Formula {
        Formula::Letter(Symbol { base: base.to_owned(), sub: String::new(), sup: format!("({layer})ᵀ") })
    }

    pub(super) fn w(&self, layer: usize) -> Formula {
        self.at("W", layer)
    }

    pub(super) fn a(&self, layer: usize) -> Formula {
        if layer == 0 { self.plain("x") } else { self.at("a", layer) }
    }

    pub(super) fn a_transposed(&self, layer: usize) -> Formula {
        match layer {
            0 => Formula::Letter(Symbol { base: "x".to_owned(), sub: String::new(), sup: "ᵀ".to_owned() }),
            _ => self.transposed("a", layer),
        }
    }

    pub(super) fn slope(&self, layer: usize) -> Formula {
        Formula::Call("g′", vec![self.at("z", layer)])
    }

    pub(super) fn derivative(&self, base: &str, layer: usize) -> Formula {
        self.plain(&format!("∂{}", self.loss)).over(self.at(&format!("∂{base}"), layer))
    }
}
