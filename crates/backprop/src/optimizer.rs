//! Optimisers: how a gradient becomes a step.
//!
//! Momentum after Rumelhart, Hinton and Williams 1986; RMSProp after Hinton's lecture 6e; Adam after
//! Kingma and Ba 2015, algorithm 1, with ε outside the root.

use crate::lanes::Lanes;
use crate::network::{LayerParams, Params};

/// How the parameters follow the gradient g of the batch; t counts updates from 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Optimizer {
    /// w ← w − η g.
    Sgd {
        /// η, dimensionless.
        learning_rate: f64,
    },
    /// m ← μ m + g; w ← w − η m.
    Momentum {
        /// η.
        learning_rate: f64,
        /// μ in [0, 1).
        momentum: f64,
    },
    /// v ← ρ v + (1 − ρ) g²; w ← w − η g / (√v + ε).
    Rmsprop {
        /// η.
        learning_rate: f64,
        /// ρ in [0, 1).
        decay: f64,
        /// ε > 0.
        epsilon: f64,
    },
    /// m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²; w ← w − η m̂ / (√v̂ + ε),
    /// with m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ).
    Adam {
        /// η.
        learning_rate: f64,
        /// β₁ in [0, 1).
        beta1: f64,
        /// β₂ in [0, 1).
        beta2: f64,
        /// ε > 0.
        epsilon: f64,
    },
}

/// One parameter's way through an update, or two parameters': what was remembered, and the step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ParamStep<T = f64> {
    /// m after this update; 0 where the method keeps none.
    pub first_moment: T,
    /// v after this update; 0 where the method keeps none.
    pub second_moment: T,
    /// What is added to the parameter.
    pub step: T,
}

impl Optimizer {
    /// Every method with this η and the constants that its authors propose (momentum 0.9).
    pub fn all(learning_rate: f64) -> [Self; 4] {
        [
            Self::Sgd { learning_rate },
            Self::Momentum { learning_rate, momentum: 0.9 },
            Self::Rmsprop { learning_rate, decay: 0.9, epsilon: 1e-8 },
            Self::Adam { learning_rate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
        ]
    }

    /// η.
    pub fn learning_rate(self) -> f64 {
        match self {
            Self::Sgd { learning_rate }
            | Self::Momentum { learning_rate, .. }
            | Self::Rmsprop { learning_rate, .. }
            | Self::Adam { learning_rate, .. } => learning_rate,
        }
    }

    /// The same method with another η.
    pub fn with_learning_rate(mut self, eta: f64) -> Self {
        match &mut self {
            Self::Sgd { learning_rate }
            | Self::Momentum { learning_rate, .. }
            | Self::Rmsprop { learning_rate, .. }
            | Self::Adam { learning_rate, .. } => *learning_rate = eta,
        }
        self
    }

    /// The word for it in lesson files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sgd { .. } => "sgd",
            Self::Momentum { .. } => "momentum",
            Self::Rmsprop { .. } => "rmsprop",
            Self::Adam { .. } => "adam",
        }
    }

    /// The name that the page shows.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sgd { .. } => "gradient descent",
            Self::Momentum { .. } => "momentum",
            Self::Rmsprop { .. } => "RMSProp",
            Self::Adam { .. } => "Adam",
        }
    }

    /// What divides Adam's moments at update number `t` (from 1); 1 for the other methods.
    pub fn corrections(self, t: u64) -> [f64; 2] {
        match self {
            Self::Adam { beta1, beta2, .. } => [bias_correction(beta1, t), bias_correction(beta2, t)],
            _ => [1.0; 2],
        }
    }

    /// The step of one parameter, or two, with gradient `g`, given the moments `m` and `v` before
    /// and [`Self::corrections`] of this update.
    #[inline(always)]
    pub fn step<T: Lanes>(self, corrections: [f64; 2], g: T, m: T, v: T) -> ParamStep<T> {
        let zero = T::splat(0.0);
        let c = T::splat;
        match self {
            Self::Sgd { learning_rate } => {
                ParamStep { first_moment: zero, second_moment: zero, step: -(c(learning_rate) * g) }
            }
            Self::Momentum { learning_rate, momentum } => {
                let m = c(momentum) * m + g;
                ParamStep { first_moment: m, second_moment: zero, step: -(c(learning_rate) * m) }
            }
            Self::Rmsprop { learning_rate, decay, epsilon } => {
                let v = c(decay) * v + c(1.0 - decay) * (g * g);
                let step = -(c(learning_rate) * g / (v.sqrt() + c(epsilon)));
                ParamStep { first_moment: zero, second_moment: v, step }
            }
            Self::Adam { learning_rate, beta1, beta2, epsilon } => {
                let m = c(beta1) * m + c(1.0 - beta1) * g;
                let v = c(beta2) * v + c(1.0 - beta2) * (g * g);
                let corrected_m = m / c(corrections[0]);
                let corrected_v = v / c(corrections[1]);
                let step = -(c(learning_rate) * corrected_m / (corrected_v.sqrt() + c(epsilon)));
                ParamStep { first_moment: m, second_moment: v, step }
            }
        }
    }
}

/// 1 − βᵗ, by which Adam divides its moments.
pub fn bias_correction(beta: f64, t: u64) -> f64 {
    1.0 - libm::pow(beta, t as f64)
}

/// What the optimiser remembers between updates. Zero at the start.
#[derive(Clone, Debug, PartialEq)]
pub struct OptimizerState {
    /// Number of updates made.
    pub n_updates: u64,
    /// m of each parameter.
    pub first_moment: Params,
    /// v of each parameter.
    pub second_moment: Params,
}

impl OptimizerState {
    /// The state before the first update of parameters of this shape.
    pub fn start(params: &Params) -> Self {
        Self { n_updates: 0, first_moment: params.zeros_like(), second_moment: params.zeros_like() }
    }

    /// Whether every moment is finite.
    pub fn is_finite(&self) -> bool {
        self.first_moment.is_finite() && self.second_moment.is_finite()
    }
}

/// Applies one update to one layer in place: `params` and the two moments change, the steps are
/// returned in the layer's shape. Biases stay where they are unless `train_biases`.
pub fn update_layer(
    optimizer: Optimizer,
    t: u64,
    train_biases: bool,
    gradient: &LayerParams,
    params: &mut LayerParams,
    (first, second): (&mut LayerParams, &mut LayerParams),
) -> LayerParams {
    let mut steps = params.zeros_like();
    let corrections = optimizer.corrections(t);
    let apply = |g: &[f64], w: &mut [f64], m: &mut [f64], v: &mut [f64], out: &mut [f64]| {
        for k in 0..g.len() {
            let made = optimizer.step(corrections, g[k], m[k], v[k]);
            (m[k], v[k], out[k]) = (made.first_moment, made.second_moment, made.step);
            w[k] += made.step;
        }
    };
    apply(
        gradient.weights.numbers(),
        params.weights.numbers_mut(),
        first.weights.numbers_mut(),
        second.weights.numbers_mut(),
        steps.weights.numbers_mut(),
    );
    if let (true, Some(g), Some(b), Some(m), Some(v), Some(out)) = (
        train_biases,
        &gradient.biases,
        &mut params.biases,
        &mut first.biases,
        &mut second.biases,
        &mut steps.biases,
    ) {
        apply(g, b, m, v, out);
    }
    steps
}
