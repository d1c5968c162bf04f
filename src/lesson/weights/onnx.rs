//! ONNX models (onnx.proto, IR version 3 on) that are fully connected: Gemm, or MatMul and Add, each followed by an
//! activation function.

use prost::Message;

use super::activations::{by_word, with_constant};
use super::bytes::Kind;
use super::tensor::{MAX_TENSORS, meant};
use super::{FoundLayer, FoundModel, Rows, Tensor, shown};
use crate::words::weights::{models as words, onnx_model, tensors::does_not_follow};
use backprop::activation::Activation;
use backprop::matrix::Matrix;
use proto::Node;

/// How a file begins: with the version of the format.
const MAGIC: u8 = 8;
/// The most nodes of a graph: more than any network here needs.
const MAX_NODES: usize = 1_000;
/// The most inputs of a graph: older files name all stored tensors among them.
const MAX_INPUTS: usize = MAX_TENSORS + 1;
/// Operators that pass their numbers on as they are.
const PASSING: &[&str] = &["Identity", "Flatten", "Dropout", "Cast", "Reshape"];
/// Operators that make a class of the outputs, as models of scikit-learn have behind them.
const CLASSIFYING: &[&str] =
    &["ArgMax", "ZipMap", "Normalizer", "ArrayFeatureExtractor", "Concat", "Sub", "Greater"];

/// Whether the bytes begin as such a file does.
pub fn is_one(bytes: &[u8]) -> bool {
    bytes.first() == Some(&MAGIC)
}

/// What is read of a model's file. The numbers behind the fields are those of `onnx.proto`. Nodes and tensors are
/// counted before they are read: until then they are bytes of the file.
mod proto {
    use prost::Message;

    #[derive(Clone, PartialEq, Message)]
    pub struct Model {
        #[prost(message, optional, tag = "7")]
        pub graph: Option<Graph>,
    }

    #[derive(Clone, PartialEq, Message)]
    pub struct Graph {
        /// Of [`Node`].
        #[prost(bytes = "vec", repeated, tag = "1")]
        pub nodes: Vec<Vec<u8>>,
        /// Of [`Tensor`].
        #[prost(bytes = "vec", repeated, tag = "5")]
        pub tensors: Vec<Vec<u8>>,
        /// Of [`Input`].
        #[prost(bytes = "vec", repeated, tag = "11")]
        pub inputs: Vec<Vec<u8>>,
    }

    #[derive(Clone, PartialEq, Message)]
    pub struct Input {
        #[prost(string, tag = "1")]
        pub name: String,
    }

    #[derive(Clone, PartialEq, Message)]
    pub struct Node {
        #[prost(string, repeated, tag = "1")]
        pub inputs: Vec<String>,
        #[prost(string, repeated, tag = "2")]
        pub outputs: Vec<String>,
        #[prost(string, tag = "4")]
        pub operator: String,
        #[prost(message, repeated, tag = "5")]
        pub attributes: Vec<Attribute>,
    }

    impl Node {
        /// What is said under this name.
        pub fn attribute(&self, name: &str) -> Option<&Attribute> {
            self.attributes.iter().find(|attribute| attribute.name == name)
        }
    }

    #[derive(Clone, PartialEq, Message)]
    pub struct Attribute {
        #[prost(string, tag = "1")]
        pub name: String,
        #[prost(float, optional, tag = "2")]
        pub real: Option<f32>,
        #[prost(int64, optional, tag = "3")]
        pub whole: Option<i64>,
        #[prost(message, optional, tag = "5")]
        pub tensor: Option<Tensor>,
    }

    #[derive(Clone, PartialEq, Message)]
    pub struct Tensor {
        #[prost(int64, repeated, tag = "1")]
        pub shape: Vec<i64>,
        #[prost(int32, tag = "2")]
        pub kind: i32,
        #[prost(float, repeated, tag = "4")]
        pub singles: Vec<f32>,
        #[prost(string, tag = "8")]
        pub name: String,
        #[prost(bytes = "vec", optional, tag = "9")]
        pub raw: Option<Vec<u8>>,
        #[prost(double, repeated, tag = "10")]
        pub doubles: Vec<f64>,
        #[prost(int32, tag = "14")]
        pub location: i32,
    }
}

