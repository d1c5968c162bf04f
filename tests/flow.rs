//! The gradient flow: sizes of derivatives per layer against plain loops, the same however it is sliced, and
//! the two lessons that show where it vanishes and where it does not.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::rc::Rc;

use backprop::mistakes::Mistake;
use backprop::network::{Param, UnitId};
use backprop::trace::{SampleTrace, loss_over};
use chainrule::lesson::Lesson;
use chainrule::run::flow::{Flow, FlowSurvey, SATURATED, Spread, UnitState};
use chainrule::session::{Action, Session};
use common::{is_close, json_files, lesson, lessons, session, train};

fn measured(session: &Session, slice: u64) -> FlowSurvey {
    let mut survey = FlowSurvey::default();
    let (now, all) = session.survey_targets();
    survey.aim(now, all);
    let mut n = 0;
    while !survey.is_done() {
        survey.advance(slice);
        n += 1;
        assert!(n < 1_000_000, "it ends");
    }
    survey
}

fn flow(session: &Session) -> Rc<Flow> {
    Rc::clone(measured(session, u64::MAX).now().unwrap())
}

fn built_in(name: &str) -> Lesson {
    let (_, text) = json_files("static/lessons").into_iter().find(|(found, _)| found == name).unwrap();
    lesson(&text)
}

/// ‖∂E/∂W‖ and ‖δ‖ of each layer from the derivatives of single samples, and by central differences.
#[test]
fn sizes_are_those_of_the_derivatives() {
    for (what, lesson) in lessons() {
        let lesson = Lesson { rule: lesson.rule.mended(), ..lesson };
        let network = &lesson.network;
        let found = flow(&session(&lesson));
        assert_eq!(found.n_samples, lesson.data.train.len(), "{what}");
        let n = lesson.data.train.len() as f64;
        let traces: Vec<SampleTrace> =
            lesson.data.train.iter().map(|sample| SampleTrace::new(network, lesson.rule, sample)).collect();
        for (l, layer) in found.layers.iter().enumerate() {
            let weights: Vec<Param> =
                network.param_list().into_iter().filter(|p| !p.is_bias() && p.layer() == l + 1).collect();
            let mean = |param: &Param| traces.iter().map(|trace| trace.gradient(*param)).sum::<f64>() / n;
            let expected = weights.iter().map(|p| mean(p) * mean(p)).sum::<f64>().sqrt();
            assert!(is_close(layer.gradient, expected, 1e-12), "{what}, layer {}", l + 1);
            let of_sample =
                |trace: &SampleTrace| trace.backward.deltas(l + 1).iter().map(|d| d * d).sum::<f64>().sqrt();
            let expected = traces.iter().map(of_sample).sum::<f64>() / n;
            assert!(is_close(layer.delta, expected, 1e-12), "{what}, layer {}", l + 1);
            assert_eq!(layer.gradients.n(), weights.len() as u64, "{what}");
            assert_eq!(layer.deltas.n(), (traces.len() * network.n_units(l + 1)) as u64, "{what}");
            let measured = |param: &Param| {
                let loss = |by: f64| {
                    let mut moved = network.as_ref().clone();
                    moved.params.set(*param, network.params.at(*param) + by);
                    loss_over(&moved, lesson.rule.loss, lesson.data.train.iter())
                };
                (loss(1e-5) - loss(-1e-5)) / 2e-5
            };
            let by_difference = weights.iter().map(|p| measured(p) * measured(p)).sum::<f64>().sqrt();
            assert!(
                (layer.gradient - by_difference).abs() < 1e-8,
                "{what}, layer {}: {by_difference}",
                l + 1
            );
        }
    }
}

#[test]
fn slices_of_any_size_measure_the_same() {
    let run = (0..5).fold(session(&lesson(common::XOR)), |now, _| now.update(Action::NextEpoch));
    let whole = measured(&run, u64::MAX);
    let sliced = measured(&run, 1);
    assert_eq!(whole.now(), sliced.now());
    assert!(whole.all().eq(sliced.all()));
    assert_eq!(whole.all().map(|flow| flow.epoch).collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5]);
    // What is known is not measured again.
    let mut survey = whole.clone();
    let (now, all) = run.update(Action::NextEpoch).survey_targets();
    survey.aim(now, all);
    assert_eq!(survey.all().count(), 6);
    assert!(!survey.is_done());
}

