//! What stands around the rows of data: names above them, also in a comment, units below the names, and names of rows
//! that have no name themselves.

use super::cells::{COMMENT_MARKS, behind_blanks, line_of};
use super::dialect::{Delimiter, Dialect};
use super::sample::{Row, has_comments, last_comment, lines, sample};
use super::value::{DecimalMark, is_missing, quantity};

/// The most lines of title.
const MOST_TITLES: usize = 20;

/// Where the rows of a file begin, and what its first ones are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// Rows above that are a title of the table.
    pub n_titles: usize,
    /// Where the names start if they stand in a comment, behind its mark.
    pub names_at: Option<usize>,
    /// Whether lines that begin with a mark are comments.
    pub has_comments: bool,
    /// Comments above the one with the names.
    pub n_comments_above: usize,
    /// Whether the row below the names holds units.
    pub has_units: bool,
    /// Whether each row has one cell more than there are names: its own name, at its start.
    pub has_row_names: bool,
}

impl Layout {
    /// What `bytes` look like, as [`Delimiter::prepared`] makes them, read as `dialect` says.
    pub fn of(bytes: &[u8], dialect: Dialect) -> Self {
        let Dialect { delimiter, decimal, has_header, .. } = dialect;
        let has_comments = has_comments(bytes);
        let mut rows = sample(bytes, delimiter, has_comments);
        let n_titles = n_titles(&rows);
        rows.drain(..n_titles);
        let plain = Self {
            n_titles,
            names_at: None,
            has_comments,
            n_comments_above: 0,
            has_units: false,
            has_row_names: false,
        };
        if !has_header {
            return plain;
        }
        let in_comment = names_in_comment(bytes, delimiter, decimal, &rows).filter(|_| n_titles == 0);
        let (names, rows) = match (&in_comment, rows.split_first()) {
            (Some(found), _) => (&found.names, &rows[..]),
            (None, Some((names, rows))) => (names, rows),
            (None, None) => return plain,
        };
        Self {
            names_at: in_comment.as_ref().map(|found| found.at),
            n_comments_above: in_comment.as_ref().map_or(0, |found| found.n_above),
            has_units: has_units(names, rows, decimal),
            has_row_names: has_row_names(names, rows),
            ..plain
        }
    }

    /// Whether names stand above the first row of data, or in a comment there; `bytes` as [`Self::of`] takes them.
    pub fn has_header(bytes: &[u8], delimiter: Delimiter, decimal: DecimalMark) -> bool {
        let mut rows = sample(bytes, delimiter, has_comments(bytes));
        rows.drain(..n_titles(&rows));
        are_names(&rows, decimal) || names_in_comment(bytes, delimiter, decimal, &rows).is_some()
    }
}

/// How many of the first rows are lines of title, as people put them above a table: they are of another width than
/// the rows below, or one cell of theirs says something. Below them names stand above numbers; or else there are several
/// words in a row that is too narrow for names.
pub(super) fn n_titles(rows: &[Row]) -> usize {
    let width = usual_width(rows);
    let n_filled = |row: &Row| row.iter().filter(|cell| !cell.is_empty()).count();
    let is_alone = |row: &Row| n_filled(row) < 2;
    let may_be_title = |row: &Row| row.len() != width || is_alone(row);
    let n = rows.iter().take(MOST_TITLES + 1).take_while(|row| may_be_title(row)).count();
    let (titles, table) = rows.split_at(n);
    if width < 2 || n == 0 || MOST_TITLES < n || table.len() < 2 {
        return 0;
    }
    let are_alone = titles.iter().all(is_alone);
    let are_all_named = !table[0].iter().any(|cell| is_missing(cell));
    let has_numbers = table[1..].iter().flatten().any(|cell| is_number(cell));
    let is_named = DecimalMark::ALL.iter().any(|mark| are_names(table, *mark));
    if is_named && has_numbers && (are_alone || are_all_named) {
        return n;
    }
    // A single word is a name: of the only column, where commas are within numbers.
    let is_narrow = |row: &Row| row.len() < width && row.iter().any(|cell| cell.contains(' '));
    if are_alone && titles.iter().all(is_narrow) { n } else { 0 }
}

/// The most cells that several rows have in common: of two numbers that are as frequent the larger one.
fn usual_width(rows: &[Row]) -> usize {
    let n_of = |width: usize| rows.iter().filter(|row| row.len() == width).count();
    rows.iter().map(Vec::len).max_by_key(|width| (n_of(*width), *width)).unwrap_or(0)
}

