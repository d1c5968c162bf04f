//! The chain rule along every path: on random networks the products of all paths add up to the gradient,
//! and the listed ones are the largest.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::expect_used)]

mod common;

use backprop::activation::Activation;
use backprop::mistakes::Mistake;
use backprop::network::{Param, UnitId};
use backprop::rng::Rng;
use chainrule::explanation::paths::{Path, paths};
use chainrule::lesson::Lesson;
use chainrule::lesson::quantity::Quantity;
use chainrule::moment::Moment;
use common::{HMKCODE, below, lesson, pick, session};
use serde_json::json;

const N_NETWORKS: u64 = 200;

/// A lesson of up to 4 layers of up to 5 units, with or without biases, with any activations and loss.
fn drawn(seed: u64) -> Moment {
    let mut rng = Rng::new(seed);
    let n_layers = 1 + below(&mut rng, 4);
    let sizes: Vec<usize> = (0..=n_layers).map(|_| 1 + below(&mut rng, 5)).collect();
    let loss = ["half_squared_error", "mean_squared_error", "binary_cross_entropy", "cross_entropy"]
        [below(&mut rng, 4)];
    let layers: Vec<serde_json::Value> = (1..=n_layers)
        .map(|layer| {
            let activation = match loss {
                "binary_cross_entropy" if layer == n_layers => "sigmoid",
                "cross_entropy" if layer == n_layers => "softmax",
                _ => pick(&mut rng, Activation::HIDDEN).facts().word,
            };
            let mut draw = || 3.0 * rng.uniform() - 1.5;
            let weights: Vec<Vec<f64>> =
                (0..sizes[layer]).map(|_| (0..sizes[layer - 1]).map(|_| draw()).collect()).collect();
            let biases: Vec<f64> = (0..sizes[layer]).map(|_| draw()).collect();
            match below(&mut rng, 3) {
                0 => json!({"activation": activation, "weights": weights}),
                _ => json!({"activation": activation, "weights": weights, "biases": biases}),
            }
        })
        .collect();
    let input: Vec<f64> = (0..sizes[0]).map(|_| 4.0 * rng.uniform() - 2.0).collect();
    let target: Vec<f64> = (0..sizes[n_layers]).map(|_| rng.uniform()).collect();
    let text = json!({
        "format": "chainrule-lesson", "version": 1,
        "network": {"inputs": sizes[0], "layers": layers},
        "loss": loss,
        "optimizer": {"method": "sgd", "learning_rate": 0.1},
        "data": {"inputs": [input], "targets": [target]},
    });
    session(&lesson(&text.to_string())).moment().clone()
}

fn value(moment: &Moment, quantity: Quantity) -> f64 {
    moment.value(quantity).expect("a quantity of the network")
}

/// The products of all paths from a unit to the loss, by walking every one of them, and the units of each.
fn walked(moment: &Moment, id: UnitId, product: f64, units: &[UnitId], found: &mut Vec<(Vec<UnitId>, f64)>) {
    let network = moment.network();
    let units = [units, &[id]].concat();
    if id.layer == network.n_layers() {
        found.push((units, product * value(moment, Quantity::Delta(id))));
        return;
    }
    let slope = value(moment, Quantity::Slope(id));
    for next in network.units(id.layer + 1) {
        let weight = network.params.at(Param::Weight { layer: next.layer, to: next.unit, from: id.unit });
        walked(moment, next, product * slope * weight, &units, found);
    }
}

fn is_close(found: f64, expected: f64, size: f64) -> bool {
    (found - expected).abs() <= 1e-12 * size
}

