//! Weights in the files of other programs: read into the layers of a network, and written so that those programs
//! read them back.
//!
//! Each format is one file here, which turns bytes into [`Tensor`]s, or into whole layers where the format says how
//! they follow each other; `arrange` finds the layers that tensors under names make.

mod activations;
mod arrange;
mod backprop_builder;
mod brain_js;
mod bytes;
mod export;
mod json;
mod npy;
mod onnx;
mod safetensors;
mod scikit_learn;
mod tensor;
mod tensorflow_js;
mod tree;
mod zip;

pub use export::{Format, exported};
pub use tensor::Tensor;
use tensor::{are_single, meant};
use tree::TreeSlices;

use crate::lesson::limits;
use crate::lesson::read::check_list_of_names;
use crate::text::{foreign, format};
use crate::words::lesson::limits::file_too_large;
use crate::words::{paragraph, weights as words};
use backprop::activation::Activation;
use backprop::matrix::Matrix;
use backprop::network::{LayerParams, Network, Params};

/// Characters of a name out of a file that a sentence repeats.
const NAME_CHARS: usize = 60;

/// A file by its name.
#[derive(Clone, Copy, Debug)]
pub struct NamedBytes<'a> {
    /// Its name, without a folder.
    pub name: &'a str,
    /// What it holds.
    pub bytes: &'a [u8],
}

/// How the matrices of a file lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// A row per unit that receives, `n_out × n_in`: PyTorch, and books that write z = W a.
    Receive,
    /// A row per unit that sends, `n_in × n_out`: Keras, scikit-learn, and programs that write z = a W.
    Send,
}

impl Rows {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Receive, Self::Send];

    /// What the page says.
    pub fn name(self) -> &'static str {
        match self {
            Self::Receive => words::units_that_receive(),
            Self::Send => words::units_that_send(),
        }
    }

    /// How many units send to and receive from a matrix that lies so.
    fn units(self, weights: &Matrix) -> (usize, usize) {
        match self {
            Self::Receive => (weights.n_cols(), weights.n_rows()),
            Self::Send => (weights.n_rows(), weights.n_cols()),
        }
    }
}

/// A layer of a model file.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundLayer {
    /// What the file calls its weights.
    pub name: String,
    /// Its weights as they lie in the file.
    pub weights: Matrix,
    /// One bias per unit, or none.
    pub biases: Option<Vec<f64>>,
    /// Its activation function, if the file says it.
    pub activation: Option<Activation>,
}

impl FoundLayer {
    /// All its numbers.
    fn numbers(&self) -> impl Iterator<Item = f64> + Clone + '_ {
        self.weights.numbers().iter().chain(self.biases.iter().flatten()).copied()
    }
}

/// The network of a model file, and what the file leaves open.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundModel {
    /// What made the file: "a scikit-learn model".
    pub kind: &'static str,
    /// Its layers, from the first hidden one to the output; at least one.
    pub layers: Vec<FoundLayer>,
    /// How the matrices lie; `None` if the file does not say and both would do.
    pub rows: Option<Rows>,
    /// One name per input, if the file has them.
    pub input_names: Option<Vec<String>>,
    /// One name per output, if the file has them.
    pub output_names: Option<Vec<String>>,
}

/// What a reader says of what a file leaves open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// How the matrices lie.
    pub rows: Option<Rows>,
    /// The activation function of the hidden layers.
    pub hidden: Option<Activation>,
    /// The activation function of the output layer.
    pub output: Option<Activation>,
}

/// A network that was read from a file.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadNetwork {
    /// The file's name without its ending.
    pub title: String,
    /// Where it is from.
    pub source: String,
    /// The network.
    pub network: Network,
    /// One name per input, if the file has them.
    pub input_names: Option<Vec<String>>,
    /// One name per output, if the file has them.
    pub output_names: Option<Vec<String>>,
}

/// Reads the network of a model file; of TensorFlow.js `model.json` and the files that it names, in any order, and
/// of NumPy also several arrays that are called by their layers (W1, b1, W2 …).
///
/// # Errors
/// A sentence that names the place, and what is accepted.
pub fn read(files: &[NamedBytes]) -> Result<FoundModel, String> {
    let mut slices = Slices::new(files)?;
    slices.advance(usize::MAX);
    slices.finish(files)
}

/// Files that are read a slice at a time, as far as they are JSON; what is written in bytes takes no time.
pub struct Slices(Option<TreeSlices>);

impl Slices {
    /// Begins to read what [`read`] reads at once.
    ///
    /// # Errors
    /// A sentence if the files are too large.
    pub fn new(files: &[NamedBytes]) -> Result<Self, String> {
        let size: usize = files.iter().map(|file| file.bytes.len()).sum();
        if limits::FILE_BYTES < size {
            let (n, most) = (format::count(size as u64), limits::FILE_BYTES / 1_000_000);
            return Err(file_too_large(&n, &most));
        }
        let json = main_file(files).filter(|file| !is_binary(file));
        json.map(|file| TreeSlices::new(file.bytes)).transpose().map(Self)
    }

