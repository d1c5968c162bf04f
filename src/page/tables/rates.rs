//! The learning-rate explorer: the loss after the update by other rates, and what would become of the run.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_render::{AnimationFrame, request_animation_frame};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::moment::Moment;
use crate::moment::rates::RatePoint;
use crate::page::parts::around::around;
use crate::page::parts::browser::now;
use crate::page::parts::by_address::ShownUpdate;
use crate::page::parts::choice::{Choice, Choosable, by_name};
use crate::page::parts::graph::{dot, graph, square};
use crate::page::parts::surface::use_surface;
use crate::page::scene::{Panel, PanelProps};
use crate::picture::chart::Scale;
use crate::picture::rates::{Explorer, RatesPicture};
use crate::run::trial::{Outcome, Trial, Trials};
use crate::session::{Action, Edit};
use crate::text::format;
use crate::words::around::Place;
use crate::words::tables::rates as words;

/// Milliseconds of a frame that trials may take.
const BUDGET: f64 = 6.0;
/// Weights times samples between two looks at the clock.
const SLICE: u64 = 300_000;
/// Epochs that can be tried.
const EPOCHS: [u64; 4] = [20, 100, 500, 2_000];
const USUAL_EPOCHS: u64 = 100;
/// How many rates are tried, and in how narrow a graph only half as many, in pixels.
const TRIED: u32 = 20;
const NARROW: f64 = 420.0;

/// The explorer.
#[component]
pub fn RatesTab(props: &PanelProps) -> Html {
    let panel = &props.panel;
    let scene = &panel.scene;
    let moment = scene.moment();
    let is_running = scene.session().is_running();
    let scale = use_state_eq(Scale::default);
    let n_epochs = use_state_eq(|| USUAL_EPOCHS);
    // The handle as it is moved, before it is let go.
    let held = use_state_eq(|| None::<usize>);
    let area = use_node_ref();
    let frame = use_surface(&area).frame;
    let update = ShownUpdate::of(moment);
    let explorer = use_memo((update.clone(), *scale, is_running), |(_, scale, is_running)| {
        (!is_running).then(|| Explorer::new(moment, *scale))
    });
    let n_tried = if frame.width < NARROW { TRIED / 2 } else { TRIED };
    let rates = explorer.as_ref().as_ref().map(|explorer| explorer.axis.tried(n_tried));
    let trials = use_trials(moment, (update, rates, *n_epochs));
    let (rate, loss) = (moment.names.learning_rate(), moment.names.loss());
    let scales = by_name(Scale::ALL, Scale::name);
    let epochs: Vec<Choosable<u64>> = EPOCHS.iter().map(|n| (*n, format::count(*n).into())).collect();
    let on_scale = {
        let setter = scale.setter();
        Callback::from(move |scale| setter.set(scale))
    };
    let on_epochs = {
        let setter = n_epochs.setter();
        Callback::from(move |n| setter.set(n))
    };
    let drawn = explorer.as_ref().as_ref().map(|explorer| {
        let picture = RatesPicture::new(explorer, frame);
        let shown = held.and_then(|k| explorer.points.get(k).copied()).unwrap_or(explorer.present);
        (
            drawing(moment, &picture, shown),
            handle(panel, explorer, &picture, shown, &held),
            strip(&picture, &trials),
            numbers(panel, explorer, shown),
        )
    });
    let (drawing, handle, strip, numbers) = drawn.unwrap_or_default();
    let loss = html! { <span class="name error">{ loss }</span> };
    let rate = html! { <span class="name rate">{ rate }</span> };
    let epochs = html! {
        <Choice<u64> label={words::epochs_on_trial()} options={epochs} value={*n_epochs} on_choose={on_epochs} />
    };
    html! {
        <section class="rates slice" aria-label={words::explorer()}>
            <p class="tools-line">
                <span>{ around(&words::loss_after_update(&Place(0), &Place(1)), [loss, rate]) }</span>
                <Choice<Scale> label={words::axis_of_rates()} options={scales} value={*scale} on_choose={on_scale} />
                <label>{ around(&words::tried(&Place(0)), [epochs]) }</label>
            </p>
            <div class="graph-area">
                <div class="graph-room" ref={area}>{ drawing }</div>
                { handle }
                { strip }
            </div>
            { numbers }
            if is_running {
                <p class="hint">{ words::waits() }</p>
            } else {
                { legend(*n_epochs) }
            }
        </section>
    }
}

