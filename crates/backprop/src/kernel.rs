//! Training at full speed: the updates of [`crate::trace`] without their traces, to the same bits.
//!
//! ```text
//! forward    values(l)  = g(values(l−1) · weights(l))        product, activate
//! backward   deltas(L)  = from the loss                      activate
//!            gradient(l) += values(l−1)ᵀ · deltas(l)         gradient
//!            deltas(l−1) = (deltas(l) · weights(l)ᵀ) ⊙ g′    product
//! update     weights(l) += step(gradient(l) / n)             layer
//! ```
//!
//! Every sum is one chain of additions in the order of [`crate::trace::sum_of`], and every function
//! of one number is the function that a trace uses, on a [`crate::lanes::Pair`]. So an epoch ends in
//! the same bits here and there (`tests/kernel.rs`). Samples go through in blocks that stay in the
//! cache; `pack` describes the layout of `several` samples, from which a `single` one departs. What a
//! small network's update goes through is one function: it is so short that calls would be a tenth of it.

mod activate;
mod gradient;
mod layer;
mod pack;
mod product;
mod several;
mod single;

use std::rc::Rc;

use crate::classes::Goal;
use crate::loss::Loss;
use crate::mistakes::Mistakes;
use crate::network::{Network, Params, UnitId};
use crate::optimizer::Optimizer;
use crate::trace::{Model, Rule, Sample, UpdateOrder};
use layer::Layer;
pub use pack::Batches;
use pack::{BLOCK, Block, Square};

/// No number of a pass or an update can overflow while the product of the layers' Σ |w| with the
/// largest input stays below this: a gradient is at most 2 (10⁷⁵)², its square 4 · 10³⁰⁰. Layer by layer
/// a pass goes forward through old weights and back through new ones: there Σ |w| is the larger one.
const OVERFLOW_SAFE: f64 = 1e75;

/// A model that learns.
pub struct Trainer {
    start: Rc<Model>,
    rule: Rule,
    batches: Rc<Batches>,
    layers: Vec<Layer>,
    n_updates: u64,
    is_overflow_safe: bool,
    goal: Option<Goal>,
}

/// What a pass has found in the samples so far.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tally {
    /// The sum of their losses.
    pub loss: f64,
    /// Whether a goal is set and all of them meet it.
    pub is_solved: bool,
}

/// What the network makes of one sample.
pub struct SampleActivations<'a> {
    layers: &'a [Layer],
    block: &'a Block,
    sample: usize,
}

impl SampleActivations<'_> {
    /// a of a unit; layers count from 1.
    pub fn activation(&self, id: UnitId) -> f64 {
        let UnitId { layer, unit } = id;
        self.layers[layer - 1].value(self.block.n, self.sample, unit)
    }

    /// The prediction.
    pub fn outputs(&self) -> Vec<f64> {
        let n_layers = self.layers.len();
        (0..self.layers[n_layers - 1].n_out)
            .map(|unit| self.activation(UnitId::new(n_layers, unit)))
            .collect()
    }
}

/// Passes `samples` through the first `n_layers` layers of `network`, as [`crate::trace::activations`]
/// does one of them, and shows what becomes of each. Whether that can be done: it cannot
/// where numbers may leave the finite ones.
pub fn look_through(
    network: &Network,
    n_layers: usize,
    samples: &[Sample],
    see: impl FnMut(&SampleActivations),
) -> bool {
    if samples.is_empty() {
        return true;
    }
    let network = Network {
        params: Params(network.params.0[..n_layers].to_vec()),
        activations: network.activations[..n_layers].to_vec(),
    };
    // Nothing is learned.
    let rule = Rule {
        loss: Loss::HalfSquaredError,
        optimizer: Optimizer::Sgd { learning_rate: 0.0 },
        update_order: UpdateOrder::Simultaneous,
        train_biases: false,
        mistakes: Mistakes::NONE,
    };
    let packed = Rc::new(Batches::new(samples, samples.len(), rule.update_order));
    let mut trainer = Trainer::new(&Rc::new(Model::start(network)), rule, &packed);
    if trainer.is_overflow_safe() {
        trainer.predict(see);
    }
    trainer.is_overflow_safe()
}

