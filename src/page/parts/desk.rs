//! The arrangement of the cards, at hand for each of them, and what opens a sheet among the tables.

use yew::prelude::*;

use super::browser;
use super::icon::Icon;
use crate::lesson::view::View;
use crate::picture::workspace::{Card, Rearrange, Workspace};
use crate::words::page::controls as words;
use backprop::network::Param;

/// The arrangement and what changes it: a context of the whole page.
#[derive(Clone, PartialEq)]
pub struct Desk {
    /// How the cards are arranged.
    pub workspace: Workspace,
    /// To call with a change.
    pub rearrange: Callback<Rearrange>,
    /// The sheet that was asked for last.
    pub asked: Option<Latest<Ask>>,
    /// To call with a sheet that is to be opened.
    pub open: Callback<Ask>,
    /// What a page of a guide has opened last.
    pub shown: Option<Latest<Vec<View>>>,
    /// To call with what a page of a guide opens.
    pub show: Callback<Vec<View>>,
    /// To call with what is open or chosen, for the address.
    pub note: Callback<Note>,
}

/// What a panel tells of what it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// What is open on the card of the step.
    OnCard(Option<View>),
    /// What is open among the tables.
    AmongTables(Option<View>),
    /// The theme that was chosen, by its word; none for the system's.
    Theme(Option<&'static str>),
}

/// Tells `note` whenever it is another.
#[hook]
pub fn use_note(note: Note) {
    let tell = use_context::<Desk>().map(|desk| desk.note);
    use_effect_with(note, move |note| {
        if let Some(tell) = tell {
            tell.emit(*note);
        }
    });
}

/// What was asked for last, and for the how-manieth time something of its kind was.
#[derive(Clone, Debug, PartialEq)]
pub struct Latest<T> {
    /// What was asked for.
    pub ask: T,
    /// From 1.
    pub number: u64,
}

/// Calls `then` with what a page of a guide opens, whenever one is opened while this is on the page.
#[hook]
pub fn use_shown_by_guide(then: impl Fn(&[View]) + 'static) {
    let shown = use_context::<Desk>().and_then(|desk| desk.shown);
    let seen = use_mut_ref(|| shown.clone().map(|shown| shown.number));
    use_effect_with(shown, move |shown| {
        if let Some(Latest { ask, number }) = shown
            && seen.replace(Some(*number)) != Some(*number)
        {
            then(ask);
        }
    });
}

/// A sheet among the tables that stands there only once it has been opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// The loss along one parameter or over two.
    Slice,
    /// What another learning rate would do.
    LearningRate,
    /// Every derivative beside its central difference.
    GradientCheck,
    /// The accuracy per epoch, and the confusion matrix.
    Accuracy,
}

/// What a sheet is opened for.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    /// Which sheet.
    pub sheet: Sheet,
    /// The parameter that it is to be about.
    pub about: Option<Param>,
    /// The id of what opens it: there the focus returns.
    pub opener: AttrValue,
    /// Whether by pointer: then the focus stays where it is, and the keys are the lesson's.
    pub is_by_pointer: bool,
}

/// The id of the button at `place` that opens the slice along `param`.
pub fn slice_id(place: &str, param: Param) -> String {
    match param {
        Param::Weight { layer, to, from } => format!("{place}-slice-{layer}-{to}-{from}"),
        Param::Bias { layer, to } => format!("{place}-slice-{layer}-{to}-bias"),
    }
}

/// What a button says that opens the slice of `loss` along the parameter called `name`.
pub fn slice_label(loss: &str, name: &str) -> String {
    words::slice(&loss, &name)
}

/// The props of [`OpenSheet`].
#[derive(Clone, PartialEq, Properties)]
pub struct OpenSheetProps {
    /// Which sheet it opens.
    pub sheet: Sheet,
    /// The parameter that the sheet is to be about.
    #[prop_or_default]
    pub about: Option<Param>,
    /// Its id, one of its own in the page.
    pub id: AttrValue,
    /// What it says, or says to those who do not see its icon.
    pub label: AttrValue,
    /// What is seen of it, where that is not its label.
    #[prop_or_default]
    pub icon: Option<Icon>,
    /// Further classes.
    #[prop_or_default]
    pub class: Classes,
}

/// A button that opens a sheet among the tables.
#[component]
pub fn OpenSheet(props: &OpenSheetProps) -> Html {
    let Some(desk) = use_context::<Desk>() else {
        return html! {};
    };
    let OpenSheetProps { sheet, about, id, label, icon, class } = props.clone();
    let opener = id.clone();
    let onclick = Callback::from(move |event: MouseEvent| {
        // What it stands in may go elsewhere when it is clicked.
        event.stop_propagation();
        let is_by_pointer = browser::is_by_pointer(&event);
        desk.open.emit(Ask { sheet, about, opener: opener.clone(), is_by_pointer });
    });
    match icon {
        Some(icon) => html! {
            <button type="button" {id} class={classes!("icon-button", class)} aria-label={label.clone()} title={label} {onclick}>
                { icon.html() }
            </button>
        },
        None => html! { <button type="button" {id} {class} {onclick}>{ label }</button> },
    }
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
    let label = match card {
        Card::Network => words::enlarge_network(),
        Card::Derivation => words::enlarge_derivation(),
        Card::Curve => words::enlarge_curve(),
        Card::Tables => words::enlarge_tables(),
    };
    let tip = match is_enlarged {
        true => words::all_cards_tip(&card.shortcut()),
        false => words::tip(&label, &card.shortcut()),
    };
    html! {
        <button
            type="button"
            class="icon-button enlarge"
            aria-label={label}
            title={tip}
            aria-pressed={is_enlarged.to_string()}
            onclick={desk.rearrange.reform(move |_: MouseEvent| Rearrange::Enlarge(card))}
        >
            { if is_enlarged { Icon::Shrink } else { Icon::Enlarge }.html() }
        </button>
    }
}
