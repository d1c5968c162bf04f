//! A column: its numbers, its words, and the first of its cells that is neither.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::value::{DecimalMark, has_groups_of_two, is_date, is_missing, quantity};
use super::{limits, shown};
use crate::text::format;
use crate::words::lists::listed;
use crate::words::table as words;

/// Cells that a preview shows.
const N_PREVIEWED: usize = 4;
/// Digits of the numbers in a description.
const DIGITS: u8 = 4;
/// Words in a description.
const N_DESCRIBED: usize = 4;

const DASH: &str = "-";

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
            Self::Numbers => words::numbers(),
            Self::Words => words::words_one_hot(),
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
    /// Its name, shortened, with its unit if the file gives one; empty if it gives none.
    pub name: String,
    /// Its place among the columns of the file, from 1.
    pub place: usize,
    decimal: DecimalMark,
    preview: Vec<String>,
    /// The rows, from 0, whose cell is empty or says that its value is not known.
    missing: Vec<u32>,
    /// Those of them that say “-”, which is a word beside “+”.
    dashes: Vec<u32>,
    /// One per row; 0 where a cell is missing, or is no number: then the fault is noted below.
    numbers: Vec<f64>,
    n_numbers: usize,
    /// Cells that would be numbers but for how they are written: with the other decimal mark, or with
    /// groups of another size than three.
    n_miswritten: usize,
    /// The sign of a currency or of parts in a hundred that stands with the numbers; empty without.
    sign: &'static str,
    n_dates: usize,
    /// Whether a number groups its digits as in India.
    has_groups_of_two: bool,
    range: (f64, f64),
    is_whole: bool,
    is_row_number: bool,
    /// The number of each row's word, as long as there are few; 0 where it is missing.
    codes: Vec<u8>,
    words: BTreeMap<String, u8>,
    first_no_number: Option<OddCell>,
    /// The first number beyond what a lesson takes.
    first_large: Option<OddCell>,
    /// The first word beyond the most that are taken.
    first_word_over: Option<OddCell>,
}

