//! Three updates by each optimiser on the smallest network, against numbers worked out apart from
//! this program with 40 decimal digits.
//!
//! One linear unit with input x = 2, weight w = 0.5 and bias b = 0.25 is to give y = 3. At first it
//! gives a = 0.5·2 + 0.25 = 1.25, so that ∂E/∂b = a − y = −1.75 and ∂E/∂w = −1.75·2 = −3.5.
//! The learning rate is 0.1.

#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::{is_close, lesson, train};

/// After an update: w, b, then the optimiser's m of both and v of both.
type Row = [f64; 6];

const SGD: [Row; 3] = [
    [0.85, 0.425, 0.0, 0.0, 0.0, 0.0],
    [1.025, 0.5125, 0.0, 0.0, 0.0, 0.0],
    [1.1125, 0.55625, 0.0, 0.0, 0.0, 0.0],
];
/// μ = 0.9. The first step is that of plain gradient descent; the second is 0.1 (0.9·3.5 + 1.75).
const MOMENTUM: [Row; 3] = [
    [0.85, 0.425, -3.5, -1.75, 0.0, 0.0],
    [1.34, 0.67, -4.9, -2.45, 0.0, 0.0],
    [1.711, 0.8555, -3.71, -1.855, 0.0, 0.0],
];
/// μ = 0.9. The first step is 0.1 (3.5 + 0.9·3.5).
const NESTEROV: [Row; 3] = [
    [1.165, 0.582_5, -3.5, -1.75, 0.0, 0.0],
    [1.481_75, 0.740_875, -3.325, -1.662_5, 0.0, 0.0],
    [1.483_412_5, 0.741_706_25, -1.583_75, -0.791_875, 0.0, 0.0],
];
/// ρ = 0.9, ε = 0.001. The first step is 0.1·3.5 / (√(0.1·3.5²) + 0.001).
const RMSPROP: [Row; 3] = [
    [0.815_942_309_643_213_1, 0.565_657_368_163_346_2, 0.0, 0.0, 1.225, 0.306_25],
    [
        0.953_441_000_467_725_7,
        0.703_038_359_954_264_5,
        0.0,
        0.0,
        1.360_075_544_762_424_4,
        0.340_018_886_190_606_1,
    ],
    [
        1.022_204_837_764_6,
        0.771_741_641_651_580_2,
        0.0,
        0.0,
        1.284_932_840_225_545_7,
        0.321_233_210_056_386_44,
    ],
];
/// β₁ = 0.9, β₂ = 0.99, ε = 0.001. The first step is 0.1·3.5 / (3.5 + 0.001): nearly the learning
/// rate, whatever the gradient.
const ADAM: [Row; 3] = [
    [0.599_971_436_732_362_2, 0.349_942_889_777_270_1, -0.35, -0.175, 0.1225, 0.030_625],
    [
        0.699_059_593_724_947_5,
        0.449_000_222_683_897_6,
        -0.605_022_847_351_601_1,
        -0.302_511_423_675_800_55,
        0.205_388_251_985_930_1,
        0.051_347_062_996_482_53,
    ],
    [
        0.796_352_442_409_502_4,
        0.546_259_986_642_273_9,
        -0.775_096_680_589_682_5,
        -0.387_548_340_294_841_24,
        0.256_499_715_645_680_99,
        0.064_124_928_911_420_25,
    ],
];

const METHODS: [(&str, [Row; 3]); 5] = [
    (r#"{"method": "sgd", "learning_rate": 0.1}"#, SGD),
    (r#"{"method": "momentum", "learning_rate": 0.1, "momentum": 0.9}"#, MOMENTUM),
    (r#"{"method": "nesterov", "learning_rate": 0.1, "momentum": 0.9}"#, NESTEROV),
    (r#"{"method": "rmsprop", "learning_rate": 0.1, "decay": 0.9, "epsilon": 0.001}"#, RMSPROP),
    (r#"{"method": "adam", "learning_rate": 0.1, "beta1": 0.9, "beta2": 0.99, "epsilon": 0.001}"#, ADAM),
];

fn text(optimizer: &str, train_biases: bool) -> String {
    format!(
        r#"{{
            "format": "chainrule-lesson", "version": 1,
            "network": {{"inputs": 1, "train_biases": {train_biases}, "layers": [
                {{"activation": "identity", "weights": [[0.5]], "biases": [0.25]}}
            ]}},
            "loss": "half_squared_error",
            "optimizer": {optimizer},
            "data": {{"inputs": [[2]], "targets": [[3]]}}
        }}"#
    )
}

/// w, b, m of both, v of both.
fn row(model: &backprop::trace::Model) -> Row {
    let state = &model.optimizer_state;
    let both = |params| {
        let numbers = common::numbers(params);
        (numbers[0], numbers[1])
    };
    let (w, b) = both(&model.network.params);
    let (m_w, m_b) = both(&state.first_moment);
    let (v_w, v_b) = both(&state.second_moment);
    [w, b, m_w, m_b, v_w, v_b]
}

#[test]
fn three_updates_by_each_method() {
    for (optimizer, expected) in METHODS {
        let lesson = lesson(&text(optimizer, true));
        for (k, expected) in expected.iter().enumerate() {
            let model = train(&lesson, k as u64 + 1);
            for (found, expected) in row(&model).iter().zip(expected) {
                assert!(
                    is_close(*found, *expected, 1e-14),
                    "{optimizer}, update {}: {found}, expected {expected}",
                    k + 1
                );
            }
        }
    }
}

/// Fixed biases keep their place, and the optimiser remembers nothing about them.
#[test]
fn a_fixed_bias_stays_as_it_is() {
    for (optimizer, expected) in METHODS {
        let lesson = lesson(&text(optimizer, false));
        let [w, b, _, m_b, _, v_b] = row(&train(&lesson, 1));
        assert!(is_close(w, expected[0][0], 1e-14), "{optimizer}");
        assert_eq!([b, m_b, v_b], [0.25, 0.0, 0.0], "{optimizer}");
    }
}

/// What the update's record says is what has happened: after = before + step.
#[test]
fn the_step_is_the_difference() {
    for (optimizer, _) in METHODS {
        let lesson = lesson(&text(optimizer, true));
        let before = train(&lesson, 2);
        let update = backprop::trace::UpdateTrace::new(&before, lesson.rule, lesson.data.train.iter());
        let [w, b, ..] = row(&before);
        let [new_w, new_b, ..] = row(&update.after);
        let steps = common::numbers(&update.steps);
        assert_eq!([w + steps[0], b + steps[1]], [new_w, new_b], "{optimizer}");
    }
}
