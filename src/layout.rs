//! Where everything of the network diagram goes: units, edges, labels, captions, in CSS pixels.
//!
//! No label covers another, at any size of the panel: the roomiest of a list of styles is taken in
//! which all fit, and where none does the diagram grows downwards. What appears only later (a
//! gradient, a δ, a new weight) has its room from the start, so that nothing moves while stepping:
//! the layout depends on the network's shape and names, not on any number.

mod place;
pub mod rect;
pub mod text;

use crate::network::Param;
use place::Gap;
use rect::{Point, Rect};

/// The most weights and biases that all have a label; larger networks show some.
pub const MAX_LABELLED: usize = 30;
/// The most units of a layer that are drawn.
pub const MAX_DRAWN: usize = 12;
/// How much larger than the digits beside it a name in a note is.
pub const NOTE_NAME: f64 = 1.15;
/// Numbers with all their digits may be set in type smaller than others by this.
pub const SQUEEZE: f64 = 0.88;
/// The type never gets smaller than this.
const SMALLEST_TYPE: f64 = 12.0;
/// How much larger than a digit of the normal face a bold one is.
pub const BOLD: f64 = 1.1;
/// Heights to try, as multiples of the panel's.
const HEIGHTS: [f64; 7] = [1.0, 1.2, 1.45, 1.75, 2.1, 2.6, 3.2];
/// Widths to try where no height helps.
const WIDTHS: [f64; 4] = [1.0, 1.3, 1.7, 2.2];

/// Sizes of the page's type and marks, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Metrics {
    /// Size of the base font.
    pub text: f64,
    /// Size of small text.
    pub small: f64,
    /// Width of a digit in em.
    pub digit: f64,
    /// Radius of a unit.
    pub radius: f64,
    /// Height of a weight's label.
    pub chip: f64,
}

impl Default for Metrics {
    fn default() -> Self {
        Self { text: 16.0, small: 14.0, digit: 0.64, radius: 38.0, chip: 30.0 }
    }
}

/// A layer to lay out.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerShape {
    /// Number of units.
    pub n_units: usize,
    /// Whether each has a bias.
    pub has_biases: bool,
    /// Whether the biases learn: what appears with a bias needs room.
    pub biases_learn: bool,
    /// Width of the longest name of a unit, in em of the names' font.
    pub name: f64,
    /// Width of the caption in digits.
    pub caption: f64,
}

/// Widths of the longest name of each kind, in em of the names' font.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NameWidths {
    /// Of a weight or bias.
    pub param: f64,
    /// Of what a unit shows below: δ, z.
    pub slot: f64,
    /// Of "∂E" before a gradient.
    pub gradient: f64,
    /// Of a target.
    pub target: f64,
    /// Of the loss, or of an output's share of it.
    pub loss: f64,
}

/// What to lay out, and how much room there is.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Width of the panel.
    pub width: f64,
    /// Height of the panel.
    pub height: f64,
    /// Sizes of type and marks.
    pub metrics: Metrics,
    /// Significant digits shown.
    pub digits: u8,
    /// The layers 0…L.
    pub layers: Vec<LayerShape>,
    /// The names.
    pub names: NameWidths,
}

impl Request {
    /// Whether the network is too large for a number at every line.
    pub fn is_large(&self) -> bool {
        MAX_LABELLED < self.n_params() || self.layers.iter().any(|layer| MAX_DRAWN < layer.n_units)
    }

    /// Number of weights and biases.
    pub fn n_params(&self) -> usize {
        let weights: usize = self.layers.windows(2).map(|pair| pair[0].n_units * pair[1].n_units).sum();
        let biases = self.layers.iter().skip(1).filter(|layer| layer.has_biases);
        weights + biases.map(|layer| layer.n_units).sum::<usize>()
    }
}

/// The sizes that a layout uses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sizes {
    /// Radius of a unit.
    pub radius: f64,
    /// Size of the numbers in labels.
    pub number: f64,
    /// Size of names in labels and above units.
    pub name: f64,
    /// Size of gradients and δ.
    pub small: f64,
    /// Size of captions.
    pub caption: f64,
    /// Width of a digit in em.
    pub digit: f64,
    /// Height of a label's line.
    pub chip: f64,
    /// Height of what appears below a label or unit.
    pub below: f64,
    /// Width of a label's name; its button is as wide.
    pub param_name: f64,
    /// Width for a label's number.
    pub value: f64,
    /// Whether a label's name stands above its number.
    pub is_stacked: bool,
    /// Whether there is room for "∂E" before a gradient, and for bold type.
    pub is_named: bool,
    /// Width of the borders of what appears below.
    pub note_pad: f64,
    /// Whether there is room for "0.14 → 0.17438"; else "→ 0.17438".
    pub is_update_long: bool,
    /// Width for a target's number.
    pub target: f64,
}

