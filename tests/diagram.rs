//! The diagram of large networks: what is drawn of a layer, where numbers stand and that none covers
//! another, and the lines between the drawn units.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used)]

use backprop::activation::Activation;
use backprop::init::{Init, Scheme};
use backprop::network::{Network, Param, Params, UnitId};
use backprop::rng::Rng;
use backprop::trace::activations;
use chainrule::lesson::Lesson;
use chainrule::picture::layout::rect::Rect;
use chainrule::picture::layout::{
    CondensedPart, Control, LayerShape, Layout, MAX_DRAWN, Metrics, NameWidths, Request, UnitPlace,
    edge_line, layout,
};
use chainrule::picture::unit_pictures::UnitPictures;

fn request(sizes: &[usize], width: f64, height: f64, zoom: f64) -> Request {
    let layers = sizes.iter().enumerate().map(|(layer, &n_units)| LayerShape {
        n_units,
        has_biases: 0 < layer,
        biases_learn: true,
        name: 2.1,
        folded: 2.1,
        caption: if layer == 0 { "inputs" } else { "hidden 1\u{a0}· tanh" }.to_owned(),
        short: if layer == 0 { "inputs" } else { "tanh" }.to_owned(),
    });
    let names = NameWidths { param: 3.2, slot: 2.9, gradient: 2.9, target: 1.0, loss: 1.0 };
    Request {
        width,
        height,
        metrics: Metrics::default(),
        digits: 5,
        layers: layers.collect(),
        names,
        input: 5.0,
        sample: 18.0,
        zoom,
        controls: None,
    }
}

fn network(sizes: &[usize]) -> Network {
    let draw = |(k, pair): (usize, &[usize])| {
        let init = Init { scheme: Scheme::GlorotUniform, scale: 1.0, seed: k as u64, biases: true };
        init.draw(pair[1], pair[0])
    };
    let layers = sizes.windows(2).enumerate().map(draw).collect();
    Network { params: Params(layers), activations: vec![Activation::Tanh; sizes.len() - 1] }
}

/// A shape, what to lay out of it, and the units in question.
type Case = (Vec<usize>, Request, Vec<UnitId>);

/// Random shapes in random panels.
fn cases() -> Vec<Case> {
    let mut rng = Rng::new(17);
    (0..150)
        .map(|_| {
            let n_layers = 1 + rng.below(6);
            let mut sizes: Vec<usize> = (0..=n_layers).map(|_| 1 + rng.below(70)).collect();
            sizes[0] += 13;
            let (width, height) = (340.0 + 1200.0 * rng.uniform(), 380.0 + 500.0 * rng.uniform());
            let zoom = [1.0, 1.0, 1.5, 2.0, 4.0][rng.below(5)];
            let required = (0..3)
                .map(|_| {
                    let layer = rng.below(sizes.len());
                    UnitId { layer, unit: rng.below(sizes[layer]) }
                })
                .collect();
            let request = request(&sizes, width, height, zoom);
            (sizes, request, required)
        })
        .collect()
}

fn places_of(layout: &Layout, parts: &[CondensedPart]) -> Vec<Rect> {
    let annotations = layout.annotations(parts);
    let callouts = annotations.callouts.iter().map(|callout| callout.rect);
    callouts.chain(annotations.labels.iter().map(|label| label.chip.union(&label.below))).collect()
}

#[test]
fn what_is_wanted_is_drawn_in_few_places() {
    for (sizes, request, required) in cases() {
        let layout = layout(&request, &required);
        let most = MAX_DRAWN.max((8.0 * request.zoom) as usize);
        for (layer, column) in layout.units.iter().enumerate() {
            assert!(column.len() <= most, "{sizes:?}: {} places", column.len());
            let units: Vec<usize> = column.iter().filter_map(|place| place.unit).collect();
            assert!(units.is_sorted() && units[0] == 0 && units[units.len() - 1] == sizes[layer] - 1);
            // Nothing is left out where no dots stand for it, and dots stand for at least two.
            for pair in column.windows(2) {
                match (pair[0].unit, pair[1].unit) {
                    (Some(a), Some(b)) => assert_eq!(a + 1, b, "{sizes:?}"),
                    (None, None) => panic!("{sizes:?}: dots beside dots"),
                    _ => {}
                }
            }
            for pair in units.windows(2) {
                assert_ne!(pair[0] + 2, pair[1], "{sizes:?}: dots for one unit");
            }
        }
        for &unit in &required {
            assert!(layout.unit(unit).is_some(), "{sizes:?}: {unit:?} is not drawn");
        }
    }
}

