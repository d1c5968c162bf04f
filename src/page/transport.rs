//! The transport: stepping, playing, running, and where the step stands.

mod go_to;
mod playback;
mod scrubber;

use std::rc::Rc;

use web_sys::HtmlElement;
use yew::prelude::*;

use super::curve::reset_weights;
use super::curve::run_control::RunState;
use super::scene::Scene;
use crate::lesson::view::View;
use crate::moment::step::Grain;
use crate::page::parts::browser;
use crate::page::parts::by_address::ByAddress;
use crate::page::parts::choice::{Choice, Choosable, by_name};
use crate::page::parts::icon::Icon;
use crate::session::{Action, Playback, Settings};
pub use playback::{LeftOut, run_in_frames, use_playback, use_shown};
use scrubber::scrubber;

/// The props of [`Transport`].
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// What to show.
    pub scene: Scene,
    /// What to call when the user acts.
    pub dispatch: Callback<Action>,
    /// What is open beside the network.
    pub opens: Vec<View>,
}

/// What Tab comes to first: past all that stands before them, to the buttons that step.
pub fn skip() -> Html {
    let onclick = |_: MouseEvent| {
        if let Some(play) = browser::find::<HtmlElement>("[data-play]") {
            // What is there takes the focus.
            let _ = play.focus();
        }
    };
    html! { <button type="button" class="skip" {onclick}>{ "Skip to the step buttons" }</button> }
}

/// The transport.
#[component]
pub fn Transport(props: &Props) -> Html {
    let session = props.scene.session();
    let moment = props.scene.moment();
    let dispatch = &props.dispatch;
    let is_at_start = session.is_at_start();
    let is_paused = session.playback() == Playback::Paused;
    let n_batches = moment.lesson.n_batches();
    // A button that can do nothing says so but keeps the focus: who presses "Undo" until nothing is
    // left stays there.
    let pressed = |onclick: Option<Callback<MouseEvent>>, name: &'static str, title: String, icon: Icon| {
        html! {
            <button
                type="button"
                class="icon-button"
                aria-label={name}
                {title}
                aria-disabled={onclick.is_none().then_some("true")}
                {onclick}
            >
                { icon.html() }
            </button>
        }
    };
    let press_if =
        |is_possible: bool, name: &'static str, key: &'static str, icon: Icon, action: fn() -> Action| {
            let onclick = is_possible.then(|| dispatch.reform(move |_: MouseEvent| action()));
            pressed(onclick, name, format!("{name} ({key})"), icon)
        };
    let press = |name, key, icon, action| press_if(true, name, key, icon, action);
    // What is undone or made again is named.
    let change =
        |name: &'static str, what: Option<&str>, key: &'static str, icon: Icon, action: fn() -> Action| {
            let title = match what {
                Some(what) if !what.is_empty() => format!("{name}: {what} ({key})"),
                _ => format!("{name} ({key})"),
            };
            pressed(what.map(|_| dispatch.reform(move |_: MouseEvent| action())), name, title, icon)
        };
    let settings = session.settings();
    let grains = by_name(Grain::ALL, Grain::name);
    let on_grain = dispatch.reform(Action::SetGrain);
    let speeds: Vec<Choosable<f64>> =
        Settings::SPEEDS.iter().map(|speed| (*speed, speed_name(*speed).into())).collect();
    let on_speed = dispatch.reform(Action::SetSpeed);
    html! {
        <section class="transport" aria-label="Transport">
            <div class="transport-buttons">
                { press_if(!is_at_start, "To start", "Home", Icon::ToStart, || Action::ToStart) }
                { press_if(!is_at_start, "Step back", "←", Icon::StepBack, || Action::StepBack { coarser: false }) }
                <button
                    type="button"
                    class="primary play"
                    data-play="true"
                    title={if is_paused { "Play (Space)" } else { "Pause (Space)" }}
                    onclick={dispatch.reform(move |_| if is_paused { Action::Play } else { Action::Pause })}
                >
                    { if is_paused { Icon::Play } else { Icon::Pause }.html() }
                    <span class="words">{ if is_paused { "Play" } else { "Pause" } }</span>
                </button>
                { press("Step forward", "→", Icon::StepForward, || Action::StepForward { coarser: false }) }
                { press("End of phase", "End", Icon::EndOfPhase, || Action::EndOfPhase) }
                { press("Next epoch", "E", Icon::NextEpoch, || Action::NextEpoch) }
            </div>
            <div class="transport-bar">
                { scrubber(&props.scene, dispatch) }
                <RunState scene={props.scene.clone()} dispatch={dispatch.clone()} />
            </div>
            <go_to::GoTo
                plan={ByAddress(Rc::clone(&moment.plan))}
                sample={moment.sample()}
                bookmarks={ByAddress(Rc::clone(session.bookmarks()))}
                opens={props.opens.clone()}
                dispatch={dispatch.clone()}
            />
            <div class="transport-pace">
                <label>
                    <span>{ "step by " }</span>
                    <Choice<Grain> label="Step by" options={grains} value={session.grain()} on_choose={on_grain} />
                </label>
                <label>
                    <span>{ "play at " }</span>
                    <Choice<f64> label="Speed" options={speeds} value={settings.speed} on_choose={on_speed} />
                </label>
            </div>
            <span class="transport-time">
                <span>{ "epoch " }</span>
                <b role="status" aria-label="Epoch" aria-live={(!is_paused).then_some("off")}>
                    { moment.epoch }
                </b>
                if 1 < n_batches {
                    <small>{ format!("batch {} of {n_batches}", moment.batch + 1) }</small>
                }
            </span>
            <div class="transport-buttons is-last">
                { reset_weights(dispatch) }
                { press("Reset", "R", Icon::Reset, || Action::Reset) }
                { change("Undo", session.undo_name(), "U", Icon::Undo, || Action::Undo) }
                { change("Redo", session.redo_name(), "Shift U", Icon::Redo, || Action::Redo) }
            </div>
        </section>
    }
}

/// "2 steps/s".
fn speed_name(speed: f64) -> String {
    if speed <= 1.0 { format!("{speed} step/s") } else { format!("{speed} steps/s") }
}
