//! The matrix form.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::explanation::formula::mathml::{Element, MathMl};
use crate::explanation::formula::{Formula, View, write};
use crate::explanation::matrix_form::orientation::Orientation;
use crate::explanation::matrix_form::{Layout, MatrixBlock, MatrixEquation, MatrixForm, matrix_form};
use crate::explanation::numpy::numpy_lines;
use crate::lesson::notation::MatrixRows;
use crate::lesson::quantity::Quantity;
use crate::moment::step::{MAX_LABELLED, Phase};
use crate::page::derivation::phase_role;
use crate::page::parts::choice::{Choice, by_name};
use crate::page::parts::copy_button::CopyButton;
use crate::page::parts::leaves::Leaves;
use crate::page::parts::math::{LeafActions, Line, room, scroll_keys, use_ems};
use crate::page::scene::{Panel, PanelProps, Scene};
use crate::page::shell::kept::use_kept;
use crate::words::tables::{self, matrix as words};

/// What can be chosen; `None`: as the notation's source has it.
const ORIENTATIONS: &[Option<Orientation>] =
    &[None, Some(Orientation::RowsReceive), Some(Orientation::RowsSend), Some(Orientation::RowVectors)];
/// Pixels above a block that is scrolled to.
const MARGIN: f64 = 8.0;
/// The em that signs and brackets take from a line that holds one matrix.
const BRACKETS: f64 = 4.0;
/// The em that signs and edges take from a line besides, and how much wider a line may be than it is taken to be.
const ROOM_BESIDE: f64 = 1.6;
const MARGIN_OF_WIDTH: f64 = 1.1;
/// The sizes of type, as shares of the usual one: the first in which the widest matrix has room.
const SCALES: [f64; 6] = [1.0, 0.92, 0.84, 0.77, 0.7, 0.64];
/// The part of a line from which on a left side is wide.
const WIDE: f64 = 0.35;

/// The tab.
pub fn matrix(panel: &Panel) -> Html {
    if waits(&panel.scene) {
        return html! { <p class="hint">{words::waits()}</p> };
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
    let rows = moment.names.facts().rows;
    let (layout, controls) = use_layout(((ems - BRACKETS) / column) as usize, rows);
    let form = Rc::new(matrix_form(moment, layout));
    let scale = scale_for(panel, &form, ems);
    let ems = ems / scale;
    let current = form
        .blocks
        .iter()
        .find(|block| block.is_current)
        .map(|block| (block.layer, block.equations.iter().position(|equation| equation.is_current)));
    {
        let node = node.clone();
        use_effect_with((form.phase, current, ems), move |_| show_current(&node));
    }
    let block = |block: &MatrixBlock| {
        let equation = |(k, equation): (usize, &MatrixEquation)| {
            html! {
                <Equation
                    key={k}
                    panel={panel.clone()}
                    equation={equation.clone()}
                    form={equation.is_current.then(|| Rc::clone(&form))}
                    section={node.clone()}
                    {ems}
                />
            }
        };
        html! {
            <section key={block.layer} class={classes!("matrix-block", block.is_current.then_some("is-current"))}>
                <h4>{ &block.title }</h4>
                { for block.equations.iter().enumerate().map(equation) }
            </section>
        }
    };
    html! {
        <section
            class="matrix"
            ref={node.clone()}
            style={format!("--fit: {scale}")}
            tabindex="0"
            aria-label={words::matrix_form()}
            onkeydown={scroll_keys()}
        >
            <div class="matrix-ruler" ref={ruler} />
            <div class="matrix-head">
                <h3 class={classes!("eyebrow", phase_role(form.phase).class())}>
                    <i class="dot" /><b>{ form.phase.name() }</b><span>{ words::in_matrices() }</span>
                </h3>
                { copy_buttons(panel, &form, layout.orientation) }
            </div>
            { controls.html(panel, &form) }
            { for form.blocks.iter().map(block) }
        </section>
    }
}

/// What the reader has chosen about the matrices, and ways to choose.
struct Controls {
    layout: Layout,
    chosen: Option<Orientation>,
    orient: Callback<Option<Orientation>>,
    write_deltas_out: Callback<bool>,
    go_by_sample: Callback<bool>,
}

/// How matrices are written, as this device keeps it: at most `most` rows and columns.
#[hook]
fn use_layout(most: usize, rows: MatrixRows) -> (Layout, Controls) {
    let word = |is_on| if is_on { "on" } else { "off" };
    let kept = |chosen: Option<Orientation>| chosen.map_or("as-the-notation", Orientation::word);
    let (chosen, orient) = use_kept("matrices", ORIENTATIONS, kept, None);
    let orientation = chosen.unwrap_or_else(|| Orientation::of(rows));
    let (writes_deltas_out, write_deltas_out) = use_kept("deltas-written-out", &[true, false], word, false);
    let (goes_by_sample, go_by_sample) = use_kept("sample-by-sample", &[true, false], word, false);
    let layout = Layout { orientation, most, writes_deltas_out, goes_by_sample };
    (layout, Controls { layout, chosen, orient, write_deltas_out, go_by_sample })
}

fn orientation_name(orientation: Option<Orientation>) -> &'static str {
    orientation.map_or_else(words::as_the_notation, Orientation::name)
}

