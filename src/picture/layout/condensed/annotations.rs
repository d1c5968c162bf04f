//! Labels and callouts for what matters now: where they stand, and what they may not cover.

use super::super::place;
use super::super::place::Gap;
use super::super::rect::{Point, Rect};
use super::super::{
    Annotations, BOLD, Callout, CondensedPart, Label, LayerShape, Layout, NOTE_NAME, PAD, Request, Sizes,
    UnitPlace, stacked_line,
};
use backprop::network::{Param, UnitId};

/// Width of a callout's borders and gap.
pub const CALLOUT_PAD: f64 = 14.0;
/// How far apart places are that are tried for numbers with no room where they belong.
const GRID: f64 = 12.0;
/// How many weights may have their labels aside of their edges, and how far.
const MAX_ASIDE: usize = 3;
const FAR: f64 = 140.0;

/// The sizes of a callout of a layer: name and value beside each other, and name above value.
pub fn callout_sizes(request: &Request, layer: &LayerShape, sizes: &Sizes) -> [(f64, f64); 2] {
    let Sizes { number, small, digit, below, note_pad, .. } = *sizes;
    let digits = f64::from(request.digits.min(4)) + 2.6;
    let name_w = sizes.callout_name(layer.name);
    let line = stacked_line(number);
    let value_w = digits * digit * BOLD * number;
    let note_w = (0.8 * NOTE_NAME + 0.35 + digits * digit) * small + note_pad;
    [
        ((name_w + value_w + CALLOUT_PAD).max(note_w), line + below + 2.0),
        (name_w.max(value_w + CALLOUT_PAD).max(note_w), 2.0 * line - 4.0 + below + 2.0),
    ]
}

impl Sizes {
    /// Width of a name of so many em in a callout: a button.
    pub fn callout_name(&self, em: f64) -> f64 {
        (em * self.name + 10.0).max(24.0)
    }
}

/// What a label or callout may not cover, and better does not.
struct Taken {
    rects: Vec<Rect>,
    discs: Vec<(Point, f64)>,
    /// The edges that matter now.
    lines: Vec<(Point, Point)>,
}

impl Taken {
    fn is_free(&self, rect: &Rect) -> bool {
        !self.discs.iter().any(|&(centre, radius)| rect.touches_disc(centre, radius))
            && !self.rects.iter().any(|other| rect.overlaps(other))
    }

    fn is_clear(&self, rect: &Rect) -> bool {
        self.is_free(rect) && !self.lines.iter().any(|&(a, b)| rect.touches_line(a, b))
    }
}

impl Layout {
    /// Places for the numbers of a few units and weights of a condensed network, in order of
    /// importance; those without room are left out.
    pub fn annotations(&self, parts: &[CondensedPart]) -> Annotations {
        let units = self.units.iter().flatten();
        let mut taken = Taken {
            rects: self.fixed_rects(),
            discs: units.map(|unit| (unit.centre, unit.radius + 2.0)).collect(),
            lines: Vec::new(),
        };
        let mut annotations = Annotations::default();
        for &part in parts {
            match part {
                CondensedPart::Param(Param::Weight { layer, to, from }) => {
                    let Some(line) = self.edge(layer, to, from) else { continue };
                    annotations.labels.extend(self.weight_label(layer, to, from, line, &mut taken));
                    taken.lines.push(line);
                }
                CondensedPart::Unit(unit) => {
                    let is_first = annotations.callouts.is_empty();
                    annotations.callouts.extend(self.callout(unit, is_first, &mut taken));
                }
                CondensedPart::Param(param) => annotations.labels.extend(self.bias_label(param, &mut taken)),
            }
        }
        annotations
    }

    /// Size of a label of a condensed network, and width of what appears below.
    fn label_size(&self) -> ((f64, f64), f64) {
        let Sizes { param_name, value, chip, number, small, digit, is_stacked, note_pad, .. } = self.sizes;
        let size = if is_stacked {
            (param_name.max(value) + 8.0, 2.0 * stacked_line(number))
        } else {
            (param_name + value + 12.0, chip)
        };
        let below_w = if value < 6.0 * digit * number { 6.5 } else { 8.5 } * digit * small + note_pad;
        (size, below_w)
    }

    fn weight_label(
        &self,
        layer: usize,
        to: usize,
        from: usize,
        line: (Point, Point),
        taken: &mut Taken,
    ) -> Option<Label> {
        let below = self.sizes.below;
        let (chip, below_w) = self.label_size();
        let edges: Vec<(Point, Point)> = [line].into_iter().chain(taken.lines.iter().copied()).collect();
        let on_edge = place::best(&Gap {
            edges: &edges,
            chip,
            below: (below_w, 2.0 + below),
            room: Rect { x: 0.0, y: 0.0, w: self.width, h: self.height },
            discs: &taken.discs,
            rects: &taken.rects,
            distance: 3.0,
        });
        let middle = line.0.towards(line.1, 0.5);
        let whole = (chip.0.max(below_w), chip.1 + 2.0 + below);
        // One that matters now may stand a little off its edge.
        let is_first = taken.lines.len() < MAX_ASIDE;
        // Between its layers: at another one it would be taken for another's.
        let columns = [line.0.x, line.1.x];
        let is_between = |rect: &Rect| {
            let x = rect.centre().x;
            columns[0].min(columns[1]) <= x && x <= columns[0].max(columns[1])
        };
        let aside = || if is_first { self.nearest(middle, whole, taken, FAR, is_between) } else { None };
        let rect = on_edge.map(|place| place.whole).or_else(aside)?;
        Some(self.label(Param::Weight { layer, to, from }, rect, taken))
    }

