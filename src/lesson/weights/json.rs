//! Weights as JSON: the nested lists of PyTorch states and plain matrices; documents of other programs are told
//! apart here and read by their own files.

use super::activations::by_word;
use super::arrange::{self, Order};
use super::tensor::MAX_TENSORS;
use super::tree::Tree;
use super::{FoundModel, NamedBytes, Tensor, backprop_builder, brain_js, scikit_learn, shown, tensorflow_js};
use crate::words::weights as words;

/// Keys behind which a checkpoint keeps its state.
const WRAPPERS: &[&str] = &["state_dict", "model_state_dict", "params"];
/// Lists with one matrix per layer, and those with the biases of each, under one key each.
const MATRICES: &[&str] = &["weights", "W"];
const BIASES: &[&str] = &["biases", "b"];

/// Reads a document; `files` are those that came with it.
///
/// # Errors
/// A sentence that names the place.
pub fn read(tree: &Tree, files: &[NamedBytes]) -> Result<FoundModel, String> {
    let has = |key: &str| tree.get(key).is_some();
    let model = if has("modelTopology") || has("weightsManifest") {
        tensorflow_js::read(tree, files)
    } else if backprop_builder::is_one(tree) {
        backprop_builder::read(tree)
    } else if brain_js::is_one(tree) {
        brain_js::read(tree)
    } else if has("coefs_") {
        scikit_learn::read(tree)
    } else if has("class_name") {
        Err(words::models::keras_without_weights().to_owned())
    } else {
        plain(tree)
    };
    model.map(FoundModel::with_meant_decimals)
}

/// Tensors under names, or lists of them.
fn plain(tree: &Tree) -> Result<FoundModel, String> {
    if let Some(state) = WRAPPERS.iter().find_map(|key| tree.get(key)) {
        return plain(state);
    }
    let list_of = |keys: &[&'static str]| keys.iter().find_map(|key| Some((*key, tree.get(key)?)));
    let mut tensors = Vec::new();
    match (list_of(MATRICES), list_of(BIASES)) {
        (Some((key, weights)), biases) if is_list_of_matrices(weights) => {
            tensors = self::tensors(key, weights)?;
            if let Some((key, biases)) = biases {
                tensors.extend(self::tensors(key, biases)?);
            }
        }
        _ => flatten("", tree, &mut tensors)?,
    }
    let kind = match tree {
        Tree::Object(entries) if entries.iter().any(|(key, _)| key.ends_with(".weight")) => {
            words::pytorch_state()
        }
        _ => words::json_matrices(),
    };
    let mut model = arrange::model(kind, tensors, Order::AsInFile, None)?;
    let layers = tree.get("layers").map(Tree::items).filter(|layers| layers.len() == model.layers.len());
    for (layer, said) in model.layers.iter_mut().zip(layers.unwrap_or_default()) {
        let word = said.get("activation").and_then(Tree::text);
        layer.activation = word.map(|word| by_word(word, Some(&layer.name))).transpose()?;
    }
    Ok(model)
}

fn is_list_of_matrices(tree: &Tree) -> bool {
    let is_matrix = |tree: &Tree| tree.shape().is_some_and(|shape| shape.len() == 2);
    !tree.items().is_empty() && tree.items().iter().all(is_matrix)
}

/// The parts of a list, each as a tensor called after the list and its number.
///
/// # Errors
/// A sentence if one is no list of numbers, or of as long lists of them.
pub fn tensors(key: &str, list: &Tree) -> Result<Vec<Tensor>, String> {
    let rows: Vec<Tree>;
    let items = match list {
        // A single layer of a single unit: [0.5].
        Tree::Numbers(numbers) => {
            rows = vec![Tree::Numbers(numbers.clone())];
            &rows
        }
        _ => list.items(),
    };
    items.iter().enumerate().map(|(k, item)| tensor(&format!("{key}[{k}]"), item)).collect()
}

/// A part of a document as a tensor.
pub fn tensor(name: &str, tree: &Tree) -> Result<Tensor, String> {
    let Some(shape) = tree.shape() else {
        return Err(words::files::no_list_of_numbers(&shown(name)));
    };
    Ok(Tensor { name: name.to_owned(), shape, numbers: tree.flat() })
}

/// All tensors within, under the keys that lead to them.
fn flatten(name: &str, tree: &Tree, tensors: &mut Vec<Tensor>) -> Result<(), String> {
    if MAX_TENSORS < tensors.len() {
        return Err(words::files::too_many_lists(&MAX_TENSORS));
    }
    let name = if name.is_empty() && tree.shape().is_some_and(|shape| shape.len() < 3) { "W" } else { name };
    match tree {
        Tree::Object(entries) => {
            for (key, value) in entries {
                let name = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
                flatten(&name, value, tensors)?;
            }
        }
        Tree::Numbers(numbers) if !numbers.is_empty() => tensors.push(tensor(name, tree)?),
        Tree::List(items) => match tree.shape() {
            // A list of as large matrices under a name that is not one tensor's.
            Some(shape) if shape.len() == 3 && !name.ends_with("weight") && !name.ends_with("kernel") => {
                tensors.extend(self::tensors(name, tree)?);
            }
            Some(_) => tensors.push(tensor(name, tree)?),
            None => {
                let is_rows = items.iter().all(|item| item.numbers().is_some());
                // Rows of a matrix that are not as long; lists of matrices and biases are.
                if is_rows && !name.is_empty() && !name.contains("bias") {
                    return tensor(name, tree).map(|_| ());
                }
                for (k, item) in items.iter().enumerate() {
                    match item {
                        Tree::Other | Tree::False | Tree::Text(_) => return tensor(name, tree).map(|_| ()),
                        _ => flatten(&format!("{name}[{k}]"), item, tensors)?,
                    }
                }
            }
        },
        _ => {}
    }
    Ok(())
}
