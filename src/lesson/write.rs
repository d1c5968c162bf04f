//! From a lesson to its file.

use serde_json::{Value, json};

use super::{FORMAT, Lesson, VERSION};
use crate::generator::{Generator, Kind};
use crate::optimizer::Optimizer;
use crate::trace::Sample;

/// The lesson's file, with its weights as numbers, drawn or given.
pub fn lesson(lesson: &Lesson) -> Value {
    let network = &lesson.network;
    let layers: Vec<Value> = (1..=network.n_layers())
        .map(|layer| {
            let params = network.layer(layer);
            let mut file = json!({
                "activation": network.activation(layer),
                "weights": params.weights.rows().collect::<Vec<_>>(),
                "biases": params.biases,
            });
            add(&mut file, "unit_names", lesson.unit_names[layer - 1].clone());
            file
        })
        .collect();
    let mut network_file = json!({ "inputs": network.n_units(0) });
    add(&mut network_file, "input_names", lesson.input_names.clone());
    add(&mut network_file, "train_biases", Some(lesson.rule.train_biases));
    add(&mut network_file, "layers", Some(layers));

    let train = &lesson.data.train;
    let data = match &lesson.data.generator {
        Some(generator) => generated(generator),
        None => numbers(train, &lesson.data.test),
    };

    let mut file = json!({
        "format": FORMAT,
        "version": VERSION,
        "title": lesson.title,
        "source": lesson.source,
        "notes": lesson.notes,
        "network": network_file,
        "loss": lesson.rule.loss,
        "optimizer": optimizer(lesson.rule.optimizer),
        "update_order": lesson.rule.update_order,
        "data": data,
        "notation": lesson.notation,
    });
    add(&mut file, "batch_size", (lesson.batch_size != train.len()).then_some(lesson.batch_size));
    add(&mut file, "shuffle", lesson.shuffle);
    let published: Vec<Value> = lesson
        .published
        .iter()
        .map(|entry| {
            json!({
                "epoch": entry.epoch,
                "quantity": entry.quantity,
                "value": entry.value,
                "note": entry.note,
            })
        })
        .collect();
    add(&mut file, "published", Some(published));
    file
}

fn add<T: Into<Value>>(file: &mut Value, key: &str, value: Option<T>) {
    if let Some(value) = value {
        file[key] = value.into();
    }
}

fn numbers(train: &[Sample], test: &[Sample]) -> Value {
    let mut data = json!({ "inputs": inputs(train), "targets": targets(train) });
    add(&mut data, "test_inputs", (!test.is_empty()).then(|| inputs(test)));
    add(&mut data, "test_targets", (!test.is_empty()).then(|| targets(test)));
    data
}

fn generated(generator: &Generator) -> Value {
    let mut data = json!({
        "generator": generator.kind,
        "samples": generator.n_samples,
        "noise": generator.noise,
        "seed": generator.seed,
        "held_out": generator.held_out,
    });
    add(&mut data, "teacher", (generator.kind == Kind::Teacher).then(|| generator.teacher.clone()));
    data
}

fn inputs(samples: &[Sample]) -> Value {
    samples.iter().map(|sample| sample.input.as_slice()).collect()
}

fn targets(samples: &[Sample]) -> Value {
    samples.iter().map(|sample| sample.target.as_slice()).collect()
}

fn optimizer(optimizer: Optimizer) -> Value {
    match optimizer {
        Optimizer::Sgd { learning_rate } => json!({ "method": "sgd", "learning_rate": learning_rate }),
        Optimizer::Momentum { learning_rate, momentum } => {
            json!({ "method": "momentum", "learning_rate": learning_rate, "momentum": momentum })
        }
        Optimizer::Rmsprop { learning_rate, decay, epsilon } => json!({
            "method": "rmsprop",
            "learning_rate": learning_rate,
            "decay": decay,
            "epsilon": epsilon,
        }),
        Optimizer::Adam { learning_rate, beta1, beta2, epsilon } => json!({
            "method": "adam",
            "learning_rate": learning_rate,
            "beta1": beta1,
            "beta2": beta2,
            "epsilon": epsilon,
        }),
    }
}
