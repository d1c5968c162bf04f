//! Mistakes on purpose: what each leads to, against an independent computation; that stepping and running
//! make the same ones; and that the check of a step finds those that spoil a derivative, and no others.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::rc::Rc;

use backprop::mistakes::{Mistake, round_to_cents};
use backprop::trace::{Model, Rule, UpdateOrder, UpdateTrace};
use chainrule::explanation::{CheckVerdict, Detail, explain};
use chainrule::lesson::mistakes::{name, why_idle};
use chainrule::lesson::{Lesson, Notation};
use chainrule::moment::step::StepKind;
use chainrule::session::{Action, Edit, Session, saved};
use common::{bits, edit, is_close, lesson, lessons, model_numbers, numbers, session, shown};

/// By plain loops in Python: see `cases/mistakes.py`.
const INDEPENDENT: &str = include_str!("cases/mistakes.json");
const DETAIL: Detail = Detail { digits: 5, max_terms: 12 };

fn with(lesson: &Lesson, mistakes: &[Mistake]) -> Lesson {
    let rule = mistakes.iter().fold(lesson.rule, |rule: Rule, &mistake| rule.with_mistake(mistake, true));
    Lesson { rule, ..lesson.clone() }
}

fn switched(session: &Session, mistake: Mistake, is_made: bool) -> Session {
    session.update(edit(Edit::Mistake(mistake, is_made)))
}

fn epochs(session: &Session, n: usize) -> Session {
    (0..n).fold(session.clone(), |now, _| now.update(Action::NextEpoch))
}

#[test]
fn every_mistake_leads_where_an_independent_computation_comes() {
    let independent: serde_json::Value = serde_json::from_str(INDEPENDENT).unwrap();
    let floats = |list: &serde_json::Value| -> Vec<f64> {
        list.as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
    };
    for (file, text) in [("hmkcode", common::HMKCODE), ("mazur", common::MAZUR), ("xor", common::XOR)] {
        let mended = lesson(text);
        let all = std::iter::once(None).chain(Mistake::ALL.map(Some));
        for mistake in all {
            let expected = &independent[file][mistake.map_or("none", Mistake::word)];
            let start = session(&with(&mended, mistake.as_slice()));
            let what = |place: &str| format!("{file}, {mistake:?}, {place}");
            let first = numbers(&start.moment().update().after.network.params);
            let expected_first = floats(&expected["first"]);
            assert_eq!(first.len(), expected_first.len(), "{}", what("weights"));
            for (found, expected) in first.iter().zip(&expected_first) {
                assert!(is_close(*found, *expected, 1e-13), "{}: {found}, not {expected}", what("weight"));
            }
            let mut now = start;
            for (epoch, expected) in floats(&expected["losses"]).iter().enumerate() {
                let found = now.loss();
                assert!(is_close(found, *expected, 1e-12), "{}: {found}, not {expected}", what("loss"));
                assert_eq!(now.moment().epoch, epoch as u64);
                now = now.update(Action::NextEpoch);
            }
        }
    }
}

/// Mazur prints 0.291027924: with the output layer's new weights on the way back. All at once it is
/// 0.291027774.
#[test]
fn mazurs_second_loss_is_that_of_the_layer_by_layer_update() {
    let start = session(&lesson(common::MAZUR));
    let at_once = epochs(&start, 1).loss();
    assert!((at_once - 0.291_027_774).abs() < 5e-10, "{at_once}");
    let by_layer = epochs(&switched(&start, Mistake::LayerByLayer, true), 1).loss();
    assert!((by_layer - 0.291_027_924).abs() < 5e-10, "{by_layer}");
}

/// Plain updates, one after another, with every number in sight.
fn traced(lesson: &Lesson, n_epochs: u64) -> Rc<Model> {
    common::train(lesson, n_epochs)
}

