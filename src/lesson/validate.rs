//! From the file as written to a valid lesson, or the first fault with its place.

use std::rc::Rc;

use super::file::{DataFile, FORMAT, LayerFile, LessonFile, NetworkFile, VERSION};
use super::{Data, Lesson, LessonError, limits};
use crate::activation::Activation;
use crate::init::Init;
use crate::loss::Loss;
use crate::matrix::Matrix;
use crate::network::{LayerParams, Network, Params};
use crate::optimizer::Optimizer;
use crate::trace::{Rule, Sample};

type Checked<T> = Result<T, LessonError>;

fn fault<T>(place: impl Into<String>, problem: impl Into<String>) -> Checked<T> {
    Err(LessonError::new(place, problem))
}

pub fn lesson(file: LessonFile) -> Checked<Lesson> {
    if file.format != FORMAT {
        return fault("format", format!("\"{}\", expected \"{FORMAT}\"", shorten(&file.format)));
    }
    if file.version != VERSION {
        return fault("version", format!("{}, expected {VERSION}", file.version));
    }
    text("title", &file.title)?;
    text("source", &file.source)?;
    text("notes", &file.notes)?;
    let unit_names = file.network.layers.iter().map(|layer| layer.unit_names.clone()).collect();
    let network = network(&file.network)?;
    loss_fits(file.loss, &network)?;
    optimizer(file.optimizer)?;
    let data = data(&file.data, &network, file.loss)?;
    let n_samples = data.train.len();
    let batch_size = file.batch_size.unwrap_or(n_samples);
    if batch_size < 1 || n_samples < batch_size {
        return fault("batch_size", format!("{batch_size}, expected 1 to {n_samples}"));
    }
    if limits::PUBLISHED < file.published.len() {
        let n = file.published.len();
        return fault("published", format!("{n} numbers, at most {}", limits::PUBLISHED));
    }
    for (k, entry) in file.published.iter().enumerate() {
        published(&format!("published[{k}]"), entry)?;
    }
    Ok(Lesson {
        title: file.title,
        source: file.source,
        notes: file.notes,
        network: Rc::new(network),
        input_names: file.network.input_names,
        unit_names,
        rule: Rule {
            loss: file.loss,
            optimizer: file.optimizer,
            update_order: file.update_order,
            train_biases: file.network.train_biases,
        },
        data: Rc::new(data),
        batch_size,
        notation: file.notation,
        published: Rc::new(file.published),
    })
}

fn network(file: &NetworkFile) -> Checked<Network> {
    count("network.inputs", file.inputs, limits::INPUTS)?;
    if let Some(names) = &file.input_names {
        name_list("network.input_names", names, file.inputs)?;
    }
    count("network.layers", file.layers.len(), limits::LAYERS)?;
    let mut n_in = file.inputs;
    let mut n_params = 0;
    let mut layers = Vec::new();
    for (k, layer) in file.layers.iter().enumerate() {
        let place = format!("network.layers[{k}]");
        if layer.activation == Activation::Softmax && k + 1 < file.layers.len() {
            return fault(format!("{place}.activation"), "softmax is for the last layer only");
        }
        let n_out = units(&place, layer)?;
        n_params += n_out * (n_in + 1);
        if limits::PARAMETERS < n_params {
            return fault(place, format!("more than {} weights and biases in all", limits::PARAMETERS));
        }
        layers.push(match (&layer.weights, &layer.init) {
            (Some(weights), _) => given(&place, layer, weights, n_in)?,
            (None, Some(init)) => drawn(&place, layer, init, n_out, n_in)?,
            (None, None) => return fault(place, "weights, or units and init, expected"),
        });
        if let Some(names) = &layer.unit_names {
            name_list(&format!("{place}.unit_names"), names, n_out)?;
        }
        n_in = n_out;
    }
    let activations = file.layers.iter().map(|layer| layer.activation).collect();
    Ok(Network { params: Params(layers), activations })
}

fn units(place: &str, layer: &LayerFile) -> Checked<usize> {
    let n_out = match (&layer.weights, layer.units) {
        (Some(_), Some(_)) => {
            return fault(format!("{place}.units"), "give weights, or units and init, not both");
        }
        (Some(weights), None) => weights.len(),
        (None, Some(units)) => units,
        (None, None) => return fault(place, "weights, or units and init, expected"),
    };
    let key = if layer.units.is_some() { "units" } else { "weights" };
    count(&format!("{place}.{key}"), n_out, limits::UNITS)?;
    Ok(n_out)
}

