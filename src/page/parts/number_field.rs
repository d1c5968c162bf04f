//! A number that can be typed, nudged by the arrow keys and dragged sideways.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, KeyboardEvent, PointerEvent};
use yew::prelude::*;
use yew::virtual_dom::VNode;

use super::browser::document;
use crate::text::format;
use crate::words::page::controls as words;

/// Pixels that the pointer moves before a press becomes a drag.
const DRAG_THRESHOLD: i32 = 4;
/// Pixels of dragging that count as one press of an arrow key.
const DRAG_PIXELS: i32 = 4;

/// A new value, and whether it continues a gesture that has changed the number already.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NumberChange {
    /// The new value.
    pub value: f64,
    /// Whether it is part of a drag that has started.
    pub continues: bool,
}

/// The props of [`NumberField`].
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The accessible name: what the number is called.
    pub label: AttrValue,
    /// The number.
    pub value: f64,
    /// Significant digits shown while it is not edited.
    pub digits: u8,
    /// A spin button instead of a text box, where a text box of the same name stands elsewhere.
    #[prop_or_default]
    pub is_spin: bool,
    /// Whether no negative number is accepted.
    #[prop_or_default]
    pub is_unsigned: bool,
    /// Further classes, such as the colour.
    #[prop_or_default]
    pub class: Classes,
    /// Called with each new value.
    pub on_change: Callback<NumberChange>,
    /// Called with a sentence where what was typed is no number.
    pub on_refuse: Callback<String>,
}

/// A text box with a number. While it is edited its text is the reader's own; the number is taken
/// over on Enter or on leaving, and Escape brings the old one back.
#[component]
pub fn NumberField(props: &Props) -> Html {
    let input = use_node_ref();
    let edit_state = (*use_memo((), |()| Rc::<EditState>::default())).clone();
    let field = Rc::new(Field { props: props.clone(), edit_state });
    let shown = field.shown();
    // The element may be another number's now: what is dragged is not.
    use_effect_with(props.label.clone(), {
        let edit_state = field.edit_state.clone();
        move |_| edit_state.drag.set(None)
    });

    // The text is set here and not as an attribute: a render must not overwrite half a number.
    use_effect_with((shown.clone(), props.value), {
        let (input, edit_state) = (input.clone(), field.edit_state.clone());
        move |(shown, _)| {
            if let (Some(input), false) = (input.cast::<HtmlInputElement>(), edit_state.is_editing.get()) {
                input.set_value(shown);
            }
        }
    });

    let first = use_memo((), |_| shown.clone());
    let field = html! {
        <input
            ref={input}
            type="text"
            // The keypads for numbers of some phones have no minus.
            inputmode={if props.is_unsigned { "decimal" } else { "text" }}
            autocapitalize="off"
            autocomplete="off"
            spellcheck="false"
            class={classes!("number", props.class.clone())}
            role={props.is_spin.then_some("spinbutton")}
            aria-valuenow={props.is_spin.then(|| props.value.to_string())}
            aria-valuetext={props.is_spin.then(|| shown.clone())}
            aria-label={props.label.clone()}
            size={shown.chars().count().max(3).to_string()}
            onfocus={field.on(Field::focus)}
            onblur={field.on(|field, input, _| field.commit(input))}
            onkeydown={field.on(Field::key)}
            oninput={field.on(Field::typed)}
            onpointerdown={field.on(Field::press)}
            onpointermove={field.on(Field::drag)}
            onpointerup={field.on(|field, _, _| field.edit_state.drag.set(None))}
            onpointercancel={field.on(|field, _, _| field.edit_state.drag.set(None))}
            onmouseup={field.on(Field::release)}
            // The text is selected on focus: the browser would take a press on it for the start of dragging text.
            ondragstart={field.on(|_, _, event: DragEvent| event.prevent_default())}
        />
    };
    with_first_text(field, (*first).clone())
}

/// As the attribute the text is there at once, also in a field that comes onto the page as it is printed. From the
/// first text that is set on it is without effect: it stays what it was.
fn with_first_text(mut field: Html, text: String) -> Html {
    if let VNode::VTag(tag) = &mut field {
        Rc::make_mut(tag).add_attribute("value", text);
    }
    field
}

/// What the reader's hands are doing with a field; it outlives renders.
#[derive(Default)]
struct EditState {
    /// Whether the text is the reader's own.
    is_editing: Cell<bool>,
    /// Whether the press that goes on, or the last one, has brought the focus.
    brought_focus: Cell<bool>,
    drag: Cell<Option<Drag>>,
}

