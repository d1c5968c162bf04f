//! Stored sessions: those of earlier versions come back with the numbers that the page showed when it stored
//! them.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::expect_used)]

mod common;

use chainrule::moment::step::Grain;
use chainrule::session::{Action, Edit, Pace, RunSettings, Session, saved};
use serde_json::Value;

/// A stored session, and what it showed when it was stored.
struct Case {
    text: &'static str,
    epoch_and_batch: (u64, usize),
    step_and_terms: (usize, usize),
    /// The losses at the start, at epoch 1, of the shown batch, and an epoch on.
    losses: [f64; 4],
    /// The sum of the shown weights and biases.
    sum: f64,
    /// Points of the earlier run's curve.
    n_ghost: usize,
}

#[rustfmt::skip]
const VERSION_1: [Case; 7] = [
    // HMKCode after three steps.
    Case {
        text: include_str!("cases/stored-v1-step.json"),
        epoch_and_batch: (0, 0),
        step_and_terms: (3, 2),
        losses: [0.32724049999999993, 0.32724049999999993, 0.32724049999999993, 0.2769571713929189],
        sum: 0.81,
        n_ghost: 0,
    },
    // Two weights and the learning rate edited.
    Case {
        text: include_str!("cases/stored-v1-edits.json"),
        epoch_and_batch: (4, 0),
        step_and_terms: (3, 2),
        losses: [0.32724049999999993, 0.18738583802306447, 0.016155910370435195, 2.0948164709698243e-5],
        sum: 1.3004641381420525,
        n_ghost: 4,
    },
    // XOR with momentum in shuffled batches of 3, within an epoch.
    Case {
        text: include_str!("cases/stored-v1-momentum.json"),
        epoch_and_batch: (2, 1),
        step_and_terms: (6, 1),
        losses: [0.1605159429823915, 0.15643139326206063, 0.05516860062900717, 0.1418855723599371],
        sum: 3.792342268091808,
        n_ghost: 0,
    },
    // XOR with Adam in batches of 2, its β₁ edited, within an epoch.
    Case {
        text: include_str!("cases/stored-v1-adam.json"),
        epoch_and_batch: (9, 1),
        step_and_terms: (2, 1),
        losses: [0.1605159429823915, 0.1487234483620024, 0.12692010154377037, 0.10950582002494104],
        sum: 0.21829607570767995,
        n_ghost: 10,
    },
    // XOR with weights drawn anew.
    Case {
        text: include_str!("cases/stored-v1-drawing.json"),
        epoch_and_batch: (1, 0),
        step_and_terms: (0, 0),
        losses: [0.12779441259683774, 0.12756347375734878, 0.12756347375734878, 0.1271598334026996],
        sum: -0.3529710129873772,
        n_ghost: 0,
    },
    // Reset after three epochs.
    Case {
        text: include_str!("cases/stored-v1-ghost.json"),
        epoch_and_batch: (1, 0),
        step_and_terms: (0, 0),
        losses: [0.10918865624999997, 0.10401579187497702, 0.10401579187497702, 0.09866810449188149],
        sum: 0.845397125,
        n_ghost: 4,
    },
    // Numbers of the data edited, a sample added and one removed.
    Case {
        text: include_str!("cases/stored-v1-data.json"),
        epoch_and_batch: (3, 0),
        step_and_terms: (0, 0),
        losses: [0.10918865624999997, 0.11606320958553233, 0.04047346140896863, 0.040409207930014415],
        sum: 0.8848770639593204,
        n_ghost: 4,
    },
];

/// Of version 2 before undo stood behind the session.
#[rustfmt::skip]
const VERSION_2: [Case; 5] = [
    // HMKCode after three steps.
    Case {
        text: include_str!("cases/stored-v2-step.json"),
        epoch_and_batch: (0, 0),
        step_and_terms: (3, 2),
        losses: [0.32724049999999993, 0.32724049999999993, 0.32724049999999993, 0.2769571713929189],
        sum: 0.81,
        n_ghost: 0,
    },
    // Two weights and the learning rate edited, the first at the start.
    Case {
        text: include_str!("cases/stored-v2-edits.json"),
        epoch_and_batch: (3, 0),
        step_and_terms: (3, 2),
        losses: [0.29629602000000005, 0.23549352909934618, 0.45098969046694987, 0.03518429570132976],
        sum: 0.6993751657924694,
        n_ghost: 4,
    },
    // XOR with Adam in shuffled batches of 2, its β₁ edited.
    Case {
        text: include_str!("cases/stored-v2-adam.json"),
        epoch_and_batch: (3, 0),
        step_and_terms: (42, 1),
        losses: [0.1605159429823915, 0.14863902203610252, 0.11884486621484772, 0.12550749861497798],
        sum: 2.7027414504575717,
        n_ghost: 3,
    },
    // Numbers of the data edited, a sample added and one removed.
    Case {
        text: include_str!("cases/stored-v2-data.json"),
        epoch_and_batch: (3, 0),
        step_and_terms: (0, 0),
        losses: [0.10918865624999997, 0.12585292053033661, 0.12280480289133847, 0.11186920211806152],
        sum: 0.9512595933682817,
        n_ghost: 4,
    },
    // XOR with weights drawn anew, reset.
    Case {
        text: include_str!("cases/stored-v2-drawing.json"),
        epoch_and_batch: (1, 0),
        step_and_terms: (0, 0),
        losses: [0.12779441259683774, 0.12756347375734878, 0.12756347375734878, 0.1271598334026996],
        sum: -0.3529710129873772,
        n_ghost: 2,
    },
];

