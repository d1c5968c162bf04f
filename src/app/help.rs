//! The list of keys, made from the same data as their handlers.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use super::browser;
use super::keyboard::SHORTCUTS;

const ID: &str = "help";

/// The dialog with the list of keys; closed until [`open`].
pub fn dialog() -> Html {
    html! {
        <dialog id={ID} aria-labelledby="help-title">
            <h2 id="help-title">{"Keyboard"}</h2>
            <table class="keys">
                <tbody>
                    for shortcut in SHORTCUTS.iter() {
                        <tr key={shortcut.label}>
                            <th scope="row"><kbd>{shortcut.label}</kbd></th>
                            <td>{shortcut.says}</td>
                        </tr>
                    }
                </tbody>
            </table>
            <p>{"On a number: type it, press ↑ ↓ (with Shift ten times as far) or drag it sideways. Enter takes it over, Escape brings the old one back."}</p>
            <form method="dialog"><button type="submit">{"Close"}</button></form>
        </dialog>
    }
}

/// Opens the list.
pub fn open() {
    open_dialog(ID);
}

/// Opens the dialog with this id, if it is on the page and closed.
pub fn open_dialog(id: &str) {
    if let Some(dialog) = browser::find::<HtmlDialogElement>(&format!("#{id}"))
        && !dialog.open()
    {
        // Only a dialog that is open already refuses.
        let _ = dialog.show_modal();
    }
}
