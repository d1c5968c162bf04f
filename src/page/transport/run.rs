//! Learning many epochs at once.

use web_sys::{HtmlInputElement, KeyboardEvent};
use yew::prelude::*;

use super::run_control;
use crate::session::{Action, MAX_EPOCHS, Playback};
use crate::text::format;

/// Epochs that "Run" learns unless the reader types another number.
const USUAL: &str = "100";

#[derive(Clone, PartialEq, Properties)]
pub struct RunEpochsProps {
    pub playback: Playback,
    /// The epoch that is shown.
    pub epoch: u64,
    pub dispatch: Callback<Action>,
}

/// A number of epochs and a button that learns them; while it does, how far it is and a button that
/// stops.
#[component]
pub fn RunEpochs(props: &RunEpochsProps) -> Html {
    let text = use_state_eq(|| USUAL.to_owned());
    let button = use_node_ref();
    let until = match props.playback {
        Playback::Running { until, .. } => Some(until),
        _ => None,
    };
    let oninput = {
        let text = text.setter();
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                text.set(input.value());
            }
        })
    };
    let run = {
        let typed = (*text).clone();
        props.dispatch.reform(move |()| match typed.trim().parse() {
            Ok(n @ 1..=MAX_EPOCHS) => Action::RunEpochs(n),
            _ => Action::problem(format!(
                "The number of epochs to run must be a whole number from 1 to {}.",
                format::count(MAX_EPOCHS)
            )),
        })
    };
    let onkeydown = {
        let (run, button) = (run.clone(), button.clone());
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" {
                event.prevent_default();
                // The box goes away while the run lasts: its button takes the focus.
                if let Some(button) = button.cast::<web_sys::HtmlElement>() {
                    let _ = button.focus();
                }
                run.emit(());
            }
        })
    };
    let onclick = match until {
        Some(_) => props.dispatch.reform(|_: MouseEvent| Action::Pause),
        None => run.reform(|_: MouseEvent| ()),
    };
    html! {
        <span class="transport-run">
            if let Some(until) = until {
                <span class="transport-progress">
                    // The transport's other end has the epoch already.
                    <span class="visually-hidden">{ "epoch " }</span>
                    { format!("{} of {}", format::count(props.epoch), format::count(until)) }
                </span>
            } else {
                <label>
                    <input
                        type="number"
                        inputmode="numeric"
                        min="1"
                        max={MAX_EPOCHS.to_string()}
                        aria-label="Epochs"
                        value={(*text).clone()}
                        {oninput}
                        {onkeydown}
                    />
                    { " epochs" }
                </label>
            }
            <button ref={button} type="button" {onclick}>{ if until.is_some() { "Stop" } else { "Run" } }</button>
            { run_control::button() }
        </span>
    }
}
