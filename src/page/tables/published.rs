//! The numbers that the lesson's source prints, beside ours.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_render::{AnimationFrame, request_animation_frame};
use yew::prelude::*;

use crate::lesson::Lesson;
use crate::lesson::named::LAYER_BY_LAYER;
use crate::lesson::names::minus;
use crate::lesson::notation::Style;
use crate::lesson::quantity::Quantity;
use crate::page::parts::around::around;
use crate::page::parts::browser::now;
use crate::page::parts::by_address::ByAddress;
use crate::page::scene::{Panel, Scene};
use crate::run::published::{Checker, Comparison, Verdict};
use crate::session::Action;
use crate::text::format;
use crate::text::format::FULL_DIGITS;
use crate::words::around::Place;
use crate::words::tables::{self, published as words};
use backprop::trace::UpdateOrder;

/// Milliseconds of a frame that comparing may take.
const BUDGET: f64 = 8.0;
/// Epochs between two looks at the clock.
const SLICE: u64 = 50;

/// How far the comparison of the opened lesson has come; it starts when the tab is first open and
/// then goes on, a little in each frame. `None` before that.
#[hook]
pub fn use_checker(scene: &Scene, is_open: bool) -> Option<Rc<Checker>> {
    let state = use_state(|| None::<(ByAddress<Lesson>, Rc<Checker>)>);
    let asked = use_mut_ref(|| None::<ByAddress<Lesson>>);
    let lesson = ByAddress(Rc::clone(scene.session().start()));
    if is_open {
        *asked.borrow_mut() = Some(lesson.clone());
    }
    let is_asked = *asked.borrow() == Some(lesson.clone());
    use_effect_with((lesson.clone(), is_asked), {
        let setter = state.setter();
        move |(lesson, is_asked)| {
            let frame = Rc::new(RefCell::new(None::<AnimationFrame>));
            if *is_asked {
                let lesson = lesson.clone();
                let checker = Checker::new(&lesson.0);
                let report = move |checker: &Checker| {
                    setter.set(Some((lesson.clone(), Rc::new(checker.clone()))));
                };
                report(&checker);
                go_on(checker, &frame, report);
            }
            move || drop(frame.take())
        }
    });
    let known = state.as_ref().filter(|(of, _)| *of == lesson);
    known.map(|(_, checker)| Rc::clone(checker))
}

/// Compares in the next frame, and so on until all is compared. The frame that is asked for is kept
/// in `frame`: without it nothing more happens.
fn go_on(
    mut checker: Checker,
    frame: &Rc<RefCell<Option<AnimationFrame>>>,
    report: impl Fn(&Checker) + 'static,
) {
    if checker.is_done() {
        return;
    }
    let slot = Rc::clone(frame);
    let asked = request_animation_frame(move |_| {
        let before = n_pending(&checker);
        let start = now();
        while !checker.is_done() && now() - start < BUDGET {
            checker.advance(SLICE);
        }
        if n_pending(&checker) != before {
            report(&checker);
        }
        go_on(checker, &slot, report);
    });
    *frame.borrow_mut() = Some(asked);
}

fn n_pending(checker: &Checker) -> usize {
    count(checker, Verdict::Pending)
}

fn count(checker: &Checker, verdict: Verdict) -> usize {
    checker.comparisons().iter().filter(|comparison| comparison.verdict == verdict).count()
}

/// The table of published numbers, compared as far as `checker` has come.
pub fn published(panel: &Panel, checker: Option<&Checker>) -> Html {
    let lesson = panel.scene.session().start();
    if lesson.published.is_empty() {
        return html! {
            <section class="published"><p class="hint">{words::prints_nothing()}</p></section>
        };
    }
    let Some(checker) = checker else {
        return html! { <section class="published" /> };
    };
    let entries: Vec<(usize, &Comparison)> = checker.comparisons().iter().enumerate().collect();
    let of_one_epoch =
        |a: &(usize, &Comparison), b: &(usize, &Comparison)| a.1.published.epoch == b.1.published.epoch;
    let group = |entries: &[(usize, &Comparison)]| {
        html! {
            <tbody key={entries[0].0}>
                <tr><th scope="rowgroup" colspan="5">{epoch_heading(entries[0].1.published.epoch)}</th></tr>
                {for entries.iter().map(|(key, comparison)| entry(panel, *key, comparison))}
            </tbody>
        }
    };
    html! {
        <section class="published">
            <div class="scroller">
                <p class="summary" role="status">{summary(checker)}</p>
                if !lesson.source.is_empty() {
                    <p class="hint">{around(&words::source(&Place(0)), [html! { {&lesson.source} }])}</p>
                }
                <p class="hint">{words::is_of_the_start()}</p>
                <table aria-label={words::published_numbers()}>
                    <thead>
                        <tr>
                            <th scope="col">{words::quantity()}</th>
                            <th scope="col">{words::printed()}</th>
                            <th scope="col"><span class="visually-hidden">{tables::verdict()}</span></th>
                            <th scope="col">{words::ours()}</th>
                            <th scope="col"><span class="visually-hidden">{words::show()}</span></th>
                        </tr>
                    </thead>
                    {for entries.chunk_by(of_one_epoch).map(group)}
                </table>
            </div>
        </section>
    }
}

