//! Maps, images and the order of parameters: each cell shows the number that every other view shows,
//! on one scale, and the largest comes first.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used)]

mod common;

use backprop::network::Param;
use backprop::trace::outputs;
use chainrule::explanation::terms::terms;
use chainrule::explanation::{Detail, explain};
use chainrule::lesson::quantity::Quantity;
use chainrule::moment::Moment;
use chainrule::moment::step::{Grain, StepKind};
use chainrule::picture::chart::Rgb;
use chainrule::picture::heat_map::{Grid, MapCell, MapLayout, MapNumbers, MapQuantity, legend, scale};
use chainrule::picture::image::{Bar, Drawing, Ink, Tiles, bars, side_of, unit_scale};
use chainrule::picture::ranking::{largest, ranked};
use chainrule::picture::raster::{ColourScale, Shades};
use chainrule::session::{Action, Session};
use common::{MAZUR, lesson, lessons, session};

const SHADES: Shades = Shades {
    zero: Rgb(255, 255, 255),
    positive: Rgb(0, 0, 200),
    negative: Rgb(240, 120, 40),
    mark: Rgb(0, 0, 0),
};
const DIGITS: &str = include_str!("../static/lessons/digits.json");

/// Every stop of the first two updates of a session, or the first few hundred.
fn moments(session: Session) -> impl Iterator<Item = Moment> {
    let next = |session: &Session| Some(session.update(Action::StepForward { coarser: false }));
    std::iter::successors(Some(session.update(Action::SetGrain(Grain::Term))), next)
        .take(400)
        .map(|session| session.moment().clone())
}

