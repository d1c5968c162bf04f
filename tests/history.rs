//! A run of any length: bounded memory, an exact past, an end when it diverges, and a saved session
//! that comes back as it was.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::expect_used)]

mod common;

use std::collections::BTreeMap;
use std::rc::Rc;

use backprop::activation::Activation;
use backprop::network::Param;
use backprop::rng::Rng;
use backprop::trace::{Model, loss_over};
use chainrule::lesson::quantity::Quantity;
use chainrule::lesson::{Lesson, Notation};
use chainrule::moment::step::Grain;
use chainrule::session::design::Change;
use chainrule::session::saved::{restore, save};
use chainrule::session::{Action, Edit, Playback, Session};
use chainrule::text::format;
use serde_json::{Value, json};

use common::{
    HMKCODE, below, bits, draw_edit, draw_move, edit, lesson, lessons, model_numbers, session, shown,
    train_epoch,
};

/// `session` after `n` more epochs, learned in slices as the page does.
fn run(session: &Session, n: u64) -> Session {
    let mut now = session.update(Action::RunEpochs(n));
    while now.playback() != Playback::Paused {
        now = now.update(Action::RunSlice { work: 5_000, updates: u64::MAX });
    }
    now
}

#[test]
fn a_long_run_keeps_a_bounded_part_of_its_past() {
    let start = session(&lesson(common::XOR));
    let mut sizes = Vec::new();
    for n in [5_000, 20_000, 60_000] {
        let now = run(&start, n);
        assert_eq!(now.time().epoch, n);
        let epochs: Vec<u64> = now.losses().points().iter().map(|point| point.epoch).collect();
        assert!((2_048..=4_096).contains(&epochs.len()), "{}", epochs.len());
        assert_eq!((epochs.first(), epochs.last()), (Some(&0), Some(&n)));
        // Evenly spaced, but for the last.
        let gaps: Vec<u64> = epochs.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert!(gaps[..gaps.len() - 1].iter().all(|gap| *gap == gaps[0]), "{n}");
        // Written out, a session shows all that it holds.
        sizes.push(format!("{now:?}").len());
    }
    assert!(sizes.iter().all(|size| *size < 1_000_000), "{sizes:?}");
}

#[test]
fn every_past_epoch_is_exact_after_thousands() {
    const N: u64 = 3_000;
    for (k, (name, lesson)) in lessons().into_iter().enumerate() {
        let mut rng = Rng::new(k as u64);
        let visited: Vec<u64> = (0..15).map(|_| rng.next_u64() % N).chain([0, 1, N - 1, N]).collect();
        let expected = straight(&lesson, N, &visited);
        let mut now = run(&session(&lesson), N);
        for epoch in visited {
            now = now.update(Action::GoToEpoch(epoch));
            assert_eq!(now.time().epoch, epoch, "{name}");
            let (model, loss) = &expected[&epoch];
            assert_eq!(&bits(&model_numbers(&now.moment().update().before)), model, "{name}, epoch {epoch}");
            assert_eq!(now.loss(), *loss, "{name}, epoch {epoch}");
        }
    }
}

/// Model and loss at some epochs of plain training.
fn straight(lesson: &Lesson, n: u64, epochs: &[u64]) -> BTreeMap<u64, (Vec<u64>, f64)> {
    let mut model = Rc::new(Model::start(lesson.network.as_ref().clone()));
    let mut found = BTreeMap::new();
    for epoch in 0..=n {
        if epochs.contains(&epoch) {
            let loss = loss_over(&model.network, lesson.rule.loss, lesson.data.train.iter());
            found.insert(epoch, (bits(&model_numbers(&model)), loss));
        }
        model = train_epoch(lesson, &model);
    }
    found
}

/// The curve keeps every second epoch from 4,096 on; the others' losses are computed again.
#[test]
fn the_loss_of_an_epoch_that_the_curve_has_dropped_is_exact() {
    let mut lesson = lesson(common::FOUR_POINTS);
    lesson.batch_size = 3;
    let now = run(&session(&lesson), 5_000);
    let expected = straight(&lesson, 5_000, &[4_321]);
    assert_eq!(now.losses().at(4_321), None);
    let there = now.update(Action::GoToEpoch(4_321));
    assert_eq!(there.loss(), expected[&4_321].1);
    // Also from within the epoch, where other weights are shown.
    let mut within = there.update(Action::SetGrain(Grain::Phase));
    while within.time().batch == 0 {
        within = within.update(Action::StepForward { coarser: false });
    }
    assert_eq!((within.time().epoch, within.loss()), (4_321, expected[&4_321].1));
}

