//! A layout of a network too large for a number at every line: small circles, some left out, and
//! labels only for what matters now.

use super::place::{self, Gap};
use super::rect::{Point, Rect};
use super::{
    BOLD, Label, Layout, MAX_DRAWN, Metrics, PAD, Request, SMALLEST_TYPE, Sizes, TargetPlace, UnitPlace,
};
use crate::network::Param;

/// Distance between the outputs' circles and the targets.
const TO_TARGET: f64 = 24.0;
/// Below this distance between layers a label's name stands above its number.
const STACKED_BELOW: f64 = 200.0;

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

/// The layout of a large network. `current` is a (layer, unit) that has to be drawn.
pub(super) fn layout(request: &Request, current: Option<(usize, usize)>) -> Layout {
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
    let most = request.layers.iter().map(|layer| layer.n_units.min(MAX_DRAWN)).max().unwrap_or(1);
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
        let slots = drawn(shape.n_units, current.filter(|c| c.0 == layer).map(|c| c.1));
        let pitch = ((bottom - top) / slots.len() as f64).min(5.0 * radius);
        let start = middle - pitch * (slots.len() - 1) as f64 / 2.0;
        let name_w = (shape.name * name + 6.0).min(column - 4.0).min(2.0 * (first - 2.0));
        let has_names = 2.0 * radius + name_h + 2.0 < pitch && 20.0 <= name_w;
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
    // Inner captions are left out where their longer word has no room.
    let captions = request.layers.iter().enumerate().map(|(layer, shape)| {
        let x = first + column * layer as f64;
        let has_all = request.layers.iter().all(|shape| shape.caption * 0.7 * digit * small < column - 6.0);
        let w = if has_all { column - 6.0 } else { 2.0 * column - 6.0 };
        let w = w.min(shape.caption * digit * small + 4.0).min(2.0 * (x - 2.0).max(first + 8.0));
        let right = if layer == n_layers { width - PAD - target_w - 4.0 } else { width - 4.0 };
        let w = w.min(2.0 * (right - x));
        let has_room = 0.6 * shape.caption * digit * small < w;
        let is_shown = has_room && (has_all || layer == 0 || layer == n_layers);
        is_shown.then(|| Rect { x: (x - w / 2.0).max(2.0), y: height - PAD - 2.0 * line, w, h: 2.0 * line })
    });
    let captions = captions.collect();
    let sample = Rect {
        x: PAD + 4.0,
        y: PAD,
        w: (request.sample * digit * small + 4.0).min(width - 2.0 * PAD - 8.0),
        h: line,
    };
    let legend_w = 20.0 * digit * small;
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
    }
}

impl Layout {
    /// Places for the labels of a few weights of a condensed network, in order of importance; those
    /// without room are left out.
    pub fn some_labels(&self, params: &[Param]) -> Vec<Label> {
        let Sizes { param_name, value, chip, below, radius, small, digit, is_stacked, note_pad, .. } =
            self.sizes;
        let below_w = 8.5 * digit * small + note_pad;
        let size =
            if is_stacked { (param_name.max(value) + 8.0, 48.0) } else { (param_name + value + 12.0, chip) };
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
                labels.push(Label { param, chip: place.chip, below });
            }
        }
        labels
    }
}
