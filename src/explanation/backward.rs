//! The steps to the derivatives of activations and weights, and to their mean.

use super::{Explainer, StepText};
use crate::explanation::formula::Formula;
use crate::explanation::formula::delta_sign::in_sign_of;
use crate::lesson::quantity::Quantity;
use crate::moment::Moment;
use crate::text::format;
use crate::words::paragraph;
use crate::words::step::backward as words;
use crate::words::step::delta::how_changes_with;
use backprop::activation::Activation;
use backprop::network::{Param, UnitId};

/// The chain of factors of ∂E/∂w as the ledger writes it, from the front: i₁ · w₅ · Δ.
pub fn ledger_chain(moment: &Moment, param: Param) -> Formula {
    let mut factors = gradient_factors(moment, param);
    factors.reverse();
    in_sign_of(&moment.names, Formula::Product(factors))
}

/// The factors of ∂E/∂w from the back: δ, the weights in between, and the activation that the
/// weight carries (none for a bias).
fn gradient_factors(moment: &Moment, param: Param) -> Vec<Formula> {
    let mut factors: Vec<Formula> = delta_path(moment, param.unit()).into_iter().map(Formula::from).collect();
    if let Param::Weight { layer, from, .. } = param {
        factors.push(Quantity::Activation(UnitId::new(layer - 1, from)).into());
    }
    factors
}

/// δ of a unit written out as far as it is a plain product: through linear units whose next layer
/// has one unit only. From the back: δ, then the weights on the way to the unit.
fn delta_path(moment: &Moment, id: UnitId) -> Vec<Quantity> {
    let UnitId { layer, unit } = id;
    let network = moment.network();
    let is_plain = layer < network.n_layers()
        && network.activation(layer) == Activation::Identity
        && network.n_units(layer + 1) == 1;
    if !is_plain {
        return vec![Quantity::Delta(id)];
    }
    let mut path = delta_path(moment, UnitId::new(layer + 1, 0));
    path.push(moment.weight_behind(layer + 1, 0, unit));
    path
}

/// The units that the chain rule of ∂E/∂w goes through.
pub(super) struct Chain {
    /// From the parameter's own unit on.
    pub(super) units: Vec<UnitId>,
    /// The last one.
    pub(super) end: UnitId,
    /// Whether the slope of the last one, an output, is a factor of its own.
    pub(super) has_own_slope: bool,
}

