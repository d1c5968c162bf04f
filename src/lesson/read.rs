//! From a file to a valid lesson, or its first fault with its place.

use std::rc::Rc;

use super::bookmark::{Bookmark, Place, with_name};
use super::file::{
    BookmarkFile, BookmarksFile, DataFile, FORMAT, GuideFile, GuidePageFile, InitFile, LayerFile, LessonFile,
    MistakesFile, NetworkFile, OptimizerFile, PublishedFile, PublishedList, Row, Rows, VERSION, ViewList,
};
use super::generator::{Generator, Kind};
use super::guide::{GuidePage, with_text};
use super::printed::parse_printed;
use super::view::View;
use super::{Data, Lesson, Published, limits};
use crate::text::document::{List, shorten};
use crate::text::fault::{Fault, Problem, Read, Within, fault};
use crate::text::format;
use crate::words::document::one_of_keys_expected;
use crate::words::lesson::file as words;
use crate::words::lists::listed;
use backprop::activation::Activation;
use backprop::init::Init;
use backprop::loss::Loss;
use backprop::matrix::Matrix;
use backprop::network::{LayerParams, Network, Params};
use backprop::optimizer::{Constant, Optimizer};
use backprop::trace::{Rule, Sample};

/// Checks a whole lesson, no weight, bias, input or target of which is larger than `most`.
pub fn lesson(file: &LessonFile, most: f64) -> Read<Lesson> {
    lesson_on(file, most, None)
}

/// The same; where there are `known` data the lesson has those, whatever data its file has.
pub fn lesson_on(file: &LessonFile, most: f64, known: Option<&Rc<Data>>) -> Read<Lesson> {
    if file.format != FORMAT {
        return fault(words::word_expected(&shorten(&file.format), &FORMAT)).of("format");
    }
    if file.version != VERSION {
        return fault(words::number_expected(&file.version, &VERSION)).of("version");
    }
    let (network, unit_names) = network(&file.network, most).of("network")?;
    let input_names = names(&file.network.input_names, network.n_units(0)).of("input_names").of("network")?;
    let loss = file.loss.0;
    loss_fits(loss, &network).of("loss")?;
    let optimizer = optimizer(&file.optimizer).of("optimizer")?;
    let data = match known {
        Some(data) => suits(data, &network, loss).map(|()| Rc::clone(data)),
        None => data(&file.data, &network, loss, most).map(Rc::new),
    };
    let data = data.of("data")?;
    let batch_size = batch_size(file.batch_size, data.train.len()).of("batch_size")?;
    let published = file.published.as_ref().map(published).transpose().of("published")?;
    let guide = file.guide.as_ref().map(guide).transpose().of("guide")?;
    let bookmarks = file.bookmarks.as_ref().map(bookmarks).transpose().of("bookmarks")?;
    Ok(Lesson {
        title: text(file.title.clone()).of("title")?,
        source: text(file.source.clone()).of("source")?,
        notes: text(file.notes.clone()).of("notes")?,
        input_names,
        unit_names,
        rule: with_mistakes(
            Rule {
                update_order: file.update_order.map_or_else(Default::default, |order| order.0),
                train_biases: file.network.train_biases.unwrap_or(true),
                ..Rule::new(loss, optimizer)
            },
            file.mistakes.as_ref(),
        )
        .of("mistakes")?,
        network: Rc::new(network),
        data,
        batch_size,
        shuffle: file.shuffle,
        notation: file.notation.map_or_else(Default::default, |notation| notation.0),
        published: Rc::new(published.unwrap_or_default()),
        guide: Rc::new(guide.unwrap_or_default()),
        bookmarks: Rc::new(bookmarks.unwrap_or_default()),
    })
}

/// `rule` with what a file does wrong on purpose.
pub fn with_mistakes(rule: Rule, file: Option<&MistakesFile>) -> Read<Rule> {
    let all = file.map_or(Ok(&[][..]), MistakesFile::all)?;
    Ok(all.iter().fold(rule, |rule, mistake| rule.with_mistake(mistake.0, true)))
}

type UnitNames = Vec<Option<Vec<String>>>;

