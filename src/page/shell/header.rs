//! The header: which lesson, files, settings, help, and sentences for the reader.

use web_sys::{File, HtmlInputElement};
use yew::prelude::*;

use super::files;
use super::help::Help;
use super::settings::Settings;
use super::share::Share;
use crate::link::PageView;
use crate::page::lessons::{self, BuiltIn};
use crate::page::parts::browser::{document, on_chosen};
use crate::page::parts::by_address::ByAddress;
use crate::page::parts::choice::{Choice, Choosable};
use crate::page::parts::desk::Desk;
use crate::page::parts::icon::Icon;
use crate::page::scene::Scene;
use crate::picture::workspace::Rearrange;
use crate::session::{Action, Notice};
use crate::text::foreign;
use crate::words::page::header as words;

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
            document.set_title(&words::title(&foreign::shown(title, TITLE)));
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
            <button title={words::import_tip()} onclick={choose_file}>
                { Icon::Import.html() }<span class="words">{words::import()}</span>
            </button>
            <input
                ref={file_input}
                type="file"
                multiple={true}
                class="visually-hidden"
                tabindex="-1"
                aria-label={words::lesson_file()}
                onchange={on_chosen(&props.open_file)}
            />
            <button title={words::export_tip()} onclick={export}>
                { Icon::Export.html() }<span class="words">{words::export()}</span>
            </button>
            <Share
                session={ByAddress(props.scene.shared_session())}
                view={props.view.clone()}
                dispatch={props.dispatch.clone()}
            />
            <Present />
            <Settings
                digits={props.scene.digits()}
                notation={session.settings().notation}
                changes={session.settings().notation_changes}
                numbering={props.scene.moment().names.facts().numbering}
                speaking={session.settings().speaking}
                dispatch={props.dispatch.clone()}
            />
            <Help />
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
                    <button class="square" aria-label={words::dismiss()} onclick={dispatch.reform(|_| Action::DismissNotice)}>
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
        <button title={words::present_tip()} {onclick}>
            { Icon::Present.html() }<span class="words">{words::present()}</span>
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
        let title = if title.is_empty() { words::untitled() } else { title };
        options.push((None, foreign::shown(title, TITLE).into()));
    }
    let groups: Vec<(AttrValue, Vec<_>)> = lessons::GROUPS
        .iter()
        .map(|group| {
            let lessons = group.lessons.iter().map(|one| (Some(one), one.title.into()));
            ((group.heading)().into(), lessons.collect())
        })
        .collect();
    let dispatch = props.dispatch.clone();
    let on_choose = Callback::from(move |lesson| {
        if let Some(lesson) = lesson {
            lessons::open_built_in(lesson, dispatch.clone());
        }
    });
    html! { <Choice<Option<&'static BuiltIn>> label={words::lesson()} class="lesson" opens_first=true {options} {groups} {value} {on_choose} /> }
}
