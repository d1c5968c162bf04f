//! The tools of the diagram: how large it is, and controls that change the network in it.

use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use super::explore::Selecting;
use super::{DiagramView, at};
use crate::page::parts::around::around_in;
use crate::page::parts::desk::Enlarge;
use crate::picture::layout::Control;
use crate::picture::layout::rect::Rect;
use crate::picture::selection::Selection;
use crate::picture::workspace::Card;
use crate::session::Action;
use crate::session::design::Change;
use crate::words::around::Place;
use crate::words::page::diagram_tools as words;

/// How much larger than its panel the diagram may be.
const ZOOMS: [f64; 6] = [1.0, 1.5, 2.0, 2.5, 3.0, 4.0];
/// Which of them is near.
const NEAR: usize = 3;
/// Least and largest size of a control, in pixels.
const CONTROL: (f64, f64) = (28.0, 44.0);

/// What is switched on.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tools {
    /// Which of the sizes.
    zoom: usize,
    /// Whether the network is changed in the drawing.
    pub edits: bool,
    /// Whether the hidden units show what they make of the inputs.
    pub pictures: bool,
}

impl Tools {
    /// The whole diagram, with or without pictures.
    pub fn new(pictures: bool) -> Self {
        Self { pictures, ..Self::default() }
    }

    /// How much larger than its panel the diagram is.
    pub fn zoom(self) -> f64 {
        ZOOMS[self.zoom]
    }

    /// The size of controls where a label is `chip` high: fingers have higher ones.
    pub fn control(self, chip: f64) -> Option<f64> {
        self.edits.then_some(chip.clamp(CONTROL.0, CONTROL.1))
    }

    /// So many sizes larger.
    pub fn zoomed(self, by: i32) -> Self {
        let last = ZOOMS.len() as i32 - 1;
        Self { zoom: (self.zoom as i32 + by).clamp(0, last) as usize, ..self }
    }

    /// Whether the diagram is larger than its panel.
    pub fn is_near(self) -> bool {
        self.zoom != 0
    }

    /// Large enough to be near one part, or whole.
    pub fn near(self, is_near: bool) -> Self {
        Self { zoom: if is_near { NEAR } else { 0 }, ..self }
    }

    /// What keys do while the diagram has the focus.
    pub fn keys(self, set: &Callback<Self>) -> Callback<KeyboardEvent> {
        let set = set.clone();
        Callback::from(move |event: KeyboardEvent| {
            if let Some(next) = self.after_key(&event) {
                event.prevent_default();
                set.emit(next);
            }
        })
    }

    fn after_key(self, event: &KeyboardEvent) -> Option<Self> {
        let is_text = event
            .target_dyn_into::<Element>()
            .is_some_and(|element| element.closest("input, select").ok().flatten().is_some());
        if is_text || event.ctrl_key() || event.meta_key() || event.alt_key() {
            return None;
        }
        match event.key().as_str() {
            "+" | "=" => Some(self.zoomed(1)),
            "-" | "−" => Some(self.zoomed(-1)),
            "0" => Some(Self { zoom: 0, ..self }),
            _ => None,
        }
    }
}

/// What the reader does with the diagram.
#[derive(Clone, Default)]
pub struct Interaction {
    /// The part that is looked at.
    pub selection: Option<Selection>,
    /// What selects one.
    pub selecting: Selecting,
    /// What is switched on.
    pub tools: Tools,
    /// Switches.
    pub set_tools: Callback<Tools>,
    /// To attach to what scrolls.
    pub scroller: NodeRef,
}

impl DiagramView<'_> {
    /// The switches and sizes.
    pub(super) fn switches(&self) -> Html {
        let tools = self.tools;
        let button = |label: &'static str, text: &'static str, next: Tools| {
            let onclick = self.set_tools.reform(move |_: MouseEvent| next);
            html! {
                <button type="button" class="square" aria-label={label} title={label} disabled={next == tools} {onclick}>
                    { text }
                </button>
            }
        };
        let edits = Tools { edits: !tools.edits, ..tools };
        let pictures = Tools { pictures: !tools.pictures, ..tools };
        html! {
            <div class="switches" role="group" aria-label={words::diagram()}>
                { button(words::zoom_out(), "−", tools.zoomed(-1)) }
                { button(words::zoom_in(), "+", tools.zoomed(1)) }
                { button(words::whole_network(), "⤢", Tools { zoom: 0, ..tools }) }
                <button
                    type="button"
                    aria-pressed={tools.edits.to_string()}
                    onclick={self.set_tools.reform(move |_: MouseEvent| edits)}
                >
                    { around_in("is-minor", &words::edit_network(&Place(0)), [words::edit().into()]) }
                </button>
                if self.has_pictures() {
                    <button
                        type="button"
                        aria-pressed={tools.pictures.to_string()}
                        title={words::unit_pictures_tip()}
                        onclick={self.set_tools.reform(move |_: MouseEvent| pictures)}
                    >
                        { around_in("is-minor", &words::unit_pictures(&Place(0)), [words::pictures().into()]) }
                    </button>
                }
                <Enlarge card={Card::Network} />
            </div>
        }
    }

    /// The controls that add and remove units and layers.
    pub(super) fn controls(&self) -> Html {
        self.layout.controls.iter().map(|(control, rect)| self.control(*control, rect)).collect()
    }

    fn control(&self, control: Control, rect: &Rect) -> Html {
        let n = |layer: usize| self.moment().network().n_units(layer);
        let (label, text, change) = match control {
            Control::Count(layer) => {
                return html! { <div key={format!("{control:?}")} class="place count" style={at(rect)}>{ n(layer) }</div> };
            }
            Control::AddUnit(layer) => {
                (words::add_unit(&layer), "+", Change::Units { layer, n: n(layer) + 1 })
            }
            Control::RemoveUnit(layer) => {
                (words::remove_unit(&layer), "−", Change::Units { layer, n: n(layer) - 1 })
            }
            Control::AddLayer(before) => (words::add_layer(&before), "+", Change::AddLayer { before }),
            Control::RemoveLayer(layer) => (words::remove_layer(&layer), "×", Change::RemoveLayer(layer)),
        };
        let is_new = matches!(control, Control::AddLayer(_));
        let is_named = is_new && 1.5 * rect.h < rect.w;
        let class = classes!("place", "control", is_new.then_some("is-new"));
        let onclick = self
            .panel
            .dispatch
            .reform(move |_: MouseEvent| Action::Design { change: change.clone(), continues: false });
        html! {
            <button key={format!("{control:?}")} type="button" {class} style={at(rect)} title={label.clone()} aria-label={label} {onclick}>
                { if is_named { words::plus_layer() } else { text } }
            </button>
        }
    }
}
