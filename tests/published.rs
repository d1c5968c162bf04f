//! The numbers that the sources print: every one agrees with ours, or is known to be mistaken.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::expect_used, clippy::panic)]

mod common;

use std::rc::Rc;

use backprop::activation::Activation;
use backprop::matrix::Matrix;
use backprop::network::{LayerParams, Network, Param, Params, UnitId};
use backprop::optimizer::Optimizer;
use backprop::trace::UpdateTrace;
use chainrule::lesson::named::meanings;
use chainrule::lesson::names::Names;
use chainrule::lesson::quantity::Quantity;
use chainrule::lesson::{Lesson, Notation, Published};
use chainrule::moment::Moment;
use chainrule::moment::time::Time;
use chainrule::run::Run;
use chainrule::run::published::{Checker, Verdict};
use chainrule::session::Edit;
use chainrule::session::saved::{restore, save};
use common::{json_files, lesson};
use serde_json::json;

fn finished(text: &str) -> Checker {
    let mut checker = Checker::new(&Rc::new(lesson(text)));
    checker.advance(u64::MAX);
    checker
}

fn count(checker: &Checker, verdict: Verdict) -> usize {
    checker.comparisons().iter().filter(|comparison| comparison.verdict == verdict).count()
}

#[test]
fn every_published_number_agrees_or_is_a_known_erratum() {
    for (name, text) in json_files("static/lessons") {
        let checker = finished(&text);
        assert!(checker.is_done(), "{name}");
        assert_eq!(checker.comparisons().len(), lesson(&text).published.len(), "{name}");
        for comparison in checker.comparisons() {
            let is_erratum = comparison.published.note.starts_with("Erratum: ");
            let expected = if is_erratum { Verdict::Erratum } else { Verdict::Agrees };
            assert_eq!(comparison.verdict, expected, "{name}: {comparison:?}");
            assert!(comparison.ours.is_some_and(f64::is_finite), "{name}: {comparison:?}");
        }
    }
}

#[test]
fn hmkcode_prints_thirty_numbers_two_of_them_mistaken() {
    let checker = finished(common::HMKCODE);
    assert_eq!((count(&checker, Verdict::Agrees), count(&checker, Verdict::Erratum)), (28, 2));
    let of = |quantity: &str, epoch: u64| -> Vec<f64> {
        checker
            .comparisons()
            .iter()
            .filter(|found| found.published.quantity == quantity && found.published.epoch == epoch)
            .filter_map(|found| found.ours)
            .collect()
    };
    for (quantity, epoch, expected) in [
        ("out", 0, 0.191),
        ("E", 0, 0.327_240_5),
        ("Δ", 0, -0.809),
        ("a·∂E/∂w₅", 0, -0.034_382_5),
        ("new w₁", 0, 0.121_326),
        ("new w₆", 0, 0.169_416),
        ("out", 1, 0.255_745_780_807_5),
    ] {
        let ours = of(quantity, epoch);
        let agrees = |found: &f64| (found - expected).abs() < 1e-12 * expected.abs();
        assert!(!ours.is_empty() && ours.iter().all(agrees), "{quantity}: {ours:?}");
    }
}

#[test]
fn mazur_prints_forty_three_numbers_one_of_them_mistaken() {
    let checker = finished(common::MAZUR);
    assert_eq!((count(&checker, Verdict::Agrees), count(&checker, Verdict::Erratum)), (42, 1));
}

#[test]
fn a_little_at_a_time_comes_to_the_same() {
    for text in [common::HMKCODE, common::MAZUR] {
        let at_once = finished(text);
        let mut checker = Checker::new(&Rc::new(lesson(text)));
        assert_eq!(count(&checker, Verdict::Pending), checker.comparisons().len());
        checker.advance(0);
        // What the start weights give needs no training.
        let n_later = checker.comparisons().iter().filter(|found| 0 < found.published.epoch).count();
        assert_eq!(count(&checker, Verdict::Pending), n_later);
        let mut n_advances = 0;
        while !checker.is_done() {
            let n_pending = count(&checker, Verdict::Pending);
            checker.advance(1);
            n_advances += 1;
            assert!(count(&checker, Verdict::Pending) <= n_pending);
            assert!(n_advances <= 20_000);
        }
        assert_eq!(checker.comparisons(), at_once.comparisons());
    }
}

