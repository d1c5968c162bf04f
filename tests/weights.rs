//! Weights of other programs: networks that are read predict what the library predicts, and what is written is read
//! back by the library. The files in `tests/weights` were written by the libraries that `python.json`, `numpy.json`
//! and `node.json` name; more of what NumPy alone writes is written here.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;
use std::time::{Duration, Instant};

use backprop::activation::Activation;
use backprop::loss::Loss;
use backprop::network::Network;
use backprop::rng::Rng;
use backprop::trace::Sample;
use chainrule::lesson::Lesson;
use chainrule::lesson::file_kind::{FileKind, file_kind};
use chainrule::lesson::weights::{
    Answers, Format, FoundModel, NamedBytes, ReadNetwork, Rows, exported, read,
};
use chainrule::session::design::{Change, StartWeights, apply};
use chainrule::session::{Action, Session};
use common::{HMKCODE, XOR, lesson};
use serde_json::Value;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/weights")
}

/// Reads files by their names and bytes.
fn read_all(files: &[(String, Vec<u8>)]) -> Result<FoundModel, String> {
    let named: Vec<NamedBytes> = files.iter().map(|(name, bytes)| NamedBytes { name, bytes }).collect();
    read(&named)
}

fn read_one(name: &str, bytes: impl AsRef<[u8]>) -> Result<FoundModel, String> {
    read(&[NamedBytes { name, bytes: bytes.as_ref() }])
}

fn activation(word: &Value) -> Option<Activation> {
    let word = word.as_str()?;
    Some(Activation::ALL.into_iter().find(|activation| activation.word() == word).expect(word))
}

/// All activations, softmax included, of a single input: z = W a + b, written apart from the core.
fn predict(network: &Network, input: &[f64]) -> Vec<f64> {
    let mut a = input.to_vec();
    for layer in 1..=network.n_layers() {
        let params = network.layer(layer);
        let z: Vec<f64> = (0..params.weights.n_rows())
            .map(|to| {
                let bias = params.biases.as_ref().map_or(0.0, |biases| biases[to]);
                a.iter().enumerate().map(|(from, a)| params.weights.at(to, from) * a).sum::<f64>() + bias
            })
            .collect();
        let sum: f64 = z.iter().map(|z| libm::exp(*z)).sum();
        a = z
            .into_iter()
            .map(|z| match network.activation(layer) {
                Activation::Identity => z,
                Activation::Sigmoid => 1.0 / (1.0 + libm::exp(-z)),
                Activation::Tanh => libm::tanh(z),
                Activation::Relu => z.max(0.0),
                Activation::LeakyRelu => z.max(0.01 * z),
                Activation::Softmax => libm::exp(z) / sum,
                other => panic!("no file here has {}", other.name()),
            })
            .collect();
    }
    a
}

fn expect_predictions(what: &str, network: &Network, entry: &Value) {
    let rows = |key: &str| -> Vec<Vec<f64>> { serde_json::from_value(entry[key].clone()).expect(key) };
    let tolerance = entry["tolerance"].as_f64().expect("a tolerance");
    let (inputs, outputs) = (rows("inputs"), rows("outputs"));
    assert!(!inputs.is_empty() && inputs.len() == outputs.len());
    for (input, expected) in inputs.iter().zip(outputs) {
        let found = predict(network, input);
        assert_eq!(found.len(), expected.len(), "{what}");
        for (found, expected) in found.iter().zip(expected) {
            let gap = (found - expected).abs();
            assert!(gap <= tolerance * expected.abs().max(1.0), "{what}: {found} for {expected}");
        }
    }
}

/// The network of files, with the answers that an entry has to what they leave open.
fn network(files: &[(String, Vec<u8>)], entry: &Value) -> ReadNetwork {
    let model = read_all(files).unwrap_or_else(|said| panic!("{}: {said}", files[0].0));
    let answers = Answers {
        rows: entry["answers"]["rows"]
            .as_str()
            .map(|rows| if rows == "send" { Rows::Send } else { Rows::Receive }),
        hidden: activation(&entry["answers"]["hidden"]),
        output: activation(&entry["answers"]["output"]),
    };
    // Just what is left open is asked.
    assert_eq!(model.asks_hidden(), answers.hidden.is_some(), "{}", files[0].0);
    assert_eq!(model.asks_output(), answers.output.is_some(), "{}", files[0].0);
    assert_eq!(model.rows.is_none(), answers.rows.is_some(), "{}", files[0].0);
    if answers != Answers::default() {
        assert!(model.network(&Answers::default(), "x").unwrap_err().starts_with("Choose"));
    }
    model.network(&answers, &files[0].0).unwrap_or_else(|said| panic!("{}: {said}", files[0].0))
}

