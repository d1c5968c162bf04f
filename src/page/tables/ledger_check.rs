//! The ledger's derivatives beside their central differences, computed a few rows per frame.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use gloo_render::{AnimationFrame, request_animation_frame};
use yew::prelude::*;

use super::gradient_check::{epsilon, mark, title};
use crate::explanation::gradient_check::{Checked, Finding, GradientCheck, USUAL_POWER};
use crate::moment::Moment;
use crate::page::parts::browser::now;
use crate::page::parts::by_address::{ByAddress, ShownUpdate};
use crate::page::parts::number::text_so_far;
use crate::page::scene::Panel;
use crate::text::format;
use crate::words::tables::check as words;
use backprop::network::Param;

/// Milliseconds of a frame that measuring may take.
const BUDGET: f64 = 8.0;
/// Significant digits of an error.
const DIGITS: u8 = 2;

/// What the two cells of a row show.
#[derive(Clone, Copy, PartialEq)]
pub enum Measured {
    /// Its derivative has not been reached.
    NotYet,
    /// Its turn comes in one of the next frames.
    Pending,
    /// It is there.
    Here(Checked),
}

/// Which derivatives are measured: others are measured anew.
#[derive(Clone, PartialEq)]
struct Asked {
    update: ShownUpdate,
    /// The sample that the ledger is about; none where it is about the batch.
    sample: Option<usize>,
    params: ByAddress<Vec<Param>>,
    rows: Range<usize>,
}

impl Asked {
    fn measure(&self, moment: &Moment, from: usize) -> Vec<Checked> {
        let check = GradientCheck::of_shown(moment);
        let start = now();
        let mut measured = Vec::new();
        for row in self.rows.clone().skip(from) {
            measured.push(check.check(self.params[row], epsilon(USUAL_POWER)));
            if BUDGET < now() - start {
                break;
            }
        }
        measured
    }
}

/// What is measured so far of the rows that are on the page; nothing where that is not asked for. The rows
/// are measured once the first of their derivatives has been reached, and not while the network learns.
#[hook]
pub fn use_measured(
    panel: &Panel,
    params: &Rc<Vec<Param>>,
    rows: &Range<usize>,
    is_open: bool,
) -> Option<Vec<Measured>> {
    let known = use_state(|| None::<(Asked, Vec<Checked>)>);
    let (session, moment) = (panel.scene.session(), panel.scene.moment());
    let is_reached = |row: usize| moment.is_reached(moment.shown_gradient(params[row]));
    let waits = session.is_running() || !rows.clone().any(is_reached);
    let asked = (is_open && !waits).then(|| Asked {
        update: ShownUpdate::of(moment),
        sample: (!moment.shows_means()).then(|| moment.sample()),
        params: ByAddress(Rc::clone(params)),
        rows: rows.clone(),
    });
    let first = use_memo(asked.clone(), |asked| {
        asked.as_ref().map_or_else(Vec::new, |asked| asked.measure(moment, 0))
    });
    use_effect_with(asked.clone(), {
        let (setter, moment, first) = (known.setter(), moment.clone(), Rc::clone(&first));
        move |asked| {
            let frame = Rc::new(RefCell::new(None::<AnimationFrame>));
            if let Some(asked) = asked.clone() {
                go_on(asked, first.to_vec(), moment, &frame, setter);
            }
            move || drop(frame.take())
        }
    });
    let known = known.as_ref().filter(|(of, _)| Some(of) == asked.as_ref());
    let measured = known.map_or(&*first, |(_, measured)| measured);
    let of_row = |row: usize| match measured.get(row - rows.start) {
        _ if !is_reached(row) => Measured::NotYet,
        Some(checked) => Measured::Here(*checked),
        None => Measured::Pending,
    };
    is_open.then(|| rows.clone().map(of_row).collect())
}

/// Measures the next rows in the next frame, and so on until all are measured. The frame that is asked for is kept
/// in `frame`: without it nothing more happens.
fn go_on(
    asked: Asked,
    mut measured: Vec<Checked>,
    moment: Moment,
    frame: &Rc<RefCell<Option<AnimationFrame>>>,
    setter: UseStateSetter<Option<(Asked, Vec<Checked>)>>,
) {
    if measured.len() == asked.rows.len() {
        return;
    }
    let slot = Rc::clone(frame);
    let next = request_animation_frame(move |_| {
        measured.extend(asked.measure(&moment, measured.len()));
        setter.set(Some((asked.clone(), measured.clone())));
        go_on(asked, measured, moment, &slot, setter);
    });
    *frame.borrow_mut() = Some(next);
}

impl Measured {
    /// The difference as text, once it is there.
    pub fn text(&self, digits: u8) -> Option<String> {
        match self {
            Self::Here(checked) => Some(format::number(checked.difference.value, digits)),
            Self::NotYet | Self::Pending => None,
        }
    }

    /// The cells of the difference and of its error.
    pub fn cells(&self, digits: u8) -> Html {
        match self {
            Self::NotYet => html! { <><td>{ text_so_far(None) }</td><td>{ text_so_far(None) }</td></> },
            Self::Pending => html! { <><td>{ "…" }</td><td>{ "…" }</td></> },
            Self::Here(checked) => {
                let (sign, word) = mark(checked.finding);
                let class = (checked.finding == Finding::Differs).then_some("is-differs");
                html! {
                    <>
                        <td class={classes!("measured", class)}>{ self.text(digits) }</td>
                        <td class={classes!("measured", class)} title={words::verdict_says(&word, &title(checked))}>
                            { format::number(checked.error(), DIGITS) }
                            <span aria-hidden="true">{ format!(" {sign}") }</span>
                            <span class="visually-hidden">{ format!(" {word}") }</span>
                        </td>
                    </>
                }
            }
        }
    }
}
