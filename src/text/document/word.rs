//! Words that each stand for something.

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};

use super::shorten;
use crate::text::fault::Problem;

/// What documents name by a word.
pub trait Word: Copy + 'static {
    /// All that there are.
    const ALL: &'static [Self];

    /// The word.
    fn word(self) -> &'static str;
}

/// A word of a document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ByWord<T>(pub T);

impl<T: Word> Serialize for ByWord<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.word())
    }
}

impl<'de, T: Word> Deserialize<'de> for ByWord<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let found = String::deserialize(deserializer)?;
        match T::ALL.iter().find(|it| it.word() == found) {
            Some(it) => Ok(Self(*it)),
            None => {
                let known = T::ALL.iter().map(|it| it.word()).collect();
                Err(D::Error::custom(String::from(Problem::UnknownWord(shorten(&found), known))))
            }
        }
    }
}
