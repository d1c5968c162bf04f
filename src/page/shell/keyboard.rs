//! The keyboard: one list, from which both the handlers and the help are made.

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::help;
use crate::page::parts::browser;
use crate::picture::workspace::{Card, Rearrange};
use crate::session::Action;

/// What a key does.
pub enum Command {
    /// An action of the session.
    Act(fn() -> Action),
    /// Another arrangement of the cards.
    Rearrange(Rearrange),
    /// Play, or pause if it plays: the transport's own button, pressed.
    PlayOrPause,
    /// Show the list of keys.
    Help,
}

/// A key and what it does.
pub struct Shortcut {
    /// As the page writes it.
    pub label: &'static str,
    /// `KeyboardEvent.key`, lower case.
    pub key: &'static str,
    /// Whether Shift is held; `None` where it does not matter.
    pub shift: Option<bool>,
    /// In words.
    pub says: &'static str,
    /// What it does.
    pub command: Command,
}

const fn shortcut(
    label: &'static str,
    key: &'static str,
    shift: Option<bool>,
    says: &'static str,
    command: Command,
) -> Shortcut {
    Shortcut { label, key, shift, says, command }
}

/// Every shortcut of the page.
pub const SHORTCUTS: &[Shortcut] = &[
    shortcut(
        "→",
        "arrowright",
        Some(false),
        "Step forward",
        Command::Act(|| Action::StepForward { coarser: false }),
    ),
    shortcut(
        "←",
        "arrowleft",
        Some(false),
        "Step back",
        Command::Act(|| Action::StepBack { coarser: false }),
    ),
    shortcut(
        "↓",
        "arrowdown",
        None,
        "Step forward, one grain coarser",
        Command::Act(|| Action::StepForward { coarser: true }),
    ),
    shortcut(
        "↑",
        "arrowup",
        None,
        "Step back, one grain coarser",
        Command::Act(|| Action::StepBack { coarser: true }),
    ),
    shortcut(
        "Shift →",
        "arrowright",
        Some(true),
        "Step forward, one grain coarser",
        Command::Act(|| Action::StepForward { coarser: true }),
    ),
    shortcut(
        "Shift ←",
        "arrowleft",
        Some(true),
        "Step back, one grain coarser",
        Command::Act(|| Action::StepBack { coarser: true }),
    ),
    shortcut(
        "Page Down",
        "pagedown",
        None,
        "Step forward (a presenter's clicker)",
        Command::Act(|| Action::StepForward { coarser: false }),
    ),
    shortcut(
        "Page Up",
        "pageup",
        None,
        "Step back (a presenter's clicker)",
        Command::Act(|| Action::StepBack { coarser: false }),
    ),
    shortcut("Space", " ", None, "Play or pause", Command::PlayOrPause),
    shortcut("Home", "home", None, "To the start", Command::Act(|| Action::ToStart)),
    shortcut("End", "end", None, "To the end of the phase", Command::Act(|| Action::EndOfPhase)),
    shortcut("E", "e", None, "Next epoch", Command::Act(|| Action::NextEpoch)),
    shortcut("R", "r", None, "Reset to the lesson's start", Command::Act(|| Action::Reset)),
    shortcut("U", "u", Some(false), "Undo the last edit", Command::Act(|| Action::Undo)),
    shortcut("Shift U", "u", Some(true), "Redo", Command::Act(|| Action::Redo)),
    shortcut("P", "p", None, "Present, or stop presenting", Command::Rearrange(Rearrange::Present)),
    shortcut(
        "N",
        "n",
        None,
        "Enlarge the network, or back",
        Command::Rearrange(Rearrange::Enlarge(Card::Network)),
    ),
    shortcut(
        "D",
        "d",
        None,
        "Enlarge the derivation, or back",
        Command::Rearrange(Rearrange::Enlarge(Card::Derivation)),
    ),
    shortcut(
        "C",
        "c",
        None,
        "Enlarge the loss curve, or back",
        Command::Rearrange(Rearrange::Enlarge(Card::Curve)),
    ),
    shortcut(
        "T",
        "t",
        None,
        "Enlarge the tables; while presenting, in the derivation's place",
        Command::Rearrange(Rearrange::Tables),
    ),
    shortcut("Z", "z", None, "Zoom to what the step is about, or back", Command::Rearrange(Rearrange::Near)),
    shortcut("B", "b", None, "Darken the screen, or back", Command::Rearrange(Rearrange::Blank)),
    shortcut(
        ".",
        ".",
        None,
        "Darken the screen, or back (a presenter's clicker)",
        Command::Rearrange(Rearrange::Blank),
    ),
    shortcut(
        "L",
        "l",
        None,
        "A spot of light at the pointer, while the key is held",
        Command::Rearrange(Rearrange::Spot(true)),
    ),
    shortcut(
        "Escape",
        "escape",
        None,
        "Back from dark, enlarged or presenting",
        Command::Rearrange(Rearrange::Back),
    ),
    shortcut("?", "?", None, "Show this list", Command::Help),
];

/// Listens for the shortcuts wherever they do not belong to the control in focus.
#[hook]
pub fn use_shortcuts(dispatch: Callback<Action>, rearrange: Callback<Rearrange>) {
    use_effect_with((), move |()| {
        let listener = web_sys::window().map(|window| {
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&window, "keydown", options, move |event| {
                if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
                    handle(event, &dispatch, &rearrange);
                }
            })
        });
        move || drop(listener)
    });
}

fn handle(event: &KeyboardEvent, dispatch: &Callback<Action>, rearrange: &Callback<Rearrange>) {
    let has_modifier = event.ctrl_key() || event.meta_key() || event.alt_key();
    if has_modifier || event.default_prevented() || belongs_to_focus(event) {
        return;
    }
    let key = event.key().to_ascii_lowercase();
    let fits = |shortcut: &&Shortcut| {
        shortcut.key == key && shortcut.shift.is_none_or(|shift| shift == event.shift_key())
    };
    let Some(shortcut) = SHORTCUTS.iter().find(fits) else {
        return;
    };
    event.prevent_default();
    match shortcut.command {
        Command::Act(action) => dispatch.emit(action()),
        Command::Rearrange(change) => rearrange.emit(change),
        Command::PlayOrPause => press("[data-play]"),
        Command::Help => help::open(),
    }
}

fn press(selector: &str) {
    if let Some(button) = browser::find::<HtmlElement>(selector) {
        button.click();
    }
}

/// Whether the control in focus needs the key itself: text to be typed, a list or slider to be
/// moved, a button to be pressed by Space, an open dialog.
fn belongs_to_focus(event: &KeyboardEvent) -> bool {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
        return false;
    };
    let within = |selector: &str| target.closest(selector).ok().flatten().is_some();
    if within("input, select, textarea, dialog, [contenteditable], [data-own-keys]") {
        return true;
    }
    let key = event.key();
    let is_arrow = key.starts_with("Arrow") || key == "Home" || key == "End";
    (is_arrow && within("[role=tab]")) || (key == " " && within("button, summary, a, [role=button]"))
}
