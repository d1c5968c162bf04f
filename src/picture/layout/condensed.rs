//! A layout of a network too large for a number at every line: small circles, some left out, and
//! labels only for what matters now.

mod annotations;
mod drawn;

pub use annotations::CALLOUT_PAD;
use annotations::callout_sizes;
use drawn::drawn;

use super::rect::{Point, Rect};
use super::{
    BOLD, FIELD, INSIDE, LEGIBLE, LayerShape, Layout, Metrics, PAD, Request, SHORT, Sizes, TOUCH,
    TargetPlace, UnitPlace, text,
};
use backprop::network::UnitId;

/// Distance between the outputs' circles and the targets.
const TO_TARGET: f64 = 24.0;
/// In a narrower panel the targets take less of the width.
const NARROW: f64 = 440.0;
/// Below this distance between layers a label's name stands above its number.
const STACKED_BELOW: f64 = 200.0;

/// Below this one labels have two digits.
const SHORT_EDGE: f64 = 100.0;

/// Height of an input's number outside of its circle: it can be touched.
const VALUE: f64 = 24.0;
/// Least height of a row of a long column, in sizes of its numbers.
const ROW: f64 = 3.2;
/// A long column has at least so many places: for its ends and all that can be required, with what
/// stands for left out units between them.
const FEWEST: usize = 9;
/// No circle of an input gets smaller for its name.
const SMALLEST_NAMED: f64 = 16.0;
/// The most lines of a caption.
const MOST_CAPTION_LINES: usize = 3;

/// Where the number of an input stands.
#[derive(Clone, Copy, PartialEq)]
enum Value {
    Inside,
    Below,
    Left,
}

/// The type of a condensed network.
#[derive(Clone, Copy)]
struct Type {
    number: f64,
    small: f64,
    name: f64,
    digit: f64,
}

impl Type {
    fn new(Metrics { text, small, digit, least, .. }: Metrics) -> Self {
        let number = (text * 0.88).max(least);
        Self { number, small: (small * 0.88).max(least), name: number * 1.1, digit }
    }

    /// Height of a line of small text.
    fn line(&self) -> f64 {
        self.small * 1.4
    }

    /// Height of a name on so many lines: a name on one may have scripts.
    fn name_h(&self, n_lines: usize) -> f64 {
        if n_lines == 1 { self.number * 1.75 } else { n_lines as f64 * self.name * 1.15 }
    }

    /// Width of small text.
    fn small_w(&self, digits: f64) -> f64 {
        digits * self.digit * self.small
    }
}

/// What is drawn of a layer, and how large.
struct LayerColumn {
    slots: Vec<Option<usize>>,
    x: f64,
    radius: f64,
    /// Height for each unit.
    row: f64,
}

/// The parts of the diagram, from the outside in.
struct Frame<'a> {
    request: &'a Request,
    kind: Type,
    height: f64,
    sample: Rect,
    legend: Option<Rect>,
    n_caption_lines: usize,
    top: f64,
    bottom: f64,
    target: f64,
    target_w: f64,
    /// Distance between the outputs' circles and the targets.
    to_target: f64,
    columns: Vec<LayerColumn>,
    pitch: f64,
    value: Value,
    value_w: f64,
    /// Size of the inputs' numbers.
    input: f64,
    /// Width and height of the inputs' names.
    input_name: (f64, f64),
}

