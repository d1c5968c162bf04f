//! How far the derivatives reach: their size in each layer, over the epochs of a run.
//!
//! Measured with every training sample, or with some of them where there are many, at the models that the
//! run keeps; a few samples at a time, so that the page answers meanwhile.

use std::ops::Range;

use super::survey::{Measurement, Survey, Target};
use crate::text::format;
use crate::words::run::flow as words;
use backprop::activation::Activation;
use backprop::network::{Network, UnitId};
use backprop::trace::SampleTrace;

/// A unit whose slope |g′(z)| stays below this for all samples is saturated: less than a hundredth of what
/// arrives goes through.
pub const SATURATED: f64 = 0.01;
/// The most samples times parameters of a measurement: some milliseconds.
const MAX_PRODUCTS: u64 = 400_000;
/// However large the network is, so many samples are looked at.
const MIN_SAMPLES: usize = 8;
/// Powers of ten of a [`Spread`]: smaller and larger numbers are counted at its ends.
const POWERS: Range<i32> = -12..3;
/// Bins of a power of ten.
const BINS_PER_POWER: i32 = 2;

/// The derivatives over a run.
pub type FlowSurvey = Survey<Measuring>;

/// How many numbers there are of which size.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    /// Numbers that are 0.
    pub n_zero: u64,
    /// The others by their size: half a power of ten each, from 10⁻¹² on.
    pub bins: Vec<u64>,
    /// The smallest and the largest size that is not 0.
    pub range: Option<(f64, f64)>,
}

impl Spread {
    /// Of nothing.
    fn empty() -> Self {
        let n_bins = POWERS.len() * BINS_PER_POWER as usize;
        Self { n_zero: 0, bins: vec![0; n_bins], range: None }
    }

    fn add(&mut self, x: f64) {
        let size = x.abs();
        if size == 0.0 {
            self.n_zero += 1;
            return;
        }
        let bin = libm::floor((libm::log10(size) - f64::from(POWERS.start)) * f64::from(BINS_PER_POWER));
        let last = self.bins.len() - 1;
        self.bins[bin.clamp(0.0, last as f64) as usize] += 1;
        let (least, most) = self.range.unwrap_or((size, size));
        self.range = Some((least.min(size), most.max(size)));
    }

    /// How many there are.
    pub fn n(&self) -> u64 {
        self.n_zero + self.bins.iter().sum::<u64>()
    }

    /// The sizes that bin `k` holds: from, and below.
    pub fn sizes(k: usize) -> (f64, f64) {
        let at = |k: usize| libm::pow(10.0, f64::from(POWERS.start) + k as f64 / f64::from(BINS_PER_POWER));
        (at(k), at(k + 1))
    }
}

/// What a unit does for all samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitState {
    /// Its slope is 0: it is switched off, and no derivative goes back through it.
    Dead,
    /// Its slope is below [`SATURATED`].
    Saturated,
}

/// The units of a network that let nothing through, or next to nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StuckUnits {
    /// They, layer by layer.
    pub units: Vec<(UnitId, UnitState)>,
    /// Number of samples that were looked at.
    pub n_samples: usize,
}

impl StuckUnits {
    /// What a unit does; `None` where it lets something through.
    pub fn state(&self, id: UnitId) -> Option<UnitState> {
        self.units.iter().find(|(unit, _)| *unit == id).map(|(_, state)| *state)
    }
}

/// The derivatives of a layer.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerFlow {
    /// ‖∂E/∂W‖: the root of the sum of the squares over the layer's weights, E over all samples.
    pub gradient: f64,
    /// The mean over the samples of ‖δ‖, the root of the sum of the squares over the layer's units.
    pub delta: f64,
    /// The weights' derivatives.
    pub gradients: Spread,
    /// The δ of all units and samples.
    pub deltas: Spread,
    /// Units that let nothing through, or next to nothing.
    pub stuck: Vec<(usize, UnitState)>,
}

/// The derivatives of a network.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// Number of epochs learned before.
    pub epoch: u64,
    /// The layers 1…L.
    pub layers: Vec<LayerFlow>,
    /// Number of samples that were looked at.
    pub n_samples: usize,
}

impl Flow {
    /// How many times smaller ‖∂E/∂W‖ is in the first layer than in the last; `None` where one of them is 0.
    pub fn shrinks_by(&self) -> Option<f64> {
        let (first, last) = (self.layers.first()?.gradient, self.layers.last()?.gradient);
        let ratio = last / first;
        (1 < self.layers.len() && ratio.is_finite() && 0.0 < ratio).then_some(ratio)
    }

    /// Every unit that is stuck, layer by layer.
    pub fn stuck(&self) -> StuckUnits {
        let layers = self.layers.iter().enumerate();
        let units = layers.flat_map(|(l, layer)| {
            layer.stuck.iter().map(move |(unit, state)| (UnitId::new(l + 1, *unit), *state))
        });
        StuckUnits { units: units.collect(), n_samples: self.n_samples }
    }
}

/// A measurement of the derivatives under way.
#[derive(Clone, Debug)]
pub struct Measuring {
    target: Target,
    /// Every how many samples one is looked at.
    stride: usize,
    /// The next one.
    next: usize,
    n_done: usize,
    /// Per layer the sums over the samples so far, weight by weight.
    sums: Vec<Vec<f64>>,
    /// Per layer the sum of ‖δ‖.
    deltas: Vec<f64>,
    spreads: Vec<Spread>,
    /// Per layer and unit the largest |g′(z)|.
    slopes: Vec<Vec<f64>>,
}

