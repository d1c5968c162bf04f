//! A table of samples that is being opened: read in slices, looked at, and made the lesson's data. Until "Import" is
//! pressed nothing else changes.

mod form;

use std::rc::Rc;

use gloo_render::request_animation_frame;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{File, HtmlElement};
use yew::prelude::*;

use crate::lesson::table::{Choices, Dialect, Reader, Table, limits};
use crate::page::parts::browser;
use crate::page::parts::dialog::{use_closable_dialog, use_first_focus};
use crate::session::Action;
use crate::session::design::Change;
use crate::text::format;
use crate::words::lesson::limits as limit_words;
use crate::words::page::{files, table_file as words};

const DIALOG: &str = "table-file";
const FILE_INPUT: &str = "table-files";
/// Bytes that are read between two looks at the clock, and milliseconds of a frame that reading may
/// take.
const SLICE_BYTES: usize = 4_000;
const SLICE_MS: f64 = 6.0;

/// Lets the reader choose a file.
pub fn choose_file() {
    if let Some(input) = browser::find::<HtmlElement>(&format!("#{FILE_INPUT}")) {
        input.click();
    }
}

/// How far the import has come.
#[derive(Clone)]
enum Stage {
    /// The browser gets the file.
    Loading,
    /// So many bytes have been read.
    Reading(usize),
    /// The file is no table: why.
    Failed(String),
    /// The table, and what is chosen of it.
    Read(Rc<Table>, Choices),
}

/// An open file.
#[derive(Clone)]
struct Import {
    file: File,
    bytes: Rc<[u8]>,
    dialect: Option<Dialect>,
    stage: Stage,
    /// Why "Import" did nothing.
    refusal: Option<String>,
}

/// What can happen to it.
enum Event {
    Open(File),
    Loaded(File, Result<Vec<u8>, String>),
    Read(usize),
    Fail(Option<Dialect>, String),
    Finish(Table),
    SetDialect(Dialect),
    Choose(Choices),
    Refuse(String),
    Close,
}

#[derive(Clone, Default)]
struct State(Option<Import>);

impl Reducible for State {
    type Action = Event;

    fn reduce(self: Rc<Self>, event: Event) -> Rc<Self> {
        let next = |import: Option<Import>| Rc::new(Self(import));
        let import = match (event, &self.0) {
            (Event::Open(file), _) => {
                let stage = Stage::Loading;
                return next(Some(Import { file, bytes: [].into(), dialect: None, stage, refusal: None }));
            }
            (Event::Close, _) | (_, None) => return next(None),
            (event, Some(import)) => (event, import.clone()),
        };
        let (event, import) = import;
        let refusal = None;
        next(Some(match event {
            // Of a file that has been closed since.
            Event::Loaded(file, _) if file != import.file => import,
            Event::Loaded(_, Ok(bytes)) => Import { bytes: bytes.into(), stage: Stage::Reading(0), ..import },
            Event::Loaded(_, Err(sentence)) => Import { stage: Stage::Failed(sentence), ..import },
            Event::Read(at) => Import { stage: Stage::Reading(at), ..import },
            Event::Fail(dialect, sentence) => Import { dialect, stage: Stage::Failed(sentence), ..import },
            Event::Finish(table) => {
                let choices = table.suggest();
                let dialect = Some(table.dialect());
                Import { dialect, stage: Stage::Read(Rc::new(table), choices), ..import }
            }
            Event::SetDialect(dialect) => {
                Import { dialect: Some(dialect), stage: Stage::Reading(0), refusal, ..import }
            }
            Event::Choose(choices) => match import.stage {
                Stage::Read(table, _) => Import { stage: Stage::Read(table, choices), refusal, ..import },
                _ => import,
            },
            Event::Refuse(sentence) => Import { refusal: Some(sentence), ..import },
            Event::Open(_) | Event::Close => import,
        }))
    }
}

/// The props of [`TableFile`].
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// A table that was dropped, chosen or pasted; each is another.
    pub file: Option<File>,
    /// What to call when the reader acts.
    pub dispatch: Callback<Action>,
    /// What opens any files that are chosen here: they need not be tables.
    pub open_files: Callback<Vec<File>>,
}

