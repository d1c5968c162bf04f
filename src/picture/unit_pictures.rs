//! What each hidden unit makes of one input or two, in small: a coarse picture of every drawn unit,
//! all from one forward pass per point, so that they can follow the training.

use crate::lesson::Lesson;
use crate::picture::chart::Rgb;
use crate::picture::plot::{STRENGTH, Span};
use crate::picture::raster::Raster;
use backprop::kernel::{SampleActivations, look_through};
use backprop::network::{Network, UnitId};
use backprop::trace::{Sample, activations};

/// The most weights times points that the pictures pass through.
const MAX_PRODUCTS: usize = 4_000_000;
/// Least and most points along each side of a plane.
const SIDES: (usize, usize) = (5, 16);
/// Points of a curve.
const POINTS: usize = 32;

/// The pictures of some units.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitPictures {
    /// Points along each side of a plane, or of a curve.
    pub n: usize,
    /// Whether there are two inputs.
    pub is_plane: bool,
    /// The units and their activations: of a plane row by row from below, of a curve from
    /// the left.
    pub units: Vec<(UnitId, Vec<f64>)>,
}

impl UnitPictures {
    /// The pictures of `units` of hidden layers, over the data's range. `network` has one
    /// input or two.
    pub fn new(network: &Network, lesson: &Lesson, units: &[UnitId]) -> Self {
        let mut units: Vec<UnitId> =
            units.iter().copied().filter(|unit| 0 < unit.layer && unit.layer < network.n_layers()).collect();
        units.sort_unstable();
        let last = units.last().map_or(0, |unit| unit.layer);
        let is_plane = network.n_units(0) == 2;
        let cost: usize = (1..=last).map(|layer| network.layer(layer).numbers().count()).sum();
        let fits = |n: &usize| n * n * cost <= MAX_PRODUCTS;
        let side = (SIDES.0..=SIDES.1).rev().find(fits).unwrap_or(SIDES.0);
        let (n, rows) = if is_plane { (side, side) } else { (POINTS, 1) };
        let mut pictures =
            Self { n, is_plane, units: units.into_iter().map(|unit| (unit, Vec::new())).collect() };
        let spans: Vec<Span> = (0..network.n_units(0)).map(|k| Span::of_input(lesson, k)).collect();
        let middle = |k: usize| (k as f64 + 0.5) / n as f64;
        let places = (0..rows * n).map(|k| [middle(k % n), middle(k / n)]);
        let input = |place: [f64; 2]| spans.iter().zip(place).map(|(span, share)| span.at(share)).collect();
        let points: Vec<Sample> = places.map(input).map(Sample::of_input).collect();
        let see = |seen: &SampleActivations| {
            for (id, values) in &mut pictures.units {
                values.push(seen.activation(*id));
            }
        };
        if !look_through(network, last, &points, see) {
            for (id, values) in &mut pictures.units {
                values
                    .extend(points.iter().map(|point| activations(network, &point.input, id.layer)[id.unit]));
            }
        }
        pictures
    }

    /// The planes below each other: the darker, the larger.
    pub fn raster(&self, paper: Rgb, ink: Rgb) -> Raster {
        let n = self.n;
        let mut raster = Raster::new(n, n * self.units.len(), paper);
        for (k, (_, values)) in self.units.iter().enumerate() {
            let shades = Span::of_shades(values);
            for (place, value) in values.iter().enumerate() {
                let share = shades.share(*value).clamp(0.0, 1.0);
                let at = (place % n, n * k + n - 1 - place / n);
                raster.fill(at, (1, 1), paper.mixed(ink, STRENGTH * share));
            }
        }
        raster
    }

    /// The points of a curve, each 0 … 1 from the left and from below.
    pub fn curve(&self, values: &[f64]) -> Vec<(f64, f64)> {
        let span = Span::around(values.iter().copied());
        let point = |(k, value): (usize, &f64)| ((k as f64 + 0.5) / self.n as f64, span.share(*value));
        values.iter().enumerate().map(point).collect()
    }
}
