//! The workloads that training is measured on. The shapes matter, not the contents: the data is drawn.

// Each bench uses its part.
#![allow(dead_code)]

use std::rc::Rc;

use backprop::activation::Activation;
use backprop::init::{Init, Scheme};
use backprop::kernel::{Batches, Trainer};
use backprop::loss::Loss;
use backprop::network::{Network, Params};
use backprop::optimizer::Optimizer;
use backprop::rng::Rng;
use backprop::trace::{Model, Rule, Sample, UpdateTrace};

/// A network, its samples and how it learns.
pub struct Workload {
    /// What stands in the table.
    pub name: &'static str,
    model: Rc<Model>,
    rule: Rule,
    samples: Vec<Sample>,
    batch_size: usize,
}

/// W1 to W5: HMKCode's network, XOR, two spirals, two moons, digits.
pub fn all() -> Vec<Workload> {
    use Activation::{Identity, Relu, Sigmoid, Softmax, Tanh};
    use Loss::{BinaryCrossEntropy, CrossEntropy, HalfSquaredError};
    let xor = [([0.0, 0.0], 0.0), ([0.0, 1.0], 1.0), ([1.0, 0.0], 1.0), ([1.0, 1.0], 0.0)];
    let xor = xor.map(|(input, y)| Sample { input: input.to_vec(), target: vec![y] }).to_vec();
    let hmkcode = vec![Sample { input: vec![2.0, 3.0], target: vec![1.0] }];
    let drawn = |n_inputs: usize, n_targets: usize, n: usize| {
        let mut rng = Rng::new(n as u64);
        let sample = |k: usize| Sample {
            input: (0..n_inputs).map(|_| rng.uniform()).collect(),
            target: (0..n_targets).map(|j| if k % n_targets.max(2) == j { 1.0 } else { 0.0 }).collect(),
        };
        (0..n).map(sample).collect::<Vec<_>>()
    };
    vec![
        workload("W1 HMKCode", (&[2, 2, 1], &[Identity; 2]), false, HalfSquaredError, 0.05, hmkcode, 1),
        workload("W2 XOR", (&[2, 2, 1], &[Sigmoid; 2]), true, HalfSquaredError, 2.0, xor, 4),
        workload(
            "W3 spirals",
            (&[2, 8, 8, 1], &[Tanh; 3]),
            true,
            HalfSquaredError,
            0.1,
            drawn(2, 1, 500),
            10,
        ),
        workload(
            "W4 moons",
            (&[2, 25, 50, 50, 25, 1], &[Relu, Relu, Relu, Relu, Sigmoid]),
            true,
            BinaryCrossEntropy,
            0.2,
            drawn(2, 1, 900),
            900,
        ),
        workload(
            "W5 digits",
            (&[64, 32, 10], &[Tanh, Softmax]),
            true,
            CrossEntropy,
            0.2,
            drawn(64, 10, 1797),
            32,
        ),
    ]
}

fn workload(
    name: &'static str,
    (sizes, activations): (&[usize], &[Activation]),
    biases: bool,
    loss: Loss,
    learning_rate: f64,
    samples: Vec<Sample>,
    batch_size: usize,
) -> Workload {
    let layer = |l: usize| {
        let init = Init { scheme: Scheme::GlorotUniform, scale: 1.0, seed: 1 + l as u64, biases };
        init.draw(sizes[l + 1], sizes[l])
    };
    let params = Params((0..activations.len()).map(layer).collect());
    let model = Rc::new(Model::start(Network { params, activations: activations.to_vec() }));
    let optimizer = Optimizer::Sgd { learning_rate };
    let rule = Rule { train_biases: biases, ..Rule::new(loss, optimizer) };
    Workload { name, model, rule, samples, batch_size }
}

impl Workload {
    /// A trainer at the start.
    pub fn trainer(&self) -> Trainer {
        let batches = Batches::new(&self.samples, self.batch_size, self.rule.update_order);
        Trainer::new(&self.model, self.rule, &Rc::new(batches))
    }

    /// The model after an epoch by traces.
    pub fn stepped(&self, model: &Rc<Model>) -> Rc<Model> {
        self.samples
            .chunks(self.batch_size)
            .fold(Rc::clone(model), |model, batch| UpdateTrace::new(&model, self.rule, batch.iter()).after)
    }

    /// The model before the first epoch.
    pub fn model(&self) -> &Rc<Model> {
        &self.model
    }

    /// Multiplications and additions of an epoch, without activation functions and losses: forwards
    /// and for the gradients 2 per weight and sample, backwards as many but for the first layer, 2
    /// per parameter and update. Biases are left out of the passes.
    pub fn flop(&self) -> f64 {
        let network = &self.model.network;
        let macs = |from: usize| -> usize {
            (from..=network.n_layers()).map(|l| network.n_units(l - 1) * network.n_units(l)).sum()
        };
        let n_updates = self.samples.len().div_ceil(self.batch_size);
        let passes = 2 * self.samples.len() * (2 * macs(1) + macs(2));
        (passes + 2 * network.n_params() * n_updates) as f64
    }

    /// Values of `g` in an epoch.
    pub fn n_values(&self, g: Activation) -> f64 {
        let network = &self.model.network;
        let units =
            (1..=network.n_layers()).filter(|&l| network.activation(l) == g).map(|l| network.n_units(l));
        (units.sum::<usize>() * self.samples.len()) as f64
    }
}
