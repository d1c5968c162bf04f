//! Inputs that form a square image: the image itself, what each unit of the first layer weighs it
//! with, and a hand that draws another one.

use crate::lesson::Lesson;
use crate::picture::raster::{ColourScale, Raster, Shades};
use backprop::classes::class_of;
use backprop::network::Network;
use backprop::trace::outputs;

/// The least side of an image: fewer inputs are no picture of anything.
const LEAST_SIDE: usize = 4;
/// The most samples that are looked at for the range of their inputs.
const MAX_SAMPLES: usize = 2_000;
/// Half the width of a stroke, in an image's pixels; beyond it the ink fades out over one pixel.
const BRUSH: f64 = 0.55;

/// The side of the square image that `n` inputs form, row by row; `None` if they form none.
pub fn side_of(n: usize) -> Option<usize> {
    (LEAST_SIDE..).take_while(|side| side * side <= n).find(|side| side * side == n)
}

/// The inputs of nothing and of full ink: the least and the most of the lesson's samples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ink {
    /// The background.
    pub least: f64,
    /// A stroke.
    pub most: f64,
}

impl Ink {
    /// The range of the lesson's inputs; 0 to 1 where they are all the same.
    pub fn of(lesson: &Lesson) -> Self {
        let samples = lesson.data.train.iter().take(MAX_SAMPLES);
        let (least, most) = samples
            .flat_map(|sample| &sample.input)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), x| (x.min(least), x.max(most)));
        if least < most { Self { least, most } } else { Self { least: 0.0, most: 1.0 } }
    }

    /// How much ink an input is, 0 … 1.
    pub fn share(self, x: f64) -> f64 {
        ((x - self.least) / (self.most - self.least)).clamp(0.0, 1.0)
    }

    fn input(self, share: f64) -> f64 {
        self.least + share * (self.most - self.least)
    }
}

/// An image that is being drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    side: usize,
    ink: Ink,
    inputs: Vec<f64>,
}

impl Drawing {
    /// A blank image.
    pub fn blank(side: usize, ink: Ink) -> Self {
        Self { side, ink, inputs: vec![ink.least; side * side] }
    }

    /// A copy of an image of `side²` inputs.
    pub fn copy_of(inputs: &[f64], side: usize, ink: Ink) -> Self {
        Self { side, ink, inputs: inputs.to_vec() }
    }

    /// The inputs, row by row.
    pub fn inputs(&self) -> &[f64] {
        &self.inputs
    }

    /// The image with a stroke from one point to another, in pixels from its left top corner. Ink
    /// only ever adds up.
    pub fn with_stroke(mut self, from: (f64, f64), to: (f64, f64)) -> Self {
        for (k, input) in self.inputs.iter_mut().enumerate() {
            let middle = ((k % self.side) as f64 + 0.5, (k / self.side) as f64 + 0.5);
            let share = (BRUSH + 0.5 - distance(middle, from, to)).clamp(0.0, 1.0);
            *input = input.max(self.ink.input(share));
        }
        self
    }

    /// The image with pixel number `k` filled, or empty where it had any ink.
    pub fn with_toggled(mut self, k: usize) -> Self {
        if let Some(input) = self.inputs.get_mut(k) {
            let is_empty = *input <= self.ink.least;
            *input = if is_empty { self.ink.most } else { self.ink.least };
        }
        self
    }
}

/// The distance of a point from the line between two others.
fn distance(point: (f64, f64), from: (f64, f64), to: (f64, f64)) -> f64 {
    let along = (to.0 - from.0, to.1 - from.1);
    let length_squared = along.0 * along.0 + along.1 * along.1;
    let at = (point.0 - from.0) * along.0 + (point.1 - from.1) * along.1;
    let share = if length_squared > 0.0 { (at / length_squared).clamp(0.0, 1.0) } else { 0.0 };
    libm::hypot(point.0 - from.0 - share * along.0, point.1 - from.1 - share * along.1)
}

