//! A choice among a few words: a native list box that always shows what holds.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// The props of [`Choice`].
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The accessible name; a visible label may stand beside it.
    pub label: AttrValue,
    /// Each option: its key and its text.
    pub options: Vec<(AttrValue, AttrValue)>,
    /// The key of the option that holds.
    pub value: AttrValue,
    /// Further classes.
    #[prop_or_default]
    pub class: Classes,
    /// Called with the key of a chosen option.
    pub on_choose: Callback<String>,
}

/// A list box.
#[component]
pub fn Choice(props: &Props) -> Html {
    let select = use_node_ref();
    // After every render: a browser keeps what was clicked even where it was not taken over.
    use_effect({
        let (select, value) = (select.clone(), props.value.clone());
        move || {
            if let Some(select) = select.cast::<HtmlSelectElement>() {
                select.set_value(&value);
            }
        }
    });
    let onchange = {
        let on_choose = props.on_choose.clone();
        Callback::from(move |event: Event| {
            if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
                on_choose.emit(select.value());
            }
        })
    };
    let chosen = props.options.iter().find(|(key, _)| *key == props.value);
    let letters = chosen.map_or(0, |(_, text)| text.chars().count());
    html! {
        <select
            ref={select}
            aria-label={props.label.clone()}
            class={props.class.clone()}
            style={format!("--letters: {letters}")}
            {onchange}
        >
            for (key, text) in props.options.iter() {
                <option key={key.to_string()} value={key.clone()}>{text}</option>
            }
        </select>
    }
}
