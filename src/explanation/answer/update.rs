//! What usual mistakes come to in the update: the new weight, and what the optimiser remembers.

use super::UsualMistake::*;
use super::{Mistaken, Question};
use crate::lesson::quantity::Quantity;
use backprop::mistakes::{Mistake, round_to_cents};
use backprop::network::Param;
use backprop::optimizer::{Constant, Optimizer, ParamStep};

impl Question<'_> {
    /// The batch's ∂E/∂w, and m and v before the update.
    fn made_from(&self, param: Param) -> [f64; 3] {
        let remembered = |old| self.moment.value(old).unwrap_or(0.0);
        [
            self.value(Quantity::MeanGradient(param)),
            remembered(Quantity::OldFirstMoment(param)),
            remembered(Quantity::OldSecondMoment(param)),
        ]
    }

    /// Number of this update, from 1.
    fn t(&self) -> u64 {
        self.moment.model().optimizer_state.n_updates + 1
    }

    /// What the optimiser makes of a derivative g, with the learning rate `eta` (negative where the machine
    /// goes uphill on purpose).
    fn stepped(&self, eta: f64, g: f64, m: f64, v: f64) -> ParamStep {
        let optimizer = self.moment.lesson.rule.optimizer;
        optimizer.with_learning_rate(eta).step(optimizer.corrections(self.t()), g, m, v)
    }

    /// g where the sum over the samples stands for their mean; `None` where that is the same.
    fn summed(&self, g: f64) -> Option<f64> {
        let divisor = self.moment.lesson.rule.divisor(self.moment.n_samples());
        (1.0 < divisor).then_some(g * divisor)
    }

    pub(super) fn new_param(&self, param: Param) -> Mistaken {
        let rule = self.moment.lesson.rule;
        let optimizer = rule.optimizer;
        let w = self.value(Quantity::Param(param));
        let [g, m, v] = self.made_from(param);
        let eta = rule.stepper().learning_rate();
        let made = self.stepped(eta, g, m, v);
        let by = |step: f64| match rule.makes(Mistake::Rounded) {
            true => round_to_cents(w + step),
            false => w + step,
        };
        // The step for a learning rate of 1, or of −1 uphill.
        let sign = if eta < 0.0 { -1.0 } else { 1.0 };
        let unscaled = self.stepped(sign, g, m, v).step;
        let mut all = vec![
            (NotChanged, w),
            (NoRate, by(unscaled)),
            (RateTwice, by(made.step * eta.abs())),
            (Sign, by(-made.step)),
            (ChangeAlone, made.step),
            (ChangeAlone, -made.step),
            (DerivativeItself, g),
            (ParamForDerivative, by(self.stepped(eta, w, m, v).step)),
            (ProductAdded, by(unscaled - eta)),
        ];
        if let Some(sum) = self.summed(g) {
            all.push((SumForMean, by(self.stepped(eta, sum, m, v).step)));
        }
        if !matches!(optimizer, Optimizer::Sgd { .. }) {
            all.push((PlainStep, by(-eta * g)));
        }
        let (m, v) = (made.first_moment, made.second_moment);
        match optimizer {
            Optimizer::Nesterov { .. } => all.push((NoLookAhead, by(-eta * m))),
            Optimizer::Rmsprop { epsilon, .. } => all.push((NoRoot, by(-eta * g / (v + epsilon)))),
            Optimizer::Adam { epsilon, .. } => {
                let [c1, c2] = optimizer.corrections(self.t());
                all.push((NoCorrection, by(-eta * m / (v.sqrt() + epsilon))));
                all.push((NoRoot, by(-eta * (m / c1) / (v / c2 + epsilon))));
            }
            Optimizer::Sgd { .. } | Optimizer::Momentum { .. } => {}
        }
        all
    }

    pub(super) fn first_moment(&self, param: Param) -> Mistaken {
        let [g, old, v] = self.made_from(param);
        let optimizer = self.moment.lesson.rule.optimizer;
        let made = |g| self.stepped(1.0, g, old, v).first_moment;
        let mut all = vec![(Sign, made(-g)), (DerivativeItself, g), (NoShares, old + g)];
        all.extend(self.summed(g).map(|sum| (SumForMean, made(sum))));
        if let Some(share) = optimizer.constant(Constant::Momentum) {
            all.push((SharesSwapped, old + share * g));
            all.push((MeanForSum, share * old + (1.0 - share) * g));
        }
        if let Some(share) = optimizer.constant(Constant::Beta1) {
            all.extend(of_mean(share, old, g));
        }
        all
    }

    pub(super) fn second_moment(&self, param: Param) -> Mistaken {
        let [g, m, old] = self.made_from(param);
        let optimizer = self.moment.lesson.rule.optimizer;
        let shares = [Constant::Decay, Constant::Beta2];
        let Some(share) = shares.into_iter().find_map(|share| optimizer.constant(share)) else {
            return Mistaken::new();
        };
        let mut all = vec![
            (DerivativeItself, g),
            (NotSquared, share * old + (1.0 - share) * g),
            (NoShares, old + g * g),
        ];
        all.extend(self.summed(g).map(|sum| (SumForMean, self.stepped(1.0, sum, m, old).second_moment)));
        all.extend(of_mean(share, old, g * g));
        all
    }

    /// m̂ or v̂.
    pub(super) fn corrected(&self, param: Param, is_first: bool) -> Mistaken {
        let (moment, by, other, beta) = match is_first {
            true => (
                Quantity::FirstMoment(param),
                Quantity::BiasCorrection1,
                Quantity::BiasCorrection2,
                Quantity::Beta1,
            ),
            false => (
                Quantity::SecondMoment(param),
                Quantity::BiasCorrection2,
                Quantity::BiasCorrection1,
                Quantity::Beta2,
            ),
        };
        let [moment, by, other, beta] = [moment, by, other, beta].map(|quantity| self.value(quantity));
        let mut all = vec![
            (NoCorrection, moment),
            (CorrectionTimes, moment * by),
            (OtherCorrection, moment / other),
            (FirstPower, moment / (1.0 - beta)),
        ];
        if is_first {
            all.push((Sign, -moment / by));
        }
        all
    }
}

/// Mistakes in a running mean: share · old + (1 − share) · new.
fn of_mean(share: f64, old: f64, new: f64) -> Mistaken {
    let rest = 1.0 - share;
    vec![
        (SharesSwapped, rest * old + share * new),
        (OldForgotten, rest * new),
        (RestForgotten, share * old + new),
    ]
}
