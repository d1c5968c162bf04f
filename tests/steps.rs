//! Laws of stepping: what a plan visits and in which order, and that every way to an instant shows
//! the same numbers there, to the bit.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::expect_used)]

mod common;

use std::collections::{BTreeSet, HashSet};
use std::rc::Rc;

use backprop::network::{Param, UnitId};
use backprop::optimizer::Constant;
use backprop::rng::Rng;
use backprop::trace::{Model, UpdateTrace};
use chainrule::lesson::Lesson;
use chainrule::lesson::quantity::Quantity;
use chainrule::moment::Moment;
use chainrule::moment::step::{Grain, Phase, Plan, Position, StepKind};
use chainrule::moment::time::Time;
use chainrule::session::saved::{restore, save};
use chainrule::session::{Action, Edit, Playback, Session};
use common::{
    Shown, below, bits, draw_edit, draw_move, edit, lesson, lessons, model_numbers, session, shown,
    update_numbers,
};

fn first_moment(lesson: &Lesson) -> Moment {
    session(lesson).moment().clone()
}

// What a plan visits.

#[test]
fn a_plan_visits_every_derivative_once_and_after_what_it_needs() {
    for (name, lesson) in lessons() {
        let moment = first_moment(&lesson);
        let (plan, network) = (&moment.plan, moment.network());
        let mut visited: HashSet<(usize, StepKind)> = HashSet::new();
        for k in 1..=plan.n_steps() {
            let step = plan.step(k).expect("a step");
            assert_eq!(plan.find(step.kind, step.sample), Some(k), "{name}: step {k} is found again");
            let is_new = visited.insert((step.sample, step.kind));
            assert!(is_new, "{name}: {step:?} comes twice");
            let needs: Vec<StepKind> = match step.kind {
                StepKind::WeightedSum(UnitId { layer: 1, .. }) => Vec::new(),
                StepKind::WeightedSum(UnitId { layer, .. }) => {
                    activations(plan, network.n_units(layer - 1), layer - 1)
                }
                StepKind::Activation(id) => vec![StepKind::WeightedSum(id)],
                StepKind::Loss => activations(plan, network.n_outputs(), network.n_layers()),
                StepKind::ActivationGradient(UnitId { layer, .. }) => {
                    deltas(plan, network.n_units(layer + 1), layer + 1)
                }
                StepKind::Delta(UnitId { layer, .. }) if layer == network.n_layers() => vec![StepKind::Loss],
                StepKind::Delta(id) => vec![StepKind::ActivationGradient(id)],
                StepKind::Gradient(param) => vec![delta(plan, param.layer(), param.to())],
                StepKind::MeanGradient(param) => vec![StepKind::Gradient(param)],
                StepKind::Update(param) if plan.n_samples() == 1 => vec![StepKind::Gradient(param)],
                StepKind::Update(param) => vec![StepKind::MeanGradient(param)],
            };
            for need in needs {
                let samples = match step.kind {
                    StepKind::MeanGradient(_) => 0..plan.n_samples(),
                    _ => step.sample..step.sample + 1,
                };
                for sample in samples {
                    assert!(visited.contains(&(sample, need)), "{name}: {step:?} comes before {need:?}");
                }
            }
        }
        let learns = |param: &Param| lesson.rule.train_biases || !param.is_bias();
        let last = plan.n_samples() - 1;
        for param in network.param_list() {
            let expected = learns(&param);
            for sample in 0..plan.n_samples() {
                assert_eq!(visited.contains(&(sample, StepKind::Gradient(param))), expected, "{name}");
            }
            assert_eq!(visited.contains(&(last, StepKind::Update(param))), expected, "{name}");
            let is_averaged = visited.contains(&(last, StepKind::MeanGradient(param)));
            assert_eq!(is_averaged, expected && 0 < last, "{name}");
        }
    }
}

fn activations(plan: &Plan, n: usize, layer: usize) -> Vec<StepKind> {
    let maker = |unit| plan.maker(Quantity::Activation(UnitId { layer, unit }));
    (0..n).filter_map(maker).collect()
}

fn deltas(plan: &Plan, n: usize, layer: usize) -> Vec<StepKind> {
    (0..n).map(|unit| delta(plan, layer, unit)).collect()
}

