//! Large lesson files: refused or read in little memory and time.

#![cfg(not(target_arch = "wasm32"))]

use std::alloc::System;
use std::time::{Duration, Instant};

use cap::Cap;
use chainrule::lesson::Lesson;

#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, usize::MAX);

/// What reading a file may take beside its text, in bytes.
const MOST: usize = 64_000_000;

/// A lesson file with these parts.
fn file(title: &str, weights: &str, inputs: &str, targets: &str) -> String {
    format!(
        r#"{{"format": "chainrule-lesson", "version": 1, "title": {title},
        "network": {{"inputs": 10, "layers": [{{"activation": "identity", "weights": {weights}}}]}},
        "loss": "half_squared_error", "optimizer": {{"method": "sgd", "learning_rate": 0.1}},
        "data": {{"inputs": {inputs}, "targets": {targets}}}}}"#
    )
}

fn list(item: &str, n: usize) -> String {
    format!("[{}]", vec![item; n].join(","))
}

/// One test: what another one takes meanwhile would count.
#[test]
fn large_files_take_little_memory_and_time() {
    let ones = list("1", 4_900_000);
    let rows = list("[1]", 2_400_000);
    let row = list("1", 10);
    let ten_rows = |item: &str| list(&list(item, 10), 26_000);
    let valid = file("\"T\"", &format!("[{row}]"), &format!("[{row}]"), "[[1]]");
    assert!(Lesson::from_json(&valid).is_ok());
    for (what, text, fault) in [
        ("a list", ones.clone(), "file: a list, expected an object"),
        ("a title", file(&ones, "[]", "[]", "[]"), "title: a list, expected text"),
        (
            "weights",
            file("\"\"", &ones, "[]", "[]"),
            "network.layers[0].weights[0]: a number, expected a list of numbers",
        ),
        (
            "a row of weights",
            file("\"\"", &format!("[{ones}]"), "[]", "[]"),
            "network.layers[0].weights[0]: 4,900,000 numbers, expected 10",
        ),
        (
            "rows of weights",
            file("\"\"", &rows, "[]", "[]"),
            "network.layers[0].weights: 2,400,000 rows, expected 1 to 256",
        ),
        (
            "rows of inputs",
            file("\"\"", &format!("[{row}]"), &rows, "[]"),
            "data.inputs: 2,400,000 rows, at most 50,000",
        ),
        (
            "a row of inputs",
            file("\"\"", &format!("[{row}]"), &format!("[{ones}]"), "[]"),
            "data.inputs[0]: 4,900,000 numbers, expected 10",
        ),
    ] {
        MEMORY.set_limit(MEMORY.allocated() + MOST).expect("more than is in use");
        let found = Lesson::from_json(&text).expect_err(what).to_string();
        MEMORY.set_limit(usize::MAX).expect("no limit");
        assert_eq!(found, fault, "{what}");
    }

    let number = "1.2345678901234567890123456789e-300";
    let text = file("\"\"", &format!("[{row}]"), &ten_rows(number), &list("[0]", 26_000));
    assert!(text.len() < 10_000_000);
    let start = Instant::now();
    let lesson = Lesson::from_json(&text).expect("a lesson");
    let time = start.elapsed();
    let expected: f64 = number.parse().expect("a number");
    assert!(lesson.data.train.iter().all(|sample| sample.input.iter().all(|x| *x == expected)));
    assert!(time < Duration::from_secs(1), "{time:?}");
}
