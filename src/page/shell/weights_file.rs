//! The weights of another program: read, looked at, and made the lesson's network once what the file leaves open is
//! answered. Until "Open" is pressed nothing else changes.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Uint8Array;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{File, HtmlElement};
use yew::prelude::*;

use crate::lesson::weights::{Answers, FoundModel, NamedBytes, ReadNetwork, Rows, Slices, main_file};
use crate::lesson::{Lesson, limits};
use crate::page::parts::around::around;
use crate::page::parts::browser;
use crate::page::parts::by_address::ByAddress;
use crate::page::parts::choice::{Choice, Choosable};
use crate::page::parts::dialog::{use_closable_dialog, use_first_focus};
use crate::page::shell::files;
use crate::session::Action;
use crate::session::design::{Change, samples_in_words};
use crate::text::foreign;
use crate::words::around::Place;
use crate::words::page::{dialog, files as file_words, weights_file as words};
use crate::words::paragraph;
use backprop::activation::Activation;

const DIALOG: &str = "weights-file";
const FILE_INPUT: &str = "weights-files";
/// Bytes that are read between two looks at the clock, and milliseconds of a frame that reading may take.
const SLICE_BYTES: usize = 4_000;
const SLICE_MS: f64 = 6.0;

/// Lets the reader choose files.
pub fn choose_files() {
    if let Some(input) = browser::find::<HtmlElement>(&format!("#{FILE_INPUT}")) {
        input.click();
    }
}

/// How far opening has come.
#[derive(Clone)]
enum Stage {
    /// The files are read: so many bytes, and of how many.
    Loading(usize, usize),
    /// They are no weights: why.
    Failed(String),
    /// What is in them, and what is answered of what they leave open.
    Found(Rc<Found>, Answers),
}

/// The network of files, and what the one of them is called that says what the others are.
struct Found {
    name: String,
    model: FoundModel,
}

/// The props of [`WeightsFile`].
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// Files that were dropped or chosen; each list is another.
    pub files: Option<Vec<File>>,
    /// The lesson that is open.
    pub lesson: ByAddress<Lesson>,
    /// What to call when the reader acts.
    pub dispatch: Callback<Action>,
    /// What opens any files that are chosen here: they need not be weights.
    pub open_files: Callback<Vec<File>>,
}

/// The dialog, closed until weights are opened, and the input that lets them be chosen.
#[component]
pub fn WeightsFile(props: &Props) -> Html {
    let stage = use_state(|| None::<Stage>);
    // Which files are being read: later ones, or none, end reading.
    let number = use_mut_ref(|| Rc::new(Cell::new(0_u64))).borrow().clone();
    use_effect_with(props.files.clone(), {
        let (number, setter) = (Rc::clone(&number), stage.setter());
        move |files| {
            if let Some(files) = files.clone() {
                number.set(number.get() + 1);
                let own = number.get();
                setter.set(Some(Stage::Loading(0, 0)));
                spawn_local(async move {
                    let show = |(at, n)| setter.set(Some(Stage::Loading(at, n)));
                    let found = found(&files, &|| number.get() == own, &show).await;
                    if let Some(found) = found.filter(|_| number.get() == own) {
                        let stage = |found| Stage::Found(Rc::new(found), Answers::default());
                        setter.set(Some(found.map_or_else(Stage::Failed, stage)));
                    }
                });
            }
        }
    });
    let close = {
        let setter = stage.setter();
        Callback::from(move |()| {
            number.set(number.get() + 1);
            setter.set(None);
        })
    };
    let (oncancel, onclose) = use_closable_dialog(DIALOG, stage.is_some(), close.clone());
    let on_answer = {
        let (setter, stage) = (stage.setter(), (*stage).clone());
        Callback::from(move |answers: Answers| {
            if let Some(Stage::Found(found, _)) = &stage {
                setter.set(Some(Stage::Found(Rc::clone(found), answers)));
            }
        })
    };
    use_first_focus(DIALOG, matches!(*stage, Some(Stage::Failed(_) | Stage::Found(..))));
    let first = props.files.as_ref().and_then(|files| files.first()).map(files::name_of).unwrap_or_default();
    html! {
        <>
            <input
                id={FILE_INPUT}
                type="file"
                multiple={true}
                hidden={true}
                tabindex="-1"
                aria-label={words::weights_file()}
                onchange={browser::on_chosen(&props.open_files)}
            />
            <dialog id={DIALOG} class="import" aria-labelledby="weights-title" {oncancel} {onclose}>
                if let Some(stage) = &*stage {
                    {content(stage, &first, &on_answer, &close, props)}
                }
            </dialog>
        </>
    }
}

