//! W ← W − η ∂E/∂W, by each optimiser.

use super::{Builder, MatrixEquation, Shape, times};
use crate::explanation::formula::{Formula, Sign};
use crate::explanation::method::{
    Combination, Direction, Method, MethodPart, MomentEstimate, combine, stepped,
};
use crate::lesson::quantity::Quantity;
use backprop::network::Param;

impl Builder<'_> {
    pub(super) fn updates(&self, layer: usize) -> Vec<MatrixEquation> {
        let weights = |cell: &dyn Fn(Param) -> Formula| self.matrix(layer, cell);
        let biases = |cell: &dyn Fn(Param) -> Formula| self.bias_vector(layer, cell);
        let mut equations = self.update_of("W", layer, &weights);
        if self.learning_biases(layer) {
            equations.extend(self.update_of("b", layer, &biases));
        }
        equations
    }

    /// The update of a layer's weights or biases; `shaped` lays one cell per parameter out.
    pub(super) fn update_of(&self, letter: &str, layer: usize, shaped: Shape) -> Vec<MatrixEquation> {
        let all = |quantity: fn(Param) -> Quantity| shaped(&|param| quantity(param).into());
        let names = |quantity: fn(Param) -> Quantity| shaped(&|param| Formula::Name(quantity(param)));
        let write = |part: MethodPart| shaped(&|param| part.of(param));
        let Method { remembered, direction, .. } = Method::of(self.moment.lesson.rule.optimizer);
        let mut equations: Vec<MatrixEquation> = remembered
            .into_iter()
            .map(|(moment, parts)| MatrixEquation {
                letters: None,
                left: shaped(&|param| Formula::Name(moment.of(param))),
                symbols: combine(parts, write),
                between: Vec::new(),
                result: shaped(&|param| moment.of(param).into()),
                is_current: false,
            })
            .collect();
        let rule = self.moment.lesson.rule;
        let eta = || Formula::from(Quantity::LearningRate);
        let old = all(Quantity::Param);
        let symbols = match direction {
            Direction::Combination(parts) if is_gradient(&parts) && self.moment.n_samples() == 1 => {
                let mut factors = vec![eta(), self.vector(layer, Quantity::Delta)];
                if letter == "W" {
                    factors.push(self.activations_across(layer - 1));
                }
                stepped(rule, old, Formula::Product(factors))
            }
            Direction::Combination(parts) => stepped(rule, old, times(eta(), combine(parts, write))),
            // Matrices are not divided.
            Direction::OverRoot(..) => Formula::Sum(vec![old, all(Quantity::Step)]),
        };
        equations.push(MatrixEquation {
            letters: self.update_letters(letter, layer),
            left: names(Quantity::New),
            symbols,
            between: Vec::new(),
            result: all(Quantity::New),
            is_current: false,
        });
        equations
    }

    pub(super) fn update_letters(&self, letter: &str, layer: usize) -> Option<Formula> {
        let l = self.letter_style()?;
        let eta = Formula::Name(Quantity::LearningRate);
        let write = |part: MethodPart| match part {
            MethodPart::Gradient | MethodPart::SquaredGradient => l.derivative(letter, layer),
            MethodPart::Old(moment) | MethodPart::New(moment) | MethodPart::Corrected(moment) => match moment
            {
                MomentEstimate::First => l.plain("M"),
                MomentEstimate::Second => l.plain("V"),
            },
        };
        let change = match Method::of(self.moment.lesson.rule.optimizer).direction {
            Direction::Combination(parts) => {
                stepped(self.moment.lesson.rule, l.at(letter, layer), times(eta, combine(parts, write)))
            }
            Direction::OverRoot(..) => Formula::Sum(vec![l.at(letter, layer), l.plain("step")]),
        };
        Some(Formula::Relation(Sign::Becomes, vec![l.at(letter, layer), change]))
    }
}

/// Whether the direction is the gradient alone.
fn is_gradient(parts: &Combination) -> bool {
    matches!(parts[..], [(None, MethodPart::Gradient)])
}