#[test]
fn each_cell_shows_what_every_view_shows() {
    for (name, lesson) in lessons() {
        for moment in moments(session(&lesson)) {
            for layer in 1..=moment.network().n_layers() {
                let grid = Grid::new(moment.network(), layer);
                for kind in MapQuantity::ALL {
                    let found = MapNumbers::new(&moment, kind, layer);
                    assert_eq!(grid.cells().count(), grid.n_rows * grid.n_columns);
                    for cell in grid.cells() {
                        let number = found.at(cell);
                        let param = grid.param(cell);
                        assert_eq!(grid.cell(param), Some(cell));
                        let learns = kind == MapQuantity::Weight || moment.learns(param);
                        let shown = moment.shown(kind.quantity(&moment, param)).filter(|_| learns);
                        let at = moment.position;
                        assert_eq!(number, shown, "{name}: {kind:?} of {param:?} at {at:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn the_cells_are_the_parameters_of_the_layer() {
    for (name, lesson) in lessons() {
        let network = &lesson.network;
        let cells = (1..=network.n_layers()).flat_map(|layer| Grid::new(network, layer).params());
        let mut cells: Vec<Param> = cells.collect();
        let mut list = network.param_list();
        cells.sort();
        list.sort();
        assert_eq!(cells, list, "{name}");
    }
}

#[test]
fn a_scale_just_holds_every_number_of_its_layers() {
    for (name, lesson) in lessons() {
        let moment = moments(session(&lesson)).last().expect("a moment");
        let n_layers = moment.network().n_layers();
        for kind in MapQuantity::ALL {
            let learns = |param: &Param| kind == MapQuantity::Weight || moment.learns(*param);
            let size = |param: Param| moment.value(kind.quantity(&moment, param)).expect("a number").abs();
            let largest_of = |first: usize, last: usize| {
                let in_layers = |param: &Param| (first..=last).contains(&param.layer());
                let params = moment.network().param_list().into_iter();
                params.filter(in_layers).filter(learns).map(size).fold(0.0, f64::max)
            };
            assert_eq!(scale(&moment, kind, 1..=n_layers).most, largest_of(1, n_layers), "{name}");
            assert_eq!(scale(&moment, kind, 1..=1).most, largest_of(1, 1), "{name}");
        }
    }
    let scale = ColourScale::of([0.5, -2.0, f64::INFINITY, 1.0]);
    assert_eq!(scale.most, 2.0);
    assert_eq!([-2.0, -1.0, 0.0, 0.5, 9.0].map(|x| scale.share(x)), [-1.0, -0.5, 0.0, 0.25, 1.0]);
    assert_eq!((ColourScale::of([]).most, ColourScale::of([0.0]).share(0.0)), (0.0, 0.0));
}

/// The picture's pixels are read back cell by cell.
#[test]
fn colours_say_sign_and_size_and_dashes_say_negative() {
    let network = &lesson(MAZUR).network;
    let grid = Grid::new(network, 1);
    assert_eq!((grid.n_rows, grid.n_columns), (2, 3));
    let values = [Some(1.0), Some(-1.0), None, Some(0.0), Some(0.25), Some(-0.25)];
    let layout = MapLayout::fit(grid, (300.0, 300.0), 2.0);
    let raster = layout.paint(|cell| values[3 * cell.row + cell.column], ColourScale { most: 1.0 }, &SHADES);
    let (width, height) = layout.size();
    assert_eq!((raster.width() as f64, raster.height() as f64), (2.0 * width, 2.0 * height));
    for (k, value) in values.into_iter().enumerate() {
        let cell = MapCell { row: k / 3, column: k % 3 };
        let (left, top, side) = layout.place(cell);
        let at =
            |x: f64, y: f64| raster.at((2.0 * (left + x * side)) as usize, (2.0 * (top + y * side)) as usize);
        let (corner, middle) = (at(0.1, 0.1), at(0.45, 0.48));
        let expected = match value {
            Some(1.0) => SHADES.positive,
            Some(-1.0) => SHADES.negative,
            // The root of a quarter is half the way from white.
            Some(0.25) => Rgb(128, 128, 228),
            Some(-0.25) => Rgb(248, 188, 148),
            _ => SHADES.zero,
        };
        assert_eq!(corner, expected, "{value:?}");
        let is_marked = value.is_none_or(|x| x < 0.0);
        assert_eq!(middle != corner, is_marked, "{value:?}");
        for (x, y) in [(0.2, 0.2), (0.5, 0.5), (0.8, 0.8)] {
            assert_eq!(layout.cell_at(left + x * side, top + y * side), cell);
        }
    }
    // Outside is the nearest cell.
    assert_eq!(layout.cell_at(-5.0, 1e4), MapCell { row: 1, column: 0 });
    let legend = legend(11, 10, &SHADES);
    let first = |k: usize| legend.at(10 * k, 0);
    assert_eq!((first(0), first(5), first(10)), (SHADES.negative, SHADES.zero, SHADES.positive));
}

#[test]
fn maps_fit_their_room_whatever_their_size() {
    for (n_rows, n_columns) in [(1, 2), (25, 3), (50, 51), (32, 65), (256, 257)] {
        let grid = Grid { layer: 1, n_rows, n_columns, has_biases: true };
        for room in [280.0, 350.0, 570.0, 900.0] {
            for ratio in [2.0, 3.0] {
                for n in [1, 3] {
                    let (layout, width) = MapLayout::beside(grid, n, room, ratio);
                    let (across, down) = layout.size();
                    assert!(across <= width && width <= room, "{n_rows} × {n_columns} in {room}: {across}");
                    // Cells too small to be seen make a map higher, never wider.
                    assert!(
                        down <= 260.0_f64.max(0.4 * room).max(n_rows as f64),
                        "{n_rows} × {n_columns} in {room}: {down}"
                    );
                    assert!(0.5 <= layout.place(MapCell { row: 0, column: 0 }).2);
                }
            }
        }
    }
}

#[test]
fn keys_reach_every_cell_and_stay_within() {
    let grid = Grid { layer: 1, n_rows: 3, n_columns: 4, has_biases: false };
    let cell = |row, column| MapCell { row, column };
    for (from, key, to) in [
        (cell(0, 0), "ArrowRight", cell(0, 1)),
        (cell(0, 3), "ArrowRight", cell(0, 3)),
        (cell(1, 1), "ArrowUp", cell(0, 1)),
        (cell(0, 1), "ArrowUp", cell(0, 1)),
        (cell(1, 1), "ArrowDown", cell(2, 1)),
        (cell(2, 0), "ArrowLeft", cell(2, 0)),
        (cell(1, 1), "Home", cell(1, 0)),
        (cell(1, 1), "End", cell(1, 3)),
    ] {
        assert_eq!(grid.after_key(from, key), Some(to), "{from:?} {key}");
    }
    assert_eq!(grid.after_key(cell(0, 0), "e"), None);
}

/// Against the plainest sort there is: by insertion, through the names that views look up.
#[test]
fn the_largest_come_first_and_equal_ones_stay() {
    for (name, lesson) in lessons() {
        for moment in moments(session(&lesson)).step_by(29) {
            let params = moment.network().param_list();
            for kind in MapQuantity::ALL {
                let size = |param: Param| {
                    let has_number = kind == MapQuantity::Weight || moment.learns(param);
                    let value = has_number.then(|| moment.value(kind.quantity(&moment, param))).flatten();
                    value.map_or(-1.0, f64::abs)
                };
                let mut expected: Vec<Param> = Vec::new();
                for &param in &params {
                    let behind = expected.iter().position(|other| size(*other) < size(param));
                    expected.insert(behind.unwrap_or(expected.len()), param);
                }
                let found = ranked(&moment, kind, &params);
                assert_eq!(found, expected, "{name}: {kind:?}");
                assert_eq!(largest(&moment, kind, &params), Some(found[0]), "{name}: {kind:?}");
            }
        }
    }
}

/// A number that was made for a larger network is never painted into the map of a smaller one.
#[test]
fn numbers_end_where_their_own_grid_does() {
    let [small, large] = [MAZUR, DIGITS].map(|text| session(&lesson(text)));
    let numbers = MapNumbers::new(small.moment(), MapQuantity::Weight, 1);
    let own = Grid::new(small.moment().network(), 1);
    for cell in Grid::new(large.moment().network(), 1).cells() {
        let is_within = cell.row < own.n_rows && cell.column < own.n_columns;
        assert_eq!(numbers.at(cell).is_some(), is_within, "{cell:?}");
    }
}

#[test]
fn the_digits_have_maps_of_2410_cells() {
    let session = session(&lesson(DIGITS));
    let moment = session.moment();
    let n_shown = |kind, layer| {
        let numbers = MapNumbers::new(moment, kind, layer);
        Grid::new(moment.network(), layer).cells().filter(|cell| numbers.at(*cell).is_some()).count()
    };
    assert_eq!([n_shown(MapQuantity::Weight, 1), n_shown(MapQuantity::Weight, 2)], [32 * 65, 10 * 33]);
    assert_eq!(n_shown(MapQuantity::Gradient, 1), 0);
}

#[test]
fn images_are_squares_of_sixteen_pixels_or_more() {
    let sides: Vec<(usize, usize)> = (0..=300).filter_map(|n| Some((n, side_of(n)?))).collect();
    let squares: Vec<(usize, usize)> = (4..=17).map(|side| (side * side, side)).collect();
    assert_eq!(sides, squares);
}

#[test]
fn a_stroke_inks_the_pixels_that_it_passes_and_a_copy_is_the_sample() {
    let lesson = lesson(DIGITS);
    let ink = Ink::of(&lesson);
    assert_eq!(ink, Ink { least: 0.0, most: 1.0 });
    let blank = Drawing::blank(8, ink);
    assert!(blank.inputs().iter().all(|x| *x == 0.0));
    // Down the middle of the third column.
    let line = blank.clone().with_stroke((2.5, 0.5), (2.5, 7.5));
    for row in 0..8 {
        let pixels = &line.inputs()[8 * row..8 * row + 8];
        assert_eq!(pixels[2], 1.0);
        assert!((pixels[1] - 0.05).abs() < 1e-12 && (pixels[3] - 0.05).abs() < 1e-12, "{pixels:?}");
        assert!(pixels[4..].iter().all(|x| *x == 0.0));
    }
    // A dot, far outside too; ink adds up and never goes away.
    let dot = line.clone().with_stroke((6.5, 0.5), (6.5, 0.5)).with_stroke((1e6, -1e6), (1e6, -1e6));
    assert_eq!(dot.inputs()[6], 1.0);
    assert!(dot.inputs().iter().zip(line.inputs()).all(|(with, before)| before <= with));
    assert_eq!(line.clone().with_stroke((2.5, 0.5), (2.5, 7.5)), line);
    let toggled = blank.clone().with_toggled(9);
    assert_eq!(toggled.inputs()[9], 1.0);
    assert_eq!(toggled.with_toggled(9).with_toggled(64), blank);

    let sample = &lesson.data.train[7];
    let copy = Drawing::copy_of(&sample.input, 8, ink);
    assert_eq!(outputs(&lesson.network, copy.inputs()), outputs(&lesson.network, &sample.input));
    assert_ne!(outputs(&lesson.network, line.inputs()), outputs(&lesson.network, &sample.input));
}

#[test]
fn each_tile_is_found_where_it_stands_and_shows_its_own_weights() {
    let network = &lesson(DIGITS).network;
    let scale = unit_scale(network);
    for (width, ratio) in [(300.0, 2.0), (570.0, 2.0), (770.0, 3.0)] {
        let tiles = Tiles::fit(32, 8, 46.0, width, ratio);
        assert!(tiles.size().0 <= width);
        let share = |tile: usize, k: usize| scale.share(network.layer(1).weights.at(tile, k));
        let raster = tiles.paint(SHADES.zero, &SHADES, share);
        for tile in 0..32 {
            let (left, top, side) = tiles.place(tile);
            for (x, y) in [(0.1, 0.1), (0.5, 0.9)] {
                assert_eq!(tiles.tile_at(left + x * side, top + y * side), Some(tile));
            }
            assert_eq!(tiles.tile_at(left + side + 2.0, top), None, "the gap");
            for k in 0..64 {
                let weight = network.layer(1).weights.at(tile, k);
                let (x, y, _) = tiles.pixel_place(k);
                let at = |length: f64| (length * ratio).round() as usize;
                let Rgb(red, _, blue) = raster.at(at(left + x), at(top + y));
                // Blue is positive, orange negative, and next to nothing white.
                if 0.01 < scale.share(weight).abs() {
                    assert_eq!(weight > 0.0, blue > red, "{weight}: {red} {blue}");
                }
            }
        }
        assert_eq!(tiles.after_key(0, "ArrowLeft"), Some(0));
        assert_eq!(tiles.after_key(0, "ArrowDown"), Some(tiles.n_columns));
        assert_eq!(tiles.after_key(31, "ArrowDown"), Some(31));
        assert_eq!((tiles.after_key(5, "End"), tiles.after_key(5, "x")), (Some(31), None));
    }
}

#[test]
fn bars_start_at_zero_and_share_one_room() {
    let bar = |from, to| Bar { from, to };
    assert_eq!(bars(&[0.25, 0.0, 1.0]), [bar(0.0, 0.25), bar(0.0, 0.0), bar(0.0, 1.0)]);
    assert_eq!(bars(&[-1.0, 3.0, 1.0]), [bar(0.0, 0.25), bar(0.25, 1.0), bar(0.25, 0.5)]);
}

/// The last total is the step's result, to the bit; and each total what the step card says so far.
#[test]
fn the_terms_add_up_to_the_result() {
    for (name, lesson) in lessons() {
        for moment in moments(session(&lesson)) {
            let terms = terms(&moment);
            let Some(step) = moment.step() else {
                assert!(terms.is_empty());
                continue;
            };
            let result = match step.kind {
                StepKind::WeightedSum(id) => Quantity::Sum(id),
                StepKind::ActivationGradient(id) => Quantity::ActivationGradient(id),
                StepKind::Loss => Quantity::Loss,
                StepKind::MeanGradient(param) => Quantity::MeanGradient(param),
                _ => {
                    assert!(terms.is_empty());
                    continue;
                }
            };
            assert_eq!(terms.len(), moment.plan.n_terms(moment.position.step));
            assert_eq!(terms.last().map(|term| term.total), moment.value(result), "{name}: {step:?}");
            let explained = explain(&moment, Detail { digits: 5, max_terms: 12 });
            if let Some(partial) = &explained.equations.last().expect("an equation").partial {
                assert_eq!(terms[partial.n_shown - 1].total, partial.total, "{name}: {step:?}");
            }
        }
    }
}
