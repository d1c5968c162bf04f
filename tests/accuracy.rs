//! The accuracy over a run: against plain loops over traces, the same however it is sliced, and bounded.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::unwrap_used)]

mod common;

use std::rc::Rc;

use backprop::network::Network;
use backprop::trace::{Sample, outputs};
use chainrule::lesson::Lesson;
use chainrule::run::accuracy::{Accuracy, AccuracySurvey, curve};
use chainrule::session::{Action, Session};
use common::{is_close, json_files, lesson, session};

fn measured(session: &Session, slice: u64) -> AccuracySurvey {
    let mut survey = AccuracySurvey::default();
    let (now, all) = session.survey_targets();
    survey.aim(now, all);
    for _ in 0..100_000 {
        survey.advance(slice);
        if survey.is_done() {
            return survey;
        }
    }
    unreachable!("it ends");
}

fn iris() -> Lesson {
    let (_, text) = json_files("static/lessons").into_iter().find(|(name, _)| name == "iris").unwrap();
    lesson(&text)
}

/// The share of samples whose largest output, or, of one output, whose side of ½, is that of the target.
fn share(network: &Network, samples: &[Sample]) -> f64 {
    let largest = |numbers: &[f64]| match numbers {
        [only] => usize::from(0.5 < *only),
        several => (0..several.len()).fold(0, |best, k| if several[best] < several[k] { k } else { best }),
    };
    let is_right = |sample: &&Sample| {
        let outputs = outputs(network, &sample.input);
        largest(&outputs) == largest(&sample.target)
    };
    samples.iter().filter(is_right).count() as f64 / samples.len() as f64
}

#[test]
fn it_is_that_of_every_kept_epoch() {
    for lesson in [iris(), lesson(common::XOR)] {
        let mut now = session(&lesson);
        let mut expected = Vec::new();
        for epoch in 0..6 {
            let network = now.moment().network();
            let test = (!lesson.data.test.is_empty()).then(|| share(network, &lesson.data.test));
            let n_samples = lesson.data.train.len();
            expected.push(Accuracy { epoch, training: share(network, &lesson.data.train), test, n_samples });
            if epoch < 5 {
                now = now.update(Action::NextEpoch);
            }
        }
        let whole = measured(&now, u64::MAX);
        let found: Vec<Accuracy> = whole.all().filter_map(|found| **found).collect();
        assert_eq!(found, expected);
        assert_eq!(whole.now().and_then(|found| **found), found.last().copied());
        assert!(whole.all().eq(measured(&now, 1).all()));
        let drawn = curve(found.iter());
        let points: Vec<_> = drawn.points().iter().map(|p| (p.epoch, p.loss, p.test_loss)).collect();
        assert_eq!(points, expected.iter().map(|it| (it.epoch, it.training, it.test)).collect::<Vec<_>>());
    }
}

#[test]
fn there_is_none_where_numbers_are_to_be_met() {
    let survey = measured(&session(&lesson(common::HMKCODE)), u64::MAX);
    assert_eq!(survey.now().map(|found| **found), Some(None));
}

#[test]
fn of_very_many_samples_some_are_counted() {
    let mut many = iris();
    let once = many.data.train.clone();
    let n_params = many.network.n_params();
    let n = 8_000_000 / (n_params * once.len()) * 3;
    Rc::make_mut(&mut many.data).train = vec![once.clone(); n].concat();
    let found = measured(&session(&many), u64::MAX).now().and_then(|found| **found).unwrap();
    assert!(found.n_samples * n_params <= 8_100_000 && 2_000_000 < found.n_samples * n_params);
    // They are spread evenly, so that the share is that of the whole.
    assert!(is_close(found.training, share(&many.network, &once), 0.1), "{found:?}");
}
