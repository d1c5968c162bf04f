//! Forward and backward passes as values.
//!
//! A pass is computed once and only read afterwards: z, a, δ and the loss of each sample, the
//! gradients of the batch. Nielsen, *Neural Networks and Deep Learning*, ch. 2, equations BP1–BP4.

mod backward;
mod forward;

use std::cell::OnceCell;
use std::rc::Rc;

use crate::loss::Loss;
use crate::matrix::Matrix;
use crate::mistakes::Mistakes;
use crate::network::{LayerParams, Network, Param, Params, UnitId};
use crate::optimizer::{Optimizer, OptimizerState, update_layer};
pub use backward::{Backward, products_into};
pub use forward::{Forward, activations, outputs, products};

/// One input vector and the output that it should give.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// One number per input.
    pub input: Vec<f64>,
    /// One number per output.
    pub target: Vec<f64>,
}

impl Sample {
    /// A point of which only the network's answer is asked for.
    pub fn of_input(input: Vec<f64>) -> Self {
        Self { input, target: Vec::new() }
    }
}

/// Both passes of one sample.
#[derive(Clone, Debug, PartialEq)]
pub struct SampleTrace {
    /// The forward pass.
    pub forward: Forward,
    /// The backward pass.
    pub backward: Backward,
}

impl SampleTrace {
    /// The passes of one sample through `network`, all derivatives at its weights, as `rule` computes them.
    pub fn new(network: &Network, rule: Rule, sample: &Sample) -> Self {
        let forward = Forward::new(network, rule.loss, sample);
        let backward = Backward::new(network, rule, &forward);
        Self { forward, backward }
    }

    /// ∂E/∂w of this sample alone: δ of the receiving unit times a of the sending one (BP4), or 1 for a
    /// bias (BP3).
    pub fn gradient(&self, param: Param) -> f64 {
        let UnitId { layer, unit } = param.unit();
        let delta = self.backward.deltas(layer)[unit];
        match param {
            Param::Weight { from, .. } => delta * self.forward.activations(layer - 1)[from],
            Param::Bias { .. } => delta,
        }
    }

    fn is_finite(&self) -> bool {
        self.forward.is_finite() && self.backward.is_finite()
    }
}

/// Adds a term to each sum; the first terms are the sums.
fn add_or_start(sums: &mut [f64], terms: impl Iterator<Item = f64>, is_first: bool) {
    let sums = sums.iter_mut().zip(terms);
    if is_first {
        sums.for_each(|(sum, term)| *sum = term);
    } else {
        sums.for_each(|(sum, term)| *sum += term);
    }
}

/// The sum of the terms from first to last: the one order of addition in this crate.
pub fn sum_of(terms: impl Iterator<Item = f64>) -> f64 {
    terms.reduce(|total, term| total + term).unwrap_or(0.0)
}

/// A forward and backward pass over a batch.
#[derive(Clone, Debug, PartialEq)]
pub struct PassTrace {
    /// One trace per sample, in the batch's order. None where the pass was made by the kernel: then
    /// [`PendingUpdate::sample`] traces one by itself.
    pub samples: Vec<SampleTrace>,
    /// E of the batch: the mean over its samples.
    pub loss: f64,
    /// The gradient of the batch's E, one number per parameter.
    pub gradients: Params,
}

impl PassTrace {
    /// Whether every number of the pass is finite.
    pub fn is_finite(&self) -> bool {
        self.samples.iter().all(SampleTrace::is_finite) && self.loss.is_finite() && self.gradients.is_finite()
    }
}

/// When the new weights of a layer come into use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum UpdateOrder {
    /// All derivatives are taken at the old weights: the gradient.
    #[default]
    Simultaneous,
    /// The output layer is updated first and the layers before it see its new weights: a known
    /// mistake that some published examples make.
    LayerByLayer,
}

impl UpdateOrder {
    /// Both orders.
    pub const ALL: [Self; 2] = [Self::Simultaneous, Self::LayerByLayer];

    /// The word for it in lesson files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Simultaneous => "simultaneous",
            Self::LayerByLayer => "layer_by_layer",
        }
    }
}

