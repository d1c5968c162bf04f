//! JSON as a value, and how it is written.

use std::fmt::{self, Formatter, Write};

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing.
    Null,
    /// True or false.
    Flag(bool),
    /// A whole number that is not negative, written without point and exponent.
    Count(u64),
    /// Any other number.
    Number(f64),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// An object: its keys in the order of the file, none of them twice.
    Object(Vec<(String, Value)>),
}

/// An object with these entries; those that are null are left out, as reading takes null for
/// missing.
pub fn object(entries: Vec<(&str, Value)>) -> Value {
    let entries = entries.into_iter().filter(|(_, value)| *value != Value::Null);
    Value::Object(entries.map(|(key, value)| (key.to_owned(), value)).collect())
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<u64> for Value {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl From<usize> for Value {
    fn from(count: usize) -> Self {
        Self::Count(count as u64)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&[f64]> for Value {
    fn from(numbers: &[f64]) -> Self {
        numbers.iter().copied().collect()
    }
}

impl From<&[String]> for Value {
    fn from(texts: &[String]) -> Self {
        texts.iter().map(String::as_str).collect()
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl<T: Into<Value>> FromIterator<T> for Value {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}

/// `{}` writes it in one line, `{:#}` an item a line. Numbers read back to the same bits.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.write(f, 0)
    }
}

impl Value {
    fn write(&self, f: &mut Formatter<'_>, depth: usize) -> fmt::Result {
        match self {
            Self::Flag(flag) => write!(f, "{flag}"),
            Self::Count(count) => write!(f, "{count}"),
            Self::Number(number) if number.is_finite() => write!(f, "{number:?}"),
            Self::Null | Self::Number(_) => f.write_str("null"),
            Self::Text(text) => write_text(f, text),
            Self::List(items) => {
                f.write_char('[')?;
                for (k, item) in items.iter().enumerate() {
                    begin_item(f, k, depth)?;
                    item.write(f, depth + 1)?;
                }
                end_items(f, items.is_empty(), depth)?;
                f.write_char(']')
            }
            Self::Object(entries) => {
                f.write_char('{')?;
                for (k, (key, value)) in entries.iter().enumerate() {
                    begin_item(f, k, depth)?;
                    write_text(f, key)?;
                    f.write_str(if f.alternate() { ": " } else { ":" })?;
                    value.write(f, depth + 1)?;
                }
                end_items(f, entries.is_empty(), depth)?;
                f.write_char('}')
            }
        }
    }
}

fn begin_item(f: &mut Formatter<'_>, index: usize, depth: usize) -> fmt::Result {
    if 0 < index {
        f.write_char(',')?;
    }
    end_line(f, depth + 1)
}

fn end_items(f: &mut Formatter<'_>, is_empty: bool, depth: usize) -> fmt::Result {
    if is_empty { Ok(()) } else { end_line(f, depth) }
}

fn end_line(f: &mut Formatter<'_>, depth: usize) -> fmt::Result {
    if !f.alternate() {
        return Ok(());
    }
    f.write_char('\n')?;
    (0..depth).try_for_each(|_| f.write_str("  "))
}

fn write_text(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('"')?;
    for c in text.chars() {
        match c {
            '"' | '\\' => write!(f, "\\{c}")?,
            '\n' => f.write_str("\\n")?,
            '\0'..' ' => write!(f, "\\u{:04x}", u32::from(c))?,
            _ => f.write_char(c)?,
        }
    }
    f.write_char('"')
}
