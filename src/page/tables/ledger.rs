//! The ledger: every weight and bias, and how far its update has come.

use yew::prelude::*;

use super::ledger_order::use_ledger_order;
use crate::explanation::ledger_chain;
use crate::lesson::quantity::Quantity;
use crate::moment::Moment;
use crate::page::parts::number::number_so_far;
use crate::page::parts::number_field::{NumberChange, NumberField};
use crate::page::parts::windowed::{WHOLE, use_rows};
use crate::page::scene::{Panel, PanelProps};
use crate::session::{Action, Edit};
use backprop::network::Param;

const N_COLUMNS: usize = 6;
const NOTE_ID: &str = "ledger-note";

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
    let row = |index: usize| {
        let param = params[index];
        let is_current = Some(param) == current;
        // A row is told of what lights up in it only: pointing about renders no other.
        let has = |lit: &Quantity| {
            lit.param() == Some(param) || ledger_chain(moment, param).quantities().contains(lit)
        };
        let panel = Panel { lit: panel.lit.filter(has), ..panel.clone() };
        html! { <Row key={rows.key(index)} {panel} {param} {index} {is_current} /> }
    };
    let is_windowed = WHOLE < params.len();
    html! {
        <section class="ledger">
            <div class="head">
                {order}
                if let Some(note) = &note {
                    <p class="note" id={NOTE_ID}>{note}</p>
                }
            </div>
            <div class="scroller" ref={rows.scroller.clone()} onscroll={rows.onscroll.clone()}>
                <table
                    aria-label="Ledger"
                    aria-describedby={note.is_some().then_some(NOTE_ID)}
                    aria-rowcount={is_windowed.then(|| (params.len() + 1).to_string())}
                >
                    <thead>
                        <tr aria-rowindex={is_windowed.then_some("1")}>
                            <th scope="col"><span class="visually-hidden">{"parameter"}</span></th>
                            <th scope="col">{"now"}</th>
                            <th scope="col">{"chain"}</th>
                            <th scope="col">{moment.names.gradient_heading()}</th>
                            <th scope="col">{moment.names.step_heading()}</th>
                            <th scope="col">{"new"}</th>
                        </tr>
                    </thead>
                    { rows.body(N_COLUMNS, row) }
                </table>
            </div>
        </section>
    }
}

/// Whose derivatives the ledger shows, where a batch has several samples. (Which batch it is the step
/// card and the transport say.)
fn sample_note(moment: &Moment) -> Option<String> {
    let n = moment.n_samples();
    let heading = moment.names.gradient_heading();
    match n {
        _ if moment.shows_means() => Some(format!("{heading}: mean of {n} samples")),
        1 => None,
        _ => Some(format!("{heading}: sample {} of {n}", moment.sample() + 1)),
    }
}

#[derive(Clone, PartialEq, Properties)]
struct RowProps {
    panel: Panel,
    param: Param,
    index: usize,
    is_current: bool,
}

/// One weight or bias.
#[component]
fn Row(props: &RowProps) -> Html {
    let RowProps { panel, param, index, is_current } = props;
    let param = *param;
    let moment = panel.scene.moment();
    let own = Quantity::Param(param);
    let name = moment.name(own);
    let learns = moment.learns(param);
    let gradient = moment.shown_gradient(param);
    let on_change =
        use_callback((panel.dispatch.clone(), param), |change: NumberChange, (dispatch, param)| {
            let NumberChange { value, continues } = change;
            dispatch.emit(Action::Edit { edit: Edit::Param(*param, value), continues });
        });
    let on_refuse = use_callback(panel.dispatch.clone(), |text: String, dispatch| {
        dispatch.emit(Action::problem(text));
    });
    let cell = |quantity: Quantity| {
        if !learns {
            return html! { <td class="fixed">{"fixed"}</td> };
        }
        html! {
            <td
                class={panel.classes(quantity)}
                onmouseenter={panel.light(quantity)}
                onmouseleave={panel.unlight()}
                onclick={go_to(panel, quantity, true)}
            >
                {number_so_far(panel, moment.shown(quantity))}
            </td>
        }
    };
    let factor = |quantity: Quantity| {
        html! {
            <span
                class={classes!("name", panel.classes(quantity))}
                onmouseenter={panel.light(quantity)}
                onmouseleave={panel.light(own)}
            >
                {moment.name(quantity)}
            </span>
        }
    };
    let chain = ledger_chain(moment, param).quantities();
    let dot = html! { <span class="dot">{"·"}</span> };
    let chain = chain.into_iter().enumerate().map(|(k, quantity)| {
        html! { <>if 0 < k { {dot.clone()} }{factor(quantity)}</> }
    });
    let (on_enter, on_leave) = (panel.light::<MouseEvent>(own), panel.unlight::<MouseEvent>());
    html! {
        <tr
            data-row=""
            aria-current={is_current.then_some("step")}
            aria-rowindex={(index + 2).to_string()}
            class={classes!(learns.then_some("goes"), panel.is_param_lit(param).then_some("is-lit"))}
            onclick={go_to(panel, Quantity::Gradient(param), false)}
            onfocusin={panel.light(own)}
            onfocusout={panel.unlight()}
        >
            <th scope="row" onmouseenter={on_enter.clone()} onmouseleave={on_leave.clone()}>
                if learns {
                    <button key={*index} type="button" class="name weight" title={format!("Go to the step of {}", moment.name(gradient))}>
                        {&name}
                    </button>
                } else {
                    <span class="name weight">{&name}</span>
                }
            </th>
            <td
                class="now"
                onmouseenter={on_enter.clone()}
                onmouseleave={on_leave.clone()}
                onclick={|event: MouseEvent| event.stop_propagation()}
            >
                // Half a number stays with its own row.
                <NumberField
                    key={*index}
                    label={name.clone()}
                    value={moment.value(own).unwrap_or_default()}
                    digits={panel.scene.digits()}
                    class={panel.classes(own)}
                    {on_change}
                    {on_refuse}
                />
            </td>
            <td class="chain" onmouseenter={on_enter} onmouseleave={on_leave}>{for chain}</td>
            {cell(gradient)}
            {cell(Quantity::Step(param))}
            {cell(Quantity::New(param))}
        </tr>
    }
}

/// Goes to the step that computes `quantity`, if one does. `is_inner` within something that goes
/// elsewhere when it is clicked.
fn go_to(panel: &Panel, quantity: Quantity, is_inner: bool) -> Callback<MouseEvent> {
    let panel = panel.clone();
    Callback::from(move |event: MouseEvent| {
        if is_inner {
            event.stop_propagation();
        }
        if let Some(stop) = panel.scene.moment().stop_of(quantity) {
            panel.dispatch.emit(Action::JumpTo(stop));
        }
    })
}
