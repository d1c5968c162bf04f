//! From a lesson to its file.

use super::{Data, FORMAT, Lesson, Published, VERSION};
use crate::lesson::generator::{Generator, Kind};
use crate::text::json::{Value, Word, object};
use backprop::optimizer::Optimizer;
use backprop::trace::Sample;

/// The lesson's file, with its weights as numbers, drawn or given.
pub fn lesson(lesson: &Lesson) -> Value {
    let train = &lesson.data.train;
    let is_whole_batch = lesson.batch_size == train.len();
    object(vec![
        ("format", FORMAT.into()),
        ("version", VERSION.into()),
        ("title", lesson.title.as_str().into()),
        ("source", lesson.source.as_str().into()),
        ("notes", lesson.notes.as_str().into()),
        ("network", network(lesson)),
        ("loss", lesson.rule.loss.word().into()),
        ("optimizer", optimizer(lesson.rule.optimizer)),
        ("update_order", lesson.rule.update_order.word().into()),
        ("data", data(&lesson.data)),
        ("notation", lesson.notation.word().into()),
        ("batch_size", (!is_whole_batch).then_some(lesson.batch_size).into()),
        ("shuffle", lesson.shuffle.into()),
        ("published", lesson.published.iter().map(published).collect()),
    ])
}

fn network(lesson: &Lesson) -> Value {
    let network = &lesson.network;
    let layer = |layer: usize| {
        let params = network.layer(layer);
        object(vec![
            ("activation", network.activation(layer).word().into()),
            ("weights", params.weights.rows().collect()),
            ("biases", params.biases.as_deref().into()),
            ("unit_names", lesson.unit_names[layer - 1].as_deref().into()),
        ])
    };
    object(vec![
        ("inputs", network.n_units(0).into()),
        ("input_names", lesson.input_names.as_deref().into()),
        ("train_biases", lesson.rule.train_biases.into()),
        ("layers", (1..=network.n_layers()).map(layer).collect()),
    ])
}

fn data(data: &Data) -> Value {
    match &data.generator {
        Some(generator) => generated(generator),
        None => object(vec![
            ("inputs", inputs(&data.train)),
            ("targets", targets(&data.train)),
            ("test_inputs", (!data.test.is_empty()).then(|| inputs(&data.test)).into()),
            ("test_targets", (!data.test.is_empty()).then(|| targets(&data.test)).into()),
        ]),
    }
}

fn generated(generator: &Generator) -> Value {
    let teacher = || generator.teacher.iter().copied().collect::<Value>();
    object(vec![
        ("generator", generator.kind.word().into()),
        ("samples", generator.n_samples.into()),
        ("noise", generator.noise.into()),
        ("seed", generator.seed.into()),
        ("held_out", generator.held_out.into()),
        ("teacher", (generator.kind == Kind::Teacher).then(teacher).into()),
    ])
}

fn inputs(samples: &[Sample]) -> Value {
    samples.iter().map(|sample| sample.input.as_slice()).collect()
}

fn targets(samples: &[Sample]) -> Value {
    samples.iter().map(|sample| sample.target.as_slice()).collect()
}

fn published(entry: &Published) -> Value {
    object(vec![
        ("epoch", entry.epoch.into()),
        ("quantity", entry.quantity.as_str().into()),
        ("value", entry.value.as_str().into()),
        ("note", entry.note.as_str().into()),
    ])
}

fn optimizer(optimizer: Optimizer) -> Value {
    let (method, constants) = match optimizer {
        Optimizer::Sgd { .. } => ("sgd", vec![]),
        Optimizer::Momentum { momentum, .. } => ("momentum", vec![("momentum", momentum.into())]),
        Optimizer::Rmsprop { decay, epsilon, .. } => {
            ("rmsprop", vec![("decay", decay.into()), ("epsilon", epsilon.into())])
        }
        Optimizer::Adam { beta1, beta2, epsilon, .. } => {
            ("adam", vec![("beta1", beta1.into()), ("beta2", beta2.into()), ("epsilon", epsilon.into())])
        }
    };
    let mut file = vec![("method", method.into()), ("learning_rate", optimizer.learning_rate().into())];
    file.extend(constants);
    object(file)
}
