//! The list of keys, made from the same data as their handlers.

use yew::prelude::*;

use super::keyboard::SHORTCUTS;
use crate::explanation::glossary;
use crate::page::parts::dialog::use_opened_dialog;

/// Also what the button opens, for the keyboard's list.
const ID: &str = "help";

/// The button, and the dialog that it opens.
#[component]
pub fn Help() -> Html {
    let dialog = use_opened_dialog(ID);
    html! {
        <>
            <button
                class="square"
                aria-label="Keyboard help"
                title="Keyboard (?)"
                data-opens={ID}
                onclick={dialog.open}
            >
                {"?"}
            </button>
            <dialog id={ID} aria-labelledby="help-title" oncancel={dialog.oncancel} onclose={dialog.onclose}>
                if dialog.is_open {
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
                    <p>{"On a number: type it or drag it sideways. Enter takes it over, Escape brings the old one back; both give the keys back to the lesson, and so does Page Down."}</p>
                    <p>{"A control that was reached by Tab has the arrow keys, Home, End and Space for itself: ↑ ↓ change a number (with Shift ten times as far), ← → move a slider or go from tab to tab. After a click they are the lesson's. Page Down and Page Up always step, but in an open list or dialog."}</p>
                    <p>{"While presenting, 1 to 9 go to the lesson’s bookmarks, where it has so many."}</p>
                    <p>{"Keys that are a character can be switched off in the settings."}</p>
                    <h3>{"Words"}</h3>
                    <p>{"Point at a symbol, tap it or give it the focus: below the network stands what it is."}</p>
                    <dl class="glossary">
                        for term in glossary::TERMS.iter() {
                            <div key={term.name}><dt>{term.name}</dt><dd>{term.meaning}</dd></div>
                        }
                    </dl>
                    <form method="dialog"><button type="submit">{"Close"}</button></form>
                }
            </dialog>
        </>
    }
}

/// Which keys are characters, and why they can be switched off.
pub fn about_character_keys() -> String {
    let keys: Vec<&str> =
        SHORTCUTS.iter().filter(|shortcut| shortcut.is_character()).map(|shortcut| shortcut.label).collect();
    format!(
        "{} and the diagram's +, −, 0. Switched off, they do nothing: for who speaks to the computer, or presses keys by accident.",
        keys.join(", ")
    )
}
