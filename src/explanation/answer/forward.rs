//! What usual mistakes come to on the way forwards: weighted sums, activations and the error.

use super::UsualMistake::{self, *};
use super::{MOST_TERMS, Mistaken, Question, sum_but};
use crate::lesson::quantity::Quantity;
use backprop::activation::Activation;
use backprop::loss::Loss;
use backprop::network::{Param, UnitId};

impl Question<'_> {
    pub(super) fn weighted_sum(&self, id: UnitId) -> Mistaken {
        let UnitId { layer, unit } = id;
        let network = self.moment.network();
        let n_in = network.n_units(layer - 1);
        let has_bias = network.has_biases(layer);
        let weight = |to, from| self.value(Quantity::Param(Param::Weight { layer, to, from }));
        let bias = |to| if has_bias { self.value(Quantity::Param(Param::Bias { layer, to })) } else { 0.0 };
        let a: Vec<f64> =
            network.units(layer - 1).map(|sender| self.value(Quantity::Activation(sender))).collect();
        let products: Vec<f64> = (0..n_in).map(|k| weight(unit, k) * a[k]).collect();
        let added: Vec<f64> = (0..n_in).map(|k| weight(unit, k) + a[k]).collect();
        let with_bias = |sum: f64| sum + bias(unit);
        let mut all =
            vec![(Sign, -self.value(Quantity::Sum(id))), (ProductAdded, with_bias(sum_but(None, &added)))];
        all.extend(one_added(&products, &added).map(|(mistake, sum)| (mistake, with_bias(sum))));
        if has_bias {
            all.push((ForgottenBias, sum_but(None, &products)));
        }
        all.extend(Self::without_one(n_in, |k| with_bias(sum_but(k, &products))));
        for other in self.others(id) {
            let sum: f64 = (0..n_in).map(|k| weight(other, k) * a[k]).sum();
            all.extend([(WeightsOf(other), with_bias(sum)), (WeightsOf(other), sum + bias(other))]);
        }
        if 1 < n_in && n_in == network.n_units(layer) {
            let sum = (0..n_in).map(|k| weight(k, unit) * a[k]).sum();
            all.push((Transposed, with_bias(sum)));
        }
        all
    }

    pub(super) fn activation(&self, id: UnitId) -> Mistaken {
        let UnitId { layer, unit } = id;
        let network = self.moment.network();
        let g = network.activation(layer);
        let z: Vec<f64> = network.units(layer).map(|unit| self.value(Quantity::Sum(unit))).collect();
        let turned: Vec<f64> = z.iter().map(|z| -z).collect();
        let mut all = vec![
            (NoActivation, z[unit]),
            (SlopeForActivation, self.value(Quantity::Slope(id))),
            (Sign, g.values(&turned)[unit]),
        ];
        if g == Activation::Softmax {
            all.push((NotNormalised, libm::exp(z[unit])));
        }
        all
    }

    pub(super) fn loss(&self) -> Mistaken {
        let network = self.moment.network();
        let (n_outputs, layer) = (network.n_outputs(), network.n_layers());
        let n = n_outputs as f64;
        let loss = self.moment.lesson.rule.loss;
        let of_outputs = |quantity: fn(usize) -> Quantity| -> Vec<f64> {
            (0..n_outputs).map(|unit| self.value(quantity(unit))).collect()
        };
        let (e, terms) = (self.value(Quantity::Loss), of_outputs(Quantity::LossTerm));
        let y = of_outputs(Quantity::Target);
        let a: Vec<f64> = network.units(layer).map(|unit| self.value(Quantity::Activation(unit))).collect();
        let gap: f64 = a.iter().zip(&y).map(|(a, y)| a - y).sum();
        let mut all = vec![(Sign, -e)];
        all.extend(Self::without_one(n_outputs, |k| sum_but(k, &terms)));
        match loss {
            Loss::HalfSquaredError => {
                all.extend([(TwoTooMany, 2.0 * e), (HalfTooMany, 0.5 * e)]);
                all.extend([0.5 * gap, -0.5 * gap, gap, -gap].map(|number| (NotSquared, number)));
            }
            Loss::MeanSquaredError => {
                all.extend([(TwoTooMany, 2.0 * e), (HalfTooMany, 0.5 * e)]);
                all.extend([gap / n, -gap / n].map(|number| (NotSquared, number)));
            }
            Loss::BinaryCrossEntropy => {
                let hits: f64 = a.iter().zip(&y).map(|(a, y)| -y * libm::log(*a)).sum();
                all.extend([(MissForgotten, hits / n), (DecimalLog, e / std::f64::consts::LN_10)]);
            }
            Loss::CrossEntropy => all.push((DecimalLog, e / std::f64::consts::LN_10)),
        }
        if 1 < n_outputs {
            all.push(self.over_outputs(e));
        }
        all
    }

    /// What comes out where a loss of several outputs is summed for averaged, or the other way round.
    pub(super) fn over_outputs(&self, right: f64) -> (UsualMistake, f64) {
        let n = self.moment.network().n_outputs() as f64;
        match self.moment.lesson.rule.loss {
            Loss::MeanSquaredError | Loss::BinaryCrossEntropy => (SumForMean, right * n),
            Loss::HalfSquaredError | Loss::CrossEntropy => (MeanForSum, right / n),
        }
    }
}

/// The sums in which one product alone has been added: of each, its sum in its place.
pub(super) fn one_added(products: &[f64], added: &[f64]) -> impl Iterator<Item = (UsualMistake, f64)> {
    let n = if (2..=MOST_TERMS).contains(&products.len()) { products.len() } else { 0 };
    (0..n).map(|k| (ProductAdded, sum_but(Some(k), products) + added[k]))
}