fn delta(plan: &Plan, layer: usize, unit: usize) -> StepKind {
    plan.maker(Quantity::Delta(UnitId { layer, unit })).expect("a step makes every delta")
}

#[test]
fn forward_goes_from_the_first_layer_and_backward_from_the_last() {
    let layer_of = |kind: StepKind| match kind {
        StepKind::WeightedSum(UnitId { layer, .. })
        | StepKind::Activation(UnitId { layer, .. })
        | StepKind::ActivationGradient(UnitId { layer, .. })
        | StepKind::Delta(UnitId { layer, .. }) => layer,
        StepKind::Gradient(param) | StepKind::MeanGradient(param) | StepKind::Update(param) => param.layer(),
        StepKind::Loss => 0,
    };
    for (name, lesson) in lessons() {
        let plan = first_moment(&lesson).plan;
        let is_layer_by_layer = plan.is_layer_by_layer();
        for sample in 0..plan.n_samples() {
            let layers = |phase: Phase| -> Vec<usize> {
                (1..=plan.n_steps())
                    .filter_map(|k| plan.step(k))
                    .filter(|step| step.phase == phase && step.sample == sample)
                    .map(|step| layer_of(step.kind))
                    .collect()
            };
            let (forward, backward, update) =
                (layers(Phase::Forward), layers(Phase::Backward), layers(Phase::Update));
            assert!(forward.is_sorted(), "{name}");
            assert!(backward.iter().rev().is_sorted(), "{name}");
            let is_in_order =
                if is_layer_by_layer { update.iter().rev().is_sorted() } else { update.is_sorted() };
            assert!(is_in_order, "{name}");
        }
    }
}

#[test]
fn segments_cover_the_plan_without_gaps() {
    for (name, lesson) in lessons() {
        let plan = first_moment(&lesson).plan;
        let mut next = 1;
        for segment in plan.segments() {
            assert_eq!(segment.first, next, "{name}");
            for k in segment.first..=segment.last {
                let step = plan.step(k).expect("a step");
                assert_eq!((step.phase, step.sample), (segment.phase, segment.sample), "{name}");
                assert_eq!(plan.segment(k), Some(*segment), "{name}");
            }
            next = segment.last + 1;
        }
        assert_eq!(next, plan.n_steps() + 1, "{name}");
        assert_eq!(plan.step(0), None);
        assert_eq!(plan.step(next), None);
    }
}

#[test]
fn a_number_appears_with_its_step_and_stays() {
    for (name, lesson) in lessons() {
        let moment = first_moment(&lesson);
        let plan = &moment.plan;
        let weight = Param::Weight { layer: 1, to: 0, from: 0 };
        let step_of = |kind, sample| plan.find(kind, sample).expect("a step");
        let last = plan.n_samples() - 1;
        let mut makers = vec![
            (Quantity::BatchLoss, step_of(StepKind::Loss, last)),
            (Quantity::New(weight), step_of(StepKind::Update(weight), last)),
        ];
        for sample in 0..=last {
            let gradient = step_of(StepKind::Gradient(weight), sample);
            makers.push((Quantity::SampleLoss(sample), step_of(StepKind::Loss, sample)));
            makers.push((Quantity::SampleGradient(sample, weight), gradient));
        }
        for (quantity, step) in makers {
            for (k, is_there) in [(0, false), (step - 1, false), (step, true), (plan.n_steps(), true)] {
                let there = moment.at(plan.done(k));
                let expected = if is_there { there.value(quantity) } else { None };
                assert_eq!(there.shown(quantity), expected, "{name}, step {k}: {quantity:?}");
            }
        }
    }
}

// Where one can stop.

fn stops(plan: &Plan, grain: Grain) -> Vec<Position> {
    let next = |position: &Position| plan.next(*position, grain);
    std::iter::successors(Some(Position::READY), next).collect()
}

