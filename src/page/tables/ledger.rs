//! The ledger: every weight and bias, and how far its update has come.

use yew::prelude::*;

use super::ledger_check::{Measured, use_measured};
use super::ledger_order::use_ledger_order;
use crate::explanation::formula::Formula;
use crate::explanation::ledger_chain;
use crate::lesson::names::Written;
use crate::lesson::quantity::Quantity;
use crate::moment::Moment;
use crate::moment::step::Position;
use crate::page::parts::desk::{OpenSheet, Sheet, slice_id, slice_label};
use crate::page::parts::edit_field::{EditField, Editable};
use crate::page::parts::icon::Icon;
use crate::page::parts::number::text_so_far;
use crate::page::parts::symbol;
use crate::page::parts::windowed::{WHOLE, use_rows};
use crate::page::scene::{Panel, PanelProps};
use crate::session::Action;
use crate::text::format;
use crate::words::tables::{self, ledger as words};
use backprop::mistakes::Mistake;
use backprop::network::Param;

/// Columns beside those of what the optimiser remembers and of what is measured.
const N_COLUMNS: usize = 6;
const N_MEASURED: usize = 2;
const NOTE_ID: &str = "ledger-note";
/// Numbers of so many letters have room in type of the usual size.
const ROOMY_LETTERS: usize = 10;

/// The table of all parameters.
#[component]
pub fn Ledger(props: &PanelProps) -> Html {
    let panel = &props.panel;
    let moment = panel.scene.moment();
    let network = moment.network();
    let shape: Vec<(usize, bool)> = (0..=network.n_layers())
        .map(|layer| (network.n_units(layer), 0 < layer && network.has_biases(layer)))
        .collect();
    let params = use_memo(shape, |_| network.param_list());
    let (params, order) = use_ledger_order(panel, &params);
    let current = panel.scene.current_param();
    let current_row = current.and_then(|current| params.iter().position(|param| *param == current));
    let rows = use_rows(params.len(), current_row);
    let note = sample_note(moment);
    let is_measured = use_state_eq(|| false);
    let measured = use_measured(panel, &params, &rows.range, *is_measured);
    let shown = |index: usize| Shown {
        measured: measured.as_ref().map(|measured| measured[index - rows.range.start]),
        ..Shown::of(panel, params[index], index, Some(params[index]) == current)
    };
    let all: Vec<Shown> = rows.range.clone().map(shown).collect();
    let row = |index: usize| {
        html! {
            <Row
                key={rows.key(index)}
                shown={all[index - rows.range.start].clone()}
                dispatch={panel.dispatch.clone()}
                on_lit={panel.on_lit.clone()}
            />
        }
    };
    // Numbers that have grown long are set smaller: their columns stay in sight. Another length styles all rows
    // anew, so that usual ones count as one.
    let letters = all.iter().map(Shown::letters).fold(ROOMY_LETTERS, usize::max);
    let is_windowed = WHOLE < params.len();
    let kept: Vec<String> = match params.first() {
        Some(param) => kept_of(moment, *param).map(|kept| moment.names.letter(kept)).collect(),
        None => Vec::new(),
    };
    let toggle = {
        let (setter, is_measured) = (is_measured.setter(), *is_measured);
        Callback::from(move |_: MouseEvent| setter.set(!is_measured))
    };
    let n_measured = if *is_measured { N_MEASURED } else { 0 };
    let class = classes!("ledger", format!("keeps-{}", kept.len()), is_measured.then_some("is-measured"));
    html! {
        <section {class} style={format!("--letters: {letters}")}>
            <div class="head">
                {order}
                if let Some(note) = &note {
                    <p class="note" id={NOTE_ID}>{note}</p>
                }
            </div>
            <div class="scroller" ref={rows.scroller.clone()} onscroll={rows.onscroll.clone()}>
                <table
                    aria-label={tables::ledger_tab()}
                    aria-describedby={note.is_some().then_some(NOTE_ID)}
                    aria-rowcount={is_windowed.then(|| (params.len() + 1).to_string())}
                >
                    <thead>
                        <tr aria-rowindex={is_windowed.then_some("1")}>
                            <th scope="col"><span class="visually-hidden">{tables::parameter()}</span></th>
                            <th scope="col">{words::old()}</th>
                            <th scope="col">{words::product()}</th>
                            <th scope="col">{moment.names.gradient_heading()}</th>
                            if *is_measured {
                                <th scope="col">{tables::central_difference()}</th>
                                <th scope="col">{tables::error()}</th>
                            }
                            { for kept.iter().map(|letter| html! { <th scope="col">{letter}</th> }) }
                            <th scope="col">{moment.names.step_heading()}</th>
                            <th scope="col">{words::new()}</th>
                        </tr>
                    </thead>
                    { rows.body(N_COLUMNS + n_measured + kept.len(), row) }
                </table>
            </div>
            <p class="more">
                <OpenSheet sheet={Sheet::GradientCheck} id="gradient-check" label={tables::check_tab()} class="small" />
                <button
                    type="button"
                    class="small"
                    aria-pressed={is_measured.to_string()}
                    title={words::says_central_differences(&moment.names.loss())}
                    onclick={toggle}
                >
                    { words::central_differences() }
                </button>
                // Where its rows have no room for a button each.
                if let Some(param) = current.or(params.first().copied()) {
                    <OpenSheet
                        sheet={Sheet::Slice}
                        about={param}
                        id="ledger-slice"
                        label={slice_label(moment.names.loss(), &moment.name(Quantity::Param(param)))}
                        class="small is-narrow"
                    />
                }
            </p>
        </section>
    }
}

