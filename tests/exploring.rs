//! What is computed around a moment: slices of the loss, other learning rates, checks of all derivatives, against the formulas of the network by hand and against
//! plain differences.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::expect_used)]

mod common;

use std::rc::Rc;

use backprop::network::Param;
use backprop::trace::UpdateOrder;
use chainrule::explanation::gradient_check::{Finding, GradientCheck};
use chainrule::lesson::Lesson;
use chainrule::lesson::quantity::Quantity;
use chainrule::moment::Moment;
use chainrule::moment::slice::{Direction, Map, Slice};
use chainrule::moment::step::StepKind;
use chainrule::moment::time::Time;
use chainrule::picture::chart::Scale;
use chainrule::picture::rates::Explorer;
use chainrule::run::Run;
use chainrule::run::trial::{Outcome, Trials};
use chainrule::session::{Action, Edit, Session};
use common::{FOUR_POINTS, HMKCODE, MAZUR, is_close, lesson, lessons};

const W5: Param = Param::Weight { layer: 2, to: 0, from: 0 };
const W6: Param = Param::Weight { layer: 2, to: 0, from: 1 };

fn moment_at(lesson: &Lesson, epoch: u64) -> Moment {
    let mut run = Run::new(Rc::new(lesson.clone())).expect("a finite first pass");
    run.advance_epochs(epoch).expect("finite passes");
    run.moment_at(Time::epoch(epoch)).expect("a finite pass")
}

fn along(moment: &Moment, param: Param) -> Direction {
    Direction::of(moment, param).expect("a parameter of the network")
}

/// HMKCode's E as a function of its last two weights: h₁ = 0.85, h₂ = 0.48.
fn hmkcode(w5: f64, w6: f64) -> f64 {
    let gap = 0.85 * w5 + 0.48 * w6 - 1.0;
    0.5 * gap * gap
}

#[test]
fn a_slice_is_the_loss_by_hand_at_every_point() {
    let moment = moment_at(&lesson(HMKCODE), 0);
    let slice = Slice::new(&moment, along(&moment, W5), 2.0);
    // (0.191 − 1) · 0.85, and the step −0.05 times it.
    assert!(is_close(slice.along.slope, -0.68765, 1e-14));
    assert!(is_close(slice.along.new, 0.14 + 0.05 * 0.68765, 1e-14));
    assert!(slice.points.len() > 100);
    for (w, loss) in &slice.points {
        assert!((loss - hmkcode(*w, 0.15)).abs() < 1e-14, "{w}: {loss}");
    }
    let exact = |w: f64| slice.points.iter().find(|(at, _)| *at == w).map(|(_, loss)| *loss);
    assert_eq!(exact(slice.along.old), Some(slice.before));
    assert_eq!(exact(slice.along.new), Some(slice.after));
    assert!((slice.before - 0.3272405).abs() < 1e-15);
    assert!((slice.after - hmkcode(0.1743825, 0.15)).abs() < 1e-15);
    // 0.3272405 − 0.68765 · 0.0343825.
    assert!((slice.predicted() - 0.303_597_373_875).abs() < 1e-12);
    // The second pass of the article: E after all six updates.
    assert!(
        (slice.after_all - moment_at(&lesson(HMKCODE), 1).value(Quantity::BatchLoss).expect("E")).abs()
            < 1e-15
    );
}

#[test]
fn a_map_is_the_loss_by_hand_in_every_cell() {
    let moment = moment_at(&lesson(HMKCODE), 0);
    let map = Map::new(&moment, [W5, W6].map(|param| along(&moment, param)), [1.0, 0.5]);
    for (k, loss) in map.losses.iter().enumerate() {
        let middle = |k: usize| 2.0 * (k as f64 + 0.5) / map.n as f64 - 1.0;
        let (w5, w6) = (0.14 + middle(k % map.n), 0.15 + 0.5 * middle(k / map.n));
        assert!((loss - hmkcode(w5, w6)).abs() < 1e-14, "{w5}, {w6}");
    }
    assert!((map.after - hmkcode(map.along[0].new, map.along[1].new)).abs() < 1e-15);
}

