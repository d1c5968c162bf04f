//! A number of the lesson that can be edited. Two fields are equal if they would look and act the same, so
//! that a step renders only those whose number it changes.

use yew::prelude::*;

use super::number_field::{NumberChange, NumberField};
use crate::session::{Action, Edit};
use backprop::network::Param;

/// What is edited.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Editable {
    /// A weight or bias.
    Param(Param),
    /// An input of a sample.
    Input {
        /// Which sample.
        sample: usize,
        /// Which input.
        unit: usize,
    },
    /// A target of a sample.
    Target {
        /// Which sample.
        sample: usize,
        /// Which output.
        unit: usize,
    },
}

impl Editable {
    fn edit(self, value: f64) -> Edit {
        match self {
            Self::Param(param) => Edit::Param(param, value),
            Self::Input { sample, unit } => Edit::Input { sample, unit, value },
            Self::Target { sample, unit } => Edit::Target { sample, unit, value },
        }
    }
}

/// The props of [`EditField`]: of a [`NumberField`], and what it edits.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// What is edited.
    pub of: Editable,
    /// The accessible name.
    pub label: AttrValue,
    /// The number.
    pub value: f64,
    /// Significant digits shown.
    pub digits: u8,
    /// A spin button instead of a text box.
    #[prop_or_default]
    pub is_spin: bool,
    /// Further classes.
    #[prop_or_default]
    pub class: Classes,
    /// What to call when the number is edited.
    pub dispatch: Callback<Action>,
}

/// A field for a number of the lesson.
#[component]
pub fn EditField(props: &Props) -> Html {
    let Props { of, label, value, digits, is_spin, class, dispatch } = props.clone();
    let on_change = use_callback((of, dispatch.clone()), |change: NumberChange, (of, dispatch)| {
        let NumberChange { value, continues } = change;
        dispatch.emit(Action::Edit { edit: of.edit(value), continues });
    });
    let on_refuse = use_callback(dispatch, |text: String, dispatch| dispatch.emit(Action::problem(text)));
    html! { <NumberField {label} {value} {digits} {is_spin} {class} {on_change} {on_refuse} /> }
}