/// Square tiles beside and below each other, each an image. Lengths are CSS pixels unless they say
/// otherwise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tiles {
    /// Number of tiles.
    pub n: usize,
    /// Tiles in a row.
    pub n_columns: usize,
    side: usize,
    /// The screen's pixels per CSS pixel.
    ratio: f64,
    /// The side of an image's pixel, in the screen's pixels.
    pixel: usize,
    /// Between two tiles, in the screen's pixels.
    gap: usize,
}

impl Tiles {
    /// `n` images of `side²` inputs in rows of `width`, each about `tile` large.
    pub fn fit(n: usize, side: usize, tile: f64, width: f64, ratio: f64) -> Self {
        let pixel = ((tile * ratio / side as f64) as usize).max(1);
        let gap = if n < 2 { 0 } else { (6.0 * ratio).round() as usize };
        let whole = pixel * side + gap;
        let n_columns = (((width * ratio) as usize + gap) / whole).clamp(1, n.max(1));
        Self { n, n_columns, side, ratio, pixel, gap }
    }

    fn n_rows(&self) -> usize {
        self.n.div_ceil(self.n_columns)
    }

    fn pixels(&self) -> (usize, usize) {
        let length = |n: usize| (n * (self.pixel * self.side + self.gap)).saturating_sub(self.gap);
        (length(self.n_columns), length(self.n_rows()))
    }

    /// Width and height.
    pub fn size(&self) -> (f64, f64) {
        let (width, height) = self.pixels();
        (width as f64 / self.ratio, height as f64 / self.ratio)
    }

    fn corner(&self, tile: usize) -> (usize, usize) {
        let whole = self.pixel * self.side + self.gap;
        (tile % self.n_columns * whole, tile / self.n_columns * whole)
    }

    /// Left, top and side of a tile.
    pub fn place(&self, tile: usize) -> (f64, f64, f64) {
        let (left, top) = self.corner(tile);
        let side = (self.pixel * self.side) as f64;
        (left as f64 / self.ratio, top as f64 / self.ratio, side / self.ratio)
    }

    /// Left, top and side of a pixel of the first tile.
    pub fn pixel_place(&self, k: usize) -> (f64, f64, f64) {
        let pixel = self.pixel as f64 / self.ratio;
        ((k % self.side) as f64 * pixel, (k / self.side) as f64 * pixel, pixel)
    }

    /// A point in the first tile, in the image's pixels.
    pub fn point_in_pixels(&self, x: f64, y: f64) -> (f64, f64) {
        let scale = self.ratio / self.pixel as f64;
        (x * scale, y * scale)
    }

    /// The tile at a point; `None` in a gap.
    pub fn tile_at(&self, x: f64, y: f64) -> Option<usize> {
        let whole = (self.pixel * self.side + self.gap) as f64;
        let inside = |at: f64| {
            let at = at * self.ratio;
            (0.0 <= at && at % whole < whole - self.gap as f64).then_some((at / whole) as usize)
        };
        let (column, row) = (inside(x)?, inside(y)?);
        let tile = row * self.n_columns + column;
        (column < self.n_columns && tile < self.n).then_some(tile)
    }

    /// The tile that an arrow key, Home or End leads to; `None` for another key.
    pub fn after_key(&self, tile: usize, key: &str) -> Option<usize> {
        let last = self.n - 1;
        Some(match key {
            "ArrowLeft" => tile.saturating_sub(1),
            "ArrowRight" => (tile + 1).min(last),
            "ArrowUp" => tile.checked_sub(self.n_columns).unwrap_or(tile),
            "ArrowDown" => Some(tile + self.n_columns).filter(|next| *next <= last).unwrap_or(tile),
            "Home" => 0,
            "End" => last,
            _ => return None,
        })
    }

    /// The picture: `share(tile, k)` says where the number of a tile's pixel is on the scale.
    pub fn paint(
        &self,
        paper: crate::picture::chart::Rgb,
        shades: &Shades,
        share: impl Fn(usize, usize) -> f64,
    ) -> Raster {
        let (width, height) = self.pixels();
        let mut raster = Raster::new(width, height, paper);
        for tile in 0..self.n {
            let (left, top) = self.corner(tile);
            for k in 0..self.side * self.side {
                let at = (left + k % self.side * self.pixel, top + k / self.side * self.pixel);
                raster.cell(at, self.pixel, Some(share(tile, k)), shades);
            }
        }
        raster
    }
}

