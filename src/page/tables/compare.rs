//! Runs side by side: what each network is, learns from and makes of the data, all trained together.

use std::any::Any;
use std::rc::Rc;

use web_sys::HtmlCanvasElement;
use yew::prelude::*;

use crate::lesson::Lesson;
use crate::page::lessons;
use crate::page::lessons::BuiltIn;
use crate::page::parts::around::around;
use crate::page::parts::by_address::ByAddress;
use crate::page::parts::epochs::use_epochs;
use crate::page::parts::surface::use_surface;
use crate::page::scene::Panel;
use crate::page::transport;
use crate::picture::plot::{Plot, PlotRequest, can_plot};
use crate::session::accuracy::{Count, held_out_right};
use crate::session::{Action, Session};
use crate::text::format;
use crate::words::around::Place;
use crate::words::tables::compare as words;
use backprop::network::UnitId;
use backprop::trace::Model;

/// The most runs side by side: more would be too narrow to read.
const MAX_RUNS: usize = 4;
/// Epochs that all learn unless the reader types another number.
const USUAL: u64 = 500;

/// Lessons that belong side by side.
const TOGETHER: &[&str] = &["deep-teacher.json", "deep-labels.json", "deep-student.json"];

/// The runs, each a session of its own.
#[derive(Clone, Default)]
pub struct Compared {
    sessions: Vec<Rc<Session>>,
}

/// What can happen to the runs.
pub enum CompareAction {
    /// One more.
    Keep(Rc<Session>),
    /// One less.
    Remove(usize),
    /// These lessons from their starts, and no other.
    Set(Vec<Lesson>),
    /// The same action of each.
    All(Action),
}

impl Reducible for Compared {
    type Action = CompareAction;

    fn reduce(self: Rc<Self>, action: CompareAction) -> Rc<Self> {
        let mut sessions = self.sessions.clone();
        match action {
            CompareAction::Keep(session) if sessions.len() < MAX_RUNS => {
                sessions.push(session.update(Action::Pause).into());
            }
            CompareAction::Keep(_) => {}
            // A second click may come before the first one's render.
            CompareAction::Remove(k) if k < sessions.len() => drop(sessions.remove(k)),
            CompareAction::Remove(_) => {}
            CompareAction::Set(lessons) => {
                sessions =
                    lessons.into_iter().filter_map(|lesson| Session::new(lesson).ok()).map(Rc::new).collect();
            }
            CompareAction::All(action) => {
                for session in &mut sessions {
                    *session = session.update(action.clone()).into();
                }
            }
        }
        Rc::new(Self { sessions })
    }
}

impl Compared {
    fn is_running(&self) -> bool {
        self.sessions.iter().any(|session| session.is_running())
    }
}

/// The runs side by side, which go on while another tab is open.
#[hook]
pub fn use_compared() -> UseReducerHandle<Compared> {
    let compared = use_reducer(Compared::default);
    let dispatcher = compared.dispatcher();
    use_effect_with(compared.is_running(), move |is_running| {
        let frames: Option<Box<dyn Any>> = is_running.then(|| {
            transport::run_in_frames(Callback::from(move |action| {
                dispatcher.dispatch(CompareAction::All(action))
            }))
        });
        move || drop(frames)
    });
    compared
}

/// The tab.
pub fn compare(panel: &Panel, compared: &UseReducerHandle<Compared>) -> Html {
    html! { <CompareTab panel={panel.clone()} compared={compared.clone()} /> }
}

#[derive(Clone, PartialEq, Properties)]
struct Props {
    panel: Panel,
    compared: UseReducerHandle<Compared>,
}

impl PartialEq for Compared {
    fn eq(&self, other: &Self) -> bool {
        self.sessions.len() == other.sessions.len()
            && self.sessions.iter().zip(&other.sessions).all(|(a, b)| Rc::ptr_eq(a, b))
    }
}

