//! Everything on the page that has a name and a number.

use backprop::network::{Param, UnitId};
use backprop::optimizer::{Constant, OptimizerFacts};

/// The identity of a number. Where a number belongs to a sample, it is the sample that is shown,
/// unless the quantity names another. Layers count from 0 (inputs), units and samples from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quantity {
    /// z: the weighted sum that a unit receives, layers 1…L.
    Sum(UnitId),
    /// a: what a unit passes on; layer 0 is the input.
    Activation(UnitId),
    /// y of an output.
    Target(usize),
    /// One output's share of the loss.
    LossTerm(usize),
    /// E of the shown sample.
    Loss,
    /// E of a sample of the batch.
    SampleLoss(usize),
    /// E of the batch: the mean over its samples.
    BatchLoss,
    /// g′(z), the slope of the activation function.
    Slope(UnitId),
    /// ∂E/∂a.
    ActivationGradient(UnitId),
    /// The part of ∂E/∂a that comes back through unit `to` of the next layer.
    GradientShare {
        /// The unit whose ∂E/∂a it is.
        of: UnitId,
        /// Unit of the next layer.
        to: usize,
    },
    /// δ = ∂E/∂z.
    Delta(UnitId),
    /// δ of a sample of the batch.
    SampleDelta(usize, UnitId),
    /// a of a sample of the batch.
    SampleActivation(usize, UnitId),
    /// g′(z) of a sample of the batch.
    SampleSlope(usize, UnitId),
    /// A weight or bias before the update.
    Param(Param),
    /// ∂E/∂w of the shown sample.
    Gradient(Param),
    /// ∂E/∂w of a sample of the batch.
    SampleGradient(usize, Param),
    /// The samples' ∂E/∂w added up.
    GradientSum(Param),
    /// ∂E/∂w of the batch.
    MeanGradient(Param),
    /// η times the batch's ∂E/∂w.
    ScaledGradient(Param),
    /// m before the update.
    OldFirstMoment(Param),
    /// v before the update.
    OldSecondMoment(Param),
    /// m after the update.
    FirstMoment(Param),
    /// v after the update.
    SecondMoment(Param),
    /// m̂ = m / (1 − β₁ᵗ).
    CorrectedFirstMoment(Param),
    /// v̂ = v / (1 − β₂ᵗ).
    CorrectedSecondMoment(Param),
    /// What the update adds to a weight or bias.
    Step(Param),
    /// A weight or bias after the update.
    New(Param),
    /// η.
    LearningRate,
    /// μ of momentum.
    Momentum,
    /// ρ of RMSProp.
    Decay,
    /// β₁ of Adam.
    Beta1,
    /// β₂ of Adam.
    Beta2,
    /// ε of RMSProp and Adam.
    Epsilon,
    /// 1 − β₁ᵗ.
    BiasCorrection1,
    /// 1 − β₂ᵗ.
    BiasCorrection2,
}

/// What kind of number it is: one colour each, the same everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Inputs, sums, activations, targets.
    Value,
    /// Weights and biases.
    Weight,
    /// The loss.
    Error,
    /// Derivatives.
    Gradient,
    /// Steps and new weights.
    New,
    /// Learning rate and the optimiser's other constants.
    Rate,
}

impl Role {
    /// The name of its CSS class and custom property.
    pub fn class(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Weight => "weight",
            Self::Error => "error",
            Self::Gradient => "grad",
            Self::New => "new",
            Self::Rate => "rate",
        }
    }
}

impl Quantity {
    /// What kind of number it is.
    pub fn role(self) -> Role {
        match self {
            Self::Sum(_) | Self::Activation(_) | Self::SampleActivation(..) | Self::Target(_) => Role::Value,
            Self::LossTerm(_) | Self::Loss | Self::SampleLoss(_) | Self::BatchLoss => Role::Error,
            Self::Slope(_)
            | Self::SampleSlope(..)
            | Self::ActivationGradient(_)
            | Self::GradientShare { .. }
            | Self::Delta(_)
            | Self::SampleDelta(..)
            | Self::Gradient(_)
            | Self::SampleGradient(..)
            | Self::GradientSum(_)
            | Self::MeanGradient(_)
            | Self::OldFirstMoment(_)
            | Self::OldSecondMoment(_)
            | Self::FirstMoment(_)
            | Self::SecondMoment(_)
            | Self::CorrectedFirstMoment(_)
            | Self::CorrectedSecondMoment(_) => Role::Gradient,
            Self::Param(_) => Role::Weight,
            Self::ScaledGradient(_) | Self::Step(_) | Self::New(_) => Role::New,
            Self::LearningRate
            | Self::Momentum
            | Self::Decay
            | Self::Beta1
            | Self::Beta2
            | Self::Epsilon
            | Self::BiasCorrection1
            | Self::BiasCorrection2 => Role::Rate,
        }
    }

