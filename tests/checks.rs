//! The numerical check of the step card: a tick only where the numbers agree, a cross only where they
//! differ by more than a measurement can be off, and a plain "cannot tell" elsewhere.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::expect_used)]

mod common;

use std::rc::Rc;

use backprop::activation::Activation;
use backprop::rng::Rng;
use backprop::trace::UpdateOrder;
use chainrule::explanation::{Check, CheckVerdict, Detail, explain};
use chainrule::lesson::Lesson;
use chainrule::moment::Moment;
use chainrule::moment::step::StepKind;
use chainrule::moment::time::Time;
use chainrule::run::Run;
use common::{HMKCODE, below, lesson, lessons};
use serde_json::{Value, json};

fn moment_at(lesson: &Lesson, epoch: u64) -> Moment {
    let mut run = Run::new(Rc::new(lesson.clone())).expect("a finite first pass");
    run.advance_epochs(epoch).expect("finite passes");
    run.moment_at(Time::epoch(epoch)).expect("a finite pass")
}

/// Every check of an update with its sentence, and whether its nudge takes a unit across a kink.
fn checks(moment: &Moment) -> Vec<(Check, String, bool)> {
    let detail = Detail { digits: 5, max_terms: 12 };
    let of_samples = (0..moment.n_samples()).flat_map(|sample| {
        moment.network().param_list().into_iter().map(move |p| (StepKind::Gradient(p), sample))
    });
    let of_batch = moment.network().param_list().into_iter().map(|p| (StepKind::MeanGradient(p), 0));
    of_samples
        .chain(of_batch)
        .filter_map(|(kind, sample)| Some(moment.at(moment.plan.done(moment.plan.find(kind, sample)?))))
        .map(|moment| {
            let said = explain(&moment, detail);
            let check = said.check.expect("a derivative is checked");
            let sentence = check.sentence(&moment, said.phase, detail.digits);
            let is_mean = matches!(moment.step().map(|step| step.kind), Some(StepKind::MeanGradient(_)));
            let crosses = moment.crosses_kink(check.param, is_mean);
            (check, sentence, crosses)
        })
        .collect()
}

/// One to three layers of one to four units, any activation, any loss, one to four samples.
fn draw(rng: &mut Rng) -> Lesson {
    let n_layers = 1 + below(rng, 3);
    let sizes: Vec<usize> = (0..=n_layers).map(|_| 1 + below(rng, 4)).collect();
    let (loss, output) = [
        ("half_squared_error", None),
        ("mean_squared_error", None),
        ("binary_cross_entropy", Some("sigmoid")),
        ("cross_entropy", Some("softmax")),
    ][below(rng, 4)];
    let number = |rng: &mut Rng, least: f64, most: f64| least + (most - least) * rng.uniform();
    let row =
        |rng: &mut Rng, n: usize, most: f64| -> Value { (0..n).map(|_| number(rng, -most, most)).collect() };
    let layers: Vec<Value> = (1..=n_layers)
        .map(|l| {
            let hidden = Activation::HIDDEN[below(rng, Activation::HIDDEN.len())].word();
            let activation = output.filter(|_| l == n_layers).unwrap_or(hidden);
            let weights: Vec<Value> = (0..sizes[l]).map(|_| row(rng, sizes[l - 1], 1.5)).collect();
            json!({ "activation": activation, "weights": weights, "biases": row(rng, sizes[l], 1.0) })
        })
        .collect();
    let n_samples = 1 + below(rng, 4);
    let inputs: Vec<Value> = (0..n_samples).map(|_| row(rng, sizes[0], 2.0)).collect();
    let target = |rng: &mut Rng| -> Value {
        let one = below(rng, sizes[n_layers]);
        (0..sizes[n_layers]).map(|k| f64::from(u8::from(k == one))).collect()
    };
    let targets: Vec<Value> = (0..n_samples).map(|_| target(rng)).collect();
    let file = json!({
        "format": "chainrule-lesson",
        "version": 1,
        "network": { "inputs": sizes[0], "layers": layers },
        "loss": loss,
        "optimizer": { "method": "sgd", "learning_rate": 0.1 },
        "data": { "inputs": inputs, "targets": targets },
    });
    lesson(&file.to_string())
}

