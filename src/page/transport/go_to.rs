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
use crate::words::page::{dialog, go_to as words, instant};

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
                <small>{ instant::epoch_is(&bookmark.epoch) }</small>
                <button
                    type="button"
                    class="icon-button"
                    aria-label={words::remove_bookmark(&bookmark.name)}
                    title={words::remove()}
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
                aria-label={words::go_to()}
                title={words::go_to_tip()}
                data-opens={DIALOG}
                onclick={|_| open_dialog(DIALOG)}
            >
                { Icon::Bookmark.html() }
            </button>
            <dialog id={DIALOG} class="go-to" aria-labelledby="go-to-title">
                <h2 id="go-to-title">{ words::go_to() }</h2>
                <div class="destinations">
                    <section aria-label={words::bookmarks()}>
                        <h3>{ words::bookmarks() }</h3>
                        <ol>{ for bookmarks.iter().enumerate().map(row) }</ol>
                        <NewBookmark opens={opens.clone()} dispatch={dispatch.clone()} />
                    </section>
                    { stops(words::this_update(), &plan.phases_of(*sample), dispatch) }
                    { stops(words::samples(), &plan.samples_near(*sample), dispatch) }
                </div>
                <form method="dialog"><button type="submit">{ dialog::close() }</button></form>
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
            <label for="bookmark-name">{ words::this_moment_as() }</label>
            <span>
                <input
                    ref={name}
                    id="bookmark-name"
                    type="text"
                    required=true
                    autocomplete="off"
                    maxlength={limits::BOOKMARK_CHARS.to_string()}
                />
                <button type="submit">{ words::add() }</button>
            </span>
            <small>{ words::what_it_holds() }</small>
        </form>
    }
}
