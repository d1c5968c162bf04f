//! The step card: what the step asks, its formula in three forms, why, and the check.

pub mod depths;
mod general_form;
mod line_by_line;
mod long_sum;
mod modes;
mod paths;
mod prediction;
mod variants;
mod your_turn;

use yew::prelude::*;

use super::scene::{Panel, PanelProps, Scene};
use crate::explanation::document::latex_document;
use crate::explanation::formula::mathml::{Element, MathMl};
use crate::explanation::formula::{Formula, View, write};
use crate::explanation::{CheckVerdict, Equation, PartialSum};
use crate::lesson::quantity::{Quantity, Role};
use crate::moment::step::{Phase, StepKind};
use crate::moment::{ABOUT, ASKED};
use crate::page::parts::by_address::ByAddress;
use crate::page::parts::copy_button::CopyButton;
use crate::page::parts::desk::{Desk, Enlarge};
use crate::page::parts::download::{download, file_name};
use crate::page::parts::fit::use_fit;
use crate::page::parts::icon::Icon;
use crate::page::parts::leaves::Leaves;
use crate::page::parts::math::{LeafActions, Line, room, scroll_keys, use_ems_at};
use crate::picture::fit::{Fit, Sizes};
use crate::picture::workspace::Card;
use crate::session::{Action, HINTS};
use crate::text::foreign;
use crate::words::around::{Piece, Place, pieces};
use crate::words::page::{derivation as words, instant};
use backprop::network::{Param, UnitId};
use depths::{Opened, Taller, use_depths};
use line_by_line::{use_newest, worked_out};
use long_sum::use_long_sum;
use your_turn::{YourTurn, ask_first};

/// Characters of a title that are shown.
const TITLE: usize = 200;
/// Notes of more characters are folded up at first.
const LONG_NOTES: usize = 260;
/// A sum of more terms is shortened: the card has no room for more.
const MAX_TERMS: usize = 8;
/// The size of several formulas, as a share of the usual one.
const DENSITY: f64 = 0.8;

