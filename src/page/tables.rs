//! The tabs beside the network: Ledger, Matrix, Data, Published, Plot, Weights, Compare, Design, Experiments; and
//! those that stand there once they have been opened from elsewhere: Slice, Learning rates, Gradient check,
//! Accuracy.

mod accuracy;
mod compare;
mod data;
mod design;
mod experiments;
mod gradient_check;
mod heat_map;
mod images;
mod ledger;
mod ledger_check;
mod ledger_order;
mod matrix;
mod plot;
mod published;
mod rates;
mod slice;
mod survey;
mod weights;

use std::rc::Rc;

use web_sys::{HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::scene::{Panel, PanelProps};
use crate::lesson::view::View;
use crate::page::parts::browser;
use crate::page::parts::desk::{Ask, Desk, Enlarge, Note, Sheet, use_note, use_shown_by_guide};
use crate::page::parts::icon::Icon;
use crate::picture::workspace::Card;
use crate::run::published::Checker;
use crate::words::tables as words;
use accuracy::AccuracyTab;
use backprop::network::Param;
use compare::{Compared, compare, use_compared};
use data::DataTab;
use design::DesignTab;
use experiments::ExperimentsTab;
use gradient_check::GradientCheckTab;
use ledger::Ledger;
use matrix::matrix;
use plot::PlotTab;
use published::{published, use_checker};
use rates::RatesTab;
use slice::slice;
use weights::WeightsTab;

/// Numbers of so many digits fit beside each other in type of the usual size.
const ROOMY_DIGITS: u8 = 6;

/// A tab.
struct Tab {
    /// Of its button and its sheet, with "tab-" and "panel-" before it; and the word of `View`, where a
    /// guide opens it.
    id: &'static str,
    name: fn() -> &'static str,
    stands: Stands,
    /// Whether it tells numbers that no step has come to: while steps ask first, it waits until all are told.
    tells_ahead: bool,
    /// What its sheet shows while it is open.
    view: fn(&Panel, &TabState) -> Html,
}

/// When a tab stands in the list.
#[derive(Clone, Copy, PartialEq)]
enum Stands {
    Always,
    /// Once it has been opened as this sheet, until it is closed.
    Opened(Sheet),
}

use Stands::{Always, Opened};

/// The tabs, in their order.
#[rustfmt::skip]
const TABS: &[Tab] = &[
    Tab { id: "ledger", name: words::ledger_tab, stands: Always, tells_ahead: false, view: component::<Ledger> },
    Tab { id: "matrix", name: words::matrix_tab, stands: Always, tells_ahead: false, view: |panel, _| matrix(panel) },
    Tab { id: "data", name: words::data_tab, stands: Always, tells_ahead: false, view: component::<DataTab> },
    Tab { id: PUBLISHED, name: words::published_tab, stands: Always, tells_ahead: true, view: |panel, state| published(panel, state.checker.as_deref()) },
    Tab { id: "plot", name: words::plot_tab, stands: Always, tells_ahead: true, view: component::<PlotTab> },
    Tab { id: "weights", name: words::weights_tab, stands: Always, tells_ahead: true, view: component::<WeightsTab> },
    Tab { id: "compare", name: words::compare_tab, stands: Always, tells_ahead: true, view: |panel, state| compare(panel, &state.compared) },
    Tab { id: "design", name: words::design_tab, stands: Always, tells_ahead: false, view: component::<DesignTab> },
    Tab { id: "experiments", name: words::experiments_tab, stands: Always, tells_ahead: true, view: component::<ExperimentsTab> },
    Tab { id: "slice", name: words::slice_tab, stands: Opened(Sheet::Slice), tells_ahead: true, view: |panel, state| slice(panel, state.about) },
    Tab { id: "rates", name: words::rates_tab, stands: Opened(Sheet::LearningRate), tells_ahead: true, view: component::<RatesTab> },
    Tab { id: "check", name: words::check_tab, stands: Opened(Sheet::GradientCheck), tells_ahead: true, view: component::<GradientCheckTab> },
    Tab { id: "accuracy", name: words::accuracy_tab, stands: Opened(Sheet::Accuracy), tells_ahead: true, view: component::<AccuracyTab> },
];

/// Its comparison starts when the tab is first open.
const PUBLISHED: &str = "published";

/// What goes on while another tab is open.
struct TabState {
    checker: Option<Rc<Checker>>,
    compared: UseReducerHandle<Compared>,
    /// What the open sheet was opened about.
    about: Option<About>,
}

/// The parameter that a sheet was opened about, and for the how-manieth time a sheet was: the last one
/// takes the place of what was chosen there.
#[derive(Clone, Copy, PartialEq)]
struct About {
    param: Param,
    number: u64,
}

impl Tab {
    fn tab_id(&self) -> String {
        format!("tab-{}", self.id)
    }

    fn panel_id(&self) -> String {
        format!("panel-{}", self.id)
    }
}

/// Which tabs stand in the list, and which of them is open: by their indices.
#[derive(Clone, Default, PartialEq)]
struct Standing {
    open: usize,
    opened: Vec<OpenedTab>,
    /// Where the reader goes next.
    goes_to: Option<Place>,
}

/// An element to go to.
#[derive(Clone, PartialEq)]
struct Place {
    id: AttrValue,
    /// Whether a pointer leads there: it brings the element into sight, but no focus.
    is_by_pointer: bool,
    /// For the how-manieth time the reader goes to one.
    number: u64,
}

/// A tab that has been opened.
#[derive(Clone, PartialEq)]
struct OpenedTab {
    tab: usize,
    about: Option<About>,
    /// The tab that was open before, and what opened this one.
    from: (usize, AttrValue),
}

/// What can happen to the tabs.
enum TabAction {
    /// This one is opened.
    Choose(usize),
    /// This one is opened, and stands in the list.
    Show(usize),
    /// This sheet is asked for.
    Open(Ask, u64),
    /// This one is closed, by pointer or not.
    Close(usize, bool),
}

impl Reducible for Standing {
    type Action = TabAction;

    fn reduce(self: Rc<Self>, action: TabAction) -> Rc<Self> {
        let mut next = Self::clone(&self);
        match action {
            TabAction::Choose(tab) => next.open = tab,
            TabAction::Show(tab) => next.show(tab),
            TabAction::Open(ask, number) => next.open_sheet(ask, number),
            TabAction::Close(tab, is_by_pointer) => next.close(tab, is_by_pointer),
        }
        Rc::new(next)
    }
}

impl Standing {
    fn open_sheet(&mut self, Ask { sheet, about, opener, is_by_pointer }: Ask, number: u64) {
        let Some(tab) = TABS.iter().position(|tab| tab.stands == Opened(sheet)) else {
            return;
        };
        // Opened from within, a sheet keeps the way back.
        let before = self.opened.iter().position(|opened| opened.tab == tab).map(|k| self.opened.remove(k));
        let from = match before {
            Some(OpenedTab { from, .. }) if self.open == tab => from,
            _ => (self.open, opener),
        };
        let about = about.map(|param| About { param, number });
        self.opened.push(OpenedTab { tab, about, from });
        self.open = tab;
        self.go_to(TABS[tab].tab_id().into(), is_by_pointer);
    }

    fn show(&mut self, tab: usize) {
        if !self.stands(tab) {
            let from = (self.open, TABS[self.open].tab_id().into());
            self.opened.push(OpenedTab { tab, about: None, from });
        }
        self.open = tab;
    }

    fn close(&mut self, tab: usize, is_by_pointer: bool) {
        let Some(k) = self.opened.iter().position(|opened| opened.tab == tab) else {
            return;
        };
        let (from, opener) = self.opened.remove(k).from;
        if self.open == tab {
            self.open = if self.stands(from) { from } else { 0 };
        }
        self.go_to(opener, is_by_pointer);
    }

    fn go_to(&mut self, id: AttrValue, is_by_pointer: bool) {
        let number = self.goes_to.as_ref().map_or(0, |place| place.number);
        self.goes_to = Some(Place { id, is_by_pointer, number: number + 1 });
    }

    fn stands(&self, tab: usize) -> bool {
        TABS[tab].stands == Always || self.opened.iter().any(|opened| opened.tab == tab)
    }

    /// The tabs of the list.
    fn list(&self) -> Vec<usize> {
        (0..TABS.len()).filter(|tab| self.stands(*tab)).collect()
    }

    fn about(&self, tab: usize) -> Option<About> {
        self.opened.iter().find(|opened| opened.tab == tab)?.about
    }

    /// What a key pressed on the tab `here` does.
    fn after_key(&self, here: usize, key: &str) -> Option<TabAction> {
        let list = self.list();
        let (k, n) = (list.iter().position(|tab| *tab == here)?, list.len());
        Some(TabAction::Choose(match key {
            "ArrowRight" => list[(k + 1) % n],
            "ArrowLeft" => list[(k + n - 1) % n],
            "Home" => list[0],
            "End" => list[n - 1],
            "Delete" if TABS[here].stands != Always => return Some(TabAction::Close(here, false)),
            _ => return None,
        }))
    }
}

/// A tab that is a component of its own.
fn component<C: BaseComponent<Properties = PanelProps>>(panel: &Panel, _: &TabState) -> Html {
    html! { <C panel={panel.clone()} /> }
}

/// Which tabs stand in the list: one that is asked for is opened.
#[hook]
fn use_standing() -> UseReducerHandle<Standing> {
    let standing = use_reducer_eq(Standing::default);
    let asked = use_context::<Desk>().and_then(|desk| desk.asked);
    use_effect_with(asked, {
        let dispatcher = standing.dispatcher();
        move |asked| {
            if let Some(asked) = asked.clone() {
                dispatcher.dispatch(TabAction::Open(asked.ask, asked.number));
            }
        }
    });
    use_shown_by_guide({
        let dispatcher = standing.dispatcher();
        move |views| {
            let is_shown = |tab: &Tab| views.iter().any(|view| view.word() == tab.id);
            if let Some(tab) = TABS.iter().position(is_shown) {
                dispatcher.dispatch(TabAction::Show(tab));
            }
        }
    });
    use_note(Note::AmongTables(View::of(TABS[standing.open].id)));
    use_effect_with(standing.open, |open| reveal(&TABS[*open].tab_id()));
    // What opened a sheet may be gone when it is closed: then the tab has the focus.
    let open = standing.open;
    use_effect_with(standing.goes_to.clone(), move |place| match place {
        Some(Place { id, is_by_pointer: true, .. }) => {
            show(id);
        }
        Some(Place { id, .. }) if !focus(id) => {
            focus(&TABS[open].tab_id());
        }
        _ => {}
    });
    standing
}

/// The tabs and the one that is open.
#[component]
pub fn Panels(props: &PanelProps) -> Html {
    let panel = &use_seldom(&props.panel);
    let standing = use_standing();
    let open = standing.open;
    // Here and not in the tab: what has been compared stays so while another tab is open.
    let checker = use_checker(&panel.scene, TABS[open].id == PUBLISHED);
    let state = TabState { checker, compared: use_compared(), about: standing.about(open) };
    let button = |k: usize| {
        let (tab, is_open) = (&TABS[k], k == open);
        let onclick = {
            let dispatcher = standing.dispatcher();
            move |_: MouseEvent| dispatcher.dispatch(TabAction::Choose(k))
        };
        let onkeydown = {
            let standing = standing.clone();
            move |event: KeyboardEvent| {
                let Some(action) = standing.after_key(k, &event.key()) else {
                    return;
                };
                event.prevent_default();
                if let TabAction::Choose(next) = action {
                    focus(&TABS[next].tab_id());
                }
                standing.dispatch(action);
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
                aria-keyshortcuts={(tab.stands != Always).then_some("Delete")}
                tabindex={if is_open { "0" } else { "-1" }}
                {onclick}
                {onkeydown}
            >
                { (tab.name)() }
            </button>
        }
    };
    // What a tab remembers goes with the lesson that it is about.
    let opening = panel.scene.session().opening();
    let tells_all = panel.scene.session().tells_all();
    let sheet = |k: usize| {
        let (tab, is_open) = (&TABS[k], k == open);
        let waits = tab.tells_ahead && !tells_all;
        html! {
            <div
                key={format!("{} {opening}", tab.id)}
                class={classes!("sheet", waits.then_some("waits"))}
                role="tabpanel"
                id={tab.panel_id()}
                aria-labelledby={tab.tab_id()}
                hidden={!is_open}
            >
                if is_open {
                    if waits {
                        <p class="hint">{ words::could_tell() }</p>
                    }
                    { (tab.view)(panel, &state) }
                }
            </div>
        }
    };
    let is_dense = ROOMY_DIGITS < panel.scene.digits();
    let list = standing.list();
    html! {
        <section class={classes!("panels", is_dense.then_some("is-dense"))} aria-label={words::tables()}>
            <div class="tabs-head">
                <div class="tabs" role="tablist" aria-label={words::tables()}>{for list.iter().map(|k| button(*k))}</div>
                if TABS[open].stands != Always {
                    { close_button(&standing) }
                }
                <Enlarge card={Card::Tables} />
            </div>
            {for list.iter().map(|k| sheet(*k))}
        </section>
    }
}

/// Closes the open tab, which was opened.
fn close_button(standing: &UseReducerHandle<Standing>) -> Html {
    let open = standing.open;
    let name = (TABS[open].name)();
    let dispatcher = standing.dispatcher();
    let onclick = move |event: MouseEvent| {
        dispatcher.dispatch(TabAction::Close(open, browser::is_by_pointer(&event)));
    };
    html! {
        <button
            type="button"
            class="icon-button close-tab"
            aria-label={words::close(&name)}
            title={words::close_by_key(&name)}
            {onclick}
        >
            { Icon::Close.html() }
        </button>
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

/// Scrolls the list of tabs, and nothing else, so that a tab is in sight.
fn reveal(id: &str) {
    let Some(tab) = browser::find::<HtmlElement>(&format!("#{id}")) else {
        return;
    };
    if let Some(list) = tab.parent_element() {
        let (place, room) = (tab.get_bounding_client_rect(), list.get_bounding_client_rect());
        let beyond = (place.right() - room.right()).max(0.0) + (place.left() - room.left()).min(0.0);
        list.set_scroll_left(list.scroll_left() + beyond.round() as i32);
    }
}

/// Gives an element the focus; whether it has it.
fn focus(id: &str) -> bool {
    // Only an element that is gone cannot take the focus.
    show(id).is_some_and(|element| element.focus().is_ok())
}

/// Brings an element into sight; none if it is gone.
fn show(id: &str) -> Option<HtmlElement> {
    let element = browser::find::<HtmlElement>(&format!("#{id}"))?;
    // In a narrow window the tables are a page of their own.
    if let Ok(Some(panels)) = element.closest(".panels") {
        panels.scroll_into_view();
    }
    browser::bring_into_view(&element);
    Some(element)
}
