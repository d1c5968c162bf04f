//! The `trace` example prints the golden numbers, and one line for whatever is wrong.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod common;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use common::{is_close, json_files};
use serde_json::Value;

/// The example as cargo builds it now: `cargo test --test trace_example` alone builds no examples.
fn example() -> &'static Path {
    static EXAMPLE: OnceLock<PathBuf> = OnceLock::new();
    EXAMPLE.get_or_init(|| {
        let build = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--profile=test", "--example=trace", "--message-format=json"])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .expect("cargo runs");
        let messages = String::from_utf8_lossy(&build.stdout);
        let executable = messages
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok())
            .find_map(|message| message["executable"].as_str().map(PathBuf::from));
        executable.unwrap_or_else(|| panic!("no example: {}", String::from_utf8_lossy(&build.stderr)))
    })
}

fn trace(arguments: &[&str]) -> Output {
    Command::new(example()).args(arguments).output().expect("the example runs")
}

/// A file in a folder of this test's own.
fn file(name: &str, text: &str) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("trace_example");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path.to_string_lossy().into_owned()
}

#[test]
fn prints_the_golden_numbers() {
    for (name, text) in json_files("tests/golden") {
        let golden: Value = serde_json::from_str(&text).unwrap();
        let path = file(&format!("{name}.json"), &golden["lesson"].to_string());
        let output = trace(&[&path, "--epochs", &golden["epochs"].to_string()]);
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
        let expected = golden["expected"].as_object().unwrap();
        assert_eq!(printed.as_object().unwrap().len(), expected.len(), "{name}");
        for (key, expected) in expected {
            let is_first = ["samples", "loss", "gradients", "updated"].contains(&key.as_str());
            let tolerance = if is_first { 1e-12 } else { 1e-9 };
            agree(&format!("{name}: {key}"), &printed[key], expected, tolerance);
        }
    }
}

/// The same keys, the same lists, the same numbers up to `tolerance`.
fn agree(place: &str, found: &Value, expected: &Value, tolerance: f64) {
    match (found, expected) {
        (Value::Number(found), Value::Number(expected)) => {
            let (found, expected) = (found.as_f64().unwrap(), expected.as_f64().unwrap());
            assert!(is_close(found, expected, tolerance), "{place}: {found}, expected {expected}");
        }
        (Value::Array(found), Value::Array(expected)) => {
            assert_eq!(found.len(), expected.len(), "{place}");
            for (k, (found, expected)) in found.iter().zip(expected).enumerate() {
                agree(&format!("{place}[{k}]"), found, expected, tolerance);
            }
        }
        (Value::Object(found), Value::Object(expected)) => {
            assert!(found.keys().eq(expected.keys()), "{place}");
            for (key, found) in found {
                agree(&format!("{place}.{key}"), found, &expected[key], tolerance);
            }
        }
        _ => assert_eq!(found, expected, "{place}"),
    }
}

#[test]
fn prints_numbers_that_read_back_to_the_same_bits() {
    let path = file("mazur.json", common::MAZUR);
    let printed: Value = serde_json::from_slice(&trace(&[&path, "--epochs", "3"]).stdout).unwrap();
    let model = common::train(&common::lesson(common::MAZUR), 3);
    for (layer, params) in model.network.params.0.iter().enumerate() {
        for (unit, row) in params.weights.rows().enumerate() {
            let printed: Vec<f64> =
                serde_json::from_value(printed["final"][layer]["weights"][unit].clone()).unwrap();
            assert_eq!(common::bits(&printed), common::bits(row));
        }
    }
}

#[test]
fn no_epochs_leave_the_start_weights() {
    let path = file("hmkcode.json", common::HMKCODE);
    let printed: Value = serde_json::from_slice(&trace(&[&path, "--epochs", "0"]).stdout).unwrap();
    assert_eq!(printed["loss_history"], Value::Array(Vec::new()));
    assert_eq!(printed["loss_after"], printed["loss"]);
    assert_eq!(printed["final"][1]["weights"][0][0], 0.14);
    assert_eq!(printed["updated"][1]["weights"][0][0], 0.174_382_500_000_000_02);
}

#[test]
fn mini_batches_update_several_times_an_epoch() {
    let text = common::FOUR_POINTS.replacen("\"data\"", "\"batch_size\": 1, \"data\"", 1);
    let path = file("mini-batches.json", &text);
    let printed: Value = serde_json::from_slice(&trace(&[&path, "--epochs", "2"]).stdout).unwrap();
    let model = common::train(&common::lesson(&text), 1);
    assert_eq!(printed["samples"].as_array().unwrap().len(), 4);
    assert_eq!(printed["updated"][0]["weights"][0][0], model.network.params.0[0].weights.at(0, 0));
    assert_ne!(printed["updated"], printed["final"]);
}

#[test]
fn says_what_is_wrong_in_one_line() {
    let good = file("good.json", common::HMKCODE);
    let with = |name: &str, from: &str, to: &str| {
        assert!(common::HMKCODE.contains(from));
        file(name, &common::HMKCODE.replacen(from, to, 1))
    };
    let ragged = with("ragged.json", "[0.12, 0.08]", "[0.12]");
    let unknown = with("unknown.json", "\"loss\":", "\"lose\":");
    let truncated = file("truncated.json", &common::HMKCODE[..500]);
    let diverging = with("diverging.json", "0.05}", "0.6}");
    let huge = with("huge.json", "0.05}", "1000}");
    for (arguments, expected) in [
        (&[ragged.as_str(), "--epochs", "1"][..], "network.layers[0].weights[1]: 1 number, expected 2"),
        (&[&unknown, "--epochs", "1"], "lose: unknown key"),
        (&[&truncated, "--epochs", "1"], "EOF"),
        (&["no such file.json", "--epochs", "1"], "no such file.json: "),
        (&[&diverging, "--epochs", "1000"], "the run diverges at epoch 16:"),
        (&[&huge, "--epochs", "1000"], "the run diverges at epoch "),
        (&[], "usage: trace LESSON.json --epochs N"),
        (&[&good], "usage: "),
        (&[&good, "--epochs"], "usage: "),
        (&[&good, "--epochs", "many"], "many: a number of epochs expected; usage: "),
        (&[&good, "--epochs", "-1"], "-1: a number of epochs expected; usage: "),
        (&[&good, "--epoch", "1"], "--epoch: unknown option; usage: "),
        (&[&good, "--epochs", "1", "more"], "usage: "),
    ] {
        let output = trace(arguments);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(said.contains(expected), "{arguments:?}: {said}");
    }
}
