//! A layers model of TensorFlow.js: `model.json` with the layers, and beside it files with the numbers of all
//! weights one behind the other, `n_in × n_out`, in the order of `weightsManifest`.

use super::activations::{by_word, with_constant};
use super::bytes::Kind;
use super::tensor::MAX_TENSORS;
use super::tree::Tree;
use super::{FoundLayer, FoundModel, NamedBytes, Rows, Tensor, shown};
use crate::words::weights::{models as words, tensorflow_js_model};
use backprop::activation::Activation;

/// Layers that pass their numbers on as they are once the network is trained.
const PASSING: &[&str] = &["InputLayer", "Dropout", "Flatten", "GaussianNoise", "GaussianDropout"];

/// Reads a model, of which `tree` is the `model.json` and `files` are those that came with it.
///
/// # Errors
/// A sentence that names the place, or the file that is missing.
pub fn read(tree: &Tree, files: &[NamedBytes]) -> Result<FoundModel, String> {
    let topology = tree.get("modelTopology");
    let config = topology.and_then(|top| top.at(&["model_config", "config"]).or(top.get("config")));
    let Some(layers) =
        config.map(|config| config.get("layers").unwrap_or(config).items()).filter(|all| !all.is_empty())
    else {
        return Err(words::graph_not_layers().to_owned());
    };
    let mut tensors = tensors(tree, files)?.into_iter();
    let mut model = FoundModel {
        kind: tensorflow_js_model(),
        layers: Vec::new(),
        rows: Some(Rows::Send),
        input_names: None,
        output_names: None,
    };
    for layer in layers {
        add(layer, &mut tensors, &mut model)?;
    }
    if model.layers.is_empty() {
        return Err(words::no_dense_layer().to_owned());
    }
    Ok(model)
}

/// Adds a layer to the model, or an activation function to its last one.
fn add(
    layer: &Tree,
    tensors: &mut impl Iterator<Item = Tensor>,
    model: &mut FoundModel,
) -> Result<(), String> {
    let class = layer.get("class_name").and_then(Tree::text).unwrap_or_default();
    let config = layer.get("config").unwrap_or(&Tree::Other);
    let name = config.get("name").and_then(Tree::text).unwrap_or(class);
    let word = config.get("activation").and_then(Tree::text);
    let activation = match class {
        "Dense" => {
            let weights = tensors.next().and_then(|tensor| tensor.matrix());
            let has_biases = config.get("use_bias") != Some(&Tree::False);
            let biases = if has_biases { tensors.next().map(|tensor| tensor.numbers) } else { None };
            let follows = |n_in: usize| model.layers.last().is_none_or(|last| last.weights.n_cols() == n_in);
            let weights = weights.filter(|weights| {
                follows(weights.n_rows())
                    && has_biases == biases.is_some()
                    && biases.as_ref().is_none_or(|biases| biases.len() == weights.n_cols())
            });
            let Some(weights) = weights else {
                return Err(words::other_weights(&shown(name)));
            };
            let activation = Some(word.map_or(Ok(Activation::Identity), |word| by_word(word, Some(name)))?);
            model.layers.push(FoundLayer { name: name.to_owned(), weights, biases, activation });
            return Ok(());
        }
        "Activation" => by_word(word.unwrap_or_default(), Some(name))?,
        "ReLU" | "LeakyReLU" | "ELU" | "Softmax" => by_word(class, Some(name))?,
        _ if PASSING.contains(&class) => return Ok(()),
        _ => {
            return Err(words::other_layer(&shown(name), &shown(class)));
        }
    };
    let constant = config.get("alpha").or(config.get("negative_slope")).and_then(Tree::number);
    let activation = with_constant(activation, constant, Some(name))?;
    match model.layers.last_mut().filter(|last| last.activation == Some(Activation::Identity)) {
        Some(last) => last.activation = Some(activation),
        None => return Err(words::activation_follows_none(&shown(name))),
    }
    Ok(())
}

/// The tensors that the manifest lists, in its order.
fn tensors(tree: &Tree, files: &[NamedBytes]) -> Result<Vec<Tensor>, String> {
    let mut tensors = Vec::new();
    for group in tree.get("weightsManifest").map_or(&[][..], Tree::items) {
        let paths = group.get("paths").map_or(&[][..], Tree::items).iter().filter_map(Tree::text);
        let mut bytes = Vec::new();
        for path in paths {
            let name = path.rsplit('/').next().unwrap_or(path);
            let Some(file) = files.iter().find(|file| file.name == name) else {
                return Err(words::numbers_in_other_file(&shown(name)));
            };
            bytes.extend_from_slice(file.bytes);
        }
        let mut left = &bytes[..];
        for about in group.get("weights").map_or(&[][..], Tree::items) {
            if MAX_TENSORS <= tensors.len() {
                return Err(words::more_tensors_than(&MAX_TENSORS));
            }
            tensors.push(tensor(about, &mut left)?);
        }
    }
    Ok(tensors)
}

/// The next tensor of `left`, which is what the manifest says `about` it.
fn tensor(about: &Tree, left: &mut &[u8]) -> Result<Tensor, String> {
    let name = about.get("name").and_then(Tree::text).unwrap_or_default().to_owned();
    let kind = about.get("dtype").and_then(Tree::text).unwrap_or_default();
    if kind != "float32" || about.get("quantization").is_some() {
        return Err(words::quantized(&shown(&name)));
    }
    let is_length = |x: f64| (0.0..4e9).contains(&x) && x.fract() == 0.0;
    let lengths = about.get("shape").and_then(Tree::numbers).unwrap_or_default();
    let shape: Option<Vec<usize>> = lengths.iter().map(|&x| is_length(x).then_some(x as usize)).collect();
    let shape = shape.ok_or_else(|| words::no_shape(&shown(&name)))?;
    let n = Tensor::n_numbers(&name, &shape)?;
    let Some((own, rest)) = left.split_at_checked(n * Kind::F32.size()) else {
        return Err(words::weights_break_off(&shown(&name)));
    };
    *left = rest;
    Ok(Tensor { name, shape, numbers: Kind::F32.numbers(own, false) })
}
