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
use crate::page::parts::around::around_in;
use crate::page::parts::browser;
use crate::page::parts::by_address::ByAddress;
use crate::page::parts::choice::{Choice, Choosable, by_name};
use crate::page::parts::icon::Icon;
use crate::session::{Action, Playback, Settings};
use crate::words::around::Place;
use crate::words::page::{instant, transport as words};
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
    html! { <button type="button" class="skip" {onclick}>{ words::skip() }</button> }
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
    let pressed = |onclick: Option<Callback<MouseEvent>>, name: &'static str, tip: AttrValue, icon: Icon| {
        html! {
            <button
                type="button"
                class="icon-button"
                aria-label={name}
                title={tip}
                aria-disabled={onclick.is_none().then_some("true")}
                {onclick}
            >
                { icon.html() }
            </button>
        }
    };
    let press_if =
        |is_possible: bool, name: &'static str, tip: &'static str, icon: Icon, action: fn() -> Action| {
            let onclick = is_possible.then(|| dispatch.reform(move |_: MouseEvent| action()));
            pressed(onclick, name, tip.into(), icon)
        };
    let press = |name, tip, icon, action| press_if(true, name, tip, icon, action);
    // What is undone or made again is named.
    let undo = session.undo_name().map(|_| dispatch.reform(|_: MouseEvent| Action::Undo));
    let undo_tip = match session.undo_name() {
        Some(change) if !change.is_empty() => words::undo_of(&change).into(),
        _ => words::undo_tip().into(),
    };
    let redo = session.redo_name().map(|_| dispatch.reform(|_: MouseEvent| Action::Redo));
    let redo_tip = match session.redo_name() {
        Some(change) if !change.is_empty() => words::redo_of(&change).into(),
        _ => words::redo_tip().into(),
    };
    let settings = session.settings();
    let grains = by_name(Grain::ALL, Grain::name);
    let on_grain = dispatch.reform(Action::SetGrain);
    let speeds: Vec<Choosable<f64>> =
        Settings::SPEEDS.iter().map(|speed| (*speed, words::at_speed(*speed).into())).collect();
    let on_speed = dispatch.reform(Action::SetSpeed);
    html! {
        <section class="transport" aria-label={words::transport()}>
            <div class="transport-buttons">
                { press_if(!is_at_start, words::to_start(), words::to_start_tip(), Icon::ToStart, || Action::ToStart) }
                { press_if(!is_at_start, words::step_back(), words::step_back_tip(), Icon::StepBack, || Action::StepBack { coarser: false }) }
                <button
                    type="button"
                    class="primary play"
                    data-play="true"
                    title={if is_paused { words::play_tip() } else { words::pause_tip() }}
                    onclick={dispatch.reform(move |_| if is_paused { Action::Play } else { Action::Pause })}
                >
                    { if is_paused { Icon::Play } else { Icon::Pause }.html() }
                    <span class="words">{ if is_paused { words::play() } else { words::pause() } }</span>
                </button>
                { press(words::step_forward(), words::step_forward_tip(), Icon::StepForward, || Action::StepForward { coarser: false }) }
                { press(words::end_of_phase(), words::end_of_phase_tip(), Icon::EndOfPhase, || Action::EndOfPhase) }
                { press(words::next_epoch(), words::next_epoch_tip(), Icon::NextEpoch, || Action::NextEpoch) }
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
                    { around_in("", &words::step_by(&Place(0)), [html! {
                        <Choice<Grain> label={words::step_by_name()} options={grains} value={session.grain()} on_choose={on_grain} />
                    }]) }
                </label>
                <label>
                    { around_in("", &words::play_at(&Place(0)), [html! {
                        <Choice<f64> label={words::speed()} options={speeds} value={settings.speed} on_choose={on_speed} />
                    }]) }
                </label>
            </div>
            <span class="transport-time" data-short={words::epoch_short()}>
                { around_in("", &instant::epoch_is(&Place(0)), [html! {
                    <b role="status" aria-label={words::epoch()} aria-live={(!is_paused).then_some("off")}>
                        { moment.epoch }
                    </b>
                }]) }
                if 1 < n_batches {
                    <small>{ words::batch(&(moment.batch + 1), &n_batches) }</small>
                }
            </span>
            <div class="transport-buttons is-last">
                { reset_weights(dispatch) }
                { press(words::reset(), words::reset_tip(), Icon::Reset, || Action::Reset) }
                { pressed(undo, words::undo(), undo_tip, Icon::Undo) }
                { pressed(redo, words::redo(), redo_tip, Icon::Redo) }
            </div>
        </section>
    }
}
