//! Generated data: truth tables, curves and point clouds, the same from the same seed everywhere.

use std::f64::consts::{PI, TAU};

use crate::words::lesson as words;
use backprop::activation::Activation;
use backprop::init::{Init, Scheme};
use backprop::network::{Network, Params};
use backprop::rng::Rng;
use backprop::trace::{Sample, outputs};

/// The most inputs of a truth table: it has a row for each pattern of bits.
pub const MAX_BITS: usize = 10;
/// Points that a curve or a cloud has unless the lesson says how many.
const DEFAULT_SAMPLES: usize = 200;

/// What is generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Truth table of two bits: both are 1.
    And,
    /// Truth table of two bits: at least one is 1.
    Or,
    /// Truth table of two bits: just one is 1 (Rumelhart, Hinton and Williams 1986).
    Xor,
    /// Truth table of n bits: an odd number of them is 1 (Minsky and Papert 1969).
    Parity,
    /// Truth table of n bits: they read the same backwards (Rumelhart, Hinton and Williams 1986).
    Symmetry,
    /// n patterns with a single 1, each to be given back through a narrow layer (Ackley, Hinton and
    /// Sejnowski 1985: the encoder problem).
    Encoder,
    /// y = ½ x + ¼ for x in [−1, 1].
    Line,
    /// y = sin πx for x in [−1, 1].
    Sine,
    /// y = 1 for x > 0, else 0.
    Step,
    /// y = 1 for |x| < ½, else 0 (Nielsen, ch. 4).
    Bump,
    /// Two clouds of standard deviation 0.4 around (1, 1) and (−1, −1).
    Gaussians,
    /// A circle of radius ½ within one of radius 1.
    Circles,
    /// Two half circles that reach into each other.
    Moons,
    /// Two spiral arms of 1¾ turns (Lang and Witbrock 1988).
    Spirals,
    /// The outputs of another network, drawn from the seed, for inputs uniform in [−1, 1].
    Teacher,
}

/// How data are generated.
#[derive(Clone, Debug, PartialEq)]
pub struct Generator {
    /// What.
    pub kind: Kind,
    /// Number of samples, held out ones included; a truth table is repeated to reach it.
    pub n_samples: usize,
    /// Standard deviation of the normal noise: on the targets of a curve, on all other inputs.
    pub noise: f64,
    /// The seed.
    pub seed: u64,
    /// The share of the samples that is held out of training, in [0, 1).
    pub held_out: f64,
    /// Units of each hidden layer (tanh) of the teacher network.
    pub teacher: Vec<usize>,
}

/// What a kind asks of the network.
struct Shape {
    /// Number of inputs, if just one will do.
    inputs: Option<usize>,
    /// Numbers of outputs that will do; empty: any.
    outputs: &'static [usize],
}

impl Kind {
    /// All kinds, in the order in which the page offers them.
    pub const ALL: [Self; 15] = [
        Self::And,
        Self::Or,
        Self::Xor,
        Self::Parity,
        Self::Symmetry,
        Self::Encoder,
        Self::Line,
        Self::Sine,
        Self::Step,
        Self::Bump,
        Self::Gaussians,
        Self::Circles,
        Self::Moons,
        Self::Spirals,
        Self::Teacher,
    ];

