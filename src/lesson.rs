//! A lesson: the network, its data, how it learns, and what its author published.
//!
//! [`Lesson::from_json`] is the one way in from a file or stored state; it names the place
//! of the first fault. What it returns is valid, so that nothing behind it needs to check again.

pub mod bookmark;
mod by_word;
pub(crate) mod file;
pub mod file_kind;
pub mod generator;
pub mod grain;
pub mod guide;
pub mod mistakes;
pub mod named;
pub mod names;
pub mod notation;
pub mod printed;
pub mod quantity;
pub(crate) mod read;
pub mod slices;
pub mod table;
pub mod view;
pub mod weights;
pub(crate) mod write;

use std::rc::Rc;

use crate::lesson::bookmark::Bookmark;
use crate::lesson::generator::{Generator, Kind};
use crate::lesson::guide::GuidePage;
use crate::lesson::named::check_names;
pub use crate::lesson::notation::Notation;
use crate::text::document;
use crate::text::fault::{Fault, Read};
use crate::text::format;
use crate::words::lesson::limits as words;
use backprop::classes::{Goal, class_of, n_classes};
use backprop::network::Network;
use backprop::rng::Rng;
use backprop::trace::{Rule, Sample};

/// What a lesson may be at most: no file can exhaust memory or time.
pub mod limits {
    /// Bytes of a lesson file.
    pub const FILE_BYTES: usize = 10_000_000;
    /// Layers, without the inputs.
    pub const LAYERS: usize = 10;
    /// Units of a layer.
    pub const UNITS: usize = 256;
    /// Inputs.
    pub const INPUTS: usize = 1_024;
    /// Weights and biases.
    pub const PARAMETERS: usize = 200_000;
    /// Samples, training and held out together.
    pub const SAMPLES: usize = 50_000;
    /// Numbers in all samples together.
    pub const DATA_NUMBERS: usize = 2_000_000;
    /// Samples times parameters: how long a pass over all samples may take.
    pub const PRODUCTS: u64 = 1_000_000_000;
    /// Magnitude of a weight, bias, input or target.
    pub const MAGNITUDE: f64 = 1e6;
    /// The learning rate.
    pub const LEARNING_RATE: f64 = 1_000.0;
    /// Scale of drawn weights.
    pub const SCALE: f64 = 1_000.0;
    /// Standard deviation of a generator's noise.
    pub const NOISE: f64 = 10.0;
    /// The share of generated samples that may be held out.
    pub const HELD_OUT: f64 = 0.9;
    /// Characters of a name of an input or unit.
    pub const NAME_CHARS: usize = 40;
    /// Characters of the title, the source or the notes.
    pub const TEXT_CHARS: usize = 20_000;
    /// Published numbers.
    pub const PUBLISHED: usize = 1_000;
    /// Epoch of a published number: reaching it is computed.
    pub const PUBLISHED_EPOCH: u64 = 100_000;
    /// Pages of a guide.
    pub const GUIDE_PAGES: usize = 50;
    /// Characters of a page of a guide.
    pub const GUIDE_CHARS: usize = 400;
    /// Epoch of a page of a guide: it is computed when the page is opened.
    pub const GUIDE_EPOCH: u64 = 10_000;
    /// The same times samples times parameters.
    pub const GUIDE_PRODUCTS: u64 = 20_000_000;
    /// Bookmarks.
    pub const BOOKMARKS: usize = 50;
    /// Characters of the name of a bookmark.
    pub const BOOKMARK_CHARS: usize = 60;
    /// Epoch of a bookmark.
    pub const BOOKMARK_EPOCH: u64 = 10_000_000;
}

/// A number that the lesson's source prints.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// Number of epochs learned before.
    pub epoch: u64,
    /// The quantity by the name that the page shows, with ", layer by layer" for that update order.
    pub quantity: String,
    /// The number as printed, such as "0.191".
    pub value: String,
    /// Where it stands, and what is wrong with it if anything is.
    pub note: String,
}

/// The samples of a lesson.
#[derive(Clone, Debug, PartialEq)]
pub struct Data {
    /// The samples that the network learns from; at least one.
    pub train: Vec<Sample>,
    /// Samples held out of training; may be empty.
    pub test: Vec<Sample>,
    /// What they were drawn by, if they were and have not been changed since.
    pub generator: Option<Generator>,
}

