//! Where everything of the network diagram goes: units, edges, labels, captions, in CSS pixels.
//!
//! No label covers another, at any size of the panel: the roomiest of a list of styles is taken in
//! which all fit, and where none does the diagram grows downwards. What appears only later (a
//! gradient, a δ, a new weight) has its room from the start, so that nothing moves while stepping:
//! the layout depends on the network's shape and names, not on any number.

mod condensed;
mod controls;
mod edges;
mod labelled;
mod place;
pub mod rect;
pub mod text;

pub use condensed::CALLOUT_PAD;
pub use controls::Control;
pub use edges::{EdgeWidths, Strokes};

use crate::moment::step::MAX_LABELLED;
use backprop::network::{Param, UnitId};
use rect::{Point, Rect};

/// A network with a longer column of units has all labels only if the diagram need not be much larger
/// than the panel for them: a drawing of which one sees half says less than one without numbers.
const LONG: usize = 5;
/// Nor higher than so many panels.
const TALL: f64 = 1.1;
/// The most units of a layer that are drawn.
pub const MAX_DRAWN: usize = 12;
/// How much larger than the digits beside it a name in a note is.
pub const NOTE_NAME: f64 = 1.15;
/// Numbers with all their digits may be set in type smaller than others by this.
pub const SQUEEZE: f64 = 0.88;
/// What a number in a circle of a condensed network has room for: "−0.12", in digits.
pub const SHORT: f64 = 4.96;
/// The smallest type of an input's number in a condensed network, in sizes of its other numbers.
pub const LEGIBLE: f64 = 0.84;
/// How much of a circle's width a number may take that is edited in it.
pub const INSIDE: f64 = 0.87;
/// Width of the borders of such a number.
pub const FIELD: f64 = 7.0;
/// The type never gets smaller than this.
const SMALLEST_TYPE: f64 = 12.0;
/// How much larger than a digit of the normal face a bold one is.
pub const BOLD: f64 = 1.1;
/// But for a number with all its digits.
const SMALLEST_SQUEEZED: f64 = 11.0;
/// Least distance to the panel's border.
const PAD: f64 = 8.0;

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
    /// The type gets no smaller than this if that can be had.
    pub least: f64,
}

/// Chips of this height or more are made for fingers: they keep it, and no circle or target that can be
/// touched is smaller.
const TOUCH: f64 = 44.0;

impl Metrics {
    /// The least size of a number with all its digits.
    fn least_squeezed(&self) -> f64 {
        if self.least <= SMALLEST_TYPE { SMALLEST_SQUEEZED } else { self.least }
    }

    /// Whether marks are made for fingers.
    fn is_touch(&self) -> bool {
        TOUCH <= self.chip
    }
}

impl Default for Metrics {
    fn default() -> Self {
        Self { text: 16.0, small: 14.0, digit: 0.64, radius: 38.0, chip: 30.0, least: SMALLEST_TYPE }
    }
}

/// Height of each line of a label whose name stands above its number of this size: both can be touched.
fn stacked_line(number: f64) -> f64 {
    (1.25 * number).max(24.0)
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
    /// Width of the longest name on two lines.
    pub folded: f64,
    /// What stands below the column.
    pub caption: String,
    /// The same where there is little room.
    pub short: String,
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
    /// Width in digits of the inputs' values, with two digits.
    pub input: f64,
    /// Width in digits of what says which sample is shown; 0 where there is one only.
    pub sample: f64,
    /// How much larger than the panel the diagram is, from 1 on.
    pub zoom: f64,
    /// The size of the controls that change the design, where they are to be shown.
    pub controls: Option<f64>,
}

impl Request {
    /// The most places for units that a layer has, those for left out ones included. A larger diagram
    /// first has larger units, then more of them.
    fn most_drawn(&self) -> usize {
        let most = MAX_DRAWN.max((MAX_DRAWN as f64 * self.zoom / 1.5) as usize);
        // For fingers no more than have room below each other, beside the captions.
        let room = (self.height / TOUCH) as usize;
        if self.metrics.is_touch() { most.min(room.saturating_sub(2).max(5)) } else { most }
    }