impl Trainer {
    /// `model`, to be trained by `rule` on samples that were packed for the rule's update order. Of the
    /// mistakes it makes those that a rule without them could make.
    pub fn new(model: &Rc<Model>, rule: Rule, batches: &Rc<Batches>) -> Self {
        let is_of_kernel = !rule.needs_traces();
        let rule = Rule { optimizer: rule.stepper(), train_biases: rule.learns_biases(), ..rule };
        let (network, state) = (&model.network, &model.optimizer_state);
        let n_samples = batches.largest_block().max(BLOCK);
        let layers: Vec<Layer> = (0..network.n_layers())
            .map(|l| {
                let moments = [&state.first_moment.0[l], &state.second_moment.0[l]];
                Layer::new(network.activations[l], &network.params.0[l], moments, l == 0, n_samples)
            })
            .collect();
        let moments = [&state.first_moment, &state.second_moment];
        let is_overflow_safe = is_of_kernel
            && moments.iter().flat_map(|m| &m.0).flat_map(|m| m.numbers()).all(|m| m.abs() < 1e300);
        let mut trainer = Self {
            start: Rc::clone(model),
            rule,
            batches: Rc::clone(batches),
            layers,
            n_updates: state.n_updates,
            is_overflow_safe,
            goal: None,
        };
        trainer.look();
        trainer
    }

    /// Takes these samples from now on, packed as those before.
    pub fn take(&mut self, batches: Batches) {
        self.batches = Rc::new(batches);
    }

    /// Learns from every batch once. Returns [`Self::loss`] of the model before, if it is at hand:
    /// with one batch.
    pub fn epoch(&mut self) -> Option<f64> {
        let n_batches = self.batches.n_batches();
        if n_batches == 1 {
            return Some(self.learn(0, true));
        }
        for batch in 0..n_batches {
            self.update(batch);
        }
        None
    }

    /// Learns from batch `batch`.
    pub fn update(&mut self, batch: usize) {
        self.learn(batch, false);
    }

    /// Learns from batch `batch` and returns its mean loss before, or 0 where it is not asked for.
    fn learn(&mut self, batch: usize, wants_loss: bool) -> f64 {
        let mut tally = self.tally();
        for block in 0..self.n_blocks(batch) {
            self.gather(batch, block, wants_loss.then_some(&mut tally));
        }
        self.apply(batch);
        tally.loss / self.batches.n_samples_in(batch) as f64
    }

    /// Number of blocks of batch `batch`.
    pub fn n_blocks(&self, batch: usize) -> usize {
        self.batches.batch(batch).len()
    }

    /// Sends one block of a batch forth and back and adds its share to the gradient (layer by layer,
    /// where a batch is one block, the weights change on the way back). Returns its number of samples.
    pub fn gather(&mut self, batch: usize, block: usize, tally: Option<&mut Tally>) -> usize {
        let Self { rule, batches, layers, n_updates, goal, .. } = self;
        let block = &batches.batch(batch)[block];
        let by_layer = rule.update_order == UpdateOrder::LayerByLayer;
        let corrections = by_layer.then(|| rule.optimizer.corrections(*n_updates + 1));
        if block.n == 1 {
            single::forward(layers, rule.loss, block, tally, *goal);
            single::backward(layers, *rule, corrections, block);
        } else {
            several::forward(layers, rule.loss, block, tally, *goal);
            several::backward(layers, *rule, corrections, block);
        }
        block.n
    }

    /// The mean loss of batch `batch` and the gradient of it, where updates are simultaneous. The trainer
    /// has served its purpose then.
    pub fn pass(mut self, batch: usize) -> (f64, Params) {
        let mut tally = self.tally();
        for block in 0..self.n_blocks(batch) {
            self.gather(batch, block, Some(&mut tally));
        }
        let n = self.batches.n_samples_in(batch) as f64;
        let shapes = self.start.network.params.0.iter().zip(&self.layers);
        let means = shapes.map(|(shape, layer)| {
            let mut means = pack::params(&layer.gradient, layer.n_squares, shape);
            means.weights.numbers_mut().iter_mut().for_each(|sum| *sum /= n);
            means.biases.iter_mut().flatten().for_each(|sum| *sum /= n);
            means
        });
        (tally.loss / n, Params(means.collect()))
    }

    /// Changes the weights by the gradient of batch `batch`, of which every block has been gathered.
    pub fn apply(&mut self, batch: usize) {
        self.n_updates += 1;
        if self.rule.update_order == UpdateOrder::Simultaneous {
            let n = self.batches.n_samples_in(batch);
            let corrections = self.rule.optimizer.corrections(self.n_updates);
            for layer in &mut self.layers {
                layer.update(self.rule, corrections, n);
            }
        }
        self.look();
    }

    /// What a pass starts with.
    pub fn tally(&self) -> Tally {
        Tally { loss: -0.0, is_solved: true }
    }

