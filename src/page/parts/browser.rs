//! What several panels ask of the browser.

use js_sys::Promise;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Document, Element, Event, File, FileList, HtmlInputElement, MouseEvent, ScrollIntoViewOptions,
    ScrollLogicalPosition,
};
use yew::{Callback, NodeRef, TargetCast};

/// The page's document.
pub fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// The document's root element, which carries what the style sheet is to know of the page.
pub fn root() -> Option<Element> {
    document()?.document_element()
}

/// The first element that `selector` finds, if it is one of the kind `T`.
pub fn find<T: JsCast>(selector: &str) -> Option<T> {
    document()?.query_selector(selector).ok()??.dyn_into().ok()
}

/// Scrolls what is around an element no further than brings it into view.
pub fn bring_into_view(element: &Element) {
    let nearest = ScrollIntoViewOptions::new();
    nearest.set_block(ScrollLogicalPosition::Nearest);
    nearest.set_inline(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&nearest);
}

/// Where the pointer is in an element, in CSS pixels from its top left.
pub fn within(element: &NodeRef, event: &MouseEvent) -> Option<(f64, f64)> {
    let corner = element.cast::<Element>()?.get_bounding_client_rect();
    Some((f64::from(event.client_x()) - corner.left(), f64::from(event.client_y()) - corner.top()))
}

/// Milliseconds of a clock that only runs forward; 0 where the browser has none.
pub fn now() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now())
}

/// Where the pointer is in an element, as shares of its width and height.
pub fn within_share(element: &Element, event: &MouseEvent) -> (f64, f64) {
    let rect = element.get_bounding_client_rect();
    let share = |at: i32, start: f64, length: f64| (f64::from(at) - start) / length.max(1.0);
    (share(event.client_x(), rect.left(), rect.width()), share(event.client_y(), rect.top(), rect.height()))
}

/// Whether a click was made with a pointer, and not by keyboard or by a program for those who do not see or
/// point: the focus goes along with those only.
pub fn is_by_pointer(click: &MouseEvent) -> bool {
    0 < click.detail()
}

/// The files of a list of the browser.
pub fn files(list: &FileList) -> Vec<File> {
    (0..list.length()).filter_map(|k| list.get(k)).collect()
}

/// Calls `open` with the files that are chosen in a file input.
pub fn on_chosen(open: &Callback<Vec<File>>) -> Callback<Event> {
    let open = open.clone();
    Callback::from(move |event: Event| {
        let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
            return;
        };
        let chosen = input.files().map(|list| files(&list)).unwrap_or_default();
        if !chosen.is_empty() {
            open.emit(chosen);
        }
        // The same file can be chosen again.
        input.set_value("");
    })
}

/// Ends with the frame that comes next.
pub async fn next_frame() {
    let promise = Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            // It takes any function.
            let _ = window.request_animation_frame(&resolve);
        }
    });
    // It cannot be refused.
    let _ = JsFuture::from(promise).await;
}
