//! The slice of a loss as a picture: the curve, the tangent and the step along one parameter; lines of equal
//! loss, the way of the run and the negative gradient over two.

use super::chart::Frame;
use super::contour::contour;
use super::graph::{Axis, Graph, n_ticks};
use crate::moment::slice::{Direction, Map, Slice};

/// How many times the step a slice goes to either side unless the reader chooses.
const STEPS: f64 = 8.0;
/// Where there is no step to speak of, it goes so far, relative to the value (at least 1).
const USUAL: f64 = 0.5;
/// Lines of equal loss.
const N_LEVELS: usize = 10;
/// The least and the largest power of ten of a reach, and how many there are to each.
const POWERS: (i32, i32) = (-8, 5);
const PER_POWER: i32 = 3;
/// The largest of the reaches, counted from the least.
pub const LAST_REACH: i32 = (POWERS.1 - POWERS.0) * PER_POWER;

/// The `k`-th reach: 1, 2 or 5 times a power of ten.
pub fn reach(k: i32) -> f64 {
    let k = k.clamp(0, LAST_REACH);
    let digit = [1.0, 2.0, 5.0][(k % PER_POWER) as usize];
    digit * libm::pow(10.0, f64::from(POWERS.0 + k / PER_POWER))
}

/// The reach from which the step of an update is well seen, and the way there, `farthest` from the old value.
pub fn usual_reach(along: Direction, farthest: f64) -> i32 {
    let step = along.step().abs();
    let usual = if step.is_normal() { STEPS * step } else { USUAL * along.old.abs().max(1.0) };
    let wanted = usual.max(1.1 * farthest);
    (0..LAST_REACH).find(|k| wanted <= reach(*k)).unwrap_or(LAST_REACH)
}

/// A slice along one parameter, laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct SlicePicture {
    /// The axes.
    pub graph: Graph,
    /// The curve, as an SVG path.
    pub curve: String,
    /// The tangent at the old value.
    pub tangent: String,
    /// The old value on the curve.
    pub old: (f64, f64),
    /// The new value on the curve: what happens.
    pub new: (f64, f64),
    /// The new value on the tangent: what was predicted.
    pub predicted: (f64, f64),
}

impl SlicePicture {
    /// Lays out `slice` in `frame`.
    pub fn new(slice: &Slice, frame: Frame) -> Self {
        let Slice { along, reach, .. } = *slice;
        let (low, high) = (along.old - reach, along.old + reach);
        let is_seen = (low..=high).contains(&along.new);
        let shown = slice.points.iter().map(|(_, loss)| *loss);
        let shown = shown.chain(is_seen.then(|| slice.predicted()));
        let y = Axis::around(shown, n_ticks(2.0 * frame.height, frame.text));
        let graph = Graph::new(frame, Axis::linear(low, high, n_ticks(frame.width, frame.text)), y);
        Self {
            curve: graph.path(slice.points.iter().copied()),
            tangent: graph.path([low, high].into_iter().map(|w| (w, slice.tangent(w)))),
            old: graph.place(along.old, slice.before),
            new: graph.place(along.new, slice.after),
            predicted: graph.place(along.new, slice.predicted()),
            graph,
        }
    }
}

/// A line of equal loss.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    /// E along it.
    pub loss: f64,
    /// How high it is among them: 0 to 1.
    pub share: f64,
    /// It, as an SVG path.
    pub path: String,
}

/// A map over two parameters, laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct MapPicture {
    /// The axes.
    pub graph: Graph,
    /// Lines of equal loss, the lowest first.
    pub levels: Vec<Level>,
    /// The way of the run, as an SVG path.
    pub way: String,
    /// Its first point.
    pub start: Option<(f64, f64)>,
    /// The old values.
    pub old: (f64, f64),
    /// The new values.
    pub new: (f64, f64),
    /// The end of an arrow from the old values against the gradient; none where it is 0.
    pub downhill: Option<(f64, f64)>,
}

impl MapPicture {
    /// Lays out `map` with the run's values of the two parameters so far.
    pub fn new(map: &Map, way: &[[f64; 2]], frame: Frame) -> Self {
        let axis = |k: usize, length: f64| {
            let (old, reach) = (map.along[k].old, map.reach[k]);
            Axis::linear(old - reach, old + reach, n_ticks(length, frame.text))
        };
        let graph = Graph::new(frame, axis(0, frame.width), axis(1, 2.0 * frame.height));
        let point = |[x, y]: [f64; 2]| graph.place(x, y);
        let old = map.along.map(|along| along.old);
        Self {
            levels: levels(map, &graph),
            way: graph.path(way.iter().map(|[x, y]| (*x, *y))),
            start: way.first().copied().map(point),
            old: point(old),
            new: point(map.along.map(|along| along.new)),
            downhill: downhill(map).map(point),
            graph,
        }
    }
}

