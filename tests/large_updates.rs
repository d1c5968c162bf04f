//! Updates of large batches are made without traces of their samples: the same bits as with them.

mod common;

use std::rc::Rc;

use backprop::network::UnitId;
use backprop::trace::UpdateTrace;
use chainrule::lesson::Lesson;
use chainrule::lesson::quantity::Quantity;
use chainrule::moment::time::Time;
use chainrule::run::Run;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// 2-40-40-1 on 1,500 samples in batches of `batch_size`: from 1,200 on the batch is a large one.
fn lesson(optimizer: &str, batch: &str) -> Rc<Lesson> {
    let text = format!(
        r#"{{"format": "chainrule-lesson", "version": 1, "title": "large",
        "network": {{"inputs": 2, "layers": [
            {{"units": 40, "activation": "relu", "init": {{"scheme": "he_normal", "scale": 1, "seed": 1, "biases": true}}}},
            {{"units": 40, "activation": "tanh", "init": {{"scheme": "he_normal", "scale": 1, "seed": 2, "biases": true}}}},
            {{"units": 1, "activation": "sigmoid", "init": {{"scheme": "he_normal", "scale": 1, "seed": 3, "biases": true}}}}]}},
        "loss": "binary_cross_entropy", "optimizer": {optimizer}, {batch}
        "data": {{"generator": "moons", "samples": 1500, "noise": 0.2, "seed": 4}}}}"#
    );
    Rc::new(common::lesson(&text))
}

#[wasm_bindgen_test(unsupported = test)]
fn an_update_without_traces_has_the_bits_of_one_with_them() {
    for optimizer in [
        r#"{"method": "sgd", "learning_rate": 0.1}"#,
        r#"{"method": "adam", "learning_rate": 0.01, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}"#,
    ] {
        for batch in ["", r#""batch_size": 1300, "shuffle": 5,"#] {
            let lesson = lesson(optimizer, batch);
            let mut run = Run::new(Rc::clone(&lesson)).expect("the first pass is finite");
            for epoch in [0, 1, 7] {
                let moment = run.moment_at(Time::epoch(epoch)).expect("the run goes on");
                let traced =
                    UpdateTrace::new(moment.model(), lesson.rule, lesson.batch(epoch, 0).into_iter());
                assert!(moment.update().pass.samples.is_empty(), "the batch is a large one");
                assert_eq!(moment.update().pass.loss.to_bits(), traced.pass.loss.to_bits());
                assert_eq!(moment.update().pass.gradients, traced.pass.gradients);
                assert_eq!((&moment.update().steps, &moment.update().after), (&traced.steps, &traced.after));
                for sample in [0, 1, 700, moment.n_samples() - 1] {
                    assert_eq!(moment.trace(sample), traced.pass.samples.get(sample));
                }
                assert_eq!(moment.trace(moment.n_samples()), None);
            }
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_sample_is_stepped_through_without_a_pass_over_the_others() {
    let lesson = lesson(r#"{"method": "sgd", "learning_rate": 0.1}"#, "");
    let mut run = Run::new(Rc::clone(&lesson)).expect("the first pass is finite");
    let moment = run.moment_at(Time::default()).expect("the start");
    let param = moment.network().param_list()[50];
    for quantity in [Quantity::Loss, Quantity::Gradient(param), Quantity::Delta(UnitId::new(1, 3))] {
        assert!(moment.value(quantity).is_some());
    }
    assert!(!moment.pending().is_made());
    let measured = moment.measured_derivative(param, true);
    let computed = moment.value(Quantity::MeanGradient(param)).expect("a derivative");
    assert!((measured.value - computed).abs() < 1e-8, "{measured:?} {computed}");
    assert!(moment.pending().is_made());
}
