//! From a file to a valid lesson, or its first fault with its place.

use std::rc::Rc;

use super::{Data, FORMAT, Lesson, Published, VERSION, limits};
use crate::lesson::generator::{Generator, Kind};
use crate::lesson::printed::parse_printed;
use crate::text::json::{Fault, Object, Place, Read};
use backprop::activation::Activation;
use backprop::init::{Init, Scheme};
use backprop::loss::Loss;
use backprop::matrix::Matrix;
use backprop::network::{LayerParams, Network, Params};
use backprop::optimizer::Optimizer;
use backprop::trace::{Rule, Sample, UpdateOrder};

/// Reads a whole lesson, no weight, bias, input or target of which is larger than `most`.
pub fn lesson(file: &Place, most: f64) -> Read<Lesson> {
    let file = file.object(&[
        "format",
        "version",
        "title",
        "source",
        "notes",
        "network",
        "loss",
        "optimizer",
        "update_order",
        "data",
        "batch_size",
        "shuffle",
        "notation",
        "published",
    ])?;
    let format = file.required("format")?;
    if format.text()? != FORMAT {
        return format.fault(format!("\"{}\", expected \"{FORMAT}\"", shorten(format.text()?)));
    }
    let version = file.required("version")?;
    if version.count()? != VERSION {
        return version.fault(format!("{}, expected {VERSION}", version.count()?));
    }
    let network_file =
        file.required("network")?.object(&["inputs", "input_names", "train_biases", "layers"])?;
    let (network, unit_names) = network(&network_file, most)?;
    let input_names = names(&network_file, "input_names", network.n_units(0))?;
    let loss_place = file.required("loss")?;
    let loss = loss_place.word()?;
    loss_fits(&loss_place, loss, &network)?;
    let optimizer = optimizer(&file.required("optimizer")?)?;
    let data_place = file.required("data")?;
    let data = data(&data_place, &network, loss, most)?;
    if let Err(problem) = Lesson::check_products(data.train.len() + data.test.len(), &network) {
        return data_place.fault(problem);
    }
    let n_samples = data.train.len();
    let batch_size = match file.optional("batch_size") {
        None => n_samples,
        Some(place) => count(&place, n_samples)?,
    };
    Ok(Lesson {
        title: text(&file, "title")?,
        source: text(&file, "source")?,
        notes: text(&file, "notes")?,
        input_names,
        unit_names,
        rule: Rule {
            loss,
            optimizer,
            update_order: file
                .optional("update_order")
                .map_or(Ok(UpdateOrder::default()), |place| place.word())?,
            train_biases: network_file.optional("train_biases").map_or(Ok(true), |place| place.flag())?,
        },
        network: Rc::new(network),
        data: Rc::new(data),
        batch_size,
        shuffle: file.optional("shuffle").map(|seed| seed.count()).transpose()?,
        notation: file.optional("notation").map_or(Ok(super::Notation::default()), |place| place.word())?,
        published: Rc::new(published(&file)?),
    })
}

type UnitNames = Vec<Option<Vec<String>>>;

fn network(file: &Object, most: f64) -> Read<(Network, UnitNames)> {
    let mut n_in = count(&file.required("inputs")?, limits::INPUTS)?;
    let place = file.required("layers")?;
    let layer_places = place.list()?;
    if layer_places.is_empty() || limits::LAYERS < layer_places.len() {
        return place.fault(format!("{} layers, expected 1 to {}", layer_places.len(), limits::LAYERS));
    }
    let mut layers = Vec::new();
    let mut activations = Vec::new();
    let mut unit_names = Vec::new();
    let mut n_params = 0;
    for (k, place) in layer_places.iter().enumerate() {
        let file = place.object(&["activation", "weights", "biases", "unit_names", "units", "init"])?;
        let activation = file.required("activation")?;
        activations.push(activation.word()?);
        if activations[k] == Activation::Softmax && k + 1 < layer_places.len() {
            return activation.fault("softmax is for the last layer only");
        }
        let n_out = n_units(place, &file)?;
        let too_many = || place.fault(format!("more than {} weights and biases in all", limits::PARAMETERS));
        if limits::PARAMETERS < n_params + n_out * n_in {
            return too_many();
        }
        let layer = layer(&file, n_out, n_in, most)?;
        n_params += layer.numbers().count();
        if limits::PARAMETERS < n_params {
            return too_many();
        }
        layers.push(layer);
        unit_names.push(names(&file, "unit_names", n_out)?);
        n_in = n_out;
    }
    Ok((Network { params: Params(layers), activations }, unit_names))
}

