//! Experiments: what a network does when it is broken on purpose, and how far its derivatives reach.

mod broken;
mod flow;

use yew::prelude::*;

use crate::page::scene::PanelProps;
use flow::GradientFlow;

/// The experiments.
#[component]
pub fn ExperimentsTab(props: &PanelProps) -> Html {
    let panel = &props.panel;
    html! {
        <section class="experiments">
            { broken::switches(panel) }
            <GradientFlow panel={panel.clone()} />
        </section>
    }
}
