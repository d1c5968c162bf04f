//! What the reader does with the diagram, remembered: a part selected, sizes, drags.

use std::cell::Cell;
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, MouseEvent as WebMouseEvent, TouchEvent, WheelEvent};
use yew::prelude::*;

use super::explore::Selecting;
use super::tools::{Interaction, Tools};
use crate::moment::Moment;
use crate::page::parts::browser;
use crate::page::parts::desk::Desk;
use crate::picture::layout::rect::Point;
use crate::picture::selection::Selection;
use crate::picture::workspace::Rearrange;
use backprop::network::Network;

/// Pixels that the pointer moves before a press becomes a drag.
const DRAG_THRESHOLD: f64 = 4.0;
/// A network of more parameters shows pictures rather than numbers.
const MANY: usize = 12;
/// Pixels around what is scrolled to.
const MARGIN: f64 = 40.0;
/// How much farther apart two fingers go, or how much nearer together, for the next size.
const PINCH: f64 = 1.25;

/// What the reader does with the diagram of the network at `moment`.
#[hook]
pub fn use_interaction(moment: &Moment) -> Interaction {
    let network = moment.network();
    let selected = use_state_eq(|| None::<Selection>);
    let selection = selected.and_then(|selection| selection.within(network));
    let selecting = use_selecting(selection, selected.setter());
    let tools = use_state_eq(|| Tools::new(shows_pictures(network)));
    let desk = use_context::<Desk>();
    let is_near = desk.as_ref().is_some_and(|desk| desk.workspace.is_near);
    // A drawing that is whole again, by whatever means, is not near any more.
    let leave = desk.filter(|_| is_near).map(|desk| desk.rearrange);
    let set_tools = use_callback((tools.setter(), leave), |tools: Tools, (setter, leave)| {
        setter.set(tools);
        if let Some(leave) = leave.as_ref().filter(|_| !tools.is_near()) {
            leave.emit(Rearrange::Near);
        }
    });
    let scroller = use_node_ref();
    use_scroller(&scroller, *tools, &set_tools);
    use_effect_with(is_near, {
        let tools = tools.clone();
        move |&is_near| {
            if is_near != tools.is_near() {
                tools.set(tools.near(is_near));
            }
        }
    });
    Interaction { selection, selecting, tools: *tools, set_tools, scroller }
}

/// Whether the units show what they make of the inputs from the start: with one input or two, and more
/// units than numbers could be followed of.
fn shows_pictures(network: &Network) -> bool {
    network.n_units(0) <= 2 && MANY < network.n_params()
}

/// Keeps in sight the part that is walked to and what the step is about, where the drawing `is_larger` than
/// its panel. (To ask the page would lay it out in the middle of a step.)
#[hook]
pub fn use_sight(interaction: &Interaction, moment: &Moment, is_larger: bool) {
    let Interaction { selection, tools, scroller, .. } = interaction;
    let show_if_larger = |selector: &'static str| {
        let scroller = scroller.clone();
        move || {
            if is_larger {
                show(&scroller, selector);
            }
        }
    };
    let walked = show_if_larger(".unit-button[data-walked]");
    use_effect_with(*selection, move |_| walked());
    let current = show_if_larger(".is-current");
    use_effect_with((moment.epoch, moment.batch, moment.position, *tools), move |_| current());
}

/// Scrolls a drawing so that what `selector` finds in it can be seen.
fn show(scroller: &NodeRef, selector: &str) {
    let Some(scroller) = scroller.cast::<Element>() else {
        return;
    };
    let Some(element) = scroller.query_selector(selector).ok().flatten() else {
        return;
    };
    let (of, within) = (element.get_bounding_client_rect(), scroller.get_bounding_client_rect());
    // How far it lies outside, to the right or below; to the left or above if negative.
    let outside = |[start, end]: [f64; 2], [least, most]: [f64; 2]| {
        (end + MARGIN - most).max(0.0) + (start - MARGIN - least).min(0.0)
    };
    let dx = outside([of.left(), of.right()], [within.left(), within.right()]);
    let dy = outside([of.top(), of.bottom()], [within.top(), within.bottom()]);
    scroller.set_scroll_left(scroller.scroll_left() + dx as i32);
    scroller.set_scroll_top(scroller.scroll_top() + dy as i32);
}

/// Whether the drawing is larger than its panel.
fn is_larger(scroller: &Element) -> bool {
    scroller.client_width() < scroller.scroll_width() || scroller.client_height() < scroller.scroll_height()
}

/// What selects a part; the focus follows where a key does.
#[hook]
fn use_selecting(selection: Option<Selection>, setter: UseStateSetter<Option<Selection>>) -> Selecting {
    let is_by_key = use_mut_ref(|| false);
    use_effect_with(selection, {
        let is_by_key = is_by_key.clone();
        move |_| {
            let button = browser::find::<HtmlElement>(".diagram .unit-button[data-walked]");
            if let Some(button) = button.filter(|_| is_by_key.replace(false)) {
                // Only an element that is gone cannot take the focus.
                let _ = button.focus();
            }
        }
    });
    let latest = use_mut_ref(|| None::<Selection>);
    *latest.borrow_mut() = selection;
    let select = use_callback((setter, latest.clone()), |selection, (setter, latest)| {
        *latest.borrow_mut() = selection;
        setter.set(selection);
    });
    Selecting { select, latest, is_by_key }
}

