//! Drawn start weights: the seeded schemes that a lesson may name instead of numbers.

use crate::matrix::Matrix;
use crate::network::LayerParams;
use crate::rng::Rng;

/// The distribution that weights are drawn from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Uniform in ±√(6 / (n_in + n_out)) (Glorot and Bengio 2010).
    GlorotUniform,
    /// Normal with standard deviation √(2 / n_in) (He et al. 2015).
    HeNormal,
    /// Normal with standard deviation 1.
    Normal,
    /// All zero.
    Zeros,
}

impl Scheme {
    /// All schemes, in the order in which the page offers them.
    pub const ALL: [Self; 4] = [Self::GlorotUniform, Self::HeNormal, Self::Normal, Self::Zeros];

    /// The word for it in lesson files.
    pub fn word(self) -> &'static str {
        match self {
            Self::GlorotUniform => "glorot_uniform",
            Self::HeNormal => "he_normal",
            Self::Normal => "normal",
            Self::Zeros => "zeros",
        }
    }

    /// The name that the page shows.
    pub fn name(self) -> &'static str {
        match self {
            Self::GlorotUniform => "Glorot uniform",
            Self::HeNormal => "He normal",
            Self::Normal => "normal",
            Self::Zeros => "zeros",
        }
    }
}

/// A layer's start, drawn rather than given. Biases start at zero.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Init {
    /// The distribution.
    pub scheme: Scheme,
    /// What each drawn number is multiplied by.
    pub scale: f64,
    /// The seed: the same seed gives the same weights everywhere.
    pub seed: u64,
    /// Whether the layer has biases.
    pub biases: bool,
}

impl Init {
    /// Draws a layer of `n_out × n_in` weights, row by row.
    pub fn draw(&self, n_out: usize, n_in: usize) -> LayerParams {
        let mut rng = Rng::new(self.seed);
        let weights = Matrix::from_fn(n_out, n_in, |_, _| self.next(&mut rng, n_out, n_in));
        LayerParams { weights, biases: self.biases.then(|| vec![0.0; n_out]) }
    }

    /// The first weight of such a layer, by which it is known.
    pub fn first(&self, n_out: usize, n_in: usize) -> f64 {
        self.next(&mut Rng::new(self.seed), n_out, n_in)
    }

    fn next(&self, rng: &mut Rng, n_out: usize, n_in: usize) -> f64 {
        self.scale
            * match self.scheme {
                Scheme::GlorotUniform => (2.0 * rng.uniform() - 1.0) * (6.0 / (n_in + n_out) as f64).sqrt(),
                Scheme::HeNormal => rng.normal() * (2.0 / n_in as f64).sqrt(),
                Scheme::Normal => rng.normal(),
                Scheme::Zeros => 0.0,
            }
    }
}