    /// The word for it in lesson files.
    pub fn word(self) -> &'static str {
        match self {
            Self::And => "and",
            Self::Or => "or",
            Self::Xor => "xor",
            Self::Parity => "parity",
            Self::Symmetry => "symmetry",
            Self::Encoder => "encoder",
            Self::Line => "line",
            Self::Sine => "sine",
            Self::Step => "step",
            Self::Bump => "bump",
            Self::Gaussians => "gaussians",
            Self::Circles => "circles",
            Self::Moons => "moons",
            Self::Spirals => "spirals",
            Self::Teacher => "teacher",
        }
    }

    /// The name that the page shows.
    pub fn name(self) -> &'static str {
        match self {
            Self::And => words::data::and(),
            Self::Or => words::data::or(),
            Self::Xor => words::data::xor(),
            Self::Parity => words::data::parity(),
            Self::Symmetry => words::data::symmetry(),
            Self::Encoder => words::data::encoder(),
            Self::Line => words::data::line(),
            Self::Sine => words::data::sine(),
            Self::Step => words::data::step(),
            Self::Bump => words::data::bump(),
            Self::Gaussians => words::data::two_gaussians(),
            Self::Circles => words::data::circles(),
            Self::Moons => words::data::moons(),
            Self::Spirals => words::data::two_spirals(),
            Self::Teacher => words::data::teacher_network(),
        }
    }

    /// Numbers of inputs and outputs of a network that suits this kind, as near as can be to what
    /// one with `n_inputs` and `n_outputs` has.
    pub fn suits(self, n_inputs: usize, n_outputs: usize) -> (usize, usize) {
        let Shape { inputs, outputs } = self.shape();
        let n_inputs = inputs.unwrap_or(match self {
            Self::Parity | Self::Encoder => n_inputs.clamp(2, MAX_BITS),
            Self::Symmetry => n_inputs.clamp(2, MAX_BITS),
            _ => n_inputs,
        });
        let n_outputs = match self {
            Self::Encoder => n_inputs,
            _ if outputs.is_empty() || outputs.contains(&n_outputs) => n_outputs,
            _ => outputs[0],
        };
        (n_inputs, n_outputs)
    }

    /// Number of inputs of a new table of bits, where it can have any.
    pub fn usual_inputs(self) -> Option<usize> {
        match self {
            Self::Parity => Some(4),
            Self::Symmetry => Some(6),
            Self::Encoder => Some(8),
            _ => None,
        }
    }

    fn shape(self) -> Shape {
        let (inputs, outputs): (_, &[usize]) = match self {
            Self::And | Self::Or | Self::Xor => (Some(2), &[1, 2]),
            Self::Parity | Self::Symmetry => (None, &[1, 2]),
            Self::Encoder | Self::Teacher => (None, &[]),
            Self::Line | Self::Sine | Self::Step | Self::Bump => (Some(1), &[1]),
            Self::Gaussians | Self::Circles | Self::Moons | Self::Spirals => (Some(2), &[1, 2]),
        };
        Shape { inputs, outputs }
    }

    /// Number of samples for a network of `n_inputs` where the lesson does not say: the whole table,
    /// or 200 points.
    pub fn default_samples(self, n_inputs: usize) -> usize {
        match self {
            Self::And | Self::Or | Self::Xor => 4,
            Self::Parity | Self::Symmetry => 1 << n_inputs.min(MAX_BITS),
            Self::Encoder => n_inputs,
            _ => DEFAULT_SAMPLES,
        }
    }

    /// Whether the data are a table of bits.
    pub fn is_table(self) -> bool {
        matches!(self, Self::And | Self::Or | Self::Xor | Self::Parity | Self::Symmetry | Self::Encoder)
    }
}

impl Generator {
    /// Whether the number of inputs can be chosen.
    pub fn has_any_inputs(&self) -> bool {
        self.kind.shape().inputs.is_none()
    }

    /// Number of weights and biases of the network that answers for the samples; 0 where there is none.
    pub fn n_teacher_params(&self, n_inputs: usize, n_outputs: usize) -> usize {
        if self.kind != Kind::Teacher {
            return 0;
        }
        let widths = self.teacher.iter().chain([&n_outputs]);
        let (n_params, _) =
            widths.fold((0, n_inputs), |(n_params, n_in), n_out| (n_params + n_out * (n_in + 1), *n_out));
        n_params
    }

