//! The last step of a parameter: its new value, by each optimiser.

use super::method::{Direction, Method, MethodPart, combine};
use super::{Equation, Explainer, StepText};
use crate::explanation::formula::Formula;
use crate::lesson::quantity::Quantity;
use crate::text::format;
use backprop::network::Param;
use backprop::optimizer::Optimizer;

impl Explainer<'_> {
    pub(super) fn update(&self, param: Param) -> StepText {
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
        equations.push(equation(Quantity::New(param), Formula::from(Quantity::Param(param)).minus(step)));
        let name = self.name(Quantity::Param(param));
        let loss = self.name(Quantity::BatchLoss);
        let step = Quantity::Step(param);
        let change = match self.moment.value(step) {
            Some(s) if s > 0.0 => format!("up by {}", format::number(s, self.detail.digits)),
            Some(s) if s < 0.0 => format!("down by {}", format::number(-s, self.detail.digits)),
            _ => "nowhere".to_owned(),
        };
        let why = match optimizer {
            Optimizer::Sgd { .. } => format!(
                "A step against the derivative lowers {loss}: {name} goes {change}. The learning rate {} says how far.",
                self.name(Quantity::LearningRate),
            ),
            _ => format!("{}: {name} goes {change}.", optimizer.facts().sentence),
        };
        StepText { question: format!("What is the new {name}?"), equations, why }
    }
}
