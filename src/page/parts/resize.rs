//! What is called when an element's size changes.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

/// A running observer; dropping it stops it.
pub struct Observing {
    observer: ResizeObserver,
    _on_resize: Closure<dyn Fn()>,
}

impl Observing {
    /// Calls `on_resize` once soon, and whenever the size of one of `elements` has changed; `None` in a
    /// browser that cannot tell.
    pub fn start<'a>(
        elements: impl IntoIterator<Item = &'a Element>,
        on_resize: impl Fn() + 'static,
    ) -> Option<Self> {
        let on_resize = Closure::<dyn Fn()>::new(on_resize);
        let observer = ResizeObserver::new(on_resize.as_ref().unchecked_ref()).ok()?;
        elements.into_iter().for_each(|element| observer.observe(element));
        Some(Self { observer, _on_resize: on_resize })
    }
}

impl Drop for Observing {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Calls `on_resize` with the elements of `nodes` whenever the size of one has changed, once at the start
/// too, and again when one has become another element. Reads no layout by itself.
#[hook]
pub fn use_resize<const N: usize>(nodes: [NodeRef; N], on_resize: Callback<[Element; N]>) {
    let observing = use_mut_ref(|| None::<([Element; N], Option<Observing>)>);
    // After every render: an element may be there only now, or be another one.
    use_effect(move || {
        let elements: Vec<Element> = nodes.iter().filter_map(|node| node.cast()).collect();
        let mut observing = observing.borrow_mut();
        let Ok(elements) = <[Element; N]>::try_from(elements) else {
            *observing = None;
            return;
        };
        if observing.as_ref().is_some_and(|(observed, _)| *observed == elements) {
            return;
        }
        let measured = elements.clone();
        let started = Observing::start(&elements, move || on_resize.emit(measured.clone()));
        *observing = Some((elements, started));
    });
}
