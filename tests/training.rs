//! How a run is controlled: what a step does by itself, pieces of any size, pace, and where it stops.

#![cfg(not(target_arch = "wasm32"))]

mod common;

use std::rc::Rc;

use backprop::confusion::confusion;
use backprop::trace::{Model, Sample, loss_over};
use chainrule::explanation::{Detail, explain};
use chainrule::lesson::Lesson;
use chainrule::moment::step::{Grain, Position};
use chainrule::moment::time::Time;
use chainrule::session::saved::{fits, restore, save};
use chainrule::session::{Action, Pace, Playback, RunSettings, Session};
use chainrule::text::format;

use common::{bits, lessons, model_numbers, session};

const SPIRALS: &str = include_str!("../static/lessons/spirals.json");

const ENCODER: &str = include_str!("../static/lessons/encoder.json");

fn open(text: &str) -> Action {
    Action::Open(Rc::new(common::lesson(text)))
}

#[test]
fn a_step_does_a_layer_of_a_large_network_unless_the_reader_has_chosen() {
    let small: Session = session(&common::lesson(common::XOR));
    assert_eq!(small.grain(), Grain::Unit);
    let large = small.update(open(SPIRALS));
    assert_eq!(large.grain(), Grain::Layer);
    assert_eq!(large.update(Action::Undo).grain(), Grain::Unit);
    // One step ends at the last unit of the first layer.
    let lesson: Lesson = common::lesson(SPIRALS);
    let stepped = large.update(Action::StepForward { coarser: false });
    assert_eq!(stepped.moment().position.step, 2 * lesson.network.n_units(1));

    let chosen = small.update(Action::SetGrain(Grain::Term)).update(open(SPIRALS));
    assert_eq!(chosen.grain(), Grain::Term);
    for session in [large, chosen] {
        let back = restore(&save(&session)).map(|back| back.grain());
        assert_eq!(back, Ok(session.grain()));
    }
}

fn every() -> RunSettings {
    RunSettings::default()
}

/// `session` after slices of so much work and so many updates each, until it stops by itself.
fn until_it_stops(mut session: Session, work: u64, updates: u64) -> Session {
    while session.playback() != Playback::Paused {
        session = session.update(Action::RunSlice { work, updates });
    }
    session
}

fn run(session: &Session, settings: RunSettings, n: u64) -> Session {
    let started = session.update(Action::SetRun(settings)).update(Action::RunEpochs(n));
    until_it_stops(started, 10_000, u64::MAX)
}

fn weights(session: &Session) -> Vec<u64> {
    bits(&model_numbers(session.moment().model()))
}

/// However a run is cut into slices, within an epoch and within an update, it is the same run.
#[test]
fn a_run_in_small_pieces_ends_in_the_same_bits() {
    for (name, mut lesson) in lessons() {
        // More samples than a block has, held-out ones too.
        let samples = lesson.data.train.clone();
        let again: Vec<Sample> = samples.iter().cycle().take(150 + samples.len()).cloned().collect();
        let mut data = (*lesson.data).clone();
        data.train = again[5..].to_vec();
        data.test = again[..70].to_vec();
        lesson.data = Rc::new(data);
        if lesson.batch_size == samples.len() {
            lesson.batch_size = lesson.data.train.len();
        } else {
            lesson.batch_size *= 33;
        }
        let start = session(&lesson);
        let whole = run(&start, every(), 7);
        for (work, updates) in [(1, u64::MAX), (200, u64::MAX), (700, 1), (5_000, 3), (u64::MAX, 1)] {
            let what = format!("{name}, slices of {work} and {updates}");
            let cut = until_it_stops(start.update(Action::RunEpochs(7)), work, updates);
            assert_eq!(cut.time().epoch, 7, "{what}");
            assert!(weights(&cut) == weights(&whole), "{what}");
            assert_eq!(cut.losses(), whole.losses(), "{what}");
        }
        // What two sessions share of a training that is not done disturbs neither.
        let halfway =
            start.update(Action::RunEpochs(7)).update(Action::RunSlice { work: 250, updates: u64::MAX });
        let slice = Action::RunSlice { work: 900, updates: u64::MAX };
        let others = [halfway.update(slice.clone()), halfway.update(slice), halfway];
        for other in others {
            assert!(weights(&until_it_stops(other, 333, u64::MAX)) == weights(&whole), "{name}");
        }
        let stepped = (0..7).fold(start, |now, _| now.update(Action::NextEpoch));
        assert!(weights(&stepped) == weights(&whole), "{name}");
    }
}

