//! A column: its numbers, its words, and the first of its cells that is neither.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::dialect::DecimalMark;
use super::{limits, shown};
use crate::text::format;

/// Cells that a preview shows.
const N_PREVIEWED: usize = 4;
/// Digits of the numbers in a description.
const DIGITS: u8 = 4;
/// Words in a description.
const N_DESCRIBED: usize = 4;

/// What the cells of a column are taken as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakenAs {
    /// Each cell is a number.
    Numbers,
    /// Each cell is a word: a category, without order.
    Words,
}

impl TakenAs {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Numbers, Self::Words];

    /// The name that the page shows.
    pub fn name(self) -> &'static str {
        match self {
            Self::Numbers => "numbers",
            Self::Words => "words, one-hot",
        }
    }
}

/// A cell that stands out: its line, and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OddCell {
    /// The line of the file, from 1.
    pub line: u32,
    /// What it says, shortened.
    pub text: String,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its name, shortened; empty if the file gives none.
    pub name: String,
    decimal: DecimalMark,
    preview: Vec<String>,
    /// One per row; where a cell is no number, the fault is noted below and this is 0.
    numbers: Vec<f64>,
    n_numbers: usize,
    /// Cells that would be numbers but for how they are written: with the other decimal mark, or with
    /// thousands.
    n_miswritten: usize,
    range: (f64, f64),
    is_whole: bool,
    is_row_number: bool,
    /// The number of each row's word, as long as there are few.
    codes: Vec<u8>,
    words: BTreeMap<String, u8>,
    first_empty: Option<u32>,
    first_no_number: Option<OddCell>,
    /// The first number beyond what a lesson takes.
    first_large: Option<OddCell>,
    /// The first word beyond the most that are taken.
    first_word_over: Option<OddCell>,
}

impl Column {
    /// A column without rows.
    pub(super) fn new(name: &str) -> Self {
        Self {
            name: shown(name),
            decimal: DecimalMark::Point,
            preview: Vec::new(),
            numbers: Vec::new(),
            n_numbers: 0,
            n_miswritten: 0,
            range: (f64::INFINITY, f64::NEG_INFINITY),
            is_whole: true,
            is_row_number: true,
            codes: Vec::new(),
            words: BTreeMap::new(),
            first_empty: None,
            first_no_number: None,
            first_large: None,
            first_word_over: None,
        }
    }

    /// Adds a row's cell.
    pub(super) fn push(&mut self, text: &str, line: u32, decimal: DecimalMark) {
        self.decimal = decimal;
        if self.preview.len() < N_PREVIEWED {
            self.preview.push(shown(text));
        }
        if text.is_empty() {
            self.first_empty.get_or_insert(line);
        }
        let number = decimal.parse(text).filter(|x| x.abs() <= limits::MAGNITUDE);
        self.note_number(number, text, line);
        self.note_word(text, line);
    }

    fn note_number(&mut self, number: Option<f64>, text: &str, line: u32) {
        let cell = || OddCell { line, text: shown(text) };
        let Some(x) = number else {
            self.numbers.push(0.0);
            self.is_row_number = false;
            self.n_miswritten += usize::from(is_miswritten(text));
            if !text.is_empty() {
                self.first_no_number.get_or_insert_with(cell);
            }
            return;
        };
        if crate::lesson::limits::MAGNITUDE < x.abs() {
            self.first_large.get_or_insert_with(cell);
        }
        self.is_row_number &= self.numbers.last().is_none_or(|last| x == last + 1.0);
        self.is_whole &= x.trunc() == x;
        self.range = (self.range.0.min(x), self.range.1.max(x));
        self.numbers.push(x);
        self.n_numbers += 1;
    }

    fn note_word(&mut self, text: &str, line: u32) {
        if self.first_word_over.is_some() {
            return;
        }
        let code = match self.words.get(text) {
            Some(code) => *code,
            None if self.words.len() == limits::CATEGORIES => {
                self.first_word_over = Some(OddCell { line, text: shown(text) });
                self.codes = Vec::new();
                return;
            }
            None => {
                let code = self.words.len() as u8;
                self.words.insert(text.to_owned(), code);
                code
            }
        };
        self.codes.push(code);
    }

    /// The first cells, as they stand.
    pub fn preview(&self) -> &[String] {
        &self.preview
    }

    /// The numbers, one per row; meaningful if [`Self::fault`] finds none.
    pub(super) fn numbers(&self) -> &[f64] {
        &self.numbers
    }

    /// The largest magnitude of a number.
    pub(super) fn magnitude(&self) -> f64 {
        self.range.0.abs().max(self.range.1.abs())
    }

    /// The different words: numbers by size, other words by the alphabet.
    pub fn words(&self) -> Vec<&str> {
        let mut words: Vec<&str> = self.words.keys().map(String::as_str).collect();
        // By the alphabet they are already.
        let numbers: Option<Vec<f64>> = words.iter().map(|word| self.decimal.parse(word)).collect();
        if numbers.is_some() {
            let number = |word: &str| self.decimal.parse(word).unwrap_or(0.0);
            words.sort_by(|a, b| number(a).partial_cmp(&number(b)).unwrap_or(Ordering::Equal));
        }
        words
    }