#[test]
fn broken_derivatives_are_shown_as_they_are_computed() {
    let lesson = lesson(common::XOR);
    let right = flow(&session(&lesson));
    let broken = Lesson { rule: lesson.rule.with_mistake(Mistake::SumForMean, true), ..lesson.clone() };
    let found = flow(&session(&broken));
    for (right, found) in right.layers.iter().zip(&found.layers) {
        assert!(is_close(found.gradient, 4.0 * right.gradient, 1e-12));
        assert_eq!(found.delta, right.delta);
    }
}

#[test]
fn sizes_are_counted_by_half_powers_of_ten() {
    let n_bins = flow(&session(&lesson(common::HMKCODE))).layers[0].gradients.bins.len();
    assert_eq!((Spread::sizes(0).0, n_bins), (1e-12, 30));
    assert!(is_close(Spread::sizes(n_bins - 1).1, 1e3, 1e-12));
    // ∂E/∂w₁ … w₄ = −0.22652, −0.33979, −0.2427, −0.36405: one in 0.1 … 0.316, two, in order.
    let found = &flow(&session(&lesson(common::HMKCODE))).layers[0].gradients;
    assert_eq!((found.bins[22], found.bins[23], found.n(), found.n_zero), (2, 2, 4, 0));
    let says = found.says();
    assert_eq!(says, "0.23 to 0.36");
}

/// A unit that is switched off for every sample, one that is saturated, and one that is neither.
#[test]
fn stuck_units_are_named() {
    let of = |activation: &str, weights: &str| {
        let lesson = lesson(&format!(
            r#"{{"format": "chainrule-lesson", "version": 1, "network": {{"inputs": 1, "layers": [
                {{"activation": "{activation}", "weights": {weights}, "biases": null}},
                {{"activation": "identity", "weights": [[1, 1]], "biases": null}}]}},
            "loss": "half_squared_error", "optimizer": {{"method": "sgd", "learning_rate": 0.1}},
            "data": {{"inputs": [[1], [2]], "targets": [[1], [1]]}}}}"#
        ));
        flow(&session(&lesson)).stuck().units
    };
    assert_eq!(of("relu", "[[-1], [1]]"), [(UnitId::new(1, 0), UnitState::Dead)]);
    // σ′(5) = 0.0066, σ′(4) = 0.0177: the largest over the samples counts.
    assert_eq!(of("sigmoid", "[[5], [4]]"), [(UnitId::new(1, 0), UnitState::Saturated)]);
    assert_eq!(of("leaky_relu", "[[-1], [1]]"), []);
    let said = UnitState::Dead.sentence("h₁", "ReLU", 4);
    assert_eq!(
        said,
        "h₁ has slope 0 for all 4 samples: its ReLU is dead, no derivative goes back through it."
    );
    let said = UnitState::Saturated.sentence("h₂", "sigmoid", 1);
    assert!(said.contains(&format!("below {SATURATED} for the sample")), "{said}");
}

/// The deep sigmoids stay at the loss of guessing, ln 2, for their first layers get next to no gradient; with
/// ReLU the same layers learn.
#[test]
fn the_gradient_vanishes_through_sigmoids_and_not_through_relu() {
    let [sigmoid, relu] = ["vanishing-sigmoid", "vanishing-relu"].map(built_in);
    assert_eq!(sigmoid.network.shape(), relu.network.shape());
    assert!(sigmoid.data == relu.data);
    let ratio = |lesson: &Lesson| flow(&session(lesson)).shrinks_by().unwrap();
    assert!(100.0 < ratio(&sigmoid), "{}", ratio(&sigmoid));
    assert!((0.1..10.0).contains(&ratio(&relu)), "{}", ratio(&relu));
    let says = flow(&session(&sigmoid)).says("‖∂L/∂W‖", 3);
    assert!(says.ends_with("in layer 1 than in layer 6: the gradient vanishes on its way back."), "{says}");
    let after = |lesson: &Lesson| {
        let model = train(lesson, 300);
        loss_over(&model.network, lesson.rule.loss, lesson.data.train.iter())
    };
    assert!((after(&sigmoid) - std::f64::consts::LN_2).abs() < 1e-3, "{}", after(&sigmoid));
    assert!(after(&relu) < 1e-3, "{}", after(&relu));
}
