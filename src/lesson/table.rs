//! A table of samples from a CSV file: read in slices, looked at column by column, and made into the
//! data of a lesson. What is wrong with a file is named by line and column.

mod cells;
mod column;
mod dialect;
mod encoding;
mod import;
mod layout;
mod reader;
mod sample;
mod suggest;
mod value;

use std::fmt::{self, Display, Formatter};

use crate::words::lists::listed;
use crate::words::table as words;

pub use column::{Column, TakenAs};
pub use dialect::{Delimiter, Dialect};
pub use encoding::Encoding;
pub use import::{Answers, Choices, ColumnChoice, ColumnRole, ImportPlan, Imported};
pub use reader::Reader;
pub use value::DecimalMark;

/// What a table may be at most: no file can exhaust memory or time.
pub mod limits {
    use crate::lesson::limits as lesson;

    /// Bytes of the file.
    pub const BYTES: usize = 10_000_000;
    /// Rows, without the one of the names.
    pub const ROWS: usize = lesson::SAMPLES;
    /// Columns.
    pub const COLUMNS: usize = 1_024;
    /// Bytes of a cell.
    pub const CELL_BYTES: usize = 10_000;
    /// Different words of a column that is taken as words.
    pub const CATEGORIES: usize = 100;
    /// Magnitude of a number; more than a lesson takes, since it may be standardised.
    pub const MAGNITUDE: f64 = 1e100;
}

/// The most characters of a cell that a sentence repeats.
const SHOWN_CHARS: usize = 30;

/// A table that has been read whole: at least two columns and one row, as many cells in each row.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    dialect: Dialect,
    columns: Vec<Column>,
    /// The line of the file where each row starts, from 1.
    lines: Vec<u32>,
    passed_over: PassedOver,
}

/// What a file holds beside its rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct PassedOver {
    /// Lines of title above the table.
    pub n_titles: usize,
    /// Lines of comment.
    pub n_comments: usize,
    /// Rows of nothing but delimiters.
    pub n_rows: usize,
    /// Columns without a name and without anything below it.
    pub n_columns: usize,
    /// The line of the row that holds units.
    pub units: Option<u32>,
}

/// So many of something, in words.
type Counted = fn(usize) -> String;

impl PassedOver {
    /// A sentence for each thing that a reader of the file may want to look at.
    fn notes(self) -> Vec<String> {
        let Self { n_titles, n_comments, n_rows, n_columns, units } = self;
        let counted: [(usize, Counted); 4] = [
            (n_titles, words::title_lines),
            (n_comments, words::comment_lines),
            (n_rows, words::empty_rows),
            (n_columns, words::empty_columns),
        ];
        let left_out = listed(counted.into_iter().filter(|(n, _)| 0 < *n).map(|(n, say)| say(n)));
        let mut notes = Vec::new();
        if !left_out.is_empty() {
            notes.push(words::left_out(&left_out));
        }
        notes.extend(units.map(|line| words::line_holds_units(&line)));
        notes
    }
}

impl Table {
    /// How the file is written.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// The columns.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Number of rows.
    pub fn n_rows(&self) -> usize {
        self.lines.len()
    }

    /// The line of the file where each row starts, from 1.
    pub fn lines(&self) -> &[u32] {
        &self.lines
    }

    /// A sentence for each thing that a reader of the file may want to look at: how it is encoded, and what it holds
    /// beside its rows.
    pub fn notes_on_file(&self) -> Vec<String> {
        let encoding = self.dialect.encoding;
        let ansi = Encoding::ANSI.contains(&encoding).then(|| words::read_as(&encoding.name()));
        ansi.into_iter().chain(self.passed_over.notes()).collect()
    }

    fn fault(&self, line: u32, column: usize, problem: impl Into<String>) -> CellFault {
        CellFault {
            line,
            column: self.columns[column].place,
            name: self.columns[column].name.clone(),
            problem: problem.into(),
        }
    }
}

/// What is wrong with a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellFault {
    /// The line of the file where the cell starts, from 1.
    pub line: u32,
    /// Its column, from 1.
    pub column: usize,
    /// The column's name; may be empty.
    pub name: String,
    /// What is wrong, and what is accepted.
    pub problem: String,
}

impl Display for CellFault {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        let Self { line, column, name, problem } = self;
        f.write_str(&match name.is_empty() {
            true => words::cells::at(line, column, problem),
            false => words::cells::at_named(line, column, name, problem),
        })
    }
}

/// `text` for a sentence: not too long, in one line.
fn shown(text: &str) -> String {
    let clean = |c: char| if c.is_control() { ' ' } else { c };
    let mut short: String = text.chars().take(SHOWN_CHARS).map(clean).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
