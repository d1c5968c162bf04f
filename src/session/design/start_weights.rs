//! How new weights are drawn.

use crate::lesson::limits;
use backprop::init::{Init, Scheme};
use backprop::network::LayerParams;

/// Scheme, scale and seed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StartWeights {
    /// The distribution.
    pub scheme: Scheme,
    /// What each drawn number is multiplied by.
    pub scale: f64,
    /// The seed of the first layer; the k-th layer behind it has its own from the same seed.
    pub seed: u64,
}

impl Default for StartWeights {
    fn default() -> Self {
        Self { scheme: Scheme::GlorotUniform, scale: 1.0, seed: 1 }
    }
}

impl StartWeights {
    /// Whether its scale is one that a lesson may have.
    pub fn is_valid(self) -> bool {
        (0.0..=limits::SCALE).contains(&self.scale)
    }

    /// A layer from seed number `k` of these: 1 for the first layer, and so on.
    pub(super) fn layer(&self, k: usize, n_out: usize, n_in: usize, biases: bool) -> LayerParams {
        self.init(k, biases).draw(n_out, n_in)
    }

    /// Whether `layer` has its weights from seed number `k`.
    pub(super) fn has_made(&self, k: usize, layer: &LayerParams) -> bool {
        let weights = &layer.weights;
        self.init(k, false).first(weights.n_rows(), weights.n_cols()) == weights.at(0, 0)
    }

    fn init(&self, k: usize, biases: bool) -> Init {
        let Self { scheme, scale, seed } = *self;
        // Far apart, so that "the next seed" of one layer is never the seed of another.
        let seed = seed.wrapping_add((k as u64 - 1) << 32);
        Init { scheme, scale, seed, biases }
    }
}