/// Reads files; nothing if that is no longer asked for.
async fn found(
    files: &[File],
    goes_on: &impl Fn() -> bool,
    show: &impl Fn((usize, usize)),
) -> Option<Result<Found, String>> {
    let all = match bytes_of(files).await {
        Ok(all) => all,
        Err(sentence) => return Some(Err(sentence)),
    };
    let named: Vec<NamedBytes> = all.iter().map(|(name, bytes)| NamedBytes { name, bytes }).collect();
    let name = main_file(&named).map(|file| foreign::shown(file.name, files::NAME)).unwrap_or_default();
    let mut slices = match Slices::new(&named) {
        Ok(slices) => slices,
        Err(sentence) => return Some(Err(sentence)),
    };
    loop {
        // First the dialog is seen, and can be cancelled.
        browser::next_frame().await;
        if !goes_on() {
            return None;
        }
        let end = browser::now() + SLICE_MS;
        while browser::now() < end {
            if slices.advance(SLICE_BYTES) {
                return Some(slices.finish(&named).map(|model| Found { name, model }));
            }
        }
        show(slices.progress());
    }
}

/// The names of files and what they hold.
async fn bytes_of(files: &[File]) -> Result<Vec<(String, Vec<u8>)>, String> {
    if files.iter().map(|file| file.size()).sum::<f64>() > limits::FILE_BYTES as f64 {
        let most = limits::FILE_BYTES / 1_000_000;
        return Err(file_words::too_large_for_weights(&most));
    }
    let mut all = Vec::new();
    for file in files {
        let buffer = JsFuture::from(file.array_buffer()).await;
        let buffer = buffer.map_err(|_| file_words::not_read_by_browser().to_owned())?;
        all.push((file.name(), Uint8Array::new(&buffer).to_vec()));
    }
    Ok(all)
}

/// What the dialog shows; `first` is what the first file is called.
fn content(
    stage: &Stage,
    first: &str,
    on_answer: &Callback<Answers>,
    close: &Callback<()>,
    Props { lesson, dispatch, .. }: &Props,
) -> Html {
    let (name, kind, network) = match stage {
        Stage::Loading(..) | Stage::Failed(_) => (first, "", None),
        Stage::Found(found, answers) => {
            let Found { name, model } = &**found;
            (&**name, model.kind, Some(model.network(answers, name)))
        }
    };
    let on_open = network.as_ref().and_then(|network| network.as_ref().ok()).cloned().map(|network| {
        let (dispatch, close) = (dispatch.clone(), close.clone());
        Callback::from(move |_: MouseEvent| {
            let change = Change::Weights(Rc::new(network.clone()));
            dispatch.emit(Action::Design { change, continues: false });
            close.emit(());
        })
    });
    html! {
        <>
            <h2 id="weights-title">{words::open_weights()}</h2>
            <p class="file"><b>{name}</b>{" "}<span>{kind}</span></p>
            if let Stage::Loading(at, n) = stage {
                <p class="reading">
                    <label>
                        {around(&file_words::reading(&Place(0)), [html! {
                            <progress max={n.max(&1).to_string()} value={at.to_string()} />
                        }])}
                    </label>
                </p>
            }
            if let Stage::Found(found, answers) = stage {
                {layers(&found.model, answers)}
                {questions(&found.model, *answers, on_answer)}
            }
            <div role="alert">
                if let Stage::Failed(sentence) = stage {
                    <p class="problem"><span aria-hidden="true">{"⚠ "}</span>{sentence}</p>
                }
            </div>
            <p role="status" aria-label={words::what_will_be_opened()}>
                {network.as_ref().map(|network| network.as_ref().map_or_else(String::clone, |read| in_words(read, lesson)))}
            </p>
            <p class="deeds">
                <button type="button" class="primary" disabled={on_open.is_none()} onclick={on_open}>{words::open()}</button>
                <button type="button" onclick={close.reform(|_: MouseEvent| ())}>{dialog::cancel()}</button>
            </p>
        </>
    }
}

