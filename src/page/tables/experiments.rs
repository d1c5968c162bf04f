//! Experiments: what a network does when it is broken on purpose.

mod broken;

use yew::prelude::*;

use crate::page::scene::PanelProps;

/// The experiments.
#[component]
pub fn ExperimentsTab(props: &PanelProps) -> Html {
    let panel = &props.panel;
    html! {
        <section class="experiments">
            { broken::switches(panel) }
        </section>
    }
}
