//! A sum of which only the first terms have been added.

use super::{Explainer, PartialSum};
use crate::explanation::formula::Formula;
use crate::lesson::quantity::Quantity;
use crate::moment::step::StepKind;
use backprop::network::{Param, UnitId};
use backprop::trace::sum_of;

impl Explainer<'_> {
    /// The terms so far of the sum that `kind` adds up, while not all are shown.
    pub(super) fn partial_sum(&self, kind: StepKind) -> Option<PartialSum> {
        let position = self.moment.position;
        let n_terms = self.moment.plan.n_terms(position.step);
        let n_shown = position.terms;
        if n_terms <= n_shown {
            return None;
        }
        let value = |quantity| self.moment.value(quantity).unwrap_or(0.0);
        let last = n_shown.saturating_sub(1);
        let (terms, newest, total): (Formula, Formula, f64) = match kind {
            StepKind::WeightedSum(id @ UnitId { layer, unit }) => (
                self.sum(n_shown, |k| self.sum_term(id, k)),
                self.sum_term(id, last),
                sum_of((0..n_shown).map(|from| {
                    value(Quantity::Activation(UnitId::new(layer - 1, from)))
                        * value(Quantity::Param(Param::Weight { layer, to: unit, from }))
                })),
            ),
            StepKind::ActivationGradient(id) => (
                self.sum(n_shown, |to| self.share_in_sign(id, to)),
                self.share_in_sign(id, last),
                sum_of((0..n_shown).map(|to| value(Quantity::GradientShare { of: id, to }))),
            ),
            StepKind::Loss => (
                self.loss_terms(n_shown),
                self.loss_term(last),
                sum_of((0..n_shown).map(|unit| value(Quantity::LossTerm(unit)))),
            ),
            StepKind::MeanGradient(param) => {
                let n = self.moment.lesson.rule.divisor(self.moment.n_samples());
                let gradient = |k| Formula::from(Quantity::SampleGradient(k, param));
                let sum = self.sum(n_shown, gradient);
                let total = sum_of((0..n_shown).map(|k| value(Quantity::SampleGradient(k, param))));
                (self.mean(sum), gradient(last), total / n)
            }
            _ => return None,
        };
        Some(PartialSum { terms, newest, total, n_shown, n_terms })
    }
}