impl<'a> Frame<'a> {
    fn new(request: &'a Request, required: &[UnitId], n_caption_lines: usize) -> Self {
        let kind = Type::new(request.metrics);
        let (width, height) = (request.width, request.height.max(220.0));
        let names = request.names;
        let is_narrow = width < NARROW;
        let digits = f64::from(request.digits.min(if is_narrow { 2 } else { 4 }));
        let target = (digits + 2.6) * kind.digit * kind.number;
        let target_w = (target + 16.0)
            .max(names.target * kind.name + 4.0)
            .max(names.loss * kind.number + (digits + 2.4) * kind.digit * BOLD * kind.number + 12.0);
        let line = kind.line();
        let inside = width - 2.0 * PAD - 8.0;
        let sample_w = (kind.small_w(request.sample) + 4.0).min(inside);
        let sample = Rect { x: PAD + 4.0, y: PAD, w: sample_w, h: line };
        // What the lines mean stands beside the sample, or below it.
        let legend_w = kind.small_w(32.0);
        let is_below = 0.0 < request.sample && inside < sample_w + 10.0 + legend_w;
        let legend_y = if is_below { PAD + line } else { PAD };
        let legend_x = if is_below { PAD + 4.0 } else { width - PAD - 4.0 - legend_w };
        let legend = Rect { x: legend_x, y: legend_y, w: legend_w, h: line };
        let mut frame = Self {
            request,
            kind,
            height,
            sample,
            legend: (legend_w <= inside).then_some(legend),
            n_caption_lines,
            top: legend_y + line + 4.0,
            bottom: height - PAD - n_caption_lines as f64 * line - 4.0,
            target,
            target_w,
            to_target: if is_narrow { TO_TARGET / 2.0 } else { TO_TARGET },
            columns: Vec::new(),
            pitch: 0.0,
            value: Value::Inside,
            value_w: 0.0,
            input: 0.0,
            input_name: (0.0, 0.0),
        };
        frame.set_columns(required);
        frame
    }

    fn n_layers(&self) -> usize {
        self.request.layers.len() - 1
    }

    /// Size of the smallest type in which an input's number is shown.
    fn legible(&self) -> f64 {
        LEGIBLE * self.kind.number
    }

    /// The most places for the units of a layer: of a long one no more than can have numbers.
    fn most(&self) -> usize {
        let most = self.request.most_drawn();
        let whole = self.request.layers.iter().map(|layer| layer.n_units).filter(|n| *n <= most).max();
        let room = ((self.bottom - self.top) / (ROW * self.kind.number)) as usize;
        room.max(FEWEST).max(whole.unwrap_or(0)).min(most)
    }

    fn set_columns(&mut self, required: &[UnitId]) {
        let (n_layers, most) = (self.n_layers(), self.most());
        let span = (self.request.width - 2.0 * PAD - self.target_w - self.to_target).max(1.0);
        let rough = span / (n_layers as f64 + 0.4);
        for (layer, shape) in self.request.layers.iter().enumerate() {
            let mut here: Vec<usize> = Vec::new();
            for unit in required.iter().filter(|id| id.layer == layer).map(|id| id.unit) {
                if !here.contains(&unit) {
                    here.push(unit);
                }
            }
            let slots = drawn(shape.n_units, &here, most);
            let row = (self.bottom - self.top) / slots.len() as f64;
            // Circles leave about half of the way between layers to the edges.
            let share = if layer == 0 || layer == n_layers { 0.3 } else { 0.23 };
            let radius = (row / 2.0 - 3.0).min(rough * share).min(self.request.metrics.radius * 0.8).max(5.0);
            self.columns.push(LayerColumn { slots, x: 0.0, radius, row });
        }
        self.input = self.kind.number;
        self.set_inputs(rough);
        self.input_name = self.name(0, rough);
        let radius = self.columns[0].radius;
        let reach = match self.value {
            Value::Inside => radius,
            Value::Below => radius.max(self.value_w / 2.0),
            Value::Left => radius + 2.0 + self.value_w,
        };
        let first = PAD + reach.max(self.input_name.0 / 2.0);
        let last = PAD + span - self.columns[n_layers].radius;
        self.pitch = (last - first) / n_layers as f64;
        for (layer, column) in self.columns.iter_mut().enumerate() {
            column.x = first + self.pitch * layer as f64;
        }
    }

    /// Where the inputs' numbers stand, `pitch` about as far apart as the layers are; their circles are
    /// small where the numbers are not in them.
    fn set_inputs(&mut self, pitch: f64) {
        let digits = self.request.input.clamp(1.0, SHORT);
        let number = self.kind.digit * BOLD * digits;
        let LayerColumn { radius, row, .. } = self.columns[0];
        let inside = |radius: f64| INSIDE * 2.0 * radius - FIELD;
        let mut room = inside(radius);
        // A little smaller where the names have room then.
        let named = (row - self.name(0, pitch).1) / 2.0 - 3.0;
        if named < radius && SMALLEST_NAMED <= named && number * self.legible() <= inside(named) {
            self.columns[0].radius = named;
            room = inside(named);
        }
        if room < number * self.legible() {
            // A little larger where there is plenty of room.
            room = number * self.legible() * if pitch < 80.0 { 1.0 } else { 1.2 };
            self.value_w = room + FIELD;
            self.columns[0].radius = radius.min(self.kind.number);
            let needed = 2.0 * self.columns[0].radius + self.name(0, pitch).1 + VALUE + 8.0;
            let is_narrow = 0.85 * pitch < self.value_w / 2.0 + self.columns[1].radius + 4.0;
            self.value = if row < needed || is_narrow { Value::Left } else { Value::Below };
        }
        self.input = (room / number).clamp(self.legible(), 1.2 * self.kind.number);
    }