/// Pointing at what is drawn moves nothing.
#[test]
fn wanting_what_is_drawn_draws_the_same() {
    for (sizes, request, required) in cases() {
        let before = layout(&request, &required[..2]);
        for layer in 0..sizes.len() {
            for place in before.units[layer].iter().filter_map(|place| place.unit) {
                let more = [&required[..2], &[UnitId::new(layer, place)]].concat();
                let after = layout(&request, &more);
                assert!(after.units == before.units, "{sizes:?} {required:?} {layer} {place}");
            }
        }
    }
}

/// The units that are required, their biases, and the weights to them that are drawn.
fn parts_of(layout: &Layout, required: &[UnitId]) -> Vec<CondensedPart> {
    let mut parts: Vec<CondensedPart> = required.iter().copied().map(CondensedPart::Unit).collect();
    for &UnitId { layer, unit: to } in required.iter().filter(|unit| 0 < unit.layer) {
        parts.push(CondensedPart::Param(Param::Bias { layer, to }));
        let senders = layout.units[layer - 1].iter().filter_map(|place| place.unit);
        parts.extend(senders.map(|from| CondensedPart::Param(Param::Weight { layer, to, from })));
    }
    parts
}

#[test]
fn no_number_covers_another_or_a_unit() {
    let (mut n_asked, mut n_shown) = (0, 0);
    for (sizes, request, required) in cases() {
        let layout = layout(&request, &required);
        let parts = parts_of(&layout, &required);
        let places = places_of(&layout, &parts);
        let callouts = layout.annotations(&parts).callouts;
        let others = layout.text_rects();
        for (k, rect) in places.iter().enumerate() {
            let inside = Rect { x: 0.0, y: 0.0, w: layout.width, h: layout.height };
            assert_eq!(inside.union(rect), inside, "{sizes:?}: outside");
            assert!(places[..k].iter().chain(&others).all(|other| !rect.overlaps(other)), "{sizes:?}");
            // Where nothing is free, what a unit says covers others, never itself.
            let own = callouts.get(k).and_then(|callout| layout.unit(callout.unit));
            let mut units = layout.units.iter().flatten().filter(|unit| own.is_none_or(|own| own == *unit));
            assert!(!units.any(|unit| rect.touches_disc(unit.centre, unit.radius)), "{sizes:?}: a unit");
        }
        n_asked += required.len();
        n_shown += callouts.len();
        let first = callouts.first().map(|callout| callout.unit);
        assert_eq!(first, Some(required[0]), "{sizes:?}: the first has no numbers");
        // What comes later in the list moves nothing that was there before.
        let half = places_of(&layout, &parts[..required.len()]);
        assert_eq!(half[..], places[..half.len()]);
    }
    // The others have room only where they would be taken for numbers of another layer.
    assert!(0.88 * n_asked as f64 <= n_shown as f64, "{n_shown} of {n_asked} units have room for numbers");
}

/// In a short card with many layers, what a unit says leaves the numbers within circles to be read.
#[test]
fn what_a_unit_says_covers_no_number_within_a_circle() {
    for width in [500.0, 620.0, 757.0, 900.0] {
        let layout = layout(&request(&[2, 6, 6, 6, 6, 6, 1], width, 268.0, 1.0), &[]);
        for unit in (0..6).map(|unit| UnitId::new(1, unit)) {
            let callouts = layout.annotations(&[CondensedPart::Unit(unit)]).callouts;
            let rect = callouts.first().expect("the unit's numbers").rect;
            for place in layout.units[0].iter().chain(&layout.units[6]) {
                let gap = rect.distance(place.centre);
                assert!(0.5 * place.radius < gap, "{width}: {unit:?} covers a number, {gap} from its middle");
            }
        }
    }
}

/// A number is taken for one of what it stands at.
#[test]
fn numbers_stand_at_their_own_layer() {
    for (sizes, request, required) in cases() {
        let layout = layout(&request, &required);
        let parts = parts_of(&layout, &required);
        let annotations = layout.annotations(&parts);
        // The layer of the unit that is nearest, from rim to border.
        let layer_at = |rect: &Rect| {
            let columns = layout.units.iter().enumerate();
            let units = columns.flat_map(|(layer, column)| column.iter().map(move |unit| (layer, unit)));
            let gap = |unit: &UnitPlace| {
                let dx = (rect.x - unit.centre.x).max(unit.centre.x - rect.right()).max(0.0);
                let dy = (rect.y - unit.centre.y).max(unit.centre.y - rect.bottom()).max(0.0);
                dx.hypot(dy) - unit.radius
            };
            let nearest = units.min_by(|(_, a), (_, b)| gap(a).total_cmp(&gap(b)));
            nearest.map(|(layer, unit)| (layer, gap(unit)))
        };
        // The first unit's numbers are shown in any case, and may cover others.
        for callout in annotations.callouts.iter().skip(1) {
            let own = layout.unit(callout.unit).expect("a callout of a drawn unit");
            let (dx, dy) = (callout.rect.centre().x - own.centre.x, callout.rect.centre().y - own.centre.y);
            let is_beside = dx.abs() <= callout.rect.w / 2.0 + own.radius + 7.0
                && dy.abs() <= callout.rect.h + own.radius + 7.0;
            let at = layer_at(&callout.rect);
            assert!(
                is_beside || at.is_some_and(|(layer, _)| layer == callout.unit.layer),
                "{sizes:?}: {at:?}"
            );
        }
        for label in &annotations.labels {
            let x = label.chip.centre().x;
            if let Param::Weight { layer, to, from } = label.param {
                let ends = [UnitId::new(layer, to), UnitId::new(layer - 1, from)];
                let [a, b] = ends.map(|unit| layout.unit(unit).expect("an edge of drawn units").centre.x);
                assert!(a.min(b) <= x && x <= a.max(b), "{sizes:?}: {:?}", label.param);
            }
        }
    }
}