/// How a printed number is held against ours.
#[test]
fn verdicts() {
    let with = |epoch: u64, quantity: &str, value: &str, note: &str| {
        let mut lesson = lesson(common::HMKCODE);
        let published = chainrule::lesson::Published {
            epoch,
            quantity: quantity.to_owned(),
            value: value.to_owned(),
            note: note.to_owned(),
        };
        lesson.published = Rc::new(vec![published]);
        let mut checker = Checker::new(&Rc::new(lesson));
        checker.advance(1_000);
        checker.comparisons()[0].verdict
    };
    for (epoch, quantity, value, note, expected) in [
        (0, "out", "0.191", "", Verdict::Agrees),
        (0, "out", "0.19", "", Verdict::Agrees),
        (0, "out", ".2", "", Verdict::Agrees),
        (0, "out", "0.192", "", Verdict::Differs),
        (0, "out", "0.192", "Erratum: a misprint.", Verdict::Erratum),
        (0, "out", "0.191", "Erratum: but it is right.", Verdict::Agrees),
        (0, "Δ", "-0.809", "", Verdict::Agrees),
        (0, "Δ", "−0.809", "", Verdict::Agrees),
        (0, "Δ", "0.809", "", Verdict::Differs),
        // Names with another spelling, and names of nothing.
        (0, "w_5", "0.14", "", Verdict::Agrees),
        (0, "new w5", "0.17", "", Verdict::Agrees),
        (0, "∂E/∂w_5", "-0.688", "", Verdict::Agrees),
        (0, "a*∂E/∂w5", "-0.034", "", Verdict::Agrees),
        (0, "w₇", "0.14", "", Verdict::Unknown),
        (0, "b₁", "0", "", Verdict::Unknown),
        (0, "", "0", "", Verdict::Unknown),
        (0, "out[2]", "0.191", "", Verdict::Unknown),
        // The only sample, the other notation, powers of ten, and a half: 0.018202 or 0.018203.
        (0, "out[1]", "0.191", "", Verdict::Agrees),
        (0, "E₁", "0.327", "", Verdict::Agrees),
        (0, "∂L/∂w₁₁⁽²⁾", "-0.688", "", Verdict::Agrees),
        (0, "δ_1^(2)", "-8.09e-1", "", Verdict::Agrees),
        (0, "δ out", "-8.09·10⁻¹", "", Verdict::Agrees),
        (0, "−a·∂E/∂w₄", "0.018202", "", Verdict::Agrees),
        (0, "−a·∂E/∂w₄", "0.018203", "", Verdict::Agrees),
        (0, "−a·∂E/∂w₄", "0.018204", "", Verdict::Differs),
        (0, "−a·∂E/∂w₄", "0.018201", "", Verdict::Differs),
        // Another update order has the same first pass, but another second one.
        (0, "E, layer by layer", "0.327", "", Verdict::Agrees),
        (1, "out", "0.2558", "", Verdict::Differs),
        (1_000, "out", "1.000", "", Verdict::Agrees),
        (1_001, "out", "1.000", "", Verdict::Pending),
    ] {
        assert_eq!(with(epoch, quantity, value, note), expected, "{quantity} = {value}");
    }
}

fn in_notation(text: &str, notation: Notation) -> Lesson {
    Lesson { notation, ..lesson(text) }
}

const NOTATIONS: [Notation; 2] = [Notation::Numbered, Notation::Indexed];

/// What the sources print is found by the same names whichever notation the page writes.
#[test]
fn published_names_work_in_both_notations() {
    for (text, expected) in [(common::HMKCODE, (28, 2)), (common::MAZUR, (42, 1))] {
        for notation in NOTATIONS {
            let mut lesson = in_notation(text, notation);
            // The later epochs are the same numbers of later models.
            lesson.published = Rc::new(lesson.published.iter().filter(|p| p.epoch < 2).cloned().collect());
            let n_later = common::lesson(text).published.len() - lesson.published.len();
            let mut checker = Checker::new(&Rc::new(lesson));
            checker.advance(u64::MAX);
            let found = (count(&checker, Verdict::Agrees) + n_later, count(&checker, Verdict::Erratum));
            assert_eq!(found, expected, "{notation:?}");
        }
    }
}

