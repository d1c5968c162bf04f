//! The cross-entropies keep their digits where the network is sure of its answer, forwards and back.
//! The references were computed with 40 digits by mpmath, from the definitions.

// Helpers fail as tests do.
#![allow(clippy::unwrap_used)]
// 17 digits, as mpmath prints them.
#![allow(clippy::excessive_precision)]

mod common;

use std::rc::Rc;

use backprop::kernel::{Batches, Trainer};
use backprop::trace::{Model, SampleTrace, UpdateOrder};
use chainrule::lesson::Lesson;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Weighted sums of the outputs, their targets, E, and δ of each.
type Case = (&'static [f64], &'static [f64], f64, &'static [f64]);

const SIGMOID: [Case; 13] = [
    (&[20.0], &[1.0], 2.061_153_620_314_380_7e-9, &[-2.061_153_618_190_203_6e-9]),
    (&[30.0], &[1.0], 9.357_622_968_839_737e-14, &[-9.357_622_968_839_299e-14]),
    (&[33.0], &[1.0], 4.658_886_145_103_386_5e-15, &[-4.658_886_145_103_375_7e-15]),
    (&[40.0], &[1.0], 4.248_354_255_291_589e-18, &[-4.248_354_255_291_589e-18]),
    (&[700.0], &[1.0], 9.859_676_543_759_771e-305, &[-9.859_676_543_759_771e-305]),
    (&[-20.0], &[1.0], 20.000_000_002_061_154, &[-0.999_999_997_938_846_4]),
    (&[-40.0], &[0.0], 4.248_354_255_291_589e-18, &[4.248_354_255_291_589e-18]),
    (&[30.0], &[0.0], 30.000_000_000_000_094, &[0.999_999_999_999_906_4]),
    (&[3.0], &[1.0], 0.048_587_351_573_742_06, &[-0.047_425_873_177_566_78]),
    (&[3.0], &[0.9999], 0.048_887_351_573_742_03, &[-0.047_325_873_177_566_79]),
    (&[20.0], &[0.75], 5.000_000_002_061_154, &[0.249_999_997_938_846_38]),
    (&[-3.0], &[0.25], 0.798_587_351_573_742_1, &[-0.202_574_126_822_433_22]),
    (&[0.5], &[0.0], 0.974_076_984_180_106_7, &[0.622_459_331_201_854_6]),
];

const SOFTMAX: [Case; 7] = [
    (
        &[30.0, 0.0],
        &[1.0, 0.0],
        9.357_622_968_839_737e-14,
        &[-9.357_622_968_839_299e-14, 9.357_622_968_839_299e-14],
    ),
    (
        &[0.0, 40.0, 1.0],
        &[0.0, 1.0, 0.0],
        1.579_657_842_830_737_5e-17,
        &[4.248_354_255_291_589e-18, -1.579_657_842_830_737_5e-17, 1.154_822_417_301_578_6e-17],
    ),
    (
        &[20.0, 0.0, 0.0],
        &[1.0, 0.0, 0.0],
        4.122_307_236_380_407_2e-9,
        &[-4.122_307_227_883_698_7e-9, 2.061_153_613_941_849_4e-9, 2.061_153_613_941_849_4e-9],
    ),
    (&[20.0, 0.0], &[0.0, 1.0], 20.000_000_002_061_154, &[0.999_999_997_938_846_4, -0.999_999_997_938_846_4]),
    (&[5.0, 5.0], &[1.0, 0.0], std::f64::consts::LN_2, &[-0.5, 0.5]),
    (
        &[20.0, 0.0, -1.0],
        &[0.75, 0.25, 0.0],
        5.000_000_002_819_41,
        &[0.249_999_997_180_590_34, -0.249_999_997_938_846_38, 7.582_560_406_533_563e-10],
    ),
    (
        &[3.0, 2.0, 1.0],
        &[0.0, 0.0, 1.0],
        2.407_605_964_444_380_3,
        &[0.665_240_955_774_821_9, 0.244_728_471_054_797_65, -0.909_969_426_829_619_5],
    ),
];

/// A lesson with these weighted sums, as the weights of one input that is 1.
fn lesson(z: &[f64], y: &[f64], (loss, activation): (&str, &str)) -> Lesson {
    let text = format!(
        r#"{{"format": "chainrule-lesson", "version": 1, "title": "t", "source": "", "notes": "",
        "notation": "indexed", "loss": "{loss}", "optimizer": {{"method": "sgd", "learning_rate": 1}},
        "network": {{"inputs": 1, "layers": [{{"activation": "{activation}", "weights": {:?}, "biases": null}}]}},
        "data": {{"inputs": [[1]], "targets": [{y:?}]}}}}"#,
        z.iter().map(|z| [z]).collect::<Vec<_>>(),
    );
    common::lesson(&text)
}

