//! What an update by an optimiser that remembers says of each of its numbers by itself: m, v, both corrected,
//! and the new weight.

use super::{Explainer, StepText};
use crate::lesson::quantity::Quantity;
use crate::text::format;
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
            Quantity::FirstMoment(_) => (format!("What is the new m of {name}?"), self.first_moment(param)),
            Quantity::SecondMoment(_) => (format!("What is the new v of {name}?"), self.second_moment()),
            Quantity::CorrectedFirstMoment(_) => {
                (format!("What is the m of {name}, corrected?"), self.correction(param, true))
            }
            Quantity::CorrectedSecondMoment(_) => {
                (format!("What is the v of {name}, corrected?"), self.correction(param, false))
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
            return format!(
                "m is a running mean of the derivative: the old mean counts {}, the new derivative {share}.",
                self.with_number(Quantity::Beta1)
            );
        };
        if momentum == 0.0 {
            return "μ is 0: nothing of the old m stays, m is the derivative.".to_owned();
        }
        let why = format!(
            "m, in many books the velocity, is the share {} of the old m and the derivative. After many equal derivatives it is 1/(1 − μ) = {} times one of them.",
            self.with_number(Quantity::Momentum),
            self.round(1.0 / (1.0 - momentum))
        );
        match self.is_zero(Quantity::OldFirstMoment(param)) {
            true => format!("{why} At first the old m is 0, and m is the derivative."),
            false => why,
        }
    }

    fn second_moment(&self) -> String {
        let share = match self.moment.lesson.rule.optimizer {
            Optimizer::Adam { .. } => Quantity::Beta2,
            _ => Quantity::Decay,
        };
        format!(
            "v is a running mean of the squared derivative: the old mean counts {}, the new square {}. A square has no sign: √v follows how large the derivative has been of late.",
            self.with_number(share),
            self.rest_of(share)
        )
    }

    /// "1 − β₁ = 0.1".
    fn rest_of(&self, share: Quantity) -> String {
        let rest = 1.0 - self.moment.value(share).unwrap_or(0.0);
        format!("1 − {} = {}", self.name(share), self.round(rest))
    }

    pub(super) fn is_zero(&self, quantity: Quantity) -> bool {
        self.moment.value(quantity) == Some(0.0)
    }

    /// Why m, or v, is divided by 1 − βᵗ.
    fn correction(&self, param: Param, is_first: bool) -> String {
        let (letter, by, what, whole) = match is_first {
            true => ("m", Quantity::BiasCorrection1, "derivatives", "the derivative"),
            false => ("v", Quantity::BiasCorrection2, "squares", "the derivative squared"),
        };
        let (t, by_name, by) = (self.t(), self.name(by), self.number(by));
        if by == "1" {
            return format!(
                "By update t = {t} the start at 0 is forgotten: {by_name} is 1 to the digits shown."
            );
        }
        let updates = if t == 1 { "update" } else { "updates" };
        let why = format!(
            "{letter} started at 0: after t = {t} {updates} the {what} count for {by_name} = {by} of it, that 0 for the rest. Divided by {by_name} it is a mean of the {what} alone"
        );
        if 1 < t {
            return format!("{why}.");
        }
        let g = self.moment.value(Quantity::MeanGradient(param)).unwrap_or(0.0);
        format!("{why}, of one so far: {whole}, {}.", self.round(if is_first { g } else { g * g }))
    }

    /// Why the new weight is what it is, as the beginning of a sentence that goes on with a colon.
    fn last_number(&self, param: Param) -> String {
        let how = match self.moment.lesson.rule.optimizer {
            Optimizer::Nesterov { .. } => {
                "The step follows the derivative and μ·m, which is where momentum goes on from here: a look ahead"
            }
            Optimizer::Rmsprop { .. } => {
                "The derivative is divided by its recent size √v (ε keeps that from 0), so that every weight moves at a similar pace"
            }
            Optimizer::Adam { .. } => {
                "The mean m̂ is divided by the recent size √v̂ (ε keeps that from 0), so that every weight moves at a similar pace"
            }
            _ if self.is_zero(Quantity::OldFirstMoment(param)) => {
                "The step follows m, in which there is no earlier derivative yet"
            }
            _ => "The step follows m, in which the earlier derivatives go on",
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
                Some("The old m was 0: so far this is plain gradient descent.".to_owned())
            }
            Optimizer::Rmsprop { decay, .. } if self.is_zero(Quantity::OldSecondMoment(param)) => {
                let times = 1.0 / (1.0 - decay).sqrt();
                (NEARLY * times * eta <= step).then(|| {
                    format!(
                        "The old v was 0: √v is √(1 − ρ) times the size of the derivative, and the step 1/√(1 − ρ) = {} times {rate}, whatever the derivative.",
                        self.round(times)
                    )
                })
            }
            Optimizer::Adam { .. } if self.t() == 1 => (NEARLY * eta <= step).then(|| {
                format!(
                    "In the first update √v̂ is the size of the derivative, {}: the step is nearly {rate}, whatever the derivative.",
                    self.round(g)
                )
            }),
            _ => None,
        }
    }
}
