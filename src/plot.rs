//! What a network makes of its inputs, as a drawing over the data: one input as a curve, two as a
//! plane with the output's height in shades and the line where it is ½.

use plotters::coord::Shift;
use plotters::prelude::*;

use crate::chart::{Frame, Palette};
use crate::format;
use crate::lesson::Lesson;
use crate::network::Network;
use crate::trace::activations;

/// The most weights times points that one plot passes through: it is drawn anew while training.
const MAX_PRODUCTS: usize = 3_000_000;
/// The most points of a curve, and along each side of a plane.
const MAX_POINTS: usize = 240;
const MAX_CELLS: usize = 72;
/// The most samples that are drawn.
const MAX_SAMPLES: usize = 2_000;
/// Shades of the plane.
const N_SHADES: f64 = 14.0;
/// How strong the darkest shade is.
const STRENGTH: f64 = 0.6;
/// Radius of a sample's mark.
const MARK: f64 = 3.5;
/// Significant digits at the border.
const DIGITS: u8 = 3;

/// A range of numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// The least.
    pub min: f64,
    /// The most.
    pub max: f64,
}

impl Span {
    /// The range of `numbers`, wider by a tenth on both sides.
    fn around(numbers: impl Iterator<Item = f64>) -> Self {
        let (min, max) = numbers
            .filter(|x| x.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(min, max), x| (min.min(x), max.max(x)));
        if min > max {
            return Self { min: 0.0, max: 1.0 };
        }
        let margin = if min == max { 0.5 } else { 0.1 * (max - min) };
        Self { min: min - margin, max: max + margin }
    }

    /// The number at `share` of the way, 0 … 1.
    fn at(self, share: f64) -> f64 {
        self.min + share * (self.max - self.min)
    }

    /// How far along `x` is, 0 … 1.
    fn share(self, x: f64) -> f64 {
        (x - self.min) / (self.max - self.min)
    }
}

/// A sample's mark.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Mark {
    x: f64,
    y: f64,
    /// Filled, where the first target is above ½.
    is_filled: bool,
    is_held_out: bool,
}

/// The picture itself.
#[derive(Clone, Debug, PartialEq)]
enum Picture {
    /// The unit's activation at equal steps along the one input.
    Curve(Vec<f64>),
    /// The unit's activation at the middle of each cell, row by row from below.
    Plane { n: usize, values: Vec<f64>, shades: Span },
}

/// The plot of one unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    frame: Frame,
    x: Span,
    y: Span,
    picture: Picture,
    marks: Vec<Mark>,
    /// Where the boundary between classes lies, if the unit is an output.
    boundary: Option<f64>,
}

/// Whether a plot of this network can be drawn: it has one input or two.
pub fn can_plot(network: &Network) -> bool {
    network.n_units(0) <= 2
}

impl Plot {
    /// The plot of unit `unit` of layer `layer` over the data of `lesson`. The network has one input
    /// or two, and the unit.
    pub fn new(network: &Network, lesson: &Lesson, (layer, unit): (usize, usize), frame: Frame) -> Self {
        let data = &lesson.data;
        let samples = || {
            let train = data.train.iter().map(|sample| (sample, false));
            train.chain(data.test.iter().map(|sample| (sample, true)))
        };
        let input = |k: usize| Span::around(samples().map(|(sample, _)| sample.input[k]));
        let is_output = layer == network.n_layers();
        let x = input(0);
        let most = MAX_PRODUCTS / network.n_params().max(1);
        let value = |input: &[f64]| activations(network, input, layer)[unit];
        let is_plane = network.n_units(0) == 2;
        let (y, picture) = if is_plane {
            let n = (1..=MAX_CELLS).rev().find(|n| n * n <= most).unwrap_or(1).max(12);
            let y = input(1);
            let middle = |k: usize| (k as f64 + 0.5) / n as f64;
            let values: Vec<f64> =
                (0..n * n).map(|k| value(&[x.at(middle(k % n)), y.at(middle(k / n))])).collect();
            let bounded = (0.0..=1.0).contains(&values.iter().copied().fold(0.0, f64::max))
                && values.iter().all(|value| *value >= 0.0);
            let shades =
                if bounded { Span { min: 0.0, max: 1.0 } } else { Span::around(values.iter().copied()) };
            (y, Picture::Plane { n, values, shades })
        } else {
            let n = MAX_POINTS.min(most).max(2);
            let values: Vec<f64> = (0..n).map(|k| value(&[x.at(k as f64 / (n - 1) as f64)])).collect();
            let targets = samples().map(|(sample, _)| sample.target[unit.min(sample.target.len() - 1)]);
            let y = Span::around(values.iter().copied().chain(targets));
            (y, Picture::Curve(values))
        };
        let output = if is_output { unit } else { 0 };
        let mark = |(sample, is_held_out): (&crate::trace::Sample, bool)| Mark {
            x: sample.input[0],
            y: if is_plane { sample.input[1] } else { sample.target[output] },
            is_filled: sample.target[output] > 0.5,
            is_held_out,
        };
        let marks = samples().take(MAX_SAMPLES).map(mark).collect();
        Self { frame, x, y, picture, marks, boundary: (is_output && is_plane).then_some(0.5) }
    }