/// Where numbers stand that stand in another file.
const ELSEWHERE: i32 = 1;

/// Reads a model.
///
/// # Errors
/// A sentence that names the node or tensor.
pub fn read(bytes: &[u8]) -> Result<FoundModel, String> {
    let graph = decoded::<proto::Model>(bytes)?.graph.ok_or_else(damaged)?;
    if MAX_TENSORS < graph.tensors.len() {
        return Err(words::too_many_tensors(&graph.tensors.len(), &MAX_TENSORS));
    }
    if MAX_NODES < graph.nodes.len() {
        return Err(words::too_many_nodes(&graph.nodes.len(), &MAX_NODES));
    }
    if MAX_INPUTS < graph.inputs.len() {
        return Err(words::too_many_inputs(&graph.inputs.len()));
    }
    let tensors: Vec<Tensor> =
        graph.tensors.into_iter().map(|bytes| tensor(decoded(&bytes)?)).collect::<Result<_, _>>()?;
    let mut inputs = Vec::new();
    for bytes in graph.inputs {
        let name = decoded::<proto::Input>(&bytes)?.name;
        if !tensors.iter().any(|tensor| tensor.name == name) {
            inputs.push(name);
        }
    }
    let now = match &inputs[..] {
        [one] => one.clone(),
        [one, other, ..] => {
            return Err(words::takes_other_input(&shown(other), &shown(one)));
        }
        [] => return Err(damaged()),
    };
    let mut way = Way { tensors, now, layers: Vec::new() };
    for bytes in graph.nodes {
        let node = decoded::<Node>(&bytes)?;
        if CLASSIFYING.contains(&&*node.operator) && !way.layers.is_empty() {
            break;
        }
        way.follow(&node)?;
    }
    if way.layers.is_empty() {
        return Err(words::no_layers().to_owned());
    }
    Ok(FoundModel {
        kind: onnx_model(),
        layers: way.layers,
        rows: Some(Rows::Receive),
        input_names: None,
        output_names: None,
    })
}

/// The way of the numbers through the graph.
struct Way {
    /// The numbers that are stored.
    tensors: Vec<Tensor>,
    /// The name of what has been computed last.
    now: String,
    layers: Vec<FoundLayer>,
}

impl Way {
    fn follow(&mut self, node: &Node) -> Result<(), String> {
        let (Some(first), Some(output)) = (node.inputs.first(), node.outputs.first()) else {
            return self.keep_constant(node);
        };
        let second = node.inputs.get(1).map_or("", String::as_str);
        match &*node.operator {
            "Gemm" => {
                self.goes_on(node, first)?;
                let is_one = |name: &str| real(node, name).is_none_or(|x| x == 1.0);
                let is_set = |name: &str| {
                    node.attribute(name).and_then(|attribute| attribute.whole).is_some_and(|n| n != 0)
                };
                if is_set("transA") || !is_one("alpha") || !is_one("beta") {
                    return Err(words::scaled_or_turned(&shown(output)));
                }
                self.add_layer(second, is_set("transB"))?;
                if let Some(biases) = node.inputs.get(2).filter(|name| !name.is_empty()) {
                    self.add_biases(biases)?;
                }
            }
            "MatMul" => {
                self.goes_on(node, first)?;
                self.add_layer(second, false)?;
            }
            "Add" => {
                let (input, biases) =
                    if *first == self.now { (&**first, second) } else { (second, &**first) };
                self.goes_on(node, input)?;
                self.add_biases(biases)?;
            }
            operator if PASSING.contains(&operator) => {
                // Beside the way: the shape of something that is stored.
                if *first != self.now {
                    return Ok(());
                }
            }
            operator => {
                let activation = by_word(operator, Some(output)).map_err(|_| not_read(node))?;
                self.goes_on(node, first)?;
                let usual = if activation == Activation::LeakyRelu { Some(0.01) } else { None };
                let constant = real(node, "alpha").or(usual).map(f64::from);
                let activation = with_constant(activation, constant, Some(output))?;
                match self.layers.last_mut().filter(|layer| layer.activation == Some(Activation::Identity)) {
                    Some(layer) => layer.activation = Some(activation),
                    None => return Err(not_read(node)),
                }
            }
        }
        self.now.clone_from(output);
        Ok(())
    }

