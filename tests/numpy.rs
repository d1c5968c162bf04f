//! The NumPy lines of an update are run by a real Python as they are, and come to the numbers of the trace.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod common;

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use backprop::activation::Activation;
use backprop::loss::Loss;
use backprop::matrix::Matrix;
use backprop::mistakes::Mistake;
use backprop::network::{LayerParams, Params, UnitId};
use backprop::optimizer::{Constant, Optimizer};
use chainrule::explanation::matrix_form::orientation::Orientation;
use chainrule::explanation::numpy::{MOST_NUMBERS, numpy_lines};
use chainrule::lesson::Lesson;
use chainrule::lesson::quantity::Quantity;
use chainrule::moment::Moment;
use chainrule::session::Action;
use common::{FOUR_POINTS, HMKCODE, LECTURE, MAZUR, XOR, json_files, lesson, lessons, session};
use serde_json::Value;

/// Runs each script by itself and writes what its arrays hold.
const RUNNER: &str = r#"
import contextlib, io, json, sys
import numpy as np
np.seterr(all="raise", under="ignore")
found = []
for path in sys.argv[1:]:
    names, printed = {}, io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(open(path, encoding="utf-8").read(), names)
    arrays = {k: np.asarray(v, dtype=float).tolist() for k, v in names.items() if isinstance(v, (np.ndarray, np.floating, float, int)) and not k.startswith("_")}
    found.append({"arrays": arrays, "printed": printed.getvalue()})
print(json.dumps(found))
"#;

/// Debian's package belongs to Debian's Python, which need not be the first one.
fn python() -> Command {
    let has_numpy = |python: &&str| {
        let status = Command::new(python).args(["-c", "import numpy"]).output();
        status.is_ok_and(|output| output.status.success())
    };
    let found = ["python3", "/usr/bin/python3"].into_iter().find(|python| has_numpy(python));
    Command::new(found.expect("NumPy is installed by script/setup --tests"))
}

/// What the scripts come to, in their order.
fn run(name: &str, scripts: &[String]) -> Vec<Value> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("numpy-{name}"));
    fs::create_dir_all(&folder).unwrap();
    let path = |k: usize| folder.join(format!("{k}.py"));
    for (k, script) in scripts.iter().enumerate() {
        fs::write(path(k), script).unwrap();
    }
    let runner = folder.join("runner.py");
    fs::write(&runner, RUNNER).unwrap();
    let output = python().arg(&runner).args((0..scripts.len()).map(path)).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.is_empty(), "{name}: {said}");
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    found.as_array().unwrap().clone()
}

/// The number that stands at a place of an array.
fn at(array: &Value, i: usize, j: usize) -> f64 {
    array[i][j].as_f64().unwrap_or_else(|| panic!("[{i}][{j}] of {array}"))
}

/// Holds all arrays of a script against the trace.
fn expect_trace(name: &str, moment: &Moment, orientation: Orientation, found: &Value) {
    let arrays = &found["arrays"];
    let rule = moment.lesson.rule;
    let close = |what: &str, ours: f64, theirs: f64| {
        // Where the last digits decide between two hundredths, both are right. Methods that divide by √v + ε
        // make of a derivative that is 0 but for rounding a step that is as many times larger.
        let is_new = what.contains("new");
        let rounded = if rule.makes(Mistake::Rounded) && is_new { 0.010_000_1 } else { 0.0 };
        let optimizer = rule.optimizer;
        let epsilon = optimizer.constant(Constant::Epsilon).filter(|_| is_new);
        let divided = epsilon.map_or(0.0, |epsilon| 1e-16 * optimizer.learning_rate() / epsilon);
        let slack = rounded + divided;
        let tolerance = 1e-12 * theirs.abs().max(1.0) + slack;
        assert!(
            (ours - theirs).abs() <= tolerance,
            "{name}, {orientation:?}: {what} is {ours}, not {theirs}"
        );
    };
    let has_columns = orientation != Orientation::RowVectors;
    let network = moment.network();
    let per_sample = |what: &str, layer: usize, quantity: fn(UnitId) -> Quantity| {
        for id in network.units(layer) {
            for sample in 0..moment.n_samples() {
                let (i, j) = if has_columns { (id.unit, sample) } else { (sample, id.unit) };
                close(what, at(&arrays[what], i, j), moment.value_of(quantity(id), sample).unwrap());
            }
        }
    };
    let of_layer = |before: &str, after: &str, layer: usize, params: &LayerParams, has_biases: bool| {
        let what = format!("{before}W{layer}{after}");
        let weights: &Matrix = &params.weights;
        for to in 0..weights.n_rows() {
            for from in 0..weights.n_cols() {
                let (i, j) = if orientation == Orientation::RowsReceive { (to, from) } else { (from, to) };
                close(&what, at(&arrays[&what], i, j), weights.at(to, from));
            }
        }
        let what = format!("{before}b{layer}{after}");
        match params.biases.as_ref().filter(|_| has_biases) {
            Some(biases) => {
                for (to, bias) in biases.iter().enumerate() {
                    let (i, j) = if has_columns { (to, 0) } else { (0, to) };
                    close(&what, at(&arrays[&what], i, j), *bias);
                }
            }
            None => assert!(arrays.get(&what).is_none(), "{name}: {what}"),
        }
    };
    let update = moment.update();
    for layer in 1..=network.n_layers() {
        per_sample(&format!("Z{layer}"), layer, Quantity::Sum);
        per_sample(&format!("A{layer}"), layer, Quantity::Activation);
        per_sample(&format!("delta{layer}"), layer, Quantity::Delta);
        let params = |params: &Params| params.0[layer - 1].clone();
        let learns = rule.learns_biases();
        of_layer("", "", layer, &params(&network.params), true);
        of_layer("d", "", layer, &params(&update.pass.gradients), learns);
        of_layer("", "_new", layer, &params(&update.after.network.params), learns);
    }
    close("E", arrays["E"].as_f64().unwrap(), update.pass.loss);
    let printed = found["printed"].as_str().unwrap();
    assert!(printed.starts_with("E = ") && printed.contains("new W1 ="), "{printed}");
}

