//! What each symbol and term of the page means, in one sentence each: the one place that says so.

use crate::lesson::quantity::Quantity;
use crate::moment::Moment;
use backprop::activation::Activation;
use backprop::network::{Param, UnitId};

/// A term and what it means.
pub struct Term {
    /// As the page writes it.
    pub name: &'static str,
    /// One sentence.
    pub meaning: &'static str,
}

/// The terms, in the order in which a first lecture meets them.
pub const TERMS: [Term; 22] = [
    Term {
        name: "weight",
        meaning: "A number on an edge: what the sending unit passes on is multiplied by it.",
    },
    Term { name: "bias", meaning: "A number that a unit adds to its weighted sum, whatever the inputs are." },
    Term {
        name: "weighted sum",
        meaning: "What a unit receives: each value from the layer before times its weight, added up, plus the bias.",
    },
    Term {
        name: "activation function",
        meaning: "What a unit makes of its weighted sum before it passes it on; without one, layers in a row could do no more than a single one.",
    },
    Term { name: "forward pass", meaning: "From the inputs to the prediction and the loss, layer by layer." },
    Term { name: "loss", meaning: "One number for how wrong the prediction is; learning makes it smaller." },
    Term {
        name: "∂",
        meaning: "∂E/∂w is the partial derivative: how much E changes per small change of w while everything else stays.",
    },
    Term {
        name: "gradient",
        meaning: "All the derivatives of the loss by the weights and biases together: the direction in which it grows fastest.",
    },
    Term {
        name: "chain rule",
        meaning: "Where one quantity acts on the next, small changes are passed on in proportion, so along a path the derivatives multiply.",
    },
    Term {
        name: "paths",
        meaning: "A weight may reach the loss along several paths; each brings its share of the change, so over paths they add up.",
    },
    Term {
        name: "Δ, δ",
        meaning: "The derivative of the loss by a unit’s weighted sum: worked out once, it is a factor of every weight that leads to the unit and of all layers before.",
    },
    Term {
        name: "backward pass",
        meaning: "From the loss back to the weights: each layer’s derivatives are made of those of the next layer, so none is worked out twice.",
    },
    Term {
        name: "minus",
        meaning: "The derivative points to where the loss grows, so the step goes against it.",
    },
    Term {
        name: "learning rate",
        meaning: "How far a step goes against the derivative: too small, learning takes long; too large, it overshoots and the loss grows.",
    },
    Term {
        name: "a good rate",
        meaning: "The largest at which the loss still falls steadily; “Learning rates” beside the rate tries many at once.",
    },
    Term {
        name: "update",
        meaning: "All weights and biases make their step at the same time, from derivatives that belong to the old ones.",
    },
    Term { name: "batch", meaning: "The samples whose derivatives are averaged into one update." },
    Term { name: "epoch", meaning: "One round in which every training sample has been used once." },
    Term { name: "training set", meaning: "The samples that the network learns from." },
    Term {
        name: "test set",
        meaning: "Samples that are kept apart and never learned from: they tell whether what was learned holds for new ones.",
    },
    Term { name: "accuracy", meaning: "The share of samples whose class is predicted." },
    Term {
        name: "momentum",
        meaning: "A share of the last step goes into the next one, so that steps in one direction grow and those to and fro cancel.",
    },
];

