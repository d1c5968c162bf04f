//! JSON as a tree that keeps the order of keys, as files of weights need it: it says which layer comes first.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::tensor::MAX_NUMBERS;
use crate::lesson::limits;
use crate::text::format;
use crate::words::weights::files as words;

/// The longest list of numbers that is read by itself, in bytes: more than the weights of a unit take, written out and
/// in lines.
const ROW_BYTES: usize = 65_536;

/// A part of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Tree {
    /// A number.
    Number(f64),
    /// A list of nothing but numbers; an empty list, too.
    Numbers(Vec<f64>),
    /// Text.
    Text(String),
    /// Any other list.
    List(Vec<Tree>),
    /// Keys and what stands behind them, in the document's order.
    Object(Vec<(String, Tree)>),
    /// false.
    False,
    /// null or true.
    Other,
}

impl Tree {
    /// Puts lists of numbers, in the document's order, where lists are empty.
    fn fill(&mut self, rows: &mut impl Iterator<Item = Vec<f64>>) {
        match self {
            Self::Numbers(numbers) if numbers.is_empty() => *numbers = rows.next().unwrap_or_default(),
            Self::List(items) => items.iter_mut().for_each(|item| item.fill(rows)),
            Self::Object(entries) => entries.iter_mut().for_each(|(_, value)| value.fill(rows)),
            _ => {}
        }
    }

    /// What stands behind a key of an object.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entries().iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// What stands behind keys, one within the other.
    pub fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |tree, key| tree.get(key))
    }

    /// The keys of an object with what stands behind them; none of anything else.
    pub fn entries(&self) -> &[(String, Self)] {
        match self {
            Self::Object(entries) => entries,
            _ => &[],
        }
    }

    /// The parts of a list that is not of numbers; none of anything else.
    pub fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// The number.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(x) => Some(*x),
            _ => None,
        }
    }

    /// The numbers of a list of numbers.
    pub fn numbers(&self) -> Option<&[f64]> {
        match self {
            Self::Numbers(numbers) => Some(numbers),
            _ => None,
        }
    }

    /// The text.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The lengths of the lists within each other, if all on a level are as long: none of a number.
    pub fn shape(&self) -> Option<Vec<usize>> {
        match self {
            Self::Number(_) => Some(Vec::new()),
            Self::Numbers(numbers) => Some(vec![numbers.len()]),
            Self::List(items) => {
                let mut shapes = items.iter().map(Self::shape);
                let first = shapes.next()??;
                let are_same = shapes.all(|shape| shape.as_ref() == Some(&first));
                are_same.then(|| [vec![items.len()], first].concat())
            }
            _ => None,
        }
    }

    /// All numbers within, in order.
    pub fn flat(&self) -> Vec<f64> {
        match self {
            Self::Number(x) => vec![*x],
            Self::Numbers(numbers) => numbers.clone(),
            Self::List(items) => items.iter().flat_map(Self::flat).collect(),
            _ => Vec::new(),
        }
    }
}

/// A document that is read a slice at a time: its lists of numbers, which are nearly all of a large one, one by one,
/// and then what is left of it at once.
pub struct TreeSlices {
    text: String,
    /// The text, with blanks in place of the numbers that have been read: faults keep their places.
    outline: Vec<u8>,
    at: usize,
    is_in_string: bool,
    is_escaped: bool,
    /// The innermost list, if nothing but numbers has been found in it so far.
    list: Option<OpenList>,
    /// Lists of numbers that have been read, and empty ones.
    rows: Vec<Vec<f64>>,
}

/// A list that is not yet closed.
#[derive(Clone, Copy)]
struct OpenList {
    start: usize,
    is_empty: bool,
}

impl TreeSlices {
    /// Begins to read a document.
    ///
    /// # Errors
    /// A sentence if it has more values than any network needs.
    pub fn new(bytes: &[u8]) -> Result<Self, String> {
        let text = String::from_utf8_lossy(bytes);
        let text = text.trim_start_matches('\u{feff}').to_owned();
        // Each value but the first of its list or object stands behind a comma.
        if MAX_NUMBERS < text.bytes().filter(|byte| *byte == b',').count() {
            let (n, most) = (format::count(MAX_NUMBERS as u64), format::count(limits::PARAMETERS as u64));
            return Err(words::too_many_values(&n, &most));
        }
        Ok(Self {
            outline: text.as_bytes().to_vec(),
            text,
            at: 0,
            is_in_string: false,
            is_escaped: false,
            list: None,
            rows: Vec::new(),
        })
    }

    /// Bytes read so far, and bytes in all.
    pub fn progress(&self) -> (usize, usize) {
        (self.at, self.text.len())
    }

