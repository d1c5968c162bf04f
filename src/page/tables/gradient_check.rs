//! The gradient check: every derivative that the update uses beside its central difference, for any ε.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::explanation::gradient_check::{Checked, Finding, GradientCheck, POWERS, USUAL_POWER};
use crate::lesson::quantity::Quantity;
use crate::page::parts::by_address::ShownUpdate;
use crate::page::parts::graph::graph;
use crate::page::parts::surface::use_surface;
use crate::page::parts::windowed::{WHOLE, use_rows};
use crate::page::scene::{Panel, PanelProps};
use crate::picture::errors::{ErrorPicture, ErrorPoint};
use crate::text::format;
use crate::words::paragraph;
use crate::words::tables::{self, check as words};
use backprop::network::Param;

const N_COLUMNS: usize = 5;
/// Significant digits of an error.
const DIGITS: u8 = 2;

/// The check of every derivative.
#[component]
pub fn GradientCheckTab(props: &PanelProps) -> Html {
    let panel = &props.panel;
    let moment = panel.scene.moment();
    let network = moment.network();
    let power = use_state_eq(|| USUAL_POWER);
    let chosen = use_state_eq(|| None::<Param>);
    let area = use_node_ref();
    let frame = use_surface(&area).frame;
    let params = Rc::new(network.param_list());
    let rows = use_rows(params.len(), None);
    let update = ShownUpdate::of(moment);
    let waits = panel.scene.session().is_running();
    let epsilon = epsilon(*power);
    let range = rows.range.clone();
    let checked = use_memo((update.clone(), *power, range.clone(), waits), |(_, _, range, waits)| {
        if *waits {
            return (Vec::new(), None);
        }
        let check = GradientCheck::of(moment);
        let all =
            |params: &[Param]| params.iter().map(|param| check.check(*param, epsilon)).collect::<Vec<_>>();
        let shown = all(&params[range.clone()]);
        let count = check
            .can_check_all()
            .then(|| if range.len() == params.len() { shown.clone() } else { all(&params) });
        (shown, count)
    });
    let known = [*chosen, panel.scene.current_param()].into_iter().flatten();
    let selected = known.chain(params.first().copied()).find(|param| network.has_param(*param));
    let by_epsilon = use_memo((update, selected, waits), |(_, selected, waits)| {
        let selected = selected.filter(|_| !waits);
        selected.map_or_else(Vec::new, |param| GradientCheck::of(moment).by_epsilon(param))
    });
    let (shown, all) = &*checked;
    let choose = {
        let setter = chosen.setter();
        Callback::from(move |param| setter.set(Some(param)))
    };
    let row = |index: usize| match shown.get(index.wrapping_sub(range.start)) {
        Some(checked) => {
            html! {
                <Row
                    key={rows.key(index)}
                    panel={panel.clone()}
                    checked={*checked}
                    {index}
                    is_chosen={Some(checked.param) == selected}
                    choose={choose.clone()}
                />
            }
        }
        None => {
            html! { <tr key={rows.key(index)} data-row=""><td colspan={N_COLUMNS.to_string()}>{ "…" }</td></tr> }
        }
    };
    let is_windowed = WHOLE < params.len();
    html! {
        <section class="gradient-check" aria-label={words::check_of_all()}>
            <p class="tools-line">
                { epsilon_control(&power) }
                if let Some(all) = all {
                    <span role="status" aria-label={words::name_of_findings()}>{ summary(all) }</span>
                }
            </p>
            if waits {
                <p class="hint">{ words::waits() }</p>
            }
            <div class="scroller" ref={rows.scroller.clone()} onscroll={rows.onscroll.clone()}>
                <table aria-label={tables::check_tab()} aria-rowcount={is_windowed.then(|| (params.len() + 1).to_string())}>
                    <thead>
                        <tr aria-rowindex={is_windowed.then_some("1")}>
                            <th scope="col"><span class="visually-hidden">{tables::parameter()}</span></th>
                            <th scope="col">{words::of_the_update(&moment.names.gradient_heading())}</th>
                            <th scope="col">{tables::central_difference()}</th>
                            <th scope="col">{tables::error()}</th>
                            <th scope="col">{tables::verdict()}</th>
                        </tr>
                    </thead>
                    { rows.body(N_COLUMNS, row) }
                </table>
            </div>
            if let Some(selected) = selected {
                { caption(panel, selected) }
            }
            <div class="graph-area" ref={area}>{ plot(&by_epsilon, epsilon, frame) }</div>
            <p class="hint">
                { paragraph([&*words::moves(&moment.batch_loss_in_words()), words::tolerance_is()]) }
            </p>
        </section>
    }
}

/// By how much a parameter of size up to 1 is moved.
pub fn epsilon(power: u8) -> f64 {
    libm::pow(10.0, -f64::from(power))
}

/// 10⁻⁵.
fn epsilon_text(power: u8) -> String {
    format!("10{}", format::superscript(&format!("-{power}")))
}

