//! The design of a lesson: layers, units, activations, loss, optimiser, batches, start weights and
//! data, each changed by itself. What a change does not touch is kept, learned weights included.

mod data;
mod layers;
mod output;
mod start_weights;
mod weights;

use std::fmt::Display;
use std::rc::Rc;

use crate::lesson::generator::{Generator, Kind};
use crate::lesson::table::Imported;
use crate::lesson::weights::ReadNetwork;
use crate::lesson::{Data, Lesson, bookmark, limits};
use crate::words::session::{design as words, undo};
use backprop::activation::Activation;
use backprop::loss::Loss;
use backprop::network::Network;
use backprop::optimizer::Optimizer;
pub use start_weights::StartWeights;
pub use weights::samples_in_words;

/// Units that a new hidden layer starts with.
const NEW_UNITS: usize = 4;

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
    /// The network of a model file; samples and loss follow where they do not fit it.
    Weights(Rc<ReadNetwork>),
}

impl Change {
    /// What it does, in words.
    pub fn name(&self) -> String {
        match *self {
            Self::AddLayer { .. } => undo::layer_more().to_owned(),
            Self::RemoveLayer(_) => undo::layer_less().to_owned(),
            Self::Units { layer, n } => undo::units(&layer, &n),
            Self::Activation { layer, activation } => undo::activation(&layer, &activation.name()),
            Self::Biases { layer, has: true } => undo::biases(&layer),
            Self::Biases { layer, has: false } => undo::no_biases(&layer),
            Self::Loss(loss) => undo::loss(&loss.name()),
            Self::Optimizer(optimizer) => undo::optimiser(&optimizer.name()),
            Self::BatchSize(n) => undo::batch_size(&n),
            Self::Shuffle(_) => undo::order_of_samples().to_owned(),
            Self::Draw => undo::new_weights().to_owned(),
            Self::Kind(_) | Self::Inputs(_) | Self::Data(_) | Self::Import(_) => {
                undo::other_data().to_owned()
            }
            Self::Weights(_) => undo::weights_of_file().to_owned(),
        }
    }

    /// The layer that it is about, if it is about one.
    fn layer(&self) -> Option<usize> {
        match *self {
            Self::AddLayer { before: layer }
            | Self::RemoveLayer(layer)
            | Self::Units { layer, .. }
            | Self::Activation { layer, .. }
            | Self::Biases { layer, .. } => Some(layer),
            _ => None,
        }
    }
}

/// A changed lesson, and what else had to change with it, as a sentence.
pub type Changed = (Lesson, Option<String>);

/// The lesson after `change`; weights that are new are drawn as `start_weights` says.
///
/// # Errors
/// A sentence that says why not, and what is accepted.
pub fn apply(lesson: &Lesson, change: &Change, start_weights: &StartWeights) -> Result<Changed, String> {
    let n_layers = lesson.network.n_layers();
    if let Some(layer) = change.layer().filter(|layer| !(1..=n_layers).contains(layer)) {
        return Err(words::no_layer(&layer, &n_layers));
    }
    let mut design = Design { lesson: lesson.clone(), start_weights, message: None };
    design.apply(change)?;
    let Design { lesson: mut changed, message, .. } = design;
    // A title that tells the shape of the network goes with it.
    changed.title = changed.title.replace(&lesson.network.shape(), &changed.network.shape());
    let mut lesson = changed;
    disown(&mut lesson);
    let named = match change {
        Change::Import(imported) => Some((&imported.title, &imported.source)),
        Change::Weights(read) => Some((&read.title, &read.source)),
        _ => None,
    };
    if let Some((title, source)) = named {
        lesson.title = format!("{title} {}", lesson.network.shape());
        lesson.source = source.clone();
    }
    // What is told of the shape may have made it longer.
    if let Some((end, _)) = lesson.title.char_indices().nth(limits::TEXT_CHARS) {
        lesson.title.truncate(end);
    }
    Ok((lesson, message))
}

/// Takes away what holds for the author's design only. Generated data name the lesson: "moons 2-8-1".
fn disown(lesson: &mut Lesson) {
    const MARK: &str = " (changed)";
    lesson.notes.clear();
    lesson.published = Rc::default();
    lesson.guide = Rc::default();
    bookmark::drop_unknown(lesson);
    if let Some(generator) = &lesson.data.generator {
        lesson.title = format!("{} {}", generator.kind.name(), lesson.network.shape());
        lesson.source.clear();
    } else if !lesson.title.ends_with(MARK) {
        lesson.title.push_str(MARK);
    }
}

struct Design<'a> {
    lesson: Lesson,
    start_weights: &'a StartWeights,
    message: Option<String>,
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
            Change::Optimizer(optimizer) => {
                if !is_allowed(optimizer) {
                    return Err(words::optimiser_numbers(&limits::LEARNING_RATE));
                }
                self.lesson.rule.optimizer = optimizer;
            }
            Change::BatchSize(n) => {
                within(n, 1, self.lesson.data.train.len(), words::batch_size_cannot_be)?;
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
            Change::Weights(ref read) => self.set_weights(read),
        }
        self.check_size()
    }

    fn check_size(&self) -> Result<(), String> {
        let n = self.lesson.network.n_params();
        if limits::PARAMETERS < n {
            return Err(words::too_many_parameters(&n, &limits::PARAMETERS));
        }
        let Data { train, test, .. } = &*self.lesson.data;
        Lesson::check_products(train.len() + test.len(), &self.lesson.network)
            .map_err(|problem| words::too_large(&problem))
    }
}

/// Whether a lesson may have this optimiser.
fn is_allowed(optimizer: Optimizer) -> bool {
    (0.0..=limits::LEARNING_RATE).contains(&optimizer.learning_rate())
        && optimizer.constants().into_iter().all(|(constant, value)| constant.accepts(value))
}

/// What is said of a number that is not between the least and the most.
type Refusal = fn(&dyn Display, &dyn Display, &dyn Display) -> String;

fn within(n: usize, least: usize, most: usize, refusal: Refusal) -> Result<(), String> {
    if (least..=most).contains(&n) { Ok(()) } else { Err(refusal(&n, &least, &most)) }
}
