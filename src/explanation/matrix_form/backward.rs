//! δ = Wᵀ δ ⊙ g′(z), and ∂E/∂W = δ aᵀ.

use super::grid::{column, grid, row};
use super::letters::Letters;
use super::{About, Builder, MatrixEquation, elementwise, product};
use crate::explanation::formula::Formula;
use crate::lesson::quantity::Quantity;
use backprop::loss::Loss;
use backprop::network::{Param, UnitId};
use backprop::trace::sum_of;

/// With more cells products are not written out cell by cell.
const MOST_WRITTEN_OUT: usize = 16;

/// Whose δ it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// The sample's that is shown: a vector.
    ShownSample,
    /// All samples': vectors side by side.
    Batch,
}

impl Builder<'_> {
    /// δ of a layer: from the loss for the last one (BP1), else from the layer behind (BP2).
    pub(super) fn delta(&self, layer: usize) -> MatrixEquation {
        if layer < self.moment.network().n_layers() {
            self.hidden_delta(layer)
        } else {
            self.output_delta(layer)
        }
    }

    /// Whether δ of a layer is without the factor g′(z), or that is 1.
    fn is_without_slope(&self, layer: usize) -> bool {
        let is_output = layer == self.moment.network().n_layers();
        self.is_linear(layer) || !self.moment.lesson.rule.takes_slope(is_output)
    }

    fn with_slopes(&self, layer: usize, of: Of, x: Formula) -> Formula {
        if self.is_without_slope(layer) {
            return x;
        }
        let slopes = self.across(layer, of, Quantity::Slope, Quantity::SampleSlope);
        elementwise(vec![x, slopes])
    }

    fn with_letter_of_slopes(&self, layer: usize, l: &Letters, x: Formula) -> Formula {
        if self.is_without_slope(layer) { x } else { elementwise(vec![x, l.slope(layer)]) }
    }

    /// A column for one sample, or for all of them side by side.
    fn across(
        &self,
        layer: usize,
        of: Of,
        shown: fn(UnitId) -> Quantity,
        of_sample: fn(usize, UnitId) -> Quantity,
    ) -> Formula {
        match of {
            Of::ShownSample => self.vector(layer, shown),
            Of::Batch => grid(&self.units(layer), &self.samples(), |unit, sample| {
                of_sample(sample, UnitId { layer, unit }).into()
            }),
        }
    }

    /// δ of a hidden layer as what it is made of, one layer back.
    fn made_of(&self, layer: usize, of: Of) -> Formula {
        let next = layer + 1;
        let back = grid(&self.units(layer), &self.units(next), |from, to| {
            self.moment.weight_behind(next, to, from).into()
        });
        let behind = self.across(next, of, Quantity::Delta, Quantity::SampleDelta);
        self.with_slopes(layer, of, Formula::Product(vec![back, behind]))
    }

    /// δ of a layer as a factor: by its name, or written out where that is asked for.
    pub(super) fn deltas(&self, layer: usize, of: Of) -> Formula {
        match self.layout.writes_deltas_out && layer < self.moment.network().n_layers() {
            true => self.made_of(layer, of),
            false => self.across(layer, of, Quantity::Delta, Quantity::SampleDelta),
        }
    }

    fn hidden_delta(&self, layer: usize) -> MatrixEquation {
        let next = layer + 1;
        let mut equation = MatrixEquation::new(
            About::Units,
            self.names(layer, Quantity::Delta),
            self.made_of(layer, Of::ShownSample),
            self.vector(layer, Quantity::Delta),
        );
        if !self.is_without_slope(layer) {
            let upstream = self.vector(layer, Quantity::ActivationGradient);
            equation.inner = upstream.quantities();
            equation.numbers.push(self.with_slopes(layer, Of::ShownSample, upstream));
        }
        equation.with_letters(self.letters(|l| {
            let back = Formula::Product(vec![l.transposed("W", next), l.delta(next)]);
            (l.delta(layer), self.with_letter_of_slopes(layer, l, back))
        }))
    }

    fn output_delta(&self, layer: usize) -> MatrixEquation {
        let network = self.moment.network();
        let n = network.n_outputs() as f64;
        let loss = self.moment.lesson.rule.loss;
        let factor = match loss {
            Loss::MeanSquaredError => Some((2.0, n)),
            Loss::HalfSquaredError if self.moment.lesson.rule.doubles() => Some((2.0, 1.0)),
            Loss::BinaryCrossEntropy if n > 1.0 => Some((1.0, n)),
            _ => None,
        };
        let factor = factor.map(|(over, under)| match under {
            1.0 => Formula::Number(over),
            _ => Formula::Number(over).over(Formula::Number(under)),
        });
        let scaled = |x: Formula| match &factor {
            Some(factor) => product(vec![factor.clone(), x]),
            None => x,
        };
        let mut predictions = self.vector(layer, Quantity::Activation);
        let targets = sum_of(self.moment.shown_target().iter().copied());
        if loss == Loss::CrossEntropy && targets != 1.0 {
            let all = (0..network.n_outputs()).map(|unit| Quantity::Target(unit).into()).collect();
            predictions = Formula::Product(vec![Formula::Sum(all), predictions]);
        }
        let gaps = predictions.minus(column(&self.units(layer), |unit| Quantity::Target(unit).into()));
        let has_slope = matches!(loss, Loss::HalfSquaredError | Loss::MeanSquaredError);
        let right =
            if has_slope { self.with_slopes(layer, Of::ShownSample, scaled(gaps)) } else { scaled(gaps) };
        let result = self.vector(layer, Quantity::Delta);
        MatrixEquation::new(About::Units, self.names(layer, Quantity::Delta), right, result).with_letters(
            self.letters(|l| {
                let gap = scaled(l.a(layer).minus(l.target()));
                (l.delta(layer), if has_slope { self.with_letter_of_slopes(layer, l, gap) } else { gap })
            }),
        )
    }

    pub(super) fn learning_biases(&self, layer: usize) -> bool {
        self.moment.lesson.rule.learns_biases() && self.moment.network().has_biases(layer)
    }

    /// ∂E/∂W = δ aᵀ and ∂E/∂b = δ (BP4, BP3).
    pub(super) fn gradients(&self, layer: usize) -> Vec<MatrixEquation> {
        let deltas = || self.deltas(layer, Of::ShownSample);
        let result = self.matrix(layer, |param| Quantity::Gradient(param).into());
        let left = self.matrix(layer, |param| Formula::Name(Quantity::Gradient(param)));
        let right = product(vec![deltas(), self.activations_across(layer - 1)]);
        let mut of_weights =
            MatrixEquation::new(About::Weights, left, right, result).with_letters(self.letters(|l| {
                (l.derivative("W", layer), Formula::Product(vec![l.delta(layer), l.a_transposed(layer - 1)]))
            }));
        of_weights.symbols.extend(self.cell_by_cell(layer, &[]));
        let mut equations = vec![of_weights];
        if self.learning_biases(layer) {
            let left = self.bias_vector(layer, |param| Formula::Name(Quantity::Gradient(param)));
            let result = self.bias_vector(layer, |param| Quantity::Gradient(param).into());
            equations.push(
                MatrixEquation::new(About::Units, left, deltas(), result)
                    .with_letters(self.letters(|l| (l.derivative(l.bias(), layer), l.delta(layer)))),
            );
        }
        equations
    }

    /// The products of δ aᵀ in their cells, after `factors`: a h₁ Δ; none where that is not asked for, or long.
    pub(super) fn cell_by_cell(&self, layer: usize, factors: &[Formula]) -> Option<Formula> {
        let network = self.moment.network();
        let n_cells = network.n_units(layer) * network.n_units(layer - 1);
        (self.layout.writes_deltas_out && n_cells <= MOST_WRITTEN_OUT).then(|| {
            self.matrix(layer, |param| {
                let sending = match param {
                    Param::Weight { from, .. } => Some(Quantity::Activation(UnitId::new(layer - 1, from))),
                    Param::Bias { .. } => None,
                };
                let sending = sending.map(Formula::from);
                let parts = factors.iter().cloned().chain(sending).chain(self.parts_of_delta(param.unit()));
                Formula::Product(parts.collect())
            })
        })
    }

    /// The factors of a unit's δ where it is one product, Δ w₅; else its δ.
    fn parts_of_delta(&self, id: UnitId) -> Vec<Formula> {
        let (network, next) = (self.moment.network(), id.layer + 1);
        if network.n_layers() < next || network.n_units(next) != 1 {
            return vec![Quantity::Delta(id).into()];
        }
        let behind = Quantity::Delta(UnitId::new(next, 0));
        let mut parts = vec![behind.into(), self.moment.weight_behind(next, 0, id.unit).into()];
        if !self.is_without_slope(id.layer) {
            parts.push(Quantity::Slope(id).into());
        }
        parts
    }

    pub(super) fn activations_across(&self, layer: usize) -> Formula {
        row(&self.units(layer), |unit| Quantity::Activation(UnitId { layer, unit }).into())
    }
}