#[test]
fn the_products_of_all_paths_add_up_to_the_gradient() {
    let mut n_paths = 0;
    for seed in 0..N_NETWORKS {
        let moment = drawn(seed);
        for param in moment.network().param_list() {
            let found = paths(&moment, param, usize::MAX).expect("numbers");
            let gradient = value(&moment, Quantity::Gradient(param));
            let sum: f64 = found.listed.iter().map(|path| path.value).sum();
            let size: f64 = found.listed.iter().map(|path| path.value.abs()).sum();
            assert!(is_close(sum, gradient, size), "seed {seed}, {param:?}: {sum}, not {gradient}");
            assert_eq!((found.others, found.total), (None, gradient));
            let mut expected = Vec::new();
            let carried = match param {
                Param::Weight { layer, from, .. } => {
                    value(&moment, Quantity::Activation(UnitId::new(layer - 1, from)))
                }
                Param::Bias { .. } => 1.0,
            };
            walked(&moment, param.unit(), carried, &[], &mut expected);
            assert_eq!(found.listed.len(), expected.len());
            for Path { units, value, share, .. } in &found.listed {
                let (_, product) =
                    expected.iter().find(|(walked, _)| walked == units).expect("a path of the network");
                assert!(is_close(*value, *product, product.abs()), "seed {seed}, {param:?}, {units:?}");
                assert!(size == 0.0 || (share - value / size).abs() < 1e-9, "seed {seed}, {param:?}");
            }
            n_paths += expected.len();
        }
    }
    assert!(20_000 < n_paths, "{n_paths} paths");
}

#[test]
fn the_largest_paths_are_listed_and_the_others_are_their_rest() {
    const MOST: usize = 4;
    for seed in 0..N_NETWORKS {
        let moment = drawn(seed);
        for param in moment.network().param_list() {
            let all = paths(&moment, param, usize::MAX).expect("numbers").listed;
            let some = paths(&moment, param, MOST).expect("numbers");
            let values = |paths: &[Path]| paths.iter().map(|path| path.value.abs()).collect::<Vec<f64>>();
            assert_eq!(values(&some.listed), values(&all[..all.len().min(MOST)]), "seed {seed}, {param:?}");
            let size: f64 = values(&all).iter().sum();
            match some.others {
                None => assert!(all.len() <= MOST),
                Some(others) => {
                    let rest: f64 = all[MOST..].iter().map(|path| path.value).sum();
                    assert_eq!(others.n, (all.len() - MOST) as u64);
                    assert!(is_close(others.value, rest, size), "seed {seed}, {param:?}");
                }
            }
        }
    }
}

/// ∂E/∂w₁ = (out − 1) · w₅ · i₁ = −0.809 · 0.14 · 2 = −0.22652, of the numbers of the first pass.
#[test]
fn hmkcode_has_one_path_per_weight() {
    let moment = session(&lesson(HMKCODE)).moment().clone();
    let found = paths(&moment, Param::Weight { layer: 1, to: 0, from: 0 }, 10).expect("numbers");
    assert_eq!(found.listed.len(), 1);
    assert!((found.listed[0].value - -0.226_52).abs() < 1e-12, "{}", found.listed[0].value);
    assert_eq!(found.listed[0].share, -1.0);
    assert_eq!(found.listed[0].units, [UnitId::new(1, 0), UnitId::new(2, 0)]);
}

/// Also of a network that is broken on purpose: the paths are those that its update goes.
#[test]
fn the_paths_of_a_mistaken_update_add_up_to_what_it_takes_for_the_gradient() {
    for (name, lesson) in common::lessons() {
        for mistake in Mistake::ALL {
            let lesson = Lesson { rule: lesson.rule.with_mistake(mistake, true), ..lesson.clone() };
            let session = session(&lesson);
            let moment = session.moment();
            let params = moment.network().param_list();
            let stride = params.len().div_ceil(12);
            for param in params.into_iter().step_by(stride) {
                let found = paths(moment, param, 100_000).expect("numbers");
                let sum: f64 = found.listed.iter().map(|path| path.value).sum();
                let size: f64 = found.listed.iter().map(|path| path.value.abs()).sum();
                let gradient = value(moment, Quantity::Gradient(param));
                assert_eq!(found.others, None);
                assert!(
                    is_close(sum, gradient, size),
                    "{name}, {mistake:?}, {param:?}: {sum}, not {gradient}"
                );
            }
        }
    }
}
