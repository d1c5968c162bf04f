//! Generated data: the tables and curves are what their definitions say, the draws are repeatable,
//! and what does not suit a network is refused at its place.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used)]

use backprop::trace::Sample;
use chainrule::lesson::Lesson;
use chainrule::lesson::generator::{Generator, Kind};

fn generator(kind: Kind, n_samples: usize) -> Generator {
    Generator { kind, n_samples, noise: 0.0, seed: 7, held_out: 0.0, teacher: Vec::new() }
}

fn drawn(generator: &Generator, n_inputs: usize, n_outputs: usize) -> Vec<Sample> {
    generator.draw(n_inputs, n_outputs).expect("suits").0
}

/// The targets of a table in the order of its rows.
fn table(kind: Kind, n_bits: usize) -> Vec<f64> {
    let samples = drawn(&generator(kind, kind.default_samples(n_bits)), n_bits, 1);
    for (k, sample) in samples.iter().enumerate() {
        let number = sample.input.iter().fold(0, |number, bit| 2 * number + usize::from(*bit == 1.0));
        assert_eq!(number, k, "{kind:?}");
    }
    samples.iter().map(|sample| sample.target[0]).collect()
}

#[test]
fn truth_tables_are_right() {
    assert_eq!(table(Kind::And, 2), [0.0, 0.0, 0.0, 1.0]);
    assert_eq!(table(Kind::Or, 2), [0.0, 1.0, 1.0, 1.0]);
    assert_eq!(table(Kind::Xor, 2), [0.0, 1.0, 1.0, 0.0]);
    assert_eq!(table(Kind::Parity, 3), [0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0]);
    // 2³ of the 2⁶ patterns read the same backwards (Rumelhart, Hinton and Williams, fig. 1).
    let symmetry = table(Kind::Symmetry, 6);
    assert_eq!(symmetry.iter().sum::<f64>(), 8.0);
    assert_eq!([symmetry[0b000_000], symmetry[0b101_101], symmetry[0b101_100]], [1.0, 1.0, 0.0]);
    for (k, sample) in drawn(&generator(Kind::Encoder, 8), 8, 8).iter().enumerate() {
        assert_eq!(sample.input, sample.target);
        assert_eq!((sample.input[k], sample.input.iter().sum::<f64>()), (1.0, 1.0));
    }
}

#[test]
fn curves_and_clouds_follow_their_formulas() {
    let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} and {b}");
    for sample in drawn(&generator(Kind::Sine, 21), 1, 1) {
        near(sample.target[0], libm::sin(std::f64::consts::PI * sample.input[0]));
    }
    let bump = drawn(&generator(Kind::Bump, 21), 1, 1);
    assert_eq!(bump.iter().map(|sample| sample.target[0]).sum::<f64>(), 9.0);
    assert_eq!((bump[0].input[0], bump[20].input[0]), (-1.0, 1.0));
    for (kind, radii) in [(Kind::Circles, [1.0, 0.5]), (Kind::Moons, [1.0, 1.0])] {
        for sample in drawn(&generator(kind, 40), 2, 1) {
            let class = sample.target[0];
            let centre = if kind == Kind::Moons && class == 1.0 { (1.0, 0.5) } else { (0.0, 0.0) };
            let (x, y) = (sample.input[0] - centre.0, sample.input[1] - centre.1);
            near(x.hypot(y), radii[class as usize]);
            assert!(kind != Kind::Moons || (class == 0.0) == (y > 1e-9) || y.abs() < 1e-9);
        }
    }
    // The arms are each other's mirror image in the origin.
    for pair in drawn(&generator(Kind::Spirals, 40), 2, 1).chunks(2) {
        near(pair[0].input[0], -pair[1].input[0]);
        near(pair[0].input[1], -pair[1].input[1]);
    }
    let gaussians = drawn(&generator(Kind::Gaussians, 4_000), 2, 2);
    let of_one: Vec<f64> = gaussians.iter().filter(|s| s.target == [0.0, 1.0]).map(|s| s.input[0]).collect();
    let mean = of_one.iter().sum::<f64>() / of_one.len() as f64;
    let variance = of_one.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / of_one.len() as f64;
    assert!((mean - 1.0).abs() < 0.04 && (variance.sqrt() - 0.4).abs() < 0.02, "{mean} {variance}");
}

#[test]
fn noise_has_its_size_and_a_seed_its_draw() {
    let noisy = Generator { noise: 0.3, ..generator(Kind::Line, 4_000) };
    let samples = drawn(&noisy, 1, 1);
    let errors: Vec<f64> = samples.iter().map(|s| s.target[0] - 0.5 * s.input[0] - 0.25).collect();
    let size = (errors.iter().map(|e| e * e).sum::<f64>() / errors.len() as f64).sqrt();
    assert!((size - 0.3).abs() < 0.01, "{size}");
    assert_eq!(drawn(&noisy, 1, 1), samples);
    assert_ne!(drawn(&Generator { seed: 8, ..noisy }, 1, 1), samples);
    for kind in Kind::ALL {
        let (n_inputs, n_outputs) = kind.suits(4, 3);
        let one = generator(kind, 32);
        let (train, test) =
            Generator { held_out: 0.25, ..one.clone() }.draw(n_inputs, n_outputs).expect("suits");
        assert_eq!((train.len(), test.len()), (24, 8), "{kind:?}");
        let whole = drawn(&one, n_inputs, n_outputs);
        assert!(train.iter().chain(&test).all(|sample| whole.contains(sample)), "{kind:?}");
    }
}