    fn bias_label(&self, param: Param, taken: &mut Taken) -> Option<Label> {
        let below = self.sizes.below;
        let (chip, below_w) = self.label_size();
        let whole = (chip.0.max(below_w), chip.1 + 2.0 + below);
        let unit = self.unit(param.unit())?;
        let is_at_layer = |rect: &Rect| self.is_at_layer(rect, param.unit().layer);
        let aside = || self.nearest(unit.centre, whole, taken, FAR, is_at_layer);
        let rect = self.beside(unit, whole, taken).or_else(aside)?;
        Some(self.label(param, rect, taken))
    }

    /// The label that takes a place.
    fn label(&self, param: Param, place: Rect, taken: &mut Taken) -> Label {
        let ((w, h), below_w) = self.label_size();
        taken.rects.push(place.grown(3.0, 3.0));
        let x = place.centre().x;
        let chip = Rect::below(x, place.y, w, h);
        let below = Rect::below(x, chip.bottom() + 2.0, below_w, self.sizes.below);
        Label { param, chip, below }
    }

    /// A callout near its unit, else where there is room at its layer: its name says whose it is. Where there
    /// is none the first one covers as little of other circles as it can.
    fn callout(&self, unit: UnitId, is_first: bool, taken: &mut Taken) -> Option<Callout> {
        let place = self.unit(unit)?;
        let [wide, narrow] = self.callouts[unit.layer];
        let beside = |size| Some((self.beside(place, size, taken)?, size));
        let is_at_layer = |rect: &Rect| self.is_at_layer(rect, unit.layer);
        let far = || Some((self.nearest(place.centre, narrow, taken, f64::INFINITY, is_at_layer)?, narrow));
        let anywhere = || self.nearest(place.centre, narrow, taken, f64::INFINITY, |_| true);
        let in_any_case = || {
            let place = if is_first { self.over(place, narrow, taken).or_else(anywhere) } else { None };
            Some((place?, narrow))
        };
        let (rect, size) = beside(wide).or_else(|| beside(narrow)).or_else(far).or_else(in_any_case)?;
        taken.rects.push(rect.grown(3.0, 3.0));
        Some(Callout { unit, rect, is_wide: size == wide })
    }

    /// A free rectangle of this size near a unit: right or left of it, else below or above; clear of the
    /// edges that matter now if there is one.
    fn beside(&self, unit: &UnitPlace, size: (f64, f64), taken: &Taken) -> Option<Rect> {
        let free = || self.around(unit, size).filter(|rect| taken.is_free(rect));
        free().find(|rect| taken.is_clear(rect)).or_else(|| free().next())
    }

    /// Places of this size near a unit, none of which covers it.
    fn around(&self, unit: &UnitPlace, (w, h): (f64, f64)) -> impl Iterator<Item = Rect> {
        let Point { x, y } = unit.centre;
        let away = unit.radius + 6.0;
        let steps = [0.0, -0.12, 0.12, -0.25, 0.25, -0.37, 0.37, -0.5, 0.5, -0.65, 0.65, -0.8, 0.8];
        let sides =
            steps.into_iter().flat_map(move |dy| [1.0, -1.0].map(|side| (side * (away + w / 2.0), dy * h)));
        let ends =
            steps.into_iter().flat_map(move |dx| [1.0, -1.0].map(|side| (dx * w, side * (away + h / 2.0))));
        let places =
            sides.chain(ends).map(move |(dx, dy)| Rect::around(Point { x: x + dx, y: y + dy }, w, h));
        places.filter(|rect| self.contains(rect))
    }

    /// Whether no unit of another layer is nearer than those of this one.
    fn is_at_layer(&self, rect: &Rect, layer: usize) -> bool {
        let gap = |unit: &UnitPlace| rect.distance(unit.centre) - unit.radius;
        let to = |column: &[UnitPlace]| column.iter().map(gap).fold(f64::INFINITY, f64::min);
        let own = self.units.get(layer).map_or(f64::INFINITY, |column| to(column));
        self.units.iter().enumerate().all(|(k, column)| k == layer || own < to(column))
    }

    /// The free rectangle of this size that is nearest to a point, within a distance, of those that suit.
    fn nearest(
        &self,
        point: Point,
        (w, h): (f64, f64),
        taken: &Taken,
        far: f64,
        suits: impl Fn(&Rect) -> bool,
    ) -> Option<Rect> {
        let (across, down) = ((self.width - w) / GRID, (self.height - h) / GRID);
        let columns = (0..=across.max(0.0) as usize).map(|k| PAD / 2.0 + GRID * k as f64);
        let places = columns
            .flat_map(|x| (0..=down.max(0.0) as usize).map(move |k| Rect { x, y: GRID * k as f64, w, h }));
        let distance = |rect: &Rect| rect.centre().distance(point);
        let near = places.filter(|rect| distance(rect) < far && self.contains(rect) && suits(rect));
        near.filter(|rect| taken.is_free(rect)).min_by(|a, b| distance(a).total_cmp(&distance(b)))
    }

    /// A rectangle of this size near a unit that covers no text and as little of other circles as it can.
    fn over(&self, unit: &UnitPlace, size: (f64, f64), taken: &Taken) -> Option<Rect> {
        let is_blank = |rect: &Rect| !taken.rects.iter().any(|other| rect.overlaps(other));
        let covered = |rect: &Rect| -> f64 {
            let depth = |&(centre, radius): &(Point, f64)| (radius - rect.distance(centre)).max(0.0);
            taken.discs.iter().map(depth).sum()
        };
        self.around(unit, size).filter(is_blank).min_by(|a, b| covered(a).total_cmp(&covered(b)))
    }

    fn contains(&self, rect: &Rect) -> bool {
        0.0 <= rect.x && 0.0 <= rect.y && rect.right() <= self.width && rect.bottom() <= self.height
    }
}
