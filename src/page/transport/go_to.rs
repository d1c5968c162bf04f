//! Where one can go at once: the lesson's bookmarks, the phases of the update, its samples.

use std::rc::Rc;

use web_sys::{HtmlInputElement, SubmitEvent};
use yew::prelude::*;

use crate::lesson::bookmark::Bookmark;
use crate::lesson::limits;
use crate::lesson::view::View;
use crate::moment::landmarks::Landmark;
use crate::moment::step::Plan;
use crate::page::parts::by_address::ByAddress;
use crate::page::parts::desk::Desk;
use crate::page::parts::dialog::{close_dialog, open_dialog};
use crate::page::parts::icon::Icon;
use crate::session::Action;

const DIALOG: &str = "go-to";

/// The props of [`GoTo`].
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The steps of the update.
    pub plan: ByAddress<Plan>,
    /// The sample that is shown, from 0.
    pub sample: usize,
    /// Moments under names.
    pub bookmarks: ByAddress<Vec<Bookmark>>,
    /// What is open beside the network.
    pub opens: Vec<View>,
    /// What to call when the user acts.
    pub dispatch: Callback<Action>,
}

/// The button of the places, and the dialog that lists them; rendered anew only where they are others. The
/// dialog's buttons are there also while it is closed: keys press them.
#[component]
pub fn GoTo(props: &Props) -> Html {
    let desk = use_context::<Desk>();
    let Props { plan, sample, bookmarks, opens, dispatch } = props;
    let go_to = {
        let (dispatch, bookmarks) = (dispatch.clone(), Rc::clone(&bookmarks.0));
        Callback::from(move |number: usize| {
            close_dialog(DIALOG);
            dispatch.emit(Action::GoToBookmark(number));
            if let (Some(desk), Some(bookmark)) = (&desk, bookmarks.get(number)) {
                desk.show.emit(bookmark.opens.clone());
            }
        })
    };
    let row = |(k, bookmark): (usize, &Bookmark)| {
        html! {
            <li key={format!("{k} {}", bookmark.name)}>
                <button
                    type="button"
                    class="destination"
                    data-opens={format!("bookmark-{}", k + 1)}
                    onclick={go_to.reform(move |_: MouseEvent| k)}
                >
                    { &bookmark.name }
                </button>
                <small>{ format!("epoch {}", bookmark.epoch) }</small>
                <button
                    type="button"
                    class="icon-button"
                    aria-label={format!("Remove “{}”", bookmark.name)}
                    title="Remove"
                    onclick={dispatch.reform(move |_: MouseEvent| Action::RemoveBookmark(k))}
                >
                    { Icon::Close.html() }
                </button>
            </li>
        }
    };
    html! {
        <>
            <button
                type="button"
                class="icon-button go-to"
                aria-label="Go to"
                title="Go to a bookmark, a phase, a sample (M)"
                data-opens={DIALOG}
                onclick={|_| open_dialog(DIALOG)}
            >
                { Icon::Bookmark.html() }
            </button>
            <dialog id={DIALOG} class="go-to" aria-labelledby="go-to-title">
                <h2 id="go-to-title">{"Go to"}</h2>
                <div class="destinations">
                    <section aria-label="Bookmarks">
                        <h3>{"Bookmarks"}</h3>
                        <ol>{ for bookmarks.iter().enumerate().map(row) }</ol>
                        <NewBookmark opens={opens.clone()} dispatch={dispatch.clone()} />
                    </section>
                    { stops("This update", &plan.phases_of(*sample), dispatch) }
                    { stops("Samples", &plan.samples_near(*sample), dispatch) }
                </div>
                <form method="dialog"><button type="submit">{"Close"}</button></form>
            </dialog>
        </>
    }
}

/// Places of the update, each a button.
fn stops(name: &'static str, places: &[Landmark], dispatch: &Callback<Action>) -> Html {
    let button = |place: &Landmark| {
        let position = place.position;
        let go = dispatch.reform(move |_: MouseEvent| {
            close_dialog(DIALOG);
            Action::JumpTo(position)
        });
        html! { <li><button type="button" class="destination" onclick={go}>{ place.name() }</button></li> }
    };
    html! {
        if !places.is_empty() {
            <section aria-label={name}>
                <h3>{ name }</h3>
                <ul>{ for places.iter().map(button) }</ul>
            </section>
        }
    }
}

#[derive(Clone, PartialEq, Properties)]
struct NewBookmarkProps {
    opens: Vec<View>,
    dispatch: Callback<Action>,
}

/// The form that makes a bookmark of what is shown.
#[component]
fn NewBookmark(props: &NewBookmarkProps) -> Html {
    let name = use_node_ref();
    let onsubmit = {
        let NewBookmarkProps { opens, dispatch } = props.clone();
        let name = name.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(input) = name.cast::<HtmlInputElement>() {
                dispatch.emit(Action::AddBookmark(input.value(), opens.clone()));
                input.set_value("");
            }
        })
    };
    html! {
        <form {onsubmit}>
            <label for="bookmark-name">{"This moment as"}</label>
            <span>
                <input
                    ref={name}
                    id="bookmark-name"
                    type="text"
                    required=true
                    autocomplete="off"
                    maxlength={limits::BOOKMARK_CHARS.to_string()}
                />
                <button type="submit">{"Add"}</button>
            </span>
            <small>{"With the epoch, the step and what is open, in the lesson’s file and in a link. While presenting, 1 to 9 go to the first nine."}</small>
        </form>
    }
}
