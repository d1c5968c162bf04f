//! A number that can be typed, nudged by the arrow keys and dragged sideways.

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, KeyboardEvent, PointerEvent};
use yew::prelude::*;

use crate::format;

/// Pixels that the pointer moves before a press becomes a drag.
const DRAG_THRESHOLD: i32 = 4;
/// Pixels of dragging that count as one press of an arrow key.
const DRAG_PIXELS: i32 = 4;

/// A new value, and whether it continues a gesture that has changed the number already.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
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
    /// Further classes, such as the colour.
    #[prop_or_default]
    pub class: Classes,
    /// Called with each new value.
    pub on_change: Callback<Change>,
    /// Called with a sentence where what was typed is no number.
    pub on_refuse: Callback<String>,
}

/// What a press has become.
#[derive(Clone, Copy, PartialEq)]
struct Drag {
    from_x: i32,
    value: f64,
    moved: bool,
    last: i32,
}

/// A text box with a number. While it is edited its text is the reader's own; the number is taken
/// over on Enter or on leaving, and Escape brings the old one back.
#[component]
pub fn NumberField(props: &Props) -> Html {
    let input = use_node_ref();
    let is_editing = use_mut_ref(|| false);
    let drag = use_mut_ref(|| None::<Drag>);
    let shown = format::number(props.value, props.digits);

    // The text is set here and not as an attribute: a render must not overwrite half a number.
    use_effect_with((shown.clone(), props.value), {
        let (input, is_editing) = (input.clone(), is_editing.clone());
        move |(shown, _)| {
            if let (Some(input), false) = (input.cast::<HtmlInputElement>(), *is_editing.borrow()) {
                input.set_value(shown);
            }
        }
    });

    let commit = {
        let (props, is_editing) = (props.clone(), is_editing.clone());
        move |input: &HtmlInputElement| {
            if !is_editing.replace(false) {
                return;
            }
            let text = input.value();
            let shown = format::number(props.value, props.digits);
            // The old number stands until a new one arrives: a refused one never does.
            input.set_value(&shown);
            // What has not been touched stays exact, whatever digits it shows.
            if text == format::exact(props.value) || text == shown {
                return;
            }
            match format::parse(&text) {
                Some(value) => {
                    if value != props.value {
                        props.on_change.emit(Change { value, continues: false });
                    }
                }
                None => {
                    let typed: String = text.chars().take(20).collect();
                    props.on_refuse.emit(format!(
                        "{} cannot be “{typed}”: type a number such as 0.25. The old value stays.",
                        props.label
                    ));
                }
            }
        }
    };

    let onfocus = {
        let is_editing = is_editing.clone();
        let value = props.value;
        Callback::from(move |event: FocusEvent| {
            if let Some(input) = target_of(&event) {
                *is_editing.borrow_mut() = true;
                input.set_value(&format::exact(value));
                input.select();
            }
        })
    };
    let onblur = {
        let commit = commit.clone();
        Callback::from(move |event: FocusEvent| {
            if let Some(input) = target_of(&event) {
                commit(&input);
            }
        })
    };
    let onkeydown = {
        let (commit, props) = (commit.clone(), props.clone());
        let is_editing = is_editing.clone();
        Callback::from(move |event: KeyboardEvent| {
            let Some(input) = target_of(&event) else {
                return;
            };
            let steps = match event.key().as_str() {
                "ArrowUp" => 1,
                "ArrowDown" => -1,
                "Enter" => {
                    event.prevent_default();
                    commit(&input);
                    return;
                }
                "Escape" => {
                    event.prevent_default();
                    *is_editing.borrow_mut() = false;
                    input.set_value(&format::number(props.value, props.digits));
                    let _ = input.blur();
                    return;
                }
                _ => return,
            };
            event.prevent_default();
            let scale = if event.shift_key() { 10 } else { 1 };
            let typed = format::parse(&input.value()).filter(|_| is_editing.replace(false));
            let value = format::nudged(typed.unwrap_or(props.value), steps * scale);
            input.set_value(&format::number(props.value, props.digits));
            if value != props.value {
                props.on_change.emit(Change { value, continues: false });
            }
        })
    };

    let oninput = {
        let is_editing = is_editing.clone();
        Callback::from(move |_: InputEvent| *is_editing.borrow_mut() = true)
    };

    let onpointerdown = {
        let (drag, value) = (drag.clone(), props.value);
        Callback::from(move |event: PointerEvent| {
            if event.button() == 0 {
                let from_x = event.client_x();
                *drag.borrow_mut() = Some(Drag { from_x, value, moved: false, last: 0 });
            }
        })
    };
    let onpointermove = {
        let drag = drag.clone();
        let is_editing = is_editing.clone();
        let on_change = props.on_change.clone();
        Callback::from(move |event: PointerEvent| {
            let mut drag = drag.borrow_mut();
            let Some(now) = drag.as_mut() else {
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
            let continues = now.moved;
            if let (false, Some(input)) = (now.moved, target_of(&event)) {
                let _ = input.set_pointer_capture(event.pointer_id());
                let _ = input.blur();
            }
            *is_editing.borrow_mut() = false;
            now.moved = true;
            now.last = steps;
            let value = format::nudged(now.value, steps);
            on_change.emit(Change { value, continues });
        })
    };
    let onpointerup = {
        let drag = drag.clone();
        Callback::from(move |_: PointerEvent| *drag.borrow_mut() = None)
    };
    // The text is selected on focus: the browser would take a press on it for the start of dragging text.
    let ondragstart = Callback::from(|event: DragEvent| event.prevent_default());
    html! {
        <input
            ref={input}
            type="text"
            inputmode="decimal"
            autocomplete="off"
            spellcheck="false"
            class={classes!("number", props.class.clone())}
            role={props.is_spin.then_some("spinbutton")}
            aria-valuenow={props.is_spin.then(|| props.value.to_string())}
            aria-valuetext={props.is_spin.then(|| shown.clone())}
            aria-label={props.label.clone()}
            size={shown.chars().count().max(3).to_string()}
            {onfocus}
            {onblur}
            {onkeydown}
            {oninput}
            {onpointerdown}
            {onpointermove}
            onpointerup={onpointerup.clone()}
            onpointercancel={onpointerup}
            {ondragstart}
        />
    }
}

fn target_of<E: AsRef<web_sys::Event>>(event: &E) -> Option<HtmlInputElement> {
    event.as_ref().target()?.dyn_into().ok()
}
