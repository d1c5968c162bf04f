//! The fields for the optimiser's numbers.

use yew::prelude::*;

use super::number_field::{NumberChange, NumberField};
use crate::lesson::quantity::Quantity;
use crate::page::scene::Panel;
use crate::session::{Action, Edit};
use backprop::optimizer::Constant;

/// A number of the optimiser: its name, and the field for it.
pub fn constant_field(panel: &Panel, constant: Constant) -> (Html, Html) {
    let moment = panel.scene.moment();
    let quantity = Quantity::from(constant);
    let on_refuse = panel.dispatch.reform(|text: String| Action::problem(text));
    let on_change = panel.dispatch.reform(move |NumberChange { value, continues }| Action::Edit {
        edit: Edit::Constant(constant, value),
        continues,
    });
    let (word, symbol) = (constant_word(constant), moment.name(quantity));
    let name = html! { <>{word}{" "}<span class="name rate">{&symbol}</span></> };
    let field = html! {
        <NumberField
            label={format!("{word} {symbol}").trim().to_owned()}
            value={moment.value(quantity).unwrap_or_default()}
            digits={panel.scene.digits()}
            is_unsigned=true
            class={panel.classes(quantity)}
            {on_change}
            {on_refuse}
        />
    };
    (name, field)
}

/// What a constant is called before its symbol.
fn constant_word(constant: Constant) -> &'static str {
    match constant {
        Constant::Momentum => "momentum",
        Constant::Decay => "decay",
        Constant::Beta1 | Constant::Beta2 => "decay",
        Constant::Epsilon => "guard",
    }
}
