//! The loss curve: a canvas, and over it what answers to pointer and keyboard.

mod accuracy;
mod learning_rate;
mod run;
pub mod run_control;

use std::rc::Rc;

use web_sys::HtmlCanvasElement;
use yew::prelude::*;

use super::scene::{Scene, SceneProps};
use crate::moment::ASKED;
use crate::page::parts::around::{around, around_in};
use crate::page::parts::by_address::ByAddress;
use crate::page::parts::choice::{Choice, by_name};
use crate::page::parts::desk::Enlarge;
use crate::page::parts::icon::Icon;
use crate::page::parts::probe::Probe;
use crate::page::parts::surface::{Surface, use_surface};
use crate::picture::chart::{Chart, ChartData, EditMark, Scale, Side};
use crate::picture::workspace::Card;
use crate::run::earlier::EarlierRun;
use crate::session::{Action, Playback};
use crate::text::format;
use crate::words::around::Place;
use crate::words::page::{curve as words, transport};
use accuracy::Accuracy;
use learning_rate::LearningRate;
use run::RunEpochs;

/// What a drawn chart depends on. Two are equal if the charts would look the same: a step within an
/// epoch draws nothing.
#[derive(Clone)]
struct Key {
    scene: Scene,
    scale: Scale,
    surface: Surface,
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        let earlier = |key: &Self| key.scene.session().earlier().iter().map(Rc::as_ptr).collect::<Vec<_>>();
        let moment =
            |key: &Self| (key.scene.moment().epoch, key.scene.moment().names.loss(), key.scene.digits());
        moment(self) == moment(other)
            && self.scene.session().marks() == other.scene.session().marks()
            && self.scene.session().losses().points() == other.scene.session().losses().points()
            && earlier(self) == earlier(other)
            && self.is_told() == other.is_told()
            && self.scale == other.scale
            && self.surface == other.surface
    }
}

impl Key {
    /// Whether the loss at the shown epoch is told.
    fn is_told(&self) -> bool {
        self.scene.session().tells_loss()
    }

    /// The chart, and the loss at the shown epoch if it is told, which may take a moment to compute.
    fn chart(&self) -> (Rc<Chart>, Option<f64>) {
        let session = self.scene.session();
        let loss = self.is_told().then(|| session.loss());
        let (names, digits) = (&self.scene.moment().names, self.scene.digits());
        let edits = session.marks().iter().map(|mark| (mark.time.epoch, mark.text(names, digits)));
        let data = ChartData {
            losses: session.losses(),
            edits: &edits.collect::<Vec<_>>(),
            earlier: session.earlier(),
            epoch: self.scene.moment().epoch,
            loss,
            symbol: self.scene.moment().names.loss(),
            scale: self.scale,
        };
        (Rc::new(Chart::new(&data, self.surface.frame)), loss)
    }
}

