//! The arrangement of the cards, at hand for each of them.

use yew::prelude::*;

use super::icon::Icon;
use crate::picture::workspace::{Card, Rearrange, Workspace};

/// The arrangement and what changes it: a context of the whole page.
#[derive(Clone, PartialEq)]
pub struct Desk {
    /// How the cards are arranged.
    pub workspace: Workspace,
    /// To call with a change.
    pub rearrange: Callback<Rearrange>,
}

/// The props of [`Enlarge`].
#[derive(Clone, PartialEq, Properties)]
pub struct EnlargeProps {
    /// The card that it enlarges.
    pub card: Card,
}

/// The button that gives a card all of the room, and back.
#[component]
pub fn Enlarge(props: &EnlargeProps) -> Html {
    let Some(desk) = use_context::<Desk>() else {
        return html! {};
    };
    let card = props.card;
    let is_enlarged = desk.workspace.enlarged == Some(card);
    let label = format!("Enlarge the {}", card.name());
    let title = if is_enlarged {
        format!("Back to all cards ({})", card.shortcut())
    } else {
        format!("{label} ({})", card.shortcut())
    };
    html! {
        <button
            type="button"
            class="icon-button enlarge"
            aria-label={label}
            {title}
            aria-pressed={is_enlarged.to_string()}
            onclick={desk.rearrange.reform(move |_: MouseEvent| Rearrange::Enlarge(card))}
        >
            { if is_enlarged { Icon::Shrink } else { Icon::Enlarge }.html() }
        </button>
    }
}
