//! The plot: what a unit makes of one input or two, over the data, live while training; the data can
//! be changed in it.

mod points;

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::{HtmlCanvasElement, HtmlInputElement};
use yew::prelude::*;

use crate::lesson::Lesson;
use crate::lesson::quantity::Quantity;
use crate::page::parts::around::around;
use crate::page::parts::choice::{Choice, Choosable};
use crate::page::parts::surface::{Surface, use_surface};
use crate::page::scene::{Panel, PanelProps};
use crate::picture::plot::{Plot, PlotRequest, Span, can_plot};
use crate::session::Action;
use crate::session::design::Change;
use crate::text::format;
use crate::words::around::Place;
use crate::words::paragraph;
use crate::words::tables::{self, plot as words};
use backprop::network::UnitId;
use backprop::trace::Model;

/// Units that can be chosen: more would make no list for anybody.
const MAX_CHOICES: usize = 60;
/// The most hidden units that the slider gives; the design has room for more.
const MAX_WIDTH: usize = 64;
/// Significant digits at the border.
const DIGITS: u8 = 3;

/// What a plot depends on.
#[derive(Clone)]
struct Key {
    model: Rc<Model>,
    lesson: Rc<Lesson>,
    request: PlotRequest,
    surface: Surface,
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.model, &other.model)
            && Rc::ptr_eq(&self.lesson, &other.lesson)
            && self.request == other.request
            && self.surface == other.surface
    }
}

/// What the marks of the samples depend on.
struct MarksKey(Option<Rc<Plot>>, Surface);

impl PartialEq for MarksKey {
    fn eq(&self, other: &Self) -> bool {
        let is_same = match (&self.0, &other.0) {
            (Some(plot), Some(other)) => plot.same_marks(other),
            (plot, other) => plot.is_none() == other.is_none(),
        };
        is_same && self.1 == other.1
    }
}

