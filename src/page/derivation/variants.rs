//! The update in books and frameworks, on demand: how others make the step of this method, with its numbers.

use yew::prelude::*;

use super::depths::Depth;
use crate::explanation::formula::mathml::{Element, MathMl};
use crate::explanation::formula::speech::Speech;
use crate::explanation::formula::{Formula, View, write};
use crate::explanation::variants::{Variant, has_variants, variants};
use crate::lesson::quantity::Quantity;
use crate::moment::step::StepKind;
use crate::page::parts::math::{LeafActions, Line, room, use_ems};
use crate::page::scene::{Panel, PanelProps};
use crate::words::page::{spoken, variants as words};

/// How it is opened.
pub const DEPTH: Depth = Depth {
    key: "variants",
    names: [words::variants, words::variants],
    is_offered: has_variants,
    is_for: |moment| {
        let is_update = moment.step().is_some_and(|step| matches!(step.kind, StepKind::Update(_)));
        is_update && has_variants(moment)
    },
    view: Some(|panel, _| html! { <Variants panel={panel.clone()} /> }),
};

/// A row for each way to make the step.
#[component]
fn Variants(props: &PanelProps) -> Html {
    let panel = &props.panel;
    let scene = &panel.scene;
    let moment = scene.moment();
    let all = use_memo(scene.clone(), |scene| variants(scene.moment(), scene.digits()));
    let node = use_node_ref();
    let ems = use_ems(&node);
    let Some(param) = scene.current_param() else {
        return Html::default();
    };
    let rate = moment.name(Quantity::LearningRate);
    let has_half = all.iter().any(|variant| variant.at_half_rate.is_some());
    let number = |x: Option<f64>| x.map_or_else(|| "—".to_owned(), |x| scene.number(x));
    let n_columns = 2 + usize::from(has_half);
    let rows = |Variant { who, formulas, remark, weight, at_half_rate }: &Variant| {
        html! {
            <tbody>
                <tr>
                    <th scope="row">{ who }</th>
                    <td>{ number(*weight) }</td>
                    if has_half {
                        <td>{ number(*at_half_rate) }</td>
                    }
                </tr>
                <tr>
                    <td class="how" colspan={n_columns.to_string()}>
                        <div class="formula is-dense">{ equations(panel, formulas, ems) }</div>
                        <p>{ remark }</p>
                    </td>
                </tr>
            </tbody>
        }
    };
    html! {
        <section class="depth" aria-label={words::in_books()}>
            <p ref={node}>{ words::what_others_make() }</p>
            <table class="paths variants" aria-label={words::update_in_books()}>
                <thead>
                    <tr>
                        <th scope="col">{ words::as_in() }</th>
                        <th scope="col">{ moment.name(Quantity::New(param)) }</th>
                        if has_half {
                            <th scope="col">{ words::with_half_rate(&rate) }</th>
                        }
                    </tr>
                </thead>
                { for all.iter().map(rows) }
            </table>
        </section>
    }
}

fn equations(panel: &Panel, formulas: &[Formula], ems: f64) -> Html {
    let moment = panel.scene.moment();
    let drawing = LeafActions { panel, focused: None, classes: &|_| Classes::new() };
    let math = |formula: &Formula| -> Element {
        write(formula, moment, View::Symbols, &MathMl).without_weight_of_moments()
    };
    let mut lines = Vec::new();
    let mut said = Vec::new();
    for formula in formulas {
        let Formula::Relation(_, sides) = formula else {
            continue;
        };
        let mut left = sides.first().map(math);
        let most = room(ems, left.as_ref().map_or(0.0, Element::width));
        for side in &sides[1..] {
            lines.extend(Line::broken(left.take(), "=", math(side), most));
        }
        said.push(write(formula, moment, View::Symbols, &Speech));
    }
    drawing.lines(&lines, spoken::formulas(&said))
}
