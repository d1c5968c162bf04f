//! What the first frame does without.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_render::request_animation_frame;
use gloo_timers::callback::Timeout;
use yew::prelude::*;

/// Whether the frame that first shows this component is on the screen: what is large, and not seen in it, waits
/// until then.
#[hook]
pub fn use_after_first_frame() -> bool {
    let is_shown = use_state_eq(|| false);
    use_effect_with((), {
        let setter = is_shown.setter();
        move |()| {
            let timeout = Rc::new(RefCell::new(None));
            let frame = request_animation_frame({
                let timeout = Rc::clone(&timeout);
                move |_| *timeout.borrow_mut() = Some(Timeout::new(0, move || setter.set(true)))
            });
            move || drop((frame, timeout))
        }
    });
    *is_shown
}
