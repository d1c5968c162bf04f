//! Prints the numbers of a lesson as JSON: the first pass, the first update and a whole run.
//!
//! ```sh
//! cargo run --release --example trace -- static/lessons/hmkcode.json --epochs 100
//! ```
//!
//! Every number reads back to the same f64. A lesson with a fault or a run that diverges gives one
//! line on standard error, exit status 2 and nothing on standard output.

use std::io::Write;
use std::process::ExitCode;
use std::rc::Rc;

use backprop::network::{LayerParams, Params};
use backprop::trace::{Model, SampleTrace, UpdateTrace, loss_over};
use chainrule::lesson::Lesson;
use serde::Serialize;

const USAGE: &str = "usage: trace LESSON.json --epochs N";

/// What is printed. Docs: `docs/lesson-format.md`, "Numbers without the browser".
#[derive(Serialize)]
struct Numbers {
    samples: Vec<SampleNumbers>,
    loss: f64,
    gradients: Vec<LayerNumbers>,
    updated: Vec<LayerNumbers>,
    loss_history: Vec<f64>,
    loss_after: f64,
    r#final: Vec<LayerNumbers>,
}

/// One list per layer, from the first hidden layer to the output.
#[derive(Serialize)]
struct SampleNumbers {
    z: Vec<Vec<f64>>,
    a: Vec<Vec<f64>>,
    delta: Vec<Vec<f64>>,
    loss: f64,
}

#[derive(Serialize)]
struct LayerNumbers {
    weights: Vec<Vec<f64>>,
    biases: Option<Vec<f64>>,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(json) => {
            // Whoever closes the pipe early has read enough.
            let _ = writeln!(std::io::stdout(), "{json}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::from(2)
        }
    }
}

/// The JSON text, or what is wrong in one line.
fn run(arguments: &[String]) -> Result<String, String> {
    let [path, flag, epochs] = arguments else {
        return Err(USAGE.to_owned());
    };
    if flag != "--epochs" {
        return Err(format!("{flag}: unknown option; {USAGE}"));
    }
    let epochs: u64 =
        epochs.parse().map_err(|_| format!("{epochs}: a number of epochs expected; {USAGE}"))?;
    let text = std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    let lesson = Lesson::from_json(&text).map_err(|fault| format!("{path}: {fault}"))?;
    let numbers = numbers(&lesson, epochs).map_err(|epoch| {
        format!("{path}: the run diverges at epoch {epoch}: a number grows beyond what an f64 holds")
    })?;
    serde_json::to_string(&numbers).map_err(|error| format!("{path}: {error}"))
}

/// The numbers of `epochs` epochs, or the first epoch that has one that is not finite.
fn numbers(lesson: &Lesson, epochs: u64) -> Result<Numbers, u64> {
    let start = Rc::new(Model::start(lesson.network.as_ref().clone()));
    let pass = UpdateTrace::new(&start, lesson.rule, lesson.data.train.iter()).pass;
    if !pass.is_finite() {
        return Err(0);
    }
    let first = after_epoch(lesson, 0, &start);
    let updated = layers(&first.network.params);

    let mut model = start;
    let mut loss_history = Vec::new();
    for epoch in 0..epochs {
        loss_history.push(loss_of(lesson, &model, epoch)?);
        model = if epoch == 0 { Rc::clone(&first) } else { after_epoch(lesson, epoch, &model) };
    }
    // `updated` is printed even if no epoch is asked for.
    loss_of(lesson, &first, 1)?;
    Ok(Numbers {
        samples: pass
            .samples
            .iter()
            .map(|sample| sample_numbers(sample, lesson.network.n_layers()))
            .collect(),
        loss: pass.loss,
        gradients: layers(&pass.gradients),
        updated,
        loss_history,
        loss_after: loss_of(lesson, &model, epochs)?,
        r#final: layers(&model.network.params),
    })
}

fn after_epoch(lesson: &Lesson, epoch: u64, model: &Rc<Model>) -> Rc<Model> {
    (0..lesson.n_batches()).fold(Rc::clone(model), |model, batch| {
        UpdateTrace::new(&model, lesson.rule, lesson.batch(epoch, batch).into_iter()).after
    })
}

/// The loss over all training samples with `model`, which stands at the start of `epoch`.
fn loss_of(lesson: &Lesson, model: &Model, epoch: u64) -> Result<f64, u64> {
    let loss = loss_over(&model.network, lesson.rule.loss, lesson.data.train.iter());
    if loss.is_finite() && model.network.params.is_finite() { Ok(loss) } else { Err(epoch) }
}

fn sample_numbers(sample: &SampleTrace, n_layers: usize) -> SampleNumbers {
    let SampleTrace { forward, backward } = sample;
    let per_layer = |numbers: &dyn Fn(usize) -> Vec<f64>| (1..=n_layers).map(numbers).collect();
    SampleNumbers {
        z: per_layer(&|layer| forward.sums(layer).to_vec()),
        a: per_layer(&|layer| forward.activations(layer).to_vec()),
        delta: per_layer(&|layer| backward.deltas(layer).to_vec()),
        loss: forward.loss(),
    }
}

fn layers(params: &Params) -> Vec<LayerNumbers> {
    let layer = |layer: &LayerParams| LayerNumbers {
        weights: layer.weights.rows().map(<[f64]>::to_vec).collect(),
        biases: layer.biases.clone(),
    };
    params.0.iter().map(layer).collect()
}
