//! What an update by an optimiser that remembers says of each of its numbers by itself: m, v, both corrected,
//! and the new weight.

use super::{Explainer, StepText};
use crate::lesson::quantity::Quantity;
use crate::text::format;
use crate::words::paragraph;
use crate::words::step::number as words;
use backprop::network::Param;
use backprop::optimizer::Optimizer;

/// A step this near to what ε would be without effect is called that long.
const NEARLY: f64 = 0.99;

impl Explainer<'_> {
    /// Of the numbers that an update makes of `param`, number `number`, from 0, by itself.
    pub(super) fn update_number(&self, param: Param, number: usize) -> StepText {
        let equations = vec![self.update_equations(param).swap_remove(number)];
        let name = self.name(Quantity::Param(param));
        let (question, why) = match equations[0].result {
            Quantity::FirstMoment(_) => (words::what_is_the_new_m(&name), self.first_moment(param)),
            Quantity::SecondMoment(_) => (words::what_is_the_new_v(&name), self.second_moment()),
            Quantity::CorrectedFirstMoment(_) => {
                (words::what_is_the_corrected_m(&name), self.first_correction(param))
            }
            Quantity::CorrectedSecondMoment(_) => {
                (words::what_is_the_corrected_v(&name), self.second_correction(param))
            }
            _ => {
                let first = self.first_step(param).unwrap_or_default();
                return self.new_weight(param, equations, self.last_number(param), &first);
            }
        };
        StepText { question, equations, why }
    }

    /// "β₁ = 0.9".
    fn with_number(&self, quantity: Quantity) -> String {
        format!("{} = {}", self.name(quantity), self.number(quantity))
    }

    fn round(&self, x: f64) -> String {
        format::number(x, self.detail.digits)
    }

    /// Number of this update, from 1: the t of the corrections.
    fn t(&self) -> u64 {
        self.moment.model().optimizer_state.n_updates + 1
    }

    fn first_moment(&self, param: Param) -> String {
        let (Optimizer::Momentum { momentum, .. } | Optimizer::Nesterov { momentum, .. }) =
            self.moment.lesson.rule.optimizer
        else {
            let share = self.rest_of(Quantity::Beta1);
            return words::m_is_a_mean(&self.with_number(Quantity::Beta1), &share);
        };
        if momentum == 0.0 {
            return words::m_keeps_nothing().to_owned();
        }
        let velocity = words::m_is_a_velocity(&self.with_number(Quantity::Momentum));
        let comes_to = words::m_comes_to(&self.round(1.0 / (1.0 - momentum)));
        let start = match self.is_zero(Quantity::OldFirstMoment(param)) {
            true => words::m_starts_at_zero(),
            false => "",
        };
        paragraph([&*velocity, &comes_to, start])
    }

    fn second_moment(&self) -> String {
        let share = match self.moment.lesson.rule.optimizer {
            Optimizer::Adam { .. } => Quantity::Beta2,
            _ => Quantity::Decay,
        };
        let mean = words::v_is_a_mean(&self.with_number(share), &self.rest_of(share));
        paragraph([&*mean, words::v_follows_size()])
    }

    /// "1 − β₁ = 0.1".
    fn rest_of(&self, share: Quantity) -> String {
        let rest = 1.0 - self.moment.value(share).unwrap_or(0.0);
        format!("1 − {} = {}", self.name(share), self.round(rest))
    }

    pub(super) fn is_zero(&self, quantity: Quantity) -> bool {
        self.moment.value(quantity) == Some(0.0)
    }

    /// Why m is divided by 1 − β₁ᵗ.
    fn first_correction(&self, param: Param) -> String {
        let (divisor, by) = self.divisor(Quantity::BiasCorrection1);
        match self.t() {
            t if by == "1" => words::start_is_forgotten(&t, &divisor),
            1 => words::m_after_first_update(&divisor, &by, &self.round(self.derivative(param))),
            t => words::m_after_updates(&t, &divisor, &by),
        }
    }

    /// Why v is divided by 1 − β₂ᵗ.
    fn second_correction(&self, param: Param) -> String {
        let (divisor, by) = self.divisor(Quantity::BiasCorrection2);
        let g = self.derivative(param);
        match self.t() {
            t if by == "1" => words::start_is_forgotten(&t, &divisor),
            1 => words::v_after_first_update(&divisor, &by, &self.round(g * g)),
            t => words::v_after_updates(&t, &divisor, &by),
        }
    }

    /// A correction's name and its number.
    fn divisor(&self, correction: Quantity) -> (String, String) {
        (self.name(correction), self.number(correction))
    }

    fn derivative(&self, param: Param) -> f64 {
        self.moment.value(Quantity::MeanGradient(param)).unwrap_or(0.0)
    }

    /// Why the new weight is what it is: a reason.
    fn last_number(&self, param: Param) -> String {
        let how = match self.moment.lesson.rule.optimizer {
            Optimizer::Nesterov { .. } => words::looks_ahead(),
            Optimizer::Rmsprop { .. } => words::is_divided_by_size(),
            Optimizer::Adam { .. } => words::mean_is_divided_by_size(),
            _ if self.is_zero(Quantity::OldFirstMoment(param)) => words::follows_first_m(),
            _ => words::follows_m(),
        };
        how.to_owned()
    }

    /// What the first step of a method is like, where nothing is remembered yet.
    fn first_step(&self, param: Param) -> Option<String> {
        let size = |quantity| Some(self.moment.value(quantity)?.abs());
        let (step, g) = (size(Quantity::Step(param))?, size(Quantity::MeanGradient(param))?);
        let eta = self.moment.lesson.rule.optimizer.learning_rate();
        if g == 0.0 || self.rounds() {
            return None;
        }
        let rate = self.with_number(Quantity::LearningRate);
        match self.moment.lesson.rule.optimizer {
            Optimizer::Momentum { .. } if self.is_zero(Quantity::OldFirstMoment(param)) => {
                Some(words::is_plain_so_far().to_owned())
            }
            Optimizer::Rmsprop { decay, .. } if self.is_zero(Quantity::OldSecondMoment(param)) => {
                let times = 1.0 / (1.0 - decay).sqrt();
                (NEARLY * times * eta <= step)
                    .then(|| words::first_step_of_rmsprop(&self.round(times), &rate))
            }
            Optimizer::Adam { .. } if self.t() == 1 => {
                (NEARLY * eta <= step).then(|| words::first_step_of_adam(&self.round(g), &rate))
            }
            _ => None,
        }
    }
}
