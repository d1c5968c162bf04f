//! The numbers that the sources print: every one agrees with ours, or is known to be mistaken.

#![cfg(not(target_arch = "wasm32"))]

mod common;

use std::rc::Rc;

use chainrule::published::{Checker, Verdict};
use common::{json_files, lesson};

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
        // Another update order has the same first pass, but another second one.
        (0, "E, layer by layer", "0.327", "", Verdict::Agrees),
        (1, "out", "0.2558", "", Verdict::Differs),
        (1_000, "out", "1.000", "", Verdict::Agrees),
        (1_001, "out", "1.000", "", Verdict::Pending),
    ] {
        assert_eq!(with(epoch, quantity, value, note), expected, "{quantity} = {value}");
    }
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
