//! A graph: two axes with a few round ticks, and where points and curves stand between them. Lengths are CSS
//! pixels from the top left corner.

use super::chart::axis::{LARGEST, Tick, round_values, text_width};
use super::chart::{Frame, Scale};
use crate::text::format;

/// Significant digits of a tick; more where neighbours would look alike.
const DIGITS: u8 = 4;
/// Room beside the extreme values of a vertical axis, as a share of it.
const MARGIN: f64 = 0.07;
/// How far beyond the axes a curve is drawn at most, in lengths of the axis.
const BEYOND: f64 = 3.0;

/// An axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    scale: Scale,
    /// The ends; powers of ten on a logarithmic axis.
    low: f64,
    high: f64,
    ticks: Vec<Tick>,
}

impl Axis {
    /// From `low` to `high`, which is larger, with `n` ticks or a little more.
    pub fn linear(low: f64, high: f64, n: f64) -> Self {
        let mut axis = Self { scale: Scale::Linear, low, high, ticks: Vec::new() };
        let rounded = |x: f64| if x.abs() < 1e-9 * (high - low) { 0.0 } else { x };
        let values: Vec<f64> = round_values(low, high, n).into_iter().map(rounded).collect();
        let labels = |digits: u8| values.iter().map(|x| format::number(*x, digits)).collect::<Vec<String>>();
        let differ = |labels: &Vec<String>| labels.windows(2).all(|pair| pair[0] != pair[1]);
        let labels = (DIGITS..format::FULL_DIGITS).map(labels).find(differ).unwrap_or_else(|| labels(DIGITS));
        let ticks = values.iter().zip(labels);
        axis.ticks = ticks.map(|(x, label)| Tick { share: axis.share(*x), label }).collect();
        axis
    }

    /// From 10^`low` to 10^`high`, whole powers of ten: every one or every few has a tick, `n` or a little more.
    pub fn powers(low: i32, high: i32, n: f64) -> Self {
        let mut axis =
            Self { scale: Scale::Logarithmic, low: f64::from(low), high: f64::from(high), ticks: Vec::new() };
        let step = (f64::from(high - low) / n.max(1.0)).ceil().max(1.0) as i32;
        let label = |power: i32| match power {
            -3..=3 => format::number(libm::pow(10.0, f64::from(power)), DIGITS),
            _ => format!("10{}", format::superscript(&power.to_string())),
        };
        let powers = (low..=high).filter(|power| power.rem_euclid(step) == 0);
        axis.ticks = powers
            .map(|power| Tick {
                share: f64::from(power - low) / f64::from((high - low).max(1)),
                label: label(power),
            })
            .collect();
        axis
    }

    /// One that has room for all of `values` that are finite.
    pub fn around(values: impl Iterator<Item = f64>, n: f64) -> Self {
        let (low, high) = values
            .filter(|x| x.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
        let (low, high) = (low.max(-LARGEST), high.min(LARGEST));
        if high < low {
            return Self::linear(0.0, 1.0, n);
        }
        let span = high - low;
        // What differs by rounding alone is flat.
        let margin = match span <= 1e-13 * low.abs().max(high.abs()) || !span.is_normal() {
            true => 0.5 * high.abs().max(1e-3),
            false => MARGIN * span,
        };
        Self::linear(low - margin, high + margin, n)
    }

    /// The ticks.
    pub fn ticks(&self) -> impl Iterator<Item = (f64, &str)> {
        self.ticks.iter().map(|tick| (tick.share, tick.label.as_str()))
    }

    /// How far along `x` is: 0 to 1 between the ends, a little beyond them outside.
    pub fn share(&self, x: f64) -> f64 {
        let x = match self.scale {
            Scale::Linear => x,
            Scale::Logarithmic if 0.0 < x => libm::log10(x),
            Scale::Logarithmic => f64::NEG_INFINITY,
        };
        ((x - self.low) / (self.high - self.low)).clamp(-BEYOND, 1.0 + BEYOND)
    }

    /// What stands at a share of the axis.
    pub fn at(&self, share: f64) -> f64 {
        let x = self.low + share * (self.high - self.low);
        if self.scale == Scale::Linear { x } else { libm::pow(10.0, x) }
    }
}

/// A graph, laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct Graph {
    /// All of its room.
    pub frame: Frame,
    /// To the right.
    pub x: Axis,
    /// Upwards.
    pub y: Axis,
    /// Where the axes stand.
    pub left: f64,
    /// Where the axes end to the right.
    pub right: f64,
    /// Where the axes end above.
    pub top: f64,
    /// Where the axes stand.
    pub bottom: f64,
}

