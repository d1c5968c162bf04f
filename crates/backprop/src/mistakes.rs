//! Known mistakes in an update, to be made on purpose: what each does to the numbers stands here, and
//! traces and kernel ask.

use crate::activation::Activation;
use crate::loss::Loss;
use crate::network::Network;
use crate::optimizer::Optimizer;
use crate::trace::{Rule, UpdateOrder};

/// A known mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// The derivatives of a layer are computed with the new weights of the layer behind it:
    /// [`UpdateOrder::LayerByLayer`].
    LayerByLayer,
    /// δ = ∂E/∂a, without the factor g′(z). A cross-entropy's δ of an output has no such factor.
    NoSlope,
    /// w ← w + η ∂E/∂w.
    SignFlipped,
    /// The derivatives of the samples of a batch are added up and not divided by their number.
    SumForMean,
    /// E has the ½ of [`Loss::HalfSquaredError`], and δ is that of Σ (a − y)²: twice as large.
    TwoForHalf,
    /// Biases stay as they are.
    BiasNotUpdated,
    /// What an update has changed is rounded to two digits after the point.
    Rounded,
}

impl Mistake {
    /// All of them, in the order in which the page offers them.
    pub const ALL: [Self; 7] = [
        Self::LayerByLayer,
        Self::NoSlope,
        Self::SignFlipped,
        Self::SumForMean,
        Self::TwoForHalf,
        Self::BiasNotUpdated,
        Self::Rounded,
    ];

    /// The word for it in lesson files.
    pub fn word(self) -> &'static str {
        match self {
            Self::LayerByLayer => "layer_by_layer",
            Self::NoSlope => "no_slope",
            Self::SignFlipped => "sign_flipped",
            Self::SumForMean => "sum_for_mean",
            Self::TwoForHalf => "two_for_half",
            Self::BiasNotUpdated => "bias_not_updated",
            Self::Rounded => "rounded",
        }
    }

    /// Whether it makes the derivatives wrong, and not only what is done with them.
    pub fn is_of_derivatives(self) -> bool {
        matches!(self, Self::LayerByLayer | Self::NoSlope | Self::SumForMean | Self::TwoForHalf)
    }

    /// Whether it changes anything of an update of `network` by `rule` with `n_samples` in a batch.
    pub fn acts(self, network: &Network, rule: Rule, n_samples: usize) -> bool {
        let n_layers = network.n_layers();
        match self {
            Self::LayerByLayer => 1 < n_layers,
            Self::NoSlope => (1..=n_layers).any(|layer| {
                let has_factor = layer < n_layers || !rule.loss.is_of_sums();
                has_factor && network.activation(layer) != Activation::Identity
            }),
            Self::SumForMean => 1 < n_samples,
            Self::TwoForHalf => rule.loss == Loss::HalfSquaredError,
            Self::BiasNotUpdated => {
                rule.train_biases && (1..=n_layers).any(|layer| network.has_biases(layer))
            }
            Self::SignFlipped | Self::Rounded => true,
        }
    }
}

/// Mistakes that are made together. Without [`Mistake::LayerByLayer`], which is a rule's update order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mistakes(u8);

impl Mistakes {
    /// No mistake.
    pub const NONE: Self = Self(0);

    /// Whether `mistake` is one of them.
    pub fn has(self, mistake: Mistake) -> bool {
        self.0 & bit(mistake) != 0
    }

    /// With `mistake`, or without it.
    fn with(self, mistake: Mistake, is_made: bool) -> Self {
        Self(if is_made { self.0 | bit(mistake) } else { self.0 & !bit(mistake) })
    }
}

fn bit(mistake: Mistake) -> u8 {
    1 << mistake as u8
}

impl Rule {
    /// Whether updates by it make `mistake`.
    pub fn makes(self, mistake: Mistake) -> bool {
        match mistake {
            Mistake::LayerByLayer => self.update_order == UpdateOrder::LayerByLayer,
            other => self.mistakes.has(other),
        }
    }

    /// The mistakes that updates by it make.
    pub fn mistakes_made(self) -> impl Iterator<Item = Mistake> {
        Mistake::ALL.into_iter().filter(move |&mistake| self.makes(mistake))
    }

    /// The same rule with `mistake`, or without it.
    pub fn with_mistake(self, mistake: Mistake, is_made: bool) -> Self {
        match mistake {
            Mistake::LayerByLayer => {
                let order = if is_made { UpdateOrder::LayerByLayer } else { UpdateOrder::Simultaneous };
                Self { update_order: order, ..self }
            }
            other => Self { mistakes: self.mistakes.with(other, is_made), ..self },
        }
    }

    /// The same rule without any mistake.
    pub fn mended(self) -> Self {
        Self { update_order: UpdateOrder::Simultaneous, mistakes: Mistakes::NONE, ..self }
    }

    /// Whether ∂E/∂w of a batch of `n_samples` is the derivative that it is taken for.
    pub fn derives(self, network: &Network, n_samples: usize) -> bool {
        let mut made = self.mistakes_made();
        !made.any(|mistake| mistake.is_of_derivatives() && mistake.acts(network, self, n_samples))
    }

    /// Whether only traces make such updates.
    pub fn needs_traces(self) -> bool {
        let of_traces = [Mistake::NoSlope, Mistake::SumForMean, Mistake::TwoForHalf, Mistake::Rounded];
        of_traces.into_iter().any(|mistake| self.makes(mistake))
    }

    /// The optimiser that makes the steps: with −η where the sign is flipped, which every step is
    /// proportional to.
    pub fn stepper(self) -> Optimizer {
        let eta = self.optimizer.learning_rate();
        let is_flipped = self.makes(Mistake::SignFlipped);
        self.optimizer.with_learning_rate(if is_flipped { -eta } else { eta })
    }

    /// Whether biases learn.
    pub fn learns_biases(self) -> bool {
        self.train_biases && !self.makes(Mistake::BiasNotUpdated)
    }

    /// Whether δ has the factor g′(z), in the output layer or before it.
    pub fn takes_slope(self, is_output: bool) -> bool {
        !self.makes(Mistake::NoSlope) || (is_output && self.loss.is_of_sums())
    }

    /// Whether the slope of the loss is taken twice.
    pub fn doubles(self) -> bool {
        self.makes(Mistake::TwoForHalf) && self.loss == Loss::HalfSquaredError
    }

    /// Slopes of the loss as they are taken.
    pub(crate) fn scaled(self, mut slopes: Vec<f64>) -> Vec<f64> {
        if self.doubles() {
            slopes.iter_mut().for_each(|slope| *slope *= 2.0);
        }
        slopes
    }

    /// What is made of the samples' derivatives, as a word.
    pub fn combination(self) -> &'static str {
        if self.makes(Mistake::SumForMean) { "sum" } else { "mean" }
    }

    /// What the sum over `n_samples` is divided by.
    pub fn divisor(self, n_samples: usize) -> f64 {
        if self.makes(Mistake::SumForMean) { 1.0 } else { n_samples as f64 }
    }
}

/// `x` rounded to two digits after the point, halves away from 0. Beyond 2⁵³ / 100 an f64 has no such digits.
pub fn round_to_cents(x: f64) -> f64 {
    const CENTS: f64 = 100.0;
    let cents = x * CENTS;
    if cents.abs() < 9e15 { cents.round() / CENTS } else { x }
}
