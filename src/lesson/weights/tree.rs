//! JSON as a tree that keeps the order of keys, as files of weights need it: it says which layer comes first.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::tensor::MAX_NUMBERS;
use crate::lesson::limits;
use crate::text::format;

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
    /// Reads a document.
    ///
    /// # Errors
    /// A sentence if it is no JSON, or has more values than any network needs.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let text = String::from_utf8_lossy(bytes);
        let text = text.trim_start_matches('\u{feff}');
        // Each value but the first of its list or object stands behind a comma.
        if MAX_NUMBERS < text.bytes().filter(|byte| *byte == b',').count() {
            return Err(format!(
                "The file has more than {} values: a network has at most {} weights and biases here.",
                format::count(MAX_NUMBERS as u64),
                format::count(limits::PARAMETERS as u64)
            ));
        }
        serde_json::from_str(text).map_err(|error| format!("The file is not JSON: {error}."))
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
