//! What an update was to do to the loss, and what it does.

use backprop::network::Params;
use backprop::trace::UpdateTrace;

/// The least share of the loss by which it must grow to be said to grow: less may be rounding.
const NOTICEABLE: f64 = 1e-9;

/// The loss of a batch before an update and after it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Descent {
    /// Before.
    pub before: f64,
    /// How the loss would change if it were linear: Σ ∂E/∂w · Δw over all parameters.
    pub predicted: f64,
    /// After; it may be beyond the finite numbers.
    pub after: f64,
}

impl Descent {
    /// That of `update`, which leads to the loss `after`.
    pub fn new(update: &UpdateTrace, after: f64) -> Self {
        let numbers = |params: &Params| params.0.iter().flat_map(|layer| layer.numbers()).collect::<Vec<_>>();
        let (gradients, steps) = (numbers(&update.pass.gradients), numbers(&update.steps));
        let predicted = gradients.iter().zip(&steps).map(|(g, step)| g * step).sum();
        Self { before: update.pass.loss, predicted, after }
    }

    /// Whether the update goes too far: downhill where it starts, and higher where it ends.
    pub fn overshoots(&self) -> bool {
        let rise = self.after - self.before;
        self.predicted < 0.0 && (rise.is_nan() || NOTICEABLE * self.before.abs() < rise)
    }
}