#[test]
fn the_stops_of_a_coarser_grain_are_stops_of_every_finer_one() {
    for (name, lesson) in lessons() {
        let plan = first_moment(&lesson).plan;
        let all: Vec<BTreeSet<Position>> =
            Grain::ALL.iter().map(|grain| stops(&plan, *grain).into_iter().collect()).collect();
        for (finer, coarser) in all.iter().zip(&all[1..]) {
            assert!(coarser.is_subset(finer), "{name}");
        }
        let n_terms: usize = (1..=plan.n_steps()).map(|k| plan.n_terms(k) * plan.n_numbers(k)).sum();
        let expected = [n_terms, plan.n_steps()];
        assert_eq!([all[0].len() - 1, all[1].len() - 1], expected, "{name}");
        assert_eq!(all[3].len() - 1, plan.segments().len(), "{name}");
        assert!(all.iter().all(|stops| stops.last() == Some(&plan.end())), "{name}");
    }
}

#[test]
fn back_undoes_forward_at_every_grain() {
    for (name, lesson) in lessons() {
        let plan = first_moment(&lesson).plan;
        for grain in Grain::ALL {
            let stops = stops(&plan, grain);
            assert!(stops.windows(2).all(|pair| pair[0] < pair[1]), "{name}, {grain:?}");
            for pair in stops.windows(2) {
                assert_eq!(plan.previous(pair[1], grain), Some(pair[0]), "{name}, {grain:?}");
            }
            assert_eq!(plan.previous(Position::READY, grain), None);
            assert_eq!(plan.next(plan.end(), grain), None);
        }
    }
}

#[test]
fn from_between_two_stops_one_comes_to_either() {
    for (name, lesson) in lessons() {
        let plan = first_moment(&lesson).plan;
        for grain in Grain::ALL {
            let coarse = stops(&plan, grain);
            for position in stops(&plan, Grain::Term) {
                let before = coarse.iter().rev().find(|stop| **stop < position).copied();
                let after = coarse.iter().find(|stop| position < **stop).copied();
                assert_eq!(plan.previous(position, grain), before, "{name}, {grain:?}, {position:?}");
                assert_eq!(plan.next(position, grain), after, "{name}, {grain:?}, {position:?}");
                assert_eq!(plan.clamp(position), position, "{name}");
            }
        }
    }
}

#[test]
fn back_undoes_forward_across_updates_and_epochs() {
    for (name, lesson) in lessons() {
        for grain in Grain::ALL {
            let mut now = session(&lesson).update(Action::SetGrain(grain));
            while now.time() < (Time { epoch: 2, batch: 0 }) {
                let next = now.update(Action::StepForward { coarser: false });
                let key = |session: &Session| (session.time(), session.moment().position);
                assert!(key(&now) < key(&next), "{name}, {grain:?}");
                let back = next.update(Action::StepBack { coarser: false });
                assert_eq!(key(&back), key(&now), "{name}, {grain:?}");
                now = next;
            }
        }
    }
}

// Every way to an instant shows the same numbers.

/// The updates of the first epochs by plain training.
fn straight(lesson: &Lesson, n_epochs: u64) -> Vec<(Time, Vec<u64>)> {
    let mut model = Rc::new(Model::start(lesson.network.as_ref().clone()));
    let mut all = Vec::new();
    for epoch in 0..n_epochs {
        for batch in 0..lesson.n_batches() {
            let update = UpdateTrace::new(&model, lesson.rule, lesson.batch(epoch, batch).into_iter());
            all.push((Time { epoch, batch }, bits(&update_numbers(&update))));
            model = update.after;
        }
    }
    all
}

#[test]
fn random_walks_show_what_straight_training_shows() {
    for (k, (name, lesson)) in lessons().into_iter().enumerate() {
        let mut rng = Rng::new(k as u64);
        let expected = straight(&lesson, 40);
        let mut now = session(&lesson);
        for _ in 0..400 {
            if 30 < now.time().epoch {
                now = now.update(Action::GoToEpoch(0));
            }
            let action = draw_move(&mut rng, &now);
            now = now.update(action.clone());
            let moment = now.moment();
            let at = expected.binary_search_by_key(&now.time(), |(time, _)| *time);
            let (_, expected) = &expected[at.expect("within 40 epochs")];
            assert!(&bits(&update_numbers(moment.update())) == expected, "{name}: {action:?}");
            assert_eq!(moment.plan.clamp(moment.position), moment.position, "{name}: {action:?}");
            assert_eq!(now.losses().at(moment.epoch), Some(now.loss()), "{name}: {action:?}");
        }
    }
}