#[test]
fn a_paced_run_makes_as_many_updates_as_are_asked_for() {
    let mut lesson = common::lesson(common::XOR);
    lesson.batch_size = 1;
    let paced = RunSettings { pace: Some(Pace::Epochs(5)), ..every() };
    let mut now = session(&lesson).update(Action::SetRun(paced)).update(Action::RunEpochs(3));
    let slice = |updates| Action::RunSlice { work: u64::MAX, updates };
    for (updates, epoch, batch) in [(1, 0, 1), (1, 0, 2), (3, 1, 1), (2, 1, 3), (1, 2, 0), (2, 2, 2)] {
        now = now.update(slice(updates));
        assert_eq!(now.time(), Time { epoch, batch });
    }
    let end = now.update(slice(10));
    assert_eq!((end.time(), end.playback()), (Time::epoch(3), Playback::Paused));
    // The same updates again, from the past.
    let back = end.update(Action::GoToEpoch(1)).update(Action::RunEpochs(1));
    let there = back.update(slice(3));
    assert_eq!(there.time(), Time { epoch: 1, batch: 3 });
    let again = there.update(slice(3));
    assert_eq!((again.time(), again.playback()), (Time::epoch(2), Playback::Paused));
    assert!(weights(&again) == weights(&end.update(Action::GoToEpoch(2))));
}

#[test]
fn a_run_stops_at_the_first_epoch_with_a_loss_below() {
    for batch_size in [1, 4] {
        let mut lesson = common::lesson(common::XOR);
        lesson.batch_size = batch_size;
        let start = session(&lesson);
        let all = run(&start, every(), 2_000);
        let points = all.losses().points();
        let first = points.iter().find(|point| point.loss < 0.1).map(|point| point.epoch);
        let stopped = run(&start, RunSettings { loss_below: Some(0.1), ..every() }, 2_000);
        assert_eq!(Some(stopped.time()), first.map(Time::epoch));
        assert!(stopped.loss() < 0.1);
        let expected = format!("Stopped at epoch {}: L is below 0.1.", format::count(stopped.time().epoch));
        assert_eq!(stopped.outcome(), Some(expected.as_str()));
        assert_eq!(stopped.notice(), None);
        assert_eq!(stopped.update(Action::StepForward { coarser: false }).outcome(), None);
        // To where something was published it goes whatever is set.
        let through = until_it_stops(stopped.update(Action::RunTo(2_000)), 1_000, u64::MAX);
        assert!(weights(&through) == weights(&all));
    }
}

#[test]
fn a_run_stops_when_the_task_is_solved() {
    let settings = RunSettings { when_solved: true, ..every() };
    // Classes: every one is right, for the first time.
    for (text, n_classes) in [(common::XOR, 2), (ENCODER, 8)] {
        let start = session(&common::lesson(text));
        let solved = run(&start, settings, 5_000);
        let right = |session: &Session| {
            let moment = session.moment();
            let found = confusion(moment.network(), &moment.lesson.data.train, n_classes);
            found.n_right() == found.n_samples()
        };
        let epoch = solved.time().epoch;
        assert!(1 < epoch && epoch < 5_000 && right(&solved), "{epoch}");
        assert!(!right(&solved.update(Action::GoToEpoch(epoch - 1))));
        let outcome = solved.outcome().unwrap_or_default();
        assert!(outcome.ends_with("the class of every training sample is right."), "{outcome}");
    }

    // Values: every output is within a tenth.
    let start = session(&common::lesson(common::HMKCODE));
    let solved = run(&start, settings, 100);
    let error = |session: &Session| {
        let trace = session.moment().trace(session.moment().sample()).expect("a trace");
        (trace.forward.prediction()[0] - trace.forward.target()[0]).abs()
    };
    let epoch = solved.time().epoch;
    assert!(error(&solved) <= 0.1 && 0.1 < error(&solved.update(Action::GoToEpoch(epoch - 1))), "{epoch}");
    let outcome = solved.outcome().unwrap_or_default();
    assert!(outcome.contains("every output for a training sample is within 0.1"), "{outcome}");
}

