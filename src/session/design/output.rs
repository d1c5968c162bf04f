//! The last layer and the loss: what goes together, and what the targets ask for.

use super::Design;
use crate::text::format;
use crate::words::session::design as words;
use backprop::activation::Activation;
use backprop::loss::Loss;

/// A target in a sentence.
fn said(target: f64) -> String {
    format::number(target, 3)
}

impl Design<'_> {
    pub(super) fn set_activation(&mut self, layer: usize, activation: Activation) -> Result<(), String> {
        if layer < self.n_layers() {
            if activation == Activation::Softmax {
                return Err(words::softmax_is_last().to_owned());
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
            return Err(words::loss_takes_shares(&loss.name()));
        }
        if activation == Activation::Softmax && self.lesson.network.n_outputs() == 1 {
            return Err(words::softmax_is_of_several().to_owned());
        }
        let had = (self.lesson.network.activation(last), self.lesson.rule.loss);
        if had.0 != activation && had.1 != loss {
            self.message = Some(words::both_changed(&loss.name(), &activation.name()));
        }
        let (least, most) = self.lesson.data.target_range();
        if had.0 != activation && !activation.reaches(least, most) {
            self.message = Some(words::out_of_reach(&activation.name(), &said(least), &said(most)));
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
            self.message = Some(words::linear_now(&said(least), &said(most), &g.name()));
            Ok(())
        } else {
            Ok(())
        }
    }
}