    /// The parameter that the quantity is about, if it is about one.
    pub fn param(self) -> Option<Param> {
        match self {
            Self::Param(p)
            | Self::Gradient(p)
            | Self::SampleGradient(_, p)
            | Self::GradientSum(p)
            | Self::MeanGradient(p)
            | Self::ScaledGradient(p)
            | Self::OldFirstMoment(p)
            | Self::OldSecondMoment(p)
            | Self::FirstMoment(p)
            | Self::SecondMoment(p)
            | Self::CorrectedFirstMoment(p)
            | Self::CorrectedSecondMoment(p)
            | Self::Step(p)
            | Self::New(p) => Some(p),
            _ => None,
        }
    }

    /// What an update makes of a parameter, in order: what its method remembers, that corrected, and last the
    /// new value. Of plain gradient descent the new value alone.
    pub fn made_of(param: Param, method: OptimizerFacts) -> impl Iterator<Item = Self> {
        let made = [
            (method.has_first_moment, Self::FirstMoment(param)),
            (method.has_second_moment, Self::SecondMoment(param)),
            (method.corrects, Self::CorrectedFirstMoment(param)),
            (method.corrects, Self::CorrectedSecondMoment(param)),
            (true, Self::New(param)),
        ];
        made.into_iter().filter(|(is_made, _)| *is_made).map(|(_, quantity)| quantity)
    }

    /// Whether it is something that the optimiser remembers of a parameter: m, v, m̂ or v̂.
    pub fn is_moment(self) -> bool {
        matches!(
            self,
            Self::OldFirstMoment(_)
                | Self::OldSecondMoment(_)
                | Self::FirstMoment(_)
                | Self::SecondMoment(_)
                | Self::CorrectedFirstMoment(_)
                | Self::CorrectedSecondMoment(_)
        )
    }

    /// What is derived by what, where the quantity is written as ∂of/∂by.
    pub fn derivative_of(self) -> Option<(Self, Self)> {
        match self {
            Self::Gradient(param) => Some((Self::Loss, Self::Param(param))),
            Self::SampleGradient(sample, param) => Some((Self::SampleLoss(sample), Self::Param(param))),
            Self::MeanGradient(param) | Self::ScaledGradient(param) | Self::Step(param) => {
                Some((Self::BatchLoss, Self::Param(param)))
            }
            Self::ActivationGradient(id) => Some((Self::Loss, Self::Activation(id))),
            Self::GradientShare { of, to } => Some((Self::LossTerm(to), Self::Activation(of))),
            _ => None,
        }
    }

    /// The same number without its sample, if that is the sample that is shown: what the other
    /// panels call it.
    pub fn of_shown_sample(self, shown: usize) -> Self {
        match self {
            Self::SampleDelta(sample, id) if sample == shown => Self::Delta(id),
            Self::SampleActivation(sample, id) if sample == shown => Self::Activation(id),
            Self::SampleSlope(sample, id) if sample == shown => Self::Slope(id),
            Self::SampleGradient(sample, param) if sample == shown => Self::Gradient(param),
            other => other,
        }
    }

    /// The unit that the quantity is about, if it is about one.
    pub fn unit(self, n_layers: usize) -> Option<UnitId> {
        match self {
            Self::Sum(unit)
            | Self::Activation(unit)
            | Self::Slope(unit)
            | Self::ActivationGradient(unit)
            | Self::GradientShare { of: unit, .. }
            | Self::Delta(unit)
            | Self::SampleDelta(_, unit)
            | Self::SampleActivation(_, unit)
            | Self::SampleSlope(_, unit) => Some(unit),
            Self::LossTerm(unit) => Some(UnitId { layer: n_layers, unit }),
            _ => None,
        }
    }
}

impl From<Constant> for Quantity {
    fn from(constant: Constant) -> Self {
        match constant {
            Constant::Momentum => Self::Momentum,
            Constant::Decay => Self::Decay,
            Constant::Beta1 => Self::Beta1,
            Constant::Beta2 => Self::Beta2,
            Constant::Epsilon => Self::Epsilon,
        }
    }
}
