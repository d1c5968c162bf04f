//! One map of a layer: its canvas, its legend, and what answers to pointer and keyboard.

use std::rc::Rc;

use yew::prelude::*;

use crate::lesson::Lesson;
use crate::page::parts::cells::{CellArea, Cells, use_cells};
use crate::page::parts::picture::Picture;
use crate::page::scene::Panel;
use crate::picture::heat_map::{Grid, MapCell, MapLayout, MapNumbers, MapQuantity, legend, scale};
use crate::picture::raster::{ColourScale, Shades};
use crate::session::Action;
use crate::text::format;
use crate::words::tables::{self, heat_map as words};
use backprop::network::Param;
use backprop::trace::Model;

/// Cells of the legend, and their side in CSS pixels.
const LEGEND: (usize, f64) = (7, 11.0);
/// Significant digits at the legend's ends.
const DIGITS: u8 = 3;

/// The props of [`HeatMap`].
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// What to show, and what acts.
    pub panel: Panel,
    /// What of each parameter.
    pub kind: MapQuantity,
    /// Of which layer, 1…L.
    pub layer: usize,
    /// Whether all layers share the scale.
    pub is_shared: bool,
    /// Where the cells stand.
    pub layout: MapLayout,
    /// Width of the whole, in CSS pixels.
    pub width: f64,
    /// The screen's pixels per CSS pixel.
    pub ratio: f64,
    /// The colours.
    pub shades: Shades,
}

/// What the numbers of a map depend on, its steps apart.
#[derive(Clone)]
struct Source {
    kind: MapQuantity,
    grid: Grid,
    layers: (usize, usize),
    /// Nothing as long as none has been reached: a run draws no map anew that stays empty.
    model: Option<Rc<Model>>,
    /// What a derivative needs beside the model.
    update: Option<(Rc<Lesson>, u64, usize, usize, bool)>,
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        let update = |source: &Self| {
            let update = source.update.as_ref();
            update.map(|(lesson, epoch, batch, sample, means)| {
                (Rc::as_ptr(lesson), *epoch, *batch, *sample, *means)
            })
        };
        (self.kind, self.grid) == (other.kind, other.grid)
            && self.layers == other.layers
            && self.model.as_ref().map(Rc::as_ptr) == other.model.as_ref().map(Rc::as_ptr)
            && update(self) == update(other)
    }
}