/// How many numbers agree, and what becomes of the others.
fn summary(checker: &Checker) -> String {
    let n = checker.comparisons().len();
    let n_pending = n_pending(checker);
    if 0 < n_pending {
        return words::comparing(n, &format::count((n - n_pending) as u64));
    }
    let some = |verdict, say: fn(usize) -> String| Some(count(checker, verdict)).filter(|n| 0 < *n).map(say);
    let others = [
        some(Verdict::Erratum, words::errata),
        some(Verdict::Differs, words::differ),
        some(Verdict::Diverged, words::not_reached),
        some(Verdict::Unknown, words::unknown),
    ];
    let agreeing = format::count(count(checker, Verdict::Agrees) as u64);
    tables::findings(std::iter::once(words::agree(n, &agreeing)).chain(others.into_iter().flatten()))
}

fn epoch_heading(epoch: u64) -> String {
    match epoch {
        0 => words::epoch_0().to_owned(),
        epoch => words::epoch(&format::count(epoch)),
    }
}

fn entry(panel: &Panel, key: usize, comparison: &Comparison) -> Html {
    let published = &comparison.published;
    let (mark, says, class) = match comparison.verdict {
        Verdict::Pending => ("…", words::not_compared_yet(), "pending"),
        Verdict::Agrees => ("✓", tables::agrees(), "agrees"),
        Verdict::Erratum => ("≠", words::erratum(), "erratum"),
        Verdict::Differs => ("≠", tables::differs(), "differs"),
        Verdict::Unknown => ("?", words::unknown_quantity(), "differs"),
        Verdict::Diverged => ("∞", words::the_run_diverges(), "differs"),
    };
    // A tick speaks for itself; what else is the matter stands in words.
    let is_plain = matches!(comparison.verdict, Verdict::Pending | Verdict::Agrees);
    let ours = comparison.ours.map_or_else(|| "·".to_owned(), |x| format::number(x, FULL_DIGITS));
    html! {
        <key={key}>
            <tr class={classes!("entry", class)}>
                <th scope="row">{quantity_name(&called(panel, comparison))}</th>
                <td class="printed">{printed(&published.value)}</td>
                <td class="verdict">
                    <span aria-hidden="true">{mark}</span>
                    <span class={if is_plain { "visually-hidden" } else { "words" }}>{" "}{says}</span>
                </td>
                <td class="ours">{ours}</td>
                <td class="act">{show(panel, comparison)}</td>
            </tr>
            if !published.note.is_empty() {
                <tr class={classes!("remark", class)}><td colspan="5"><p>{&published.note}</p></td></tr>
            }
        </>
    }
}

/// The number as printed, its sign a true minus.
fn printed(value: &str) -> String {
    value.strip_prefix('-').map_or_else(|| value.to_owned(), |size| format!("−{size}"))
}

/// What the quantity is called: as the source has it, or in the notation that the reader has chosen.
fn called(panel: &Panel, comparison: &Comparison) -> String {
    let moment = panel.scene.moment();
    let printed = &comparison.published.quantity;
    let Some(quantity) =
        comparison.quantity.filter(|_| moment.names.style() != Style::of(moment.lesson.notation))
    else {
        return printed.clone();
    };
    let (_, sample) = comparison.place;
    let sample_mark = printed.ends_with(']').then(|| moment.names.sample_mark(sample).plain());
    let sample_mark = sample_mark.unwrap_or_default();
    let order = if printed.ends_with(LAYER_BY_LAYER) { LAYER_BY_LAYER } else { "" };
    // The number is printed with the source's own sign.
    let is_delta = matches!(quantity, Quantity::Delta(_));
    let sign = minus(
        is_delta && moment.names.negates_delta() != moment.lesson.notation.facts().delta_sign.negates(),
    );
    format!("{sign}{}{sample_mark}{order}", moment.names.plain(quantity, sample))
}

/// The quantity's name, the update order that it belongs to in smaller letters.
fn quantity_name(text: &str) -> Html {
    let (name, order) = match text.strip_suffix(LAYER_BY_LAYER) {
        Some(name) => (name, tables::data::layer_by_layer()),
        None => (text, ""),
    };
    html! { <><span class="name">{name.to_owned()}</span><span class="order">{order}</span></> }
}

/// A button that goes to the step where the number is computed; of an epoch that the run has not
/// reached, to that epoch's start.
fn show(panel: &Panel, comparison: &Comparison) -> Html {
    let moment = panel.scene.moment();
    let published = &comparison.published;
    let Some(quantity) = comparison.quantity else {
        return html! {};
    };
    let is_of_other_order = published.quantity.ends_with(LAYER_BY_LAYER)
        && moment.lesson.rule.update_order != UpdateOrder::LayerByLayer;
    if is_of_other_order {
        // The steps of this run would show another number. Its name says why.
        return html! {};
    }
    let (batch, sample) = comparison.place;
    if 0 < batch {
        // The epoch starts at its first batch; from there it is a way.
        return html! {};
    }
    let sample = if quantity == Quantity::BatchLoss { moment.n_samples() - 1 } else { sample };
    let stop = moment.plan.maker(quantity).and_then(|kind| moment.plan.find(kind, sample));
    let stop = stop.map(|step| moment.plan.done(step));
    let reached = panel.scene.session().losses().points().last().map_or(0, |point| point.epoch);
    let (epoch, here) = (published.epoch, moment.epoch);
    let dispatch = panel.dispatch.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        if epoch <= reached {
            dispatch.emit(Action::GoToEpoch(epoch));
        } else if epoch == here + 1 {
            dispatch.emit(Action::NextEpoch);
        } else {
            dispatch.emit(Action::RunTo(epoch));
            return;
        }
        if let Some(stop) = stop {
            dispatch.emit(Action::JumpTo(stop));
        }
    });
    let says = words::show_at_epoch(&called(panel, comparison), &epoch);
    html! { <button type="button" aria-label={says} {onclick}>{words::show_it()}</button> }
}
