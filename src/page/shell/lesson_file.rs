//! A lesson file that is being opened: read in slices, so that the page answers meanwhile. Nothing changes
//! before its end, and it can be cancelled.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Uint8Array;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::File;
use yew::prelude::*;

use crate::lesson::slices::FileSlices;
use crate::lesson::{Lesson, limits};
use crate::page::lessons;
use crate::page::parts::around::around;
use crate::page::parts::browser;
use crate::page::parts::dialog::use_closable_dialog;
use crate::page::shell::files;
use crate::session::Action;
use crate::text::fault::Read;
use crate::words::around::Place;
use crate::words::page::{dialog, files as words};

const DIALOG: &str = "lesson-file";
/// Bytes that are read between two looks at the clock, and milliseconds of a frame that reading may
/// take.
const SLICE_BYTES: usize = 4_000;
const SLICE_MS: f64 = 6.0;

/// The props of [`LessonFile`].
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// A lesson file that was dropped or chosen; each is another.
    pub file: Option<File>,
    /// What to call with the lesson, or with what is wrong with the file.
    pub dispatch: Callback<Action>,
}

/// The dialog that shows how far reading has come, closed where it takes no longer than a frame.
#[component]
pub fn LessonFile(props: &Props) -> Html {
    let progress = use_state_eq(|| None::<(usize, usize)>);
    // Which file is being read: a later one, or none, ends reading.
    let number = use_mut_ref(|| Rc::new(Cell::new(0_u64))).borrow().clone();
    use_effect_with(props.file.clone(), {
        let (dispatch, number, setter) = (props.dispatch.clone(), Rc::clone(&number), progress.setter());
        move |file| {
            if let Some(file) = file.clone() {
                number.set(number.get() + 1);
                let own = number.get();
                let goes_on = move || number.get() == own;
                spawn_local(async move {
                    let done = open(&file, &goes_on, &|at| setter.set(Some(at))).await;
                    if let Some(action) = done.filter(|_| goes_on()) {
                        setter.set(None);
                        dispatch.emit(action);
                    }
                });
            }
        }
    });
    let cancel = {
        let setter = progress.setter();
        Callback::from(move |()| {
            number.set(number.get() + 1);
            setter.set(None);
        })
    };
    let (oncancel, onclose) = use_closable_dialog(DIALOG, progress.is_some(), cancel.clone());
    html! {
        <dialog id={DIALOG} class="import" aria-labelledby="lesson-file-title" {oncancel} {onclose}>
            if let (Some((at, n)), Some(file)) = (*progress, &props.file) {
                <h2 id="lesson-file-title">{words::open_lesson()}</h2>
                <p class="file">
                    <b>{file.name()}</b>{" "}<span>{words::bytes(n)}</span>
                </p>
                <p class="reading">
                    <label>
                        {around(&words::reading(&Place(0)), [html! {
                            <progress max={n.to_string()} value={at.to_string()} />
                        }])}
                    </label>
                </p>
                <p class="deeds">
                    <button type="button" onclick={cancel.reform(|_: MouseEvent| ())}>{dialog::cancel()}</button>
                </p>
            }
        </dialog>
    }
}

/// Reads a lesson file: the lesson, or where it is wrong; nothing if that is no longer asked for.
async fn open(file: &File, goes_on: &impl Fn() -> bool, show: &impl Fn((usize, usize))) -> Option<Action> {
    let name = files::name_of(file);
    if file.size() > limits::FILE_BYTES as f64 {
        let most = limits::FILE_BYTES / 1_000_000;
        return Some(Action::problem(words::too_large_for_lesson(&name, &most)));
    }
    let Ok(buffer) = JsFuture::from(file.array_buffer()).await else {
        return Some(files::unread(file));
    };
    let bytes = Uint8Array::new(&buffer).to_vec();
    // As browsers read text: what is not UTF-8 is a character of its own.
    let text = String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    Some(lessons::opened(&name, read(text, goes_on, show).await?))
}

async fn read(
    text: String,
    goes_on: &impl Fn() -> bool,
    show: &impl Fn((usize, usize)),
) -> Option<Read<Lesson>> {
    let mut slices = match FileSlices::new(text) {
        Ok(slices) => slices,
        Err(fault) => return Some(Err(fault)),
    };
    loop {
        let end = browser::now() + SLICE_MS;
        while browser::now() < end {
            if slices.advance(SLICE_BYTES) {
                return Some(slices.finish());
            }
        }
        show(slices.progress());
        browser::next_frame().await;
        if !goes_on() {
            return None;
        }
    }
}