/// A map.
#[component]
pub fn HeatMap(props: &Props) -> Html {
    let Props { panel, kind, layer, is_shared, layout, width, ratio, shades } = props.clone();
    let moment = panel.scene.moment();
    let grid = Grid::new(moment.network(), layer);
    let (n_reached, n) = kind.n_reached(moment, layer);
    let layers = if is_shared { (1, moment.network().n_layers()) } else { (layer, layer) };
    let is_reached = 0 < n_reached;
    let update = (is_reached && kind != MapQuantity::Weight).then(|| {
        (Rc::clone(&moment.lesson), moment.epoch, moment.batch, moment.sample(), moment.shows_means())
    });
    let model = is_reached.then(|| Rc::clone(moment.model()));
    let source = Source { kind, grid, layers, model, update };
    // Nothing that has not been reached is asked for: it might have to be computed first.
    let scale = use_memo((source.clone(), is_reached), |_| {
        if is_reached { scale(moment, kind, layers.0..=layers.1) } else { ColourScale { most: 0.0 } }
    });
    let numbers = use_memo((source.clone(), n_reached), |_| MapNumbers::new(moment, kind, layer));
    let raster = use_memo((source, n_reached, *scale, layout, shades), |_| {
        Rc::new(layout.paint(|cell| numbers.at(cell), *scale, &shades))
    });
    let legend_side = (LEGEND.1 * ratio).round() as usize;
    let bar = use_memo((legend_side, shades), |_| Rc::new(legend(LEGEND.0, legend_side, &shades)));

    let cursor = use_state_eq(|| None::<MapCell>);
    let lit = panel.lit.and_then(|lit| grid.cell(lit.param()?));
    let current = panel.scene.current_param().and_then(|param| grid.cell(param));
    let start = MapCell { row: 0, column: 0 };
    let at = cursor.filter(|cell| cell.row < grid.n_rows && cell.column < grid.n_columns);
    let at = at.or(lit).or(current).unwrap_or(start);

    let quantity = |cell: MapCell| kind.quantity(moment, grid.param(cell));
    let cells = {
        let (lit, chosen, setter) = (panel.clone(), panel.clone(), cursor.setter());
        Cells {
            at,
            set_cursor: Callback::from(move |cell| setter.set(Some(cell))),
            light: Callback::from(move |cell: Option<MapCell>| {
                let quantity = |cell| kind.quantity(lit.scene.moment(), grid.param(cell));
                lit.on_lit.emit(cell.map(quantity));
            }),
            choose: Callback::from(move |cell| go_to(&chosen, kind, grid.param(cell))),
        }
    };
    let CellArea { area, has_focus, onpointermove, onpointerleave, onclick, onkeydown, onfocus, onblur } =
        use_cells(cells, move |x, y| Some(layout.cell_at(x, y)), move |cell, key| grid.after_key(cell, key));

    let heading = kind.heading(moment);
    let read = lit.or(current).map(|cell| {
        let name = moment.name(quantity(cell));
        match numbers.at(cell) {
            Some(x) => format!("{name} = {}", panel.scene.number(x)),
            None if kind != MapQuantity::Weight && !moment.learns(grid.param(cell)) => words::is_fixed(&name),
            None => words::is_not_yet(&name),
        }
    });
    let mark = |cell: Option<MapCell>, class: &'static str| {
        let (left, top, side) = cell.map(|cell| layout.place(cell))?;
        let style = format!("left: {left}px; top: {top}px; width: {side}px; height: {side}px");
        Some(html! { <span class={classes!("cell-mark", class)} {style} /> })
    };
    let is_running = panel.scene.session().is_running();
    let so_far = match n_reached {
        0 if is_running => words::pause_to_see().to_owned(),
        0 => what_computes(kind, moment.shows_means()).to_owned(),
        some if some < n => words::so_far(&some, &n),
        _ => String::new(),
    };
    let (map_width, map_height) = layout.size();
    let columns = grid.n_columns - usize::from(grid.has_biases);
    let label = match grid.has_biases {
        true => words::map_with_biases_of(&heading, &layer, &grid.n_rows, &columns),
        false => words::map_of(&heading, &layer, &grid.n_rows, &columns),
    };
    html! {
        <figure class={classes!("map", quantity(start).role().class())} style={format!("width: {width}px")}>
            <figcaption>
                <span class="name">{ &heading }</span>
                if is_reached {
                    <span class="legend">
                        <Picture raster={(*bar).clone()} size={(LEGEND.0 as f64 * LEGEND.1, LEGEND.1)} />
                        <span>{ format!("±{}", format::number(scale.most, DIGITS)) }</span>
                    </span>
                } else {
                    <span class="legend">{ tables::not_yet() }</span>
                }
            </figcaption>
            <div
                ref={area}
                class="map-cells"
                style={format!("width: {map_width}px; height: {map_height}px")}
                role="application"
                aria-roledescription={words::heat_map()}
                aria-label={label}
                tabindex="0"
                {onpointermove}
                {onpointerleave}
                {onclick}
                {onkeydown}
                {onfocus}
                {onblur}
            >
                <Picture raster={(*raster).clone()} size={(map_width, map_height)} />
                { for mark(current, "is-current") }
                { for mark(lit, "is-lit") }
            </div>
            <p class="reading" role="status" aria-label={words::number_in_map(&heading)} aria-live={if has_focus { "polite" } else { "off" }}>
                { read.unwrap_or(so_far) }
            </p>
        </figure>
    }
}

/// What computes the numbers of a map that is empty.
fn what_computes(kind: MapQuantity, shows_means: bool) -> &'static str {
    match kind {
        MapQuantity::Step => words::update_computes(),
        MapQuantity::Gradient if shows_means => words::average_computes(),
        _ => words::backward_computes(),
    }
}

/// Goes to the step that computes what is shown of `param`; for its value, which is there from the
/// start, to that of its derivative.
fn go_to(panel: &Panel, kind: MapQuantity, param: Param) {
    let moment = panel.scene.moment();
    let stop = moment.stop_of(kind.quantity(moment, param));
    if let Some(stop) = stop.or_else(|| moment.stop_of(moment.shown_gradient(param))) {
        panel.dispatch.emit(Action::JumpTo(stop));
    }
}
