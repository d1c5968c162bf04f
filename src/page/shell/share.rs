//! Sharing a moment: its link, a QR code that a hall can photograph, and what the link leaves out.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::address;
use super::files;
use crate::link::{Link, PageView};
use crate::page::parts::by_address::ByAddress;
use crate::page::parts::clipboard;
use crate::page::parts::dialog::open_dialog;
use crate::page::parts::icon::Icon;
use crate::picture::qr::QrCode;
use crate::session::{Action, Session};

const ID: &str = "share";
/// What the button opens, for the keyboard's list.
const KEY: &str = "share";

/// The props of [`Share`].
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// What is shared.
    pub session: ByAddress<Session>,
    /// How it is shown.
    pub view: PageView,
    /// What to call when the user acts.
    pub dispatch: Callback<Action>,
}

/// The button, and the dialog that it opens.
#[component]
pub fn Share(props: &Props) -> Html {
    // None until the button is pressed; then the link, if there is one.
    let made = use_state(|| None::<Option<Link>>);
    let is_copied = use_state_eq(|| false);
    // Open once there is something in it, so that the focus goes to the link.
    let n_made = use_state_eq(|| 0_u32);
    use_effect_with(*n_made, |n_made| {
        if 0 < *n_made {
            open_dialog(ID);
        }
    });
    let onclick = {
        let (session, view) = (Rc::clone(&props.session.0), props.view.clone());
        let (made, is_copied, n_made) = (made.setter(), is_copied.setter(), n_made.clone());
        Callback::from(move |_: MouseEvent| {
            let (made, is_copied, n_made) = (made.clone(), is_copied.clone(), n_made.clone());
            address::link_to(Rc::clone(&session), view.clone(), move |link| {
                is_copied.set(false);
                made.set(Some(link));
                n_made.set(*n_made + 1);
            });
        })
    };
    let export = {
        let (session, dispatch) = (Rc::clone(&props.session.0), props.dispatch.clone());
        Callback::from(move |_: MouseEvent| files::save(&session, &dispatch))
    };
    let copy = |address: String| {
        let (is_copied, dispatch) = (is_copied.setter(), props.dispatch.clone());
        Callback::from(move |_: MouseEvent| {
            let (is_copied, dispatch) = (is_copied.clone(), dispatch.clone());
            let done = Callback::from(move |has_copied| match has_copied {
                true => is_copied.set(true),
                false => dispatch.emit(Action::problem(
                    "The browser does not let this page copy to the clipboard: select the link and copy it.",
                )),
            });
            clipboard::copy(address.clone(), done);
        })
    };
    let shown = |link: &Link| {
        let address = address::address_of(link);
        let code = QrCode::of(&address);
        html! {
            <>
                <div class="share-link">
                    <input
                        type="text"
                        readonly=true
                        aria-label="Link"
                        value={address.clone()}
                        onfocus={|event: FocusEvent| {
                            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                                input.select();
                            }
                        }}
                    />
                    <button type="button" onclick={copy(address)}>
                        <span aria-live="polite">{ if *is_copied { "Copied" } else { "Copy" } }</span>
                    </button>
                </div>
                <p>{ left_out(link) }</p>
                { code.map(qr_code) }
            </>
        }
    };
    html! {
        <>
            <button title="A link to this moment (S)" data-opens={KEY} {onclick}>
                { Icon::Share.html() }<span class="words">{"Share"}</span>
            </button>
            <dialog id={ID} class="share" aria-labelledby="share-title">
                <h2 id="share-title">{"Share this moment"}</h2>
                if let Some(Some(link)) = &*made {
                    { shown(link) }
                } else if made.is_some() {
                    <p>{"This lesson has too many numbers for a link. The file holds all of them."}</p>
                }
                <div class="share-buttons">
                    <button type="button" onclick={export}>{"Export the lesson as a file"}</button>
                    <form method="dialog"><button type="submit">{"Close"}</button></form>
                </div>
            </dialog>
        </>
    }
}

/// The code with the four squares of quiet around it that it is to have.
fn qr_code(QrCode { size, path }: QrCode) -> Html {
    let whole = (size + 8).to_string();
    html! {
        <svg class="qr" role="img" aria-label="QR code of the link" viewBox={format!("-4 -4 {whole} {whole}")}>
            <rect x="-4" y="-4" width={whole.clone()} height={whole} class="qr-ground" />
            <path d={path} class="qr-ink" />
        </svg>
    }
}

/// What the link opens, and what it leaves out.
fn left_out(link: &Link) -> String {
    let parts: Vec<&str> = link.left_out.iter().map(|part| part.name()).collect();
    match parts[..] {
        [] => "It opens the page at this step, with these weights, settings and this view.".to_owned(),
        _ => format!("It opens the page at this lesson. Without: {}.", parts.join("; ")),
    }
}
