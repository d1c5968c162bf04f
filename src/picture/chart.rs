//! The loss curve as a drawing: axes, ticks, lines, and which epoch lies under which pixel.
//!
//! Lengths are CSS pixels from the top left corner; only [`Chart::draw`] knows the finer pixels of
//! a screen. Ticks and mapping are made here and not by plotters: its axes stop the program at a
//! number that is not finite, and measure every label in the page's layout.

pub(super) mod axis;
pub mod flow;

use std::rc::Rc;

use plotters::coord::Shift;
use plotters::element::DashedPathElement;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::run::earlier::{EarlierRun, MAX_EARLIER};
use crate::run::{LossCurve, LossPoint};
use crate::text::format;
use crate::words::{lists, picture as words};
use axis::{EpochAxis, LossAxis, text_width};

/// The last epoch on the axis is at least this: the first epochs do not shift the axis at each step.
const MIN_LAST_EPOCH: u64 = 10;
/// Dash and gap of each earlier run's curve, by [`EarlierRun::stroke`].
const DASHES: [(f64, f64); MAX_EARLIER] = [(3.0, 3.0), (7.0, 5.0), (16.0, 5.0), (5.0, 11.0)];
/// Dash and gap of the held-out loss.
const DOTS: (f64, f64) = (2.0, 4.0);
/// Radius of the mark of the shown epoch.
const MARK: f64 = 5.0;
/// How far apart edits stand at least that have a mark of their own: as far as two can be touched.
const APART: f64 = 24.0;
/// How much thinner the curve is before the last edit.
const BEFORE: f64 = 0.5;
/// Room around the letters of an edit's label, in letters' sizes.
const PADDING: f64 = 0.8;
/// Height of a label of the losses with the room around it, in letters' sizes.
const LABEL_ROOM: f64 = 1.35;
/// Significant digits of a reading in the summary.
const DIGITS: u8 = 3;

/// How losses are laid out on their axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Scale {
    /// From 0.
    #[default]
    Linear,
    /// Each power of ten as high as the next.
    Logarithmic,
}

impl Scale {
    /// All scales.
    pub const ALL: [Self; 2] = [Self::Linear, Self::Logarithmic];

    /// The name that the page shows.
    pub fn name(self) -> &'static str {
        match self {
            Self::Linear => words::linear(),
            Self::Logarithmic => words::logarithmic(),
        }
    }
}

/// What a chart shows.
#[derive(Clone, Copy, Debug)]
pub struct ChartData<'a> {
    /// The run.
    pub losses: &'a LossCurve,
    /// What was edited in the run: each its epoch and its words.
    pub edits: &'a [(u64, String)],
    /// Earlier runs, for comparison.
    pub earlier: &'a [Rc<EarlierRun>],
    /// The epoch that the page shows.
    pub epoch: u64,
    /// The loss there; `None` while it is not told: then nothing from this epoch on is shown.
    pub loss: Option<f64>,
    /// The letter of the loss.
    pub symbol: &'static str,
    /// How losses are laid out.
    pub scale: Scale,
}

/// The room that a chart has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
    /// Size of the letters.
    pub text: f64,
}

/// A colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    /// Reads "#1b1b1f" or "#fff".
    pub fn from_hex(text: &str) -> Option<Self> {
        let digits = text.trim().strip_prefix('#')?;
        let digits: Vec<u8> =
            digits.chars().map(|c| c.to_digit(16).map(|d| d as u8)).collect::<Option<_>>()?;
        match digits[..] {
            [r, g, b] => Some(Self(r * 17, g * 17, b * 17)),
            [r1, r0, g1, g0, b1, b0] => Some(Self(r1 * 16 + r0, g1 * 16 + g0, b1 * 16 + b0)),
            _ => None,
        }
    }

    /// `share` of the way, 0 … 1, from this colour to another.
    pub(crate) fn mixed(self, to: Self, share: f64) -> Self {
        let one =
            |from: u8, to: u8| (f64::from(from) + share * (f64::from(to) - f64::from(from))).round() as u8;
        Self(one(self.0, to.0), one(self.1, to.1), one(self.2, to.2))
    }

    /// The colour as plotters has it.
    pub(crate) fn plotters(self) -> RGBColor {
        RGBColor(self.0, self.1, self.2)
    }
}