/// The label of a weight or bias.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Label {
    /// Whose.
    pub param: Param,
    /// Name and value.
    pub chip: Rect,
    /// Gradient, then old → new.
    pub below: Rect,
}

/// A unit that is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UnitPlace {
    /// Which unit of its layer; `None` for the dots that stand for those left out.
    pub unit: Option<usize>,
    /// The middle of its circle.
    pub centre: Point,
    /// Its name, if there is room.
    pub name: Option<Rect>,
    /// Where δ appears, if it has one and there is room.
    pub slot: Option<Rect>,
}

/// An output's target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TargetPlace {
    /// Which output.
    pub unit: usize,
    /// Its name.
    pub name: Rect,
    /// The dashed box.
    pub frame: Rect,
    /// The output's share of the loss, where there are several outputs and there is room.
    pub term: Option<Rect>,
    /// The dotted line from the output.
    pub line: (Point, Point),
}

/// Where everything goes.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// Width of the diagram: the panel's.
    pub width: f64,
    /// Height of the diagram: the panel's, or more.
    pub height: f64,
    /// The sizes to draw with.
    pub sizes: Sizes,
    /// The drawn units of each layer 0…L.
    pub units: Vec<Vec<UnitPlace>>,
    /// The labels of the weights and biases, in the order of `Network::param_list`; empty where the
    /// network is condensed.
    pub labels: Vec<Label>,
    /// The caption of each layer 0…L.
    pub captions: Vec<Rect>,
    /// The targets of the drawn outputs.
    pub targets: Vec<TargetPlace>,
    /// E.
    pub loss: Rect,
    /// Which sample is shown.
    pub sample: Rect,
    /// What the lines mean, if there is room.
    pub legend: Option<Rect>,
    /// Whether only some numbers are shown.
    pub is_condensed: bool,
}

/// How roomy to be.
#[derive(Clone, Copy)]
struct Style {
    /// Of the radius.
    radius: f64,
    /// Of the type.
    font: f64,
    /// The most digits that labels have room for.
    digits: u8,
    spread: Spread,
}

/// What labels spend room on.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Spread {
    /// "0.14 → 0.17438".
    LongUpdate,
    /// "∂E −0.68765" and "→ 0.17438", in bold.
    Named,
    /// "−0.68765", not bold.
    Plain,
    /// What appears with a bias stands beside it instead of below.
    Flat,
    /// A weight's name stands above its number.
    Stacked,
}

const fn style(radius: f64, font: f64, digits: u8, spread: Spread) -> Style {
    Style { radius, font, digits, spread }
}

/// From the roomiest to the tightest. The last row of a lecture hall wants large type more than a
/// fifth digit, which the step card and the ledger have.
const STYLES: &[&[Style]] = &[
    &[style(1.0, 1.0, 10, Spread::LongUpdate), style(1.0, 1.0, 10, Spread::Named)],
    &[style(0.92, 0.94, 7, Spread::Named), style(0.92, 0.94, 5, Spread::Plain)],
    &[style(0.84, 0.88, 5, Spread::Plain)],
    &[style(0.84, 0.88, 4, Spread::Plain)],
    &[style(0.76, 0.84, 4, Spread::Flat)],
    &[style(0.9, 0.82, 4, Spread::Stacked)],
    &[style(0.8, 0.78, 4, Spread::Stacked)],
    &[style(0.7, 0.82, 4, Spread::Plain)],
    &[style(0.66, 0.82, 4, Spread::Stacked)],
    &[style(0.6, 0.78, 3, Spread::Flat)],
    &[style(0.6, 0.75, 3, Spread::Stacked)],
];

/// Lays out a network. `current` is a (layer, unit) that has to be drawn where some are left out.
pub fn layout(request: &Request, current: Option<(usize, usize)>) -> Layout {
    if !request.is_large() {
        for (width, height) in growing(request) {
            let request = Request { width, height, ..request.clone() };
            for styles in STYLES {
                // Targets beside the outputs if that fits, else under them.
                for is_narrow in [false, true] {
                    for style in *styles {
                        let attempt = Attempt::new(&request, style, is_narrow);
                        if let Some(layout) = attempt.and_then(|attempt| attempt.labelled()) {
                            return layout;
                        }
                    }
                }
            }
        }
    }
    condensed(request, current)
}

/// Sizes to try: the panel's, then taller ones, then wider ones that are taller too.
fn growing(request: &Request) -> impl Iterator<Item = (f64, f64)> + use<> {
    let (width, height) = (request.width, request.height);
    WIDTHS.iter().flat_map(move |wider| HEIGHTS.iter().map(move |taller| (wider * width, taller * height)))
}

/// Least distance to the panel's border.
const PAD: f64 = 8.0;
/// Distance of the outermost units from the border where there is plenty of room.
const MARGIN: f64 = 24.0;
/// Distance between what stands below each other.
const ROW_GAP: f64 = 4.0;