/// The trials as far as they have come: they begin anew with what they depend on, and go on a little in each
/// frame.
#[hook]
fn use_trials(moment: &Moment, key: (ShownUpdate, Option<Vec<f64>>, u64)) -> Vec<Trial> {
    let found = use_state(Vec::new);
    use_effect_with(key, {
        let (setter, moment) = (found.setter(), moment.clone());
        move |(_, rates, n_epochs)| {
            let frame = Rc::new(RefCell::new(None::<AnimationFrame>));
            let rates = rates.clone().unwrap_or_default();
            let trials = Trials::new(&moment, rates.into_iter(), *n_epochs);
            setter.set(trials.trials().to_vec());
            let work = (SLICE / moment.network().n_params().max(1) as u64).max(1);
            go_on(trials, work, &frame, move |trials: &Trials| setter.set(trials.trials().to_vec()));
            move || drop(frame.take())
        }
    });
    (*found).clone()
}

/// Goes on in the next frame, and so on until all is known. The frame that is asked for is kept in `frame`:
/// without it nothing more happens.
fn go_on(
    mut trials: Trials,
    work: u64,
    frame: &Rc<RefCell<Option<AnimationFrame>>>,
    report: impl Fn(&Trials) + 'static,
) {
    if trials.is_done() {
        return;
    }
    let slot = Rc::clone(frame);
    let asked = request_animation_frame(move |_| {
        let n_known = |trials: &Trials| trials.trials().iter().filter(|trial| trial.found.is_some()).count();
        let before = n_known(&trials);
        let start = now();
        while !trials.is_done() && now() - start < BUDGET {
            trials.advance(work);
        }
        if n_known(&trials) != before {
            report(&trials);
        }
        go_on(trials, work, &slot, report);
    });
    *frame.borrow_mut() = Some(asked);
}

fn drawing(moment: &Moment, picture: &RatesPicture, shown: RatePoint) -> Html {
    let at = picture.place(shown);
    let predicted = picture.graph.place(shown.rate, shown.predicted);
    let level = format!("M{:.1} {:.1}H{:.1}", picture.graph.left, picture.before, picture.graph.right);
    let upright = format!("M{:.1} {:.1}V{:.1}", at.0, picture.graph.bottom, picture.graph.top);
    let has_prediction = !moment.plan.is_layer_by_layer();
    let inside = html! {
        <>
            <path class="drop" d={level} />
            <path class="drop" d={upright} />
            if has_prediction {
                <path class="tangent" d={picture.line.clone()} />
            }
            <path class="curve-line" d={picture.curve.clone()} />
            if has_prediction {
                { square(predicted, "predicted") }
            }
        </>
    };
    let titles = [moment.names.learning_rate(), moment.names.loss()];
    graph(&picture.graph, titles, inside, dot(at, "after"))
}

