//! Optimisers: how a gradient becomes a step.
//!
//! Momentum after Rumelhart, Hinton and Williams 1986; Nesterov momentum after Sutskever et al. 2013; RMSProp after Hinton's lecture 6e; Adam after
//! Kingma and Ba 2015, algorithm 1, with ε outside the root.

use crate::lanes::Lanes;
use crate::mistakes::{Mistake, round_to_cents};
use crate::network::{LayerParams, Params};
use crate::trace::Rule;

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
    /// m ← μ m + g; w ← w − η (g + μ m), with the new m: the form of PyTorch's `SGD(nesterov=True)`,
    /// after Sutskever, Martens, Dahl and Hinton 2013, section 2.
    Nesterov {
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

/// A number of a method beside η.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constant {
    /// μ.
    Momentum,
    /// ρ.
    Decay,
    /// β₁.
    Beta1,
    /// β₂.
    Beta2,
    /// ε.
    Epsilon,
}

impl Constant {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Momentum, Self::Decay, Self::Beta1, Self::Beta2, Self::Epsilon];

    /// The word for it in lesson files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Momentum => "momentum",
            Self::Decay => "decay",
            Self::Beta1 => "beta1",
            Self::Beta2 => "beta2",
            Self::Epsilon => "epsilon",
        }
    }

    /// The numbers that it can be, in words.
    pub fn range(self) -> &'static str {
        match self {
            Self::Epsilon => "above 0 and at most 1",
            _ => "0 or more and below 1",
        }
    }

    /// Whether it can be `x`.
    pub fn accepts(self, x: f64) -> bool {
        match self {
            Self::Epsilon => 0.0 < x && x <= 1.0,
            _ => (0.0..1.0).contains(&x),
        }
    }
}

/// What is said of a method beside its step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OptimizerFacts {
    /// The word for it in lesson files.
    pub word: &'static str,
    /// The name that lists show.
    pub name: &'static str,
    /// The name that stands by itself.
    pub full_name: &'static str,
    /// Whether it remembers m.
    pub has_first_moment: bool,
    /// Whether it remembers v.
    pub has_second_moment: bool,
    /// Whether it corrects the moments for their start at 0.
    pub corrects: bool,
}