    /// The request for a diagram as much larger as the zoom says: a large network gets the room, a small
    /// one larger type, too.
    fn zoomed(&self) -> Self {
        let by = |length: f64| length * self.zoom;
        let mut request = Self { width: by(self.width), height: by(self.height), ..self.clone() };
        let Metrics { text, small, radius, chip, .. } = self.metrics;
        request.metrics.radius = by(radius);
        if !self.is_large() {
            request.metrics = Metrics { text: by(text), small: by(small), chip: by(chip), ..request.metrics };
        }
        request
    }

    /// The request with everything as much larger, in the same panel.
    fn grown(&self, by: f64) -> Self {
        let Metrics { text, small, digit, radius, chip, least } = self.metrics;
        let metrics = Metrics {
            text: by * text,
            small: by * small,
            digit,
            radius: by * radius,
            chip: by * chip,
            least,
        };
        Self { metrics, ..self.clone() }
    }

    /// The request where the type may be as small as `least`.
    fn with_least(&self, least: f64) -> Self {
        Self { metrics: Metrics { least, ..self.metrics }, ..self.clone() }
    }

    /// Whether the network is too large for a number at every line.
    fn is_large(&self) -> bool {
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
    /// Radius of a unit of the longest column.
    pub radius: f64,
    /// Size of the numbers in labels.
    pub number: f64,
    /// Size of names in labels and above units.
    pub name: f64,
    /// Size of gradients and δ.
    pub small: f64,
    /// Size of the inputs' numbers in a condensed network.
    pub input: f64,
    /// Size of captions.
    pub caption: f64,
    /// Least size of what can be touched.
    pub touch: f64,
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
    /// Whether there is room for "∂E/∂w" before a gradient.
    pub is_named: bool,
    /// Whether there is room for bold type.
    pub is_bold: bool,
    /// Width of the borders of what appears below.
    pub note_pad: f64,
    /// Whether there is room for "0.14 → 0.17438"; else "→ 0.17438".
    pub is_update_long: bool,
    /// Width for a target's number.
    pub target: f64,
    /// No number is set in smaller type.
    pub least: f64,
}

impl Sizes {
    /// A size of type, and the smaller one for long numbers.
    pub fn squeezed(&self, size: f64) -> [f64; 2] {
        [size, (size * SQUEEZE).max(self.least).min(size)]
    }
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
    /// The radius of its circle.
    pub radius: f64,
    /// Its name, if there is room.
    pub name: Option<Rect>,
    /// Where the number of an input stands whose circle has no room for it.
    pub value: Option<Rect>,
    /// Where δ appears, if it has one and there is room.
    pub slot: Option<Rect>,
}

impl UnitPlace {
    /// The square around its circle.
    pub fn circle(&self) -> Rect {
        Rect::around(self.centre, 2.0 * self.radius, 2.0 * self.radius)
    }
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
    /// The caption of each layer 0…L, if there is room.
    pub captions: Vec<Option<Rect>>,
    /// Whether the captions are the short ones.
    pub has_short_captions: bool,
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
    /// The controls that change the design, if they are asked for.
    pub controls: Vec<(Control, Rect)>,
    /// Width and height of a callout in each layer of a condensed network: a wide one and a narrow one.
    callouts: Vec<[(f64, f64); 2]>,
}

/// A part of a condensed network whose numbers are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CondensedPart {
    /// A unit.
    Unit(UnitId),
    /// A weight or bias.
    Param(Param),
}

/// Where the numbers of a unit stand in a condensed network: its name and value, then δ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Callout {
    /// The unit.
    pub unit: UnitId,
    /// All of it.
    pub rect: Rect,
    /// Whether the value stands beside the name and not below.
    pub is_wide: bool,
}

/// The numbers that are shown in a condensed network.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Annotations {
    /// Of units.
    pub callouts: Vec<Callout>,
    /// Of weights and biases.
    pub labels: Vec<Label>,
}

/// Lays out a network. `required` are units that have to be drawn where some are left out,
/// the most wanted first.
pub fn layout(request: &Request, required: &[UnitId]) -> Layout {
    let made = |request: &Request| {
        let labelled = if request.is_large() { None } else { labelled::layout(request) };
        let is_long = request.layers.iter().any(|layer| LONG < layer.n_units);
        let is_seen = |layout: &Layout| {
            !is_long || layout.width == request.width && layout.height <= TALL * request.height
        };
        labelled.filter(is_seen).unwrap_or_else(|| condensed::layout(request, required))
    };
    match request.controls {
        Some(size) => controls::with_controls(&request.zoomed(), size, made),
        None if request.zoom != 1.0 => made(&request.zoomed()),
        None => made(request),
    }
}