/// How a chart is painted.
#[derive(Clone, Debug, PartialEq)]
pub struct Palette {
    /// The screen's pixels per CSS pixel.
    pub ratio: f64,
    /// Width of the curve.
    pub stroke: f64,
    /// The letters' font family.
    pub family: String,
    /// Behind everything.
    pub paper: Rgb,
    /// Letters of the axes.
    pub text: Rgb,
    /// Lines of the axes.
    pub line: Rgb,
    /// The run.
    pub curve: Rgb,
    /// A derivative.
    pub gradient: Rgb,
    /// An earlier run.
    pub ghost: Rgb,
    /// An activation.
    pub value: Rgb,
    /// The strongest letters and lines.
    pub ink: Rgb,
    /// What is below a middle; darker or lighter than `high`, too.
    pub low: Rgb,
    /// What is above it.
    pub high: Rgb,
}

/// The numbers at one epoch, and where their mark stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The epoch.
    pub epoch: u64,
    /// The loss, if the run has come this far.
    pub loss: Option<f64>,
    /// The held-out loss, if there is one.
    pub held_out: Option<f64>,
    /// The losses of those earlier runs that have one at this epoch, by their names.
    pub earlier: Vec<(String, f64)>,
    /// Where the mark stands.
    pub x: f64,
    /// Where the mark stands.
    pub y: f64,
    /// How far that is from left to right, 0 to 1: a label that is moved to the left by this share of
    /// itself stays within the chart.
    pub share: f64,
}

impl Reading {
    /// The numbers as a line of text: "epoch 12: 0.0005206".
    pub fn text(&self, digits: u8) -> String {
        let number = |x| format::number(x, digits);
        let mut losses: Vec<String> = self.loss.map(number).into_iter().collect();
        losses.extend(self.held_out.map(|x| words::of_test_set(&number(x))));
        losses.extend(self.earlier.iter().map(|(name, x)| words::of_run(name, &number(*x))));
        words::at_epoch(&format::count(self.epoch), &lists::listed(losses))
    }
}

/// Where an edit was made, or several that stand too near each other for marks of their own.
#[derive(Clone, Debug, PartialEq)]
pub struct EditMark {
    /// The first one's epoch.
    pub epoch: u64,
    /// What was edited.
    pub text: String,
    /// Where the mark stands.
    pub x: f64,
    /// Where the axis of epochs is, under it.
    pub y: f64,
    /// How far its line goes up from there.
    pub height: f64,
    /// On which side its words stand.
    pub side: Side,
    /// Whether they have room there.
    pub has_room: bool,
}

/// A side of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Before it.
    Left,
    /// Behind it.
    Right,
}

/// A chart, laid out.
#[derive(Clone, Debug)]
pub struct Chart {
    frame: Frame,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    epochs: EpochAxis,
    axis: LossAxis,
    symbol: &'static str,
    curve: Vec<LossPoint>,
    earlier: Vec<(Rc<EarlierRun>, Vec<LossPoint>)>,
    shown: Option<(u64, f64)>,
    edits: Vec<u64>,
    marks: Vec<EditMark>,
}

impl Chart {
    /// Lays out `data` in `frame`.
    pub fn new(data: &ChartData, frame: Frame) -> Self {
        let finite = |curve: &LossCurve| -> Vec<LossPoint> {
            let is_told = |point: &LossPoint| data.loss.is_some() || point.epoch < data.epoch;
            let points = curve.points().iter().copied().filter(is_told);
            points.filter(|point| point.loss.is_finite()).collect()
        };
        let curve = finite(data.losses);
        let earlier: Vec<_> = data.earlier.iter().map(|run| (Rc::clone(run), finite(&run.losses))).collect();
        let shown = data.loss.filter(|loss| loss.is_finite()).map(|loss| (data.epoch, loss));

        let last_of = |points: &[LossPoint]| points.last().map_or(0, |point| point.epoch);
        let last = earlier
            .iter()
            .fold(last_of(&curve), |last, (_, points)| last.max(last_of(points)))
            .max(data.epoch)
            .max(MIN_LAST_EPOCH);
        let values = curve
            .iter()
            .chain(earlier.iter().flat_map(|(_, points)| points))
            .flat_map(|point| [Some(point.loss), point.test_loss]);
        let values = values.flatten().chain(shown.map(|(_, loss)| loss)).filter(|x| x.is_finite());

        let top = frame.text * 0.7;
        let bottom = (frame.height - frame.text * 1.9).max(top + 1.0);
        let most = ((bottom - top) / (frame.text * LABEL_ROOM)).clamp(3.0, 5.0);
        let axis = LossAxis::new(values, data.scale, most);
        let labels = axis.ticks().iter().map(|tick| text_width(&tick.label, frame.text));
        let left = labels.fold(0.0, f64::max) + frame.text * 0.7;
        // Half of the last label stands to the right of its tick.
        let margin = (text_width(&format::count(last), frame.text) / 2.0).max(MARK + 3.0);
        let right = (frame.width - margin).max(left + 1.0);
        let epochs = EpochAxis::new(last, right - left, frame.text);
        let edits = data.edits.iter().map(|(epoch, _)| *epoch).collect();
        let symbol = data.symbol;
        let marks = Vec::new();
        let mut chart = Self {
            frame,
            left,
            right,
            top,
            bottom,
            epochs,
            axis,
            symbol,
            curve,
            earlier,
            shown,
            edits,
            marks,
        };
        chart.marks = chart.edit_marks(data.edits);
        chart
    }