/// On a laptop, in a lecture hall, on a tablet and on a phone larger networks lie within their
/// panels, with every caption, what the lines mean, and numbers that can be read.
#[test]
fn larger_networks_fit_their_panels() {
    let shapes: [&[usize]; 9] = [
        &[8, 3, 8],
        &[6, 2, 1],
        &[1, 8, 1],
        &[2, 16, 16, 1],
        &[2, 25, 50, 50, 25, 1],
        &[4, 8, 3],
        &[64, 32, 10],
        &[2, 8, 8, 8, 1],
        &[2, 44, 1],
    ];
    let normal = Metrics::default();
    let hall = Metrics { text: 19.0, small: 17.0, radius: 46.0, chip: 36.0, ..normal };
    let phone = Metrics { radius: 29.0, ..normal };
    let panels = [
        (783.0, 497.0, normal, 11.0),
        (1056.0, 648.0, hall, 14.0),
        (546.0, 574.0, normal, 11.0),
        (364.0, 520.0, phone, 11.0),
        (364.0, 520.0, Metrics { chip: 44.0, ..phone }, 11.0),
    ];
    for (width, height, metrics, legible) in panels {
        for sizes in shapes {
            let what = format!("{sizes:?} in {width} × {height}");
            let mut request = Request { metrics, ..request(sizes, width, height, 1.0) };
            if let Some(last) = request.layers.last_mut() {
                (last.caption, last.short) = ("outputs\u{a0}· softmax".to_owned(), "softmax".to_owned());
            }
            let layout = layout(&request, &[]);
            // For the sake of all labels a little more.
            let most = if layout.is_condensed { height } else { 1.1 * height };
            assert!(layout.width == width && layout.height <= most, "{what}: {} high", layout.height);
            assert!(layout.is_clear(), "{what}");
            assert!(layout.captions.iter().all(Option::is_some), "{what}: captions");
            assert!(layout.legend.is_some(), "{what}: what the lines mean");
            assert!(legible <= layout.sizes.input, "{what}: inputs in {} px", layout.sizes.input);
            for (caption, column) in layout.captions.iter().zip(&layout.units) {
                let x = caption.expect("asserted").centre().x;
                assert!((x - column[0].centre.x).abs() < 1e-9, "{what}: a caption is off its column");
            }
            for (layer, column) in layout.units.iter().enumerate().filter(|_| layout.is_condensed) {
                for unit in column.iter().filter_map(|place| place.unit) {
                    let callouts =
                        layout.annotations(&[CondensedPart::Unit(UnitId { layer, unit })]).callouts;
                    assert_eq!(callouts.len(), 1, "{what}: {layer} {unit}");
                }
            }
        }
    }
}

/// The controls of every layer stand clear of everything and of each other, and inside.
#[test]
fn controls_cover_nothing() {
    let mut rng = Rng::new(5);
    for k in 0..60 {
        let n_layers = 1 + rng.below(10);
        let most = if k % 2 == 0 { 3 } else { 60 };
        let sizes: Vec<usize> = (0..=n_layers).map(|_| 1 + rng.below(most)).collect();
        let (width, height) = (340.0 + 900.0 * rng.uniform(), 420.0 + 300.0 * rng.uniform());
        let size = [24.0, 28.0, 44.0][k % 3];
        let request = Request { controls: Some(size), ..request(&sizes, width, height, 1.0) };
        let layout = layout(&request, &[]);
        let rects = layout.text_rects();
        for (i, rect) in rects.iter().enumerate() {
            let clash = rects[..i].iter().find(|other| rect.overlaps(other));
            assert_eq!(clash, None, "{sizes:?} in {width} × {height}: {rect:?}");
        }
        assert!(layout.is_clear(), "{sizes:?} in {width} × {height}");
        let has = |control| layout.controls.iter().any(|(other, _)| *other == control);
        for layer in 1..=n_layers {
            assert!(has(Control::AddLayer(layer)), "{sizes:?}");
            for control in [Control::AddUnit(layer), Control::RemoveUnit(layer), Control::RemoveLayer(layer)]
            {
                assert_eq!(has(control), layer < n_layers, "{sizes:?}: {control:?}");
            }
        }
        assert!(
            layout.controls.iter().all(|(_, rect)| size - 1e-9 <= rect.w && (rect.h - size).abs() < 1e-9)
        );
    }
}