    /// Draws the samples for a network of `n_inputs` and `n_outputs`: those to learn from, at least
    /// one, and those held out.
    ///
    /// # Errors
    /// If the network does not suit the kind: what it would need.
    pub fn draw(&self, n_inputs: usize, n_outputs: usize) -> Result<(Vec<Sample>, Vec<Sample>), String> {
        self.check(n_inputs, n_outputs)?;
        let mut rng = Rng::new(self.seed);
        let mut samples: Vec<Sample> = match self.kind {
            Kind::Teacher => self.taught(n_inputs, n_outputs),
            kind if kind.is_table() => {
                (0..self.n_samples).map(|k| table_row(kind, k, n_inputs, n_outputs)).collect()
            }
            _ => (0..self.n_samples).map(|k| self.point(k, n_outputs, &mut rng)).collect(),
        };
        let is_curve = self.kind.shape().inputs == Some(1);
        for sample in &mut samples {
            for x in if is_curve { &mut sample.target } else { &mut sample.input } {
                // Without noise no draw: the same seed gives the same points with and without.
                *x += if self.noise > 0.0 { self.noise * rng.normal() } else { 0.0 };
            }
        }
        Ok(self.split(samples))
    }

    fn check(&self, n_inputs: usize, n_outputs: usize) -> Result<(), String> {
        let name = self.kind.name();
        let Shape { inputs, outputs } = self.kind.shape();
        if let Some(expected) = inputs.filter(|&expected| expected != n_inputs) {
            return Err(words::limits::has_inputs(&name, &expected, &n_inputs));
        }
        if self.kind.is_table() && !(2..=MAX_BITS).contains(&n_inputs) && self.kind != Kind::Encoder {
            return Err(words::limits::goes_with_inputs(&name, &MAX_BITS, &n_inputs));
        }
        if self.kind == Kind::Encoder && n_inputs != n_outputs {
            return Err(words::limits::has_as_many_outputs(&name, &n_outputs, &n_inputs));
        }
        if !outputs.is_empty() && !outputs.contains(&n_outputs) {
            return Err(match outputs.len() {
                1 => words::limits::goes_with_one_output(&name, &n_outputs),
                _ => words::limits::goes_with_one_or_two_outputs(&name, &n_outputs),
            });
        }
        Ok(())
    }

    /// Point `k` of a curve or a cloud, without its noise.
    fn point(&self, k: usize, n_outputs: usize, rng: &mut Rng) -> Sample {
        let n = self.n_samples;
        if self.kind.shape().inputs == Some(1) {
            let x = if n == 1 { 0.0 } else { 2.0 * k as f64 / (n - 1) as f64 - 1.0 };
            let y = match self.kind {
                Kind::Line => 0.5 * x + 0.25,
                // π itself is rounded: the sine of twice its half is not quite 0.
                Kind::Sine if x.fract() == 0.0 => 0.0,
                Kind::Sine => libm::sin(PI * x),
                Kind::Step => f64::from(x > 0.0),
                _ => f64::from(x.abs() < 0.5),
            };
            return Sample { input: vec![x], target: vec![y] };
        }
        // The classes take turns; `along` runs from 0 to 1 through each.
        let class = k % 2;
        let of_class = n.div_ceil(2).max(2);
        let along = (k / 2) as f64 / (of_class - 1) as f64;
        let side = if class == 0 { -1.0 } else { 1.0 };
        let (x, y) = match self.kind {
            Kind::Gaussians => (side + 0.4 * rng.normal(), side + 0.4 * rng.normal()),
            Kind::Circles => {
                let (radius, angle) = (0.75 - 0.25 * side, TAU * rng.uniform());
                (radius * libm::cos(angle), radius * libm::sin(angle))
            }
            Kind::Moons => {
                let (cos, sin) = (libm::cos(PI * along), libm::sin(PI * along));
                if class == 0 { (cos, sin) } else { (1.0 - cos, 0.5 - sin) }
            }
            _ => {
                let angle = 1.75 * TAU * along + PI * class as f64;
                (along * libm::sin(angle), along * libm::cos(angle))
            }
        };
        Sample { input: vec![x, y], target: class_target(class, n_outputs) }
    }

