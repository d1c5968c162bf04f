//! The page: one reducer at the root, panels below it that read and never compute.

mod curve;
mod derivation;
mod diagram;
mod lessons;
mod parts;
mod scene;
mod shell;
mod tables;
mod transport;

use std::rc::Rc;

use yew::prelude::*;

use crate::lesson::Lesson;
use crate::lesson::quantity::Quantity;
use crate::session::{Action, Session};
use scene::Scene;
use shell::{csv_import, fault, files, header, keyboard, storage};

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
    let (open_table, table_import) = csv_import::use_csv_import(dispatch.clone());
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
                    <derivation::StepCard key={opening} panel={panel.clone()} />
                    <tables::Panels panel={panel.clone()} />
                </div>
                <transport::Transport scene={scene.clone()} dispatch={dispatch.clone()} />
                <curve::LossCurve scene={scene.clone()} dispatch={dispatch} />
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
