//! What undo and redo bring back after a session was stored: the same bits as before, as far back as there
//! is room for, and never at the cost of the session itself.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::expect_used)]

mod common;

use std::rc::Rc;

use backprop::activation::Activation;
use backprop::network::Param;
use backprop::rng::Rng;
use chainrule::lesson::Lesson;
use chainrule::run::earlier::EarlierRun;
use chainrule::run::{LossCurve, Mark};
use chainrule::session::design::Change;
use chainrule::session::{Action, Edit, Session, saved};

use common::{Shown, below, draw_move, edit, lessons, pick, session, shown};

/// Stands before each document behind the session's.
const SEPARATOR: char = '\u{1e}';

/// What a session shows, to the bit.
#[derive(Debug, PartialEq)]
struct Seen {
    shown: Shown,
    start: Rc<Lesson>,
    losses: LossCurve,
    earlier: Vec<Rc<EarlierRun>>,
    marks: Vec<Mark>,
}

fn seen(session: &Session) -> Seen {
    Seen {
        shown: shown(session.moment()),
        start: Rc::clone(session.start()),
        losses: session.losses().clone(),
        earlier: session.earlier().to_vec(),
        marks: session.marks().to_vec(),
    }
}

fn restored(text: &str) -> Session {
    saved::restore(text).expect("a stored session")
}

fn stored_and_restored(session: &Session) -> Session {
    restored(&saved::save_with_undo(session))
}

/// The present and all that `action` brings back one after the other.
fn all_by(action: &Action, session: &Session) -> Vec<Session> {
    let can = |session: &Session| match action {
        Action::Undo => session.can_undo(),
        _ => session.can_redo(),
    };
    let next = |now: &Session| can(now).then(|| now.update(action.clone()));
    std::iter::successors(Some(session.clone()), next).collect()
}

/// Undo and redo bring back the same from both, all the way.
fn bring_back_the_same(before: &Session, after: &Session, what: &str) {
    for action in [Action::Undo, Action::Redo] {
        let (old, new) = (all_by(&action, before), all_by(&action, after));
        assert_eq!(old.len(), new.len(), "{what}, {action:?}");
        for (k, (old, new)) in old.iter().zip(&new).enumerate() {
            assert!(seen(old) == seen(new), "{what}, {k} times {action:?}");
            // The past of the run that is brought back is the same too.
            let half = Action::GoToEpoch(old.time().epoch / 2);
            assert!(
                shown(old.update(half.clone()).moment()) == shown(new.update(half).moment()),
                "{what}, {k} times {action:?}, an epoch before"
            );
        }
    }
}

fn draw_change(rng: &mut Rng, now: &Session) -> Action {
    let network = now.moment().network();
    let params = network.param_list();
    let value = rng.uniform() * 2.0 - 1.0;
    let layer = 1 + below(rng, network.n_layers());
    match below(rng, 9) {
        0..3 => edit(Edit::Param(pick(rng, &params), value)),
        3 => Action::Edit { edit: Edit::Param(pick(rng, &params), value), continues: true },
        4 => edit(Edit::LearningRate(value.abs() / 8.0)),
        5 => edit(Edit::Input { sample: 0, unit: 0, value }),
        6 => edit(pick(rng, &[Edit::AddSample, Edit::RemoveSample(1)])),
        7 => {
            let change = match below(rng, 3) {
                0 => Change::Units { layer, n: 1 + below(rng, 4) },
                1 => Change::Draw,
                _ => Change::Activation { layer, activation: Activation::Tanh },
            };
            Action::Design { change, continues: false }
        }
        _ => pick(rng, &[Action::Reset, Action::Open(Rc::new(common::lesson(common::MAZUR)))]),
    }
}

/// A session somewhere in the middle of things, much of them undone.
fn wandered(lesson: &Lesson, rng: &mut Rng) -> Session {
    let n_undone = below(rng, 4);
    let now = (0..70).fold(session(lesson), |now, _| {
        let action = match below(rng, 10) {
            0..3 => draw_change(rng, &now),
            3 => pick(rng, &[Action::Undo, Action::Undo, Action::Redo]),
            _ => draw_move(rng, &now),
        };
        now.update(action)
    });
    (0..n_undone).fold(now, |now, _| now.update(Action::Undo))
}

#[test]
fn undo_and_redo_bring_back_the_same_after_a_reload() {
    let (mut n_undone, mut n_redone) = (0, 0);
    for (name, lesson) in lessons() {
        for seed in 0..6 {
            let what = format!("{name}, seed {seed}");
            let before = wandered(&lesson, &mut Rng::new(seed));
            let text = saved::save_with_undo(&before);
            let after = restored(&text);
            assert!(seen(&after) == seen(&before), "{what}");
            bring_back_the_same(&before, &after, &what);
            assert!(saved::save_with_undo(&after) == text, "{what}: stored again");
            n_undone += all_by(&Action::Undo, &before).len() - 1;
            n_redone += all_by(&Action::Redo, &before).len() - 1;

            // What was stored is stored again when it has been gone through, or other edits were made.
            let mut rng = Rng::new(seed);
            let go_on = |now: Session, rng: &mut Rng| {
                (0..6).fold(now, |now, _| {
                    let change = draw_change(rng, &now);
                    now.update(pick(rng, &[Action::Undo, Action::Redo, Action::Undo, change]))
                })
            };
            let (old, new) = (go_on(before, &mut rng.clone()), go_on(after, &mut rng));
            bring_back_the_same(&old, &stored_and_restored(&new), &format!("{what}, gone on with"));
        }
    }
    assert!(800 < n_undone && 100 < n_redone, "{n_undone} undone, {n_redone} redone");
}

