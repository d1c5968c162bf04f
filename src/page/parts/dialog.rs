//! Dialogs, which are found by their id.

use web_sys::HtmlDialogElement;

use super::browser;

/// Opens the dialog with this id, if it is on the page and closed.
pub fn open_dialog(id: &str) {
    if let Some(dialog) = browser::find::<HtmlDialogElement>(&format!("#{id}"))
        && !dialog.open()
    {
        // Only a dialog that is open already refuses.
        let _ = dialog.show_modal();
    }
}
