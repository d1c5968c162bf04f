//! What is called when an element's size changes.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver, ResizeObserverEntry};
use yew::prelude::*;

/// The page's one observer. What has changed size by a frame is told of in one go, so that all is measured before
/// anything of it is rendered: a measurement after a rendering would lay out the page once more.
struct Observer {
    observer: ResizeObserver,
    watched: RefCell<Vec<Rc<Watched>>>,
    _on_resize: Closure<dyn Fn(Array)>,
}

/// Elements, and what is called when one of them has another size.
struct Watched {
    elements: Vec<Element>,
    on_resize: Box<dyn Fn()>,
}

thread_local! {
    static OBSERVER: Option<Observer> = Observer::new();
}

impl Observer {
    fn new() -> Option<Self> {
        let on_resize = Closure::<dyn Fn(Array)>::new(|entries: Array| {
            OBSERVER.with(|observer| observer.as_ref().map(|observer| observer.tell(&entries)));
        });
        let observer = ResizeObserver::new(on_resize.as_ref().unchecked_ref()).ok()?;
        Some(Self { observer, watched: RefCell::default(), _on_resize: on_resize })
    }

    fn tell(&self, entries: &Array) {
        let targets: Vec<Element> =
            entries.iter().map(|entry| entry.unchecked_into::<ResizeObserverEntry>().target()).collect();
        // A copy: what is called may begin or end to watch.
        let watched = self.watched.borrow().clone();
        for watched in watched.iter().filter(|it| it.elements.iter().any(|one| targets.contains(one))) {
            (watched.on_resize)();
        }
    }

    fn is_watched(&self, element: &Element) -> bool {
        self.watched.borrow().iter().any(|watched| watched.elements.contains(element))
    }
}

/// Elements that are watched; dropping it ends that.
pub struct Observing(Rc<Watched>);

impl Observing {
    /// Calls `on_resize` once soon, and whenever the size of one of `elements` has changed; `None` in a
    /// browser that cannot tell.
    pub fn start<'a>(
        elements: impl IntoIterator<Item = &'a Element>,
        on_resize: impl Fn() + 'static,
    ) -> Option<Self> {
        let elements = elements.into_iter().cloned().collect();
        let watched = Rc::new(Watched { elements, on_resize: Box::new(on_resize) });
        OBSERVER.with(|observer| {
            let observer = observer.as_ref()?;
            observer.watched.borrow_mut().push(Rc::clone(&watched));
            watched.elements.iter().for_each(|element| observer.observer.observe(element));
            Some(Self(watched))
        })
    }
}

impl Drop for Observing {
    fn drop(&mut self) {
        OBSERVER.with(|observer| {
            let Some(observer) = observer else {
                return;
            };
            observer.watched.borrow_mut().retain(|watched| !Rc::ptr_eq(watched, &self.0));
            for element in self.0.elements.iter().filter(|element| !observer.is_watched(element)) {
                observer.observer.unobserve(element);
            }
        });
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
