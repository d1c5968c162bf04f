//! The page: one reducer at the root, panels below it that read and never compute.

mod curve;
mod derivation;
mod diagram;
mod guide;
mod lessons;
mod parts;
mod scene;
mod shell;
mod tables;
mod transport;
mod workspace;

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::lesson::Lesson;
use crate::lesson::quantity::Quantity;
use crate::picture::workspace::{Card, Workspace};
use crate::run::flow::StuckUnits;
use crate::session::{Action, Notice, Session};
use parts::by_address::ByAddress;
use parts::desk::Desk;
use scene::Scene;
use shell::{address, fault, files, header, keyboard, language, opened, storage};
use transport::LeftOut;

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

/// The first lesson, with a sentence for the reader if there is one.
fn first_session(notice: Option<Notice>) -> Session {
    let lesson = Lesson::from_json(lessons::FIRST_LESSON).map_err(|error| error.to_string());
    // The built-in lesson is valid: every test reads it.
    let session = match lesson.map(Session::new) {
        Ok(Ok(session)) => session,
        _ => unreachable!("the built-in lesson is valid"),
    };
    match notice {
        Some(notice) => session.update(Action::Notify(notice)),
        None => session,
    }
}

/// The props of [`App`].
#[derive(Clone, Properties)]
struct Props {
    /// What to start with.
    start: Rc<Session>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.start, &other.start)
    }
}

/// The whole page.
#[component]
fn App(props: &Props) -> Html {
    let state = use_reducer(|| State(Rc::clone(&props.start)));
    let left_out = use_memo((), |()| LeftOut::default());
    let dispatch = use_memo((), {
        let (dispatcher, left_out) = (state.dispatcher(), Rc::clone(&left_out));
        move |()| {
            Callback::from(move |action: Action| {
                // What the reader does in a run is shown at once.
                left_out.sees(&action);
                dispatcher.dispatch(action);
            })
        }
    });
    let dispatch: Callback<Action> = (*dispatch).clone();
    let lit = use_state_eq(|| None::<Quantity>);
    let on_lit = {
        let setter = lit.setter();
        use_callback((), move |quantity: Option<Quantity>, ()| setter.set(quantity))
    };
    let path = use_state_eq(Rc::<[Quantity]>::default);
    let on_path = {
        let setter = path.setter();
        use_callback((), move |path: Rc<[Quantity]>, ()| setter.set(path))
    };
    let stuck = use_state_eq(Rc::<StuckUnits>::default);
    let on_stuck = {
        let setter = stuck.setter();
        use_callback((), move |stuck: Rc<StuckUnits>, ()| setter.set(stuck))
    };
    let noted = use_reducer_eq(address::Noted::default);
    let desk = workspace::use_desk(noted.dispatcher());
    let view = noted.in_view(workspace::view(&desk.workspace));
    let shown = transport::use_shown(&state.0, &left_out);
    let scene = use_memo(ByAddress(shown), |session| Scene::new(Rc::clone(&session.0)));
    let scene = (*scene).clone();
    use_effect_with((), |()| fault::report_start());
    storage::use_saved(&state.0, &dispatch);
    address::use_address(&state.0, view.clone());
    keyboard::use_shortcuts(dispatch.clone(), desk.rearrange.clone());

    transport::use_playback(&state.0, &left_out, dispatch.clone());
    let (opened, open_it) = opened::use_opened();
    let open_file = files::use_open(dispatch.clone(), open_it);
    files::use_drop(open_file.clone());
    files::use_paste(open_file.clone());
    let lit = lit.filter(|lit| scene.moment().has(*lit));
    let path = Some(Rc::clone(&path)).filter(|path| path.iter().all(|lit| scene.moment().has(*lit)));
    let path = path.unwrap_or_default();
    let stuck = Rc::clone(&stuck);
    let panel = scene::Panel {
        scene: scene.clone(),
        dispatch: dispatch.clone(),
        lit,
        on_lit,
        path,
        on_path,
        stuck,
        on_stuck,
    };
    // What a panel remembers goes with the lesson that it is about.
    let opening = scene.session().opening();
    let main = use_node_ref();
    workspace::use_swipe(&main, desk.workspace.is_presenting, dispatch.clone());
    let opens = view.opens.clone();
    let Workspace { enlarged, is_blank, has_tables, .. } = desk.workspace;
    html! {
        <ContextProvider<Desk> context={desk.clone()}>
            { transport::skip() }
            <header::Header {view} scene={scene.clone()} dispatch={dispatch.clone()} open_file={open_file.clone()} />
            if !scene.session().guide().is_empty() {
                <guide::Guide key={opening} panel={panel.clone()} />
            }
            <main
                ref={main}
                class="workspace"
                style={workspace::style(&desk.workspace)}
                data-enlarged={enlarged.map(Card::key)}
                data-tables={has_tables.then_some("true")}
            >
                <diagram::Diagram key={opening} panel={panel.clone()} />
                <derivation::StepCard key={opening} panel={panel.clone()} />
                <curve::LossCurve scene={scene.clone()} dispatch={dispatch.clone()} />
                <tables::Panels panel={panel.clone()} />
                <workspace::Borders />
            </main>
            <transport::Transport scene={scene.clone()} dispatch={dispatch.clone()} opens={opens} />
            <opened::OpenedFile {opened} lesson={ByAddress(Rc::clone(&scene.moment().lesson))} {dispatch} open_files={open_file} />
            <workspace::Spot />
            if is_blank {
                <div class="blank" role="img" aria-label={crate::words::page::header::screen_is_dark()} />
            }
        </ContextProvider<Desk>>
    }
}

/// Starts the page in the document's body, with the session that was stored.
pub fn run() {
    fault::report_panics();
    language::use_asked();
    spawn_local(async {
        let start = Rc::new(address::first_session(first_session).await);
        yew::Renderer::<App>::with_props(Props { start }).render();
    });
}