fn n_units(place: &Place, layer: &Object) -> Read<usize> {
    match (layer.optional("weights"), layer.optional("units"), layer.optional("init")) {
        (Some(_), Some(extra), _) | (Some(_), _, Some(extra)) => {
            extra.fault("give weights, or units and init, not both")
        }
        (Some(weights), None, None) => {
            let n = weights.list()?.len();
            if !(1..=limits::UNITS).contains(&n) {
                return weights.fault(format!("{n} rows, expected 1 to {}", limits::UNITS));
            }
            Ok(n)
        }
        (None, Some(units), Some(_)) => count(&units, limits::UNITS),
        (None, Some(_), None) => Err(Fault::new(format!("{}.init", place.path()), "missing beside units")),
        (None, None, Some(_)) => Err(Fault::new(format!("{}.units", place.path()), "missing beside init")),
        (None, None, None) => place.fault("weights, or units and init, expected"),
    }
}

fn layer(file: &Object, n_out: usize, n_in: usize, most: f64) -> Read<LayerParams> {
    let biases = file.optional("biases").map(|place| row(&place, n_out, most)).transpose()?;
    if let Some(weights) = file.optional("weights") {
        let rows = table(&weights, n_in, most)?;
        let weights = Matrix::from_fn(n_out, n_in, |i, j| rows[i][j]);
        return Ok(LayerParams { weights, biases });
    }
    let mut drawn = init(&file.required("init")?)?.draw(n_out, n_in);
    if biases.is_some() {
        drawn.biases = biases;
    }
    Ok(drawn)
}

fn init(place: &Place) -> Read<Init> {
    let file = place.object(&["scheme", "scale", "seed", "biases"])?;
    let scheme: Scheme = file.required("scheme")?.word()?;
    Ok(Init {
        scheme,
        scale: file
            .optional("scale")
            .map_or(Ok(1.0), |place| range(&place, place.number()?, 0.0, limits::SCALE))?,
        seed: file.optional("seed").map_or(Ok(0), |place| place.count())?,
        biases: file.optional("biases").map_or(Ok(true), |place| place.flag())?,
    })
}

fn loss_fits(place: &Place, loss: Loss, network: &Network) -> Read<()> {
    let output = network.activation(network.n_layers());
    match (loss, output) {
        (Loss::BinaryCrossEntropy, Activation::Sigmoid) | (Loss::CrossEntropy, Activation::Softmax) => Ok(()),
        (Loss::BinaryCrossEntropy, _) => place.fault("binary_cross_entropy needs a sigmoid output layer"),
        (Loss::CrossEntropy, _) => place.fault("cross_entropy needs a softmax output layer"),
        (_, Activation::Softmax) => place.fault("a softmax output layer goes with cross_entropy only"),
        _ => Ok(()),
    }
}

fn optimizer(place: &Place) -> Read<Optimizer> {
    let every_key = ["method", "learning_rate", "momentum", "decay", "beta1", "beta2", "epsilon"];
    let method_place = place.object(&every_key)?.required("method")?;
    let method = method_place.text()?;
    let keys: &[&str] = match method {
        "sgd" => &["method", "learning_rate"],
        "momentum" => &["method", "learning_rate", "momentum"],
        "rmsprop" => &["method", "learning_rate", "decay", "epsilon"],
        "adam" => &["method", "learning_rate", "beta1", "beta2", "epsilon"],
        other => {
            return method_place
                .fault(format!("\"{}\", expected sgd, momentum, rmsprop or adam", shorten(other)));
        }
    };
    let file = place.object(keys)?;
    let rate = file.required("learning_rate")?;
    let learning_rate = range(&rate, rate.number()?, 0.0, limits::LEARNING_RATE)?;
    let share = |key: &str| {
        let place = file.required(key)?;
        match place.number()? {
            share if (0.0..1.0).contains(&share) => Ok(share),
            other => place.fault(format!("{other}, expected 0 or more and below 1")),
        }
    };
    let epsilon = || {
        let place = file.required("epsilon")?;
        match place.number()? {
            epsilon if 0.0 < epsilon && epsilon <= 1.0 => Ok(epsilon),
            other => place.fault(format!("{other}, expected above 0 and at most 1")),
        }
    };
    Ok(match method {
        "sgd" => Optimizer::Sgd { learning_rate },
        "momentum" => Optimizer::Momentum { learning_rate, momentum: share("momentum")? },
        "rmsprop" => Optimizer::Rmsprop { learning_rate, decay: share("decay")?, epsilon: epsilon()? },
        _ => Optimizer::Adam {
            learning_rate,
            beta1: share("beta1")?,
            beta2: share("beta2")?,
            epsilon: epsilon()?,
        },
    })
}