impl Data {
    /// The smallest and the largest target.
    pub fn target_range(&self) -> (f64, f64) {
        let targets = self.train.iter().chain(&self.test).flat_map(|sample| &sample.target);
        targets.fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), y| (least.min(*y), most.max(*y)))
    }

    /// Whether all targets are from 0 to 1.
    pub fn has_shares(&self) -> bool {
        let (least, most) = self.target_range();
        0.0 <= least && most <= 1.0
    }
}

/// A valid lesson.
#[derive(Clone, Debug, PartialEq)]
pub struct Lesson {
    /// Plain text.
    pub title: String,
    /// Plain text: author, title, year.
    pub source: String,
    /// Plain text for the learner.
    pub notes: String,
    /// The start network.
    pub network: Rc<Network>,
    /// One name per input, where the author gave them.
    pub input_names: Option<Vec<String>>,
    /// One list of names per layer 1…L, where the author gave them.
    pub unit_names: Vec<Option<Vec<String>>>,
    /// Loss, optimiser, update order, and whether biases learn.
    pub rule: Rule,
    /// The samples.
    pub data: Rc<Data>,
    /// Samples per update, 1 … number of training samples.
    pub batch_size: usize,
    /// The seed of the order in which each epoch takes the samples; `None`: as they stand.
    pub shuffle: Option<u64>,
    /// Which names the page writes.
    pub notation: Notation,
    /// Numbers that the source prints.
    pub published: Rc<Vec<Published>>,
    /// The pages of its guide; may be empty.
    pub guide: Rc<Vec<GuidePage>>,
    /// Moments under names; may be empty.
    pub bookmarks: Rc<Vec<Bookmark>>,
}

impl Lesson {
    /// Reads a lesson file and checks it whole.
    ///
    /// # Errors
    /// The first fault, with its place.
    pub fn from_json(text: &str) -> Read<Self> {
        Self::read(text, limits::MAGNITUDE)?.means_what_it_names()
    }

    /// Reads a lesson that was stored with all it had learned: its numbers may be of any size, and what it
    /// publishes may be of a name that means nothing, as files could have once.
    ///
    /// # Errors
    /// The first fault, with its place.
    pub fn from_stored(text: &str) -> Read<Self> {
        Self::read(text, f64::MAX)
    }

    /// Reads a lesson out of a link: checked as a file is, but with weights of any size, as one can have learned.
    ///
    /// # Errors
    /// The first fault, with its place.
    pub fn from_link(text: &str) -> Read<Self> {
        let lesson = Self::read(text, f64::MAX)?;
        let samples = lesson.data.train.iter().chain(&lesson.data.test);
        if samples.flat_map(|s| s.input.iter().chain(&s.target)).any(|x| limits::MAGNITUDE < x.abs()) {
            let most = format::count(limits::MAGNITUDE as u64);
            return Err(Fault::new("data", words::number_beyond(&most)));
        }
        lesson.means_what_it_names()
    }

    /// The lesson, if all quantities that its texts name are there.
    ///
    /// # Errors
    /// The first name that means nothing, with its place.
    fn means_what_it_names(self) -> Read<Self> {
        check_names(&self)?;
        guide::check(&self)?;
        bookmark::check(&self)?;
        Ok(self)
    }

    /// Reads a lesson whose weights, biases, inputs and targets are at most `most` in size.
    fn read(text: &str, most: f64) -> Read<Self> {
        Self::check_length(text)?;
        read::lesson(&document::read(Self::without_mark(text))?, most)
    }

    /// # Errors
    /// If the text is longer than a lesson may be.
    fn check_length(text: &str) -> Read<()> {
        if limits::FILE_BYTES < text.len() {
            return Err(Fault::new("", words::too_many_bytes(&text.len(), &limits::FILE_BYTES)));
        }
        Ok(())
    }

    /// The text behind the byte order mark that some editors put before the first brace.
    fn without_mark(text: &str) -> &str {
        text.trim_start_matches('\u{feff}')
    }

    /// The lesson as a file that [`Self::from_json`] reads back to the same lesson, to the bit.
    pub fn to_json(&self) -> String {
        // Nothing that a lesson file holds can fail to be written.
        serde_json::to_string_pretty(&write::lesson(self)).unwrap_or_default()
    }

    /// The same in one line.
    pub fn to_compact_json(&self) -> String {
        serde_json::to_string(&write::lesson(self)).unwrap_or_default()
    }