/// One style tried at one height.
struct Attempt<'a> {
    request: &'a Request,
    sizes: Sizes,
    is_narrow: bool,
    is_flat: bool,
    /// Whether units need not be as far apart as they can.
    is_loose: bool,
    /// Middle of each column.
    columns: Vec<f64>,
    pitch: f64,
    slot_w: f64,
    chip: (f64, f64),
    below_w: f64,
    target_w: f64,
    target_h: f64,
    name_h: f64,
    caption_lines: f64,
}

impl<'a> Attempt<'a> {
    fn new(request: &'a Request, style: &Style, is_narrow: bool) -> Option<Self> {
        let Metrics { text, small, digit, radius, chip } = request.metrics;
        let names = request.names;
        let spread = style.spread;
        let number = (text * style.font).max(SMALLEST_TYPE);
        let name = number * if spread <= Spread::Named { 1.2 } else { 1.1 };
        let small = (small * style.font).max(SMALLEST_TYPE);
        let digits = f64::from(request.digits.min(style.digits));
        // "−0." and the digits.
        let value = (digits + 3.0) * digit * number * SQUEEZE;
        let param_name = (names.param * name + 8.0).max(24.0);
        let line = (chip * style.font).max(26.0);
        let is_stacked = spread == Spread::Stacked;
        let chip = if is_stacked {
            (param_name.max(value + 6.0) + 6.0, 24.0 + 24.0)
        } else {
            (param_name + value + 12.0, line)
        };
        let below = small + 8.0;
        let is_named = spread <= Spread::Named;
        let face = small * digit * SQUEEZE * if is_named { BOLD } else { 1.0 };
        let note_pad = if is_named { 16.0 } else { 9.0 };
        let prefix = if is_named { (names.gradient * NOTE_NAME + 0.35) * small } else { 0.0 };
        let gradient = (digits + 3.1) * face + prefix;
        let update =
            if spread == Spread::LongUpdate { (2.0 * digits + 7.5) * face } else { (digits + 4.5) * face };
        let below_w = gradient.max(update) + note_pad;
        let slot_w = if is_named { names.slot } else { 0.8 } * small * NOTE_NAME
            + 0.35 * small
            + (digits + 3.1) * face
            + note_pad;
        let target = (digits.min(5.0) + 2.6) * digit * number * SQUEEZE;
        let sizes = Sizes {
            radius: radius * style.radius,
            number,
            name,
            small,
            caption: small,
            digit,
            chip: line,
            below,
            param_name,
            value,
            is_stacked,
            is_named,
            note_pad,
            is_update_long: spread == Spread::LongUpdate,
            target,
        };
        let name_h = (name * 1.35).max(24.0);
        let target_h = if is_narrow { line.max(32.0) } else { (sizes.radius * 1.35).max(32.0) };
        let target_name = names.target * name + 4.0;
        let frame_w = target + 18.0;
        let loss_w = names.loss * name + (digits + 2.4) * digit * BOLD * number + 12.0;
        let target_w = frame_w.max(target_name).max(loss_w);
        let mut attempt = Self {
            request,
            sizes,
            is_narrow,
            is_flat: spread >= Spread::Flat,
            is_loose: spread <= Spread::Named,
            columns: Vec::new(),
            pitch: 0.0,
            slot_w,
            chip,
            below_w,
            target_w,
            target_h,
            name_h,
            caption_lines: 1.0,
        };
        attempt.set_columns()?;
        Some(attempt)
    }

    /// Half the width of what stands in a layer's column.
    fn half(&self, layer: usize) -> f64 {
        let shape = &self.request.layers[layer];
        let slot = if layer == 0 { 0.0 } else { self.slot_w };
        let bias = if shape.has_biases { self.bias_w(layer) } else { 0.0 };
        self.sizes.radius.max(slot / 2.0).max(bias / 2.0)
    }

    fn set_columns(&mut self) -> Option<()> {
        let n_layers = self.request.layers.len() - 1;
        let margin = self.margin();
        let first = margin + self.half(0);
        let half = self.half(n_layers);
        let last = if self.is_narrow {
            self.request.width - margin - half.max(self.target_w / 2.0)
        } else {
            let to_target = (self.sizes.radius + 24.0).max(half + 10.0);
            self.request.width - margin - self.target_w - to_target
        };
        self.pitch = (last - first) / n_layers as f64;
        if self.pitch < 2.0 * self.sizes.radius + 24.0 {
            return None;
        }
        self.columns = (0..=n_layers).map(|layer| first + self.pitch * layer as f64).collect();
        let is_wide = (0..=n_layers).any(|layer| self.caption_room(layer) < self.caption_w(layer));
        self.caption_lines = if is_wide { 2.0 } else { 1.0 };
        Some(())
    }

