//! Models that a run keeps, to go back to.

use std::rc::Rc;

use backprop::trace::Model;

/// The most checkpoints that a run keeps; from then on every other one goes.
const MAX_CHECKPOINTS: usize = 256;
/// The most numbers that all checkpoints of a run hold together (64 MB).
const MAX_CHECKPOINT_NUMBERS: usize = 8_000_000;

/// Models at the start of epochs, in order; every first, second, fourth, … epoch has one.
#[derive(Clone, Debug)]
pub struct Checkpoints {
    models: Vec<(u64, Rc<Model>)>,
    stride: u64,
}

impl Checkpoints {
    /// None yet.
    pub fn new() -> Self {
        Self { models: Vec::new(), stride: 1 }
    }

    /// Whether the model at the start of `epoch` is to be kept.
    pub fn wants(&self, epoch: u64) -> bool {
        epoch.is_multiple_of(self.stride)
    }

    /// All of them, in order.
    pub fn all(&self) -> impl Iterator<Item = (u64, &Rc<Model>)> {
        self.models.iter().map(|(epoch, model)| (*epoch, model))
    }

    /// The last one at `epoch` or before.
    pub fn before(&self, epoch: u64) -> Option<(u64, &Rc<Model>)> {
        let after = self.models.partition_point(|(kept, _)| *kept <= epoch);
        let (epoch, model) = &self.models[after.checked_sub(1)?];
        Some((*epoch, model))
    }

    /// Keeps `model` if its epoch's turn has come, and thins out if there are many.
    pub fn offer(&mut self, epoch: u64, model: &Rc<Model>) {
        if !self.wants(epoch) {
            return;
        }
        let n_numbers = 3 * model.network.n_params();
        self.keep(epoch, Rc::clone(model));
        let most = MAX_CHECKPOINTS.min(MAX_CHECKPOINT_NUMBERS / n_numbers.max(1)).max(8);
        if most < self.models.len() {
            self.stride *= 2;
            let stride = self.stride;
            self.models.retain(|(epoch, _)| epoch % stride == 0);
        }
    }

    /// Keeps `model` in any case; what was at its epoch and after it is gone.
    pub fn keep(&mut self, epoch: u64, model: Rc<Model>) {
        self.truncate(epoch);
        self.models.push((epoch, model));
    }

    /// Forgets `epoch` and everything after it.
    pub fn truncate(&mut self, epoch: u64) {
        let keep = self.models.partition_point(|(kept, _)| *kept < epoch);
        self.models.truncate(keep);
    }
}
