//! The last layer and the loss: what goes together, and what the targets ask for.

use super::Design;
use crate::text::format;
use backprop::activation::Activation;
use backprop::loss::Loss;

/// Significant digits of targets in a sentence.
const SAID_DIGITS: u8 = 3;

impl Design<'_> {
    pub(super) fn set_activation(&mut self, layer: usize, activation: Activation) -> Result<(), String> {
        if layer < self.n_layers() {
            if activation == Activation::Softmax {
                return Err(
                    "Softmax makes shares that add up to 1 of all outputs: it is for the last layer only."
                        .to_owned(),
                );
            }
            self.network().activations[layer - 1] = activation;
            return Ok(());
        }
        let loss = match (activation, self.lesson.rule.loss) {
            (Activation::Softmax, _) => Loss::CrossEntropy,
            (Activation::Sigmoid, Loss::BinaryCrossEntropy) => Loss::BinaryCrossEntropy,
            (_, Loss::BinaryCrossEntropy | Loss::CrossEntropy) => Loss::HalfSquaredError,
            (_, loss) => loss,
        };
        self.set_output(activation, loss)
    }

    pub(super) fn set_loss(&mut self, loss: Loss) -> Result<(), String> {
        let activation = match (loss, self.lesson.network.activation(self.n_layers())) {
            (Loss::CrossEntropy, _) => Activation::Softmax,
            (Loss::BinaryCrossEntropy, _) => Activation::Sigmoid,
            (_, Activation::Softmax) => Activation::Sigmoid,
            (_, activation) => activation,
        };
        self.set_output(activation, loss)
    }

    /// Sets the last layer's activation and the loss, which go together, and says which of the two
    /// has followed the other.
    pub(super) fn set_output(&mut self, activation: Activation, loss: Loss) -> Result<(), String> {
        let last = self.n_layers();
        if loss.takes_shares() && !self.lesson.data.has_shares() {
            return Err(format!(
                "The {} is for targets from 0 to 1, and these data have others.",
                loss.name()
            ));
        }
        if activation == Activation::Softmax && self.lesson.network.n_outputs() == 1 {
            return Err("Softmax and cross-entropy share out certainty among several outputs: the share of a single one is always 1. Sigmoid and binary cross-entropy are for one.".to_owned());
        }
        let had = (self.lesson.network.activation(last), self.lesson.rule.loss);
        if had.0 != activation && had.1 != loss {
            self.message = Some(format!(
                "The loss {} and {} outputs go together: both have changed.",
                loss.name(),
                activation.name()
            ));
        }
        let (least, most) = self.lesson.data.target_range();
        if had.0 != activation && !activation.reaches(least, most) {
            self.message = Some(format!(
                "Of {} outputs some targets are out of reach: they go from {} to {}.",
                activation.name(),
                format::number(least, SAID_DIGITS),
                format::number(most, SAID_DIGITS),
            ));
        }
        self.network().activations[last - 1] = activation;
        self.lesson.rule.loss = loss;
        Ok(())
    }

    /// Gives the network an output layer that can say what the targets are.
    pub(super) fn suit_output(&mut self) -> Result<(), String> {
        let g = self.lesson.network.activation(self.n_layers());
        let (least, most) = self.lesson.data.target_range();
        if self.lesson.rule.loss.takes_shares() && !self.lesson.data.has_shares() {
            self.set_output(Activation::Identity, Loss::HalfSquaredError)
        } else if g == Activation::Softmax && self.lesson.network.n_outputs() == 1 {
            self.set_output(Activation::Sigmoid, Loss::BinaryCrossEntropy)
        } else if !g.reaches(least, most) {
            self.set_output(Activation::Identity, self.lesson.rule.loss)?;
            self.message = Some(format!(
                "The targets go from {} to {}, which {} outputs do not reach: they are linear now.",
                format::number(least, SAID_DIGITS),
                format::number(most, SAID_DIGITS),
                g.name(),
            ));
            Ok(())
        } else {
            Ok(())
        }
    }
}