/// Every quantity that has a number in `moment`, for the shown sample.
fn quantities(moment: &Moment) -> Vec<Quantity> {
    let network = moment.network();
    let mut all = vec![Quantity::LearningRate, Quantity::Loss, Quantity::BatchLoss];
    all.extend([Quantity::Momentum, Quantity::Decay, Quantity::Beta1, Quantity::Beta2, Quantity::Epsilon]);
    all.extend([Quantity::BiasCorrection1, Quantity::BiasCorrection2]);
    for layer in 0..=network.n_layers() {
        for unit in 0..network.n_units(layer) {
            all.extend([
                Quantity::Activation(UnitId { layer, unit }),
                Quantity::Sum(UnitId { layer, unit }),
                Quantity::Slope(UnitId { layer, unit }),
                Quantity::ActivationGradient(UnitId { layer, unit }),
                Quantity::Delta(UnitId { layer, unit }),
            ]);
            if layer == network.n_layers() {
                all.extend([Quantity::Target(unit), Quantity::LossTerm(unit)]);
            } else if 0 < layer {
                let next = 0..network.n_units(layer + 1);
                all.extend(next.map(|to| Quantity::GradientShare { of: UnitId { layer, unit }, to }));
            }
        }
    }
    for param in network.param_list() {
        all.extend([
            Quantity::Param(param),
            Quantity::Gradient(param),
            Quantity::MeanGradient(param),
            Quantity::ScaledGradient(param),
            Quantity::Step(param),
            Quantity::New(param),
        ]);
        // What the optimiser does not keep has no name of its own.
        if !matches!(moment.lesson.rule.optimizer, Optimizer::Sgd { .. }) {
            all.extend([Quantity::OldFirstMoment(param), Quantity::FirstMoment(param)]);
            all.extend([Quantity::OldSecondMoment(param), Quantity::SecondMoment(param)]);
            all.extend([Quantity::CorrectedFirstMoment(param), Quantity::CorrectedSecondMoment(param)]);
        }
    }
    let keeps = |quantity: &Quantity| match (moment.lesson.rule.optimizer, quantity) {
        (
            Optimizer::Momentum { .. } | Optimizer::Nesterov { .. },
            Quantity::OldSecondMoment(_) | Quantity::SecondMoment(_),
        ) => false,
        (Optimizer::Rmsprop { .. }, Quantity::OldFirstMoment(_) | Quantity::FirstMoment(_)) => false,
        (Optimizer::Adam { .. }, _) => true,
        (_, Quantity::CorrectedFirstMoment(_) | Quantity::CorrectedSecondMoment(_)) => false,
        _ => true,
    };
    all.retain(|quantity| keeps(quantity) && moment.value(*quantity).is_some());
    all
}

/// The same quantity under one of its identities: of one sample, the batch's loss is the sample's.
fn identity(moment: &Moment, quantity: Quantity, sample: usize) -> (Quantity, Option<usize>) {
    let is_alone = moment.n_samples() == 1;
    let of_sample = |quantity| (quantity, (!is_alone).then_some(sample));
    match quantity {
        Quantity::Loss | Quantity::BatchLoss if is_alone => (Quantity::Loss, None),
        Quantity::Gradient(param) | Quantity::MeanGradient(param) if is_alone => {
            (Quantity::Gradient(param), None)
        }
        Quantity::Loss | Quantity::Gradient(_) | Quantity::ActivationGradient(_) => of_sample(quantity),
        other => (other, None),
    }
}

#[test]
fn every_name_of_the_page_is_found_again_as_its_quantity() {
    let mut n = 0;
    for (what, lesson) in common::lessons().into_iter().filter(|(_, lesson)| lesson.shuffle.is_none()) {
        for notation in NOTATIONS {
            let lesson = Rc::new(Lesson { notation, ..lesson.clone() });
            let mut run = Run::new(Rc::clone(&lesson)).expect("a finite first pass");
            let moment = run.moment_at(Time::epoch(0)).expect("the start");
            let all = quantities(&moment);
            for sample in 0..moment.n_samples() {
                let names: Vec<String> = all.iter().map(|q| moment.names.plain(*q, sample)).collect();
                let texts: Vec<&str> = names.iter().map(String::as_str).collect();
                for ((quantity, name), meaning) in all.iter().zip(&texts).zip(meanings(&lesson, &texts)) {
                    let meaning = meaning.unwrap_or_else(|| panic!("{what}: {name} means nothing"));
                    let expected = identity(&moment, *quantity, sample);
                    let found = (identity(&moment, meaning.quantity, 0).0, meaning.sample);
                    assert_eq!(found, expected, "{what}, {notation:?}: {name}");
                    n += 1;
                }
                // Behind any name, the number of the sample in brackets.
                let bracketed: Vec<String> =
                    all.iter().map(|q| format!("{}[{}]", moment.names.plain(*q, 0), sample + 1)).collect();
                for (quantity, name) in all.iter().zip(&bracketed) {
                    if matches!(
                        quantity,
                        Quantity::Loss | Quantity::Gradient(_) | Quantity::ActivationGradient(_)
                    ) && 1 < moment.n_samples()
                    {
                        continue;
                    }
                    let meaning = meanings(&lesson, &[name])[0].unwrap_or_else(|| panic!("{what}: {name}"));
                    assert_eq!(meaning.sample, Some(sample), "{what}: {name}");
                    let (found, expected) = (
                        moment.value_of(meaning.quantity, sample),
                        moment.value_of(of_sample(*quantity), sample),
                    );
                    assert_eq!(found.map(f64::to_bits), expected.map(f64::to_bits), "{what}: {name}");
                }
            }
        }
    }
    assert!(3_000 < n, "{n} names");
}

