//! How many epochs to run: a box for the number, and what is typed in it.

use web_sys::{HtmlInputElement, KeyboardEvent};
use yew::prelude::*;

use crate::session::{Action, MAX_EPOCHS};
use crate::text::format;
use crate::words::page::run as words;

/// A number of epochs that is typed.
pub struct Epochs(UseStateHandle<String>);

/// A number of epochs to be typed; `usual` stands in the box until then.
#[hook]
pub fn use_epochs(usual: u64) -> Epochs {
    Epochs(use_state_eq(|| usual.to_string()))
}

impl Epochs {
    /// The number.
    ///
    /// # Errors
    /// What says which numbers are accepted.
    pub fn read(&self) -> Result<u64, Action> {
        match self.0.trim().parse() {
            Ok(n @ 1..=MAX_EPOCHS) => Ok(n),
            _ => Err(Action::problem(words::epochs_accepted(&format::count(MAX_EPOCHS)))),
        }
    }

    /// The box.
    pub fn input(&self, label: &'static str, onkeydown: Option<Callback<KeyboardEvent>>) -> Html {
        let text = self.0.setter();
        let oninput = move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                text.set(input.value());
            }
        };
        html! {
            <input
                type="number"
                inputmode="numeric"
                min="1"
                max={MAX_EPOCHS.to_string()}
                aria-label={label}
                value={(*self.0).clone()}
                {oninput}
                {onkeydown}
            />
        }
    }
}
