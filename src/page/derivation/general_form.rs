//! The formula of the step for any network, on demand, beside that of the example.

use yew::prelude::*;

use super::depths::Depth;
use crate::explanation::formula::mathml::MathMl;
use crate::explanation::formula::speech::Speech;
use crate::explanation::formula::{Formula, View, write};
use crate::explanation::general_form::{GeneralForm, IndexMeaning, general_form};
use crate::page::parts::around::around;
use crate::page::parts::math::{LeafActions, Line, room, use_ems};
use crate::page::scene::{Panel, PanelProps};
use crate::words::around::Place;
use crate::words::page::{general_form as words, spoken};

/// How it is opened.
pub const DEPTH: Depth = Depth {
    key: "general",
    names: [words::general_form, words::general_form],
    is_offered: |_| true,
    is_for: |moment| moment.step().is_some(),
    view: Some(|panel, _| html! { <General panel={panel.clone()} /> }),
};

/// The general form, the same with the indices of the step, and what each index is.
#[component]
fn General(props: &PanelProps) -> Html {
    let panel = &props.panel;
    let node = use_node_ref();
    let ems = use_ems(&node);
    let Some(GeneralForm { general, filled, indices }) = general_form(panel.scene.moment()) else {
        return Html::default();
    };
    html! {
        <section class="depth" aria-label={words::general_form()}>
            <div class="pair">
                <div>
                    <h3>{ words::for_any_network() }</h3>
                    <div class="formula" ref={node}>{ formulas(panel, &general, ems) }</div>
                </div>
                <div>
                    <h3>{ words::with_indices() }</h3>
                    <div class="formula">{ formulas(panel, &filled, ems) }</div>
                </div>
            </div>
            <ul class="indices" aria-label={words::indices()}>{ for indices.iter().map(|index| meaning(panel, index)) }</ul>
        </section>
    }
}

fn formulas(panel: &Panel, formulas: &[Formula], ems: f64) -> Html {
    let moment = panel.scene.moment();
    let drawing = LeafActions { panel, focused: None, classes: &|_| Classes::new() };
    let mut lines = Vec::new();
    for formula in formulas {
        let Formula::Relation(_, sides) = formula else {
            continue;
        };
        let mut sides = sides.iter().map(|side| write(side, moment, View::Symbols, &MathMl));
        let mut left = sides.next();
        for side in sides {
            lines.extend(Line::broken(left.take(), "=", side, room(ems, 3.0)));
        }
    }
    let said: Vec<String> =
        formulas.iter().map(|formula| write(formula, moment, View::Symbols, &Speech)).collect();
    drawing.lines(&lines, spoken::formulas(&said))
}

/// An index: in focus or under the pointer it lights what it points at.
fn meaning(panel: &Panel, index: &IndexMeaning) -> Html {
    let IndexMeaning { letter, value, meaning, quantity } = index;
    html! {
        <li key={*letter}>
            <span
                tabindex="0"
                onmouseenter={quantity.map(|quantity| panel.light(quantity))}
                onmouseleave={quantity.map(|_| panel.unlight())}
                onfocus={quantity.map(|quantity| panel.light(quantity))}
                onblur={quantity.map(|_| panel.unlight())}
            >
                { around(&words::index_is(&Place(0), value, meaning), [html! { <b class="name">{ *letter }</b> }]) }
            </span>
        </li>
    }
}