    fn margin(&self) -> f64 {
        if self.is_loose { MARGIN } else { PAD }
    }

    fn caption_w(&self, layer: usize) -> f64 {
        self.request.layers[layer].caption * self.sizes.digit * self.sizes.caption + 4.0
    }

    fn caption_room(&self, layer: usize) -> f64 {
        let x = self.columns[layer];
        (self.pitch - 8.0).min(2.0 * x - 8.0).min(2.0 * (self.request.width - x) - 8.0)
    }

    /// From a unit's middle up to the end of its name.
    fn up(&self) -> f64 {
        self.sizes.radius + ROW_GAP + self.name_h
    }

    /// From a unit's middle down to the end of what stands below it.
    fn down(&self, layer: usize) -> f64 {
        let shape = &self.request.layers[layer];
        let mut down = self.sizes.radius;
        if layer > 0 {
            down += ROW_GAP + self.sizes.below;
        }
        if shape.has_biases {
            down += ROW_GAP + self.bias_h(layer);
        }
        if self.is_narrow && layer + 1 == self.request.layers.len() {
            down += ROW_GAP + self.name_h + self.target_h + self.term_h();
        }
        down
    }

    fn bias_w(&self, layer: usize) -> f64 {
        if !self.request.layers[layer].biases_learn {
            self.chip.0
        } else if self.is_flat {
            self.chip.0 + 2.0 + self.below_w
        } else {
            self.chip.0.max(self.below_w)
        }
    }

    fn bias_h(&self, layer: usize) -> f64 {
        if self.is_flat || !self.request.layers[layer].biases_learn {
            self.chip.1
        } else {
            self.chip.1 + 2.0 + self.sizes.below
        }
    }

    /// The label of a bias whose upper side has its middle at (x, y).
    fn bias(&self, param: Param, x: f64, y: f64) -> Label {
        let (w, h) = self.chip;
        let below = self.sizes.below;
        if !self.request.layers[param.layer()].biases_learn {
            let chip = Rect::below(x, y, w, h);
            return Label { param, chip, below: Rect { w: 0.0, h: 0.0, ..chip } };
        }
        if self.is_flat {
            let chip = Rect { x: x - self.bias_w(param.layer()) / 2.0, y, w, h };
            let below = Rect { x: chip.right() + 2.0, y: y + (h - below) / 2.0, w: self.below_w, h: below };
            return Label { param, chip, below };
        }
        let chip = Rect::below(x, y, w, h);
        Label { param, chip, below: Rect::below(x, chip.bottom() + 2.0, self.below_w, below) }
    }

    fn term_h(&self) -> f64 {
        let is_several = self.request.layers.last().is_some_and(|layer| layer.n_units > 1);
        if is_several { ROW_GAP + self.sizes.below } else { 0.0 }
    }

    fn loss_h(&self) -> f64 {
        self.sizes.number * 1.4
    }

    fn caption_h(&self) -> f64 {
        self.caption_lines * self.sizes.caption * 1.35
    }

    fn strip_h(&self) -> f64 {
        self.sizes.caption * 1.4
    }

    /// The middles of a layer's units: y of the first and the distance to the next.
    fn rows(&self) -> Option<(f64, Vec<f64>)> {
        let layers = &self.request.layers;
        let last = layers.len() - 1;
        let top = PAD + self.strip_h() + 2.0;
        let bottom = self.request.height - PAD - self.caption_h() - 6.0;
        let down = |layer: usize| {
            let below_target = if layer == last { self.loss_h() + ROW_GAP } else { 0.0 };
            if self.is_narrow {
                self.down(layer) + below_target
            } else if layer == last {
                let target = self.target_h / 2.0 + self.term_h() + below_target;
                self.down(layer).max(target)
            } else {
                self.down(layer)
            }
        };
        let deepest = (0..=last).map(down).fold(0.0, f64::max);
        let middle = (top + self.up() + bottom - deepest) / 2.0;
        let widest_pitch = if self.is_loose { 0.42 } else { 0.8 } * self.request.height;
        let mut pitches = Vec::new();
        for (layer, shape) in layers.iter().enumerate() {
            let reach = (middle - top - self.up()).min(bottom - middle - down(layer));
            if reach < 0.0 {
                return None;
            }
            let steps = shape.n_units.saturating_sub(1) as f64;
            let pitch = if steps == 0.0 { 0.0 } else { (2.0 * reach / steps).min(widest_pitch) };
            if steps > 0.0 && pitch < self.up() + self.down(layer) + ROW_GAP {
                return None;
            }
            pitches.push(pitch);
        }
        Some((middle, pitches))
    }

