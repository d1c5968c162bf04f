//! The tabs beside the network: Ledger, Matrix, Data, Published, Plot, Weights, Compare, Design.

mod compare;
mod data;
mod design;
mod heat_map;
mod images;
mod ledger;
mod ledger_order;
mod matrix;
mod plot;
mod published;
mod weights;

use web_sys::{HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::scene::{Panel, PanelProps, Scene};
use crate::moment::step::MAX_LABELLED;
use crate::page::parts::browser;
use crate::page::tables::compare::{compare, use_compared};
use crate::page::tables::data::DataTab;
use crate::page::tables::design::DesignTab;
use crate::page::tables::ledger::Ledger;
use crate::page::tables::matrix::MatrixTab;
use crate::page::tables::plot::PlotTab;
use crate::page::tables::published::{published, use_checker};
use crate::page::tables::weights::WeightsTab;

/// Numbers of so many digits fit beside each other in type of the usual size.
const ROOMY_DIGITS: u8 = 6;

/// A tab.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tab {
    Ledger,
    Matrix,
    Data,
    Published,
    Plot,
    Weights,
    Compare,
    Design,
}

impl Tab {
    const ALL: [Self; 8] = [
        Self::Ledger,
        Self::Matrix,
        Self::Data,
        Self::Published,
        Self::Plot,
        Self::Weights,
        Self::Compare,
        Self::Design,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Ledger => "Ledger",
            Self::Matrix => "Matrix",
            Self::Data => "Data",
            Self::Published => "Published",
            Self::Plot => "Plot",
            Self::Weights => "Weights",
            Self::Compare => "Compare",
            Self::Design => "Design",
        }
    }

    fn id(self) -> &'static str {
        match self {
            Self::Ledger => "tab-ledger",
            Self::Matrix => "tab-matrix",
            Self::Data => "tab-data",
            Self::Published => "tab-published",
            Self::Plot => "tab-plot",
            Self::Weights => "tab-weights",
            Self::Compare => "tab-compare",
            Self::Design => "tab-design",
        }
    }

    fn panel_id(self) -> &'static str {
        match self {
            Self::Ledger => "panel-ledger",
            Self::Matrix => "panel-matrix",
            Self::Data => "panel-data",
            Self::Published => "panel-published",
            Self::Plot => "panel-plot",
            Self::Weights => "panel-weights",
            Self::Compare => "panel-compare",
            Self::Design => "panel-design",
        }
    }

    /// The tab that a key pressed on this one leads to.
    fn after_key(self, key: &str) -> Option<Self> {
        let n = Self::ALL.len();
        let here = Self::ALL.iter().position(|tab| *tab == self)?;
        let there = match key {
            "ArrowRight" => (here + 1) % n,
            "ArrowLeft" => (here + n - 1) % n,
            "Home" => 0,
            "End" => n - 1,
            _ => return None,
        };
        Some(Self::ALL[there])
    }
}

/// The tabs and the one that is open.
#[component]
pub fn Panels(props: &PanelProps) -> Html {
    let panel = &use_seldom(&props.panel);
    let chosen = use_state_eq(|| Tab::Ledger);
    let open = *chosen;
    // Here and not in the tab: what has been compared stays so while another tab is open.
    let checker = use_checker(&panel.scene, open == Tab::Published);
    let compared = use_compared();
    let tab = |tab: Tab| {
        let is_open = tab == open;
        let onclick = {
            let setter = chosen.setter();
            move |_: MouseEvent| setter.set(tab)
        };
        let onkeydown = {
            let setter = chosen.setter();
            move |event: KeyboardEvent| {
                if let Some(next) = tab.after_key(&event.key()) {
                    event.prevent_default();
                    setter.set(next);
                    focus(next.id());
                }
            }
        };
        html! {
            <button
                key={tab.id()}
                type="button"
                role="tab"
                id={tab.id()}
                aria-selected={is_open.to_string()}
                aria-controls={tab.panel_id()}
                tabindex={if is_open { "0" } else { "-1" }}
                {onclick}
                {onkeydown}
            >
                {tab.name()}
            </button>
        }
    };
    // What a tab remembers goes with the lesson that it is about.
    let opening = panel.scene.session().opening();
    let sheet = |tab: Tab| {
        let panel = panel.clone();
        let content = match tab {
            _ if tab != open => html! {},
            Tab::Ledger => html! { <Ledger {panel} /> },
            Tab::Matrix if waits(&panel.scene) => {
                html! { <p class="hint">{"The network learns. Pause it to see its matrices."}</p> }
            }
            Tab::Matrix => html! { <MatrixTab {panel} /> },
            Tab::Data => html! { <DataTab {panel} /> },
            Tab::Plot => html! { <PlotTab {panel} /> },
            Tab::Weights => html! { <WeightsTab {panel} /> },
            Tab::Compare => compare(panel, &compared),
            Tab::Design => html! { <DesignTab {panel} /> },
            Tab::Published => published(&panel, checker.as_deref()),
        };
        html! {
            <div
                key={format!("{} {opening}", tab.panel_id())}
                class="sheet"
                role="tabpanel"
                id={tab.panel_id()}
                aria-labelledby={tab.id()}
                hidden={tab != open}
            >
                {content}
            </div>
        }
    };
    let is_dense = ROOMY_DIGITS < panel.scene.digits();
    html! {
        <section class={classes!("panels", is_dense.then_some("is-dense"))} aria-label="Tables">
            <div class="tabs" role="tablist" aria-label="Tables">{for Tab::ALL.map(tab)}</div>
            {for Tab::ALL.map(sheet)}
        </section>
    }
}

/// The panel as it was up to a few frames ago while the network learns, and else as it is: nobody reads
/// sixty numbers a second, and the frames stay free.
#[hook]
fn use_seldom(panel: &Panel) -> Panel {
    const FRAMES: usize = 3;
    let kept = use_mut_ref(|| (0, panel.clone()));
    let (n_frames, shown) = &mut *kept.borrow_mut();
    *n_frames += 1;
    if !panel.scene.session().is_running() || FRAMES <= *n_frames {
        *n_frames = 0;
        shown.clone_from(panel);
    }
    shown.clone()
}

/// Whether the network learns and is too large to be written out meanwhile.
fn waits(scene: &Scene) -> bool {
    scene.session().is_running() && MAX_LABELLED < scene.moment().network().n_params()
}

fn focus(id: &str) {
    if let Some(element) = browser::find::<HtmlElement>(&format!("#{id}")) {
        // Only an element that is gone cannot take the focus.
        let _ = element.focus();
    }
}