fn data(place: &Place, network: &Network, loss: Loss, most: f64) -> Read<Data> {
    let file = place.object(&[
        "inputs",
        "targets",
        "test_inputs",
        "test_targets",
        "generator",
        "samples",
        "noise",
        "seed",
        "held_out",
        "teacher",
    ])?;
    if let Some(kind) = file.optional("generator") {
        return generated(&kind, &file, network, loss);
    }
    for key in GENERATOR_KEYS {
        if let Some(place) = file.optional(key) {
            return place.fault("goes with a generator only");
        }
    }
    let train = samples(&file, "inputs", "targets", network, loss, most)?;
    if train.is_empty() {
        return Err(Fault::new(format!("{}.inputs", place.path()), "no sample, expected at least 1"));
    }
    let test = samples(&file, "test_inputs", "test_targets", network, loss, most)?;
    let n = train.len() + test.len();
    if limits::SAMPLES < n {
        return place.fault(format!("{n} samples, at most {}", limits::SAMPLES));
    }
    if limits::DATA_NUMBERS < n * (network.n_units(0) + network.n_outputs()) {
        return place.fault(format!("more than {} numbers", limits::DATA_NUMBERS));
    }
    Ok(Data { train, test, generator: None })
}

const GENERATOR_KEYS: [&str; 5] = ["samples", "noise", "seed", "held_out", "teacher"];

/// Data drawn from a seed.
fn generated(place: &Place, file: &Object, network: &Network, loss: Loss) -> Read<Data> {
    for key in ["inputs", "targets", "test_inputs", "test_targets"] {
        if let Some(place) = file.optional(key) {
            return place.fault("give inputs and targets, or a generator, not both");
        }
    }
    let kind: Kind = place.word()?;
    let (n_inputs, n_outputs) = (network.n_units(0), network.n_outputs());
    let most = limits::SAMPLES.min(limits::DATA_NUMBERS / (n_inputs + n_outputs));
    let n_samples = match file.optional("samples") {
        Some(place) => count(&place, most)?,
        None => kind.default_samples(n_inputs),
    };
    let number = |key: &str, max: f64| {
        file.optional(key).map_or(Ok(0.0), |place| range(&place, place.number()?, 0.0, max))
    };
    let teacher = match (kind, file.optional("teacher")) {
        (Kind::Teacher, Some(place)) => widths(&place)?,
        (_, Some(place)) => return place.fault("goes with the generator \"teacher\" only"),
        (_, None) => Vec::new(),
    };
    let generator = Generator {
        kind,
        n_samples,
        noise: number("noise", limits::NOISE)?,
        seed: file.optional("seed").map_or(Ok(0), |place| place.count())?,
        held_out: number("held_out", limits::HELD_OUT)?,
        teacher,
    };
    let drawn = Lesson::check_generator(&generator, n_inputs, n_outputs)
        .and_then(|()| generator.draw(n_inputs, n_outputs));
    let (train, test) = drawn.or_else(|problem| place.fault(problem))?;
    let data = Data { train, test, generator: Some(generator) };
    if loss.takes_shares() && !data.has_shares() {
        return place
            .fault(format!("the targets of {} leave 0 to 1, which this loss does not take", kind.name()));
    }
    Ok(data)
}

/// Numbers of units of the teacher's hidden layers.
fn widths(place: &Place) -> Read<Vec<usize>> {
    let places = place.list()?;
    if limits::LAYERS < places.len() + 1 {
        return place.fault(format!("{} hidden layers, at most {}", places.len(), limits::LAYERS - 1));
    }
    places.iter().map(|place| count(place, limits::UNITS)).collect()
}

