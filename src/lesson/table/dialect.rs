//! How a CSV file is written: its delimiter, its decimal mark, and whether its first row holds names.

use std::borrow::Cow;

use csv_core::{ReadFieldResult, ReaderBuilder};

use crate::text::number;

/// So much of a file's beginning is looked at.
const SAMPLE_BYTES: usize = 32_000;
const SAMPLE_ROWS: usize = 100;
/// The least share of numbers among cells between blanks.
const LEAST_NUMBERS: f64 = 0.33;

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
            Self::Comma => "comma",
            Self::Semicolon => "semicolon",
            Self::Tab => "tab",
            Self::Pipe => "vertical bar",
            Self::Blanks => "blanks",
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
                    (is_between, is_quoted) = (false, is_quoted != (byte == b'"'));
                    made.push(byte);
                }
            }
        }
        Cow::Owned(made)
    }
}

/// What stands before the fraction of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecimalMark {
    /// 0.5
    Point,
    /// 0,5
    Comma,
}

impl DecimalMark {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Point, Self::Comma];

    /// The name that the page shows.
    pub fn name(self) -> &'static str {
        match self {
            Self::Point => "point",
            Self::Comma => "comma",
        }
    }

    /// Reads a number; `None` for anything else. Infinite where it is beyond all f64.
    pub fn parse(self, cell: &str) -> Option<f64> {
        if let Some(magnitude) = cell.strip_prefix('−') {
            return self
                .parse(magnitude)
                .filter(|_| magnitude.starts_with(|c: char| !"+-−".contains(c)))
                .map(|x| -x);
        }
        match self {
            Self::Point => number::parse(cell),
            Self::Comma if cell.contains('.') => None,
            Self::Comma if cell.contains(',') => number::parse(&cell.replacen(',', ".", 1)),
            Self::Comma => number::parse(cell),
        }
    }
}

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// Between cells.
    pub delimiter: Delimiter,
    /// Within numbers.
    pub decimal: DecimalMark,
    /// Whether the first row holds the names of the columns.
    pub has_header: bool,
}

impl Dialect {
    /// What a file's beginning looks like.
    ///
    /// The delimiter is the one that gives the rows the same number of cells, two at least, and
    /// makes most of the cells numbers. The decimal mark is the one that more numbers have. The
    /// first row holds names if none of its cells is a number.
    pub fn of(bytes: &[u8]) -> Self {
        let (start, declared) = beginning(bytes);
        let bytes = &bytes[start..];
        let mut best = (-1.0, 0, Delimiter::Comma, Vec::new());
        for delimiter in Delimiter::ALL {
            let rows = sample(bytes, delimiter);
            let score = if declared == Some(delimiter) { f64::INFINITY } else { score(&rows) };
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
        let is_number = |cell: &String| decimal.parse(cell).is_some();
        let is_name =
            |cells: &Vec<String>| !cells.iter().any(is_number) && cells.iter().any(|c| !c.is_empty());
        Self { delimiter, decimal, has_header: rows.first().is_some_and(is_name) }
    }
}

/// Where the first row starts: behind a byte order mark and a line "sep=;" as spreadsheets write
/// them; and the delimiter that such a line declares.
pub(super) fn beginning(bytes: &[u8]) -> (usize, Option<Delimiter>) {
    const MARK: &[u8] = b"\xef\xbb\xbf";
    let start = if bytes.starts_with(MARK) { MARK.len() } else { 0 };
    let Some([byte, after, ..]) = bytes[start..].strip_prefix(b"sep=") else {
        return (start, None);
    };
    let declared = Delimiter::ALL.into_iter().find(|delimiter| delimiter.byte() == *byte);
    match declared {
        Some(_) if matches!(after, b'\r' | b'\n') => (start + b"sep=;".len(), declared),
        _ => (start, None),
    }
}

/// The first whole rows.
fn sample(bytes: &[u8], delimiter: Delimiter) -> Vec<Vec<String>> {
    let is_cut = SAMPLE_BYTES < bytes.len();
    let start = delimiter.prepared(&bytes[..bytes.len().min(SAMPLE_BYTES)]);
    let mut rest = start.as_ref();
    let mut parser = ReaderBuilder::new().delimiter(delimiter.byte()).build();
    let mut cell = [0; SAMPLE_BYTES];
    let (mut rows, mut row) = (Vec::new(), Vec::new());
    let mut n_kept = 0;
    while rows.len() < SAMPLE_ROWS {
        let (result, n_read, n_written) = parser.read_field(rest, &mut cell[n_kept..]);
        rest = &rest[n_read..];
        n_kept += n_written;
        match result {
            ReadFieldResult::InputEmpty if !is_cut => {}
            ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull | ReadFieldResult::End => break,
            ReadFieldResult::Field { record_end } => {
                row.push(String::from_utf8_lossy(&cell[..n_kept]).trim().to_owned());
                n_kept = 0;
                if record_end {
                    rows.push(std::mem::take(&mut row));
                }
            }
        }
    }
    if rows.is_empty() && !row.is_empty() {
        rows.push(row);
    }
    rows
}

/// The share of rows as wide as the first one, and the share of cells that are numbers.
fn score(rows: &[Vec<String>]) -> f64 {
    let width = rows.first().map_or(0, Vec::len);
    if width < 2 {
        return 0.0;
    }
    let n_even = rows.iter().filter(|row| row.len() == width).count();
    n_even as f64 / rows.len() as f64 + share_of_numbers(rows)
}

/// The share of cells that are numbers with one of the decimal marks.
fn share_of_numbers(rows: &[Vec<String>]) -> f64 {
    let is_number = |cell: &&String| DecimalMark::ALL.iter().any(|mark| mark.parse(cell).is_some());
    let n_numbers = rows.iter().flatten().filter(is_number).count();
    n_numbers as f64 / rows.iter().flatten().count().max(1) as f64
}

fn decimal_mark(delimiter: Delimiter, rows: &[Vec<String>]) -> DecimalMark {
    let numbers_with = |mark: DecimalMark, c: char| {
        rows.iter().flatten().filter(move |cell| cell.contains(c) && mark.parse(cell).is_some())
    };
    let n_points = numbers_with(DecimalMark::Point, '.').count();
    let n_commas = numbers_with(DecimalMark::Comma, ',').count();
    // Quoted "1,234" between commas: more likely thousands, which are not accepted.
    let is_group = |cell: &String| cell.split_once(',').is_some_and(|(_, fraction)| fraction.len() == 3);
    let are_groups = delimiter == Delimiter::Comma && numbers_with(DecimalMark::Comma, ',').all(is_group);
    let is_comma = match n_points.cmp(&n_commas) {
        std::cmp::Ordering::Less => !are_groups,
        std::cmp::Ordering::Equal => delimiter == Delimiter::Semicolon && n_points == 0,
        std::cmp::Ordering::Greater => false,
    };
    if is_comma { DecimalMark::Comma } else { DecimalMark::Point }
}
