//! The edges of a condensed network as lines to draw, many at once, and the one under a point.

use super::Layout;
use super::rect::Point;
use backprop::network::{Network, Param};

/// Thicknesses that are told apart.
const N_LEVELS: usize = 6;
/// Thinnest and thickest line, in pixels.
const WIDTHS: (f64, f64) = (0.6, 3.2);

/// Lines that are drawn alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Strokes {
    /// How thick, in pixels.
    pub width: f64,
    /// How large the weights are, 0 … 1 of the largest of the network.
    pub share: f64,
    /// Whether the weights are negative.
    pub is_negative: bool,
    /// From circle to circle.
    pub lines: Vec<(Point, Point)>,
}

impl Layout {
    /// Each drawn weight: its parameter and its line.
    fn weight_lines(&self) -> impl Iterator<Item = (Param, (Point, Point))> + '_ {
        (1..self.units.len()).flat_map(move |layer| {
            let receivers = self.units[layer].iter().filter_map(|place| Some((place.unit?, place)));
            receivers.flat_map(move |(to, b)| {
                let senders = self.units[layer - 1].iter().filter_map(|place| Some((place.unit?, place)));
                senders.map(move |(from, a)| (Param::Weight { layer, to, from }, super::edge_line(a, b)))
            })
        })
    }

    /// The edges between drawn units, by size and sign; thin ones first.
    pub fn strokes(&self, network: &Network) -> Vec<Strokes> {
        let numbers = network.params.0.iter().flat_map(|layer| layer.weights.numbers());
        let largest = numbers.fold(f64::MIN_POSITIVE, |max, w| max.max(w.abs()));
        let (thin, thick) = WIDTHS;
        let thick = thick.min(0.3 * self.sizes.radius).max(thin);
        let mut all: Vec<Strokes> = (0..2 * N_LEVELS)
            .map(|k| {
                let share = (k / 2) as f64 / (N_LEVELS - 1) as f64;
                let width = thin + (thick - thin) * share;
                Strokes { width, share, is_negative: k % 2 == 1, lines: Vec::new() }
            })
            .collect();
        for (param, line) in self.weight_lines() {
            let weight = network.params.at(param);
            let level = (weight.abs() / largest * (N_LEVELS - 1) as f64).round() as usize;
            all[2 * level.min(N_LEVELS - 1) + usize::from(weight < 0.0)].lines.push(line);
        }
        all.retain(|strokes| !strokes.lines.is_empty());
        all
    }

    /// The weight whose line is nearest to `point`, if it is within `reach`.
    pub fn weight_at(&self, point: Point, reach: f64) -> Option<Param> {
        let near = self.weight_lines().map(|(param, (a, b))| (param, distance(point, a, b)));
        let nearest = near.min_by(|a, b| a.1.total_cmp(&b.1))?;
        (nearest.1 <= reach).then_some(nearest.0)
    }
}

/// Distance of a point from the line between `a` and `b`.
fn distance(point: Point, a: Point, b: Point) -> f64 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let length = (dx * dx + dy * dy).max(f64::MIN_POSITIVE);
    let t = ((point.x - a.x) * dx + (point.y - a.y) * dy) / length;
    point.distance(a.towards(b, t.clamp(0.0, 1.0)))
}