/// The loss curve.
#[component]
pub fn LossCurve(props: &SceneProps) -> Html {
    let session = props.scene.session();
    let symbol = props.scene.moment().names.loss();
    let scale = use_state_eq(Scale::default);
    let canvas = use_node_ref();
    let surface = use_surface(&canvas);
    let key = Key { scene: props.scene.clone(), scale: *scale, surface };
    let made = use_memo(key.clone(), Key::chart);
    let (chart, loss) = (Rc::clone(&made.0), made.1);
    use_effect_with(key, {
        let (canvas, chart) = (canvas.clone(), chart.clone());
        move |key| {
            if let Some(canvas) = canvas.cast::<HtmlCanvasElement>() {
                // A canvas that refuses to be drawn on shows nothing; the numbers stand beside it.
                key.surface.paint(canvas, |area, palette| drop(chart.draw(area, palette)));
            }
        }
    });
    let scales = by_name(Scale::ALL, Scale::name);
    let on_scale = {
        let setter = scale.setter();
        Callback::from(move |scale| setter.set(scale))
    };
    let is_paused = session.playback() == Playback::Paused;
    let moment = props.scene.moment();
    let name = || html! { <span class="name error">{ symbol }</span> };
    html! {
        <section class="curve" aria-label={words::per_epoch(&symbol)}>
            <div class="curve-header">
                <span class="curve-title">{ around(&words::per_epoch(&Place(0)), [name()]) }</span>
                <LearningRate
                    value={moment.lesson.rule.optimizer.learning_rate()}
                    symbol={moment.names.learning_rate()}
                    digits={props.scene.digits()}
                    dispatch={props.dispatch.clone()}
                />
                <RunEpochs playback={session.playback()} epoch={moment.epoch} dispatch={props.dispatch.clone()} />
                { run_control::pace(session, &props.dispatch) }
                { reset_weights(&props.dispatch) }
                <span class="curve-now">
                    { around_in("words", &words::now(&Place(0)), [name()]) }{ " " }
                    <b class="error" role="status" aria-label={words::loss()} aria-live={(!is_paused).then_some("off")}>
                        { loss.map_or_else(|| ASKED.to_owned(), |loss| props.scene.number(loss)) }
                    </b>
                </span>
                <Enlarge card={Card::Curve} />
            </div>
            <div class="curve-body">
                <canvas ref={canvas} role="img" aria-label={chart.summary()} />
                <Probe key={session.opening()} label={words::epoch_on_curve()} chart={ByAddress(chart.clone())} scene={props.scene.clone()} dispatch={props.dispatch.clone()} />
                // In an element of their own: how many there are moves no other.
                <div class="curve-edits">
                    {for chart.marks().iter().map(|mark| edit_mark(mark, &props.dispatch))}
                </div>
                <div class="curve-legends">
                    <Accuracy
                        model={ByAddress(Rc::clone(moment.model()))}
                        lesson={ByAddress(Rc::clone(&moment.lesson))}
                        is_running={session.is_running()}
                    />
                    <div class="curve-runs">
                        {for chart.earlier().map(|run| legend(run, &props.dispatch))}
                    </div>
                    if chart.has_held_out() {
                        <span class="curve-legend is-held-out">{ words::test_set() }</span>
                    }
                    <Choice<Scale> label={words::scale()} class="curve-scale" options={scales} value={*scale} on_choose={on_scale} />
                </div>
            </div>
            if let Some(remark) = chart.remark() {
                <p class="curve-remark">{ remark }</p>
            }
            { run_control::dialog(&props.scene, &props.dispatch) }
        </section>
    }
}

/// Back to the start weights with what learns as it is. It stands in the bar, and in a narrow window, whose
/// bar has no room for it, beside what learns: one of the two is shown.
pub fn reset_weights(dispatch: &Callback<Action>) -> Html {
    html! {
        <button
            type="button"
            class="icon-button reset-weights"
            aria-label={transport::reset_weights()}
            title={transport::reset_weights_tip()}
            onclick={dispatch.reform(|_: MouseEvent| Action::ResetWeights)}
        >
            { Icon::ResetWeights.html() }
        </button>
    }
}

/// An earlier run's stroke and name: pressed, it is taken off the curve.
fn legend(run: &EarlierRun, dispatch: &Callback<Action>) -> Html {
    let number = run.number;
    let (dash, gap) = Chart::dash_of(run);
    let name = run.full_name();
    html! {
        <button
            key={number.to_string()}
            type="button"
            class="curve-legend is-earlier"
            aria-label={words::remove_run(&name)}
            title={words::remove_run_tip(&name)}
            onclick={dispatch.reform(move |_: MouseEvent| Action::RemoveEarlier(number))}
        >
            <svg class="curve-stroke" viewBox="0 0 34 4" aria-hidden="true">
                <path d="M0 2h34" stroke-dasharray={format!("{dash} {gap}")} />
            </svg>
            <span class="curve-run">{ name }</span>
            <span aria-hidden="true">{ "×" }</span>
        </button>
    }
}

/// Where something was edited, and what: pressed, it leads there.
fn edit_mark(mark: &EditMark, dispatch: &Callback<Action>) -> Html {
    let epoch = mark.epoch;
    let place = format!("left: {:.1}px; top: {:.1}px; --height: {:.1}px", mark.x, mark.y, mark.height);
    let side = if mark.side == Side::Left { "is-left" } else { "is-right" };
    let hidden = (!mark.has_room).then_some("is-hidden");
    html! {
        <button
            key={epoch.to_string()}
            type="button"
            class="curve-edit"
            style={place}
            aria-label={words::edit(&format::count(epoch), &mark.text)}
            onclick={dispatch.reform(move |_: MouseEvent| Action::GoToEpoch(epoch))}
        >
            <span class={classes!("curve-edit-text", side, hidden)}>{ &mark.text }</span>
        </button>
    }
}
