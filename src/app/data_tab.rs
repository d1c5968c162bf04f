//! The samples.

use yew::prelude::*;

use super::scene::PanelProps;

/// The samples.
#[component]
pub fn DataTab(props: &PanelProps) -> Html {
    let _ = props;
    html! { <section class="data" /> }
}