#[test]
fn a_run_that_diverges_stops_and_says_where() {
    let mut lesson = lesson(common::HMKCODE);
    lesson.rule.optimizer = lesson.rule.optimizer.with_learning_rate(0.6);
    let stopped = run(&session(&lesson), 1_000);
    let notice = stopped.notice().expect("a sentence");
    let diverged = notice.text.contains("The run diverged at epoch 16: E grew beyond");
    assert!(notice.is_problem && diverged, "{}", notice.text);
    assert!(notice.text.contains("half the learning rate, a = 0.3"), "{}", notice.text);
    assert_eq!(stopped.time().epoch, 15);

    // What import would refuse is not exported.
    for epoch in 0..=15 {
        let there = stopped.update(Action::GoToEpoch(epoch));
        match there.exported() {
            Ok(lesson) => assert_eq!(Lesson::from_json(&lesson.to_json()), Ok(lesson)),
            Err(sentence) => {
                assert!(10 < epoch && sentence.contains("beyond ±1,000,000"), "{epoch}: {sentence}")
            }
        }
    }
    assert!(stopped.exported().is_err());

    // Another try, in any way, ends there too.
    let end = stopped.update(Action::JumpTo(stopped.moment().plan.end()));
    for action in [Action::NextEpoch, Action::StepForward { coarser: false }] {
        let again = end.update(action);
        assert!(again.notice().is_some_and(|notice| notice.text.contains("epoch 16")));
        assert_eq!(shown(again.moment()), shown(end.moment()));
    }
    // Every epoch before is there, and all its numbers are finite.
    for epoch in 0..=15 {
        let there = stopped.update(Action::GoToEpoch(epoch));
        assert_eq!(there.time().epoch, epoch);
        all_numbers_are_finite(&there);
        assert!(there.loss().is_finite());
    }
    assert_eq!(stopped.losses().points().len(), 16);
    assert!(stopped.losses().points().iter().all(|point| point.loss.is_finite()));
}

