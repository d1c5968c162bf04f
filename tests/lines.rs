//! Stepping through a derivation line by line: which stops there are, and what is seen at them.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use backprop::mistakes::Mistake;
use backprop::network::{Param, UnitId};
use chainrule::explanation::{Detail, Explanation, derivation, explain_stretch};
use chainrule::lesson::Lesson;
use chainrule::lesson::quantity::Quantity;
use chainrule::moment::step::{Grain, Lines, Position, StepKind};
use chainrule::moment::time::Time;
use chainrule::session::saved::{restore, save, save_with_undo};
use chainrule::session::{Action, Edit, Session};
use common::{HMKCODE, MAZUR, edit, lesson, lessons, session};

const FORWARD: Action = Action::StepForward { coarser: false };
const BACK: Action = Action::StepBack { coarser: false };
const DETAIL: Detail = Detail { digits: 5, max_terms: 12 };

fn by_line(lesson: &Lesson) -> Session {
    session(lesson).update(Action::SetGrain(Grain::Term)).update(Action::SetByLine(true))
}

/// Right before the step of `kind`.
fn before(session: &Session, kind: StepKind) -> Session {
    let plan = &session.moment().plan;
    session.update(Action::JumpTo(plan.done(plan.find(kind, 0).unwrap() - 1)))
}

fn forward(session: &Session, n: usize) -> Session {
    (0..n).fold(session.clone(), |now, _| now.update(FORWARD))
}

fn explained(session: &Session) -> Explanation {
    explain_stretch(session.moment(), session.grain(), DETAIL)
}

fn shown_line(session: &Session) -> Option<(usize, usize)> {
    explained(session).line.map(|line| (line.number, line.of))
}

const W6: Param = Param::Weight { layer: 2, to: 0, from: 1 };
const H1: UnitId = UnitId { layer: 1, unit: 0 };

/// The lecture works ∂E/∂w₆ out on five lines and puts the numbers in on the sixth.
#[test]
fn the_lecture_s_lines_come_one_after_the_other_and_the_number_last() {
    let start = before(&by_line(&lesson(HMKCODE)), StepKind::Gradient(W6));
    let place = |now: &Session| (shown_line(now), now.moment().shown(Quantity::Gradient(W6)));
    for n in 1..=5 {
        let now = forward(&start, n);
        assert_eq!(place(&now), (Some((n, 6)), None), "line {n}");
        assert_eq!(explained(&now).check, None, "what is measured would tell the number");
    }
    let (line, number) = place(&forward(&start, 6));
    assert_eq!(line, None);
    assert!((number.unwrap() + 0.388_32).abs() < 1e-12);
    // Then comes the next step, the derivative by a hidden unit, with its first line.
    let next = forward(&start, 7);
    assert_eq!(next.moment().step().unwrap().kind, StepKind::ActivationGradient(H1));
    assert_eq!(shown_line(&next).unwrap().0, 1);
}

/// What stepping by lines adds are lines, before what a step by term shows of the same step anyway.
#[test]
fn lines_come_before_the_terms_of_a_derivative_and_nowhere_else() {
    let mut n_lines_seen = 0;
    for (name, lesson) in lessons() {
        let start = by_line(&lesson);
        let plain = start.update(Action::SetByLine(false));
        let (mut now, mut other) = (start, plain);
        let mut n_in_step = 0;
        while now.time() == Time::default() {
            let next = now.update(FORWARD);
            assert!(now.time() != next.time() || now.moment().position < next.moment().position, "{name}");
            assert_eq!(
                next.update(BACK).moment().position,
                now.moment().position,
                "{name}: forward and back"
            );
            let moment = next.moment();
            if let Lines::First(n) = moment.position.lines {
                n_in_step += 1;
                assert_eq!(n, n_in_step, "{name}");
                let step = moment.step().unwrap();
                assert!(step.kind.derives(), "{name}, {step:?}");
                let result = explained(&next).equations.pop().unwrap().result;
                assert_eq!(moment.shown(result), None, "{name}, {step:?}");
                n_lines_seen += 1;
            } else {
                if 0 < n_in_step {
                    assert_eq!(n_in_step, derivation(moment, DETAIL).len(), "{name}, {:?}", moment.step());
                }
                n_in_step = 0;
                other = other.update(FORWARD);
                assert_eq!(other.moment().position, moment.position, "{name}");
            }
            now = next;
        }
    }
    assert!(500 < n_lines_seen, "{n_lines_seen}");
}

#[test]
fn by_any_other_grain_a_derivative_is_one_step() {
    let start = before(&by_line(&lesson(HMKCODE)), StepKind::Gradient(W6));
    let within = forward(&start, 3);
    for grain in [Grain::Unit, Grain::Layer, Grain::Phase] {
        let set = |session: &Session| session.update(Action::SetGrain(grain));
        let by_grain = set(&start).update(FORWARD);
        assert_eq!(by_grain.moment().position.lines, Lines::All);
        assert_eq!(
            by_grain.moment().position,
            set(&start.update(Action::SetByLine(false))).update(FORWARD).moment().position
        );
        // From within a derivation one comes to its end.
        assert_eq!(set(&within).update(FORWARD).moment().position, by_grain.moment().position);
    }
    // So does one press of the next coarser grain.
    let coarser = within.update(Action::StepForward { coarser: true });
    assert_eq!(coarser.moment().position, forward(&start, 6).moment().position);
    let back = within.update(Action::StepBack { coarser: true });
    assert_eq!(back.moment().position, start.moment().position);
}

