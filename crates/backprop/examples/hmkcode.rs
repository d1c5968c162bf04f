//! HMKCode's 2-2-1 network (*Backpropagation Step by Step*, 2019): one round of backpropagation.
//!
//! ```sh
//! cargo run -p backprop --example hmkcode
//! ```

use std::rc::Rc;

use backprop::activation::Activation;
use backprop::loss::Loss;
use backprop::matrix::Matrix;
use backprop::network::Network;
use backprop::optimizer::Optimizer;
use backprop::trace::{Model, Rule, Sample, UpdateTrace};

/// The update that the article computes.
pub fn first_update() -> UpdateTrace {
    let weights = [Matrix::from_rows([[0.11, 0.21], [0.12, 0.08]]), Matrix::from_rows([[0.14, 0.15]])];
    let model = Rc::new(Model::start(Network::of_weights(weights, Activation::Identity)));
    let sample = Sample { input: vec![2.0, 3.0], target: vec![1.0] };
    UpdateTrace::new(
        &model,
        Rule::new(Loss::HalfSquaredError, Optimizer::Sgd { learning_rate: 0.05 }),
        [&sample].into_iter(),
    )
}

fn main() {
    let update = first_update();
    println!(
        "prediction {:.3}, error {:.4}",
        update.pass.samples[0].forward.prediction()[0],
        update.pass.loss
    );
    for (layer, params) in update.after.network.params.0.iter().enumerate() {
        println!("weights of layer {} after the update: {:.2?}", layer + 1, params.weights.numbers());
    }
}
