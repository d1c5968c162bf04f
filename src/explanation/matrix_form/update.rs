//! W ← W − η ∂E/∂W, by each optimiser.

use super::{Builder, MatrixEquation, Shape, times};
use crate::explanation::formula::{Formula, Sign};
use crate::lesson::quantity::Quantity;
use backprop::network::Param;
use backprop::optimizer::Optimizer;

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
        let constant = |quantity: Quantity| Formula::from(quantity);
        let eta = || constant(Quantity::LearningRate);
        let one_minus = |quantity: Quantity| Formula::Number(1.0).minus(quantity.into());
        let gradients = || all(Quantity::MeanGradient);
        let squares = || shaped(&|param| Formula::from(Quantity::MeanGradient(param)).squared());
        let remember = |moment: fn(Param) -> Quantity, symbols: Vec<Formula>| MatrixEquation {
            letters: None,
            left: names(moment),
            symbols: Formula::Sum(symbols),
            between: Vec::new(),
            result: all(moment),
            is_current: false,
        };
        let optimizer = self.moment.lesson.rule.optimizer;
        let mut equations = match optimizer {
            Optimizer::Sgd { .. } => Vec::new(),
            Optimizer::Momentum { .. } => vec![remember(
                Quantity::FirstMoment,
                vec![times(constant(Quantity::Momentum), all(Quantity::OldFirstMoment)), gradients()],
            )],
            Optimizer::Rmsprop { .. } => vec![remember(
                Quantity::SecondMoment,
                vec![
                    times(constant(Quantity::Decay), all(Quantity::OldSecondMoment)),
                    times(one_minus(Quantity::Decay), squares()),
                ],
            )],
            Optimizer::Adam { .. } => vec![
                remember(
                    Quantity::FirstMoment,
                    vec![
                        times(constant(Quantity::Beta1), all(Quantity::OldFirstMoment)),
                        times(one_minus(Quantity::Beta1), gradients()),
                    ],
                ),
                remember(
                    Quantity::SecondMoment,
                    vec![
                        times(constant(Quantity::Beta2), all(Quantity::OldSecondMoment)),
                        times(one_minus(Quantity::Beta2), squares()),
                    ],
                ),
            ],
        };
        let old = || all(Quantity::Param);
        let symbols = match optimizer {
            Optimizer::Sgd { .. } if 1 < self.moment.n_samples() => old().minus(times(eta(), gradients())),
            Optimizer::Sgd { .. } => {
                let mut factors = vec![eta(), self.vector(layer, Quantity::Delta)];
                if letter == "W" {
                    factors.push(self.activations_across(layer - 1));
                }
                old().minus(Formula::Product(factors))
            }
            Optimizer::Momentum { .. } => old().minus(times(eta(), all(Quantity::FirstMoment))),
            Optimizer::Rmsprop { .. } | Optimizer::Adam { .. } => {
                Formula::Sum(vec![old(), all(Quantity::Step)])
            }
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
        let optimizer = self.moment.lesson.rule.optimizer;
        let l = self.letter_style()?;
        let eta = Formula::Name(Quantity::LearningRate);
        let change = match optimizer {
            Optimizer::Sgd { .. } | Optimizer::Momentum { .. } => {
                let direction = match optimizer {
                    Optimizer::Sgd { .. } => l.derivative(letter, layer),
                    _ => l.plain("M"),
                };
                l.at(letter, layer).minus(times(eta, direction))
            }
            _ => Formula::Sum(vec![l.at(letter, layer), l.plain("step")]),
        };
        Some(Formula::Relation(Sign::Becomes, vec![l.at(letter, layer), change]))
    }
}
