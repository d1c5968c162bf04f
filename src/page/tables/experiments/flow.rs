//! The gradient flow: how large the derivatives of each layer are, over the epochs and now, and which units
//! let nothing through.

use std::rc::Rc;

use web_sys::HtmlCanvasElement;
use yew::prelude::*;

use crate::lesson::quantity::Quantity;
use crate::page::parts::around::around;
use crate::page::parts::choice::{Choice, Choosable};
use crate::page::parts::surface::use_surface;
use crate::page::scene::{Panel, PanelProps};
use crate::page::tables::survey::use_survey;
use crate::picture::chart::flow::{FlowChart, FlowQuantity};
use crate::run::flow::{Flow, LayerFlow, Measuring, Spread, StuckUnits, UnitState};
use crate::text::format;
use crate::words::around::Place;
use crate::words::paragraph;
use crate::words::tables::{self, experiments as words};
use backprop::network::UnitId;

/// The most units that are named.
const MAX_NAMED: usize = 6;

/// The region.
#[component]
pub fn GradientFlow(props: &PanelProps) -> Html {
    let panel = &props.panel;
    let survey = use_survey::<Measuring>(&panel.scene);
    let quantity = use_state_eq(FlowQuantity::default);
    let canvas = use_node_ref();
    let surface = use_surface(&canvas);
    let moment = panel.scene.moment();
    let loss = moment.names.loss();
    let symbols = [format!("‖∂{loss}/∂W‖"), format!("‖{}‖", moment.names.delta())];
    let symbol = &symbols[usize::from(*quantity == FlowQuantity::Delta)];
    let mut flows: Vec<Rc<Flow>> = survey.all().cloned().collect();
    if let Some(shown) = survey.now()
        && !flows.iter().any(|flow| flow.epoch == shown.epoch)
    {
        flows.push(Rc::clone(shown));
        flows.sort_by_key(|flow| flow.epoch);
    }
    let chart = FlowChart::new(flows.iter().map(Rc::as_ref), *quantity, moment.epoch);
    use_effect_with((chart.clone(), surface), {
        let canvas = canvas.clone();
        move |(chart, surface)| {
            if let Some(canvas) = canvas.cast::<HtmlCanvasElement>() {
                // A canvas that refuses to be drawn on shows nothing; the table has the numbers.
                surface.paint(canvas, |area, palette| drop(chart.draw(area, surface.frame, palette)));
            }
        }
    });
    let stuck = survey.now().map(|flow| Rc::new(flow.stuck()));
    use_marked(panel, stuck.clone());
    let options: Vec<Choosable<FlowQuantity>> =
        FlowQuantity::ALL.into_iter().zip(symbols.iter().cloned().map(AttrValue::from)).collect();
    let on_choose = {
        let setter = quantity.setter();
        Callback::from(move |chosen| setter.set(chosen))
    };
    let quantities = html! {
        <Choice<FlowQuantity> label={words::size_of()} {options} value={*quantity} {on_choose} />
    };
    html! {
        <section class="flow" aria-label={words::gradient_flow()}>
            <h3>{ words::gradient_flow() }</h3>
            <p class="controls">
                <label>{ around(&words::per_layer_and_epoch(&Place(0)), [quantities]) }</label>
                <span class="hint">{ words::lines_are() }</span>
            </p>
            <canvas ref={canvas} role="img" aria-label={chart.summary(symbol)} />
            if let Some(flow) = survey.now() {
                { now_of(panel, flow, &stuck.unwrap_or_default().units, &symbols) }
            } else {
                <p class="hint">{ words::measuring() }</p>
            }
        </section>
    }
}

/// Marks the units in the network as long as this is on the page.
#[hook]
fn use_marked(panel: &Panel, stuck: Option<Rc<StuckUnits>>) {
    use_effect_with(stuck, {
        let on_stuck = panel.on_stuck.clone();
        // Until the next network is measured the marks stay.
        move |stuck| {
            if let Some(stuck) = stuck {
                on_stuck.emit(Rc::clone(stuck));
            }
        }
    });
    use_effect_with((), {
        let on_stuck = panel.on_stuck.clone();
        move |()| move || on_stuck.emit(Rc::default())
    });
}

