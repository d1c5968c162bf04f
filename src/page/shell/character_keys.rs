//! Whether keys that are characters do something: who speaks to the computer types letters by accident
//! (WCAG 2.1.4).

use yew::prelude::*;

use super::kept::use_kept;
use crate::page::parts::browser;

const OFF: &str = "off";

/// Whether they are on.
pub fn are_on() -> bool {
    let word = browser::root().and_then(|root| root.get_attribute("data-character-keys"));
    word.as_deref() != Some(OFF)
}

/// Whether they are on and a way to switch them.
#[hook]
pub fn use_character_keys() -> (bool, Callback<bool>) {
    use_kept("character-keys", &[true, false], |is_on| if is_on { "on" } else { OFF }, true)
}
