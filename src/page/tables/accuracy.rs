//! How many predictions are right, epoch by epoch, and now: which class is predicted for which.

use std::rc::Rc;

use web_sys::HtmlCanvasElement;
use yew::prelude::*;

use crate::lesson::Lesson;
use crate::page::parts::around::heard_around;
use crate::page::parts::by_address::ByAddress;
use crate::page::parts::probe::Probe;
use crate::page::parts::surface::use_surface;
use crate::page::scene::{PanelProps, Scene};
use crate::page::tables::survey::use_survey;
use crate::picture::chart::{Chart, ChartData, Scale};
use crate::run::accuracy::{Accuracy, Counting, curve};
use crate::session::Action;
use crate::session::accuracy::{Count, Predictions, predictions};
use crate::text::format;
use crate::words::around::Place;
use crate::words::paragraph;
use crate::words::tables::{self, accuracy as words};
use backprop::confusion::Confusion;

/// The most classes whose confusion matrix has room.
const MAX_CLASSES: usize = 32;

/// The accuracy per epoch and the confusion matrices.
#[component]
pub fn AccuracyTab(props: &PanelProps) -> Html {
    let scene = &props.panel.scene;
    let moment = scene.moment();
    let about = (
        ByAddress(Rc::clone(moment.model())),
        ByAddress(Rc::clone(&moment.lesson)),
        scene.session().is_running(),
    );
    let counted =
        use_memo(about, |(model, lesson, is_running)| predictions(lesson, &model.network, *is_running));
    html! {
        <section class="accuracy">
            {match &*counted {
                Count::Nothing => html! {
                    <p class="hint">{words::needs_classes()}</p>
                },
                _ => html! { <PerEpoch scene={scene.clone()} dispatch={props.panel.dispatch.clone()} /> },
            }}
            {match &*counted {
                Count::Nothing => html! {},
                Count::Later => html! {
                    <p class="hint">{words::waits()}</p>
                },
                Count::Counted(Predictions { training, held_out }) => html! {
                    <div class="classes">
                        {confusion_matrix(scene, Of::Training, training)}
                        {for held_out.iter().map(|held_out| confusion_matrix(scene, Of::Test, held_out))}
                    </div>
                },
            }}
        </section>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct PerEpochProps {
    scene: Scene,
    dispatch: Callback<Action>,
}

/// The accuracy at the epochs that the run has kept, as a curve.
#[component]
fn PerEpoch(props: &PerEpochProps) -> Html {
    let scene = &props.scene;
    let survey = use_survey::<Counting>(scene);
    let canvas = use_node_ref();
    let surface = use_surface(&canvas);
    let shown = survey.now().and_then(|found| **found);
    let mut found: Vec<Accuracy> = survey.all().filter_map(|found| **found).collect();
    if let Some(shown) = shown
        && !found.iter().any(|other| other.epoch == shown.epoch)
    {
        found.push(shown);
        found.sort_by_key(|accuracy| accuracy.epoch);
    }
    let losses = curve(found.iter());
    let epoch = scene.moment().epoch;
    let data = ChartData {
        losses: &losses,
        edits: &[],
        earlier: &[],
        epoch,
        loss: Some(shown.map_or(f64::NAN, |shown| shown.training)),
        symbol: words::accuracy(),
        scale: Scale::Linear,
    };
    let chart = Rc::new(Chart::new(&data, surface.frame));
    let summary = chart.summary();
    let has_test = chart.has_held_out();
    use_effect_with((losses, epoch, surface), {
        let (canvas, chart) = (canvas.clone(), Rc::clone(&chart));
        move |(_, _, surface)| {
            if let Some(canvas) = canvas.cast::<HtmlCanvasElement>() {
                // A canvas that refuses to be drawn on shows nothing; the tables have the numbers of now.
                surface.paint(canvas, |area, palette| drop(chart.draw(area, palette)));
            }
        }
    });
    let n = scene.moment().lesson.data.train.len();
    let some = shown.filter(|shown| shown.n_samples < n);
    html! {
        <figure class="accuracy-curve">
            <figcaption>
                { words::per_epoch() }
                if has_test {
                    <span class="curve-legend is-held-out">{ tables::test_set() }</span>
                }
                if let Some(some) = some {
                    <span class="hint">{ over(&some, &scene.moment().lesson) }</span>
                }
            </figcaption>
            <div class="curve-body">
                <canvas ref={canvas} role="img" aria-label={summary} />
                <Probe
                    key={scene.session().opening()}
                    label={words::epoch_of_the_accuracy()}
                    chart={ByAddress(chart)}
                    scene={scene.clone()}
                    dispatch={props.dispatch.clone()}
                />
            </div>
        </figure>
    }
}

/// Over how many samples a curve goes that leaves some out.
fn over(shown: &Accuracy, lesson: &Lesson) -> String {
    words::over(lesson.data.train.len(), &format::count(shown.n_samples as u64))
}

/// What class number `class` is called.
fn class_name(lesson: &Lesson, class: usize) -> String {
    lesson.class_name(class).map_or_else(|| class.to_string(), str::to_owned)
}

/// Of which samples.
#[derive(Clone, Copy)]
enum Of {
    Training,
    Test,
}

/// Which class is predicted for which.
fn confusion_matrix(scene: &Scene, of: Of, confusion: &Confusion) -> Html {
    let lesson = &scene.moment().lesson;
    let accuracy = scene.number(confusion.accuracy().unwrap_or(0.0));
    let (right, n) = (confusion.n_right(), confusion.n_samples());
    let (name, caption) = match of {
        Of::Training => (words::training_classes(), words::training_accuracy(&accuracy, &right, &n)),
        Of::Test => (words::test_classes(), words::test_accuracy(&accuracy, &right, &n)),
    };
    let n_classes = confusion.counts.len();
    if MAX_CLASSES < n_classes {
        return html! { <p>{paragraph([&*words::sentence_of(&caption), &words::no_room(n_classes)])}</p> };
    }
    let row = |(actual, counts): (usize, &Vec<usize>)| {
        html! {
            <tr key={actual}>
                <th scope="row">{heard_around(&words::true_class(&Place(0)), [html! { {class_name(lesson, actual)} }])}</th>
                {for counts.iter().enumerate().map(|(predicted, n)| html! {
                    <td key={predicted} class={(actual == predicted).then_some("right")}>{n}</td>
                })}
            </tr>
        }
    };
    let column = |class: usize| {
        html! {
            <th key={class} scope="col">
                {heard_around(&words::predicted(&Place(0)), [html! { {class_name(lesson, class)} }])}
            </th>
        }
    };
    html! {
        <div class="scroller">
            <table aria-label={name}>
                <caption>{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">
                            <span class="visually-hidden">{words::class()}</span>
                            <span aria-hidden="true">{words::true_and_predicted()}</span>
                        </th>
                        {for (0..n_classes).map(column)}
                    </tr>
                </thead>
                <tbody>{for confusion.counts.iter().enumerate().map(row)}</tbody>
            </table>
        </div>
    }
}