#[test]
fn stepping_and_running_make_the_same_mistakes_to_the_bit() {
    const N: u64 = 6;
    for (what, lesson) in lessons() {
        for mistake in Mistake::ALL {
            let broken = with(&lesson, &[mistake]);
            let expected = bits(&model_numbers(&traced(&broken, N)));
            let start = session(&broken);
            let stepped = epochs(&start, N as usize);
            assert!(
                bits(&model_numbers(stepped.moment().model())) == expected,
                "{what}, {mistake:?}, stepped"
            );
            let mut run = start.update(Action::RunEpochs(N));
            for _ in 0..10_000 {
                if !run.is_running() {
                    break;
                }
                run = run.update(Action::RunSlice { work: 7, updates: u64::MAX });
            }
            assert_eq!(run.moment().epoch, N, "{what}, {mistake:?}");
            assert!(bits(&model_numbers(run.moment().model())) == expected, "{what}, {mistake:?}, run");
            assert_eq!(run.losses().points(), stepped.losses().points(), "{what}, {mistake:?}");
            // And the past, computed again.
            let (past, there) = (run.update(Action::GoToEpoch(3)), epochs(&start, 3));
            assert!(shown(past.moment()) == shown(there.moment()), "{what}, {mistake:?}, epoch 3");
        }
    }
}

#[test]
fn a_mistake_that_cannot_act_changes_nothing_and_says_why() {
    let mut n_idle = 0;
    for (what, mut lesson) in lessons() {
        lesson.rule = lesson.rule.mended();
        let mended = bits(&model_numbers(&traced(&lesson, 2)));
        for mistake in Mistake::ALL {
            let broken = with(&lesson, &[mistake]);
            let n_samples = broken.batch_size;
            let acts = mistake.acts(&broken.network, broken.rule, n_samples);
            let is_other = bits(&model_numbers(&traced(&broken, 2))) != mended;
            assert_eq!(is_other, acts, "{what}, {mistake:?}");
            let why = why_idle(mistake, &broken.network, broken.rule, n_samples, broken.notation.facts());
            assert_eq!(why.is_none(), acts, "{what}, {mistake:?}");
            assert!(why.is_none_or(|why| why.starts_with("Changes nothing here: ")), "{what}, {mistake:?}");
            n_idle += usize::from(!acts);
        }
    }
    assert!(20 < n_idle, "{n_idle}");
}

/// Of every derivative: the check differs where it is another number than without the mistakes, and
/// nowhere else.
#[test]
fn the_check_turns_exactly_where_a_derivative_is_wrong() {
    for (what, lesson) in lessons() {
        for mistake in Mistake::ALL {
            let mended = Lesson { rule: lesson.rule.mended(), ..lesson.clone() };
            let moment = session(&with(&mended, &[mistake])).moment().clone();
            let right = session(&mended).moment().clone();
            let (mut n, mut n_wrong) = (0, 0);
            for step in 1..=moment.plan.n_steps() {
                let moment = moment.at(moment.plan.done(step));
                let Some(check) = explain(&moment, DETAIL).check else {
                    continue;
                };
                let quantity = explain(&moment, DETAIL).equations.last().unwrap().result;
                let sample = moment.step().unwrap().sample;
                let expected = right.value_of(quantity, sample).unwrap();
                let is_wrong = 1e-6 * expected.abs().max(1e-9) < (check.computed - expected).abs();
                let differs = check.verdict == CheckVerdict::Differs;
                assert_eq!(differs, is_wrong, "{what}, {mistake:?}, {quantity:?}: {check:?}, {expected}");
                let sentence = check.sentence(&moment, moment.phase(), 5);
                assert!(!differs || !sentence.contains("more than rounding explains"), "{what}: {sentence}");
                (n, n_wrong) = (n + 1, n_wrong + usize::from(is_wrong));
            }
            assert!(0 < n, "{what}, {mistake:?}");
            let acts = mistake.acts(&moment.lesson.network, moment.lesson.rule, moment.n_samples());
            let may_be_wrong = mistake.is_of_derivatives() && acts;
            assert_eq!(0 < n_wrong, may_be_wrong, "{what}, {mistake:?}: {n_wrong} of {n}");
        }
    }
}

