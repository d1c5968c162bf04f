//! A letter or word with what stands below and above it.

use crate::text::format::{split_index, subscript, superscript};
use crate::words::names as words;

/// Before or after an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// Before.
    Old,
    /// After.
    New,
}

impl Age {
    /// "old" or "new".
    pub fn word(self) -> &'static str {
        match self {
            Self::Old => words::old(),
            Self::New => words::new(),
        }
    }
}

/// Whether what stands below or above is made of the letters that indices have, with numbers and signs: "ij",
/// "1j", "l+1".
pub fn is_index_expression(text: &str) -> bool {
    text.contains(INDEX_LETTERS)
        && text.chars().all(|c| INDEX_LETTERS.contains(&c) || "0123456789+−,".contains(c))
}

/// The letters of indices: units i, j, k, layer l, sample s.
const INDEX_LETTERS: [char; 5] = ['i', 'j', 'k', 'l', 's'];

/// What stands about the number of a layer or of a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Brackets {
    /// (2)
    Round,
    /// `[2]`
    Square,
    /// 2
    None,
}

impl Brackets {
    /// Those of samples where these are the layers'.
    pub fn other(self) -> Self {
        match self {
            Self::Square => Self::Round,
            Self::Round | Self::None => Self::Square,
        }
    }

    /// `number` in them.
    pub fn about(self, number: usize) -> String {
        match self {
            Self::Round => format!("({number})"),
            Self::Square => format!("[{number}]"),
            Self::None => number.to_string(),
        }
    }
}

/// The number of a layer or of a sample as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The number.
    pub number: usize,
    /// What it stands in.
    pub brackets: Brackets,
}

impl Mark {
    /// In plain characters: (2).
    pub fn plain(self) -> String {
        self.brackets.about(self.number)
    }
}

/// A letter or word with an index below and more above: w₅, a₁⁽²⁾, net h₁.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Symbol {
    /// The letter or word.
    pub letter: String,
    /// Below, in plain digits: "5", "12", "h₁".
    pub sub: String,
    /// Above, of a name that brings it along: "2" of x².
    pub raised: String,
    /// The layer, where it stands above: (1).
    pub layer: Option<Mark>,
    /// Whether it stands for a transposed matrix.
    pub is_transposed: bool,
    /// The sample, from 1, where it stands above: `[2]` of the second one.
    pub sample: Option<Mark>,
    /// Whether it is of before or after an update, where that is said.
    pub age: Option<Age>,
}

impl Symbol {
    /// A letter or word alone.
    pub fn new(letter: impl Into<String>) -> Self {
        Self { letter: letter.into(), ..Self::default() }
    }

    pub(super) fn sub(self, sub: impl Into<String>) -> Self {
        Self { sub: sub.into(), ..self }
    }

    /// Reads a line of text with raised and lowered characters back: "w₁₂⁽¹⁾".
    pub fn parse(text: &str) -> Self {
        match split_index(text) {
            ("", ..) => Self::new(text),
            (letter, sub, raised) => Self { raised, ..Self::new(letter).sub(sub) },
        }
    }

    /// All that stands above, in plain characters: `(1)[2]`, `(1) new`, `(1)ᵀ`.
    pub fn sup(&self) -> String {
        let mut sup = self.place_above();
        sup.extend(self.sample.map(Mark::plain));
        match self.age {
            Some(age) if sup.is_empty() => age.word().to_owned(),
            Some(age) => format!("{sup} {}", age.word()),
            None => sup,
        }
    }

    /// What it brings along, its layer and ᵀ.
    fn place_above(&self) -> String {
        let layer = self.layer.map(Mark::plain).unwrap_or_default();
        format!("{}{layer}{}", self.raised, if self.is_transposed { "ᵀ" } else { "" })
    }

    /// The symbol as a line of text: "w₅", "net h₁", "w₁₂⁽¹⁾", "new w₅", `h₁[2]`.
    pub fn plain(&self) -> String {
        match self.age {
            Some(Age::New) => words::symbol_after(&self.ageless()),
            Some(Age::Old) => words::symbol_before(&self.ageless()),
            None => self.ageless(),
        }
    }

    /// The same as files name it, which are of no language.
    pub fn key(&self) -> String {
        let symbol = self.ageless();
        match self.age {
            Some(Age::New) => format!("new {symbol}"),
            Some(Age::Old) => format!("{symbol}old"),
            None => symbol,
        }
    }

    /// As a line of text, of whatever time it is.
    fn ageless(&self) -> String {
        let is_index = self.sub.chars().all(|c| c.is_ascii_digit() || c == ',');
        let sub = if is_index { subscript(&self.sub) } else { format!(" {}", self.sub) };
        let sample = self.sample.map(Mark::plain).unwrap_or_default();
        format!("{}{sub}{}{sample}", self.letter, superscript(&self.place_above()))
    }
}
