//! How the focus was reached, and whom a key belongs to therefore.
//!
//! A slider, a tab, a number or a map has its keys while it was reached by keyboard. After a press of the
//! pointer, a choice from a list or Enter in a number they are the lesson's again. `:focus-visible` does not
//! tell these apart: it matches every text box.

use std::cell::Cell;
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent, Window};

use crate::page::parts::browser;
use crate::text::format;

/// Whom a key belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// The lesson alone.
    Lesson,
    /// The control in focus alone, or the open dialog.
    Control,
    /// The control in focus if it has a use for it, and else the lesson.
    Either,
}

/// What a control does with keys by itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum KeyUse {
    Text,
    List,
    Slider,
    Radio,
    Button,
    Other,
}

/// Whether a key is a character. Space, which writes nothing, is none.
pub fn is_character(key: &str) -> bool {
    key != " " && key.chars().count() == 1
}

fn is_arrow(key: &str) -> bool {
    key.starts_with("Arrow") || key == "Home" || key == "End"
}

impl KeyUse {
    fn of(element: &Element) -> Self {
        let is = |selector: &str| element.closest(selector).ok().flatten().is_some();
        match element.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::type_) {
            Some(kind) => match kind.as_str() {
                "range" => Self::Slider,
                "radio" => Self::Radio,
                "checkbox" | "file" | "button" | "submit" | "reset" | "image" | "color" => Self::Button,
                _ => Self::Text,
            },
            None if is("textarea, [contenteditable]") => Self::Text,
            None if is("select") => Self::List,
            None if is("button, summary, [role=button]") => Self::Button,
            None => Self::Other,
        }
    }

    /// Whether the browser makes something of the key.
    fn uses(self, key: &str) -> bool {
        match self {
            Self::Text | Self::List => true,
            Self::Slider => is_arrow(key),
            Self::Radio => is_arrow(key) || key == " ",
            Self::Button => key == " ",
            Self::Other => false,
        }
    }
}

/// How the focus was reached, and what was done with it since.
#[derive(Default)]
pub struct Focus {
    /// Whether by keyboard, or by a program for those who do not see or point: neither presses a pointer.
    is_by_key: Cell<bool>,
    /// Whether a press, Enter in a number, or another window has the say: what gets the focus meanwhile
    /// has not been reached by keyboard.
    is_held: Cell<bool>,
    /// Whether a text is being typed.
    is_typing: Cell<bool>,
    /// Whether the last key in a list may have chosen while the list was closed.
    chooses_closed: Cell<bool>,
}

/// The text boxes and lists of a dialog keep the focus, and so does the box of a form: its Enter sends the form.
fn keeps_focus(element: &Element) -> bool {
    element.closest("dialog, form").ok().flatten().is_some()
}

/// Takes the focus from a control: the keys go to the page, and Tab goes on from there.
fn leave(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>().filter(|_| !keeps_focus(element)) {
        // Only an element that is gone cannot lose the focus.
        let _ = element.blur();
    }
}

/// The element that an event is about.
pub fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

