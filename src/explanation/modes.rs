//! Two ways through the chain rule: from a weight to the loss (forward mode) and from the loss to every
//! weight (reverse mode, which is backpropagation), with what each costs.
//!
//! Source: A. Griewank and A. Walther, *Evaluating Derivatives*, 2nd ed., ch. 3.

use super::{Detail, Explainer};
use crate::explanation::formula::Formula;
use crate::explanation::formula::delta_sign::side_in_sign_of;
use crate::lesson::quantity::Quantity;
use crate::moment::Moment;
use crate::text::format::FULL_DIGITS;
use backprop::network::{Param, UnitId};

/// Lines of a layer that are written; of more units the first.
const MOST_LINES: usize = 2;
/// Terms of a sum that are written.
const MAX_TERMS: usize = 3;

/// Both ways to ∂E/∂w of one parameter, for the shown sample.
#[derive(Clone, Debug, PartialEq)]
pub struct Modes {
    /// The parameter.
    pub param: Param,
    /// From the parameter to the loss, layer by layer.
    pub forward: Vec<ModeStage>,
    /// From the loss to the parameter, layer by layer.
    pub reverse: Vec<ModeStage>,
    /// What both cost.
    pub costs: Costs,
}

/// A layer on the way.
#[derive(Clone, Debug, PartialEq)]
pub struct ModeStage {
    /// What is computed of its first units.
    pub lines: Vec<ModeLine>,
    /// How many more units it has.
    pub n_more: usize,
}

/// A derivative on the way.
#[derive(Clone, Debug, PartialEq)]
pub struct ModeLine {
    /// What is computed.
    pub left: Formula,
    /// From what.
    pub right: Formula,
    /// Its number.
    pub value: f64,
}

/// Multiplications for the derivatives of one sample, behind the same forward pass: of a weight or δ by a
/// weight, by a slope g′ where the unit is not linear, by what the weight carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Costs {
    /// Weights and biases of the network.
    pub n_params: usize,
    /// In forward mode for this parameter.
    pub forward_of_param: usize,
    /// In forward mode for all parameters: a pass for each.
    pub forward_of_all: usize,
    /// In reverse mode for all parameters: one pass.
    pub reverse_of_all: usize,
}

/// Both ways to the derivative of `param`. `None` where a number is missing.
pub fn modes(moment: &Moment, param: Param) -> Option<Modes> {
    let detail = Detail { digits: FULL_DIGITS, max_terms: MAX_TERMS };
    let explainer = Explainer { moment, detail };
    let in_sign = |stages: Vec<ModeStage>| -> Vec<ModeStage> {
        let line = |ModeLine { left, right, value }| {
            let is_delta = matches!(left, Formula::Name(Quantity::Delta(_)));
            ModeLine { left, right: side_in_sign_of(&moment.names, is_delta, right), value }
        };
        let stage =
            |ModeStage { lines, n_more }| ModeStage { lines: lines.into_iter().map(line).collect(), n_more };
        stages.into_iter().map(stage).collect()
    };
    Some(Modes {
        param,
        forward: in_sign(explainer.forward_mode(param)?),
        reverse: in_sign(explainer.reverse_mode(param)?),
        costs: Costs::of(&explainer, param),
    })
}

impl Costs {
    /// For a network, of which `param` is one parameter.
    fn of(explainer: &Explainer, param: Param) -> Self {
        let network = explainer.moment.network();
        let n_layers = network.n_layers();
        let n = |layer: usize| network.n_units(layer);
        let slope = |layer: usize| usize::from(explainer.has_slope(layer));
        let forward = |layer: usize| {
            let units = |behind: usize| {
                let n_changed = if behind == layer + 1 { 1 } else { n(behind - 1) };
                n(behind) * (n_changed + slope(behind))
            };
            slope(layer) + (layer + 1..=n_layers).map(units).sum::<usize>() + n(n_layers)
        };
        let n_of_layer = |layer: usize| n(layer) * (n(layer - 1) + usize::from(network.has_biases(layer)));
        let deltas = |layer: usize| n(layer) * (n(layer + 1) + slope(layer));
        Self {
            n_params: network.n_params(),
            forward_of_param: forward(param.layer()),
            forward_of_all: (1..=n_layers).map(|layer| n_of_layer(layer) * forward(layer)).sum(),
            reverse_of_all: n(n_layers) * slope(n_layers)
                + (1..n_layers).map(deltas).sum::<usize>()
                + (1..=n_layers).map(|layer| n(layer) * n(layer - 1)).sum::<usize>(),
        }
    }
}

