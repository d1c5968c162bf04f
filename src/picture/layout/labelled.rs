//! A layout with every number at its place: the roomiest style that fits.

use super::place;
use super::place::Gap;
use super::rect::{Point, Rect};
use super::text;
use super::{
    BOLD, Label, Layout, Metrics, NOTE_NAME, PAD, Request, SMALLEST_TYPE, SQUEEZE, Sizes, TOUCH, TargetPlace,
    UnitPlace, edge_line, stacked_line,
};
use backprop::network::Param;

/// Heights to try, as multiples of the panel's.
const HEIGHTS: [f64; 8] = [1.0, 1.1, 1.25, 1.45, 1.75, 2.1, 2.6, 3.2];
/// Widths to try where no height helps.
const WIDTHS: [f64; 4] = [1.0, 1.3, 1.7, 2.2];

/// Distance of the outermost units from the border where there is plenty of room.
const MARGIN: f64 = 24.0;
/// A panel of less width is a phone's.
const NARROW: f64 = 480.0;
/// Distance between what stands below each other.
const ROW_GAP: f64 = 4.0;

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
    /// The same, not bold, and nearer to the border.
    NamedLight,
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
    &[
        style(1.0, 1.0, 10, Spread::LongUpdate),
        style(1.0, 1.0, 10, Spread::Named),
        style(0.92, 0.94, 7, Spread::Named),
    ],
    &[style(0.92, 0.94, 5, Spread::NamedLight), style(0.84, 0.88, 5, Spread::NamedLight)],
    &[style(0.92, 0.94, 5, Spread::Plain), style(0.84, 0.88, 5, Spread::Plain)],
    &[style(0.84, 0.88, 4, Spread::Plain)],
    &[style(0.76, 0.84, 4, Spread::Flat)],
    &[style(0.9, 0.82, 4, Spread::Stacked)],
    &[style(0.8, 0.78, 4, Spread::Stacked)],
    &[style(0.7, 0.82, 4, Spread::Plain)],
    &[style(0.66, 0.82, 4, Spread::Stacked)],
    &[style(0.6, 0.78, 3, Spread::Flat)],
    &[style(0.6, 0.75, 3, Spread::Stacked)],
];

/// How much larger than usual everything is where the panel has room for it, the largest first.
const GROWN: [f64; 6] = [1.9, 1.7, 1.5, 1.35, 1.2, 1.1];
/// The styles in which a diagram may be larger than usual: at each number all that can stand there.
const ROOMIEST: &[&[Style]] =
    &[&[style(1.0, 1.0, 10, Spread::LongUpdate), style(1.0, 1.0, 10, Spread::Named)]];

/// What can be had of the least size of type, as shares of it.
const LEASTS: [f64; 5] = [1.0, 0.85, 0.72, 0.6, 0.5];

/// The layout of a network that is not large: as large as the panel has room for, else larger than the
/// panel; `None` if it has no room at any size tried.
pub(super) fn layout(request: &Request) -> Option<Layout> {
    let grown = GROWN.iter().find_map(|by| fitted(&request.grown(*by), ROOMIEST));
    // A readable least, and if that cannot be had, what can.
    let readable = LEASTS.map(|share| share * request.metrics.least);
    let readable = readable.into_iter().filter(|least| SMALLEST_TYPE < *least);
    let within = || readable.clone().find_map(|least| fitted(&request.with_least(least), STYLES));
    let beyond = || {
        let request = request.with_least(SMALLEST_TYPE);
        WIDTHS.iter().find_map(|wider| {
            HEIGHTS.iter().find_map(|taller| {
                let (width, height) = (wider * request.width, taller * request.height);
                fitted(&Request { width, height, ..request.clone() }, STYLES)
            })
        })
    };
    grown.or_else(within).or_else(beyond)
}

