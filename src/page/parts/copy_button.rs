//! A button that copies a text.

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use super::clipboard;
use crate::session::Action;

/// How long it says that it has copied, in milliseconds.
const COPIED: u32 = 2_000;

/// The props of [`CopyButton`].
#[derive(PartialEq, Properties)]
pub struct Props {
    /// What it says.
    pub label: AttrValue,
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
                    dispatch
                        .emit(Action::problem("The browser does not let this page copy to the clipboard."));
                }
            });
            clipboard::copy(text, done);
        })
    };
    html! {
        <button type="button" class={classes!("small", props.class.clone())} {onclick}>
            <span aria-live="polite">{ if *is_copied { "Copied".into() } else { props.label.clone() } }</span>
        </button>
    }
}
