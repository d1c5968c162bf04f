//! Asking first: what is told at a question and at its answer, and what counts.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use backprop::network::Param;
use chainrule::explanation::{Detail, asked_quantity, explain_stretch, question};
use chainrule::lesson::Lesson;
use chainrule::lesson::quantity::Quantity;
use chainrule::moment::step::{Grain, Lines, Position};
use chainrule::moment::time::Time;
use chainrule::moment::{ASKED, Moment, Told};
use chainrule::session::saved::{restore, save, save_with_undo};
use chainrule::session::{Action, Edit, HINTS, Score, Session};
use common::{FOUR_POINTS, HMKCODE, MAZUR, edit, lesson, lessons, session, shown};

const FORWARD: Action = Action::StepForward { coarser: false };
const BACK: Action = Action::StepBack { coarser: false };
const W5: Param = Param::Weight { layer: 2, to: 0, from: 0 };

fn asking(lesson: &Lesson) -> Session {
    session(lesson).update(Action::SetAsksFirst(true))
}

fn forward(session: &Session, n: usize) -> Session {
    (0..n).fold(session.clone(), |now, _| now.update(FORWARD))
}

fn answer(session: &Session, typed: &str) -> Session {
    session.update(Action::Answer(typed.to_owned()))
}

fn score(session: &Session) -> (u32, u32, u32) {
    let Score { answered, right, at_once, .. } = session.score();
    (answered, right, at_once)
}

fn n_told(moment: &Moment) -> usize {
    let per_param = |param| {
        [
            Quantity::Gradient(param),
            Quantity::MeanGradient(param),
            Quantity::Step(param),
            Quantity::New(param),
        ]
    };
    let params = moment.network().param_list().into_iter().filter(|param| moment.learns(*param));
    let params = params.flat_map(per_param);
    let units = (1..=moment.network().n_layers()).flat_map(|layer| moment.network().units(layer));
    let per_unit = |id| [Quantity::Sum(id), Quantity::Activation(id), Quantity::Delta(id)];
    let all = params.chain(units.flat_map(per_unit)).chain([Quantity::Loss, Quantity::BatchLoss]);
    all.filter(|quantity| moment.shown(*quantity).is_some()).count()
}

/// With it there are two stops for each one without: the first tells what the one before has told.
#[test]
fn each_step_has_two_halves_the_first_of_which_tells_nothing_new() {
    for (name, lesson) in [HMKCODE, MAZUR, FOUR_POINTS]
        .map(|text| ("lecture", common::lesson(text)))
        .into_iter()
        .chain(lessons())
    {
        let (mut now, mut plain) = (asking(&lesson), session(&lesson));
        while plain.time() == Time::default() {
            let next = plain.update(FORWARD);
            if next.time() != Time::default() {
                break;
            }
            let asked = now.update(FORWARD);
            assert!(asked.moment().is_asking(), "{name}");
            assert_eq!(asked.moment().position, next.moment().position, "{name}");
            // Of another sample nothing is told yet, and the batch's derivatives are others than a sample's.
            if next.moment().sample() == plain.moment().sample()
                && next.moment().shows_means() == plain.moment().shows_means()
            {
                assert_eq!(
                    n_told(asked.moment()),
                    n_told(plain.moment()),
                    "{name}: {:?}",
                    next.moment().step()
                );
            }
            let quantity = asked_quantity(asked.moment()).unwrap();
            assert_eq!(asked.moment().told_of(quantity), Some(Told::Asked), "{name}");
            assert_eq!(asked.moment().shown_text(quantity, 5).as_deref(), Some(ASKED));
            let told = asked.update(FORWARD);
            assert!(shown(told.moment()) == shown(next.moment()), "{name}");
            assert!(
                shown(told.update(BACK).moment()) == shown(asked.moment()),
                "{name}: back to the question"
            );
            assert!(
                shown(asked.update(BACK).moment()) == shown(now.moment()),
                "{name}: back to the answer before"
            );
            (now, plain) = (told, next);
        }
    }
}

/// E stands in the bar of the curve and at its point: before the pass has come to it in neither.
#[test]
fn the_loss_is_told_once_the_pass_has_come_to_it() {
    for text in [HMKCODE, MAZUR, FOUR_POINTS] {
        let lesson = lesson(text);
        assert!(session(&lesson).tells_loss());
        let mut now = asking(&lesson);
        for _ in 0..2 {
            let time = now.time();
            while now.time() == time {
                let is_there = now.moment().is_reached(Quantity::BatchLoss);
                assert_eq!(now.tells_loss(), is_there);
                now = now.update(FORWARD);
            }
            assert!(!now.tells_loss(), "a new epoch has a new loss");
        }
    }
}