fn given(place: &str, layer: &LayerFile, rows: &[Vec<f64>], n_in: usize) -> Checked<LayerParams> {
    if layer.init.is_some() {
        return fault(format!("{place}.init"), "give weights, or units and init, not both");
    }
    table(&format!("{place}.weights"), rows, n_in)?;
    if let Some(biases) = &layer.biases {
        numbers(&format!("{place}.biases"), biases, rows.len())?;
    }
    Ok(LayerParams {
        weights: Matrix::from_fn(rows.len(), n_in, |i, j| rows[i][j]),
        biases: layer.biases.clone(),
    })
}

fn drawn(place: &str, layer: &LayerFile, init: &Init, n_out: usize, n_in: usize) -> Checked<LayerParams> {
    range(&format!("{place}.init.scale"), init.scale, 0.0, limits::LEARNING_RATE)?;
    let mut drawn = init.draw(n_out, n_in);
    if let Some(biases) = &layer.biases {
        numbers(&format!("{place}.biases"), biases, n_out)?;
        drawn.biases = Some(biases.clone());
    }
    Ok(drawn)
}

fn loss_fits(loss: Loss, network: &Network) -> Checked<()> {
    let output = network.activation(network.n_layers());
    match (loss, output) {
        (Loss::BinaryCrossEntropy, Activation::Sigmoid) | (Loss::CrossEntropy, Activation::Softmax) => Ok(()),
        (Loss::BinaryCrossEntropy, _) => fault("loss", "binary_cross_entropy needs a sigmoid output layer"),
        (Loss::CrossEntropy, _) => fault("loss", "cross_entropy needs a softmax output layer"),
        (_, Activation::Softmax) => fault("loss", "a softmax output layer goes with cross_entropy only"),
        _ => Ok(()),
    }
}

fn optimizer(optimizer: Optimizer) -> Checked<()> {
    range("optimizer.learning_rate", optimizer.learning_rate(), 0.0, limits::LEARNING_RATE)?;
    match optimizer {
        Optimizer::Sgd { .. } => Ok(()),
        Optimizer::Momentum { momentum, .. } => share("optimizer.momentum", momentum),
        Optimizer::Rmsprop { decay, epsilon, .. } => {
            share("optimizer.decay", decay)?;
            positive("optimizer.epsilon", epsilon)
        }
        Optimizer::Adam { beta1, beta2, epsilon, .. } => {
            share("optimizer.beta1", beta1)?;
            share("optimizer.beta2", beta2)?;
            positive("optimizer.epsilon", epsilon)
        }
    }
}

fn data(file: &DataFile, network: &Network, loss: Loss) -> Checked<Data> {
    if file.generator.is_some() {
        return fault("data.generator", "drawn data cannot be read yet, give inputs and targets");
    }
    for (key, given) in
        [("samples", file.samples.is_some()), ("noise", file.noise.is_some()), ("seed", file.seed.is_some())]
    {
        if given {
            return fault(format!("data.{key}"), "goes with a generator only");
        }
    }
    let train = samples("data.inputs", &file.inputs, "data.targets", &file.targets, network, loss)?;
    if train.is_empty() {
        return fault("data.inputs", "no sample, expected at least 1");
    }
    let test = samples(
        "data.test_inputs",
        &file.test_inputs,
        "data.test_targets",
        &file.test_targets,
        network,
        loss,
    )?;
    let n = train.len() + test.len();
    if limits::SAMPLES < n {
        return fault("data", format!("{n} samples, at most {}", limits::SAMPLES));
    }
    if limits::DATA_NUMBERS < n * (network.n_units(0) + network.n_outputs()) {
        return fault("data", format!("more than {} numbers", limits::DATA_NUMBERS));
    }
    Ok(Data { train, test })
}

