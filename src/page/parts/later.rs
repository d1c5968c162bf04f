//! What the first frames do without.

use gloo_timers::callback::Timeout;
use yew::prelude::*;

/// How long the page has to itself at its start, in milliseconds: for its first frame and the reader's first step.
const PAUSE: u32 = 500;

/// Whether this component has been on the page for a while: what is large in it, and not seen at once, waits until
/// then.
#[hook]
pub fn use_later() -> bool {
    let is_later = use_state_eq(|| false);
    use_effect_with((), {
        let setter = is_later.setter();
        move |()| {
            let timeout = Timeout::new(PAUSE, move || setter.set(true));
            move || drop(timeout)
        }
    });
    *is_later
}
