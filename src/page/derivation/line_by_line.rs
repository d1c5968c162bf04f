//! A step's derivative worked out line by line, on demand, in the place of its formula.

use yew::prelude::*;

use super::depths::Depth;
use super::result_line;
use crate::explanation::formula::mathml::MathMl;
use crate::explanation::formula::speech::Speech;
use crate::explanation::formula::{Formula, View, write};
use crate::explanation::{DerivationLine, Detail, Equation, derivation, derives};
use crate::page::parts::math::{LeafActions, Line, room};
use crate::page::scene::Panel;

/// Terms of a sum before its middle is left out: each stands beside others.
const MAX_TERMS: usize = 6;

/// How it is opened.
pub const DEPTH: Depth = Depth {
    key: "lines",
    names: ("Line by line", "In one line"),
    is_offered: |_| true,
    is_for: derives,
    view: None,
};

/// The lines of the step that is shown; none while they are closed.
#[hook]
pub fn use_lines(panel: &Panel, is_open: bool) -> Vec<DerivationLine> {
    let lines = use_memo((panel.scene.clone(), is_open), |(scene, is_open)| {
        let detail = Detail { digits: scene.digits(), max_terms: MAX_TERMS };
        if *is_open { derivation(scene.moment(), detail) } else { Vec::new() }
    });
    lines.to_vec()
}

/// The lines with their rules, then the numbers of the last one and the result.
pub fn worked_out(panel: &Panel, equation: &Equation, lines: &[DerivationLine], ems: f64) -> Html {
    let scene = &panel.scene;
    let moment = scene.moment();
    let drawing = LeafActions { panel, focused: None, classes: &|_| Classes::new() };
    let most = room(ems, 0.0);
    let symbols = |formula: &Formula| {
        let said = write(formula, moment, View::Symbols, &Speech);
        let written = write(formula, moment, View::Symbols, &MathMl).without_weight_of_moments();
        drawing.lines(&Line::broken(None, "=", written, most), format!("equals {said}"))
    };
    let left = write(&equation.left, moment, View::Symbols, &MathMl);
    let row = |line: &DerivationLine| {
        html! {
            <li>
                <div>{ symbols(&line.formula) }</div>
                <p class="reason">{ &line.rule }</p>
            </li>
        }
    };
    let mut numbers = Line::broken(
        None,
        "=",
        write(&equation.symbols, moment, View::Numbers(scene.digits()), &MathMl),
        most,
    );
    let (sign, end) = result_line(equation, scene);
    Line::append(&mut numbers, sign, end, most);
    let [.., numbers_said, result_said] = &equation.sides(moment, scene.digits(), &Speech)[..] else {
        return Html::default();
    };
    html! {
        <section class="worked-out" aria-label="Derivation">
            { drawing.line(&left) }
            <ol>
                { for lines.iter().map(row) }
                <li>
                    <div>{ drawing.lines(&numbers, format!("equals {numbers_said}, equals {result_said}")) }</div>
                    <p class="reason">{ "The numbers put in." }</p>
                </li>
            </ol>
        </section>
    }
}
