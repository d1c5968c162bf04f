//! The tabs beside the network: Ledger, Matrix, Data, Published.

use yew::prelude::*;

use super::scene::PanelProps;

/// The tabs beside the network: Ledger, Matrix, Data, Published.
#[component]
pub fn Panels(props: &PanelProps) -> Html {
    let _ = props;
    html! { <section class="panels" /> }
}