/// The present rate as a handle; let go, it sets the rate.
fn handle(
    panel: &Panel,
    explorer: &Explorer,
    picture: &RatesPicture,
    shown: RatePoint,
    held: &UseStateHandle<Option<usize>>,
) -> Html {
    let place = |event: &web_sys::Event| {
        event.target_dyn_into::<HtmlInputElement>().and_then(|input| input.value().parse::<usize>().ok())
    };
    let oninput = {
        let setter = held.setter();
        Callback::from(move |event: InputEvent| setter.set(place(&event)))
    };
    let onchange = {
        let (setter, dispatch) = (held.setter(), panel.dispatch.clone());
        let rates: Vec<f64> = explorer.points.iter().map(|point| point.rate).collect();
        Callback::from(move |event: Event| {
            setter.set(None);
            if let Some(rate) = place(&event).and_then(|k| rates.get(k)) {
                dispatch.emit(Action::Edit { edit: Edit::LearningRate(*rate), continues: false });
            }
        })
    };
    let (rate, after) = (panel.scene.number(shown.rate), panel.scene.number(shown.after));
    let text = words::rate_gives(&rate, &panel.scene.moment().names.loss(), &after);
    let graph = &picture.graph;
    let style = format!("left: {:.1}px; width: {:.1}px", graph.left - 8.0, graph.right - graph.left + 16.0);
    html! {
        <input
            type="range"
            class="rate-handle"
            aria-label={words::rate_on_the_curve()}
            aria-valuetext={text}
            {style}
            min="0"
            max={explorer.points.len().saturating_sub(1).to_string()}
            value={explorer.nearest(shown.rate).to_string()}
            {oninput}
            {onchange}
        />
    }
}

/// The letter of an outcome, for the eye.
fn letter(outcome: Outcome) -> (&'static str, &'static str) {
    match outcome {
        Outcome::Converges => (words::initial_of_converges(), "is-converging"),
        Outcome::Oscillates => (words::initial_of_oscillates(), "is-oscillating"),
        Outcome::Diverges => (words::initial_of_diverges(), "is-diverging"),
    }
}

/// What becomes of the run, a cell for each rate on trial.
fn strip(picture: &RatesPicture, trials: &[Trial]) -> Html {
    let cell = |trial: &Trial| {
        let rate = format::number(trial.rate, 6);
        let (letter, class, says) = match trial.found {
            Some((outcome, _)) => {
                let (letter, class) = letter(outcome);
                (letter, class, words::becomes(&rate, &outcome.word()))
            }
            None => ("·", "is-open", words::is_not_yet_tried(&rate)),
        };
        let x = picture.graph.place(trial.rate, 0.0).0;
        html! {
            <li key={trial.rate.to_string()} class={class} style={format!("left: {x:.1}px")}>
                <span class="visually-hidden">{ says }</span>
                <span aria-hidden="true">{ letter }</span>
            </li>
        }
    };
    html! { <ol class="strip" aria-label={words::what_becomes()}>{ for trials.iter().map(cell) }</ol> }
}

fn legend(n_epochs: u64) -> Html {
    let one = |outcome: Outcome| {
        let (letter, class) = letter(outcome);
        let means = words::outcome_means(&outcome.word(), &outcome.meaning());
        html! { <li><b class={class}>{ letter }</b>{ " " }{ means }</li> }
    };
    html! {
        <div class="hint">
            <p>{ words::strip_is(n_epochs as usize) }</p>
            <ul class="outcomes">{ for Outcome::ALL.into_iter().map(one) }</ul>
        </div>
    }
}

/// What the picture shows, in numbers.
fn numbers(panel: &Panel, explorer: &Explorer, shown: RatePoint) -> Html {
    let moment = panel.scene.moment();
    let number = |x: f64| if x.is_nan() { words::no_number().to_owned() } else { panel.scene.number(x) };
    let (rate, loss) = (moment.names.learning_rate(), moment.names.loss());
    let row = |mark: &'static str, heading: String, value: String| {
        html! { <tr><th scope="row"><i class={mark} aria-hidden="true" />{ heading }</th><td>{ value }</td></tr> }
    };
    html! {
        <table class="in-words" aria-label={words::in_numbers()}>
            <tbody>
                { row("", words::learning_rate(&rate), number(shown.rate)) }
                { row("level", words::before_update(&loss), number(explorer.before)) }
                if !moment.plan.is_layer_by_layer() {
                    { row("predicted", words::after_by_first_order(&loss), number(shown.predicted)) }
                }
                { row("after", words::after(&loss), number(shown.after)) }
                if let Some(lowest) = explorer.lowest() {
                    { row("", words::lowest().to_owned(), words::at_rate(&number(lowest.after), &rate, &number(lowest.rate))) }
                }
            </tbody>
        </table>
    }
}