    fn labelled(&self) -> Option<Layout> {
        let (middle, pitches) = self.rows()?;
        let Sizes { radius, name, below, .. } = self.sizes;
        let layers = &self.request.layers;
        let n_layers = layers.len() - 1;
        let mut units = Vec::new();
        let mut biases = Vec::new();
        for (layer, shape) in layers.iter().enumerate() {
            let x = self.columns[layer];
            let first = middle - pitches[layer] * (shape.n_units - 1) as f64 / 2.0;
            let mut column = Vec::new();
            for unit in 0..shape.n_units {
                let y = first + pitches[layer] * unit as f64;
                let name_w = (shape.name * name + 8.0).clamp(24.0, self.pitch - 8.0);
                let slot_y = y + radius + ROW_GAP;
                let slot = (layer > 0).then(|| Rect::below(x, slot_y, self.slot_w, below));
                column.push(UnitPlace {
                    unit: Some(unit),
                    centre: Point { x, y },
                    name: Some(Rect::below(x, y - self.up(), name_w, self.name_h)),
                    slot,
                });
                if shape.has_biases {
                    let param = Param::Bias { layer, to: unit };
                    biases.push(self.bias(param, x, slot_y + below + ROW_GAP));
                }
            }
            units.push(column);
        }
        let (targets, loss) = self.targets(&units[n_layers]);
        let mut layout = Layout {
            width: self.request.width,
            height: self.request.height,
            sizes: self.sizes,
            units,
            labels: Vec::new(),
            captions: self.captions(),
            targets,
            loss,
            sample: self.sample(),
            legend: self.legend(),
            is_condensed: false,
        };
        layout.labels = biases;
        // Everything but the weights' labels stands where it stands.
        if !layout.is_clear() {
            return None;
        }
        let mut labels = Vec::new();
        for layer in 1..=n_layers {
            labels.extend(self.weights(&layout, layer)?);
        }
        labels.append(&mut layout.labels);
        layout.labels = labels;
        Some(layout)
    }

    fn weights(&self, layout: &Layout, layer: usize) -> Option<Vec<Label>> {
        let (from, to) = (&layout.units[layer - 1], &layout.units[layer]);
        let mut edges = Vec::new();
        let mut params = Vec::new();
        for (i, receiver) in to.iter().enumerate() {
            for (j, sender) in from.iter().enumerate() {
                edges.push(edge_line(sender.centre, receiver.centre, self.sizes.radius));
                params.push(Param::Weight { layer, to: i, from: j });
            }
        }
        let margin = 4.0;
        let discs: Vec<(Point, f64)> =
            from.iter().chain(to).map(|unit| (unit.centre, self.sizes.radius + margin)).collect();
        let rects: Vec<Rect> = layout.fixed_rects().iter().map(|rect| rect.grown(3.0, 2.0)).collect();
        let (left, right) = (self.columns[layer - 1], self.columns[layer]);
        let top = PAD + self.strip_h();
        let room = Rect {
            x: left + 2.0,
            y: top,
            w: right - left - 4.0,
            h: self.request.height - PAD - self.caption_h() - 4.0 - top,
        };
        let gap = Gap {
            edges: &edges,
            chip: self.chip,
            below: (self.below_w, 2.0 + self.sizes.below),
            room,
            discs: &discs,
            rects: &rects,
            distance: 3.0,
        };
        let places = place::place(&gap)?;
        let label = |(param, place): (Param, place::Candidate)| {
            let x = place.chip.centre().x;
            let below = Rect::below(x, place.chip.bottom() + 2.0, self.below_w, self.sizes.below);
            Label { param, chip: place.chip, below }
        };
        Some(params.into_iter().zip(places).map(label).collect())
    }

    fn targets(&self, outputs: &[UnitPlace]) -> (Vec<TargetPlace>, Rect) {
        let Sizes { radius, name, below, target, .. } = self.sizes;
        let frame_w = target + 18.0;
        let name_w = self.request.names.target * name + 4.0;
        let is_several = outputs.len() > 1;
        let layer = self.request.layers.len() - 1;
        let mut targets = Vec::new();
        for (unit, output) in outputs.iter().enumerate() {
            let Point { x, y } = output.centre;
            let middle =
                if self.is_narrow { x } else { self.request.width - self.margin() - self.target_w / 2.0 };
            let top = if self.is_narrow {
                y + self.down(layer) - self.target_h - self.term_h()
            } else {
                y - self.target_h / 2.0
            };
            let frame = Rect::below(middle, top, frame_w, self.target_h);
            let name = Rect::below(middle, top - self.name_h, name_w, self.name_h);
            let from = Point { x: x + if self.is_narrow { 0.0 } else { radius }, y };
            let to = if self.is_narrow { from } else { Point { x: frame.x, y } };
            let line = (from, to);
            let term =
                is_several.then(|| Rect::below(middle, frame.bottom() + ROW_GAP, self.target_w, below));
            targets.push(TargetPlace { unit, name, frame, term, line });
        }
        let loss = targets.last().map_or(Rect::default(), |last| {
            let bottom = last.term.map_or(last.frame.bottom(), |term| term.bottom());
            let x = last.term.map_or(last.frame.centre().x, |term| term.centre().x);
            let x = if self.is_narrow { self.columns[layer] } else { x };
            Rect::below(x, bottom + ROW_GAP, self.target_w, self.loss_h())
        });
        (targets, loss)
    }

