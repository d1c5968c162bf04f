//! The fields for the optimiser's numbers.

use std::fmt::Display;

use yew::prelude::*;

use super::around::around;
use super::number_field::{NumberChange, NumberField};
use crate::lesson::quantity::Quantity;
use crate::page::scene::Panel;
use crate::session::{Action, Edit};
use crate::words::around::Place;
use crate::words::page::controls as words;
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
    let symbol = moment.name(quantity);
    let name = around(&named(constant, &Place(0)), [html! { <span class="name rate">{&symbol}</span> }]);
    let field = html! {
        <NumberField
            label={named(constant, &symbol).trim().to_owned()}
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

/// What a constant is called, with its symbol.
fn named(constant: Constant, symbol: &dyn Display) -> String {
    match constant {
        Constant::Momentum => words::momentum(symbol),
        Constant::Decay | Constant::Beta1 | Constant::Beta2 => words::decay(symbol),
        Constant::Epsilon => words::guard(symbol),
    }
}