#[test]
fn what_a_run_is_set_to_is_stored_and_checked() {
    let start = session(&common::lesson(common::XOR));
    let settings = RunSettings { pace: Some(Pace::Epochs(20)), loss_below: Some(0.01), when_solved: true };
    let set = start.update(Action::SetRun(settings));
    assert_eq!(set.settings().run, settings);
    assert_eq!(restore(&save(&set)).map(|back| back.settings()), Ok(set.settings()));
    for wrong in [
        RunSettings { pace: Some(Pace::Epochs(7)), ..settings },
        RunSettings { loss_below: Some(0.0), ..settings },
        RunSettings { loss_below: Some(f64::INFINITY), ..settings },
        RunSettings { loss_below: Some(f64::NAN), ..settings },
    ] {
        assert_eq!(set.update(Action::SetRun(wrong)).settings(), set.settings(), "{wrong:?}");
    }
}

#[test]
fn an_epoch_that_takes_long_is_run_in_pieces() {
    let layer = |units: usize, seed: usize| {
        format!(
            r#"{{"units": {units}, "activation": "sigmoid", "init":
            {{"scheme": "glorot_uniform", "scale": 1, "seed": {seed}, "biases": true}}}}"#
        )
    };
    let text = format!(
        r#"{{"format": "chainrule-lesson", "version": 1,
        "network": {{"inputs": 2, "layers": [{}, {}, {}]}},
        "loss": "half_squared_error", "optimizer": {{"method": "sgd", "learning_rate": 0.01}},
        "data": {{"generator": "moons", "samples": 1600}}}}"#,
        layer(256, 1),
        layer(256, 2),
        layer(1, 3)
    );
    let start = session(&common::lesson(&text));
    let begun = start.update(Action::NextEpoch);
    assert_eq!(begun.playback(), Playback::Running { until: 1, as_set: false });
    assert_eq!(begun.time(), start.time());
    let arrived = until_it_stops(begun, 500, u64::MAX);
    assert_eq!((arrived.time(), arrived.moment().position), (Time::epoch(1), Position::READY));
    assert!(bits(&model_numbers(&start.moment().update().after)) == weights(&arrived));
    // Stepping over the end of the update does the same; back again is at hand.
    let last = arrived.update(Action::StepBack { coarser: false });
    assert_eq!((last.time(), last.playback()), (Time::epoch(0), Playback::Paused));
    let again = last.update(Action::StepForward { coarser: true });
    assert_eq!((again.time(), again.playback()), (Time::epoch(1), Playback::Paused));
}

/// A network with the most parameters: what takes long is not done before it is looked at.
#[test]
fn the_largest_network_opens_runs_and_goes_back_by_the_kernel_alone() {
    let layer = |units: usize, activation: &str, seed: usize| {
        format!(
            r#"{{"units": {units}, "activation": "{activation}", "init":
            {{"scheme": "he_normal", "scale": 1, "seed": {seed}, "biases": true}}}}"#
        )
    };
    let layers = [layer(256, "relu", 1), layer(256, "relu", 2), layer(1, "sigmoid", 3)].join(", ");
    let text = format!(
        r#"{{"format": "chainrule-lesson", "version": 1,
        "network": {{"inputs": 2, "layers": [{layers}]}},
        "loss": "binary_cross_entropy",
        "optimizer": {{"method": "sgd", "learning_rate": 0.01}},
        "data": {{"generator": "moons", "samples": 80, "held_out": 0.25}}}}"#
    );
    let start = session(&common::lesson(&text));
    assert!(!start.moment().pending().is_made());
    let at_three = until_it_stops(start.update(Action::RunTo(3)), 64, u64::MAX);
    let back = at_three.update(Action::GoToEpoch(2));
    assert!(!at_three.moment().pending().is_made() && !back.moment().pending().is_made());
    // Nor does what the step card says before the first step need it.
    let detail = Detail { digits: 5, max_terms: 12 };
    let said = explain(back.moment(), detail).why;
    assert!(said.contains(&format::number(back.loss(), 5)), "{said}");
    assert!(!back.moment().pending().is_made());
    let lesson = start.start();
    for (there, epochs) in [(&start, 0), (&back, 2), (&at_three, 3)] {
        let begun = Rc::new(Model::start((*lesson.network).clone()));
        let model = (0..epochs).fold(begun, |model, _| common::train_epoch(lesson, &model));
        assert!(bits(&model_numbers(&model)) == weights(there), "epoch {epochs}");
        let loss = loss_over(&model.network, lesson.rule.loss, lesson.data.train.iter());
        assert_eq!(there.loss().to_bits(), loss.to_bits(), "epoch {epochs}");
    }
    // Too large for a browser's storage.
    assert!(!fits(&start) && fits(&session(&common::lesson(common::XOR))));
}