fn samples(
    data: &Object,
    input_key: &str,
    target_key: &str,
    network: &Network,
    loss: Loss,
    most: f64,
) -> Read<Vec<Sample>> {
    if data.optional(input_key).is_none() && data.optional(target_key).is_none() {
        return Ok(Vec::new());
    }
    let target_place = data.required(target_key)?;
    let inputs = table(&data.required(input_key)?, network.n_units(0), most)?;
    let targets = table(&target_place, network.n_outputs(), most)?;
    if inputs.len() != targets.len() {
        let (n, expected) = (targets.len(), inputs.len());
        return target_place.fault(format!("{n} rows, expected {expected}, one per row of {input_key}"));
    }
    if loss.takes_shares() {
        let outside = |y: &f64| !(0.0..=1.0).contains(y);
        for (k, row) in targets.iter().enumerate() {
            if let Some(j) = row.iter().position(outside) {
                let place = format!("{}[{k}][{j}]", target_place.path());
                return Err(Fault::new(place, format!("{}, expected 0 to 1", row[j])));
            }
        }
    }
    Ok(inputs.into_iter().zip(targets).map(|(input, target)| Sample { input, target }).collect())
}

fn published(file: &Object) -> Read<Vec<Published>> {
    let Some(place) = file.optional("published") else {
        return Ok(Vec::new());
    };
    let entries = place.list()?;
    if limits::PUBLISHED < entries.len() {
        return place.fault(format!("{} numbers, at most {}", entries.len(), limits::PUBLISHED));
    }
    let entry = |place: &Place| {
        let file = place.object(&["epoch", "quantity", "value", "note"])?;
        let epoch = file.required("epoch")?;
        if limits::PUBLISHED_EPOCH < epoch.count()? {
            return epoch.fault(format!("{}, at most {}", epoch.count()?, limits::PUBLISHED_EPOCH));
        }
        let value = file.required("value")?;
        let printed = value.text()?.trim();
        if printed.chars().count() > limits::NAME_CHARS || parse_printed(printed).is_none() {
            return value.fault(format!("\"{}\", expected a number such as \"0.191\"", shorten(printed)));
        }
        file.required("quantity")?;
        Ok(Published {
            epoch: epoch.count()?,
            quantity: text(&file, "quantity")?,
            value: printed.to_owned(),
            note: text(&file, "note")?,
        })
    };
    entries.iter().map(entry).collect()
}

/// A whole number from 1 to `most`.
fn count(place: &Place, most: usize) -> Read<usize> {
    match usize::try_from(place.count()?) {
        Ok(n) if (1..=most).contains(&n) => Ok(n),
        _ => place.fault(format!("{}, expected 1 to {most}", place.count()?)),
    }
}

fn text(file: &Object, key: &str) -> Read<String> {
    let Some(place) = file.optional(key) else {
        return Ok(String::new());
    };
    let n = place.text()?.chars().count();
    if limits::TEXT_CHARS < n {
        return place.fault(format!("{n} characters, at most {}", limits::TEXT_CHARS));
    }
    Ok(place.text()?.to_owned())
}

fn names(file: &Object, key: &str, expected: usize) -> Read<Option<Vec<String>>> {
    let Some(place) = file.optional(key) else {
        return Ok(None);
    };
    let places = place.list()?;
    if places.len() != expected {
        return place.fault(format!("{} names, expected {expected}", places.len()));
    }
    let mut names: Vec<String> = Vec::with_capacity(expected);
    for place in places {
        let name = place.text()?;
        let n = name.chars().count();
        if !(1..=limits::NAME_CHARS).contains(&n) || name.trim() != name {
            return place.fault(format!("a name of 1 to {} characters expected", limits::NAME_CHARS));
        }
        if names.iter().any(|earlier| earlier == name) {
            return place.fault(format!("\"{name}\" stands twice"));
        }
        names.push(name.to_owned());
    }
    Ok(Some(names))
}

/// Rows of `n_cols` numbers.
fn table(place: &Place, n_cols: usize, most: f64) -> Read<Vec<Vec<f64>>> {
    place.list()?.iter().map(|place| row(place, n_cols, most)).collect()
}

fn row(place: &Place, expected: usize, most: f64) -> Read<Vec<f64>> {
    let numbers = place.numbers()?;
    if numbers.len() != expected {
        return place.fault(format!("{} numbers, expected {expected}", numbers.len()));
    }
    if let Some(k) = numbers.iter().position(|x| !(-most..=most).contains(x)) {
        let place = format!("{}[{k}]", place.path());
        return Err(Fault::new(place, format!("{}, expected {} to {most}", numbers[k], -most)));
    }
    Ok(numbers)
}

fn range(place: &Place, value: f64, min: f64, max: f64) -> Read<f64> {
    if (min..=max).contains(&value) {
        return Ok(value);
    }
    place.fault(format!("{value}, expected {min} to {max}"))
}

fn shorten(text: &str) -> String {
    text.chars().take(limits::NAME_CHARS).collect()
}
