//! What a run that diverges says about the curvature of its loss.
//!
//! Near a quadratic loss, gradient descent multiplies the error along each axis of the quadratic by
//! 1 − ηλ at each update, λ being the curvature along it. Once the steepest axis outweighs the others, the
//! loss is multiplied by (1 − η λmax)² per update, from which λmax = (1 + √ratio) / η. Any η below 2 / λmax
//! converges (Goodfellow, Bengio and Courville 2016, section 4.3.1).

use super::LossPoint;

/// How many ratios must agree, and to what share.
const N_RATIOS: usize = 3;
const AGREEMENT: f64 = 1e-4;
/// A loss that grows more slowly than this per update does not grow as a diverging quadratic does.
const LEAST_RATIO: f64 = 1.01;

/// How a loss grows, and what follows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Divergence {
    /// By what the loss is multiplied per update.
    pub ratio: f64,
    /// λmax.
    pub curvature: f64,
}

impl Divergence {
    /// That of gradient descent at the rate `eta`, one update per epoch, whose losses end with `points`;
    /// `None` where their ratios have not settled.
    pub fn of(points: &[LossPoint], eta: f64) -> Option<Self> {
        let last = points.last_chunk::<{ N_RATIOS + 1 }>()?;
        let ratios: Vec<f64> = last
            .windows(2)
            .map(|pair| {
                let n_epochs = (pair[1].epoch - pair[0].epoch) as f64;
                libm::pow(pair[1].loss / pair[0].loss, 1.0 / n_epochs)
            })
            .collect();
        let ratio = *ratios.last()?;
        let agrees = |other: &f64| (other / ratio - 1.0).abs() <= AGREEMENT;
        let is_settled = ratio.is_finite() && LEAST_RATIO < ratio && ratios.iter().all(agrees);
        (is_settled && 0.0 < eta).then(|| Self { ratio, curvature: (1.0 + ratio.sqrt()) / eta })
    }

    /// 2 / λmax: below it gradient descent converges.
    pub fn bound(&self) -> f64 {
        2.0 / self.curvature
    }
}
