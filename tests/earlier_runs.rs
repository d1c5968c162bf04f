//! Earlier runs that the curve keeps: named by what they were learned with, a few of them, of this model only.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::expect_used)]

mod common;

use std::rc::Rc;

use backprop::activation::Activation;
use backprop::network::Param;
use chainrule::run::LossCurve;
use chainrule::run::earlier::{EarlierRun, EarlierRuns, MAX_EARLIER};
use chainrule::session::design::Change;
use chainrule::session::{Action, Edit, Session, saved};

use common::{edit, lesson, session};

const W5: Param = Param::Weight { layer: 2, to: 0, from: 0 };

fn hmkcode() -> Session {
    session(&lesson(common::HMKCODE))
}

fn after(session: &Session, actions: impl IntoIterator<Item = Action>) -> Session {
    actions.into_iter().fold(session.clone(), |now, action| now.update(action))
}

fn epochs(n: usize) -> impl Iterator<Item = Action> {
    std::iter::repeat_n(Action::NextEpoch, n)
}

fn rate(rate: f64) -> Action {
    edit(Edit::LearningRate(rate))
}

/// The run at another learning rate, from the start.
fn again(rate_of_it: f64) -> impl Iterator<Item = Action> {
    [Action::ResetWeights, rate(rate_of_it)].into_iter().chain(epochs(3))
}

fn names(session: &Session) -> Vec<String> {
    session.earlier().iter().map(|run| run.full_name()).collect()
}

#[test]
fn runs_are_named_by_what_they_were_learned_with() {
    let first = after(&hmkcode(), epochs(3));
    let now = after(&first, again(0.1).chain(again(0.2)));
    assert_eq!(names(&now), ["run 1: a 0.05", "run 2: a 0.1"]);
    assert_eq!(now.earlier()[0].losses, *first.losses());

    let edited = after(&hmkcode(), [edit(Edit::Param(W5, 2.0))].into_iter().chain(epochs(2)));
    let later = after(&edited, [rate(0.1)].into_iter().chain(epochs(2)));
    assert_eq!(names(&later.update(Action::Reset)), ["run 1: a 0.05, w₅ 2, a 0.05 → 0.1 at epoch 2"]);
    let more = after(&later, [rate(0.2)].into_iter().chain(epochs(1)).chain([Action::Reset]));
    assert_eq!(names(&more), ["run 1: a 0.05, w₅ 2, 2 edits"]);
}

#[test]
fn what_an_edit_cuts_off_is_kept_and_what_goes_on_is_not() {
    let run = after(&hmkcode(), epochs(5));
    // At the front the curve shows all that there was.
    assert_eq!(names(&run.update(rate(0.1))), [""; 0]);
    let cut = after(&run, [Action::GoToEpoch(2), rate(0.1)]);
    assert_eq!(names(&cut), ["run 1: a 0.05"]);
    assert_eq!(cut.earlier()[0].losses, *run.losses());
    assert_eq!(names(&cut.update(Action::Undo)), [""; 0]);

    // The same again, as long or shorter, is no other run; longer, it takes its place.
    let same = |n| [Action::Reset].into_iter().chain(epochs(n));
    let twice = after(&run, same(5).chain(same(3)).chain([Action::Reset]));
    assert_eq!(twice.earlier().len(), 1);
    let longer = after(&twice, epochs(7).chain([Action::Reset]));
    assert_eq!(longer.earlier().iter().map(|run| run.losses.points().len()).collect::<Vec<_>>(), [8]);
}

#[test]
fn a_few_are_kept_each_with_a_stroke_of_its_own() {
    let rates = [0.1, 0.2, 0.3, 0.02, 0.03, 0.04, 0.06, 0.07];
    let mut now = after(&hmkcode(), epochs(3));
    for (k, rate) in rates.into_iter().enumerate() {
        now = after(&now, again(rate));
        assert_eq!(now.earlier().len(), (k + 1).min(MAX_EARLIER));
        strokes_differ(&now);
    }
    assert_eq!(names(&now), ["run 5: a 0.02", "run 6: a 0.03", "run 7: a 0.04", "run 8: a 0.06"]);

    let removed = now.update(Action::RemoveEarlier(6));
    assert_eq!(names(&removed), ["run 5: a 0.02", "run 7: a 0.04", "run 8: a 0.06"]);
    let undone = removed.update(Action::Undo);
    assert_eq!(names(&undone), names(&now));
    assert_eq!(names(&undone.update(Action::Redo)), names(&removed));
    // There is no run 6 any more: nothing is to be taken back.
    assert_eq!(names(&removed.update(Action::RemoveEarlier(6)).update(Action::Undo)), names(&now));
    let next = after(&removed, again(0.08));
    assert_eq!(next.earlier().len(), MAX_EARLIER);
    // The others keep theirs, so that the new one has what has become free.
    assert_eq!(names(&next)[..3], names(&removed)[..]);
    strokes_differ(&next);
}

fn strokes_differ(session: &Session) {
    let mut strokes: Vec<usize> = session.earlier().iter().map(|run| run.stroke()).collect();
    strokes.sort_unstable();
    strokes.dedup();
    assert_eq!(strokes.len(), session.earlier().len());
    assert!(strokes.iter().all(|stroke| *stroke < MAX_EARLIER));
}

#[test]
fn runs_of_another_model_are_not_compared() {
    let now = after(&hmkcode(), epochs(3).chain(again(0.1)));
    assert_eq!(now.earlier().len(), 1);
    let change = Change::Activation { layer: 1, activation: Activation::Tanh };
    let tanh = now.update(Action::Design { change, continues: false });
    assert_eq!(names(&tanh), [""; 0]);
    assert_eq!(names(&tanh.update(Action::Undo)), names(&now));
    let other = Rc::new(lesson(common::XOR));
    assert_eq!(names(&now.update(Action::Open(other))), [""; 0]);
}

#[test]
fn earlier_runs_are_stored_also_those_that_undo_brings_back() {
    let now = after(&hmkcode(), epochs(3).chain(again(0.1)).chain(again(0.2)).chain(again(0.3)));
    let stored = saved::restore(&saved::save_with_undo(&now)).expect("a stored session");
    assert_eq!(stored.earlier(), now.earlier());
    assert!(saved::save_with_undo(&stored) == saved::save_with_undo(&now));
    let (mut old, mut new) = (now, stored);
    while old.can_undo() {
        (old, new) = (old.update(Action::Undo), new.update(Action::Undo));
        assert_eq!(new.earlier(), old.earlier());
    }
    assert!(!new.can_undo());
}

#[test]
fn what_cannot_be_is_not_read() {
    let run = |number| EarlierRun::new(number, "a 0.05", LossCurve::new());
    let can_be = |numbers: &[u64]| EarlierRuns::new(numbers.iter().copied().map(run).collect()).is_some();
    assert!(can_be(&[]) && can_be(&[1]) && can_be(&[2, 3, 4, 5]));
    for wrong in [&[0][..], &[2, 1], &[1, 1], &[1, 5], &[1, 2, 3, 4, 6], &[u64::MAX]] {
        assert!(!can_be(wrong), "{wrong:?}");
    }
    assert_eq!(EarlierRun::new(1, &"a".repeat(1_000), LossCurve::new()).name.len(), 120);
}
