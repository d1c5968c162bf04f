//! Names of quantities outside a formula: italic letters with real sub- and superscripts.

use yew::prelude::*;

use crate::lesson::names::{Symbol, Written};

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
        Written::Slope(z) => html! { <>{ "g′(" }{ scripts(z) }{ ")" }</> },
        Written::Scaled { factor, rest } => html! { <>{ factor.clone() }{ "·" }{ parts(rest) }</> },
    }
}

/// A symbol with its scripts, for the eye only.
fn scripts(symbol: &Symbol) -> Html {
    let base = symbol.base.clone();
    match (symbol.sub.is_empty(), symbol.sup.is_empty()) {
        (true, true) => html! { { base } },
        (false, true) => html! { <>{ base }<sub>{ symbol.sub.clone() }</sub></> },
        (true, false) => html! { <>{ base }<sup>{ symbol.sup.clone() }</sup></> },
        (false, false) => html! {
            <>
                { base }
                <span class="scripts">
                    <sup>{ symbol.sup.clone() }</sup>
                    <sub>{ symbol.sub.clone() }</sub>
                </span>
            </>
        },
    }
}
