//! Type that gets smaller where its card has no room for it.

use web_sys::Element;
use yew::prelude::*;

use super::resize::use_resize;
use crate::picture::fit::Fit;

/// How large the type of `content` has to be to fit into `body`, which scrolls where even the smallest
/// does not; larger than usual if it `may_grow`.
#[hook]
pub fn use_fit(body: &NodeRef, content: &NodeRef, may_grow: bool) -> Fit {
    let fit = use_state_eq(Fit::default);
    let latest = use_mut_ref(Fit::default);
    let grows = use_mut_ref(|| may_grow);
    *grows.borrow_mut() = may_grow;
    let on_resize = use_callback(fit.setter(), move |[body, content]: [Element; 2], setter| {
        let needed = content.get_bounding_client_rect().height();
        let mut latest = latest.borrow_mut();
        *latest = latest.after(needed, f64::from(body.client_height()), *grows.borrow());
        setter.set(*latest);
    });
    use_resize([body.clone(), content.clone()], on_resize);
    *fit
}