/// Runs the lines of `moments` in every orientation.
fn check(name: &str, moments: &[(String, Moment)]) {
    let all = || Orientation::ALL.iter().flat_map(|o| moments.iter().map(move |(name, m)| (*o, name, m)));
    let scripts: Vec<String> = all().map(|(o, _, moment)| numpy_lines(moment, o).unwrap()).collect();
    for ((orientation, name, moment), found) in all().zip(run(name, &scripts)) {
        expect_trace(name, moment, orientation, &found);
    }
}

/// The first update and the one after some epochs, where what the optimiser remembers is not 0.
fn moments(name: &str, lesson: &Lesson) -> [(String, Moment); 2] {
    let start = session(lesson);
    let later = start.clone().update(Action::NextEpoch).update(Action::NextEpoch);
    let of = |when: &str, moment: &Moment| (format!("{name}, {when}"), moment.clone());
    [of("at the start", start.moment()), of("later", later.moment())]
}

#[test]
fn every_lesson_comes_to_the_numbers_of_its_trace() {
    let built_in = json_files("static/lessons").into_iter().map(|(name, text)| (name, lesson(&text)));
    let all = built_in.chain(lessons().into_iter().map(|(name, lesson)| (name.to_owned(), lesson)));
    let moments: Vec<(String, Moment)> = all
        .flat_map(|(name, lesson)| moments(&name, &lesson))
        .filter(|(_, moment)| numpy_lines(moment, Orientation::RowsReceive).is_ok())
        .collect();
    assert!(40 < moments.len(), "{} moments", moments.len());
    check("lessons", &moments);
}

#[test]
fn every_optimizer_activation_and_loss_does() {
    let mut all = Vec::new();
    for text in [MAZUR, XOR, LECTURE] {
        for optimizer in Optimizer::all(0.1) {
            let mut lesson = lesson(text);
            lesson.rule.optimizer = optimizer;
            all.extend(moments(optimizer.name(), &lesson));
        }
        for &g in Activation::HIDDEN {
            for loss in [Loss::HalfSquaredError, Loss::MeanSquaredError] {
                let word = format!("\"{}\"", g.word());
                let mut text = text.to_owned();
                for other in Activation::HIDDEN {
                    text = text.replace(
                        &format!("\"activation\": \"{}\"", other.word()),
                        &format!("\"activation\": {word}"),
                    );
                }
                let mut lesson = lesson(&text);
                lesson.rule.loss = loss;
                all.extend(moments(&format!("{word}, {}", loss.word()), &lesson));
            }
        }
    }
    check("rules", &all);
}

#[test]
fn every_mistake_on_purpose_is_made() {
    let mut all = Vec::new();
    for text in [HMKCODE, FOUR_POINTS, MAZUR, XOR] {
        for mistake in Mistake::ALL {
            let mut lesson = lesson(text);
            lesson.rule = lesson.rule.with_mistake(mistake, true);
            all.extend(moments(mistake.word(), &lesson));
        }
    }
    check("mistakes", &all);
}

/// HMKCode's page: w₅ and w₆ after the update, 0.17 and 0.17 there.
#[test]
fn hmkcodes_numbers_are_printed() {
    let session = session(&lesson(HMKCODE));
    let lines = numpy_lines(session.moment(), Orientation::RowVectors).unwrap();
    for line in [
        "X = np.array([[2.0, 3.0]])",
        "W1 = np.array([[0.11, 0.12], [0.21, 0.08]])",
        "eta = 0.05",
        "Z1 = X @ W1",
    ] {
        assert!(lines.lines().any(|other| other.starts_with(line)), "{line} in {lines}");
    }
    let printed = run("hmkcode", &[lines])[0]["printed"].as_str().unwrap().to_owned();
    for number in ["0.327", "0.1743", "0.1694"] {
        assert!(printed.contains(number), "{number} in {printed}");
    }
}

/// A title cannot leave its comment.
#[test]
fn a_title_is_no_line_of_python() {
    for title in [
        "a\\nraise SystemExit(1)",
        "a\\rraise SystemExit(1)",
        "a\\u2028raise",
        "a\\u0000b",
        "\\\"\\\"\\\"",
        "größe 日本",
    ] {
        let text = HMKCODE.replacen("HMKCode 2-2-1", title, 1);
        let session = session(&lesson(&text));
        let moments = [(title.to_owned(), session.moment().clone())];
        check("title", &moments);
    }
}

#[test]
fn too_many_numbers_are_refused_with_the_limit() {
    let mut lesson = lesson(HMKCODE);
    let one = lesson.data.train[0].clone();
    std::rc::Rc::make_mut(&mut lesson.data).train = vec![one; MOST_NUMBERS];
    lesson.batch_size = MOST_NUMBERS;
    let refused = numpy_lines(session(&lesson).moment(), Orientation::RowsReceive).unwrap_err();
    assert!(refused.contains("60") && refused.contains("at most 20"), "{refused}");
}