/// The tangent of every slice touches the sampled curve: its slope is that of the curve's chord around the old
/// value, but for the curve's bend (h² times a sixth of the third derivative) and a kink.
#[test]
fn the_tangent_is_the_slope_of_the_sampled_curve() {
    for (name, lesson) in lessons() {
        if lesson.rule.update_order == UpdateOrder::LayerByLayer {
            continue;
        }
        let moment = moment_at(&lesson, 2);
        for param in moment.network().param_list() {
            let slice = Slice::new(&moment, along(&moment, param), 1e-3);
            let Direction { old, new, .. } = slice.along;
            let grid: Vec<(f64, f64)> =
                slice.points.iter().copied().filter(|(w, _)| *w == old || *w != new).collect();
            let at = grid.iter().position(|(w, _)| *w == old).expect("the old value");
            let (low, high) = (grid[at - 1], grid[at + 1]);
            let chord = (high.1 - low.1) / (high.0 - low.0);
            let off = (chord - slice.along.slope).abs();
            assert!(off <= 1e-7 * slice.along.slope.abs().max(1e-2), "{name}, {param:?}: {chord}");
        }
    }
}

/// Layer by layer the derivatives of the hidden layer are taken through new weights: no slope of this curve.
#[test]
fn the_tangent_of_an_update_layer_by_layer_is_what_the_update_uses() {
    let mut mazur = lesson(MAZUR);
    mazur.rule.update_order = UpdateOrder::LayerByLayer;
    let moment = moment_at(&mazur, 0);
    let w1 = Param::Weight { layer: 1, to: 0, from: 0 };
    let slope = along(&moment, w1).slope;
    let right = along(&moment_at(&lesson(MAZUR), 0), w1).slope;
    // Mazur's article has 0.000438568 for the right one.
    assert!((right - 0.000_438_568).abs() < 5e-10);
    assert!(1e-6 < (slope - right).abs());
}

/// The rates that were tested: 0.01 to 0.26 converge, 0.28 to 0.50 oscillate, from 0.55 the run diverges.
#[test]
fn rates_on_trial_come_out_as_tested() {
    let converging = (1..=26).map(|k| (k, Outcome::Converges));
    let oscillating = (28..=50).map(|k| (k, Outcome::Oscillates));
    let diverging = (55..=70).map(|k| (k, Outcome::Diverges));
    let expected: Vec<(u32, Outcome)> = converging.chain(oscillating).chain(diverging).collect();
    let moment = moment_at(&lesson(HMKCODE), 0);
    for n_epochs in [20, 100, 500] {
        let rates = expected.iter().map(|(k, _)| f64::from(*k) / 100.0);
        let mut trials = Trials::new(&moment, rates, n_epochs);
        assert!(trials.trials().iter().all(|trial| trial.found.is_none()));
        while !trials.is_done() {
            trials.advance(7);
        }
        for (trial, (_, outcome)) in trials.trials().iter().zip(&expected) {
            assert_eq!(trial.found.map(|(found, _)| found), Some(*outcome), "{} in {n_epochs}", trial.rate);
        }
    }
    // From where nothing is left to learn a small rate stays, and a large one leaves.
    let solved = moment_at(&lesson(HMKCODE), 300);
    let mut trials = Trials::new(&solved, [0.05, 0.2, 0.6].into_iter(), 100);
    trials.advance(u64::MAX);
    let found: Vec<Outcome> = trials.trials().iter().filter_map(|trial| Some(trial.found?.0)).collect();
    assert_eq!(found, [Outcome::Converges, Outcome::Converges, Outcome::Diverges]);
}

/// HMKCode's E after one update with any rate, by hand: all six weights go −a times their derivatives.
fn hmkcode_after(rate: f64) -> f64 {
    let [w1, w2, w3, w4, w5, w6] = [0.11, 0.21, 0.12, 0.08, 0.14, 0.15];
    let (h1, h2) = (2.0 * w1 + 3.0 * w2, 2.0 * w3 + 3.0 * w4);
    let d = h1 * w5 + h2 * w6 - 1.0;
    let step = -rate * d;
    let (w1, w2) = (w1 + step * 2.0 * w5, w2 + step * 3.0 * w5);
    let (w3, w4) = (w3 + step * 2.0 * w6, w4 + step * 3.0 * w6);
    let (w5, w6) = (w5 + step * h1, w6 + step * h2);
    let gap = (2.0 * w1 + 3.0 * w2) * w5 + (2.0 * w3 + 3.0 * w4) * w6 - 1.0;
    0.5 * gap * gap
}