fn restored(text: &str) -> Session {
    saved::restore(text).expect("a stored session")
}

/// Shows what `case` says.
fn check(session: &Session, case: &Case) {
    let Case { epoch_and_batch, step_and_terms, losses, sum, n_ghost, .. } = *case;
    let moment = session.moment();
    let loss_of_epoch = |epoch| session.update(Action::GoToEpoch(epoch)).loss();
    assert_eq!((session.time().epoch, session.time().batch), epoch_and_batch);
    assert_eq!((moment.position.step, moment.position.terms), step_and_terms);
    let next = session.update(Action::NextEpoch).loss();
    assert_eq!([loss_of_epoch(0), loss_of_epoch(1), moment.update().pass.loss, next], losses);
    assert_eq!(common::numbers(&moment.network().params).iter().sum::<f64>(), sum);
    assert_eq!(session.earlier().first().map_or(0, |run| run.losses.points().len()), n_ghost);
}

#[test]
fn what_was_stored_in_version_1_comes_back() {
    for case in VERSION_1 {
        let session = restored(case.text);
        check(&session, &case);
        check(&restored(&saved::save(&session)), &case);
    }
}

#[test]
fn what_was_stored_in_version_2_comes_back_to_the_same_text() {
    for case in VERSION_2 {
        let session = restored(case.text);
        check(&session, &case);
        assert!(!session.can_undo() && !session.can_redo());
        assert_eq!(saved::save(&session), case.text);
        assert_eq!(saved::save_with_undo(&session), case.text);
    }
}

#[test]
fn settings_of_version_1_come_back() {
    let settings = |case: &Case| restored(case.text).settings();
    let [_, edits, _, adam, drawing, ..] = &VERSION_1;
    assert_eq!(settings(edits).grain, Some(Grain::Layer));
    assert_eq!((settings(adam).digits, settings(adam).speed), (7, 2.0));
    let drawn = settings(drawing).start_weights;
    assert_eq!((drawn.scheme, drawn.scale, drawn.seed), (backprop::init::Scheme::HeNormal, 0.5, 11));
    let run = RunSettings { pace: Some(Pace::Epochs(5)), loss_below: Some(0.01), when_solved: true };
    assert_eq!(settings(drawing).run, run);
}

/// Version 1 had the data in each segment after the first edit.
#[test]
fn data_of_version_1_that_are_the_same_are_stored_once() {
    let [_, edits, .., data] = &VERSION_1;
    for (case, n_data) in [(edits, 0), (data, 3)] {
        let text = saved::save(&restored(case.text));
        let stored: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(stored["data"].as_array().map_or(0, Vec::len), n_data);
        assert_eq!(saved::save(&restored(&text)), text);
    }
}

/// In version 1 a segment had a lesson of its own.
#[test]
fn a_segment_of_version_1_whose_lesson_is_of_another_shape_is_refused() {
    let [_, _, _, adam, ..] = &VERSION_1;
    let stored: Value = serde_json::from_str(adam.text).expect("JSON");
    let lesson_of = |text: &str| common::lesson(text).to_json();
    let entropy = common::XOR.replacen("half_squared_error", "binary_cross_entropy", 1);
    for (lesson, problem) in [
        ("no lesson".to_owned(), "segments[1].lesson: file: not JSON"),
        (lesson_of(common::LECTURE), "segments[1].lesson: a lesson that does not fit the start"),
        // The same inputs and outputs, but another layer between them, other functions, another loss.
        (lesson_of(common::HMKCODE), "segments[1].lesson: a lesson that does not fit the start"),
        (
            lesson_of(&common::XOR.replacen("sigmoid", "tanh", 1)),
            "segments[1].lesson: a lesson that does not",
        ),
        (lesson_of(&entropy), "segments[1].lesson: a lesson that does not fit the start"),
    ] {
        let mut damaged = stored.clone();
        *damaged.pointer_mut("/segments/1/lesson").expect("a lesson") = lesson.into();
        let fault = saved::restore(&damaged.to_string()).expect_err(problem);
        assert!(fault.to_string().starts_with(problem), "{fault}");
    }
}

/// Data are stored once, however often the rule changes.
#[test]
fn the_digits_are_stored_once() {
    let digits = common::lesson(include_str!("../static/lessons/digits.json"));
    let rates = [0.05, 0.04].map(|rate| common::edit(Edit::LearningRate(rate)));
    let one = rates.iter().fold(common::session(&digits), |now, rate| now.update(rate.clone()));
    let later = [Action::NextEpoch, rates[0].clone(), Action::NextEpoch, rates[1].clone()];
    let several = later.into_iter().fold(common::session(&digits), |now, action| now.update(action));
    for session in [one, several] {
        assert!(saved::fits(&session));
        let text = saved::save(&session);
        assert!(text.len() < 2_600_000, "{} bytes", text.len());
        let shown = common::shown(restored(&text).moment());
        assert_eq!(shown, common::shown(session.moment()));
    }
}