/// The part of the line between two units that lies outside of their circles.
pub fn edge_line(from: &UnitPlace, to: &UnitPlace) -> (Point, Point) {
    (rim(from, to.centre), rim(to, from.centre))
}

/// Where the line from a unit to a point leaves its circle.
pub fn rim(unit: &UnitPlace, to: Point) -> Point {
    unit.centre.towards(to, unit.radius / unit.centre.distance(to).max(1.0))
}

impl Layout {
    /// Whether some units are not drawn.
    pub fn leaves_out(&self) -> bool {
        self.units.iter().flatten().any(|place| place.unit.is_none())
    }

    /// Whether its units stand where those of another one do, in the same size.
    pub fn has_units_of(&self, other: &Self) -> bool {
        let size = |layout: &Self| (layout.width, layout.height, layout.sizes.radius);
        size(self) == size(other) && self.units == other.units
    }

    /// Whether it has no room in a panel of this size without scrolling. (It takes whole pixels.)
    pub fn is_larger_than(&self, width: f64, height: f64) -> bool {
        width < self.width.round() || height < self.height.round()
    }

    /// A drawn unit.
    pub fn unit(&self, id: UnitId) -> Option<&UnitPlace> {
        self.units.get(id.layer)?.iter().find(|place| place.unit == Some(id.unit))
    }

    /// The line of a weight's edge, if both its units are drawn.
    pub fn edge(&self, layer: usize, to: usize, from: usize) -> Option<(Point, Point)> {
        Some(edge_line(self.unit(UnitId::new(layer - 1, from))?, self.unit(UnitId::new(layer, to))?))
    }