/// What `quantity` is, in one sentence that begins with its name.
pub fn meaning(moment: &Moment, quantity: Quantity) -> String {
    let name = |quantity: Quantity| moment.name(quantity);
    let own = name(quantity);
    let loss = moment.names.loss();
    let unit = |id: UnitId| name(Quantity::Activation(id));
    let is_linear = |id: UnitId| moment.network().activation(id.layer) == Activation::Identity;
    let by =
        |of: &str| format!("how much {loss} changes per small change of {of} while everything else stays");
    let what = match quantity {
        Quantity::Activation(id) | Quantity::SampleActivation(_, id) => match id.layer {
            0 => "an input: the sample gives it".to_owned(),
            layer if layer == moment.network().n_layers() => {
                format!("a prediction: {loss} says how far it is from the target")
            }
            _ if is_linear(id) => "what the unit passes on: its weighted sum as it is".to_owned(),
            _ => format!("what the unit passes on: its activation function of {}", name(Quantity::Sum(id))),
        },
        Quantity::Sum(_) => {
            "the weighted sum: each value from the layer before times its weight, plus the bias if there is one".to_owned()
        }
        Quantity::Target(_) => "the target: what should be predicted for this sample".to_owned(),
        Quantity::LossTerm(_) => format!("the share of one output in {loss}"),
        Quantity::Loss | Quantity::SampleLoss(_) => {
            "the loss of a sample: one number for how wrong the prediction is".to_owned()
        }
        Quantity::BatchLoss => "the loss: the mean over the samples of the batch".to_owned(),
        Quantity::Slope(id) | Quantity::SampleSlope(_, id) => format!(
            "the slope of the activation function: how fast {} changes with {}",
            unit(id),
            name(Quantity::Sum(id))
        ),
        Quantity::ActivationGradient(id) => {
            format!("the derivative of {loss} by {}: {}", unit(id), by(&unit(id)))
        }
        Quantity::GradientShare { of, .. } => {
            format!("what one path adds to the derivative of {loss} by {}: paths add up", unit(of))
        }
        Quantity::Delta(id) | Quantity::SampleDelta(_, id) => {
            let variable = if is_linear(id) { unit(id) } else { name(Quantity::Sum(id)) };
            let sign = if moment.names.negates_delta() { "the negative of " } else { "" };
            format!(
                "{sign}the derivative of {loss} by {variable}: worked out once, it is a factor of every weight that leads there"
            )
        }
        Quantity::Param(Param::Weight { layer, to, from }) => format!(
            "the weight from {} to {}: what {0} passes on is multiplied by it",
            unit(UnitId::new(layer - 1, from)),
            unit(UnitId::new(layer, to))
        ),
        Quantity::Param(param) => format!("the bias of {}: it is added to the weighted sum", unit(param.unit())),
        Quantity::Gradient(param) | Quantity::SampleGradient(_, param) => {
            let of = name(Quantity::Param(param));
            format!("the derivative of {loss} by {of}: {}", by(&of))
        }
        Quantity::GradientSum(param) => {
            format!("the samples’ derivatives by {}, added up", name(Quantity::Param(param)))
        }
        Quantity::MeanGradient(param) => {
            let of = name(Quantity::Param(param));
            match moment.n_samples() {
                1 => format!("the derivative of {loss} by {of}: {}", by(&of)),
                _ => format!("the derivative of {loss} by {of}, the mean over the samples of the batch"),
            }
        }
        Quantity::ScaledGradient(_) => "the learning rate times the derivative: how far the step goes".to_owned(),
        Quantity::Step(param) => {
            format!("what the update adds to {}: it goes against the derivative", name(Quantity::Param(param)))
        }
        Quantity::New(param) => format!("{} after the update", name(Quantity::Param(param))),
        Quantity::OldFirstMoment(_) => "what the optimiser remembered of the derivatives before this update".to_owned(),
        Quantity::FirstMoment(_) => "what the optimiser remembers of the derivatives so far".to_owned(),
        Quantity::OldSecondMoment(_) => "the running mean of the squared derivatives before this update".to_owned(),
        Quantity::SecondMoment(_) => "the running mean of the squared derivatives".to_owned(),
        Quantity::CorrectedFirstMoment(_) => "the mean derivative, corrected for its start at 0".to_owned(),
        Quantity::CorrectedSecondMoment(_) => "the mean square, corrected for its start at 0".to_owned(),
        Quantity::LearningRate => "the learning rate: how far a step goes against the derivative".to_owned(),
        Quantity::Momentum => "the momentum: the share of the last step that goes into the next".to_owned(),
        Quantity::Decay => "the decay: the share of the old mean square that is kept".to_owned(),
        Quantity::Beta1 => "the share of the old mean derivative that is kept".to_owned(),
        Quantity::Beta2 => "the share of the old mean square that is kept".to_owned(),
        Quantity::Epsilon => "a small number that keeps the division from 0".to_owned(),
        Quantity::BiasCorrection1 | Quantity::BiasCorrection2 => {
            "the share that derivatives have in the running mean so far, which started at 0".to_owned()
        }
    };
    format!("{own}: {what}.")
}