/// η and the other numbers of a method, to be changed.
type Numbers<'a> = (&'a mut f64, [Option<(Constant, &'a mut f64)>; 3]);

impl Optimizer {
    /// Every method with this η and the constants that its authors propose (momentum 0.9).
    pub const fn all(learning_rate: f64) -> [Self; 5] {
        [
            Self::Sgd { learning_rate },
            Self::Momentum { learning_rate, momentum: 0.9 },
            Self::Nesterov { learning_rate, momentum: 0.9 },
            Self::Rmsprop { learning_rate, decay: 0.9, epsilon: 1e-8 },
            Self::Adam { learning_rate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
        ]
    }

    /// What is said of it.
    pub const fn facts(self) -> OptimizerFacts {
        match self {
            Self::Sgd { .. } => OptimizerFacts {
                word: "sgd",
                name: "gradient descent",
                full_name: "gradient descent",
                has_first_moment: false,
                has_second_moment: false,
                corrects: false,
            },
            Self::Momentum { .. } => OptimizerFacts {
                word: "momentum",
                name: "momentum",
                full_name: "gradient descent with momentum",
                has_first_moment: true,
                has_second_moment: false,
                corrects: false,
            },
            Self::Nesterov { .. } => OptimizerFacts {
                word: "nesterov",
                name: "Nesterov momentum",
                full_name: "gradient descent with Nesterov momentum",
                has_first_moment: true,
                has_second_moment: false,
                corrects: false,
            },
            Self::Rmsprop { .. } => OptimizerFacts {
                word: "rmsprop",
                name: "RMSProp",
                full_name: "RMSProp",
                has_first_moment: false,
                has_second_moment: true,
                corrects: false,
            },
            Self::Adam { .. } => OptimizerFacts {
                word: "adam",
                name: "Adam",
                full_name: "Adam",
                has_first_moment: true,
                has_second_moment: true,
                corrects: true,
            },
        }
    }

    #[inline(always)]
    fn numbers(&mut self) -> Numbers<'_> {
        match self {
            Self::Sgd { learning_rate } => (learning_rate, [None, None, None]),
            Self::Momentum { learning_rate, momentum } | Self::Nesterov { learning_rate, momentum } => {
                (learning_rate, [Some((Constant::Momentum, momentum)), None, None])
            }
            Self::Rmsprop { learning_rate, decay, epsilon } => {
                (learning_rate, [Some((Constant::Decay, decay)), Some((Constant::Epsilon, epsilon)), None])
            }
            Self::Adam { learning_rate, beta1, beta2, epsilon } => (
                learning_rate,
                [
                    Some((Constant::Beta1, beta1)),
                    Some((Constant::Beta2, beta2)),
                    Some((Constant::Epsilon, epsilon)),
                ],
            ),
        }
    }

    /// η.
    pub fn learning_rate(mut self) -> f64 {
        *self.numbers().0
    }

    /// The same method with another η.
    pub fn with_learning_rate(mut self, eta: f64) -> Self {
        *self.numbers().0 = eta;
        self
    }

    /// The method's other numbers.
    pub fn constants(mut self) -> Vec<(Constant, f64)> {
        self.numbers().1.into_iter().flatten().map(|(constant, value)| (constant, *value)).collect()
    }

    /// One of them, if the method has it.
    pub fn constant(mut self, wanted: Constant) -> Option<f64> {
        let mut all = self.numbers().1.into_iter().flatten();
        all.find(|(constant, _)| *constant == wanted).map(|(_, value)| *value)
    }

    /// The same method with another number, if it has such a one.
    pub fn with_constant(mut self, changed: Constant, value: f64) -> Self {
        for (constant, number) in self.numbers().1.into_iter().flatten() {
            if constant == changed {
                *number = value;
            }
        }
        self
    }

    /// The word for it in lesson files.
    pub fn word(self) -> &'static str {
        self.facts().word
    }

    /// The name that lists show.
    pub fn name(self) -> &'static str {
        self.facts().name
    }

    /// What divides Adam's moments at update number `t` (from 1); 1 for the other methods.
    pub fn corrections(self, t: u64) -> [f64; 2] {
        match self {
            Self::Adam { beta1, beta2, .. } => [bias_correction(beta1, t), bias_correction(beta2, t)],
            _ => [1.0; 2],
        }
    }

    /// Lets `updates` go through many parameters.
    #[inline(always)]
    pub fn run<T: Lanes>(self, corrections: [f64; 2], updates: impl UpdateLoop<T>) {
        // Written out per method: the choice is made here, once.
        match self {
            o @ Self::Sgd { .. } => updates.run::<false>(|g, m, v| o.step(corrections, g, m, v)),
            o @ Self::Momentum { .. } => updates.run::<true>(|g, m, v| o.step(corrections, g, m, v)),
            o @ Self::Nesterov { .. } => updates.run::<true>(|g, m, v| o.step(corrections, g, m, v)),
            o @ Self::Rmsprop { .. } => updates.run::<true>(|g, m, v| o.step(corrections, g, m, v)),
            o @ Self::Adam { .. } => updates.run::<true>(|g, m, v| o.step(corrections, g, m, v)),
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
            Self::Nesterov { learning_rate, momentum } => {
                let m = c(momentum) * m + g;
                let ahead = g + c(momentum) * m;
                ParamStep { first_moment: m, second_moment: zero, step: -(c(learning_rate) * ahead) }
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

/// A loop over many parameters, to be compiled for each method by itself.
pub trait UpdateLoop<T> {
    /// Goes through all with the method's step of g, m and v. Without `HAS_MOMENTS` no moment is read or
    /// written.
    fn run<const HAS_MOMENTS: bool>(self, step: impl Fn(T, T, T) -> ParamStep<T>);
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
/// returned in the layer's shape. `rule` says whether biases learn, and which mistakes are made.
pub fn update_layer(
    rule: Rule,
    t: u64,
    gradient: &LayerParams,
    params: &mut LayerParams,
    (first, second): (&mut LayerParams, &mut LayerParams),
) -> LayerParams {
    let mut steps = params.zeros_like();
    let optimizer = rule.stepper();
    let corrections = optimizer.corrections(t);
    let is_kept_whole = !rule.makes(Mistake::Rounded);
    let apply = |g: &[f64], w: &mut [f64], m: &mut [f64], v: &mut [f64], out: &mut [f64]| {
        for k in 0..g.len() {
            let made = optimizer.step(corrections, g[k], m[k], v[k]);
            (m[k], v[k]) = (made.first_moment, made.second_moment);
            let new = w[k] + made.step;
            (w[k], out[k]) = if is_kept_whole { (new, made.step) } else { rounded(w[k], new) };
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
        rule.learns_biases(),
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

/// What is kept of `new` where it is rounded, and how far that is from `old`.
fn rounded(old: f64, new: f64) -> (f64, f64) {
    let kept = round_to_cents(new);
    (kept, kept - old)
}
