//! What can be opened on the card of a step, one thing at a time: it stays open from step to step, where
//! the step has it.

use yew::prelude::*;

use super::prediction::Written;
use super::{general_form, line_by_line, modes, paths, prediction, variants};
use crate::explanation::DerivationLine;
use crate::lesson::view::View;
use crate::moment::Moment;
use crate::moment::step::Grain;
use crate::page::parts::desk::{Note, use_note, use_shown_by_guide};
use crate::page::scene::Panel;
use crate::session::Action;
use crate::words::page::derivation as words;

/// Something that can be opened.
pub struct Depth {
    /// Of its button, for the keyboard's list: `data-opens`; and the word of `View`, where a guide opens it.
    pub key: &'static str,
    /// What its button says; once it is open, what closes it.
    pub names: [fn() -> &'static str; 2],
    /// Whether some step of the update has it; else there is no button for it.
    pub is_offered: fn(&Moment) -> bool,
    /// Whether the step that is shown has it; else its button cannot be pressed.
    pub is_for: fn(&Moment) -> bool,
    /// What stands below the formula while it is open; `None` where it takes the formula's place.
    pub view: Option<fn(&Panel, &Kept) -> Html>,
}

/// What has been chosen in what can be opened: it stays while that is closed, or the step has it not.
#[derive(Clone, PartialEq)]
pub struct Kept {
    /// How the prediction is written.
    pub prediction: UseStateHandle<Written>,
}

/// Why the card is taller than usual.
#[derive(Clone, Copy, PartialEq)]
pub enum Taller {
    /// Something has been opened.
    Opened,
    /// A step has many formulas; the tables keep room for some rows.
    ManyFormulas,
}

impl Taller {
    /// As the style sheet knows it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::ManyFormulas => "formulas",
        }
    }
}

/// With so many weights and biases all formulas of a layer stand together.
const MOST_PARAMS: usize = 12;

/// All that can be opened, in the order of their buttons.
const DEPTHS: &[Depth] = &[
    line_by_line::DEPTH,
    general_form::DEPTH,
    paths::DEPTH,
    prediction::DEPTH,
    modes::DEPTH,
    variants::DEPTH,
];

/// What is open on the card.
pub struct Opened {
    /// The derivation line by line, in the place of the formula; none while that is closed.
    pub lines: Vec<DerivationLine>,
    /// What stands below the formula.
    pub below: Html,
    /// Whether something is open, and the card so long that it is to scroll.
    pub is_long: bool,
    /// Why the card is taller than usual, which it stays where a step has not what is open.
    pub taller: Option<Taller>,
    /// The buttons that open and close.
    pub buttons: Html,
}

/// What is open, and what opens it.
#[hook]
pub fn use_depths(panel: &Panel) -> Opened {
    let by_line = panel.scene.session().settings().by_line;
    let open = use_state_eq(|| by_line.then_some(line_by_line::DEPTH.key));
    use_shown_by_guide({
        let setter = open.setter();
        move |views| {
            let key_of = |depth: &&Depth| views.iter().any(|view| view.word() == depth.key);
            setter.set(DEPTHS.iter().find(key_of).map(|depth| depth.key));
        }
    });
    use_note(Note::OnCard(open.and_then(View::of)));
    let shows_lines = *open == Some(line_by_line::DEPTH.key);
    use_effect_with((shows_lines, by_line), {
        let dispatch = panel.dispatch.clone();
        move |(shows_lines, by_line)| {
            if shows_lines != by_line {
                dispatch.emit(Action::SetByLine(*shows_lines));
            }
        }
    });
    let moment = panel.scene.moment();
    let tells = panel.scene.explanation().phase.is_some() && !moment.is_asking();
    let is_there = |depth: &Depth| tells && (depth.is_for)(moment);
    let shown = DEPTHS.iter().find(|depth| Some(depth.key) == *open && is_there(depth));
    let lines = line_by_line::use_lines(panel, shown.is_some_and(|depth| depth.view.is_none()));
    let button = |depth: &Depth| {
        let is_open = shown.is_some_and(|shown| shown.key == depth.key);
        let setter = open.setter();
        let next = (!is_open).then_some(depth.key);
        let onclick = Callback::from(move |_: MouseEvent| setter.set(next));
        html! {
            <button
                key={depth.key}
                type="button"
                class="small"
                data-opens={depth.key}
                aria-expanded={is_open.to_string()}
                disabled={!is_there(depth)}
                {onclick}
            >
                { if is_open { depth.names[1]() } else { depth.names[0]() } }
            </button>
        }
    };
    // All formulas of a layer or phase need room as well, and the five of an update by Adam, in whichever step.
    let shows_many = match panel.scene.session().grain() {
        Grain::Term => false,
        Grain::Unit => moment.lesson.rule.optimizer.facts().corrects,
        Grain::Layer | Grain::Phase => moment.network().n_params() <= MOST_PARAMS,
    };
    let buttons = html! {
        <div
            class="depths"
            role="group"
            aria-label={words::more_about_step()}
        >
            { for DEPTHS.iter().filter(|depth| (depth.is_offered)(moment)).map(button) }
        </div>
    };
    let kept = Kept { prediction: use_state_eq(Written::default) };
    let below = shown.and_then(|depth| depth.view).map(|view| view(panel, &kept)).unwrap_or_default();
    let taller = open.map(|_| Taller::Opened).or(shows_many.then_some(Taller::ManyFormulas));
    Opened { lines, below, is_long: shown.is_some(), taller, buttons }
}