    fn tensor(&self, name: &str) -> Option<&Tensor> {
        self.tensors.iter().find(|tensor| tensor.name == name)
    }

    /// A node without inputs is a stored number.
    fn keep_constant(&mut self, node: &Node) -> Result<(), String> {
        let value = node.attribute("value").and_then(|attribute| attribute.tensor.clone());
        match (&*node.operator, value, node.outputs.first()) {
            ("Constant", Some(value), Some(name)) if self.tensors.len() < MAX_TENSORS => {
                self.tensors.push(Tensor { name: name.clone(), ..tensor(value)? });
                Ok(())
            }
            _ => Err(not_read(node)),
        }
    }

    /// # Errors
    /// If a node takes anything but what was computed last.
    fn goes_on(&self, node: &Node, input: &str) -> Result<(), String> {
        if input == self.now { Ok(()) } else { Err(not_read(node)) }
    }

    fn add_layer(&mut self, name: &str, receives: bool) -> Result<(), String> {
        let matrix = self.tensor(name).and_then(Tensor::matrix);
        let matrix = matrix.ok_or_else(|| words::no_stored_matrix(&shown(name)))?;
        let weights = if receives {
            matrix
        } else {
            Matrix::from_fn(matrix.n_cols(), matrix.n_rows(), |to, from| matrix.at(from, to))
        };
        if self.layers.last().is_some_and(|last| last.weights.n_rows() != weights.n_cols()) {
            return Err(does_not_follow(&shown(name)));
        }
        let activation = Some(Activation::Identity);
        self.layers.push(FoundLayer { name: name.to_owned(), weights, biases: None, activation });
        Ok(())
    }

    fn add_biases(&mut self, name: &str) -> Result<(), String> {
        let biases = self.tensors.iter().find(|tensor| tensor.name == name && tensor.is_line());
        let layer = self.layers.last_mut().filter(|layer| layer.biases.is_none());
        match (biases, layer) {
            (Some(biases), Some(layer)) if biases.numbers.len() == layer.weights.n_rows() => {
                layer.biases = Some(biases.numbers.clone());
                Ok(())
            }
            _ => Err(words::added_elsewhere(&shown(name))),
        }
    }
}

fn not_read(node: &Node) -> String {
    let output = node.outputs.first().map_or("", String::as_str);
    words::made_otherwise(&shown(output), &shown(&node.operator))
}

fn damaged() -> String {
    words::onnx_is_damaged().to_owned()
}

fn decoded<M: Message + Default>(bytes: &[u8]) -> Result<M, String> {
    M::decode(bytes).map_err(|_| damaged())
}

/// A number that a node says under this name.
fn real(node: &Node, name: &str) -> Option<f32> {
    node.attribute(name)?.real
}

/// A stored tensor.
fn tensor(stored: proto::Tensor) -> Result<Tensor, String> {
    let proto::Tensor { name, kind, singles, raw, doubles, location, shape } = stored;
    if location == ELSEWHERE {
        return Err(words::in_other_file(&shown(&name)));
    }
    let shape: Vec<usize> = shape.into_iter().map(|n| usize::try_from(n).unwrap_or(usize::MAX)).collect();
    let n = Tensor::n_numbers(&name, &shape)?;
    let numbers = match raw {
        Some(raw) => raw_kind(kind).ok_or_else(|| words::kind_not_read(&shown(&name)))?.numbers(&raw, false),
        None => singles.into_iter().map(meant).chain(doubles).collect(),
    };
    // Whole numbers that are stored otherwise are shapes and axes, which no layer has.
    if numbers.len() != n && !matches!(kind, 2..=9) {
        return Err(damaged());
    }
    Ok(Tensor { name, shape, numbers })
}

/// The numbers of `TensorProto.DataType`, as bytes.
fn raw_kind(kind: i32) -> Option<Kind> {
    Some(match kind {
        1 => Kind::F32,
        11 => Kind::F64,
        10 => Kind::F16,
        16 => Kind::Bf16,
        3 => Kind::Signed(1),
        6 => Kind::Signed(4),
        7 => Kind::Signed(8),
        _ => return None,
    })
}
