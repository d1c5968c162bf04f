//! The header: which lesson, files, settings, help, and sentences for the reader.

use web_sys::{File, HtmlInputElement};
use yew::prelude::*;

use super::character_keys::use_character_keys;
use super::files;
use super::help;
use super::share::Share;
use super::storage;
use super::theme::{Theme, use_theme};
use crate::explanation::Speaking;
use crate::lesson::Notation;
use crate::lesson::notation::{Aspect, Change, Changes, Numbering};
use crate::link::PageView;
use crate::page::lessons::{self, BuiltIn};
use crate::page::parts::browser::{document, on_chosen};
use crate::page::parts::by_address::ByAddress;
use crate::page::parts::choice::{Choice, Choosable, by_name};
use crate::page::parts::desk::Desk;
use crate::page::parts::dialog::open_dialog;
use crate::page::parts::icon::Icon;
use crate::page::scene::Scene;
use crate::picture::workspace::Rearrange;
use crate::session::{Action, Notice};
use crate::text::{foreign, format};

const SETTINGS: &str = "settings";
/// Characters of a title that are shown.
const TITLE: usize = 200;

/// The props of [`Header`].
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// What to show.
    pub scene: Scene,
    /// How it is shown, for a link.
    pub view: PageView,
    /// What to call when the user acts.
    pub dispatch: Callback<Action>,
    /// What to call with the files that the reader has chosen.
    pub open_file: Callback<Vec<File>>,
}

/// The header.
#[component]
pub fn Header(props: &Props) -> Html {
    let session = props.scene.session();
    let file_input = use_node_ref();
    use_effect_with(session.start().title.clone(), |title| {
        if let Some(document) = document() {
            document.set_title(&format!("{} – Chainrule", foreign::shown(title, TITLE)));
        }
    });
    let choose_file = {
        let file_input = file_input.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(input) = file_input.cast::<HtmlInputElement>() {
                input.click();
            }
        })
    };
    let export = {
        let (scene, dispatch) = (props.scene.clone(), props.dispatch.clone());
        Callback::from(move |_: MouseEvent| files::save(scene.session(), &dispatch))
    };
    html! {
        <header>
            <h1 class="mark"><span aria-hidden="true">{"∂ "}</span>{"Chainrule"}</h1>
            <LessonPicker title={session.start().title.clone()} dispatch={props.dispatch.clone()} />
            { notice(session.notice(), &props.dispatch) }
            <button title="A lesson, a table of samples (CSV), or the weights of another program" onclick={choose_file}>
                { Icon::Import.html() }<span class="words">{"Import"}</span>
            </button>
            <input
                ref={file_input}
                type="file"
                multiple={true}
                class="visually-hidden"
                tabindex="-1"
                aria-label="Lesson file"
                onchange={on_chosen(&props.open_file)}
            />
            <button title="The lesson with its weights, as a file" onclick={export}>
                { Icon::Export.html() }<span class="words">{"Export"}</span>
            </button>
            <Share
                session={ByAddress(props.scene.shared_session())}
                view={props.view.clone()}
                dispatch={props.dispatch.clone()}
            />
            <Present />
            <button class="square" aria-label="Settings" title="Settings" onclick={|_| open_dialog(SETTINGS)}>
                {"⚙"}
            </button>
            <button class="square" aria-label="Keyboard help" title="Keyboard (?)" onclick={|_| help::open()}>
                {"?"}
            </button>
            <Dialogs
                digits={props.scene.digits()}
                notation={session.settings().notation}
                changes={session.settings().notation_changes}
                numbering={props.scene.moment().names.facts().numbering}
                speaking={session.settings().speaking}
                dispatch={props.dispatch.clone()}
            />
        </header>
    }
}

/// A sentence for the reader, in the header's room: it moves nothing.
fn notice(notice: Option<&Notice>, dispatch: &Callback<Action>) -> Html {
    html! {
        <div class="notice" role="alert">
            if let Some(notice) = notice {
                <p class={notice.is_problem.then_some("problem")} title={notice.text.clone()}>
                    <span>
                        <span aria-hidden="true">{ if notice.is_problem { "⚠ " } else { "ℹ " } }</span>
                        { &notice.text }
                    </span>
                    <button class="square" aria-label="Dismiss" onclick={dispatch.reform(|_| Action::DismissNotice)}>
                        {"×"}
                    </button>
                </p>
            }
        </div>
    }
}