    /// For each row the place of its word among [`Self::words`]; meaningful if [`Self::fault`] finds
    /// none.
    pub(super) fn places(&self) -> Vec<usize> {
        let mut place_of = vec![0; self.words.len()];
        for (place, word) in self.words().into_iter().enumerate() {
            if let Some(code) = self.words.get(word) {
                place_of[usize::from(*code)] = place;
            }
        }
        self.codes.iter().map(|code| place_of[usize::from(*code)]).collect()
    }

    /// Number of different words; `None` if they are more than are taken.
    pub fn n_words(&self) -> Option<usize> {
        self.first_word_over.is_none().then_some(self.words.len())
    }

    /// Whether at least half of the cells are numbers, or are meant to be.
    pub(super) fn is_numeric(&self) -> bool {
        let n = self.n_numbers + self.n_miswritten;
        0 < n && self.numbers.len() <= 2 * n
    }

    /// Whether the numbers are likely to name classes: whole ones, few, and each several times.
    pub(super) fn names_classes(&self) -> bool {
        const MOST: usize = 20;
        let n = self.words.len();
        let has_few =
            self.first_word_over.is_none() && (2..=MOST).contains(&n) && 5 * n <= self.numbers.len();
        self.is_whole && self.n_numbers == self.numbers.len() && has_few
    }

    /// Whether the column only counts the rows.
    pub(super) fn counts_rows(&self) -> bool {
        const NAMES: [&str; 6] = ["", "id", "index", "row", "nr", "unnamed: 0"];
        self.is_row_number && 1 < self.numbers.len() && NAMES.contains(&self.name.to_lowercase().as_str())
    }

    /// The first cell that cannot be taken so: its line, what is wrong with it and what is accepted.
    /// Numbers that will be standardised may be larger.
    pub fn fault(&self, taken_as: TakenAs, is_standardised: bool) -> Option<(u32, String)> {
        let empty = self
            .first_empty
            .map(|line| (line, "the cell is empty. Fill it, or ignore the column.".to_owned()));
        let other = match taken_as {
            TakenAs::Numbers => {
                let no_number = self.first_no_number.as_ref().map(|cell| (cell.line, self.no_number(&cell.text)));
                let large = self.first_large.as_ref().filter(|_| !is_standardised).map(|cell| {
                    let most = format::count(crate::lesson::limits::MAGNITUDE as u64);
                    (cell.line, format!("“{}” is beyond ±{most}, the most that is accepted. Standardise the column.", cell.text))
                });
                first(no_number, large)
            }
            TakenAs::Words => self.first_word_over.as_ref().map(|cell| {
                let most = limits::CATEGORIES;
                (cell.line, format!("“{}” is one word too many: at most {most} different ones are accepted. Ignore the column.", cell.text))
            }),
        };
        first(empty, other)
    }

    fn no_number(&self, text: &str) -> String {
        let (example, other) = match self.decimal {
            DecimalMark::Point => ("0.25", ','),
            DecimalMark::Comma => ("0,25", '.'),
        };
        if self.decimal.parse(text).is_some() {
            return format!("“{text}” is beyond ±10¹⁰⁰, the most that is accepted.");
        }
        let hint = if text.contains(other) && text.contains(|c: char| c.is_ascii_digit()) {
            format!(", with the decimal {} and no mark of thousands", self.decimal.name())
        } else {
            String::new()
        };
        format!("“{text}” is no number. A number such as {example} or -3e5 is accepted{hint}.")
    }

    /// What stands in it, in a few words.
    pub fn describe(&self, taken_as: TakenAs) -> String {
        let number = |x| format::number(x, DIGITS);
        match taken_as {
            TakenAs::Numbers if self.n_numbers == 0 => "no numbers".to_owned(),
            TakenAs::Numbers => format!("{} to {}", number(self.range.0), number(self.range.1)),
            TakenAs::Words if self.first_word_over.is_some() => {
                format!("more than {} words", limits::CATEGORIES)
            }
            TakenAs::Words => {
                let words = self.words();
                let some: Vec<String> = words.iter().take(N_DESCRIBED).map(|word| shown(word)).collect();
                let more = if N_DESCRIBED < words.len() { ", …" } else { "" };
                format!("{}: {}{more}", words.len(), some.join(", "))
            }
        }
    }
}

/// Digits, points and commas: "1,234.5".
fn is_miswritten(text: &str) -> bool {
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.contains(['.', ','])
        && text.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',')
}

/// The fault in the earlier line.
fn first(a: Option<(u32, String)>, b: Option<(u32, String)>) -> Option<(u32, String)> {
    match (a, b) {
        (Some(a), Some(b)) => Some(if b.0 < a.0 { b } else { a }),
        (a, b) => a.or(b),
    }
}