/// How many ticks fit `length` pixels with letters of size `text`.
pub fn n_ticks(length: f64, text: f64) -> f64 {
    (length / (text * 4.5)).floor().clamp(2.0, 8.0)
}

impl Graph {
    /// Lays out two axes in `frame`, with a line of text below for the title of the first and one above for
    /// that of the second.
    pub fn new(frame: Frame, x: Axis, y: Axis) -> Self {
        let labels = y.ticks().map(|(_, label)| text_width(label, frame.text));
        let left = labels.fold(0.0, f64::max) + frame.text * 0.7;
        let last = x.ticks().last().map_or(0.0, |(_, label)| text_width(label, frame.text));
        let top = frame.text * 1.7;
        Self {
            frame,
            x,
            y,
            left,
            right: (frame.width - (last / 2.0).max(8.0)).max(left + 1.0),
            top,
            bottom: (frame.height - frame.text * 1.8).max(top + 1.0),
        }
    }

    /// Where a point stands.
    pub fn place(&self, x: f64, y: f64) -> (f64, f64) {
        (self.across(self.x.share(x)), self.up(self.y.share(y)))
    }

    /// Where a share of the first axis is.
    pub fn across(&self, share: f64) -> f64 {
        self.left + share * (self.right - self.left)
    }

    /// Where a share of the second axis is.
    pub fn up(&self, share: f64) -> f64 {
        self.bottom - share * (self.bottom - self.top)
    }

    /// A line through points, as an SVG path: it is broken where a point is not finite.
    pub fn path(&self, points: impl Iterator<Item = (f64, f64)>) -> String {
        let mut path = String::new();
        let mut is_broken = true;
        for (x, y) in points {
            if !(x.is_finite() && y.is_finite()) {
                is_broken = true;
                continue;
            }
            let (across, up) = self.place(x, y);
            path += &format!("{}{across:.1} {up:.1}", if is_broken { "M" } else { "L" });
            is_broken = false;
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Frame = Frame { width: 300.0, height: 200.0, text: 12.0 };

    #[test]
    fn points_stand_where_the_axes_say() {
        let graph = Graph::new(FRAME, Axis::linear(-1.0, 3.0, 4.0), Axis::powers(-4, 0, 4.0));
        let stands = |(x, y): (f64, f64), place: (f64, f64)| {
            let (across, up) = graph.place(x, y);
            assert!((across - place.0).abs() < 1e-9 && (up - place.1).abs() < 1e-9, "{x}, {y}");
        };
        stands((-1.0, 1e-4), (graph.left, graph.bottom));
        stands((3.0, 1.0), (graph.right, graph.top));
        stands((1.0, 1e-2), ((graph.left + graph.right) / 2.0, (graph.top + graph.bottom) / 2.0));
        assert!((graph.y.at(graph.y.share(0.03)) - 0.03).abs() < 1e-12);
        let labels = |axis: &Axis| axis.ticks().map(|(_, label)| label.to_owned()).collect::<Vec<_>>();
        assert_eq!(labels(&graph.x), ["−1", "0", "1", "2", "3"]);
        assert_eq!(labels(&graph.y), ["10⁻⁴", "0.001", "0.01", "0.1", "1"]);
        assert_eq!(
            labels(&Axis::linear(0.291_02, 0.291_05, 3.0)),
            ["0.29102", "0.29103", "0.29104", "0.29105"]
        );
    }

    #[test]
    fn every_number_has_a_finite_place() {
        let far = [0.0, -1.0, f64::MAX, -f64::MAX, f64::INFINITY, f64::MIN_POSITIVE];
        for axis in
            [Axis::around(far.into_iter(), 4.0), Axis::powers(-3, 3, 3.0), Axis::around([].into_iter(), 3.0)]
        {
            assert!(far.iter().all(|x| axis.share(*x).is_finite()), "{axis:?}");
        }
        let flat = Axis::around([0.25, 0.25].into_iter(), 4.0);
        assert!((flat.share(0.25) - 0.5).abs() < 1e-9);
    }

    #[test]
    fn a_line_is_broken_where_there_is_no_number() {
        let graph = Graph::new(FRAME, Axis::linear(0.0, 3.0, 3.0), Axis::linear(0.0, 1.0, 3.0));
        let path = graph.path([(0.0, 0.0), (1.0, 1.0), (2.0, f64::NAN), (3.0, 0.5)].into_iter());
        assert_eq!((path.matches('M').count(), path.matches('L').count()), (2, 1));
    }
}
