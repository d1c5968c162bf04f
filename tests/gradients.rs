//! Every derivative is the slope of the loss: checked against the central difference on random
//! networks, and by laws that need no numbers.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::expect_used)]

mod common;

use std::rc::Rc;

use backprop::activation::Activation;
use backprop::loss::Loss;
use backprop::matrix::Matrix;
use backprop::network::{LayerParams, Network, Param, Params};
use backprop::optimizer::Optimizer;
use backprop::rng::Rng;
use backprop::trace::{Model, Rule, Sample, UpdateOrder, UpdateTrace, loss_over};
use common::{bits, draw_network, draw_samples, lesson, numbers};

const N_NETWORKS: u64 = 200;

/// A network with its loss and samples, drawn from a seed.
struct Case {
    network: Network,
    rule: Rule,
    samples: Vec<Sample>,
}

impl Case {
    fn update(&self) -> UpdateTrace {
        self.update_with(&self.network, self.rule, &self.samples)
    }

    fn update_with(&self, network: &Network, rule: Rule, samples: &[Sample]) -> UpdateTrace {
        UpdateTrace::new(&Rc::new(Model::start(network.clone())), rule, samples.iter())
    }

    fn loss(&self, network: &Network) -> f64 {
        loss_over(network, self.rule.loss, self.samples.iter())
    }
}

/// Up to 4 layers of up to 5 units, with or without biases, any activation and any loss that fits.
fn draw(rng: &mut Rng) -> Case {
    let (network, loss) = draw_network(rng);
    let samples = draw_samples(rng, &network, loss);
    let rule = Rule::new(loss, Optimizer::Sgd { learning_rate: 0.1 });
    Case { network, rule, samples }
}

/// Whether every weighted sum is so far from the kink at 0 that no nudge carries it across.
fn is_smooth(case: &Case) -> bool {
    let pass = case.update().pass;
    (1..=case.network.n_layers()).filter(|&layer| case.network.activation(layer).has_kink()).all(|layer| {
        pass.samples.iter().all(|sample| sample.forward.sums(layer).iter().all(|z| 0.02 < z.abs()))
    })
}

fn cases() -> impl Iterator<Item = (u64, Case)> {
    (0..N_NETWORKS).map(|seed| {
        let mut rng = Rng::new(seed);
        let smooth = std::iter::repeat_with(|| draw(&mut rng)).find(is_smooth);
        (seed, smooth.expect("one of the drawn networks is smooth"))
    })
}

#[test]
fn the_drawn_networks_cover_every_activation_and_loss() {
    let drawn: Vec<Case> = cases().map(|(_, case)| case).collect();
    for g in Activation::ALL {
        let n = drawn.iter().filter(|case| case.network.activations.contains(&g)).count();
        assert!(20 <= n, "{g:?}: {n} networks");
    }
    for n_layers in 1..=4 {
        assert!(drawn.iter().any(|case| case.network.n_layers() == n_layers));
    }
    for loss in [Loss::HalfSquaredError, Loss::MeanSquaredError, Loss::BinaryCrossEntropy, Loss::CrossEntropy]
    {
        let n = drawn.iter().filter(|case| case.rule.loss == loss).count();
        assert!(20 <= n, "{loss:?}: {n} networks");
    }
    assert!(drawn.iter().any(|case| (1..=case.network.n_layers()).any(|l| !case.network.has_biases(l))));
}

#[test]
fn every_gradient_is_the_central_difference() {
    const H: f64 = 1e-5;
    for (seed, case) in cases() {
        let gradients = case.update().pass.gradients;
        for param in case.network.param_list() {
            let at = case.network.params.at(param);
            let loss_at = |value| {
                let mut moved = case.network.clone();
                moved.params.set(param, value);
                case.loss(&moved)
            };
            let measured = (loss_at(at + H) - loss_at(at - H)) / (2.0 * H);
            let computed = gradients.at(param);
            // The difference of two losses near 1 cannot tell less than 10⁻¹⁶ / h from zero.
            let size = computed.abs().max(measured.abs()).max(1e-3 * case.loss(&case.network).max(1.0));
            assert!(
                (measured - computed).abs() < 1e-6 * size,
                "seed {seed}, {param:?}: computed {computed}, measured {measured}"
            );
        }
    }
}

#[test]
fn the_gradient_of_a_batch_is_the_mean_over_its_samples() {
    for (seed, case) in cases() {
        let whole = case.update().pass;
        let parts: Vec<_> = case
            .samples
            .iter()
            .map(|sample| case.update_with(&case.network, case.rule, std::slice::from_ref(sample)).pass)
            .collect();
        let n = parts.len() as f64;
        let mean = |of: &dyn Fn(usize) -> f64| (0..parts.len()).map(of).sum::<f64>() / n;
        for param in case.network.param_list() {
            let expected = mean(&|k| parts[k].gradients.at(param));
            let found = whole.gradients.at(param);
            assert!((found - expected).abs() <= 1e-14 * (1.0 + expected.abs()), "seed {seed}, {param:?}");
        }
        let expected = mean(&|k| parts[k].loss);
        assert!((whole.loss - expected).abs() <= 1e-14 * (1.0 + expected), "seed {seed}");
    }
}

#[test]
fn a_learning_rate_of_zero_changes_nothing() {
    let methods = Optimizer::all(0.0);
    for (seed, case) in cases() {
        for optimizer in methods {
            for update_order in [UpdateOrder::Simultaneous, UpdateOrder::LayerByLayer] {
                let rule = Rule { optimizer, update_order, ..case.rule };
                let after = case.update_with(&case.network, rule, &case.samples).after;
                assert_eq!(
                    bits(&numbers(&after.network.params)),
                    bits(&numbers(&case.network.params)),
                    "seed {seed}, {optimizer:?}"
                );
            }
        }
    }
}

