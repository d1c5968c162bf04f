//! The settings: theme, digits, notation, speech, keys.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::character_keys::use_character_keys;
use super::theme::{Theme, use_theme};
use super::{files, help, storage};
use crate::explanation::Speaking;
use crate::lesson::Notation;
use crate::lesson::notation::{Aspect, Change, Changes, Numbering};
use crate::page::parts::around::around;
use crate::page::parts::choice::{Choice, Choosable, by_name};
use crate::page::parts::dialog::use_opened_dialog;
use crate::session::Action;
use crate::text::format;
use crate::words::around::Place;
use crate::words::page::{dialog as dialog_words, settings as words};

const ID: &str = "settings";

/// The props of [`Settings`].
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// Significant digits shown.
    pub digits: u8,
    /// Whose notation is used, if not the lesson's.
    pub notation: Option<Notation>,
    /// What is changed in it by hand.
    pub changes: Changes,
    /// How the lesson numbers its units.
    pub numbering: Numbering,
    /// How much of a step is spoken.
    pub speaking: Speaking,
    /// What to call when the user acts.
    pub dispatch: Callback<Action>,
}

/// The button, and the dialog that it opens; no step renders them.
#[component]
pub fn Settings(props: &Props) -> Html {
    let dialog = use_opened_dialog(ID);
    let rendered_again = use_force_update();
    let (theme, set_theme) = use_theme();
    let (has_character_keys, set_character_keys) = use_character_keys();
    let on_character_keys = Callback::from(move |event: Event| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        set_character_keys.emit(input.is_some_and(|input| input.checked()));
    });
    html! {
        <>
            <button class="square" aria-label={words::settings()} title={words::settings()} onclick={dialog.open}>{"⚙"}</button>
            <dialog id={ID} aria-labelledby="settings-title" oncancel={dialog.oncancel} onclose={dialog.onclose}>
                if dialog.is_open {
                    <h2 id="settings-title">{words::settings()}</h2>
                    <p>
                        {around(&words::theme_is(&Place(0)), [html! {
                            <Choice<Theme>
                                label={words::theme()}
                                options={by_name(Theme::ALL, Theme::name)}
                                value={theme}
                                on_choose={set_theme}
                            />
                        }])}
                    </p>
                    <p>
                        {around(&words::digits_are(&Place(0)), [html! {
                            <Choice<u8>
                                label={words::digits()}
                                options={format::DIGITS.map(|n| (n, n.to_string().into())).collect::<Vec<Choosable<u8>>>()}
                                value={props.digits}
                                on_choose={props.dispatch.reform(Action::SetDigits)}
                            />
                        }])}
                    </p>
                    <p>{words::about_digits()}</p>
                    <p>
                        {around(&words::notation_is(&Place(0)), [html! {
                            <Choice<Option<Notation>>
                                label={words::notation()}
                                options={notations()}
                                value={props.notation}
                                on_choose={props.dispatch.reform(Action::SetNotation)}
                            />
                        }])}
                    </p>
                    <p>{words::about_notation()}</p>
                    { by_hand(props, &rendered_again) }
                    <p>
                        {around(&words::speech_is(&Place(0)), [html! {
                            <Choice<Speaking>
                                label={words::speech()}
                                options={by_name(Speaking::ALL, Speaking::name)}
                                value={props.speaking}
                                on_choose={props.dispatch.reform(Action::SetSpeaking)}
                            />
                        }])}
                    </p>
                    <p>
                        <label>
                            <input type="checkbox" checked={has_character_keys} onchange={on_character_keys} />
                            {" "}{words::character_keys()}
                        </label>
                    </p>
                    <p>{ help::about_character_keys() }</p>
                    { aside(&props.dispatch) }
                    <form method="dialog"><button type="submit">{dialog_words::close()}</button></form>
                }
            </dialog>
        </>
    }
}

/// Single facts of the notation, to be put together by hand. Where one is refused, its list goes back to what holds.
fn by_hand(props: &Props, rendered_again: &UseForceUpdateHandle) -> Html {
    let matters = |aspect: &Aspect| match aspect {
        Aspect::Layers => props.numbering == Numbering::Layered,
        Aspect::Order => props.numbering != Numbering::Running,
        _ => true,
    };
    let choice = |aspect: Aspect| {
        let as_it_is = (None, words::unchanged().into());
        let changes = Change::ALL.into_iter().filter(move |change| change.aspect() == aspect);
        let options =
            std::iter::once(as_it_is).chain(changes.map(|change| (Some(change), change.name().into())));
        let label = aspect.name();
        let on_choose = {
            let (dispatch, rendered_again) = (props.dispatch.clone(), rendered_again.clone());
            Callback::from(move |change| {
                dispatch.emit(Action::ChangeNotation(aspect, change));
                rendered_again.force_update();
            })
        };
        html! {
            <label>
                <span>{ label }</span>
                <Choice<Option<Change>>
                    {label}
                    options={options.collect::<Vec<Choosable<Option<Change>>>>()}
                    value={props.changes.of(aspect)}
                    {on_choose}
                />
            </label>
        }
    };
    html! {
        <details class="by-hand">
            <summary>{ words::change_single_names() }</summary>
            { for Aspect::ALL.into_iter().filter(matters).map(choice) }
        </details>
    }
}

/// The notations that can be chosen: as the lesson says, or whose.
fn notations() -> Vec<Choosable<Option<Notation>>> {
    let as_lesson = [(None, words::as_the_lesson_says().into())];
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
            <button type="button" onclick={move |_| files::save_aside(&text, &dispatch)}>{words::save_set_aside()}</button>
            {" "}{words::about_set_aside()}
        </p>
    }
}