impl Explainer<'_> {
    pub(super) fn activation_gradient(&self, id: UnitId) -> StepText {
        let layer = id.layer;
        let n_next = self.moment.network().n_units(layer + 1);
        let a = Quantity::Activation(id);
        let result = Quantity::ActivationGradient(id);
        let chain = self.sum(n_next, |to| {
            let next = self.variable(UnitId::new(layer + 1, to));
            Formula::Product(vec![Formula::Partial(Quantity::Loss, next), Formula::Partial(next, a)])
        });
        let symbols = self.sum(n_next, |to| self.share(id, to));
        let left = Formula::Name(result);
        StepText {
            question: how_changes_with(&self.name(a)),
            equations: vec![self.equation(left, Some(chain), symbols, result)],
            why: self.why_activation_gradient(id),
        }
    }

    /// By which ways an activation reaches the error.
    fn why_activation_gradient(&self, id: UnitId) -> String {
        let network = self.moment.network();
        let name = self.name(Quantity::Activation(id));
        let ways = match network.n_units(id.layer + 1) {
            1 => self.only_way(id),
            n_next => words::reaches_along_paths(n_next, &name),
        };
        let is_also = match network.activation(id.layer) {
            Activation::Identity => {
                words::is_linear(&self.unit_at_start(id), &self.name_of_derivative_by_sum(id))
            }
            _ => String::new(),
        };
        let mistake = if self.is_layer_by_layer() { words::uses_new_weights() } else { "" };
        paragraph([&*ways, &is_also, mistake])
    }

    /// By which weight an activation reaches the error where one unit takes it.
    fn only_way(&self, id: UnitId) -> String {
        let weight = self.moment.weight_behind(id.layer + 1, 0, id.unit);
        let name = self.name(Quantity::Activation(id));
        let next = self.name(self.variable(UnitId::new(id.layer + 1, 0)));
        let (weight, number) = (self.name(weight), self.number(weight));
        if self.is_layer_by_layer() {
            words::has_factor(&name, &next, &weight, &number)
        } else if number == "0" {
            words::could_reach_through(&name, &next, &weight)
        } else {
            words::reaches_through(&name, &next, &weight, &number)
        }
    }

    pub(super) fn share(&self, id: UnitId, to: usize) -> Formula {
        let UnitId { layer, unit } = id;
        Formula::Product(vec![
            Quantity::Delta(UnitId::new(layer + 1, to)).into(),
            self.moment.weight_behind(layer + 1, to, unit).into(),
        ])
    }

    /// [`Self::share`] with the sign that δ has.
    pub(super) fn share_in_sign(&self, id: UnitId, to: usize) -> Formula {
        in_sign_of(&self.moment.names, self.share(id, to))
    }

    /// The factors of ∂E/∂w; of a bias with the 1 that it carries.
    pub(super) fn factors_of(&self, param: Param) -> Vec<Formula> {
        let mut factors = gradient_factors(self.moment, param);
        if param.is_bias() {
            factors.push(Formula::Number(1.0));
        }
        factors
    }

    /// The way from a parameter's unit to the one whose δ [`Self::factors_of`] begins with.
    pub(super) fn chain(&self, param: Param) -> Chain {
        let id = param.unit();
        let n_between = delta_path(self.moment, id).len() - 1;
        let mut units = vec![id];
        units.extend((1..=n_between).map(|k| UnitId::new(id.layer + k, 0)));
        let end = units[n_between];
        let g = self.moment.network().activation(end.layer);
        let is_softened = !matches!(g, Activation::Identity | Activation::Softmax);
        let has_own_slope = is_softened && self.is_output(end.layer) && self.takes_slope(end.layer);
        Chain { units, end, has_own_slope }
    }

    pub(super) fn gradient(&self, param: Param) -> StepText {
        let id = param.unit();
        let result = Quantity::Gradient(param);
        let this = Quantity::Param(param);
        let factors = self.factors_of(param);
        let chain = self.chain(param);
        let end = self.variable(chain.end);
        let mut derivatives = Vec::new();
        if chain.has_own_slope {
            let output = Quantity::Activation(chain.end);
            derivatives.push(Formula::Partial(Quantity::Loss, output));
            derivatives.push(Formula::Partial(output, end));
        } else if self.is_output(chain.end.layer) && !self.takes_slope(chain.end.layer) {
            derivatives.push(Formula::Partial(Quantity::Loss, Quantity::Activation(chain.end)));
        } else {
            derivatives.push(Formula::Partial(Quantity::Loss, end));
        }
        let between = chain.units.windows(2).rev();
        derivatives
            .extend(between.map(|pair| Formula::Partial(self.variable(pair[1]), self.variable(pair[0]))));
        derivatives.push(Formula::Partial(self.variable(id), this));

        let equation = self.equation(
            Formula::Name(result),
            Some(Formula::Product(derivatives)),
            Formula::Product(factors),
            result,
        );
        StepText {
            question: how_changes_with(&self.name(this)),
            equations: vec![equation],
            why: self.why_gradient(param),
        }
    }

    /// What `param` does to its unit, and that to the loss.
    fn why_gradient(&self, param: Param) -> String {
        let name = self.name(Quantity::Param(param));
        let sum = self.name(self.variable(param.unit()));
        let carried = match param {
            Param::Weight { layer, from, .. } => {
                let source = Quantity::Activation(UnitId::new(layer - 1, from));
                let value = self.name(source);
                if self.is_zero(source) {
                    return words::has_no_effect(&value, &name, &sum, &self.name(Quantity::Loss));
                }
                words::carries(&name, &value, &sum, &self.number(source))
            }
            Param::Bias { .. } => words::is_added(&name, &sum),
        };
        let is_linear = self.moment.network().activation(param.layer()) == Activation::Identity;
        match self.is_output(param.layer()) && is_linear {
            true => paragraph([&*carried, &self.gap(param.unit()), &self.effect_of(param)]),
            false => paragraph([&*carried, &self.effect_by_sum(param)]),
        }
    }

    /// What a parameter does to the loss.
    fn effect_of(&self, param: Param) -> String {
        let (name, loss) = (self.name(Quantity::Param(param)), self.name(Quantity::Loss));
        match self.moment.value(Quantity::Gradient(param)) {
            Some(g) if g < 0.0 => words::raising_lowers(&name, &loss),
            Some(g) if g > 0.0 => words::raising_raises(&name, &loss),
            _ => words::derivative_is_zero(&name),
        }
    }

    /// What a parameter does to the loss by its unit's sum.
    fn effect_by_sum(&self, param: Param) -> String {
        let id = param.unit();
        let (name, loss) = (self.name(Quantity::Param(param)), self.name(Quantity::Loss));
        let sum = self.name(self.variable(id));
        let derivative = self.derivative_by_sum(id);
        let rate = derivative.map_or_else(|| "?".to_owned(), |x| format::number(x, self.detail.digits));
        match self.moment.value(Quantity::Gradient(param)) {
            _ if !self.is_derivative(param, false) => match self.goes_through_new_weights(param) {
                true => words::is_said_by_new_weights(&loss, &rate, &sum),
                false => words::is_said_by_mistake(&loss, &rate, &sum),
            },
            _ if derivative == Some(0.0) => words::derivatives_are_zero(&loss, &sum, &name),
            Some(g) if g < 0.0 => words::sum_and_raising_lowers(&loss, &rate, &sum, &name),
            Some(g) if g > 0.0 => words::sum_and_raising_raises(&loss, &rate, &sum, &name),
            _ => words::sum_and_derivative_is_zero(&loss, &rate, &sum, &name),
        }
    }

    pub(super) fn mean_gradient(&self, param: Param) -> StepText {
        let n = self.moment.n_samples();
        let result = Quantity::MeanGradient(param);
        let sum = self.sum(n, |sample| Quantity::SampleGradient(sample, param).into());
        let symbols = self.mean(sum);
        let loss = self.name(Quantity::BatchLoss);
        let why = match self.sums_samples() {
            false => words::is_mean(&loss),
            true => words::is_added_up(n, &loss),
        };
        StepText {
            question: words::what_is_the_mean(n, &self.name(Quantity::Param(param))),
            equations: vec![self.equation(Formula::Name(result), None, symbols, result)],
            why,
        }
    }
}
