//! The lesson file: every built-in one is valid, what is written reads back the same, and every
//! fault is named with its place.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::panic)]

mod common;

use backprop::rng::Rng;
use chainrule::lesson::{Lesson, limits};
use chainrule::session::{Action, Session};
use common::{below, json_files, lessons, pick};

#[test]
fn every_built_in_lesson_is_valid() {
    for (name, text) in json_files("static/lessons") {
        let lesson = Lesson::from_json(&text).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        assert!(!lesson.title.is_empty() && !lesson.source.is_empty(), "{name}");
        assert!(Session::new(lesson).is_ok(), "{name}");
    }
}

#[test]
fn a_written_lesson_reads_back_the_same() {
    let built_in = json_files("static/lessons").into_iter().map(|(name, text)| (name, common::lesson(&text)));
    let golden =
        json_files("tests/golden").into_iter().map(|(name, text)| (name, common::golden_lesson(&text)));
    let kinds = lessons().into_iter().map(|(name, lesson)| (name.to_owned(), lesson));
    for (name, lesson) in built_in.chain(golden).chain(kinds) {
        let text = lesson.to_json();
        let back = Lesson::from_json(&text).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        assert_eq!(back, lesson, "{name}");
        let weights = |lesson: &Lesson| common::bits(&common::numbers(&lesson.network.params));
        assert_eq!(weights(&back), weights(&lesson), "{name}");
        assert_eq!(back.to_json(), text, "{name}");
    }
}

/// Weights after learning have all their digits: what export writes is what the page shows.
#[test]
fn a_learned_network_reads_back_to_the_same_bits() {
    for (name, lesson) in lessons() {
        let mut session = common::session(&lesson);
        for _ in 0..7 {
            session = session.update(Action::NextEpoch);
        }
        let exported = session.exported().unwrap();
        let back = common::lesson(&exported.to_json());
        let weights = |lesson: &Lesson| common::bits(&common::numbers(&lesson.network.params));
        assert_eq!(weights(&back), weights(&exported), "{name}");
        assert_eq!(common::session(&back).loss(), session.loss(), "{name}");
    }
}

/// A lesson with every key in some form, to be spoilt at one place.
const VALID: &str = r#"{
    "format": "chainrule-lesson", "version": 1,
    "title": "T", "source": "S", "notes": "N",
    "network": {"inputs": 2, "input_names": ["p", "q"], "train_biases": true, "layers": [{"activation": "tanh", "unit_names": ["u", "v", "w"], "weights": [[1, 2], [3, 4], [5, 6]], "biases": [7, 8, 9]}, {"activation": "sigmoid", "units": 2, "init": {"scheme": "normal", "scale": 0.5, "seed": 11, "biases": false}}]},
    "loss": "binary_cross_entropy",
    "optimizer": {"method": "adam", "learning_rate": 0.05, "beta1": 0.9, "beta2": 0.99, "epsilon": 1e-8},
    "update_order": "layer_by_layer",
    "data": {"inputs": [[0.25, -1], [2, 3]], "targets": [[0, 1], [1, 0.5]], "test_inputs": [[4, 5]], "test_targets": [[1, 1]]},
    "batch_size": 1,
    "notation": "numbered",
    "published": [{"epoch": 1, "quantity": "E", "value": "0.191", "note": "M"}]
}"#;

/// Parts of [`VALID`].
const LAYERS: &str = r#"[{"activation": "tanh", "unit_names": ["u", "v", "w"], "weights": [[1, 2], [3, 4], [5, 6]], "biases": [7, 8, 9]}, {"activation": "sigmoid", "units": 2, "init": {"scheme": "normal", "scale": 0.5, "seed": 11, "biases": false}}]"#;
const WEIGHTS: &str = "[[1, 2], [3, 4], [5, 6]]";
const TRAIN: &str = r#""inputs": [[0.25, -1], [2, 3]], "targets": [[0, 1], [1, 0.5]]"#;
const PUBLISHED: &str = r#"[{"epoch": 1, "quantity": "E", "value": "0.191", "note": "M"}]"#;

#[test]
fn the_valid_lesson_is_valid() {
    assert_eq!(Lesson::from_json(VALID).err(), None);
}

