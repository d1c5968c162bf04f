//! The ledger.

use yew::prelude::*;

use super::scene::PanelProps;

/// The ledger.
#[component]
pub fn Ledger(props: &PanelProps) -> Html {
    let _ = props;
    html! { <section class="ledger" /> }
}