fn samples(
    input_place: &str,
    inputs: &Option<Vec<Vec<f64>>>,
    target_place: &str,
    targets: &Option<Vec<Vec<f64>>>,
    network: &Network,
    loss: Loss,
) -> Checked<Vec<Sample>> {
    let (inputs, targets) = match (inputs, targets) {
        (Some(inputs), Some(targets)) => (inputs, targets),
        (None, None) => return Ok(Vec::new()),
        (None, Some(_)) => return fault(input_place, "missing beside the targets"),
        (Some(_), None) => return fault(target_place, "missing beside the inputs"),
    };
    table(input_place, inputs, network.n_units(0))?;
    table(target_place, targets, network.n_outputs())?;
    if inputs.len() != targets.len() {
        let (n, expected) = (targets.len(), inputs.len());
        return fault(target_place, format!("{n} rows, expected {expected}, one per row of inputs"));
    }
    if matches!(loss, Loss::BinaryCrossEntropy | Loss::CrossEntropy) {
        for (k, row) in targets.iter().enumerate() {
            for (j, &y) in row.iter().enumerate() {
                range(&format!("{target_place}[{k}][{j}]"), y, 0.0, 1.0)?;
            }
        }
    }
    let sample =
        |(input, target): (&Vec<f64>, &Vec<f64>)| Sample { input: input.clone(), target: target.clone() };
    Ok(inputs.iter().zip(targets).map(sample).collect())
}

fn published(place: &str, entry: &super::Published) -> Checked<()> {
    let shown = entry.value.trim();
    let number = crate::published::parse_printed(shown);
    if shown.len() > limits::NAME_CHARS || number.is_none() {
        let shown = shorten(shown);
        return fault(format!("{place}.value"), format!("\"{shown}\", expected a number such as \"0.191\""));
    }
    if limits::PUBLISHED_EPOCH < entry.epoch {
        let epoch = entry.epoch;
        return fault(format!("{place}.epoch"), format!("{epoch}, at most {}", limits::PUBLISHED_EPOCH));
    }
    text(&format!("{place}.quantity"), &entry.quantity)?;
    text(&format!("{place}.note"), &entry.note)
}

fn count(place: &str, n: usize, most: usize) -> Checked<()> {
    if n < 1 || most < n {
        return fault(place, format!("{n}, expected 1 to {most}"));
    }
    Ok(())
}

fn text(place: &str, text: &str) -> Checked<()> {
    let n = text.chars().count();
    if limits::TEXT_CHARS < n {
        return fault(place, format!("{n} characters, at most {}", limits::TEXT_CHARS));
    }
    Ok(())
}

fn name_list(place: &str, names: &[String], expected: usize) -> Checked<()> {
    if names.len() != expected {
        return fault(place, format!("{} names, expected {expected}", names.len()));
    }
    for (k, name) in names.iter().enumerate() {
        let n = name.chars().count();
        if n < 1 || limits::NAME_CHARS < n || name.trim() != name {
            let most = limits::NAME_CHARS;
            return fault(format!("{place}[{k}]"), format!("a name of 1 to {most} characters expected"));
        }
        if names[..k].contains(name) {
            return fault(format!("{place}[{k}]"), format!("\"{name}\" stands twice"));
        }
    }
    Ok(())
}

fn table(place: &str, rows: &[Vec<f64>], n_cols: usize) -> Checked<()> {
    for (k, row) in rows.iter().enumerate() {
        numbers(&format!("{place}[{k}]"), row, n_cols)?;
    }
    Ok(())
}

fn numbers(place: &str, numbers: &[f64], expected: usize) -> Checked<()> {
    if numbers.len() != expected {
        return fault(place, format!("{} numbers, expected {expected}", numbers.len()));
    }
    for (k, &number) in numbers.iter().enumerate() {
        range(&format!("{place}[{k}]"), number, -limits::MAGNITUDE, limits::MAGNITUDE)?;
    }
    Ok(())
}

fn range(place: &str, value: f64, min: f64, max: f64) -> Checked<()> {
    if (min..=max).contains(&value) {
        return Ok(());
    }
    fault(place, format!("{value}, expected {min} to {max}"))
}

fn share(place: &str, value: f64) -> Checked<()> {
    if (0.0..1.0).contains(&value) {
        return Ok(());
    }
    fault(place, format!("{value}, expected 0 or more and below 1"))
}

fn positive(place: &str, value: f64) -> Checked<()> {
    if 0.0 < value && value <= 1.0 {
        return Ok(());
    }
    fault(place, format!("{value}, expected above 0 and at most 1"))
}

fn shorten(text: &str) -> String {
    text.chars().take(limits::NAME_CHARS).collect()
}
