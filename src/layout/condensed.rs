//! A layout of a network too large for a number at every line: small circles, some left out, and
//! labels only for what matters now.

use super::place::{self, Gap};
use super::rect::{Point, Rect};
use super::{
    Annotations, BOLD, Callout, Label, Layout, Metrics, NOTE_NAME, PAD, Part, Request, SMALLEST_TYPE, Sizes,
    TOUCH, TargetPlace, UnitPlace,
};
use crate::network::Param;

/// Distance between the outputs' circles and the targets.
const TO_TARGET: f64 = 24.0;
/// Below this distance between layers a label's name stands above its number.
const STACKED_BELOW: f64 = 200.0;

/// Height of a callout's line, which is a button.
const CALLOUT_LINE: f64 = 24.0;
/// The most units that one layer can be asked to draw.
const MAX_WANTED: usize = 4;

/// Which units of a layer are drawn, top to bottom, at most `most` places with those that stand for
/// left out ones, which are `None`. The first of `wanted` are drawn whatever they are; to want one more
/// that is drawn already changes nothing.
fn drawn(n_units: usize, wanted: &[usize], most: usize) -> Vec<Option<usize>> {
    if n_units <= most {
        return (0..n_units).map(Some).collect();
    }
    let wanted = &wanted[..wanted.len().min(MAX_WANTED)];
    let mut firm = Vec::new();
    let mut list = spread(n_units, &firm, most);
    // Twice: one that is drawn by itself may have to go for a later one.
    for &unit in wanted.iter().chain(wanted).filter(|unit| **unit < n_units) {
        if !list.contains(&Some(unit)) {
            firm.push(unit);
            list = spread(n_units, &firm, most);
        }
    }
    list
}

/// The units `firm`, the first and the last ones, and one between them, in `most` places.
fn spread(n_units: usize, firm: &[usize], most: usize) -> Vec<Option<usize>> {
    let mut kept = vec![0, n_units - 1];
    let mut keep = |unit: usize| {
        let Err(at) = kept.binary_search(&unit) else { return };
        kept.insert(at, unit);
        if most < places(&kept).len() {
            kept.remove(at);
        }
    };
    firm.iter().for_each(|unit| keep(*unit));
    let (head, tail) = ((most - 2) / 2, n_units - (most - 3) / 2);
    if !firm.iter().any(|unit| (head..tail).contains(unit)) {
        keep((head + tail) / 2);
    }
    (1..most).flat_map(|k| [k, n_units - 1 - k]).for_each(keep);
    places(&kept)
}

/// These units in order, and `None` where at least two are left out between them; one alone is drawn.
fn places(kept: &[usize]) -> Vec<Option<usize>> {
    let mut list = Vec::with_capacity(2 * kept.len());
    for (k, &unit) in kept.iter().enumerate() {
        match k.checked_sub(1).map_or(0, |before| unit - kept[before] - 1) {
            0 => {}
            1 => list.push(Some(unit - 1)),
            _ => list.push(None),
        }
        list.push(Some(unit));
    }
    list
}