/// `network` with the units of hidden layer `layer` in reverse order.
fn reversed(network: &Network, layer: usize) -> Network {
    let n = network.n_units(layer);
    let mut changed = network.clone();
    let (own, next) = (network.layer(layer), network.layer(layer + 1));
    changed.params.0[layer - 1] = LayerParams {
        weights: Matrix::from_fn(n, own.weights.n_cols(), |i, j| own.weights.at(n - 1 - i, j)),
        biases: own.biases.as_ref().map(|biases| biases.iter().rev().copied().collect()),
    };
    changed.params.0[layer].weights =
        Matrix::from_fn(next.weights.n_rows(), n, |i, j| next.weights.at(i, n - 1 - j));
    changed
}

#[test]
fn the_order_of_hidden_units_does_not_matter() {
    for (seed, case) in cases() {
        for layer in 1..case.network.n_layers() {
            let permuted = reversed(&case.network, layer);
            let (before, after) = (case.update(), case.update_with(&permuted, case.rule, &case.samples));
            let close = |a: f64, b: f64| (a - b).abs() <= 1e-12 * (1.0 + b.abs());
            assert!(close(after.pass.loss, before.pass.loss), "seed {seed}, layer {layer}");
            // The gradient of the permuted network is the permuted gradient.
            let gradients = |update: UpdateTrace| Network {
                params: update.pass.gradients,
                activations: case.network.activations.clone(),
            };
            let expected = reversed(&gradients(before), layer);
            let found = gradients(after);
            for param in permuted.param_list() {
                let (found, expected) = (found.params.at(param), expected.params.at(param));
                assert!(close(found, expected), "seed {seed}, {param:?}: {found}, expected {expected}");
            }
        }
    }
}

#[test]
fn layer_by_layer_changes_the_hidden_layers_only() {
    for (seed, case) in cases() {
        let right = case.update();
        let rule = Rule { update_order: UpdateOrder::LayerByLayer, ..case.rule };
        let mistaken = case.update_with(&case.network, rule, &case.samples);
        let n_layers = case.network.n_layers();
        assert_eq!(right.pass.loss, mistaken.pass.loss, "seed {seed}");
        assert_eq!(right.steps.0[n_layers - 1], mistaken.steps.0[n_layers - 1], "seed {seed}");
        for (old, new) in right.pass.samples.iter().zip(&mistaken.pass.samples) {
            for layer in 1..=n_layers {
                assert_eq!(old.forward.activations(layer), new.forward.activations(layer), "seed {seed}");
            }
            assert_eq!(old.backward.deltas(n_layers), new.backward.deltas(n_layers), "seed {seed}");
        }
    }
    let differ = cases().filter(|(_, case)| {
        let rule = Rule { update_order: UpdateOrder::LayerByLayer, ..case.rule };
        case.update().steps != case.update_with(&case.network, rule, &case.samples).steps
    });
    assert!(100 < differ.count());
}

/// Mazur's post prints 0.291027924 after its first update; it has updated the output layer before it
/// went on to the hidden one. All weights at once give 0.291027774.
#[test]
fn mazurs_second_error_needs_the_layer_by_layer_order() {
    let mut lesson = lesson(common::MAZUR);
    for (order, expected) in [
        (UpdateOrder::Simultaneous, 0.291_027_773_693_599_4),
        (UpdateOrder::LayerByLayer, 0.291_027_923_905_441_97),
    ] {
        lesson.rule.update_order = order;
        let model = common::train(&lesson, 1);
        let loss = loss_over(&model.network, lesson.rule.loss, lesson.data.train.iter());
        assert!(common::is_close(loss, expected, 1e-15), "{order:?}: {loss}");
    }
}

#[test]
fn fixed_biases_have_a_gradient_but_no_step() {
    let lesson = lesson(common::MAZUR);
    let start = Rc::new(Model::start(lesson.network.as_ref().clone()));
    let update = UpdateTrace::new(&start, lesson.rule, lesson.data.train.iter());
    let bias = Param::Bias { layer: 2, to: 0 };
    assert_eq!(update.pass.gradients.at(bias), update.pass.samples[0].backward.deltas(2)[0]);
    assert_eq!(update.steps.at(bias), 0.0);
    assert_eq!(update.after.network.params.at(bias), 0.6);
}

/// A network that is certain: its activations are 0 and 1 to the last bit.
#[test]
fn certainty_leaves_every_derivative_finite() {
    for (loss, g, target) in [
        (Loss::BinaryCrossEntropy, Activation::Sigmoid, [1.0, 0.0]),
        (Loss::CrossEntropy, Activation::Softmax, [1.0, 0.0]),
    ] {
        let weights = Matrix::from_fn(2, 1, |i, _| if i == 0 { 1000.0 } else { -1000.0 });
        let network =
            Network { params: Params(vec![LayerParams { weights, biases: None }]), activations: vec![g] };
        let rule = Rule::new(loss, Optimizer::Sgd { learning_rate: 0.1 });
        let sample = Sample { input: vec![1.0], target: target.to_vec() };
        let update = UpdateTrace::new(&Rc::new(Model::start(network)), rule, std::iter::once(&sample));
        let all = common::update_numbers(&update);
        assert!(all.iter().all(|x| x.is_finite()), "{loss:?}: {:?}", update.pass);
        assert_eq!(update.pass.loss, 0.0);
    }
}
