//! The arrangement of the cards: its state, the borders between them, and what presenting does to the
//! browser's window.

use std::cell::Cell;
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{HtmlElement, KeyboardEvent, PointerEvent, TouchEvent};
use yew::prelude::*;

use super::parts::browser::{document, root, within_share};
use super::parts::desk::{Ask, Desk, Latest};
use super::shell::address;
use super::shell::storage::local;
use crate::lesson::view::View;
use crate::link::PageView;
use crate::picture::workspace::{Border, LEAST, Rearrange, Workspace};
use crate::session::Action;
use crate::words::page::header as words;

const KEY: &str = "chainrule-workspace";
/// How far a key moves a border, in percent.
const BY_KEY: u8 = 2;

/// The arrangement as the page's state.
#[derive(Clone, PartialEq)]
struct State(Workspace);

impl Reducible for State {
    type Action = Rearrange;

    fn reduce(self: Rc<Self>, change: Rearrange) -> Rc<Self> {
        Rc::new(Self(self.0.after(change)))
    }
}

/// The arrangement as this device has it, and what changes it.
#[hook]
pub fn use_desk(note: UseReducerDispatcher<address::Noted>) -> Desk {
    let state = use_reducer_eq(|| State(first()));
    let rearrange = use_memo((), {
        let dispatcher = state.dispatcher();
        move |()| dispatcher.to_callback()
    });
    let workspace = state.0;
    use_effect_with(workspace.stored(), |stored| {
        if let Some(storage) = local() {
            // Where nothing can be stored the borders start where they stand usually.
            let _ = storage.set_item(KEY, stored);
        }
    });
    use_window(workspace.is_presenting, (*rearrange).clone());
    let asked = use_reducer(Asking::<Ask>::default);
    let open = use_memo((), {
        let (dispatcher, rearrange) = (asked.dispatcher(), Rc::clone(&rearrange));
        move |()| {
            Callback::from(move |ask: Ask| {
                rearrange.emit(Rearrange::ShowTables);
                dispatcher.dispatch(ask);
            })
        }
    });
    let shown = use_reducer(Asking::<Vec<View>>::default);
    let show = use_memo((), {
        let dispatcher = shown.dispatcher();
        move |()| dispatcher.to_callback()
    });
    let note = use_memo((), move |()| note.to_callback());
    // What the address asks for is opened once the panels are there.
    use_effect_with((), {
        let show = (*show).clone();
        move |()| {
            let views = address::asked().opens;
            if !views.is_empty() {
                show.emit(views);
            }
        }
    });
    Desk {
        workspace,
        rearrange: (*rearrange).clone(),
        asked: asked.0.clone(),
        open: (*open).clone(),
        shown: shown.0.clone(),
        show: (*show).clone(),
        note: (*note).clone(),
    }
}

/// What was asked for last.
struct Asking<T>(Option<Latest<T>>);

impl<T> Default for Asking<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: 'static> Reducible for Asking<T> {
    type Action = T;

    fn reduce(self: Rc<Self>, ask: T) -> Rc<Self> {
        let number = self.0.as_ref().map_or(0, |latest| latest.number) + 1;
        Rc::new(Self(Some(Latest { ask, number })))
    }
}

fn first() -> Workspace {
    let stored = local().and_then(|storage| storage.get_item(KEY).ok().flatten());
    let workspace = stored.map_or_else(Workspace::default, |stored| Workspace::from_stored(&stored));
    let PageView { enlarged, is_presenting, has_tables, .. } = address::asked();
    let changes = [
        is_presenting.then_some(Rearrange::Present),
        has_tables.then_some(Rearrange::Tables),
        enlarged.map(Rearrange::Enlarge),
    ];
    changes.into_iter().flatten().fold(workspace, Workspace::after)
}

/// What of the arrangement a link names.
pub fn view(workspace: &Workspace) -> PageView {
    let Workspace { enlarged, is_presenting, has_tables, .. } = *workspace;
    PageView { enlarged, is_presenting, has_tables, ..PageView::default() }
}