/// What the optimiser remembers of `param`: m, v, or nothing.
fn kept_of(moment: &Moment, param: Param) -> impl Iterator<Item = Quantity> {
    Quantity::made_of(param, moment.lesson.rule.optimizer.facts())
        .filter(|made| matches!(made, Quantity::FirstMoment(_) | Quantity::SecondMoment(_)))
}

/// Whose derivatives the ledger shows, where a batch has several samples. (Which batch it is the step
/// card and the transport say.)
fn sample_note(moment: &Moment) -> Option<String> {
    let n = moment.n_samples();
    let heading = moment.names.gradient_heading();
    match n {
        _ if moment.shows_means() && moment.lesson.rule.makes(Mistake::SumForMean) => {
            Some(words::sum_of(n, &heading))
        }
        _ if moment.shows_means() => Some(words::mean_of(n, &heading)),
        1 => None,
        _ => Some(words::of_sample(&heading, &moment.sample_in_words(moment.sample()))),
    }
}

/// A weight or bias as its row shows it: a step renders only the rows of which something changes.
#[derive(Clone, PartialEq)]
struct Shown {
    param: Param,
    index: usize,
    is_current: bool,
    is_lit: bool,
    name: AttrValue,
    value: f64,
    digits: u8,
    class: Classes,
    /// The letter of the loss.
    loss: &'static str,
    /// Where its derivative is made.
    stop: Option<Position>,
    chain: Vec<Factor>,
    /// Whether a minus stands before the product: δ may be −∂E/∂z.
    is_negative: bool,
    /// The derivative, what the optimiser remembers, the step and the new value; nothing if it does not learn.
    made: Option<Vec<Made>>,
    n_made: usize,
    /// Its derivative measured, where that is asked for.
    measured: Option<Measured>,
}

/// A factor of a derivative.
#[derive(Clone, PartialEq)]
struct Factor {
    quantity: Quantity,
    name: Written,
    class: Classes,
}

/// A number that a step makes.
#[derive(Clone, PartialEq)]
struct Made {
    quantity: Quantity,
    /// What it is called.
    name: AttrValue,
    /// It, once it is there.
    text: Option<String>,
    class: Classes,
    /// Where it is made.
    stop: Option<Position>,
}

