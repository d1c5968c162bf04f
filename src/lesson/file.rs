//! The lesson file as it is written: optional keys, lists of lists. Checked in `validate`.

use serde::{Deserialize, Serialize};

use super::{Lesson, Notation, Published};
use crate::activation::Activation;
use crate::init::Init;
use crate::loss::Loss;
use crate::optimizer::Optimizer;
use crate::trace::{Sample, UpdateOrder};

/// The value of `format`.
pub const FORMAT: &str = "chainrule-lesson";
/// The value of `version`.
pub const VERSION: u64 = 1;

/// A whole file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LessonFile {
    pub format: String,
    pub version: u64,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub source: String,
    #[serde(default)]
    pub notes: String,
    pub network: NetworkFile,
    pub loss: Loss,
    pub optimizer: Optimizer,
    #[serde(default)]
    pub update_order: UpdateOrder,
    pub data: DataFile,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch_size: Option<usize>,
    #[serde(default)]
    pub notation: Notation,
    #[serde(default)]
    pub published: Vec<Published>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NetworkFile {
    pub inputs: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub input_names: Option<Vec<String>>,
    #[serde(default = "yes")]
    pub train_biases: bool,
    pub layers: Vec<LayerFile>,
}

fn yes() -> bool {
    true
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayerFile {
    pub activation: Activation,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weights: Option<Vec<Vec<f64>>>,
    #[serde(default)]
    pub biases: Option<Vec<f64>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_names: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub units: Option<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub init: Option<Init>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataFile {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inputs: Option<Vec<Vec<f64>>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub targets: Option<Vec<Vec<f64>>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub test_inputs: Option<Vec<Vec<f64>>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub test_targets: Option<Vec<Vec<f64>>>,
    #[serde(default, skip_serializing)]
    pub generator: Option<String>,
    #[serde(default, skip_serializing)]
    pub samples: Option<u64>,
    #[serde(default, skip_serializing)]
    pub noise: Option<f64>,
    #[serde(default, skip_serializing)]
    pub seed: Option<u64>,
}

/// Writes a lesson with its numbers, drawn or given.
pub fn write(lesson: &Lesson) -> String {
    let network = &lesson.network;
    let layers = (1..=network.n_layers())
        .map(|layer| LayerFile {
            activation: network.activation(layer),
            weights: Some(network.layer(layer).weights.rows().map(<[f64]>::to_vec).collect()),
            biases: network.layer(layer).biases.clone(),
            unit_names: lesson.unit_names[layer - 1].clone(),
            units: None,
            init: None,
        })
        .collect();
    let inputs = |samples: &[Sample]| samples.iter().map(|s| s.input.clone()).collect();
    let targets = |samples: &[Sample]| samples.iter().map(|s| s.target.clone()).collect();
    let (train, test) = (&lesson.data.train, &lesson.data.test);
    let file = LessonFile {
        format: FORMAT.to_owned(),
        version: VERSION,
        title: lesson.title.clone(),
        source: lesson.source.clone(),
        notes: lesson.notes.clone(),
        network: NetworkFile {
            inputs: network.n_units(0),
            input_names: lesson.input_names.clone(),
            train_biases: lesson.rule.train_biases,
            layers,
        },
        loss: lesson.rule.loss,
        optimizer: lesson.rule.optimizer,
        update_order: lesson.rule.update_order,
        data: DataFile {
            inputs: Some(inputs(train)),
            targets: Some(targets(train)),
            test_inputs: (!test.is_empty()).then(|| inputs(test)),
            test_targets: (!test.is_empty()).then(|| targets(test)),
            generator: None,
            samples: None,
            noise: None,
            seed: None,
        },
        batch_size: (lesson.batch_size != train.len()).then_some(lesson.batch_size),
        notation: lesson.notation,
        published: lesson.published.to_vec(),
    };
    // Serialising plain lists, strings and numbers cannot fail.
    serde_json::to_string_pretty(&file).unwrap_or_default()
}