#[test]
fn what_is_said_of_a_question_tells_nothing() {
    for (name, lesson) in lessons() {
        for grain in Grain::ALL {
            let mut now = asking(&lesson).update(Action::SetGrain(grain)).update(FORWARD);
            while now.time() == Time::default() {
                let moment = now.moment();
                if moment.is_asking() {
                    let detail = Detail { digits: 5, max_terms: 12 };
                    let asked = question(explain_stretch(moment, grain, detail), moment);
                    assert_eq!((asked.why.as_str(), asked.check, asked.effect), ("", None, None));
                    assert!(asked.equations.iter().all(|equation| equation.partial.is_none()));
                }
                now = now.update(FORWARD);
            }
            let detail = Detail { digits: 15, max_terms: 12 };
            let ready = question(explain_stretch(now.moment(), grain, detail), now.moment());
            let loss = now.moment().text(Quantity::BatchLoss, 5).unwrap();
            assert!(!ready.why.contains(&loss), "{name}: {}", ready.why);
        }
    }
}

/// ∂E/∂w₆ is asked for before its first line, which the lecture's five follow.
#[test]
fn by_term_a_number_is_asked_for_before_its_first_term_or_line() {
    let by_term = asking(&lesson(MAZUR)).update(Action::SetGrain(Grain::Term));
    let stops: Vec<(bool, usize)> = (1..=5)
        .map(|n| forward(&by_term, n))
        .map(|now| (now.moment().is_asking(), now.moment().position.terms))
        .collect();
    // i₁ w₁ + i₂ w₂ + b₁, then the sigmoid.
    assert_eq!(stops, [(true, 1), (false, 1), (false, 2), (false, 3), (true, 1)]);
    let by_line =
        asking(&lesson(HMKCODE)).update(Action::SetGrain(Grain::Term)).update(Action::SetByLine(true));
    let plan = &by_line.moment().plan;
    let w6 = plan
        .find(chainrule::moment::step::StepKind::Gradient(Param::Weight { layer: 2, to: 0, from: 1 }), 0)
        .unwrap();
    let question = by_line.update(Action::JumpTo(plan.done(w6)));
    assert!(question.moment().is_asking());
    let lines = |now: &Session| (now.moment().is_asking(), now.moment().position.lines);
    assert_eq!(lines(&question), (true, Lines::First(1)));
    for n in 1..=5 {
        assert_eq!(lines(&forward(&question, n)), (false, Lines::First(n)));
    }
    assert_eq!(lines(&forward(&question, 6)), (false, Lines::All));
    assert_eq!(lines(&forward(&question, 7)), (true, Lines::First(1)));
    // Who answers right is told all of it.
    assert_eq!(lines(&answer(&question, "-0.38832")), (false, Lines::All));
}

#[test]
fn by_layer_and_phase_all_of_it_is_asked_for() {
    let lesson = lesson(MAZUR);
    for (grain, n_asked) in [(Grain::Layer, 4), (Grain::Phase, 8)] {
        let now = asking(&lesson).update(Action::SetGrain(grain)).update(FORWARD);
        let units = (1..=2).flat_map(|layer| now.moment().network().units(layer).collect::<Vec<_>>());
        let all = units.flat_map(|id| [Quantity::Sum(id), Quantity::Activation(id)]);
        assert_eq!(all.filter(|quantity| now.moment().is_asked(*quantity)).count(), n_asked);
        assert_eq!(n_told(now.moment()), 0);
        assert_eq!(n_told(now.update(FORWARD).moment()), n_asked);
    }
}

#[test]
fn who_jumps_to_a_step_comes_to_its_question_and_the_end_of_a_phase_asks_for_its_last_number() {
    let start = asking(&lesson(HMKCODE));
    let plan = start.moment().plan.clone();
    let jumped = start.update(Action::JumpTo(plan.done(7)));
    assert!(jumped.moment().is_asking());
    assert_eq!(jumped.moment().told(), plan.done(6));
    let end = start.update(Action::EndOfPhase);
    assert_eq!((end.moment().told(), end.moment().position), (plan.done(2), plan.done(3)));
    // From the question of the last step of a phase its end is the answer.
    let told = end.update(Action::EndOfPhase);
    assert_eq!((told.moment().is_asking(), told.moment().position), (false, plan.done(3)));
    let bookmark = start.update(Action::GoToBookmark(3));
    assert!(bookmark.moment().is_asking());
}

