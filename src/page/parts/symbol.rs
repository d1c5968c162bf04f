//! Names of quantities outside a formula: italic letters with real sub- and superscripts.

use yew::prelude::*;

use crate::lesson::names::{Symbol, Written, minus};

/// A name as the eye and the ear want it: set with scripts, and as the same line of text that
/// speech, accessible names and search use ("w₅").
pub fn view(written: &Written) -> Html {
    html! {
        <span class="name">
            <span aria-hidden="true">{ parts(written) }</span>
            <span class="visually-hidden">{ written.plain() }</span>
        </span>
    }
}

/// Only what the eye wants: for elements that have an accessible name of their own.
pub fn shown(written: &Written) -> Html {
    html! { <span class="name" aria-hidden="true">{ parts(written) }</span> }
}

fn parts(written: &Written) -> Html {
    match written {
        Written::Symbol(symbol) => scripts(symbol),
        Written::Partial { of, by } => html! { <>{ "∂" }{ scripts(of) }{ "/∂" }{ scripts(by) }</> },
        Written::Slope { function, at } => html! { <>{ format!("{function}′(") }{ scripts(at) }{ ")" }</> },
        Written::Correction(beta) => html! { <>{ "1 − " }{ scripts(beta) }<sup>{ "t" }</sup></> },
        Written::Scaled { is_negative, factor, rest } => {
            html! { <>{ format!("{}{factor}", minus(*is_negative)) }{ "·" }{ parts(rest) }</> }
        }
    }
}

/// A symbol with its scripts, for the eye only.
fn scripts(symbol: &Symbol) -> Html {
    let (letter, sub, sup) = (symbol.letter.clone(), symbol.sub.clone(), symbol.sup());
    match (sub.is_empty(), sup.is_empty()) {
        (true, true) => html! { { letter } },
        (false, true) => html! { <>{ letter }<sub>{ sub }</sub></> },
        (true, false) => html! { <>{ letter }<sup>{ sup }</sup></> },
        (false, false) => html! {
            <>
                { letter }
                <span class="scripts">
                    <sup>{ sup }</sup>
                    <sub>{ sub }</sub>
                </span>
            </>
        },
    }
}