#[test]
fn once_the_lines_are_closed_the_step_is_whole() {
    let within = forward(&before(&by_line(&lesson(HMKCODE)), StepKind::Gradient(W6)), 2);
    let closed = within.update(Action::SetByLine(false));
    let plan = &closed.moment().plan;
    assert_eq!(closed.moment().position, plan.done(plan.find(StepKind::Gradient(W6), 0).unwrap()));
    // Undo does not bring back a part of what nobody sees.
    let edited = within.update(edit(Edit::Param(W6, 0.3)));
    assert_eq!(edited.moment().position, within.moment().position, "an edit stays at the line");
    let undone = edited.update(Action::SetByLine(false)).update(Action::Undo);
    assert_eq!(undone.moment().position, closed.moment().position);
    assert_eq!(edited.update(Action::Undo).moment().position, within.moment().position);
}

/// Of a derivation that gets shorter, as by a mistake, no line is shown that it has not.
#[test]
fn an_edit_that_takes_lines_away_leaves_the_last_one() {
    let last = |session: &Session| {
        let line = shown_line(session).unwrap();
        (line, session.moment().position)
    };
    let start = before(&by_line(&lesson(MAZUR)), StepKind::Delta(H1));
    let n = derivation(forward(&start, 1).moment(), DETAIL).len();
    let at_last = forward(&start, n);
    assert_eq!(last(&at_last).0, (n, n + 1));
    let shorter = at_last.update(edit(Edit::Mistake(Mistake::NoSlope, true)));
    let ((line, of), position) = last(&shorter);
    assert!(of < n + 1, "{of} lines");
    assert_eq!((line, position.n_lines()), (of - 1, Some(of - 1)));
    assert_eq!(shorter.update(FORWARD).update(BACK).moment().position, position);
}

#[test]
fn a_line_is_spoken_with_its_rule_and_the_first_one_with_the_question() {
    let start = before(&by_line(&lesson(HMKCODE)), StepKind::Gradient(W6));
    let spoken = |n| {
        let now = forward(&start, n);
        explained(&now).spoken(now.moment(), 5)
    };
    assert_eq!(
        spoken(1),
        "Backward, step 3 of 9, line 1 of 6. How does the error change with w 6? the derivative of E by w 6, \
         equals the derivative of E by out, times the derivative of out by w 6. Chain rule: w 6 acts on E step by \
         step; the derivatives of the steps are multiplied."
    );
    assert_eq!(
        spoken(5),
        "Backward, step 3 of 9, line 5 of 6. the derivative of E by w 6, equals delta times h 2. By name: delta \
         stands for d E by d out."
    );
    assert!(spoken(6).starts_with("Backward, step 3 of 9. How does the error change with w 6?"));
}

#[test]
fn the_latex_of_some_lines_ends_with_the_last_of_them() {
    let now = forward(&before(&by_line(&lesson(HMKCODE)), StepKind::Gradient(W6)), 1);
    let mut lines = derivation(now.moment(), DETAIL);
    lines.truncate(1);
    assert_eq!(
        explained(&now).latex(&lines, now.moment(), 5),
        r"\begin{align*}
\frac{\partial E}{\partial w_{6}} &= \frac{\partial E}{\partial \mathrm{out}} \cdot \frac{\partial \mathrm{out}}{\partial w_{6}}
\end{align*}
"
    );
}

/// What was stored before there were lines has no word of them: its steps are whole.
#[test]
fn sessions_are_stored_with_their_lines_and_older_ones_are_whole() {
    let start = before(&by_line(&lesson(HMKCODE)), StepKind::Gradient(W6));
    for n in 1..=6 {
        let now = forward(&start, n);
        let stored = save(&now);
        let back = restore(&stored).unwrap();
        assert_eq!(back.moment().position, now.moment().position);
        assert!(back.settings().by_line);
        let field = format!(r#""lines":{n},"#);
        assert_eq!(stored.matches(&field).count(), usize::from(n < 6), "{stored}");
        let older = restore(&stored.replace(&field, "").replace(r#""by_line":1,"#, "")).unwrap();
        assert!(!older.settings().by_line);
        assert_eq!(older.moment().position, forward(&start, 6).moment().position);
        // What undo brings back as well.
        let edited = now.update(edit(Edit::Param(W6, 0.3)));
        let undone = restore(&save_with_undo(&edited)).unwrap().update(Action::Undo);
        assert_eq!(undone.moment().position, now.moment().position);
    }
    // More lines than there are.
    let stored = save(&forward(&start, 2)).replace(r#""lines":2,"#, r#""lines":18446744073709551615,"#);
    let back = restore(&stored).unwrap();
    assert_eq!(back.moment().position, Position { lines: Lines::First(5), ..back.moment().position });
}
