//! The tabs beside the network: Ledger, Matrix, Data, Published, Plot, Weights, Compare, Design, Experiments.

mod compare;
mod data;
mod design;
mod experiments;
mod heat_map;
mod images;
mod ledger;
mod ledger_order;
mod matrix;
mod plot;
mod published;
mod weights;

use std::rc::Rc;

use web_sys::{HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::scene::{Panel, PanelProps};
use crate::page::parts::browser;
use crate::page::parts::desk::Enlarge;
use crate::picture::workspace::Card;
use crate::run::published::Checker;
use compare::{Compared, compare, use_compared};
use data::DataTab;
use design::DesignTab;
use experiments::ExperimentsTab;
use ledger::Ledger;
use matrix::matrix;
use plot::PlotTab;
use published::{published, use_checker};
use weights::WeightsTab;

/// Numbers of so many digits fit beside each other in type of the usual size.
const ROOMY_DIGITS: u8 = 6;

/// A tab.
struct Tab {
    /// Of its button and its sheet, with "tab-" and "panel-" before it.
    id: &'static str,
    name: &'static str,
    /// What its sheet shows while it is open.
    view: fn(&Panel, &TabState) -> Html,
}

/// The tabs, in their order.
const TABS: &[Tab] = &[
    Tab { id: "ledger", name: "Ledger", view: component::<Ledger> },
    Tab { id: "matrix", name: "Matrix", view: |panel, _| matrix(panel) },
    Tab { id: "data", name: "Data", view: component::<DataTab> },
    Tab { id: PUBLISHED, name: "Published", view: |panel, state| published(panel, state.checker.as_deref()) },
    Tab { id: "plot", name: "Plot", view: component::<PlotTab> },
    Tab { id: "weights", name: "Weights", view: component::<WeightsTab> },
    Tab { id: "compare", name: "Compare", view: |panel, state| compare(panel, &state.compared) },
    Tab { id: "design", name: "Design", view: component::<DesignTab> },
    Tab { id: "experiments", name: "Experiments", view: component::<ExperimentsTab> },
];

/// Its comparison starts when the tab is first open.
const PUBLISHED: &str = "published";

/// What goes on while another tab is open.
struct TabState {
    checker: Option<Rc<Checker>>,
    compared: UseReducerHandle<Compared>,
}

impl Tab {
    fn tab_id(&self) -> String {
        format!("tab-{}", self.id)
    }

    fn panel_id(&self) -> String {
        format!("panel-{}", self.id)
    }
}

/// A tab that is a component of its own.
fn component<C: BaseComponent<Properties = PanelProps>>(panel: &Panel, _: &TabState) -> Html {
    html! { <C panel={panel.clone()} /> }
}

/// The tab that a key pressed on the tab `here` leads to, by their indices.
fn after_key(here: usize, key: &str) -> Option<usize> {
    let n = TABS.len();
    match key {
        "ArrowRight" => Some((here + 1) % n),
        "ArrowLeft" => Some((here + n - 1) % n),
        "Home" => Some(0),
        "End" => Some(n - 1),
        _ => None,
    }
}

/// The tabs and the one that is open.
#[component]
pub fn Panels(props: &PanelProps) -> Html {
    let panel = &use_seldom(&props.panel);
    let chosen = use_state_eq(|| 0_usize);
    let open = *chosen;
    // Here and not in the tab: what has been compared stays so while another tab is open.
    let checker = use_checker(&panel.scene, TABS[open].id == PUBLISHED);
    let state = TabState { checker, compared: use_compared() };
    let button = |(k, tab): (usize, &Tab)| {
        let is_open = k == open;
        let onclick = {
            let setter = chosen.setter();
            move |_: MouseEvent| setter.set(k)
        };
        let onkeydown = {
            let setter = chosen.setter();
            move |event: KeyboardEvent| {
                if let Some(next) = after_key(k, &event.key()) {
                    event.prevent_default();
                    setter.set(next);
                    focus(&TABS[next].tab_id());
                }
            }
        };
        html! {
            <button
                key={tab.id}
                type="button"
                role="tab"
                id={tab.tab_id()}
                aria-selected={is_open.to_string()}
                aria-controls={tab.panel_id()}
                tabindex={if is_open { "0" } else { "-1" }}
                {onclick}
                {onkeydown}
            >
                {tab.name}
            </button>
        }
    };
    // What a tab remembers goes with the lesson that it is about.
    let opening = panel.scene.session().opening();
    let sheet = |(k, tab): (usize, &Tab)| {
        let is_open = k == open;
        html! {
            <div
                key={format!("{} {opening}", tab.id)}
                class="sheet"
                role="tabpanel"
                id={tab.panel_id()}
                aria-labelledby={tab.tab_id()}
                hidden={!is_open}
            >
                if is_open {
                    {(tab.view)(panel, &state)}
                }
            </div>
        }
    };
    let is_dense = ROOMY_DIGITS < panel.scene.digits();
    html! {
        <section class={classes!("panels", is_dense.then_some("is-dense"))} aria-label="Tables">
            <div class="tabs-head">
                <div class="tabs" role="tablist" aria-label="Tables">{for TABS.iter().enumerate().map(button)}</div>
                <Enlarge card={Card::Tables} />
            </div>
            {for TABS.iter().enumerate().map(sheet)}
        </section>
    }
}

/// The panel as it was up to a few frames ago while the network learns, and else as it is: nobody reads
/// sixty numbers a second, and the frames stay free.
#[hook]
fn use_seldom(panel: &Panel) -> Panel {
    /// In milliseconds.
    const STAY: f64 = 45.0;
    let kept = use_mut_ref(|| (browser::now(), panel.clone()));
    let (at, shown) = &mut *kept.borrow_mut();
    if !panel.scene.session().is_running() || *at + STAY <= browser::now() {
        *at = browser::now();
        shown.clone_from(panel);
    }
    shown.clone()
}

fn focus(id: &str) {
    if let Some(element) = browser::find::<HtmlElement>(&format!("#{id}")) {
        // Only an element that is gone cannot take the focus.
        let _ = element.focus();
    }
}