impl Controls {
    /// One line of them.
    fn html(&self, panel: &Panel, form: &MatrixForm) -> Html {
        let layout = self.layout;
        let toggle = |name: String, why_not: Option<String>, is_on: bool, set: &Callback<bool>| {
            let onclick = set.reform(move |_: MouseEvent| !is_on);
            let is_idle = why_not.is_some();
            html! {
                <button
                    type="button"
                    class="small"
                    aria-pressed={is_on.to_string()}
                    disabled={is_idle}
                    title={why_not}
                    {onclick}
                >
                    { name }
                </button>
            }
        };
        let delta = panel.scene.moment().names.delta();
        let no_delta = (!form.has_deltas).then(|| match form.phase {
            Phase::Update => words::optimiser_takes_more(&delta),
            phase => words::no_hidden_delta(&delta, &phase.name()),
        });
        let no_samples = (!form.has_samples).then(|| words::no_mean(&form.phase.name()));
        html! {
            <p class="tools-line matrix-controls">
                <Choice<Option<Orientation>>
                    label={words::orientation()}
                    options={by_name(ORIENTATIONS.iter().copied(), orientation_name)}
                    value={self.chosen}
                    on_choose={self.orient.clone()}
                />
                { toggle(words::write_out(&delta), no_delta, layout.writes_deltas_out, &self.write_deltas_out) }
                { toggle(words::sample_by_sample().to_owned(), no_samples, layout.goes_by_sample, &self.go_by_sample) }
            </p>
        }
    }
}

