//! The axes of a chart: a range, a few round ticks, and shares of the axis from 0 to 1. Every share
//! is finite, whatever the numbers are.

use super::Scale;
use crate::text::format;
use crate::words::picture as words;

/// Significant digits of a tick.
const DIGITS: u8 = 3;
/// An axis of losses has at least so many labelled places, if there are any.
const FEWEST: usize = 3;
/// Room above the highest loss and below the lowest, as a share of the axis.
const MARGIN: f64 = 0.05;
/// Greatest magnitude on an axis: differences of such numbers are still finite.
pub const LARGEST: f64 = f64::MAX / 16.0;

/// A labelled place on an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Share of the axis, 0 to 1.
    pub share: f64,
    /// What stands there.
    pub label: String,
}

/// About how wide `text` is in letters of size `size`. A little too wide rather than too narrow.
pub fn text_width(text: &str, size: f64) -> f64 {
    let width = |c: char| match c {
        '.' | ',' | ' ' => 0.33,
        '×' | '−' | '∞' => 0.84,
        '⁻' | '⁰' | '¹' | '²' | '³' | '⁴'..='⁹' => 0.45,
        _ => 0.64,
    };
    text.chars().map(width).sum::<f64>() * size
}

/// The smallest of 1, 2, 5 times a power of ten that goes at most `n` times into `span`; `None` where
/// that is too small or too large for f64.
pub fn round_step(span: f64, n: f64) -> Option<f64> {
    let least = span / n;
    let power = libm::pow(10.0, libm::floor(libm::log10(least)));
    let step =
        [1.0, 2.0, 5.0, 10.0].into_iter().map(|m| m * power).find(|step| least <= *step * 1.000_001)?;
    (step.is_normal() && step < LARGEST).then_some(step)
}

/// Multiples of a round step from `low` to `high`: at most `n` + 1.
pub fn round_values(low: f64, high: f64, n: f64) -> Vec<f64> {
    let Some(step) = round_step(high - low, n) else {
        return Vec::new();
    };
    let first = libm::ceil(low / step - 1e-9);
    let values = (0..=n as u32).map(|k| (first + f64::from(k)) * step);
    values.filter(|value| *value <= high + step * 1e-9).collect()
}

/// Midway between the two last ticks, where a title may stand, and how far these are apart. `None` for
/// fewer than two.
fn between_last(ticks: &[Tick]) -> Option<(f64, f64)> {
    match ticks {
        [.., before, last] => Some(((before.share + last.share) / 2.0, last.share - before.share)),
        _ => None,
    }
}

/// The axis of epochs, from 0.
#[derive(Clone, Debug)]
pub struct EpochAxis {
    last: u64,
    ticks: Vec<Tick>,
}

impl EpochAxis {
    /// From 0 to `last` or a little beyond, on `width` pixels with letters of size `text`.
    pub fn new(last: u64, width: f64, text: f64) -> Self {
        let last = round_up(last.max(1));
        // Each label has room beside it for the title.
        let room = text_width(&format::count(last), text) + text_width(words::epoch(), text) + text * 1.5;
        let most = (width / room).floor().clamp(1.0, 6.0);
        let span = last as f64;
        let step = round_step(span, most).map_or(last, |step| (step as u64).max(1));
        let ticks = (0..=last / step)
            .map(|k| Tick { share: (k * step) as f64 / span, label: format::count(k * step) })
            .collect();
        Self { last, ticks }
    }

    pub fn ticks(&self) -> &[Tick] {
        &self.ticks
    }

    pub fn title_share(&self) -> Option<(f64, f64)> {
        between_last(&self.ticks)
    }

    /// Where `epoch` stands.
    pub fn share(&self, epoch: u64) -> f64 {
        (epoch as f64 / self.last as f64).min(1.0)
    }

    /// The epoch that stands nearest to `share`.
    pub fn epoch(&self, share: f64) -> u64 {
        (share.clamp(0.0, 1.0) * self.last as f64).round() as u64
    }
}

/// `epoch` or a little more: an axis that does not move at each epoch of a long run.
fn round_up(epoch: u64) -> u64 {
    let mut power = 1;
    while power * 10 <= epoch {
        power *= 10;
    }
    // In tenths of the power of ten.
    let steps = [10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100];
    let rounded = steps.into_iter().map(|tenths| (tenths * power).div_ceil(10)).find(|end| epoch <= *end);
    rounded.unwrap_or(epoch)
}

/// The axis of losses.
#[derive(Clone, Debug)]
pub struct LossAxis {
    scale: Scale,
    /// Ends of the axis: losses, or powers of ten.
    low: f64,
    high: f64,
    ticks: Vec<Tick>,
    /// The loss that stands for what has no logarithm, if there is such.
    floor: Option<f64>,
}