/// Gives the page the whole screen while presenting, and its colours and sizes by an attribute of the root
/// element. Who leaves the full screen leaves presenting.
#[hook]
fn use_window(is_presenting: bool, rearrange: Callback<Rearrange>) {
    let latest = (*use_memo((), |()| Rc::new(Cell::new(false)))).clone();
    use_effect_with(is_presenting, {
        let latest = latest.clone();
        move |&is_presenting| {
            latest.set(is_presenting);
            mark(is_presenting);
            let listener = if is_presenting {
                enter_full_screen();
                // A page that starts so may have the whole screen only after a key.
                web_sys::window().map(|window| {
                    let options = EventListenerOptions::run_in_capture_phase();
                    EventListener::once_with_options(&window, "keydown", options, |_| enter_full_screen())
                })
            } else {
                leave_full_screen();
                None
            };
            move || drop(listener)
        }
    });
    use_effect_with((), move |()| {
        let listener = document().map(|document| {
            EventListener::new(&document, "fullscreenchange", move |_| {
                if latest.get() && !is_full_screen() {
                    rearrange.emit(Rearrange::Present);
                }
            })
        });
        move || drop(listener)
    });
}

fn mark(is_presenting: bool) {
    let Some(root) = root() else {
        return;
    };
    // An attribute of an element that exists can be set and taken away.
    let _ = if is_presenting {
        root.set_attribute("data-present", "true")
    } else {
        root.remove_attribute("data-present")
    };
}

fn is_full_screen() -> bool {
    document().is_some_and(|document| document.fullscreen_element().is_some())
}

fn enter_full_screen() {
    if let Some(root) = root()
        && !is_full_screen()
    {
        ask(&root, "requestFullscreen");
    }
}

fn leave_full_screen() {
    if let Some(document) = document().filter(|_| is_full_screen()) {
        ask(&document, "exitFullscreen");
    }
}

/// Asks for the full screen, or for its end. Not every browser has it, and none gives it without a key or a
/// click: presenting goes on without, and a refusal is no fault.
fn ask(object: &JsValue, method: &str) {
    let function = Reflect::get(object, &method.into()).ok().and_then(|it| it.dyn_into::<Function>().ok());
    let answer = function.and_then(|function| function.call0(object).ok());
    if let Some(promise) = answer.and_then(|answer| answer.dyn_into::<Promise>().ok()) {
        spawn_local(async move {
            let _ = JsFuture::from(promise).await;
        });
    }
}

/// The spot of light: it follows the pointer while its key is held.
#[component]
pub fn Spot() -> Html {
    let desk = use_context::<Desk>();
    let has_spot = desk.as_ref().is_some_and(|desk| desk.workspace.has_spot);
    let latest = use_mut_ref(|| (0, 0));
    let place = use_state_eq(|| (0, 0));
    let is_on = use_mut_ref(|| false);
    *is_on.borrow_mut() = has_spot;
    use_effect_with((), {
        let (latest, setter, is_on) = (latest.clone(), place.setter(), is_on.clone());
        move |()| {
            let listener = web_sys::window().map(|window| {
                EventListener::new(&window, "pointermove", move |event| {
                    if let Some(event) = event.dyn_ref::<PointerEvent>() {
                        *latest.borrow_mut() = (event.client_x(), event.client_y());
                        if *is_on.borrow() {
                            setter.set(*latest.borrow());
                        }
                    }
                })
            });
            move || drop(listener)
        }
    });
    use_effect_with(has_spot, {
        let (latest, setter) = (latest.clone(), place.setter());
        let rearrange = desk.map(|desk| desk.rearrange);
        move |&has_spot| {
            setter.set(*latest.borrow());
            let window = web_sys::window().filter(|_| has_spot);
            let listener = window.zip(rearrange).map(|(window, rearrange)| {
                ["keyup", "blur"].map(|event| {
                    let rearrange = rearrange.clone();
                    EventListener::new(&window, event, move |_| rearrange.emit(Rearrange::Spot(false)))
                })
            });
            move || drop(listener)
        }
    });
    let (x, y) = *place;
    html! {
        if has_spot {
            <i class="spot" style={format!("translate: {x}px {y}px")} />
        }
    }
}

/// How far a finger moves for a step, in pixels, and how much less it moves up or down.
const SWIPE: (i32, i32) = (50, 2);