fn weight(value: f64) -> Action {
    edit(Edit::Param(Param::Weight { layer: 1, to: 0, from: 0 }, value))
}

/// Of a small network all that can be undone is stored.
#[test]
fn two_hundred_edits_of_a_trained_network_are_stored() {
    let mut now = session(&common::lesson(common::XOR));
    for k in 0..200 {
        now = now.update(Action::NextEpoch).update(weight(f64::from(k) / 256.0));
    }
    let text = saved::save_with_undo(&now);
    assert!(text.len() < 300_000, "{} bytes", text.len());
    let after = restored(&text);
    assert_eq!(all_by(&Action::Undo, &after).len(), 201);
    bring_back_the_same(&now, &after, "200 edits");
}

/// Data stand in the text once, whatever has been done with them; of weights as many as there is room for.
#[test]
fn the_digits_and_what_undo_brings_back_of_them_are_stored_within_bounds() {
    let digits = common::lesson(include_str!("../static/lessons/digits.json"));
    let size = |session: &Session| saved::save_with_undo(session).len() - saved::save(session).len();
    let rates =
        (1..=40).fold(session(&digits), |now, k| now.update(edit(Edit::LearningRate(f64::from(k) / 64.0))));
    assert!(size(&rates) < 20_000, "{} bytes for 40 rates", size(&rates));
    assert_eq!(all_by(&Action::Undo, &stored_and_restored(&rates)).len(), 41);

    // Each has its weights in the lesson, and the data of all are the first one's.
    let change = |k: usize| Action::Design { change: Change::Units { layer: 1, n: 8 + k }, continues: false };
    let designs = (0..40_usize).fold(session(&digits), |now, k| now.update(change(k)));
    assert!((100_000..=1_000_000).contains(&size(&designs)), "{} bytes for 40 designs", size(&designs));
    let (old, new) = (all_by(&Action::Undo, &designs), all_by(&Action::Undo, &stored_and_restored(&designs)));
    assert!((5..41).contains(&new.len()), "{} of 40 designs", new.len() - 1);
    for (old, new) in old.iter().zip(&new) {
        assert!(seen(old) == seen(new));
    }
}

/// A lesson that is too large leaves room for the session, and for what came after it.
#[test]
fn a_state_that_is_too_large_ends_what_is_stored() {
    let layer = r#"{"activation": "tanh", "units": 200, "init": {"scheme": "glorot_uniform"}}"#;
    let layers = format!("\"layers\": [{layer}, {layer}, {}]", layer.replace("200", "1"));
    let large = common::lesson(&format!(
        r#"{{"format": "chainrule-lesson", "version": 1, "network": {{"inputs": 2, {layers}}},
            "loss": "half_squared_error", "optimizer": {{"method": "sgd", "learning_rate": 0.05}},
            "data": {{"inputs": [[2, 3]], "targets": [[1]]}}}}"#
    ));
    let small = Rc::new(common::lesson(common::MAZUR));
    let now = session(&large).update(Action::Open(small)).update(weight(0.5));
    let after = stored_and_restored(&now);
    assert_eq!(all_by(&Action::Undo, &after).len(), 2);
    assert!(seen(&after) == seen(&now));
}

#[test]
fn damage_behind_the_session_costs_undo_only() {
    let mut rng = Rng::new(5);
    let before = wandered(&common::lesson(common::XOR), &mut Rng::new(2));
    let text = saved::save_with_undo(&before);
    let end = text.find(SEPARATOR).expect("something to undo");
    let n_states = all_by(&Action::Undo, &before).len();
    let mut n_lost = 0;
    let damaged = |rng: &mut Rng| {
        let (session, undo) = text.split_at(end);
        let mut undo = undo.as_bytes().to_vec();
        let at = 1 + below(rng, undo.len() - 1);
        match below(rng, 3) {
            0 => undo.truncate(at),
            1 => undo[at] = b'0' + below(rng, 10) as u8,
            _ => drop(undo.splice(at..at, [b','])),
        }
        format!("{session}{}", String::from_utf8_lossy(&undo))
    };
    for _ in 0..600 {
        let after = restored(&damaged(&mut rng));
        assert!(seen(&after) == seen(&before));
        // As far as there is something it works.
        let states = all_by(&Action::Undo, &after);
        n_lost += usize::from(states.len() < n_states);
        for action in [Action::Redo, Action::NextEpoch, Action::StepForward { coarser: true }] {
            for state in &states {
                let there = state.update(action.clone());
                assert!(common::update_numbers(there.moment().update()).iter().all(|x| x.is_finite()));
            }
        }
    }
    assert!(200 < n_lost, "{n_lost}");
}
