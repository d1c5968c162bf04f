//! What a network makes of its inputs, as a drawing over the data: one input as a curve, two as a
//! plane with the output's height in shades and the line where it is ½.

use plotters::coord::Shift;
use plotters::prelude::*;

use crate::lesson::Lesson;
use crate::picture::chart::{Frame, Palette, Rgb};
use crate::picture::contour::contour;
use crate::text::format;
use crate::words::picture as words;
use backprop::kernel::look_through;
use backprop::network::{Network, Param, UnitId};
use backprop::trace::{Sample, activations};

/// The most weights times points that one plot passes through: it is drawn anew while training.
const MAX_PRODUCTS: usize = 12_000_000;
/// The most points of a curve, and along each side of a plane.
const MAX_POINTS: usize = 240;
const MAX_CELLS: usize = 72;
/// The most samples that are drawn.
const MAX_SAMPLES: usize = 2_000;
/// Shades of the plane on either side of its middle.
const N_SHADES: f64 = 9.0;
/// How strong the darkest shade is.
pub(crate) const STRENGTH: f64 = 0.6;
/// How strong the curve of a share is beside that of the whole.
const SHARE: f64 = 0.55;
/// Width of the rim of paper around a sample's mark.
const RIM: f64 = 1.5;
/// Radius of a sample's mark.
const MARK: f64 = 3.5;
/// A plot that is narrower, in pixels, has smaller marks.
const ROOMY: f64 = 200.0;
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
    pub(crate) fn around(numbers: impl Iterator<Item = f64>) -> Self {
        let (min, max) = numbers
            .filter(|x| x.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(min, max), x| (min.min(x), max.max(x)));
        if min > max {
            return Self { min: 0.0, max: 1.0 };
        }
        let margin = if min == max { 0.5 } else { 0.1 * (max - min) };
        Self { min: min - margin, max: max + margin }
    }

    /// The numbers of the palest and the darkest shade of a plane: shares keep their whole range.
    pub(crate) fn of_shades(values: &[f64]) -> Self {
        let is_share = values.iter().all(|value| (0.0..=1.0).contains(value));
        if is_share { Self { min: 0.0, max: 1.0 } } else { Self::around(values.iter().copied()) }
    }

    /// The range of input `k` over all samples of `lesson`.
    pub(crate) fn of_input(lesson: &Lesson, k: usize) -> Self {
        let samples = lesson.data.train.iter().chain(&lesson.data.test);
        Self::around(samples.map(|sample| sample.input[k]))
    }

    /// The number at `share` of the way, 0 … 1.
    pub(crate) fn at(self, share: f64) -> f64 {
        self.min + share * (self.max - self.min)
    }

    /// How far along `x` is, 0 … 1.
    pub(crate) fn share(self, x: f64) -> f64 {
        (x - self.min) / (self.max - self.min)
    }
}

/// A sample's mark.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Mark {
    /// Which training sample; `None` of one that is held out.
    sample: Option<usize>,
    x: f64,
    y: f64,
    /// Filled, where the first target is above ½.
    is_filled: bool,
}

/// The picture itself.
#[derive(Clone, Debug, PartialEq)]
enum Picture {
    /// The unit's activation at equal steps along the one input, and the terms of its weighted sum,
    /// if they are requested.
    Curve { values: Vec<f64>, shares: Vec<Vec<f64>> },
    /// The unit's activation at the middle of each cell, row by row from below.
    Plane { n: usize, values: Vec<f64>, shades: Span },
}

