//! The numerical derivative: an independent check of every derivative that the page shows.

use crate::loss::Loss;
use crate::network::{Network, Param};
use crate::trace::{Forward, products};

/// How far a parameter is moved to measure its derivative, relative to its size (at least 1).
///
/// The error of the central difference is about h² (truncation) plus 10⁻¹⁶/h (rounding): 10⁻⁵ is
/// near the best of both, with about ten digits right; 10⁻⁸ would leave seven.
pub const NUDGE: f64 = 1e-5;
/// How many roundings of full size are reckoned with at each number.
const ROUNDINGS: f64 = 4.0;

/// A derivative by measurement, and how much it can tell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// The central difference (E(w + h) − E(w − h)) / 2h.
    pub value: f64,
    /// How far it may be from the derivative, by the rounding of E and by the bend of E: an estimate,
    /// rather too large than too small.
    pub doubt: f64,
}

/// A central difference, and what it may miss.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// How far the parameter is moved, up and down.
    pub h: f64,
    /// (E(w + h) − E(w − h)) / 2h.
    pub value: f64,
    /// By how much the bend of E can miss: three times h² E‴ / 6, E‴ being the third difference
    /// (E(w + 2h) − 2 E(w + h) + 2 E(w − h) − E(w − 2h)) / 2h³.
    pub by_bend: f64,
    /// By how much the rounding of E can miss.
    pub by_rounding: f64,
}

impl Difference {
    /// What it measures.
    pub fn measured(self) -> Measured {
        Measured { value: self.value, doubt: self.by_bend + self.by_rounding }
    }
}

/// ∂E/∂`param` of `loss`, by the central difference; `rounding` tells by how much rounding can miss an
/// E of some size.
pub fn measure(
    network: &Network,
    param: Param,
    rounding: impl Fn(f64) -> f64,
    loss: impl Fn(Network) -> f64,
) -> Measured {
    difference(network, param, nudge(network.params.at(param)), rounding, loss).measured()
}

/// The same with `param` moved by `h`.
pub fn difference(
    network: &Network,
    param: Param,
    h: f64,
    rounding: impl Fn(f64) -> f64,
    loss: impl Fn(Network) -> f64,
) -> Difference {
    let at = network.params.at(param);
    let loss_at = |value: f64| {
        let mut moved = network.clone();
        moved.params.set(param, value);
        loss(moved)
    };
    let central = |h: f64| {
        let (up, down) = (at + h, at - h);
        let losses = (loss_at(up), loss_at(down));
        // Divide by the distance that the two rounded points really have.
        ((losses.0 - losses.1) / (up - down), 2.0 * rounding(losses.0.max(losses.1)) / (up - down))
    };
    let (value, by_rounding) = central(h);
    // The bend of E adds c h² to one and 4 c h² to the other: their distance is three times the first.
    let (wider, _) = central(2.0 * h);
    Difference { h, value, by_bend: (wider - value).abs(), by_rounding }
}

/// By how much rounding can miss an E of size `e` at outputs that it can miss by `noise`, from
/// [`noise_of_outputs`]. Beside E's own rounding that is what E makes of the outputs': near its minimum
/// much more than a share of E, which is next to nothing there.
pub fn rounding_of_loss(loss: Loss, n_outputs: usize, noise: f64, e: f64) -> f64 {
    ROUNDINGS * f64::EPSILON * (e + loss.steepest(e, n_outputs) * noise)
}

/// The most by which rounding can miss an output of this pass, or its weighted sum where `loss` is
/// computed from that, in units of 2⁻⁵²: each number adds its own size to what comes from those before it.
pub fn noise_of_outputs(network: &Network, loss: Loss, pass: &Forward) -> f64 {
    let n_layers = network.n_layers();
    let mut noise = vec![0.0; network.n_units(0)];
    for layer in 1..=n_layers {
        let (params, g) = (network.layer(layer), network.activation(layer));
        let (z, a) = (pass.sums(layer), pass.activations(layer));
        let before = pass.activations(layer - 1);
        let of_sum = |unit: usize| {
            let bias = params.biases.as_ref().map_or(0.0, |biases| biases[unit].abs());
            let own: f64 = products(&params.weights, before, unit).map(f64::abs).sum();
            let carried: f64 = products(&params.weights, &noise, unit).map(f64::abs).sum();
            bias + own + carried
        };
        let of_unit = |unit: usize| match layer == n_layers && loss.is_of_sums() {
            true => of_sum(unit),
            false => of_sum(unit) * g.slope(z[unit], a[unit]) + a[unit].abs(),
        };
        noise = (0..z.len()).map(of_unit).collect();
    }
    noise.into_iter().fold(0.0, f64::max)
}

/// h for a parameter of this value.
pub fn nudge(value: f64) -> f64 {
    NUDGE * value.abs().max(1.0)
}
