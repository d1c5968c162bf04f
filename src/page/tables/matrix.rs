//! The matrix form.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::explanation::formula::mathml::{Element, MathMl};
use crate::explanation::formula::speech::Speech;
use crate::explanation::formula::{Formula, View, write};
use crate::explanation::matrix_form::{MatrixBlock, MatrixEquation, matrix_form};
use crate::lesson::quantity::Quantity;
use crate::moment::Moment;
use crate::moment::step::MAX_LABELLED;
use crate::page::derivation::phase_role;
use crate::page::parts::math::{LeafActions, Line, room, scroll_keys, use_ems};
use crate::page::scene::{Panel, PanelProps, Scene};

/// Pixels above a block that is scrolled to.
const MARGIN: f64 = 8.0;
/// The em that signs and brackets take from a line that holds one matrix.
const BRACKETS: f64 = 4.0;
/// The part of a line from which on a left side is wide.
const WIDE: f64 = 0.35;

/// The tab.
pub fn matrix(panel: &Panel) -> Html {
    if waits(&panel.scene) {
        return html! { <p class="hint">{"The network learns. Pause it to see its matrices."}</p> };
    }
    html! { <MatrixTab panel={panel.clone()} /> }
}

/// Whether the network learns and is too large to be written out meanwhile.
fn waits(scene: &Scene) -> bool {
    scene.session().is_running() && MAX_LABELLED < scene.moment().network().n_params()
}

/// The matrix form.
#[component]
fn MatrixTab(props: &PanelProps) -> Html {
    let panel = &props.panel;
    let moment = panel.scene.moment();
    let node = use_node_ref();
    let ruler = use_node_ref();
    let ems = use_ems(&ruler);
    // A column takes a number of all digits, its sign and point, and a gap.
    let column = 0.5 * f64::from(panel.scene.digits()) + 1.4;
    let form = matrix_form(moment, ((ems - BRACKETS) / column) as usize);
    let current = form
        .blocks
        .iter()
        .find(|block| block.is_current)
        .map(|block| (block.layer, block.equations.iter().position(|equation| equation.is_current)));
    {
        let node = node.clone();
        use_effect_with((form.phase, current, ems), move |_| show_current(&node));
    }
    let marks = |quantity: Quantity| {
        let shown = |q: &Quantity| q.of_shown_sample(moment.sample()) == quantity;
        classes!(
            form.results.iter().any(shown).then_some("is-result"),
            form.operands.iter().any(shown).then_some("is-operand"),
        )
    };
    let equation = |equation: &MatrixEquation| {
        let classes: &dyn Fn(Quantity) -> Classes =
            if equation.is_current { &marks } else { &|_| Classes::new() };
        draw(&LeafActions { panel, focused: None, classes }, moment, equation, ems)
    };
    let block = |block: &MatrixBlock| {
        html! {
            <section key={block.layer} class={classes!("matrix-block", block.is_current.then_some("is-current"))}>
                <h4>{ &block.title }</h4>
                { for block.equations.iter().map(equation) }
            </section>
        }
    };
    html! {
        <section class="matrix" ref={node} tabindex="0" aria-label="Matrix form" onkeydown={scroll_keys()}>
            <div class="matrix-ruler" ref={ruler} />
            <h3 class={classes!("eyebrow", phase_role(form.phase).class())}>
                <i class="dot" /><b>{ form.phase.name() }</b><span>{ "in matrices and vectors" }</span>
            </h3>
            { for form.blocks.iter().map(block) }
        </section>
    }
}

fn draw(drawing: &LeafActions, moment: &Moment, equation: &MatrixEquation, ems: f64) -> Html {
    let symbols = |formula: &Formula| write(formula, moment, View::Symbols, &MathMl);
    let numbers =
        |formula: &Formula| write(formula, moment, View::Reached(drawing.panel.scene.digits()), &MathMl);
    let left: Element = symbols(&equation.left);
    // A wide left side has a line to itself.
    let is_wide = WIDE * ems < left.width();
    let most = room(ems, if is_wide { 0.0 } else { left.width() });
    let (mut lines, left) = if is_wide {
        (vec![Line { left: None, sign: "", right: left, shows_focus: false }], None)
    } else {
        (Vec::new(), Some(left))
    };
    lines.extend(Line::broken(left, "=", symbols(&equation.symbols), most));
    for side in std::iter::once(&equation.symbols).chain(&equation.between) {
        lines.extend(Line::broken(None, "=", numbers(side), most));
    }
    Line::append(&mut lines, "=", numbers(&equation.result), most);
    let spoken = |formula: &Formula| write(formula, moment, View::Symbols, &Speech);
    let label = format!("{} equals {}", spoken(&equation.left), spoken(&equation.symbols));
    html! {
        <div class={classes!("matrix-equation", equation.is_current.then_some("is-current"))}>
            if let Some(letters) = &equation.letters {
                <div class="letters">{ drawing.line(&symbols(letters)) }</div>
            }
            { drawing.lines(&lines, label) }
        </div>
    }
}

/// Scrolls the nearest scrolling element around the current block, and nothing else, so that the
/// block is in it; where it is too high, so that its current equation is.
fn show_current(node: &NodeRef) {
    let Some(section) = node.cast::<HtmlElement>() else {
        return;
    };
    let Some(area) = scrolling_around(section.clone()) else {
        return;
    };
    let outer = area.get_bounding_client_rect();
    let find = |selector: &str| section.query_selector(selector).ok().flatten();
    let fits = |block: &web_sys::Element| block.get_bounding_client_rect().height() <= outer.height();
    let block = find(".matrix-block.is-current").filter(fits);
    let Some(target) = block.or_else(|| find(".matrix-equation.is-current")) else {
        area.set_scroll_top(0);
        return;
    };
    let inner = target.get_bounding_client_rect();
    if inner.top() < outer.top() || outer.bottom() < inner.bottom() {
        let by = inner.top() - outer.top() - MARGIN;
        area.set_scroll_top(area.scroll_top() + by as i32);
    }
}

fn scrolling_around(element: HtmlElement) -> Option<HtmlElement> {
    let mut area = Some(element);
    while let Some(element) = area {
        if element.client_height() < element.scroll_height() && scrolls(&element) {
            return Some(element);
        }
        area = element.parent_element().and_then(|parent| parent.dyn_into().ok());
    }
    None
}

fn scrolls(element: &HtmlElement) -> bool {
    let style = web_sys::window().and_then(|window| window.get_computed_style(element).ok().flatten());
    let overflow = style.and_then(|style| style.get_property_value("overflow-y").ok());
    matches!(overflow.as_deref(), Some("auto" | "scroll"))
}
