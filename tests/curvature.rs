//! What a run that diverges says of the curvature of its loss, against eigenvalues worked out by hand.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::expect_used)]

mod common;

use chainrule::lesson::Lesson;
use chainrule::session::{Action, Edit, Session};
use common::{HMKCODE, lesson};

/// One unit without bias: E = ½ mean (w x − y)², of curvature mean x². With the input 0 beside a bias the
/// second derivatives are the matrix of the means of x², x and 1.
fn linear(inputs: &[f64], biases: &str, rate: f64, method: &str) -> Lesson {
    let inputs: Vec<String> = inputs.iter().map(|x| format!("[{x}]")).collect();
    let targets = vec!["[1]"; inputs.len()].join(", ");
    lesson(&format!(
        r#"{{
            "format": "chainrule-lesson", "version": 1,
            "network": {{"inputs": 1, "layers": [{{"activation": "identity", "weights": [[0.3]]{biases}}}]}},
            "loss": "half_squared_error",
            "optimizer": {{"learning_rate": {rate}, {method}}},
            "data": {{"inputs": [{}], "targets": [{targets}]}}
        }}"#,
        inputs.join(", ")
    ))
}

const SGD: &str = r#""method": "sgd""#;

fn diverged(lesson: Lesson) -> String {
    let mut session = Session::new(lesson).expect("finite").update(Action::RunEpochs(100_000));
    while session.is_running() {
        session = session.update(Action::RunSlice { work: 1_000_000, updates: u64::MAX });
    }
    session.notice().expect("the run diverges").text.clone()
}

#[test]
fn a_quadratic_that_diverges_gives_its_bound() {
    // λ = 2² = 4: per epoch (1 − 4·0.75)² = 4.
    let text = diverged(linear(&[2.0], "", 0.75, SGD));
    assert!(text.ends_with("4-fold per epoch, as an error of curvature λmax = 4 does: try a learning rate α below 2/λmax = 0.5."), "{text}");
    // x of 1 and 3: [[5, 2], [2, 1]] has λmax = 3 + 2√2 = 5.828; 2/λmax = 0.3431; (1 − 0.5 λmax)² = 3.664.
    let text = diverged(linear(&[1.0, 3.0], r#", "biases": [0]"#, 0.5, SGD));
    assert!(
        text.contains("3.664-fold") && text.contains("λmax = 5.828 does") && text.ends_with("= 0.3431."),
        "{text}"
    );
}

/// By the bound one converges, above it not.
#[test]
fn the_bound_divides_what_converges_from_what_does_not() {
    let loss_after = |rate| {
        let session = Session::new(linear(&[1.0, 3.0], r#", "biases": [0]"#, rate, SGD)).expect("finite");
        let start = session.loss();
        let end = (0..60).fold(session, |now, _| now.update(Action::NextEpoch)).loss();
        end / start
    };
    assert!(loss_after(0.3431 * 0.98) < 1.0);
    assert!(1.0 < loss_after(0.3431 * 1.02));
}

#[test]
fn where_ratios_have_not_settled_nothing_is_claimed() {
    let momentum = r#""method": "momentum", "momentum": 0.9"#;
    let hmkcode = Session::new(lesson(HMKCODE)).expect("finite");
    let fast =
        hmkcode.update(Action::Edit { edit: Edit::LearningRate(5.0), continues: false }).current_lesson();
    let lessons = [
        // Two layers: the error is no quadratic, and grows ever faster.
        fast,
        linear(&[2.0], "", 20.0, momentum),
    ];
    for lesson in lessons {
        let text = diverged(lesson);
        assert!(text.contains("Try half the learning rate") && !text.contains("λmax"), "{text}");
    }
}