/// Ten layers of large weights make derivatives near 10¹⁶⁰. They have no finite square, which RMSProp
/// and Adam would remember: what leads there is refused.
#[test]
fn a_number_that_leaves_the_finite_ones_is_refused() {
    for (optimizer, is_finite) in [
        (r#"{"method": "sgd", "learning_rate": 0}"#, true),
        (r#"{"method": "rmsprop", "learning_rate": 0, "decay": 0.9, "epsilon": 1}"#, false),
        (r#"{"method": "adam", "learning_rate": 0, "beta1": 0.9, "beta2": 0.9, "epsilon": 1}"#, false),
    ] {
        let zero = session(&deep_lesson(optimizer, "0"));
        let edited = zero.update(edit(Edit::Input { sample: 0, unit: 0, value: 1e6 }));
        all_numbers_are_finite(&edited);
        match Session::new(deep_lesson(optimizer, "1000000")) {
            Ok(_) => {
                assert!(is_finite, "{optimizer}");
                assert_eq!(edited.notice(), None);
            }
            Err(notice) => {
                assert!(!is_finite, "{optimizer}");
                assert!(notice.is_problem && notice.text.contains("beyond what a number can hold"));
                let notice = edited.notice().expect("a sentence");
                let expected = "is not taken: the loss would grow beyond what a number can hold";
                assert!(notice.is_problem && notice.text.contains(expected), "{}", notice.text);
                assert!(shown(edited.moment()) == shown(zero.moment()));
                assert!(!edited.can_undo());
            }
        }
    }
}

fn deep_lesson(optimizer: &str, input: &str) -> Lesson {
    let layer = |n_out: usize, n_in: usize| {
        let row = format!("[{}]", vec!["1000000"; n_in].join(", "));
        format!(r#"{{"activation": "identity", "weights": [{}]}}"#, vec![row; n_out].join(", "))
    };
    let layers = [vec![layer(100, 1)], vec![layer(100, 100); 8], vec![layer(1, 100)]].concat();
    lesson(&format!(
        r#"{{
            "format": "chainrule-lesson", "version": 1,
            "network": {{"inputs": 1, "layers": [{}]}},
            "loss": "half_squared_error",
            "optimizer": {optimizer},
            "data": {{"inputs": [[{input}]], "targets": [[0]]}}
        }}"#,
        layers.join(", ")
    ))
}

fn all_numbers_are_finite(session: &Session) {
    let numbers = common::update_numbers(session.moment().update());
    assert!(numbers.iter().all(|x| x.is_finite()), "epoch {}", session.time().epoch);
    let moment = session.moment();
    for param in moment.network().param_list() {
        for quantity in [Quantity::New(param), Quantity::ScaledGradient(param), Quantity::Step(param)] {
            let value = moment.value(quantity).expect("a number");
            assert!(value.is_finite(), "{} is {}", moment.name(quantity), format::number(value, 5));
        }
    }
}

/// A session somewhere in the middle of things.
fn wandered(lesson: &Lesson, seed: u64) -> Session {
    let mut rng = Rng::new(seed);
    let mut now = session(lesson);
    for _ in 0..60 {
        let action = match below(&mut rng, 10) {
            0 => edit(draw_edit(&mut rng, &now)),
            1 => [Action::Undo, Action::Redo, Action::Reset][below(&mut rng, 3)].clone(),
            2 => Action::SetDigits(2 + below(&mut rng, 9) as u8),
            3 => Action::SetNotation(Notation::ALL.get(below(&mut rng, 12)).copied()),
            _ => draw_move(&mut rng, &now),
        };
        now = now.update(action);
    }
    now
}

#[test]
fn a_saved_session_comes_back_as_it_was() {
    for (name, lesson) in lessons() {
        for seed in 0..8 {
            let what = format!("{name}, seed {seed}");
            let before = wandered(&lesson, seed);
            let text = save(&before);
            let after = restore(&text).unwrap_or_else(|problem| panic!("{what}: {problem}"));
            assert!(shown(after.moment()) == shown(before.moment()), "{what}");
            assert_eq!(after.start(), before.start(), "{what}");
            assert_eq!(after.settings(), before.settings(), "{what}");
            assert_eq!(after.losses().points(), before.losses().points(), "{what}");
            assert_eq!(after.earlier(), before.earlier(), "{what}");
            assert_eq!(after.marks(), before.marks(), "{what}");
            assert_eq!(after.loss(), before.loss(), "{what}");
            assert!(save(&after) == text, "{what}");
            // Past and future are the same.
            let reached = before.losses().points().last().map_or(0, |point| point.epoch);
            for action in (0..=reached).map(Action::GoToEpoch).chain([Action::NextEpoch, Action::Reset]) {
                let (old, new) = (before.update(action.clone()), after.update(action));
                assert!(shown(old.moment()) == shown(new.moment()), "{what}");
            }
        }
    }
}

/// What was learned may be larger than what a lesson file may hold. A change of the design makes it the
/// start of another run.
#[test]
fn learned_weights_of_any_size_are_stored() {
    let mut lesson = lesson(common::HMKCODE);
    lesson.rule.optimizer = lesson.rule.optimizer.with_learning_rate(10.0);
    let change = Change::Activation { layer: 1, activation: Activation::Tanh };
    let design = Action::Design { change, continues: false };
    let learned = run(&session(&lesson), 4).update(design);
    let largest =
        common::numbers(&learned.start().network.params).into_iter().fold(0.0, |a: f64, b| a.max(b.abs()));
    assert!(1e6 < largest, "{largest}");
    let restored = restore(&save(&learned)).expect("a saved session");
    assert_eq!(shown(restored.moment()), shown(learned.moment()));
    assert_eq!(restored.start(), learned.start());
}

#[test]
fn a_long_run_comes_back_at_once_and_goes_on() {
    let before = run(&session(&lesson(common::XOR)), 30_000);
    let after = restore(&save(&before)).expect("a saved session");
    assert!(shown(after.moment()) == shown(before.moment()));
    assert_eq!(after.losses().points(), before.losses().points());
    let (old, new) = (run(&before, 3_000), run(&after, 3_000));
    assert!(shown(old.moment()) == shown(new.moment()));
    assert!(new.losses().points().len() <= 4_096);
    let back = Action::GoToEpoch(12_345);
    assert!(shown(old.update(back.clone()).moment()) == shown(new.update(back).moment()));
}

/// A session with everything that can be saved: edits, momentum, mini-batches, an earlier run, a step.
fn rich() -> Session {
    let mut lesson = lesson(common::XOR);
    lesson.batch_size = 3;
    let first = backprop::network::Param::Weight { layer: 1, to: 0, from: 0 };
    [
        Action::NextEpoch,
        Action::NextEpoch,
        Action::NextEpoch,
        Action::GoToEpoch(2),
        edit(Edit::Param(first, 0.5)),
        Action::SetGrain(Grain::Phase),
        Action::NextEpoch,
        edit(Edit::LearningRate(0.25)),
        edit(Edit::Input { sample: 0, unit: 1, value: 0.125 }),
        Action::NextEpoch,
        Action::NextEpoch,
        Action::StepBack { coarser: false },
        Action::StepBack { coarser: false },
    ]
    .into_iter()
    .fold(session(&lesson), |now, action| now.update(action))
}

#[test]
fn a_truncated_session_is_refused() {
    let text = save(&rich());
    assert!(restore(&text).is_ok());
    let places = text.char_indices().map(|(at, _)| at).collect::<Vec<_>>();
    for k in 0..100 {
        let at = places[k * places.len() / 100];
        assert!(restore(&text[..at]).is_err(), "truncated at {at}");
    }
}

#[test]
fn a_damaged_session_is_refused() {
    let saved: Value = serde_json::from_str(&save(&rich())).expect("JSON");
    let number = Value::from;
    let (huge, empty) = (number(u64::MAX), json!([]));
    let lesson_of = |text: &str| Value::String(lesson(text).to_json());
    for (place, damage) in [
        ("/version", number(0)),
        ("/version", number(3)),
        ("/start", number(1)),
        ("/start", "".into()),
        ("/start", "{}".into()),
        ("/start", lesson_of(common::MAZUR)),
        ("/segments", empty.clone()),
        ("/segments/0", empty.clone()),
        ("/segments/2/batch_size", number(0)),
        ("/segments/2/batch_size", number(5)),
        ("/segments/2/optimizer", json!({"method": "sgd"})),
        ("/segments/2/optimizer/learning_rate", json!(-1)),
        ("/segments/2/update_order", "none".into()),
        ("/segments/2/data", number(1)),
        ("/segments/2/data", huge.clone()),
        ("/data/0/inputs/0", json!([1.0])),
        ("/data/0/targets", empty.clone()),
        ("/data/0", json!({})),
        ("/segments/0/model/epoch", number(1)),
        ("/segments/0/model/batch", number(1)),
        ("/segments/1/model/epoch", number(0)),
        ("/segments/1/model/epoch", number(10)),
        ("/segments/1/model/epoch", huge.clone()),
        ("/segments/1/model/batch", number(9)),
        ("/segments/1/model/params", empty.clone()),
        ("/segments/1/model/params/0", empty.clone()),
        ("/segments/1/model/params/0", json!([1.0])),
        ("/segments/1/model/params/0/0", Value::Null),
        ("/segments/1/model/first_moment", json!([[], []])),
        ("/front/epoch", number(0)),
        ("/front/epoch", huge.clone()),
        ("/front/batch", number(2)),
        ("/front/batch", huge.clone()),
        ("/front/n_updates", huge.clone()),
        ("/front/n_updates", json!(-1)),
        ("/front/params/1/0", "NaN".into()),
        ("/now/epoch", number(99)),
        ("/now/epoch", huge.clone()),
        ("/now/batch", number(7)),
        ("/now/params", empty.clone()),
        ("/now/n_updates", huge.clone()),
        ("/step", json!(-1)),
        ("/terms", "all".into()),
        ("/grain", "leap".into()),
        ("/digits", number(256)),
        ("/digits", number(1)),
        ("/speed", json!(0.75)),
        ("/losses", number(0)),
        ("/losses/0", number(0)),
        ("/losses/0", json!([0, 1])),
        ("/losses/0/0", json!(-1)),
        ("/earlier/0/losses/0/1", "high".into()),
        ("/earlier/0/number", number(0)),
        ("/earlier/0/name", number(0)),
        ("/segments/1/was/0/0", number(9)),
        ("/segments/1/was/0/2", number(9)),
        ("/segments/1/was/0/3", "high".into()),
    ] {
        let mut damaged = saved.clone();
        *damaged.pointer_mut(place).unwrap_or_else(|| panic!("no {place}")) = damage.clone();
        assert!(restore(&damaged.to_string()).is_err(), "{place} = {damage}");
    }
    for place in saved.as_object().expect("an object").keys() {
        let mut damaged = saved.clone();
        damaged.as_object_mut().expect("an object").remove(place);
        let is_optional = ["earlier", "grain", "pace", "loss_below", "when_solved", "drawing", "edits"]
            .contains(&place.as_str());
        assert_eq!(restore(&damaged.to_string()).is_ok(), is_optional, "without {place}");
        damaged[format!("{place}?")] = saved[place].clone();
        assert!(restore(&damaged.to_string()).is_err(), "{place} misspelt");
    }
}

/// A number of a saved session changed at random: refused, or a session that works.
#[test]
fn changed_numbers_never_panic() {
    let saved: Value = serde_json::from_str(&save(&rich())).expect("JSON");
    let mut places = Vec::new();
    leaves(&saved, String::new(), &mut places);
    let mut rng = Rng::new(3);
    let (mut n_refused, mut n_restored) = (0, 0);
    for _ in 0..1_500 {
        let mut damaged = saved.clone();
        let place = common::pick(&mut rng, &places);
        let wrong: [Value; 10] = [
            0.into(),
            1.into(),
            (-1).into(),
            7.into(),
            1_000_000_000_000_u64.into(),
            u64::MAX.into(),
            0.5.into(),
            (-1e300).into(),
            Value::Null,
            "".into(),
        ];
        *damaged.pointer_mut(&place).expect("a place") = common::pick(&mut rng, &wrong);
        match restore(&damaged.to_string()) {
            Err(_) => n_refused += 1,
            Ok(session) => {
                n_restored += 1;
                let there = session.update(Action::StepForward { coarser: true }).update(Action::NextEpoch);
                all_numbers_are_finite(&there.update(Action::StepBack { coarser: false }));
            }
        }
    }
    assert!(300 < n_refused && 100 < n_restored, "{n_refused} refused, {n_restored} restored");
}

/// The JSON pointers of everything that is neither a list nor an object.
fn leaves(value: &Value, place: String, found: &mut Vec<String>) {
    match value {
        Value::Array(list) => {
            for (k, value) in list.iter().enumerate() {
                leaves(value, format!("{place}/{k}"), found);
            }
        }
        Value::Object(map) => {
            for (key, value) in map {
                leaves(value, format!("{place}/{key}"), found);
            }
        }
        _ => found.push(place),
    }
}

#[test]
fn resetting_the_weights_keeps_the_rate_and_the_data() {
    let edit = |edit| Action::Edit { edit, continues: false };
    let w1 = Param::Weight { layer: 1, to: 0, from: 0 };
    let session = Session::new(lesson(HMKCODE))
        .expect("finite")
        .update(edit(Edit::LearningRate(0.01)))
        .update(edit(Edit::Target { sample: 0, unit: 0, value: 0.5 }))
        .update(Action::NextEpoch)
        .update(edit(Edit::Param(w1, 0.9)))
        .update(Action::NextEpoch);
    let reset = session.update(Action::ResetWeights);
    assert_eq!(reset.time().epoch, 0);
    assert_eq!(reset.moment().network().params, lesson(HMKCODE).network.params);
    assert_eq!(reset.moment().lesson.rule.optimizer.learning_rate(), 0.01);
    assert_eq!(reset.moment().lesson.data.train[0].target, [0.5]);
    let says = |session: &Session| session.notice().map(|notice| notice.text.clone());
    let gone = "Reset the weights, with learning rate and data as they are: 2 epochs are gone. Undo (U) brings them back.";
    assert_eq!(says(&reset).as_deref(), Some(gone));
    assert_eq!(says(&reset.update(Action::ResetWeights)), None);
    let gone = "Reset to the lesson's start: 3 edits are gone. Undo (U) brings them back.";
    assert_eq!(says(&reset.update(Action::Reset)).as_deref(), Some(gone));
    assert_eq!(reset.update(Action::Undo).current_lesson(), session.current_lesson());
    assert_eq!(reset.update(Action::Reset).current_lesson(), lesson(HMKCODE));
}
