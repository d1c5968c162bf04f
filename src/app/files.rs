//! Lesson files: built in, opened by button, dropped on the page, and saved.

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, DragEvent, File, HtmlAnchorElement, Response, Url};
use yew::prelude::*;

use super::storage::problem;
use super::{browser, lab};
use crate::format;
use crate::lesson::{Lesson, limits};
use crate::session::{Action, Session};
#[cfg(feature = "lab")]
use crate::{design::Change, table::Imported};

/// A lesson that comes with the page: its file under `lessons/` and its title.
pub struct BuiltIn {
    /// The file.
    pub file: &'static str,
    /// The title in the file.
    pub title: &'static str,
}

/// The lessons that come with the page, the first one first.
const FIRST_LESSONS: &[BuiltIn] = &[
    BuiltIn { file: "hmkcode.json", title: "HMKCode 2-2-1" },
    BuiltIn { file: "mazur.json", title: "Mazur 2-2-2" },
    BuiltIn { file: "lecture-3-2-1.json", title: "Lecture 3-2-1" },
    BuiltIn { file: "hmkcode-four-points.json", title: "HMKCode, four data points" },
    BuiltIn { file: "xor.json", title: "XOR 2-2-1 with momentum" },
];

/// The lessons that come with this page.
pub fn lessons() -> impl Iterator<Item = &'static BuiltIn> {
    FIRST_LESSONS.iter().chain(lab::LESSONS)
}

/// Opens a built-in lesson.
pub fn open_built_in(lesson: &'static BuiltIn, dispatch: Callback<Action>) {
    spawn_local(async move {
        dispatch.emit(match fetch(&format!("lessons/{}", lesson.file)).await {
            Ok(text) => opened(lesson.title, &text),
            Err(_) => {
                problem(format!("The lesson “{}” could not be loaded. Is the network there?", lesson.title))
            }
        });
    });
}

/// Makes the data of a built-in lesson, called `name`, those of the lesson that is open.
#[cfg(feature = "lab")]
pub fn borrow_data(lesson: &'static BuiltIn, name: &'static str, dispatch: Callback<Action>) {
    spawn_local(async move {
        let text = fetch(&format!("lessons/{}", lesson.file)).await;
        dispatch.emit(match text.ok().and_then(|text| Lesson::from_json(&text).ok()) {
            Some(lesson) => {
                let change = Change::Import(Imported::of_lesson(&lesson, name).into());
                Action::Design { change, continues: false }
            }
            None => problem(format!("The data “{name}” could not be loaded. Is the network there?")),
        });
    });
}

/// Reads built-in lessons; a sentence if one cannot be had.
#[cfg(feature = "lab")]
pub fn load_built_in(
    lessons: Vec<&'static BuiltIn>,
    then: impl FnOnce(Result<Vec<Lesson>, String>) + 'static,
) {
    spawn_local(async move {
        let mut read = Vec::new();
        for lesson in lessons {
            let text = fetch(&format!("lessons/{}", lesson.file)).await;
            match text.ok().and_then(|text| Lesson::from_json(&text).ok()) {
                Some(lesson) => read.push(lesson),
                None => {
                    let title = lesson.title;
                    return then(Err(format!(
                        "The lesson “{title}” could not be loaded. Is the network there?"
                    )));
                }
            }
        }
        then(Ok(read));
    });
}

async fn fetch(address: &str) -> Result<String, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let response: Response = JsFuture::from(window.fetch_with_str(address)).await?.dyn_into()?;
    if !response.ok() {
        return Err(JsValue::NULL);
    }
    let text = JsFuture::from(response.text()?).await?;
    text.as_string().ok_or(JsValue::NULL)
}

/// What opens a file that the reader chose or dropped: a lesson, or by `open_table` a table.
#[hook]
pub fn use_open(dispatch: Callback<Action>, open_table: Callback<File>) -> Callback<File> {
    use_callback((), move |file: File, ()| {
        if lab::is_table(&file) {
            open_table.emit(file);
        } else {
            open_lesson(file, dispatch.clone());
        }
    })
}

/// Opens a lesson file. A bad one changes nothing and says where.
fn open_lesson(file: File, dispatch: Callback<Action>) {
    let name = file.name();
    if file.size() > limits::FILE_BYTES as f64 {
        let most = limits::FILE_BYTES / 1_000_000;
        dispatch
            .emit(problem(format!("“{name}” is too large for a lesson: at most {most} MB are accepted.")));
        return;
    }
    spawn_local(async move {
        let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
        dispatch.emit(match text {
            Some(text) => opened(&name, &text),
            None => problem(format!("“{name}” could not be read.")),
        });
    });
}

fn opened(name: &str, text: &str) -> Action {
    match Lesson::from_json(text) {
        Ok(lesson) => Action::Open(lesson.into()),
        Err(fault) => problem(format!("“{name}” is not a lesson that can be opened. {fault}.")),
    }
}

/// Saves the lesson of `session` as a file.
pub fn save(session: &Session, dispatch: &Callback<Action>) {
    let lesson = match session.exported() {
        Ok(lesson) => lesson,
        Err(sentence) => return dispatch.emit(problem(sentence)),
    };
    let letter = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let name: String = lesson.title.chars().map(letter).take(60).collect();
    let name = name.trim_matches('-');
    let name = if name.is_empty() { "lesson" } else { name };
    let text = lesson.to_json();
    if limits::FILE_BYTES < text.len() {
        let (n, most) = (format::count(text.len() as u64), limits::FILE_BYTES / 1_000_000);
        return dispatch.emit(problem(format!(
            "The lesson would be a file of {n} bytes, and at most {most} MB can be opened again: import fewer rows or columns."
        )));
    }
    if download(&format!("{name}.json"), &text).is_err() {
        dispatch.emit(problem("The browser did not let the lesson be saved."));
    }
}

fn download(name: &str, text: &str) -> Result<(), JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type("application/json");
    let parts = js_sys::Array::of1(&text.into());
    let blob = Blob::new_with_str_sequence_and_options(&parts, &kind)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let document = browser::document().ok_or(JsValue::NULL)?;
    let link: HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&address)
}

/// Opens a file that is dropped anywhere on the page.
#[hook]
pub fn use_drop(open: Callback<File>) {
    use_effect_with((), move |()| {
        let listeners = web_sys::window().map(|window| {
            let options = EventListenerOptions::enable_prevent_default();
            // Without this a browser opens the file in place of the page.
            let over = EventListener::new_with_options(&window, "dragover", options, |event| {
                event.prevent_default();
            });
            let drop = EventListener::new_with_options(&window, "drop", options, move |event| {
                event.prevent_default();
                let files =
                    event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer).and_then(|d| d.files());
                if let Some(file) = files.and_then(|files| files.get(0)) {
                    open.emit(file);
                }
            });
            (over, drop)
        });
        move || drop(listeners)
    });
}