    /// Every rectangle that holds text, but for the labels of the weights.
    fn fixed_rects(&self) -> Vec<Rect> {
        let mut rects: Vec<Rect> = Vec::new();
        for unit in self.units.iter().flatten() {
            rects.extend([unit.name, unit.value, unit.slot].into_iter().flatten());
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
        rects.extend(self.captions.iter().flatten());
        rects.push(self.sample);
        rects.extend(self.legend);
        rects.retain(|rect| 0.0 < rect.h);
        rects
    }

    /// Every rectangle that holds text.
    pub fn text_rects(&self) -> Vec<Rect> {
        let mut rects = self.fixed_rects();
        let weights = self.labels.iter().filter(|label| !label.param.is_bias());
        rects.extend(weights.map(|label| label.chip.union(&label.below)));
        rects.extend(self.controls.iter().map(|(_, rect)| *rect));
        rects
    }

    /// Whether no text covers other text or a unit, and all of it is inside.
    pub fn is_clear(&self) -> bool {
        self.clash().is_none()
    }

    /// Text that covers something or leaves the diagram, and what it covers.
    fn clash(&self) -> Option<(Rect, Rect)> {
        let rects = self.text_rects();
        rects.iter().enumerate().find_map(|(k, rect)| {
            let is_inside =
                0.0 <= rect.x && 0.0 <= rect.y && rect.right() <= self.width && rect.bottom() <= self.height;
            let other = rects[..k].iter().find(|other| rect.overlaps(other)).copied();
            let mut units = self.units.iter().flatten();
            let disc = units.find(|unit| rect.touches_disc(unit.centre, unit.radius)).map(UnitPlace::circle);
            let outside = (!is_inside).then_some(Rect { x: 0.0, y: 0.0, w: self.width, h: self.height });
            Some((*rect, other.or(disc).or(outside)?))
        })
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
            folded: 1.3,
            caption: if layer == 0 { "inputs" } else { "hidden 1 · sigmoid" }.to_owned(),
            short: if layer == 0 { "inputs" } else { "tanh" }.to_owned(),
        });
        Request {
            width,
            height,
            metrics,
            digits,
            layers: layers.collect(),
            names: NameWidths { param: 1.9, slot: 1.2, gradient: 1.2, target: 2.6, loss: 1.0 },
            input: 5.0,
            sample: 12.0,
            zoom: 1.0,
            controls: None,
        }
    }

    fn weights(params: &[Param]) -> Vec<CondensedPart> {
        params.iter().copied().map(CondensedPart::Param).collect()
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
            for (k, (sizes, has_biases)) in LABELLED.iter().enumerate() {
                let all_digits: &[u8] = if k < 5 { &[2, 5, 10] } else { &[5] };
                for &digits in all_digits {
                    let request = request(sizes, *has_biases, panel, digits);
                    let layout = layout(&request, &[]);
                    let what = format!("{sizes:?} {has_biases} in {}×{}, {digits} digits", panel.0, panel.1);
                    assert!(!layout.is_condensed, "{what}: condensed");
                    assert_eq!(layout.clash(), None, "{what}");
                    assert_eq!(layout.labels.len(), request.n_params(), "{what}");
                    for label in &layout.labels {
                        let Param::Weight { layer, to, from } = label.param else { continue };
                        let (a, b) = layout.edge(layer, to, from).unwrap();
                        assert!(label.chip.touches_line(a, b), "{what}: {:?} is off its edge", label.param);
                    }
                }
            }
        }
    }

    #[test]
    fn a_long_column_has_all_labels_where_they_can_be_seen() {
        for panel in panels() {
            let request = request(&[1, 8, 1], true, panel, 5);
            let layout = layout(&request, &[]);
            assert_eq!((layout.width, layout.height), (request.width, request.height), "{panel:?}");
            let is_touch = request.metrics.is_touch();
            assert!(is_touch || !layout.leaves_out(), "{panel:?}");
        }
        assert!(layout(&request(&[1, 8, 1], true, (620.0, 480.0, Metrics::default()), 5), &[]).is_condensed);
        assert!(
            !layout(&request(&[1, 8, 1], true, (900.0, 1400.0, Metrics::default()), 5), &[]).is_condensed
        );
    }

    #[test]
    fn the_lessons_are_large_in_a_lecture_hall() {
        let projector = panels()[3];
        for (sizes, has_biases) in &LABELLED[..5] {
            let layout = layout(&request(sizes, *has_biases, projector, 5), &[]);
            let is_large = 17.0 <= layout.sizes.number && 42.0 <= layout.sizes.radius;
            assert!(is_large && layout.height == projector.1, "{sizes:?}: {:?}", layout.sizes);
        }
    }

    #[test]
    fn large_networks_are_condensed() {
        let shapes: &[&[usize]] = &[
            &[2, 25, 50, 50, 25, 1],
            &[8, 8, 8],
            &[30, 16, 10],
            &[2, 2, 2, 2, 2, 2, 2, 2, 2, 1],
            &[256, 256],
        ];
        for panel in panels() {
            for sizes in shapes {
                let request = request(sizes, true, panel, 5);
                let layout = layout(&request, &[UnitId::new(1, 7)]);
                let what = format!("{sizes:?} in {}×{}", panel.0, panel.1);
                assert!(layout.is_condensed, "{what}");
                assert_eq!(layout.clash(), None, "{what}");
                let n_drawn = layout.units.iter().flatten().count();
                assert!(n_drawn <= MAX_DRAWN * sizes.len(), "{what}");
                assert_eq!(layout.unit(UnitId::new(1, 7)).is_some(), 7 < sizes[1], "{what}");
                let params: Vec<Param> =
                    (0..sizes[0].min(4)).map(|from| Param::Weight { layer: 1, to: 0, from }).collect();
                let mut labelled = layout.clone();
                labelled.labels = layout.annotations(&weights(&params)).labels;
                assert_eq!(labelled.clash(), None, "{what}: labels");
            }
        }
    }

    #[test]
    fn nothing_moves_when_a_label_appears() {
        let layout = layout(&request(&[2, 16, 1], true, panels()[0], 5), &[]);
        let params: Vec<Param> = (0..3).map(|to| Param::Weight { layer: 1, to, from: 0 }).collect();
        let labels = |params| layout.annotations(&weights(params)).labels;
        let (two, three) = (labels(&params[..2]), labels(&params));
        assert_eq!(two, three[..2]);
    }
}