impl LossAxis {
    /// An axis for `values`, which are finite, with `n` ticks beside the first at most.
    pub fn new(values: impl Iterator<Item = f64> + Clone, scale: Scale, n: f64) -> Self {
        let values = values.map(|x| x.clamp(-LARGEST, LARGEST));
        let mut axis = match scale {
            Scale::Linear => Self::linear(values, n),
            Scale::Logarithmic => Self::logarithmic(values),
        };
        // A few more where it would be fewer than three.
        let attempts = (0..4).map(|more| axis.round_ticks(n + f64::from(more)));
        let enough = attempts.into_iter().find(|ticks| FEWEST <= ticks.len());
        axis.ticks = enough.unwrap_or_else(|| axis.round_ticks(n));
        axis
    }

    /// From a tick at or below the lowest to one at or above the highest.
    fn linear(values: impl Iterator<Item = f64>, n: f64) -> Self {
        let (low, high) = values.fold((0.0, 0.0), |(low, high): (f64, f64), x| (low.min(x), high.max(x)));
        let span = high - low;
        let (low, high) = match round_step(span, n).filter(|_| span.is_normal()) {
            Some(step) => (step * libm::floor(low / step), step * libm::ceil(high / step)),
            None if span.is_normal() => (low, high),
            None => (0.0, 1.0),
        };
        Self { scale: Scale::Linear, low, high, ticks: Vec::new(), floor: None }
    }

    fn logarithmic(values: impl Iterator<Item = f64> + Clone) -> Self {
        let has_others = values.clone().any(|x| x <= 0.0);
        let positive = values.filter(|x| 0.0 < *x);
        let (low, high) =
            positive.fold((f64::INFINITY, 0.0), |(low, high): (f64, f64), x| (low.min(x), high.max(x)));
        let (floor, low, high) =
            if low <= high { (low, libm::log10(low), libm::log10(high)) } else { (0.0, -1.0, 0.0) };
        // A flat curve lies in the middle.
        let margin = if high - low < 0.1 { 0.5 } else { (high - low) * MARGIN };
        Self {
            scale: Scale::Logarithmic,
            low: low - margin,
            high: high + margin,
            ticks: Vec::new(),
            floor: has_others.then_some(floor),
        }
    }

    fn round_ticks(&self, n: f64) -> Vec<Tick> {
        let tick = |x: f64| Tick { share: self.share(x), label: format::number(x, DIGITS) };
        if self.scale == Scale::Linear {
            return round_values(self.low, self.high, n).into_iter().map(tick).collect();
        }
        let powers = |step: i32| {
            let first = libm::ceil(self.low / f64::from(step)) as i32;
            let last = libm::floor(self.high / f64::from(step)) as i32;
            (first..=last).map(move |k| k * step)
        };
        let step = round_step(self.high - self.low, n).map_or(1, |step| (step as i32).max(1));
        let ticks: Vec<Tick> = powers(step)
            .map(|e| {
                let share = self.share_of_power(f64::from(e));
                let label = match e {
                    -4..=3 => format::number(libm::pow(10.0, f64::from(e)), DIGITS),
                    _ => format!("10{}", format::superscript(&e.to_string())),
                };
                Tick { share, label }
            })
            .collect();
        if 2 <= ticks.len() {
            return ticks;
        }
        // Less than two powers of ten: round numbers in between.
        let (low, high) = (libm::pow(10.0, self.low), libm::pow(10.0, self.high));
        let mut steps: Vec<Tick> = Vec::new();
        for power in [libm::floor(self.low), libm::floor(self.high)] {
            let power = libm::pow(10.0, power);
            let values = [1.0, 2.0, 5.0].into_iter().map(|m| m * power);
            steps.extend(values.filter(|x| (low..=high).contains(x)).map(tick));
        }
        steps.dedup();
        if 2 <= steps.len() {
            steps.truncate(n as usize + 1);
            return steps;
        }
        let between: Vec<Tick> =
            round_values(low, high, n).into_iter().filter(|x| low < *x).map(tick).collect();
        if between.is_empty() { ticks } else { between }
    }

    pub fn ticks(&self) -> &[Tick] {
        &self.ticks
    }

    /// Where `loss` stands.
    pub fn share(&self, loss: f64) -> f64 {
        match self.scale {
            Scale::Linear => {
                let share = (loss.clamp(-LARGEST, LARGEST) - self.low) / (self.high - self.low);
                share.clamp(0.0, 1.0)
            }
            Scale::Logarithmic if 0.0 < loss => self.share_of_power(libm::log10(loss)),
            Scale::Logarithmic => {
                self.floor.filter(|floor| 0.0 < *floor).map_or(0.0, |floor| self.share(floor))
            }
        }
    }

    fn share_of_power(&self, power: f64) -> f64 {
        ((power - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    /// What the axis cannot show.
    pub fn remark(&self) -> Option<String> {
        let floor = self.floor?;
        Some(if 0.0 < floor {
            words::zero_is_at(&format::number(floor, DIGITS))
        } else {
            words::zeros_only().to_owned()
        })
    }
}
