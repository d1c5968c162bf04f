//! The last step of a parameter: its new value, by each optimiser.

use super::{Explainer, StepText};
use crate::explanation::formula::Formula;
use crate::lesson::quantity::Quantity;
use crate::text::format;
use backprop::network::Param;
use backprop::optimizer::Optimizer;

impl Explainer<'_> {
    pub(super) fn update(&self, param: Param) -> StepText {
        let w = || Formula::from(Quantity::Param(param));
        let g = || Formula::from(Quantity::MeanGradient(param));
        let eta = || Formula::from(Quantity::LearningRate);
        let q = |quantity: Quantity| Formula::from(quantity);
        let one_minus = |quantity: Quantity| Formula::Number(1.0).minus(quantity.into());
        let root_plus_epsilon =
            |v: Quantity| Formula::Sum(vec![Formula::Root(Box::new(v.into())), Quantity::Epsilon.into()]);
        let equation =
            |result: Quantity, symbols| self.equation(Formula::Name(result), None, symbols, result);
        let moving = |result, decay: Quantity, old: Quantity, add: Formula| {
            let kept = Formula::Product(vec![decay.into(), old.into()]);
            let added = Formula::Product(vec![one_minus(decay), add]);
            equation(result, Formula::Sum(vec![kept, added]))
        };
        let (m, v) = (Quantity::FirstMoment(param), Quantity::SecondMoment(param));
        let (old_m, old_v) = (Quantity::OldFirstMoment(param), Quantity::OldSecondMoment(param));
        let (hat_m, hat_v) = (Quantity::CorrectedFirstMoment(param), Quantity::CorrectedSecondMoment(param));
        let mut equations = match self.moment.lesson.rule.optimizer {
            Optimizer::Sgd { .. } => Vec::new(),
            Optimizer::Momentum { .. } => {
                let kept = Formula::Product(vec![q(Quantity::Momentum), q(old_m)]);
                vec![equation(m, Formula::Sum(vec![kept, g()]))]
            }
            Optimizer::Rmsprop { .. } => vec![moving(v, Quantity::Decay, old_v, g().squared())],
            Optimizer::Adam { .. } => vec![
                moving(m, Quantity::Beta1, old_m, g()),
                moving(v, Quantity::Beta2, old_v, g().squared()),
                equation(hat_m, q(m).over(q(Quantity::BiasCorrection1))),
                equation(hat_v, q(v).over(q(Quantity::BiasCorrection2))),
            ],
        };
        let step = match self.moment.lesson.rule.optimizer {
            Optimizer::Sgd { .. } => Formula::Product(vec![eta(), g()]),
            Optimizer::Momentum { .. } => Formula::Product(vec![eta(), q(m)]),
            Optimizer::Rmsprop { .. } => Formula::Product(vec![eta(), g().over(root_plus_epsilon(v))]),
            Optimizer::Adam { .. } => Formula::Product(vec![eta(), q(hat_m).over(root_plus_epsilon(hat_v))]),
        };
        equations.push(equation(Quantity::New(param), w().minus(step)));
        let name = self.name(Quantity::Param(param));
        let loss = self.name(Quantity::BatchLoss);
        let step = Quantity::Step(param);
        let change = match self.moment.value(step) {
            Some(s) if s > 0.0 => format!("up by {}", format::number(s, self.detail.digits)),
            Some(s) if s < 0.0 => format!("down by {}", format::number(-s, self.detail.digits)),
            _ => "nowhere".to_owned(),
        };
        let why = match self.moment.lesson.rule.optimizer {
            Optimizer::Sgd { .. } => format!(
                "A step against the derivative lowers {loss}: {name} goes {change}. The learning rate {} says how far.",
                self.name(Quantity::LearningRate),
            ),
            Optimizer::Momentum { .. } => format!(
                "Momentum keeps a share of the earlier steps, like a ball that rolls on: {name} goes {change}."
            ),
            Optimizer::Rmsprop { .. } => format!(
                "RMSProp divides by the recent size of the derivative, so that every weight moves at a similar pace: {name} goes {change}."
            ),
            Optimizer::Adam { .. } => format!(
                "Adam keeps a mean of the derivative (m) and of its square (v), corrected for their start at 0 (by c₁ = 1 − β₁ᵗ and c₂ = 1 − β₂ᵗ): {name} goes {change}."
            ),
        };
        StepText { question: format!("What is the new {name}?"), equations, why }
    }
}
