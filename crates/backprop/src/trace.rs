//! Forward and backward passes as values.
//!
//! A pass is computed once and only read afterwards: z, a, δ and the loss of each sample, the
//! gradients of the batch. Nielsen, *Neural Networks and Deep Learning*, ch. 2, equations BP1–BP4.

use std::cell::OnceCell;
use std::rc::Rc;

use crate::loss::Loss;
use crate::matrix::Matrix;
use crate::network::{LayerParams, Network, Params, UnitId};
use crate::optimizer::{Optimizer, OptimizerState, update_layer};

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

/// No rest of rounding is a larger share of what was added up, or of 1 where that is more.
const FAR_FROM_ZERO: f64 = 1e-9;

/// Everything that one sample's forward and backward pass computes. Layer 0 is the inputs; each
/// list of a layer has one number per unit.
#[derive(Clone, Debug, PartialEq)]
pub struct SampleTrace {
    sums: Vec<Vec<f64>>,
    activations: Vec<Vec<f64>>,
    target: Vec<f64>,
    loss_terms: Vec<f64>,
    loss: f64,
    upstream: Vec<Vec<f64>>,
    deltas: Vec<Vec<f64>>,
}

impl SampleTrace {
    /// The passes of one sample through `network`, all derivatives at its weights.
    pub fn new(network: &Network, loss: Loss, sample: &Sample) -> Self {
        let mut trace = Self::forward(network, loss, sample);
        for layer in (1..=network.n_layers()).rev() {
            let next = (layer < network.n_layers()).then(|| &network.layer(layer + 1).weights);
            trace.backward(network, loss, layer, next);
        }
        trace
    }

    /// Computes the forward pass and the loss; the backward pass is still zero.
    fn forward(network: &Network, loss: Loss, sample: &Sample) -> Self {
        let n_layers = network.n_layers();
        let mut sums = Vec::with_capacity(n_layers);
        let mut activations = Vec::with_capacity(n_layers + 1);
        activations.push(sample.input.clone());
        for layer in 1..=n_layers {
            let z = weighted_sums(network.layer(layer), &activations[layer - 1]);
            activations.push(network.activation(layer).values(&z));
            sums.push(z);
        }
        let loss_terms = loss.terms(&sums[n_layers - 1], &activations[n_layers], &sample.target);
        let upstream: Vec<Vec<f64>> = sums.iter().map(|z| vec![0.0; z.len()]).collect();
        Self {
            loss: loss_terms.iter().sum(),
            loss_terms,
            target: sample.target.clone(),
            deltas: upstream.clone(),
            upstream,
            sums,
            activations,
        }
    }

    /// Computes ∂E/∂a and δ of layer `layer`. `next` are the weights of the layer behind it, whose
    /// δ is known already; the output layer has none and starts from the loss (BP1, BP2).
    fn backward(&mut self, network: &Network, loss: Loss, layer: usize, next: Option<&Matrix>) {
        let g = network.activation(layer);
        let (z, a) = (&self.sums[layer - 1], &self.activations[layer]);
        let (upstream, delta) = match next {
            None => (loss.slopes(a, &self.target), loss.output_delta(g, z, a, &self.target)),
            Some(weights) => {
                let next_delta = &self.deltas[layer];
                let upstream = sums_into(weights, next_delta);
                let delta = (0..z.len()).map(|j| upstream[j] * g.slope(z[j], a[j])).collect::<Vec<f64>>();
                (upstream, delta)
            }
        };
        self.upstream[layer - 1] = upstream;
        self.deltas[layer - 1] = delta;
    }

    /// z of layer `layer`, 1…L.
    pub fn sums(&self, layer: usize) -> &[f64] {
        &self.sums[layer - 1]
    }

    /// a of layer `layer`, 0…L; a(0) is the input.
    pub fn activations(&self, layer: usize) -> &[f64] {
        &self.activations[layer]
    }

    /// y.
    pub fn target(&self) -> &[f64] {
        &self.target
    }

    /// The prediction, a(L).
    pub fn prediction(&self) -> &[f64] {
        &self.activations[self.activations.len() - 1]
    }

    /// Each output's share in the loss.
    pub fn loss_terms(&self) -> &[f64] {
        &self.loss_terms
    }

