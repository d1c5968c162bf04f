//! The last step of a parameter: its new value, by each optimiser.

use super::method::{Direction, Method, MethodPart, combine, stepped};
use super::{Equation, Explainer, StepText};
use crate::explanation::formula::Formula;
use crate::lesson::quantity::Quantity;
use crate::moment::descent::Descent;
use crate::text::format;
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
        let optimizer = self.moment.lesson.rule.optimizer;
        let name = self.name(Quantity::Param(param));
        let loss = self.name(Quantity::BatchLoss);
        let change = self.change(param);
        let why = match optimizer {
            Optimizer::Sgd { .. } if descent.is_some_and(Descent::overshoots) => format!(
                "A short step against the derivative would lower {loss}; this one goes too far: {name} goes {change}. The learning rate {} says how far.",
                self.name(Quantity::LearningRate),
            ),
            Optimizer::Sgd { .. } => format!(
                "A step against the derivative lowers {loss}: {name} goes {change}. The learning rate {} says how far.",
                self.name(Quantity::LearningRate),
            ),
            _ => format!("{}: {name} goes {change}.", optimizer.facts().sentence),
        };
        self.new_weight(param, self.update_equations(param), why)
    }

    /// What is said of the step to a new weight, but for mistakes that are made in it, `why`.
    pub(super) fn new_weight(&self, param: Param, equations: Vec<Equation>, why: String) -> StepText {
        let name = self.name(Quantity::Param(param));
        let why = match self.is_uphill() {
            true => format!(
                "Broken on purpose: a step along the derivative and not against it raises {}: {name} goes {}.",
                self.name(Quantity::BatchLoss),
                self.change(param)
            ),
            false => why,
        };
        let why = if self.rounds() {
            format!(
                "{why} Broken on purpose: it is rounded to two digits after the point, and learning goes on from there."
            )
        } else {
            why
        };
        StepText { question: format!("What is the new {name}?"), equations, why }
    }

    /// "up by 0.1": what the update does to a parameter.
    pub(super) fn change(&self, param: Param) -> String {
        match self.moment.value(Quantity::Step(param)) {
            Some(s) if s > 0.0 => format!("up by {}", format::number(s, self.detail.digits)),
            Some(s) if s < 0.0 => format!("down by {}", format::number(-s, self.detail.digits)),
            _ => "nowhere".to_owned(),
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
        let of_batch = if self.moment.lesson.n_batches() < 2 { "" } else { " of this batch’s samples" };
        let by = match predicted {
            p if p < 0.0 => format!("lowers {loss}{of_batch} by {}", number(-p)),
            p if p > 0.0 => format!("raises {loss}{of_batch} by {}", number(p)),
            _ => format!("leaves {loss}{of_batch} as it is"),
        };
        let to = if after.is_finite() {
            format!("goes from {} to {}", number(before), number(after))
        } else {
            format!("goes from {} beyond what a number can hold", number(before))
        };
        let end = if descent.overshoots() { ": the update overshoots" } else { "" };
        format!("To first order the whole update {by}. {loss} {to}{end}.")
    }
}