    /// Reads about `n_bytes` more (at most a list of numbers more); returns whether the end has been reached.
    pub fn advance(&mut self, n_bytes: usize) -> bool {
        let end = self.text.len().min(self.at.saturating_add(n_bytes));
        while self.at < end {
            self.pass(self.text.as_bytes()[self.at]);
            self.at += 1;
        }
        self.at == self.text.len()
    }

    /// The document, once the end has been reached.
    ///
    /// # Errors
    /// A sentence if it is no JSON.
    pub fn finish(self) -> Result<Tree, String> {
        let mut tree: Tree =
            serde_json::from_slice(&self.outline).map_err(|error| words::not_json(&error))?;
        tree.fill(&mut self.rows.into_iter());
        Ok(tree)
    }

    /// Passes the byte at hand. What is no JSON is left to the reader of the outline.
    fn pass(&mut self, byte: u8) {
        if self.is_in_string {
            self.is_in_string = byte != b'"' || self.is_escaped;
            self.is_escaped = byte == b'\\' && !self.is_escaped;
            return;
        }
        match byte {
            b'[' => self.list = Some(OpenList { start: self.at, is_empty: true }),
            b']' => self.close(),
            b' ' | b'\t' | b'\n' | b'\r' => {}
            b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E' | b',' => {
                if let Some(list) = &mut self.list {
                    list.is_empty = false;
                }
            }
            _ => {
                self.list = None;
                self.is_in_string = byte == b'"';
            }
        }
    }

    /// Closes the innermost list, and reads it if it holds nothing but numbers.
    fn close(&mut self) {
        let Some(OpenList { start, is_empty }) = self.list.take() else {
            return;
        };
        if is_empty {
            self.rows.push(Vec::new());
        } else if self.at - start <= ROW_BYTES
            && let Ok(row) = serde_json::from_str(&self.text[start..=self.at])
        {
            self.rows.push(row);
            let numbers = &mut self.outline[start + 1..self.at];
            numbers.iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
        }
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Other)
    }

    fn visit_bool<E>(self, is_true: bool) -> Result<Tree, E> {
        Ok(if is_true { Tree::Other } else { Tree::False })
    }

    fn visit_u64<E>(self, x: u64) -> Result<Tree, E> {
        Ok(Tree::Number(x as f64))
    }

    fn visit_i64<E>(self, x: i64) -> Result<Tree, E> {
        Ok(Tree::Number(x as f64))
    }

    fn visit_f64<E>(self, x: f64) -> Result<Tree, E> {
        Ok(Tree::Number(x))
    }

    fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
        Ok(Tree::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Tree, A::Error> {
        let (mut numbers, mut items) = (Vec::new(), Vec::new());
        while let Some(item) = list.next_element()? {
            match item {
                Tree::Number(x) if items.is_empty() => numbers.push(x),
                other => {
                    items.extend(numbers.drain(..).map(Tree::Number));
                    items.push(other);
                }
            }
        }
        Ok(if items.is_empty() { Tree::Numbers(numbers) } else { Tree::List(items) })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Tree, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = object.next_entry()? {
            entries.push(entry);
        }
        Ok(Tree::Object(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Read in slices of any length, a document is what serde makes of it, or is refused with the same place.
    #[test]
    fn in_slices_a_document_is_the_same() {
        let long = format!("[[{}], [], [3]]", vec!["0.125"; ROW_BYTES / 6 + 2].join(","));
        let blank = format!("[[{}], [1]]", " ".repeat(ROW_BYTES + 2));
        for text in [
            r#"{"a": [[1, -2.5e3], [3, 4]], "b": [], "c": [ ], "d": {"e": [5], "f": "[6, \"7]"}}"#,
            r#"[1, [2], [], [[3, 4], [5, null], [6, "[7]"], [-0]], true, 8]"#,
            "[[1,\n2],\n[3 4]]",
            "[[1, 2], [3,]]",
            "[1e999]",
            "[1, 2",
            "[1]]",
            "[[1], [\"a\\\\\", [2]]]",
            "",
            &long,
            &blank,
        ] {
            let whole =
                serde_json::from_str::<Tree>(text).map_err(|error| format!("The file is not JSON: {error}."));
            for n_bytes in [1, 7, usize::MAX] {
                let mut slices = TreeSlices::new(text.as_bytes()).expect("few values");
                while !slices.advance(n_bytes) {}
                assert_eq!(slices.progress(), (text.len(), text.len()));
                assert_eq!(slices.finish(), whole, "{text}");
            }
        }
    }
}