    /// Where edits were made, in the order of the run.
    pub fn marks(&self) -> &[EditMark] {
        &self.marks
    }

    fn edit_marks(&self, edits: &[(u64, String)]) -> Vec<EditMark> {
        let mut marks: Vec<EditMark> = Vec::new();
        for (epoch, text) in edits {
            let x = self.x(*epoch);
            match marks.last_mut().filter(|last| x - last.x < APART) {
                Some(last) => last.text = lists::one_more_apart(&last.text, text),
                None => marks.push(EditMark {
                    epoch: *epoch,
                    text: text.clone(),
                    x,
                    y: self.bottom,
                    height: self.bottom - self.top,
                    side: Side::Right,
                    has_room: true,
                }),
            }
        }
        self.give_room(&mut marks);
        marks
    }

    /// Finds room for the marks' words, the last one's first.
    fn give_room(&self, marks: &mut [EditMark]) {
        let mut end = self.frame.width;
        for k in (0..marks.len()).rev() {
            let before = k.checked_sub(1).map_or(self.left, |before| marks[before].x);
            let x = marks[k].x;
            let width = text_width(&marks[k].text, self.frame.text) + self.frame.text * PADDING;
            let (side, has_room) = if x + width <= end {
                (Side::Right, true)
            } else if before <= x - width {
                (Side::Left, true)
            } else {
                (if x < self.frame.width / 2.0 { Side::Right } else { Side::Left }, false)
            };
            let start = if has_room && side == Side::Left { x - width } else { x };
            (marks[k].side, marks[k].has_room) = (side, has_room);
            end = start;
        }
    }

    /// The earlier runs that are drawn.
    pub fn earlier(&self) -> impl Iterator<Item = &Rc<EarlierRun>> {
        self.earlier.iter().map(|(run, _)| run)
    }

    /// Dash and gap of an earlier run's curve.
    pub fn dash_of(run: &EarlierRun) -> (f64, f64) {
        DASHES[run.stroke()]
    }

    /// Whether there is a held-out loss.
    pub fn has_held_out(&self) -> bool {
        self.curve.iter().any(|point| point.test_loss.is_some())
    }

    /// Where a logarithmic axis cannot say the truth: a sentence.
    pub fn remark(&self) -> Option<String> {
        self.axis.remark()
    }

    /// Number of epochs of the run that have a reading.
    pub fn n_readings(&self) -> usize {
        self.curve.len()
    }

    /// The epoch of reading number `k` of the run, from 0.
    pub fn epoch_of(&self, k: usize) -> u64 {
        self.curve.get(k).or(self.curve.last()).map_or(0, |point| point.epoch)
    }

    /// The number of the run's reading nearest to `epoch`.
    pub fn place_of(&self, epoch: u64) -> usize {
        nearest(&self.curve, epoch).unwrap_or(0)
    }

    /// The epoch nearest to `x` that has a reading.
    pub fn epoch_at(&self, x: f64) -> Option<u64> {
        let epoch = self.epochs.epoch((x - self.left) / (self.right - self.left));
        let of = |points: &[LossPoint]| nearest(points, epoch).map(|k| points[k].epoch);
        let earlier = self.earlier.iter().filter_map(|(_, points)| of(points));
        let earlier = earlier.min_by_key(|found| found.abs_diff(epoch));
        match (of(&self.curve), earlier) {
            // Only where the run has not come is the earlier one read instead.
            (Some(run), Some(earlier)) if earlier.abs_diff(epoch) < run.abs_diff(epoch) && run < earlier => {
                Some(earlier)
            }
            (run, earlier) => run.or(earlier),
        }
    }