fn network(file: &NetworkFile, most: f64) -> Read<(Network, UnitNames)> {
    let mut n_in = count(file.inputs, limits::INPUTS).of("inputs")?;
    let mut network = Network { params: Params(Vec::new()), activations: Vec::new() };
    let mut unit_names = Vec::new();
    let layers = file.layers.some().of("layers")?;
    for (k, file) in layers.iter().enumerate() {
        let is_last = k + 1 == layers.len();
        let most_params = limits::PARAMETERS - network.n_params();
        let layer = layer(file, is_last, n_in, most_params, most).at(k).of("layers")?;
        n_in = layer.weights.n_rows();
        unit_names.push(names(&file.unit_names, n_in).of("unit_names").at(k).of("layers")?);
        network.params.0.push(layer);
        network.activations.push(file.activation.0);
    }
    Ok((network, unit_names))
}

fn layer(file: &LayerFile, is_last: bool, n_in: usize, most_params: usize, most: f64) -> Read<LayerParams> {
    if file.activation.0 == Activation::Softmax && !is_last {
        return fault(words::softmax_for_last_layer()).of("activation");
    }
    let fits = |n_params: usize| {
        if n_params <= most_params {
            return Ok(());
        }
        fault(words::too_many_parameters(&limits::PARAMETERS))
    };
    let mut layer = match (&file.weights, file.units, &file.init) {
        (Some(_), Some(_), _) => return fault(words::weights_or_units_not_both()).of("units"),
        (Some(_), _, Some(_)) => return fault(words::weights_or_units_not_both()).of("init"),
        (Some(weights), None, None) => {
            let rows = weights.some().of("weights")?;
            fits(rows.len() * n_in)?;
            LayerParams { weights: matrix(rows, n_in, most).of("weights")?, biases: None }
        }
        (None, Some(units), Some(init)) => {
            let n_out = count(units, limits::UNITS).of("units")?;
            fits(n_out * n_in)?;
            self::init(init).of("init")?.draw(n_out, n_in)
        }
        (None, Some(_), None) => return fault(words::missing_beside_units()).of("init"),
        (None, None, Some(_)) => return fault(words::missing_beside_init()).of("units"),
        (None, None, None) => return fault(words::weights_or_units_expected()),
    };
    if let Some(biases) = &file.biases {
        layer.biases = Some(row(biases, layer.weights.n_rows(), most).of("biases")?.to_vec());
    }
    fits(layer.numbers().count())?;
    Ok(layer)
}

fn init(file: &InitFile) -> Read<Init> {
    Ok(Init {
        scheme: file.scheme.0,
        scale: range(file.scale.unwrap_or(1.0), 0.0, limits::SCALE).of("scale")?,
        seed: file.seed.unwrap_or(0),
        biases: file.biases.unwrap_or(true),
    })
}

fn loss_fits(loss: Loss, network: &Network) -> Read<()> {
    let output = network.activation(network.n_layers());
    match (loss, output) {
        (Loss::BinaryCrossEntropy, Activation::Sigmoid) | (Loss::CrossEntropy, Activation::Softmax) => Ok(()),
        (Loss::BinaryCrossEntropy, _) => fault(words::binary_cross_entropy_needs_sigmoid()),
        (Loss::CrossEntropy, _) => fault(words::cross_entropy_needs_softmax()),
        (_, Activation::Softmax) => fault(words::softmax_goes_with_cross_entropy()),
        _ => Ok(()),
    }
}

/// Checks an optimiser.
pub fn optimizer(file: &OptimizerFile) -> Read<Optimizer> {
    let learning_rate = range(file.learning_rate, 0.0, limits::LEARNING_RATE).of("learning_rate")?;
    let methods = Optimizer::all(learning_rate);
    let Some(mut optimizer) = methods.into_iter().find(|method| method.word() == file.method) else {
        let [known @ .., last] = methods.map(Optimizer::word);
        let known = words::words_or(&listed(known.map(str::to_owned)), &last);
        return fault(words::one_of_words_expected(&shorten(&file.method), &known)).of("method");
    };
    let given = Constant::ALL.map(|constant| (constant, *file.constant(constant)));
    for (constant, value) in given {
        let key = constant.word();
        match (optimizer.constant(constant), value) {
            (Some(_), Some(value)) if constant.accepts(value) => {
                optimizer = optimizer.with_constant(constant, value);
            }
            (Some(_), Some(value)) => {
                return fault(words::number_expected(&value, &constant.range())).of(key);
            }
            (Some(_), None) => return fault(Problem::Missing).of(key),
            (None, Some(_)) => {
                let constants = optimizer.constants();
                let own = constants.iter().map(|(constant, _)| constant.word());
                let known = ["method", "learning_rate"].into_iter().chain(own);
                return fault(one_of_keys_expected(&listed(known.map(str::to_owned)))).of(key);
            }
            (None, None) => {}
        }
    }
    Ok(optimizer)
}

