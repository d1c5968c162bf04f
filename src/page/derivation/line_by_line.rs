//! A step's derivative worked out line by line, on demand, in the place of its formula.

use web_sys::Element;
use yew::prelude::*;

use super::depths::Depth;
use super::result_line;
use crate::explanation::formula::mathml::MathMl;
use crate::explanation::formula::speech::Speech;
use crate::explanation::formula::{Formula, View, write};
use crate::explanation::{DerivationLine, Detail, Equation, LINE_TERMS, derivation, derives};
use crate::moment::step::Grain;
use crate::page::parts::browser;
use crate::page::parts::math::{LeafActions, Line, room};
use crate::page::scene::Panel;
use crate::words::page::{derivation as words, spoken};

/// How it is opened.
pub const DEPTH: Depth = Depth {
    key: "lines",
    names: [words::line_by_line, words::in_one_line],
    is_offered: |_| true,
    is_for: derives,
    view: None,
};

/// The lines that are shown of the step; none while they are closed. Open, a step by term stops at each.
#[hook]
pub fn use_lines(panel: &Panel, is_open: bool) -> Vec<DerivationLine> {
    let lines = use_memo((panel.scene.clone(), is_open), |(scene, is_open)| {
        let detail = Detail { digits: scene.digits(), max_terms: LINE_TERMS };
        let moment = scene.moment();
        let mut lines = if *is_open { derivation(moment, detail) } else { Vec::new() };
        lines.truncate(moment.position.n_lines().unwrap_or(usize::MAX));
        lines
    });
    lines.to_vec()
}

/// The node of the line that is shown last: stepped to, it is scrolled into view.
#[hook]
pub fn use_newest(panel: &Panel) -> NodeRef {
    let node = use_node_ref();
    let session = panel.scene.session();
    let is_stepped = session.settings().by_line && session.grain() == Grain::Term;
    use_effect_with((session.moment().position, is_stepped), {
        let node = node.clone();
        move |(_, is_stepped)| {
            if let (Some(line), true) = (node.cast::<Element>(), is_stepped) {
                browser::bring_into_view(&line);
            }
        }
    });
    node
}

/// The lines with their rules, and once all are shown the numbers of the last one and the result. `newest` is
/// the node of the last of them.
pub fn worked_out(
    panel: &Panel,
    equation: &Equation,
    lines: &[DerivationLine],
    newest: &NodeRef,
    ems: f64,
) -> Html {
    let scene = &panel.scene;
    let moment = scene.moment();
    let drawing = LeafActions { panel, focused: None, classes: &|_| Classes::new() };
    let most = room(ems, 0.0);
    let symbols = |formula: &Formula| {
        let said = write(formula, moment, View::Symbols, &Speech);
        let written = write(formula, moment, View::Symbols, &MathMl).without_weight_of_moments();
        drawing.lines(&Line::broken(None, "=", written, most), spoken::equals(&said))
    };
    let left = write(&equation.left, moment, View::Symbols, &MathMl);
    let n_shown = moment.position.n_lines();
    let row = |(k, line): (usize, &DerivationLine)| {
        let is_newest = n_shown == Some(k + 1);
        html! {
            <li key={k} ref={if is_newest { newest.clone() } else { NodeRef::default() }} aria-current={is_newest.then_some("step")}>
                <div>{ symbols(&line.formula) }</div>
                <p class="reason">{ &line.rule }</p>
            </li>
        }
    };
    let with_numbers = match &equation.partial {
        Some(partial) => partial.formula(),
        None => equation.symbols.clone(),
    };
    let with_numbers = write(&with_numbers, moment, View::Numbers(scene.digits()), &MathMl);
    let mut numbers = Line::broken(None, "=", with_numbers, most);
    let (sign, end) = result_line(equation, scene);
    Line::append(&mut numbers, sign, end, most);
    let n_symbols = 1 + usize::from(equation.chain.is_some());
    let said: Vec<String> = equation.sides(moment, scene.digits(), &Speech).split_off(1 + n_symbols);
    html! {
        <section class="worked-out" aria-label={words::derivation()}>
            { drawing.line(&left) }
            <ol>
                { for lines.iter().enumerate().map(row) }
                if n_shown.is_none() {
                <li key="numbers" ref={newest.clone()}>
                    <div>{ drawing.lines(&numbers, spoken::sides(&said)) }</div>
                    <p class="reason">{ words::numbers_put_in() }</p>
                </li>
                }
            </ol>
        </section>
    }
}