impl Shown {
    fn of(panel: &Panel, param: Param, index: usize, is_current: bool) -> Self {
        let moment = panel.scene.moment();
        let own = Quantity::Param(param);
        let factor = |quantity: Quantity| Factor {
            quantity,
            name: moment.names.written(quantity, moment.sample()),
            class: panel.classes(quantity),
        };
        let made = |quantity: Quantity| Made {
            quantity,
            name: moment.name(quantity).into(),
            text: moment.shown_text(quantity, panel.scene.digits()),
            class: panel.classes(quantity),
            stop: moment.stop_of(quantity),
        };
        let columns: Vec<Quantity> = std::iter::once(moment.shown_gradient(param))
            .chain(kept_of(moment, param))
            .chain([Quantity::Step(param), Quantity::New(param)])
            .collect();
        let n_made = columns.len();
        // Where steps ask first it is the first of their hints.
        let asks_first = panel.scene.session().settings().asks_first;
        let is_hint = asks_first && !moment.is_reached(moment.shown_gradient(param));
        let product = (!is_hint).then(|| ledger_chain(moment, param));
        let chain = product.as_ref().map(Formula::quantities).unwrap_or_default();
        let all = || columns.into_iter().map(made).collect();
        Self {
            param,
            index,
            is_current,
            is_lit: panel.is_param_lit(param),
            name: moment.name(own).into(),
            value: moment.value(own).unwrap_or_default(),
            digits: panel.scene.digits(),
            loss: moment.names.loss(),
            class: panel.classes(own),
            stop: moment.stop_of(Quantity::Gradient(param)),
            chain: chain.into_iter().map(factor).collect(),
            is_negative: matches!(product, Some(Formula::Negative(_))),
            made: moment.learns(param).then(all),
            n_made,
            measured: None,
        }
    }

    /// How many letters the longest of its numbers has.
    fn letters(&self) -> usize {
        let made = self.made.iter().flatten().filter_map(|made| made.text.as_deref());
        let made = made.map(|text| text.chars().count()).max().unwrap_or(0);
        let measured = self.measured.and_then(|measured| measured.text(self.digits));
        let made = made.max(measured.map_or(0, |text| text.chars().count()));
        format::number(self.value, self.digits).chars().count().max(made)
    }
}

#[derive(Clone, PartialEq, Properties)]
struct RowProps {
    shown: Shown,
    dispatch: Callback<Action>,
    on_lit: Callback<Option<Quantity>>,
}

