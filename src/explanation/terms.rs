//! The terms of a long sum, one by one, with the total so far.

use super::Explainer;
use crate::explanation::formula::Formula;
use crate::lesson::quantity::Quantity;
use crate::moment::Moment;
use crate::moment::step::StepKind;
use backprop::network::{Param, UnitId};

/// A term of the sum that a step adds up.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// What is added.
    pub formula: Formula,
    /// Its number.
    pub value: f64,
    /// The total with it.
    pub total: f64,
}

/// Every term of the sum that the step of `moment` adds up, reached or not, from first to last; none
/// where it adds up nothing. The last total is the step's result, to the bit.
pub fn terms(moment: &Moment) -> Vec<Term> {
    let Some(step) = moment.step() else {
        return Vec::new();
    };
    let explainer = Explainer::whole(moment);
    let n = moment.plan.n_terms(moment.position.step);
    let value = |quantity| moment.value(quantity).unwrap_or(0.0);
    let summed = |term: &dyn Fn(usize) -> (Formula, f64)| {
        let terms = (0..n).map(term);
        let total = |total: &mut Option<f64>, (formula, value): (Formula, f64)| {
            let with = total.map_or(value, |total| total + value);
            *total = Some(with);
            Some(Term { formula, value, total: with })
        };
        terms.scan(None, total).collect::<Vec<Term>>()
    };
    match step.kind {
        StepKind::WeightedSum(id @ UnitId { layer, unit }) => {
            let n_in = moment.network().n_units(layer - 1);
            summed(&|k| {
                let formula = explainer.sum_term(id, k);
                let weight = Param::Weight { layer, to: unit, from: k };
                let product = || {
                    value(Quantity::Param(weight)) * value(Quantity::Activation(UnitId::new(layer - 1, k)))
                };
                let bias = || value(Quantity::Param(Param::Bias { layer, to: unit }));
                (formula, if k < n_in { product() } else { bias() })
            })
        }
        StepKind::ActivationGradient(id) => {
            summed(&|to| (explainer.share_in_sign(id, to), value(Quantity::GradientShare { of: id, to })))
        }
        StepKind::Loss => summed(&|unit| (explainer.loss_term(unit), value(Quantity::LossTerm(unit)))),
        StepKind::MeanGradient(param) => {
            // The mean is taken of the sum, not of its terms.
            let n = moment.lesson.rule.divisor(n);
            let of_mean = |term: Term| Term {
                formula: explainer.mean(term.formula),
                value: term.value / n,
                total: term.total / n,
            };
            let gradient = |k| Quantity::SampleGradient(k, param);
            summed(&|k| (gradient(k).into(), value(gradient(k)))).into_iter().map(of_mean).collect()
        }
        _ => Vec::new(),
    }
}