#[test]
fn the_explorer_has_the_loss_by_hand_at_every_rate() {
    let moment = moment_at(&lesson(HMKCODE), 0);
    for scale in Scale::ALL {
        let explorer = Explorer::new(&moment, scale);
        assert!(60 < explorer.points.len());
        // Σ (∂E/∂w)², the square of the slope downhill.
        let square = 0.809 * 0.809 * (13.0 * (0.14 * 0.14 + 0.15 * 0.15) + 0.85 * 0.85 + 0.48 * 0.48);
        for point in explorer.points.iter().chain([&explorer.present]) {
            assert!((point.after - hmkcode_after(point.rate)).abs() < 1e-13, "{point:?}");
            assert!((point.predicted - (0.3272405 - point.rate * square)).abs() < 1e-13, "{point:?}");
        }
        assert_eq!(explorer.present.rate, 0.05);
        assert_eq!(explorer.points[explorer.nearest(0.05)].rate, 0.05);
        let tried = explorer.axis.tried(20);
        assert!([0.2, 0.4, 0.6].iter().all(|rate| tried.contains(rate)), "{tried:?}");
    }
    // The first update that leads higher than it started is within sight.
    assert!(0.3272405 < Explorer::new(&moment, Scale::Linear).points.last().expect("points").after);
}

/// An update by any method: the explorer's present point is what the run does next.
#[test]
fn the_explorers_present_point_is_what_the_run_does() {
    for (name, lesson) in lessons() {
        let moment = moment_at(&lesson, 1);
        let explorer = Explorer::new(&moment, Scale::Linear);
        let after = &moment.update().after.network;
        let batch = lesson.batch(moment.epoch, moment.batch);
        let expected = backprop::trace::loss_over(after, lesson.rule.loss, batch.into_iter());
        assert!(is_close(explorer.present.after, expected, 1e-14), "{name}");
    }
}

#[test]
fn the_way_of_a_run_is_its_weights_at_each_epoch() {
    let session = Session::new(lesson(HMKCODE)).expect("finite");
    let session = session.update(Action::RunEpochs(5));
    let session = session.update(Action::RunSlice { work: u64::MAX, updates: u64::MAX });
    let way = session.way([W5, W6]);
    assert_eq!(way[0], [0.14, 0.15]);
    let expected: Vec<[f64; 2]> = (0..=5)
        .map(|epoch| [W5, W6].map(|param| moment_at(&lesson(HMKCODE), epoch).network().params.at(param)))
        .collect();
    let mut distinct = way.clone();
    distinct.dedup();
    assert_eq!(distinct, expected);
    // Back in the run the way ends there; an edit changes no point before it.
    let back = session.update(Action::GoToEpoch(2));
    assert_eq!(back.way([W5, W6]).last(), expected.get(2));
    let edited = back.update(Action::Edit { edit: Edit::Param(W5, 0.5), continues: false });
    assert_eq!(edited.way([W5, W6]).last().map(|at| at[0]), Some(0.5));
}

fn findings(moment: &Moment, epsilon: f64) -> Vec<(Param, Finding)> {
    let check = GradientCheck::of(moment);
    let params = moment.network().param_list().into_iter();
    params.map(|param| (param, check.check(param, epsilon).finding)).collect()
}

#[test]
fn every_derivative_agrees_and_a_wrong_order_shows_exactly_where_it_is_wrong() {
    for (name, lesson) in lessons() {
        let moment = moment_at(&lesson, 0);
        // Taken through weights that are new already, the derivatives of a layer before are others.
        let mut right = lesson.clone();
        right.rule.update_order = UpdateOrder::Simultaneous;
        let right = moment_at(&right, 0);
        for (param, finding) in findings(&moment, 1e-5) {
            let slopes = [&moment, &right].map(|moment| along(moment, param).slope);
            let is_wrong = 1e-5 * slopes[1].abs() < (slopes[0] - slopes[1]).abs();
            let is_seen = finding == Finding::Differs;
            assert_eq!(is_wrong, is_seen, "{name}, {param:?}: {finding:?}");
            assert!(is_wrong || matches!(finding, Finding::Agrees { .. }), "{name}, {param:?}: {finding:?}");
        }
    }
}

