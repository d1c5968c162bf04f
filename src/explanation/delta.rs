//! The steps to δ of each unit, and how far an output is from its target.

use super::{Explainer, StepText};
use crate::explanation::formula::Formula;
use crate::lesson::quantity::Quantity;
use crate::text::format;
use crate::words::paragraph;
use crate::words::step::{delta as words, loss as loss_words};
use backprop::activation::Activation;
use backprop::loss;
use backprop::loss::Loss;
use backprop::network::UnitId;
use backprop::trace::sum_of;

impl Explainer<'_> {
    /// Whether g′ of the units of a layer is a factor of its own on the way back.
    pub(super) fn has_slope(&self, layer: usize) -> bool {
        let is_linear = self.moment.network().activation(layer) == Activation::Identity;
        !is_linear && !self.is_derived_with_loss(layer) && self.takes_slope(layer)
    }

    /// Whether the activation of a layer, the outputs', and the loss are derived as one.
    pub(super) fn is_derived_with_loss(&self, layer: usize) -> bool {
        self.is_output(layer) && self.moment.lesson.rule.loss.is_of_sums()
    }

    /// What the way back begins with at an output: ∂E/∂a, or δ where activation and loss are derived as one.
    pub(super) fn at_loss(&self, output: UnitId) -> Quantity {
        match self.is_derived_with_loss(output.layer) {
            true => Quantity::Delta(output),
            false => Quantity::ActivationGradient(output),
        }
    }

    /// The number of [`Self::at_loss`] as a derivative, whatever sign δ has.
    pub(super) fn derivative_at_loss(&self, output: UnitId) -> Option<f64> {
        match self.at_loss(output) {
            Quantity::Delta(id) => self.derivative_by_sum(id),
            other => self.moment.value(other),
        }
    }

    /// g′ of a unit written with its activation, where that is how it is computed.
    pub(super) fn slope(&self, id: UnitId) -> Formula {
        let a = || Formula::from(Quantity::Activation(id));
        match self.moment.network().activation(id.layer) {
            Activation::Sigmoid | Activation::Softmax => {
                Formula::Product(vec![a(), Formula::Number(1.0).minus(a())])
            }
            Activation::Tanh => Formula::Number(1.0).minus(a().squared()),
            _ => Quantity::Slope(id).into(),
        }
    }

    pub(super) fn delta(&self, id: UnitId) -> StepText {
        let (result, is_output) = (Quantity::Delta(id), self.is_output(id.layer));
        let symbols = match is_output {
            true => self.delta_of_output(id),
            false => self.times_slope(id, Quantity::ActivationGradient(id).into()),
        };
        // Without g′ the chain rule's first factor is all that there is of a hidden unit.
        let has_chain = is_output || self.takes_slope(id.layer);
        let chain = has_chain.then(|| self.chain_of_delta(id));
        let question = match self.moment.network().activation(id.layer) {
            Activation::Identity if is_output => {
                words::how_changes_with(&self.name(Quantity::Activation(id)))
            }
            _ => words::how_changes_with_sum(&self.unit_name(id)),
        };
        StepText {
            question,
            equations: vec![self.equation(Formula::Name(result), chain, symbols, result)],
            why: if is_output { self.why_of_output(id) } else { self.why_of_hidden(id) },
        }
    }

    /// δ by the chain rule.
    fn chain_of_delta(&self, id: UnitId) -> Formula {
        let (a, z) = (Quantity::Activation(id), Quantity::Sum(id));
        match self.moment.network().activation(id.layer) {
            _ if !self.takes_slope(id.layer) => Formula::Partial(Quantity::Loss, a),
            Activation::Identity => Formula::Partial(Quantity::Loss, a),
            Activation::Softmax => Formula::Partial(Quantity::Loss, z),
            _ => Formula::Product(vec![Formula::Partial(Quantity::Loss, a), Formula::Partial(a, z)]),
        }
    }

    /// What δ of an output is, in symbols.
    fn delta_of_output(&self, id: UnitId) -> Formula {
        let a = || Formula::from(Quantity::Activation(id));
        let y = || Formula::from(Quantity::Target(id.unit));
        let twice = || Formula::Product(vec![Formula::Number(2.0), a().minus(y())]);
        match self.moment.lesson.rule.loss {
            Loss::HalfSquaredError if self.doubles() => self.times_slope(id, twice()),
            Loss::HalfSquaredError => self.times_slope(id, a().minus(y())),
            Loss::MeanSquaredError => self.times_slope(id, self.per_output(twice())),
            Loss::BinaryCrossEntropy => self.per_output(a().minus(y())),
            Loss::CrossEntropy if self.total_target() == 1.0 => a().minus(y()),
            Loss::CrossEntropy => {
                let total =
                    (0..self.moment.shown_target().len()).map(|k| Quantity::Target(k).into()).collect();
                Formula::Product(vec![a(), Formula::Sum(total)]).minus(y())
            }
        }
    }

    /// `first` · g′ of a unit, where δ has that factor.
    fn times_slope(&self, id: UnitId, first: Formula) -> Formula {
        match (self.moment.network().activation(id.layer), self.slope(id)) {
            _ if !self.takes_slope(id.layer) => first,
            (Activation::Identity, _) => first,
            (_, Formula::Product(slope)) => Formula::Product([vec![first], slope].concat()),
            (_, slope) => Formula::Product(vec![first, slope]),
        }
    }

    fn why_of_hidden(&self, id: UnitId) -> String {
        paragraph([&*self.with_or_without_slope(id), &self.kink(id)])
    }

    fn why_of_output(&self, id: UnitId) -> String {
        let is_of_sums = self.moment.lesson.rule.loss.is_of_sums();
        let doubled = if self.doubles() { words::is_doubled() } else { "" };
        if self.moment.lesson.rule.loss == Loss::CrossEntropy && self.total_target() != 1.0 {
            return paragraph([&*self.of_other_total(id), doubled]);
        }
        if self.gap_of(id) == Some(0.0) {
            let right =
                words::is_right(&self.name(Quantity::Activation(id)), &self.name(Quantity::Delta(id)));
            return paragraph([&*right, doubled]);
        }
        let left = match self.moment.network().activation(id.layer) {
            _ if is_of_sums => self.difference_left(id),
            Activation::Identity => self.gap_goes_back(id),
            _ => self.with_or_without_slope(id),
        };
        paragraph([&*self.gap(id), &left, doubled])
    }

    /// Of a cross-entropy, what the slopes of activation and loss leave.
    fn difference_left(&self, id: UnitId) -> String {
        let n = self.moment.network().n_outputs();
        let is_mean = self.moment.lesson.rule.loss == Loss::BinaryCrossEntropy && 1 < n;
        let left = match (self.moment.names.negates_delta(), is_mean) {
            (false, false) => words::leaves_prediction_minus_target().to_owned(),
            (true, false) => words::leaves_target_minus_prediction().to_owned(),
            (false, true) => words::leaves_prediction_minus_target_of_mean(&n),
            (true, true) => words::leaves_target_minus_prediction_of_mean(&n),
        };
        let looks_equal = self.number(Quantity::Target(id.unit)) == "1";
        let near_one = self.near_one(id.unit).filter(|_| looks_equal).unwrap_or_default();
        paragraph([&*left, &near_one])
    }

    /// Of softmax and cross-entropy, what δ is where the targets do not add up to 1.
    fn of_other_total(&self, id: UnitId) -> String {
        let total = format::number(self.total_target(), self.detail.digits);
        let prediction = self.name(Quantity::Activation(id));
        let target = self.name(Quantity::Target(id.unit));
        let left = match self.moment.names.negates_delta() {
            false => words::leaves_total_minus(&total, &prediction, &target),
            true => words::leaves_minus_total(&total, &prediction, &target),
        };
        paragraph([&*words::targets_add_up_to(&total), &left])
    }

    /// How much of the gap of a linear output its δ is, and where it goes.
    fn gap_goes_back(&self, id: UnitId) -> String {
        let (n, delta) = (self.moment.network().n_outputs(), self.name(Quantity::Delta(id)));
        let is_only = n == 1;
        match self.moment.lesson.rule.loss {
            Loss::HalfSquaredError if self.doubles() && !is_only => words::twice_gap_of_one_goes_back(&delta),
            Loss::HalfSquaredError if self.doubles() => words::twice_gap_goes_back(&delta),
            Loss::MeanSquaredError if is_only => words::twice_gap_goes_back(&delta),
            Loss::MeanSquaredError if n != 2 => words::share_of_gap_goes_back(&n, &delta),
            _ if is_only => words::gap_goes_back(&delta),
            _ => words::gap_of_one_goes_back(&delta),
        }
    }

    /// What the slope of a unit does to its δ, or would have done.
    fn with_or_without_slope(&self, id: UnitId) -> String {
        if self.takes_slope(id.layer) { self.through_slope(id) } else { self.without_slope(id) }
    }

    /// What the slope of a unit does to what comes back to it.
    fn through_slope(&self, id: UnitId) -> String {
        let (z, slope) = (Quantity::Sum(id), Quantity::Slope(id));
        let g = self.moment.network().activation(id.layer);
        match g {
            _ if g.has_kink() && self.is_zero(z) => {
                words::is_at_kink(&self.name(z), &g.name(), &self.number(slope))
            }
            _ if !self.is_zero(slope) => {
                let activation = self.name(Quantity::Activation(id));
                words::is_scaled_by_slope(&self.name(z), &activation, &self.number(slope))
            }
            Activation::Relu | Activation::Softplus => words::is_switched_off(&self.unit_at_start(id)),
            _ => words::is_saturated(&self.unit_at_start(id)),
        }
    }

    /// What g′ would have done to the δ of a unit that is computed without it.
    fn without_slope(&self, id: UnitId) -> String {
        let (z, slope) = (Quantity::Sum(id), Quantity::Slope(id));
        let delta = self.name_of_derivative_by_sum(id);
        words::slope_is_left_out(&self.name(slope), &self.number(slope), &delta, &self.name(z))
    }

    fn total_target(&self) -> f64 {
        sum_of(self.moment.shown_target().iter().copied())
    }

    /// Prediction minus target of an output.
    pub(super) fn gap_of(&self, id: UnitId) -> Option<f64> {
        let prediction = self.moment.value(Quantity::Activation(id))?;
        let target = self.moment.value(Quantity::Target(id.unit))?;
        let is_of_sums = self.moment.lesson.rule.loss.is_of_sums();
        Some(match self.moment.rest(id.unit).filter(|_| is_of_sums) {
            Some(rest) => loss::gap(1.0, prediction, target, rest),
            None => prediction - target,
        })
    }

    /// "out is 0.809 too low."
    pub(super) fn gap(&self, id: UnitId) -> String {
        let name = self.name(Quantity::Activation(id));
        let number = |x: f64| format::number(x, self.detail.digits);
        match self.gap_of(id) {
            None => String::new(),
            Some(0.0) => loss_words::is_right(&name),
            Some(gap) if gap < 0.0 => loss_words::is_too_low(&name, &number(-gap)),
            Some(gap) => loss_words::is_too_high(&name, &number(gap)),
        }
    }

    /// Where an output is printed as 1 and is not: how much is missing, and that it is not lost.
    pub(super) fn near_one(&self, unit: usize) -> Option<String> {
        let layer = self.moment.network().n_layers();
        let id = UnitId { layer, unit };
        let a = Quantity::Activation(id);
        let rest = self.moment.rest(unit).filter(|rest| 0.0 < *rest && self.number(a) == "1")?;
        let (name, rest) = (self.name(a), format::number(rest, self.detail.digits));
        Some(match self.moment.network().activation(layer) {
            Activation::Softmax => loss_words::is_nearly_one_of_shares(&name, &rest),
            _ => loss_words::is_nearly_one(&name, &rest, &self.name(Quantity::Sum(id))),
        })
    }
}
