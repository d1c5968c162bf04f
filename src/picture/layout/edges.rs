//! The edges of a condensed network as lines to draw, many at once, and the one under a point.

use super::Layout;
use super::rect::Point;
use backprop::network::{Network, Param};

/// Thicknesses that are told apart.
const N_LEVELS: usize = 6;
/// Thinnest and thickest line, in pixels.
const WIDTHS: (f64, f64) = (0.6, 3.2);

/// Thinnest and thickest line of a network whose edges are drawn one by one, in pixels.
const SINGLE_WIDTHS: (f64, f64) = (1.8, 7.5);

/// How thick the edges are that are drawn one by one: as thick as their weights are large.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EdgeWidths {
    /// Size of the largest weight or bias: the thickest edge.
    largest: f64,
}

impl EdgeWidths {
    /// Those of a network.
    pub fn of(network: &Network) -> Self {
        let numbers = network.params.0.iter().flat_map(|layer| layer.numbers());
        Self { largest: numbers.fold(f64::MIN_POSITIVE, |most, w| most.max(w.abs())) }
    }

    /// The edge of this weight in pixels, where units have this radius.
    pub fn width(self, weight: f64, radius: f64) -> f64 {
        let (thin, thick) = SINGLE_WIDTHS;
        thin + (thick.min(0.22 * radius) - thin) * weight.abs() / self.largest
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use backprop::activation::Activation;
    use backprop::matrix::Matrix;
    use backprop::network::{LayerParams, Params};

    fn network(weights: [f64; 2], bias: f64) -> Network {
        let weights = Matrix::from_fn(1, 2, |_, from| weights[from]);
        let layer = LayerParams { weights, biases: Some(vec![bias]) };
        Network { params: Params(vec![layer]), activations: vec![Activation::Identity] }
    }

    #[test]
    fn the_largest_number_has_the_thickest_edge_whatever_its_sign() {
        let widths = EdgeWidths::of(&network([-0.5, 1.0], -2.0));
        assert_eq!(widths.width(-2.0, 100.0), 7.5);
        assert_eq!(widths.width(0.0, 100.0), 1.8);
        // A quarter and half of the way from 1.8 to 7.5.
        assert!((widths.width(-0.5, 100.0) - 3.225).abs() < 1e-12);
        assert!((widths.width(1.0, 100.0) - 4.65).abs() < 1e-12);
    }

    #[test]
    fn at_small_units_edges_are_thinner() {
        let widths = EdgeWidths::of(&network([-0.5, 1.0], 0.0));
        assert!((widths.width(1.0, 20.0) - 4.4).abs() < 1e-12);
    }

    #[test]
    fn without_any_weight_every_edge_is_thin() {
        assert_eq!(EdgeWidths::of(&network([0.0, -0.0], 0.0)).width(0.0, 100.0), 1.8);
    }
}
