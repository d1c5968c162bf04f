//! What a step computes, and from what, among the cells of the matrices.

use super::{Builder, activation, delta, sum};
use crate::lesson::quantity::Quantity;
use crate::moment::step::StepKind;
use backprop::activation::Activation;
use backprop::network::Param;

/// The units (layer, unit) that a step is about.
pub fn focus(kind: StepKind) -> Vec<(usize, usize)> {
    match kind {
        StepKind::WeightedSum { layer, unit }
        | StepKind::Activation { layer, unit }
        | StepKind::ActivationGradient { layer, unit }
        | StepKind::Delta { layer, unit } => vec![(layer, unit)],
        StepKind::Loss => Vec::new(),
        StepKind::Gradient(param) | StepKind::MeanGradient(param) | StepKind::Update(param) => match param {
            Param::Weight { layer, to, from } => vec![(layer, to), (layer - 1, from)],
            Param::Bias { layer, to } => vec![(layer, to)],
        },
    }
}

impl Builder<'_> {
    /// What a step computes, and from what, among the cells of the matrices.
    pub(super) fn parts(&self, kind: StepKind) -> (Vec<Quantity>, Vec<Quantity>) {
        let moment = self.moment;
        let network = moment.network();
        let all = |layer: usize, of: fn(usize, usize) -> Quantity| {
            (0..network.n_units(layer)).map(move |unit| of(layer, unit))
        };
        match kind {
            StepKind::WeightedSum { layer, unit } => {
                let weights =
                    (0..network.n_units(layer - 1)).map(|from| Param::Weight { layer, to: unit, from });
                let bias = network.has_biases(layer).then_some(Param::Bias { layer, to: unit });
                let params = weights.chain(bias).map(Quantity::Param);
                let variable = if self.is_linear(layer) { activation } else { sum };
                (vec![variable(layer, unit)], params.chain(all(layer - 1, activation)).collect())
            }
            StepKind::Activation { layer, unit } => {
                let operands = match network.activation(layer) {
                    Activation::Softmax => all(layer, sum).collect(),
                    _ => vec![sum(layer, unit)],
                };
                (vec![activation(layer, unit)], operands)
            }
            StepKind::Loss => {
                let layer = network.n_layers();
                let targets = (0..network.n_outputs()).map(Quantity::Target);
                (vec![Quantity::Loss], all(layer, activation).chain(targets).collect())
            }
            StepKind::ActivationGradient { layer, unit } => {
                let back =
                    (0..network.n_units(layer + 1)).map(|to| moment.weight_behind(layer + 1, to, unit));
                let mut results = vec![Quantity::ActivationGradient { layer, unit }];
                results.extend(self.is_linear(layer).then(|| delta(layer, unit)));
                (results, back.chain(all(layer + 1, delta)).collect())
            }
            StepKind::Delta { layer, unit } => {
                let operands = if layer == network.n_layers() {
                    vec![activation(layer, unit), Quantity::Target(unit), Quantity::Slope { layer, unit }]
                } else {
                    vec![Quantity::ActivationGradient { layer, unit }, Quantity::Slope { layer, unit }]
                };
                (vec![delta(layer, unit)], operands)
            }
            StepKind::Gradient(param) => (vec![Quantity::Gradient(param)], outer_parts(param)),
            StepKind::MeanGradient(param) => {
                let of_sample = |sample: usize| {
                    outer_parts(param).into_iter().map(move |part| match part {
                        Quantity::Delta { layer, unit } => Quantity::SampleDelta { sample, layer, unit },
                        Quantity::Activation { layer, unit } => {
                            Quantity::SampleActivation { sample, layer, unit }
                        }
                        other => other,
                    })
                };
                (vec![Quantity::MeanGradient(param)], (0..moment.n_samples()).flat_map(of_sample).collect())
            }
            StepKind::Update(param) => {
                let mut operands = vec![
                    Quantity::Param(param),
                    Quantity::MeanGradient(param),
                    Quantity::OldFirstMoment(param),
                    Quantity::OldSecondMoment(param),
                    Quantity::Step(param),
                ];
                operands.extend(outer_parts(param));
                let results =
                    vec![Quantity::FirstMoment(param), Quantity::SecondMoment(param), Quantity::New(param)];
                (results, operands)
            }
        }
    }
}

/// The δ and, for a weight, the a whose product is its derivative.
fn outer_parts(param: Param) -> Vec<Quantity> {
    match param {
        Param::Weight { layer, to, from } => vec![delta(layer, to), activation(layer - 1, from)],
        Param::Bias { layer, to } => vec![delta(layer, to)],
    }
}