/// What a quantity of the batch is of one sample.
fn of_sample(quantity: Quantity) -> Quantity {
    match quantity {
        Quantity::BatchLoss => Quantity::Loss,
        Quantity::MeanGradient(param) => Quantity::Gradient(param),
        other => other,
    }
}

/// The examples of docs/lesson-format.md, each in a lesson of either notation.
#[test]
fn every_name_of_the_documentation_means_something_in_both_notations() {
    const DOCS: &str = include_str!("../docs/lesson-format.md");
    let section =
        DOCS.split("### Quantities").nth(1).and_then(|rest| rest.split("\n## ").next()).expect("the section");
    let rows: Vec<Vec<&str>> = section
        .lines()
        .filter(|line| line.starts_with('|'))
        .skip(2)
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    assert!(15 <= rows.len(), "{rows:?}");
    let examples =
        |cell: &str| -> Vec<String> { cell.split('`').skip(1).step_by(2).map(str::to_owned).collect() };
    let mut n = 0;
    for notation in NOTATIONS {
        // Two outputs and biases; one output; several samples. All name their inputs.
        let lessons =
            [common::MAZUR, common::HMKCODE, common::FOUR_POINTS].map(|text| in_notation(text, notation));
        for row in &rows {
            let [numbered, indexed, _] = row[..] else { panic!("{row:?}") };
            let mut meant = Vec::new();
            for name in [examples(numbered), examples(indexed)].concat() {
                let found: Vec<_> =
                    lessons.iter().filter_map(|lesson| meanings(lesson, &[&name])[0]).collect();
                assert!(!found.is_empty(), "{notation:?}: {name}");
                meant.push(std::mem::discriminant(&found[0].quantity));
                n += 1;
            }
            // A row is about one kind of thing.
            assert!(!meant.is_empty(), "{row:?}");
            let is_loss = numbered.starts_with("`E`");
            assert!(is_loss || meant.iter().all(|kind| *kind == meant[0]), "{notation:?}: {row:?}");
        }
    }
    assert!(60 <= n, "{n} examples");
}

#[test]
fn a_name_that_means_nothing_is_a_fault_of_the_file() {
    let with = |text: &str, name: &str| {
        let mut file: serde_json::Value = serde_json::from_str(text).expect("JSON");
        let entry = |name: &str| json!({ "epoch": 0, "quantity": name, "value": "0.5" });
        file["published"] = json!([entry("w₁"), entry(name)]);
        Lesson::from_json(&file.to_string()).map(|_| ()).map_err(|fault| fault.to_string())
    };
    for name in ["E", "w_5", "new w₆", "out[1]", "Δ, layer by layer", "L", "a₁⁽²⁾", "x₁"] {
        assert_eq!(with(common::HMKCODE, name), Ok(()), "{name}");
    }
    for name in ["w₇", "b₁", "", "speed", "out[2]", "out[0]", "E₂", "h₃", "new", "∂E/∂", "E, by hand"]
    {
        let fault = with(common::HMKCODE, name).expect_err(name);
        let expected = format!(
            "published[1].quantity: \"{name}\" means nothing here, expected a name such as net h₁, h₁, E, Δ h₁, ∂E/∂w₁, new w₁"
        );
        assert_eq!(fault, expected);
    }
    let fault = with(common::FOUR_POINTS, "out[5]").expect_err("there are four samples");
    assert!(fault.ends_with("of a sample with its number behind it, [1] to [4]"), "{fault}");
    assert_eq!(with(common::FOUR_POINTS, "out[4]"), Ok(()));
}

