//! The transport: stepping, playing, running, and where the step stands.

use yew::prelude::*;

use super::scene::{Scene, SceneProps};
use crate::session::Action;

/// The transport.
#[component]
pub fn Transport(props: &SceneProps) -> Html {
    let _ = props;
    html! { <section class="transport" /> }
}

/// Dispatches ticks while playing and slices while running.
#[hook]
pub fn use_playback(scene: &Scene, dispatch: Callback<Action>) {
    let _ = (scene, dispatch);
}