impl Explainer<'_> {
    /// What a unit hands on to the next layer, or the loss: its a, or its z where loss and activation are
    /// derived as one.
    fn handed_on(&self, id: UnitId) -> Quantity {
        if self.is_derived_with_loss(id.layer) { Quantity::Sum(id) } else { Quantity::Activation(id) }
    }

    fn forward_mode(&self, param: Param) -> Option<Vec<ModeStage>> {
        let moment = self.moment;
        let network = moment.network();
        let first = param.unit();
        let this = Quantity::Param(param);
        let derivative = |id: UnitId| Formula::Partial(self.handed_on(id), this);
        let slope = |id: UnitId| match self.has_slope(id.layer) {
            true => moment.value(Quantity::Slope(id)),
            false => Some(1.0),
        };
        let times_slope = |id: UnitId, rest: Formula| match self.has_slope(id.layer) {
            true => Formula::Product(vec![Quantity::Slope(id).into(), rest]),
            false => rest,
        };
        let (carried, carries) = match param {
            Param::Weight { layer, from, .. } => {
                let sender = Quantity::Activation(UnitId::new(layer - 1, from));
                (moment.value(sender)?, sender.into())
            }
            Param::Bias { .. } => (1.0, Formula::Number(1.0)),
        };
        let start = ModeLine {
            left: derivative(first),
            right: times_slope(first, carries),
            value: slope(first)? * carried,
        };
        // The units before that change with the parameter, and by how much.
        let mut changed: Vec<(UnitId, f64)> = vec![(first, start.value)];
        let mut stages = vec![ModeStage { lines: vec![start], n_more: 0 }];
        for layer in first.layer + 1..=network.n_layers() {
            let mut next = Vec::new();
            let mut lines = Vec::new();
            for id in network.units(layer) {
                let weight = |from: UnitId| moment.weight_behind(layer, id.unit, from.unit);
                let mut sum = 0.0;
                for (from, value) in &changed {
                    sum += moment.value(weight(*from))? * value;
                }
                let value = slope(id)? * sum;
                next.push((id, value));
                if lines.len() < MOST_LINES {
                    let sum = self.sum(changed.len(), |k| {
                        Formula::Product(vec![weight(changed[k].0).into(), derivative(changed[k].0)])
                    });
                    lines.push(ModeLine { left: derivative(id), right: times_slope(id, sum), value });
                }
            }
            stages.push(ModeStage { n_more: next.len() - lines.len(), lines });
            changed = next;
        }
        let mut value = 0.0;
        for (output, change) in &changed {
            value += self.derivative_at_loss(*output)? * change;
        }
        let right = self.sum(changed.len(), |k| {
            Formula::Product(vec![self.at_loss(changed[k].0).into(), derivative(changed[k].0)])
        });
        let end = ModeLine { left: Quantity::Gradient(param).into(), right, value };
        stages.push(ModeStage { lines: vec![end], n_more: 0 });
        Some(stages)
    }

    fn reverse_mode(&self, param: Param) -> Option<Vec<ModeStage>> {
        let moment = self.moment;
        let network = moment.network();
        let n_layers = network.n_layers();
        let own = param.unit();
        let times_slope = |id: UnitId, rest: Formula| match self.has_slope(id.layer) {
            true => Formula::Product(vec![rest, Quantity::Slope(id).into()]),
            false => rest,
        };
        let delta = |id: UnitId| {
            let right = if id.layer == n_layers {
                match self.at_loss(id) {
                    known @ Quantity::ActivationGradient(_) => times_slope(id, known.into()),
                    _ => Formula::Partial(Quantity::Loss, Quantity::Sum(id)),
                }
            } else {
                times_slope(id, self.sum(network.n_units(id.layer + 1), |to| self.share(id, to)))
            };
            let value = moment.value(Quantity::Delta(id))?;
            Some(ModeLine { left: Formula::Name(Quantity::Delta(id)), right, value })
        };
        let mut stages = Vec::new();
        for layer in (own.layer..=n_layers).rev() {
            let units: Vec<UnitId> =
                if layer == own.layer { vec![own] } else { network.units(layer).collect() };
            let lines = units.iter().take(MOST_LINES).map(|id| delta(*id)).collect::<Option<Vec<_>>>()?;
            stages.push(ModeStage { n_more: units.len() - lines.len(), lines });
        }
        let carried = match param {
            Param::Weight { layer, from, .. } => Quantity::Activation(UnitId::new(layer - 1, from)).into(),
            Param::Bias { .. } => Formula::Number(1.0),
        };
        let right = Formula::Product(vec![Quantity::Delta(own).into(), carried]);
        let value = moment.value(Quantity::Gradient(param))?;
        let end = ModeLine { left: Quantity::Gradient(param).into(), right, value };
        stages.push(ModeStage { lines: vec![end], n_more: 0 });
        Some(stages)
    }
}