#[component]
fn CompareTab(props: &Props) -> Html {
    let Props { panel, compared } = props;
    let epochs = use_epochs(USUAL);
    let sessions = &compared.sessions;
    let keep = {
        let (dispatcher, scene) = (compared.dispatcher(), panel.scene.clone());
        move |_: MouseEvent| dispatcher.dispatch(CompareAction::Keep(Rc::new(scene.session().clone())))
    };
    let set = {
        let (dispatcher, dispatch) = (compared.dispatcher(), panel.dispatch.clone());
        move |_: MouseEvent| {
            let (dispatcher, dispatch) = (dispatcher.clone(), dispatch.clone());
            lessons::load_built_in(together(), move |lessons| match lessons {
                Ok(lessons) => dispatcher.dispatch(CompareAction::Set(lessons)),
                Err(sentence) => dispatch.emit(Action::problem(sentence)),
            });
        }
    };
    let is_running = compared.is_running();
    let run = {
        let (dispatcher, dispatch, epochs) = (compared.dispatcher(), panel.dispatch.clone(), epochs.read());
        move |_: MouseEvent| match &epochs {
            _ if is_running => dispatcher.dispatch(CompareAction::All(Action::Pause)),
            Ok(n) => dispatcher.dispatch(CompareAction::All(Action::RunEpochs(*n))),
            Err(problem) => dispatch.emit(problem.clone()),
        }
    };
    let n_epochs = epochs.input(words::epochs_for_all(), None);
    html! {
        <section class="compare">
            <p class="compare-tools">
                if sessions.len() < MAX_RUNS {
                    <button type="button" onclick={keep}>{words::keep_this_run()}</button>
                }
                <button type="button" onclick={set}>{words::deep_beside_shallow()}</button>
                if !sessions.is_empty() {
                    <label>{around(&words::epochs(&Place(0)), [n_epochs])}</label>
                    <button type="button" onclick={run}>
                        {if is_running { words::stop_all() } else { words::run_all() }}
                    </button>
                }
            </p>
            if sessions.is_empty() {
                <p class="hint">
                    {words::hint()}
                </p>
            } else {
                { table(panel, compared) }
            }
        </section>
    }
}

fn together() -> Vec<&'static BuiltIn> {
    let of = |file: &&str| lessons::lessons().find(|lesson| lesson.file == *file);
    TOGETHER.iter().filter_map(of).collect()
}

fn table(panel: &Panel, compared: &UseReducerHandle<Compared>) -> Html {
    let sessions = &compared.sessions;
    let row = |name: &str, cell: &dyn Fn(&Session) -> Html| {
        html! {
            <tr>
                <th scope="row">{name.to_owned()}</th>
                { for sessions.iter().map(|session| html! { <td>{cell(session)}</td> }) }
            </tr>
        }
    };
    let text = |text: String| html! { {text} };
    let number = |x: Option<f64>| x.map_or_else(|| text("–".to_owned()), |x| text(panel.scene.number(x)));
    let lesson = |session: &Session| Rc::clone(&session.moment().lesson);
    let act = |k: usize, session: &Rc<Session>| {
        let remove = {
            let dispatcher = compared.dispatcher();
            move |_: MouseEvent| dispatcher.dispatch(CompareAction::Remove(k))
        };
        let shown = Rc::clone(session);
        let open = panel.dispatch.reform(move |_: MouseEvent| Action::Open(Rc::new(shown.current_lesson())));
        let title = lesson(session).title.clone();
        html! {
            <td class="act">
                <button type="button" aria-label={words::open_lesson(&title)} onclick={open}>{words::open()}</button>
                <button type="button" aria-label={words::remove_lesson(&title)} onclick={remove}>{"×"}</button>
            </td>
        }
    };
    let held_out = |session: &Session| {
        let (model, is_running) = (Rc::clone(session.moment().model()), session.is_running());
        html! { <HeldOut model={ByAddress(model)} lesson={ByAddress(lesson(session))} {is_running} /> }
    };
    let picture = |session: &Rc<Session>| {
        let model = Rc::clone(session.moment().model());
        html! { <td><Picture model={ByAddress(model)} lesson={ByAddress(lesson(session))} /></td> }
    };
    html! {
        <div class="scroller">
            <table aria-label={words::runs_side_by_side()}>
                <thead>
                    <tr>
                        <th scope="col"><span class="visually-hidden">{words::what()}</span></th>
                        { for sessions.iter().map(|session| html! { <th scope="col">{unbroken(&lesson(session).title)}</th> }) }
                    </tr>
                </thead>
                <tbody>
                    { row(words::network(), &|session| text(session.moment().network().shape())) }
                    { row(words::parameters(), &|session| text(format::count(session.moment().network().n_params() as u64))) }
                    { row(words::samples(), &|session| text(lesson(session).data.train.len().to_string())) }
                    { row(words::epoch(), &|session| text(format::count(session.moment().epoch))) }
                    { row(words::loss(), &|session| number(Some(session.loss()))) }
                    { row(words::test_loss(), &|session| number(held_out_loss(session))) }
                    { row(words::test_accuracy(), &held_out) }
                    if sessions.iter().any(|session| can_plot(session.moment().network())) {
                        <tr class="pictures">
                            <th scope="row">{words::output()}</th>
                            { for sessions.iter().map(picture) }
                        </tr>
                    }
                    <tr>
                        <th scope="row"><span class="visually-hidden">{words::run()}</span></th>
                        { for sessions.iter().enumerate().map(|(k, session)| act(k, session)) }
                    </tr>
                </tbody>
            </table>
        </div>
    }
}