    /// Width and height of the names of a layer: those of inputs may take two lines.
    fn name(&self, layer: usize, pitch: f64) -> (f64, f64) {
        let shape = &self.request.layers[layer];
        let radius = self.columns[layer].radius;
        let most = if layer == 0 { 0.8 * pitch } else { pitch - 4.0 };
        let wide = |em: f64| em * self.kind.name + 6.0;
        let is_folded = layer == 0 && (2.0 * radius + 12.0).min(most) < wide(shape.name);
        let (em, n_lines) =
            if is_folded && shape.folded < shape.name { (shape.folded, 2) } else { (shape.name, 1) };
        (wide(em).min(most), self.kind.name_h(n_lines))
    }

    /// The units of a layer.
    fn units(&self, layer: usize) -> Vec<UnitPlace> {
        let LayerColumn { x, radius, row, .. } = self.columns[layer];
        let slots = &self.columns[layer].slots;
        let below = if layer == 0 && self.value == Value::Below { VALUE + 2.0 } else { 0.0 };
        let (name_w, name_h) = if layer == 0 { self.input_name } else { self.name(layer, self.pitch) };
        let name_w = name_w.min(1.4 * self.pitch);
        // Names clear of both neighbours, or none.
        let clear = if layer == 0 { 4.0 } else { 0.6 * name_h };
        let needed = 2.0 * radius + name_h + clear + below;
        let has_names = needed < row && 20.0 <= name_w;
        let above = if has_names { name_h + 1.0 } else { 0.0 };
        let pitch = row.min((5.0 * radius).max(needed + 8.0));
        let length = pitch * (slots.len() - 1) as f64;
        // Nothing of the first and the last one leaves the room for units.
        let start = ((self.top + self.bottom - length) / 2.0)
            .min(self.bottom - below - radius - length)
            .max(self.top - 2.0 + above + radius);
        let place = |(k, unit): (usize, &Option<usize>)| {
            let centre = Point { x, y: start + pitch * k as f64 };
            let name = Rect::below(x, centre.y - radius - above, name_w, name_h);
            let value = match self.value {
                Value::Below => Rect::below(x, centre.y + radius + 2.0, self.value_w, VALUE),
                _ => {
                    let left = Point { x: x - radius - 2.0 - self.value_w / 2.0, y: centre.y };
                    Rect::around(left, self.value_w, VALUE.min(2.0 * radius))
                }
            };
            UnitPlace {
                unit: *unit,
                centre,
                radius,
                name: (has_names && unit.is_some()).then_some(name),
                value: (layer == 0 && self.value != Value::Inside && unit.is_some()).then_some(value),
                slot: None,
            }
        };
        slots.iter().enumerate().map(place).collect()
    }

    /// The targets beside the outputs, and the loss below them.
    fn targets(&self, outputs: &[UnitPlace]) -> (Vec<TargetPlace>, Rect) {
        let middle = (self.top + self.bottom) / 2.0;
        let (target_w, name_h) = (self.target_w, self.kind.name_h(1));
        let x = self.request.width - PAD - target_w / 2.0;
        let pitch =
            outputs.windows(2).map(|pair| pair[1].centre.y - pair[0].centre.y).fold(f64::INFINITY, f64::min);
        let frame_h = (pitch - 4.0).clamp(14.0, (1.4 * self.kind.number).max(30.0));
        let highest = outputs.first().map_or(middle, |output| output.centre.y) - frame_h / 2.0 - name_h;
        let has_names = frame_h + name_h + 4.0 <= pitch && self.top - 4.0 <= highest;
        let name_h = if has_names { name_h } else { 0.0 };
        let target = |output: &UnitPlace| {
            let y = output.centre.y;
            let frame = Rect::around(Point { x, y }, self.target + 16.0, frame_h);
            let name = Rect::below(x, frame.y - name_h, target_w, name_h);
            let line = (Point { x: output.centre.x + output.radius, y }, Point { x: frame.x, y });
            Some(TargetPlace { unit: output.unit?, name, frame, term: None, line })
        };
        let targets: Vec<TargetPlace> = outputs.iter().filter_map(target).collect();
        let last = targets.last().map_or(middle, |target| target.frame.bottom());
        let loss_h = self.kind.number * 1.4;
        let loss = Rect::below(x, (last + 4.0).min(self.height - PAD - loss_h), target_w, loss_h);
        (targets, loss)
    }

