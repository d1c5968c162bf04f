//! A project of Backprop Builder (since renamed to Neural Canvas): a graph of single numbers, in which groups of the
//! kind "neuron" say which of them are inputs, weights and bias of a unit. Units with the same inputs are a layer.

use std::collections::HashMap;

use super::activations::by_word;
use super::tree::Tree;
use super::{FoundLayer, FoundModel, Rows, shown};
use crate::lesson::limits;
use crate::words::weights as words;
use backprop::activation::Activation;
use backprop::matrix::Matrix;

/// What a project calls itself.
const KINDS: &[&str] = &["backprop-builder-state", "neural-canvas-state"];

/// Whether a document is such a project.
pub fn is_one(tree: &Tree) -> bool {
    tree.get("kind").and_then(Tree::text).is_some_and(|kind| KINDS.contains(&kind))
}

/// Where in a list something with a name is.
type Places<'a> = HashMap<&'a str, usize>;

/// A unit of the graph.
struct Unit<'a> {
    name: &'a str,
    inputs: Vec<&'a str>,
    weights: Vec<f64>,
    bias: f64,
    activation: Activation,
    /// The parts of the graph that it is made of, its output among them.
    nodes: Vec<&'a str>,
}

/// Reads a project.
///
/// # Errors
/// A sentence that names the place.
pub fn read(tree: &Tree) -> Result<FoundModel, String> {
    let graph = tree.at(&["state", "graph"]).unwrap_or(&Tree::Other);
    let nodes = graph.get("nodes").map_or(&[][..], Tree::items);
    let ids = nodes.iter().enumerate().filter_map(|(k, node)| Some((text(node, "id")?, k)));
    let ids: Places = ids.collect();
    let number = |id: &str| value(nodes.get(*ids.get(id)?)?);
    let groups = graph.get("groups").map_or(&[][..], Tree::items);
    let neurons = groups.iter().filter(|group| text(group, "kind") == Some("neuron"));
    let units = neurons.map(|group| unit(group, &number)).collect::<Result<Vec<_>, _>>()?;
    let mut model = FoundModel {
        kind: words::backprop_builder_project(),
        layers: Vec::new(),
        rows: Some(Rows::Receive),
        input_names: None,
        output_names: None,
    };
    // Which unit makes a node.
    let makers = units.iter().enumerate().flat_map(|(k, unit)| unit.nodes.iter().map(move |node| (*node, k)));
    let makers: Places = makers.collect();
    let comes_from = |unit: &Unit, is_one: &dyn Fn(usize) -> bool| {
        unit.inputs.iter().filter_map(|input| makers.get(input)).any(|&maker| is_one(maker))
    };
    let all = |is_next: &dyn Fn(&Unit) -> bool| {
        (0..units.len()).filter(|&k| is_next(&units[k])).collect::<Vec<_>>()
    };
    // From the units whose inputs no unit makes.
    let mut next = all(&|unit| !comes_from(unit, &|_| true));
    let mut before: Vec<usize> = Vec::new();
    let mut n_placed = 0;
    while let Some(first) = next.first().map(|&k| &units[k]) {
        n_placed += next.len();
        if limits::LAYERS == model.layers.len() {
            return Err(words::more_layers_than(&limits::LAYERS));
        }
        // Where each unit of the layer before comes in; the first layer takes its inputs as they stand.
        let order: Option<Vec<usize>> = match before.len() {
            0 => Some((0..first.inputs.len()).collect()),
            n if n == first.inputs.len() && n <= limits::UNITS => {
                let at = |unit: &usize| first.inputs.iter().position(|input| makers.get(input) == Some(unit));
                before.iter().map(at).collect()
            }
            _ => None,
        };
        let is_layer =
            |k: &usize| units[*k].inputs == first.inputs && units[*k].activation == first.activation;
        let (Some(order), true) = (order, next.iter().all(is_layer)) else {
            return Err(words::models::not_in_a_layer(&shown(first.name)));
        };
        model.layers.push(FoundLayer {
            name: first.name.to_owned(),
            weights: Matrix::from_fn(next.len(), order.len(), |to, from| {
                units[next[to]].weights[order[from]]
            }),
            biases: Some(next.iter().map(|&k| units[k].bias).collect()),
            activation: Some(first.activation),
        });
        let mut is_here = vec![false; units.len()];
        next.iter().for_each(|&k| is_here[k] = true);
        before = std::mem::replace(&mut next, all(&|unit| comes_from(unit, &|maker| is_here[maker])));
    }
    if n_placed != units.len() || units.is_empty() {
        return Err(words::models::no_neurons_in_layers().to_owned());
    }
    Ok(model)
}

fn unit<'a>(group: &'a Tree, number: &impl Fn(&str) -> Option<f64>) -> Result<Unit<'a>, String> {
    let name = text(group, "label").or(text(group, "id")).unwrap_or_default();
    let incomplete = || words::models::no_weighted_inputs(&shown(name));
    let detail = group.get("detail").ok_or_else(incomplete)?;
    let inputs = ids(detail, "inputNodeIds");
    let weights: Option<Vec<f64>> = ids(detail, "weightNodeIds").iter().map(|id| number(id)).collect();
    let weights = weights.filter(|weights| !weights.is_empty() && weights.len() == inputs.len());
    let bias = text(detail, "biasNodeId").map_or(Some(0.0), number);
    Ok(Unit {
        name,
        inputs,
        weights: weights.ok_or_else(incomplete)?,
        bias: bias.ok_or_else(incomplete)?,
        activation: text(detail, "activation")
            .map_or(Ok(Activation::Identity), |word| by_word(word, Some(name)))?,
        nodes: [ids(group, "nodeIds"), text(detail, "outputNodeId").into_iter().collect()].concat(),
    })
}

fn text<'a>(tree: &'a Tree, key: &str) -> Option<&'a str> {
    tree.get(key)?.text()
}

fn ids<'a>(tree: &'a Tree, key: &str) -> Vec<&'a str> {
    tree.get(key).map_or(&[][..], Tree::items).iter().filter_map(Tree::text).collect()
}

/// The number of a node: alone, or the only one of a tensor.
fn value(node: &Tree) -> Option<f64> {
    let value = node.at(&["params", "value"])?;
    value.number().or_else(|| value.get("data")?.numbers()?.first().copied())
}
