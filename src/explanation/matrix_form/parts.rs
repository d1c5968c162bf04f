//! What a step computes, and from what, among the cells of the matrices.

use super::Builder;
use crate::lesson::quantity::Quantity;
use crate::moment::step::StepKind;
use backprop::activation::Activation;
use backprop::network::{Param, UnitId};

/// The units that a step is about.
pub fn focus(kind: StepKind) -> Vec<UnitId> {
    match kind {
        StepKind::WeightedSum(id)
        | StepKind::Activation(id)
        | StepKind::ActivationGradient(id)
        | StepKind::Delta(id) => vec![id],
        StepKind::Loss => Vec::new(),
        StepKind::Gradient(param) | StepKind::MeanGradient(param) | StepKind::Update(param) => match param {
            Param::Weight { layer, from, .. } => vec![param.unit(), UnitId::new(layer - 1, from)],
            Param::Bias { .. } => vec![param.unit()],
        },
    }
}

impl Builder<'_> {
    /// What a step computes, and from what, among the cells of the matrices.
    pub(super) fn parts(&self, kind: StepKind) -> (Vec<Quantity>, Vec<Quantity>) {
        let moment = self.moment;
        let network = moment.network();
        let all = |layer: usize, of: fn(UnitId) -> Quantity| network.units(layer).map(of);
        match kind {
            StepKind::WeightedSum(id @ UnitId { layer, unit }) => {
                let weights =
                    (0..network.n_units(layer - 1)).map(|from| Param::Weight { layer, to: unit, from });
                let bias = network.has_biases(layer).then_some(Param::Bias { layer, to: unit });
                let params = weights.chain(bias).map(Quantity::Param);
                let variable = if self.is_linear(layer) { Quantity::Activation } else { Quantity::Sum };
                (vec![variable(id)], params.chain(all(layer - 1, Quantity::Activation)).collect())
            }
            StepKind::Activation(id) => {
                let operands = match network.activation(id.layer) {
                    Activation::Softmax => all(id.layer, Quantity::Sum).collect(),
                    _ => vec![Quantity::Sum(id)],
                };
                (vec![Quantity::Activation(id)], operands)
            }
            StepKind::Loss => {
                let layer = network.n_layers();
                let targets = (0..network.n_outputs()).map(Quantity::Target);
                (vec![Quantity::Loss], all(layer, Quantity::Activation).chain(targets).collect())
            }
            StepKind::ActivationGradient(id @ UnitId { layer, unit }) => {
                let back =
                    (0..network.n_units(layer + 1)).map(|to| moment.weight_behind(layer + 1, to, unit));
                let mut results = vec![Quantity::ActivationGradient(id)];
                results.extend(self.is_linear(layer).then_some(Quantity::Delta(id)));
                (results, back.chain(all(layer + 1, Quantity::Delta)).collect())
            }
            StepKind::Delta(id) => {
                let operands = if id.layer == network.n_layers() {
                    vec![Quantity::Activation(id), Quantity::Target(id.unit), Quantity::Slope(id)]
                } else {
                    vec![Quantity::ActivationGradient(id), Quantity::Slope(id)]
                };
                (vec![Quantity::Delta(id)], operands)
            }
            StepKind::Gradient(param) => (vec![Quantity::Gradient(param)], outer_parts(param)),
            StepKind::MeanGradient(param) => {
                let gradients = (0..moment.n_samples()).map(|sample| Quantity::SampleGradient(sample, param));
                let operands = self.outer_parts_of_all(param).chain(gradients);
                let sum = [Quantity::GradientSum(param)];
                (vec![Quantity::MeanGradient(param)], operands.chain(sum).collect())
            }
            StepKind::Update(param) => {
                let mut operands = vec![
                    Quantity::Param(param),
                    Quantity::MeanGradient(param),
                    Quantity::OldFirstMoment(param),
                    Quantity::OldSecondMoment(param),
                    Quantity::Step(param),
                ];
                match moment.n_samples() {
                    1 => operands.extend(outer_parts(param)),
                    _ => operands.extend(self.outer_parts_of_all(param)),
                }
                let mut results =
                    Quantity::made_of(param, moment.lesson.rule.optimizer.facts()).collect::<Vec<Quantity>>();
                if let Some(number) = moment.newest_number() {
                    results = vec![results.swap_remove(number)];
                }
                (results, operands)
            }
        }
    }
}

impl Builder<'_> {
    /// Of every sample of the batch the δ and, for a weight, the a whose product is its derivative.
    fn outer_parts_of_all(&self, param: Param) -> impl Iterator<Item = Quantity> {
        let of_sample = move |sample: usize| {
            outer_parts(param).into_iter().map(move |part| match part {
                Quantity::Delta(id) => Quantity::SampleDelta(sample, id),
                Quantity::Activation(id) => Quantity::SampleActivation(sample, id),
                other => other,
            })
        };
        (0..self.moment.n_samples()).flat_map(of_sample)
    }
}

/// The δ and, for a weight, the a whose product is its derivative.
fn outer_parts(param: Param) -> Vec<Quantity> {
    let delta = Quantity::Delta(param.unit());
    match param {
        Param::Weight { layer, from, .. } => vec![delta, Quantity::Activation(UnitId::new(layer - 1, from))],
        Param::Bias { .. } => vec![delta],
    }
}
