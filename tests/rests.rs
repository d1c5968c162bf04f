//! A weighted sum that is 0 on paper and not in binary: said to be about 0, with what follows from it.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::expect_used)]

mod common;

use std::rc::Rc;

use backprop::network::{Param, UnitId};
use backprop::rng::Rng;
use chainrule::explanation::{Check, CheckVerdict, Detail, Explanation, explain};
use chainrule::lesson::Lesson;
use chainrule::lesson::quantity::Quantity;
use chainrule::moment::Moment;
use chainrule::moment::step::{Phase, StepKind};
use chainrule::moment::time::Time;
use chainrule::run::Run;
use common::{below, json_files, lesson};
use serde_json::json;

const DETAIL: Detail = Detail { digits: 5, max_terms: 12 };
const Z: Quantity = Quantity::Sum(UnitId::new(1, 0));
const H: Quantity = Quantity::Activation(UnitId::new(1, 0));
const OUT: Quantity = Quantity::Activation(UnitId::new(2, 0));

/// One hidden unit that adds up `terms`, each an input and its weight, and a linear output of weight 0.5.
fn adds(terms: &[(f64, f64)], activation: &str) -> Lesson {
    let (inputs, weights): (Vec<f64>, Vec<f64>) = terms.iter().copied().unzip();
    let file = json!({
        "format": "chainrule-lesson",
        "version": 1,
        "network": { "inputs": terms.len(), "layers": [
            { "activation": activation, "weights": [weights] },
            { "activation": "identity", "weights": [[0.5]] },
        ]},
        "loss": "half_squared_error",
        "optimizer": { "method": "sgd", "learning_rate": 0.1 },
        "data": { "inputs": [inputs], "targets": [[1.0]] },
    });
    lesson(&file.to_string())
}

fn moment(lesson: Lesson) -> Moment {
    let mut run = Run::new(Rc::new(lesson)).expect("a finite first pass");
    run.moment_at(Time::epoch(0)).expect("the start")
}

fn at(moment: &Moment, kind: StepKind) -> (Moment, Explanation) {
    let step = moment.plan.find(kind, 0).expect("a step");
    let moment = moment.at(moment.plan.done(step));
    let said = explain(&moment, DETAIL);
    (moment, said)
}

/// 0.1 + 0.2 − 0.3, in binary 5.55·10⁻¹⁷, and the same with all signs turned.
const REST: [(f64, f64); 3] = [(1.0, 0.1), (1.0, 0.2), (1.0, -0.3)];
const TURNED: [(f64, f64); 3] = [(-1.0, 0.1), (-1.0, 0.2), (-1.0, -0.3)];

#[test]
fn a_rest_of_rounding_is_shown_as_about_zero() {
    let text = |moment: &Moment, quantity| moment.text(quantity, 5).expect("a number");
    for activation in ["relu", "leaky_relu", "tanh", "identity"] {
        let moment = moment(adds(&REST, activation));
        assert_eq!(moment.value(Z), Some(0.1 + 0.2 - 0.3));
        for quantity in [Z, H, OUT] {
            assert_eq!(text(&moment, quantity), "≈ 0", "{activation}");
        }
    }
    // What is not 0 at 0 is what it is.
    let sigmoid = moment(adds(&REST, "sigmoid"));
    assert_eq!([text(&sigmoid, Z), text(&sigmoid, H), text(&sigmoid, OUT)], ["≈ 0", "0.5", "0.25"]);
    // The ReLU makes an exact 0 of a rest below 0.
    let turned = moment(adds(&TURNED, "relu"));
    assert_eq!([text(&turned, Z), text(&turned, H), text(&turned, OUT)], ["≈ 0", "0", "0"]);
    // 0 is 0, and a small number is one.
    let exact = moment(adds(&[(1.0, 0.25), (1.0, -0.25)], "relu"));
    assert_eq!(text(&exact, Z), "0");
    let small = moment(adds(&[(1e-9, 1e-8)], "relu"));
    assert_eq!(text(&small, Z), "1×10⁻¹⁷");
    let near = moment(adds(&[(1.0, 0.1), (1.0, -0.100_000_1)], "relu"));
    assert_eq!(text(&near, Z), "−1×10⁻⁷");
}