    /// E of this sample.
    pub fn loss(&self) -> f64 {
        self.loss
    }

    /// ∂E/∂a of layer `layer`, 1…L.
    pub fn upstream(&self, layer: usize) -> &[f64] {
        &self.upstream[layer - 1]
    }

    /// δ = ∂E/∂z of layer `layer`, 1…L.
    pub fn deltas(&self, layer: usize) -> &[f64] {
        &self.deltas[layer - 1]
    }

    /// Whether the weighted sum of a unit of `network`, whose pass this is, is 0 on paper and here what
    /// rounding has left, as 0.1 + 0.2 − 0.3 is 5.55·10⁻¹⁷.
    ///
    /// Of n terms each may be rounded three times, its value, its weight and their product, and their sum
    /// n − 1 times: a rest of (n + 2) · 2⁻⁵³ of the terms' sizes. A number that is itself such a rest may
    /// be off by all of its size.
    pub fn is_zero_on_paper(&self, network: &Network, id: UnitId) -> bool {
        let UnitId { layer, unit } = id;
        let z = self.sums(layer)[unit].abs();
        let size = self.term_sizes(network, id).sum::<f64>();
        // So it is with most sums, and there is no need to look at the layers before.
        if z == 0.0 || FAR_FROM_ZERO * size.max(1.0) < z {
            return false;
        }
        let mut is_rest = vec![false; network.n_units(0)];
        for before in 1..layer {
            let passes = network.activation(before).keeps_zero();
            let is_zero = |unit| passes && self.is_rest(network, UnitId::new(before, unit), &is_rest);
            is_rest = (0..network.n_units(before)).map(is_zero).collect();
        }
        self.is_rest(network, id, &is_rest)
    }

    /// The same, given which of the numbers before are such rests.
    fn is_rest(&self, network: &Network, id: UnitId, before: &[bool]) -> bool {
        let UnitId { layer, unit } = id;
        let z = self.sums(layer)[unit].abs();
        let n = self.term_sizes(network, id).count() as f64;
        let share = (n + 2.0) * 0.5 * f64::EPSILON;
        // The bias comes last and is no rest.
        let is_rest = before.iter().copied().chain([false]);
        let sizes = self.term_sizes(network, id).zip(is_rest);
        let most: f64 = sizes.map(|(size, is_rest)| if is_rest { size } else { share * size }).sum();
        z != 0.0 && z <= most
    }

    /// |w a| of each value that a unit sums up, and |b|.
    fn term_sizes<'a>(&'a self, network: &'a Network, id: UnitId) -> impl Iterator<Item = f64> + 'a {
        let UnitId { layer, unit } = id;
        let params = network.layer(layer);
        let bias = params.biases.as_ref().map(|biases| biases[unit]);
        products(&params.weights, self.activations(layer - 1), unit).chain(bias).map(f64::abs)
    }

    /// ∂E/∂w of this sample alone: δ of the receiving unit times a of the sending one (BP4).
    pub fn weight_gradient(&self, layer: usize, to: usize, from: usize) -> f64 {
        self.deltas(layer)[to] * self.activations(layer - 1)[from]
    }

    fn is_finite(&self) -> bool {
        let all = |lists: &[Vec<f64>]| lists.iter().flatten().all(|x| x.is_finite());
        self.loss.is_finite() && all(&self.sums) && all(&self.activations) && all(&self.deltas)
    }
}

/// The products w·a of the unit `to`'s weighted sum, in the order in which they are added.
pub fn products<'a>(weights: &'a Matrix, a: &'a [f64], to: usize) -> impl Iterator<Item = f64> + 'a {
    weights.row(to).iter().zip(a).map(|(w, a)| w * a)
}

/// The products w·δ that meet in ∂E/∂a of the unit `from`, in the order in which they are added.
pub fn products_into<'a>(
    weights: &'a Matrix,
    delta: &'a [f64],
    from: usize,
) -> impl Iterator<Item = f64> + 'a {
    delta.iter().enumerate().map(move |(to, delta)| weights.at(to, from) * delta)
}

