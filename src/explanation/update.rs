//! The last step of a parameter: its new value, by each optimiser.

use super::method::{Direction, Method, MethodPart, combine, stepped};
use super::{Equation, Explainer, StepText};
use crate::explanation::formula::Formula;
use crate::lesson::quantity::Quantity;
use crate::moment::descent::Descent;
use crate::text::format;
use crate::words::paragraph;
use crate::words::step::update as words;
use backprop::mistakes::Mistake;
use backprop::network::Param;
use backprop::optimizer::Optimizer;

impl Explainer<'_> {
    /// What an update computes of `param`, in order: what the optimiser remembers, that corrected, the new value.
    pub(super) fn update_equations(&self, param: Param) -> Vec<Equation> {
        let optimizer = self.moment.lesson.rule.optimizer;
        let Method { remembered, corrected, direction } = Method::of(optimizer);
        let equation =
            |result: Quantity, symbols| self.equation(Formula::Name(result), None, symbols, result);
        let of_param = |part: MethodPart| part.of(param);
        let mut equations: Vec<Equation> = remembered
            .into_iter()
            .map(|(moment, parts)| equation(moment.of(param), combine(parts, of_param)))
            .collect();
        equations.extend(corrected.into_iter().filter_map(|(moment, by)| {
            let Formula::Quantity(result) = MethodPart::Corrected(moment).of(param) else {
                return None;
            };
            Some(equation(result, MethodPart::New(moment).of(param).over(by.into())))
        }));
        let direction = match direction {
            Direction::Combination(parts) => combine(parts, of_param),
            Direction::OverRoot(over, under) => {
                let root = Formula::Root(Box::new(under.of(param)));
                over.of(param).over(Formula::Sum(vec![root, Quantity::Epsilon.into()]))
            }
        };
        let step = Formula::Product(vec![Quantity::LearningRate.into(), direction]);
        equations.push(equation(Quantity::New(param), self.stepped(Quantity::Param(param).into(), step)));
        equations
    }

    pub(super) fn update(&self, param: Param, descent: Option<&Descent>) -> StepText {
        let rate = match self.moment.lesson.rule.optimizer {
            Optimizer::Sgd { .. } => words::says_how_far(&self.name(Quantity::LearningRate)),
            _ => String::new(),
        };
        self.new_weight(param, self.update_equations(param), self.how(param, descent), &rate)
    }

    /// How a method comes to its step: a reason.
    fn how(&self, param: Param, descent: Option<&Descent>) -> String {
        let optimizer = self.moment.lesson.rule.optimizer;
        let loss = self.name(Quantity::BatchLoss);
        match optimizer {
            Optimizer::Sgd { .. } if !self.is_derivative(param, true) => {
                words::against_what_is_taken().to_owned()
            }
            Optimizer::Sgd { .. } if descent.is_some_and(Descent::overshoots) => words::goes_too_far(&loss),
            Optimizer::Sgd { .. } => words::lowers(&loss),
            Optimizer::Momentum { momentum: 0.0, .. } => words::keeps_nothing().to_owned(),
            Optimizer::Momentum { .. } if self.is_zero(Quantity::OldFirstMoment(param)) => {
                words::nothing_kept_yet().to_owned()
            }
            Optimizer::Momentum { .. } => words::momentum().to_owned(),
            Optimizer::Nesterov { .. } => words::nesterov().to_owned(),
            Optimizer::Rmsprop { .. } => words::rmsprop().to_owned(),
            Optimizer::Adam { .. } => words::adam().to_owned(),
        }
    }

    /// What is said of the step to a new weight: `how` it is made, a reason, and, where the weight moves, `after` that;
    /// or why it stays, and which mistakes are made in it.
    pub(super) fn new_weight(
        &self,
        param: Param,
        equations: Vec<Equation>,
        how: String,
        after: &str,
    ) -> StepText {
        let name = self.name(Quantity::Param(param));
        let moves = self.moves(param);
        let how = self.why_it_stays(param).unwrap_or(if self.is_uphill() { self.uphill(param) } else { how });
        let after = if self.is_uphill() || self.is_zero(Quantity::Step(param)) { "" } else { after };
        let why = match self.rounds() {
            true => paragraph([&*words::reason(&how), after, &words::rounded(&name, &moves)]),
            false => paragraph([&*words::so_it_moves(&how, &moves), after]),
        };
        StepText { question: words::what_is_the_new(&name), equations, why }
    }

    /// What moves no parameter by any method, if it is so; else nothing.
    fn why_it_stays(&self, param: Param) -> Option<String> {
        if !self.moment.learns(param) {
            return Some(words::biases_are_left_out().to_owned());
        }
        if !self.is_zero(Quantity::Step(param)) {
            return None;
        }
        if self.is_zero(Quantity::LearningRate) {
            return Some(words::rate_is_zero(&self.name(Quantity::LearningRate)));
        }
        self.is_zero(Quantity::MeanGradient(param)).then(|| words::derivative_is_zero().to_owned())
    }

    /// What a step with the wrong sign does: a reason.
    fn uphill(&self, param: Param) -> String {
        match self.moment.lesson.rule.optimizer {
            Optimizer::Sgd { .. } if self.is_derivative(param, true) => {
                words::along_the_derivative(&self.name(Quantity::BatchLoss))
            }
            _ => words::added().to_owned(),
        }
    }

    /// "w₅ goes up by 0.1": what the update does to a parameter.
    pub(super) fn moves(&self, param: Param) -> String {
        let name = self.name(Quantity::Param(param));
        let number = |x: f64| format::number(x, self.detail.digits);
        match self.moment.value(Quantity::Step(param)) {
            Some(s) if s > 0.0 => words::goes_up(&name, &number(s)),
            Some(s) if s < 0.0 => words::goes_down(&name, &number(-s)),
            _ => words::stays(&name),
        }
    }

    /// What the update makes of a weight and of its step, which is −`step` but for mistakes.
    pub(super) fn stepped(&self, weight: Formula, step: Formula) -> Formula {
        stepped(self.moment.lesson.rule, weight, step)
    }

    pub(super) fn is_uphill(&self) -> bool {
        self.moment.lesson.rule.makes(Mistake::SignFlipped)
    }

    pub(super) fn rounds(&self) -> bool {
        self.moment.lesson.rule.makes(Mistake::Rounded)
    }

    /// What all steps of the update together were to do to the loss, and what they do.
    pub(super) fn effect(&self, descent: &Descent) -> String {
        let number = |x: f64| format::number(x, self.detail.digits);
        let Descent { before, predicted, after } = *descent;
        let loss = self.name(Quantity::BatchLoss);
        let is_of_all = self.moment.lesson.n_batches() < 2;
        let was_to = match predicted {
            p if p < 0.0 && is_of_all => words::is_to_lower(&loss, &number(-p)),
            p if p < 0.0 => words::is_to_lower_batch(&loss, &number(-p)),
            p if p > 0.0 && is_of_all => words::is_to_raise(&loss, &number(p)),
            p if p > 0.0 => words::is_to_raise_batch(&loss, &number(p)),
            _ if is_of_all => words::is_to_leave(&loss),
            _ => words::is_to_leave_batch(&loss),
        };
        let (from, to) = (number(before), number(after));
        let does = match descent.overshoots() {
            false if from == to => words::loss_stays(&loss, &from),
            false if after.is_finite() => words::loss_goes(&loss, &from, &to),
            false => words::loss_leaves_numbers(&loss, &from),
            true if from == to => words::loss_stays_overshooting(&loss, &from),
            true if after.is_finite() => words::loss_goes_overshooting(&loss, &from, &to),
            true => words::loss_leaves_numbers_overshooting(&loss, &from),
        };
        paragraph([&*was_to, &does])
    }
}
