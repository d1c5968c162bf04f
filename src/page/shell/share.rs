//! Sharing a moment: its link, a QR code that a hall can photograph, and what the link leaves out.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::address;
use super::files;
use crate::link::{Link, PageView};
use crate::page::parts::by_address::ByAddress;
use crate::page::parts::copy_button::CopyButton;
use crate::page::parts::dialog::open_dialog;
use crate::page::parts::icon::Icon;
use crate::picture::qr::QrCode;
use crate::session::{Action, Session};
use crate::words::lists::listed_apart;
use crate::words::page::{dialog, share as words};

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

/// What the dialog shows: for the how-manieth time it was opened, and the link, if there is one.
#[derive(Clone, Default, PartialEq)]
struct Made {
    number: u32,
    link: Option<Link>,
}

/// The button, and the dialog that it opens.
#[component]
pub fn Share(props: &Props) -> Html {
    let made = use_state_eq(Made::default);
    // Open once there is something in it, so that the focus goes to the link.
    use_effect_with(made.number, |number| {
        if 0 < *number {
            open_dialog(ID);
        }
    });
    let onclick = {
        let (session, view, made) = (Rc::clone(&props.session.0), props.view.clone(), made.clone());
        Callback::from(move |_: MouseEvent| {
            let made = made.clone();
            address::link_to(Rc::clone(&session), view.clone(), move |link| {
                made.set(Made { number: made.number + 1, link });
            });
        })
    };
    let export = {
        let (session, dispatch) = (Rc::clone(&props.session.0), props.dispatch.clone());
        Callback::from(move |_: MouseEvent| files::save(&session, &dispatch))
    };
    html! {
        <>
            <button title={words::share_tip()} data-opens={KEY} {onclick}>
                { Icon::Share.html() }<span class="words">{words::share()}</span>
            </button>
            <dialog id={ID} class="share" aria-labelledby="share-title">
                <h2 id="share-title">{words::share_this_moment()}</h2>
                if let Some(link) = &made.link {
                    <SharedLink link={link.clone()} dispatch={props.dispatch.clone()} />
                } else if 0 < made.number {
                    <p>{words::too_many_numbers()}</p>
                }
                <div class="share-buttons">
                    <button type="button" onclick={export}>{words::export()}</button>
                    <form method="dialog"><button type="submit">{dialog::close()}</button></form>
                </div>
            </dialog>
        </>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct SharedLinkProps {
    link: Link,
    dispatch: Callback<Action>,
}

/// A link as text and as a code; no step renders it.
#[component]
fn SharedLink(props: &SharedLinkProps) -> Html {
    let link = &props.link;
    let address = address::address_of(link);
    let code = QrCode::of(&address);
    let copied = address.clone();
    let make = Callback::from(move |()| Ok(copied.clone()));
    html! {
        <>
            <div class="share-link">
                <input
                    type="text"
                    readonly=true
                    aria-label={words::link()}
                    value={address}
                    onfocus={|event: FocusEvent| {
                        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                            input.select();
                        }
                    }}
                />
                <CopyButton label={words::copy()} dispatch={props.dispatch.clone()} {make} />
            </div>
            <p>{ left_out(link) }</p>
            { code.map(qr_code) }
        </>
    }
}

/// The code with the four squares of quiet around it that it is to have.
fn qr_code(QrCode { size, path }: QrCode) -> Html {
    let whole = (size + 8).to_string();
    html! {
        <svg class="qr" role="img" aria-label={words::qr_code()} viewBox={format!("-4 -4 {whole} {whole}")}>
            <rect x="-4" y="-4" width={whole.clone()} height={whole} class="qr-ground" />
            <path d={path} class="qr-ink" />
        </svg>
    }
}

/// What the link opens, and what it leaves out.
fn left_out(link: &Link) -> String {
    if link.left_out.is_empty() {
        return words::opens_step().to_owned();
    }
    let names: Vec<String> = link.left_out.iter().map(|part| part.name().to_owned()).collect();
    words::opens_lesson_without(&listed_apart(&names))
}
