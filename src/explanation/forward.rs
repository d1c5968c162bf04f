//! The steps forwards: weighted sums, activations and the error.

use super::{Explainer, StepText};
use crate::explanation::formula::{Formula, Function};
use crate::lesson::quantity::Quantity;
use crate::text::format;
use crate::words::paragraph;
use crate::words::step::{forward as words, loss as loss_words};
use backprop::activation::{Activation, LEAK};
use backprop::loss::Loss;
use backprop::network::{Param, UnitId};
use backprop::trace::sum_of;

impl Explainer<'_> {
    pub(super) fn sum_term(&self, id: UnitId, k: usize) -> Formula {
        let UnitId { layer, unit } = id;
        if k < self.moment.network().n_units(layer - 1) {
            let weight = Param::Weight { layer, to: unit, from: k };
            Formula::Product(vec![
                Quantity::Activation(UnitId::new(layer - 1, k)).into(),
                Quantity::Param(weight).into(),
            ])
        } else {
            Quantity::Param(Param::Bias { layer, to: unit }).into()
        }
    }

    pub(super) fn n_sum_terms(&self, layer: usize) -> usize {
        let network = self.moment.network();
        network.n_units(layer - 1) + usize::from(network.has_biases(layer))
    }

    pub(super) fn weighted_sum(&self, id: UnitId) -> StepText {
        let layer = id.layer;
        let result = self.variable(id);
        let is_linear = result == Quantity::Activation(id);
        let symbols = self.sum(self.n_sum_terms(layer), |k| self.sum_term(id, k));
        let question = if is_linear && self.is_output(layer) {
            words::what_is_predicted(&self.name(result))
        } else {
            words::what_is_the_sum(&self.unit_name(id))
        };
        let has_bias = self.moment.network().has_biases(layer);
        let added = match (layer, self.moment.network().n_units(layer - 1), has_bias) {
            (1, 1, true) => words::input_and_bias(),
            (1, 1, false) => words::input(),
            (1, _, true) => words::inputs_and_bias(),
            (1, _, false) => words::inputs(),
            (_, 1, true) => words::output_and_bias(),
            (_, 1, false) => words::output(),
            (_, _, true) => words::outputs_and_bias(),
            (_, _, false) => words::outputs(),
        };
        let passes = if is_linear {
            words::is_linear(&self.unit_at_start(id))
        } else {
            words::is_called(&self.name(result))
        };
        StepText {
            question,
            equations: vec![self.equation(Formula::Name(result), None, symbols, result)],
            why: paragraph([added, &passes, &self.rest(id)]),
        }
    }

    /// g(z) of a unit, written out.
    pub(super) fn activation_formula(&self, id: UnitId) -> Formula {
        let network = self.moment.network();
        let layer = id.layer;
        let g = network.activation(layer);
        let z = || Formula::from(Quantity::Sum(id));
        let negative = |x| Formula::Negative(Box::new(x));
        let exp = |x| Formula::Exp(Box::new(x));
        match g {
            Activation::Identity => z(),
            Activation::Sigmoid => {
                Formula::Number(1.0).over(Formula::Sum(vec![Formula::Number(1.0), exp(negative(z()))]))
            }
            Activation::Tanh => Formula::Call(Function::Activation(g), vec![z()]),
            Activation::Relu => Formula::Call(Function::Max, vec![Formula::Number(0.0), z()]),
            Activation::LeakyRelu => {
                Formula::Call(Function::Max, vec![Formula::Product(vec![Formula::Number(LEAK), z()]), z()])
            }
            Activation::Softplus => {
                Formula::Call(Function::Ln, vec![Formula::Sum(vec![Formula::Number(1.0), exp(z())])])
            }
            Activation::Elu => {
                let zero = || Formula::Number(0.0);
                let below = exp(z()).minus(Formula::Number(1.0));
                Formula::Sum(vec![
                    Formula::Call(Function::Max, vec![zero(), z()]),
                    Formula::Call(Function::Min, vec![zero(), below]),
                ])
            }
            Activation::Softmax => {
                let all = self
                    .sum(network.n_units(layer), |unit| exp(Quantity::Sum(UnitId { layer, unit }).into()));
                // A sum below a line cannot go on in the next row.
                exp(z()).over(all.shortened(self.most_below()))
            }
        }
    }

    pub(super) fn activation(&self, id: UnitId) -> StepText {
        let network = self.moment.network();
        let layer = id.layer;
        let g = network.activation(layer);
        let result = Quantity::Activation(id);
        let z = || Formula::from(Quantity::Sum(id));
        let symbols = self.activation_formula(id);
        let question = if self.is_output(layer) {
            words::what_is_predicted(&self.name(result))
        } else {
            words::what_is_passed_on(&self.unit_name(id))
        };
        let why = paragraph([what_it_does(g), &self.kink(id)]);
        let chain = Some(Formula::Call(Function::AnyActivation(self.moment.names.function()), vec![z()]));
        StepText {
            question,
            equations: vec![self.equation(Formula::Name(result), chain, symbols, result)],
            why,
        }
    }

    /// Of a sum that is 0 on paper, what it is here and what follows, as sentences; else nothing.
    fn rest(&self, id: UnitId) -> String {
        let z = Quantity::Sum(id);
        match self.moment.value(z) {
            Some(rest) if self.moment.is_zero_on_paper(z, self.moment.sample()) => {
                paragraph([&*words::is_zero_on_paper(&format::number(rest, 3)), &self.kink(id)])
            }
            _ => String::new(),
        }
    }

    /// Where rounding alone decides on which side of its kink an activation function is, what that does to
    /// its slope, as a sentence; else nothing.
    pub(super) fn kink(&self, id: UnitId) -> String {
        let layer = id.layer;
        let g = self.moment.network().activation(layer);
        let (z, slope) = (Quantity::Sum(id), Quantity::Slope(id));
        if !g.has_kink() || !self.moment.is_zero_on_paper(z, self.moment.sample()) {
            return String::new();
        }
        let slope_below = format::number(g.slope(-1.0, -1.0), self.detail.digits);
        words::is_at_kink(&g.name(), &slope_below, &self.number(slope))
    }

    pub(super) fn loss_term(&self, unit: usize) -> Formula {
        let layer = self.moment.network().n_layers();
        let a = || Formula::from(Quantity::Activation(UnitId { layer, unit }));
        let y = || Formula::from(Quantity::Target(unit));
        let ln = |x| Formula::Call(Function::Ln, vec![x]);
        let one = || Formula::Number(1.0);
        match self.moment.lesson.rule.loss {
            Loss::HalfSquaredError => {
                Formula::Product(vec![one().over(Formula::Number(2.0)), a().minus(y()).squared()])
            }
            Loss::MeanSquaredError => self.per_output(a().minus(y()).squared()),
            Loss::BinaryCrossEntropy => {
                let hit = Formula::Product(vec![y(), ln(a())]);
                let miss = Formula::Product(vec![one().minus(y()), ln(one().minus(a()))]);
                self.per_output(Formula::Negative(Box::new(Formula::Sum(vec![hit, miss]))))
            }
            Loss::CrossEntropy => Formula::Negative(Box::new(Formula::Product(vec![y(), ln(a())]))),
        }
    }

    /// The share of one output where the loss is a mean over them.
    pub(super) fn per_output(&self, x: Formula) -> Formula {
        let n = self.moment.network().n_outputs();
        if 1 < n { x.over(Formula::Number(n as f64)) } else { x }
    }

    /// The shares of the first `n` outputs; what they have in common, once.
    pub(super) fn loss_terms(&self, n: usize) -> Formula {
        let n_outputs = self.moment.network().n_outputs();
        if n_outputs == 1 {
            return self.loss_term(0);
        }
        let one = || Formula::Number(1.0);
        let share = || one().over(Formula::Number(n_outputs as f64));
        let inside = |unit| match self.loss_term(unit) {
            Formula::Fraction(term, _) => *term,
            term => term,
        };
        let positive = |unit| match inside(unit) {
            Formula::Negative(term) => *term,
            term => term,
        };
        match self.moment.lesson.rule.loss {
            Loss::HalfSquaredError => self.sum(n, |unit| self.loss_term(unit)),
            Loss::MeanSquaredError => Formula::Product(vec![share(), self.sum(n, inside)]),
            Loss::BinaryCrossEntropy => {
                let terms = Formula::Sum(
                    (0..n)
                        .map(positive)
                        .flat_map(|term| match term {
                            Formula::Sum(terms) => terms,
                            term => vec![term],
                        })
                        .collect(),
                );
                Formula::Negative(Box::new(Formula::Product(vec![share(), terms])))
            }
            Loss::CrossEntropy => Formula::Negative(Box::new(self.sum(n, positive))),
        }
    }

    /// What a squared error makes of the gap of the only output.
    fn squared_gap(&self, id: UnitId) -> String {
        let (a, y, loss) = (Quantity::Activation(id), Quantity::Target(id.unit), self.name(Quantity::Loss));
        let (name, prediction, target) = (self.name(a), self.number(a), self.number(y));
        match self.gap_of(id) {
            Some(0.0) => loss_words::is_zero(&name, &prediction, &loss),
            _ if prediction == target => paragraph([&*self.gap(id), &loss_words::grows_with_square(&loss)]),
            _ => loss_words::is_where_right(&name, &prediction, &target, &loss),
        }
    }

    /// Whether the targets are not those of one right answer, or of yes and no: a cross-entropy is not 0 at its
    /// least then.
    fn has_soft_targets(&self) -> bool {
        let targets = self.moment.shown_target();
        let is_of_classes = self.moment.lesson.rule.loss == Loss::CrossEntropy;
        targets.iter().any(|y| *y != 0.0 && *y != 1.0)
            || is_of_classes && sum_of(targets.iter().copied()) != 1.0
    }

    /// Where a cross-entropy of such targets is least.
    fn least_loss(&self) -> String {
        let name = self.name(Quantity::Loss);
        let targets = self.moment.shown_target();
        match self.moment.lesson.rule.loss {
            Loss::CrossEntropy if targets.iter().all(|y| *y == 0.0) => {
                loss_words::is_zero_without_targets(&name)
            }
            Loss::CrossEntropy if sum_of(targets.iter().copied()) != 1.0 => {
                loss_words::is_least_of_other_total(&name)
            }
            Loss::CrossEntropy => loss_words::is_least_of_shares(&name),
            _ => loss_words::is_least(&name),
        }
    }

    pub(super) fn loss(&self) -> StepText {
        let symbols = self.loss_terms(self.moment.network().n_outputs());
        let left = Formula::Name(Quantity::Loss);
        StepText {
            question: loss_words::how_wrong().to_owned(),
            equations: vec![self.equation(left, None, symbols, Quantity::Loss)],
            why: self.why_loss(),
        }
    }

    fn why_loss(&self) -> String {
        let network = self.moment.network();
        let only = UnitId { layer: network.n_layers(), unit: 0 };
        let name = self.name(Quantity::Loss);
        match self.moment.lesson.rule.loss {
            Loss::HalfSquaredError if network.n_outputs() == 1 => {
                paragraph([&*self.squared_gap(only), loss_words::half()])
            }
            Loss::MeanSquaredError if network.n_outputs() == 1 => self.squared_gap(only),
            Loss::HalfSquaredError => {
                paragraph([&*loss_words::each_adds_half(&name), loss_words::half_of_each()])
            }
            Loss::MeanSquaredError => loss_words::is_mean(&name),
            Loss::BinaryCrossEntropy | Loss::CrossEntropy if self.has_soft_targets() => self.least_loss(),
            loss @ (Loss::BinaryCrossEntropy | Loss::CrossEntropy) => {
                let counts = |unit: &usize| {
                    loss == Loss::BinaryCrossEntropy || self.moment.shown_target()[*unit] != 0.0
                };
                let near_one = (0..network.n_outputs()).filter(counts).find_map(|unit| self.near_one(unit));
                paragraph([&*loss_words::is_small(&name), &near_one.unwrap_or_default()])
            }
        }
    }
}

/// What an activation function does to a sum.
fn what_it_does(g: Activation) -> &'static str {
    match g {
        Activation::Identity => words::identity(),
        Activation::Sigmoid => words::sigmoid(),
        Activation::Tanh => words::tanh(),
        Activation::Relu => words::relu(),
        Activation::LeakyRelu => words::leaky_relu(),
        Activation::Softplus => words::softplus(),
        Activation::Elu => words::elu(),
        Activation::Softmax => words::softmax(),
    }
}
