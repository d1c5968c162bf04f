//! Type that gets smaller where its card has no room for it.

use web_sys::Element;
use yew::prelude::*;

use super::resize::use_resize;
use crate::picture::fit::{Fit, Sizes};

/// How large the type of `content` has to be, of `sizes`, to fit into `body`, which scrolls where even the
/// smallest does not.
#[hook]
pub fn use_fit(body: &NodeRef, content: &NodeRef, sizes: Sizes) -> Fit {
    let fit = use_state_eq(Fit::default);
    let latest = use_mut_ref(Fit::default);
    let latest_sizes = use_mut_ref(|| sizes);
    *latest_sizes.borrow_mut() = sizes;
    let on_resize = use_callback(fit.setter(), move |[body, content]: [Element; 2], setter| {
        let needed = content.get_bounding_client_rect().height();
        let mut latest = latest.borrow_mut();
        *latest = latest.after(needed, f64::from(body.client_height()), *latest_sizes.borrow());
        setter.set(*latest);
    });
    use_resize([body.clone(), content.clone()], on_resize);
    *fit
}
