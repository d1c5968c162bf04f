//! A button for each quantity of a formula, for the keyboard and for screen readers, which take a formula
//! as one thing: in focus it lights its leaf, pressed it goes to its step.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};
use yew::prelude::*;

use crate::explanation::glossary::meaning;
use crate::lesson::quantity::Quantity;
use crate::page::scene::Panel;
use crate::session::Action;
use crate::words::page::controls as words;

/// The buttons of a formula.
pub struct Leaves<'a> {
    /// What lights and what acts.
    pub panel: &'a Panel,
    /// The name of the list.
    pub label: AttrValue,
    /// The quantities, in the order of the formula.
    pub quantities: &'a [Quantity],
    /// The number of each, as text.
    pub text: &'a dyn Fn(Quantity) -> String,
    /// The quantity whose button has the focus.
    pub focused: &'a UseStateHandle<Option<Quantity>>,
    /// Where the reader goes on after going to a step: the button may be gone with its formula.
    pub back: &'a NodeRef,
    /// Whether Tab stops at one of them only, and the arrow keys go on from there.
    pub is_one_stop: bool,
}

impl Leaves<'_> {
    /// The list.
    pub fn html(&self) -> Html {
        let is_here = |quantity: &Quantity| **self.focused == Some(*quantity);
        let stop = self.quantities.iter().position(is_here).unwrap_or(0);
        let is_stop = |k: usize| !self.is_one_stop || k == stop;
        let buttons = self.quantities.iter().enumerate();
        html! {
            <ul class="factors" aria-label={self.label.clone()} onkeydown={self.is_one_stop.then(arrows)}>
                { for buttons.map(|(k, quantity)| self.button(*quantity, is_stop(k))) }
            </ul>
        }
    }

    fn button(&self, quantity: Quantity, is_stop: bool) -> Html {
        let moment = self.panel.scene.moment();
        let name = moment.name(quantity);
        let stop = moment.stop_of(quantity).filter(|stop| *stop != moment.position);
        let turn = |to: Option<Quantity>| {
            let (setter, on_lit) = (self.focused.setter(), self.panel.on_lit.clone());
            let lit = to.map(|quantity| quantity.of_shown_sample(moment.sample()));
            move |_: FocusEvent| {
                setter.set(to);
                on_lit.emit(lit);
            }
        };
        let onclick = stop.map(|stop| {
            let (dispatch, back) = (self.panel.dispatch.clone(), self.back.clone());
            Callback::from(move |_: MouseEvent| {
                dispatch.emit(Action::JumpTo(stop));
                if let Some(back) = back.cast::<HtmlElement>() {
                    let _ = back.focus();
                }
            })
        });
        let text = (self.text)(quantity);
        html! {
            <li key={name.clone()}>
                <button
                    type="button"
                    tabindex={if is_stop { "0" } else { "-1" }}
                    data-quantity={name.clone()}
                    aria-disabled={stop.is_none().then_some("true")}
                    aria-description={meaning(moment, quantity)}
                    onfocus={turn(Some(quantity))}
                    onblur={turn(None)}
                    {onclick}
                >
                    { words::quantity_is(&name, &text) }
                </button>
            </li>
        }
    }
}

/// Moves the focus along the list.
fn arrows() -> Callback<KeyboardEvent> {
    Callback::from(|event: KeyboardEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let item = target.and_then(|target| target.closest("li").ok().flatten());
        let list = item.as_ref().and_then(|item| item.parent_element());
        let (Some(item), Some(list)) = (item, list) else {
            return;
        };
        let next = match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => item.next_element_sibling(),
            "ArrowLeft" | "ArrowUp" => item.previous_element_sibling(),
            "Home" => list.first_element_child(),
            "End" => list.last_element_child(),
            _ => return,
        };
        event.prevent_default();
        let button = next.and_then(|item| item.first_element_child());
        if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
            let _ = button.focus();
        }
    })
}
