//! How many predictions are right now, where the task is to tell classes.

use yew::prelude::*;

use crate::lesson::Lesson;
use crate::page::parts::by_address::ByAddress;
use crate::page::parts::desk::{OpenSheet, Sheet};
use crate::page::parts::icon::Icon;
use crate::session::accuracy::{Count, right_beside_run};
use crate::words::page::curve as words;
use backprop::trace::Model;

#[derive(Clone, PartialEq, Properties)]
pub struct AccuracyProps {
    pub model: ByAddress<Model>,
    pub lesson: ByAddress<Lesson>,
    pub is_running: bool,
}

/// "accuracy 0.987 (148 of 150), test 0.933 (28 of 30)".
#[component]
pub fn Accuracy(props: &AccuracyProps) -> Html {
    let text = match right_beside_run(&props.lesson, &props.model.network, props.is_running) {
        Count::Nothing => return html! {},
        Count::Later => words::accuracy_later().to_owned(),
        Count::Counted((training, None)) => words::accuracy_is(&training.text()),
        Count::Counted((training, Some(held_out))) => {
            words::accuracies_are(&training.text(), &held_out.text())
        }
    };
    html! {
        <span class="curve-right">
            <span role="status" aria-label={words::predictions()} aria-live="off" title={words::predictions_tip()}>
                { text }
            </span>
            <OpenSheet
                sheet={Sheet::Accuracy}
                id="accuracy"
                label={words::show_accuracy()}
                icon={Icon::Grid}
                class="confusion"
            />
        </span>
    }
}
