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
use crate::words::page::{keyboard as words, transport};
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
    /// `KeyboardEvent.key`, lower case.
    pub key: &'static str,
    /// Whether Shift is held; `None` where it does not matter.
    pub shift: Option<bool>,
    /// In words.
    pub says: fn() -> &'static str,
    /// What it does.
    pub command: Command,
}

const fn shortcut(
    key: &'static str,
    shift: Option<bool>,
    says: fn() -> &'static str,
    command: Command,
) -> Shortcut {
    Shortcut { key, shift, says, command }
}

/// Every shortcut of the page.
pub const SHORTCUTS: &[Shortcut] = &[
    shortcut(
        "arrowright",
        Some(false),
        transport::step_forward,
        Command::Act(|| Action::StepForward { coarser: false }),
    ),
    shortcut(
        "arrowleft",
        Some(false),
        transport::step_back,
        Command::Act(|| Action::StepBack { coarser: false }),
    ),
    shortcut(
        "arrowdown",
        None,
        words::step_forward_coarser,
        Command::Act(|| Action::StepForward { coarser: true }),
    ),
    shortcut("arrowup", None, words::step_back_coarser, Command::Act(|| Action::StepBack { coarser: true })),
    shortcut(
        "arrowright",
        Some(true),
        words::step_forward_coarser,
        Command::Act(|| Action::StepForward { coarser: true }),
    ),
    shortcut(
        "arrowleft",
        Some(true),
        words::step_back_coarser,
        Command::Act(|| Action::StepBack { coarser: true }),
    ),
    shortcut(
        "pagedown",
        None,
        words::clicker_forward,
        Command::Act(|| Action::StepForward { coarser: false }),
    ),
    shortcut("pageup", None, words::clicker_back, Command::Act(|| Action::StepBack { coarser: false })),
    shortcut(" ", None, words::play_or_pause, Command::PlayOrPause),
    shortcut("home", None, words::to_the_start, Command::Act(|| Action::ToStart)),
    shortcut("end", None, words::to_the_end_of_phase, Command::Act(|| Action::EndOfPhase)),
    shortcut("e", None, transport::next_epoch, Command::Act(|| Action::NextEpoch)),
    shortcut("r", Some(false), words::reset, Command::Act(|| Action::Reset)),
    shortcut("r", Some(true), words::reset_weights, Command::Act(|| Action::ResetWeights)),
    shortcut("u", Some(false), words::undo, Command::Act(|| Action::Undo)),
    shortcut("u", Some(true), transport::redo, Command::Act(|| Action::Redo)),
    shortcut("p", None, words::present, Command::Rearrange(Rearrange::Present)),
    shortcut("n", None, words::enlarge_network, Command::Rearrange(Rearrange::Enlarge(Card::Network))),
    shortcut("d", None, words::enlarge_derivation, Command::Rearrange(Rearrange::Enlarge(Card::Derivation))),
    shortcut("c", None, words::enlarge_curve, Command::Rearrange(Rearrange::Enlarge(Card::Curve))),
    shortcut("t", None, words::enlarge_tables, Command::Rearrange(Rearrange::Tables)),
    shortcut("1", None, words::line_by_line, Command::Number(1, Some("lines"))),
    shortcut("2", None, words::general_form, Command::Number(2, Some("general"))),
    shortcut("3", None, words::paths, Command::Number(3, Some("paths"))),
    shortcut("4", None, words::prediction, Command::Number(4, Some("prediction"))),
    shortcut("5", None, words::modes, Command::Number(5, Some("modes"))),
    shortcut("6", None, words::variants, Command::Number(6, Some("variants"))),
    shortcut("7", None, words::seventh_bookmark, Command::Number(7, None)),
    shortcut("8", None, words::eighth_bookmark, Command::Number(8, None)),
    shortcut("9", None, words::ninth_bookmark, Command::Number(9, None)),
    shortcut("m", None, words::go_to, Command::Open("go-to")),
    shortcut("g", Some(false), words::guide_on, Command::Open("guide-on")),
    shortcut("g", Some(true), words::guide_back, Command::Open("guide-back")),
    shortcut("q", None, words::ask_first, Command::Open("ask-first")),
    shortcut("s", None, words::share, Command::Open("share")),
    shortcut("z", None, words::zoom, Command::Rearrange(Rearrange::Near)),
    shortcut("b", None, words::darken, Command::Rearrange(Rearrange::Blank)),
    shortcut(".", None, words::clicker_darken, Command::Rearrange(Rearrange::Blank)),
    shortcut("l", None, words::spot, Command::Rearrange(Rearrange::Spot(true))),
    shortcut("escape", None, words::back, Command::Rearrange(Rearrange::Back)),
    shortcut("?", None, words::show_this_list, Command::Open("help")),
];

impl Shortcut {
    /// The key as the page writes it.
    pub fn label(&self) -> String {
        let key = match self.key {
            "arrowright" => "→".to_owned(),
            "arrowleft" => "←".to_owned(),
            "arrowdown" => "↓".to_owned(),
            "arrowup" => "↑".to_owned(),
            "pagedown" => words::page_down().to_owned(),
            "pageup" => words::page_up().to_owned(),
            " " => words::space().to_owned(),
            "home" => words::home().to_owned(),
            "end" => words::end().to_owned(),
            "escape" => words::escape().to_owned(),
            character => character.to_ascii_uppercase(),
        };
        if self.shift == Some(true) { words::with_shift(&key) } else { key }
    }

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