#[test]
fn every_drawn_edge_is_one_line_from_rim_to_rim() {
    let sizes = [2, 25, 50, 3];
    let network = network(&sizes);
    let layout = layout(&request(&sizes, 780.0, 600.0, 1.0), &[UnitId::new(2, 16)]);
    let strokes = layout.strokes(&network);
    let drawn = |layer: usize| layout.units[layer].iter().filter_map(|place| place.unit);
    let mut n_edges = 0;
    for layer in 1..sizes.len() {
        for to in drawn(layer) {
            for from in drawn(layer - 1) {
                n_edges += 1;
                let place = |layer, unit| layout.unit(UnitId { layer, unit }).expect("drawn");
                let (a, b) = (place(layer - 1, from), place(layer, to));
                let line = edge_line(a, b);
                assert!((a.centre.distance(line.0) - a.radius).abs() < 1e-9);
                assert!((b.centre.distance(line.1) - b.radius).abs() < 1e-9);
                let with_line = strokes.iter().filter(|strokes| strokes.lines.contains(&line));
                let of: Vec<_> = with_line.collect();
                let weight = network.params.at(Param::Weight { layer, to, from });
                assert_eq!(of.len(), 1, "{layer} {to} {from}");
                assert_eq!(of[0].is_negative, weight < 0.0);
                // Its middle is nearest to itself, unless lines cross there.
                let found = layout.weight_at(line.0.towards(line.1, 0.02), 2.0);
                assert_eq!(found, Some(Param::Weight { layer, to, from }));
            }
        }
    }
    assert_eq!(strokes.iter().map(|strokes| strokes.lines.len()).sum::<usize>(), n_edges);
    // The thickest line is the largest drawn weight's.
    let thickest = strokes.iter().map(|strokes| strokes.width).fold(0.0, f64::max);
    assert!(strokes.iter().all(|strokes| (0.6..=thickest).contains(&strokes.width)));
    assert_eq!(layout.weight_at(layout.units[1][0].centre, 2.0), None);
}

/// The small pictures show what a whole forward pass gives, at the middle of each cell.
#[test]
fn unit_pictures_are_forward_passes() {
    for (text, is_plane) in [
        (include_str!("../static/lessons/skalski.json"), true),
        (include_str!("../static/lessons/approximate-sine.json"), false),
    ] {
        let lesson = Lesson::from_json(text).expect("valid");
        let network = &*lesson.network;
        let last = network.n_layers() - 1;
        let units: Vec<UnitId> =
            (1..=last).flat_map(|layer| [0, 3].map(|unit| UnitId { layer, unit })).collect();
        let pictures = UnitPictures::new(network, &lesson, &units);
        assert_eq!(pictures.is_plane, is_plane);
        assert_eq!(pictures.units.len(), units.len());
        let n = pictures.n;
        let span = |k: usize| {
            let inputs = lesson.data.train.iter().chain(&lesson.data.test).map(|sample| sample.input[k]);
            let (min, max) = inputs.fold((f64::MAX, f64::MIN), |(min, max), x| (min.min(x), max.max(x)));
            (min - 0.1 * (max - min), 1.2 * (max - min))
        };
        for (UnitId { layer, unit }, values) in &pictures.units {
            assert_eq!(values.len(), if is_plane { n * n } else { n });
            for (place, value) in values.iter().enumerate() {
                let at = |k: usize, step: usize| span(k).0 + span(k).1 * (step as f64 + 0.5) / n as f64;
                let input: Vec<f64> = [place % n, place / n]
                    .into_iter()
                    .take(network.n_units(0))
                    .enumerate()
                    .map(|(k, step)| at(k, step))
                    .collect();
                let whole = activations(network, &input, *layer)[*unit];
                assert!((value - whole).abs() < 1e-9, "{layer} {unit} {place}: {value} {whole}");
            }
        }
        if !is_plane {
            let curve = pictures.curve(&pictures.units[0].1);
            assert!(curve.iter().all(|(x, y)| 0.0 < *x && *x < 1.0 && 0.0 < *y && *y < 1.0));
        }
    }
}
