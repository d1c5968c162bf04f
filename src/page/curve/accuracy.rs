//! How many predictions are right now, where the task is to tell classes.

use yew::prelude::*;

use crate::lesson::Lesson;
use crate::page::parts::by_address::ByAddress;
use crate::session::accuracy::{Count, Right, right_beside_run};
use backprop::trace::Model;

#[derive(Clone, PartialEq, Properties)]
pub struct AccuracyProps {
    pub model: ByAddress<Model>,
    pub lesson: ByAddress<Lesson>,
    pub is_running: bool,
}

/// "right 148 of 150, held out 28 of 30".
#[component]
pub fn Accuracy(props: &AccuracyProps) -> Html {
    let counted = |Right { n, of }| format!("{n} of {of}");
    let text = match right_beside_run(&props.lesson, &props.model.network, props.is_running) {
        Count::Nothing => return html! {},
        Count::Later => "right …".to_owned(),
        Count::Counted((training, None)) => format!("right {}", counted(training)),
        Count::Counted((training, Some(held_out))) => {
            format!("right {}, held out {}", counted(training), counted(held_out))
        }
    };
    html! {
        <span class="curve-right" role="status" aria-label="Predictions" aria-live="off" title="Samples whose class is predicted, now">
            { text }
        </span>
    }
}