#[test]
fn an_edit_an_undo_and_another_grain_leave_the_question_open() {
    let question = forward(&asking(&lesson(HMKCODE)), 11);
    assert!(question.moment().is_asking());
    let edited = question.update(edit(Edit::Param(W5, 0.5)));
    assert!(edited.moment().is_asking());
    assert_eq!(edited.moment().position, question.moment().position);
    let undone = edited.update(Action::Undo);
    assert!(shown(undone.moment()) == shown(question.moment()));
    let coarser = question.update(Action::SetGrain(Grain::Layer));
    assert!(coarser.moment().is_asking());
    // The layer of the output: Δ, ∂E/∂w₅, ∂E/∂w₆.
    assert_eq!(coarser.moment().told(), coarser.moment().plan.done(4));
    // Undone from elsewhere, and from an answer.
    let answered = edited.update(FORWARD).update(Action::NextEpoch);
    assert!(shown(answered.update(Action::Undo).moment()) == shown(question.moment()));
    // Who does not ask any more is told.
    let off = question.update(Action::SetAsksFirst(false));
    assert!(!off.moment().is_asking() && off.tells_loss());
    assert!(!answered.update(Action::SetAsksFirst(false)).update(Action::Undo).moment().is_asking());
}

#[test]
fn a_question_comes_back_from_storage_with_the_score_of_the_round() {
    for grain in Grain::ALL {
        let start = asking(&lesson(MAZUR)).update(Action::SetGrain(grain));
        let question = forward(&answer(&forward(&start, 1), "123.4"), 2);
        assert_eq!(score(&question), (1, 0, 0));
        for text in [save(&question), save_with_undo(&question)] {
            let restored = restore(&text).unwrap();
            assert!(shown(restored.moment()) == shown(question.moment()), "{grain:?}");
            assert_eq!(score(&restored), (1, 0, 0));
        }
        let edited = question.update(edit(Edit::Param(W5, 0.5)));
        let undone = restore(&save_with_undo(&edited)).unwrap().update(Action::Undo);
        assert!(shown(undone.moment()) == shown(question.moment()), "{grain:?}, undone");
    }
}

#[test]
fn a_right_answer_tells_the_number_and_a_wrong_one_does_not() {
    // h₁ = 2 · 0.11 + 3 · 0.21 = 0.85.
    let question = forward(&asking(&lesson(HMKCODE)), 1);
    let wrong = answer(&question, "0.84");
    assert!(wrong.moment().is_asking());
    assert_eq!(score(&wrong), (1, 0, 0));
    let right = answer(&wrong, " 0.85 ");
    assert!(!right.moment().is_asking());
    assert_eq!(score(&right), (1, 1, 0));
    assert_eq!(score(&answer(&question, "0.85")), (1, 1, 1));
    // After a hint it was not at once, and what is no number is no answer.
    assert_eq!(score(&answer(&question.update(Action::Hint), "0.85")), (1, 1, 0));
    assert_eq!(score(&answer(&answer(&question, "h"), "0.85")), (1, 1, 1));
    assert!(answer(&question, "h").turn().answer.as_ref().unwrap().1.is_err());
    // An answer where nothing is asked changes nothing; a new question has a new turn.
    assert_eq!(score(&answer(&right, "0.85")), (1, 1, 0));
    let next = right.update(FORWARD);
    assert_eq!((next.turn().hints, next.turn().answer.clone()), (0, None));
    // A question counts once, and not after it has been told.
    assert_eq!(score(&answer(&right.update(BACK), "0.85")), (1, 1, 0));
    let restored = restore(&save(&wrong)).unwrap();
    assert_eq!(score(&answer(&restored, "0.85")), (1, 1, 0));
    assert_eq!(score(&answer(&question.update(FORWARD).update(BACK), "0.85")), (0, 0, 0));
    // Told by a step it is not answered; a new round begins at nothing.
    assert_eq!(score(&forward(&next, 4)), (1, 1, 0));
    assert_eq!(score(&next.update(Action::SetAsksFirst(true))), (0, 0, 0));
}

#[test]
fn the_hints_come_one_after_the_other_and_the_last_is_the_answer() {
    let question = forward(&asking(&lesson(MAZUR)), 1);
    let hinted = |n: usize| (0..n).fold(question.clone(), |now, _| now.update(Action::Hint));
    for n in 0..=usize::from(HINTS) {
        assert!(hinted(n).moment().is_asking());
        assert_eq!(usize::from(hinted(n).turn().hints), n);
    }
    assert!(!hinted(usize::from(HINTS) + 1).moment().is_asking());
    // In words: the net input of h₁ is 0.3775.
    let detail = Detail { digits: 5, max_terms: 12 };
    let asked = question.moment();
    let explanation = chainrule::explanation::question(explain_stretch(asked, Grain::Unit, detail), asked);
    let said = |hints| explanation.spoken_question(asked, 5, hints);
    assert_eq!(said(0), "net h 1, equals what?");
    assert!(said(1).contains("w 1") && !said(1).contains("0.15"), "{}", said(1));
    assert!(said(2).contains("0.15") && !said(2).contains("0.3775"), "{}", said(2));
    assert_eq!(Position::READY, session(&lesson(MAZUR)).moment().told());
}
