//! The prediction as one expression of the weights, on demand, written out unit by unit.

use std::collections::BTreeSet;

use yew::prelude::*;

use super::depths::Depth;
use crate::explanation::formula::mathml::{Element, MathMl};
use crate::explanation::formula::speech::Speech;
use crate::explanation::formula::{Formula, View, write};
use crate::explanation::prediction::{Prediction, all_written_out, prediction};
use crate::lesson::quantity::Quantity;
use crate::page::parts::choice::Choice;
use crate::page::parts::math::{LeafActions, Line, room, use_ems};
use crate::page::scene::Panel;
use crate::words::page::{prediction as words, spoken};
use crate::words::paragraph;
use backprop::network::UnitId;

/// Buttons of units; of more units the others stay as they are.
const MOST_UNITS: usize = 24;

/// How it is opened.
pub const DEPTH: Depth = Depth {
    key: "prediction",
    names: [words::prediction, words::prediction],
    is_offered: |_| true,
    is_for: |moment| moment.step().is_some(),
    view: Some(
        |panel, kept| html! { <Expression panel={panel.clone()} written={kept.prediction.clone()} /> },
    ),
};

/// How the reader has the prediction written.
#[derive(Clone, Default, PartialEq)]
pub struct Written {
    /// Which output.
    output: usize,
    /// The units that are written out.
    out: BTreeSet<UnitId>,
}

#[derive(Clone, PartialEq, Properties)]
struct Props {
    panel: Panel,
    written: UseStateHandle<Written>,
}

/// The expression, its numbers, and a button for each unit that can be written out.
#[component]
fn Expression(props: &Props) -> Html {
    let Props { panel, written } = props;
    let moment = panel.scene.moment();
    let network = moment.network();
    let n_layers = network.n_layers();
    let node = use_node_ref();
    let ems = use_ems(&node);
    let written_out = &written.out;
    let output = UnitId::new(n_layers, written.output.min(network.n_outputs() - 1));
    let Prediction { expression, units, .. } = prediction(moment, output, written_out);
    let left = Quantity::Activation(output);
    let drawing = LeafActions { panel, focused: None, classes: &|_| Classes::new() };
    let name = write(&Formula::Name(left), moment, View::Symbols, &MathMl);
    let most = room(ems, name.width());
    let symbols = write(&expression, moment, View::Symbols, &MathMl);
    let numbers = write(&expression, moment, View::Reached(panel.scene.digits()), &MathMl);
    let is_reached = moment.is_reached(left);
    let value = moment.text(left, panel.scene.digits()).filter(|_| is_reached);
    let value = value.unwrap_or_else(|| "·".to_owned());
    let mut lines = Line::broken(Some(name), "=", symbols, most);
    lines.extend(Line::broken(None, "=", numbers, most));
    Line::append(&mut lines, "=", Element::number(&value).with("class", "result"), most);
    let said = write(&expression, moment, View::Symbols, &Speech);
    let label = spoken::comes_to(&moment.name(left), &said, &value);
    let set = |out: BTreeSet<UnitId>| {
        let (setter, next) = (written.setter(), Written { out, ..(**written).clone() });
        Callback::from(move |_: MouseEvent| setter.set(next.clone()))
    };
    let choose = {
        let written = written.clone();
        Callback::from(move |output| written.set(Written { output, ..(*written).clone() }))
    };
    let toggle = |&(unit, is_out): &(UnitId, bool)| {
        let mut next = written_out.clone();
        if !next.remove(&unit) {
            next.insert(unit);
        }
        let onclick = set(next);
        let name = moment.name(Quantity::Activation(unit));
        html! {
            <button
                key={format!("{} {}", unit.layer, unit.unit)}
                type="button"
                class="small"
                aria-pressed={is_out.to_string()}
                aria-label={words::write_out_unit(&name)}
                onmouseenter={panel.light(Quantity::Activation(unit))}
                onmouseleave={panel.unlight()}
                {onclick}
            >
                { name }
            </button>
        }
    };
    let all = all_written_out(moment).filter(|all| !all.is_empty());
    let options: Vec<(usize, AttrValue)> = network
        .units(n_layers)
        .map(|unit| (unit.unit, moment.name(Quantity::Activation(unit)).into()))
        .collect();
    let hint = match (units.is_empty(), all.is_some()) {
        (true, _) => words::no_hidden_units().to_owned(),
        (false, true) => paragraph([words::which_weights(), words::weights_have_to_change()]),
        (false, false) => paragraph([words::which_weights(), words::too_long()]),
    };
    html! {
        <section class="depth" aria-label={words::prediction()}>
            <div class="formula" ref={node}>{ drawing.lines(&lines, label) }</div>
            <div class="write-out" role="group" aria-label={words::write_out()}>
                if 1 < options.len() {
                    <Choice<usize>
                        label={words::output()}
                        {options}
                        value={output.unit}
                        on_choose={choose}
                    />
                }
                { for units.iter().take(MOST_UNITS).map(toggle) }
                if let Some(all) = all {
                    <button type="button" class="small" onclick={set(all)}>{ words::all() }</button>
                }
                if !written_out.is_empty() {
                    <button type="button" class="small" onclick={set(BTreeSet::new())}>{ words::none() }</button>
                }
            </div>
            <p>{ hint }</p>
        </section>
    }
}
