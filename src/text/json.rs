//! JSON, read with the place of every fault: `network.layers[1].weights[0]: 3 numbers, expected 2`.

mod parser;
mod value;

use std::fmt;

pub use parser::parse;
pub use value::{Value, object};

/// Characters of the file's own words that a fault repeats.
const QUOTED_CHARS: usize = 60;

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
    pub fn new(place: impl Into<String>, problem: impl Into<String>) -> Box<Self> {
        Box::new(Self { place: place.into(), problem: problem.into() })
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
pub type Read<T> = Result<T, Box<Fault>>;

/// A value of a document and where it stands. Its place is looked for only where a fault names it.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    document: &'a Value,
    value: &'a Value,
}

/// An object of a document that has only known keys.
#[derive(Clone, Copy, Debug)]
pub struct Object<'a> {
    place: Place<'a>,
    entries: &'a [(String, Value)],
}

/// A kind of thing that files name by a word.
pub trait Word: Copy + PartialEq + 'static {
    /// Each of the kind with its word.
    const WORDS: &'static [(Self, &'static str)];

    /// Its word in files.
    fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(it, _)| *it == self).map_or("", |(_, word)| word)
    }
}

impl<'a> Place<'a> {
    /// The whole document.
    pub fn whole(document: &'a Value) -> Self {
        Self { document, value: document }
    }

    fn at(self, value: &'a Value) -> Self {
        Self { value, ..self }
    }

    /// The place's name.
    pub fn path(&self) -> String {
        let path = self.path_of("");
        if path.is_empty() { "file".to_owned() } else { path }
    }

    /// A fault of what stands, or should stand, at `key` here.
    fn fault_at(&self, key: &str, problem: String) -> Box<Fault> {
        Fault::new(self.path_of(&step(key)), problem)
    }

    fn path_of(&self, last: &str) -> String {
        let way = way(self.document, self.value).unwrap_or_default() + last;
        way.strip_prefix('.').unwrap_or(&way).to_owned()
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
            Value::Flag(_) => "true or false",
            Value::Count(_) | Value::Number(_) => "a number",
            Value::Text(_) => "text",
            Value::List(_) => "a list",
            Value::Object(_) => "an object",
        };
        self.fault(format!("{found}, expected {what}"))
    }

    /// The value as an object with no keys but `known`.
    ///
    /// # Errors
    /// If it is none, or has another key.
    pub fn object(&self, known: &[&str]) -> Read<Object<'a>> {
        let Value::Object(entries) = self.value else {
            return self.expected("an object");
        };
        if let Some((key, _)) = entries.iter().find(|(key, _)| !known.contains(&key.as_str())) {
            let shown: String = key.chars().take(QUOTED_CHARS).collect();
            return Err(self.fault_at(&shown, format!("unknown key, expected one of {}", known.join(", "))));
        }
        Ok(Object { place: *self, entries })
    }

    /// The value as a list.
    ///
    /// # Errors
    /// If it is none.
    pub fn list(&self) -> Read<Vec<Place<'a>>> {
        let Value::List(items) = self.value else {
            return self.expected("a list");
        };
        Ok(items.iter().map(|item| self.at(item)).collect())
    }

    /// Whether nothing stands here.
    pub fn is_null(&self) -> bool {
        *self.value == Value::Null
    }

    /// The value as a number.
    ///
    /// # Errors
    /// If it is none.
    pub fn number(&self) -> Read<f64> {
        match self.value {
            Value::Count(count) => Ok(*count as f64),
            Value::Number(number) => Ok(*number),
            _ => self.expected("a number"),
        }
    }

    /// The value as a whole number that is not negative.
    ///
    /// # Errors
    /// If it is none.
    pub fn count(&self) -> Read<u64> {
        match self.value {
            Value::Count(count) => Ok(*count),
            _ => self.expected("a whole number, 0 or more"),
        }
    }

    /// The value as a list of numbers.
    ///
    /// # Errors
    /// If it is none.
    pub fn numbers(&self) -> Read<Vec<f64>> {
        let Value::List(items) = self.value else {
            return self.expected("a list of numbers");
        };
        items.iter().map(|item| self.at(item).number()).collect()
    }

    /// The value as text.
    ///
    /// # Errors
    /// If it is none.
    pub fn text(&self) -> Read<&'a str> {
        match self.value {
            Value::Text(text) => Ok(text),
            _ => self.expected("text"),
        }
    }

    /// The value as true or false.
    ///
    /// # Errors
    /// If it is neither.
    pub fn flag(&self) -> Read<bool> {
        match self.value {
            Value::Flag(flag) => Ok(*flag),
            _ => self.expected("true or false"),
        }
    }

    /// What the value's word names.
    ///
    /// # Errors
    /// If it is no word for a `T`; says those that are.
    pub fn word<T: Word>(&self) -> Read<T> {
        let words: Vec<&str> = T::WORDS.iter().map(|(_, word)| *word).collect();
        Ok(T::WORDS[self.one_of(&words)?].0)
    }

    /// Which of `words` the value is.
    fn one_of(&self, words: &[&str]) -> Read<usize> {
        let text = self.text()?;
        if let Some(which) = words.iter().position(|word| *word == text) {
            return Ok(which);
        }
        let found: String = text.chars().take(QUOTED_CHARS).collect();
        match words {
            [one, other] => self.fault(format!("\"{found}\", expected `{one}` or `{other}`")),
            _ => self.fault(format!("\"{found}\", expected one of `{}`", words.join("`, `"))),
        }
    }
}

impl<'a> Object<'a> {
    /// The value of `key`; a null counts as missing.
    pub fn optional(&self, key: &str) -> Option<Place<'a>> {
        let (_, value) = self.entries.iter().find(|(found, _)| found == key)?;
        (*value != Value::Null).then(|| self.place.at(value))
    }

    /// The value of `key`.
    ///
    /// # Errors
    /// If it is missing.
    pub fn required(&self, key: &str) -> Read<Place<'a>> {
        self.optional(key).ok_or_else(|| self.place.fault_at(key, "missing".to_owned()))
    }
}

/// The way from `from` down to `value`, which is a part of it: `.network.layers[1]`.
fn way(from: &Value, value: &Value) -> Option<String> {
    match from {
        _ if std::ptr::eq(from, value) => Some(String::new()),
        Value::List(items) => {
            let through = |(k, item)| way(item, value).map(|on| format!("[{k}]{on}"));
            items.iter().enumerate().find_map(through)
        }
        Value::Object(entries) => {
            entries.iter().find_map(|(key, entry)| way(entry, value).map(|on| step(key) + &on))
        }
        _ => None,
    }
}

/// The step from an object to the value of one of its keys.
fn step(key: &str) -> String {
    if key.is_empty() { "[\"\"]".to_owned() } else { format!(".{key}") }
}