/// Lines at round distances, nearer to each other where the loss is low: at shares of the way that grow as
/// squares do, which are equally far apart where it is a bowl.
fn levels(map: &Map, graph: &Graph) -> Vec<Level> {
    let finite = map.losses.iter().copied().filter(|loss| loss.is_finite());
    let (low, high) = finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| (a.min(x), b.max(x)));
    if !(high - low).is_normal() {
        return Vec::new();
    }
    let shift = |cells: f64| (cells + 0.5) / map.n as f64;
    let level = |k: usize| {
        let share = k as f64 / (N_LEVELS + 1) as f64;
        let loss = low + (high - low) * share * share;
        let place = |(column, row): (f64, f64)| (graph.across(shift(column)), graph.up(shift(row)));
        let piece = |ends: [(f64, f64); 2]| {
            let [(a, b), (c, d)] = ends.map(place);
            format!("M{a:.1} {b:.1}L{c:.1} {d:.1}")
        };
        let path = contour(map.n, &map.losses, loss).into_iter().map(piece).collect();
        Level { loss, share, path }
    };
    (1..=N_LEVELS).map(level).filter(|level| !level.path.is_empty()).collect()
}

/// Where an arrow against the gradient ends: a fifth of the map long, seen with both axes as they are drawn.
fn downhill(map: &Map) -> Option<[f64; 2]> {
    let [a, b] = map.along;
    // As shares of the reach: −∂E/∂w is a direction in the plane of the two values.
    let (x, y) = (-a.slope / map.reach[0], -b.slope / map.reach[1]);
    let length = x.hypot(y);
    length.is_normal().then(|| {
        let scale = 0.4 / length;
        [a.old + scale * x * map.reach[0], b.old + scale * y * map.reach[1]]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use backprop::network::Param;

    fn along(old: f64, new: f64, slope: f64) -> Direction {
        Direction { param: Param::Bias { layer: 1, to: 0 }, old, new, slope }
    }

    #[test]
    fn reaches_are_round_and_show_the_step() {
        assert_eq!([0, 1, 2, 3, 24, LAST_REACH].map(reach), [1e-8, 2e-8, 5e-8, 1e-7, 1.0, 1e5]);
        assert_eq!(reach(usual_reach(along(0.15, 0.1694, -0.388), 0.0)), 0.2);
        assert_eq!(reach(usual_reach(along(0.15, 0.1694, -0.388), 0.5)), 1.0);
        assert_eq!(reach(usual_reach(along(0.15, 0.15, 0.0), 0.0)), 0.5);
        assert_eq!(usual_reach(along(0.0, f64::MAX, 0.0), 0.0), LAST_REACH);
    }

    /// E = ½ (w − 1)², from 0 with a step of 0.25.
    #[test]
    fn marks_stand_on_the_curve_and_on_the_tangent() {
        let loss = |w: f64| 0.5 * (w - 1.0) * (w - 1.0);
        let points = (-20..=20).map(|k| f64::from(k) / 20.0).map(|w| (w, loss(w))).collect();
        let along = along(0.0, 0.25, -1.0);
        let slice = Slice { along, reach: 1.0, before: 0.5, after: loss(0.25), after_all: 0.0, points };
        let frame = Frame { width: 400.0, height: 300.0, text: 12.0 };
        let picture = SlicePicture::new(&slice, frame);
        assert_eq!(picture.predicted, picture.graph.place(0.25, 0.25));
        assert_eq!(picture.new, picture.graph.place(0.25, 0.28125));
        let middle = (picture.graph.left + picture.graph.right) / 2.0;
        assert!((picture.old.0 - middle).abs() < 1e-9);
        // Seen downwards: the prediction lies below what happens.
        assert!(picture.new.1 < picture.predicted.1);
    }

    /// A bowl whose bottom is at (1, 2): against the gradient means towards it, and every line is a circle.
    #[test]
    fn lines_of_equal_loss_are_circles_around_the_bottom_of_a_bowl() {
        let n = 40;
        let square = |x: f64| x * x;
        let value = |k: usize, old: f64| old + 2.0 * ((k as f64 + 0.5) / n as f64 * 2.0 - 1.0);
        let losses =
            (0..n * n).map(|k| square(value(k % n, 0.0) - 1.0) + square(value(k / n, 1.0) - 2.0)).collect();
        let along = [along(0.0, 0.1, -2.0), along(1.0, 1.1, -2.0)];
        let map = Map { along, reach: [2.0, 2.0], n, losses, before: 2.0, after: 1.62 };
        let end = downhill(&map).unwrap();
        assert!((end[0] - (end[1] - 1.0)).abs() < 1e-12 && 0.0 < end[0]);
        let frame = Frame { width: 400.0, height: 400.0, text: 12.0 };
        let picture = MapPicture::new(&map, &[[0.0, 1.0]], frame);
        assert_eq!(picture.levels.len(), N_LEVELS);
        for Level { loss, .. } in &picture.levels {
            for (column, row) in contour(n, &map.losses, *loss).into_iter().flatten() {
                let at = |cells: f64, old: f64| old + 2.0 * ((cells + 0.5) / n as f64 * 2.0 - 1.0);
                let radius = (at(column, 0.0) - 1.0).hypot(at(row, 1.0) - 2.0);
                assert!((radius - loss.sqrt()).abs() < 0.02, "{loss}: {radius}");
            }
        }
    }
}