/// In [`VALID`], the first text replaced by the second is a fault: at this place, with this in its
/// message.
#[rustfmt::skip]
const FAULTS: &[(&str, &str, &str, &str)] = &[
    // Unknown keys, at each level.
    (r#""title""#, r#""titel""#, "titel", "unknown key, expected one of format, version, title"),
    (r#""train_biases""#, r#""trainbiases""#, "network.trainbiases", "unknown key"),
    (r#""unit_names""#, r#""names""#, "network.layers[0].names", "unknown key"),
    (r#""scale""#, r#""scail""#, "network.layers[1].init.scail", "unknown key"),
    (r#""beta2": 0.99"#, r#""beta3": 0.99"#, "optimizer.beta3", "unknown key"),
    (r#""test_inputs""#, r#""tests""#, "data.tests", "unknown key"),
    (r#""note""#, r#""remark""#, "published[0].remark", "unknown key"),
    (r#""title""#, r#""ti\ntle""#, "ti\ntle", "unknown key"),
    (r#""title""#, r#""""#, r#"[""]"#, "unknown key"),
    (r#""note""#, r#""""#, r#"published[0][""]"#, "unknown key"),
    // Missing keys.
    (r#""format": "chainrule-lesson","#, "", "format", "missing"),
    (r#""version": 1,"#, "", "version", "missing"),
    (r#""inputs": 2,"#, "", "network.inputs", "missing"),
    (r#""activation": "tanh","#, "", "network.layers[0].activation", "missing"),
    (r#""scheme": "normal","#, "", "network.layers[1].init.scheme", "missing"),
    (r#""loss": "binary_cross_entropy","#, "", "loss", "missing"),
    (r#""learning_rate": 0.05,"#, "", "optimizer.learning_rate", "missing"),
    (r#""beta1": 0.9,"#, "", "optimizer.beta1", "missing"),
    (r#""method": "adam","#, "", "optimizer.method", "missing"),
    (r#""targets": [[0, 1], [1, 0.5]],"#, "", "data.targets", "missing"),
    (r#""epoch": 1,"#, "", "published[0].epoch", "missing"),
    (r#""value": "0.191","#, "", "published[0].value", "missing"),
    (r#""quantity": "E","#, "", "published[0].quantity", "missing"),
    // Wrong types and words.
    (r#""chainrule-lesson""#, r#""lesson""#, "format", r#""lesson", expected "chainrule-lesson""#),
    (r#""version": 1"#, r#""version": 2"#, "version", "2, expected 1"),
    (r#""version": 1"#, r#""version": "1""#, "version", "text, expected a whole number"),
    (r#""title": "T""#, r#""title": 5"#, "title", "a number, expected text"),
    (r#""train_biases": true"#, r#""train_biases": 1"#, "network.train_biases", "a number, expected true or false"),
    (r#""inputs": 2"#, r#""inputs": 2.5"#, "network.inputs", "a number, expected a whole number"),
    (r#""inputs": 2"#, r#""inputs": -2"#, "network.inputs", "expected a whole number, 0 or more"),
    (r#""inputs": 2"#, r#""inputs": true"#, "network.inputs", "true or false, expected a whole number"),
    ("[3, 4]", "3", "network.layers[0].weights[1]", "a number, expected a list of numbers"),
    ("[3, 4]", r#"[3, "4"]"#, "network.layers[0].weights[1][1]", "text, expected a number"),
    ("[3, 4]", "[3, [4]]", "network.layers[0].weights[1][1]", "a list, expected a number"),
    ("[3, 4]", "[3, null]", "network.layers[0].weights[1][1]", "null, expected a number"),
    (r#""tanh""#, r#""tanhh""#, "network.layers[0].activation", "expected one of `identity`, `sigmoid`"),
    (r#""normal""#, r#""uniform""#, "network.layers[1].init.scheme", "expected one of `glorot_uniform`"),
    (r#""binary_cross_entropy""#, r#""hinge""#, "loss", "expected one of `half_squared_error`"),
    (r#""adam""#, r#""sdg""#, "optimizer.method", r#""sdg", expected sgd, momentum, nesterov, rmsprop or adam"#),
    (r#""layer_by_layer""#, r#""reverse""#, "update_order", "expected `simultaneous` or `layer_by_layer`"),
    (r#""numbered""#, r#""roman""#, "notation", "expected one of `numbered`, `indexed`"),
    (r#""value": "0.191""#, r#""value": 0.191"#, "published[0].value", "a number, expected text"),
    (r#""value": "0.191""#, r#""value": "about 1""#, "published[0].value", r#""about 1", expected a number"#),
    (r#"{"method": "adam", "learning_rate": 0.05,"#, "[{", "file", "not JSON"),
    // Shapes that do not fit.
    (r#""inputs": 2"#, r#""inputs": 3"#, "network.layers[0].weights[0]", "2 numbers, expected 3"),
    ("[3, 4]", "[3]", "network.layers[0].weights[1]", "1 number, expected 2"),
    ("[[1, 2], [3, 4], [5, 6]]", "[]", "network.layers[0].weights", "0 rows, expected 1 to 256"),
    ("[7, 8, 9]", "[7, 8]", "network.layers[0].biases", "2 numbers, expected 3"),
    (r#"["p", "q"]"#, r#"["p"]"#, "network.input_names", "1 name, expected 2"),
    (r#"["u", "v", "w"]"#, r#"["u", "v", "u"]"#, "network.layers[0].unit_names[2]", r#""u" stands twice"#),
    (r#"["u", "v", "w"]"#, r#"["u", "", "w"]"#, "network.layers[0].unit_names[1]", "a name of 1 to 40"),
    (r#"["u", "v", "w"]"#, r#"["u", " v", "w"]"#, "network.layers[0].unit_names[1]", "a name of 1 to 40"),
    ("[2, 3]]", "[2, 3, 4]]", "data.inputs[1]", "3 numbers, expected 2"),
    ("[2, 3]]", "[2, 3], [4, 5]]", "data.targets", "2 rows, expected 3"),
    ("[[0, 1], [1, 0.5]]", "[[0], [1]]", "data.targets[0]", "1 number, expected 2"),
    ("[[4, 5]]", "[[4, 5], [6, 7]]", "data.test_targets", "1 row, expected 2"),
    (r#", "test_targets": [[1, 1]]"#, "", "data.test_targets", "missing"),
    (r#""test_inputs": [[4, 5]],"#, "", "data.test_inputs", "missing"),
    (r#"[[0.25, -1], [2, 3]], "targets": [[0, 1], [1, 0.5]]"#, r#"[], "targets": []"#, "data.inputs", "no sample"),
    // Things that do not go together.
    (r#""tanh""#, r#""softmax""#, "network.layers[0].activation", "softmax is for the last layer only"),
    (r#""sigmoid""#, r#""tanh""#, "loss", "binary_cross_entropy needs a sigmoid output layer"),
    (r#""binary_cross_entropy""#, r#""cross_entropy""#, "loss", "cross_entropy needs a softmax output layer"),
    (r#""sigmoid""#, r#""softmax""#, "loss", "binary_cross_entropy needs a sigmoid"),
    (r#""units": 2"#, r#""units": 2, "weights": [[1, 2, 3]]"#, "network.layers[1].units", "not both"),
    (r#""units": 2,"#, "", "network.layers[1].units", "missing beside init"),
    (r#""biases": [7, 8, 9]"#, r#""units": 3"#, "network.layers[0].units", "not both"),
    (r#""weights": [[1, 2], [3, 4], [5, 6]], "#, "", "network.layers[0]", "weights, or units and init, expected"),
    (r#""method": "adam""#, r#""method": "sgd""#, "optimizer.beta1", "unknown key"),
    (r#""test_inputs""#, r#""seed": 1, "test_inputs""#, "data.seed", "goes with a generator only"),
    (r#""test_inputs""#, r#""generator": "moons", "test_inputs""#, "data.inputs", "or a generator, not both"),
    (r#""batch_size": 1"#, r#""shuffle": -1"#, "shuffle", "a whole number"),
    // Numbers out of range.
    ("[3, 4]", "[3, 1000001]", "network.layers[0].weights[1][1]", "1000001, expected -1000000 to 1000000"),
    ("[7, 8, 9]", "[7, -1e300, 9]", "network.layers[0].biases[1]", "expected -1000000 to 1000000"),
    ("[2, 3]]", "[2, 3e6]]", "data.inputs[1][1]", "3000000, expected"),
    ("[1, 0.5]]", "[1, 1.5]]", "data.targets[1][1]", "1.5, expected 0 to 1"),
    ("[[1, 1]]", "[[1, -1]]", "data.test_targets[0][1]", "-1, expected 0 to 1"),
    (r#""inputs": 2"#, r#""inputs": 0"#, "network.inputs", "0, expected 1 to 1024"),
    (r#""inputs": 2"#, r#""inputs": 1025"#, "network.inputs", "1025, expected 1 to 1024"),
    (r#""units": 2"#, r#""units": 0"#, "network.layers[1].units", "0, expected 1 to 256"),
    (r#""units": 2"#, r#""units": 257"#, "network.layers[1].units", "257, expected 1 to 256"),
    (r#""units": 2"#, r#""units": 1e18"#, "network.layers[1].units", "expected a whole number"),
    (r#""units": 2"#, r#""units": 18446744073709551615"#, "network.layers[1].units", "expected 1 to 256"),
    (r#""units": 2"#, r#""units": 18446744073709551616"#, "network.layers[1].units", "expected a whole number"),
    (r#""scale": 0.5"#, r#""scale": -1"#, "network.layers[1].init.scale", "-1, expected 0 to 1000"),
    (r#""seed": 11"#, r#""seed": -1"#, "network.layers[1].init.seed", "expected a whole number"),
    ("0.05", "1000.5", "optimizer.learning_rate", "1000.5, expected 0 to 1000"),
    ("0.05", "-0.05", "optimizer.learning_rate", "-0.05, expected 0 to 1000"),
    (r#""beta1": 0.9"#, r#""beta1": 1"#, "optimizer.beta1", "1, expected 0 or more and below 1"),
    (r#""beta2": 0.99"#, r#""beta2": -0.1"#, "optimizer.beta2", "-0.1, expected 0 or more and below 1"),
    ("1e-8", "0", "optimizer.epsilon", "0, expected above 0 and at most 1"),
    (r#""batch_size": 1"#, r#""batch_size": 0"#, "batch_size", "0, expected 1 to 2"),
    (r#""batch_size": 1"#, r#""batch_size": 3"#, "batch_size", "3, expected 1 to 2"),
    (r#""epoch": 1"#, r#""epoch": 100001"#, "published[0].epoch", "100001, at most 100000"),
    // Not JSON, or not only once.
    ("[3, 4]", "[3, NaN]", "file", "not JSON"),
    ("[3, 4]", "[3, Infinity]", "file", "not JSON"),
    ("[3, 4]", "[3, 1e999]", "file", "not JSON: number out of range"),
    ("[3, 4]", "[3, .5]", "file", "not JSON"),
    ("[3, 4]", "[3, 4,]", "file", "not JSON: trailing comma"),
    (r#""title": "T""#, r#""title": 'T'"#, "file", "not JSON"),
    (r#""title": "T""#, r#""title": "\ud800""#, "file", "not JSON"),
    (r#""title": "T""#, r#""title": "T", "title": "T""#, "file", r#"the key "title" stands twice at line 3"#),
    (r#""beta1": 0.9"#, r#""beta1": 0.9, "beta1": 0.8"#, "file", r#"the key "beta1" stands twice"#),
    (r#""units": 2"#, r#""units": 2, "units": 2"#, "file", r#"the key "units" stands twice"#),
];

#[test]
fn every_fault_is_named_with_its_place() {
    for (from, to, place, phrase) in FAULTS {
        assert!(VALID.contains(from), "{from} is not there");
        check(&VALID.replacen(from, to, 1), place, phrase, &format!("{from} → {to}"));
    }
}

/// What only a program writes: whole files, or large ones.
#[test]
fn no_file_is_too_strange() {
    let not_json = "not JSON: ";
    let deep_list = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let deep_object = format!("{}1{}", r#"{"data":"#.repeat(100_000), "}".repeat(100_000));
    for (what, text, place, phrase) in [
        ("empty", String::new(), "file", "not JSON: EOF"),
        ("blank", " \n ".to_owned(), "file", "not JSON: EOF"),
        ("prose", "Once upon a time".to_owned(), "file", not_json),
        ("two documents", format!("{VALID} {VALID}"), "file", "not JSON: trailing characters"),
        ("null", "null".to_owned(), "file", "null, expected an object"),
        ("a list", "[]".to_owned(), "file", "a list, expected an object"),
        ("a number", "5".to_owned(), "file", "a number, expected an object"),
        ("an empty object", "{}".to_owned(), "format", "missing"),
        ("deep lists", deep_list, "file", "not JSON: recursion limit"),
        ("deep objects", deep_object, "file", "not JSON: recursion limit"),
        ("100,000,000 spaces", " ".repeat(100_000_000), "file", "100000000 bytes, at most 10000000"),
    ] {
        check(&text, place, phrase, what);
    }
    for at in (0..VALID.len()).filter(|at| VALID.is_char_boundary(*at)) {
        check(&VALID[..at], "file", not_json, &format!("truncated at {at}"));
    }
}

#[test]
fn no_file_is_too_large() {
    let list = |item: &str, n: usize| format!("[{}]", vec![item; n].join(","));
    let text = |letter: &str, n: usize| format!("\"{}\"", letter.repeat(n));
    let layer = |n_units: usize| {
        format!(r#"{{"activation": "sigmoid", "units": {n_units}, "init": {{"scheme": "zeros"}}}}"#)
    };
    let drawn = |n_units: usize, n_layers: usize| list(&layer(n_units), n_layers);
    let samples = |n: usize, n_inputs: usize| {
        let inputs = list(&list("1", n_inputs), n);
        format!(r#""inputs": {inputs}, "targets": {}"#, list("[1,0]", n))
    };
    let entry = r#"{"epoch": 1, "quantity": "E", "value": "1"}"#;
    for (what, (part, other), place, phrase) in [
        ("no layer", (LAYERS, "[]".to_owned()), "network.layers", "0 layers, expected 1 to 10"),
        ("11 layers", (LAYERS, drawn(2, 11)), "network.layers", "11 layers, expected 1 to 10"),
        (
            "200,000 weights",
            (LAYERS, drawn(256, 5)),
            "network.layers[4]",
            "more than 200000 weights and biases",
        ),
        (
            "257 rows",
            (WEIGHTS, list("[1,2]", 257)),
            "network.layers[0].weights",
            "257 rows, expected 1 to 256",
        ),
        ("50,001 samples", (TRAIN, samples(50_000, 2)), "data", "50001 samples, at most 50000"),
        ("10,000,000 numbers", (TRAIN, samples(1, 10_000_000)), "file", "bytes, at most 10000000"),
        ("1,001 published", (PUBLISHED, list(entry, 1_001)), "published", "1,001 numbers, at most 1,000"),
        ("a long title", (r#""T""#, text("t", 20_001)), "title", "20001 characters, at most 20000"),
        ("a long note", (r#""M""#, text("m", 20_001)), "published[0].note", "20001 characters"),
        ("a long name", (r#""p""#, text("p", 41)), "network.input_names[0]", "a name of 1 to 40"),
        ("a long number", (r#""0.191""#, text("1", 41)), "published[0].value", "expected a number"),
        ("a long key", (r#""title""#, text("k", 1_000_000)), &"k".repeat(60), "unknown key"),
    ] {
        assert!(VALID.contains(part), "{part}");
        check(&VALID.replacen(part, &other, 1), place, phrase, what);
    }
    let wide = VALID
        .replacen(LAYERS, &drawn(2, 1), 1)
        .replacen(r#""inputs": 2, "input_names": ["p", "q"]"#, r#""inputs": 40"#, 1)
        .replacen(TRAIN, &samples(48_000, 40), 1)
        .replacen(r#", "test_inputs": [[4, 5]], "test_targets": [[1, 1]]"#, "", 1);
    let deep = VALID
        .replacen(LAYERS, &format!("[{0}, {0}, {0}, {1}]", layer(256), layer(2)), 1)
        .replacen(TRAIN, &samples(50_000, 2), 1)
        .replacen(r#", "test_inputs": [[4, 5]], "test_targets": [[1, 1]]"#, "", 1);
    let products =
        "50,000 samples times 132,866 parameters are 6,643,300,000 products in a pass, at most 1,000,000,000";
    check(&deep, "data", products, "6,643,300,000 products");
    check(&wide, "data", "more than 2000000 numbers", "2,016,000 numbers");
}

/// The largest that is allowed is allowed.
#[test]
fn the_limits_can_be_reached() {
    let with = |from: &str, to: &str| Lesson::from_json(&VALID.replacen(from, to, 1)).err();
    let name = format!(r#""{}""#, "p".repeat(limits::NAME_CHARS));
    for (from, to) in [
        (r#""units": 2"#, r#""units": 2"#),
        ("[3, 4]", "[-1000000, 1000000]"),
        ("0.05", "1000"),
        ("0.05", "0"),
        (r#""beta1": 0.9"#, r#""beta1": 0"#),
        ("1e-8", "1"),
        (r#""p""#, name.as_str()),
        (r#""epoch": 1"#, r#""epoch": 100000"#),
        (r#""seed": 11"#, r#""seed": 18446744073709551615"#),
        (r#""batch_size": 1"#, r#""batch_size": 2"#),
        (r#""batch_size": 1"#, r#""batch_size": null"#),
    ] {
        assert_eq!(with(from, to), None, "{from} → {to}");
    }
}

fn check(text: &str, place: &str, phrase: &str, what: &str) {
    let Err(fault) = Lesson::from_json(text) else {
        panic!("{what}: no fault");
    };
    assert_eq!(fault.place(), place, "{what}: {fault}");
    assert!(fault.problem.contains(phrase), "{what}: {fault}");
    let line = fault.to_string();
    assert!(line.lines().count() == 1 && line.chars().count() < 1_000, "{what}: {line}");
}

/// A valid file changed at random, by pieces and by characters: a fault, or a lesson that works.
#[test]
fn random_changes_never_panic() {
    const PIECES: [&str; 24] = [
        "0",
        "-1",
        "1e999",
        "1e18",
        "0.5",
        "null",
        "true",
        "[]",
        "{}",
        "[[1, 2]]",
        r#""""#,
        r#""softmax""#,
        r#""relu""#,
        r#""identity""#,
        r#""half_squared_error""#,
        r#""sgd""#,
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        r#"""#,
        r#"\"#,
    ];
    let mut rng = Rng::new(2);
    let (mut n_faults, mut n_lessons) = (0, 0);
    for _ in 0..2_000 {
        let mut text: Vec<char> = VALID.chars().collect();
        for _ in 0..1 + below(&mut rng, 3) {
            let at = below(&mut rng, text.len());
            // The rest of the word or number from here on, or one character.
            let is_word = |c: &char| c.is_ascii_alphanumeric() || r#"-._""#.contains(*c);
            let n = text[at..].iter().take_while(|c| is_word(c)).count().max(1);
            let piece: Vec<char> = pick(&mut rng, &PIECES).chars().collect();
            let number = (at..text.len()).find(|at| text[*at].is_ascii_digit()).unwrap_or(at);
            match below(&mut rng, 10) {
                0 => drop(text.splice(at..at + n, piece)),
                1 => drop(text.splice(at..at, piece)),
                2 => drop(text.drain(at..at + n)),
                3 => text[at..].reverse(),
                4 => text[at] = char::from(32 + below(&mut rng, 95) as u8),
                _ => text[number] = char::from(b'0' + below(&mut rng, 10) as u8),
            }
        }
        match Lesson::from_json(&text.iter().collect::<String>()) {
            Err(fault) => {
                assert!(!fault.place().is_empty() && fault.to_string().lines().count() == 1);
                n_faults += 1;
            }
            Ok(lesson) => {
                assert_eq!(Lesson::from_json(&lesson.to_json()).as_ref(), Ok(&lesson));
                let session = common::session(&lesson).update(Action::NextEpoch);
                assert!(session.loss().is_finite());
                n_lessons += 1;
            }
        }
    }
    assert!(500 < n_faults && 100 < n_lessons, "{n_faults} faults, {n_lessons} lessons");
}

/// Some editors write one.
#[test]
fn a_byte_order_mark_is_no_fault() {
    let marked = Lesson::from_json(&format!("\u{feff}{VALID}"));
    assert_eq!(marked, Lesson::from_json(VALID));
    assert!(marked.is_ok());
}
