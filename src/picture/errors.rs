//! The error of a central difference against ε as a picture, both axes in powers of ten.

use super::chart::Frame;
use super::graph::{Axis, Graph, n_ticks};

/// One measurement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ErrorPoint {
    /// ε.
    pub epsilon: f64,
    /// How far the difference is from the derivative.
    pub error: f64,
    /// How far the bend of E can miss: ∝ ε².
    pub by_bend: f64,
    /// How far rounding can miss: ∝ 1/ε.
    pub by_rounding: f64,
}

/// The measurements, laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct ErrorPicture {
    /// The axes.
    pub graph: Graph,
    /// The error, as an SVG path.
    pub curve: String,
    /// What truncation explains; empty where E has no bend that can be measured.
    pub truncation: String,
    /// What rounding explains.
    pub rounding: String,
}

impl ErrorPicture {
    /// Lays out measurements, whose ε descends, in `frame`.
    pub fn new(points: &[ErrorPoint], frame: Frame) -> Self {
        let power = |x: f64| libm::log10(x);
        let seen = points.iter().flat_map(|point| [point.error, point.by_rounding]);
        let seen = seen.filter(|x| x.is_normal()).map(power);
        let (low, high) = seen.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| (a.min(x), b.max(x)));
        let (low, high) = if low <= high { (low, high) } else { (-1.0, 0.0) };
        let (low, high) = (libm::floor(low) as i32, libm::ceil(high) as i32);
        let end = |point: Option<&ErrorPoint>, usual: i32| {
            point.map_or(usual, |point| libm::round(power(point.epsilon)) as i32)
        };
        let x =
            Axis::powers(end(points.last(), -1), end(points.first(), 0), n_ticks(frame.width, frame.text));
        let y = Axis::powers(low, high.max(low + 1), n_ticks(2.0 * frame.height, frame.text));
        let graph = Graph::new(frame, x, y);
        // Where the bend is well above rounding it is known; from there the line goes on with ε².
        let known =
            points.iter().find(|point| 1e3 * point.by_rounding < point.by_bend && point.epsilon <= 0.1);
        let truncation = known.map(|known| {
            let constant = known.by_bend / (known.epsilon * known.epsilon);
            graph.path(points.iter().map(|point| (point.epsilon, constant * point.epsilon * point.epsilon)))
        });
        Self {
            // An error of 0 has no logarithm.
            curve: graph.path(
                points
                    .iter()
                    .map(|point| (point.epsilon, if 0.0 < point.error { point.error } else { f64::NAN })),
            ),
            truncation: truncation.unwrap_or_default(),
            rounding: graph.path(points.iter().map(|point| (point.epsilon, point.by_rounding))),
            graph,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// On logarithmic axes ε² rises twice as fast as ε falls in 1/ε: two straight lines.
    #[test]
    fn truncation_and_rounding_are_straight_lines() {
        let point = |k: i32| {
            let epsilon = libm::pow(10.0, -f64::from(k));
            let (by_bend, by_rounding) = (epsilon * epsilon, 1e-16 / epsilon);
            ErrorPoint { epsilon, error: by_bend + by_rounding, by_bend, by_rounding }
        };
        let points: Vec<ErrorPoint> = (0..=12).map(point).collect();
        let frame = Frame { width: 400.0, height: 300.0, text: 12.0 };
        let ErrorPicture { graph, truncation, rounding, .. } = ErrorPicture::new(&points, frame);
        let ends = |path: &str| -> Vec<(f64, f64)> {
            let numbers = path[1..].split('L').map(|place| place.split_once(' ').unwrap());
            numbers.map(|(x, y)| (x.parse().unwrap(), y.parse().unwrap())).collect()
        };
        let slope = |path: &str| {
            let places = ends(path);
            let (a, b) = (places[0], places[1]);
            let powers = |x: f64, y: f64| {
                let (x, y) = (
                    (x - graph.left) / (graph.right - graph.left),
                    (graph.bottom - y) / (graph.bottom - graph.top),
                );
                (libm::log10(graph.x.at(x)), libm::log10(graph.y.at(y)))
            };
            let (a, b) = (powers(a.0, a.1), powers(b.0, b.1));
            (b.1 - a.1) / (b.0 - a.0)
        };
        assert!((slope(&truncation) - 2.0).abs() < 0.05);
        assert!((slope(&rounding) + 1.0).abs() < 0.05);
    }
}
