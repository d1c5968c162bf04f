//! The order of the ledger's rows: as in the network, or the largest first.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use crate::lesson::Lesson;
use crate::moment::Moment;
use crate::page::parts::around::around;
use crate::page::parts::browser;
use crate::page::parts::choice::{Choice, Choosable};
use crate::page::scene::Panel;
use crate::picture::heat_map::MapQuantity;
use crate::picture::ranking::{largest, ranked};
use crate::session::Action;
use crate::words::around::Place;
use crate::words::tables::ledger as words;
use backprop::network::Param;

/// Fewer rows are seen at a glance.
const LEAST: usize = 13;

/// Where an order was taken. Within one place it stays: an edit moves no row away from under the hand.
#[derive(Clone)]
struct OrderedAt {
    kind: MapQuantity,
    params: Rc<Vec<Param>>,
    start: Rc<Lesson>,
    epoch: u64,
    batch: usize,
    sample: usize,
    shows_means: bool,
}

impl PartialEq for OrderedAt {
    fn eq(&self, other: &Self) -> bool {
        self.suits(other)
            && Rc::ptr_eq(&self.start, &other.start)
            && (self.epoch, self.batch) == (other.epoch, other.batch)
            && (self.sample, self.shows_means) == (other.sample, other.shows_means)
    }
}

impl OrderedAt {
    /// Whether both order the same rows by the same.
    fn suits(&self, other: &Self) -> bool {
        self.kind == other.kind && Rc::ptr_eq(&self.params, &other.params)
    }
}

/// `params` in the order that the reader has chosen, and the controls to choose it.
#[hook]
pub fn use_ledger_order(panel: &Panel, params: &Rc<Vec<Param>>) -> (Rc<Vec<Param>>, Html) {
    let session = panel.scene.session();
    let moment = panel.scene.moment();
    let chosen = use_state_eq(|| None::<MapQuantity>);
    let held = use_mut_ref(|| None::<(OrderedAt, Rc<Vec<Param>>)>);
    let has_current = panel.scene.current_param().is_some();
    use_effect_with(*chosen, move |_| {
        let scroller = browser::find::<Element>(".ledger > .scroller");
        if let (Some(scroller), false) = (scroller, has_current) {
            scroller.set_scroll_top(0);
        }
    });
    let ordered = match *chosen {
        None => Rc::clone(params),
        Some(kind) => {
            let place = OrderedAt {
                kind,
                params: Rc::clone(params),
                start: Rc::clone(session.start()),
                epoch: moment.epoch,
                batch: moment.batch,
                sample: moment.sample(),
                shows_means: moment.shows_means(),
            };
            // While it learns, rows stay where they were: nobody can read what jumps.
            let is_running = session.is_running();
            let mut held = held.borrow_mut();
            let stays = |old: &OrderedAt| *old == place || (is_running && old.suits(&place));
            match &*held {
                Some((old, order)) if stays(old) => Rc::clone(order),
                _ => {
                    let order = Rc::new(ranked(moment, kind, params));
                    *held = Some((place, Rc::clone(&order)));
                    order
                }
            }
        }
    };
    if params.len() < LEAST {
        return (ordered, Html::default());
    }
    let mut options: Vec<Choosable<Option<MapQuantity>>> = vec![(None, words::as_in_the_network().into())];
    options.extend(MapQuantity::ALL.map(|kind| (Some(kind), words::size_of(&kind.heading(moment)).into())));
    let on_choose = {
        let setter = chosen.setter();
        Callback::from(move |kind| setter.set(kind))
    };
    let to_largest = {
        let (panel, params) = (panel.clone(), Rc::clone(params));
        Callback::from(move |_: MouseEvent| {
            if let Some(action) = to_largest(panel.scene.moment(), &params) {
                panel.dispatch.emit(action);
            }
        })
    };
    let orders = html! {
        <Choice<Option<MapQuantity>> label={words::order()} {options} value={*chosen} {on_choose} />
    };
    let gradient = MapQuantity::Gradient.heading(moment);
    let controls = html! {
        <p class="order">
            <label>{ around(&words::order_by(&Place(0)), [orders]) }</label>
            <button
                type="button"
                class="small"
                aria-label={words::to_the_largest_of(&gradient)}
                title={words::to_the_step_of_the_largest(&gradient)}
                onclick={to_largest}
            >
                { words::to_the_largest() }
            </button>
        </p>
    };
    (ordered, controls)
}

/// To the step of the largest derivative that the ledger shows.
fn to_largest(moment: &Moment, params: &[Param]) -> Option<Action> {
    let param = largest(moment, MapQuantity::Gradient, params)?;
    moment.stop_of(moment.shown_gradient(param)).map(Action::JumpTo)
}
