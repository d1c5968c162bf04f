//! The learning-rate explorer as a picture: which rates it looks at, and the loss after an update by each.

use super::chart::{Frame, Scale};
use super::graph::{Axis, Graph, n_ticks};
use crate::moment::Moment;
use crate::moment::rates::{ByRate, RatePoint};
use crate::text::number;

/// The least and the most rate at the end of the axis.
const ENDS: (f64, f64) = (1e-6, 10.0);
/// How many times the present rate the axis ends at least.
const BEYOND: f64 = 1.25;
/// Powers of ten of a logarithmic axis.
const POWERS: i32 = 4;
/// Rates along a linear axis, and to a power of ten of the other.
const ALONG: u64 = 100;
const PER_POWER: u64 = 20;
/// What is tried to a power of ten.
const TRIED: [f64; 6] = [1.0, 2.0, 3.0, 4.0, 6.0, 8.0];
/// How much higher than E before the axis reaches.
const HIGHER: f64 = 1.3;

/// An axis of learning rates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RateAxis {
    /// From 0 to this.
    To(f64),
    /// From 10^a to 10^b.
    Powers(i32, i32),
}

impl RateAxis {
    /// One with room for the present rate and for the rate from which an update brings E higher than it was.
    pub fn new(by_rate: &ByRate, before: f64, present: f64, scale: Scale) -> Self {
        let ends = (-6..=1)
            .flat_map(|power| [1.0, 2.0, 5.0].map(|digit| round(digit * libm::pow(10.0, f64::from(power)))));
        let wide = ends.filter(|end| (BEYOND * present).max(ENDS.0) <= *end && *end <= ENDS.1);
        let is_too_far = |end: &f64| {
            let after = by_rate.at(*end).after;
            after.is_nan() || before < after
        };
        let end = wide.clone().find(is_too_far).or(wide.clone().next_back()).unwrap_or(2.0 * present);
        match scale {
            Scale::Linear => Self::To(end),
            Scale::Logarithmic => {
                let high = libm::ceil(libm::log10(end) - 1e-9) as i32;
                let lowest = if 0.0 < present { libm::floor(libm::log10(present)) as i32 } else { high };
                Self::Powers((high - POWERS).min(lowest), high)
            }
        }
    }

    /// The rates that are looked at, ascending: at most `most`.
    fn rates(self, most: u64) -> Vec<f64> {
        match self {
            Self::To(end) => {
                let n = [ALONG, 50, 20].into_iter().find(|n| *n <= most).unwrap_or(10);
                (0..=n).map(|k| round(end * k as f64 / n as f64)).collect()
            }
            Self::Powers(low, high) => {
                let n_powers = (high - low) as u64;
                let per = [PER_POWER, 10, 5].into_iter().find(|per| per * n_powers <= most).unwrap_or(3);
                let power = |k: u64| f64::from(low) + k as f64 / per as f64;
                (0..=per * n_powers).map(|k| rounded(libm::pow(10.0, power(k)), 1)).collect()
            }
        }
    }

    /// The rates on trial: `n` or fewer along a linear axis.
    pub fn tried(self, n: u32) -> Vec<f64> {
        match self {
            Self::To(end) => (1..=n).map(|k| round(end * f64::from(k) / f64::from(n))).collect(),
            Self::Powers(low, high) => {
                // Those of the upper powers of ten: the lower ones only crawl.
                let low = low.max(high - (n as i32) / TRIED.len() as i32);
                let powers = low..high;
                let of = |power: i32| TRIED.map(|digit| round(digit * libm::pow(10.0, f64::from(power))));
                powers.flat_map(of).chain([round(libm::pow(10.0, f64::from(high)))]).collect()
            }
        }
    }

    /// It, to be drawn.
    fn axis(self, n: f64) -> Axis {
        match self {
            Self::To(end) => Axis::linear(0.0, end, n),
            Self::Powers(low, high) => Axis::powers(low, high, n),
        }
    }
}

/// A number without the noise of its computation.
fn round(x: f64) -> f64 {
    rounded(x, 9)
}

fn rounded(x: f64, digits: usize) -> f64 {
    number::parse(&format!("{x:.digits$e}")).unwrap_or(x)
}

/// What the explorer shows of a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Explorer {
    /// Its axis.
    pub axis: RateAxis,
    /// E before the update.
    pub before: f64,
    /// The present rate.
    pub present: RatePoint,
    /// Other rates, ascending.
    pub points: Vec<RatePoint>,
}

impl Explorer {
    /// That of `moment`.
    pub fn new(moment: &Moment, scale: Scale) -> Self {
        let by_rate = ByRate::of(moment);
        let rate = moment.lesson.rule.optimizer.learning_rate();
        let before = by_rate.before();
        let axis = RateAxis::new(&by_rate, before, rate, scale);
        let points = axis.rates(by_rate.n_rates(ALONG)).into_iter().map(|rate| by_rate.at(rate)).collect();
        Self { axis, before, present: by_rate.at(rate), points }
    }

    /// Which of the points is nearest to a rate on the axis.
    pub fn nearest(&self, rate: f64) -> usize {
        let axis = self.axis.axis(2.0);
        let gap = |point: &RatePoint| (axis.share(point.rate) - axis.share(rate)).abs();
        let all = self.points.iter().enumerate();
        all.min_by(|a, b| gap(a.1).total_cmp(&gap(b.1))).map_or(0, |(k, _)| k)
    }

    /// The point after whose update E is lowest.
    pub fn lowest(&self) -> Option<RatePoint> {
        let finite = self.points.iter().copied().filter(|point| point.after.is_finite());
        finite.min_by(|a, b| a.after.total_cmp(&b.after))
    }
}

/// The explorer, laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct RatesPicture {
    /// The axes.
    pub graph: Graph,
    /// E after the update, as an SVG path.
    pub curve: String,
    /// First order.
    pub line: String,
    /// How high E is before the update.
    pub before: f64,
}

impl RatesPicture {
    /// Lays out `explorer` in `frame`.
    pub fn new(explorer: &Explorer, frame: Frame) -> Self {
        let Explorer { axis, before, present, .. } = explorer;
        let lowest = explorer.lowest().map_or(0.0, |point| point.after).min(0.0);
        let seen = |point: &RatePoint| if point.after.is_finite() { point.after } else { *before };
        let highest = (HIGHER * before.max(0.0)).max(seen(present).min(4.0 * HIGHER * before.max(1e-300)));
        let highest = if lowest < highest { highest } else { lowest + 1.0 };
        let y = Axis::linear(lowest, highest, n_ticks(2.0 * frame.height, frame.text));
        let graph = Graph::new(frame, axis.axis(n_ticks(frame.width, frame.text)), y);
        let points = || explorer.points.iter();
        Self {
            curve: graph.path(points().map(|point| (point.rate, point.after))),
            line: graph.path(points().map(|point| (point.rate, point.predicted))),
            before: graph.place(0.0, *before).1,
            graph,
        }
    }

    /// Where the update by a rate leads to.
    pub fn place(&self, point: RatePoint) -> (f64, f64) {
        let (x, y) = self.graph.place(point.rate, if point.after.is_nan() { f64::MAX } else { point.after });
        (x, y.max(self.graph.top))
    }
}
