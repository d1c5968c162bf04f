//! How many predictions are right now, where the task is to tell classes.

use yew::prelude::*;

use crate::lesson::Lesson;
use crate::page::parts::by_address::ByAddress;
use crate::page::parts::desk::{OpenSheet, Sheet};
use crate::page::parts::icon::Icon;
use crate::session::accuracy::{Count, right_beside_run};
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
        Count::Later => "accuracy …".to_owned(),
        Count::Counted((training, None)) => format!("accuracy {}", training.text()),
        Count::Counted((training, Some(held_out))) => {
            format!("accuracy {}, test {}", training.text(), held_out.text())
        }
    };
    html! {
        <span class="curve-right">
            <span role="status" aria-label="Predictions" aria-live="off" title="Samples whose class is predicted, now">
                { text }
            </span>
            <OpenSheet
                sheet={Sheet::Accuracy}
                id="accuracy"
                label="Accuracy per epoch and confusion matrix"
                icon={Icon::Grid}
                class="confusion"
            />
        </span>
    }
}