/// The button that shows the page to a hall.
#[component]
fn Present() -> Html {
    let desk = use_context::<Desk>();
    let onclick = desk.map(|desk| desk.rearrange.reform(|_: MouseEvent| Rearrange::Present));
    html! {
        <button title="Full screen, large type (P)" {onclick}>
            { Icon::Present.html() }<span class="words">{"Present"}</span>
        </button>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct LessonPickerProps {
    title: AttrValue,
    dispatch: Callback<Action>,
}

/// The list of lessons; no step renders it.
#[component]
fn LessonPicker(props: &LessonPickerProps) -> Html {
    let title = props.title.as_str();
    let value = lessons::lessons().find(|lesson| lesson.title == title);
    let mut options: Vec<Choosable<Option<&'static BuiltIn>>> = Vec::new();
    if value.is_none() {
        let title = if title.is_empty() { "Untitled lesson" } else { title };
        options.push((None, foreign::shown(title, TITLE).into()));
    }
    let groups: Vec<(AttrValue, Vec<_>)> = lessons::GROUPS
        .iter()
        .map(|(heading, group)| {
            ((*heading).into(), group.iter().map(|one| (Some(one), one.title.into())).collect())
        })
        .collect();
    let dispatch = props.dispatch.clone();
    let on_choose = Callback::from(move |lesson| {
        if let Some(lesson) = lesson {
            lessons::open_built_in(lesson, dispatch.clone());
        }
    });
    html! { <Choice<Option<&'static BuiltIn>> label="Lesson" class="lesson" opens_first=true {options} {groups} {value} {on_choose} /> }
}

#[derive(Clone, PartialEq, Properties)]
struct DialogsProps {
    digits: u8,
    notation: Option<Notation>,
    changes: Changes,
    numbering: Numbering,
    speaking: Speaking,
    dispatch: Callback<Action>,
}

/// Settings and help, closed until their buttons are pressed; no step renders them.
#[component]
fn Dialogs(props: &DialogsProps) -> Html {
    let (theme, set_theme) = use_theme();
    let themes = by_name(Theme::ALL, Theme::name);
    let digits: Vec<Choosable<u8>> = format::DIGITS.map(|n| (n, n.to_string().into())).collect();
    let on_digits = props.dispatch.reform(Action::SetDigits);
    let (has_character_keys, set_character_keys) = use_character_keys();
    let on_character_keys = Callback::from(move |event: Event| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        set_character_keys.emit(input.is_some_and(|input| input.checked()));
    });
    html! {
        <>
            <dialog id={SETTINGS} aria-labelledby="settings-title">
                <h2 id="settings-title">{"Settings"}</h2>
                <p>{"Theme "}<Choice<Theme> label="Theme" options={themes} value={theme} on_choose={set_theme} /></p>
                <p>
                    {"Digits "}
                    <Choice<u8> label="Digits" options={digits} value={props.digits} on_choose={on_digits} />
                </p>
                <p>{"Significant digits shown. Calculations use full precision."}</p>
                <p>
                    {"Notation "}
                    <Choice<Option<Notation>>
                        label="Notation"
                        options={notations()}
                        value={props.notation}
                        on_choose={props.dispatch.reform(Action::SetNotation)}
                    />
                </p>
                <p>
                    {"Every name on the page is written so: in diagram, formulas, tables and links. The numbers stay, but for δ where it is target − prediction."}
                </p>
                { by_hand(props) }
                <p>
                    {"Speech of a step "}
                    <Choice<Speaking>
                        label="Speech of a step"
                        options={by_name(Speaking::ALL, Speaking::name)}
                        value={props.speaking}
                        on_choose={props.dispatch.reform(Action::SetSpeaking)}
                    />
                </p>
                <p>
                    <label>
                        <input type="checkbox" checked={has_character_keys} onchange={on_character_keys} />
                        {" Character keys"}
                    </label>
                </p>
                <p>{ help::about_character_keys() }</p>
                { aside(&props.dispatch) }
                <form method="dialog"><button type="submit">{"Close"}</button></form>
            </dialog>
            <help::Help />
        </>
    }
}

/// Single facts of the notation, to be put together by hand.
fn by_hand(props: &DialogsProps) -> Html {
    let matters = |aspect: &Aspect| match aspect {
        Aspect::Layers => props.numbering == Numbering::Layered,
        Aspect::Order => props.numbering != Numbering::Running,
        _ => true,
    };
    let choice = |aspect: Aspect| {
        let as_it_is = (None, "unchanged".into());
        let changes = Change::ALL.into_iter().filter(move |change| change.aspect() == aspect);
        let options =
            std::iter::once(as_it_is).chain(changes.map(|change| (Some(change), change.name().into())));
        let label = aspect.name();
        html! {
            <label key={label}>
                <span>{ label }</span>
                <Choice<Option<Change>>
                    {label}
                    options={options.collect::<Vec<Choosable<Option<Change>>>>()}
                    value={props.changes.of(aspect)}
                    on_choose={props.dispatch.reform(move |change| Action::ChangeNotation(aspect, change))}
                />
            </label>
        }
    };
    html! {
        <details class="by-hand">
            <summary>{ "Change single names" }</summary>
            { for Aspect::ALL.into_iter().filter(matters).map(choice) }
        </details>
    }
}

/// The notations that can be chosen: as the lesson says, or whose.
fn notations() -> Vec<Choosable<Option<Notation>>> {
    let as_lesson = [(None, "as the lesson says".into())];
    as_lesson.into_iter().chain(Notation::ALL.map(|one| (Some(one), one.name().into()))).collect()
}

/// What was stored and could not be read, to be saved.
fn aside(dispatch: &Callback<Action>) -> Html {
    let Some(text) = storage::aside() else {
        return html! {};
    };
    let dispatch = dispatch.clone();
    html! {
        <p>
            <button type="button" onclick={move |_| files::save_aside(&text, &dispatch)}>{"Save what was set aside"}</button>
            {" This browser had stored it, and it could not be read."}
        </p>
    }
}
