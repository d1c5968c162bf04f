//! A lesson file that is read in slices gives what it gives when it is read at once.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::expect_used)]

mod common;

use backprop::rng::Rng;
use chainrule::lesson::Lesson;
use chainrule::lesson::slices::FileSlices;

fn read(text: &str, n_bytes: usize) -> Result<Lesson, String> {
    let mut slices = FileSlices::new(text.to_owned()).map_err(|fault| fault.to_string())?;
    let mut at = 0;
    while !slices.advance(n_bytes) {
        let (now, end) = slices.progress();
        assert!(at < now && now < end);
        at = now;
    }
    slices.finish().map_err(|fault| fault.to_string())
}

fn is_the_same(text: &str) {
    let whole = Lesson::from_json(text).map_err(|fault| fault.to_string());
    for n_bytes in [1, 7, 4_000] {
        assert_eq!(read(text, n_bytes), whole, "in slices of {n_bytes}: {text:.300}");
    }
}

#[test]
fn lessons_are_the_same() {
    for (_, text) in common::json_files("static/lessons") {
        is_the_same(&text);
        is_the_same(&common::lesson(&text).to_compact_json());
        is_the_same(&format!("\u{feff}{text}"));
    }
}

/// One fault each, whose sentence names the place that it has in the file.
#[test]
fn faults_are_the_same() {
    let lesson = common::lesson(common::XOR);
    for text in [lesson.to_json(), lesson.to_compact_json()] {
        for (from, to) in [
            ("", ""),
            ("0.0", "\"0.0\""),
            ("0.0", "1e999"),
            ("0.0", "1e7"),
            ("0.0", "[0.0]"),
            ("0.0", "{}"),
            ("0.0", "null"),
            ("0.0", "0.0 0.0"),
            ("0.0", "0.0,"),
            ("0.0", "01"),
            ("0.0", "0.0, 0.0"),
            ("1.0", ""),
            ("[", "[["),
            ("]", "]]"),
            ("]", "}"),
            ("inputs", "targets"),
            ("inputs", "\\u0069nputs"),
            ("\"targets\"", "\"targets\": [[0], [1], [1], [0]], \"targets\""),
            ("weights", "biases"),
            ("biases", "weights"),
            ("data", "network"),
            ("\"notes\"", "\"notes\\\"]\""),
            ("sigmoid", "[1, 2, 3]"),
            ("half_squared_error", "no loss"),
        ] {
            // Each time that it stands there.
            let places: Vec<usize> = text.match_indices(from).map(|(at, _)| at).collect();
            for at in places.into_iter().filter(|_| !from.is_empty()) {
                let mut wrong = text.clone();
                wrong.replace_range(at..at + from.len(), to);
                is_the_same(&wrong);
            }
        }
        for end in (0..text.len()).step_by(7) {
            if text.is_char_boundary(end) {
                is_the_same(&text[..end]);
            }
        }
    }
    is_the_same("");
    is_the_same("[[[[1, 2]]]]");
    is_the_same(&"[".repeat(1_000));
    is_the_same(&"{\"data\":".repeat(1_000));
    let deep = format!("{}{}", "[".repeat(40), "]".repeat(40));
    is_the_same(&common::XOR.replacen("\"inputs\": [[", &format!("\"inputs\": [{deep}, [["), 1));
}

/// Whatever a file has become, it is accepted in slices just when it is at once, and as the same lesson.
#[test]
fn damaged_files_are_refused_or_the_same() {
    let text = common::lesson(common::LECTURE).to_json();
    let mut rng = Rng::new(1);
    for _ in 0..20_000 {
        let mut bytes = text.clone().into_bytes();
        for _ in 0..1 + common::below(&mut rng, 2) {
            let at = common::below(&mut rng, bytes.len());
            match common::below(&mut rng, 3) {
                0 => bytes[at] = common::pick(&mut rng, b"[]{},:\"\\0-e. \n"),
                1 => drop(bytes.remove(at)),
                _ => bytes.insert(at, common::pick(&mut rng, b"[]{},:\"\\0-e. \n")),
            }
        }
        let Ok(text) = String::from_utf8(bytes) else {
            continue;
        };
        let whole = Lesson::from_json(&text);
        assert_eq!(read(&text, 100).ok(), whole.ok(), "{text}");
    }
}

/// More rows than a lesson may have, rows of more numbers than are read by themselves, and lists elsewhere.
#[test]
fn what_is_too_large_is_the_same() {
    let list = |item: &str, n: usize| format!("[{}]", vec![item; n].join(","));
    let with = |key: &str, value: &str| {
        common::HMKCODE.replacen(&format!("\"{key}\": "), &format!("\"{key}\": {value}, \"other\": "), 1)
    };
    for text in [
        with("inputs", &list("[2, 3]", 60_000)),
        with("inputs", &list(&list("1.25", 50_000), 2)),
        with("title", &list("1", 50_000)),
        with("layers", &list("{\"weights\": [[1]]}", 20)),
    ] {
        let whole = Lesson::from_json(&text).map_err(|fault| fault.to_string());
        assert_eq!(read(&text, 4_000), whole);
    }
    let targets = common::HMKCODE.replacen("[[2, 3]]", &list("[2, 3]", 60_000), 1).replacen(
        "[[1]]",
        &list("[1]", 60_000),
        1,
    );
    assert_eq!(read(&targets, 4_000), Err("data.inputs: 60,000 rows, at most 50,000".to_owned()));
}
