//! Learning many epochs at once.

use web_sys::KeyboardEvent;
use yew::prelude::*;

use super::run_control;
use crate::page::parts::epochs::use_epochs;
use crate::session::{Action, Playback};
use crate::text::format;

/// Epochs that "Run" learns unless the reader types another number.
const USUAL: u64 = 100;

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
    let epochs = use_epochs(USUAL);
    let button = use_node_ref();
    let until = match props.playback {
        Playback::Running { until, .. } => Some(until),
        _ => None,
    };
    let run = {
        let action = epochs.read().map_or_else(|problem| problem, Action::RunEpochs);
        props.dispatch.reform(move |()| action.clone())
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
                    { epochs.input("Epochs", Some(onkeydown)) }
                    <span class="words is-minor">{ " epochs" }</span>
                </label>
            }
            <button ref={button} type="button" {onclick}>{ if until.is_some() { "Stop" } else { "Run" } }</button>
            { run_control::button() }
        </span>
    }
}
