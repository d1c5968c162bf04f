//! The design of a lesson: layers, units, activations, loss, optimiser, batches, start weights and
//! data, each changed by itself. What a change does not touch is kept, learned weights included.

use std::rc::Rc;

use crate::activation::Activation;
use crate::format;
use crate::generator::{Generator, Kind, MAX_BITS};
use crate::init::{Init, Scheme};
use crate::lesson::{Data, Lesson, limits};
use crate::loss::Loss;
use crate::matrix::Matrix;
use crate::network::{LayerParams, Network};
use crate::optimizer::Optimizer;
use crate::session::saved::is_storable;
use crate::table::{Answers, Imported};

/// Units that a new hidden layer starts with.
const NEW_UNITS: usize = 4;
/// Imported data of more samples are learned from in batches of so many, unless the reader has set
/// another number.
const WHOLE_BATCH: usize = 200;
const MINI_BATCH: usize = 32;
/// Significant digits of targets in a sentence.
const SAID_DIGITS: u8 = 3;

/// How new weights are drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drawing {
    /// The distribution.
    pub scheme: Scheme,
    /// What each drawn number is multiplied by.
    pub scale: f64,
    /// The seed of the first layer; the k-th layer behind it has its own from the same seed.
    pub seed: u64,
}

impl Default for Drawing {
    fn default() -> Self {
        Self { scheme: Scheme::GlorotUniform, scale: 1.0, seed: 1 }
    }
}

impl Drawing {
    /// Whether its scale is one that a lesson may have.
    pub fn is_valid(self) -> bool {
        (0.0..=limits::SCALE).contains(&self.scale)
    }

    /// A layer from seed number `k` of this drawing: 1 for the first layer, and so on.
    fn layer(&self, k: usize, n_out: usize, n_in: usize, biases: bool) -> LayerParams {
        let Self { scheme, scale, seed } = *self;
        // Far apart, so that "the next seed" of one layer is never the seed of another.
        let seed = seed.wrapping_add((k as u64 - 1) << 32);
        Init { scheme, scale, seed, biases }.draw(n_out, n_in)
    }
}

/// A change of the design. Layers count from 1 (the first hidden one) to L (the output).
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A new hidden layer before layer `before`.
    AddLayer {
        /// Which layer it feeds.
        before: usize,
    },
    /// A hidden layer less.
    RemoveLayer(usize),
    /// The number of units of a hidden layer.
    Units {
        /// Which.
        layer: usize,
        /// How many.
        n: usize,
    },
    /// The activation function of a layer.
    Activation {
        /// Which.
        layer: usize,
        /// Which function.
        activation: Activation,
    },
    /// Whether a layer has biases; new ones start at 0.
    Biases {
        /// Which.
        layer: usize,
        /// Whether it has.
        has: bool,
    },
    /// The loss.
    Loss(Loss),
    /// The optimiser.
    Optimizer(Optimizer),
    /// Samples per update.
    BatchSize(usize),
    /// The seed of the order of the samples; `None`: as they stand.
    Shuffle(Option<u64>),
    /// All weights drawn again.
    Draw,
    /// Data of another kind, of its usual size; inputs and outputs follow.
    Kind(Kind),
    /// The number of inputs of data that can have any.
    Inputs(usize),
    /// Other data; inputs and outputs follow.
    Data(Generator),
    /// Other data, of a file; inputs, outputs and loss follow.
    Import(Rc<Imported>),
}

/// A changed lesson, and what else had to change with it, as a sentence.
pub type Changed = (Lesson, Option<String>);

/// The lesson after `change`; weights that are new are drawn by `drawing`.
///
/// # Errors
/// A sentence that says why not, and what is accepted.
pub fn apply(lesson: &Lesson, change: &Change, drawing: &Drawing) -> Result<Changed, String> {
    let mut design = Design { lesson: lesson.clone(), drawing, said: None };
    design.apply(change)?;
    let Design { lesson: mut changed, said, .. } = design;
    // A title that tells the shape of the network goes with it.
    changed.title = changed.title.replace(&sizes(&lesson.network), &sizes(&changed.network));
    let mut lesson = changed;
    disown(&mut lesson);
    if let Change::Import(imported) = change {
        lesson.title = format!("{} {}", imported.title, sizes(&lesson.network));
        lesson.source = imported.source.clone();
    }
    Ok((lesson, said))
}