/// The step card.
#[component]
pub fn StepCard(props: &PanelProps) -> Html {
    let panel = use_own_light(&props.panel);
    let scene = &panel.scene;
    let (formula, heading) = (use_node_ref(), use_node_ref());
    let focused = use_state_eq(|| None::<Quantity>);
    let long_sum = use_long_sum(&panel, MAX_TERMS);
    let newest = use_newest(&panel);
    let Opened { lines, below, is_long, taller, buttons } = use_depths(&panel);
    let explanation = scene.explanation();
    let is_asking = scene.moment().is_asking();
    let body = use_body(is_long, Kind::of(scene));
    let is_dense = 1 < explanation.equations.len();
    let density = if is_dense { DENSITY } else { 1.0 };
    let ems = use_ems_at(&formula, density * body.fit.scale());
    let said = use_memo(scene.clone(), Said::of);
    let written = use_memo((scene.clone(), ems), |(scene, ems)| derivation(scene, *ems));
    let Some(phase) = explanation.phase else {
        return html! { <Ready scene={scene.clone()} dispatch={panel.dispatch.clone()} {taller} /> };
    };
    let check = explanation.check.as_ref().map(|check| {
        let (mark, class) = match check.verdict {
            CheckVerdict::Agrees { .. } => ("✓", "check new"),
            CheckVerdict::Differs => ("✗", "check error"),
            CheckVerdict::CannotTell => ("?", "check"),
        };
        let sentence = check.sentence(scene.moment(), explanation.phase, scene.digits());
        html! { <p {class}><span aria-hidden="true">{ mark }</span>{ " " }{ sentence }</p> }
    });
    let latex = {
        let (scene, lines) = (scene.clone(), lines.clone());
        Callback::from(move |()| Ok(scene.explanation().latex(&lines, scene.moment(), scene.digits())))
    };
    let save_latex = {
        let (scene, dispatch) = (scene.clone(), panel.dispatch.clone());
        Callback::from(move |_: MouseEvent| {
            let moment = scene.moment();
            let name = format!("{}.tex", file_name(&moment.lesson.title));
            if download(&name, "text/x-tex", &latex_document(moment, scene.digits())).is_err() {
                dispatch.emit(Action::problem(words::tex_not_saved()));
            }
        })
    };
    html! {
        <section class="card" aria-label={words::step()} data-taller={taller.map(Taller::key)}>
            <div class="card-head">
                <p class={classes!("eyebrow", "is-place", phase_role(phase).class())}>
                    <i class="dot" />
                    <b>{ phase.name() }</b>
                    <span>{ place(scene) }</span>
                </p>
                { ask_first(scene, &panel.dispatch) }
                if !is_asking {
                    <CopyButton label={words::copy_latex()} icon={Icon::Copy} class="copy" dispatch={panel.dispatch.clone()} make={latex} />
                    <button type="button" class="small save-latex" title={words::save_tex_tip()} onclick={save_latex}>
                        { words::save_tex() }
                    </button>
                }
                <Enlarge card={Card::Derivation} />
            </div>
            <h2 ref={heading.clone()} tabindex="-1">{ &explanation.question }</h2>
            { body.html(words::explanation(), html! {
                <>
                    <div
                        class={classes!("formula", is_dense.then_some("is-dense"))}
                        style={is_dense.then(|| format!("--density: {DENSITY}"))}
                        ref={formula}
                    >
                        if let (false, Some(equation)) = (lines.is_empty(), explanation.equations.last()) {
                            { worked_out(&panel, equation, &lines, &newest, ems) }
                        } else {
                            { drawing(&panel, *focused).lines(&written, said.formula.clone()) }
                        }
                        if !is_asking {
                            { factors(&panel, &focused, &heading) }
                        }
                    </div>
                    if let (true, Some(last)) = (scene.session().settings().asks_first, explanation.equations.last()) {
                        <YourTurn asked={last.result} session={ByAddress(scene.shared_session())} dispatch={panel.dispatch.clone()} />
                    }
                    if !is_asking {
                        { long_sum }
                    }
                    { below }
                    if explanation.line.is_none() && !is_asking {
                        <p class="why">{ &explanation.why }</p>
                    }
                    { check }
                    if let Some(effect) = &explanation.effect {
                        <p class="check">{ effect }</p>
                    }
                </>
            }) }
            if !is_asking {
                { buttons }
            }
            { spoken(scene, &said) }
        </section>
    }
}

/// What decides how large a card's type has to be: texts of one kind most likely need the same.
#[derive(Clone, PartialEq)]
struct Kind {
    /// The step, as if it were about the first unit of its layer.
    step: Option<StepKind>,
    n_equations: usize,
}

impl Kind {
    fn of(scene: &Scene) -> Self {
        let first = |id: UnitId| UnitId::new(id.layer, 0);
        let first_param = |param: Param| match param {
            Param::Weight { layer, .. } => Param::Weight { layer, to: 0, from: 0 },
            Param::Bias { layer, .. } => Param::Bias { layer, to: 0 },
        };
        let step = scene.moment().step().map(|step| match step.kind {
            StepKind::WeightedSum(id) => StepKind::WeightedSum(first(id)),
            StepKind::Activation(id) => StepKind::Activation(first(id)),
            StepKind::Loss => StepKind::Loss,
            StepKind::ActivationGradient(id) => StepKind::ActivationGradient(first(id)),
            StepKind::Delta(id) => StepKind::Delta(first(id)),
            StepKind::Gradient(param) => StepKind::Gradient(first_param(param)),
            StepKind::MeanGradient(param) => StepKind::MeanGradient(first_param(param)),
            StepKind::Update(param) => StepKind::Update(first_param(param)),
        });
        Self { step, n_equations: scene.explanation().equations.len() }
    }
}

