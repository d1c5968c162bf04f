//! The page: one reducer at the root, panels below it that read and never compute.

mod browser;
mod by_address;
mod choice;
mod clipboard;
#[cfg(feature = "lab")]
mod compare_tab;
#[cfg(feature = "lab")]
mod csv_import;
mod data_tab;
#[cfg(feature = "lab")]
mod design_tab;
mod diagram;
mod fault;
mod files;
mod header;
#[cfg(feature = "lab")]
mod heat_map;
mod help;
#[cfg(feature = "lab")]
mod images;
mod keyboard;
mod lab;
mod ledger;
#[cfg(feature = "lab")]
mod ledger_order;
#[cfg(feature = "lab")]
mod long_sum;
mod loss_curve;
mod math;
mod matrix_tab;
mod number_field;
mod panels;
#[cfg(feature = "lab")]
mod picture;
#[cfg(feature = "lab")]
mod plot_tab;
mod published_tab;
mod scene;
mod step_card;
mod storage;
mod surface;
mod symbol;
mod theme;
mod transport;
#[cfg(feature = "lab")]
mod weights_tab;
mod windowed;

use std::rc::Rc;

use yew::prelude::*;

use crate::lesson::Lesson;
use crate::quantity::Quantity;
use crate::session::{Action, Session};
use scene::Scene;

/// The lesson that a first visit opens; built in, so that the page can always start.
const FIRST_LESSON: &str = include_str!("../static/lessons/hmkcode.json");

/// The session as the page's state.
#[derive(Clone)]
struct State(Rc<Session>);

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        fault::remember(&action);
        Rc::new(Self(Rc::new(self.0.update(action))))
    }
}

/// What stored state and the first lesson give to start with.
fn start() -> State {
    let session = storage::restore().unwrap_or_else(|notice| {
        let lesson = Lesson::from_json(FIRST_LESSON);
        let session = lesson.map_err(|error| error.to_string());
        // The built-in lesson is valid: every test reads it.
        let mut session = match session.map(Session::new) {
            Ok(Ok(session)) => session,
            _ => unreachable!("the built-in lesson is valid"),
        };
        if let Some(notice) = notice {
            session = session.update(Action::Notify(notice));
        }
        session
    });
    State(Rc::new(session))
}

/// The whole page.
#[component]
pub fn App() -> Html {
    let state = use_reducer(start);
    let dispatch = use_memo((), {
        let dispatcher = state.dispatcher();
        move |()| dispatcher.to_callback()
    });
    let dispatch: Callback<Action> = (*dispatch).clone();
    let lit = use_state_eq(|| None::<Quantity>);
    let on_lit = {
        let setter = lit.setter();
        use_callback((), move |quantity: Option<Quantity>, ()| setter.set(quantity))
    };
    let scene = Scene::new(Rc::clone(&state.0));
    storage::use_saved(&scene);
    keyboard::use_shortcuts(dispatch.clone());
    transport::use_playback(&scene, dispatch.clone());
    let (open_table, table_import) = lab::use_table_import(dispatch.clone());
    let open_file = files::use_open(dispatch.clone(), open_table);
    files::use_drop(open_file.clone());
    let lit = lit.filter(|lit| scene.moment().has(*lit));
    let panel = scene::Panel { scene: scene.clone(), dispatch: dispatch.clone(), lit, on_lit };
    // What a panel remembers goes with the lesson that it is about.
    let opening = scene.session().opening();
    html! {
        <>
            <header::Header scene={scene.clone()} dispatch={dispatch.clone()} open_file={open_file} />
            <main>
                <diagram::Diagram key={opening} panel={panel.clone()} />
                <div class="side">
                    <step_card::StepCard key={opening} panel={panel.clone()} />
                    <panels::Panels panel={panel.clone()} />
                </div>
                <transport::Transport scene={scene.clone()} dispatch={dispatch.clone()} />
                <loss_curve::LossCurve scene={scene.clone()} dispatch={dispatch} />
            </main>
            {table_import}
        </>
    }
}

/// Starts the page in the document's body.
pub fn run() {
    fault::report_panics();
    yew::Renderer::<App>::new().render();
}
