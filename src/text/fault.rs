//! The fault of a file: where and what. What is wrong with any document is a value here, which `words` say; as they do
//! the fault as a whole.

/// A fault of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The place in the file, such as `network.layers[1].weights[0]`; empty for the whole.
    place: String,
    /// What is wrong and what is accepted.
    pub problem: String,
}

/// What may be wrong with any document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It ends within a value, at this line and column.
    BreaksOff(usize, usize),
    /// It is no JSON, as the reader of JSON says in its own words.
    NotJson(String),
    /// A text that was packed is another than it was.
    Damaged,
    /// A key is not there.
    Missing,
    /// This key stands twice, the second time at this line and column.
    KeyTwice(String, usize, usize),
    /// A key that is none of these.
    UnknownKey(Vec<String>),
    /// A word that is none of these.
    UnknownWord(String, Vec<&'static str>),
    /// A value of one kind where one of another is expected.
    OtherKind(Kind, Kind),
    /// So many items, and at most this number.
    AtMost(String, usize),
    /// So many items, and 1 to this number expected.
    OneTo(String, usize),
    /// So many items, and this number expected.
    Exactly(String, usize),
}

/// A kind of value in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `true` or `false`.
    Truth,
    /// A number.
    Number,
    /// A number without a fraction or a sign.
    Whole,
    /// Text.
    Text,
    /// A list of anything.
    List,
    /// An object.
    Object,
    /// Another one, which has been said already, such as `null`.
    Other(String),
}

/// What reading gives.
pub type Read<T> = Result<T, Box<Fault>>;

impl Fault {
    /// The name of the place that is the whole of what is read.
    pub const WHOLE: &'static str = "file";

    /// A fault at a place, "" for the whole of what is read, by a clause or by a [`Problem`].
    pub fn new(place: impl Into<String>, problem: impl Into<String>) -> Box<Self> {
        Box::new(Self { place: place.into(), problem: problem.into() })
    }

    /// The place's name, [`Self::WHOLE`] for the whole.
    pub fn place(&self) -> &str {
        if self.place.is_empty() { Self::WHOLE } else { &self.place }
    }

    /// The same fault, seen from what holds its place as `outer`.
    fn within(mut self: Box<Self>, outer: &str) -> Box<Self> {
        let is_step = self.place.is_empty() || self.place.starts_with('[');
        self.place.insert_str(0, if is_step { "" } else { "." });
        self.place.insert_str(0, outer);
        self
    }
}

impl std::error::Error for Fault {}

/// A fault of the whole of what is read.
///
/// # Errors
/// Always: it stands where a value would be read.
pub fn fault<T>(problem: impl Into<String>) -> Read<T> {
    Err(Fault::new("", problem))
}

/// Places are put together from within: each reader names the part of what it reads.
pub trait Within {
    /// A fault's place is that of the part `key`.
    fn of(self, key: &str) -> Self;

    /// A fault's place is that of item `k`.
    fn at(self, k: usize) -> Self;
}

impl<T> Within for Read<T> {
    fn of(self, key: &str) -> Self {
        self.map_err(|fault| fault.within(key))
    }

    fn at(self, k: usize) -> Self {
        self.map_err(|fault| fault.within(&format!("[{k}]")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_put_together_from_within() {
        let fault = |place: &str| -> Read<()> { Err(Fault::new(place, "wrong")) };
        for (read, expected) in [
            (fault(""), "file: wrong"),
            (fault("a\nb"), "a b: wrong"),
            (fault("").at(1).at(0).of("weights"), "weights[0][1]: wrong"),
            (fault("init.seed").at(1).of("layers").of("network"), "network.layers[1].init.seed: wrong"),
        ] {
            assert_eq!(read.map_err(|fault| fault.to_string()), Err(expected.to_owned()));
        }
    }
}