/// The edits that led to a run, told as a story: go on by single epochs and batches to a time, edit
/// there, and so on. Independent of how a run remembers its past.
#[derive(Clone)]
struct Story {
    start: Lesson,
    edits: Vec<Told>,
}

#[derive(Clone)]
struct Told {
    /// When the edit was made.
    at: Time,
    edit: Edit,
    /// From when on it holds: `at`, or the start of its epoch if rows of data came or went.
    from: Time,
}

impl Story {
    /// The story after an edit: what comes later in it is forgotten.
    fn with(&self, at: Time, edit: Edit, from: Time) -> Self {
        let mut edits: Vec<Told> = self.edits.iter().filter(|told| told.from <= at).cloned().collect();
        for told in &mut edits {
            told.from = told.from.min(from);
        }
        edits.push(Told { at, edit, from });
        Self { edits, start: self.start.clone() }
    }

    /// A new session that goes straight to `time`.
    fn retold(&self, time: Time, position: Position) -> Session {
        let mut now = session(&self.start);
        for told in self.edits.iter().take_while(|told| told.from <= time) {
            now = go_on(now, told.at).update(edit(told.edit));
        }
        go_on(now, time).update(Action::JumpTo(position))
    }
}

fn go_on(mut session: Session, time: Time) -> Session {
    while session.time().epoch < time.epoch {
        session = session.update(Action::NextEpoch);
    }
    while session.time() < time {
        session = session.update(Action::JumpTo(session.moment().plan.end()));
        session = session.update(Action::StepForward { coarser: false });
    }
    session
}

/// What undo must bring back: everything shown, and the curve.
fn remembered(session: &Session) -> (Shown, chainrule::run::LossCurve) {
    (shown(session.moment()), session.losses().clone())
}

#[test]
fn random_edits_show_what_their_story_shows_and_undo_takes_them_back() {
    for (k, (name, lesson)) in lessons().into_iter().enumerate() {
        let mut rng = Rng::new(1000 + k as u64);
        let mut now = session(&lesson);
        let mut story = Story { start: lesson, edits: Vec::new() };
        let (mut undone, mut redone): (Vec<Story>, Vec<Story>) = (Vec::new(), Vec::new());
        for turn in 0..150 {
            let what = format!("{name}, turn {turn}");
            if 8 < now.time().epoch {
                now = now.update(Action::GoToEpoch(1));
            }
            match below(&mut rng, 10) {
                0..3 => {
                    let (before, at) = (remembered(&now), now.time());
                    let drawn = draw_edit(&mut rng, &now);
                    let edited = now.update(edit(drawn));
                    if edited.notice().is_some() || shown(edited.moment()) == before.0 {
                        // Refused, or nothing to change: all is as it was.
                        assert!(remembered(&edited) == before, "{what}: {drawn:?}");
                        assert_eq!(edited.can_redo(), now.can_redo(), "{what}: {drawn:?}");
                    } else {
                        undone.push(story.clone());
                        redone.clear();
                        story = story.with(at, drawn, edited.time());
                        let back = edited.update(Action::Undo);
                        assert!(remembered(&back) == before, "{what}: undo {drawn:?}");
                        let again = back.update(Action::Redo);
                        assert!(remembered(&again) == remembered(&edited), "{what}: redo {drawn:?}");
                    }
                    now = edited;
                }
                3 if rng.uniform() < 0.5 => {
                    assert_eq!(now.can_undo(), !undone.is_empty(), "{what}");
                    if let Some(earlier) = undone.pop() {
                        redone.push(std::mem::replace(&mut story, earlier));
                    }
                    now = now.update(Action::Undo);
                }
                3 => {
                    assert_eq!(now.can_redo(), !redone.is_empty(), "{what}");
                    if let Some(later) = redone.pop() {
                        undone.push(std::mem::replace(&mut story, later));
                    }
                    now = now.update(Action::Redo);
                }
                _ => {
                    let action = draw_move(&mut rng, &now);
                    now = now.update(action);
                }
            }
            let expected = story.retold(now.time(), now.moment().position);
            assert!(shown(now.moment()) == shown(expected.moment()), "{what}");
            assert_eq!(now.loss(), expected.loss(), "{what}");
            // The curve ends where the run does.
            let reached = now.update(Action::GoToEpoch(u64::MAX)).time().epoch;
            assert_eq!(now.losses().points().last().map(|point| point.epoch), Some(reached), "{what}");
        }
    }
}

