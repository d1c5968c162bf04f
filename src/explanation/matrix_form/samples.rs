//! The mean over several samples: (1/n) Δ Aᵀ and (1/n) Δ 1, and the same sample by sample.

use super::backward::Of;
use super::grid::{column, grid, row};
use super::{About, Builder, MatrixEquation, Shape, product};
use crate::explanation::formula::Formula;
use crate::lesson::quantity::Quantity;
use backprop::mistakes::Mistake;
use backprop::network::{Param, UnitId};

/// So many samples are written out; of more the first two and the last.
const MOST_SAMPLES: usize = 4;

impl Builder<'_> {
    /// The means of ∂E/∂W and ∂E/∂b over the batch.
    pub(super) fn mean_gradients(&self, layer: usize) -> Vec<MatrixEquation> {
        let letters = self.letters(|l| {
            let product = vec![l.deltas(layer), l.activations_transposed(layer - 1)];
            (l.derivative("W", layer), self.mean(Formula::Product(product)))
        });
        let weights = |cell: &dyn Fn(Param) -> Formula| self.matrix(layer, cell);
        let mut of_weights = self.mean_of(About::Weights, &weights, self.mean_of_weights(layer));
        if self.layout.goes_by_sample {
            self.go_by_sample(&mut of_weights, &weights);
            // The vectors whose product each sample's matrix is stand before the matrices.
            let outer = self.sum_over_samples(|sample| self.outer(layer, sample));
            of_weights.symbols.insert(1, self.mean(outer));
        }
        let mut equations = vec![of_weights.with_letters(letters)];
        if self.learning_biases(layer) {
            let letters = self.letters(|l| {
                let sum = Formula::Product(vec![l.deltas(layer), l.plain("1")]);
                (l.derivative(l.bias(), layer), self.mean(sum))
            });
            let biases = |cell: &dyn Fn(Param) -> Formula| self.bias_vector(layer, cell);
            let mut of_biases = self.mean_of(About::Units, &biases, self.mean_of_biases(layer));
            if self.layout.goes_by_sample {
                self.go_by_sample(&mut of_biases, &biases);
            }
            equations.push(of_biases.with_letters(letters));
        }
        equations
    }

    /// (1/n) Δ Aᵀ.
    pub(super) fn mean_of_weights(&self, layer: usize) -> Formula {
        let before = layer - 1;
        let activations = grid(&self.samples(), &self.units(before), |sample, unit| {
            Quantity::SampleActivation(sample, UnitId { layer: before, unit }).into()
        });
        self.mean(Formula::Product(vec![self.deltas(layer, Of::Batch), activations]))
    }

    /// (1/n) Δ 1.
    pub(super) fn mean_of_biases(&self, layer: usize) -> Formula {
        let ones = column(&self.samples(), |_| Formula::Number(1.0));
        self.mean(Formula::Product(vec![self.deltas(layer, Of::Batch), ones]))
    }

    fn mean_of(&self, about: About, shaped: Shape, mean: Formula) -> MatrixEquation {
        let left = shaped(&|param| Formula::Name(Quantity::MeanGradient(param)));
        let result = shaped(&|param| Quantity::MeanGradient(param).into());
        MatrixEquation::new(about, left, mean, result)
    }

    /// 1/n times a sum over the samples; the sum itself where that is taken for the mean on purpose.
    fn mean(&self, sum: Formula) -> Formula {
        if self.moment.lesson.rule.makes(Mistake::SumForMean) {
            return sum;
        }
        let n = self.moment.n_samples() as f64;
        product(vec![Formula::Number(1.0).over(Formula::Number(n)), sum])
    }

    /// Each sample's derivatives, their sum, and what is made of it.
    fn go_by_sample(&self, equation: &mut MatrixEquation, shaped: Shape) {
        let terms =
            self.sum_over_samples(|sample| shaped(&|param| Quantity::SampleGradient(sample, param).into()));
        *equation = equation.clone().then(&self.mean(terms));
        if !self.moment.lesson.rule.makes(Mistake::SumForMean) {
            equation.numbers.push(self.mean(shaped(&|param| Quantity::GradientSum(param).into())));
        }
    }

    /// δ aᵀ of one sample.
    fn outer(&self, layer: usize, sample: usize) -> Formula {
        let deltas =
            column(&self.units(layer), |unit| Quantity::SampleDelta(sample, UnitId { layer, unit }).into());
        let before = layer - 1;
        let activations = row(&self.units(before), |unit| {
            Quantity::SampleActivation(sample, UnitId { layer: before, unit }).into()
        });
        product(vec![deltas, activations])
    }

    /// A term for each sample, with dots for the middle of many.
    fn sum_over_samples(&self, term: impl Fn(usize) -> Formula) -> Formula {
        let n = self.moment.n_samples();
        if n <= MOST_SAMPLES {
            return Formula::Sum((0..n).map(term).collect());
        }
        Formula::Sum(vec![term(0), term(1), Formula::Ellipsis, term(n - 1)])
    }
}
