//! A sum that is too long for the step card: all its terms on demand, with the total so far.

use web_sys::Element;
use yew::prelude::*;

use crate::explanation::formula::mathml::MathMl;
use crate::explanation::formula::{Formula, View, write};
use crate::explanation::terms::{Term, terms};
use crate::moment::step::{Lines, Position, StepKind};
use crate::page::parts::math::LeafActions;
use crate::page::parts::number::number_so_far;
use crate::page::parts::windowed::{WHOLE, use_rows};
use crate::page::scene::{Panel, PanelProps};
use crate::session::Action;
use crate::words::page::derivation as words;

const N_COLUMNS: usize = 5;

/// The control that shows all terms of the current step's sum, if it has more than `most`. Open, it
/// stays so from step to step.
#[hook]
pub fn use_long_sum(panel: &Panel, most: usize) -> Html {
    let is_open = use_state_eq(|| false);
    let moment = panel.scene.moment();
    let n = moment.plan.n_terms(moment.position.step);
    if n <= most || moment.position.lines != Lines::All {
        return Html::default();
    }
    let toggle = {
        let setter = is_open.setter();
        let is_open = *is_open;
        Callback::from(move |_: MouseEvent| setter.set(!is_open))
    };
    let is_loss = moment.step().is_some_and(|step| step.kind == StepKind::Loss);
    let text = match *is_open {
        true => words::fewer_terms().to_owned(),
        // Of a loss, a term may be more than one of the sum.
        false if is_loss => words::all_terms(n),
        // Besides the dots one more has made room.
        false => words::more_terms(n + 1 - most),
    };
    html! {
        <>
            <button type="button" class="link" onclick={toggle} aria-expanded={is_open.to_string()}>{ text }</button>
            if *is_open {
                <Terms panel={panel.clone()} />
            }
        </>
    }
}

/// The table of the terms.
#[component]
fn Terms(props: &PanelProps) -> Html {
    let panel = &props.panel;
    let scene = &panel.scene;
    let moment = scene.moment();
    let Position { step, terms: n_shown, .. } = moment.position;
    let all = use_memo((scene.clone(), step), |_| terms(moment));
    let is_partial = n_shown < all.len();
    let table = use_node_ref();
    use_effect_with((), {
        let table = table.clone();
        move |()| show(&table)
    });
    let rows = use_rows(all.len(), is_partial.then(|| n_shown.saturating_sub(1)));
    let result = scene.explanation().equations.last().map(|equation| moment.name(equation.result));
    let drawing = LeafActions { panel, focused: None, classes: &|_| Classes::new() };
    let math = |formula: &Formula, view| drawing.line(&write(formula, moment, view, &MathMl));
    let row = |k: usize| {
        let Term { formula, value, total } = &all[k];
        let so_far = |x: f64| number_so_far(panel, (k < n_shown).then_some(x));
        let go = panel.dispatch.reform(move |_: MouseEvent| {
            Action::JumpTo(Position { step, lines: Lines::All, terms: k + 1, numbers: 1 })
        });
        html! {
            <tr
                key={k}
                data-row=""
                aria-rowindex={(k + 2).to_string()}
                aria-current={(is_partial && k + 1 == n_shown).then_some("step")}
            >
                <th scope="row">
                    <button type="button" title={words::add_up_to(&(k + 1))} onclick={go}>{ k + 1 }</button>
                </th>
                <td class="symbols">{ math(formula, View::Symbols) }</td>
                <td class="numbers">{ math(formula, View::Numbers(scene.digits())) }</td>
                <td>{ so_far(*value) }</td>
                <td class="total">{ so_far(*total) }</td>
            </tr>
        }
    };
    let is_windowed = WHOLE < all.len();
    html! {
        <div class="scroller terms" ref={rows.scroller.clone()} onscroll={rows.onscroll.clone()}>
            <table
                ref={table}
                aria-label={words::terms_of(&result.unwrap_or_default())}
                aria-rowcount={is_windowed.then(|| (all.len() + 1).to_string())}
            >
                <thead>
                    <tr aria-rowindex={is_windowed.then_some("1")}>
                        <th scope="col">{ words::term() }</th>
                        <th scope="col"><span class="visually-hidden">{ words::in_symbols() }</span></th>
                        <th scope="col"><span class="visually-hidden">{ words::in_numbers() }</span></th>
                        <th scope="col">{ words::number() }</th>
                        <th scope="col">{ words::total() }</th>
                    </tr>
                </thead>
                { rows.body(N_COLUMNS, row) }
            </table>
        </div>
    }
}

/// Scrolls the card so that the table can be seen, with the button that closes it.
fn show(table: &NodeRef) {
    let scroller = table.cast::<Element>().and_then(|table| table.parent_element());
    let button = scroller.and_then(|scroller| scroller.previous_element_sibling());
    let Some(button) = button else {
        return;
    };
    if let Some(body) = button.closest(".card-body").ok().flatten() {
        let top = |element: &Element| element.get_bounding_client_rect().top();
        body.set_scroll_top(body.scroll_top() + (top(&button) - top(&body)) as i32);
    }
}