/// Checks the samples for a network that learns with `loss`.
pub fn data(file: &DataFile, network: &Network, loss: Loss, most: f64) -> Read<Data> {
    let data = match file.generator {
        Some(kind) => generated(kind.0, file, network, loss)?,
        None => given(file, network, loss, most)?,
    };
    Lesson::check_products(data.train.len() + data.test.len(), network).or_else(fault)?;
    Ok(data)
}

/// Whether a network with this loss can learn from data of another lesson.
///
/// # Errors
/// If it cannot.
pub fn suits(data: &Data, network: &Network, loss: Loss) -> Read<()> {
    let fits = |sample: &Sample| {
        sample.input.len() == network.n_units(0) && sample.target.len() == network.n_outputs()
    };
    let is_suited =
        data.train.iter().chain(&data.test).all(fits) && (!loss.takes_shares() || data.has_shares());
    if !is_suited {
        return fault(words::of_other_network());
    }
    Lesson::check_products(data.train.len() + data.test.len(), network).or_else(fault)
}

/// Data that stand in the file.
fn given(file: &DataFile, network: &Network, loss: Loss, most: f64) -> Read<Data> {
    let others = [
        ("samples", file.samples.is_some()),
        ("noise", file.noise.is_some()),
        ("seed", file.seed.is_some()),
        ("held_out", file.held_out.is_some()),
        ("teacher", file.teacher.is_some()),
    ];
    if let Some((key, _)) = others.into_iter().find(|(_, is_given)| *is_given) {
        return fault(words::goes_with_generator()).of(key);
    }
    let samples = |inputs, targets| samples(inputs, targets, network, loss, most);
    let train = samples(("inputs", &file.inputs), ("targets", &file.targets))?;
    if train.is_empty() {
        return fault(words::no_sample()).of("inputs");
    }
    let test = match (&file.test_inputs, &file.test_targets) {
        (None, None) => Vec::new(),
        (inputs, targets) => samples(("test_inputs", inputs), ("test_targets", targets))?,
    };
    let n = train.len() + test.len();
    if limits::SAMPLES < n {
        return fault(words::too_many_samples(&n, &limits::SAMPLES));
    }
    if limits::DATA_NUMBERS < n * (network.n_units(0) + network.n_outputs()) {
        return fault(words::too_many_numbers(&limits::DATA_NUMBERS));
    }
    Ok(Data { train, test, generator: None })
}

/// Data drawn from a seed.
fn generated(kind: Kind, file: &DataFile, network: &Network, loss: Loss) -> Read<Data> {
    let others = [
        ("inputs", &file.inputs),
        ("targets", &file.targets),
        ("test_inputs", &file.test_inputs),
        ("test_targets", &file.test_targets),
    ];
    if let Some((key, _)) = others.into_iter().find(|(_, rows)| rows.is_some()) {
        return fault(words::data_or_generator_not_both()).of(key);
    }
    let (n_inputs, n_outputs) = (network.n_units(0), network.n_outputs());
    let most = limits::SAMPLES.min(limits::DATA_NUMBERS / (n_inputs + n_outputs));
    let n_samples = match file.samples {
        Some(n) => count(n, most).of("samples")?,
        None => kind.default_samples(n_inputs),
    };
    let teacher = match (kind, &file.teacher) {
        (Kind::Teacher, Some(file)) => widths(file).of("teacher")?,
        (_, Some(_)) => return fault(words::goes_with_teacher()).of("teacher"),
        (_, None) => Vec::new(),
    };
    let generator = Generator {
        kind,
        n_samples,
        noise: range(file.noise.unwrap_or(0.0), 0.0, limits::NOISE).of("noise")?,
        seed: file.seed.unwrap_or(0),
        held_out: range(file.held_out.unwrap_or(0.0), 0.0, limits::HELD_OUT).of("held_out")?,
        teacher,
    };
    let drawn = Lesson::check_generator(&generator, n_inputs, n_outputs)
        .and_then(|()| generator.draw(n_inputs, n_outputs));
    let (train, test) = drawn.or_else(fault).of("generator")?;
    let data = Data { train, test, generator: Some(generator) };
    if loss.takes_shares() && !data.has_shares() {
        return fault(words::targets_leave_range(&kind.name())).of("generator");
    }
    Ok(data)
}

