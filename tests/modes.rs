//! Both ways through the chain rule come to the same, and what is said of their cost is what an
//! implementation counts.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::expect_used, clippy::unwrap_used)]

mod common;

use backprop::activation::Activation;
use backprop::mistakes::Mistake;
use backprop::network::Param;
use chainrule::explanation::modes::{Costs, ModeStage, modes};
use chainrule::lesson::Lesson;
use chainrule::lesson::quantity::Quantity;
use chainrule::moment::Moment;
use common::{HMKCODE, json_files, lesson, session};

/// What both modes need for a network of these sizes, counted product by product as loops make them.
struct Counter {
    sizes: Vec<usize>,
    has_slope: Vec<bool>,
    has_biases: Vec<bool>,
}

impl Counter {
    fn of(moment: &Moment) -> Self {
        let network = moment.network();
        let n_layers = network.n_layers();
        let layers = || 0..=n_layers;
        Self {
            sizes: layers().map(|layer| network.n_units(layer)).collect(),
            has_slope: layers()
                .map(|layer| {
                    let with_loss = layer == n_layers && moment.lesson.rule.loss.is_of_sums();
                    0 < layer && network.activation(layer) != Activation::Identity && !with_loss
                })
                .collect(),
            has_biases: layers().map(|layer| 0 < layer && network.has_biases(layer)).collect(),
        }
    }

    /// A parameter of layer `first`, carried on from its unit to the loss.
    fn forward(&self, first: usize) -> usize {
        let n_layers = self.sizes.len() - 1;
        let mut n = 0;
        let mut changed = vec![first];
        if self.has_slope[first] {
            n += 1;
        }
        for layer in first + 1..=n_layers {
            let mut next = Vec::new();
            for _unit in 0..self.sizes[layer] {
                for _from in &changed {
                    n += 1;
                }
                if self.has_slope[layer] {
                    n += 1;
                }
                next.push(layer);
            }
            changed = next;
        }
        if first == n_layers {
            // One output changes; the sum over the outputs has a product for each all the same.
            changed = vec![first; self.sizes[n_layers]];
        }
        for _output in &changed {
            n += 1;
        }
        n
    }

    fn forward_of_all(&self) -> usize {
        let mut n = 0;
        for layer in 1..self.sizes.len() {
            for _to in 0..self.sizes[layer] {
                for _from in 0..self.sizes[layer - 1] {
                    n += self.forward(layer);
                }
                if self.has_biases[layer] {
                    n += self.forward(layer);
                }
            }
        }
        n
    }

    fn reverse(&self) -> usize {
        let n_layers = self.sizes.len() - 1;
        let mut n = 0;
        for layer in (1..=n_layers).rev() {
            for _unit in 0..self.sizes[layer] {
                if layer < n_layers {
                    for _behind in 0..self.sizes[layer + 1] {
                        n += 1;
                    }
                }
                if self.has_slope[layer] {
                    n += 1;
                }
                for _from in 0..self.sizes[layer - 1] {
                    n += 1;
                }
            }
        }
        n
    }
}

fn last(stages: &[ModeStage]) -> f64 {
    stages.last().unwrap().lines.last().unwrap().value
}

#[test]
fn both_ways_come_to_the_gradient() {
    for (name, text) in json_files("static/lessons") {
        let session = session(&lesson(&text));
        let moment = session.moment();
        let params = moment.network().param_list();
        let stride = params.len().div_ceil(40);
        for param in params.into_iter().step_by(stride) {
            let found = modes(moment, param).expect("numbers");
            let expected = moment.value(Quantity::Gradient(param)).unwrap();
            assert_eq!(last(&found.reverse), expected, "{name}, {param:?}");
            let forward = last(&found.forward);
            assert!(
                (forward - expected).abs() <= 1e-10 * expected.abs() + 1e-15,
                "{name}, {param:?}: {forward}, not {expected}"
            );
            let counter = Counter::of(moment);
            let Costs { n_params, forward_of_param, forward_of_all, reverse_of_all } = found.costs;
            assert_eq!(n_params, moment.network().n_params());
            assert_eq!(forward_of_all, counter.forward_of_all(), "{name}");
            assert_eq!(forward_of_param, counter.forward(param.layer()), "{name}, {param:?}");
            assert_eq!(reverse_of_all, counter.reverse(), "{name}");
        }
    }
}

/// Also of an update that is mistaken on purpose, which is gone by in either mode.
#[test]
fn both_ways_of_a_mistaken_update_come_to_the_same() {
    for (name, lesson) in common::lessons() {
        for mistake in Mistake::ALL {
            let lesson = Lesson { rule: lesson.rule.with_mistake(mistake, true), ..lesson.clone() };
            let session = session(&lesson);
            let moment = session.moment();
            let params = moment.network().param_list();
            let stride = params.len().div_ceil(12);
            for param in params.into_iter().step_by(stride) {
                let found = modes(moment, param).expect("numbers");
                let (forward, reverse) = (last(&found.forward), last(&found.reverse));
                assert!(
                    (forward - reverse).abs() <= 1e-10 * reverse.abs() + 1e-15,
                    "{name}, {mistake:?}, {param:?}: {forward}, not {reverse}"
                );
            }
        }
    }
}

/// HMKCode by hand: a weight into the hidden layer takes w₅ · i₁ and Δ · that, 2; one into the output Δ · h₁,
/// 1: 4 · 2 + 2 · 1 = 10. Backwards: Δ · w₅ and Δ · w₆, then one product for each of the six weights: 8.
#[test]
fn hmkcode_by_hand() {
    let session = session(&lesson(HMKCODE));
    let found = modes(session.moment(), Param::Weight { layer: 1, to: 0, from: 0 }).expect("numbers");
    let expected = Costs { n_params: 6, forward_of_param: 2, forward_of_all: 10, reverse_of_all: 8 };
    assert_eq!(found.costs, expected);
}
