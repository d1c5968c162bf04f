//! The clipboard.

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::Callback;

/// Puts `text` on the clipboard and tells `done` whether it is there: a browser may forbid it, and
/// has no clipboard for a page that did not come over a secure connection.
pub fn copy(text: String, done: Callback<bool>) {
    spawn_local(async move {
        done.emit(write(&text).await.is_some());
    });
}

async fn write(text: &str) -> Option<()> {
    let navigator = web_sys::window()?.navigator();
    let clipboard = js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard")).ok()?;
    if clipboard.is_undefined() {
        return None;
    }
    JsFuture::from(navigator.clipboard().write_text(text)).await.ok().map(|_| ())
}