#[test]
fn networks_of_libraries_predict_what_their_libraries_predict() {
    let mut n_files = 0;
    for list in ["python.json", "numpy.json", "node.json"] {
        let entries: Value = serde_json::from_slice(&fs::read(folder().join(list)).unwrap()).unwrap();
        for entry in entries.as_array().expect("a list") {
            let load = |name: &Value| {
                let name = name.as_str().expect("a name").to_owned();
                let bytes = fs::read(folder().join(&name)).unwrap();
                assert_eq!(file_kind(&name, &bytes), FileKind::Weights, "{name}");
                (name, bytes)
            };
            let mut files: Vec<_> = entry["files"].as_array().expect("files").iter().map(load).collect();
            for _ in 0..2 {
                let read = network(&files, entry);
                let sizes: Vec<usize> = serde_json::from_value(entry["sizes"].clone()).unwrap();
                let found: Vec<usize> =
                    (0..=read.network.n_layers()).map(|l| read.network.n_units(l)).collect();
                assert_eq!(found, sizes, "{}", files[0].0);
                expect_predictions(&files[0].0, &read.network, entry);
                if let Some(names) = entry.get("names") {
                    let found = (read.input_names.expect("inputs"), read.output_names.expect("outputs"));
                    assert_eq!(serde_json::to_value(found).unwrap(), *names);
                }
                // In either order.
                files.reverse();
            }
            n_files += files.len();
        }
    }
    assert_eq!(n_files, 26);
}

/// Debian's package belongs to Debian's Python, which need not be the first one.
fn python() -> Command {
    let has_numpy = |python: &&str| {
        let status = Command::new(python).args(["-c", "import numpy"]).output();
        status.is_ok_and(|output| output.status.success())
    };
    let found = ["python3", "/usr/bin/python3"].into_iter().find(has_numpy);
    let mut command = Command::new(found.expect("NumPy is installed by script/setup --tests"));
    // Where script/setup --tests puts safetensors.
    let of = |key: &str| std::env::var_os(key).filter(|value| !value.is_empty()).map(PathBuf::from);
    let cache = of("CHAINRULE_CACHE")
        .or_else(|| Some(of("XDG_CACHE_HOME")?.join("chainrule")))
        .or_else(|| Some(of("HOME")?.join(".cache/chainrule")));
    command.env("PYTHONPATH", cache.expect("a home").join("python"));
    command
}

/// Runs lines of Python in an empty folder of this name.
fn run_python(name: &str, lines: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("weights-{name}"));
    fs::create_dir_all(&folder).unwrap();
    let output = python().current_dir(&folder).args(["-c", lines]).output().unwrap();
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    folder
}

/// What NumPy writes: stored, deflated, turned, as rows, by position, in single precision and big-endian, and one
/// file per array.
const NUMPY_WRITES: &str = r#"
import json
import numpy as np
rng = np.random.default_rng(3)
W1, b1, W2, b2 = rng.normal(size=(3, 2)), rng.normal(size=3), rng.normal(size=(1, 3)), rng.normal(size=1)
x = rng.normal(size=(4, 2))
y = 1 / (1 + np.exp(-(np.tanh(x @ W1.T + b1) @ W2.T + b2)))
meant = lambda a: np.array([float(str(v)) for v in a.ravel()]).reshape(a.shape)
S1, S2 = W1.astype(np.float32), W2.astype(np.float32)
single = 1 / (1 + np.exp(-(np.tanh(x @ meant(S1).T + b1) @ meant(S2).T + b2)))
np.savez("stored.npz", W1=W1, b1=b1, W2=W2, b2=b2)
np.savez_compressed("deflated.npz", W1=W1, b1=b1, W2=W2, b2=b2)
np.savez("turned.npz", W1=W1.T, b1=b1, W2=W2.T, b2=b2)
np.savez("rows.npz", W1=W1.T.copy(), b1=b1[None, :], W2=W2.T.copy(), b2=b2[None, :])
np.savez("columns.npz", Wh=W1, bh=b1[:, None], Wo=W2, bo=b2[:, None])
np.savez("positions.npz", W1, b1, W2, b2)
np.savez("single.npz", W1=S1, b1=b1, W2=S2, b2=b2, epoch=12)
np.savez("big.npz", W1=W1.astype(">f8"), b1=b1.astype(">f8"), W2=W2, b2=b2)
for name, array in [("W1", W1), ("b1", b1), ("W2", W2), ("b2", b2)]:
    np.save(name + ".npy", array)
