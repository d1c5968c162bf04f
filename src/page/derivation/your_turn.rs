//! Asking first: its switch, and the reader's turn at the question of a step.

use std::rc::Rc;

use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::prelude::*;

use crate::explanation::answer::Verdict;
use crate::lesson::quantity::Quantity;
use crate::page::parts::around::around;
use crate::page::parts::browser;
use crate::page::parts::by_address::ByAddress;
use crate::page::scene::Scene;
use crate::session::{Action, HINTS, Playback, Score, Session};
use crate::words::around::Place;
use crate::words::page::your_turn as words;

/// What the switch opens, for the keyboard's list.
const KEY: &str = "ask-first";

/// The switch: whether each step asks for its number before it tells it.
pub fn ask_first(scene: &Scene, dispatch: &Callback<Action>) -> Html {
    let asks_first = scene.session().settings().asks_first;
    html! {
        <button
            type="button"
            class="small ask-first"
            data-opens={KEY}
            aria-pressed={asks_first.to_string()}
            title={words::ask_first_tip()}
            onclick={dispatch.reform(move |_: MouseEvent| Action::SetAsksFirst(!asks_first))}
        >
            { words::ask_first() }
        </button>
    }
}

/// The props of [`YourTurn`].
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// What is asked for.
    pub asked: Quantity,
    /// What asks.
    pub session: ByAddress<Session>,
    /// What to call when the user acts.
    pub dispatch: Callback<Action>,
}

/// An answer to the question of the step, hints, and how the answers of the round have turned out.
#[component]
pub fn YourTurn(props: &Props) -> Html {
    let session = &props.session.0;
    let (moment, turn) = (session.moment(), session.turn());
    let (input, next, verdict) = (use_node_ref(), use_node_ref(), use_node_ref());
    // Whether the answer, or the way on, was given here: then the focus goes along.
    let goes_on = use_mut_ref(|| false);
    let question = (session.time(), moment.position, moment.is_asking());
    use_effect_with(question, {
        let (input, next, goes_on) = (input.clone(), next.clone(), Rc::clone(&goes_on));
        move |(.., is_asking)| {
            let node = if *is_asking { &input } else { &next };
            if let (true, Some(element)) = (goes_on.replace(false), node.cast::<HtmlElement>()) {
                // An element that has just been drawn takes the focus.
                let _ = element.focus();
            }
        }
    });
    use_effect_with(turn.answer.clone(), {
        let verdict = verdict.clone();
        move |answer| {
            if let (Some(_), Some(verdict)) = (answer, verdict.cast::<Element>()) {
                browser::bring_into_view(&verdict);
            }
        }
    });
    let score = score(session.score());
    if !moment.is_asking() {
        let is_right = turn.answer.as_ref().is_some_and(|(_, verdict)| *verdict == Ok(Verdict::Right));
        let is_told_here = is_right || turn.hints == HINTS;
        let on_next = {
            let (dispatch, goes_on) = (props.dispatch.clone(), Rc::clone(&goes_on));
            let is_last = moment.position == moment.plan.end();
            Callback::from(move |_: MouseEvent| {
                *goes_on.borrow_mut() = true;
                // Between two updates nothing is asked.
                if is_last {
                    dispatch.emit(Action::StepForward { coarser: false });
                }
                dispatch.emit(Action::StepForward { coarser: false });
            })
        };
        return html! {
            <div class="your-turn">
                if is_right {
                    <p class="new" role="status"><span aria-hidden="true">{ "✓ " }</span>{ words::right() }</p>
                }
                if is_told_here {
                    <button type="button" ref={next} onclick={on_next}>{ words::next_question() }</button>
                }
                { score }
            </div>
        };
    }
    let on_hint = {
        let (dispatch, goes_on, tells) = (props.dispatch.clone(), Rc::clone(&goes_on), turn.hints == HINTS);
        Callback::from(move |_: MouseEvent| {
            *goes_on.borrow_mut() = tells;
            dispatch.emit(Action::Hint);
        })
    };
    // Who types is not played on.
    let onfocus = (session.playback() == Playback::Playing)
        .then(|| props.dispatch.reform(|_: FocusEvent| Action::Pause));
    let onsubmit = {
        let (input, dispatch) = (input.clone(), props.dispatch.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(input) = input.cast::<HtmlInputElement>() {
                *goes_on.borrow_mut() = true;
                input.select();
                dispatch.emit(Action::Answer(input.value()));
            }
        })
    };
    let name = moment.name(props.asked);
    let hint = match turn.hints {
        0 => words::hint_formula(),
        hints if hints < HINTS => words::hint_numbers(),
        _ => words::show_answer(),
    };
    let says = turn.answer.as_ref().map(|(_, verdict)| match verdict {
        Ok(verdict) => verdict.sentence(moment, props.asked),
        Err(sentence) => sentence.clone(),
    });
    let answer = html! {
        <input
            key={format!("{question:?}")}
            ref={input}
            type="text"
            inputmode="text"
            autocomplete="off"
            size="8"
            aria-label={words::your_answer(&name)}
            {onfocus}
        />
    };
    html! {
        <form class="your-turn" {onsubmit}>
            <label>{ around(&words::your_turn(&name, &Place(0)), [answer]) }</label>
            <button type="submit">{ words::check() }</button>
            <p ref={verdict} class="verdict" role="status">{ says }</p>
            <button type="button" onclick={on_hint}>{ hint }</button>
            { score }
        </form>
    }
}

/// "Right 3 of 4, 2 at once".
fn score(score: Score) -> Html {
    let Score { answered, right, at_once, .. } = score;
    html! {
        if 0 < answered {
            <p class="score" title={words::score_tip()}>
                { words::score(&right, &answered, &at_once) }
            </p>
        }
    }
}