/// The layers as they are now.
fn now_of(panel: &Panel, flow: &Flow, stuck: &[(UnitId, UnitState)], symbols: &[String; 2]) -> Html {
    let moment = panel.scene.moment();
    let n_layers = flow.layers.len();
    let row = |(l, layer): (usize, &LayerFlow)| {
        let is_output = l + 1 == n_layers;
        let name = if is_output { words::output_layer(&(l + 1)) } else { (l + 1).to_string() };
        html! {
            <tr key={l}>
                <th scope="row">{ name }</th>
                <td class="grad">{ panel.scene.number(layer.gradient) }</td>
                <td>{ strip(&layer.gradients) }</td>
                <td class="grad">{ panel.scene.number(layer.delta) }</td>
                <td>{ strip(&layer.deltas) }</td>
            </tr>
        }
    };
    let n_all = moment.lesson.data.train.len();
    let epoch = format::count(flow.epoch);
    let over = if flow.n_samples < n_all {
        words::over_some(n_all, &epoch, &format::count(flow.n_samples as u64))
    } else {
        words::over_all(n_all, &epoch)
    };
    let symbol = &symbols[0];
    let said = |(id, state): &(UnitId, UnitState)| {
        let activation = Quantity::Activation(*id);
        let unit = moment.names.unit_at_start(*id);
        let g = moment.network().activation(id.layer).name();
        html! {
            <li
                key={format!("{} {}", id.layer, id.unit)}
                onmouseenter={panel.light::<MouseEvent>(activation)}
                onmouseleave={panel.unlight::<MouseEvent>()}
            >
                <b class="stuck-mark" aria-hidden="true">{ state.sign() }</b>
                { state.sentence(&unit, g, flow.n_samples) }
            </li>
        }
    };
    let more = stuck.len().saturating_sub(MAX_NAMED);
    html! {
        <>
            <p class="says">{ flow.says(symbol, panel.scene.digits().min(3)) }</p>
            <table aria-label={words::derivatives_per_layer()}>
                <caption>{ paragraph([&*over, words::bars_are()]) }</caption>
                <thead>
                    <tr>
                        <th scope="col">{ tables::layer() }</th>
                        <th scope="col">{ &symbols[0] }</th>
                        <th scope="col">{ format!("∂{}/∂w", moment.names.loss()) }</th>
                        <th scope="col">{ &symbols[1] }</th>
                        <th scope="col">{ moment.names.delta() }</th>
                    </tr>
                </thead>
                <tbody>{ for flow.layers.iter().enumerate().map(row) }</tbody>
            </table>
            if !stuck.is_empty() {
                <ul class="stuck" aria-label={words::stuck_units()}>
                    { for stuck.iter().take(MAX_NAMED).map(said) }
                    if 0 < more {
                        <li>{ words::more_units(more) }</li>
                    }
                </ul>
            }
        </>
    }
}

/// How many numbers are how large.
fn strip(spread: &Spread) -> Html {
    let most = spread.bins.iter().copied().max().unwrap_or(0).max(spread.n_zero).max(1);
    let n_bins = spread.bins.len();
    let bar = |(k, n): (usize, &u64)| {
        let height = (20.0 * *n as f64 / most as f64).ceil();
        (0 < *n).then(|| {
            html! {
                <rect key={k} x={(4 * k + 6).to_string()} y={(20.0 - height).to_string()} width="3" height={height.to_string()} />
            }
        })
    };
    let zero = (20.0 * spread.n_zero as f64 / most as f64).ceil();
    html! {
        <>
            <svg class="spread" viewBox={format!("0 0 {} 21", 4 * n_bins + 6)} aria-hidden="true">
                if 0 < spread.n_zero {
                    <rect class="is-zero" x="0.5" y={(20.0 - zero).to_string()} width="3" height={zero.to_string()} />
                }
                { for spread.bins.iter().enumerate().filter_map(bar) }
            </svg>
            <span class="visually-hidden">{ spread.says() }</span>
        </>
    }
}
