//! The session in the browser's storage: read once at the start, written after every change.

use gloo_timers::callback::Timeout;
use web_sys::Storage;
use yew::prelude::*;

use crate::page::scene::Scene;
use crate::session::{Notice, Session, saved};

const KEY: &str = "chainrule";
/// Where stored state that cannot be read is put, so that nothing is lost.
const DAMAGED_KEY: &str = "chainrule-damaged";
/// How long the page is quiet before it stores, in milliseconds: dragging a number stores once.
const QUIET: u32 = 250;

pub fn local() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// The stored session; a sentence if there is one that cannot be read.
pub fn restore() -> Result<Session, Option<Notice>> {
    let storage = local().ok_or(None)?;
    let text = storage.get_item(KEY).ok().flatten().ok_or(None)?;
    saved::restore(&text).map_err(|problem| {
        // Full or forbidden storage: there is nothing better to do with it.
        let _ = storage.set_item(DAMAGED_KEY, &text);
        let _ = storage.remove_item(KEY);
        Some(Notice {
            text: format!(
                "What this browser had stored could not be read and was set aside ({problem}). The first lesson is open instead."
            ),
            is_problem: true,
        })
    })
}

/// Stores the session when it has changed and the page is quiet, and when the page is left.
#[hook]
pub fn use_saved(scene: &Scene) {
    let latest = use_mut_ref(|| None::<Scene>);
    *latest.borrow_mut() = Some(scene.clone());
    use_effect_with(scene.clone(), |scene| {
        let scene = scene.clone();
        let timeout = Timeout::new(QUIET, move || store(scene.session()));
        move || drop(timeout)
    });
    use_effect_with((), move |()| {
        let on_hide = web_sys::window().map(|window| {
            gloo_events::EventListener::new(&window, "pagehide", move |_| {
                if let Some(scene) = &*latest.borrow() {
                    store(scene.session());
                }
            })
        });
        move || drop(on_hide)
    });
}

fn store(session: &Session) {
    let waits = session.is_running();
    if let (Some(storage), false, true) = (local(), waits, saved::fits(session)) {
        // A full storage keeps what it had.
        let _ = storage.set_item(KEY, &saved::save(session));
    }
}
