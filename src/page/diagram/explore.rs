//! A large network part by part: every unit and weight can be selected, by pointer and by keyboard, is
//! then drawn out and has its numbers beside it.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use super::super::scene::Panel;
use super::{DiagramView, MAX_SOME, at, current_unit};
use crate::lesson::quantity::Quantity;
use crate::moment::Moment;
use crate::page::parts::symbol;
use crate::picture::heat_map::MapQuantity;
use crate::picture::layout::rect::{Point, Rect};
use crate::picture::layout::text;
use crate::picture::layout::text::Fitted;
use crate::picture::layout::{BOLD, CALLOUT_PAD, Callout, CondensedPart, Layout, Sizes, UnitPlace};
use crate::picture::ranking::ranked;
use crate::picture::selection::Selection;
use crate::session::Action;
use crate::words::page::{diagram_tools as words, instant};
use backprop::network::{Param, UnitId};

/// From how far a click reaches an edge, in pixels.
const REACH: f64 = 6.0;
const KEYS_ID: &str = "diagram-keys";

/// What selects a part.
#[derive(Clone, Default)]
pub struct Selecting {
    /// Selects a part, or nothing.
    pub select: Callback<Option<Selection>>,
    /// What is selected, before it is on the page, too: keys may come faster.
    pub latest: Rc<RefCell<Option<Selection>>>,
    /// Whether the focus is to follow: a key has selected.
    pub is_by_key: Rc<RefCell<bool>>,
}

/// Adds the selected and the lit parts' units to those that have to be drawn.
pub fn require(panel: &Panel, selection: Option<Selection>, required: &mut Vec<UnitId>) {
    let network = panel.scene.moment().network();
    required.extend(selection.into_iter().flat_map(|selection| selection.required(network)));
    let current = panel.scene.current_param().map(|param| Selection::param(param, network));
    // Of units, those under the pointer are drawn already.
    let lit = panel.all_lit().filter_map(Quantity::param).filter(|param| network.has_param(*param));
    let lit = lit.map(|param| Selection::param(param, network));
    required.extend(current.into_iter().chain(lit).flat_map(|selection| selection.required(network)));
}