/// How a network learns: the part of a lesson that an update needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// The loss.
    pub loss: Loss,
    /// The optimiser.
    pub optimizer: Optimizer,
    /// When new weights come into use.
    pub update_order: UpdateOrder,
    /// Whether biases learn, unless that is one of the mistakes.
    pub train_biases: bool,
    /// What is done wrong on purpose, beside the update order.
    pub mistakes: Mistakes,
}

impl Rule {
    /// All weights and biases learn at once.
    pub fn new(loss: Loss, optimizer: Optimizer) -> Self {
        Self {
            loss,
            optimizer,
            update_order: UpdateOrder::Simultaneous,
            train_biases: true,
            mistakes: Mistakes::NONE,
        }
    }
}

/// A network and what its optimiser remembers: all that learning carries from update to update.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// The network.
    pub network: Network,
    /// The optimiser's memory.
    pub optimizer_state: OptimizerState,
}

impl Model {
    /// The network before its first update.
    pub fn start(network: Network) -> Self {
        let optimizer_state = OptimizerState::start(&network.params);
        Self { network, optimizer_state }
    }
}

/// One update: the model before it, the pass, the steps and the model after it.
#[derive(Clone, Debug, PartialEq)]
pub struct UpdateTrace {
    /// The model that the pass went through.
    pub before: Rc<Model>,
    /// The pass over the batch.
    pub pass: PassTrace,
    /// What is added to each parameter.
    pub steps: Params,
    /// The model after the update.
    pub after: Rc<Model>,
}

impl UpdateTrace {
    /// Passes `batch` (at least one sample) through `model` and updates it once.
    pub fn new<'a>(model: &Rc<Model>, rule: Rule, batch: impl Iterator<Item = &'a Sample>) -> Self {
        let network = &model.network;
        let start = |sample| SampleTrace {
            forward: Forward::new(network, rule.loss, sample),
            backward: Backward::start(network),
        };
        let mut samples: Vec<SampleTrace> = batch.map(start).collect();
        let mut changes = Changes::start(model, rule);
        let mut gradients = Vec::new();
        for layer in (1..=network.n_layers()).rev() {
            let next = (layer < network.n_layers()).then(|| match rule.update_order {
                UpdateOrder::Simultaneous => &network.layer(layer + 1).weights,
                UpdateOrder::LayerByLayer => &changes.after.network.layer(layer + 1).weights,
            });
            for SampleTrace { forward, backward } in &mut samples {
                backward.extend(network, rule, forward, next);
            }
            let gradient = mean_gradient(network.layer(layer), rule, &samples, layer);
            changes.apply(layer, &gradient);
            gradients.push(gradient);
        }
        gradients.reverse();
        let losses: Vec<f64> = samples.iter().map(|sample| sample.forward.loss()).collect();
        changes.update(model, PassTrace { samples, loss: mean(&losses), gradients: Params(gradients) })
    }

    /// The update of `model` by a `pass` that has been made, simultaneous.
    pub fn from_pass(model: &Rc<Model>, rule: Rule, pass: PassTrace) -> Self {
        let mut changes = Changes::start(model, rule);
        for layer in (1..=model.network.n_layers()).rev() {
            changes.apply(layer, &pass.gradients.0[layer - 1]);
        }
        changes.update(model, pass)
    }
}

/// An update on its way, from the output layer to the first.
struct Changes {
    rule: Rule,
    after: Model,
    /// The steps of the layers so far, the last one first.
    steps: Vec<LayerParams>,
}

impl Changes {
    fn start(model: &Model, rule: Rule) -> Self {
        let mut after = model.clone();
        after.optimizer_state.n_updates += 1;
        Self { rule, after, steps: Vec::new() }
    }

    fn apply(&mut self, layer: usize, gradient: &LayerParams) {
        let Model { network, optimizer_state } = &mut self.after;
        self.steps.push(update_layer(
            self.rule,
            optimizer_state.n_updates,
            gradient,
            &mut network.params.0[layer - 1],
            (&mut optimizer_state.first_moment.0[layer - 1], &mut optimizer_state.second_moment.0[layer - 1]),
        ));
    }

