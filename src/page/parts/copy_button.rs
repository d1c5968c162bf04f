//! A button that copies a text.

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use super::clipboard;
use super::icon::Icon;
use crate::session::Action;
use crate::words::page::controls as words;

/// How long it says that it has copied, in milliseconds.
const COPIED: u32 = 2_000;

/// The props of [`CopyButton`].
#[derive(PartialEq, Properties)]
pub struct Props {
    /// What it says, or says to those who do not see its icon.
    pub label: AttrValue,
    /// Drawn in the place of the label.
    #[prop_or_default]
    pub icon: Option<Icon>,
    /// Whom it tells what has gone wrong.
    pub dispatch: Callback<Action>,
    /// Makes the text, or the sentence that says why there is none.
    pub make: Callback<(), Result<String, String>>,
    /// Further classes.
    #[prop_or_default]
    pub class: Classes,
}

/// The button.
#[component]
pub fn CopyButton(props: &Props) -> Html {
    let is_copied = use_state_eq(|| false);
    {
        let setter = is_copied.setter();
        use_effect_with(*is_copied, move |is_copied| {
            let timeout = is_copied.then(|| Timeout::new(COPIED, move || setter.set(false)));
            move || drop(timeout)
        });
    }
    let onclick = {
        let (make, dispatch, setter) = (props.make.clone(), props.dispatch.clone(), is_copied.setter());
        Callback::from(move |_: MouseEvent| {
            let (dispatch, setter) = (dispatch.clone(), setter.clone());
            let text = match make.emit(()) {
                Ok(text) => text,
                Err(why) => return dispatch.emit(Action::problem(why)),
            };
            let done = Callback::from(move |has_copied| {
                if has_copied {
                    setter.set(true);
                } else {
                    dispatch.emit(Action::problem(words::not_copied()));
                }
            });
            clipboard::copy(text, done);
        })
    };
    let said = if *is_copied { AttrValue::from(words::copied()) } else { props.label.clone() };
    let drawn = props.icon.map(|icon| if *is_copied { Icon::Done } else { icon });
    html! {
        <button
            type="button"
            class={classes!(if drawn.is_some() { "icon-button" } else { "small" }, props.class.clone())}
            title={drawn.is_some().then(|| props.label.clone())}
            {onclick}
        >
            { drawn.map(Icon::html) }
            <span class={drawn.is_some().then_some("visually-hidden")} aria-live="polite">{ said }</span>
        </button>
    }
}
