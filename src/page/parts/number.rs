//! Numbers as far as they are known.

use yew::prelude::*;

use crate::page::scene::Panel;
use crate::words::page::instant as words;

/// A number, or what stands for one whose step has not been reached.
pub fn number_so_far(panel: &Panel, number: Option<f64>) -> Html {
    text_so_far(number.map(|x| panel.scene.number(x)))
}

/// The same of a number that is text already.
pub fn text_so_far(number: Option<String>) -> Html {
    match number {
        Some(text) => html! { {text} },
        None => html! {
            <>
                <span class="not-yet" aria-hidden="true">{"·"}</span>
                <span class="visually-hidden">{words::not_yet()}</span>
            </>
        },
    }
}