/// Keeps in place what is in the middle, or under the wheel or fingers, when the size changes; the wheel
/// with Ctrl and two fingers change it, and dragging moves what is seen.
#[hook]
fn use_scroller(scroller: &NodeRef, tools: Tools, set: &Callback<Tools>) {
    let anchor = use_mut_ref(|| None::<(f64, f64)>);
    // How far apart two fingers were when the size was last another one.
    let pinch = use_mut_ref(|| None::<f64>);
    let before = use_mut_ref(|| 1.0);
    use_effect_with(tools.zoom(), {
        let (scroller, anchor) = (scroller.clone(), anchor.clone());
        move |&zoom| {
            let by = zoom / before.replace(zoom);
            if let Some(element) = scroller.cast::<Element>().filter(|_| by != 1.0) {
                let middle =
                    (f64::from(element.client_width()) / 2.0, f64::from(element.client_height()) / 2.0);
                let (x, y) = anchor.take().unwrap_or(middle);
                let scrolled = |at: i32, fixed: f64| ((f64::from(at) + fixed) * by - fixed) as i32;
                element.set_scroll_left(scrolled(element.scroll_left(), x));
                element.set_scroll_top(scrolled(element.scroll_top(), y));
            }
        }
    });
    use_effect_with(tools, {
        let (scroller, set) = (scroller.clone(), set.clone());
        move |&tools| {
            let listeners = scroller.cast::<Element>().map(|element| {
                let on_wheel = {
                    let (element, anchor, set) = (element.clone(), anchor.clone(), set.clone());
                    move |event: &Event| {
                        let Some(wheel) = event.dyn_ref::<WheelEvent>() else { return };
                        if (wheel.ctrl_key() || wheel.meta_key()) && wheel.delta_y() != 0.0 {
                            event.prevent_default();
                            let rect = element.get_bounding_client_rect();
                            let x = f64::from(wheel.client_x()) - rect.left();
                            *anchor.borrow_mut() = Some((x, f64::from(wheel.client_y()) - rect.top()));
                            set.emit(tools.zoomed(if wheel.delta_y() < 0.0 { 1 } else { -1 }));
                        }
                    }
                };
                let on_touch = {
                    let element = element.clone();
                    move |event: &Event| {
                        let Some((distance, middle)) = two_fingers(event) else {
                            pinch.replace(None);
                            return;
                        };
                        event.prevent_default();
                        let from = *pinch.borrow_mut().get_or_insert(distance);
                        let by = if from * PINCH < distance {
                            1
                        } else if distance * PINCH < from {
                            -1
                        } else {
                            return;
                        };
                        pinch.replace(Some(distance));
                        let rect = element.get_bounding_client_rect();
                        *anchor.borrow_mut() = Some((middle.x - rect.left(), middle.y - rect.top()));
                        set.emit(tools.zoomed(by));
                    }
                };
                let options = EventListenerOptions::enable_prevent_default();
                let on = |name, listener| EventListener::new_with_options(&element, name, options, listener);
                let touches = ["touchstart", "touchmove", "touchend"].map(|name| on(name, on_touch.clone()));
                let wheel = EventListener::new_with_options(&element, "wheel", options, on_wheel);
                (wheel, touches, dragging(&element))
            });
            move || drop(listeners)
        }
    });
}

/// How far apart two fingers are, and the middle between them.
fn two_fingers(event: &Event) -> Option<(f64, Point)> {
    let touches = event.dyn_ref::<TouchEvent>()?.touches();
    let at = |k: u32| {
        touches.item(k).map(|touch| Point { x: f64::from(touch.client_x()), y: f64::from(touch.client_y()) })
    };
    let (a, b) = at(0).zip(at(1)).filter(|_| touches.length() == 2)?;
    let distance = a.distance(b);
    Some((distance, a.towards(b, 0.5)))
}

/// Where a drag began: the pointer, what was scrolled, and whether it has moved.
#[derive(Clone, Copy)]
struct Drag {
    x: f64,
    y: f64,
    left: i32,
    top: i32,
    has_moved: bool,
}

/// Listeners that scroll `element`, where it is larger than its panel, as the mouse drags it.
fn dragging(element: &Element) -> [EventListener; 3] {
    let drag = Rc::new(Cell::new(None::<Drag>));
    let of = |event: &Event| {
        event
            .dyn_ref::<WebMouseEvent>()
            .map(|mouse| (f64::from(mouse.client_x()), f64::from(mouse.client_y())))
    };
    let on_down = {
        let (drag, element) = (drag.clone(), element.clone());
        move |event: &Event| {
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            // A number is dragged to change it.
            let is_number = target.is_some_and(|target| target.tag_name() == "INPUT");
            let place = of(event).filter(|_| !is_number && is_larger(&element));
            drag.set(place.map(|(x, y)| Drag {
                x,
                y,
                left: element.scroll_left(),
                top: element.scroll_top(),
                has_moved: false,
            }));
        }
    };
    let on_move = {
        let (drag, element) = (drag.clone(), element.clone());
        move |event: &Event| {
            let is_pressed = event.dyn_ref::<WebMouseEvent>().is_some_and(|mouse| mouse.buttons() & 1 == 1);
            let (Some(mut now), Some((x, y))) = (drag.get().filter(|_| is_pressed), of(event)) else {
                return;
            };
            let (dx, dy) = (x - now.x, y - now.y);
            now.has_moved |= DRAG_THRESHOLD < dx.abs().max(dy.abs());
            if now.has_moved {
                element.set_scroll_left(now.left - dx as i32);
                element.set_scroll_top(now.top - dy as i32);
            }
            drag.set(Some(now));
        }
    };
    // The click that ends a drag selects nothing.
    let on_click = move |event: &Event| {
        if drag.take().is_some_and(|drag| drag.has_moved) {
            event.stop_propagation();
        }
    };
    [
        EventListener::new(element, "mousedown", on_down),
        EventListener::new(element, "mousemove", on_move),
        EventListener::new(element, "click", on_click),
    ]
}
