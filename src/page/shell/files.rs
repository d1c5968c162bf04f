//! Files: opened by button, dropped or pasted on the page, each by the reader for its content; lessons saved.

use gloo_events::{EventListener, EventListenerOptions};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ClipboardEvent, DataTransfer, DragEvent, Element, File};
use yew::prelude::*;

use crate::lesson::file_kind::{FileKind, HEAD_BYTES, file_kind};
use crate::lesson::limits;
use crate::lesson::weights::{Format, exported};
use crate::page::parts::browser;
use crate::page::parts::download::{download, download_bytes, file_name};
use crate::page::shell::opened::Opened;
use crate::session::{Action, Session};
use crate::text::{foreign, format};
use crate::words::page::files as words;

/// Characters of a file's name that are shown.
pub const NAME: usize = 100;

/// What opens the files that the reader chose or dropped: by the content of the first `open_it` is called with a
/// lesson or a table, and with all of them where they are weights. Anything else is named in a sentence.
#[hook]
pub fn use_open(dispatch: Callback<Action>, open_it: Callback<Opened>) -> Callback<Vec<File>> {
    use_callback((), move |files: Vec<File>, ()| {
        let (dispatch, open_it) = (dispatch.clone(), open_it.clone());
        spawn_local(async move {
            let Some(file) = files.first().cloned() else {
                return;
            };
            match head(&file).await.map(|head| file_kind(&file.name(), &head)) {
                Some(FileKind::Lesson) => open_it.emit(Opened::Lesson(file)),
                Some(FileKind::Table) => open_it.emit(Opened::Table(file)),
                Some(FileKind::Weights) => open_it.emit(Opened::Weights(files)),
                Some(FileKind::Other(says)) => dispatch.emit(Action::problem(says)),
                None => dispatch.emit(unread(&file)),
            }
        });
    })
}

/// Says that a file could not be read.
pub fn unread(file: &File) -> Action {
    Action::problem(words::not_read(&name_of(file)))
}

/// A file's name in a sentence.
pub fn name_of(file: &File) -> String {
    foreign::shown(&file.name(), NAME)
}

/// The first bytes of a file.
async fn head(file: &File) -> Option<Vec<u8>> {
    let part = file.slice_with_f64_and_f64(0.0, HEAD_BYTES as f64).ok()?;
    let buffer = JsFuture::from(part.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// The kind of the files that are saved here.
const JSON: &str = "application/json";

/// Saves the lesson of `session` as a file.
pub fn save(session: &Session, dispatch: &Callback<Action>) {
    let lesson = match session.exported() {
        Ok(lesson) => lesson,
        Err(sentence) => return dispatch.emit(Action::problem(sentence)),
    };
    let name = file_name(&lesson.title);
    let text = lesson.to_json();
    if limits::FILE_BYTES < text.len() {
        let (n, most) = (format::count(text.len() as u64), limits::FILE_BYTES / 1_000_000);
        return dispatch.emit(Action::problem(words::too_large_to_save(&n, &most)));
    }
    if download(&format!("{name}.json"), JSON, &text).is_err() {
        dispatch.emit(Action::problem(words::lesson_not_saved()));
    }
}

/// Saves the weights of `session` for other programs.
pub fn save_weights(session: &Session, format: Format, dispatch: &Callback<Action>) {
    let name = format!("{}{}", file_name(&session.start().title), format.ending());
    if download_bytes(&name, &exported(session.moment().network(), format)).is_err() {
        dispatch.emit(Action::problem(words::weights_not_saved()));
    }
}

/// Saves what was stored and could not be read.
pub fn save_aside(text: &str, dispatch: &Callback<Action>) {
    if download("chainrule-stored.json", JSON, text).is_err() {
        dispatch.emit(Action::problem(words::file_not_saved()));
    }
}

/// Opens the files that are dropped anywhere on the page.
#[hook]
pub fn use_drop(open: Callback<Vec<File>>) {
    use_effect_with((), move |()| {
        let listeners = web_sys::window().map(|window| {
            let options = EventListenerOptions::enable_prevent_default();
            // Without this a browser opens the file in place of the page.
            let over = EventListener::new_with_options(&window, "dragover", options, |event| {
                event.prevent_default();
            });
            let drop = EventListener::new_with_options(&window, "drop", options, move |event| {
                event.prevent_default();
                let list =
                    event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer).and_then(|d| d.files());
                let dropped = list.map(|list| browser::files(&list)).unwrap_or_default();
                if !dropped.is_empty() {
                    open.emit(dropped);
                }
            });
            (over, drop)
        });
        move || drop(listeners)
    });
}

/// Where text is typed, and pasted by the browser.
const TEXT_BOXES: &str = "input, textarea, [contenteditable]";

/// Opens files, or text as of a spreadsheet or a notebook, that are pasted onto the page and into no text box.
#[hook]
pub fn use_paste(open: Callback<Vec<File>>) {
    use_effect_with((), move |()| {
        let on_paste = web_sys::window().map(|window| {
            EventListener::new(&window, "paste", move |event| {
                let into = event.target().and_then(|target| target.dyn_into::<Element>().ok());
                let is_typed = into.is_some_and(|element| element.matches(TEXT_BOXES).unwrap_or(false));
                let pasted = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
                if let (false, Some(pasted)) = (is_typed, pasted)
                    && let Some(files) = pasted_files(&pasted)
                {
                    open.emit(files);
                }
            })
        });
        move || drop(on_paste)
    });
}

/// What is pasted as files; none where there is nothing to read.
fn pasted_files(pasted: &DataTransfer) -> Option<Vec<File>> {
    let files = pasted.files().map(|list| browser::files(&list)).unwrap_or_default();
    if !files.is_empty() {
        return Some(files);
    }
    let text = pasted.get_data("text/plain").ok().filter(|text| !text.trim().is_empty())?;
    Some(vec![File::new_with_str_sequence(&Array::of1(&text.into()), words::pasted_text()).ok()?])
}