fn epsilon_control(power: &UseStateHandle<u8>) -> Html {
    let setter = power.setter();
    let oninput = Callback::from(move |event: InputEvent| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        if let Some(power) = input.and_then(|input| input.value().parse().ok()) {
            setter.set(power);
        }
    });
    html! {
        <label>
            { "ε " }
            <input
                type="range"
                aria-label="ε"
                aria-valuetext={epsilon_text(**power)}
                min={POWERS.start().to_string()}
                max={POWERS.end().to_string()}
                value={power.to_string()}
                {oninput}
            />
            <output>{ epsilon_text(**power) }</output>
        </label>
    }
}

/// How many agree, and what of the others.
fn summary(all: &[Checked]) -> String {
    let count = |finding: Finding| all.iter().filter(|checked| checked.finding == finding).count();
    let some = |finding, say: fn(usize) -> String| Some(count(finding)).filter(|n| 0 < *n).map(say);
    let others = [
        some(Finding::Differs, words::differ),
        some(Finding::Kink, words::at_a_kink),
        some(Finding::CannotTell, words::cannot_be_told),
    ];
    let n_agreeing = all.iter().filter(|checked| matches!(checked.finding, Finding::Agrees { .. })).count();
    let number = |n: usize| format::count(n as u64);
    let agree = words::agree(&number(n_agreeing), &number(all.len()));
    tables::findings(std::iter::once(agree).chain(others.into_iter().flatten()))
}

#[derive(Clone, Properties)]
struct RowProps {
    panel: Panel,
    checked: Checked,
    index: usize,
    is_chosen: bool,
    choose: Callback<Param>,
}

impl PartialEq for RowProps {
    fn eq(&self, other: &Self) -> bool {
        self.checked == other.checked
            && (self.index, self.is_chosen) == (other.index, other.is_chosen)
            && self.panel.scene.digits() == other.panel.scene.digits()
            && self.panel.scene.moment().names == other.panel.scene.moment().names
    }
}

/// One derivative.
#[component]
fn Row(props: &RowProps) -> Html {
    let RowProps { panel, checked, index, is_chosen, choose } = props;
    let Checked { param, computed, difference, finding } = *checked;
    let name = panel.scene.moment().name(Quantity::Param(param));
    let (sign, word) = mark(finding);
    html! {
        <tr
            data-row=""
            aria-rowindex={(index + 2).to_string()}
            class={classes!((finding == Finding::Differs).then_some("is-differs"))}
        >
            <th scope="row">
                <button
                    type="button"
                    class="name weight"
                    aria-pressed={is_chosen.to_string()}
                    title={words::error_against_epsilon(&name)}
                    onclick={choose.reform(move |_: MouseEvent| param)}
                >
                    { &name }
                </button>
            </th>
            <td>{ panel.scene.number(computed) }</td>
            <td>{ panel.scene.number(difference.value) }</td>
            <td>{ format::number(checked.error(), DIGITS) }</td>
            <td class="verdict" title={title(checked)}><span aria-hidden="true">{ sign }{ " " }</span>{ word }</td>
        </tr>
    }
}

/// The sign and the word of a finding.
pub fn mark(finding: Finding) -> (&'static str, &'static str) {
    match finding {
        Finding::Agrees { .. } => ("✓", tables::agrees()),
        Finding::Differs => ("✗", tables::differs()),
        Finding::Kink => ("∧", words::kink()),
        Finding::CannotTell => ("?", words::cannot_tell()),
    }
}

/// How much a finding says.
pub fn title(checked: &Checked) -> String {
    match checked.finding {
        Finding::Agrees { digits } => words::to_digits(usize::from(digits)),
        _ => words::tolerance(&format::number(checked.tolerance(), DIGITS)),
    }
}

fn caption(panel: &Panel, param: Param) -> Html {
    let name = panel.scene.moment().name(Quantity::MeanGradient(param));
    let key = |class: &'static str, text: &'static str| {
        html! { <span class="key"><i {class} aria-hidden="true" />{ text }</span> }
    };
    html! {
        <p class="caption">
            { words::graph_of(&name) }{ " " }
            { key("measured", words::measured()) }{ " " }
            { key("truncation", words::truncation()) }{ " " }
            { key("rounding", words::rounding()) }
        </p>
    }
}

fn plot(by_epsilon: &[(f64, Checked)], epsilon: f64, frame: crate::picture::chart::Frame) -> Html {
    if by_epsilon.is_empty() {
        return html! {};
    }
    let point = |(epsilon, checked): &(f64, Checked)| ErrorPoint {
        epsilon: *epsilon,
        error: checked.error(),
        by_bend: checked.difference.by_bend / 3.0,
        by_rounding: checked.difference.by_rounding,
    };
    let points: Vec<ErrorPoint> = by_epsilon.iter().map(point).collect();
    let picture = ErrorPicture::new(&points, frame);
    let (x, _) = picture.graph.place(epsilon, 1.0);
    let here = format!("M{x:.1} {:.1}V{:.1}", picture.graph.bottom, picture.graph.top);
    let inside = html! {
        <>
            <path class="drop" d={here} />
            <path class="truncation" d={picture.truncation.clone()} />
            <path class="rounding" d={picture.rounding.clone()} />
            <path class="curve-line" d={picture.curve.clone()} />
        </>
    };
    graph(&picture.graph, ["ε", tables::error()], inside, html! {})
}
