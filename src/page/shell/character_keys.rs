//! Whether keys that are characters do something: who speaks to the computer types letters by accident
//! (WCAG 2.1.4).

use yew::prelude::*;

use super::storage::local;
use crate::page::parts::browser;

const KEY: &str = "chainrule-character-keys";
const OFF: &str = "off";
/// Of the root element.
const ATTRIBUTE: &str = "data-character-keys";

/// Whether they are on.
pub fn are_on() -> bool {
    let root = browser::document().and_then(|document| document.document_element());
    root.and_then(|root| root.get_attribute(ATTRIBUTE)).as_deref() != Some(OFF)
}

/// Whether they are on and a way to switch them; the root element carries it.
#[hook]
pub fn use_character_keys() -> (bool, Callback<bool>) {
    let is_on = use_state_eq(|| {
        let stored = local().and_then(|storage| storage.get_item(KEY).ok().flatten());
        stored.as_deref() != Some(OFF)
    });
    use_effect_with(*is_on, |is_on| {
        let word = if *is_on { "on" } else { OFF };
        let root = browser::document().and_then(|document| document.document_element());
        if let Some(root) = root {
            // Setting an attribute of an element that exists cannot fail.
            let _ = root.set_attribute(ATTRIBUTE, word);
        }
        if let Some(storage) = local() {
            let _ = storage.set_item(KEY, word);
        }
    });
    let setter = is_on.setter();
    (*is_on, Callback::from(move |is_on| setter.set(is_on)))
}
