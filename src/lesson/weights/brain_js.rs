//! brain.js (`toJSON` of its editions 1 and 2): units by their names or numbers in edition 1, `n_out × n_in` lists
//! in edition 2, one activation function for all layers, sigmoid unless it says another.

use super::activations::{by_word, with_constant};
use super::json::tensor;
use super::tree::Tree;
use super::{FoundLayer, FoundModel, Rows, shown};
use crate::words::weights::{brain_js_network, models, tensors};
use backprop::activation::Activation;
use backprop::matrix::Matrix;

/// Whether a document is one of brain.js.
pub fn is_one(tree: &Tree) -> bool {
    let marks = ["sizes", "trainOpts", "outputLookup", "inputLookup"];
    !tree.get("layers").map_or(&[][..], Tree::items).is_empty()
        && marks.iter().any(|mark| tree.get(mark).is_some())
}

/// Reads such a document.
///
/// # Errors
/// A sentence that names the place.
pub fn read(tree: &Tree) -> Result<FoundModel, String> {
    if let Some(kind) =
        tree.get("type").and_then(Tree::text).filter(|kind| !kind.starts_with("NeuralNetwork"))
    {
        return Err(models::brain_js_type(&shown(kind)));
    }
    let activation = activation(tree)?;
    let items = tree.get("layers").map_or(&[][..], Tree::items);
    let mut model = FoundModel {
        kind: brain_js_network(),
        layers: Vec::new(),
        rows: Some(Rows::Receive),
        input_names: None,
        output_names: None,
    };
    // Names of the units of the layer before, in edition 1.
    let mut before: Vec<&str> = items.first().map(keys).unwrap_or_default();
    model.input_names = looked_up(tree, "inputLookup").or_else(|| names(&before));
    for (k, item) in items.iter().enumerate().skip(1) {
        let name = format!("layers[{k}]");
        let (weights, biases) = match (item.get("weights"), item.get("biases")) {
            (Some(weights), Some(biases)) => edition_2(&name, weights, biases)?,
            _ => {
                let read = edition_1(&name, item, &before)?;
                before = keys(item);
                read
            }
        };
        model.layers.push(FoundLayer { name, weights, biases: Some(biases), activation: Some(activation) });
    }
    model.output_names = looked_up(tree, "outputLookup").or_else(|| names(&before));
    let fits = |pair: &[FoundLayer]| pair[0].weights.n_rows() == pair[1].weights.n_cols();
    match model.layers.windows(2).position(|pair| !fits(pair)) {
        _ if model.layers.is_empty() => Err(models::not_trained().to_owned()),
        Some(k) => Err(tensors::does_not_follow(&format!("layers[{}]", k + 2))),
        None => Ok(model),
    }
}

fn activation(tree: &Tree) -> Result<Activation, String> {
    let word = tree
        .get("activation")
        .or(tree.at(&["trainOpts", "activation"]))
        .or(tree.at(&["options", "activation"]));
    let activation = word.and_then(Tree::text).map_or(Ok(Activation::Sigmoid), |word| by_word(word, None))?;
    let leak = tree.get("leakyReluAlpha").or(tree.at(&["trainOpts", "leakyReluAlpha"]));
    with_constant(activation, leak.and_then(Tree::number), None)
}

fn edition_2(name: &str, weights: &Tree, biases: &Tree) -> Result<(Matrix, Vec<f64>), String> {
    let matrix = tensor(&format!("{name}.weights"), weights)?.matrix();
    let biases = biases.numbers().map(<[f64]>::to_vec);
    let is_whole = |(matrix, biases): &(Matrix, Vec<f64>)| matrix.n_rows() == biases.len();
    matrix.zip(biases).filter(is_whole).ok_or_else(|| incomplete(name))
}

fn edition_1(name: &str, layer: &Tree, before: &[&str]) -> Result<(Matrix, Vec<f64>), String> {
    let (mut rows, mut biases) = (Vec::new(), Vec::new());
    for (_, unit) in layer.entries() {
        let weights = unit.get("weights").ok_or_else(|| incomplete(name))?;
        let of = |from: &&str| weights.get(from).and_then(Tree::number);
        rows.push(before.iter().map(of).collect::<Option<Vec<f64>>>().ok_or_else(|| incomplete(name))?);
        biases.push(unit.get("bias").and_then(Tree::number).ok_or_else(|| incomplete(name))?);
    }
    Ok((Matrix::from_fn(rows.len(), before.len(), |to, from| rows[to][from]), biases))
}

fn incomplete(name: &str) -> String {
    models::not_every_weight(&shown(name))
}

/// The keys of an object.
fn keys(tree: &Tree) -> Vec<&str> {
    tree.entries().iter().map(|(key, _)| key.as_str()).collect()
}

/// Keys as names, unless they are numbers only.
fn names(keys: &[&str]) -> Option<Vec<String>> {
    let is_number = |key: &&str| key.bytes().all(|byte| byte.is_ascii_digit());
    let are_names = !keys.is_empty() && !keys.iter().all(is_number);
    are_names.then(|| keys.iter().map(|key| (*key).to_owned()).collect())
}

/// The names of a table that says which unit has which number, from 0.
fn looked_up(tree: &Tree, key: &str) -> Option<Vec<String>> {
    let entries = tree.get(key)?.entries();
    let mut names = vec![String::new(); entries.len()];
    for (name, at) in entries {
        *names.get_mut(at.number()? as usize)? = name.clone();
    }
    (!names.is_empty()).then_some(names)
}
