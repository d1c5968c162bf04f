//! A stored model: the weights, what the optimiser remembers, and when.

use std::rc::Rc;

use super::file::{ModelFile, ParamsFile, WasFile};
use crate::moment::time::Time;
use crate::text::fault::{Fault, Read, Within, fault};
use crate::words::session::read as words;
use backprop::matrix::Matrix;
use backprop::network::{LayerParams, Network, Param, Params};
use backprop::optimizer::OptimizerState;
use backprop::trace::Model;

/// The most updates that a model can have had: more than any run can reach.
const MAX_UPDATES: u64 = 1_000_000_000_000_000;

/// The file of `model` at `time`.
pub fn write(time: Time, model: &Model) -> ModelFile {
    let state = &model.optimizer_state;
    let is_zero = |params: &Params| params.0.iter().all(|layer| layer.numbers().all(|x| x == 0.0));
    let unless_zero = |params: &Params| (!is_zero(params)).then(|| write_params(params));
    ModelFile {
        epoch: time.epoch,
        batch: time.batch as u64,
        n_updates: state.n_updates,
        params: write_params(&model.network.params),
        first_moment: unless_zero(&state.first_moment),
        second_moment: unless_zero(&state.second_moment),
    }
}

/// Reads a model of the shape of `network`.
pub fn read(file: &ModelFile, network: &Network) -> Read<(Time, Rc<Model>)> {
    let ModelFile { epoch, batch, n_updates, .. } = *file;
    let mut network = network.clone();
    network.params = read_params(&file.params, &network.params).of("params")?;
    let moment = |file: &Option<ParamsFile>| match file {
        None => Ok(network.params.zeros_like()),
        Some(file) => read_params(file, &network.params),
    };
    if MAX_UPDATES < n_updates {
        return Err(Fault::new("n_updates", words::at_most(&n_updates, &MAX_UPDATES)));
    }
    let optimizer_state = OptimizerState {
        n_updates,
        first_moment: moment(&file.first_moment).of("first_moment")?,
        second_moment: moment(&file.second_moment).of("second_moment")?,
    };
    let time = Time { epoch, batch: usize::try_from(batch).unwrap_or(usize::MAX) };
    let model = Model { network, optimizer_state };
    had_time_for(&model, epoch)?;
    Ok((time, Rc::new(model)))
}

/// # Errors
/// If a model that has had so many updates cannot have come to `epoch`: each has an update at least.
pub fn had_time_for(model: &Model, epoch: u64) -> Read<()> {
    if model.optimizer_state.n_updates < epoch {
        return Err(Fault::new("epoch", words::more_epochs_than_updates()));
    }
    Ok(())
}

/// What a weight or bias had been before an edit.
pub fn write_was(param: Param, before: f64) -> WasFile {
    let from = match param {
        Param::Weight { from, .. } => Some(from as u64),
        Param::Bias { .. } => None,
    };
    (param.layer() as u64, param.to() as u64, from, before)
}

/// The same, read: of weights and biases that `network` has.
pub fn read_was(file: &[WasFile], network: &Network) -> Read<Vec<(Param, f64)>> {
    if network.n_params() < file.len() {
        return fault(words::too_many_weights(file.len(), &network.n_params()));
    }
    let index = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let read = |(k, &(layer, to, from, before)): (usize, &WasFile)| {
        let (layer, to) = (index(layer), index(to));
        let param = match from.map(index) {
            Some(from) => Param::Weight { layer, to, from },
            None => Param::Bias { layer, to },
        };
        if network.has_param(param) { Ok((param, before)) } else { fault(words::no_such_weight()).at(k) }
    };
    file.iter().enumerate().map(read).collect()
}

fn write_params(params: &Params) -> ParamsFile {
    params.0.iter().map(|layer| layer.numbers().collect()).collect()
}

fn read_params(file: &ParamsFile, shape: &Params) -> Read<Params> {
    if file.len() != shape.0.len() {
        return fault(words::wrong_layers(file.len(), &shape.0.len()));
    }
    let layer = |(k, (numbers, shape)): (usize, (&Vec<f64>, &LayerParams))| {
        let expected = shape.numbers().count();
        if numbers.len() != expected {
            return fault(words::wrong_numbers(numbers.len(), &expected)).at(k);
        }
        let (n_rows, n_cols) = (shape.weights.n_rows(), shape.weights.n_cols());
        Ok(LayerParams {
            weights: Matrix::from_fn(n_rows, n_cols, |i, j| numbers[i * n_cols + j]),
            biases: shape.biases.as_ref().map(|_| numbers[n_rows * n_cols..].to_vec()),
        })
    };
    Ok(Params(file.iter().zip(&shape.0).enumerate().map(layer).collect::<Read<_>>()?))
}