/// In words: where it turns, why; and a linear network has no g′ to leave out.
#[test]
fn the_card_says_what_is_wrong() {
    let said = |start: &str, mistake: Mistake, is_of: fn(&StepKind) -> bool| {
        let moment = session(&with(&lesson(start), &[mistake])).moment().clone();
        let steps = 1..=moment.plan.n_steps();
        let step = steps.rev().find(|step| is_of(&moment.plan.step(*step).unwrap().kind)).unwrap();
        let moment = moment.at(moment.plan.done(step));
        let explanation = explain(&moment, DETAIL);
        let check = explanation.check.map(|check| check.sentence(&moment, explanation.phase, 5));
        (explanation.why, check.unwrap_or_default(), explanation.effect.unwrap_or_default())
    };
    let delta = |kind: &StepKind| matches!(kind, StepKind::Delta(_));
    let gradient = |kind: &StepKind| matches!(kind, StepKind::Gradient(_));
    let update = |kind: &StepKind| matches!(kind, StepKind::Update(_));
    let (why, ..) = said(common::MAZUR, Mistake::NoSlope, delta);
    assert!(why.starts_with("Broken on purpose: the factor g′("), "{why}");
    let (_, check, _) = said(common::MAZUR, Mistake::NoSlope, gradient);
    assert!(check.contains("a factor g′(z) on the way back is left out"), "{check}");
    let (_, check, _) = said(common::HMKCODE, Mistake::NoSlope, gradient);
    assert!(!check.contains("Broken"), "{check}");
    let (why, check, _) = said(common::HMKCODE, Mistake::TwoForHalf, gradient);
    assert!(why.contains("E is said to change −0.2427 times as fast as h₂"), "{why}");
    assert!(check.contains("gives −0.36405. Broken on purpose: the ½"), "{check}");
    let (why, ..) = said(common::HMKCODE, Mistake::TwoForHalf, delta);
    assert!(why.contains("Twice this gap, Δ, goes back to every weight."), "{why}");
    let (why, _, effect) = said(common::HMKCODE, Mistake::SignFlipped, update);
    assert!(why.contains("raises E"), "{why}");
    assert!(effect.starts_with("To first order the whole update raises E by "), "{effect}");
    let (why, _, effect) = said(common::HMKCODE, Mistake::Rounded, update);
    assert!(why.contains("rounded to two digits after the point"), "{why}");
    assert!(effect.starts_with("To first order the whole update lowers E by "), "{effect}");
    let (why, ..) = said(common::XOR, Mistake::SumForMean, |kind| matches!(kind, StepKind::MeanGradient(_)));
    assert!(why.contains("added up without dividing by 4"), "{why}");
    assert_eq!(said(common::XOR, Mistake::SumForMean, update).2, "", "the derivatives are not the loss's");
}

#[test]
fn switching_a_mistake_is_an_edit_like_others() {
    for (what, lesson) in lessons() {
        for mistake in Mistake::ALL {
            let mended = Lesson { rule: lesson.rule.mended(), ..lesson.clone() };
            let before = epochs(&session(&mended), 3);
            let within = before.update(Action::StepForward { coarser: true });
            let broken = switched(&within, mistake, true);
            assert!(broken.moment().lesson.rule.makes(mistake), "{what}");
            assert!(switched(&broken, mistake, true).moment().lesson == broken.moment().lesson, "{what}");
            assert_eq!(broken.marks().len(), 1, "{what}, {mistake:?}");
            let mark = broken.marks()[0].text(&broken.moment().names, 5);
            let expected = match mistake {
                Mistake::LayerByLayer => "update order → layer by layer".to_owned(),
                other => format!("broken: {}", name(other)),
            };
            assert_eq!(mark, expected, "{what}");
            // What was before it is as it was.
            let (past, there) = (broken.update(Action::GoToEpoch(2)), within.update(Action::GoToEpoch(2)));
            assert!(shown(past.moment()) == shown(there.moment()), "{what}, {mistake:?}");
            assert!(!past.moment().lesson.rule.makes(mistake), "{what}, {mistake:?}");
            // Undo, redo, storage.
            let learned = epochs(&broken, 2);
            let undone = broken.update(Action::Undo);
            assert!(saved::save(&undone) == saved::save(&within), "{what}, {mistake:?}");
            assert!(saved::save(&undone.update(Action::Redo)) == saved::save(&broken), "{what}, {mistake:?}");
            let stored = saved::restore(&saved::save_with_undo(&learned)).expect("a stored session");
            assert!(shown(stored.moment()) == shown(learned.moment()), "{what}, {mistake:?}");
            assert!(saved::save(&stored.update(Action::Undo)) == saved::save(&within), "{what}, {mistake:?}");
            // Mending goes on from here, and leaves a mark of its own.
            let whole = learned.update(edit(Edit::Mend));
            assert_eq!(whole.moment().lesson.rule, whole.moment().lesson.rule.mended(), "{what}");
            assert_eq!(whole.marks().len(), 2, "{what}, {mistake:?}");
            let weights = |session: &Session| bits(&model_numbers(session.moment().model()));
            assert_eq!(weights(&whole), weights(&learned), "{what}, {mistake:?}");
        }
    }
}

