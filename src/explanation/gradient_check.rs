//! Every derivative of an update beside its central difference, for any ε.

use super::CheckVerdict;
use crate::lesson::quantity::Quantity;
use crate::moment::Moment;
use crate::moment::slice::BatchLoss;
use backprop::gradient::{Difference, difference, noise_of_outputs, rounding_of_loss};
use backprop::network::Param;

/// The most weights times samples that the checks of all parameters pass through at once.
const MAX_PRODUCTS: u64 = 6_000_000;
/// E is evaluated so often for each.
const EVALUATIONS: u64 = 4;
/// The powers of ten that ε can be, negative.
pub const POWERS: std::ops::RangeInclusive<u8> = 1..=12;
/// ε unless the reader chooses: near the best of truncation and rounding.
pub const USUAL_POWER: u8 = 5;

/// What the check of a derivative finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The derivative that the update uses is that of the loss, as far as can be measured: to so many digits.
    Agrees {
        /// How many.
        digits: u8,
    },
    /// It differs by more than the measurement may be off.
    Differs,
    /// A unit is at the kink of its activation function: there is no derivative to measure.
    Kink,
    /// The measurement may be off by as much as there is to measure.
    CannotTell,
}

/// A derivative and its check.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Checked {
    /// The parameter.
    pub param: Param,
    /// ∂E/∂w of the batch, or of the shown sample, as the update uses it.
    pub computed: f64,
    /// The central difference of the same E.
    pub difference: Difference,
    /// What the one says about the other.
    pub finding: Finding,
}

impl Checked {
    /// How far the two are apart.
    pub fn error(&self) -> f64 {
        (self.difference.value - self.computed).abs()
    }

    /// How far they may be apart.
    pub fn tolerance(&self) -> f64 {
        self.difference.measured().doubt
    }
}

/// The check of a moment's derivatives.
pub struct GradientCheck<'a> {
    moment: &'a Moment,
    /// Whether the derivatives are the batch's, and not the shown sample's.
    is_of_batch: bool,
    loss: BatchLoss,
    /// By how much rounding can miss an output.
    noise: f64,
}

impl<'a> GradientCheck<'a> {
    /// That of the update of `moment`.
    pub fn of(moment: &'a Moment) -> Self {
        Self::new(moment, true)
    }

    /// That of the derivatives that tables show ([`Moment::shown_gradient`]).
    pub fn of_shown(moment: &'a Moment) -> Self {
        Self::new(moment, moment.shows_means())
    }

    fn new(moment: &'a Moment, is_of_batch: bool) -> Self {
        // The samples of a batch are rounded alike: one stands for all.
        let trace = moment.trace(moment.sample());
        let of_trace = |trace: &backprop::trace::SampleTrace| {
            noise_of_outputs(moment.network(), moment.lesson.rule.loss, &trace.forward)
        };
        let loss = if is_of_batch { BatchLoss::of(moment) } else { BatchLoss::of_shown_sample(moment) };
        Self { moment, is_of_batch, loss, noise: trace.map_or(0.0, of_trace) }
    }

    /// Whether all parameters can be checked at once.
    pub fn can_check_all(&self) -> bool {
        let n_params = self.moment.network().n_params() as u64;
        EVALUATIONS * n_params * self.loss.n_products() <= MAX_PRODUCTS
    }

    /// The check of one derivative: its parameter is moved by ε, times its size where that is above 1.
    pub fn check(&self, param: Param, epsilon: f64) -> Checked {
        let moment = self.moment;
        let (network, loss) = (moment.network(), moment.lesson.rule.loss);
        let h = epsilon * network.params.at(param).abs().max(1.0);
        let rounding = |e: f64| rounding_of_loss(loss, network.n_outputs(), self.noise, e);
        let difference = difference(network, param, h, rounding, |network| self.loss.of_network(network));
        let gradient =
            if self.is_of_batch { Quantity::MeanGradient(param) } else { Quantity::Gradient(param) };
        let computed = moment.value(gradient).unwrap_or(f64::NAN);
        let finding = match CheckVerdict::of(difference.measured(), computed) {
            CheckVerdict::Agrees { digits } => Finding::Agrees { digits },
            // The measurement looks as far as twice h.
            _ if moment.crosses_kink_within(param, 2.0 * h, self.is_of_batch) => Finding::Kink,
            CheckVerdict::Differs => Finding::Differs,
            CheckVerdict::CannotTell => Finding::CannotTell,
        };
        Checked { param, computed, difference, finding }
    }

    /// The check of one derivative for ε from 10⁰ down to 10⁻¹³, twice to each power of ten.
    pub fn by_epsilon(&self, param: Param) -> Vec<(f64, Checked)> {
        let epsilons = (0..=26).map(|k| libm::pow(10.0, -f64::from(k) / 2.0));
        epsilons.map(|epsilon| (epsilon, self.check(param, epsilon))).collect()
    }
}