/// The layout of a large network. `wanted` are (layer, unit) that have to be drawn, the most wanted first.
pub(super) fn layout(request: &Request, wanted: &[(usize, usize)]) -> Layout {
    let Metrics { text, small, digit, radius, chip } = request.metrics;
    let (width, height) = (request.width, request.height.max(220.0));
    let names = request.names;
    let n_layers = request.layers.len() - 1;
    let number = (text * 0.88).max(SMALLEST_TYPE);
    let small = (small * 0.88).max(SMALLEST_TYPE);
    let digits = f64::from(request.digits.min(4));
    let name = number * 1.1;
    let name_h = number * 1.75;
    let target = (digits + 2.6) * digit * number;
    let target_w = (target + 16.0)
        .max(names.target * name + 4.0)
        .max(names.loss * number + (digits + 2.4) * digit * BOLD * number + 12.0);
    let line = small * 1.4;
    let top = PAD + line + 4.0;
    let bottom = height - PAD - 2.0 * line - 4.0;
    let most = request.layers.iter().map(|layer| layer.n_units.min(request.most_drawn())).max().unwrap_or(1);
    // Circles leave at least half of the way between layers to the edges.
    let span = (width - 2.0 * PAD - target_w - TO_TARGET).max(1.0);
    let row = (bottom - top) / most as f64;
    let column = span / (n_layers as f64 + 0.4);
    let radius = (row / 2.0 - 3.0).min(column * 0.2).min(radius * 0.8).max(5.0);
    let first = PAD + radius;
    let column = (span - 2.0 * radius) / n_layers as f64;
    let is_stacked = column < STACKED_BELOW;
    let sizes = Sizes {
        radius,
        touch: if request.metrics.is_touch() { TOUCH } else { 24.0 },
        number,
        name,
        small,
        caption: small,
        digit,
        chip: (chip * 0.88).max(26.0),
        below: small + 8.0,
        param_name: (names.param * name + 8.0).max(24.0),
        value: (digits + 3.0) * digit * number * 0.9,
        is_stacked,
        is_named: false,
        note_pad: 9.0,
        is_update_long: false,
        target,
    };
    let middle = (top + bottom) / 2.0;
    let mut units = Vec::new();
    for (layer, shape) in request.layers.iter().enumerate() {
        let mut here: Vec<usize> = Vec::new();
        for unit in wanted.iter().filter(|unit| unit.0 == layer).map(|unit| unit.1) {
            if !here.contains(&unit) {
                here.push(unit);
            }
        }
        let slots = drawn(shape.n_units, &here, request.most_drawn());
        let pitch = ((bottom - top) / slots.len() as f64).min(5.0 * radius);
        let start = middle - pitch * (slots.len() - 1) as f64 / 2.0;
        let name_w = (shape.name * name + 6.0).min(column - 4.0).min(2.0 * (first - 2.0));
        let has_names = 2.0 * radius + name_h + 2.0 < pitch && 20.0 <= name_w;
        // The first name stays clear of the line above all.
        let start = if has_names { start.max(top - 2.0 + name_h + 1.0 + radius) } else { start };
        let place = |(k, unit): (usize, Option<usize>)| {
            let centre = Point { x: first + column * layer as f64, y: start + pitch * k as f64 };
            let name = Rect::below(centre.x, centre.y - radius - 1.0 - name_h, name_w, name_h);
            UnitPlace { unit, centre, name: (has_names && unit.is_some()).then_some(name), slot: None }
        };
        units.push(slots.into_iter().enumerate().map(place).collect::<Vec<_>>());
    }
    let x = width - PAD - target_w / 2.0;
    let outputs = &units[n_layers];
    let pitch =
        outputs.windows(2).map(|pair| pair[1].centre.y - pair[0].centre.y).fold(f64::INFINITY, f64::min);
    let frame_h = (pitch - 4.0).clamp(14.0, 30.0);
    let highest = outputs.first().map_or(middle, |output| output.centre.y) - frame_h / 2.0 - name_h;
    let has_target_names = frame_h + name_h + 4.0 <= pitch && top - 4.0 <= highest;
    let target_name_h = if has_target_names { name_h } else { 0.0 };
    let targets: Vec<TargetPlace> = outputs
        .iter()
        .filter_map(|output| {
            let y = output.centre.y;
            let frame = Rect::around(Point { x, y }, target + 16.0, frame_h);
            let name = Rect::below(x, frame.y - target_name_h, target_w, target_name_h);
            let line = (Point { x: output.centre.x + radius, y }, Point { x: frame.x, y });
            Some(TargetPlace { unit: output.unit?, name, frame, term: None, line })
        })
        .collect();
    let last = targets.last().map_or(middle, |target| target.frame.bottom());
    let loss_h = number * 1.4;
    let loss = Rect::below(x, (last + 4.0).min(height - PAD - loss_h), target_w, loss_h);
    // Inner captions are left out where their longer word has no room. The last one moves aside of the
    // targets, as far as the one before it lets it.
    let has_all = request.layers.iter().all(|shape| shape.caption * 0.7 * digit * small < column - 6.0);
    let wide = |layer: usize| {
        let most = if has_all { column } else { 2.0 * column } - 6.0;
        most.min(request.layers[layer].caption * digit * small + 4.0)
    };
    let captions = request.layers.iter().enumerate().map(|(layer, shape)| {
        let x = first + column * layer as f64;
        let is_last = layer == n_layers;
        let before = if is_last && has_all { x - column + wide(layer - 1) / 2.0 + 4.0 } else { 2.0 };
        let right = if is_last { width - PAD - target_w - 4.0 } else { width - 4.0 };
        let w = wide(layer).min(right - before);
        let w = if is_last { w } else { w.min(2.0 * (x - 2.0).max(first + 8.0)) };
        let has_room = 0.6 * shape.caption * digit * small < w;
        let is_shown = has_room && (has_all || layer == 0 || is_last);
        let x = (x - w / 2.0).min(right - w).max(before);
        is_shown.then_some(Rect { x, y: height - PAD - 2.0 * line, w, h: 2.0 * line })
    });
    let captions = captions.collect();
    let sample = Rect {
        x: PAD + 4.0,
        y: PAD,
        w: (request.sample * digit * small + 4.0).min(width - 2.0 * PAD - 8.0),
        h: line,
    };
    let legend_w = if cfg!(feature = "lab") { 32.0 } else { 20.0 } * digit * small;
    let legend = Rect { x: width - PAD - 4.0 - legend_w, y: PAD, w: legend_w, h: line };
    Layout {
        width,
        height,
        sizes,
        units,
        labels: Vec::new(),
        captions,
        targets,
        loss,
        sample,
        legend: (sample.right() + 10.0 < legend.x).then_some(legend),
        is_condensed: true,
        controls: Vec::new(),
        callouts: callout_sizes(request, &sizes),
    }
}