    /// The numbers at `epoch`, if there are any.
    pub fn reading(&self, epoch: u64) -> Option<Reading> {
        let at = |points: &[LossPoint]| {
            points.binary_search_by_key(&epoch, |point| point.epoch).ok().map(|k| points[k])
        };
        let run = at(&self.curve);
        let loss = run.map(|point| point.loss);
        let earlier =
            self.earlier.iter().filter_map(|(run, points)| Some((run.short_name(), at(points)?.loss)));
        let earlier: Vec<(String, f64)> = earlier.collect();
        let (x, y) = self.place(epoch, loss.or(earlier.first().map(|(_, loss)| *loss))?);
        let held_out = run.and_then(|point| point.test_loss).filter(|x| x.is_finite());
        let share = self.epochs.share(epoch);
        Some(Reading { epoch, loss, held_out, earlier, x, y, share })
    }

    /// The run in a sentence, for those who do not see the chart.
    pub fn summary(&self) -> String {
        let number = |point: &LossPoint| format::number(point.loss, DIGITS);
        let epoch = |point: &LossPoint| format::count(point.epoch);
        let symbol = self.symbol;
        match self.curve[..] {
            [] => words::nothing_yet(&symbol),
            [only] => words::one_loss(&symbol, &number(&only), &epoch(&only)),
            [first, .., last] => {
                words::losses(&symbol, &number(&first), &epoch(&first), &number(&last), &epoch(&last))
            }
        }
    }

    fn x(&self, epoch: u64) -> f64 {
        self.left + self.epochs.share(epoch) * (self.right - self.left)
    }

    /// Where `loss` at `epoch` stands.
    fn place(&self, epoch: u64, loss: f64) -> (f64, f64) {
        let x = self.x(epoch);
        let y = self.bottom - self.axis.share(loss) * (self.bottom - self.top);
        (x, y.clamp(self.top, self.bottom))
    }

    /// Draws the chart on `area`, which has the frame's size times the palette's ratio.
    ///
    /// # Errors
    /// If the canvas refuses.
    pub fn draw<DB: DrawingBackend>(
        &self,
        area: &DrawingArea<DB, Shift>,
        palette: &Palette,
    ) -> Result<(), DrawingAreaErrorKind<DB::ErrorType>> {
        Painter { chart: self, area, palette }.draw()
    }
}

/// The number of the point nearest to `epoch`.
fn nearest(points: &[LossPoint], epoch: u64) -> Option<usize> {
    let after = points.partition_point(|point| point.epoch < epoch);
    let candidates = after.saturating_sub(1)..(after + 1).min(points.len());
    candidates.min_by_key(|&k| points[k].epoch.abs_diff(epoch))
}

type Drawn<DB> = Result<(), DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>>;

struct Painter<'a, DB: DrawingBackend> {
    chart: &'a Chart,
    area: &'a DrawingArea<DB, Shift>,
    palette: &'a Palette,
}

