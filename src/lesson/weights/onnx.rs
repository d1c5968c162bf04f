//! ONNX models (onnx.proto, IR version 3 on) that are fully connected: Gemm, or MatMul and Add, each followed by an
//! activation function.

use super::activations::{by_word, with_constant};
use super::bytes::Kind;
use super::protobuf::{Message, Value};
use super::tensor::MAX_TENSORS;
use super::{FoundLayer, FoundModel, Rows, Tensor, quoted};
use backprop::activation::Activation;
use backprop::matrix::Matrix;

/// How a file begins: with the version of the format.
const MAGIC: u8 = 8;
/// The most nodes of a graph: more than any network here needs.
const MAX_NODES: usize = 1_000;
/// Operators that pass their numbers on as they are.
const PASSING: &[&str] = &["Identity", "Flatten", "Dropout", "Cast", "Reshape"];
/// Operators that make a class of the outputs, as models of scikit-learn have behind them.
const CLASSIFYING: &[&str] =
    &["ArgMax", "ZipMap", "Normalizer", "ArrayFeatureExtractor", "Concat", "Sub", "Greater"];

/// Whether the bytes begin as such a file does.
pub fn is_one(bytes: &[u8]) -> bool {
    bytes.first() == Some(&MAGIC)
}

/// A node of the graph.
#[derive(Default)]
struct Node<'a> {
    operator: &'a str,
    inputs: Vec<&'a str>,
    outputs: Vec<&'a str>,
    whole: Vec<(&'a str, u64)>,
    real: Vec<(&'a str, f32)>,
    tensor: Option<&'a [u8]>,
}

/// What stands behind a key in a list of few.
fn of<T: Copy>(list: &[(&str, T)], key: &str) -> Option<T> {
    list.iter().find(|(name, _)| *name == key).map(|(_, value)| *value)
}

/// Reads a model.
///
/// # Errors
/// A sentence that names the node or tensor.
pub fn read(bytes: &[u8]) -> Result<FoundModel, String> {
    let graph = all(bytes, 7)?.into_iter().find_map(Value::bytes).ok_or_else(damaged)?;
    let mut tensors: Vec<Tensor> = Vec::new();
    for value in all(graph, 5)? {
        if MAX_TENSORS < tensors.len() {
            return Err(format!("The model has more than {MAX_TENSORS} tensors."));
        }
        tensors.push(tensor(value.bytes().ok_or_else(damaged)?)?);
    }
    let nodes = all(graph, 1)?;
    if MAX_NODES < nodes.len() {
        return Err(format!("The graph has {} nodes, at most {MAX_NODES} are accepted.", nodes.len()));
    }
    let inputs = all(graph, 11)?.into_iter().filter_map(|value| text(value.bytes()?, 1));
    let inputs: Vec<&str> =
        inputs.filter(|name| !tensors.iter().any(|tensor| tensor.name == *name)).collect();
    let now = match inputs[..] {
        [one] => one,
        [one, other, ..] => {
            let (one, other) = (quoted(one), quoted(other));
            return Err(format!("The model takes {other} beside {one}: one input is read."));
        }
        [] => return Err(damaged()),
    };
    let mut way = Way { tensors, now, layers: Vec::new() };
    for value in nodes {
        let node = node(value.bytes().ok_or_else(damaged)?)?;
        if CLASSIFYING.contains(&node.operator) && !way.layers.is_empty() {
            break;
        }
        way.follow(&node)?;
    }
    if way.layers.is_empty() {
        return Err(
            "The model has no Gemm or MatMul: only fully connected layers can be shown here.".to_owned()
        );
    }
    let kind = "an ONNX model";
    Ok(FoundModel {
        kind,
        layers: way.layers,
        rows: Some(Rows::Receive),
        input_names: None,
        output_names: None,
    })
}

/// The way of the numbers through the graph.
struct Way<'a> {
    /// The numbers that are stored.
    tensors: Vec<Tensor>,
    /// The name of what has been computed last.
    now: &'a str,
    layers: Vec<FoundLayer>,
}

impl<'a> Way<'a> {
    fn follow(&mut self, node: &Node<'a>) -> Result<(), String> {
        let (Some(&first), Some(&output)) = (node.inputs.first(), node.outputs.first()) else {
            return self.keep_constant(node);
        };
        let second = node.inputs.get(1).copied().unwrap_or_default();
        match node.operator {
            "Gemm" => {
                self.goes_on(node, first)?;
                let is_one = |name: &str| of(&node.real, name).is_none_or(|x| x == 1.0);
                let is_set = |name: &str| of(&node.whole, name).is_some_and(|x| x != 0);
                if is_set("transA") || !is_one("alpha") || !is_one("beta") {
                    return Err(format!(
                        "The Gemm that makes {} is scaled or turns its input: neither is read.",
                        quoted(output)
                    ));
                }
                self.add_layer(second, is_set("transB"))?;
                if let Some(&biases) = node.inputs.get(2).filter(|name| !name.is_empty()) {
                    self.add_biases(biases)?;
                }
            }
            "MatMul" => {
                self.goes_on(node, first)?;
                self.add_layer(second, false)?;
            }
            "Add" => {
                let biases = if first == self.now { second } else { first };
                self.goes_on(node, if first == self.now { first } else { second })?;
                self.add_biases(biases)?;
            }
            operator if PASSING.contains(&operator) => {
                // Beside the way: the shape of something that is stored.
                if first != self.now {
                    return Ok(());
                }
            }
            operator => {
                let activation = by_word(operator, output).map_err(|_| not_read(node))?;
                self.goes_on(node, first)?;
                let usual = if activation == Activation::LeakyRelu { Some(0.01) } else { None };
                let constant = of(&node.real, "alpha").or(usual).map(f64::from);
                let activation = with_constant(activation, constant, output)?;
                match self.layers.last_mut().filter(|layer| layer.activation == Some(Activation::Identity)) {
                    Some(layer) => layer.activation = Some(activation),
                    None => return Err(not_read(node)),
                }
            }
        }
        self.now = output;
        Ok(())
    }

