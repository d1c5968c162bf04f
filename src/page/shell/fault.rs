//! What is left of a fault of ours: the place of the panic and the actions before it, put on the window
//! for `static/start.js`, which shows them once the program has stopped.

use std::fmt::{self, Write};

use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;

use crate::session::Action;

/// The latest actions that are kept.
const N_ACTIONS: u32 = 20;
/// Characters that are kept of each: one may hold a whole lesson.
const LENGTH: usize = 120;
/// The properties of the window.
const FAULT: &str = "chainruleFault";
const ACTIONS: &str = "chainruleActions";
const STARTED: &str = "chainruleStarted";

thread_local! {
    static LAST: Array = Array::new();
}

/// Makes every panic leave a report; the browser ends the program right after it.
pub fn report_panics() {
    LAST.with(|last| set(ACTIONS, last));
    yew::set_custom_panic_hook(Box::new(|info| {
        let version = env!("CARGO_PKG_VERSION");
        let report = JsValue::from(format!("Chainrule {version}: {info}"));
        set(FAULT, &report);
        web_sys::console::error_1(&report);
    }));
}

/// Says that the page stands: a fault from now on is not one of its start.
pub fn report_start() {
    set(STARTED, &JsValue::TRUE);
}

/// Remembers an action for a report; of those that follow each other by themselves only the latest.
pub fn remember(action: &Action) {
    let mut head = Head(String::new());
    // It ends with an error where the text is longer than what is kept.
    let _ = write!(head, "{action:?}");
    LAST.with(|last| {
        let is_repeated = matches!(action, Action::Tick | Action::RunSlice { .. });
        let before = last.at(-1).as_string();
        if is_repeated && before.is_some_and(|before| before.starts_with(&head.0[..4])) {
            last.pop();
        }
        last.push(&head.0.into());
        if N_ACTIONS < last.length() {
            last.shift();
        }
    });
}

fn set(name: &str, value: &JsValue) {
    if let Some(window) = web_sys::window() {
        // A window takes any property.
        let _ = Reflect::set(&window, &name.into(), value);
    }
}

/// The beginning of a text.
struct Head(String);

impl Write for Head {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let left = LENGTH - self.0.chars().count();
        self.0.extend(text.chars().take(left));
        if self.0.chars().count() < LENGTH { Ok(()) } else { Err(fmt::Error) }
    }
}
