//! The header: which lesson, files, settings, help, and sentences for the reader.

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::files::{self, LESSONS};
use super::help::{self, Help};
use super::scene::SceneProps;
use super::theme::{Theme, use_theme};
use crate::format;
use crate::session::Action;

const SETTINGS: &str = "settings";

/// The header.
#[component]
pub fn Header(props: &SceneProps) -> Html {
    let session = props.scene.session();
    let file_input = use_node_ref();
    let choose_file = {
        let file_input = file_input.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(input) = file_input.cast::<HtmlInputElement>() {
                input.click();
            }
        })
    };
    let open_file = {
        let dispatch = props.dispatch.clone();
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
                return;
            };
            if let Some(file) = input.files().and_then(|files| files.get(0)) {
                files::open_file(file, dispatch.clone());
            }
            // The same file can be chosen again.
            input.set_value("");
        })
    };
    let export = {
        let (scene, dispatch) = (props.scene.clone(), props.dispatch.clone());
        Callback::from(move |_: MouseEvent| files::save(&scene.session().current_lesson(), &dispatch))
    };
    html! {
        <header>
            <h1 class="mark"><span aria-hidden="true">{"∂ "}</span>{"Chainrule"}</h1>
            <LessonPicker title={session.start().title.clone()} dispatch={props.dispatch.clone()} />
            <span class="space" />
            <button onclick={choose_file}>{"Import"}</button>
            <input
                ref={file_input}
                type="file"
                accept=".json,application/json"
                class="visually-hidden"
                tabindex="-1"
                aria-label="Lesson file"
                onchange={open_file}
            />
            <button onclick={export}>{"Export"}</button>
            <button class="square" aria-label="Settings" title="Settings" onclick={|_| help::open_dialog(SETTINGS)}>
                {"⚙"}
            </button>
            <button class="square" aria-label="Keyboard help" title="Keyboard (?)" onclick={|_| help::open()}>
                {"?"}
            </button>
            <SettingsDialog digits={props.scene.digits()} dispatch={props.dispatch.clone()} />
            <Help />
            <div class="notice" role="alert">
                if let Some(notice) = session.notice() {
                    <p class={notice.is_problem.then_some("problem")}>
                        <span aria-hidden="true">{ if notice.is_problem { "⚠ " } else { "ℹ " } }</span>
                        { &notice.text }
                        <button
                            class="square"
                            aria-label="Dismiss"
                            onclick={props.dispatch.reform(|_| Action::DismissNotice)}
                        >
                            {"×"}
                        </button>
                    </p>
                }
            </div>
        </header>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct PickerProps {
    title: String,
    dispatch: Callback<Action>,
}

#[component]
fn LessonPicker(props: &PickerProps) -> Html {
    let is_built_in = LESSONS.iter().any(|lesson| lesson.title == props.title);
    let choose = {
        let dispatch = props.dispatch.clone();
        Callback::from(move |event: Event| {
            let chosen = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
            if let Some(lesson) = LESSONS.iter().find(|lesson| chosen.as_deref() == Some(lesson.file)) {
                files::open_built_in(lesson, dispatch.clone());
            }
        })
    };
    html! {
        <select aria-label="Lesson" class="lesson" onchange={choose}>
            if !is_built_in {
                <option value="" selected=true>
                    { if props.title.is_empty() { "Untitled lesson" } else { &props.title } }
                </option>
            }
            for lesson in LESSONS {
                <option key={lesson.file} value={lesson.file} ~selected={lesson.title == props.title}>
                    {lesson.title}
                </option>
            }
        </select>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct SettingsProps {
    digits: u8,
    dispatch: Callback<Action>,
}

#[component]
fn SettingsDialog(props: &SettingsProps) -> Html {
    let (theme, set_theme) = use_theme();
    let choose_theme = Callback::from(move |event: Event| {
        let chosen = selected(&event);
        if let Some(theme) = Theme::ALL.into_iter().find(|theme| chosen.as_deref() == Some(theme.key())) {
            set_theme.emit(theme);
        }
    });
    let choose_digits = {
        let dispatch = props.dispatch.clone();
        Callback::from(move |event: Event| {
            if let Some(digits) = selected(&event).and_then(|digits| digits.parse().ok()) {
                dispatch.emit(Action::SetDigits(digits));
            }
        })
    };
    html! {
        <dialog id={SETTINGS} aria-labelledby="settings-title">
            <h2 id="settings-title">{"Settings"}</h2>
            <p>
                <label>
                    {"Theme "}
                    <select onchange={choose_theme}>
                        for choice in Theme::ALL {
                            <option key={choice.key()} value={choice.key()} ~selected={choice == theme}>
                                {choice.name()}
                            </option>
                        }
                    </select>
                </label>
            </p>
            <p>
                <label>
                    {"Digits "}
                    <select onchange={choose_digits}>
                        for digits in format::DIGITS {
                            <option key={digits} value={digits.to_string()} ~selected={digits == props.digits}>
                                {digits}
                            </option>
                        }
                    </select>
                </label>
                {" significant digits are shown; the page always computes with all of them."}
            </p>
            <form method="dialog"><button type="submit">{"Close"}</button></form>
        </dialog>
    }
}

fn selected(event: &Event) -> Option<String> {
    let select = event.target()?.dyn_into::<HtmlSelectElement>().ok()?;
    Some(select.value())
}