    /// Bytes read so far, and bytes in all.
    pub fn progress(&self) -> (usize, usize) {
        self.0.as_ref().map_or((0, 0), TreeSlices::progress)
    }

    /// Reads about `n_bytes` more; returns whether the end has been reached.
    pub fn advance(&mut self, n_bytes: usize) -> bool {
        self.0.as_mut().is_none_or(|slices| slices.advance(n_bytes))
    }

    /// The network, once the end has been reached; `files` are those with which reading began.
    ///
    /// # Errors
    /// A sentence that names the place, and what is accepted.
    pub fn finish(self, files: &[NamedBytes]) -> Result<FoundModel, String> {
        match self.0 {
            Some(slices) => json::read(&slices.finish()?, files)?.checked(),
            None => read_binary(files),
        }
    }
}

/// Whether a file is no JSON.
fn is_binary(NamedBytes { name, bytes }: &NamedBytes) -> bool {
    bytes.starts_with(npy::MAGIC)
        || bytes.starts_with(zip::MAGIC)
        || safetensors::is_one(bytes)
        || onnx::is_one(bytes)
        || name.ends_with(".bin")
}

/// The network of files of which the first is no JSON.
fn read_binary(files: &[NamedBytes]) -> Result<FoundModel, String> {
    let Some(first) = main_file(files) else {
        return Err(words::files::none_given().to_owned());
    };
    let bytes = first.bytes;
    let are_arrays = 1 < files.len() && files.iter().all(|file| file.bytes.starts_with(npy::MAGIC));
    let found = if are_arrays {
        let tensors =
            files.iter().map(|file| npy::read(stem(file.name), file.bytes)).collect::<Result<_, _>>()?;
        arrange::model(words::numpy_arrays(), tensors, arrange::Order::ByName, None)
    } else if bytes.starts_with(npy::MAGIC) {
        npy::read(stem(first.name), bytes).and_then(|tensor| {
            arrange::model(words::numpy_array(), vec![tensor], arrange::Order::AsInFile, None)
        })
    } else if bytes.starts_with(zip::MAGIC) {
        arrange::model(words::numpy_archive(), npy::read_archive(bytes)?, arrange::Order::AsInFile, None)
    } else if safetensors::is_one(bytes) {
        arrange::model(words::safetensors_file(), safetensors::read(bytes)?, arrange::Order::ByName, None)
    } else if onnx::is_one(bytes) {
        onnx::read(bytes)
    } else {
        Err(words::models::numbers_without_model(&shown(first.name)))
    };
    found.and_then(FoundModel::checked).map_err(|said| match bytes.starts_with(npy::MAGIC) {
        true => paragraph([&*said, words::files::if_samples()]),
        false => said,
    })
}

/// The file that says what the others are: of several the JSON document.
pub fn main_file<'a, 'b>(files: &'a [NamedBytes<'b>]) -> Option<&'a NamedBytes<'b>> {
    let is_json = |file: &&NamedBytes| file.bytes.trim_ascii_start().starts_with(b"{");
    files.iter().find(is_json).or(files.first())
}

/// A file's name without its ending.
fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// A name out of a file, for a sentence.
fn shown(name: &str) -> String {
    let clean: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    foreign::shown(&clean, NAME_CHARS)
}

impl FoundModel {
    /// The model, if a lesson can have it whatever is answered.
    fn checked(self) -> Result<Self, String> {
        let most = limits::LAYERS;
        if most < self.layers.len() {
            return Err(words::too_many_layers(&self.layers.len(), &most));
        }
        let (n, most) = (self.n_params(), limits::PARAMETERS);
        if most < n {
            let (n, most) = (format::count(n as u64), format::count(most as u64));
            return Err(words::too_many_parameters(&n, &most));
        }
        for layer in &self.layers {
            if let Some(bad) = layer.numbers().find(|x| !x.is_finite() || limits::MAGNITUDE < x.abs()) {
                let most = format::count(limits::MAGNITUDE as u64);
                let layer = shown(&layer.name);
                return Err(match bad.is_finite() {
                    true => words::parameter_beyond(&layer, &format::number(bad, 3), &most),
                    false => words::parameter_not_finite(&layer, &most),
                });
            }
        }
        let sizes = self.sizes(self.rows.unwrap_or(Rows::Receive));
        let inputs = sizes.first().copied().unwrap_or_default();
        let widest = sizes.iter().skip(1).max().copied().unwrap_or_default();
        // Of a single matrix that may lie either way the answer decides.
        if limits::INPUTS < inputs && self.rows.is_some() {
            return Err(words::too_many_inputs(&inputs, &limits::INPUTS));
        }
        if limits::UNITS < widest && self.rows.is_some() {
            return Err(words::too_many_units(&widest, &limits::UNITS));
        }
        if sizes.contains(&0) {
            return Err(words::layer_without_units().to_owned());
        }
        Ok(self)
    }