/// Any sample can be named, in whichever batch the epoch takes it: its numbers are those of the model that
/// its batch meets.
#[test]
fn any_sample_of_any_batch_can_be_named() {
    for (batch_size, shuffle) in [(4, None), (1, None), (3, None), (1, Some(3)), (2, Some(7))] {
        let mut lesson = Lesson { batch_size, shuffle, ..lesson(common::FOUR_POINTS) };
        let last = *lesson.network.param_list().last().expect("a weight");
        let output = Quantity::Activation(UnitId::new(lesson.network.n_layers(), 0));
        let names = Names::new(&lesson, &lesson.network, 1);
        let [out, gradient, new] =
            [output, Quantity::Gradient(last), Quantity::New(last)].map(|quantity| names.plain(quantity, 0));
        // Straight from the passes: epoch 2, each sample where it comes.
        let mut model = common::train(&lesson, 2);
        let mut expected: Vec<(String, f64)> = Vec::new();
        let order = lesson.order(2);
        for batch in 0..lesson.n_batches() {
            let update = UpdateTrace::new(&model, lesson.rule, lesson.batch(2, batch).into_iter());
            for (place, sample) in lesson.batch_of(&order, batch).iter().enumerate() {
                let trace = &update.pass.samples[place];
                let k = sample + 1;
                expected.push((format!("{out}[{k}]"), trace.forward.prediction()[0]));
                expected.push((format!("E[{k}]"), trace.forward.loss()));
                expected.push((format!("{gradient}[{k}]"), trace.gradient(last)));
                expected.push((format!("{new}[{k}]"), update.after.network.params.at(last)));
            }
            model = update.after;
        }
        assert_eq!(expected.len(), 16);
        let entry = |(name, value): &(String, f64)| Published {
            epoch: 2,
            quantity: name.clone(),
            value: format!("{value:.17e}"),
            note: String::new(),
        };
        lesson.published = Rc::new(expected.iter().map(entry).collect());
        let mut checker = Checker::new(&Rc::new(lesson));
        checker.advance(u64::MAX);
        for (found, (name, value)) in checker.comparisons().iter().zip(&expected) {
            let ours = found.ours.expect("a number");
            assert_eq!(ours.to_bits(), value.to_bits(), "{name} in batches of {batch_size}, {shuffle:?}");
            assert_eq!(found.verdict, Verdict::Agrees, "{name}");
        }
    }
}

/// Files could once publish what means nothing: what was stored then is read, and what a reader takes away
/// of the data leaves a file that is read.
#[test]
fn what_means_nothing_does_not_cost_a_session() {
    let entry = |quantity: &str| Published {
        epoch: 0,
        quantity: quantity.to_owned(),
        value: "0.5".to_owned(),
        note: String::new(),
    };
    let mut old = lesson(common::FOUR_POINTS);
    old.published = Rc::new(vec![entry("speed"), entry("E₄"), entry("∂E₃/∂w₅")]);
    let stored = save(&common::session(&old));
    let restored = restore(&stored).expect("a session of an earlier version");
    assert_eq!(restored.moment().lesson.published, old.published);
    let fewer = [3, 2].into_iter().fold(restored, |now, k| now.update(common::edit(Edit::RemoveSample(k))));
    assert_eq!(fewer.moment().lesson.data.train.len(), 2);
    let read = Lesson::from_json(&fewer.moment().lesson.to_json()).expect("what is exported is read");
    assert!(read.published.is_empty());
}

/// In the largest network that a file may hold, all names are looked through in a bearable time.
#[test]
fn names_are_looked_for_in_the_largest_network() {
    let mut large = lesson(common::HMKCODE);
    let layer = |n_out, n_in| LayerParams { weights: Matrix::zeros(n_out, n_in), biases: None };
    large.network = Rc::new(Network {
        params: Params(vec![layer(256, 500), layer(256, 256), layer(1, 256)]),
        activations: vec![Activation::Identity; 3],
    });
    large.input_names = None;
    large.unit_names = vec![None; 3];
    let found = meanings(&large, &["w₁₉₃₇₉₂", "new w₁,₅₀₀⁽¹⁾", "speed"]);
    let last = Param::Weight { layer: 3, to: 0, from: 255 };
    assert_eq!(found[0].map(|meaning| meaning.quantity), Some(Quantity::Param(last)));
    let new = Quantity::New(Param::Weight { layer: 1, to: 0, from: 499 });
    assert_eq!(found[1].map(|meaning| meaning.quantity), Some(new));
    assert_eq!(found[2], None);
}

#[test]
fn a_run_that_diverges_has_no_number_there() {
    let mut lesson = lesson(common::HMKCODE);
    lesson.rule.optimizer = lesson.rule.optimizer.with_learning_rate(0.6);
    let mut published = lesson.published.to_vec();
    published[0].epoch = 1_000;
    lesson.published = Rc::new(published);
    let mut checker = Checker::new(&Rc::new(lesson));
    checker.advance(2_000);
    assert!(checker.is_done());
    assert_eq!(checker.comparisons()[0].verdict, Verdict::Diverged);
    assert_eq!(checker.comparisons()[0].ours, None);
    assert_eq!(checker.comparisons()[1].verdict, Verdict::Agrees);
}