#[test]
fn the_card_says_what_a_rest_does_to_the_slope() {
    let sum = StepKind::WeightedSum(UnitId::new(1, 0));
    let (there, said) = at(&moment(adds(&REST, "relu")), sum);
    let expected = "On paper it is 0; binary arithmetic leaves 5.55×10⁻¹⁷. This is the kink of the ReLU: below 0 its slope is 0, above it 1, and nothing but the rest of rounding decides that it is 1 here.";
    assert!(said.why.ends_with(expected), "{}", said.why);
    assert!(said.latex(&[], &there, 5).contains(r"&\approx 0"), "{}", said.latex(&[], &there, 5));
    assert!(said.spoken(&there, 5).contains("equals about 0. "), "{}", said.spoken(&there, 5));
    let (_, said) = at(&moment(adds(&TURNED, "leaky_relu")), sum);
    assert!(said.why.ends_with("below 0 its slope is 0.01, above it 1, and nothing but the rest of rounding decides that it is 0.01 here."), "{}", said.why);
    // Where the slope does not jump there is nothing to add.
    let (_, said) = at(&moment(adds(&REST, "tanh")), sum);
    assert!(said.why.ends_with("binary arithmetic leaves 5.55×10⁻¹⁷."), "{}", said.why);
    for kind in [StepKind::Activation(UnitId::new(1, 0)), StepKind::Delta(UnitId::new(1, 0))] {
        let (_, said) = at(&moment(adds(&REST, "relu")), kind);
        assert!(said.why.contains("This is the kink of the ReLU"), "{}", said.why);
    }
}

/// A line through 0 with the slope 0, and targets of which the samples' ∂E/∂b = −y are the negative.
fn answers(targets: &[f64], optimizer: serde_json::Value) -> Lesson {
    let inputs = vec![[1.0]; targets.len()];
    let targets: Vec<[f64; 1]> = targets.iter().map(|y| [*y]).collect();
    let file = json!({
        "format": "chainrule-lesson",
        "version": 1,
        "network": { "inputs": 1, "layers": [{ "activation": "identity", "weights": [[0.0]], "biases": [0.0] }]},
        "loss": "half_squared_error",
        "optimizer": optimizer,
        "data": { "inputs": inputs, "targets": targets },
    });
    lesson(&file.to_string())
}

#[test]
fn derivatives_that_cancel_leave_about_zero() {
    let b = Param::Bias { layer: 1, to: 0 };
    let sgd = || json!({ "method": "sgd", "learning_rate": 0.1 });
    let adam = |beta: f64| json!({ "method": "adam", "learning_rate": 0.1, "beta1": beta, "beta2": beta, "epsilon": 1e-8 });
    let text = |moment: &Moment, quantity| moment.text(quantity, 5).expect("a number");
    // 0.1 + 0.2 − 0.3 once more, the last one the sum, of which the mean is taken.
    let there = moment(answers(&[-0.1, -0.2, 0.3], sgd()));
    assert_ne!(there.value(Quantity::MeanGradient(b)), Some(0.0));
    for quantity in
        [Quantity::GradientSum(b), Quantity::MeanGradient(b), Quantity::ScaledGradient(b), Quantity::Step(b)]
    {
        assert_eq!(text(&there, quantity), "≈ 0", "{quantity:?}");
    }
    // A mean that is small, and one of a single sample, are what they are.
    let small = moment(answers(&[-1e-17, -2e-17, -3e-17], sgd()));
    assert_eq!(text(&small, Quantity::MeanGradient(b)), "2×10⁻¹⁷");
    let near = moment(answers(&[-0.1, -0.2, 0.299_999_7], sgd()));
    assert_eq!(text(&near, Quantity::MeanGradient(b)), "1×10⁻⁷");
    let one = moment(answers(&[-1e-17], sgd()));
    assert_eq!(text(&one, Quantity::MeanGradient(b)), "1×10⁻¹⁷");
    // So is 0.
    let exact = moment(answers(&[0.25, -0.25], sgd()));
    assert_eq!(text(&exact, Quantity::MeanGradient(b)), "0");
    // What an optimiser remembers of it alone is about 0 as well.
    for beta in [0.0, 0.9] {
        let there = moment(answers(&[-0.1, -0.2, 0.3], adam(beta)));
        for quantity in
            [Quantity::FirstMoment(b), Quantity::SecondMoment(b), Quantity::Step(b), Quantity::New(b)]
        {
            assert_eq!(text(&there, quantity), "≈ 0", "{beta}, {quantity:?}");
        }
    }
    // With what it remembers of others it is not.
    let mut run = Run::new(Rc::new(answers(&[-0.1, -0.2, 0.6], adam(0.9)))).expect("a finite first pass");
    let later = run.moment_at(Time::epoch(1)).expect("the next epoch");
    assert!(!text(&later, Quantity::FirstMoment(b)).contains('≈'));
}

