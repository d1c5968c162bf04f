//! The glossary: whatever has a name on the page has one sentence, which begins with the name and holds for it.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod common;

use backprop::network::{Param, UnitId};
use chainrule::explanation::formula::Formula;
use chainrule::explanation::glossary::{TERMS, meaning};
use chainrule::explanation::{Detail, explain};
use chainrule::lesson::quantity::Quantity;
use chainrule::moment::Moment;
use chainrule::session::Action;
use common::{HMKCODE, MAZUR, lesson, lessons, session};

fn is_sentence(text: &str) -> bool {
    text.ends_with('.') && text.len() < 220 && !text.contains("  ")
}

/// Every quantity in the formulas of every step of every lesson, and the ledger's.
fn quantities(moment: &Moment) -> Vec<Quantity> {
    let said = explain(moment, Detail { digits: 5, max_terms: 12 });
    let of = |formula: &Formula| formula.quantities();
    let formulas = said
        .equations
        .iter()
        .flat_map(|equation| [of(&equation.left), of(&equation.symbols), vec![equation.result]].concat());
    formulas.collect()
}

#[test]
fn every_quantity_of_every_step_says_what_it_is() {
    for (name, lesson) in lessons() {
        let session = session(&lesson);
        let start = session.moment();
        let n_steps = start.plan.n_steps();
        for step in (1..=n_steps).filter(|step| step % n_steps.div_ceil(150) == 0) {
            let moment = start.at(start.plan.done(step));
            for quantity in quantities(&moment) {
                let says = meaning(&moment, quantity);
                let starts = format!("{}: ", moment.name(quantity));
                assert!(says.starts_with(&starts) && is_sentence(&says), "{name}: {says}");
            }
        }
    }
}

/// What a sentence says a derivative is, is what a small change does.
#[test]
fn a_derivative_is_how_much_the_loss_changes() {
    let session = session(&lesson(HMKCODE));
    let w5 = Param::Weight { layer: 2, to: 0, from: 0 };
    let moment = session.moment();
    assert_eq!(
        meaning(moment, Quantity::Gradient(w5)),
        "∂E/∂w₅: the derivative of E by w₅: how much E changes per small change of w₅ while everything else stays."
    );
    let nudged = |by: f64| {
        let mut lesson = lesson(HMKCODE);
        let mut network = (*lesson.network).clone();
        network.params.set(w5, network.params.at(w5) + by);
        lesson.network = network.into();
        common::session(&lesson).loss()
    };
    let h = 1e-6;
    let rate = (nudged(h) - nudged(-h)) / (2.0 * h);
    let said = moment.value(Quantity::Gradient(w5)).expect("the derivative");
    assert!((rate - said).abs() < 1e-6, "{rate} and {said}");
}

#[test]
fn an_edge_is_named_by_its_ends() {
    let session = session(&lesson(MAZUR)).update(Action::StepForward { coarser: false });
    let moment = session.moment();
    let weight = Quantity::Param(Param::Weight { layer: 2, to: 1, from: 0 });
    assert_eq!(
        meaning(moment, weight),
        "w₇: the weight from h₁ to o₂: what h₁ passes on is multiplied by it."
    );
    let bias = Quantity::Param(Param::Bias { layer: 1, to: 1 });
    assert_eq!(meaning(moment, bias), "b₂: the bias of h₂: it is added to the weighted sum.");
    let sum = Quantity::Slope(UnitId::new(1, 0));
    assert_eq!(
        meaning(moment, sum),
        "g′(net h₁): the slope of the activation function: how fast h₁ changes with net h₁."
    );
}

/// What a newcomer was left alone with.
#[test]
fn the_terms_answer_what_a_newcomer_asks() {
    for asked in ["∂", "chain rule", "paths", "minus", "Δ, δ", "epoch", "learning rate", "a good rate"] {
        assert!(TERMS.iter().any(|term| (term.name)() == asked), "{asked}");
    }
    for one in &TERMS {
        let (name, meaning) = ((one.name)(), (one.meaning)());
        assert!(is_sentence(meaning), "{meaning}");
        assert_eq!(TERMS.iter().filter(|other| (other.name)() == name).count(), 1, "{name}");
    }
}
