//! How a run goes: its pace, where it stops, and what it says meanwhile and at its end.

use gloo_timers::callback::Interval;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::page::parts::around::{around, around_in};
use crate::page::parts::browser::now;
use crate::page::parts::choice::{Choice, Choosable};
use crate::page::parts::dialog::open_dialog;
use crate::page::scene::{Scene, SceneProps};
use crate::run::pace::Rate;
use crate::session::{Action, Pace, RunSettings, Session};
use crate::text::format;
use crate::words::around::Place;
use crate::words::page::{dialog as dialog_words, run as words};

const ID: &str = "run-settings";

/// The button that opens the settings.
pub fn button() -> Html {
    html! {
        <button
            type="button"
            class="icon-button"
            aria-label={words::settings()}
            title={words::settings_tip()}
            onclick={|_| open_dialog(ID)}
        >
            { "⋯" }
        </button>
    }
}

/// The pace, to be chosen.
pub fn pace(session: &Session, dispatch: &Callback<Action>) -> Html {
    let run = session.settings().run;
    let options: Vec<Choosable<Pace>> =
        RunSettings::PACES.map(|pace| (pace, pace_name(pace).into())).to_vec();
    let on_choose = dispatch.reform(move |pace| Action::SetRun(RunSettings { pace: Some(pace), ..run }));
    html! {
        <label>
            { around_in("words is-minor", &words::at_pace(&Place(0)), [html! {
                <Choice<Pace> label={words::pace()} {options} value={session.pace()} {on_choose} />
            }]) }
        </label>
    }
}

/// "20 epochs/s".
fn pace_name(pace: Pace) -> String {
    match pace {
        Pace::Epochs(epochs) => words::epochs_per_second(epochs as usize),
        Pace::Full => words::full_speed().to_owned(),
    }
}

/// The settings, closed until their button is pressed.
pub fn dialog(scene: &Scene, dispatch: &Callback<Action>) -> Html {
    let session = scene.session();
    let run = session.settings().run;
    let on_loss = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
                return;
            };
            let text = input.value();
            let typed = match text.trim() {
                "" => Ok(None),
                text => {
                    format::parse(text).filter(|loss| 0.0 < *loss && loss.is_finite()).map(Some).ok_or(())
                }
            };
            match typed {
                Ok(loss_below) => dispatch.emit(Action::SetRun(RunSettings { loss_below, ..run })),
                Err(()) => {
                    input.set_value(&written(run.loss_below));
                    dispatch.emit(Action::problem(words::no_loss(&text)));
                }
            }
        })
    };
    let on_solved = dispatch.reform(move |event: Event| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        Action::SetRun(RunSettings { when_solved: input.is_some_and(|input| input.checked()), ..run })
    });
    let loss_below = html! {
        <input
            type="text"
            inputmode="decimal"
            autocomplete="off"
            class="error"
            size="8"
            placeholder={words::never()}
            aria-label={words::stop_below_name()}
            value={written(run.loss_below)}
            onchange={on_loss}
        />
    };
    html! {
        <dialog id={ID} class="run-settings" aria-labelledby="run-settings-title">
            <h2 id="run-settings-title">{ words::run() }</h2>
            <p><label>{ around(&words::stop_below(&Place(0)), [loss_below]) }</label></p>
            <p>
                <label>
                    <input type="checkbox" checked={run.when_solved} onchange={on_solved} />
                    { " " }{ words::stop_when_solved(&session.goal_in_words()) }
                </label>
            </p>
            <p class="remark">{ words::remark() }</p>
            <form method="dialog"><button type="submit">{ dialog_words::close() }</button></form>
        </dialog>
    }
}

fn written(loss: Option<f64>) -> String {
    loss.map(|loss| format::number(loss, format::FULL_DIGITS)).unwrap_or_default()
}

/// Milliseconds between two words on where a run is.
const NEWS: u32 = 10_000;

/// What a listener hears of a run: that it runs, and every ten seconds where it is.
#[component]
fn News(props: &SceneProps) -> Html {
    let said = use_state_eq(AttrValue::default);
    let latest = use_mut_ref(|| props.scene.clone());
    latest.replace(props.scene.clone());
    {
        let setter = said.setter();
        use_effect_with(props.scene.session().is_running(), move |is_running| {
            setter.set(if *is_running { words::running().into() } else { AttrValue::default() });
            let tell = move || setter.set(place(&latest.borrow()).into());
            let interval = is_running.then(|| Interval::new(NEWS, tell));
            move || drop(interval)
        });
    }
    html! { <p class="visually-hidden" role="status" aria-label={words::progress_of_run()}>{ (*said).clone() }</p> }
}

/// Where a run is: "epoch 4,000, E 0.01".
fn place(scene: &Scene) -> String {
    let (session, moment) = (scene.session(), scene.moment());
    let (epoch, loss) = (format::count(moment.epoch), scene.number(session.loss()));
    words::at(&epoch, &moment.names.loss(), &loss)
}

/// In the place of the scrubber: how far a run has come and how fast it goes, and afterwards why it has
/// ended.
#[component]
pub fn RunState(props: &SceneProps) -> Html {
    let session = props.scene.session();
    let rate = use_mut_ref(Rate::default);
    let text = match session.progress() {
        None => {
            *rate.borrow_mut() = Rate::default();
            None
        }
        Some(_) => {
            rate.borrow_mut().note(now(), session.n_updates());
            rate.borrow().text(session.moment().lesson.n_batches())
        }
    };
    let outcome = session.outcome();
    html! {
        <>
            <News scene={props.scene.clone()} dispatch={props.dispatch.clone()} />
            if let Some(progress) = session.progress() {
                <div class="run-state">
                    <i class="run-share" style={format!("width: {:.2}%", 100.0 * progress)} />
                    <span role="status" aria-label={words::rate()} aria-live="off">{ text.unwrap_or_else(|| "…".to_owned()) }</span>
                </div>
            }
            <div class={classes!("run-outcome", outcome.is_none().then_some("visually-hidden"))}>
                <span role="status" aria-label={words::end_of_run()}>{ outcome.unwrap_or_default() }</span>
            </div>
        </>
    }
}