/// What to plot, and how large.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlotRequest {
    /// The unit.
    pub unit: UnitId,
    /// The size.
    pub frame: Frame,
    /// The ends of another plot, where they are to stay.
    pub ends: Option<(Span, Span)>,
    /// Whether the curve of one input comes with what each unit of the layer before adds to it.
    pub has_shares: bool,
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
    /// The plot over the data of `lesson`. The network has one input or two, and the unit.
    pub fn new(network: &Network, lesson: &Lesson, request: &PlotRequest) -> Self {
        let PlotRequest { unit: id, frame, ends, has_shares } = *request;
        let UnitId { layer, unit } = id;
        let data = &lesson.data;
        let samples = || {
            let train = data.train.iter().enumerate().map(|(k, sample)| (sample, Some(k)));
            train.chain(data.test.iter().map(|sample| (sample, None)))
        };
        let input = |k: usize| Span::around(samples().map(|(sample, _)| sample.input[k]));
        let is_output = layer == network.n_layers();
        let x = ends.map_or_else(|| input(0), |(x, _)| x);
        let most = MAX_PRODUCTS / network.n_params().max(1);
        let values_of = |inputs: &mut dyn Iterator<Item = Vec<f64>>| values(network, id, inputs);
        let is_plane = network.n_units(0) == 2;
        let (y, picture) = if is_plane {
            let n = (1..=MAX_CELLS).rev().find(|n| n * n <= most).unwrap_or(1).max(12);
            let y = ends.map_or_else(|| input(1), |(_, y)| y);
            let middle = |k: usize| (k as f64 + 0.5) / n as f64;
            let values = values_of(&mut (0..n * n).map(|k| vec![x.at(middle(k % n)), y.at(middle(k / n))]));
            let shades = Span::of_shades(&values);
            (y, Picture::Plane { n, values, shades })
        } else {
            let n = MAX_POINTS.min(most).max(2);
            let inputs = || (0..n).map(|k| [x.at(k as f64 / (n - 1) as f64)]);
            let values = values_of(&mut inputs().map(|input| input.to_vec()));
            let shares = if has_shares { shares(network, id, inputs()) } else { Vec::new() };
            let targets = samples().map(|(sample, _)| sample.target[unit.min(sample.target.len() - 1)]);
            let around = || Span::around(values.iter().copied().chain(targets).chain(shares.concat()));
            let y = ends.map_or_else(around, |(_, y)| y);
            (y, Picture::Curve { values, shares })
        };
        let output = if is_output { unit } else { 0 };
        let mark = |(sample, place): (&Sample, Option<usize>)| Mark {
            sample: place,
            x: sample.input[0],
            y: if is_plane { sample.input[1] } else { sample.target[output] },
            is_filled: sample.target[output] > 0.5,
        };
        let marks = samples().take(MAX_SAMPLES).map(mark).collect();
        Self { frame, x, y, picture, marks, boundary: (is_output && is_plane).then_some(0.5) }
    }

    /// The plot in a sentence, for those who do not see it.
    pub fn summary(&self, name: &str) -> String {
        let number = |x| format::number(x, DIGITS);
        let (Picture::Curve { values, .. } | Picture::Plane { values, .. }) = &self.picture;
        let range = values
            .iter()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(min, max), x| (min.min(*x), max.max(*x)));
        let (n, least, most) = (self.marks.len(), number(range.0), number(range.1));
        match self.picture {
            Picture::Curve { .. } => words::over_input(n, &name, &least, &most),
            Picture::Plane { .. } => words::over_plane(n, &name, &least, &most),
        }
    }

    /// The numbers at the ends of the axes: of the first input, and of what goes upwards.
    pub fn ends(&self) -> (Span, Span) {
        (self.x, self.y)
    }

    /// The training sample whose mark is nearest to a place of the frame (in CSS pixels from its top
    /// left), of those at most `reach` away.
    pub fn sample_at(&self, [left, top]: [f64; 2], reach: f64) -> Option<usize> {
        let marks = self.marks.iter().filter_map(|mark| Some((mark.sample?, self.place([mark.x, mark.y]))));
        let distances = marks.map(|(sample, [x, y])| (sample, (x - left).hypot(y - top)));
        let near = distances.filter(|(_, distance)| *distance <= reach);
        near.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(sample, _)| sample)
    }

    /// What is across and up at a place of the frame, in no more digits than its pixels tell apart.
    pub fn point_at(&self, [left, top]: [f64; 2]) -> [f64; 2] {
        let Frame { width, height, .. } = self.frame;
        let x = rounded(self.x.at((left / width).clamp(0.0, 1.0)), self.x, width);
        [x, rounded(self.y.at(1.0 - (top / height).clamp(0.0, 1.0)), self.y, height)]
    }

    /// The middle of the frame, in CSS pixels from its top left.
    pub fn middle(&self) -> [f64; 2] {
        [self.frame.width / 2.0, self.frame.height / 2.0]
    }

    /// The place of the frame that is nearest to one which may lie outside.
    pub fn within(&self, [left, top]: [f64; 2]) -> [f64; 2] {
        [left.clamp(0.0, self.frame.width), top.clamp(0.0, self.frame.height)]
    }

    /// Where a point is in the frame, in CSS pixels from its top left.
    pub fn place(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        [self.x.share(x) * self.frame.width, (1.0 - self.y.share(y)) * self.frame.height]
    }

    /// Whether the samples are drawn apart, by [`Self::draw_marks`]: over a plane they stay as they are
    /// while the network learns.
    pub fn has_marks_apart(&self) -> bool {
        matches!(self.picture, Picture::Plane { .. })
    }

    /// What the marks of a plane depend on.
    pub fn same_marks(&self, other: &Self) -> bool {
        (self.frame, self.x, self.y) == (other.frame, other.x, other.y) && self.marks == other.marks
    }

    /// Draws the samples over a plane.
    ///
    /// # Errors
    /// If the canvas refuses.
    pub fn draw_marks<DB: DrawingBackend>(
        &self,
        area: &DrawingArea<DB, Shift>,
        palette: &Palette,
    ) -> Result<(), DrawingAreaErrorKind<DB::ErrorType>> {
        if self.has_marks_apart() { self.marks(area, palette) } else { Ok(()) }
    }

    /// Whether the line at ½ parts the hues; else they part in the middle between the least and the most.
    pub fn has_boundary(&self) -> bool {
        self.boundary.is_some()
    }

    /// Draws the plot on `area`, which has the frame's size times the palette's ratio; the samples of a
    /// plane come apart.
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
            Picture::Curve { values, shares } => {
                let curve = |values: &[f64], colour: Rgb, width: f64| {
                    let along = |k: usize| self.x.at(k as f64 / (values.len() - 1) as f64);
                    let path: Vec<(i32, i32)> =
                        values.iter().enumerate().map(|(k, y)| self.pixel(along(k), *y, palette)).collect();
                    let stroke = (width * palette.stroke * palette.ratio).max(1.0) as u32;
                    area.draw(&PathElement::new(path, colour.plotters().stroke_width(stroke)))
                };
                for share in shares {
                    curve(share, palette.paper.mixed(palette.value, SHARE), 0.5)?;
                }
                self.marks(area, palette)?;
                curve(values, palette.value, 1.5)
            }
            Picture::Plane { n, values, shades } => {
                let middle = self.boundary.unwrap_or(0.5 * (shades.min + shades.max));
                self.shades(area, palette, *n, values, *shades, middle)?;
                if let Some(level) = self.boundary {
                    self.contour(area, palette, *n, values, level)?;
                }
                Ok(())
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
        middle: f64,
    ) -> Result<(), DrawingAreaErrorKind<DB::ErrorType>> {
        let reach = (shades.max - middle).abs().max((shades.min - middle).abs());
        // From −N for the lowest to N for the highest.
        let shade = |value: f64| (((value - middle) / reach).clamp(-1.0, 1.0) * N_SHADES).round();
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
                let share = shade(line[start]) / N_SHADES;
                let hue = if share < 0.0 { palette.low } else { palette.high };
                let colour = palette.paper.mixed(hue, STRENGTH * share.abs()).plotters();
                let ((left, bottom), (right, top)) = (corner(start, row), corner(column, row + 1));
                area.draw(&Rectangle::new([(left, top), (right, bottom)], colour.filled()))?;
                start = column;
            }
        }
        Ok(())
    }

    /// The line where the plane has `level`.
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
        for ends in contour(n, values, level) {
            area.draw(&PathElement::new(ends.map(|(column, row)| middle(column, row)).to_vec(), style))?;
        }
        Ok(())
    }

    /// The samples: filled where the target is above ½, small where held out.
    fn marks<DB: DrawingBackend>(
        &self,
        area: &DrawingArea<DB, Shift>,
        palette: &Palette,
    ) -> Result<(), DrawingAreaErrorKind<DB::ErrorType>> {
        let line = palette.ink.plotters().stroke_width((1.5 * palette.ratio) as u32);
        for mark in &self.marks {
            let whole = MARK * (self.frame.width / ROOMY).clamp(0.4, 1.0);
            let radius = if mark.sample.is_none() { 0.6 * whole } else { whole };
            let radius = (radius * palette.ratio).round() as i32;
            let at = self.pixel(mark.x, mark.y, palette);
            let inside = if mark.is_filled { palette.ink } else { palette.paper };
            // A rim of paper tells it from any ground.
            let rim = (RIM * palette.ratio).round() as i32;
            area.draw(&Circle::new(at, radius + rim, palette.paper.plotters().filled()))?;
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

/// a of a unit for each of `inputs`.
fn values(network: &Network, id: UnitId, inputs: &mut dyn Iterator<Item = Vec<f64>>) -> Vec<f64> {
    let points: Vec<Sample> = inputs.map(Sample::of_input).collect();
    let mut values = Vec::with_capacity(points.len());
    if !look_through(network, id.layer, &points, |seen| values.push(seen.activation(id))) {
        values.extend(points.iter().map(|point| activations(network, &point.input, id.layer)[id.unit]));
    }
    values
}

/// The terms w·a of a unit's weighted sum at each of `inputs`: one curve per unit of the layer before.
/// None for a unit that is fed by the input itself.
fn shares(
    network: &Network,
    UnitId { layer, unit }: UnitId,
    inputs: impl Iterator<Item = [f64; 1]>,
) -> Vec<Vec<f64>> {
    if layer < 2 {
        return Vec::new();
    }
    let before: Vec<Vec<f64>> = inputs.map(|input| activations(network, &input, layer - 1)).collect();
    let weight = |from: usize| network.params.at(Param::Weight { layer, to: unit, from });
    (0..network.n_units(layer - 1))
        .map(|from| before.iter().map(|activations| weight(from) * activations[from]).collect())
        .collect()
}

/// `x` rounded to the power of ten below what a pixel stands for, if `span` is `pixels` long.
fn rounded(x: f64, span: Span, pixels: f64) -> f64 {
    let pixel = (span.max - span.min) / pixels.max(1.0);
    let mut scale = 1.0;
    while 1.0 < pixel * scale && 1e-6 < scale {
        scale /= 10.0;
    }
    while pixel * scale < 1.0 && scale < 1e9 {
        scale *= 10.0;
    }
    (x * scale).round() / scale
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    const FRAME: Frame = Frame { width: 200.0, height: 200.0, text: 13.0 };

    fn request(unit: UnitId) -> PlotRequest {
        PlotRequest { unit, frame: FRAME, ends: None, has_shares: true }
    }

    fn plot(text: &str) -> Plot {
        let lesson = Lesson::from_json(text).unwrap();
        Plot::new(&lesson.network, &lesson, &request(UnitId::new(lesson.network.n_layers(), 0)))
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
        let Picture::Curve { values, shares } = &plot.picture else {
            panic!("one input makes a curve");
        };
        assert!(shares.is_empty());
        assert_eq!(plot.x, Span { min: -1.2, max: 1.2 });
        for (k, value) in values.iter().enumerate() {
            let x = plot.x.at(k as f64 / (values.len() - 1) as f64);
            assert!((value - (0.5 * x + 0.25)).abs() < 1e-12);
        }
        assert!(plot.marks.iter().all(|mark| (mark.y - (0.5 * mark.x + 0.25)).abs() < 1e-12));
    }

    /// What the hidden units add up to, with the bias, is what the output's curve shows.
    #[test]
    fn the_shares_add_up_to_the_whole() {
        let lesson = Lesson::from_json(include_str!("../../static/lessons/approximate-sine.json")).unwrap();
        let plot = Plot::new(&lesson.network, &lesson, &request(UnitId::new(2, 0)));
        let Picture::Curve { values, shares } = &plot.picture else {
            panic!("one input makes a curve");
        };
        assert_eq!(shares.len(), lesson.network.n_units(1));
        let bias = lesson.network.params.at(Param::Bias { layer: 2, to: 0 });
        for (k, value) in values.iter().enumerate() {
            let sum: f64 = shares.iter().map(|share| share[k]).sum();
            assert!((bias + sum - value).abs() < 1e-12, "{k}");
        }
    }

    /// What is touched is what is drawn there: places and points are each other's inverse.
    #[test]
    fn a_touch_finds_its_sample() {
        let plot =
            plot(&lesson("[[0.25, 0]]", 2, r#"{"inputs": [[-1, -1], [3, 1]], "targets": [[0], [1]]}"#));
        assert_eq!(plot.place([3.0, 1.0]).map(f64::round), [183.0, 17.0]);
        assert_eq!(plot.sample_at([180.0, 20.0], 10.0), Some(1));
        assert_eq!(plot.sample_at([17.0, 183.0], 10.0), Some(0));
        assert_eq!(plot.sample_at([100.0, 100.0], 10.0), None);
        // 4.8 across 200 pixels: hundredths tell two pixels apart.
        assert_eq!(plot.point_at([100.0, 100.0]), [1.0, 0.0]);
        assert_eq!(plot.point_at([101.0, 100.0]), [1.02, 0.0]);
        assert_eq!(plot.point_at([-50.0, 900.0]), [-1.4, -1.2]);
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
                gradient: Rgb(122, 47, 176),
                ghost: grey,
                value: Rgb(138, 82, 0),
                ink: grey,
                low: Rgb(224, 123, 57),
                high: Rgb(18, 63, 156),
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
        for text in
            [include_str!("../../static/lessons/xor.json"), include_str!("../../static/lessons/mazur.json")]
        {
            let lesson = Lesson::from_json(text).unwrap();
            for layer in 1..=lesson.network.n_layers() {
                for unit in lesson.network.units(layer) {
                    let plot = Plot::new(&lesson.network, &lesson, &request(unit));
                    assert!(plot.summary("h₁").starts_with("h₁ over the plane of the two inputs: from "));
                }
            }
        }
    }
}
