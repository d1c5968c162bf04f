//! The keyboard: one list, from which both the handlers and the help are made.

mod focus;

use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions, EventListenerPhase};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::character_keys;
use crate::page::parts::browser;
use crate::picture::workspace::{Card, Rearrange};
use crate::session::Action;
use focus::{Focus, Owner};

/// What a key does.
pub enum Command {
    /// An action of the session.
    Act(fn() -> Action),
    /// Another arrangement of the cards.
    Rearrange(Rearrange),
    /// Play, or pause if it plays: the transport's own button, pressed.
    PlayOrPause,
    /// Open or close something: its own button, pressed.
    Open(&'static str),
    /// While presenting, go to the bookmark of this number, from 1; else, and where there is none, open or
    /// close something of the step's card.
    Number(usize, Option<&'static str>),
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
        "Step forward, by a larger step",
        Command::Act(|| Action::StepForward { coarser: true }),
    ),
    shortcut(
        "↑",
        "arrowup",
        None,
        "Step back, by a larger step",
        Command::Act(|| Action::StepBack { coarser: true }),
    ),
    shortcut(
        "Shift →",
        "arrowright",
        Some(true),
        "Step forward, by a larger step",
        Command::Act(|| Action::StepForward { coarser: true }),
    ),
    shortcut(
        "Shift ←",
        "arrowleft",
        Some(true),
        "Step back, by a larger step",
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
    shortcut("R", "r", Some(false), "Reset to the lesson's start", Command::Act(|| Action::Reset)),
    shortcut(
        "Shift R",
        "r",
        Some(true),
        "Reset the weights, keep the learning rate and the data",
        Command::Act(|| Action::ResetWeights),
    ),
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
    shortcut("1", "1", None, "The derivation line by line, or back", Command::Number(1, Some("lines"))),
    shortcut(
        "2",
        "2",
        None,
        "The general form of the step's formula, or back",
        Command::Number(2, Some("general")),
    ),
    shortcut("3", "3", None, "The paths to the loss, or back", Command::Number(3, Some("paths"))),
    shortcut(
        "4",
        "4",
        None,
        "The prediction as one expression, or back",
        Command::Number(4, Some("prediction")),
    ),
    shortcut("5", "5", None, "Forward mode and reverse mode, or back", Command::Number(5, Some("modes"))),
    shortcut(
        "6",
        "6",
        None,
        "An optimiser’s update in books and frameworks, or back",
        Command::Number(6, Some("variants")),
    ),
    shortcut("7", "7", None, "While presenting: the seventh bookmark", Command::Number(7, None)),
    shortcut("8", "8", None, "While presenting: the eighth bookmark", Command::Number(8, None)),
    shortcut("9", "9", None, "While presenting: the ninth bookmark", Command::Number(9, None)),
    shortcut("M", "m", None, "Go to a bookmark, a phase, a sample", Command::Open("go-to")),
    shortcut("G", "g", Some(false), "On in the lesson’s guide", Command::Open("guide-on")),
    shortcut("Shift G", "g", Some(true), "Back in the lesson’s guide", Command::Open("guide-back")),
    shortcut("Q", "q", None, "Ask first: each step asks for its number, or back", Command::Open("ask-first")),
    shortcut("S", "s", None, "Share: a link to this moment", Command::Open("share")),
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
    shortcut("?", "?", None, "Show this list", Command::Open("help")),
];

impl Shortcut {
    /// Whether the key is a character, which can be switched off.
    pub fn is_character(&self) -> bool {
        focus::is_character(self.key)
    }

    fn fits(&self, event: &KeyboardEvent) -> bool {
        self.key == event.key().to_ascii_lowercase()
            && self.shift.is_none_or(|shift| shift == event.shift_key())
    }
}

/// Listens for the shortcuts: before the control in focus has seen a key that is the lesson's, and after
/// it where the control may have a use for it.
#[hook]
pub fn use_shortcuts(dispatch: Callback<Action>, rearrange: Callback<Rearrange>) {
    use_effect_with((), move |()| {
        let listeners = web_sys::window().map(|window| {
            let keyboard = Rc::new(Keyboard { focus: Rc::default(), dispatch, rearrange });
            let mut listeners = keyboard.focus.watch(&window);
            let mut on_key = |phase, handle: fn(&Keyboard, &KeyboardEvent)| {
                let keyboard = Rc::clone(&keyboard);
                let options = EventListenerOptions { phase, passive: false };
                let handle = move |event: &Event| match event.dyn_ref::<KeyboardEvent>() {
                    // A chord is the browser's, and a word that is being composed the text box's.
                    Some(key) if !is_chord(key) && !key.is_composing() => handle(&keyboard, key),
                    _ => {}
                };
                listeners.push(EventListener::new_with_options(&window, "keydown", options, handle));
            };
            on_key(EventListenerPhase::Capture, Keyboard::before);
            on_key(EventListenerPhase::Bubble, Keyboard::after);
            listeners
        });
        move || drop(listeners)
    });
}

fn is_chord(event: &KeyboardEvent) -> bool {
    event.ctrl_key() || event.meta_key() || event.alt_key()
}

struct Keyboard {
    focus: Rc<Focus>,
    dispatch: Callback<Action>,
    rearrange: Callback<Rearrange>,
}

impl Keyboard {
    /// Before the control in focus.
    fn before(&self, event: &KeyboardEvent) {
        let owner = self.focus.owner(event);
        if owner == Owner::Control {
            return;
        }
        let is_off = focus::is_character(&event.key()) && !character_keys::are_on();
        if is_off || (owner == Owner::Lesson && self.run(event)) {
            event.stop_propagation();
        }
    }

    /// After the control in focus.
    fn after(&self, event: &KeyboardEvent) {
        match focus::target(event) {
            Some(element) if event.key() == "Enter" => self.focus.after_enter(&element),
            _ if !event.default_prevented() && self.focus.owner(event) == Owner::Either => {
                self.run(event);
            }
            _ => {}
        }
    }

    /// Does what the key does, and whether it does something.
    fn run(&self, event: &KeyboardEvent) -> bool {
        let Some(shortcut) = SHORTCUTS.iter().find(|shortcut| shortcut.fits(event)) else {
            return false;
        };
        event.prevent_default();
        if let Some(element) = focus::target(event) {
            self.focus.give_way(&element);
        }
        match shortcut.command {
            Command::Act(action) => self.dispatch.emit(action()),
            Command::Rearrange(change) => self.rearrange.emit(change),
            Command::PlayOrPause => _ = press("[data-play]"),
            Command::Open(key) => _ = press(&format!("[data-opens=\"{key}\"]")),
            Command::Number(number, key) => {
                let is_presenting = browser::root().is_some_and(|root| root.has_attribute("data-present"));
                let is_there = is_presenting && press(&format!("[data-opens=\"bookmark-{number}\"]"));
                if let (false, Some(key)) = (is_there, key) {
                    press(&format!("[data-opens=\"{key}\"]"));
                }
            }
        }
        true
    }
}

/// Presses a button, and whether it is there.
fn press(selector: &str) -> bool {
    let button = browser::find::<HtmlElement>(selector);
    button.inspect(HtmlElement::click).is_some()
}
