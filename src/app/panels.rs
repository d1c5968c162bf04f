//! The tabs beside the network: Ledger, Matrix, Data, Published, Plot, Weights, Compare, Design.

use std::rc::Rc;

use web_sys::{HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::browser;
use super::data_tab::DataTab;
use super::lab::{self, IS_LAB};
use super::ledger::Ledger;
use super::matrix_tab::MatrixTab;
use super::published_tab::{published, use_checker};
use super::scene::PanelProps;

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
    const EVERY: &[Self] = &[
        Self::Ledger,
        Self::Matrix,
        Self::Data,
        Self::Published,
        Self::Plot,
        Self::Weights,
        Self::Compare,
        Self::Design,
    ];
    /// The tabs that this page has, given whether the lesson's source prints numbers.
    fn all(has_published: bool) -> impl Iterator<Item = Self> {
        let all = if IS_LAB { Self::EVERY } else { Self::EVERY.split_at(4).0 };
        // The laboratory has many tabs, and few of its lessons have this one's numbers.
        all.iter().copied().filter(move |tab| has_published || !IS_LAB || *tab != Self::Published)
    }

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

    /// The tab among `all` that a key pressed on this one leads to.
    fn after_key(self, key: &str, all: &[Self]) -> Option<Self> {
        let n = all.len();
        let here = all.iter().position(|tab| *tab == self)?;
        let there = match key {
            "ArrowRight" => (here + 1) % n,
            "ArrowLeft" => (here + n - 1) % n,
            "Home" => 0,
            "End" => n - 1,
            _ => return None,
        };
        Some(all[there])
    }
}

/// The tabs and the one that is open.
#[component]
pub fn Panels(props: &PanelProps) -> Html {
    let panel = &lab::use_seldom(&props.panel);
    let chosen = use_state_eq(|| Tab::Ledger);
    let all: Rc<[Tab]> = Tab::all(!panel.scene.moment().lesson.published.is_empty()).collect();
    // A lesson without the tab that was open shows the first.
    let open = if all.contains(&chosen) { *chosen } else { Tab::Ledger };
    // Here and not in the tab: what has been compared stays so while another tab is open.
    let checker = use_checker(&panel.scene, open == Tab::Published);
    let compared = lab::use_compared();
    let tab = |tab: Tab| {
        let is_open = tab == open;
        let onclick = {
            let setter = chosen.setter();
            move |_: MouseEvent| setter.set(tab)
        };
        let onkeydown = {
            let (setter, all) = (chosen.setter(), Rc::clone(&all));
            move |event: KeyboardEvent| {
                if let Some(next) = tab.after_key(&event.key(), &all) {
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
            Tab::Matrix if lab::waits(&panel.scene) => {
                html! { <p class="hint">{"The network learns. Pause it to see its matrices."}</p> }
            }
            Tab::Matrix => html! { <MatrixTab {panel} /> },
            Tab::Data => html! { <DataTab {panel} /> },
            Tab::Plot => lab::plot(panel),
            Tab::Weights => lab::weights(panel),
            Tab::Compare => lab::compare(panel, &compared),
            Tab::Design => lab::design(panel),
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
            <div class="tabs" role="tablist" aria-label="Tables">{for all.iter().copied().map(tab)}</div>
            {for all.iter().copied().map(sheet)}
        </section>
    }
}

fn focus(id: &str) {
    if let Some(element) = browser::find::<HtmlElement>(&format!("#{id}")) {
        // Only an element that is gone cannot take the focus.
        let _ = element.focus();
    }
}