/// What a press has become.
#[derive(Clone, Copy, PartialEq)]
struct Drag {
    from_x: i32,
    value: f64,
    moved: bool,
    last: i32,
}

/// A field as it was rendered last, and what its events do.
struct Field {
    props: Props,
    edit_state: Rc<EditState>,
}

impl Field {
    /// Calls `handle` with the field's element.
    fn on<E: AsRef<web_sys::Event> + 'static>(
        self: &Rc<Self>,
        handle: impl Fn(&Self, &HtmlInputElement, E) + 'static,
    ) -> Callback<E> {
        let field = self.clone();
        Callback::from(move |event: E| {
            let target = event.as_ref().target().and_then(|target| target.dyn_into().ok());
            if let Some(input) = target {
                handle(&field, &input, event);
            }
        })
    }

    fn shown(&self) -> String {
        format::number(self.props.value, self.props.digits)
    }

    /// Ends the editing; the old number stands until a new one arrives: a refused one never does.
    /// Gives the text if it was the reader's.
    fn end_editing(&self, input: &HtmlInputElement) -> Option<String> {
        let text = self.edit_state.is_editing.replace(false).then(|| input.value());
        input.set_value(&self.shown());
        text
    }

    fn change_to(&self, value: f64) {
        if value != self.props.value {
            self.props.on_change.emit(NumberChange { value, continues: false });
        }
    }

    fn focus(&self, input: &HtmlInputElement, _: FocusEvent) {
        self.edit_state.is_editing.set(true);
        self.edit_state.brought_focus.set(true);
        input.set_value(&format::exact(self.props.value));
        input.select();
    }

    fn commit(&self, input: &HtmlInputElement) {
        let Some(text) = self.end_editing(input) else {
            return;
        };
        // What has not been touched stays exact, whatever digits it shows.
        if text == format::exact(self.props.value) || text == self.shown() {
            return;
        }
        match format::parse(&text) {
            Some(value) => self.change_to(value),
            None => {
                let typed: String = text.chars().take(20).collect();
                self.props.on_refuse.emit(words::no_number(&self.props.label, &typed));
            }
        }
    }

    fn key(&self, input: &HtmlInputElement, event: KeyboardEvent) {
        match event.key().as_str() {
            "ArrowUp" => self.nudge(input, 1, event.shift_key()),
            "ArrowDown" => self.nudge(input, -1, event.shift_key()),
            "Enter" => self.commit(input),
            "Escape" => {
                self.end_editing(input);
                let _ = input.blur();
            }
            _ => return,
        }
        event.prevent_default();
    }

    fn nudge(&self, input: &HtmlInputElement, steps: i32, is_large: bool) {
        let typed = self.end_editing(input).and_then(|text| format::parse(&text));
        let scale = if is_large { 10 } else { 1 };
        self.change_to(format::nudged(typed.unwrap_or(self.props.value), steps * scale));
    }

    fn typed(&self, input: &HtmlInputElement, _: InputEvent) {
        // Chromium's own undo reaches fields that have been left; there the number is the session's.
        if has_focus(input) {
            self.edit_state.is_editing.set(true);
        } else {
            self.end_editing(input);
        }
    }

    fn press(&self, _: &HtmlInputElement, event: PointerEvent) {
        self.edit_state.brought_focus.set(false);
        if event.button() == 0 {
            let from_x = event.client_x();
            self.edit_state.drag.set(Some(Drag { from_x, value: self.props.value, moved: false, last: 0 }));
        }
    }

    fn drag(&self, input: &HtmlInputElement, event: PointerEvent) {
        let Some(now) = self.edit_state.drag.get() else {
            return;
        };
        let distance = event.client_x() - now.from_x;
        if !now.moved && distance.abs() < DRAG_THRESHOLD {
            return;
        }
        event.prevent_default();
        let steps = distance / DRAG_PIXELS;
        if steps == now.last {
            return;
        }
        if !now.moved {
            let _ = input.set_pointer_capture(event.pointer_id());
            let _ = input.blur();
        }
        self.edit_state.is_editing.set(false);
        self.edit_state.drag.set(Some(Drag { moved: true, last: steps, ..now }));
        let value = format::nudged(now.value, steps);
        self.props.on_change.emit(NumberChange { value, continues: now.moved });
    }

    /// WebKit sets the caret when a press ends, which would undo the selection made on focus.
    fn release(&self, input: &HtmlInputElement, event: MouseEvent) {
        if self.edit_state.brought_focus.replace(false) && has_focus(input) {
            event.prevent_default();
            input.select();
        }
    }
}

fn has_focus(input: &HtmlInputElement) -> bool {
    document().and_then(|document| document.active_element()).is_some_and(|active| active == ***input)
}
