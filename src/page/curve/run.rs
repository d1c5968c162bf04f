//! Learning many epochs at once.

use web_sys::KeyboardEvent;
use yew::prelude::*;

use super::run_control;
use crate::page::parts::around::around_in;
use crate::page::parts::epochs::use_epochs;
use crate::session::{Action, Playback};
use crate::text::format;
use crate::words::around::Place;
use crate::words::page::{instant, run as words};

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
    let number = epochs.input(words::epochs(), Some(onkeydown));
    let progress = |until| words::progress(&format::count(props.epoch), &format::count(until));
    html! {
        <span class="transport-run">
            if let Some(until) = until {
                <span class="transport-progress">
                    // The transport's other end has the epoch already.
                    { around_in("visually-hidden", &instant::epoch_is(&Place(0)), [progress(until).into()]) }
                </span>
            } else {
                <label>
                    { around_in("words is-minor", &words::so_many_epochs(&Place(0)), [number]) }
                </label>
            }
            <button ref={button} type="button" {onclick}>{ if until.is_some() { words::stop() } else { words::run() } }</button>
            { run_control::button() }
        </span>
    }
}