#[test]
fn an_edit_in_the_past_starts_a_new_future() {
    for (name, lesson) in lessons() {
        let mut now = session(&lesson);
        for _ in 0..5 {
            now = now.update(Action::NextEpoch);
        }
        let old = now.losses().clone();
        let weight = Param::Weight { layer: 1, to: 0, from: 0 };
        let edited = now.update(Action::GoToEpoch(2)).update(edit(Edit::Param(weight, 0.123)));
        assert_eq!(edited.losses().points().last().map(|point| point.epoch), Some(2), "{name}");
        assert_eq!(edited.losses().points()[..2], old.points()[..2], "{name}");
        // The old future is gone, and its curve is kept for comparison.
        assert_eq!(edited.update(Action::GoToEpoch(5)).time(), Time::epoch(2), "{name}");
        assert_eq!(edited.earlier().last().map(|run| run.losses.points()), Some(old.points()), "{name}");
        let later = edited.update(Action::NextEpoch);
        assert_ne!(later.losses().at(3), old.at(3), "{name}");
        // The past is as it was.
        let before = now.update(Action::GoToEpoch(1));
        assert!(shown(later.update(Action::GoToEpoch(1)).moment()) == shown(before.moment()), "{name}");
    }
}

/// Points of the plane are the two inputs; of a line, the input and the target.
#[test]
fn points_are_samples() {
    let at = [0.25, 0.75];
    let plane = session(&lesson(common::XOR));
    let data = |session: &Session| session.moment().lesson.data.train.clone();
    let more = data(&plane.update(edit(Edit::AddPoint { at, like: 1 })));
    assert_eq!((more.len(), &more[4].input[..], &more[4].target), (5, &at[..], &data(&plane)[1].target));
    let moved = data(&plane.update(edit(Edit::MovePoint { sample: 2, at })));
    assert_eq!((moved.len(), &moved[2].input[..], &moved[2].target), (4, &at[..], &data(&plane)[2].target));
    let line = session(&lesson(include_str!("../static/lessons/approximate-sine.json")));
    let moved = data(&line.update(edit(Edit::MovePoint { sample: 3, at })));
    assert_eq!((&moved[3].input[..], &moved[3].target[..]), (&[0.25][..], &[0.75][..]));
    let far = plane.update(edit(Edit::MovePoint { sample: 2, at: [1e9, 0.0] }));
    assert_eq!(data(&far), data(&plane));
    assert!(far.notice().is_some_and(|notice| notice.text.contains("between −1000000 and 1000000")));
}

/// When rows of data come or go, the batches of the epoch start again, from the weights that are
/// shown. All data at once stay all at once.
#[test]
fn data_may_come_and_go() {
    let at = |session: &Session| (session.time(), session.moment().lesson.batch_size);
    for (batch_size, change, expected) in [
        (4, Edit::AddSample, 5),
        (4, Edit::RemoveSample(1), 3),
        (2, Edit::AddSample, 2),
        (2, Edit::RemoveSample(0), 2),
    ] {
        let mut lesson = lesson(common::XOR);
        lesson.batch_size = batch_size;
        let now = go_on(session(&lesson), Time { epoch: 2, batch: lesson.n_batches() - 1 });
        let edited = now.update(edit(change));
        assert_eq!(at(&edited), (Time::epoch(2), expected), "{change:?}");
        let before = |session: &Session| bits(&model_numbers(&session.moment().update().before));
        assert_eq!(before(&edited), before(&now), "{change:?}");
        let inputs = |session: &Session| session.moment().lesson.data.train.clone();
        let mut data = inputs(&now);
        match change {
            Edit::RemoveSample(k) => drop(data.remove(k)),
            _ => data.push(data[3].clone()),
        }
        assert_eq!(inputs(&edited), data, "{change:?}");
    }
}

