//! What usual mistakes come to on the way back: ∂E/∂a, δ, ∂E/∂w and the mean over the samples.

use super::UsualMistake::*;
use super::forward::one_added;
use super::{MOST_TERMS, Mistaken, Question, sum_but};
use crate::lesson::quantity::Quantity;
use backprop::activation::Activation;
use backprop::network::{Param, UnitId};

impl Question<'_> {
    /// Whether δ of a layer's units has a factor g′ that can be forgotten.
    fn has_slope(&self, layer: usize) -> bool {
        self.moment.network().activation(layer) != Activation::Identity
            && self.moment.lesson.rule.takes_slope(self.is_output(layer))
    }

    /// Whether the slope of the outputs cancels against that of the loss.
    fn cancels_slope(&self, layer: usize) -> bool {
        self.is_output(layer) && self.moment.lesson.rule.loss.is_of_sums()
    }

    /// ∂E/∂z of a unit, whatever sign its δ has.
    fn derivative_by_sum(&self, id: UnitId) -> f64 {
        self.moment.names.delta_sign() * self.value(Quantity::Delta(id))
    }

    /// The same number turned, doubled and halved.
    fn turned_and_scaled(&self) -> Mistaken {
        let right = self.value(self.asked);
        vec![(Sign, -right), (TwoTooMany, 2.0 * right), (HalfTooMany, 0.5 * right)]
    }

    /// The weights that bring ∂E/∂a back to a hidden unit, each with the δ it brings.
    fn shares(&self, id: UnitId, weight: impl Fn(Param) -> Quantity) -> Vec<(f64, f64)> {
        let UnitId { layer, unit: from } = id;
        let next = self.moment.network().units(layer + 1);
        let share = |to: UnitId| {
            let param = Param::Weight { layer: layer + 1, to: to.unit, from };
            (self.value(weight(param)), self.derivative_by_sum(to))
        };
        next.map(share).collect()
    }

    /// The weight that is right on the way back.
    fn right_weight(&self, param: Param) -> Quantity {
        match param {
            Param::Weight { layer, to, from } => self.moment.weight_behind(layer, to, from),
            Param::Bias { .. } => Quantity::Param(param),
        }
    }

    /// What comes to ∂E/∂a of a hidden unit by mistakes that are carried on from there: a path that is
    /// forgotten, and new weights that are used too early.
    fn mistaken_upstream(&self, id: UnitId) -> Mistaken {
        if self.is_output(id.layer) {
            return Mistaken::new();
        }
        let terms = products(&self.shares(id, |param| self.right_weight(param)));
        let mut all = Self::without_one(terms.len(), |k| sum_but(k, &terms));
        if !self.moment.plan.is_layer_by_layer() {
            all.push((NewWeights, products(&self.shares(id, Quantity::New)).iter().sum()));
        }
        all
    }

    pub(super) fn activation_gradient(&self, id: UnitId) -> Mistaken {
        let UnitId { layer, unit } = id;
        let network = self.moment.network();
        let n = network.n_units(layer + 1);
        let shares = self.shares(id, |param| self.right_weight(param));
        let (terms, added) = (products(&shares), shares.iter().map(|(w, d)| w + d).collect::<Vec<f64>>());
        let mut all = self.turned_and_scaled();
        all.extend(self.mistaken_upstream(id));
        all.push((NoWeight, shares.iter().map(|(_, delta)| delta).sum()));
        all.push((NoDelta, shares.iter().map(|(weight, _)| weight).sum()));
        all.push((ProductAdded, added.iter().sum()));
        all.extend(one_added(&terms, &added));
        if self.has_slope(layer + 1) && !self.cancels_slope(layer + 1) {
            let upstream = network.units(layer + 1).map(|to| self.value(Quantity::ActivationGradient(to)));
            all.push((
                NoSlope,
                shares.iter().zip(upstream).map(|((weight, _), upstream)| weight * upstream).sum(),
            ));
        }
        for other in self.others(id) {
            let shares = self.shares(UnitId::new(layer, other), |param| self.right_weight(param));
            all.push((WeightsOf(other), products(&shares).iter().sum()));
        }
        if 1 < n && n == network.n_units(layer) {
            let weight = |from| self.value(self.moment.weight_behind(layer + 1, unit, from));
            all.push((Transposed, shares.iter().enumerate().map(|(k, (_, delta))| weight(k) * delta).sum()));
        }
        if 1 < n {
            all.push((MeanForSum, self.value(Quantity::ActivationGradient(id)) / n as f64));
        }
        all
    }

    pub(super) fn delta(&self, id: UnitId) -> Mistaken {
        let layer = id.layer;
        let network = self.moment.network();
        let [right, upstream, slope, z, a] = [
            Quantity::Delta(id),
            Quantity::ActivationGradient(id),
            Quantity::Slope(id),
            Quantity::Sum(id),
            Quantity::Activation(id),
        ]
        .map(|quantity| self.value(quantity));
        // As δ has it, so has all that comes to it.
        let sign = self.moment.names.delta_sign();
        let upstream = sign * upstream;
        let g = network.activation(layer);
        let mut all = self.turned_and_scaled();
        if self.cancels_slope(layer) {
            all.extend([(SlopeTooMany, right * slope), (NoSlope, upstream)]);
        } else if self.has_slope(layer) {
            // What the unit would pass on if its activation arrived.
            let again = g.values(&[a])[0];
            all.extend([
                (NoSlope, upstream),
                (ActivationForSlope, upstream * a),
                (SumForSlope, upstream * z),
                (SlopeOfActivation, upstream * g.slope(a, again)),
                (ProductAdded, upstream + slope),
                (SlopeAlone, slope),
            ]);
        }
        let own_slope = if self.has_slope(layer) { slope } else { 1.0 };
        let carried = self.mistaken_upstream(id).into_iter();
        all.extend(carried.map(|(mistake, upstream)| (mistake, sign * upstream * own_slope)));
        if self.is_output(layer) && 1 < network.n_outputs() {
            all.push(self.over_outputs(right));
        }
        all
    }

    pub(super) fn gradient(&self, param: Param) -> Mistaken {
        let id = param.unit();
        let layer = id.layer;
        let delta = self.derivative_by_sum(id);
        let (upstream, slope) =
            (self.value(Quantity::ActivationGradient(id)), self.value(Quantity::Slope(id)));
        let own = self.value(Quantity::Param(param));
        // A bias carries 1.
        let sender = match param {
            Param::Weight { layer, from, .. } => Some(UnitId::new(layer - 1, from)),
            Param::Bias { .. } => None,
        };
        let carried = sender.map_or(1.0, |sender| self.value(Quantity::Activation(sender)));
        let mut all = self.turned_and_scaled();
        if self.cancels_slope(layer) {
            all.extend([(SlopeTooMany, delta * slope * carried), (NoSlope, upstream * carried)]);
        } else if self.has_slope(layer) {
            all.push((NoSlope, upstream * carried));
        }
        all.extend([
            (WeightForInput, delta * own),
            (ParamItself, own),
            (ProductAdded, delta + carried),
            (OtherEnd, delta * self.value(Quantity::Activation(id))),
        ]);
        if let Some(sender) = sender {
            all.extend([(NoInput, delta), (NoDelta, carried)]);
            all.extend(self.others(sender).map(|other| {
                (InputOf(other), delta * self.value(Quantity::Activation(UnitId::new(layer - 1, other))))
            }));
        }
        let own_slope = if self.has_slope(layer) { slope } else { 1.0 };
        let upstream = self.mistaken_upstream(id).into_iter();
        all.extend(upstream.map(|(mistake, upstream)| (mistake, upstream * own_slope * carried)));
        all
    }

    pub(super) fn mean_gradient(&self, param: Param) -> Mistaken {
        let n = self.moment.n_samples();
        let divisor = self.moment.lesson.rule.divisor(n);
        let of_sample = |sample| self.value(Quantity::SampleGradient(sample, param));
        let mut all = self.turned_and_scaled();
        if 1.0 < divisor {
            all.push((SumForMean, self.value(Quantity::GradientSum(param))));
        }
        if n <= MOST_TERMS {
            let gradients: Vec<f64> = (0..n).map(of_sample).collect();
            all.extend(gradients.iter().enumerate().map(|(k, gradient)| (OneSample(k), *gradient)));
            for (mistake, sum) in Self::without_one(n, |k| sum_but(k, &gradients)) {
                all.push((mistake, sum / divisor));
                if 1.0 < divisor {
                    all.push((mistake, sum / (divisor - 1.0)));
                }
            }
        }
        all
    }
}

fn products(shares: &[(f64, f64)]) -> Vec<f64> {
    shares.iter().map(|(weight, delta)| weight * delta).collect()
}