fn file(network: &str, data: &str) -> String {
    format!(
        r#"{{"format": "chainrule-lesson", "version": 1, "network": {network}, "loss": "half_squared_error",
        "optimizer": {{"method": "sgd", "learning_rate": 0.1}}, "data": {data}}}"#
    )
}

const TWO_ONE: &str = r#"{"inputs": 2, "layers": [{"activation": "tanh", "weights": [[0.1, 0.2]]}]}"#;

#[test]
fn a_generator_in_a_file_is_read_and_written() {
    for data in [
        r#"{"generator": "moons", "samples": 50, "noise": 0.1, "seed": 3, "held_out": 0.2}"#,
        r#"{"generator": "xor"}"#,
        r#"{"generator": "teacher", "teacher": [3, 2], "samples": 12}"#,
    ] {
        let lesson = Lesson::from_json(&file(TWO_ONE, data)).expect(data);
        let text = lesson.to_json();
        assert!(text.contains("\"generator\"") && !text.contains("\"targets\""), "{text}");
        assert_eq!(Lesson::from_json(&text).as_ref(), Ok(&lesson), "{data}");
    }
}

#[test]
fn a_generator_that_does_not_suit_is_refused_at_its_place() {
    for (data, place, phrase) in [
        (r#"{"generator": "clouds"}"#, "data.generator", "clouds"),
        (r#"{"generator": "sine"}"#, "data.generator", "sine has 1 inputs, the network 2"),
        (r#"{"generator": "encoder"}"#, "data.generator", "as many outputs as inputs"),
        (r#"{"generator": "moons", "samples": 0}"#, "data.samples", "expected 1 to 50000"),
        (r#"{"generator": "moons", "samples": 50001}"#, "data.samples", "expected 1 to 50000"),
        (r#"{"generator": "moons", "noise": -1}"#, "data.noise", "expected 0 to 10"),
        (r#"{"generator": "moons", "held_out": 0.95}"#, "data.held_out", "expected 0 to 0.9"),
        (r#"{"generator": "moons", "seed": 0.5}"#, "data.seed", "a whole number"),
        (r#"{"generator": "moons", "teacher": [2]}"#, "data.teacher", "goes with the generator"),
        (r#"{"generator": "teacher", "teacher": [2, 0]}"#, "data.teacher[1]", "expected 1 to 256"),
        (r#"{"generator": "teacher", "teacher": [1,1,1,1,1,1,1,1,1,1]}"#, "data.teacher", "at most 9"),
        (r#"{"generator": "xor", "targets": [[1]]}"#, "data.targets", "not both"),
        // 50,000 × (2·256 + 256 + 8·(256·256 + 256) + 256 + 1) by hand.
        (
            r#"{"generator": "teacher", "samples": 50000, "teacher": [256,256,256,256,256,256,256,256,256]}"#,
            "data.generator",
            "26,368,050,000 products, at most 1,000,000,000",
        ),
    ] {
        let fault = Lesson::from_json(&file(TWO_ONE, data)).expect_err(data);
        assert_eq!(fault.place(), place, "{data}: {fault}");
        assert!(fault.problem.contains(phrase), "{data}: {fault}");
    }
    let eleven =
        r#"{"inputs": 11, "layers": [{"activation": "tanh", "units": 1, "init": {"scheme": "zeros"}}]}"#;
    let fault = Lesson::from_json(&file(eleven, r#"{"generator": "parity"}"#)).expect_err("too many bits");
    assert!(fault.problem.contains("2 to 10 inputs"), "{fault}");
}

/// Each epoch takes every sample once, in an order of its own that another look finds again.
#[test]
fn a_shuffled_epoch_takes_every_sample_once() {
    let mut lesson =
        Lesson::from_json(&file(TWO_ONE, r#"{"generator": "moons", "samples": 100}"#)).expect("valid");
    assert_eq!(lesson.order(5), (0..100).collect::<Vec<_>>());
    (lesson.shuffle, lesson.batch_size) = (Some(4), 30);
    let mut seen = Vec::new();
    for epoch in 0..50 {
        let order = lesson.order(epoch);
        assert_eq!(order, lesson.order(epoch));
        let mut sorted = order.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, (0..100).collect::<Vec<_>>());
        assert!(!seen.contains(&order));
        let sizes: Vec<usize> = (0..4).map(|batch| lesson.batch(epoch, batch).len()).collect();
        assert_eq!(sizes, [30, 30, 30, 10]);
        seen.push(order);
    }
    // Every place sees early and late samples alike: the mean of 50 draws from 0 … 99.
    let mean = seen.iter().map(|order| order[0] as f64).sum::<f64>() / 50.0;
    assert!((35.0..65.0).contains(&mean), "{mean}");
}