/// Numbers of units of the teacher's hidden layers.
fn widths<const MOST: usize>(file: &List<u64, MOST>) -> Read<Vec<usize>> {
    let width = |(k, n): (usize, &u64)| count(*n, limits::UNITS).at(k);
    file.all()?.iter().enumerate().map(width).collect()
}

/// Samples from the rows of two keys of the file.
fn samples(
    (input_key, inputs): (&str, &Option<Rows>),
    (target_key, targets): (&str, &Option<Rows>),
    network: &Network,
    loss: Loss,
    most: f64,
) -> Read<Vec<Sample>> {
    let missing = || Fault::new("", Problem::Missing);
    let inputs = inputs.as_ref().ok_or_else(missing).of(input_key)?;
    let targets = targets.as_ref().ok_or_else(missing).of(target_key)?;
    let inputs = table(inputs, network.n_units(0), most).of(input_key)?;
    let targets = table(targets, network.n_outputs(), most).of(target_key)?;
    if inputs.len() != targets.len() {
        return fault(words::rows_expected(targets.len(), &format::count(inputs.len() as u64), &input_key))
            .of(target_key);
    }
    if loss.takes_shares() {
        for (k, row) in targets.iter().enumerate() {
            if let Some(j) = row.iter().position(|y| !(0.0..=1.0).contains(y)) {
                return fault(words::range_expected(&row[j], &0, &1)).at(j).at(k).of(target_key);
            }
        }
    }
    Ok(inputs.into_iter().zip(targets).map(|(input, target)| Sample { input, target }).collect())
}

/// How many of `n_samples` samples an update is over.
pub fn batch_size(file: Option<u64>, n_samples: usize) -> Read<usize> {
    file.map_or(Ok(n_samples), |n| count(n, n_samples))
}

/// The bookmarks, but for what their places mean in the lesson.
pub fn bookmarks(file: &BookmarksFile) -> Read<Vec<Bookmark>> {
    file.all()?.iter().enumerate().map(|(k, file)| bookmark(file).at(k)).collect()
}

fn bookmark(file: &BookmarkFile) -> Read<Bookmark> {
    let index = |number: Option<u64>| number.map_or(0, |n| usize::try_from(n).unwrap_or(usize::MAX));
    let epoch = file.epoch.unwrap_or(0);
    let most = limits::BOOKMARK_EPOCH;
    if most < epoch {
        return fault(words::at_most(&epoch, &most)).of("epoch");
    }
    let place = match &file.at {
        Some(_) if file.step.is_some() || file.batch.is_some() => {
            return fault(words::at_or_step_not_both()).of("at");
        }
        Some(name) => Place::At(name.clone()),
        None => Place::Step { batch: index(file.batch), step: index(file.step) },
    };
    with_name(Bookmark {
        name: file.name.clone(),
        epoch,
        place,
        step_by: file.step_by.map(|grain| grain.0),
        opens: views(&file.opens)?,
    })
}

/// What is opened.
fn views(file: &Option<ViewList>) -> Read<Vec<View>> {
    let all = file.as_ref().map(ViewList::all).transpose().of("opens")?;
    Ok(all.unwrap_or_default().iter().map(|word| word.0).collect())
}

fn guide(file: &GuideFile) -> Read<Vec<GuidePage>> {
    file.all()?.iter().enumerate().map(|(k, file)| guide_page(file).at(k)).collect()
}