impl<DB: DrawingBackend> Painter<'_, DB> {
    fn draw(&self) -> Drawn<DB> {
        self.area.fill(&self.palette.paper.plotters())?;
        self.axes()?;
        let ghost = self.palette.ghost;
        for (run, points) in &self.chart.earlier {
            self.dashed(points, |point| Some(point.loss), Chart::dash_of(run), ghost)?;
        }
        self.dashed(&self.chart.curve, |point| point.test_loss, DOTS, self.palette.curve)?;
        self.edits()?;
        self.run()?;
        self.marks()
    }

    /// The run: up to its last edit in a thin line, from there in a broad one.
    fn run(&self) -> Drawn<DB> {
        let curve = &self.chart.curve;
        let edited = self.chart.edits.last().map_or(0, |last| curve.partition_point(|p| p.epoch < *last));
        let draw = |points: &[LossPoint], stroke: f64| {
            let path = self.path(points, |point| Some(point.loss));
            self.area.draw(&PathElement::new(path, self.line(self.palette.curve, stroke)))
        };
        if 0 < edited {
            // As far as the first loss after the edit, so that nothing is left open.
            draw(&curve[..(edited + 1).min(curve.len())], self.palette.stroke * BEFORE)?;
        }
        draw(&curve[edited..], self.palette.stroke)
    }

    /// An upright line where something was edited.
    fn edits(&self) -> Drawn<DB> {
        let Chart { top, bottom, .. } = *self.chart;
        for x in self.chart.edits.iter().map(|epoch| self.chart.x(*epoch)) {
            self.segment((x, top), (x, bottom), self.palette.text)?;
        }
        Ok(())
    }

    fn axes(&self) -> Drawn<DB> {
        let chart = self.chart;
        let Chart { left, right, top, bottom, .. } = *chart;
        let text = chart.frame.text;
        let line = self.palette.line;
        for tick in chart.axis.ticks() {
            let y = bottom - tick.share * (bottom - top);
            self.segment((left, y), (right, y), line)?;
            self.text(&tick.label, (left - text * 0.4, y), HPos::Right, VPos::Center)?;
        }
        self.segment((left, top), (left, bottom), line)?;
        self.segment((left, bottom), (right, bottom), line)?;
        let row = bottom + text * 0.45;
        for tick in chart.epochs.ticks() {
            let x = left + tick.share * (right - left);
            self.segment((x, bottom), (x, bottom + text * 0.25), line)?;
            self.text(&tick.label, (x, row), HPos::Center, VPos::Top)?;
        }
        if let Some((share, _)) = chart.epochs.title_share() {
            let x = left + share * (right - left);
            self.text(words::epoch(), (x, row), HPos::Center, VPos::Top)?;
        }
        Ok(())
    }

    /// The end of the run as a ring, the shown epoch as a dot.
    fn marks(&self) -> Drawn<DB> {
        let radius = self.length(MARK);
        let curve = self.palette.curve;
        let shown = self.chart.shown;
        if let Some(last) = self.chart.curve.last().filter(|last| Some(last.epoch) != shown.map(|(e, _)| e)) {
            let at = self.pixel(self.chart.place(last.epoch, last.loss));
            self.area.draw(&Circle::new(at, radius, self.palette.paper.plotters().filled()))?;
            self.area.draw(&Circle::new(at, radius, self.line(curve, self.palette.stroke)))?;
        }
        if let Some((epoch, loss)) = shown {
            let at = self.pixel(self.chart.place(epoch, loss));
            self.area.draw(&Circle::new(
                at,
                radius + self.length(1.0),
                self.palette.paper.plotters().filled(),
            ))?;
            self.area.draw(&Circle::new(at, radius, curve.plotters().filled()))?;
        }
        Ok(())
    }

    fn dashed(
        &self,
        points: &[LossPoint],
        value: impl Fn(&LossPoint) -> Option<f64>,
        (dash, gap): (f64, f64),
        colour: Rgb,
    ) -> Drawn<DB> {
        let path = self.path(points, value);
        let (dash, gap) = (self.length(dash), self.length(gap));
        let style = self.line(colour, self.palette.stroke);
        self.area.draw(&DashedPathElement::new(path, dash, gap, style))
    }

    /// The points in the screen's pixels, each pixel once.
    fn path(&self, points: &[LossPoint], value: impl Fn(&LossPoint) -> Option<f64>) -> Vec<(i32, i32)> {
        let finite = points.iter().filter_map(|point| Some((point.epoch, value(point)?)));
        let finite = finite.filter(|(_, loss)| loss.is_finite());
        let mut path: Vec<(i32, i32)> =
            finite.map(|(epoch, loss)| self.pixel(self.chart.place(epoch, loss))).collect();
        path.dedup();
        path
    }

    /// A level or upright line of one CSS pixel, sharp.
    fn segment(&self, from: (f64, f64), to: (f64, f64), colour: Rgb) -> Drawn<DB> {
        let whole = |(x, y): (f64, f64)| self.pixel((x.round(), y.round()));
        let ((x0, y0), (x1, y1)) = (whole(from), whole(to));
        let end = (x1.max(x0 + self.length(1.0)), y1.max(y0 + self.length(1.0)));
        self.area.draw(&Rectangle::new([(x0, y0), end], colour.plotters().filled()))
    }

    fn text(&self, text: &str, at: (f64, f64), h: HPos, v: VPos) -> Drawn<DB> {
        self.letters(text, at, Pos::new(h, v))
    }

    fn letters(&self, text: &str, at: (f64, f64), anchor: Pos) -> Drawn<DB> {
        let size = self.chart.frame.text * self.palette.ratio;
        let font = FontDesc::new(FontFamily::Name(&self.palette.family), size, FontStyle::Normal);
        let colour = self.palette.text.plotters();
        self.area.draw_text(text, &TextStyle::from(font).color(&colour).pos(anchor), self.pixel(at))
    }

    fn line(&self, colour: Rgb, width: f64) -> ShapeStyle {
        colour.plotters().stroke_width(self.length(width).unsigned_abs())
    }

    fn length(&self, length: f64) -> i32 {
        (length * self.palette.ratio).round().max(1.0) as i32
    }

    fn pixel(&self, (x, y): (f64, f64)) -> (i32, i32) {
        ((x * self.palette.ratio).round() as i32, (y * self.palette.ratio).round() as i32)
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