/// Lets a swipe step while presenting: to the left forward, to the right back.
#[hook]
pub fn use_swipe(main: &NodeRef, is_presenting: bool, dispatch: Callback<Action>) {
    let main = main.clone();
    use_effect_with(is_presenting, move |&is_presenting| {
        let start = Rc::new(Cell::new(None::<(i32, i32)>));
        let point = |event: &web_sys::Event, changed: bool| {
            let event = event.dyn_ref::<TouchEvent>()?;
            let touches = if changed { event.changed_touches() } else { event.touches() };
            let touch = touches.get(0).filter(|_| touches.length() == 1)?;
            Some((touch.client_x(), touch.client_y()))
        };
        let listeners = main.cast::<HtmlElement>().filter(|_| is_presenting).map(|main| {
            let on_start = {
                let start = start.clone();
                EventListener::new(&main, "touchstart", move |event| start.set(point(event, false)))
            };
            let on_end = EventListener::new(&main, "touchend", move |event| {
                let Some((from, to)) = start.take().zip(point(event, true)) else {
                    return;
                };
                let (dx, dy) = (to.0 - from.0, to.1 - from.1);
                if dx.abs() < SWIPE.0 || dx.abs() < SWIPE.1 * dy.abs() {
                    return;
                }
                dispatch.emit(if dx < 0 {
                    Action::StepForward { coarser: false }
                } else {
                    Action::StepBack { coarser: false }
                });
            });
            [on_start, on_end]
        });
        move || drop(listeners)
    });
}

/// The style that says where the borders are.
pub fn style(workspace: &Workspace) -> String {
    let share = |border: Border| format!("--{}: {}%", border.key(), workspace.border(border));
    Border::ALL.map(share).join("; ")
}

#[derive(Clone, PartialEq, Properties)]
struct BorderProps {
    border: Border,
}

/// A border: dragged, or moved by the keyboard; two clicks put it back.
#[component]
fn Movable(props: &BorderProps) -> Html {
    let desk = use_context::<Desk>();
    let is_dragged = use_mut_ref(|| false);
    let node = use_node_ref();
    let border = props.border;
    let Some(Desk { workspace, rearrange, .. }) = desk else {
        return html! {};
    };
    let percent = workspace.border(border);
    let onpointerdown = {
        let (is_dragged, node) = (is_dragged.clone(), node.clone());
        Callback::from(move |event: PointerEvent| {
            *is_dragged.borrow_mut() = true;
            if let Some(element) = node.cast::<HtmlElement>() {
                // Without it the drag ends at the border's edge.
                let _ = element.set_pointer_capture(event.pointer_id());
            }
        })
    };
    let onpointermove = {
        let (is_dragged, node, rearrange) = (is_dragged.clone(), node.clone(), rearrange.clone());
        Callback::from(move |event: PointerEvent| {
            let parent = node.cast::<HtmlElement>().and_then(|element| element.parent_element());
            let Some((x, y)) =
                parent.filter(|_| *is_dragged.borrow()).map(|main| within_share(&main, &event))
            else {
                return;
            };
            let share = if border.is_upright() { x } else { y };
            rearrange.emit(Rearrange::Move(border, (100.0 * share).round().clamp(0.0, 100.0) as u8));
        })
    };
    let release = Callback::from(move |_: PointerEvent| *is_dragged.borrow_mut() = false);
    let onkeydown = {
        let rearrange = rearrange.clone();
        Callback::from(move |event: KeyboardEvent| {
            let (less, more) =
                if border.is_upright() { ("ArrowLeft", "ArrowRight") } else { ("ArrowUp", "ArrowDown") };
            let change = match event.key().as_str() {
                key if key == less => Rearrange::Move(border, percent.saturating_sub(BY_KEY)),
                key if key == more => Rearrange::Move(border, percent + BY_KEY),
                "Home" => Rearrange::Move(border, LEAST),
                "End" => Rearrange::Move(border, 100 - LEAST),
                "Enter" => Rearrange::Restore(border),
                _ => return,
            };
            event.prevent_default();
            rearrange.emit(change);
        })
    };
    html! {
        <div
            ref={node}
            class={classes!("border", border.key())}
            role="separator"
            tabindex="0"
            aria-label={border.name()}
            aria-orientation={if border.is_upright() { "vertical" } else { "horizontal" }}
            aria-valuemin={LEAST.to_string()}
            aria-valuemax={(100 - LEAST).to_string()}
            aria-valuenow={percent.to_string()}
            title={words::border_tip()}
            {onpointerdown}
            {onpointermove}
            onpointerup={release.clone()}
            onpointercancel={release}
            ondblclick={rearrange.reform(move |_: MouseEvent| Rearrange::Restore(border))}
            {onkeydown}
        />
    }
}

/// The borders between the cards.
#[component]
pub fn Borders() -> Html {
    html! { for border in Border::ALL { <Movable key={border.key()} {border} /> } }
}
