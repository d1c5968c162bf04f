//! The sizes of the derivatives per layer as a drawing: a line for each layer over the epochs, on a
//! logarithmic axis, its number at its end.

use plotters::coord::Shift;
use plotters::element::DashedPathElement;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::axis::{EpochAxis, LossAxis, text_width};
use super::{DASHES, Drawn, Frame, Palette, Scale};
use crate::run::flow::Flow;
use crate::text::format;
use crate::words::{lists, picture as words};

/// What of a layer is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum FlowQuantity {
    /// ‖∂E/∂W‖.
    #[default]
    Gradient,
    /// ‖δ‖, the mean over the samples.
    Delta,
}

impl FlowQuantity {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Gradient, Self::Delta];

    /// It of layer `layer`, 1…L.
    pub fn of(self, flow: &Flow, layer: usize) -> f64 {
        let layer = &flow.layers[layer - 1];
        match self {
            Self::Gradient => layer.gradient,
            Self::Delta => layer.delta,
        }
    }
}

/// The lines, laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowChart {
    /// Per layer 1…L, epoch and size.
    lines: Vec<Vec<(u64, f64)>>,
    /// The epoch that the page shows.
    shown: u64,
    last: u64,
}

impl FlowChart {
    /// The lines of `flows`, in the order of their epochs, with the epoch that is `shown`.
    pub fn new<'a>(
        flows: impl Iterator<Item = &'a Flow> + Clone,
        quantity: FlowQuantity,
        shown: u64,
    ) -> Self {
        let n_layers = flows.clone().map(|flow| flow.layers.len()).min().unwrap_or(0);
        let line = |layer: usize| {
            let points = flows.clone().map(|flow| (flow.epoch, quantity.of(flow, layer)));
            points.filter(|(_, size)| size.is_finite()).collect()
        };
        let last = flows.clone().map(|flow| flow.epoch).max().unwrap_or(0);
        Self { lines: (1..=n_layers).map(line).collect(), shown, last: last.max(shown) }
    }

    /// The lines in a sentence, for those who do not see them.
    pub fn summary(&self, symbol: &str) -> String {
        let number = |x: f64| format::number(x, super::DIGITS);
        let line = |(l, points): (usize, &Vec<(u64, f64)>)| {
            let (first, last) = (points.first()?, points.last()?);
            let (from, to) = (number(first.1), number(last.1));
            let (from_epoch, to_epoch) = (format::count(first.0), format::count(last.0));
            Some(match first.0 == last.0 {
                true => words::one_size(&(l + 1), &from, &from_epoch),
                false => words::two_sizes(&(l + 1), &from, &from_epoch, &to, &to_epoch),
            })
        };
        let lines = self.lines.iter().enumerate().filter_map(line);
        words::sizes(&symbol, &lists::listed_apart(lines))
    }

    /// Draws the lines on `area`, which has the frame's size times the palette's ratio.
    ///
    /// # Errors
    /// If the canvas refuses.
    pub fn draw<DB: DrawingBackend>(
        &self,
        area: &DrawingArea<DB, Shift>,
        frame: Frame,
        palette: &Palette,
    ) -> Drawn<DB> {
        let (text, ratio) = (frame.text, palette.ratio);
        let length = |length: f64| (length * ratio).round().max(1.0) as i32;
        let pixel = |(x, y): (f64, f64)| ((x * ratio).round() as i32, (y * ratio).round() as i32);
        let ink = palette.text.plotters();
        let write = |said: &str, at: (f64, f64), h: HPos, v: VPos| {
            let font = FontDesc::new(FontFamily::Name(&palette.family), text * ratio, FontStyle::Normal);
            area.draw_text(said, &TextStyle::from(font).color(&ink).pos(Pos::new(h, v)), pixel(at))
        };
        let segment = |from: (f64, f64), to: (f64, f64)| {
            let ((x0, y0), (x1, y1)) = (pixel(from), pixel(to));
            let end = (x1.max(x0 + length(1.0)), y1.max(y0 + length(1.0)));
            area.draw(&Rectangle::new([(x0, y0), end], palette.line.plotters().filled()))
        };
        area.fill(&palette.paper.plotters())?;
        let (top, bottom) = (text * 0.7, (frame.height - text * 1.9).max(text * 0.7 + 1.0));
        let sizes = self.lines.iter().flatten().map(|(_, size)| *size);
        let axis = LossAxis::new(sizes, Scale::Logarithmic, 4.0);
        let labels = axis.ticks().iter().map(|tick| text_width(&tick.label, text));
        let left = labels.fold(0.0, f64::max) + text * 0.7;
        let right = (frame.width - text * 1.6).max(left + 1.0);
        let epochs = EpochAxis::new(self.last.max(super::MIN_LAST_EPOCH), right - left, text);
        for tick in axis.ticks() {
            let y = bottom - tick.share * (bottom - top);
            segment((left, y), (right, y))?;
            write(&tick.label, (left - text * 0.4, y), HPos::Right, VPos::Center)?;
        }
        for tick in epochs.ticks() {
            let x = left + tick.share * (right - left);
            segment((x, bottom), (x, bottom + text * 0.25))?;
            write(&tick.label, (x, bottom + text * 0.45), HPos::Center, VPos::Top)?;
        }
        if let Some((share, _)) = epochs.title_share() {
            write(
                words::epoch(),
                (left + share * (right - left), bottom + text * 0.45),
                HPos::Center,
                VPos::Top,
            )?;
        }
        segment((left, top), (left, bottom))?;
        segment((left, bottom), (right, bottom))?;
        let at = |(epoch, size): (u64, f64)| {
            (left + epochs.share(epoch) * (right - left), bottom - axis.share(size) * (bottom - top))
        };
        let stroke = palette.gradient.plotters().stroke_width(length(palette.stroke).unsigned_abs());
        for (l, line) in self.lines.iter().enumerate() {
            let path: Vec<(i32, i32)> = line.iter().map(|point| pixel(at(*point))).collect();
            match l.checked_sub(1) {
                None => area.draw(&PathElement::new(path, stroke))?,
                Some(k) => {
                    let (dash, gap) = DASHES[k % DASHES.len()];
                    area.draw(&DashedPathElement::new(path, length(dash), length(gap), stroke))?;
                }
            }
            if let Some(point) = line.iter().find(|(epoch, _)| *epoch == self.shown) {
                area.draw(&Circle::new(
                    pixel(at(*point)),
                    length(3.0),
                    palette.gradient.plotters().filled(),
                ))?;
            }
        }
        // Each number beside the end of its line, as far from the others as it is high.
        let mut ends: Vec<(usize, (f64, f64))> = Vec::new();
        for (l, line) in self.lines.iter().enumerate() {
            ends.extend(line.last().map(|point| (l + 1, at(*point))));
        }
        ends.sort_by(|a, b| a.1.1.total_cmp(&b.1.1));
        let heights: Vec<f64> = ends.iter().map(|(_, (_, y))| *y).collect();
        for ((layer, (x, _)), y) in ends.iter().zip(apart(&heights, text * 0.95, bottom)) {
            write(&layer.to_string(), (x + text * 0.4, y), HPos::Left, VPos::Center)?;
        }
        Ok(())
    }
}

/// `heights`, in their order, moved so that each is `least` below the one before and none is below `bottom`,
/// room permitting.
fn apart(heights: &[f64], least: f64, bottom: f64) -> Vec<f64> {
    let mut moved = heights.to_vec();
    for k in 1..moved.len() {
        moved[k] = moved[k].max(moved[k - 1] + least);
    }
    let mut below = bottom + least;
    for y in moved.iter_mut().rev() {
        *y = y.min(below - least);
        below = *y;
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::apart;

    #[test]
    fn numbers_at_the_ends_of_lines_stand_apart_and_above_the_axis() {
        assert_eq!(apart(&[1.0, 50.0], 10.0, 100.0), [1.0, 50.0]);
        assert_eq!(apart(&[40.0, 41.0, 42.0], 10.0, 100.0), [40.0, 50.0, 60.0]);
        assert_eq!(apart(&[92.0, 95.0, 99.0], 10.0, 100.0), [80.0, 90.0, 100.0]);
    }
}
