//! The header: which lesson, undo and redo, files, settings, help, and sentences for the reader.

use yew::prelude::*;

use super::help::Help;
use super::scene::SceneProps;

/// The header.
#[component]
pub fn Header(props: &SceneProps) -> Html {
    let _ = props;
    html! { <header><h1>{"Chainrule"}</h1><Help /></header> }
}
