//! Edits in the middle of a run leave marks on it, which go and come with them.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::expect_used)]

mod common;

use backprop::network::Param;
use backprop::trace::UpdateOrder;
use chainrule::lesson::Lesson;
use chainrule::run::Mark;
use chainrule::session::{Action, Edit, Session, saved};
use chainrule::text::format;

use common::{edit, lesson, lessons, session, shown};

const W5: Param = Param::Weight { layer: 2, to: 0, from: 0 };
const W6: Param = Param::Weight { layer: 2, to: 0, from: 1 };
const DIGITS: u8 = 5;

fn marks(session: &Session) -> Vec<(u64, String)> {
    let names = &session.moment().names;
    session.marks().iter().map(|mark| (mark.time.epoch, mark.text(names, DIGITS))).collect()
}

fn after(session: &Session, actions: impl IntoIterator<Item = Action>) -> Session {
    actions.into_iter().fold(session.clone(), |now, action| now.update(action))
}

fn epochs(n: usize) -> impl Iterator<Item = Action> {
    std::iter::repeat_n(Action::NextEpoch, n)
}

fn drag(edit: Edit) -> Action {
    Action::Edit { edit, continues: true }
}

fn hmkcode() -> Session {
    session(&lesson(common::HMKCODE))
}

fn shown_weight(session: &Session, param: Param) -> String {
    format::number(session.moment().network().params.at(param), DIGITS)
}

#[test]
fn an_edit_leaves_what_it_has_changed_at_its_epoch() {
    let learned = after(&hmkcode(), epochs(3));
    let w5 = shown_weight(&learned, W5);
    let edited = after(&learned, [edit(Edit::Param(W5, 2.0))]);
    assert_eq!(marks(&edited), [(3, format!("w₅ {w5} → 2"))]);

    // A gesture is one change, from where it began; several changes at one time are one mark.
    let w6 = shown_weight(&edited, W6);
    let more = [
        drag(Edit::Param(W5, 2.5)),
        edit(Edit::LearningRate(0.6)),
        edit(Edit::Param(W6, -1.0)),
        drag(Edit::Param(W6, -2.0)),
    ];
    let edited = after(&edited, more);
    assert_eq!(marks(&edited), [(3, format!("w₅ {w5} → 2.5, w₆ {w6} → −2, a 0.05 → 0.6"))]);
    let edited = after(&edited, [edit(Edit::Target { sample: 0, unit: 0, value: 0.5 })]);
    assert_eq!(marks(&edited), [(3, format!("w₅ {w5} → 2.5, w₆ {w6} → −2, a 0.05 → 0.6 and 1 more"))]);

    // What has become what it was is none.
    let value = learned.moment().network().params.at(W5);
    let there = after(&learned, [edit(Edit::Param(W5, 2.0)), edit(Edit::Param(W5, value))]);
    assert_eq!(marks(&there), []);

    // The start has no mark: nothing of the run was before it.
    assert_eq!(marks(&after(&hmkcode(), [edit(Edit::LearningRate(0.6))])), []);
}

#[test]
fn marks_stand_in_the_order_of_the_run_and_those_of_a_lost_future_go() {
    let rate = |rate| edit(Edit::LearningRate(rate));
    let run =
        after(&hmkcode(), epochs(2).chain([rate(0.1)]).chain(epochs(2)).chain([rate(0.2)]).chain(epochs(2)));
    let (first, second) = ((2, "a 0.05 → 0.1".to_owned()), (4, "a 0.1 → 0.2".to_owned()));
    assert_eq!(marks(&run), [first.clone(), second]);
    // To look at the past changes nothing; to edit it does.
    let past = run.update(Action::GoToEpoch(3));
    assert_eq!(marks(&past), marks(&run));
    assert_eq!(marks(&past.update(rate(0.3))), [first, (3, "a 0.1 → 0.3".to_owned())]);
    for reset in [Action::Reset, Action::ResetWeights, Action::Open(run.start().clone())] {
        assert_eq!(marks(&run.update(reset)), []);
    }
}

#[test]
fn data_and_rules_are_told_by_their_names() {
    let one = |name: &str, change: Edit| {
        let start = session(&lesson(name));
        let told = marks(&after(&start, epochs(1).chain([edit(change)])));
        assert_eq!(told.len(), 1, "{name}, {change:?}");
        told[0].1.clone()
    };
    assert_eq!(one(common::HMKCODE, Edit::Target { sample: 0, unit: 0, value: 0.5 }), "target 1 → 0.5");
    assert_eq!(one(common::HMKCODE, Edit::Input { sample: 0, unit: 1, value: -1.0 }), "i₂ 3 → −1");
    assert_eq!(
        one(common::HMKCODE, Edit::UpdateOrder(UpdateOrder::LayerByLayer)),
        "update order → layer by layer"
    );
    assert_eq!(one(common::HMKCODE, Edit::AddSample), "samples 1 → 2");
    let xor = Edit::Target { sample: 2, unit: 0, value: 0.25 };
    assert!(one(common::XOR, xor).starts_with("sample 3: "), "{}", one(common::XOR, xor));
}

/// For every lesson: undo takes the mark away and leaves the session as it was to the bit, redo brings it back,
/// and what was stored comes back with the same marks, also by undo.
#[test]
fn marks_go_and_come_with_their_edits() {
    for (name, lesson) in lessons() {
        check(name, &lesson);
    }
}

fn check(name: &str, lesson: &Lesson) {
    let first = Param::Weight { layer: 1, to: 0, from: 0 };
    let start = session(lesson);
    let rate = lesson.rule.optimizer.learning_rate();
    let before = after(&start, epochs(2).chain([edit(Edit::LearningRate(rate / 2.0))]).chain(epochs(2)));
    let stepped = after(&before, [Action::StepForward { coarser: true }]);
    let edited = after(&stepped, [edit(Edit::Param(first, 0.123)), Action::StepForward { coarser: false }]);
    assert_eq!((before.marks().len(), edited.marks().len()), (1, 2), "{name}");
    assert_eq!(edited.marks()[0], before.marks()[0], "{name}");

    let undone = edited.update(Action::Undo);
    assert_eq!(undone.marks(), stepped.marks(), "{name}");
    assert!(shown(undone.moment()) == shown(stepped.moment()), "{name}");
    assert!(saved::save(&undone) == saved::save(&stepped), "{name}");
    let redone = undone.update(Action::Redo);
    assert!(saved::save(&redone) == saved::save(&edited), "{name}");
    assert_eq!(redone.marks(), edited.marks(), "{name}");

    let stored = saved::restore(&saved::save_with_undo(&edited)).expect("a stored session");
    assert_eq!(stored.marks(), edited.marks(), "{name}");
    assert_eq!(stored.update(Action::Undo).marks(), before.marks(), "{name}");
    let once: Vec<Mark> = after(&stored, [Action::Undo, Action::Redo]).marks().to_vec();
    assert_eq!(once, edited.marks(), "{name}");
}

/// Sessions that were stored before there were marks: what the lesson tells is told.
#[test]
fn sessions_that_were_stored_without_marks_have_those_of_their_lessons() {
    let restored = saved::restore(include_str!("cases/stored-v1-adam.json")).expect("a stored session");
    assert_eq!(marks(&restored), [(9, "β₁ 0.9 → 0.5".to_owned())]);
}