/// The scale that the images of the first layer's units share.
pub fn unit_scale(network: &Network) -> ColourScale {
    ColourScale::of(network.layer(1).weights.numbers().iter().copied())
}

/// The least and the most of the weights into each unit of the first layer.
pub fn unit_ranges(network: &Network) -> Vec<(f64, f64)> {
    let weights = &network.layer(1).weights;
    let range = |unit: usize| {
        let least_and_most = (f64::INFINITY, f64::NEG_INFINITY);
        weights.row(unit).iter().fold(least_and_most, |(least, most), x| (least.min(*x), most.max(*x)))
    };
    (0..weights.n_rows()).map(range).collect()
}

/// What a network makes of an image.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The outputs.
    pub outputs: Vec<f64>,
    /// A bar for each of them.
    pub bars: Vec<Bar>,
    /// The output that names the class, where several outputs stand for classes.
    pub predicted: Option<usize>,
}

impl Answer {
    /// What `network` makes of `inputs`.
    pub fn of(network: &Network, inputs: &[f64], has_classes: bool) -> Self {
        let outputs = outputs(network, inputs);
        let predicted = (has_classes && 1 < outputs.len()).then(|| class_of(&outputs));
        Self { bars: bars(&outputs), predicted, outputs }
    }
}

/// An output as a bar from 0: where it starts and ends, as shares of the room that all have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// The left end.
    pub from: f64,
    /// The right end.
    pub to: f64,
}

/// The bars of `outputs`, in a room that reaches at least from 0 to 1.
pub fn bars(outputs: &[f64]) -> Vec<Bar> {
    let finite = || outputs.iter().copied().filter(|x| x.is_finite());
    let (least, most) = (finite().fold(0.0, f64::min), finite().fold(1.0, f64::max));
    let share = |x: f64| (x.clamp(least, most) - least) / (most - least);
    outputs.iter().map(|&x| Bar { from: share(x.min(0.0)), to: share(x.max(0.0)) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use backprop::activation::Activation;
    use backprop::matrix::Matrix;
    use backprop::network::{LayerParams, Params};

    /// Two inputs, and a linear unit for each row of weights.
    fn linear(rows: &[[f64; 2]]) -> Network {
        let weights = Matrix::from_fn(rows.len(), 2, |to, from| rows[to][from]);
        let layer = LayerParams { weights, biases: None };
        Network { params: Params(vec![layer]), activations: vec![Activation::Identity] }
    }

    #[test]
    fn the_answer_is_the_largest_output() {
        let network = linear(&[[1.0, 0.0], [0.0, 2.0], [-1.0, -1.0]]);
        let answer = Answer::of(&network, &[1.0, 1.5], true);
        assert_eq!(answer.outputs, [1.0, 3.0, -2.5]);
        assert_eq!(answer.predicted, Some(1));
        // From −2.5 to 3: 0 stands at 2.5 of 5.5.
        let ends: Vec<(f64, f64)> = answer.bars.iter().map(|bar| (bar.from * 5.5, bar.to * 5.5)).collect();
        for (found, expected) in ends.iter().zip([(2.5, 3.5), (2.5, 5.5), (0.0, 2.5)]) {
            assert!(
                (found.0 - expected.0).abs() < 1e-12 && (found.1 - expected.1).abs() < 1e-12,
                "{found:?}"
            );
        }
    }

    #[test]
    fn no_class_is_named_where_there_are_none() {
        assert_eq!(Answer::of(&linear(&[[1.0, 0.0], [0.0, 2.0]]), &[1.0, 1.0], false).predicted, None);
        assert_eq!(Answer::of(&linear(&[[1.0, 0.0]]), &[1.0, 1.0], true).predicted, None);
    }

    #[test]
    fn each_unit_has_the_range_of_its_own_weights() {
        let network = linear(&[[0.5, -2.0], [3.0, 3.0], [-1.0, -4.0]]);
        assert_eq!(unit_ranges(&network), [(-2.0, 0.5), (3.0, 3.0), (-4.0, -1.0)]);
    }
}