    /// Inputs uniform in [−1, 1], and what the teacher makes of them.
    fn taught(&self, n_inputs: usize, n_outputs: usize) -> Vec<Sample> {
        let widths: Vec<usize> = self.teacher.iter().copied().chain([n_outputs]).collect();
        let mut n_in = n_inputs;
        let layers = widths.iter().enumerate().map(|(k, &n_out)| {
            let seed = Rng::of(self.seed, k as u64 + 1).next_u64();
            let drawn =
                Init { scheme: Scheme::GlorotUniform, scale: 2.0, seed, biases: true }.draw(n_out, n_in);
            n_in = n_out;
            drawn
        });
        let params = Params(layers.collect());
        let mut activations = vec![Activation::Tanh; self.teacher.len()];
        activations.push(Activation::Identity);
        let network = Network { params, activations };
        let mut rng = Rng::of(self.seed, 0);
        let sample = |_| {
            let input: Vec<f64> = (0..n_inputs).map(|_| 2.0 * rng.uniform() - 1.0).collect();
            Sample { target: outputs(&network, &input), input }
        };
        (0..self.n_samples).map(sample).collect()
    }

    /// Holds a random share out of training; the others stay in their order.
    fn split(&self, samples: Vec<Sample>) -> (Vec<Sample>, Vec<Sample>) {
        let is_held_out = held_out(samples.len(), self.held_out, self.seed);
        let (mut train, mut test) = (Vec::new(), Vec::new());
        for (sample, is_held_out) in samples.into_iter().zip(is_held_out) {
            if is_held_out { test.push(sample) } else { train.push(sample) }
        }
        (train, test)
    }
}

/// How many of `n` samples, at least 1, a share of them is; one at least is left to learn from.
pub fn n_held_out(n: usize, share: f64) -> usize {
    ((share * n as f64) as usize).min(n - 1)
}

/// Which of `n` samples, at least 1, are held out of training: a share of them, drawn by `seed`.
pub fn held_out(n: usize, share: f64, seed: u64) -> Vec<bool> {
    let n_held_out = n_held_out(n, share);
    let mut order: Vec<usize> = (0..n).collect();
    if 0 < n_held_out {
        Rng::of(seed, u64::MAX).shuffle(&mut order);
    }
    let mut is_held_out = vec![false; n];
    for &k in &order[..n_held_out] {
        is_held_out[k] = true;
    }
    is_held_out
}

/// Row `k` of a truth table, which starts again after its last.
fn table_row(kind: Kind, k: usize, n_inputs: usize, n_outputs: usize) -> Sample {
    if kind == Kind::Encoder {
        let pattern: Vec<f64> = (0..n_inputs).map(|unit| f64::from(unit == k % n_inputs)).collect();
        return Sample { input: pattern.clone(), target: pattern };
    }
    // The first input is the highest bit: 00, 01, 10, 11.
    let bits: Vec<bool> = (0..n_inputs).rev().map(|bit| (k >> bit) & 1 == 1).collect();
    let n_ones = bits.iter().filter(|bit| **bit).count();
    let class = match kind {
        Kind::And => n_ones == n_inputs,
        Kind::Or => 0 < n_ones,
        Kind::Symmetry => bits.iter().eq(bits.iter().rev()),
        _ => n_ones % 2 == 1,
    };
    Sample {
        input: bits.into_iter().map(f64::from).collect(),
        target: class_target(usize::from(class), n_outputs),
    }
}

/// The target of class 0 or 1: 0 or 1 of one output, or a 1 at the class's own output.
fn class_target(class: usize, n_outputs: usize) -> Vec<f64> {
    match n_outputs {
        1 => vec![class as f64],
        n => (0..n).map(|unit| f64::from(unit == class)).collect(),
    }
}