    /// The caption of each column under its middle, if all have room. `right` is how far the last one may
    /// reach.
    fn captions(&self, right: f64, is_short: bool) -> Option<Vec<Rect>> {
        let h = self.n_caption_lines as f64 * self.kind.line();
        let y = self.height - PAD - h;
        let caption = |(column, shape): (&LayerColumn, &LayerShape)| {
            let text = if is_short { &shape.short } else { &shape.caption };
            let digits = text::folded(text, self.n_caption_lines);
            Rect::below(column.x, y, self.kind.small_w(digits), h)
        };
        let captions: Vec<Rect> = self.columns.iter().zip(&self.request.layers).map(caption).collect();
        let is_clear = captions.windows(2).all(|pair| pair[0].right() <= pair[1].x);
        let is_inside = 0.0 <= captions[0].x && captions.last()?.right() <= right;
        (is_clear && is_inside).then_some(captions)
    }

    /// Where everything goes, with the captions in full or short.
    fn layout(&self, has_short_captions: bool) -> Layout {
        let sizes = self.sizes();
        let units: Vec<Vec<UnitPlace>> = (0..self.columns.len()).map(|layer| self.units(layer)).collect();
        let (targets, loss) = self.targets(&units[self.n_layers()]);
        let aside = if self.bottom < loss.bottom() { PAD + self.target_w } else { 4.0 };
        let captions = self.captions(self.request.width - aside, has_short_captions);
        let n_captions = self.columns.len();
        let callouts = self.request.layers.iter().map(|layer| callout_sizes(self.request, layer, &sizes));
        Layout {
            width: self.request.width,
            height: self.height,
            units,
            labels: Vec::new(),
            captions: captions.map_or(vec![None; n_captions], |list| list.into_iter().map(Some).collect()),
            has_short_captions,
            targets,
            loss,
            sample: self.sample,
            legend: self.legend,
            is_condensed: true,
            controls: Vec::new(),
            callouts: callouts.collect(),
            sizes,
        }
    }

    fn sizes(&self) -> Sizes {
        let Type { number, small, name, digit } = self.kind;
        // On short edges labels have fewer digits.
        let most = if self.pitch < SHORT_EDGE { 2 } else { 4 };
        let digits = f64::from(self.request.digits.min(most));
        let is_touch = self.request.metrics.is_touch();
        Sizes {
            radius: self.columns.iter().map(|column| column.radius).fold(f64::INFINITY, f64::min),
            touch: if is_touch { TOUCH } else { 24.0 },
            number,
            name,
            small,
            caption: small,
            digit,
            chip: (self.request.metrics.chip * 0.88).max(26.0),
            below: small + 8.0,
            param_name: (self.request.names.param * name + 8.0).max(24.0),
            value: (digits + 3.0) * digit * number * 0.9,
            is_stacked: self.pitch < STACKED_BELOW,
            input: self.input,
            is_named: false,
            is_bold: false,
            note_pad: 9.0,
            is_update_long: false,
            target: self.target,
            least: self.request.metrics.least_squeezed(),
        }
    }
}

/// The layout of a large network. `required` are units that have to be drawn, the most wanted first.
pub(super) fn layout(request: &Request, required: &[UnitId]) -> Layout {
    let full = (1..=MOST_CAPTION_LINES)
        .map(|n_caption_lines| Frame::new(request, required, n_caption_lines).layout(false));
    let has_captions = |layout: &Layout| layout.captions.iter().all(Option::is_some);
    full.into_iter().find(has_captions).unwrap_or_else(|| Frame::new(request, required, 1).layout(true))
}