fn is_number(cell: &str) -> bool {
    DecimalMark::ALL.iter().any(|mark| quantity(cell, *mark).is_some())
}

/// Whether the first row holds names: none of its cells is a number, or its numbers count on as names do, years above
/// all.
fn are_names(rows: &[Row], decimal: DecimalMark) -> bool {
    let Some((first, others)) = rows.split_first() else {
        return false;
    };
    let numbers = numbers_of(first, decimal);
    if numbers.is_empty() {
        return first.iter().any(|cell| !is_missing(cell)) && !is_repeated(first, others);
    }
    counts_on(&numbers) && !others.iter().any(|row| counts_on(&numbers_of(row, decimal)))
}

/// Whether every word of a row stands again below it: then it is a row like those. Two rows tell nothing.
fn is_repeated(first: &Row, others: &[Row]) -> bool {
    let stands_below =
        |(k, cell): (usize, &String)| is_missing(cell) || others.iter().any(|row| row.get(k) == Some(cell));
    1 < others.len() && first.iter().enumerate().all(stands_below)
}

fn numbers_of(row: &Row, decimal: DecimalMark) -> Vec<f64> {
    row.iter().filter_map(|cell| quantity(cell, decimal)).map(|quantity| quantity.x).collect()
}

/// 0, 1, 2 … as pandas names columns that have no names, or years.
fn counts_on(numbers: &[f64]) -> bool {
    let are_next = numbers.windows(2).all(|pair| pair[1] == pair[0] + 1.0);
    let are_years = || numbers.iter().all(|x| (1500.0..2200.0).contains(x));
    match numbers {
        [first, _, _, ..] if *first == 0.0 => are_next,
        [_, _, ..] => are_next && are_years(),
        _ => false,
    }
}

/// Names that stand in a comment.
struct InComment {
    /// Where they start.
    at: usize,
    /// Comments above that one.
    n_above: usize,
    names: Row,
}

/// The names that stand in the comment right above rows of data. There are as many of them as cells in a row, and the
/// rows bring none themselves.
fn names_in_comment(
    bytes: &[u8],
    delimiter: Delimiter,
    decimal: DecimalMark,
    rows: &[Row],
) -> Option<InComment> {
    let at = last_comment(bytes).filter(|_| has_comments(bytes) && !are_names(rows, decimal))?;
    let line = line_of(&bytes[at..]);
    let text = behind_blanks(line);
    let mark = COMMENT_MARKS.iter().find(|mark| text.starts_with(mark))?;
    // “#,name” names its first column so.
    let behind = &text[mark.len()..];
    let text = if behind.first() == Some(&delimiter.byte()) && delimiter != Delimiter::Blanks {
        text
    } else {
        behind_blanks(behind)
    };
    let names = sample(text, delimiter, false).into_iter().next()?;
    let width = rows.first().map_or(0, Vec::len);
    let is_named = 1 < width && names.len() == width && numbers_of(&names, decimal).is_empty();
    let n_above = lines(&bytes[..at]).count();
    is_named.then(|| InComment { at: at + line.len() - text.len(), n_above, names })
}

/// Whether the first of `rows` holds units: each of its words stands above numbers.
fn has_units(names: &Row, rows: &[Row], decimal: DecimalMark) -> bool {
    let Some((units, rows)) =
        rows.split_first().filter(|(units, rows)| units.len() == names.len() && !rows.is_empty())
    else {
        return false;
    };
    let are_numbers = |k: usize| {
        let mut cells = rows.iter().filter_map(|row| row.get(k)).filter(|cell| !is_missing(cell)).peekable();
        cells.peek().is_some() && cells.all(|cell| quantity(cell, decimal).is_some())
    };
    let mut words = units.iter().enumerate().filter(|(_, cell)| !is_missing(cell)).peekable();
    words.peek().is_some() && words.all(|(k, cell)| quantity(cell, decimal).is_none() && are_numbers(k))
}

/// Whether all rows have one cell more than there are names, and say something in the last one.
fn has_row_names(names: &Row, rows: &[Row]) -> bool {
    let n = names.len() + 1;
    2 < n
        && !rows.is_empty()
        && rows.iter().all(|row| row.len() == n)
        && rows.iter().any(|row| row.last().is_some_and(|cell| !cell.is_empty()))
}
