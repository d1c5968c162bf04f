//! A choice among a few values: a native list box that always shows what holds.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{HtmlSelectElement, KeyboardEvent};
use yew::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// A list box that can be opened; browsers before 2024 have none.
    #[wasm_bindgen(extends = HtmlSelectElement)]
    type OpenableList;
    #[wasm_bindgen(method, catch, js_name = "showPicker")]
    fn show_picker(this: &OpenableList) -> Result<(), JsValue>;
}

/// A value that can be chosen, and its text.
pub type Choosable<T> = (T, AttrValue);

/// The props of [`Choice`].
#[derive(Clone, PartialEq, Properties)]
pub struct Props<T: Clone + PartialEq + 'static> {
    /// The accessible name; a visible label may stand beside it.
    pub label: AttrValue,
    /// What can be chosen.
    pub options: Vec<Choosable<T>>,
    /// What can be chosen below those, in groups with headings.
    #[prop_or_default]
    pub groups: Vec<(AttrValue, Vec<Choosable<T>>)>,
    /// What holds.
    pub value: T,
    /// The id, for a visible label to name.
    #[prop_or_default]
    pub id: Option<AttrValue>,
    /// The id of an element that says more.
    #[prop_or_default]
    pub described_by: Option<AttrValue>,
    /// Further classes.
    #[prop_or_default]
    pub class: Classes,
    /// Whether the keys that choose from a closed list open it instead: a choice is much to happen by the way.
    #[prop_or_default]
    pub opens_first: bool,
    /// Called with a chosen value.
    pub on_choose: Callback<T>,
}

impl<T: Clone + PartialEq + 'static> Props<T> {
    /// All that can be chosen, in the list box's order.
    fn all(&self) -> impl Iterator<Item = &Choosable<T>> {
        self.options.iter().chain(self.groups.iter().flat_map(|(_, options)| options))
    }
}

/// A list box.
#[component]
pub fn Choice<T: Clone + PartialEq + 'static>(props: &Props<T>) -> Html {
    let select = use_node_ref();
    let index = props.all().position(|(value, _)| *value == props.value);
    // After every render: a browser keeps what was clicked even where it was not taken over.
    use_effect({
        let select = select.clone();
        move || {
            if let Some(select) = select.cast::<HtmlSelectElement>() {
                let index = index.and_then(|index| i32::try_from(index).ok()).unwrap_or(-1);
                if select.selected_index() != index {
                    select.set_selected_index(index);
                }
            }
        }
    });
    let onchange = {
        let props = props.clone();
        Callback::from(move |event: Event| {
            let select = event.target_dyn_into::<HtmlSelectElement>();
            let index = select.and_then(|select| usize::try_from(select.selected_index()).ok());
            if let Some((value, _)) = index.and_then(|index| props.all().nth(index)) {
                props.on_choose.emit(value.clone());
            }
        })
    };
    let onkeydown = props.opens_first.then(|| Callback::from(open_first));
    let letters = index.and_then(|index| props.all().nth(index)).map_or(0, |(_, text)| text.chars().count());
    html! {
        <select
            ref={select}
            id={props.id.clone()}
            aria-label={props.label.clone()}
            aria-describedby={props.described_by.clone()}
            class={props.class.clone()}
            style={format!("--letters: {letters}")}
            {onchange}
            {onkeydown}
        >
            <List options={texts(&props.options)} />
            for (heading, options) in props.groups.iter() {
                <optgroup key={heading.to_string()} label={heading.clone()}><List options={texts(options)} /></optgroup>
            }
        </select>
    }
}

/// Opens a closed list by a key that would choose from it. Where the browser cannot, the key chooses.
fn open_first(event: KeyboardEvent) {
    let Some(list) = event.target_dyn_into::<HtmlSelectElement>() else {
        return;
    };
    let chooses = event.key().starts_with("Arrow") || event.key().chars().count() == 1;
    let is_closed = !list.matches(":open").unwrap_or(false);
    if chooses && is_closed && list.unchecked_into::<OpenableList>().show_picker().is_ok() {
        event.prevent_default();
    }
}

fn texts<T>(options: &[Choosable<T>]) -> Vec<AttrValue> {
    options.iter().map(|(_, text)| text.clone()).collect()
}

#[derive(PartialEq, Properties)]
struct ListProps {
    options: Vec<AttrValue>,
}

/// What can be chosen: rendered again only where that changes.
#[component]
fn List(props: &ListProps) -> Html {
    let option = |(k, text): (usize, &AttrValue)| {
        html! { <option key={k} value={text.clone()}>{ text }</option> }
    };
    props.options.iter().enumerate().map(option).collect()
}

/// All of a kind under their names.
pub fn by_name<T: Copy>(
    all: impl IntoIterator<Item = T>,
    name: impl Fn(T) -> &'static str,
) -> Vec<Choosable<T>> {
    all.into_iter().map(|one| (one, name(one).into())).collect()
}