/// To the last digits of each, however small it is: a few roundings apart.
fn agree(found: f64, expected: f64) -> bool {
    (found - expected).abs() <= 1e-15 * expected.abs()
}

/// Stepped, and trained by the kernel alone and beside a second sample.
fn check((z, y, loss, deltas): Case, kind: (&str, &str)) {
    let lesson = lesson(z, y, kind);
    let what = format!("{kind:?} of {z:?}, targets {y:?}");
    let (network, rule, samples) = (&lesson.network, lesson.rule, &lesson.data.train);
    let trace = SampleTrace::new(network, rule, &samples[0]);
    assert!(agree(trace.forward.loss(), loss), "E of {what}: {}", trace.forward.loss());
    for (found, expected) in trace.backward.deltas(1).iter().zip(deltas) {
        assert!(agree(*found, *expected), "δ of {what}: {found}");
    }
    let model = Rc::new(Model::start(network.as_ref().clone()));
    for n in [1, 2] {
        let samples = vec![samples[0].clone(); n];
        let batches = Rc::new(Batches::new(&samples, n, UpdateOrder::Simultaneous));
        let (found, gradient) = Trainer::new(&model, rule, &batches).pass(0);
        assert_eq!(found.to_bits(), trace.forward.loss().to_bits(), "E of {n} samples of {what}");
        for (to, delta) in trace.backward.deltas(1).iter().enumerate() {
            let found = gradient.0[0].weights.at(to, 0);
            assert_eq!(found.to_bits(), delta.to_bits(), "δ in {n} samples of {what}");
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_sigmoid_that_is_sure_keeps_the_digits_of_its_loss_and_delta() {
    for case in SIGMOID {
        check(case, ("binary_cross_entropy", "sigmoid"));
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_softmax_that_is_sure_keeps_the_digits_of_its_loss_and_deltas() {
    for case in SOFTMAX {
        check(case, ("cross_entropy", "softmax"));
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod explained {
    use backprop::network::UnitId;
    use chainrule::explanation::{Detail, explain};
    use chainrule::lesson::Lesson;
    use chainrule::moment::Moment;
    use chainrule::moment::step::StepKind;
    use chainrule::session::Session;

    use super::lesson;

    /// Why, at the end of a step of the first sample.
    fn why(lesson: &Lesson, kind: StepKind) -> String {
        let moment: Moment = Session::new(lesson.clone()).unwrap().moment().clone();
        let moment = moment.at(moment.plan.done(moment.plan.find(kind, 0).unwrap()));
        explain(&moment, Detail { digits: 5, max_terms: 12 }).why
    }

    /// “1 − 1 = −2.0612×10⁻⁹” needs a word.
    #[test]
    fn a_prediction_that_is_printed_as_1_is_explained() {
        const SUM: &str = "a₁⁽¹⁾ is 1 but for 2.0612×10⁻⁹, which is computed directly, from z₁⁽¹⁾: a prediction rounded to 1 has lost its digits.";
        let delta = StepKind::Delta(UnitId::new(1, 0));
        let sigmoid = |z, y| lesson(&[z], &[y], ("binary_cross_entropy", "sigmoid"));
        let right = why(&sigmoid(20.0, 1.0), delta);
        assert!(right.starts_with("a₁⁽¹⁾ is 2.0612×10⁻⁹ too low.") && right.ends_with(SUM), "{right}");
        assert!(why(&sigmoid(20.0, 1.0), StepKind::Loss).ends_with(SUM));
        assert!(why(&sigmoid(20.0, 0.0), StepKind::Loss).ends_with(SUM));
        // 1 − 0 and 0.98201 − 1 are what they look like.
        for (z, y) in [(20.0, 0.0), (4.0, 1.0)] {
            let plain = why(&sigmoid(z, y), delta);
            assert!(plain.ends_with("prediction minus target is left."), "{plain}");
        }
        let softmax = lesson(&[0.0, 40.0, 1.0], &[0.0, 1.0, 0.0], ("cross_entropy", "softmax"));
        let said = why(&softmax, StepKind::Delta(UnitId::new(1, 1)));
        assert!(said.starts_with("a₂⁽¹⁾ is 1.5797×10⁻¹⁷ too low."), "{said}");
        assert!(
            said.contains("is 1 but for 1.5797×10⁻¹⁷, which is computed directly, as the share of"),
            "{said}"
        );
    }
}
