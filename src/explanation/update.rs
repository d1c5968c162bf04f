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
        let how = self.how(param, descent);
        let rate = match self.moment.lesson.rule.optimizer {
            Optimizer::Sgd { .. } => {
                format!(" The learning rate {} says how far.", self.name(Quantity::LearningRate))
            }
            _ => String::new(),
        };
        self.new_weight(param, self.update_equations(param), how, &rate)
    }

    /// How a method comes to its step, as the beginning of a sentence that goes on with a colon.
    fn how(&self, param: Param, descent: Option<&Descent>) -> String {
        let optimizer = self.moment.lesson.rule.optimizer;
        let loss = self.name(Quantity::BatchLoss);
        match optimizer {
            Optimizer::Sgd { .. } if !self.is_derivative(param, true) => {
                "The step is against what is taken for the derivative".to_owned()
            }
            Optimizer::Sgd { .. } if descent.is_some_and(Descent::overshoots) => {
                format!("A short step against the derivative would lower {loss}; this one goes too far")
            }
            Optimizer::Sgd { .. } => format!("A short step against the derivative lowers {loss}"),
            Optimizer::Momentum { momentum: 0.0, .. } => {
                "With μ = 0 momentum keeps nothing of the earlier steps".to_owned()
            }
            Optimizer::Momentum { .. } if self.is_zero(Quantity::OldFirstMoment(param)) => {
                "Momentum keeps a share of the earlier steps, and there is none yet".to_owned()
            }
            _ => optimizer.facts().sentence.to_owned(),
        }
    }

    /// What is said of the step to a new weight: `how` it is made and, where the weight moves, `after` that;
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
        let why = if self.rounds() {
            format!(
                "{how}.{after} Broken on purpose: the new {name} is rounded to two digits after the point, and learning goes on from there: {moves}."
            )
        } else {
            format!("{how}: {moves}.{after}")
        };
        StepText { question: format!("What is the new {name}?"), equations, why }
    }

    /// What moves no parameter by any method, if it is so; else nothing.
    fn why_it_stays(&self, param: Param) -> Option<String> {
        if !self.moment.learns(param) {
            return Some("The update leaves out the biases".to_owned());
        }
        if !self.is_zero(Quantity::Step(param)) {
            return None;
        }
        if self.is_zero(Quantity::LearningRate) {
            return Some(format!("The learning rate {} is 0", self.name(Quantity::LearningRate)));
        }
        self.is_zero(Quantity::MeanGradient(param)).then(|| "The derivative is 0".to_owned())
    }

    /// What a step with the wrong sign does.
    fn uphill(&self, param: Param) -> String {
        let is_derivative = self.is_derivative(param, true);
        match self.moment.lesson.rule.optimizer {
            Optimizer::Sgd { .. } if is_derivative => format!(
                "Broken on purpose: the step is along the derivative and not against it, which raises {} where it is short",
                self.name(Quantity::BatchLoss)
            ),
            _ => "Broken on purpose: the step is added and not taken away".to_owned(),
        }
    }

    /// "w₅ goes up by 0.1": what the update does to a parameter.
    pub(super) fn moves(&self, param: Param) -> String {
        let name = self.name(Quantity::Param(param));
        match self.moment.value(Quantity::Step(param)) {
            Some(s) if s > 0.0 => format!("{name} goes up by {}", format::number(s, self.detail.digits)),
            Some(s) if s < 0.0 => format!("{name} goes down by {}", format::number(-s, self.detail.digits)),
            _ => format!("{name} stays"),
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
        let to = if number(before) == number(after) {
            format!("stays {} to the digits shown", number(before))
        } else if after.is_finite() {
            format!("goes from {} to {}", number(before), number(after))
        } else {
            format!("goes from {} beyond what a number can hold", number(before))
        };
        let end = if descent.overshoots() { ": the update overshoots" } else { "" };
        format!("To first order the whole update {by}. {loss} {to}{end}.")
    }
}
