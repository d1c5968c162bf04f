//! Texts and bytes that are saved as files.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use super::browser;

/// Saves `text` as a file of this name and media type.
///
/// # Errors
/// What the browser says where it does not let the page save.
pub fn download(name: &str, media_type: &str, text: &str) -> Result<(), JsValue> {
    let parts = js_sys::Array::of1(&text.into());
    save(name, &Blob::new_with_str_sequence_and_options(&parts, &kind(media_type))?)
}

/// Saves bytes of no text as a file of this name.
///
/// # Errors
/// What the browser says where it does not let the page save.
pub fn download_bytes(name: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    save(name, &Blob::new_with_u8_array_sequence_and_options(&parts, &kind("application/octet-stream"))?)
}

fn kind(media_type: &str) -> BlobPropertyBag {
    let kind = BlobPropertyBag::new();
    kind.set_type(media_type);
    kind
}

fn save(name: &str, blob: &Blob) -> Result<(), JsValue> {
    let address = Url::create_object_url_with_blob(blob)?;
    let document = browser::document().ok_or(JsValue::NULL)?;
    let link: HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&address)
}

/// A title as the name of a file, without its ending.
pub fn file_name(title: &str) -> String {
    let letter = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let name: String = title.chars().map(letter).take(60).collect();
    let name = name.trim_matches('-');
    if name.is_empty() { "lesson".to_owned() } else { name.to_owned() }
}
