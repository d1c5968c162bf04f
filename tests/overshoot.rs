//! What is said of an update that goes too far, against what the formulas of the network give by hand.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::expect_used)]

mod common;

use backprop::network::Param;
use chainrule::explanation::{Detail, explain};
use chainrule::moment::Moment;
use chainrule::moment::descent::Descent;
use chainrule::moment::step::StepKind;
use chainrule::session::{Action, Edit, Session};
use common::{HMKCODE, is_close, lesson};

const W5: StepKind = StepKind::Update(Param::Weight { layer: 2, to: 0, from: 0 });

fn with_rate(text: &str, rate: f64) -> Session {
    let session = Session::new(lesson(text)).expect("finite");
    session.update(Action::Edit { edit: Edit::LearningRate(rate), continues: false })
}

fn said(moment: &Moment, kind: StepKind) -> (String, String) {
    let step = moment.plan.find(kind, 0).expect("a step of the plan");
    let explanation = explain(&moment.at(moment.plan.done(step)), Detail { digits: 5, max_terms: 12 });
    (explanation.why, explanation.effect.expect("a step of the update"))
}

/// HMKCode's network, out = w₅ (w₁ i₁ + w₂ i₂) + w₆ (w₃ i₁ + w₄ i₂), written out: E before, Σ g · Δw, E
/// after.
fn by_hand(rate: f64) -> [f64; 3] {
    let (i1, i2) = (2.0, 3.0);
    let w = [0.11, 0.21, 0.12, 0.08, 0.14, 0.15];
    let h = |w: [f64; 6]| (w[0] * i1 + w[1] * i2, w[2] * i1 + w[3] * i2);
    let gap = |w: [f64; 6]| w[4] * h(w).0 + w[5] * h(w).1 - 1.0;
    let error = |w: [f64; 6]| 0.5 * gap(w) * gap(w);
    let d = gap(w);
    let g = [d * w[4] * i1, d * w[4] * i2, d * w[5] * i1, d * w[5] * i2, d * h(w).0, d * h(w).1];
    let mut new = w;
    for k in 0..6 {
        new[k] -= rate * g[k];
    }
    [error(w), -rate * g.iter().map(|g| g * g).sum::<f64>(), error(new)]
}

#[test]
fn the_first_order_change_stands_beside_what_happens() {
    for (rate, overshoots) in [(0.05, false), (0.5, false), (5.0, true)] {
        let descent = with_rate(HMKCODE, rate).moment().descent().expect("a derivative");
        let found = [descent.before, descent.predicted, descent.after];
        for (found, expected) in found.into_iter().zip(by_hand(rate)) {
            assert!(is_close(found, expected, 1e-12), "{rate}: {found}, expected {expected}");
        }
        assert_eq!(descent.overshoots(), overshoots, "{rate}");
    }
}

#[test]
fn a_step_that_overshoots_says_so_with_both_numbers() {
    let (why, effect) = said(with_rate(HMKCODE, 5.0).moment(), W5);
    assert!(!why.contains("lowers") && why.contains("goes too far"), "{why}");
    assert_eq!(
        effect,
        "To first order the whole update lowers E by 4.9093. E goes from 0.32724 to 1052.8: the update overshoots."
    );
    let (why, effect) = said(with_rate(HMKCODE, 0.05).moment(), W5);
    assert!(why.starts_with("A short step against the derivative lowers E: "), "{why}");
    assert_eq!(
        effect,
        "To first order the whole update lowers E by 0.049093. E goes from 0.32724 to 0.27696."
    );
}

/// Uphill to first order is no overshooting, nor is what rounding makes of a loss that is at its least.
#[test]
fn only_a_descent_that_ends_higher_overshoots() {
    let overshoots = |before, predicted, after| Descent { before, predicted, after }.overshoots();
    assert!(overshoots(0.5, -0.1, 0.6) && overshoots(0.5, -0.1, f64::INFINITY));
    assert!(!overshoots(0.5, 0.1, 0.6) && !overshoots(0.5, -0.1, 0.4));
    assert!(!overshoots(0.5, -1e-18, 0.5 + f64::EPSILON));
}