json.dump({k: v.tolist() for k, v in [("W1", W1), ("b1", b1), ("W2", W2), ("b2", b2)]}, open("arrays.json", "w"))
json.dump([v.tolist() for v in [W1.T, b1, W2.T, b2]], open("get_weights.json", "w"))
json.dump({"sizes": [2, 3, 1], "weights": [W1.tolist(), W2.tolist()], "biases": [b1[:, None].tolist(), b2[:, None].tolist()], "cost": "CrossEntropyCost"}, open("network2.json", "w"))
entry = lambda outputs: {"answers": {"hidden": "tanh", "output": "sigmoid"}, "inputs": x.tolist(), "outputs": outputs.tolist(), "tolerance": 1e-13}
json.dump({"double": entry(y), "single": entry(single)}, open("expected.json", "w"))
"#;

#[test]
fn what_numpy_writes_is_read() {
    let folder = run_python("numpy", NUMPY_WRITES);
    let load = |name: &str| (name.to_owned(), fs::read(folder.join(name)).unwrap());
    let expected: Value = serde_json::from_slice(&load("expected.json").1).unwrap();
    let archives = ["stored", "deflated", "turned", "rows", "columns", "positions", "single", "big"];
    let documents = ["arrays.json", "get_weights.json", "network2.json"].map(str::to_owned);
    for name in archives.map(|name| format!("{name}.npz")).into_iter().chain(documents) {
        let entry = &expected[if name == "single.npz" { "single" } else { "double" }];
        let files = [load(&name)];
        assert_eq!(file_kind(&name, &files[0].1), FileKind::Weights, "{name}");
        expect_predictions(&name, &network(&files, entry).network, entry);
    }
    let arrays = ["b2", "W2", "W1", "b1"].map(|name| load(&format!("{name}.npy")));
    let read = network(&arrays, &expected["double"]);
    expect_predictions("arrays", &read.network, &expected["double"]);
}

/// A project as Backprop Builder saves it, without what stands there for its drawing: units by the ids of their
/// parts, the inputs of the output's unit not in the order of the hidden units.
#[test]
fn a_project_of_backprop_builder_is_read() {
    let number =
        |id: &str, value: Value| serde_json::json!({"id": id, "type": "weight", "params": {"value": value}});
    let nodes = vec![
        number("layer-0/weight-0-0", serde_json::json!(0.5)),
        number("layer-0/weight-1-0", serde_json::json!({"shape": [], "data": [-1.0]})),
        number("layer-0/weight-0-1", serde_json::json!(2)),
        number("layer-0/weight-1-1", serde_json::json!(0.25)),
        number("layer-0/bias-0", serde_json::json!(0.125)),
        number("layer-0/bias-1", serde_json::json!(-0.5)),
        number("layer-1/weight-0-0", serde_json::json!(3)),
        number("layer-1/weight-1-0", serde_json::json!(-2)),
        number("layer-1/bias-0", serde_json::json!(0.75)),
    ];
    let neuron = |layer: usize, unit: usize, inputs: [&str; 2], activation: &str| {
        let id = |part: &str| format!("layer-{layer}/{part}");
        serde_json::json!({
            "id": format!("layer-{layer}/neuron-{unit}"), "kind": "neuron", "label": "Neuron",
            "nodeIds": [id(&format!("neuron-{unit}/sum")), id(&format!("neuron-{unit}/activation"))],
            "detail": {
                "inputNodeIds": inputs, "biasNodeId": id(&format!("bias-{unit}")), "activation": activation,
                "weightNodeIds": [id(&format!("weight-0-{unit}")), id(&format!("weight-1-{unit}"))],
            },
        })
    };
    let hidden = ["input-0", "input-1"];
    let made = ["layer-0/neuron-1/activation", "layer-0/neuron-0/activation"];
    let mut groups =
        vec![neuron(1, 0, made, "identity"), neuron(0, 0, hidden, "relu"), neuron(0, 1, hidden, "relu")];
    let project = |groups: &[Value]| {
        serde_json::json!({"kind": "backprop-builder-state", "version": 1, "state": {"graph": {"nodes": nodes, "groups": groups}}})
            .to_string()
    };
    let model = read_one("project.json", project(&groups)).unwrap();
    let read = model.network(&Answers::default(), "project.json").unwrap();
    // 3 · relu of unit 1, − 2 · relu of unit 0, by hand.
    assert_eq!(predict(&read.network, &[1.0, 0.25]), [3.0 * 1.5625 - 2.0 * 0.375 + 0.75]);
    // A unit that skips a layer.
    groups[0] = neuron(1, 0, ["layer-0/neuron-1/activation", "input-0"], "identity");
    assert!(read_one("project.json", project(&groups)).unwrap_err().contains("fully connected"));
}