/// The phase as LaTeX, and its whole update as lines of Python.
fn copy_buttons(panel: &Panel, form: &Rc<MatrixForm>, orientation: Orientation) -> Html {
    let latex = {
        let (scene, form) = (panel.scene.clone(), Rc::clone(form));
        Callback::from(move |()| Ok(form.latex(scene.moment(), scene.digits())))
    };
    let numpy = {
        let scene = panel.scene.clone();
        Callback::from(move |()| numpy_lines(scene.moment(), orientation))
    };
    html! {
        <div class="buttons">
            // What is copied would tell what is asked for.
            if !panel.scene.moment().is_asking() {
                <CopyButton label={words::copy_as_latex()} dispatch={panel.dispatch.clone()} make={latex} />
                <CopyButton label={words::copy_as_numpy()} dispatch={panel.dispatch.clone()} make={numpy} />
            }
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct EquationProps {
    panel: Panel,
    equation: MatrixEquation,
    /// What its step computes, and from what, if the step that is shown belongs to it.
    form: Option<Rc<MatrixForm>>,
    /// Where the reader goes on after going to a step.
    section: NodeRef,
    /// The em that it may be wide.
    ems: f64,
}

/// One equation, and a button for each of its cells.
#[component]
fn Equation(props: &EquationProps) -> Html {
    let EquationProps { panel, equation, form, section, ems } = props;
    let moment = panel.scene.moment();
    let focused = use_state_eq(|| None::<Quantity>);
    let marks = |quantity: Quantity| {
        let has = |of: fn(&MatrixForm) -> &[Quantity]| {
            let shown = |q: &Quantity| q.of_shown_sample(moment.sample()) == quantity;
            form.as_ref().is_some_and(|form| of(form).iter().any(shown))
        };
        classes!(
            has(|form| &form.results).then_some("is-result"),
            has(|form| &form.operands).then_some("is-operand"),
        )
    };
    let drawing = LeafActions { panel, focused: *focused, classes: &marks };
    let label = equation.spoken(moment);
    let lines: Vec<Line> = lines(panel, equation, View::Reached(panel.scene.digits()), *ems)
        .into_iter()
        .map(Line::with_focus)
        .collect();
    let text = |quantity| {
        moment.shown_text(quantity, panel.scene.digits()).unwrap_or_else(|| tables::not_yet().to_owned())
    };
    let quantities = equation.quantities();
    let cells = Leaves {
        panel,
        label: words::cells().into(),
        quantities: &quantities,
        text: &text,
        focused: &focused,
        back: section,
        is_one_stop: true,
    };
    html! {
        <div class={classes!("matrix-equation", equation.is_current.then_some("is-current"))}>
            if let Some(letters) = &equation.letters {
                <div class="letters">{ drawing.line(&write(letters, moment, View::Symbols, &MathMl)) }</div>
            }
            { drawing.lines(&lines, label) }
            { cells.html() }
        </div>
    }
}

/// The size of type in which every matrix has room in so many em of the usual one: the same before and after
/// its numbers have been reached.
fn scale_for(panel: &Panel, form: &MatrixForm, ems: f64) -> f64 {
    let equations = || form.blocks.iter().flat_map(|block| &block.equations);
    let fits = |scale: &f64| {
        let ems = ems / scale;
        equations().all(|equation| {
            let lines = lines(panel, equation, View::Numbers(panel.scene.digits()), ems);
            let left =
                lines.iter().filter_map(|line| line.left.as_ref()).map(Element::width).fold(0.0, f64::max);
            lines.iter().all(|line| MARGIN_OF_WIDTH * (left + line.right.width()) <= ems - ROOM_BESIDE)
        })
    };
    SCALES.into_iter().find(fits).unwrap_or(SCALES[SCALES.len() - 1])
}

/// The lines of an equation; its numbers as `view` writes them.
fn lines(panel: &Panel, equation: &MatrixEquation, view: View, ems: f64) -> Vec<Line> {
    let moment = panel.scene.moment();
    let symbols = |formula: &Formula| write(formula, moment, View::Symbols, &MathMl);
    let numbers = |formula: &Formula| write(formula, moment, view, &MathMl);
    let left: Element = symbols(&equation.left);
    // A wide left side has a line to itself.
    let is_wide = WIDE * ems < left.width();
    let most = room(ems, if is_wide { 0.0 } else { left.width() });
    let (mut lines, mut left) = if is_wide {
        (vec![Line { left: None, sign: "", right: left, shows_focus: false }], None)
    } else {
        (Vec::new(), Some(left))
    };
    for side in &equation.symbols {
        lines.extend(Line::broken(left.take(), "=", symbols(side), most));
    }
    for side in &equation.numbers {
        lines.extend(Line::broken(None, "=", numbers(side), most));
    }
    Line::append(&mut lines, "=", numbers(&equation.result), most);
    lines
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
    // The controls stay above what is scrolled.
    let controls =
        find(".matrix-controls").map_or(0.0, |controls| controls.get_bounding_client_rect().height());
    let top = outer.top() + controls;
    let fits = |block: &web_sys::Element| block.get_bounding_client_rect().height() <= outer.bottom() - top;
    let block = find(".matrix-block.is-current").filter(fits);
    let Some(target) = block.or_else(|| find(".matrix-equation.is-current")) else {
        area.set_scroll_top(0);
        return;
    };
    let inner = target.get_bounding_client_rect();
    if inner.top() < top || outer.bottom() < inner.bottom() {
        let by = inner.top() - top - MARGIN;
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