impl Focus {
    /// Watches how the focus is reached, as long as the listeners live.
    pub fn watch(self: &Rc<Self>, window: &Window) -> Vec<EventListener> {
        let on = |name: &'static str, handle: fn(&Rc<Self>, &Event)| {
            let focus = Rc::clone(self);
            let options = EventListenerOptions::run_in_capture_phase();
            EventListener::new_with_options(window, name, options, move |event| handle(&focus, event))
        };
        vec![
            // A tap of a finger moves the focus after its pointer is up again.
            on("pointerdown", |focus, _| focus.press()),
            on("mousedown", |focus, _| focus.press()),
            on("pointerup", |focus, _| focus.release()),
            on("pointercancel", |focus, _| focus.release()),
            on("click", |focus, _| focus.release()),
            // Who comes back from another window has reached nothing anew.
            on("blur", |focus, event| {
                if target(event).is_none() {
                    focus.is_held.set(true);
                }
            }),
            on("focus", |focus, event| {
                if target(event).is_none() {
                    focus.release();
                }
            }),
            on("focusin", |focus, _| focus.arrive()),
            on("input", |focus, event| focus.input(event)),
            on("change", |focus, event| focus.chosen(event)),
        ]
    }

    fn press(&self) {
        self.is_by_key.set(false);
        self.is_held.set(true);
    }

    /// Ends a press once all that it does has been done: a dialog that it closes gives the focus back later.
    fn release(self: &Rc<Self>) {
        let focus = Rc::clone(self);
        Timeout::new(0, move || focus.is_held.set(false)).forget();
    }

    fn arrive(&self) {
        self.is_typing.set(false);
        self.chooses_closed.set(false);
        if !self.is_held.get() {
            self.is_by_key.set(true);
        }
    }

    fn input(&self, event: &Event) {
        let is_text = target(event).is_some_and(|element| KeyUse::of(&element) == KeyUse::Text);
        self.is_typing.set(is_text);
    }

    /// A choice from a list gives the keys back; one in a closed list, by arrows or letters, goes on.
    fn chosen(&self, event: &Event) {
        let Some(list) = target(event).filter(|element| KeyUse::of(element) == KeyUse::List) else {
            return;
        };
        // Who opened it by keyboard keeps the place on the page.
        if !self.chooses_closed.get() && !self.is_by_key.replace(false) {
            leave(&list);
        }
    }

    /// Whom a key belongs to that has been pressed.
    pub fn owner(self: &Rc<Self>, event: &KeyboardEvent) -> Owner {
        let (key, Some(element)) = (event.key(), target(event)) else {
            return Owner::Lesson;
        };
        let kind = KeyUse::of(&element);
        self.notice(kind, &key);
        // Browsers without `:open` hand over no key while a list is open, or only close it.
        let is_open = kind == KeyUse::List && element.matches(":open").unwrap_or(false);
        let is_typed = kind == KeyUse::Text && (self.is_typing.get() || is_character(&key));
        if is_open || browser::find::<Element>("dialog[open]").is_some() {
            Owner::Control
        } else if key == "PageDown" || key == "PageUp" {
            Owner::Lesson
        } else if is_typed || (kind == KeyUse::Text && key == "Escape") {
            Owner::Control
        } else if key == "Escape" {
            Owner::Either
        } else if !self.is_by_key.get() {
            Owner::Lesson
        } else if kind.uses(&key) {
            Owner::Control
        } else {
            Owner::Either
        }
    }

    /// What a key says about what comes.
    fn notice(self: &Rc<Self>, kind: KeyUse, key: &str) {
        match (key, kind) {
            ("Tab", _) => self.is_held.set(false),
            // What its handler moves the focus to is the lesson's as well.
            ("Enter", KeyUse::Text) => {
                self.press();
                self.release();
            }
            // A dialog that it closes gives the focus back to what has opened it, by whatever means.
            ("Escape", _) => {
                self.chooses_closed.set(false);
                self.is_held.set(true);
                self.release();
            }
            (_, KeyUse::List) => self.chooses_closed.set(is_arrow(key) || is_character(key)),
            _ => {}
        }
    }

    /// Before the lesson takes a key that was pressed in a text box: a number that has been typed is taken
    /// over, as when its box is left. What is none stays to be mended.
    pub fn give_way(&self, element: &Element) {
        let typed = element.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::value);
        let is_half = self.is_typing.get() && typed.is_some_and(|text| format::parse(&text).is_none());
        if KeyUse::of(element) == KeyUse::Text && !is_half {
            leave(element);
        }
    }

    /// After Enter in a text box: it has been taken over, and the keys are the lesson's.
    pub fn after_enter(&self, element: &Element) {
        if KeyUse::of(element) == KeyUse::Text {
            leave(element);
        }
    }
}
