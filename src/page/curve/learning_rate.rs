//! The learning rate: a box for the exact number, a slider for its magnitude.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::{HtmlInputElement, KeyboardEvent};
use yew::prelude::*;

use crate::page::parts::around::around_in;
use crate::page::parts::desk::{OpenSheet, Sheet};
use crate::page::parts::icon::Icon;
use crate::page::parts::number_field::{NumberChange, NumberField};
use crate::picture::slider;
use crate::session::{Action, Edit};
use crate::text::format;
use crate::words::around::Place;
use crate::words::page::curve as words;

#[derive(Clone, PartialEq, Properties)]
pub struct LearningRateProps {
    pub value: f64,
    pub symbol: &'static str,
    pub digits: u8,
    pub dispatch: Callback<Action>,
}

/// The learning rate.
#[component]
pub fn LearningRate(props: &LearningRateProps) -> Html {
    let gesture = use_mut_ref(Gesture::default);
    let on_change = props.dispatch.reform(|NumberChange { value, continues }| Action::Edit {
        edit: Edit::LearningRate(value),
        continues,
    });
    let name = html! { <span class="name rate">{ props.symbol }</span> };
    html! {
        <span class="transport-rate">
            <span>{ around_in("words", &words::learning_rate_is(&Place(0)), [name]) }</span>
            <NumberField
                label={words::learning_rate()}
                class="rate"
                value={props.value}
                digits={props.digits}
                is_unsigned=true
                on_change={on_change.clone()}
                on_refuse={props.dispatch.reform(|text: String| Action::problem(text))}
            />
            { slider(props, &gesture, on_change) }
            <OpenSheet
                sheet={Sheet::LearningRate}
                id="explore-rates"
                label={words::explore_learning_rates()}
                icon={Icon::Rates}
                class="explore"
            />
        </span>
    }
}

/// A press of the pointer or of a key until it is let go: undone together.
#[derive(Clone, Copy, Default)]
struct Gesture {
    has_changed: bool,
    is_key_down: bool,
}

/// The slider.
fn slider(
    props: &LearningRateProps,
    gesture: &Rc<RefCell<Gesture>>,
    on_change: Callback<NumberChange>,
) -> Html {
    let position = slider::position(props.value);
    let oninput = {
        let gesture = gesture.clone();
        Callback::from(move |event: InputEvent| {
            let input = event.target_dyn_into::<HtmlInputElement>();
            if let Some(position) = input.and_then(|input| input.value().parse().ok()) {
                let continues = std::mem::replace(&mut gesture.borrow_mut().has_changed, true);
                on_change.emit(NumberChange { value: slider::value(position), continues });
            }
        })
    };
    // A slider reports a finished change for each repeat of a key that is held: those are one.
    let onchange = {
        let gesture = gesture.clone();
        Callback::from(move |_: Event| {
            let mut gesture = gesture.borrow_mut();
            gesture.has_changed &= gesture.is_key_down;
        })
    };
    let onkeydown = {
        let gesture = gesture.clone();
        Callback::from(move |event: KeyboardEvent| {
            if !event.repeat() {
                *gesture.borrow_mut() = Gesture { has_changed: false, is_key_down: true };
            }
        })
    };
    let onkeyup = {
        let gesture = gesture.clone();
        Callback::from(move |_: KeyboardEvent| *gesture.borrow_mut() = Gesture::default())
    };
    let onblur = {
        let gesture = gesture.clone();
        Callback::from(move |_: FocusEvent| *gesture.borrow_mut() = Gesture::default())
    };
    html! {
        <input
            type="range"
            aria-label={words::learning_rate_coarse()}
            aria-valuetext={format::number(props.value, props.digits)}
            min="0"
            max={slider::LAST.to_string()}
            value={position.to_string()}
            {oninput}
            {onchange}
            {onkeydown}
            {onkeyup}
            {onblur}
        />
    }
}
