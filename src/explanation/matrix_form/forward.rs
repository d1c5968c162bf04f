//! z = W a + b, a = g(z), and the error.

use super::grid::{column, row};
use super::{About, Builder, MatrixEquation, product};
use crate::explanation::formula::{Formula, Function};
use crate::lesson::quantity::Quantity;
use backprop::loss::Loss;
use backprop::network::UnitId;

impl Builder<'_> {
    pub(super) fn forward(&self, layer: usize) -> Vec<MatrixEquation> {
        let network = self.moment.network();
        let variable = if self.is_linear(layer) { Quantity::Activation } else { Quantity::Sum };
        let weights = self.matrix(layer, |param| Quantity::Param(param).into());
        let product = Formula::Product(vec![
            self.layout.orientation.factor(weights),
            self.vector(layer - 1, Quantity::Activation),
        ]);
        let sums = if network.has_biases(layer) {
            Formula::Sum(vec![product, self.bias_vector(layer, |param| Quantity::Param(param).into())])
        } else {
            product
        };
        let letters = self.letters(|l| {
            let product = Formula::Product(vec![l.w(layer), l.a(layer - 1)]);
            let sums = if network.has_biases(layer) {
                Formula::Sum(vec![product, l.at(l.bias(), layer)])
            } else {
                product
            };
            let left = if self.is_linear(layer) { l.a(layer) } else { l.z(layer) };
            (left, sums)
        });
        let (left, result) = (self.names(layer, variable), self.vector(layer, variable));
        let mut equations = vec![MatrixEquation::new(About::Units, left, sums, result).with_letters(letters)];
        if !self.is_linear(layer) {
            let g = Function::Activation(network.activation(layer));
            let left = self.names(layer, Quantity::Activation);
            let right = Formula::Call(g, vec![self.vector(layer, Quantity::Sum)]);
            let result = self.vector(layer, Quantity::Activation);
            equations.push(
                MatrixEquation::new(About::Units, left, right, result)
                    .with_letters(self.letters(|l| (l.a(layer), Formula::Call(g, vec![l.z(layer)])))),
            );
        }
        equations
    }

    pub(super) fn loss(&self, layer: usize) -> MatrixEquation {
        let units = self.units(layer);
        let a = |unit| Formula::from(Quantity::Activation(UnitId { layer, unit }));
        let y = |unit| Formula::from(Quantity::Target(unit));
        let one = || Formula::Number(1.0);
        let ln = |x| Formula::Call(Function::Ln, vec![x]);
        let n = self.moment.network().n_outputs() as f64;
        let mean = |x: Formula| if n > 1.0 { product(vec![one().over(Formula::Number(n)), x]) } else { x };
        let gaps = || {
            Formula::Product(vec![row(&units, |k| a(k).minus(y(k))), column(&units, |k| a(k).minus(y(k)))])
        };
        let hits = || Formula::Product(vec![row(&units, y), column(&units, |k| ln(a(k)))]);
        let symbols = match self.moment.lesson.rule.loss {
            Loss::HalfSquaredError => product(vec![one().over(Formula::Number(2.0)), gaps()]),
            Loss::MeanSquaredError => mean(gaps()),
            Loss::BinaryCrossEntropy => {
                let misses = Formula::Product(vec![
                    row(&units, |k| one().minus(y(k))),
                    column(&units, |k| ln(one().minus(a(k)))),
                ]);
                Formula::Negative(Box::new(mean(Formula::Sum(vec![hits(), misses]))))
            }
            Loss::CrossEntropy => Formula::Negative(Box::new(hits())),
        };
        MatrixEquation::new(About::Loss, Formula::Name(Quantity::Loss), symbols, Quantity::Loss.into())
    }
}