/// The dialog, closed until a table is opened, and the input that lets one be chosen.
#[component]
pub fn TableFile(props: &Props) -> Html {
    let state = use_reducer(State::default);
    let dispatcher = state.dispatcher();
    let send = use_memo((), move |()| dispatcher.to_callback());
    let send: Callback<Event> = (*send).clone();
    use_effect_with(props.file.clone(), {
        let send = send.clone();
        move |file| {
            if let Some(file) = file.clone() {
                send.emit(Event::Open(file));
            }
        }
    });
    let import = state.0.as_ref();
    use_loading(import, &send);
    use_reading(import, &send);
    // The dialog is open while there is a file.
    let (oncancel, onclose) = use_closable_dialog(DIALOG, import.is_some(), send.reform(|()| Event::Close));
    use_first_focus(
        DIALOG,
        import.is_some_and(|import| matches!(import.stage, Stage::Failed(_) | Stage::Read(..))),
    );
    html! {
        <>
            <input
                id={FILE_INPUT}
                type="file"
                hidden={true}
                tabindex="-1"
                aria-label={words::csv_file()}
                onchange={browser::on_chosen(&props.open_files)}
            />
            <dialog id={DIALOG} class="import" aria-labelledby="table-title" {oncancel} {onclose}>
                if let Some(import) = import {
                    {import.html(&send, &props.dispatch)}
                }
            </dialog>
        </>
    }
}

/// Asks the browser for the bytes of the file that is opened.
#[hook]
fn use_loading(import: Option<&Import>, send: &Callback<Event>) {
    let loading =
        import.filter(|import| matches!(import.stage, Stage::Loading)).map(|import| import.file.clone());
    let send = send.clone();
    use_effect_with(loading, move |file| {
        let Some(file) = file.clone() else {
            return;
        };
        if file.size() > limits::BYTES as f64 {
            let (n, most) = (format::count(file.size() as u64), limits::BYTES / 1_000_000);
            let sentence = limit_words::file_too_large(&n, &most);
            send.emit(Event::Loaded(file, Err(sentence)));
            return;
        }
        spawn_local(async move {
            let buffer = JsFuture::from(file.array_buffer()).await;
            let bytes = buffer.map(|buffer| js_sys::Uint8Array::new(&buffer).to_vec());
            send.emit(Event::Loaded(file, bytes.map_err(|_| files::not_read_by_browser().to_owned())));
        });
    });
}

/// Reads a slice in each frame.
#[hook]
fn use_reading(import: Option<&Import>, send: &Callback<Event>) {
    // What has been read so far, and as what.
    let reader = use_mut_ref(|| None::<(Option<Dialect>, Box<Reader>)>);
    let job = import.and_then(|import| match import.stage {
        Stage::Reading(at) => Some((at, Rc::clone(&import.bytes), import.dialect)),
        _ => None,
    });
    let send = send.clone();
    use_effect_with(job.clone().map(|(at, bytes, dialect)| (at, bytes.as_ptr(), dialect)), move |_| {
        let frame = match job {
            None => {
                // What has been read of a file that was closed needs no room.
                *reader.borrow_mut() = None;
                None
            }
            Some((_, bytes, dialect)) => Some(request_animation_frame(move |_| {
                let started = reader.borrow_mut().take().filter(|(started_as, _)| *started_as == dialect);
                let started = started.map(|(_, reader)| Ok(reader));
                send.emit(
                    match started.unwrap_or_else(|| Reader::new(bytes, dialect).map(Box::new)).map(slice) {
                        Err(sentence) => Event::Fail(dialect, sentence),
                        Ok(Err((dialect, sentence))) => Event::Fail(Some(dialect), sentence),
                        Ok(Ok(Slice::Whole(table))) => Event::Finish(table),
                        Ok(Ok(Slice::Rest(rest))) => {
                            let (at, _) = rest.progress();
                            *reader.borrow_mut() = Some((dialect, rest));
                            Event::Read(at)
                        }
                    },
                );
            })),
        };
        move || drop(frame)
    });
}

/// What a slice of reading leaves.
enum Slice {
    Rest(Box<Reader>),
    Whole(Table),
}

/// Reads for as long as a frame has room; or says what is wrong, and how the file was taken to be
/// written.
fn slice(mut reader: Box<Reader>) -> Result<Slice, (Dialect, String)> {
    let dialect = reader.dialect();
    let fault = |sentence| (dialect, sentence);
    let end = browser::now() + SLICE_MS;
    while !reader.advance(SLICE_BYTES).map_err(fault)? {
        if end <= browser::now() {
            return Ok(Slice::Rest(reader));
        }
    }
    (*reader).finish().map(Slice::Whole).map_err(fault)
}