/// The sizes of a callout: name and value beside each other, and name above value.
fn callout_sizes(request: &Request, sizes: &Sizes) -> [(f64, f64); 2] {
    let Sizes { number, name, small, digit, below, note_pad, .. } = *sizes;
    let longest = request.layers.iter().map(|layer| layer.name).fold(0.0, f64::max);
    let name_w = (longest * name + 10.0).max(24.0);
    let digits = f64::from(request.digits.min(4)) + 2.6;
    let value_w = digits * digit * BOLD * number + 6.0;
    let note_w = (0.8 * NOTE_NAME + 0.35 + digits * digit) * small + note_pad;
    [
        ((name_w + value_w + 8.0).max(note_w), CALLOUT_LINE + below + 2.0),
        (name_w.max(value_w).max(note_w), 2.0 * CALLOUT_LINE - 4.0 + below + 2.0),
    ]
}

impl Layout {
    /// Places for the numbers of a few units and weights of a condensed network, in order of
    /// importance; those without room are left out.
    pub fn annotations(&self, parts: &[Part]) -> Annotations {
        let Sizes { param_name, value, chip, below, radius, small, digit, is_stacked, note_pad, .. } =
            self.sizes;
        let below_w = 8.5 * digit * small + note_pad;
        let size =
            if is_stacked { (param_name.max(value) + 8.0, 48.0) } else { (param_name + value + 12.0, chip) };
        let mut rects = self.fixed_rects();
        let discs: Vec<(Point, f64)> =
            self.units.iter().flatten().map(|unit| (unit.centre, radius + 2.0)).collect();
        let mut annotations = Annotations::default();
        for &part in parts {
            // Without the laboratory only weights are asked for.
            let is_asked = cfg!(feature = "lab") || matches!(part, Part::Param(Param::Weight { .. }));
            if !is_asked {
                continue;
            }
            match part {
                Part::Unit(layer, unit) => {
                    let Some(place) = self.unit(layer, unit) else { continue };
                    let mut sizes = self.callouts.iter();
                    let found = sizes.find_map(|&size| {
                        Some((self.beside(place.centre, size, &discs, &rects)?, size == self.callouts[0]))
                    });
                    if let Some((rect, is_wide)) = found {
                        rects.push(rect.grown(3.0, 3.0));
                        annotations.callouts.push(Callout { layer, unit, rect, is_wide });
                    }
                }
                Part::Param(param @ Param::Bias { layer, to }) => {
                    let Some(place) = self.unit(layer, to) else { continue };
                    let whole = (size.0.max(below_w), size.1 + 2.0 + below);
                    let Some(rect) = self.beside(place.centre, whole, &discs, &rects) else { continue };
                    rects.push(rect.grown(3.0, 3.0));
                    let x = rect.centre().x;
                    let chip = Rect::below(x, rect.y, size.0, size.1);
                    let below = Rect::below(x, chip.bottom() + 2.0, below_w, below);
                    annotations.labels.push(Label { param, chip, below });
                }
                Part::Param(param @ Param::Weight { layer, to, from }) => {
                    let Some(line) = self.edge(layer, to, from) else { continue };
                    let room = Rect { x: line.0.x, y: 0.0, w: line.1.x - line.0.x, h: self.height };
                    let gap = Gap {
                        edges: &[line],
                        chip: size,
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
                        annotations.labels.push(Label { param, chip: place.chip, below });
                    }
                }
            }
        }
        annotations
    }

    /// A free rectangle of this size near a unit: right or left of it, else below or above.
    fn beside(
        &self,
        centre: Point,
        (w, h): (f64, f64),
        discs: &[(Point, f64)],
        rects: &[Rect],
    ) -> Option<Rect> {
        let away = self.sizes.radius + 6.0;
        let steps = [0.0, -0.25, 0.25, -0.5, 0.5, -0.8, 0.8];
        let sides = steps.iter().flat_map(|dy| [1.0, -1.0].map(|side| (side * (away + w / 2.0), dy * h)));
        let ends = steps.iter().flat_map(|dx| [1.0, -1.0].map(|side| (dx * w, side * (away + h / 2.0))));
        let whole = Rect { x: 0.0, y: 0.0, w: self.width, h: self.height };
        sides
            .chain(ends)
            .map(|(dx, dy)| Rect::around(Point { x: centre.x + dx, y: centre.y + dy }, w, h))
            .find(|rect| {
                whole.x <= rect.x
                    && whole.y <= rect.y
                    && rect.right() <= whole.right()
                    && rect.bottom() <= whole.bottom()
                    && !discs.iter().any(|&(centre, radius)| rect.touches_disc(centre, radius))
                    && !rects.iter().any(|other| rect.overlaps(other))
            })
    }
}
