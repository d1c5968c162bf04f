//! The list of keys, made from the same data as their handlers.

use yew::prelude::*;

use super::keyboard::{SHORTCUTS, Shortcut};
use crate::explanation::glossary;
use crate::page::parts::dialog::use_opened_dialog;
use crate::words::lists::listed;
use crate::words::page::{dialog as dialog_words, help as words, settings};

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
                aria-label={words::keyboard_help()}
                title={words::keyboard_tip()}
                data-opens={ID}
                onclick={dialog.open}
            >
                {"?"}
            </button>
            <dialog id={ID} aria-labelledby="help-title" oncancel={dialog.oncancel} onclose={dialog.onclose}>
                if dialog.is_open {
                    <h2 id="help-title">{words::keyboard()}</h2>
                    <table class="keys">
                        <tbody>
                            for (k, shortcut) in SHORTCUTS.iter().enumerate() {
                                <tr key={k}>
                                    <th scope="row"><kbd>{shortcut.label()}</kbd></th>
                                    <td>{(shortcut.says)()}</td>
                                </tr>
                            }
                        </tbody>
                    </table>
                    <p>{words::on_a_number()}</p>
                    <p>{words::on_a_control()}</p>
                    <p>{words::while_presenting()}</p>
                    <p>{words::can_be_switched_off()}</p>
                    <h3>{words::words()}</h3>
                    <p>{words::about_symbols()}</p>
                    <dl class="glossary">
                        for term in glossary::TERMS.iter() {
                            <div><dt>{(term.name)()}</dt><dd>{(term.meaning)()}</dd></div>
                        }
                    </dl>
                    <form method="dialog"><button type="submit">{dialog_words::close()}</button></form>
                }
            </dialog>
        </>
    }
}

/// Which keys are characters, and why they can be switched off.
pub fn about_character_keys() -> String {
    let characters = SHORTCUTS.iter().filter(|shortcut| shortcut.is_character());
    let keys: Vec<String> = characters.map(Shortcut::label).collect();
    settings::about_character_keys(&listed(&keys))
}
