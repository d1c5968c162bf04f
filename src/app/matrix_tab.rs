//! The matrix form.

use yew::prelude::*;

use super::scene::PanelProps;

/// The matrix form.
#[component]
pub fn MatrixTab(props: &PanelProps) -> Html {
    let _ = props;
    html! { <section class="matrix" /> }
}