    fn tensor(&self, name: &str) -> Option<&Tensor> {
        self.tensors.iter().find(|tensor| tensor.name == name)
    }

    /// A node without inputs is a stored number.
    fn keep_constant(&mut self, node: &Node) -> Result<(), String> {
        match (node.operator, node.tensor, node.outputs.first()) {
            ("Constant", Some(bytes), Some(&name)) if self.tensors.len() < MAX_TENSORS => {
                self.tensors.push(Tensor { name: name.to_owned(), ..tensor(bytes)? });
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
        let matrix =
            matrix.ok_or_else(|| format!("{} is no matrix that is stored in the file.", quoted(name)))?;
        let weights = if receives {
            matrix
        } else {
            Matrix::from_fn(matrix.n_cols(), matrix.n_rows(), |to, from| matrix.at(from, to))
        };
        if self.layers.last().is_some_and(|last| last.weights.n_rows() != weights.n_cols()) {
            return Err(format!("{} does not take as many numbers as the layer before gives.", quoted(name)));
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
            _ => Err(format!(
                "{} is added where no biases of a layer are: only fully connected layers can be shown here.",
                quoted(name)
            )),
        }
    }
}

fn not_read(node: &Node) -> String {
    let output = node.outputs.first().copied().unwrap_or_default();
    format!(
        "{} is made by {} in a way that no fully connected layer has: Gemm, or MatMul and Add, one behind the other are read, with the activation functions of the page.",
        quoted(output),
        quoted(node.operator)
    )
}

fn damaged() -> String {
    "The file is no ONNX model, or is damaged: save or download it again.".to_owned()
}

/// All values of a field.
fn all(message: &[u8], field: u64) -> Result<Vec<Value<'_>>, String> {
    let fields = Message(message).fields().ok_or_else(damaged)?;
    Ok(fields.into_iter().filter(|(number, _)| *number == field).map(|(_, value)| value).collect())
}

fn text(message: &[u8], field: u64) -> Option<&str> {
    all(message, field).ok()?.first()?.text()
}

fn node(bytes: &[u8]) -> Result<Node<'_>, String> {
    let mut node = Node::default();
    for (field, value) in Message(bytes).fields().ok_or_else(damaged)? {
        match field {
            1 => node.inputs.push(value.text().ok_or_else(damaged)?),
            2 => node.outputs.push(value.text().ok_or_else(damaged)?),
            4 => node.operator = value.text().ok_or_else(damaged)?,
            5 => {
                let attribute = value.bytes().ok_or_else(damaged)?;
                let name = text(attribute, 1).unwrap_or_default();
                for (field, value) in Message(attribute).fields().ok_or_else(damaged)? {
                    match (field, value) {
                        (2, Value::Four(bytes)) => {
                            node.real.push((name, f32::from_le_bytes(bytes)));
                        }
                        (3, Value::Whole(n)) => {
                            node.whole.push((name, n));
                        }
                        (5, Value::Bytes(bytes)) => node.tensor = Some(bytes),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    Ok(node)
}

/// A stored tensor.
fn tensor(bytes: &[u8]) -> Result<Tensor, String> {
    let mut tensor = Tensor { name: String::new(), shape: Vec::new(), numbers: Vec::new() };
    let (mut kind, mut raw, mut is_elsewhere) = (0, None, false);
    for (field, value) in Message(bytes).fields().ok_or_else(damaged)? {
        match (field, value) {
            (1, value) => {
                let lengths = value.wholes().ok_or_else(damaged)?;
                tensor.shape.extend(lengths.into_iter().map(|n| usize::try_from(n).unwrap_or(usize::MAX)));
            }
            (2, Value::Whole(n)) => kind = n,
            (4, Value::Bytes(bytes)) => tensor.numbers.extend(Kind::F32.numbers(bytes, false)),
            (4, Value::Four(bytes)) => tensor.numbers.extend(Kind::F32.numbers(&bytes, false)),
            (8, value) => tensor.name = value.text().ok_or_else(damaged)?.to_owned(),
            (9, Value::Bytes(bytes)) => raw = Some(bytes),
            (10, Value::Bytes(bytes)) => tensor.numbers.extend(Kind::F64.numbers(bytes, false)),
            (10, Value::Eight(bytes)) => tensor.numbers.extend(Kind::F64.numbers(&bytes, false)),
            (14, Value::Whole(1)) => is_elsewhere = true,
            _ => {}
        }
    }
    if is_elsewhere {
        return Err(format!(
            "The numbers of {} are in another file: save the model in one.",
            quoted(&tensor.name)
        ));
    }
    let n = Tensor::n_numbers(&tensor.name, &tensor.shape)?;
    if let Some(raw) = raw {
        let kind = match kind {
            1 => Kind::F32,
            11 => Kind::F64,
            10 => Kind::F16,
            16 => Kind::Bf16,
            3 => Kind::Signed(1),
            6 => Kind::Signed(4),
            7 => Kind::Signed(8),
            _ => {
                return Err(format!(
                    "{} holds numbers of a kind that is not read: save them as floats.",
                    quoted(&tensor.name)
                ));
            }
        };
        tensor.numbers = kind.numbers(raw, false);
    }
    // Whole numbers that are stored otherwise are shapes and axes, which no layer has.
    if tensor.numbers.len() != n && !matches!(kind, 2..=9) {
        return Err(damaged());
    }
    Ok(tensor)
}