    /// Sends one block of the training samples forward, counted through all batches. Returns its number
    /// of samples; nothing behind the last one.
    pub fn look_at_own(&mut self, block: usize, tally: &mut Tally) -> Option<usize> {
        let block = self.batches.blocks().get(block)?;
        send(&mut self.layers, self.rule.loss, block, Some(tally), self.goal);
        Some(block.n)
    }

    /// Sends one block of other samples forward. Returns its number of samples.
    pub fn look_at(&mut self, samples: &Batches, block: usize, tally: &mut Tally) -> usize {
        let block = &samples.blocks()[block];
        send(&mut self.layers, self.rule.loss, block, Some(tally), self.goal);
        block.n
    }

    /// Sends the samples forward and shows what becomes of each, in their order.
    fn predict(&mut self, mut see: impl FnMut(&SampleActivations)) {
        for block in self.batches.blocks() {
            send(&mut self.layers, self.rule.loss, block, None, None);
            for sample in 0..block.n {
                see(&SampleActivations { layers: &self.layers, block, sample });
            }
        }
    }

    /// Sets what [`Tally::is_solved`] means.
    pub fn set_goal(&mut self, goal: Option<Goal>) {
        self.goal = goal;
    }

    /// The mean loss over all samples.
    pub fn loss(&mut self) -> f64 {
        mean_loss(&mut self.layers, self.rule.loss, &self.batches)
    }

    /// The mean loss over other samples, packed in blocks (not layer by layer).
    pub fn loss_over(&mut self, samples: &Batches) -> f64 {
        mean_loss(&mut self.layers, self.rule.loss, samples)
    }

    /// Whether no number so far, nor any of the next pass, can leave the finite ones. While it holds,
    /// nothing needs to be looked at one by one; where it does not, or where only traces make the rule's
    /// mistakes ([`Rule::needs_traces`]), the traces decide. (Layer by layer
    /// the next pass goes back through weights that are not known yet: it is vouched for only when the
    /// update is made.)
    pub fn is_overflow_safe(&self) -> bool {
        self.is_overflow_safe
    }

    /// Whether the next update, of batch `batch`, leaves every number finite for certain, its pass and
    /// the optimiser's memory included. It may have to be made to know it: the trainer has served its
    /// purpose then.
    pub fn vouches_for(mut self, batch: usize) -> bool {
        if self.is_overflow_safe && self.rule.update_order == UpdateOrder::LayerByLayer {
            self.update(batch);
        }
        self.is_overflow_safe
    }

    fn look(&mut self) {
        let by_layer = self.rule.update_order == UpdateOrder::LayerByLayer;
        let of_pass = |layer: &Layer| if by_layer { layer.size.max(layer.old_size) } else { layer.size };
        let size = self.layers.iter().fold(self.batches.largest(), |size, l| size * of_pass(l).max(1.0));
        // A NaN among the weights makes the layer's sum NaN, which `max` would hide.
        let is_number = self.layers.iter().all(|layer| layer.size < OVERFLOW_SAFE);
        self.is_overflow_safe &= is_number && size < OVERFLOW_SAFE;
    }

    /// The model as it is now.
    pub fn model(&self) -> Rc<Model> {
        let mut model = Model::clone(&self.start);
        model.optimizer_state.n_updates = self.n_updates;
        let put = |params: &mut Params, numbers: &dyn Fn(&Layer) -> &[Square]| {
            for (params, layer) in params.0.iter_mut().zip(&self.layers) {
                *params = pack::params(numbers(layer), layer.n_squares, params);
            }
        };
        put(&mut model.network.params, &|layer| &layer.weights);
        put(&mut model.optimizer_state.first_moment, &|layer| &layer.moments[0]);
        put(&mut model.optimizer_state.second_moment, &|layer| &layer.moments[1]);
        Rc::new(model)
    }
}

/// Sends a block through the layers, one sample or several.
fn send(layers: &mut [Layer], loss: Loss, block: &Block, tally: Option<&mut Tally>, goal: Option<Goal>) {
    if block.n == 1 {
        single::forward(layers, loss, block, tally, goal);
    } else {
        several::forward(layers, loss, block, tally, goal);
    }
}

fn mean_loss(layers: &mut [Layer], loss: Loss, batches: &Batches) -> f64 {
    let mut tally = Tally { loss: -0.0, is_solved: false };
    for block in batches.blocks() {
        send(layers, loss, block, Some(&mut tally), None);
    }
    tally.loss / batches.n_samples() as f64
}