/// One weight or bias.
#[component]
fn Row(props: &RowProps) -> Html {
    let RowProps { shown, dispatch, on_lit } = props;
    let Shown { param, index, loss, .. } = *shown;
    let own = Quantity::Param(param);
    let (key, focus) = use_own_focus(param);
    let cell = |made: Option<&Made>| {
        let Some(made) = made else {
            return html! { <td class="fixed">{words::fixed()}</td> };
        };
        html! {
            <td
                class={made.class.clone()}
                onmouseenter={light::<MouseEvent>(on_lit, Some(made.quantity))}
                onmouseleave={light::<MouseEvent>(on_lit, None)}
                onclick={go_to(dispatch, made.stop, true)}
            >
                {text_so_far(made.text.clone())}
            </td>
        }
    };
    let dot = html! { <span class="dot">{"·"}</span> };
    let chain = shown.chain.iter().enumerate().map(|(k, factor)| {
        html! {
            <>
                if 0 < k { {dot.clone()} }
                <span
                    class={classes!("factor", factor.class.clone())}
                    onmouseenter={light::<MouseEvent>(on_lit, Some(factor.quantity))}
                    onmouseleave={light::<MouseEvent>(on_lit, Some(own))}
                >
                    {symbol::view(&factor.name)}
                </span>
            </>
        }
    });
    let (on_enter, on_leave) = (light::<MouseEvent>(on_lit, Some(own)), light::<MouseEvent>(on_lit, None));
    let turn = |has: bool| {
        let (focus, on_lit) = (focus.clone(), on_lit.clone());
        Callback::from(move |_: FocusEvent| {
            focus.emit(has);
            on_lit.emit(has.then_some(own));
        })
    };
    let made = |k: usize| shown.made.as_ref().and_then(|made| made.get(k));
    let gradient = made(0);
    html! {
        <tr
            data-row=""
            aria-current={shown.is_current.then_some("step")}
            aria-rowindex={(index + 2).to_string()}
            class={classes!(gradient.map(|_| "goes"), shown.is_lit.then_some("is-lit"))}
            onclick={go_to(dispatch, shown.stop, false)}
            onfocusin={turn(true)}
            onfocusout={turn(false)}
        >
            <th scope="row" onmouseenter={on_enter.clone()} onmouseleave={on_leave.clone()}>
                if let Some(gradient) = gradient {
                    <button {key} type="button" class="name weight" title={words::go_to_step_of(&gradient.name)}>
                        {&shown.name}
                    </button>
                } else {
                    <span class="name weight">{&shown.name}</span>
                }
            </th>
            <td
                class="now"
                onmouseenter={on_enter.clone()}
                onmouseleave={on_leave.clone()}
                onclick={|event: MouseEvent| event.stop_propagation()}
            >
                <OpenSheet
                    key={format!("slice {key}")}
                    sheet={Sheet::Slice}
                    about={param}
                    id={slice_id("ledger", param)}
                    label={slice_label(loss, &shown.name)}
                    icon={Icon::Slice}
                />
                <EditField
                    {key}
                    of={Editable::Param(param)}
                    label={&shown.name}
                    value={shown.value}
                    digits={shown.digits}
                    class={shown.class.clone()}
                    dispatch={dispatch.clone()}
                />
            </td>
            <td class="chain" onmouseenter={on_enter} onmouseleave={on_leave}>
                if shown.is_negative { {"−"} }
                {for chain}
            </td>
            { cell(gradient) }
            if let Some(measured) = shown.measured {
                if gradient.is_some() {
                    { measured.cells(shown.digits) }
                } else {
                    { for (0..N_MEASURED).map(|_| cell(None)) }
                }
            }
            { for (1..shown.n_made).map(|k| cell(made(k))) }
        </tr>
    }
}

/// A key of what can have the focus in a row, and what to call when something of it has the focus and when not. A
/// row that takes over the elements of another one has the same key, unless one of these has the focus: with half
/// a number it stays with its own row.
#[hook]
fn use_own_focus(param: Param) -> (usize, Callback<bool>) {
    let has_focus = use_mut_ref(|| false);
    let owner = use_mut_ref(|| (param, 0));
    let key = {
        let (of, key) = &mut *owner.borrow_mut();
        if *of != param {
            *of = param;
            *key += usize::from(has_focus.replace(false));
        }
        *key
    };
    let turn = use_callback((), move |has: bool, ()| *has_focus.borrow_mut() = has);
    (key, turn)
}

/// A callback that lights a quantity, or nothing.
fn light<E>(on_lit: &Callback<Option<Quantity>>, quantity: Option<Quantity>) -> Callback<E> {
    on_lit.reform(move |_| quantity)
}

/// Goes to the step that computes a quantity, if one does. `is_inner` within something that goes
/// elsewhere when it is clicked.
fn go_to(dispatch: &Callback<Action>, stop: Option<Position>, is_inner: bool) -> Callback<MouseEvent> {
    let dispatch = dispatch.clone();
    Callback::from(move |event: MouseEvent| {
        if is_inner {
            event.stop_propagation();
        }
        if let Some(stop) = stop {
            dispatch.emit(Action::JumpTo(stop));
        }
    })
}
