//! The published numbers.

use yew::prelude::*;

use super::scene::PanelProps;

/// The published numbers.
#[component]
pub fn PublishedTab(props: &PanelProps) -> Html {
    let _ = props;
    html! { <section class="published" /> }
}
