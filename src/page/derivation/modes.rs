//! Forward mode beside reverse mode, on demand: both ways to the step's derivative, and what they cost.

use yew::prelude::*;

use super::depths::Depth;
use crate::explanation::formula::mathml::{Element, MathMl};
use crate::explanation::formula::speech::Speech;
use crate::explanation::formula::{Formula, View, write};
use crate::explanation::modes::{Costs, ModeLine, ModeStage, Modes, modes};
use crate::explanation::paths::param_of_step;
use crate::lesson::quantity::Quantity;
use crate::page::parts::math::{LeafActions, Line, room, use_ems};
use crate::page::scene::{Panel, PanelProps};
use crate::words::page::{modes as words, spoken};

/// How it is opened.
pub const DEPTH: Depth = Depth {
    key: "modes",
    names: [words::two_ways, words::two_ways],
    is_offered: |_| true,
    is_for: |moment| param_of_step(moment).is_some(),
    view: Some(|panel, _| html! { <TwoWays panel={panel.clone()} /> }),
};

/// Both ways under each other, and the numbers of multiplications.
#[component]
fn TwoWays(props: &PanelProps) -> Html {
    let panel = &props.panel;
    let moment = panel.scene.moment();
    let param = param_of_step(moment);
    let found = use_memo((panel.scene.clone(), param), |(scene, param)| {
        param.and_then(|param| modes(scene.moment(), param))
    });
    let node = use_node_ref();
    let ems = use_ems(&node);
    let Some(Modes { param, forward, reverse, costs }) = found.as_ref().as_ref() else {
        return Html::default();
    };
    let name = moment.name(Quantity::Param(*param));
    let loss = moment.name(Quantity::Loss);
    let Costs { n_params, forward_of_param, forward_of_all, reverse_of_all } = *costs;
    html! {
        <section class="depth" aria-label={words::two_ways_through()}>
            <div class="pair">
                <div>
                    <h3>{ words::forward_from(&name, &loss) }</h3>
                    <div class="formula is-dense" ref={node}>{ stages(panel, forward, ems) }</div>
                </div>
                <div>
                    <h3>{ words::reverse_from(&loss, &name) }</h3>
                    <div class="formula is-dense">{ stages(panel, reverse, ems) }</div>
                </div>
            </div>
            <table class="paths" aria-label={words::multiplications_of_both()}>
                <thead>
                    <tr>
                        <th scope="col">{ words::multiplications() }</th>
                        <th scope="col">{ words::for_one(&name) }</th>
                        <th scope="col">{ words::for_all(&n_params) }</th>
                    </tr>
                </thead>
                <tbody>
                    <tr>
                        <th scope="row">{ words::forward_mode() }</th>
                        <td>{ forward_of_param }</td>
                        <td>{ forward_of_all }</td>
                    </tr>
                    <tr>
                        <th scope="row">{ words::reverse_mode() }</th>
                        <td>{ "—" }</td>
                        <td>{ reverse_of_all }</td>
                    </tr>
                </tbody>
            </table>
            <p>{ words::this_is_backpropagation(&n_params) }</p>
        </section>
    }
}

fn stages(panel: &Panel, stages: &[ModeStage], ems: f64) -> Html {
    let moment = panel.scene.moment();
    let drawing = LeafActions { panel, focused: None, classes: &|_| Classes::new() };
    let math = |formula: &Formula| write(formula, moment, View::Symbols, &MathMl);
    let speech = |formula: &Formula| write(formula, moment, View::Symbols, &Speech);
    let mut lines = Vec::new();
    let mut said = Vec::new();
    for stage in stages {
        for ModeLine { left, right, value } in &stage.lines {
            let most = room(ems, math(left).width());
            let value = panel.scene.number(*value);
            said.push(spoken::comes_to(&speech(left), &speech(right), &value));
            lines.extend(Line::broken(Some(math(left)), "=", math(right), most));
            Line::append(&mut lines, "=", Element::number(&value), most);
        }
        if 0 < stage.n_more {
            let more = words::more_of_layer(stage.n_more);
            lines.push(Line { left: None, sign: "", right: Element::word(&more), shows_focus: false });
            said.push(more);
        }
    }
    drawing.lines(&lines, spoken::formulas(&said))
}