/// The part of the card whose type gets smaller when it would be too long, down to a least size; then it
/// scrolls, and is a tab stop.
struct Body {
    body: NodeRef,
    content: NodeRef,
    fit: Fit,
}

/// The part of a card that says something of this kind. `is_long` if it may be so long that it is to scroll
/// rather than get smaller.
#[hook]
fn use_body(is_long: bool, kind: Kind) -> Body {
    let (body, content) = (use_node_ref(), use_node_ref());
    let desk = use_context::<Desk>();
    let may_grow = desk.is_some_and(|desk| desk.workspace.is_presenting || desk.workspace.enlarged.is_some());
    let fit = use_fit(&body, &content, Sizes { may_grow, is_long }, kind);
    Body { body, content, fit }
}

impl Body {
    fn html(&self, label: &'static str, content: Html) -> Html {
        let Self { body, fit, .. } = self;
        html! {
            <div
                class="card-body"
                ref={body}
                style={format!("--fit: {}", fit.scale())}
                tabindex={fit.scrolls.then_some("0")}
                role={fit.scrolls.then_some("region")}
                aria-label={fit.scrolls.then_some(label)}
                onkeydown={scroll_keys()}
            >
                <div ref={&self.content}>{ content }</div>
            </div>
        }
    }
}

/// The panel whose light goes out when the step changes: the formula that was under the pointer is
/// another one then.
#[hook]
fn use_own_light(panel: &Panel) -> Panel {
    let is_ours = use_mut_ref(|| false);
    let on_lit = {
        let is_ours = is_ours.clone();
        use_callback(panel.on_lit.clone(), move |quantity: Option<Quantity>, on_lit| {
            *is_ours.borrow_mut() = quantity.is_some();
            on_lit.emit(quantity);
        })
    };
    use_effect_with((panel.scene.clone(), panel.on_lit.clone()), move |(_, on_lit)| {
        if is_ours.replace(false) {
            on_lit.emit(None);
        }
    });
    Panel { on_lit, ..panel.clone() }
}

/// The colour of a phase.
pub fn phase_role(phase: Phase) -> Role {
    match phase {
        Phase::Forward => Role::Value,
        Phase::Loss => Role::Error,
        Phase::Backward | Phase::Average => Role::Gradient,
        Phase::Update => Role::New,
    }
}

/// "step 2 of 8 · sample 2 of 4"; the batch stands beside the epoch, and above the ledger which of it this is.
fn place(scene: &Scene) -> String {
    let moment = scene.moment();
    let (step, n_steps) = scene.explanation().place;
    let mut parts = vec![words::step_of(&step, &n_steps)];
    let line = scene.explanation().line.as_ref();
    parts.extend(line.map(|line| words::line_of(&line.number, &line.of)));
    parts.extend(scene.explanation().number.map(|(number, of)| words::number_of(&number, &of)));
    let is_about_all = matches!(moment.phase(), Some(Phase::Average | Phase::Update));
    let n_samples = moment.n_samples();
    if 1 < n_samples && !is_about_all {
        let all = moment.lesson.data.train.len();
        parts.push(instant::sample_of(&(moment.sample_in_data() + 1), &all));
    }
    parts.join(" · ")
}

/// The lines of the step's equations, at most so many em wide.
fn derivation(scene: &Scene, ems: f64) -> Vec<Line> {
    let explanation = scene.explanation();
    let is_in_line = 1 < explanation.equations.len() || explanation.number.is_some();
    let symbols = |formula: &Formula| {
        write(formula, scene.moment(), View::Symbols, &MathMl).without_weight_of_moments()
    };
    let lefts: Vec<Element> = explanation.equations.iter().map(|equation| symbols(&equation.left)).collect();
    let most = room(ems, lefts.iter().map(Element::width).fold(0.0, f64::max));
    let mut lines = Vec::new();
    for (equation, left) in explanation.equations.iter().zip(lefts) {
        lines.extend(equation_lines(scene, equation, left, is_in_line, most));
    }
    lines
}