/// Adds to `parts` what else has numbers: the current unit, the selected one with its weights, the
/// largest first, and what is lit. Weights come first: a label of theirs has to stand at its edge, a
/// unit's numbers find room elsewhere.
pub fn show(panel: &Panel, layout: &Layout, selection: Option<Selection>, parts: &mut Vec<CondensedPart>) {
    let moment = panel.scene.moment();
    let network = moment.network();
    let mut all = Vec::new();
    let selected = selection.and_then(|selection| selection.selected_param(network));
    let (biases, weights): (Vec<CondensedPart>, Vec<CondensedPart>) =
        (selected.map(CondensedPart::Param).into_iter())
            .chain(parts.drain(..))
            .partition(|part| matches!(part, CondensedPart::Param(param) if param.is_bias()));
    all.extend(weights);
    all.extend(current_unit(moment).filter(|unit| has_number(moment, *unit)).map(CondensedPart::Unit));
    all.extend(selection.map(|selection| CondensedPart::Unit(selection.unit)));
    all.extend(biases);
    if let Some(Selection { unit: UnitId { layer, unit: to }, .. }) =
        selection.filter(|selection| 0 < selection.unit.layer)
    {
        let senders = layout.units[layer - 1].iter().filter_map(|place| place.unit);
        let weights: Vec<Param> = senders.map(|from| Param::Weight { layer, to, from }).collect();
        let largest_first = ranked(moment, MapQuantity::Weight, &weights);
        all.extend(largest_first.into_iter().take(MAX_SOME).map(CondensedPart::Param));
    }
    for lit in panel.all_lit() {
        let unit = lit.unit(network.n_layers()).map(CondensedPart::Unit);
        all.extend(lit.param().map(CondensedPart::Param).or(unit));
    }
    for part in all {
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
}

/// Whether there is something to say of a unit yet.
fn has_number(moment: &Moment, unit: UnitId) -> bool {
    [Quantity::Activation(unit), Quantity::Sum(unit)]
        .into_iter()
        .any(|quantity| moment.shown(quantity).is_some())
}

impl DiagramView<'_> {
    /// Whether the edges are on a canvas, where no element answers to the pointer.
    pub(super) fn canvas_edges(&self) -> bool {
        self.layout.is_condensed
    }

    /// Whether the units of a layer are buttons among which the arrow keys walk.
    pub(super) fn is_walked(&self, layer: usize) -> bool {
        self.canvas_edges() && 0 < layer
    }

    /// The key of a unit's elements. Where arrow keys walk, a unit that takes another's place takes its
    /// elements, too: the focus stays.
    pub(super) fn key(&self, UnitId { layer, unit }: UnitId, place: usize) -> String {
        if self.canvas_edges() { format!("{layer} at {place}") } else { format!("{layer} {unit}") }
    }

    /// Whether this is a weight of the selected unit.
    pub(super) fn is_selected(&self, param: Param) -> bool {
        self.marks(param.unit()).is_some()
    }

    /// The class of the selected unit.
    pub(super) fn marks(&self, unit: UnitId) -> Option<&'static str> {
        let is_selected = |selection: Selection| selection.unit == unit;
        self.selection.is_some_and(is_selected).then_some("is-selected")
    }

    /// Selects a part; goes to the step that computes `made` if it is selected already.
    fn pick<E: 'static>(&self, selection: Selection, made: Quantity) -> Option<Callback<E>> {
        if self.selection == Some(selection) {
            return self.jump(made);
        }
        Some(self.selecting.select.reform(move |_| Some(selection)))
    }

    /// What a click on the edge of `param` does.
    pub(super) fn pick_param(&self, param: Param) -> Option<Callback<MouseEvent>> {
        if self.canvas_edges() {
            return self.pick(Selection::param(param, self.moment().network()), Quantity::Gradient(param));
        }
        self.jump(Quantity::Gradient(param))
    }

    /// What a click beside all elements does: it selects the edge there, or nothing.
    pub(super) fn click_edge(&self) -> Option<Callback<MouseEvent>> {
        if !self.canvas_edges() {
            return None;
        }
        let (layout, model) = (self.layout.clone(), self.moment().model().clone());
        let select = self.selecting.select.clone();
        Some(Callback::from(move |event: MouseEvent| {
            if let Some(point) = free_point(&event) {
                let param = layout.weight_at(point, REACH);
                select.emit(param.map(|param| Selection::param(param, &model.network)));
            }
        }))
    }

    /// Lights the edge under the pointer.
    pub(super) fn light_edge(&self) -> Option<Callback<MouseEvent>> {
        if !self.canvas_edges() {
            return None;
        }
        let (layout, light) = (self.layout.clone(), self.panel.on_lit.clone());
        Some(Callback::from(move |event: MouseEvent| {
            if let Some(point) = free_point(&event) {
                light.emit(layout.weight_at(point, REACH).map(Quantity::Param));
            }
        }))
    }

    /// The dots that stand for units left out: a click draws one of them.
    pub(super) fn left_out(&self, layer: usize, before: &[UnitPlace]) -> Html {
        let first = before.iter().rev().find_map(|place| place.unit).map_or(0, |unit| unit + 1);
        let column = &self.layout.units[layer];
        let next = column[before.len()..].iter().find_map(|place| place.unit);
        let last = next.map_or(first, |unit| unit - 1);
        let label = words::show_one_of(&(first + 1), &(last + 1), &layer);
        let onclick = self
            .selecting
            .select
            .reform(move |_: MouseEvent| Some(Selection::unit(UnitId::new(layer, (first + last) / 2))));
        html! {
            <button
                key={self.key(UnitId::new(layer, first), before.len())}
                type="button"
                class="place left-out"
                style={at(&self.hit(&column[before.len()]))}
                tabindex="-1"
                title={label.clone()}
                aria-label={label}
                {onclick}
            >
                { "⋮" }
            </button>
        }
    }

    /// What of a unit is clicked.
    fn hit(&self, place: &UnitPlace) -> Rect {
        let size = (2.0 * place.radius).max(self.layout.sizes.touch);
        Rect::around(place.centre, size, size)
    }

    /// The button over a unit's circle. One of them is reached by Tab, the others by the arrow keys.
    pub(super) fn unit_button(&self, id: UnitId, place: &UnitPlace) -> Html {
        let here = Selection::unit(id);
        let activation = Quantity::Activation(id);
        let selection = self.selection.filter(|selection| 0 < selection.unit.layer);
        let is_selected = self.marks(id).is_some();
        let stop = selection.map(|selection| selection.unit);
        let stop = stop.or(current_unit(self.moment())).unwrap_or(UnitId::new(1, 0));
        let selected = self.selection.filter(|_| is_selected);
        let param = selected.and_then(|selection| selection.selected_param(self.moment().network()));
        let made = param.map_or(activation, Quantity::Gradient);
        let onkeydown = {
            let model = self.moment().model().clone();
            let Selecting { select, latest, is_by_key } = self.selecting.clone();
            let dispatch = self.panel.dispatch.clone();
            let stop = self.moment().stop_of(made);
            Callback::from(move |event: KeyboardEvent| {
                if event.ctrl_key() || event.meta_key() || event.alt_key() {
                    return;
                }
                let key = event.key();
                let from = latest.borrow().filter(|_| *is_by_key.borrow()).or(selected).unwrap_or(here);
                if let Some(next) = from.after_key(&key, event.shift_key(), &model.network) {
                    event.prevent_default();
                    *is_by_key.borrow_mut() = true;
                    select.emit(Some(next));
                } else if let (true, Some(stop)) = (key == "Enter", stop) {
                    event.prevent_default();
                    dispatch.emit(Action::JumpTo(stop));
                } else if key == "Escape" {
                    select.emit(None);
                }
            })
        };
        html! {
            <button
                type="button"
                class="unit-button"
                style={at(&self.hit(place))}
                tabindex={if stop == id { "0" } else { "-1" }}
                data-walked={is_selected.then_some("")}
                aria-label={self.spoken(id, param)}
                aria-describedby={KEYS_ID}
                aria-current={is_selected.then_some("true")}
                onclick={self.pick(here, activation)}
                {onkeydown}
                onmouseenter={self.panel.light(activation)}
                onmouseleave={self.panel.unlight()}
                onfocusin={self.panel.light(activation)}
                onfocusout={self.panel.unlight()}
            />
        }
    }

    /// A unit, and a weight into it, as a line of text.
    fn spoken(&self, id: UnitId, param: Option<Param>) -> String {
        let UnitId { layer, unit } = id;
        let (number, activation) = (unit + 1, self.equation(Quantity::Activation(id)));
        let state = self.panel.stuck.state(id).map(|state| state.word());
        // "w₅ = 0.1" and "∂E/∂w₅ = −0.7", as far as they are known.
        let weight = param
            .map(|param| [Quantity::Param(param), Quantity::Gradient(param)].map(|part| self.equation(part)));
        match (state, weight) {
            (None, None) => words::unit_is(&number, &layer, &activation),
            (None, Some([weight, derivative])) => {
                words::unit_and_weight(&number, &layer, &activation, &weight, &derivative)
            }
            (Some(state), None) => words::stuck_unit_is(&number, &layer, &state, &activation),
            (Some(state), Some([weight, derivative])) => {
                words::stuck_unit_and_weight(&number, &layer, &state, &activation, &weight, &derivative)
            }
        }
    }

    /// "a₁ = 0.5", or "a₁ not yet" before its step.
    pub(super) fn equation(&self, quantity: Quantity) -> String {
        let name = self.moment().name(quantity);
        match self.moment().shown_text(quantity, self.panel.scene.digits()) {
            Some(text) => format!("{name} = {text}").replace("= ≈", "≈"),
            None => instant::not_yet_of(&name),
        }
    }

    /// Names and numbers of the units in question.
    pub(super) fn callouts(&self) -> Html {
        html! {
            <>
                <span id={KEYS_ID} class="visually-hidden">{ words::keys() }</span>
                { for self.shown.callouts.iter().map(|callout| self.callout(callout)) }
            </>
        }
    }

    fn callout(&self, callout: &Callout) -> Html {
        let Callout { unit: id, rect, is_wide } = *callout;
        let activation = Quantity::Activation(id);
        let Sizes { below, number, name, digit, .. } = self.layout.sizes;
        let slot = Rect { y: rect.bottom() - below, h: below, ..rect };
        let upper = Rect { h: rect.h - below - 2.0, ..rect };
        let value = self.moment().shown(activation);
        let written = self.moment().names.written(activation, self.moment().sample());
        let taken = CALLOUT_PAD
            + if is_wide { self.layout.sizes.callout_name(text::name_width(&written)) } else { 0.0 };
        let style = format!("font-size:{name:.1}px");
        let shown = value.map(|value| {
            let digits = self.panel.scene.digits().min(4);
            let (about, value) = self.about(activation, value);
            let fitted =
                text::fit(value, digits, rect.w - taken, digit * BOLD, &self.layout.sizes.squeezed(number));
            Fitted { text: format!("{about}{}", fitted.text), ..fitted }
        });
        // At the side of its unit.
        let is_left = self.layout.unit(id).is_some_and(|place| rect.right() < place.centre.x);
        let side = if is_left { "is-left" } else { "is-right" };
        html! {
            <div key={format!("callout {} {}", id.layer, id.unit)} class="callout">
                if shown.is_some() || self.marks(id).is_some() {
                    <div class={classes!("place", side)} style={at(&upper)}>
                        <div
                            class={classes!("callout-value", (!is_wide).then_some("is-stacked"), self.panel.classes(activation))}
                            onmouseenter={self.panel.light(activation)}
                            onmouseleave={self.panel.unlight()}
                        >
                            <span class="callout-name" {style}>{ self.name(activation, activation) }</span>
                            if let Some(Fitted { text, size, .. }) = shown {
                                <span style={format!("font-size:{size:.1}px")}>{ text }</span>
                            } else {
                                <span class="muted" aria-hidden="true">{ "·" }</span>
                            }
                        </div>
                    </div>
                }
                if 0 < id.layer {
                    { self.note(id, &slot, Some(side)) }
                }
            </div>
        }
    }

    /// A name for the eye.
    pub(super) fn shown_name(&self, quantity: Quantity) -> Html {
        symbol::shown(&self.moment().names.written(quantity, self.moment().sample()))
    }
}

/// Where in the drawing a pointer is that is over no element of it.
fn free_point(event: &MouseEvent) -> Option<Point> {
    let element = event.target_dyn_into::<Element>()?;
    let is_free = element.class_list().contains("lines");
    is_free.then(|| Point { x: f64::from(event.offset_x()), y: f64::from(event.offset_y()) })
}
