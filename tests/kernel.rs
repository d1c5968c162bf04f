//! Training by the kernel and stepping through traces are the same computation: they end in the same
//! bits, whatever the network, the data and the rule.

// Helpers fail as tests do.
#![allow(clippy::expect_used)]

mod common;

use std::rc::Rc;

use backprop::activation::Activation;
use backprop::init::{Init, Scheme};
use backprop::kernel::{Batches, Trainer};
use backprop::loss::Loss;
use backprop::network::{Network, Params};
use backprop::optimizer::Optimizer;
use backprop::rng::Rng;
use backprop::trace::{Model, Rule, Sample, UpdateOrder, UpdateTrace, loss_over};
use common::{below, bits, model_numbers, pick};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const LOSSES: [Loss; 4] =
    [Loss::HalfSquaredError, Loss::MeanSquaredError, Loss::BinaryCrossEntropy, Loss::CrossEntropy];

/// A network, its data and how it learns.
struct Case {
    model: Rc<Model>,
    rule: Rule,
    samples: Vec<Sample>,
    batch_size: usize,
}

/// Case number `k`: the kinds take turns, the sizes and numbers are drawn.
fn case(k: usize, rng: &mut Rng) -> Case {
    let loss = LOSSES[k % 4];
    let output = match loss {
        Loss::BinaryCrossEntropy => Activation::Sigmoid,
        Loss::CrossEntropy => Activation::Softmax,
        _ => Activation::HIDDEN[k / 4 % Activation::HIDDEN.len()],
    };
    // So small that no case diverges.
    let methods = Optimizer::all(0.003);
    let optimizer = methods[k / 2 % methods.len()];
    let update_order = [UpdateOrder::Simultaneous, UpdateOrder::LayerByLayer][k / 3 % 2];
    let rule = Rule { update_order, train_biases: !k.is_multiple_of(5), ..Rule::new(loss, optimizer) };

    let n_layers = 1 + below(rng, 4);
    let sizes: Vec<usize> = (0..=n_layers).map(|_| 1 + below(rng, 13)).collect();
    let layer = |l: usize, rng: &mut Rng| {
        let scheme = pick(rng, &[Scheme::GlorotUniform, Scheme::HeNormal, Scheme::Normal, Scheme::Zeros]);
        let init = Init { scheme, scale: 1.0, seed: rng.next_u64(), biases: below(rng, 3) != 0 };
        let mut drawn = init.draw(sizes[l + 1], sizes[l]);
        for bias in drawn.biases.iter_mut().flatten() {
            *bias = pick(rng, &[-0.0, 0.0, 0.5, -1.0]);
            // Predictions that come to 1 or 0, or very near.
            if loss.is_of_sums() && l + 1 == n_layers {
                *bias += pick(rng, &[0.0, 0.0, 25.0, -40.0, 800.0]);
            }
        }
        drawn
    };
    let params = Params((0..n_layers).map(|l| layer(l, rng)).collect());
    let activations =
        (1..=n_layers).map(|l| if l == n_layers { output } else { pick(rng, Activation::HIDDEN) }).collect();

    // Whole numbers and zeros of both signs among them, as in hand-made lessons.
    let number = |rng: &mut Rng| {
        let any = 2.0 * rng.uniform() - 1.0;
        pick(rng, &[any, any, 0.0, -0.0, 1.0, -2.0])
    };
    let target = |rng: &mut Rng| match loss {
        Loss::HalfSquaredError | Loss::MeanSquaredError => number(rng),
        _ => pick(rng, &[0.0, 1.0, 0.25]),
    };
    let n_samples = 1 + below(rng, if k.is_multiple_of(7) { 150 } else { 20 });
    let samples: Vec<Sample> = (0..n_samples)
        .map(|_| Sample {
            input: (0..sizes[0]).map(|_| number(rng)).collect(),
            target: (0..sizes[n_layers]).map(|_| target(rng)).collect(),
        })
        .collect();
    let some = 1 + below(rng, n_samples);
    let batch_size = pick(rng, &[1, n_samples, n_samples, some]);
    let model = Rc::new(Model::start(Network { params, activations }));
    Case { model, rule, samples, batch_size }
}

#[wasm_bindgen_test(unsupported = test)]
fn an_epoch_stepped_by_hand_and_the_same_epoch_trained_end_in_the_same_bits() {
    let mut rng = Rng::new(11);
    for k in 0..240 {
        let Case { model, rule, samples, batch_size } = case(k, &mut rng);
        let packed = Rc::new(Batches::new(&samples, batch_size, rule.update_order));
        let mut trainer = Trainer::new(&model, rule, &packed);
        let mut stepped = model;
        for epoch in 0..3 {
            let what = format!("case {k}, epoch {epoch}: {rule:?}, batches of {batch_size}");
            assert_eq!(bits(&model_numbers(&trainer.model())), bits(&model_numbers(&stepped)), "{what}");
            let loss = loss_over(&stepped.network, rule.loss, samples.iter());
            assert_eq!(trainer.loss().to_bits(), loss.to_bits(), "loss of {what}");
            for batch in samples.chunks(batch_size) {
                stepped = UpdateTrace::new(&stepped, rule, batch.iter()).after;
            }
            if let Some(at_hand) = trainer.epoch() {
                assert_eq!(at_hand.to_bits(), loss.to_bits(), "loss at hand of {what}");
            }
        }
        assert!(trainer.is_overflow_safe(), "case {k}");
        let (trained, stepped) = (model_numbers(&trainer.model()), model_numbers(&stepped));
        assert!(stepped.iter().all(|x| x.is_finite()), "case {k}: {rule:?}");
        assert_eq!(bits(&trained), bits(&stepped), "case {k}: {rule:?}, batches of {batch_size}");
    }
}