/// Draws the step's formulas.
fn drawing(panel: &Panel, focused: Option<Quantity>) -> LeafActions<'_> {
    LeafActions { panel, focused, classes: &|_| Classes::new() }
}

/// A button for each factor of the line in symbols.
fn factors(panel: &Panel, focused: &UseStateHandle<Option<Quantity>>, heading: &NodeRef) -> Html {
    let moment = panel.scene.moment();
    let mut quantities: Vec<Quantity> = Vec::new();
    for equation in &panel.scene.explanation().equations {
        for quantity in equation.symbols.shortened(MAX_TERMS).quantities() {
            if !quantities.contains(&quantity) {
                quantities.push(quantity);
            }
        }
    }
    let text = |quantity| moment.text(quantity, panel.scene.digits()).unwrap_or_default();
    Leaves {
        panel,
        label: words::factors().into(),
        quantities: &quantities,
        text: &text,
        focused,
        back: heading,
        is_one_stop: false,
    }
    .html()
}

/// The forms of one equation under each other; `is_in_line`, as of several equations, beside each other where
/// there is room.
fn equation_lines(
    scene: &Scene,
    equation: &Equation,
    left: Element,
    is_in_line: bool,
    most: f64,
) -> Vec<Line> {
    let moment = scene.moment();
    let hints = if moment.is_asking() { scene.session().turn().hints } else { HINTS };
    let written = |formula: &Formula, view| write(&formula.shortened(MAX_TERMS), moment, view, &MathMl);
    let symbols = |formula: &Formula| written(formula, View::Symbols).without_weight_of_moments();
    let numbers = |formula: &Formula| written(formula, View::Numbers(scene.digits()));
    let mut left = Some(left);
    let mut lines = Vec::new();
    let (sign, end) = result_line(equation, scene);
    if hints == 0 {
        return Line::broken(left, sign, end, most);
    }
    if let Some(chain) = &equation.chain {
        lines.extend(Line::broken(left.take(), "=", symbols(chain), most));
    }
    let named = Line::broken(left, "=", symbols(&equation.symbols), most);
    lines.extend(named.into_iter().map(Line::with_focus));
    let with_numbers = match &equation.partial {
        Some(partial) => numbers(&partial.formula()),
        None => numbers(&equation.symbols),
    };
    if hints < HINTS {
        Line::append(&mut lines, sign, end, most);
        return lines;
    }
    let symbols_width = lines.last().map_or(0.0, |line| line.right.width());
    if is_in_line && symbols_width + with_numbers.width() + end.width() + 3.0 <= most {
        Line::append(&mut lines, "=", with_numbers, most);
    } else {
        lines.extend(Line::broken(None, "=", with_numbers, most));
    }
    Line::append(&mut lines, sign, end, most);
    lines
}

/// How the numbers of an equation end: with its result, or with the total so far.
fn result_line(equation: &Equation, scene: &Scene) -> (&'static str, Element) {
    match &equation.partial {
        Some(partial) => ("", so_far(partial, equation.result, scene)),
        None => result(equation.result, scene),
    }
}

/// The result of a step and the sign before it: "= 0.191", "≈ 0"; "= ?" while it is asked for.
fn result(quantity: Quantity, scene: &Scene) -> (&'static str, Element) {
    if scene.moment().is_asking() {
        let asked = Element::word(ASKED).with("class", "result");
        return ("=", asked.with("class", quantity.role().class()));
    }
    let number = Formula::Quantity(quantity);
    let mut number = write(&number, scene.moment(), View::Numbers(scene.digits()), &MathMl);
    let about = number.text.strip_prefix(ABOUT).map(str::to_owned);
    let sign = if about.is_some() { ABOUT.trim_end() } else { "=" };
    number.text = about.unwrap_or(number.text);
    (sign, number.with("class", "result"))
}

