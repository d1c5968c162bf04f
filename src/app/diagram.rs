//! The network.

use yew::prelude::*;

use super::scene::PanelProps;

/// The network.
#[component]
pub fn Diagram(props: &PanelProps) -> Html {
    let _ = props;
    html! { <section class="diagram" /> }
}