/// ∂E/∂a of every unit of a layer: the sums of its [`products_into`], each from first to last, but
/// taken side by side, as the weights lie in memory.
fn sums_into(weights: &Matrix, delta: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0; weights.n_cols()];
    for (to, delta) in delta.iter().enumerate() {
        let terms = weights.row(to).iter().map(|w| w * delta);
        add_or_start(&mut sums, terms, to == 0);
    }
    sums
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

fn weighted_sums(layer: &LayerParams, a: &[f64]) -> Vec<f64> {
    (0..layer.weights.n_rows())
        .map(|to| {
            let sum = sum_of(products(&layer.weights, a, to));
            layer.biases.as_ref().map_or(sum, |biases| sum + biases[to])
        })
        .collect()
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

/// How a network learns: the part of a lesson that an update needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// The loss.
    pub loss: Loss,
    /// The optimiser.
    pub optimizer: Optimizer,
    /// When new weights come into use.
    pub update_order: UpdateOrder,
    /// Whether biases learn.
    pub train_biases: bool,
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
        let mut samples: Vec<SampleTrace> =
            batch.map(|sample| SampleTrace::forward(network, rule.loss, sample)).collect();
        let mut changes = Changes::start(model, rule);
        let mut gradients = Vec::new();
        for layer in (1..=network.n_layers()).rev() {
            let next = (layer < network.n_layers()).then(|| match rule.update_order {
                UpdateOrder::Simultaneous => &network.layer(layer + 1).weights,
                UpdateOrder::LayerByLayer => &changes.after.network.layer(layer + 1).weights,
            });
            for sample in &mut samples {
                sample.backward(network, rule.loss, layer, next);
            }
            let gradient = mean_gradient(network.layer(layer), &samples, layer);
            changes.apply(layer, &gradient);
            gradients.push(gradient);
        }
        gradients.reverse();
        let loss = mean_loss(&samples);
        changes.update(model, PassTrace { samples, loss, gradients: Params(gradients) })
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
            self.rule.optimizer,
            optimizer_state.n_updates,
            self.rule.train_biases,
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
        loss: Loss,
        (k, n_samples): (usize, usize),
        sample: &Sample,
    ) -> Option<&SampleTrace> {
        if let Some(trace) = self.made.get().and_then(|update| update.pass.samples.get(k)) {
            return Some(trace);
        }
        let samples = self.samples.get_or_init(|| (0..n_samples).map(|_| OnceCell::new()).collect());
        Some(samples.get(k)?.get_or_init(|| SampleTrace::new(&self.model.network, loss, sample)))
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

/// a(`layer`) for `input`: the forward pass up to there, without a trace.
pub fn activations(network: &Network, input: &[f64], layer: usize) -> Vec<f64> {
    let mut a = input.to_vec();
    for layer in 1..=layer {
        a = network.activation(layer).values(&weighted_sums(network.layer(layer), &a));
    }
    a
}

/// a(L) for `input`: the prediction.
pub fn outputs(network: &Network, input: &[f64]) -> Vec<f64> {
    activations(network, input, network.n_layers())
}

/// E over `samples` (at least one): the forward pass alone.
pub fn loss_over<'a>(network: &Network, loss: Loss, samples: impl Iterator<Item = &'a Sample>) -> f64 {
    let traces: Vec<SampleTrace> =
        samples.map(|sample| SampleTrace::forward(network, loss, sample)).collect();
    mean_loss(&traces)
}

fn mean_loss(samples: &[SampleTrace]) -> f64 {
    sum_of(samples.iter().map(SampleTrace::loss)) / samples.len() as f64
}

/// The mean over the samples of each parameter's derivative: the gradient of the batch's mean loss. The
/// sums are taken side by side, each from the first sample to the last.
fn mean_gradient(shape: &LayerParams, samples: &[SampleTrace], layer: usize) -> LayerParams {
    let n = samples.len() as f64;
    let mut weights = Matrix::zeros(shape.weights.n_rows(), shape.weights.n_cols());
    let mut biases = shape.biases.as_ref().map(|biases| vec![0.0; biases.len()]);
    for (k, sample) in samples.iter().enumerate() {
        let (a, deltas) = (sample.activations(layer - 1), sample.deltas(layer));
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