impl Column {
    /// A column without rows.
    pub(super) fn new(place: usize, name: &str) -> Self {
        Self {
            name: shown(name),
            place,
            decimal: DecimalMark::Point,
            preview: Vec::new(),
            missing: Vec::new(),
            dashes: Vec::new(),
            numbers: Vec::new(),
            n_numbers: 0,
            n_miswritten: 0,
            sign: "",
            n_dates: 0,
            has_groups_of_two: false,
            range: (f64::INFINITY, f64::NEG_INFINITY),
            is_whole: true,
            is_row_number: true,
            codes: Vec::new(),
            words: BTreeMap::new(),
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
        if is_missing(text) {
            let row = self.numbers.len() as u32;
            self.missing.push(row);
            if text == DASH {
                self.dashes.push(row);
            }
            self.numbers.push(0.0);
            self.is_row_number = false;
            if self.first_word_over.is_none() {
                self.codes.push(0);
            }
            return;
        }
        self.note_number(text, line);
        self.note_word(text, line);
    }

    /// Comes after the last row: where “+” is a word, “-” is another.
    pub(super) fn finish(&mut self) {
        if !self.dashes.is_empty()
            && self.words.contains_key("+")
            && self.words.len() < limits::CATEGORIES
            && self.first_word_over.is_none()
        {
            let code = self.words.len() as u8;
            self.words.insert(DASH.to_owned(), code);
            self.dashes.iter().for_each(|row| self.codes[*row as usize] = code);
            self.missing.retain(|row| self.dashes.binary_search(row).is_err());
        }
    }

    /// Puts the unit that stands below the name behind it.
    pub(super) fn add_unit(&mut self, unit: &str) {
        if !is_missing(unit) {
            let is_in_brackets = unit.starts_with(['(', '[']);
            let unit = if is_in_brackets { unit.to_owned() } else { format!("({unit})") };
            self.name = shown(format!("{} {unit}", self.name).trim_start());
        }
    }

    fn note_number(&mut self, text: &str, line: u32) {
        let cell = || OddCell { line, text: shown(text) };
        let read = quantity(text, self.decimal).filter(|read| read.x.abs() <= limits::MAGNITUDE);
        // Numbers of two currencies are no column of numbers.
        let read = read.filter(|read| self.sign.is_empty() || [self.sign, ""].contains(&read.sign));
        let Some(read) = read else {
            self.numbers.push(0.0);
            self.is_row_number = false;
            self.n_miswritten += usize::from(is_miswritten(text, self.decimal));
            self.n_dates += usize::from(is_date(text));
            self.first_no_number.get_or_insert_with(cell);
            return;
        };
        let x = read.x;
        if !read.sign.is_empty() {
            self.sign = read.sign;
        }
        self.has_groups_of_two |= has_groups_of_two(text);
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

    /// The rows, from 0, whose cell is empty or says that its value is not known.
    pub(super) fn missing(&self) -> &[u32] {
        &self.missing
    }

    /// Cells that say something.
    pub(super) fn n_present(&self) -> usize {
        self.numbers.len() - self.missing.len()
    }

    /// The numbers, one per row; meaningful if [`Self::fault`] finds none. Those that are missing are `filling`.
    pub(super) fn numbers(&self, filling: f64) -> Vec<f64> {
        let mut numbers = self.numbers.clone();
        self.missing.iter().for_each(|row| numbers[*row as usize] = filling);
        numbers
    }

    /// The mean of the numbers; 0 without any.
    pub(super) fn mean(&self) -> f64 {
        // Those that are missing are 0.
        self.numbers.iter().sum::<f64>() / self.n_present().max(1) as f64
    }

    /// The largest magnitude of a number.
    pub(super) fn magnitude(&self) -> f64 {
        self.range.0.abs().max(self.range.1.abs())
    }

    /// The different words: numbers by size, other words by the alphabet.
    pub fn words(&self) -> Vec<&str> {
        let mut words: Vec<&str> = self.words.keys().map(String::as_str).collect();
        // By the alphabet they are already.
        let number = |word: &str| quantity(word, self.decimal).map(|read| read.x);
        if words.iter().all(|word| number(word).is_some()) {
            words.sort_by(|a, b| number(a).partial_cmp(&number(b)).unwrap_or(Ordering::Equal));
        }
        words
    }

    /// For each row the place of its word among [`Self::words`]; meaningful if [`Self::fault`] finds
    /// none. Those that are missing are at the place of the commonest word, of several the first.
    pub(super) fn places(&self) -> Vec<usize> {
        let mut place_of = vec![0; self.words.len()];
        for (place, word) in self.words().into_iter().enumerate() {
            if let Some(code) = self.words.get(word) {
                place_of[usize::from(*code)] = place;
            }
        }
        let mut places: Vec<usize> =
            self.codes.iter().map(|code| place_of.get(usize::from(*code)).copied().unwrap_or(0)).collect();
        if !self.missing.is_empty() {
            let mut counts = vec![0_usize; place_of.len()];
            let mut missing = self.missing.iter().map(|row| *row as usize).peekable();
            for (row, place) in places.iter().enumerate() {
                if missing.next_if_eq(&row).is_none() {
                    counts[*place] += 1;
                }
            }
            let most = counts.iter().max();
            let commonest = counts.iter().position(|n| Some(n) == most).unwrap_or(0);
            self.missing.iter().for_each(|row| places[*row as usize] = commonest);
        }
        places
    }

    /// Number of different words; `None` if they are more than are taken.
    pub fn n_words(&self) -> Option<usize> {
        self.first_word_over.is_none().then_some(self.words.len())
    }

    /// Whether at least half of the cells that say something are numbers, or are meant to be.
    pub(super) fn is_numeric(&self) -> bool {
        let n = self.n_numbers + self.n_miswritten;
        0 < n && self.n_present() <= 2 * n
    }

    /// Whether the numbers are likely to name classes: 0 and 1, or whole ones, few, and each several times.
    pub(super) fn names_classes(&self) -> bool {
        const MOST: usize = 20;
        let n = self.n_words().unwrap_or(usize::MAX);
        let are_whole = self.is_whole && self.n_numbers == self.n_present();
        let are_few = (2..=MOST).contains(&n) && 5 * n <= self.n_present();
        are_whole && (are_few || n == 2 && self.range == (0.0, 1.0))
    }

    /// Whether nearly every cell says something else, as names and descriptions do.
    pub(super) fn tells_rows_apart(&self) -> bool {
        const LEAST_ROWS: usize = 5;
        let n_present = self.n_present();
        LEAST_ROWS <= n_present && self.n_words().is_none_or(|n| 4 * n_present < 5 * n)
    }

    /// Whether the column only counts the rows, or is a number by which they are known.
    pub(super) fn counts_rows(&self) -> bool {
        const NAMES: &[&str] = &["", "#", "id", "index", "row", "nr", "no", "number", "unnamed: 0"];
        let name = self.name.to_lowercase();
        let is_id = name == "id" || ["_id", " id", "Id", "ID"].iter().any(|end| self.name.ends_with(end));
        let are_different = self.n_words().is_none_or(|n| n == self.numbers.len());
        let is_counted = self.is_row_number && (NAMES.contains(&name.as_str()) || is_id);
        let are_ids = is_id && self.is_whole && are_different && self.n_numbers == self.numbers.len();
        1 < self.numbers.len() && (is_counted || are_ids)
    }

    /// What may not be meant, taken so, of the column that is called `title`.
    pub(super) fn hint(&self, title: &str, taken_as: TakenAs) -> Option<String> {
        let are_dates = 2 * self.n_dates > self.n_present();
        match taken_as {
            TakenAs::Words if are_dates => Some(words::columns::holds_dates(&title)),
            TakenAs::Words if self.tells_rows_apart() => Some(words::columns::tells_rows_apart(&title)),
            TakenAs::Numbers if self.has_groups_of_two => Some(words::columns::has_groups_of_two(&title)),
            _ => None,
        }
    }

    /// The first cell that cannot be taken so: its line, what is wrong with it and what is accepted.
    /// Numbers that will be standardised may be larger.
    pub fn fault(&self, taken_as: TakenAs, is_standardised: bool) -> Option<(u32, String)> {
        match taken_as {
            TakenAs::Numbers => {
                let no_number =
                    self.first_no_number.as_ref().map(|cell| (cell.line, self.no_number(&cell.text)));
                let large = self.first_large.as_ref().filter(|_| !is_standardised).map(|cell| {
                    let most = format::count(crate::lesson::limits::MAGNITUDE as u64);
                    (cell.line, words::cells::beyond(&cell.text, &most))
                });
                first(no_number, large)
            }
            TakenAs::Words => self
                .first_word_over
                .as_ref()
                .map(|cell| (cell.line, words::cells::word_too_many(&cell.text, &limits::CATEGORIES))),
        }
    }

    fn no_number(&self, text: &str) -> String {
        if let Some(read) = quantity(text, self.decimal) {
            return match read.x.abs() <= limits::MAGNITUDE {
                true => words::cells::other_sign(&text, &self.sign),
                false => words::cells::beyond_all(&text),
            };
        }
        let has_digit = text.contains(|c: char| c.is_ascii_digit());
        let has_other_mark = has_digit && text.contains(self.decimal.other().char());
        match self.decimal {
            DecimalMark::Point if has_other_mark => words::cells::no_number_with_point(&text, &"0.25"),
            DecimalMark::Comma if has_other_mark => words::cells::no_number_with_comma(&text, &"0,25"),
            DecimalMark::Point => words::cells::no_number(&text, &"0.25"),
            DecimalMark::Comma => words::cells::no_number(&text, &"0,25"),
        }
    }

    /// What stands in it, in a few words.
    pub fn describe(&self, taken_as: TakenAs) -> String {
        let number = |x: f64| {
            let is_count = x.fract() == 0.0 && x.abs() < 1e12;
            let sign = if x < 0.0 { "−" } else { "" };
            if is_count {
                format!("{sign}{}", format::count(x.abs() as u64))
            } else {
                format::number(x, DIGITS)
            }
        };
        let (least, most) = (number(self.range.0), number(self.range.1));
        let holds = match taken_as {
            _ if self.n_present() == 0 => words::columns::nothing().to_owned(),
            TakenAs::Numbers if self.n_numbers == 0 => words::columns::no_numbers().to_owned(),
            TakenAs::Numbers if self.sign.is_empty() => words::columns::range(&least, &most),
            TakenAs::Numbers => words::columns::range_with_sign(&least, &most, &self.sign),
            TakenAs::Words if self.first_word_over.is_some() => {
                words::columns::more_words(&limits::CATEGORIES)
            }
            TakenAs::Words => {
                let all = self.words();
                let some = listed(all.iter().take(N_DESCRIBED).map(|word| shown(word)));
                match N_DESCRIBED < all.len() {
                    true => words::columns::different_words_and_more(&all.len(), &some),
                    false => words::columns::different_words(&all.len(), &some),
                }
            }
        };
        match self.missing.len() {
            0 => holds,
            n => words::columns::with_missing(&holds, &format::count(n as u64)),
        }
    }
}

/// Digits with points, commas or blanks that are in no order: "12,34", "1.234,5" where the decimal mark is the point; or
/// a number that is too large, or of another sign.
fn is_miswritten(text: &str, decimal: DecimalMark) -> bool {
    let bare = text.strip_prefix(['-', '+', '−']).unwrap_or(text);
    quantity(text, decimal).is_some()
        || bare.starts_with(|c: char| c.is_ascii_digit())
            && bare.contains(['.', ','])
            && !is_date(text)
            && bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' '))
}

/// The fault in the earlier line.
fn first(a: Option<(u32, String)>, b: Option<(u32, String)>) -> Option<(u32, String)> {
    match (a, b) {
        (Some(a), Some(b)) => Some(if b.0 < a.0 { b } else { a }),
        (a, b) => a.or(b),
    }
}