/// Takes away what holds for the author's design only. Generated data name the lesson: "moons 2-8-1".
fn disown(lesson: &mut Lesson) {
    const MARK: &str = " (changed)";
    lesson.notes.clear();
    lesson.published = Rc::default();
    if let Some(generator) = &lesson.data.generator {
        lesson.title = format!("{} {}", generator.kind.name(), sizes(&lesson.network));
        lesson.source.clear();
    } else if !lesson.title.ends_with(MARK) {
        lesson.title.push_str(MARK);
    }
}

/// The numbers of units, inputs first: "2-8-1".
fn sizes(network: &Network) -> String {
    let sizes: Vec<String> =
        (0..=network.n_layers()).map(|layer| network.n_units(layer).to_string()).collect();
    sizes.join("-")
}

struct Design<'a> {
    lesson: Lesson,
    drawing: &'a Drawing,
    said: Option<String>,
}

impl Design<'_> {
    fn network(&mut self) -> &mut Network {
        Rc::make_mut(&mut self.lesson.network)
    }

    fn n_layers(&self) -> usize {
        self.lesson.network.n_layers()
    }

    fn apply(&mut self, change: &Change) -> Result<(), String> {
        match *change {
            Change::AddLayer { before } => self.add_layer(before)?,
            Change::RemoveLayer(layer) => self.remove_layer(layer)?,
            Change::Units { layer, n } => self.set_units(layer, n)?,
            Change::Activation { layer, activation } => self.set_activation(layer, activation)?,
            Change::Biases { layer, has } => {
                let n = self.lesson.network.n_units(layer);
                self.network().params.0[layer - 1].biases = has.then(|| vec![0.0; n]);
            }
            Change::Loss(loss) => self.set_loss(loss)?,
            Change::Optimizer(optimizer) => self.lesson.rule.optimizer = optimizer,
            Change::BatchSize(n) => {
                within("The batch size", n, 1, self.lesson.data.train.len())?;
                self.lesson.batch_size = n;
            }
            Change::Shuffle(seed) => self.lesson.shuffle = seed,
            Change::Draw => {
                for layer in 1..=self.n_layers() {
                    self.draw(layer);
                }
            }
            Change::Kind(kind) => self.set_kind(kind)?,
            Change::Inputs(n) => self.set_inputs(n)?,
            Change::Data(ref generator) => self.set_data(generator, self.lesson.network.n_units(0))?,
            Change::Import(ref imported) => self.import(imported)?,
        }
        self.check_size()
    }

    /// Draws the weights of a layer in its present shape.
    fn draw(&mut self, layer: usize) {
        let network = &self.lesson.network;
        let (n_out, n_in) = (network.n_units(layer), network.n_units(layer - 1));
        let has_biases = network.has_biases(layer);
        self.network().params.0[layer - 1] = self.drawing.layer(layer, n_out, n_in, has_biases);
    }

    /// Draws the weights of a layer among others that have been drawn: from the first seed that none of
    /// them has its weights from. After layers have come and gone that may be another one than its place.
    fn draw_apart(&mut self, layer: usize, n_out: usize, n_in: usize, biases: bool) -> LayerParams {
        let network = &self.lesson.network;
        let is_from = |k: usize, other: usize| {
            let weights = &network.layer(other).weights;
            let drawn = self.drawing.layer(k, weights.n_rows(), weights.n_cols(), false);
            other != layer && drawn.weights.at(0, 0) == weights.at(0, 0)
        };
        let is_taken = |k: &usize| (1..=network.n_layers()).any(|other| is_from(*k, other));
        // Of zeros all seeds are alike.
        let free = (layer..=layer + limits::LAYERS).find(|k| !is_taken(k)).unwrap_or(layer);
        self.drawing.layer(free, n_out, n_in, biases)
    }

    /// Gives a layer this shape: what fits stays, what is new is drawn.
    fn reshape(&mut self, layer: usize, n_out: usize, n_in: usize) {
        let old = self.lesson.network.layer(layer);
        let drawn = self.drawing.layer(layer, n_out, n_in, old.biases.is_some());
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

    fn add_layer(&mut self, before: usize) -> Result<(), String> {
        if self.n_layers() == limits::LAYERS {
            return Err(format!("The network has {} layers, the most that it can have.", limits::LAYERS));
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

    fn remove_layer(&mut self, layer: usize) -> Result<(), String> {
        if layer == self.n_layers() {
            return Err("The output layer stays: it gives the prediction.".to_owned());
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

    fn set_units(&mut self, layer: usize, n: usize) -> Result<(), String> {
        within("The number of units of a layer", n, 1, limits::UNITS)?;
        if layer == self.n_layers() {
            return Err(
                "The data say how many outputs there are: choose other data to change them.".to_owned()
            );
        }
        let n_in = self.lesson.network.n_units(layer - 1);
        let n_next = self.lesson.network.n_units(layer + 1);
        self.reshape(layer, n, n_in);
        self.reshape(layer + 1, n_next, n);
        Ok(())
    }

    fn set_activation(&mut self, layer: usize, activation: Activation) -> Result<(), String> {
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

    fn set_loss(&mut self, loss: Loss) -> Result<(), String> {
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
    fn set_output(&mut self, activation: Activation, loss: Loss) -> Result<(), String> {
        let last = self.n_layers();
        if takes_shares(loss) && !has_shares(&self.lesson.data) {
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
            self.said = Some(format!(
                "The loss {} and {} outputs go together: both have changed.",
                loss.name(),
                activation.name()
            ));
        }
        let (least, most) = target_range(&self.lesson.data);
        if had.0 != activation && !activation.reaches(least, most) {
            self.said = Some(format!(
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

    fn set_kind(&mut self, kind: Kind) -> Result<(), String> {
        let old = self.lesson.data.generator.clone();
        let n_inputs = kind.usual_inputs().unwrap_or(self.lesson.network.n_units(0));
        // The noise and the share held out of one cloud suit another.
        let kept = old.as_ref().filter(|old| !old.kind.is_table() && !kind.is_table());
        let generator = Generator {
            kind,
            n_samples: kind.default_samples(kind.suits(n_inputs, 1).0),
            noise: kept.map_or(0.0, |old| old.noise),
            seed: old.as_ref().map_or(1, |old| old.seed),
            held_out: kept.map_or(0.0, |old| old.held_out),
            teacher: if kind == Kind::Teacher { vec![NEW_UNITS] } else { Vec::new() },
        };
        self.set_data(&generator, n_inputs)
    }

    fn set_inputs(&mut self, n: usize) -> Result<(), String> {
        let Some(mut generator) = self.lesson.data.generator.clone().filter(Generator::has_any_inputs) else {
            return Err(
                "The data say how many inputs there are: choose other data to change them.".to_owned()
            );
        };
        let least = if generator.kind.is_table() { 2 } else { 1 };
        within("The number of inputs", n, least, MAX_BITS)?;
        if generator.kind.is_table() {
            generator.n_samples = generator.kind.default_samples(n);
        }
        self.set_data(&generator, n)
    }

    fn set_data(&mut self, generator: &Generator, n_inputs: usize) -> Result<(), String> {
        let old = (n_inputs, self.lesson.network.n_outputs());
        if self.lesson.data.generator.is_none() {
            // They were of those data.
            self.lesson.input_names = None;
            if let Some(names) = self.lesson.unit_names.last_mut() {
                *names = None;
            }
        }
        let (n_inputs, n_outputs) = generator.kind.suits(old.0, old.1);
        within("The number of samples", generator.n_samples, 1, limits::SAMPLES)?;
        let n_numbers = generator.n_samples * (n_inputs + n_outputs);
        if limits::DATA_NUMBERS < n_numbers {
            return Err(format!(
                "So many samples would be {n_numbers} numbers, at most {}.",
                limits::DATA_NUMBERS
            ));
        }
        let (train, test) = generator.draw(n_inputs, n_outputs)?;
        let was_whole = self.is_whole();
        let n = train.len();
        self.lesson.batch_size = if was_whole { n } else { self.lesson.batch_size.min(n) };
        self.lesson.data = Rc::new(Data { train, test, generator: Some(generator.clone()) });
        self.fit(n_inputs, n_outputs);
        self.suit_output()
    }

    /// Gives the network an output layer that can say what the targets are.
    fn suit_output(&mut self) -> Result<(), String> {
        let g = self.lesson.network.activation(self.n_layers());
        let (least, most) = target_range(&self.lesson.data);
        if takes_shares(self.lesson.rule.loss) && !has_shares(&self.lesson.data) {
            self.set_output(Activation::Identity, Loss::HalfSquaredError)
        } else if g == Activation::Softmax && self.lesson.network.n_outputs() == 1 {
            self.set_output(Activation::Sigmoid, Loss::BinaryCrossEntropy)
        } else if !g.reaches(least, most) {
            self.set_output(Activation::Identity, self.lesson.rule.loss)?;
            self.said = Some(format!(
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

    /// Gives the network so many inputs and outputs.
    fn fit(&mut self, n_inputs: usize, n_outputs: usize) {
        let last = self.n_layers();
        if n_inputs != self.lesson.network.n_units(0) {
            self.lesson.input_names = None;
            let n_first = self.lesson.network.n_units(1);
            self.reshape(1, n_first, n_inputs);
        }
        if n_outputs != self.lesson.network.n_outputs() {
            let n_in = self.lesson.network.n_units(last - 1);
            self.reshape(last, n_outputs, n_in);
        }
    }

    /// Whether an update is over all samples.
    fn is_whole(&self) -> bool {
        self.lesson.batch_size == self.lesson.data.train.len()
    }

    fn import(&mut self, imported: &Imported) -> Result<(), String> {
        let Imported { data, input_names, output_names, answers, .. } = imported;
        let n = data.train.len();
        let (n_inputs, n_outputs) = (data.train[0].input.len(), data.train[0].target.len());
        let is_whole = self.is_whole() && n <= WHOLE_BATCH;
        let batch_size = if self.is_whole() { MINI_BATCH } else { self.lesson.batch_size };
        self.lesson.batch_size = if is_whole { n } else { batch_size.min(n) };
        let mut said = format!(
            "{}: {} to learn from, {} held out; {}, {}.",
            imported.title,
            format::counted(n, "sample"),
            format::count(data.test.len() as u64),
            format::counted(n_inputs, "input"),
            format::counted(n_outputs, "output"),
        );
        self.lesson.data = Rc::clone(data);
        self.fit(n_inputs, n_outputs);
        self.lesson.input_names = input_names.clone();
        if let Some(names) = self.lesson.unit_names.last_mut() {
            *names = output_names.clone();
        }
        let (activation, loss) = answers.output();
        let why = match answers {
            Answers::OneOf => "One of several words is predicted",
            Answers::YesOrNo => "Each output is a yes or no",
            Answers::Numbers => "Numbers are predicted",
        };
        self.set_output(activation, loss)?;
        said += &format!(" {why}: {} outputs, {}.", activation.name(), loss.name());
        if self.lesson.batch_size < n {
            // Rows often stand in the order of their classes.
            self.lesson.shuffle = self.lesson.shuffle.or(Some(1));
            said += &format!(" Batches of {}, shuffled each epoch.", self.lesson.batch_size);
        }
        if !is_storable(&self.lesson) {
            said += " So many data are not kept over a reload of the page: export the lesson to keep it.";
        }
        self.said = Some(said);
        Ok(())
    }

    fn check_size(&self) -> Result<(), String> {
        let n = self.lesson.network.n_params();
        if limits::PARAMETERS < n {
            return Err(format!(
                "The network would have {n} weights and biases, at most {}.",
                limits::PARAMETERS
            ));
        }
        let Data { train, test, .. } = &*self.lesson.data;
        Lesson::check_products(train.len() + test.len(), n)
            .map_err(|problem| format!("{problem}: take fewer samples or a smaller network."))
    }
}

/// Whether a loss is for targets from 0 to 1.
fn takes_shares(loss: Loss) -> bool {
    matches!(loss, Loss::BinaryCrossEntropy | Loss::CrossEntropy)
}

fn has_shares(data: &Data) -> bool {
    let (least, most) = target_range(data);
    0.0 <= least && most <= 1.0
}

/// The smallest and the largest target.
fn target_range(data: &Data) -> (f64, f64) {
    let targets = data.train.iter().chain(&data.test).flat_map(|sample| &sample.target);
    targets.fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), y| (least.min(*y), most.max(*y)))
}

fn within(what: &str, n: usize, min: usize, max: usize) -> Result<(), String> {
    if (min..=max).contains(&n) {
        return Ok(());
    }
    Err(format!("{what} cannot be {n}: a whole number from {min} to {max} is accepted. The old value stays."))
}
