//! A table of samples from a CSV file: read in slices, looked at column by column, and made into the
//! data of a lesson. What is wrong with a file is named by line and column.

mod column;
mod dialect;
mod import;
mod reader;

use std::fmt::{self, Display, Formatter};

pub use column::{Column, TakenAs};
pub use dialect::{DecimalMark, Delimiter, Dialect};
pub use import::{Answers, Choices, ColumnChoice, ColumnRole, ImportPlan, Imported};
pub use reader::Reader;

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

    fn fault(&self, line: u32, column: usize, problem: impl Into<String>) -> CellFault {
        CellFault {
            line,
            column: column + 1,
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
        write!(f, "Line {line}, column {column}")?;
        if !name.is_empty() {
            write!(f, " “{name}”")?;
        }
        write!(f, ": {problem}")
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
