//! Dialogs, which are found by their id.

use web_sys::{HtmlDialogElement, HtmlElement};
use yew::prelude::*;

use super::browser;

fn dialog(id: &str) -> Option<HtmlDialogElement> {
    browser::find(&format!("#{id}"))
}

/// Opens the dialog with this id, if it is on the page and closed.
pub fn open_dialog(id: &str) {
    if let Some(dialog) = dialog(id)
        && !dialog.open()
    {
        // Only a dialog that is open already refuses.
        let _ = dialog.show_modal();
    }
}

/// Closes the dialog with this id, if it is open.
pub fn close_dialog(id: &str) {
    if let Some(dialog) = dialog(id) {
        dialog.close();
    }
}

/// Keeps the dialog with this id open as long as there is something to show in it.
#[hook]
pub fn use_dialog(id: &'static str, is_open: bool) {
    use_effect_with(is_open, move |is_open| {
        if *is_open {
            open_dialog(id);
        } else {
            close_dialog(id);
        }
    });
}

/// The same, and calls `close` when the reader closes it: gives what hears that it is to be cancelled, and that it
/// has been closed. What it shows ends first, and then it closes: something else that is opened at once finds it
/// closed. A closing that is only told once it is open again, as browsers may, closes nothing.
#[hook]
pub fn use_closable_dialog(
    id: &'static str,
    is_open: bool,
    close: Callback<()>,
) -> (Callback<Event>, Callback<Event>) {
    use_dialog(id, is_open);
    let is_shown = use_mut_ref(|| false);
    use_effect_with(is_open, {
        let is_shown = is_shown.clone();
        move |is_open| *is_shown.borrow_mut() = *is_open
    });
    let oncancel = close.reform(|event: Event| event.prevent_default());
    let onclose = Callback::from(move |_: Event| {
        if *is_shown.borrow() && !dialog(id).is_some_and(|dialog| dialog.open()) {
            close.emit(());
        }
    });
    (oncancel, onclose)
}

/// A dialog that its button opens. What stands in it is to be written only while it is open: most readers never see
/// it, and the page is there before.
pub struct OpenedDialog {
    /// Whether it is open.
    pub is_open: bool,
    /// What the button is to call.
    pub open: Callback<MouseEvent>,
    /// What is to hear that the dialog is to be cancelled.
    pub oncancel: Callback<Event>,
    /// What is to hear that it has been closed.
    pub onclose: Callback<Event>,
}

/// The dialog with this id, closed at first.
#[hook]
pub fn use_opened_dialog(id: &'static str) -> OpenedDialog {
    let is_open = use_state_eq(|| false);
    let set = |value: bool| {
        let setter = is_open.setter();
        move || setter.set(value)
    };
    let (open, close) = (set(true), set(false));
    let (oncancel, onclose) = use_closable_dialog(id, *is_open, Callback::from(move |()| close()));
    OpenedDialog { is_open: *is_open, open: Callback::from(move |_| open()), oncancel, onclose }
}

/// Moves the focus, once what a dialog asks is shown, from where the browser has put it to what comes first: what
/// goes on, or, as long as something is to be answered before, the first question. A control that a reader has chosen
/// keeps it.
#[hook]
pub fn use_first_focus(id: &'static str, is_shown: bool) {
    use_effect_with(is_shown, move |is_shown| {
        let chosen = browser::find::<HtmlElement>(&format!("#{id} :is(select, input):focus"));
        if !is_shown || chosen.is_some() {
            return;
        }
        let goes_on = browser::find::<HtmlElement>(&format!("#{id} .primary:not(:disabled)"));
        let asks = || browser::find::<HtmlElement>(&format!("#{id} select"));
        if let Some(first) = goes_on.or_else(asks) {
            // What is on the page can be focused.
            let _ = first.focus();
        }
    });
}