#[test]
fn a_gesture_is_one_edit_to_undo() {
    let start = session(&lesson(common::HMKCODE));
    let weight = Param::Weight { layer: 1, to: 0, from: 0 };
    let mut now = start.clone();
    for (k, value) in [0.2, 0.3, 0.4].into_iter().enumerate() {
        now = now.update(Action::Edit { edit: Edit::Param(weight, value), continues: 0 < k });
    }
    let back = now.update(Action::Undo);
    assert!(remembered(&back) == remembered(&start));
    assert!(!back.can_undo());
}

#[test]
fn going_to_the_start_and_reset_do_no_more_the_second_time() {
    for (name, lesson) in lessons() {
        let start = session(&lesson);
        let weight = Param::Weight { layer: 1, to: 0, from: 0 };
        let mut now = start.update(Action::NextEpoch).update(Action::EndOfPhase);
        let at_start = now.update(Action::ToStart);
        assert!(at_start.is_at_start(), "{name}");
        assert!(remembered(&at_start.update(Action::ToStart)) == remembered(&at_start), "{name}");
        assert!(shown(at_start.moment()) == shown(start.moment()), "{name}");

        now = now.update(edit(Edit::Param(weight, 0.123))).update(Action::NextEpoch);
        let reset = now.update(Action::Reset);
        assert!(remembered(&reset) == remembered(&start), "{name}");
        assert!(remembered(&reset.update(Action::Reset)) == remembered(&start), "{name}");
        assert!(remembered(&reset.update(Action::Undo)) == remembered(&now), "{name}");
    }
}

#[test]
fn reset_says_what_it_takes_away_and_how_it_comes_back() {
    let start = session(&lesson(common::HMKCODE));
    let weight = |value: f64| edit(Edit::Param(Param::Weight { layer: 2, to: 0, from: 0 }, value));
    let told = |session: &Session| {
        let notice = session.update(Action::Reset).notice().cloned();
        notice.map(|notice| (notice.is_problem, notice.text))
    };
    let says = |rest: &str| Some((false, format!("Reset to the lesson's start{rest}")));
    assert_eq!(told(&start), None);
    let stepped = start.update(Action::EndOfPhase);
    assert_eq!(told(&stepped), says(". Undo (U) goes back to the step before."));
    let edited = start.update(weight(0.5));
    assert_eq!(told(&edited), says(": 1 edit is gone. Undo (U) brings it back."));
    let later = start.update(Action::NextEpoch);
    assert_eq!(told(&later), says(": 1 epoch is gone. Undo (U) brings it back."));
    assert_eq!(told(&later.update(Action::ToStart)), says(": 1 epoch is gone. Undo (U) brings it back."));

    // A drag is one edit; what is undone is none; what changes nothing is none.
    let drag = |value| match weight(value) {
        Action::Edit { edit, .. } => Action::Edit { edit, continues: true },
        other => other,
    };
    let mut now = edited;
    for action in [drag(0.6), drag(0.7), weight(0.7), weight(0.8), Action::Undo] {
        now = now.update(action);
    }
    for _ in 0..12 {
        now = now.update(Action::NextEpoch);
    }
    for action in [weight(0.1), edit(Edit::LearningRate(0.2))] {
        now = now.update(action);
    }
    let expected = says(": 12 epochs and 3 edits are gone. Undo (U) brings them back.");
    assert_eq!(told(&now), expected);
    // Also after a reload.
    let stored = restore(&save(&now)).expect("a stored session");
    assert_eq!(told(&stored), expected);
    // Reset counts anew, and Undo brings the count back as well.
    let reset = now.update(Action::Reset);
    assert_eq!(told(&reset), None);
    assert_eq!(told(&reset.update(Action::Undo)), expected);
    assert_eq!(told(&reset.update(weight(0.5))), says(": 1 edit is gone. Undo (U) brings it back."));
}

