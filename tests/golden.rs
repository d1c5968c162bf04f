//! Our numbers are those of an independent implementation (automatic differentiation in float64),
//! and they are the same bits natively and in the browser.
//!
//! Each golden file holds a lesson, a number of epochs and what the `trace` example is to print.

// Helpers fail as tests do.
#![allow(clippy::expect_used)]

mod common;

use backprop::network::Params;
use backprop::trace::{Model, UpdateTrace, loss_over};
use chainrule::lesson::Lesson;
use common::{bits, golden_lesson, is_close, lesson, model_numbers, train, train_epoch};
use serde_json::Value;
use std::rc::Rc;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Agreement of the first pass and update.
const FIRST: f64 = 1e-12;
/// Agreement after many epochs.
const LATER: f64 = 1e-9;

fn check(text: &str) {
    let golden: Value = serde_json::from_str(text).expect("a golden file is JSON");
    let expected = &golden["expected"];
    let lesson = lesson(&golden["lesson"].to_string());
    let epochs = golden["epochs"].as_u64().expect("a number of epochs");

    let start = Rc::new(Model::start(lesson.network.as_ref().clone()));
    let pass = UpdateTrace::new(&start, lesson.rule, lesson.data.train.iter()).pass;
    let samples = expected["samples"].as_array().expect("a list of samples");
    assert_eq!(samples.len(), pass.samples.len());
    for (k, (sample, expected)) in pass.samples.iter().zip(samples).enumerate() {
        for layer in 1..=lesson.network.n_layers() {
            for (key, found) in [
                ("z", sample.forward.sums(layer)),
                ("a", sample.forward.activations(layer)),
                ("delta", sample.backward.deltas(layer)),
            ] {
                agree(
                    &format!("sample {k}, {key} of layer {layer}"),
                    found,
                    &expected[key][layer - 1],
                    FIRST,
                );
            }
        }
        agree(&format!("sample {k}, loss"), &[sample.forward.loss()], &expected["loss"], FIRST);
    }
    agree("loss", &[pass.loss], &expected["loss"], FIRST);
    params_agree("gradients", &pass.gradients, &expected["gradients"], FIRST);
    params_agree("updated", &train(&lesson, 1).network.params, &expected["updated"], FIRST);

    let mut model = start;
    let mut losses = Vec::new();
    for _ in 0..epochs {
        losses.push(loss_of(&lesson, &model));
        model = train_epoch(&lesson, &model);
    }
    agree("loss_history", &losses, &expected["loss_history"], LATER);
    agree("loss_after", &[loss_of(&lesson, &model)], &expected["loss_after"], LATER);
    params_agree("final", &model.network.params, &expected["final"], LATER);
}

fn loss_of(lesson: &Lesson, model: &Model) -> f64 {
    loss_over(&model.network, lesson.rule.loss, lesson.data.train.iter())
}

fn params_agree(what: &str, params: &Params, expected: &Value, tolerance: f64) {
    assert_eq!(expected.as_array().map(Vec::len), Some(params.0.len()), "{what}");
    for (k, layer) in params.0.iter().enumerate() {
        let what = format!("{what} of layer {}", k + 1);
        for (row, expected) in layer.weights.rows().zip(expected[k]["weights"].as_array().expect("rows")) {
            agree(&what, row, expected, tolerance);
        }
        match &layer.biases {
            Some(biases) => agree(&what, biases, &expected[k]["biases"], tolerance),
            None => assert_eq!(expected[k]["biases"], Value::Null, "{what}"),
        }
    }
}

/// `expected` is a list of numbers, or one number.
fn agree(what: &str, found: &[f64], expected: &Value, tolerance: f64) {
    let expected: Vec<f64> = match expected {
        Value::Array(numbers) => numbers.iter().filter_map(Value::as_f64).collect(),
        number => number.as_f64().into_iter().collect(),
    };
    assert_eq!(found.len(), expected.len(), "{what}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(is_close(*found, expected, tolerance), "{what}: {found}, expected {expected}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn hmkcode() {
    check(include_str!("golden/hmkcode.json"));
}

#[wasm_bindgen_test(unsupported = test)]
fn four_points() {
    check(include_str!("golden/multi-point.json"));
}

#[wasm_bindgen_test(unsupported = test)]
fn lecture_3_2_1() {
    check(include_str!("golden/lecture-3-2-1.json"));
}

#[wasm_bindgen_test(unsupported = test)]
fn mazur_for_ten_thousand_epochs() {
    check(include_str!("golden/mazur.json"));
}

#[wasm_bindgen_test(unsupported = test)]
fn xor_with_momentum() {
    check(include_str!("golden/xor.json"));
}

#[wasm_bindgen_test(unsupported = test)]
fn leaky_relu_and_mean_squared_error_with_rmsprop() {
    check(include_str!("golden/rmsprop-mse.json"));
}

#[wasm_bindgen_test(unsupported = test)]
fn softmax_and_cross_entropy_with_adam() {
    check(include_str!("golden/softmax-adam.json"));
}

#[wasm_bindgen_test(unsupported = test)]
fn five_layers_of_relu_and_sigmoid_with_binary_cross_entropy() {
    check(include_str!("golden/skalski-moons.json"));
}

/// Worked out with 60 digits, each derivative as a central difference.
#[wasm_bindgen_test(unsupported = test)]
fn elu_with_momentum() {
    check(include_str!("golden/elu.json"));
}

/// FNV-1a over the bits of every number that 100 updates leave: one differing bit anywhere on the
/// way, natively or in the browser, gives another value.
fn fingerprint(lesson: &Lesson) -> u64 {
    let model = train(lesson, 100);
    bits(&model_numbers(&model))
        .iter()
        .flat_map(|bits| bits.to_le_bytes())
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[wasm_bindgen_test(unsupported = test)]
fn the_same_bits_natively_and_in_the_browser() {
    for (what, lesson, expected) in [
        ("linear", lesson(common::HMKCODE), 0xa921_936f_cde2_48c0),
        ("sigmoid", lesson(common::MAZUR), 0xc42a_f4e9_e671_63a1),
        ("momentum", lesson(common::XOR), 0x9070_d60a_2baa_e743),
        (
            "softmax, tanh, Adam",
            golden_lesson(include_str!("golden/softmax-adam.json")),
            0xb6d3_8d18_d803_c51c,
        ),
        (
            "leaky ReLU, RMSProp",
            golden_lesson(include_str!("golden/rmsprop-mse.json")),
            0x2ba1_a455_17b4_0474,
        ),
        ("softplus, drawn weights", lesson(SOFTPLUS), 0x3d53_376c_67a8_5180),
    ] {
        assert_eq!(fingerprint(&lesson), expected, "{what}");
    }
}

const SOFTPLUS: &str = r#"{
    "format": "chainrule-lesson", "version": 1,
    "network": {"inputs": 3, "layers": [
        {"activation": "softplus", "units": 4, "init": {"scheme": "he_normal", "seed": 7}},
        {"activation": "sigmoid", "units": 2, "init": {"scheme": "glorot_uniform", "seed": 8}}
    ]},
    "loss": "binary_cross_entropy",
    "optimizer": {"method": "sgd", "learning_rate": 0.3},
    "data": {"inputs": [[0.5, -1, 2], [1.5, 0.25, -0.75]], "targets": [[1, 0], [0, 1]]},
    "batch_size": 1
}"#;
