//! The language in which the page is written.

use web_sys::UrlSearchParams;

use crate::page::parts::browser::document;
use crate::words::{Language, set_language};

/// Writes the page in the language that the address asks for (`?lang=en-XA`), if it is one of the page's.
pub fn use_asked() {
    let query = web_sys::window().and_then(|window| window.location().search().ok());
    let asked = query.and_then(|query| UrlSearchParams::new_with_str(&query).ok()?.get("lang"));
    let Some(language) = asked.and_then(|tag| Language::of_tag(&tag)) else {
        return;
    };
    set_language(language);
    if let Some(root) = document().and_then(|document| document.document_element()) {
        // Any text can be an attribute's value.
        let _ = root.set_attribute("lang", language.tag());
    }
}