#[test]
fn an_impossible_edit_says_so_and_changes_nothing() {
    let start = session(&lesson(common::HMKCODE)).update(Action::EndOfPhase);
    let weight = Param::Weight { layer: 2, to: 0, from: 0 };
    for (impossible, expected) in [
        (Edit::Param(weight, f64::NAN), "w₅ cannot be undefined: a number between"),
        (Edit::Param(weight, f64::INFINITY), "w₅ cannot be ∞: a number between"),
        (Edit::Param(weight, 1e7), "w₅ cannot be 10000000: a number between −1000000 and 1000000"),
        (Edit::LearningRate(-1.0), "The learning rate a cannot be −1: a number between 0 and 1000"),
        (Edit::Input { sample: 0, unit: 1, value: -2e6 }, "i₂ cannot be −2000000"),
        (Edit::Target { sample: 0, unit: 0, value: 2e6 }, "target cannot be 2000000"),
        (Edit::Constant(Constant::Momentum, 1.0), "μ cannot be 1: a number 0 or more and below 1"),
        (Edit::Constant(Constant::Epsilon, 0.0), "ε cannot be 0: a number above 0 and at most 1"),
        (Edit::RemoveSample(0), "The last sample stays"),
    ] {
        let refused = start.update(edit(impossible));
        let notice = refused.notice().expect("a sentence");
        assert!(notice.is_problem && notice.text.contains(expected), "{}", notice.text);
        assert!(remembered(&refused) == remembered(&start));
        assert!(!refused.can_undo());
    }
}

/// The key that steps also ends the typing of a number: what is said of it is still there after that step.
#[test]
fn a_refused_number_is_still_spoken_of_after_one_step() {
    let weight = Param::Weight { layer: 2, to: 0, from: 0 };
    let refused = session(&lesson(common::HMKCODE)).update(edit(Edit::Param(weight, 1e7)));
    for step in [Action::StepForward { coarser: false }, Action::StepBack { coarser: false }] {
        let stepped = refused.update(step.clone());
        assert_eq!(stepped.notice(), refused.notice());
        assert_eq!(stepped.update(step).notice(), None);
    }
    assert_eq!(refused.update(Action::ToStart).notice(), None);
}

/// An edit that names what is not there is no edit.
#[test]
fn an_edit_of_what_is_not_there_changes_nothing() {
    let start = session(&lesson(common::HMKCODE));
    for nothing in [
        Edit::Param(Param::Weight { layer: 0, to: 0, from: 0 }, 1.0),
        Edit::Param(Param::Weight { layer: 3, to: 0, from: 0 }, 1.0),
        Edit::Param(Param::Weight { layer: 1, to: 0, from: 2 }, 1.0),
        Edit::Param(Param::Bias { layer: 1, to: 0 }, 1.0),
        Edit::Input { sample: 1, unit: 0, value: 1.0 },
        Edit::Input { sample: 0, unit: 2, value: 1.0 },
        Edit::Target { sample: 0, unit: 1, value: 1.0 },
        Edit::Constant(Constant::Beta1, 0.5),
        Edit::LearningRate(0.05),
    ] {
        let same = start.update(edit(nothing));
        assert!(remembered(&same) == remembered(&start), "{nothing:?}");
        assert!(!same.can_undo(), "{nothing:?}");
    }
}

#[test]
fn playing_steps_and_pauses_by_any_other_move() {
    let start = session(&lesson(common::HMKCODE));
    assert!(start.update(Action::Tick).is_at_start(), "a late tick does nothing while paused");
    let playing = start.update(Action::Play);
    let stepped = playing.update(Action::Tick).update(Action::Tick);
    assert_eq!(stepped.moment().position, start.moment().plan.done(2));
    assert_eq!(stepped.playback(), Playback::Playing);
    for action in [Action::Pause, Action::StepForward { coarser: false }, Action::ToStart, Action::Undo] {
        assert_eq!(stepped.update(action).playback(), Playback::Paused);
    }
}

/// A sample has one number, that of the data; where it has another one in its batch, that is said as such.
#[test]
fn a_sample_is_called_by_its_number_in_the_data() {
    let files = common::json_files("static/lessons");
    let built_in = |name: &str| {
        let (_, text) = files.iter().find(|(found, _)| found == name).expect("a lesson that is built in");
        common::session(&common::lesson(text)).update(Action::StepForward { coarser: false })
    };
    let four = built_in("hmkcode-four-points");
    assert_eq!(four.moment().sample_in_words(1), "sample 2 of 4");
    let iris = built_in("iris");
    let number = iris.moment().sample_in_data() + 1;
    assert_eq!(iris.moment().sample_in_words(0), format!("sample {number} of 120, 1st of 20 in the batch"));
}