    /// The plot in a sentence, for those who do not see it.
    pub fn summary(&self, name: &str) -> String {
        let number = |x| format::number(x, DIGITS);
        let (values, over) = match &self.picture {
            Picture::Curve(values) => (values, "the input".to_owned()),
            Picture::Plane { values, .. } => (values, "the plane of the two inputs".to_owned()),
        };
        let range = values
            .iter()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(min, max), x| (min.min(*x), max.max(*x)));
        format!(
            "{name} over {over}: from {} to {}, with {} samples",
            number(range.0),
            number(range.1),
            self.marks.len()
        )
    }

    /// The numbers at the ends of the axes: of the first input, and of what goes upwards.
    pub fn ends(&self) -> (Span, Span) {
        (self.x, self.y)
    }

    /// Draws the plot on `area`, which has the frame's size times the palette's ratio.
    ///
    /// # Errors
    /// If the canvas refuses.
    pub fn draw<DB: DrawingBackend>(
        &self,
        area: &DrawingArea<DB, Shift>,
        palette: &Palette,
    ) -> Result<(), DrawingAreaErrorKind<DB::ErrorType>> {
        area.fill(&palette.paper.plotters())?;
        match &self.picture {
            Picture::Curve(values) => {
                let n = values.len();
                let along = |k: usize| self.x.at(k as f64 / (n - 1) as f64);
                let path: Vec<(i32, i32)> =
                    values.iter().enumerate().map(|(k, y)| self.pixel(along(k), *y, palette)).collect();
                self.marks(area, palette)?;
                let stroke = (1.5 * palette.stroke * palette.ratio) as u32;
                area.draw(&PathElement::new(path, palette.value.plotters().stroke_width(stroke)))
            }
            Picture::Plane { n, values, shades } => {
                self.shades(area, palette, *n, values, *shades)?;
                if let Some(level) = self.boundary {
                    self.contour(area, palette, *n, values, level)?;
                }
                self.marks(area, palette)
            }
        }
    }

    /// The plane's cells; neighbours of the same shade are one rectangle.
    fn shades<DB: DrawingBackend>(
        &self,
        area: &DrawingArea<DB, Shift>,
        palette: &Palette,
        n: usize,
        values: &[f64],
        shades: Span,
    ) -> Result<(), DrawingAreaErrorKind<DB::ErrorType>> {
        let shade = |value: f64| (shades.share(value).clamp(0.0, 1.0) * (N_SHADES - 1.0)).round();
        let corner = |column: usize, row: usize| {
            let (x, y) = (column as f64 / n as f64, row as f64 / n as f64);
            self.pixel(self.x.at(x), self.y.at(y), palette)
        };
        for (row, line) in values.chunks(n).enumerate() {
            let mut start = 0;
            for column in 1..=n {
                let is_same = column < n && shade(line[column]) == shade(line[start]);
                if is_same {
                    continue;
                }
                let share = STRENGTH * shade(line[start]) / (N_SHADES - 1.0);
                let colour = palette.paper.mixed(palette.value, share).plotters();
                let ((left, bottom), (right, top)) = (corner(start, row), corner(column, row + 1));
                area.draw(&Rectangle::new([(left, top), (right, bottom)], colour.filled()))?;
                start = column;
            }
        }
        Ok(())
    }

    /// The line where the plane has `level`, cell by cell between the middles of four neighbours
    /// (Lorensen and Cline 1987, in two dimensions).
    fn contour<DB: DrawingBackend>(
        &self,
        area: &DrawingArea<DB, Shift>,
        palette: &Palette,
        n: usize,
        values: &[f64],
        level: f64,
    ) -> Result<(), DrawingAreaErrorKind<DB::ErrorType>> {
        let style = palette.text.plotters().stroke_width((palette.stroke * palette.ratio) as u32);
        let middle = |column: f64, row: f64| {
            let (x, y) = ((column + 0.5) / n as f64, (row + 0.5) / n as f64);
            self.pixel(self.x.at(x), self.y.at(y), palette)
        };
        for row in 0..n - 1 {
            for column in 0..n - 1 {
                let corners = [(0, 0), (1, 0), (1, 1), (0, 1)];
                let height = |(dx, dy): (usize, usize)| values[(row + dy) * n + column + dx] - level;
                let crossings = (0..4).filter_map(|k| {
                    let (from, to) = (corners[k], corners[(k + 1) % 4]);
                    let (a, b) = (height(from), height(to));
                    ((a < 0.0) != (b < 0.0)).then(|| {
                        let share = a / (a - b);
                        let between =
                            |from: usize, to: usize| from as f64 + share * (to as f64 - from as f64);
                        middle(column as f64 + between(from.0, to.0), row as f64 + between(from.1, to.1))
                    })
                });
                let crossings: Vec<(i32, i32)> = crossings.collect();
                for pair in crossings.chunks_exact(2) {
                    area.draw(&PathElement::new(pair.to_vec(), style))?;
                }
            }
        }
        Ok(())
    }

    /// The samples: filled where the target is above ½, small where held out.
    fn marks<DB: DrawingBackend>(
        &self,
        area: &DrawingArea<DB, Shift>,
        palette: &Palette,
    ) -> Result<(), DrawingAreaErrorKind<DB::ErrorType>> {
        let line = palette.text.plotters().stroke_width(palette.ratio as u32);
        for mark in &self.marks {
            let radius = if mark.is_held_out { 0.6 * MARK } else { MARK };
            let radius = (radius * palette.ratio).round() as i32;
            let at = self.pixel(mark.x, mark.y, palette);
            let inside = if mark.is_filled { palette.text } else { palette.paper };
            area.draw(&Circle::new(at, radius, inside.plotters().filled()))?;
            area.draw(&Circle::new(at, radius, line))?;
        }
        Ok(())
    }

    fn pixel(&self, x: f64, y: f64, palette: &Palette) -> (i32, i32) {
        let place = |share: f64, length: f64| (share * length * palette.ratio).round() as i32;
        (place(self.x.share(x), self.frame.width), place(1.0 - self.y.share(y), self.frame.height))
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::chart::Rgb;

    const FRAME: Frame = Frame { width: 200.0, height: 200.0, text: 13.0 };

    fn plot(text: &str) -> Plot {
        let lesson = Lesson::from_json(text).unwrap();
        Plot::new(&lesson.network, &lesson, (lesson.network.n_layers(), 0), FRAME)
    }

    fn lesson(weights: &str, n_inputs: usize, data: &str) -> String {
        format!(
            r#"{{"format": "chainrule-lesson", "version": 1, "network": {{"inputs": {n_inputs}, "layers":
            [{{"activation": "identity", "weights": {weights}, "biases": [0.25]}}]}},
            "loss": "half_squared_error", "optimizer": {{"method": "sgd", "learning_rate": 0.1}}, "data": {data}}}"#
        )
    }

    /// A line through the data of the line: every point of the curve lies on it.
    #[test]
    fn a_curve_is_the_network_at_equal_steps() {
        let plot = plot(&lesson("[[0.5]]", 1, r#"{"generator": "line", "samples": 5}"#));
        let Picture::Curve(values) = &plot.picture else {
            panic!("one input makes a curve");
        };
        assert_eq!(plot.x, Span { min: -1.2, max: 1.2 });
        for (k, value) in values.iter().enumerate() {
            let x = plot.x.at(k as f64 / (values.len() - 1) as f64);
            assert!((value - (0.5 * x + 0.25)).abs() < 1e-12);
        }
        assert!(plot.marks.iter().all(|mark| (mark.y - (0.5 * mark.x + 0.25)).abs() < 1e-12));
    }

    /// 0.25 x + 0.25 is ½ at x = 1, whatever y is: an upright line there, white to its left.
    #[test]
    fn the_boundary_stands_where_the_output_is_a_half() {
        let plot =
            plot(&lesson("[[0.25, 0]]", 2, r#"{"inputs": [[-1, -1], [3, 1]], "targets": [[0], [1]]}"#));
        let mut text = String::new();
        {
            let area = SVGBackend::with_string(&mut text, (200, 200)).into_drawing_area();
            let grey = Rgb(0, 0, 0);
            let palette = Palette {
                ratio: 1.0,
                stroke: 2.0,
                family: "sans-serif".to_owned(),
                paper: Rgb(255, 255, 255),
                text: Rgb(9, 9, 9),
                line: grey,
                curve: grey,
                ghost: grey,
                value: Rgb(138, 82, 0),
            };
            plot.draw(&area, &palette).unwrap();
            area.present().unwrap();
        }
        let document = roxmltree::Document::parse(&text).unwrap();
        let lines: Vec<&str> = document
            .descendants()
            .filter(|node| node.has_tag_name("polyline"))
            .filter_map(|node| node.attribute("points"))
            .collect();
        assert!(20 < lines.len(), "{}", lines.len());
        // x = 1 is the middle of −1.4 … 3.4.
        for line in lines {
            assert!(
                line.split_whitespace().all(|point| point.starts_with("100,")
                    || point.starts_with("99,")
                    || point.starts_with("101,")),
                "{line}"
            );
        }
    }

    #[test]
    fn every_unit_of_every_small_lesson_has_a_plot() {
        for text in [include_str!("../static/lessons/xor.json"), include_str!("../static/lessons/mazur.json")]
        {
            let lesson = Lesson::from_json(text).unwrap();
            for layer in 1..=lesson.network.n_layers() {
                for unit in 0..lesson.network.n_units(layer) {
                    let plot = Plot::new(&lesson.network, &lesson, (layer, unit), FRAME);
                    assert!(plot.summary("h₁").starts_with("h₁ over the plane of the two inputs: from "));
                }
            }
        }
    }
}