/// "so far 0.22, term 1 of 2".
fn so_far(partial: &PartialSum, quantity: Quantity, scene: &Scene) -> Element {
    let total = Element::number(&scene.number(partial.total))
        .with("class", "result")
        .with("class", quantity.role().class());
    let said = words::so_far(&Place(0), &partial.n_shown, &partial.n_terms);
    let element = |piece: Piece<'_>| match piece {
        Piece::Words(text) => Element::word(text),
        Piece::Place(_) => total.clone(),
    };
    Element::row(pieces(&said).into_iter().map(element).collect())
}

/// The props of [`Ready`].
#[derive(PartialEq, Properties)]
struct ReadyProps {
    scene: Scene,
    dispatch: Callback<Action>,
    /// Why the card is as tall as that of a step.
    taller: Option<Taller>,
}

/// Before the first step: what the lesson is and where it comes from.
#[component]
fn Ready(props: &ReadyProps) -> Html {
    let scene = &props.scene;
    let moment = scene.moment();
    let lesson = &moment.lesson;
    let explanation = scene.explanation();
    let body = use_body(false, Kind::of(scene));
    let said = use_memo(scene.clone(), Said::of);
    let is_open = use_state_eq(|| false);
    let toggle = {
        let setter = is_open.setter();
        let is_open = *is_open;
        Callback::from(move |_: MouseEvent| setter.set(!is_open))
    };
    let is_long = LONG_NOTES < lesson.notes.chars().count();
    let is_folded = is_long && !*is_open;
    html! {
        <section class="card" aria-label={words::step()} data-taller={props.taller.map(Taller::key)}>
            <div class="card-head">
                <p class="eyebrow"><i class="dot" /><b>{ foreign::shown(&lesson.title, TITLE) }</b><span>{ instant::epoch_is(&moment.epoch) }</span></p>
                { ask_first(scene, &props.dispatch) }
                <Enlarge card={Card::Derivation} />
            </div>
            <h2>{ &explanation.question }</h2>
            { body.html(words::about_the_lesson(), html! {
                <>
                    <p class="why">{ &explanation.why }</p>
                    if !lesson.notes.is_empty() {
                        <p class={classes!("notes", is_folded.then_some("is-folded"))}>{ foreign::shown(&lesson.notes, usize::MAX) }</p>
                    }
                    if is_long {
                        <button class="link" onclick={toggle} aria-expanded={is_open.to_string()}>
                            { if *is_open { words::less() } else { words::more() } }
                        </button>
                    }
                    if !lesson.source.is_empty() {
                        <p class="source">{ words::source(&foreign::shown(&lesson.source, usize::MAX)) }</p>
                    }
                </>
            }) }
            { spoken(scene, &said) }
        </section>
    }
}

/// What the step says to who listens.
struct Said {
    /// Its equations.
    formula: AttrValue,
    /// All of it.
    step: AttrValue,
}

impl Said {
    fn of(scene: &Scene) -> Self {
        let explanation = scene.explanation();
        let hints = scene.session().turn().hints;
        let formula = if scene.moment().is_asking() {
            explanation.spoken_question(scene.moment(), scene.digits(), hints)
        } else {
            explanation.spoken_formula(scene.moment(), scene.digits())
        };
        let speaking = scene.session().settings().speaking;
        let step = explanation.spoken_around(&formula, scene.moment(), scene.digits(), speaking);
        Self { formula: formula.into(), step: step.into() }
    }
}

/// The step as a sentence for a screen reader, silent while the page plays by itself.
fn spoken(scene: &Scene, said: &Said) -> Html {
    let text = if scene.session().is_running() { AttrValue::default() } else { said.step.clone() };
    html! { <p class="visually-hidden" role="status">{ text }</p> }
}
