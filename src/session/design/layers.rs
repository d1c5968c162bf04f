//! Layers and units that come and go, and the weights that are drawn for them.

use super::{Design, NEW_UNITS, within};
use crate::lesson::limits;
use crate::words::session::design as words;
use backprop::activation::Activation;
use backprop::matrix::Matrix;
use backprop::network::LayerParams;

impl Design<'_> {
    /// Draws the weights of a layer in its present shape.
    pub(super) fn draw(&mut self, layer: usize) {
        let network = &self.lesson.network;
        let (n_out, n_in) = (network.n_units(layer), network.n_units(layer - 1));
        let has_biases = network.has_biases(layer);
        self.network().params.0[layer - 1] = self.start_weights.layer(layer, n_out, n_in, has_biases);
    }

    /// Draws the weights of a layer among others that have been drawn: from the first seed that none of
    /// them has its weights from. After layers have come and gone that may be another one than its place.
    pub(super) fn draw_apart(
        &mut self,
        layer: usize,
        n_out: usize,
        n_in: usize,
        biases: bool,
    ) -> LayerParams {
        let network = &self.lesson.network;
        let others = || (1..=network.n_layers()).filter(|other| *other != layer);
        let is_taken =
            |k: &usize| others().any(|other| self.start_weights.has_made(*k, network.layer(other)));
        // Of zeros all seeds are alike.
        let free = (layer..=layer + limits::LAYERS).find(|k| !is_taken(k)).unwrap_or(layer);
        self.start_weights.layer(free, n_out, n_in, biases)
    }

    /// Gives a layer this shape: what fits stays, what is new is drawn.
    pub(super) fn reshape(&mut self, layer: usize, n_out: usize, n_in: usize) {
        let old = self.lesson.network.layer(layer);
        let drawn = self.start_weights.layer(layer, n_out, n_in, old.biases.is_some());
        let (n_kept_rows, n_kept_cols) = (old.weights.n_rows(), old.weights.n_cols());
        let weights = Matrix::from_fn(n_out, n_in, |to, from| {
            if to < n_kept_rows && from < n_kept_cols {
                old.weights.at(to, from)
            } else {
                drawn.weights.at(to, from)
            }
        });
        let biases = old.biases.as_ref().map(|old| {
            let mut biases = old.clone();
            biases.resize(n_out, 0.0);
            biases
        });
        if n_out != n_kept_rows {
            self.lesson.unit_names[layer - 1] = None;
        }
        self.network().params.0[layer - 1] = LayerParams { weights, biases };
    }

    pub(super) fn add_layer(&mut self, before: usize) -> Result<(), String> {
        if self.n_layers() == limits::LAYERS {
            return Err(words::layers_full(limits::LAYERS));
        }
        let n_in = self.lesson.network.n_units(before - 1);
        let hidden = self.lesson.network.activations[..self.n_layers() - 1].last().copied();
        let zeros = LayerParams { weights: Matrix::from_fn(NEW_UNITS, n_in, |_, _| 0.0), biases: None };
        let network = self.network();
        network.params.0.insert(before - 1, zeros);
        network.activations.insert(before - 1, hidden.unwrap_or(Activation::Tanh));
        self.lesson.unit_names.insert(before - 1, None);
        let drawn = self.draw_apart(before, NEW_UNITS, n_in, true);
        self.network().params.0[before - 1] = drawn;
        // Behind the new layer nothing fits any more.
        let has_biases = self.lesson.network.has_biases(before + 1);
        let n_out = self.lesson.network.n_units(before + 1);
        let drawn = self.draw_apart(before + 1, n_out, NEW_UNITS, has_biases);
        self.network().params.0[before] = drawn;
        Ok(())
    }

    pub(super) fn remove_layer(&mut self, layer: usize) -> Result<(), String> {
        if layer == self.n_layers() {
            return Err(words::output_layer_stays().to_owned());
        }
        let n_in = self.lesson.network.n_units(layer - 1);
        let network = self.network();
        network.params.0.remove(layer - 1);
        network.activations.remove(layer - 1);
        self.lesson.unit_names.remove(layer - 1);
        let n_out = self.lesson.network.layer(layer).weights.n_rows();
        let has_biases = self.lesson.network.has_biases(layer);
        let drawn = self.draw_apart(layer, n_out, n_in, has_biases);
        self.network().params.0[layer - 1] = drawn;
        Ok(())
    }

    pub(super) fn set_units(&mut self, layer: usize, n: usize) -> Result<(), String> {
        within(n, 1, limits::UNITS, words::units_cannot_be)?;
        if layer == self.n_layers() {
            return Err(words::data_say_outputs().to_owned());
        }
        let n_in = self.lesson.network.n_units(layer - 1);
        let n_next = self.lesson.network.n_units(layer + 1);
        self.reshape(layer, n, n_in);
        self.reshape(layer + 1, n_next, n);
        Ok(())
    }
}
