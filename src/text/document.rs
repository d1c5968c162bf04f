//! JSON documents: read by serde into plain structs of these parts, with the place of the first fault.
//!
//! No part holds more than it says it may, whatever the document: a file cannot exhaust memory.

mod any;
mod list;
mod object;
mod word;

use serde::de::DeserializeOwned;
use serde_json::error::Category;
use serde_path_to_error::{Path, Segment};

pub use list::{Item, List};
pub use object::Object;
pub use word::{ByWord, Word};

use super::fault::{Fault, Kind, Problem, Read};
use any::Any;

/// Characters of the document's own words that a fault repeats.
const QUOTED_CHARS: usize = 60;

/// Reads a document, an object.
///
/// # Errors
/// Where it stops being JSON; else the first place where it is not what a `T` is made of.
pub fn read<T: DeserializeOwned>(text: &str) -> Read<T> {
    let mut document = serde_json::Deserializer::from_str(text);
    match serde_path_to_error::deserialize(&mut document) {
        Ok(Object(value)) => document.end().map(|()| value).map_err(|error| not_json(&error)),
        // A bracket that is missing is told as that, not as what it makes of the keys behind it.
        Err(error) => Err(match serde_json::from_str::<Any>(text) {
            Ok(Any) => fault(place(error.path()), error.inner()),
            Err(error) => not_json(&error),
        }),
    }
}

/// The beginning of a word from the document, for a fault to repeat.
pub fn shorten(text: &str) -> String {
    text.chars().take(QUOTED_CHARS).collect()
}

fn not_json(error: &serde_json::Error) -> Box<Fault> {
    let problem = match error.is_eof() {
        true => Problem::BreaksOff(error.line(), error.column()),
        false => Problem::NotJson(error.to_string()),
    };
    Fault::new("", problem)
}

/// What serde says of a place, as a fault of this project.
fn fault(mut place: String, error: &serde_json::Error) -> Box<Fault> {
    if error.classify() != Category::Data {
        return not_json(error);
    }
    let said = error.to_string();
    let (line, column) = (error.line(), error.column());
    let said = said.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&said);
    let (found, expected) = said.rsplit_once(", expected ").unwrap_or((said, ""));
    let key_of = |what: &str| said.strip_prefix(what)?.strip_suffix('`');
    if let Some(key) = key_of("missing field `") {
        enter(&mut place, key);
        Fault::new(place, Problem::Missing)
    } else if let Some(key) = key_of("duplicate field `") {
        Fault::new("", Problem::KeyTwice(key.to_owned(), line, column))
    } else if found.starts_with("unknown field `") {
        // Each key stands between two of the marks.
        let keys = expected.split('`').skip(1).step_by(2).map(str::to_owned);
        Fault::new(place, Problem::UnknownKey(keys.collect()))
    } else if let Some(found) = found.strip_prefix("invalid type: ").or(found.strip_prefix("invalid value: "))
    {
        Fault::new(place, Problem::OtherKind(kind(found), wanted(expected)))
    } else {
        Fault::new(place, said)
    }
}

/// The kind of value that serde has found.
fn kind(found: &str) -> Kind {
    match found.split(' ').next().unwrap_or_default() {
        "boolean" => Kind::Truth,
        "integer" | "floating" => Kind::Number,
        "string" => Kind::Text,
        "sequence" => Kind::List,
        "map" => Kind::Object,
        _ => Kind::Other(found.to_owned()),
    }
}

/// The kind of value that serde, or [`Object`], expects.
fn wanted(expected: &str) -> Kind {
    match expected {
        "a boolean" => Kind::Truth,
        "f64" => Kind::Number,
        "u64" => Kind::Whole,
        "a string" => Kind::Text,
        "a sequence" => Kind::List,
        object::EXPECTED => Kind::Object,
        _ => Kind::Other(expected.to_owned()),
    }
}

/// The name of a place: `network.layers[1]`.
fn place(path: &Path) -> String {
    let mut place = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => place += &format!("[{index}]"),
            Segment::Map { key } => enter(&mut place, &shorten(key)),
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    place
}

/// From an object to the value of one of its keys.
fn enter(place: &mut String, key: &str) {
    let dot = if place.is_empty() { "" } else { "." };
    *place += &if key.is_empty() { "[\"\"]".to_owned() } else { format!("{dot}{key}") };
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    /// Nobody looks at what it holds.
    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Document {
        a: Option<List<f64, 3>>,
        b: Option<u64>,
        c: Option<Object<Inner>>,
        d: Option<String>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Inner {
        e: bool,
    }

    fn said(text: &str) -> String {
        read::<Document>(text).expect_err(text).to_string()
    }

    #[test]
    fn a_fault_of_json_says_its_line_and_column() {
        for (text, problem) in [
            ("", "EOF, the text breaks off at line 1 column 0"),
            ("[1,\n \"é\", x]", "expected value at line 2 column 8"),
            ("[1 2]", "expected `,` or `]` at line 1 column 4"),
            ("{\"a\" 1}", "expected `:` at line 1 column 6"),
            ("{a: 1}", "key must be a string at line 1 column 2"),
            ("[1] 2", "trailing characters at line 1 column 5"),
            ("[1,]", "trailing comma at line 1 column 4"),
            ("[1e999]", "number out of range at line 1 column 6"),
        ] {
            assert_eq!(said(text), format!("file: not JSON: {problem}"), "{text}");
        }
        for text in ["+1", "01", ".5", "1.", "1e", "-", "--1", "0x1", "1.e2", "nul", "tru", "NaN"] {
            assert!(said(&format!("[{text}]")).starts_with("file: not JSON: "), "{text}");
        }
        for text in [r"\x", r"\u12", r"\u+123", r"\ud800", r"\ud800\u0041", r"\udc00", r"\uéé", "\n"] {
            assert!(said(&format!("\"{text}\"")).starts_with("file: not JSON: "), "{text}");
        }
    }

    #[test]
    fn a_fault_of_a_value_says_its_place() {
        for (text, expected) in [
            ("[]", "file: a list, expected an object"),
            ("null", "file: null, expected an object"),
            (r#"{"a": 1}"#, "a: a number, expected a list of numbers"),
            (r#"{"a": [1, "2, expected 3"]}"#, "a[1]: text, expected a number"),
            (r#"{"a": [1, null]}"#, "a[1]: null, expected a number"),
            (r#"{"b": -1}"#, "b: a number, expected a whole number, 0 or more"),
            (r#"{"b": 1.5}"#, "b: a number, expected a whole number, 0 or more"),
            (r#"{"b": {}}"#, "b: an object, expected a whole number, 0 or more"),
            (r#"{"c": []}"#, "c: a list, expected an object"),
            (r#"{"c": {}}"#, "c.e: missing"),
            (r#"{"c": {"e": 1}}"#, "c.e: a number, expected true or false"),
            (r#"{"c": {"`f`": 1}}"#, "c.`f`: unknown key, expected e"),
            (r#"{"d": true}"#, "d: true or false, expected text"),
            (r#"{"": 1}"#, r#"[""]: unknown key, expected one of a, b, c, d"#),
            ("{\"b\": 1,\n\"b\": 2}", r#"file: the key "b" stands twice at line 2 column 3"#),
        ] {
            assert_eq!(said(text), expected, "{text}");
        }
    }
}
