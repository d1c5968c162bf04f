//! How a CSV file is written: its delimiter, its decimal mark, and whether its first row holds names.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::encoding::Encoding;
use super::layout::{Layout, n_titles};
use super::sample::{Row, beginning, has_comments, sample};
use super::value::{DecimalMark, is_missing, quantity};
use crate::words::table as words;

/// The least share of numbers among cells between blanks.
const LEAST_NUMBERS: f64 = 0.33;

/// What a reading's score loses if it passes over lines of title.
const TITLES_COST: f64 = 0.25;

/// What stands between two cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delimiter {
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// A tab.
    Tab,
    /// `|`
    Pipe,
    /// One blank or tab, or several.
    Blanks,
}

impl Delimiter {
    /// All of them, the commonest first.
    pub const ALL: [Self; 5] = [Self::Comma, Self::Semicolon, Self::Tab, Self::Pipe, Self::Blanks];

    /// The name that the page shows.
    pub fn name(self) -> &'static str {
        match self {
            Self::Comma => words::comma(),
            Self::Semicolon => words::semicolon(),
            Self::Tab => words::tab(),
            Self::Pipe => words::vertical_bar(),
            Self::Blanks => words::blanks(),
        }
    }

    /// The character, once [`Self::prepared`].
    pub fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab | Self::Blanks => b'\t',
            Self::Pipe => b'|',
        }
    }

    /// The bytes of a file with one character between cells: a tab for each run of blanks that is not at
    /// the start or end of a line or within quotation marks.
    pub fn prepared(self, bytes: &[u8]) -> Cow<'_, [u8]> {
        if self != Self::Blanks {
            return Cow::Borrowed(bytes);
        }
        let mut made = Vec::with_capacity(bytes.len());
        let (mut is_quoted, mut is_between) = (false, false);
        for &byte in bytes {
            match byte {
                b' ' | b'\t' if !is_quoted => is_between = true,
                _ => {
                    let is_end = matches!(byte, b'\r' | b'\n');
                    let is_start = made.last().is_none_or(|last| matches!(last, b'\r' | b'\n'));
                    if is_between && !is_end && !is_start {
                        made.push(b'\t');
                    }
                    // Within a cell it is a character: 5" pipes.
                    let is_quote = byte == b'"' && (is_quoted || is_between || is_start);
                    (is_between, is_quoted) = (false, is_quoted != is_quote);
                    made.push(byte);
                }
            }
        }
        Cow::Owned(made)
    }
}

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// Of its text.
    pub encoding: Encoding,
    /// Between cells.
    pub delimiter: Delimiter,
    /// Within numbers.
    pub decimal: DecimalMark,
    /// Whether the first row holds the names of the columns.
    pub has_header: bool,
}

impl Dialect {
    /// What a file's beginning looks like; `bytes` are UTF-8, what they have been made of is `encoding`.
    ///
    /// The delimiter is the one that gives the rows the same number of cells, two at least, and
    /// makes most of the cells numbers. The decimal mark is the one that more numbers have. The
    /// first row holds names if it looks like that. Lines of title above it are none of that.
    pub fn of(bytes: &[u8], encoding: Encoding) -> Self {
        let (start, declared) = beginning(bytes);
        let bytes = &bytes[start..];
        let has_comments = has_comments(bytes);
        let mut best = (-1.0, 0, Delimiter::Comma, Vec::new());
        for delimiter in Delimiter::ALL {
            let mut rows = sample(bytes, delimiter, has_comments);
            let n_titles = n_titles(&rows);
            rows.drain(..n_titles);
            let score = match score(&rows) {
                _ if declared == Some(delimiter) => f64::INFINITY,
                score if n_titles == 0 => score,
                // Rather a table from the first line on.
                score => score - TITLES_COST,
            };
            let width = rows.first().map_or(0, Vec::len);
            // Blanks stand in every text: between cells only where there are numbers, and no better reading.
            let (score, width) = match delimiter {
                Delimiter::Blanks if share_of_numbers(&rows) < LEAST_NUMBERS => continue,
                Delimiter::Blanks => (score, 0),
                _ => (score, width),
            };
            if (best.0, best.1) < (score, width) {
                best = (score, width, delimiter, rows);
            }
        }
        let (_, _, delimiter, rows) = best;
        let decimal = decimal_mark(delimiter, &rows);
        let has_header = Layout::has_header(&delimiter.prepared(bytes), delimiter, decimal);
        Self { encoding, delimiter, decimal, has_header }
    }
}

/// The share of rows as wide as the first one, and the share of cells that are numbers.
fn score(rows: &[Row]) -> f64 {
    let Some(first) = rows.first().map(Vec::len) else {
        return 0.0;
    };
    // Names of rows may have no name themselves, as R writes them.
    let are_longer = 1 < rows.len() && rows[1..].iter().all(|row| row.len() == first + 1);
    let width = if are_longer { first + 1 } else { first };
    if first < 2 {
        return 0.0;
    }
    let n_even = rows.iter().enumerate().filter(|(k, row)| row.len() == width || *k == 0).count();
    n_even as f64 / rows.len() as f64 + share_of_numbers(rows)
}

/// The share of cells that are numbers with one of the decimal marks, among those that say something.
fn share_of_numbers(rows: &[Row]) -> f64 {
    let is_number = |cell: &&String| DecimalMark::ALL.iter().any(|mark| quantity(cell, *mark).is_some());
    let says = || rows.iter().flatten().filter(|cell| !is_missing(cell));
    says().filter(is_number).count() as f64 / says().count().max(1) as f64
}

/// What the numbers tell of their mark. “1,234” may be thousands as well as a fraction: it counts only where no number
/// says more, and between commas it is thousands.
fn decimal_mark(delimiter: Delimiter, rows: &[Row]) -> DecimalMark {
    use DecimalMark::{Comma, Point};
    let (mut sure, mut unsure) = ([0, 0], [0, 0]);
    for cell in rows.iter().flatten().filter(|cell| cell.contains(['.', ','])) {
        let [point, comma] = [Point, Comma].map(|mark| quantity(cell, mark).is_some());
        let votes = if point && comma { &mut unsure } else { &mut sure };
        let has = |mark: DecimalMark| cell.contains(mark.char());
        votes[0] += usize::from(point && (!comma || has(Point)));
        votes[1] += usize::from(comma && (!point || has(Comma)));
    }
    let is_comma = match sure[0].cmp(&sure[1]).then(unsure[0].cmp(&unsure[1])) {
        Ordering::Less => delimiter != Delimiter::Comma || sure[0] < sure[1],
        Ordering::Equal => delimiter == Delimiter::Semicolon && sure == [0, 0] && unsure == [0, 0],
        Ordering::Greater => false,
    };
    if is_comma { Comma } else { Point }
}
