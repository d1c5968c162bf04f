//! Lists that know how long they may be.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, IgnoredAny, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::text::fault::{Fault, Problem, Read};

/// What lists are made of.
pub trait Item {
    /// So many of them in words: "2 numbers".
    fn counted(n: usize) -> String;

    /// What a list of them is called: "a list of numbers".
    fn list() -> &'static str;
}

/// A list of at most `MOST` items. Of a longer one the rest is counted only: whoever asks for its items
/// gets a fault.
#[derive(Clone, Debug, PartialEq)]
pub struct List<T, const MOST: usize> {
    items: Vec<T>,
    n: usize,
}

impl<T: Item, const MOST: usize> List<T, MOST> {
    /// The items.
    ///
    /// # Errors
    /// If there are too many.
    pub fn all(&self) -> Read<&[T]> {
        self.checked(self.n <= MOST, |counted| Problem::AtMost(counted, MOST))
    }

    /// The items.
    ///
    /// # Errors
    /// If there are none, or too many.
    pub fn some(&self) -> Read<&[T]> {
        self.checked((1..=MOST).contains(&self.n), |counted| Problem::OneTo(counted, MOST))
    }

    /// The items.
    ///
    /// # Errors
    /// Unless there are `n`.
    pub fn exactly(&self, n: usize) -> Read<&[T]> {
        self.checked(self.n == n && n <= MOST, |counted| Problem::Exactly(counted, n))
    }

    /// Puts `items` in place of those that were read; whether there are as many of them.
    pub fn fill(&mut self, mut items: Vec<T>) -> bool {
        items.truncate(MOST);
        let is_as_long = items.len() == self.items.len();
        self.items = items;
        is_as_long
    }

    /// Item `k`, however many there are.
    pub fn get_mut(&mut self, k: usize) -> Option<&mut T> {
        self.items.get_mut(k)
    }

    fn checked(&self, fits: bool, problem: impl Fn(String) -> Problem) -> Read<&[T]> {
        if fits { Ok(&self.items) } else { Err(Fault::new("", problem(T::counted(self.n)))) }
    }
}

impl<T, const MOST: usize> FromIterator<T> for List<T, MOST> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let items: Vec<T> = items.into_iter().collect();
        Self { n: items.len(), items }
    }
}

impl<T: Serialize, const MOST: usize> Serialize for List<T, MOST> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.items.serialize(serializer)
    }
}

impl<'de, T: Item + Deserialize<'de>, const MOST: usize> Deserialize<'de> for List<T, MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Items<T, const MOST: usize>(PhantomData<T>);

        impl<'de, T: Item + Deserialize<'de>, const MOST: usize> Visitor<'de> for Items<T, MOST> {
            type Value = List<T, MOST>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str(T::list())
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                let mut items = Vec::new();
                while items.len() < MOST {
                    match list.next_element()? {
                        Some(item) => items.push(item),
                        None => return Ok(items.into_iter().collect()),
                    }
                }
                let mut n = MOST;
                while list.next_element::<IgnoredAny>()?.is_some() {
                    n += 1;
                }
                Ok(List { items, n })
            }
        }

        deserializer.deserialize_seq(Items(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_list_that_is_too_long_the_rest_is_counted() {
        let list = |text: &str| serde_json::from_str::<List<f64, 3>>(text).expect("a list");
        fn said(read: Read<&[f64]>) -> Result<&[f64], String> {
            read.map_err(|fault| fault.problem)
        }
        let three = list("[1, 2, 3]");
        assert_eq!(said(three.all()), Ok(&[1.0, 2.0, 3.0][..]));
        assert_eq!(said(three.exactly(2)), Err("3 numbers, expected 2".to_owned()));
        let five = list("[1, 2, 3, {}, 5]");
        assert_eq!(five.items.len(), 3);
        assert_eq!(said(five.all()), Err("5 numbers, at most 3".to_owned()));
        assert_eq!(said(five.exactly(5)), Err("5 numbers, expected 5".to_owned()));
        assert_eq!(said(list("[]").some()), Err("0 numbers, expected 1 to 3".to_owned()));
    }
}
