//! The loss curve.

use yew::prelude::*;

use super::scene::SceneProps;

/// The loss curve.
#[component]
pub fn LossCurve(props: &SceneProps) -> Html {
    let _ = props;
    html! { <section class="curve" /> }
}