fn in_words(read: &ReadNetwork, lesson: &Lesson) -> String {
    let shape = read.network.shape().replace('-', " → ");
    let weights = words::weights_and_biases(read.network.n_params(), &shape);
    paragraph([&*weights, samples_in_words(lesson, &read.network)])
}

/// The layers as the file has them.
fn layers(model: &FoundModel, answers: &Answers) -> Html {
    let sizes = model.rows_by(answers).map(|rows| model.sizes(rows));
    let n_layers = model.layers.len();
    let row = |layer: usize| {
        let found = &model.layers[layer - 1];
        let name = if layer == n_layers { words::output().to_owned() } else { words::hidden(&layer) };
        let n_biases =
            found.biases.as_ref().map_or(words::none().to_owned(), |biases| biases.len().to_string());
        let units = sizes.as_ref().map_or("?".to_owned(), |sizes| sizes[layer].to_string());
        let activation = model.activation_by(layer, answers).map_or("?", Activation::name);
        let shape = format!("{} × {}", found.weights.n_rows(), found.weights.n_cols());
        html! {
            <tr key={layer}>
                <th scope="row">{name}</th>
                <td>{&found.name}</td><td>{shape}</td><td>{n_biases}</td><td>{units}</td><td>{activation}</td>
            </tr>
        }
    };
    let heads = [
        words::layer(),
        words::weights(),
        words::rows_and_columns(),
        words::biases(),
        words::units(),
        words::activation(),
    ];
    html! {
        <div class="scroller" role="region" aria-label={words::layers()} tabindex="0">
            <table aria-label={words::layers_of_file()}>
                <thead>
                    <tr>
                        {for heads.iter().map(|name| html! { <th scope="col">{*name}</th> })}
                    </tr>
                </thead>
                <tbody>{for (1..=n_layers).map(row)}</tbody>
            </table>
        </div>
    }
}

/// What the file does not say.
fn questions(model: &FoundModel, answers: Answers, on_answer: &Callback<Answers>) -> Html {
    let on_rows = on_answer.reform(move |rows| Answers { rows, ..answers });
    let on_hidden = on_answer.reform(move |hidden| Answers { hidden, ..answers });
    let on_output = on_answer.reform(move |output| Answers { output, ..answers });
    let activation = |label: &'static str, all: &'static [Activation], value, on_choose| {
        question(label, all, Activation::name, value, on_choose)
    };
    let rows = question(words::what_a_row_belongs_to(), &Rows::ALL, Rows::name, answers.rows, on_rows);
    let hidden = activation(words::activation_of_hidden(), Activation::HIDDEN, answers.hidden, on_hidden);
    let output = activation(words::activation_of_output(), &Activation::ALL, answers.output, on_output);
    let is_open = model.rows.is_none() || model.asks_hidden() || model.asks_output();
    html! {
        if is_open {
            <p class="choices">
                <span>{words::file_does_not_say()}</span>
                if model.rows.is_none() {
                    <span>{around(&words::rows_belong_to(&Place(0)), [rows])}</span>
                }
                if model.asks_hidden() {
                    <span>{around(&words::hidden_layers(&Place(0)), [hidden])}</span>
                }
                if model.asks_output() {
                    <span>{around(&words::output_layer(&Place(0)), [output])}</span>
                }
            </p>
        }
    }
}

/// A list box that holds nothing until something is chosen.
fn question<T: Copy + PartialEq + 'static>(
    label: &'static str,
    all: &'static [T],
    name: fn(T) -> &'static str,
    value: Option<T>,
    on_choose: Callback<Option<T>>,
) -> Html {
    let value = value.and_then(|value| all.iter().position(|one| *one == value));
    let nothing = value.is_none().then(|| (None, words::choose().into()));
    let named = all.iter().enumerate().map(|(k, one)| (Some(k), name(*one).into()));
    let options: Vec<Choosable<Option<usize>>> = nothing.into_iter().chain(named).collect();
    let on_choose = on_choose.reform(move |k: Option<usize>| k.and_then(|k| all.get(k).copied()));
    html! { <Choice<Option<usize>> {label} {options} {value} {on_choose} /> }
}