    /// # Errors
    /// What a pass over all samples would come to, if it is more than a reader waits for.
    pub fn check_products(n_samples: usize, network: &Network) -> Result<(), String> {
        let n = network.n_products(n_samples);
        if n <= limits::PRODUCTS {
            return Ok(());
        }
        Err(words::too_many_products(
            &format::count(n_samples as u64),
            &format::count(network.n_params() as u64),
            &format::count(n),
            &format::count(limits::PRODUCTS),
        ))
    }

    /// # Errors
    /// What a generator has that no lesson may have, and what is accepted; for the teacher's work what a
    /// pass over all samples would come to.
    pub fn check_generator(generator: &Generator, n_inputs: usize, n_outputs: usize) -> Result<(), String> {
        let Generator { kind, n_samples, noise, held_out, teacher, .. } = generator;
        if !(0.0..=limits::NOISE).contains(noise) {
            return Err(words::noise_range(noise, &limits::NOISE));
        }
        if !(0.0..=limits::HELD_OUT).contains(held_out) {
            return Err(words::test_share_range(held_out, &limits::HELD_OUT));
        }
        let most = if *kind == Kind::Teacher { limits::LAYERS - 1 } else { 0 };
        if most < teacher.len() || teacher.iter().any(|n| !(1..=limits::UNITS).contains(n)) {
            return Err(words::hidden_layers_range(&kind.name(), &most, &limits::UNITS));
        }
        let n_params = generator.n_teacher_params(n_inputs, n_outputs);
        let n = *n_samples as u64 * n_params as u64;
        if n <= limits::PRODUCTS {
            return Ok(());
        }
        Err(words::too_many_teacher_products(
            &format::count(*n_samples as u64),
            &format::count(n_params as u64),
            &format::count(n),
            &format::count(limits::PRODUCTS),
        ))
    }

    /// Number of classes that the targets name (see [`backprop::classes::n_classes`]).
    pub fn n_classes(&self) -> Option<usize> {
        n_classes(self.data.train.iter().chain(&self.data.test), self.network.n_outputs())
    }

    /// What it means that the task is solved. Targets that all name the same class are numbers to be met.
    pub fn goal(&self) -> Goal {
        let mut classes = self.data.train.iter().map(|sample| class_of(&sample.target));
        let first = classes.next();
        let are_several = classes.any(|class| Some(class) != first);
        if are_several && self.n_classes().is_some() { Goal::Classes } else { Goal::Values }
    }

    /// The name of class number `class`, where each class has an output with a name: the class of the
    /// output "is 7" is 7.
    pub fn class_name(&self, class: usize) -> Option<&str> {
        let names = self.unit_names.last()?.as_ref().filter(|names| 1 < names.len())?;
        names.get(class).map(|name| name.strip_prefix("is ").unwrap_or(name))
    }

    /// Number of updates in an epoch.
    pub fn n_batches(&self) -> usize {
        self.data.train.len().div_ceil(self.batch_size)
    }

    /// The numbers of all training samples, from 0, in the order in which epoch `epoch` takes them:
    /// as they stand, or shuffled anew for each epoch (Durstenfeld 1964).
    pub fn order(&self, epoch: u64) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.data.train.len()).collect();
        if let Some(seed) = self.shuffle {
            Rng::of(seed, epoch).shuffle(&mut order);
        }
        order
    }

    /// The numbers of the samples of batch `batch`, 0 … n_batches − 1, of an epoch that takes them in
    /// this order.
    pub fn batch_of<'a>(&self, order: &'a [usize], batch: usize) -> &'a [usize] {
        let first = batch * self.batch_size;
        &order[first..(first + self.batch_size).min(order.len())]
    }

    /// Where an epoch that takes the samples in this order takes training sample `sample`: in which batch,
    /// and its number there.
    pub fn place_in(&self, order: &[usize], sample: usize) -> (usize, usize) {
        let at = match self.shuffle {
            None => sample,
            Some(_) => order.iter().position(|&other| other == sample).unwrap_or(sample),
        };
        (at / self.batch_size, at % self.batch_size)
    }

    /// Where epoch `epoch` takes training sample `sample`.
    pub fn place_in_epoch(&self, epoch: u64, sample: usize) -> (usize, usize) {
        self.place_in(&self.order(epoch), sample)
    }

    /// The samples of batch `batch`, 0 … n_batches − 1, of epoch `epoch`.
    pub fn batch(&self, epoch: u64, batch: usize) -> Vec<&Sample> {
        let order = self.order(epoch);
        self.batch_of(&order, batch).iter().map(|&sample| &self.data.train[sample]).collect()
    }
}