impl Measurement for Measuring {
    type Found = Flow;

    fn new(target: Target) -> Self {
        let network = &target.model.network;
        let n_samples = target.lesson.data.train.len();
        let most = (MAX_PRODUCTS / network.n_params().max(1) as u64) as usize;
        let layers = || 1..=network.n_layers();
        Self {
            stride: n_samples.div_ceil(most.max(MIN_SAMPLES)),
            next: 0,
            n_done: 0,
            sums: layers().map(|layer| vec![0.0; network.layer(layer).weights.numbers().len()]).collect(),
            deltas: layers().map(|_| 0.0).collect(),
            spreads: layers().map(|_| Spread::empty()).collect(),
            slopes: layers().map(|layer| vec![0.0; network.n_units(layer)]).collect(),
            target,
        }
    }

    /// Looks at the next sample.
    fn step(&mut self) -> Option<u64> {
        let Target { model, lesson, .. } = &self.target;
        let (network, sample) = (&model.network, lesson.data.train.get(self.next)?);
        let trace = SampleTrace::new(network, lesson.rule, sample);
        for layer in 1..=network.n_layers() {
            let (l, g) = (layer - 1, network.activation(layer));
            let (z, a) = (trace.forward.sums(layer), trace.forward.activations(layer));
            let (deltas, before) = (trace.backward.deltas(layer), trace.forward.activations(layer - 1));
            let products = deltas.iter().flat_map(|delta| before.iter().map(move |a| delta * a));
            self.sums[l].iter_mut().zip(products).for_each(|(sum, product)| *sum += product);
            self.deltas[l] += norm(deltas);
            deltas.iter().for_each(|delta| self.spreads[l].add(*delta));
            for (unit, most) in self.slopes[l].iter_mut().enumerate() {
                *most = most.max(g.slope(z[unit], a[unit]).abs());
            }
        }
        self.next += self.stride;
        self.n_done += 1;
        Some(network.n_params() as u64)
    }

    fn found(&self) -> Flow {
        let Target { epoch, model, lesson } = &self.target;
        let network = &model.network;
        let n = lesson.rule.divisor(self.n_done);
        let layer = |l: usize| {
            let means: Vec<f64> = self.sums[l].iter().map(|sum| sum / n).collect();
            let mut gradients = Spread::empty();
            means.iter().for_each(|mean| gradients.add(*mean));
            LayerFlow {
                gradient: norm(&means),
                delta: self.deltas[l] / self.n_done.max(1) as f64,
                gradients,
                deltas: self.spreads[l].clone(),
                stuck: self.stuck(network, l + 1),
            }
        };
        Flow { epoch: *epoch, layers: (0..network.n_layers()).map(layer).collect(), n_samples: self.n_done }
    }
}

impl Measuring {
    fn stuck(&self, network: &Network, layer: usize) -> Vec<(usize, UnitState)> {
        // A softmax shares its line: none of its units is stuck by itself.
        if matches!(network.activation(layer), Activation::Identity | Activation::Softmax) {
            return Vec::new();
        }
        let state = |(unit, most): (usize, &f64)| match *most {
            0.0 => Some((unit, UnitState::Dead)),
            most if most < SATURATED => Some((unit, UnitState::Saturated)),
            _ => None,
        };
        self.slopes[layer - 1].iter().enumerate().filter_map(state).collect()
    }
}

fn norm(numbers: &[f64]) -> f64 {
    numbers.iter().map(|x| x * x).sum::<f64>().sqrt()
}

impl UnitState {
    /// It in a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Dead => words::dead(),
            Self::Saturated => words::saturated(),
        }
    }

    /// What marks such a unit.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Dead => "×",
            Self::Saturated => "–",
        }
    }

    /// What it means of `unit`, as it is called at the start of a sentence, whose activation function is called `g`,
    /// for `n_samples`.
    pub fn sentence(self, unit: &str, g: &str, n_samples: usize) -> String {
        match self {
            Self::Dead => words::is_dead(n_samples, &unit, &g),
            Self::Saturated => words::is_saturated(n_samples, &unit, &g, &SATURATED),
        }
    }
}

impl Spread {
    /// It in words.
    pub fn says(&self) -> String {
        let number = |x| format::number(x, 2);
        match (self.range, self.n_zero) {
            (None, 0) => String::new(),
            (None, zeros) => words::zeros(&zeros, &self.n()),
            (Some((least, most)), 0) => words::sizes(&number(least), &number(most)),
            (Some((least, most)), zeros) => {
                words::sizes_and_zeros(&number(least), &number(most), &zeros, &self.n())
            }
        }
    }
}

/// From one layer's size to another's: more than this is said to vanish, or to explode.
const NOTABLE: f64 = 30.0;

impl Flow {
    /// What becomes of ‖∂E/∂W‖, written `symbol`, from the last layer to the first.
    pub fn says(&self, symbol: &str, digits: u8) -> String {
        let last = self.layers.len();
        let times = |ratio| format::number(ratio, digits);
        match self.shrinks_by() {
            None if last < 2 => words::one_layer_only(&symbol),
            None => words::is_zero(&symbol, &last),
            Some(ratio) if NOTABLE < ratio => words::vanishes(&symbol, &times(ratio), &last),
            Some(ratio) if ratio < 1.0 / NOTABLE => words::explodes(&symbol, &times(1.0 / ratio), &last),
            Some(ratio) if 1.0 < ratio => words::is_smaller(&symbol, &times(ratio), &last),
            Some(ratio) => words::is_larger(&symbol, &times(1.0 / ratio), &last),
        }
    }
}