/// The plot of a unit that can be chosen.
#[component]
pub fn PlotTab(props: &PanelProps) -> Html {
    let panel = &props.panel;
    let moment = panel.scene.moment();
    let network = moment.network();
    let chosen = use_state_eq(|| None::<UnitId>);
    let wants_shares = use_state_eq(|| false);
    let like = use_state_eq(|| 0_usize);
    // The ends stay where they are while a point is dragged.
    let held_ends = use_state_eq(|| None::<(Span, Span)>);
    let is_dragged = use_mut_ref(|| false);
    let canvas = use_node_ref();
    let marks = use_node_ref();
    let surface = use_surface(&canvas);
    let output = UnitId::new(network.n_layers(), 0);
    let unit = chosen.filter(|unit| network.has_unit(*unit)).unwrap_or(output);
    let request = PlotRequest { unit, frame: surface.frame, ends: *held_ends, has_shares: *wants_shares };
    let key = Key { model: Rc::clone(moment.model()), lesson: Rc::clone(&moment.lesson), request, surface };
    let plot = use_memo(key.clone(), |key| {
        let network = &key.model.network;
        can_plot(network).then(|| Rc::new(Plot::new(network, &key.lesson, &key.request)))
    });
    use_effect_with(MarksKey((*plot).clone(), key.surface.clone()), {
        let marks = marks.clone();
        move |MarksKey(plot, surface)| {
            if let (Some(canvas), Some(plot)) = (marks.cast::<HtmlCanvasElement>(), plot) {
                surface.paint_anew(canvas, |area, palette| drop(plot.draw_marks(area, palette)));
            }
        }
    });
    use_effect_with(key, {
        let (canvas, plot) = (canvas.clone(), Rc::clone(&plot));
        move |key| {
            if let (Some(canvas), Some(plot)) = (canvas.cast::<HtmlCanvasElement>(), &*plot) {
                // A canvas that refuses to be drawn on shows nothing.
                key.surface.paint(canvas, |area, palette| drop(plot.draw(area, palette)));
            }
        }
    });
    let Some(plot) = &*plot else {
        return html! { <p class="hint">{words::no_plot(&network.n_units(0))}</p> };
    };
    let units = (1..=network.n_layers()).rev().flat_map(|layer| network.units(layer)).take(MAX_CHOICES);
    let name = |unit: UnitId| moment.name(Quantity::Activation(unit));
    let options: Vec<Choosable<UnitId>> = units.map(|unit| (unit, name(unit).into())).collect();
    let on_choose = {
        let setter = chosen.setter();
        Callback::from(move |unit| setter.set(Some(unit)))
    };
    let (x, y) = plot.ends();
    let is_plane = network.n_units(0) == 2;
    let across = moment.name(Quantity::Activation(UnitId::new(0, 0)));
    let up = if is_plane { moment.name(Quantity::Activation(UnitId::new(0, 1))) } else { name(unit) };
    let ends =
        |span: Span| format!("{} … {}", format::number(span.min, DIGITS), format::number(span.max, DIGITS));
    let can_share = !is_plane && 1 < unit.layer;
    let on_shares = {
        let setter = wants_shares.setter();
        let is_on = *wants_shares;
        Callback::from(move |_: Event| setter.set(!is_on))
    };
    let on_hold = {
        let (setter, ends) = (held_ends.setter(), (x, y));
        Callback::from(move |is_held: bool| setter.set(is_held.then_some(ends)))
    };
    let units = html! { <Choice<UnitId> label={words::unit()} {options} value={unit} {on_choose} /> };
    let shares = html! { <input type="checkbox" checked={*wants_shares} onchange={on_shares} /> };
    let (high, low) = match plot.has_boundary() {
        true => (words::above_half(&name(unit)), words::below_half(&name(unit))),
        false => (words::high(&name(unit)), words::low(&name(unit))),
    };
    let has_test_marks = !moment.lesson.data.test.is_empty();
    let axes = words::axes(&across, &ends(x), &up, &ends(y));
    let line = if is_plane && plot.has_boundary() { words::line_is_at_half() } else { "" };
    let marks_are = if !is_plane && has_test_marks { words::small_marks() } else { "" };
    html! {
        <section class="plot">
            <div class="plot-tools">
                <p>{around(&words::of_unit(&Place(0)), [units])}</p>
                { width(panel, &is_dragged) }
                { points::like_choice(panel, &like) }
                if can_share {
                    <label>{around(&words::shares(&Place(0)), [shares])}</label>
                }
            </div>
            <div class={classes!("plot-area", is_plane.then_some("is-plane"))}>
                <canvas ref={canvas} role="img" aria-label={plot.summary(&name(unit))} />
                <canvas ref={marks} aria-hidden="true" />
                <points::Points panel={panel.clone()} plot={Rc::clone(plot)} like={points::like(panel, *like)} {on_hold} />
            </div>
            if is_plane {
                <ul class="plot-legend">
                    <li><i class="high" />{high}</li>
                    <li><i class="low" />{low}</li>
                    <li><i class="mark is-filled" />{words::target_above_half()}</li>
                    <li><i class="mark" />{words::target_below_half()}</li>
                    if has_test_marks {
                        <li><i class="mark is-small" />{tables::test_set()}</li>
                    }
                </ul>
            }
            <p class="hint">
                {paragraph([&*axes, line, marks_are, words::change_points()])}
            </p>
        </section>
    }
}

/// The number of units of a network's one hidden layer, live.
/// `is_dragged` from the first change of a gesture to its end.
fn width(panel: &Panel, is_dragged: &Rc<RefCell<bool>>) -> Html {
    let network = panel.scene.moment().network();
    if network.n_layers() != 2 {
        return html! {};
    }
    let n = network.n_units(1);
    let dispatch = panel.dispatch.clone();
    let gesture = Rc::clone(is_dragged);
    let onchange = {
        let gesture = Rc::clone(is_dragged);
        move |_: Event| *gesture.borrow_mut() = false
    };
    let oninput = Callback::from(move |event: InputEvent| {
        let chosen = event.target_dyn_into::<HtmlInputElement>().and_then(|input| input.value().parse().ok());
        if let Some(n) = chosen {
            let change = Change::Units { layer: 1, n };
            dispatch.emit(Action::Design { change, continues: gesture.replace(true) });
        }
    });
    let slider = html! {
        <input
            type="range"
            aria-label={words::hidden_units()}
            min="1"
            max={MAX_WIDTH.max(n).to_string()}
            value={n.to_string()}
            {oninput}
            {onchange}
        />
    };
    let value = html! { <output>{n}</output> };
    html! { <label>{around(&words::hidden_units_slider(&Place(0), &Place(1)), [slider, value])}</label> }
}