/// What holds for every check; gives how many digits it agrees to.
fn holds(check: &Check, crosses: bool, what: &str) -> Option<u8> {
    let size = check.computed.abs().max(check.measured.value.abs());
    let gap = (check.computed - check.measured.value).abs();
    match check.verdict {
        CheckVerdict::Agrees { digits } => {
            assert!(gap <= libm::pow(10.0, -f64::from(digits)) * size, "{what}: {check:?}");
        }
        CheckVerdict::Differs => assert!(crosses, "{what}: {check:?}"),
        CheckVerdict::CannotTell => assert!(0.01 * size < check.measured.doubt, "{what}: {check:?}"),
    }
    // A derivative that is wrong in its fifth digit is never taken for right where that can be measured.
    for wrong in [1.0001, 0.9999, 1.01, -1.0, 0.0].map(|factor| factor * check.computed) {
        let is_seen = 2.0 * check.measured.doubt < (wrong - check.computed).abs();
        if is_seen && !crosses {
            assert_eq!(
                CheckVerdict::of(check.measured, wrong),
                CheckVerdict::Differs,
                "{what}: {wrong} for {check:?}"
            );
        }
    }
    match check.verdict {
        CheckVerdict::Agrees { digits } => Some(digits),
        _ => None,
    }
}

#[test]
fn a_tick_stands_where_the_numbers_agree_to_the_digits_that_it_states() {
    let (mut n, mut n_sure) = (0, 0);
    for seed in 0..150 {
        let lesson = draw(&mut Rng::new(seed));
        for epoch in [0, 40] {
            for (check, sentence, crosses) in checks(&moment_at(&lesson, epoch)) {
                let digits = holds(&check, crosses, &format!("seed {seed}, epoch {epoch}, {sentence}"));
                n += 1;
                n_sure += usize::from(digits == Some(6));
            }
        }
    }
    // Nearly all derivatives of such networks are large enough to be measured well.
    assert!(9 * n < 10 * n_sure, "{n_sure} of {n} checks agree to six digits");
}

#[test]
fn the_checks_of_lessons_hold_from_the_start_to_the_end_of_a_training() {
    for (name, lesson) in lessons() {
        if lesson.rule.update_order == UpdateOrder::LayerByLayer {
            continue;
        }
        for epoch in [0, 1, 30, 100, 300] {
            for (check, sentence, crosses) in checks(&moment_at(&lesson, epoch)) {
                holds(&check, crosses, &format!("{name}, epoch {epoch}, {sentence}"));
            }
        }
    }
}

#[test]
fn at_the_end_of_a_training_the_check_says_that_it_cannot_tell() {
    // After 100 epochs out is 1 up to its last bits: what is left of ∂E/∂w is rounding.
    let checks = checks(&moment_at(&lesson(HMKCODE), 100));
    assert_eq!(checks.len(), 6);
    for (check, sentence, _) in checks {
        assert!(check.computed.abs() < 1e-14, "{check:?}");
        assert_eq!(check.verdict, CheckVerdict::CannotTell, "{check:?}");
        assert!(sentence.contains("measuring the slope of E cannot tell: it gives"), "{sentence}");
        assert!(sentence.contains("but may be off by"), "{sentence}");
    }
}

#[test]
fn a_derivative_of_a_large_error_is_held_to_its_own_size() {
    // E = ½ (1000 w₂ − 10⁶)² + …: an error of 5·10¹¹ beside which ∂E/∂w₁ = −a of 10⁻³ is nothing, and
    // whose rounding, some 10⁻⁴, divided by h is 10 or more.
    let file = json!({
        "format": "chainrule-lesson",
        "version": 1,
        "network": { "inputs": 2, "layers": [{ "activation": "identity", "weights": [[0.0, 0.0], [0.0, 1.0]] }] },
        "loss": "half_squared_error",
        "optimizer": { "method": "sgd", "learning_rate": 0.1 },
        "data": { "inputs": [[0.001, 0.0]], "targets": [[1.0, 1e6]] },
    });
    let checks = checks(&moment_at(&lesson(&file.to_string()), 0));
    let (first, _, _) = &checks[0];
    assert_eq!(first.computed, -0.001);
    assert_eq!(first.verdict, CheckVerdict::CannotTell, "{first:?}");
}