    fn captions(&self) -> Vec<Rect> {
        let h = self.caption_h();
        let y = self.request.height - PAD - h;
        let place = |(layer, &x): (usize, &f64)| {
            Rect::below(x, y, self.caption_w(layer).min(self.caption_room(layer)), h)
        };
        self.columns.iter().enumerate().map(place).collect()
    }

    fn sample(&self) -> Rect {
        let w = 18.0 * self.sizes.digit * self.sizes.caption;
        Rect { x: PAD + 4.0, y: PAD, w: w.min(self.request.width / 2.0), h: self.strip_h() }
    }

    fn legend(&self) -> Option<Rect> {
        let w = 34.0 * self.sizes.digit * self.sizes.caption + 60.0;
        let x = self.request.width - PAD - 4.0 - w;
        (self.sample().right() + 10.0 < x).then(|| Rect { x, y: PAD, w, h: self.strip_h() })
    }
}

/// The part of the line between two units that lies outside of their circles.
pub fn edge_line(from: Point, to: Point, radius: f64) -> (Point, Point) {
    let t = radius / from.distance(to).max(1.0);
    (from.towards(to, t), to.towards(from, t))
}

impl Layout {
    /// A drawn unit.
    pub fn unit(&self, layer: usize, unit: usize) -> Option<&UnitPlace> {
        self.units.get(layer)?.iter().find(|place| place.unit == Some(unit))
    }

    /// The line of a weight's edge, if both its units are drawn.
    pub fn edge(&self, layer: usize, to: usize, from: usize) -> Option<(Point, Point)> {
        let (a, b) = (self.unit(layer - 1, from)?.centre, self.unit(layer, to)?.centre);
        Some(edge_line(a, b, self.sizes.radius))
    }

    /// Every rectangle that holds text, but for the labels of the weights.
    fn fixed_rects(&self) -> Vec<Rect> {
        let mut rects: Vec<Rect> = Vec::new();
        for unit in self.units.iter().flatten() {
            rects.extend(unit.name);
            rects.extend(unit.slot);
        }
        for label in self.labels.iter().filter(|label| label.param.is_bias()) {
            rects.push(label.chip.union(&label.below));
        }
        for target in &self.targets {
            rects.push(target.name);
            rects.push(target.frame);
            rects.extend(target.term);
        }
        rects.push(self.loss);
        rects.extend(&self.captions);
        rects.push(self.sample);
        rects.extend(self.legend);
        rects
    }

    /// Every rectangle that holds text.
    pub fn text_rects(&self) -> Vec<Rect> {
        let mut rects = self.fixed_rects();
        let weights = self.labels.iter().filter(|label| !label.param.is_bias());
        rects.extend(weights.map(|label| label.chip.union(&label.below)));
        rects
    }

    /// Whether no text covers other text or a unit, and all of it is inside.
    pub fn is_clear(&self) -> bool {
        let rects = self.text_rects();
        let inside = Rect { x: 0.0, y: 0.0, w: self.width, h: self.height };
        let is_inside = |rect: &Rect| {
            0.0 <= rect.x
                && 0.0 <= rect.y
                && rect.right() <= inside.right()
                && rect.bottom() <= inside.bottom()
        };
        let discs: Vec<Point> = self.units.iter().flatten().map(|unit| unit.centre).collect();
        rects.iter().enumerate().all(|(k, rect)| {
            is_inside(rect)
                && !rects[..k].iter().any(|other| rect.overlaps(other))
                && !discs.iter().any(|&centre| rect.touches_disc(centre, self.sizes.radius))
        })
    }

    /// Places for the labels of a few weights of a condensed network, in order of importance; those
    /// without room are left out.
    pub fn some_labels(&self, params: &[Param]) -> Vec<Label> {
        let Sizes { param_name, value, chip, below, radius, small, digit, .. } = self.sizes;
        let below_w = 12.0 * digit * BOLD * small;
        let mut rects = self.fixed_rects();
        let discs: Vec<(Point, f64)> =
            self.units.iter().flatten().map(|unit| (unit.centre, radius + 2.0)).collect();
        let mut labels = Vec::new();
        for &param in params {
            let Param::Weight { layer, to, from } = param else { continue };
            let Some(line) = self.edge(layer, to, from) else { continue };
            let room = Rect { x: line.0.x, y: 0.0, w: line.1.x - line.0.x, h: self.height };
            let gap = Gap {
                edges: &[line],
                chip: (param_name + value + 10.0, chip),
                below: (below_w, 2.0 + below),
                room,
                discs: &discs,
                rects: &rects,
                distance: 3.0,
            };
            if let Some(places) = place::place(&gap) {
                let place = places[0];
                let x = place.chip.centre().x;
                rects.push(place.whole.grown(3.0, 3.0));
                let below = Rect::below(x, place.chip.bottom() + 2.0, below_w, below);
                labels.push(Label { param, chip: place.chip, below });
            }
        }
        labels
    }
}

