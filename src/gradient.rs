//! The numerical derivative: an independent check of every derivative that the page shows.

use crate::network::{Network, Param};

/// How far a parameter is moved to measure its derivative, relative to its size (at least 1).
///
/// The error of the central difference is about h² (truncation) plus 10⁻¹⁶/h (rounding): 10⁻⁵ is
/// near the best of both, with about ten digits right; 10⁻⁸ would leave seven.
pub const NUDGE: f64 = 1e-5;

/// ∂E/∂`param` of `loss`, by the central difference (E(w + h) − E(w − h)) / 2h.
pub fn numerical_derivative(network: &Network, param: Param, loss: impl Fn(Network) -> f64) -> f64 {
    let at = network.params.at(param);
    let h = nudge(at);
    let loss_at = |value: f64| {
        let mut moved = network.clone();
        moved.params.set(param, value);
        loss(moved)
    };
    // Divide by the distance that the two rounded points really have.
    let (up, down) = (at + h, at - h);
    (loss_at(up) - loss_at(down)) / (up - down)
}

/// h for a parameter of this value.
pub fn nudge(value: f64) -> f64 {
    NUDGE * value.abs().max(1.0)
}
