//! `Session::update` is a function: the same action on the same session gives the same, whatever other
//! copies have done and whatever has been looked at meanwhile.

#![cfg(not(target_arch = "wasm32"))]

mod common;

use backprop::rng::Rng;
use chainrule::lesson::Lesson;
use chainrule::session::saved::save;
use chainrule::session::{Action, Pace, RunSettings, Session};
use common::{below, draw_edit, draw_move, edit, lessons, pick, session, shown};

/// Data that go through the kernel in several blocks: a slice may end within an update.
fn in_blocks() -> Vec<(&'static str, Lesson)> {
    let lesson = |more: &str| {
        common::lesson(&format!(
            r#"{{"format": "chainrule-lesson", "version": 1, "network": {{"inputs": 2, "layers": [
                {{"activation": "tanh", "units": 3, "init": {{"scheme": "glorot_uniform", "seed": 1}}}},
                {{"activation": "sigmoid", "units": 1, "init": {{"scheme": "glorot_uniform", "seed": 2}}}}]}},
            "loss": "binary_cross_entropy", "optimizer": {{"method": "sgd", "learning_rate": 0.5}},
            "data": {{"generator": "moons", "samples": 250, "noise": 0.1, "held_out": 0.3}} {more}}}"#
        ))
    };
    vec![
        ("moons", lesson("")),
        ("moons, shuffled", lesson(r#", "shuffle": 1"#)),
        ("moons in batches, shuffled", lesson(r#", "batch_size": 70, "shuffle": 2"#)),
        ("moons layer by layer", lesson(r#", "batch_size": 70, "update_order": "layer_by_layer""#)),
    ]
}

fn draw_action(rng: &mut Rng, now: &Session, work: u64) -> Action {
    let slice = Action::RunSlice { work: 1 + rng.next_u64() % work, updates: pick(rng, &[1, 2, u64::MAX]) };
    match below(rng, 20) {
        0 => edit(draw_edit(rng, now)),
        1 => pick(rng, &[Action::Undo, Action::Redo, Action::Reset, Action::ResetWeights]),
        2 => Action::SetRun(RunSettings {
            pace: pick(rng, &[None, Some(Pace::Full), Some(Pace::Epochs(500))]),
            loss_below: pick(rng, &[None, Some(0.1)]),
            when_solved: pick(rng, &[false, true]),
        }),
        3..6 => Action::RunEpochs(1 + below(rng, 20) as u64),
        6..13 => slice,
        _ => draw_move(rng, now),
    }
}

/// Everything that can be seen of a session; with `update`, also every number of the update that it
/// shows, which makes it.
fn assert_same(left: &Session, right: &Session, update: bool, what: &str) {
    assert_eq!(left.time(), right.time(), "{what}");
    assert_eq!(left.moment().position, right.moment().position, "{what}");
    assert_eq!(left.playback(), right.playback(), "{what}");
    assert_eq!(left.notice(), right.notice(), "{what}");
    assert_eq!(left.outcome(), right.outcome(), "{what}");
    assert_eq!(left.settings(), right.settings(), "{what}");
    assert_eq!(left.losses().points(), right.losses().points(), "{what}");
    assert_eq!(left.earlier(), right.earlier(), "{what}");
    assert_eq!(left.marks(), right.marks(), "{what}");
    assert_eq!((left.can_undo(), left.can_redo()), (right.can_undo(), right.can_redo()), "{what}");
    assert!(save(left) == save(right), "{what}");
    if update {
        assert!(shown(left.moment()) == shown(right.moment()), "{what}");
        assert_eq!(left.loss().to_bits(), right.loss().to_bits(), "{what}");
    }
}

#[test]
fn an_action_twice_on_the_same_session_gives_the_same() {
    for (name, lesson) in lessons().into_iter().chain(in_blocks()) {
        let work = 4 * lesson.data.train.len() as u64;
        for seed in 0..6 {
            let mut rng = Rng::new(seed);
            let mut now = session(&lesson);
            for k in 0..100 {
                let action = draw_action(&mut rng, &now, work);
                let what = format!("{name}, seed {seed}, action {k}: {action:?}");
                let first = now.update(action.clone());
                // The first one goes on, or is looked at, before the other one begins.
                let mut ahead = first.clone();
                for _ in 0..below(&mut rng, 4) {
                    let next = draw_action(&mut rng, &ahead, work);
                    ahead = ahead.update(next);
                }
                let second = now.update(action);
                assert_same(&first, &second, below(&mut rng, 3) == 0, &what);
                now = pick(&mut rng, &[first, second]);
            }
        }
    }
}

/// Of two copies of a run within an update, both go on from there.
#[test]
fn a_copy_goes_on_from_within_an_update() {
    for (name, lesson) in in_blocks() {
        let start = session(&lesson).update(Action::RunEpochs(3));
        let within = start.update(Action::RunSlice { work: 200, updates: u64::MAX });
        let slice = Action::RunSlice { work: 1_000, updates: u64::MAX };
        let (first, second) = (within.update(slice.clone()), within.update(slice.clone()));
        assert!(within.time() < first.time(), "{name}");
        assert_same(&first, &second, true, name);
        assert_same(&first.update(slice.clone()), &second.update(slice), true, name);
    }
}
