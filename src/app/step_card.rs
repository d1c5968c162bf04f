//! The step card.

use yew::prelude::*;

use super::scene::PanelProps;

/// The step card.
#[component]
pub fn StepCard(props: &PanelProps) -> Html {
    let _ = props;
    html! { <section class="card" /> }
}