/// The layout in the first of the styles in which all fits into the panel.
fn fitted(request: &Request, styles: &[&[Style]]) -> Option<Layout> {
    styles.iter().find_map(|styles| {
        // Targets beside the outputs if that fits, else under them.
        [false, true].into_iter().find_map(|is_narrow| {
            let attempts = styles.iter().filter_map(|style| Attempt::new(request, style, is_narrow));
            attempts.filter_map(|attempt| attempt.labelled()).next()
        })
    })
}

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
        let Metrics { text, small, digit, radius, chip, least: least_type } = request.metrics;
        let names = request.names;
        let spread = style.spread;
        let number = (text * style.font).max(least_type);
        let name = number * if spread <= Spread::Named { 1.2 } else { 1.1 };
        let small = (small * style.font).max(least_type);
        let digits = f64::from(request.digits.min(style.digits));
        // "−0." and the digits.
        let value = (digits + 3.0) * digit * number * SQUEEZE;
        let param_name = (names.param * name + 8.0).max(24.0);
        let is_touch = request.metrics.is_touch();
        let least = if is_touch { TOUCH } else { 26.0 };
        let line = (chip * style.font).max(least);
        let is_stacked = spread == Spread::Stacked;
        let chip = if is_stacked {
            (param_name.max(value + 6.0) + 6.0, 2.0 * stacked_line(number))
        } else {
            (param_name + value + 12.0, line)
        };
        let below = small + 8.0;
        let (is_named, is_bold) = (spread <= Spread::NamedLight, spread <= Spread::Named);
        let face = small * digit * SQUEEZE * if is_bold { BOLD } else { 1.0 };
        let note_pad = if is_bold { 16.0 } else { 9.0 };
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
            radius: (radius * style.radius).max(if is_touch { TOUCH / 2.0 } else { 0.0 }),
            touch: if is_touch { TOUCH } else { 24.0 },
            number,
            name,
            small,
            input: number,
            caption: small,
            digit,
            chip: line,
            below,
            param_name,
            value,
            is_stacked,
            is_named,
            is_bold,
            note_pad,
            is_update_long: spread == Spread::LongUpdate,
            target,
            least: request.metrics.least_squeezed(),
        };
        let name_h = (name * 1.35).max(24.0);
        let target_h = if is_narrow {
            line.max(32.0).max(1.4 * number)
        } else {
            (sizes.radius * 1.35).max(32.0).max(least)
        };
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
        text::width(&self.request.layers[layer].caption) * self.sizes.digit * self.sizes.caption + 4.0
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

    /// Height of the line above with sample and legend; a narrow panel without samples has no need of it.
    fn strip_h(&self) -> f64 {
        if self.request.sample == 0.0 && self.request.width < NARROW { 0.0 } else { self.sizes.caption * 1.4 }
    }

    /// From an output's middle down to the end of what stands below it, target and loss included.
    fn down_to_loss(&self, layer: usize) -> f64 {
        let loss = self.loss_h() + ROW_GAP;
        if layer + 1 < self.request.layers.len() {
            self.down(layer)
        } else if self.is_narrow {
            self.down(layer) + loss
        } else {
            self.down(layer).max(self.target_h / 2.0 + self.term_h() + loss)
        }
    }

    /// Of each layer: y of the middle of its first unit, and the distance to the next. The columns have
    /// their middles at one height as far as there is room.
    fn rows(&self) -> Option<Vec<(f64, f64)>> {
        let top = PAD + self.strip_h() + 2.0;
        let bottom = self.request.height - PAD - self.caption_h() - 6.0;
        let widest_pitch = if self.is_loose { 0.56 } else { 0.8 } * self.request.height;
        let layers = self.request.layers.iter().enumerate();
        let downs: Vec<f64> = layers.clone().map(|(layer, _)| self.down_to_loss(layer)).collect();
        let deepest = downs.iter().copied().fold(0.0, f64::max);
        let middle = (top + self.up() + bottom - deepest) / 2.0;
        let room = |layer: usize| bottom - downs[layer] - top - self.up();
        let mut rows = Vec::new();
        for (layer, shape) in layers.clone() {
            let (highest, lowest) = (top + self.up(), bottom - downs[layer]);
            let steps = shape.n_units.saturating_sub(1) as f64;
            // Columns of as many units have them side by side.
            let alike = layers.clone().filter(|(_, other)| other.n_units == shape.n_units);
            let least = alike.map(|(other, _)| room(other)).fold(f64::INFINITY, f64::min);
            let pitch = if steps == 0.0 { 0.0 } else { (least / steps).min(widest_pitch) };
            let is_crowded = steps > 0.0 && pitch < self.up() + self.down(layer) + ROW_GAP;
            if lowest < highest || is_crowded {
                return None;
            }
            let half = pitch * steps / 2.0;
            rows.push((middle.max(highest + half).min(lowest - half) - half, pitch));
        }
        // What is left over goes above and below alike.
        let ends =
            rows.iter().zip(&self.request.layers).zip(&downs).map(|((&(first, pitch), shape), down)| {
                (first - self.up(), first + pitch * shape.n_units.saturating_sub(1) as f64 + down)
            });
        let (highest, lowest) =
            ends.fold((bottom, top), |(high, low), (above, below)| (high.min(above), low.max(below)));
        let shift = (bottom - lowest - (highest - top)) / 2.0;
        Some(rows.into_iter().map(|(first, pitch)| (first + shift, pitch)).collect())
    }

    fn labelled(&self) -> Option<Layout> {
        let rows = self.rows()?;
        let Sizes { radius, name, below, .. } = self.sizes;
        let layers = &self.request.layers;
        let n_layers = layers.len() - 1;
        let mut units = Vec::new();
        let mut biases = Vec::new();
        for (layer, shape) in layers.iter().enumerate() {
            let x = self.columns[layer];
            let (first, pitch) = rows[layer];
            let mut column = Vec::new();
            for unit in 0..shape.n_units {
                let y = first + pitch * unit as f64;
                let name_w = (shape.name * name + 8.0).clamp(24.0, self.pitch - 8.0);
                let slot_y = y + radius + ROW_GAP;
                let slot = (layer > 0).then(|| Rect::below(x, slot_y, self.slot_w, below));
                column.push(UnitPlace {
                    unit: Some(unit),
                    centre: Point { x, y },
                    radius,
                    name: Some(Rect::below(x, y - self.up(), name_w, self.name_h)),
                    value: None,
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
            has_short_captions: false,
            targets,
            loss,
            sample: self.sample(),
            legend: self.legend(),
            is_condensed: false,
            controls: Vec::new(),
            callouts: Vec::new(),
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
                edges.push(edge_line(sender, receiver));
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

    fn captions(&self) -> Vec<Option<Rect>> {
        let h = self.caption_h();
        let y = self.request.height - PAD - h;
        let place = |(layer, &x): (usize, &f64)| {
            Some(Rect::below(x, y, self.caption_w(layer).min(self.caption_room(layer)), h))
        };
        self.columns.iter().enumerate().map(place).collect()
    }

    fn sample(&self) -> Rect {
        let w = self.request.sample * self.sizes.digit * self.sizes.caption + 4.0;
        Rect { x: PAD + 4.0, y: PAD, w: w.min(self.request.width - 2.0 * PAD - 8.0), h: self.strip_h() }
    }

    fn legend(&self) -> Option<Rect> {
        let w = 34.0 * self.sizes.digit * self.sizes.caption + 60.0;
        let x = self.request.width - PAD - 4.0 - w;
        (0.0 < self.strip_h() && self.sample().right() + 10.0 < x).then(|| Rect {
            x,
            y: PAD,
            w,
            h: self.strip_h(),
        })
    }
}