    /// The model with its numbers as the decimals that were meant, if its program computes in single precision.
    fn with_meant_decimals(mut self) -> Self {
        let all = self.layers.iter().flat_map(FoundLayer::numbers);
        if are_single(all) {
            for FoundLayer { weights, biases, .. } in &mut self.layers {
                *weights =
                    Matrix::from_fn(
                        weights.n_rows(),
                        weights.n_cols(),
                        |i, j| meant(weights.at(i, j) as f32),
                    );
                biases.iter_mut().flatten().for_each(|x| *x = meant(*x as f32));
            }
        }
        self
    }

    /// The number of inputs, and of units of each layer, if its matrices lie so.
    pub fn sizes(&self, rows: Rows) -> Vec<usize> {
        let first = self.layers.first().map(|layer| rows.units(&layer.weights).0);
        first.into_iter().chain(self.layers.iter().map(|layer| rows.units(&layer.weights).1)).collect()
    }

    /// Number of weights and biases.
    pub fn n_params(&self) -> usize {
        self.layers.iter().map(|layer| layer.numbers().count()).sum()
    }

    /// Whether the file leaves the activation of a hidden layer open.
    pub fn asks_hidden(&self) -> bool {
        self.layers
            .split_last()
            .is_some_and(|(_, hidden)| hidden.iter().any(|layer| layer.activation.is_none()))
    }

    /// Whether it leaves that of the output open.
    pub fn asks_output(&self) -> bool {
        self.layers.last().is_some_and(|layer| layer.activation.is_none())
    }

    /// How the matrices lie, by the file or by what is answered.
    pub fn rows_by(&self, answers: &Answers) -> Option<Rows> {
        self.rows.or(answers.rows)
    }

    /// The activation function of layer `layer`, 1…L, by the file or by what is answered.
    pub fn activation_by(&self, layer: usize, answers: &Answers) -> Option<Activation> {
        let answer = if layer == self.layers.len() { answers.output } else { answers.hidden };
        self.layers.get(layer.wrapping_sub(1))?.activation.or(answer)
    }

    /// The network of the file called `name`, once what the file leaves open is answered.
    ///
    /// # Errors
    /// A sentence that asks what is not answered yet, or says what a lesson cannot have.
    pub fn network(&self, answers: &Answers, name: &str) -> Result<ReadNetwork, String> {
        let Some(rows) = self.rows_by(answers) else {
            return Err(words::choose_rows().to_owned());
        };
        let mut network = Network { params: Params(Vec::new()), activations: Vec::new() };
        for (k, found) in self.layers.iter().enumerate() {
            let layer = k + 1;
            let Some(activation) = self.activation_by(layer, answers) else {
                let is_output = layer == self.layers.len();
                let choose = if is_output {
                    words::choose_output_activation()
                } else {
                    words::choose_hidden_activation()
                };
                return Err(choose.to_owned());
            };
            if activation == Activation::Softmax && layer < self.layers.len() {
                return Err(words::softmax_within(&shown(&found.name)));
            }
            let (n_in, n_out) = rows.units(&found.weights);
            if limits::UNITS < n_out || limits::INPUTS < n_in {
                return Err(words::too_many_inputs_or_outputs(
                    &n_in,
                    &n_out,
                    &limits::INPUTS,
                    &limits::UNITS,
                ));
            }
            let weights = Matrix::from_fn(n_out, n_in, |to, from| match rows {
                Rows::Receive => found.weights.at(to, from),
                Rows::Send => found.weights.at(from, to),
            });
            network.params.0.push(LayerParams { weights, biases: found.biases.clone() });
            network.activations.push(activation);
        }
        if network.n_outputs() == 1 && network.activation(network.n_layers()) == Activation::Softmax {
            return Err(words::softmax_of_one().to_owned());
        }
        let is_fitting =
            |names: &&Vec<String>, n: usize| names.len() == n && check_list_of_names(names).is_ok();
        let (n_inputs, n_outputs) = (network.n_units(0), network.n_outputs());
        let name = foreign::shown(name, NAME_CHARS);
        // The shape stands behind the title of the lesson anyway.
        let title = stem(&name).trim_end_matches(&network.shape()).trim_end_matches(['-', ' ', '_']);
        Ok(ReadNetwork {
            title: if title.is_empty() { stem(&name) } else { title }.to_owned(),
            source: words::source(&name, &self.kind),
            input_names: self.input_names.as_ref().filter(|names| is_fitting(names, n_inputs)).cloned(),
            output_names: self.output_names.as_ref().filter(|names| is_fitting(names, n_outputs)).cloned(),
            network,
        })
    }
}
