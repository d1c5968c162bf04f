//! What this device keeps of a reader's choices about the page: one word each, in its storage and as an
//! attribute of the root element, where the style sheet and the page's own code find it.

use yew::prelude::*;

use super::storage::local;
use crate::page::parts::browser;

/// The chosen one of `all`, `usual` unless another has been chosen, and a way to choose. `name` is what the
/// storage has after "chainrule-" and the attribute after "data-".
#[hook]
pub fn use_kept<T: Copy + PartialEq + 'static>(
    name: &'static str,
    all: &'static [T],
    word: fn(T) -> &'static str,
    usual: T,
) -> (T, Callback<T>) {
    use_kept_unless(None, name, all, word, usual)
}

/// The same; what the address has `asked` for holds until the reader chooses, and is not stored.
#[hook]
pub fn use_kept_unless<T: Copy + PartialEq + 'static>(
    asked: Option<T>,
    name: &'static str,
    all: &'static [T],
    word: fn(T) -> &'static str,
    usual: T,
) -> (T, Callback<T>) {
    let (key, attribute) = (format!("chainrule-{name}"), format!("data-{name}"));
    let chosen = use_state_eq(|| {
        let stored = local().and_then(|storage| storage.get_item(&key).ok().flatten());
        // Where nothing can be stored it is still there when the control is drawn anew.
        let kept = stored.or_else(|| browser::root()?.get_attribute(&attribute));
        let known = kept.and_then(|kept| all.iter().find(|one| word(**one) == kept));
        asked.or(known.copied()).unwrap_or(usual)
    });
    use_effect_with(*chosen, move |chosen| {
        if let Some(root) = browser::root() {
            // Setting an attribute of an element that exists cannot fail.
            let _ = root.set_attribute(&attribute, word(*chosen));
        }
    });
    let (setter, key) = (chosen.setter(), format!("chainrule-{name}"));
    let choose = move |chosen| {
        setter.set(chosen);
        if let Some(storage) = local() {
            // Where nothing can be stored the choice holds as long as the page is open.
            let _ = storage.set_item(&key, word(chosen));
        }
    };
    (*chosen, Callback::from(choose))
}
