//! Reading JSON with the place of every fault: `network.layers[1].weights[0]: 3 numbers, expected 2`.

use std::fmt;

use serde::de::{DeserializeOwned, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

/// A fault of a file: where and what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The place in the file, such as `network.layers[1].weights[0]`; `file` for the whole.
    pub place: String,
    /// What is wrong and what is accepted.
    pub problem: String,
}

impl Fault {
    /// A fault at a place.
    pub fn new(place: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { place: place.into(), problem: problem.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Names of keys come from the file: one fault stays one line.
        let one_line = |text: &str| text.replace(char::is_control, " ");
        write!(f, "{}: {}", one_line(&self.place), one_line(&self.problem))
    }
}

impl std::error::Error for Fault {}

/// What reading gives.
pub type Read<T> = Result<T, Fault>;

/// A value of a document and where it stands.
#[derive(Clone, Debug)]
pub struct Place<'a> {
    value: &'a Value,
    path: String,
}

/// An object of a document that has only known keys.
#[derive(Clone, Debug)]
pub struct Object<'a> {
    keys: &'a Map<String, Value>,
    path: String,
}

/// Reads a document.
///
/// # Errors
/// Where the text stops being JSON, or says a key twice.
pub fn parse(text: &str) -> Read<Value> {
    let document: Result<Document, serde_json::Error> = serde_json::from_str(text);
    document.map(|Document(value)| value).map_err(|error| {
        let problem = if error.is_data() { error.to_string() } else { format!("not JSON: {error}") };
        Fault::new("file", problem)
    })
}

/// A value in which no object has a key twice: serde_json's own keeps the last one without a word.
struct Document(Value);

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        reader.deserialize_any(DocumentVisitor)
    }
}

struct DocumentVisitor;

impl<'de> Visitor<'de> for DocumentVisitor {
    type Value = Document;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Document, E> {
        Ok(Document(Value::Null))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Document, E> {
        Ok(Document(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Document, E> {
        Ok(Document(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Document, E> {
        Ok(Document(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Document, E> {
        Ok(Document(value.into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Document, E> {
        Ok(Document(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Document, A::Error> {
        let mut items = Vec::new();
        while let Some(Document(item)) = list.next_element()? {
            items.push(item);
        }
        Ok(Document(Value::Array(items)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Document, A::Error> {
        let mut keys = Map::new();
        while let Some(key) = object.next_key::<String>()? {
            if keys.contains_key(&key) {
                return Err(A::Error::custom(format!("the key \"{key}\" stands twice")));
            }
            let Document(value) = object.next_value()?;
            keys.insert(key, value);
        }
        Ok(Document(Value::Object(keys)))
    }
}

impl<'a> Place<'a> {
    /// The whole document.
    pub fn whole(value: &'a Value) -> Self {
        Self { value, path: String::new() }
    }

    /// The place's name.
    pub fn path(&self) -> &str {
        if self.path.is_empty() { "file" } else { &self.path }
    }

    /// A fault here.
    ///
    /// # Errors
    /// Always.
    pub fn fault<T>(&self, problem: impl Into<String>) -> Read<T> {
        Err(Fault::new(self.path(), problem))
    }

    fn expected<T>(&self, what: &str) -> Read<T> {
        let found = match self.value {
            Value::Null => "null",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::String(_) => "text",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        };
        self.fault(format!("{found}, expected {what}"))
    }

    /// The value as an object with no keys but `known`.
    ///
    /// # Errors
    /// If it is none, or has another key.
    pub fn object(&self, known: &[&str]) -> Read<Object<'a>> {
        let Value::Object(keys) = self.value else {
            return self.expected("an object");
        };
        if let Some(key) = keys.keys().find(|key| !known.contains(&key.as_str())) {
            let shown: String = key.chars().take(60).collect();
            let place = inside(&self.path, &shown);
            return Err(Fault::new(place, format!("unknown key, expected one of {}", known.join(", "))));
        }
        Ok(Object { keys, path: self.path.clone() })
    }

    /// The value as a list.
    ///
    /// # Errors
    /// If it is none.
    pub fn list(&self) -> Read<Vec<Place<'a>>> {
        let Value::Array(items) = self.value else {
            return self.expected("a list");
        };
        let place = |(k, value)| Place { value, path: format!("{}[{k}]", self.path) };
        Ok(items.iter().enumerate().map(place).collect())
    }

    /// Whether nothing stands here.
    pub fn is_null(&self) -> bool {
        self.value.is_null()
    }

    /// The value as a number.
    ///
    /// # Errors
    /// If it is none.
    pub fn number(&self) -> Read<f64> {
        self.value.as_f64().map_or_else(|| self.expected("a number"), Ok)
    }

    /// The value as a whole number that is not negative.
    ///
    /// # Errors
    /// If it is none.
    pub fn count(&self) -> Read<u64> {
        self.value.as_u64().map_or_else(|| self.expected("a whole number, 0 or more"), Ok)
    }

    /// The value as a list of numbers.
    ///
    /// # Errors
    /// If it is none.
    pub fn numbers(&self) -> Read<Vec<f64>> {
        let Value::Array(items) = self.value else {
            return self.expected("a list of numbers");
        };
        let number = |(k, value): (usize, &'a Value)| {
            value.as_f64().map_or_else(|| Place { value, path: format!("{}[{k}]", self.path) }.number(), Ok)
        };
        items.iter().enumerate().map(number).collect()
    }

    /// The value as text.
    ///
    /// # Errors
    /// If it is none.
    pub fn text(&self) -> Read<&'a str> {
        self.value.as_str().map_or_else(|| self.expected("text"), Ok)
    }

    /// The value as true or false.
    ///
    /// # Errors
    /// If it is neither.
    pub fn flag(&self) -> Read<bool> {
        self.value.as_bool().map_or_else(|| self.expected("true or false"), Ok)
    }

    /// The value as one of the words of `T`.
    ///
    /// # Errors
    /// If it is none of them; names them.
    pub fn word<T: DeserializeOwned>(&self) -> Read<T> {
        self.text()?;
        T::deserialize(self.value).or_else(|error| self.fault(error.to_string()))
    }
}

impl<'a> Object<'a> {
    /// The value of `key`; a null counts as missing.
    pub fn optional(&self, key: &str) -> Option<Place<'a>> {
        let value = self.keys.get(key).filter(|value| !value.is_null())?;
        Some(Place { value, path: inside(&self.path, key) })
    }

    /// The value of `key`.
    ///
    /// # Errors
    /// If it is missing.
    pub fn required(&self, key: &str) -> Read<Place<'a>> {
        self.optional(key).ok_or_else(|| Fault::new(inside(&self.path, key), "missing"))
    }
}

fn inside(path: &str, key: &str) -> String {
    match (path, key) {
        (_, "") => format!("{path}[\"\"]"),
        ("", _) => key.to_owned(),
        _ => format!("{path}.{key}"),
    }
}