/// The same words, of which a line breaks none at a hyphen.
fn unbroken(title: &str) -> String {
    title.replace('-', "-\u{2060}")
}

fn held_out_loss(session: &Session) -> Option<f64> {
    let epoch = session.moment().epoch;
    session.losses().points().iter().rfind(|point| point.epoch == epoch)?.test_loss
}

#[derive(Clone, PartialEq, Properties)]
struct HeldOutProps {
    model: ByAddress<Model>,
    lesson: ByAddress<Lesson>,
    is_running: bool,
}

/// "0.908 (109 of 120)".
#[component]
fn HeldOut(props: &HeldOutProps) -> Html {
    match held_out_right(&props.lesson, &props.model.network, props.is_running) {
        Count::Nothing => html! { {"–"} },
        Count::Later => html! { {"…"} },
        Count::Counted(right) => html! { {right.text()} },
    }
}

#[derive(Clone, PartialEq, Properties)]
struct PictureProps {
    model: ByAddress<Model>,
    lesson: ByAddress<Lesson>,
}

/// What the first output makes of one input or two.
#[component]
fn Picture(props: &PictureProps) -> Html {
    let canvas = use_node_ref();
    let surface = use_surface(&canvas);
    let (network, lesson) = (&props.model.0.network, &props.lesson.0);
    let is_drawn = can_plot(network);
    let request = PlotRequest {
        unit: UnitId::new(network.n_layers(), 0),
        frame: surface.frame,
        ends: None,
        has_shares: false,
    };
    let plot = use_memo((props.clone(), request), |_| is_drawn.then(|| Plot::new(network, lesson, &request)));
    use_effect_with((props.clone(), surface), {
        let (canvas, plot) = (canvas.clone(), Rc::clone(&plot));
        move |(_, surface)| {
            if let (Some(canvas), Some(plot)) = (canvas.cast::<HtmlCanvasElement>(), &*plot) {
                // A canvas that refuses to be drawn on shows nothing.
                surface.paint(canvas, |area, palette| {
                    drop(plot.draw(area, palette).and_then(|()| plot.draw_marks(area, palette)));
                });
            }
        }
    });
    match &*plot {
        Some(plot) => {
            html! { <canvas ref={canvas} role="img" aria-label={plot.summary(words::the_output())} /> }
        }
        None => html! { {words::no_plot()} },
    }
}
