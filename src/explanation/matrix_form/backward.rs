//! δ = Wᵀ δ ⊙ g′(z), and ∂E/∂W = δ aᵀ.

use super::grid::{column, grid, row};
use super::letters::Letters;
use super::{Builder, MatrixEquation, elementwise, times};
use crate::explanation::formula::Formula;
use crate::lesson::quantity::Quantity;
use backprop::loss::Loss;
use backprop::mistakes::Mistake;
use backprop::network::UnitId;
use backprop::trace::sum_of;

impl Builder<'_> {
    /// δ of a layer: from the loss for the last one (BP1), else from the layer behind (BP2).
    pub(super) fn delta(&self, layer: usize) -> MatrixEquation {
        let network = self.moment.network();
        let units = self.units(layer);
        let slopes = || self.vector(layer, Quantity::Slope);
        let rule = self.moment.lesson.rule;
        let is_plain = self.is_linear(layer) || !rule.takes_slope(layer == network.n_layers());
        let with_slope = |x: Formula| if is_plain { x } else { elementwise(vec![x, slopes()]) };
        let letter_slope =
            |l: &Letters, x: Formula| if is_plain { x } else { elementwise(vec![x, l.slope(layer)]) };
        let left = self.names(layer, Quantity::Delta);
        let result = self.vector(layer, Quantity::Delta);
        if layer < network.n_layers() {
            let next = layer + 1;
            let back =
                grid(&units, &self.units(next), |from, to| self.moment.weight_behind(next, to, from).into());
            let upstream = self.vector(layer, Quantity::ActivationGradient);
            let between = if is_plain { Vec::new() } else { vec![with_slope(upstream)] };
            return MatrixEquation {
                letters: self.letters(|l| {
                    let back = Formula::Product(vec![l.transposed("W", next), l.at("δ", next)]);
                    (l.at("δ", layer), letter_slope(l, back))
                }),
                left,
                symbols: with_slope(Formula::Product(vec![back, self.vector(next, Quantity::Delta)])),
                between,
                result,
                is_current: false,
            };
        }
        let n = network.n_outputs() as f64;
        let loss = self.moment.lesson.rule.loss;
        let factor = match loss {
            Loss::MeanSquaredError => Some((2.0, n)),
            Loss::HalfSquaredError if rule.doubles() => Some((2.0, 1.0)),
            Loss::BinaryCrossEntropy if n > 1.0 => Some((1.0, n)),
            _ => None,
        };
        let factor = factor.map(|(over, under)| match under {
            1.0 => Formula::Number(over),
            _ => Formula::Number(over).over(Formula::Number(under)),
        });
        let scaled = |x: Formula| match &factor {
            Some(factor) => times(factor.clone(), x),
            None => x,
        };
        let mut predictions = self.vector(layer, Quantity::Activation);
        let targets = sum_of(self.moment.shown_target().iter().copied());
        if loss == Loss::CrossEntropy && targets != 1.0 {
            let all = (0..network.n_outputs()).map(|unit| Quantity::Target(unit).into()).collect();
            predictions = Formula::Product(vec![Formula::Sum(all), predictions]);
        }
        let gaps = predictions.minus(column(&units, |unit| Quantity::Target(unit).into()));
        let has_slope = matches!(loss, Loss::HalfSquaredError | Loss::MeanSquaredError);
        MatrixEquation {
            letters: self.letters(|l| {
                let gap = scaled(l.a(layer).minus(l.plain("y")));
                (l.at("δ", layer), if has_slope { letter_slope(l, gap) } else { gap })
            }),
            left,
            symbols: if has_slope { with_slope(scaled(gaps)) } else { scaled(gaps) },
            between: Vec::new(),
            result,
            is_current: false,
        }
    }

    pub(super) fn learning_biases(&self, layer: usize) -> bool {
        self.moment.lesson.rule.learns_biases() && self.moment.network().has_biases(layer)
    }

    /// ∂E/∂W = δ aᵀ and ∂E/∂b = δ (BP4, BP3); `of_batch`, their means (1/n) Δ Aᵀ and (1/n) Δ 1.
    pub(super) fn gradients(&self, layer: usize, of_batch: bool) -> Vec<MatrixEquation> {
        let (units, before, samples) = (self.units(layer), self.units(layer - 1), self.samples());
        let gradient =
            |param| if of_batch { Quantity::MeanGradient(param) } else { Quantity::Gradient(param) };
        let n = self.moment.n_samples() as f64;
        let is_sum = self.moment.lesson.rule.makes(Mistake::SumForMean);
        let mean = |mut factors: Vec<Formula>| {
            if !is_sum {
                factors.insert(0, Formula::Number(1.0).over(Formula::Number(n)));
            }
            Formula::Product(factors)
        };
        let deltas = || {
            grid(&units, &samples, |unit, sample| {
                Quantity::SampleDelta(sample, UnitId { layer, unit }).into()
            })
        };
        let outer = if of_batch {
            let a = grid(&samples, &before, |sample, unit| {
                Quantity::SampleActivation(sample, UnitId { layer: layer - 1, unit }).into()
            });
            mean(vec![deltas(), a])
        } else {
            Formula::Product(vec![self.vector(layer, Quantity::Delta), self.activations_across(layer - 1)])
        };
        let mut equations = vec![MatrixEquation {
            letters: self.letters(|l| {
                let product = if of_batch {
                    mean(vec![l.at("Δ", layer), l.transposed("A", layer - 1)])
                } else {
                    Formula::Product(vec![l.at("δ", layer), l.a_transposed(layer - 1)])
                };
                (l.derivative("W", layer), product)
            }),
            left: self.matrix(layer, |param| Formula::Name(gradient(param))),
            symbols: outer,
            between: Vec::new(),
            result: self.matrix(layer, |param| gradient(param).into()),
            is_current: false,
        }];
        if self.learning_biases(layer) {
            let ones = column(&samples, |_| Formula::Number(1.0));
            let symbols =
                if of_batch { mean(vec![deltas(), ones]) } else { self.vector(layer, Quantity::Delta) };
            equations.push(MatrixEquation {
                letters: self.letters(|l| {
                    let sum = if of_batch {
                        mean(vec![l.at("Δ", layer), l.plain("1")])
                    } else {
                        l.at("δ", layer)
                    };
                    (l.derivative("b", layer), sum)
                }),
                left: self.bias_vector(layer, |param| Formula::Name(gradient(param))),
                symbols,
                between: Vec::new(),
                result: self.bias_vector(layer, |param| gradient(param).into()),
                is_current: false,
            });
        }
        equations
    }

    pub(super) fn activations_across(&self, layer: usize) -> Formula {
        row(&self.units(layer), |unit| Quantity::Activation(UnitId { layer, unit }).into())
    }
}