    fn update(mut self, model: &Rc<Model>, pass: PassTrace) -> UpdateTrace {
        self.steps.reverse();
        UpdateTrace { before: Rc::clone(model), pass, steps: Params(self.steps), after: Rc::new(self.after) }
    }
}

/// An update that is made when it is first looked at: training passes by many instants of which only
/// the model is shown. Its pass is known to be finite. Clones share it.
#[derive(Clone, Debug)]
pub struct PendingUpdate {
    model: Rc<Model>,
    made: Rc<OnceCell<Rc<UpdateTrace>>>,
    /// The samples that have been looked at by themselves, one place for each of the batch.
    samples: Rc<OnceCell<Vec<OnceCell<SampleTrace>>>>,
}

impl PendingUpdate {
    /// The update that `model` makes next.
    pub fn of(model: Rc<Model>) -> Self {
        Self { model, made: Rc::default(), samples: Rc::default() }
    }

    /// The model before the update.
    pub fn model(&self) -> &Rc<Model> {
        &self.model
    }

    /// Whether it has been made.
    pub fn is_made(&self) -> bool {
        self.made.get().is_some()
    }

    /// The update: made now, unless it has been before.
    pub fn get(&self, make: impl FnOnce(&Rc<Model>) -> UpdateTrace) -> &Rc<UpdateTrace> {
        self.made.get_or_init(|| Rc::new(make(&self.model)))
    }

    /// The trace of sample `k` of the `n_samples` of a batch with simultaneous updates, `given` by
    /// `sample`: without a pass over the batch, if none has been made.
    pub fn sample(
        &self,
        rule: Rule,
        (k, n_samples): (usize, usize),
        sample: &Sample,
    ) -> Option<&SampleTrace> {
        if let Some(trace) = self.made.get().and_then(|update| update.pass.samples.get(k)) {
            return Some(trace);
        }
        let samples = self.samples.get_or_init(|| (0..n_samples).map(|_| OnceCell::new()).collect());
        Some(samples.get(k)?.get_or_init(|| SampleTrace::new(&self.model.network, rule, sample)))
    }
}

impl From<Rc<UpdateTrace>> for PendingUpdate {
    fn from(update: Rc<UpdateTrace>) -> Self {
        Self {
            model: Rc::clone(&update.before),
            made: Rc::new(OnceCell::from(update)),
            samples: Rc::default(),
        }
    }
}

/// E over `samples` (at least one): the forward pass alone.
pub fn loss_over<'a>(network: &Network, loss: Loss, samples: impl Iterator<Item = &'a Sample>) -> f64 {
    let losses: Vec<f64> = samples.map(|sample| Forward::new(network, loss, sample).loss()).collect();
    mean(&losses)
}

fn mean(losses: &[f64]) -> f64 {
    sum_of(losses.iter().copied()) / losses.len() as f64
}

/// The mean over the samples of each parameter's derivative: the gradient of the batch's mean loss. The
/// sums are taken side by side, each from the first sample to the last.
fn mean_gradient(shape: &LayerParams, rule: Rule, samples: &[SampleTrace], layer: usize) -> LayerParams {
    let n = rule.divisor(samples.len());
    let mut weights = Matrix::zeros(shape.weights.n_rows(), shape.weights.n_cols());
    let mut biases = shape.biases.as_ref().map(|biases| vec![0.0; biases.len()]);
    for (k, sample) in samples.iter().enumerate() {
        let (a, deltas) = (sample.forward.activations(layer - 1), sample.backward.deltas(layer));
        for (to, delta) in deltas.iter().enumerate() {
            add_or_start(weights.row_mut(to), a.iter().map(|a| delta * a), k == 0);
        }
        if let Some(biases) = &mut biases {
            add_or_start(biases, deltas.iter().copied(), k == 0);
        }
    }
    weights.numbers_mut().iter_mut().for_each(|sum| *sum /= n);
    biases.iter_mut().flatten().for_each(|sum| *sum /= n);
    LayerParams { weights, biases }
}