/// The mean of the samples' losses has the mean of their differences; each agrees with its own derivative.
#[test]
fn what_tables_show_of_a_sample_is_measured_on_that_sample() {
    let lesson = lesson(FOUR_POINTS);
    let start = moment_at(&lesson, 0);
    let param = W5;
    let plan = &start.plan;
    let of_samples: Vec<f64> = (0..4)
        .map(|sample| {
            let there = start.at(plan.done(plan.find(StepKind::Gradient(param), sample).expect("a step")));
            let checked = GradientCheck::of_shown(&there).check(param, 1e-5);
            assert!(matches!(checked.finding, Finding::Agrees { .. }), "{sample}: {checked:?}");
            assert_eq!(Some(checked.computed), there.value(Quantity::Gradient(param)));
            checked.difference.value
        })
        .collect();
    assert!(of_samples.windows(2).all(|pair| (pair[0] - pair[1]).abs() > 1e-3), "{of_samples:?}");
    let there = start.at(plan.done(plan.find(StepKind::MeanGradient(param), 0).expect("a step")));
    let of_batch = GradientCheck::of_shown(&there).check(param, 1e-5);
    assert!((of_batch.difference.value - of_samples.iter().sum::<f64>() / 4.0).abs() < 1e-9);
    let of_sheet = GradientCheck::of(&start).check(param, 1e-5);
    assert_eq!(
        (of_batch.computed, of_batch.difference.value),
        (of_sheet.computed, of_sheet.difference.value)
    );
}

/// At epoch 100 the article's network has learned all that an f64 can tell: −3.5 · 10⁻¹⁶ is what rounding has
/// left of the derivative, and no difference can confirm it.
#[test]
fn what_only_rounding_tells_is_not_said_to_agree() {
    let moment = moment_at(&lesson(HMKCODE), 100);
    let check = GradientCheck::of(&moment);
    for param in moment.network().param_list() {
        let checked = check.check(param, 1e-5);
        let is_told = matches!(checked.finding, Finding::Agrees { .. });
        assert!(!is_told || checked.error() == 0.0, "{checked:?}");
        assert_ne!(checked.finding, Finding::Differs, "{checked:?}");
    }
}

/// Mazur's E along a weight has a third derivative, so that
/// the error of a large ε falls with its square; that of a small one grows as it shrinks.
#[test]
fn the_error_falls_with_the_square_of_epsilon_and_grows_again_by_rounding() {
    let moment = moment_at(&lesson(MAZUR), 0);
    let check = GradientCheck::of(&moment);
    let w5 = Param::Weight { layer: 2, to: 0, from: 0 };
    let error = |epsilon: f64| check.check(w5, epsilon).error();
    for (large, small) in [(0.1, 0.01), (0.01, 0.001)] {
        let ratio = error(large) / error(small);
        assert!((95.0..105.0).contains(&ratio), "{large}: {ratio}");
    }
    let least = check.by_epsilon(w5).iter().map(|(_, checked)| checked.error()).fold(f64::INFINITY, f64::min);
    assert!(least < 1e-11 && 1e-7 < error(1e-12) * 1e3, "{least}, {}", error(1e-12));
    // Whatever ε is, what the difference misses stays within the stated tolerance.
    for (epsilon, checked) in check.by_epsilon(w5) {
        assert!(checked.error() <= checked.tolerance(), "{epsilon}: {checked:?}");
        assert!(checked.finding != Finding::Differs, "{epsilon}: {checked:?}");
    }
}

/// One ReLU whose weighted sum is 0: E is ½ (max(0, w x) − 1)², with the slope −1 on one side of w = 0 and 0 on
/// the other.
#[test]
fn a_kink_is_called_a_kink() {
    let file = r#"{"format": "chainrule-lesson", "version": 1,
        "network": {"inputs": 1, "layers": [
            {"activation": "relu", "weights": [[0]], "biases": null},
            {"activation": "identity", "weights": [[1]], "biases": null}]},
        "loss": "half_squared_error", "optimizer": {"method": "sgd", "learning_rate": 0.1},
        "data": {"inputs": [[1]], "targets": [[1]]}}"#;
    let moment = moment_at(&lesson(file), 0);
    let w = Param::Weight { layer: 1, to: 0, from: 0 };
    for power in 1..=12 {
        let checked = GradientCheck::of(&moment).check(w, libm::pow(10.0, -f64::from(power)));
        assert_eq!(checked.finding, Finding::Kink, "{checked:?}");
    }
}