/// Which units of a layer are drawn, top to bottom; `None` stands for those left out.
fn drawn(n_units: usize, current: Option<usize>) -> Vec<Option<usize>> {
    if n_units <= MAX_DRAWN {
        return (0..n_units).map(Some).collect();
    }
    // The first five, the last four, and one between them: the current one if it is there.
    let (head, tail) = (5, n_units - 4);
    let between = current.filter(|unit| (head..tail).contains(unit)).unwrap_or((head + tail) / 2);
    let mut list: Vec<Option<usize>> = (0..head).map(Some).collect();
    list.extend([None, Some(between), None]);
    list.extend((tail..n_units).map(Some));
    list
}

/// A network too large for a number at every line: small circles, some left out, no labels.
fn condensed(request: &Request, current: Option<(usize, usize)>) -> Layout {
    let Metrics { text, small, digit, radius, chip } = request.metrics;
    let names = request.names;
    let n_layers = request.layers.len() - 1;
    let (number, small) = ((text * 0.88).max(SMALLEST_TYPE), (small * 0.88).max(SMALLEST_TYPE));
    let digits = f64::from(request.digits.min(4));
    let strip = small * 1.4;
    let top = PAD + strip + 4.0;
    let height = request.height.max(220.0);
    let target = (digits + 2.6) * digit * number;
    let target_w = (target + 16.0)
        .max(names.target * number + 4.0)
        .max(names.loss * number + (digits + 2.4) * digit * BOLD * number + 10.0);
    let caption_w = |pitch: f64| pitch - 6.0;
    let to_target = 34.0;
    let last = request.width - PAD - target_w - to_target;
    let most = request.layers.iter().map(|layer| layer.n_units.min(MAX_DRAWN)).max().unwrap_or(1);
    let pitch_x = (last - PAD - 24.0).max(1.0) / n_layers as f64;
    let is_wide = request.layers.iter().any(|layer| caption_w(pitch_x) < layer.caption * digit * small);
    let caption_h = if is_wide { 2.0 } else { 1.0 } * small * 1.35;
    let bottom = height - PAD - caption_h - 6.0;
    let pitch_y = (bottom - top) / most as f64;
    let radius = (pitch_y / 2.0 - 3.0).min(pitch_x * 0.24).min(radius * 0.8).max(5.0);
    let first = PAD + radius.max(14.0);
    let pitch_x = (last - first).max(1.0) / n_layers as f64;
    let sizes = Sizes {
        radius,
        number,
        name: number * 1.1,
        small,
        caption: small,
        digit,
        chip: (chip * 0.88).max(26.0),
        below: small + 8.0,
        param_name: (names.param * number * 1.1 + 12.0).max(24.0),
        value: (digits + 3.0) * digit * number,
        is_stacked: false,
        is_named: false,
        note_pad: 9.0,
        is_update_long: false,
        target,
    };
    let name_h = number * 1.3;
    let middle = (top + bottom) / 2.0;
    let mut units = Vec::new();
    for (layer, shape) in request.layers.iter().enumerate() {
        let x = first + pitch_x * layer as f64;
        let slots = drawn(shape.n_units, current.filter(|c| c.0 == layer).map(|c| c.1));
        let pitch = ((bottom - top) / slots.len() as f64).min(5.0 * radius);
        let start = middle - pitch * (slots.len() - 1) as f64 / 2.0;
        let has_names = 2.0 * radius + name_h + 2.0 <= pitch || slots.len() == 1;
        let place = |(k, unit): (usize, Option<usize>)| {
            let centre = Point { x, y: start + pitch * k as f64 };
            let w = (shape.name * sizes.name + 6.0).clamp(20.0, (pitch_x - 4.0).max(20.0));
            let name =
                (has_names && unit.is_some()).then(|| Rect::below(x, centre.y - radius - name_h, w, name_h));
            UnitPlace { unit, centre, name, slot: None }
        };
        units.push(slots.into_iter().enumerate().map(place).collect::<Vec<_>>());
    }
    let x = request.width - PAD - target_w / 2.0;
    let frame_h = (1.35 * radius).max(24.0).min(pitch_y - 2.0).max(18.0);
    let outputs = &units[n_layers];
    let has_room =
        |h: f64| outputs.len() == 1 || frame_h + 2.0 * h <= outputs[1].centre.y - outputs[0].centre.y;
    let mut targets = Vec::new();
    for output in outputs {
        let Some(unit) = output.unit else { continue };
        let frame = Rect::around(Point { x, y: output.centre.y }, target + 16.0, frame_h);
        let name_h = if has_room(name_h) { name_h } else { 0.0 };
        let name = Rect::below(x, frame.y - name_h, target_w, name_h);
        let line = (
            Point { x: output.centre.x + radius, y: output.centre.y },
            Point { x: frame.x, y: output.centre.y },
        );
        targets.push(TargetPlace { unit, name, frame, term: None, line });
    }
    let loss_y = targets.last().map_or(middle, |target| target.frame.bottom());
    let loss = Rect::below(x, (loss_y + 4.0).min(height - PAD - number * 1.4), target_w, number * 1.4);
    let captions = (0..=n_layers)
        .map(|layer| {
            let w = caption_w(pitch_x);
            let x = first + pitch_x * layer as f64;
            Rect::below(x.max(w / 2.0), height - PAD - caption_h, w, caption_h)
        })
        .collect();
    let sample_w = (18.0 * digit * small).min(request.width / 2.0);
    let legend_w = 34.0 * digit * small + 60.0;
    let legend_x = request.width - PAD - 4.0 - legend_w;
    let sample = Rect { x: PAD + 4.0, y: PAD, w: sample_w, h: strip };
    Layout {
        width: request.width,
        height,
        sizes,
        units,
        labels: Vec::new(),
        captions,
        targets,
        loss,
        sample,
        legend: (sample.right() + 10.0 < legend_x).then_some(Rect {
            x: legend_x,
            y: PAD,
            w: legend_w,
            h: strip,
        }),
        is_condensed: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Panels that a lecture hall, a laptop, a tablet and a phone give: width, height, metrics.
    fn panels() -> Vec<(f64, f64, Metrics)> {
        let normal = Metrics::default();
        let projector = Metrics { text: 19.0, small: 17.0, radius: 46.0, chip: 36.0, ..normal };
        let phone = Metrics { radius: 29.0, ..normal };
        let touch = Metrics { chip: 44.0, ..phone };
        vec![
            (780.0, 600.0, normal),
            (620.0, 480.0, normal),
            (535.0, 470.0, normal),
            (1050.0, 760.0, projector),
            (360.0, 420.0, phone),
            (340.0, 480.0, phone),
            (366.0, 440.0, touch),
        ]
    }

    fn request(sizes: &[usize], has_biases: bool, panel: (f64, f64, Metrics), digits: u8) -> Request {
        let (width, height, metrics) = panel;
        let layers = sizes.iter().enumerate().map(|(layer, &n_units)| LayerShape {
            n_units,
            has_biases: has_biases && layer > 0,
            biases_learn: true,
            name: 1.3,
            caption: if layer == 0 { 6.0 } else { 15.5 },
        });
        Request {
            width,
            height,
            metrics,
            digits,
            layers: layers.collect(),
            names: NameWidths { param: 1.9, slot: 1.2, gradient: 1.2, target: 2.6, loss: 1.0 },
        }
    }

    /// Shapes with every number shown, with and without biases: the built-in lessons, and more.
    const LABELLED: &[(&[usize], bool)] = &[
        (&[2, 2, 1], false),
        (&[2, 2, 1], true),
        (&[2, 2, 2], true),
        (&[2, 2, 2], false),
        (&[3, 2, 1], true),
        (&[1, 1], true),
        (&[1, 1, 1, 1], true),
        (&[3, 4, 3], false),
        (&[2, 4, 2], true),
        (&[4, 4, 1], true),
        (&[2, 3, 3, 1], true),
    ];

    #[test]
    fn no_text_covers_other_text() {
        for panel in panels() {
            for (sizes, has_biases) in LABELLED {
                for digits in [3, 5, 8] {
                    let request = request(sizes, *has_biases, panel, digits);
                    let start = std::time::Instant::now();
                    let layout = layout(&request, None);
                    let took = start.elapsed().as_millis();
                    let what = format!("{sizes:?} {has_biases} in {}×{}, {digits} digits", panel.0, panel.1);
                    assert!(!layout.is_condensed, "{what}: condensed");
                    assert!(layout.is_clear(), "{what}: overlap");
                    assert_eq!(layout.labels.len(), request.n_params(), "{what}");
                    println!(
                        "{what}: {took} ms, {:.0}×{:.0}, radius {:.0}, number {:.0}{}{}",
                        layout.width,
                        layout.height,
                        layout.sizes.radius,
                        layout.sizes.number,
                        if layout.sizes.is_stacked { ", stacked" } else { "" },
                        if layout.sizes.is_update_long { ", long" } else { "" },
                    );
                }
            }
        }
    }
}