#[test]
fn the_check_calls_it_a_kink() {
    for terms in [REST, TURNED] {
        let first = Param::Weight { layer: 1, to: 0, from: 0 };
        let (moment, said) = at(&moment(adds(&terms, "relu")), StepKind::Gradient(first));
        let check: Check = said.check.expect("a check");
        // E = ½ (½ h − 1)²: beside the kink its slope is −½ on the one side and 0 on the other, of which
        // a central difference takes the mean.
        assert!((check.measured.value.abs() - 0.25).abs() < 1e-5, "{check:?}");
        assert_eq!(check.verdict, CheckVerdict::Differs);
        let sentence = check.sentence(&moment, Some(Phase::Backward), 5);
        assert!(sentence.ends_with("the nudge measures both sides of it."), "{sentence}");
    }
}

/// Decimals that add up to 0 on paper: cents that are taken away again in another order and other parts.
#[test]
fn sums_of_decimals_that_cancel_are_zero_on_paper_and_others_are_not() {
    let mut n_rests = 0;
    for seed in 0..500 {
        let mut rng = Rng::new(seed);
        let mut cents: Vec<i64> =
            (0..1 + below(&mut rng, 8)).map(|_| below(&mut rng, 199) as i64 - 99).collect();
        cents.push(-cents.iter().sum::<i64>());
        let decimal = |cents: i64| -> f64 { format!("{cents}e-2").parse().expect("a decimal") };
        let terms = |by: i64| -> Vec<(f64, f64)> {
            cents.iter().enumerate().map(|(k, c)| (1.0, decimal(c + if k == 0 { by } else { 0 }))).collect()
        };
        let zero = moment(adds(&terms(0), "relu"));
        assert!(["0", "≈ 0"].contains(&zero.text(Z, 5).expect("a number").as_str()), "seed {seed}");
        n_rests += usize::from(zero.value(Z) != Some(0.0));
        let cent = moment(adds(&terms(1), "relu"));
        assert_eq!(cent.text(Z, 5).as_deref(), Some("0.01"), "seed {seed}");
    }
    assert!(100 < n_rests, "{n_rests}");
}

#[test]
fn the_sums_of_the_lessons_are_numbers() {
    for (name, text) in json_files("static/lessons") {
        let moment = moment(lesson(&text));
        let network = moment.network();
        for layer in 1..=network.n_layers() {
            for unit in 0..network.n_units(layer) {
                let z = Quantity::Sum(UnitId { layer, unit });
                let is_zero = moment.is_zero_on_paper(z, 0);
                assert!(!is_zero, "{name}: {z:?} = {:?}", moment.value(z));
            }
        }
    }
}
