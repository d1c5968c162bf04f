//! Type that gets smaller where its card has no room for it.

use web_sys::Element;
use yew::prelude::*;

use super::resize::use_resize;
use crate::picture::fit::{Fit, Fits, Sizes};

/// What is set, and the size that it has.
struct Setting<K> {
    kind: K,
    sizes: Sizes,
    fit: Fit,
    fits: Fits<K>,
}

/// How large the type of `content` has to be, of `sizes`, to fit into `body`, which scrolls where even the
/// smallest does not. Texts of one `kind` most likely need the same.
#[hook]
pub fn use_fit<K: Clone + PartialEq + 'static>(
    body: &NodeRef,
    content: &NodeRef,
    sizes: Sizes,
    kind: K,
) -> Fit {
    let setting =
        use_mut_ref(|| Setting { kind: kind.clone(), sizes, fit: Fit::default(), fits: Fits::default() });
    let render = use_force_update();
    let fit = {
        let mut setting = setting.borrow_mut();
        if setting.kind != kind {
            setting.fit = setting.fits.of(&kind).unwrap_or(setting.fit);
            setting.kind = kind;
        }
        setting.sizes = sizes;
        setting.fit
    };
    let on_resize = use_callback((), move |[body, content]: [Element; 2], ()| {
        let (needed, height) = (content.get_bounding_client_rect().height(), f64::from(body.client_height()));
        let mut setting = setting.borrow_mut();
        let Setting { kind, sizes, fit, .. } = &*setting;
        let (kind, sizes, next) = (kind.clone(), *sizes, fit.after(needed, height, *sizes));
        if next != *fit {
            render.force_update();
        }
        setting.fit = next;
        setting.fits.note(kind, next, height, sizes);
    });
    use_resize([body.clone(), content.clone()], on_resize);
    fit
}