#[test]
fn what_is_not_read_is_said() {
    let many = format!("[{}1]", "1,".repeat(1_000_001));
    let cases: [(&str, &str, &str); 12] = [
        ("state.json", r#"{"conv.weight": [[[[1]]]], "conv.bias": [1]}"#, "“conv.weight” has 4 dimensions"),
        ("state.json", r#"{"0.weight": [[1, 2], [3]]}"#, "“0.weight” is no list of numbers"),
        ("state.json", r#"{"0.weight": [[1, null]]}"#, "“0.weight[0]” is no list of numbers"),
        ("state.json", r#"{"0.weight": [[1e9]], "0.bias": [0]}"#, "numbers from −1,000,000 to 1,000,000"),
        ("state.json", r#"{"0.weight": [[1, 2]], "0.bias": [0"#, "The file is not JSON: EOF"),
        ("many.json", &many, "more than 1,000,000 values"),
        ("keras.json", r#"{"class_name": "Sequential", "config": {}}"#, "without its weights"),
        ("weights.bin", "\u{1}\u{2}", "choose or drop its model.json with it"),
        (
            "model.json",
            r#"{"modelTopology": {"config": {"layers": [{"class_name": "Dense", "config": {}}]}}, "weightsManifest": [{"paths": ["a.bin"], "weights": []}]}"#,
            "in the file “a.bin”: choose or drop both files together",
        ),
        (
            "model.json",
            r#"{"modelTopology": {"config": {"layers": [{"class_name": "Conv2D", "config": {"name": "conv"}}]}}, "weightsManifest": []}"#,
            "The layer “conv” is a “Conv2D”",
        ),
        (
            "net.json",
            r#"{"sizes": [1, 1], "layers": [{}, {"0": {"bias": 1}}], "outputLookup": false}"#,
            "“layers[1]”",
        ),
        (
            "mlp.json",
            r#"{"coefs_": [[[1]], [[1]]], "intercepts_": [[1], [1]], "activation": "gelu", "out_activation_": "identity"}"#,
            "has the activation “gelu”",
        ),
    ];
    for (name, text, says) in cases {
        let said = read_one(name, text).unwrap_err();
        assert!(said.contains(says) && said.ends_with('.'), "{name}: {said}");
    }
}

#[test]
fn what_is_wrong_with_safetensors_is_said() {
    let file = |header: &str, n_bytes: usize| {
        [&(header.len() as u64).to_le_bytes()[..], header.as_bytes(), &vec![0; n_bytes]].concat()
    };
    let tensor = |kind: &str, shape: &str, offsets: &str| {
        format!(r#"{{"w": {{"dtype": "{kind}", "shape": {shape}, "data_offsets": {offsets}}}}}"#)
    };
    assert!(read_one("w.safetensors", file(&tensor("F64", "[1, 2]", "[0, 16]"), 16)).is_ok());
    for (header, n_bytes, says) in [
        (tensor("F8_E4M3", "[2, 1]", "[0, 2]"), 2, "“w” holds numbers of the kind “F8_E4M3”"),
        (tensor("F64", "[1, 1]", "[8, 16]"), 16, "What the header says of “w” cannot be"),
        (tensor("F64", "[1, 1]", "[0, 8]"), 4, "The file breaks off"),
        (tensor("F64", "[100000, 100000]", "[0, 80000000000]"), 8, "The file breaks off"),
        (
            tensor("F64", "[4294967296, 4294967296]", "[0, 8]"),
            8,
            "What the header says of the tensors cannot be",
        ),
        (tensor("F99", "[1, 1]", "[0, 8]"), 8, "What the header says of the tensors cannot be"),
        (r#"{"w": 3}"#.to_owned(), 8, "What the header says of the tensors cannot be"),
        ("{\"w\": ".to_owned(), 0, "What the header says of the tensors cannot be"),
    ] {
        let said = read_one("w.safetensors", file(&header, n_bytes)).unwrap_err();
        assert!(said.contains(says) && said.ends_with('.'), "{header}: {said}");
    }
}

/// A header that claims more than there is, and a file that would unpack to more than memory holds.
#[test]
fn a_file_cannot_take_more_memory_than_it_has() {
    let header = |shape: &str| {
        let text = format!("{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}");
        [b"\x93NUMPY\x01\x00", &(text.len() as u16).to_le_bytes()[..], text.as_bytes(), &[0; 80]].concat()
    };
    assert!(read_one("W.npy", header("(5, 2)")).is_ok());
    for (shape, says) in [
        ("(1000, 1000000)", "1,000 × 1,000,000 numbers"),
        ("(18446744073709551615, 18446744073709551615)", "numbers: a network has at most"),
        ("(11, 1)", "breaks off"),
    ] {
        let said = read_one("W.npy", header(shape)).unwrap_err();
        assert!(said.contains(says), "{said}");
    }
    let folder =
        run_python("bomb", "import numpy as np\nnp.savez_compressed('bomb.npz', W=np.zeros((4000, 4000)))");
    let bomb = fs::read(folder.join("bomb.npz")).unwrap();
    let started = Instant::now();
    assert!(read_one("bomb.npz", &bomb).unwrap_err().contains("“W.npy” would be too large unpacked"));
    assert!(started.elapsed() < Duration::from_secs(1));
}

fn lesson_with(change: impl FnOnce(&mut Lesson)) -> Lesson {
    let mut lesson = lesson(XOR);
    change(&mut lesson);
    lesson
}

fn torch_state(output: Activation) -> ReadNetwork {
    let bytes = fs::read(folder().join("torch-state.json")).unwrap();
    let answers = Answers { rows: None, hidden: Some(Activation::Tanh), output: Some(output) };
    read_one("net.json", bytes).unwrap().network(&answers, "net.json").unwrap()
}

#[test]
fn the_samples_stay_where_they_fit_and_else_one_stands_for_them() {
    let design = |lesson: &Lesson, read: &ReadNetwork| {
        apply(lesson, &Change::Weights(Rc::new(read.clone())), &StartWeights::default()).unwrap()
    };
    let xor = lesson_with(|_| ());
    let read = torch_state(Activation::Sigmoid);
    let (changed, message) = design(&xor, &read);
    assert_eq!((&changed.data, changed.batch_size), (&xor.data, xor.batch_size));
    assert_eq!(*changed.network, read.network);
    assert_eq!(changed.title, "net 2-3-1");
    let message = message.expect("a message");
    assert!(message.starts_with("net: 2 → 3 → 1. The samples stay those"), "{message}");
    // The lesson is one that its own file holds.
    let again = Lesson::from_json(&changed.to_json()).expect("a valid lesson");
    assert_eq!(again.network, changed.network);

    // Two outputs before, one now.
    let two = lesson(include_str!("../static/lessons/mazur.json"));
    let (changed, message) = design(&two, &read);
    assert_eq!(changed.data.train, [Sample { input: vec![1.0, 1.0], target: vec![0.0] }]);
    assert_eq!((changed.rule.loss, changed.batch_size), (Loss::BinaryCrossEntropy, 1));
    assert!(message.expect("a message").contains("do not fit"));
    assert!(Lesson::from_json(&changed.to_json()).is_ok());

    // Undone, everything is as before.
    let session = Session::new(lesson(HMKCODE)).unwrap();
    let change = Change::Weights(Rc::new(read));
    let opened = session.update(Action::Design { change, continues: false });
    assert_eq!(opened.undo_name(), Some("the weights of a file"));
    assert_eq!(opened.update(Action::Undo).current_lesson(), session.current_lesson());
}

/// What real libraries make of exported weights, each network in a folder of its own.
const READS_BACK: &str = r#"
import glob, json, zipfile
import numpy as np
from safetensors.numpy import load_file
folders = glob.glob("*/")
for folder in folders:
    expected = json.load(open(folder + "expected.json"))
    def same(found):
        return sorted(found) == sorted(expected) and all(np.array_equal(found[k], np.array(expected[k])) and found[k].dtype == np.float64 for k in expected)
    archive = np.load(folder + "net.npz")
    assert archive.files == list(expected) and same({k: archive[k] for k in archive.files}), folder
    assert zipfile.ZipFile(folder + "net.npz").testzip() is None, folder
    assert same({k: np.array(v, float) for k, v in json.load(open(folder + "net.json")).items()}), folder
    assert same(load_file(folder + "net.safetensors")), folder
print(len(folders))
"#;

#[test]
fn exports_are_read_back_by_numpy_and_safetensors_and_here() {
    let folder = run_python("export", "");
    let lessons = common::json_files("static/lessons");
    let n_lessons = lessons.len();
    for (name, text) in lessons {
        let network = Rc::clone(&lesson(&text).network);
        let rows = |layer: usize| -> Vec<Vec<f64>> {
            let weights = &network.layer(layer).weights;
            (0..weights.n_rows()).map(|to| weights.row(to).to_vec()).collect()
        };
        let mut expected = serde_json::Map::new();
        for layer in 1..=network.n_layers() {
            expected.insert(format!("{}.weight", 2 * layer - 2), serde_json::json!(rows(layer)));
            if let Some(biases) = &network.layer(layer).biases {
                expected.insert(format!("{}.bias", 2 * layer - 2), serde_json::json!(biases));
            }
        }
        let folder = folder.join(&name);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("expected.json"), Value::Object(expected).to_string()).unwrap();
        for format in Format::ALL {
            let file = format!("net{}", format.ending());
            let bytes = exported(&network, format);
            assert_eq!(file_kind(&file, &bytes), FileKind::Weights, "{name} {file}");
            fs::write(folder.join(&file), &bytes).unwrap();
            let model = read_one(&file, &bytes).unwrap_or_else(|said| panic!("{name} {file}: {said}"));
            let answers =
                Answers { rows: None, hidden: Some(Activation::Tanh), output: Some(Activation::Identity) };
            let read = model.network(&answers, &file).unwrap();
            assert_eq!(read.network.params, network.params, "{name} {file}");
        }
    }
    let output = python().current_dir(&folder).args(["-c", READS_BACK]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), n_lessons.to_string());
}

/// Each fixture with bytes changed, cut and put in: nothing panics, and nothing takes long.
#[test]
fn damaged_files_are_refused_or_read_in_little_time() {
    let names: Vec<PathBuf> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    let mut seeds: Vec<(String, Vec<u8>)> = names
        .into_iter()
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap()))
        .filter(|(name, _)| {
            !name.starts_with("make.") && !["python.json", "numpy.json", "node.json"].contains(&name.as_str())
        })
        .collect();
    seeds.sort();
    let network = Rc::clone(&lesson(XOR).network);
    seeds.extend(Format::ALL.map(|format| (format!("net{}", format.ending()), exported(&network, format))));
    let bin = fs::read(folder().join("weights.bin")).unwrap();
    let mut n_read = 0;
    for (name, bytes) in &seeds {
        for seed in 0..400 {
            let mut rng = Rng::new(seed);
            let mut damaged = bytes.clone();
            for _ in 0..1 + rng.below(3) {
                let at = rng.below(damaged.len());
                match rng.below(4) {
                    0 => damaged.truncate(at + 1),
                    1 => damaged[at] = rng.next_u64() as u8,
                    2 => damaged[at] ^= 1 << rng.below(8),
                    _ => {
                        let end = (at + rng.below(20)).min(damaged.len());
                        let part = damaged[at..end].to_vec();
                        damaged.splice(at..at, part);
                    }
                }
            }
            let started = Instant::now();
            let files = [(name.clone(), damaged), ("weights.bin".to_owned(), bin.clone())];
            let found =
                std::panic::catch_unwind(|| read_all(&files[..1 + usize::from(name == "model.json")]));
            let found = found.unwrap_or_else(|_| panic!("{name}, damaged by seed {seed}"));
            assert!(started.elapsed() < Duration::from_secs(1), "{name}, damaged by seed {seed}");
            match found {
                Ok(model) => {
                    n_read += 1;
                    let answers = Answers {
                        rows: Some(Rows::Send),
                        hidden: Some(Activation::Relu),
                        output: Some(Activation::Identity),
                    };
                    if let Ok(read) = model.network(&answers, name) {
                        let change = Change::Weights(Rc::new(read));
                        let (changed, _) = apply(&lesson(XOR), &change, &StartWeights::default()).unwrap();
                        assert!(
                            Lesson::from_json(&changed.to_json()).is_ok(),
                            "{name}, damaged by seed {seed}"
                        );
                    }
                }
                Err(said) => {
                    assert!(said.ends_with('.') && !said.contains(char::is_control), "{name}: {said:?}")
                }
            }
        }
    }
    assert!(n_read > 500, "{n_read} of {} read", 400 * seeds.len());
}
