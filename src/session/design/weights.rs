//! The network of a model file, and the samples that fit it.

use std::rc::Rc;

use super::Design;
use crate::lesson::weights::ReadNetwork;
use crate::lesson::{Data, Lesson};
use crate::words::paragraph;
use crate::words::session::design as words;
use backprop::activation::Activation;
use backprop::loss::Loss;
use backprop::network::Network;
use backprop::trace::Sample;

impl Design<'_> {
    /// Takes over a network that was read. The samples stay where it has as many inputs and outputs and can learn
    /// from them; else one sample stands for those that are missing.
    pub(super) fn set_weights(&mut self, read: &ReadNetwork) {
        let ReadNetwork { title, network, input_names, output_names, .. } = read;
        let holds = words::read_network(title, &in_words(network));
        let message = paragraph([&*holds, samples_in_words(&self.lesson, network)]);
        let kept = loss_of_samples(&self.lesson, network);
        self.lesson.network = Rc::new(network.clone());
        let old_outputs = self.lesson.unit_names.pop().flatten().filter(|_| kept.is_some());
        self.lesson.unit_names = vec![None; network.n_layers() - 1];
        self.lesson.unit_names.push(output_names.clone().or(old_outputs));
        match kept {
            Some(loss) => {
                self.lesson.rule.loss = loss;
                self.lesson.input_names = input_names.clone().or(self.lesson.input_names.take());
            }
            None => {
                let loss = usual_loss(network);
                self.lesson.rule.loss = loss;
                self.lesson.input_names = input_names.clone();
                self.lesson.data =
                    Rc::new(Data { train: vec![first_sample(network)], test: Vec::new(), generator: None });
                self.lesson.batch_size = 1;
                self.lesson.shuffle = None;
            }
        }
        self.message = Some(message);
    }
}

/// What becomes of the samples of `lesson` where it gets this network, in a sentence.
pub fn samples_in_words(lesson: &Lesson, network: &Network) -> &'static str {
    match loss_of_samples(lesson, network) {
        Some(_) => words::samples_stay(),
        None => words::samples_do_not_fit(),
    }
}

/// The loss with which a network learns from the samples of `lesson`, if it can.
fn loss_of_samples(lesson: &Lesson, network: &Network) -> Option<Loss> {
    let old = &lesson.network;
    let fits = old.n_units(0) == network.n_units(0) && old.n_outputs() == network.n_outputs();
    let loss = match (output(network), lesson.rule.loss) {
        (Activation::Softmax, _) => Loss::CrossEntropy,
        (Activation::Sigmoid, Loss::BinaryCrossEntropy) => Loss::BinaryCrossEntropy,
        (_, Loss::BinaryCrossEntropy | Loss::CrossEntropy) => Loss::HalfSquaredError,
        (_, loss) => loss,
    };
    (fits && (!loss.takes_shares() || lesson.data.has_shares())).then_some(loss)
}

fn output(network: &Network) -> Activation {
    network.activation(network.n_layers())
}

/// The loss that most programs learn with where the output is this one.
fn usual_loss(network: &Network) -> Loss {
    match output(network) {
        Activation::Softmax => Loss::CrossEntropy,
        Activation::Sigmoid => Loss::BinaryCrossEntropy,
        _ => Loss::HalfSquaredError,
    }
}

/// Inputs of 1, so that every weight counts; no output asked for but the first of several shares.
fn first_sample(network: &Network) -> Sample {
    let mut target = vec![0.0; network.n_outputs()];
    if output(network) == Activation::Softmax {
        target[0] = 1.0;
    }
    Sample { input: vec![1.0; network.n_units(0)], target }
}

/// The numbers of units, from the inputs to the outputs: 2 → 3 → 1.
fn in_words(network: &Network) -> String {
    network.shape().replace('-', " → ")
}