#[test]
fn mistakes_stand_in_a_lesson_file() {
    let made = [Mistake::NoSlope, Mistake::Rounded, Mistake::LayerByLayer];
    let broken = with(&lesson(common::XOR), &made);
    let text = broken.to_json();
    assert!(text.contains(r#""mistakes""#) && text.contains(r#""no_slope""#), "{text}");
    assert!(lesson(&text) == broken);
    assert!(!lesson(common::XOR).to_json().contains("mistakes"));
    // The update order may be among them.
    let file =
        common::XOR.replacen("\"loss\"", "\"mistakes\": [\"layer_by_layer\", \"sign_flipped\"], \"loss\"", 1);
    let read = lesson(&file);
    assert_eq!(read.rule.update_order, UpdateOrder::LayerByLayer);
    assert!(read.rule.mistakes_made().eq([Mistake::LayerByLayer, Mistake::SignFlipped]));
    let unknown = file.replace("sign_flipped", "sign_flopped");
    let fault = Lesson::from_json(&unknown).unwrap_err().to_string();
    assert!(fault.contains("mistakes") && fault.contains("sign_flopped"), "{fault}");
}

#[test]
fn all_mistakes_together_are_made_in_one_update() {
    let broken = with(&lesson(common::XOR), &Mistake::ALL);
    assert!(broken.rule.mistakes_made().eq(Mistake::ALL));
    let start = Rc::new(Model::start(broken.network.as_ref().clone()));
    let update = UpdateTrace::new(&start, broken.rule, broken.data.train.iter());
    let (before, after) = (&update.before.network, &update.after.network);
    for param in before.param_list() {
        let (old, new) = (before.params.at(param), after.params.at(param));
        let is_kept = param.is_bias();
        assert_eq!(old == new, is_kept, "{param:?}");
        assert_eq!(new, round_to_cents(new), "{param:?}");
        let direction = (new - old) * update.pass.gradients.at(param);
        assert!(is_kept || 0.0 < direction, "{param:?} goes uphill");
    }
}

#[test]
fn numbers_are_rounded_half_away_from_zero() {
    for (x, expected) in
        [(0.125, 0.13), (-0.125, -0.13), (0.174_999, 0.17), (2.0, 2.0), (1e300, 1e300), (-0.0, 0.0)]
    {
        assert_eq!(round_to_cents(x), expected, "{x}");
    }
}

/// Every switch has a name and a sentence of its own, and no word of a file stands for two.
#[test]
fn mistakes_are_told_apart() {
    for (k, one) in Mistake::ALL.into_iter().enumerate() {
        for other in &Mistake::ALL[k + 1..] {
            assert_ne!(name(one), name(*other));
            assert_ne!(one.word(), other.word());
        }
        for notation in Notation::ALL {
            let sentence = chainrule::lesson::mistakes::sentence(one, notation.facts());
            assert!(sentence.ends_with('.'), "{sentence}");
        }
    }
}
