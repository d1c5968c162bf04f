//! The list of keys, made from the same data as their handlers.

use yew::prelude::*;

use super::keyboard::SHORTCUTS;
use crate::page::parts::dialog::open_dialog;

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