/// Checks of a page what can be told without the lesson.
fn guide_page(file: &GuidePageFile) -> Read<GuidePage> {
    let rate = |rate| range(rate, 0.0, limits::LEARNING_RATE);
    let epoch = file.epoch.unwrap_or(0);
    if let Some(run_to) = file.run_to.filter(|run_to| !(epoch + 1..=limits::GUIDE_EPOCH).contains(run_to)) {
        let (least, most) = (epoch + 1, limits::GUIDE_EPOCH);
        return fault(words::range_expected(&run_to, &least, &most)).of("run_to");
    }
    let words = |list: &MistakesFile| list.all().map(|all| all.iter().map(|word| word.0).collect());
    with_text(GuidePage {
        text: file.text.clone(),
        epoch,
        at: file.at.clone(),
        optimizer: file.optimizer.as_ref().map(|file| optimizer(file)).transpose().of("optimizer")?,
        learning_rate: file.learning_rate.map(rate).transpose().of("learning_rate")?,
        mistakes: file.mistakes.as_ref().map(words).transpose().of("mistakes")?,
        run_to: file.run_to,
        opens: views(&file.opens)?,
    })
}

/// Checks the numbers that the source prints.
pub fn published(file: &PublishedList) -> Read<Vec<Published>> {
    file.all()?.iter().enumerate().map(|(k, file)| printed(file).at(k)).collect()
}

fn printed(file: &PublishedFile) -> Read<Published> {
    if limits::PUBLISHED_EPOCH < file.epoch {
        return fault(words::at_most(&file.epoch, &limits::PUBLISHED_EPOCH)).of("epoch");
    }
    let value = file.value.trim();
    if value.chars().count() > limits::NAME_CHARS || parse_printed(value).is_none() {
        return fault(words::printed_number_expected(&shorten(value))).of("value");
    }
    Ok(Published {
        epoch: file.epoch,
        quantity: text(Some(file.quantity.clone())).of("quantity")?,
        value: value.to_owned(),
        note: text(file.note.clone()).of("note")?,
    })
}

/// A whole number from 1 to `most`.
fn count(n: u64, most: usize) -> Read<usize> {
    match usize::try_from(n) {
        Ok(n) if (1..=most).contains(&n) => Ok(n),
        _ => fault(words::range_expected(&n, &1, &most)),
    }
}

fn text(file: Option<String>) -> Read<String> {
    let text = file.unwrap_or_default();
    let n = text.chars().count();
    if limits::TEXT_CHARS < n {
        return fault(words::too_long(&n, &limits::TEXT_CHARS));
    }
    Ok(text)
}

fn names<const MOST: usize>(file: &Option<List<String, MOST>>, expected: usize) -> Read<Option<Vec<String>>> {
    let Some(list) = file else {
        return Ok(None);
    };
    let names = list.exactly(expected)?;
    check_list_of_names(names)?;
    Ok(Some(names.to_vec()))
}

/// # Errors
/// The first that cannot be a name of an input or unit beside the others.
pub fn check_list_of_names(names: &[String]) -> Read<()> {
    for (k, name) in names.iter().enumerate() {
        let n = name.chars().count();
        if !(1..=limits::NAME_CHARS).contains(&n) || name.trim() != name {
            return fault(words::name_expected(&limits::NAME_CHARS)).at(k);
        }
        if names[..k].contains(name) {
            return fault(words::name_stands_twice(name)).at(k);
        }
    }
    Ok(())
}

/// Rows of `n_cols` numbers.
fn table(file: &Rows, n_cols: usize, most: f64) -> Read<Vec<Vec<f64>>> {
    let row = |(k, file)| row(file, n_cols, most).at(k).map(<[f64]>::to_vec);
    file.all()?.iter().enumerate().map(row).collect()
}

fn matrix(file: &[Row], n_cols: usize, most: f64) -> Read<Matrix> {
    let row = |(k, file)| row(file, n_cols, most).at(k);
    let rows = file.iter().enumerate().map(row).collect::<Read<Vec<_>>>()?;
    Ok(Matrix::from_fn(rows.len(), n_cols, |i, j| rows[i][j]))
}

fn row(file: &Row, expected: usize, most: f64) -> Read<&[f64]> {
    let numbers = file.exactly(expected)?;
    match numbers.iter().position(|x| !(-most..=most).contains(x)) {
        Some(k) => fault(words::range_expected(&numbers[k], &-most, &most)).at(k),
        None => Ok(numbers),
    }
}

fn range(value: f64, min: f64, max: f64) -> Read<f64> {
    if (min..=max).contains(&value) {
        return Ok(value);
    }
    fault(words::range_expected(&value, &min, &max))
}
