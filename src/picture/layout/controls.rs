//! Where the controls that change the design stand: below the diagram, each under its layer or
//! between the two layers that it is about.

use super::rect::{Point, Rect};
use super::{Layout, PAD, Request};

/// Distance between controls.
const GAP: f64 = 4.0;
/// Width for the number of units, in sizes of a control.
const COUNT: f64 = 1.3;
/// Width of a control that says what it adds, in sizes of a control.
const NAMED: f64 = 2.6;
/// Widths to try, as multiples of the panel's, until the controls have room.
const WIDTHS: [f64; 8] = [1.2, 1.5, 1.8, 2.2, 2.7, 3.3, 4.0, 5.0];

/// What a control does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Control {
    /// A unit less in a layer.
    RemoveUnit(usize),
    /// Says how many units a layer has.
    Count(usize),
    /// A unit more in a layer.
    AddUnit(usize),
    /// A layer less.
    RemoveLayer(usize),
    /// A new layer before this one.
    AddLayer(usize),
}

/// A layout, and the controls below it: in one row where the columns are far apart, else in two.
pub(super) fn with_controls(request: &Request, size: f64, layout: impl Fn(&Request) -> Layout) -> Layout {
    let made = |by: f64, strip: f64| {
        let (width, height) = (by * request.width, request.height - strip);
        layout(&Request { width, height, ..request.clone() })
    };
    let finish = |mut made: Layout, strip: f64, is_one_row: bool| {
        made.controls = places(&made, size, is_one_row);
        made.height += strip;
        made
    };
    let one_row = size + PAD;
    let wide = made(1.0, one_row);
    if 2.0 * ((2.5 + COUNT / 2.0 + NAMED / 2.0) * size + 3.0 * GAP) <= pitch(&wide) {
        return finish(wide, one_row, true);
    }
    let two_rows = 2.0 * size + GAP + PAD;
    let mut narrow = made(1.0, two_rows);
    for by in WIDTHS {
        if (2.0 + COUNT) * size + 5.0 * GAP <= pitch(&narrow) {
            break;
        }
        narrow = made(by, two_rows);
    }
    finish(narrow, two_rows, false)
}

/// The middle of each column.
fn columns(layout: &Layout) -> Vec<f64> {
    layout.units.iter().filter_map(|column| Some(column.first()?.centre.x)).collect()
}

/// The least distance between two columns.
fn pitch(layout: &Layout) -> f64 {
    columns(layout).windows(2).map(|pair| pair[1] - pair[0]).fold(f64::INFINITY, f64::min)
}

fn places(layout: &Layout, size: f64, is_one_row: bool) -> Vec<(Control, Rect)> {
    let columns = columns(layout);
    let upper = layout.height + size / 2.0;
    let lower = if is_one_row { upper } else { upper + size + GAP };
    let has_count = (2.0 + COUNT) * size + 3.0 * GAP <= pitch(layout);
    let count = if has_count { COUNT * size } else { GAP };
    let named = if is_one_row { NAMED * size } else { size };
    let at = |x: f64, y: f64, w: f64| Rect::around(Point { x, y }, w, size);
    let mut list = Vec::new();
    for layer in 1..columns.len() {
        let x = columns[layer];
        list.push((Control::AddLayer(layer), at((columns[layer - 1] + x) / 2.0, lower, named)));
        if layer + 1 == columns.len() {
            break;
        }
        let beside = (count + size) / 2.0;
        list.push((Control::RemoveUnit(layer), at(x - beside, upper, size)));
        if has_count {
            list.push((Control::Count(layer), at(x, upper, count - 1.0)));
        }
        list.push((Control::AddUnit(layer), at(x + beside, upper, size)));
        let aside = if is_one_row { beside + size + 2.0 * GAP } else { 0.0 };
        list.push((Control::RemoveLayer(layer), at(x + aside, lower, size)));
    }
    list
}
