//! From the bytes of a CSV file (RFC 4180) to a table, a slice at a time.

use std::borrow::Cow;
use std::rc::Rc;

use csv_core::{ReadFieldResult, ReaderBuilder};

use super::column::Column;
use super::dialect::{Dialect, beginning};
use super::{CellFault, Table, limits};
use crate::text::format;

/// A file that is being read.
#[derive(Debug)]
pub struct Reader {
    bytes: Rc<[u8]>,
    dialect: Dialect,
    parser: csv_core::Reader,
    /// Bytes read.
    at: usize,
    /// The line that comes next, from 1.
    line: u32,
    /// Room for one cell.
    cell: Vec<u8>,
    /// The cells of the first row, until it ends.
    first: Option<Vec<String>>,
    /// Cells of the present row so far.
    n_cells: usize,
    columns: Vec<Column>,
    lines: Vec<u32>,
}

impl Reader {
    /// A reader of `bytes`; without `dialect` it is recognised.
    ///
    /// # Errors
    /// A sentence if the file is empty, too large, or in no encoding that is read.
    pub fn new(bytes: Rc<[u8]>, dialect: Option<Dialect>) -> Result<Self, String> {
        if limits::BYTES < bytes.len() {
            let (n, most) = (format::count(bytes.len() as u64), limits::BYTES / 1_000_000);
            return Err(format!("The file has {n} bytes, at most {most} MB are accepted."));
        }
        if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
            return Err("Line 1: the text is encoded as UTF-16. Save the file as “CSV UTF-8”.".to_owned());
        }
        let (start, _) = beginning(&bytes);
        if bytes[start..].iter().all(u8::is_ascii_whitespace) {
            return Err("The file is empty: rows of cells are expected.".to_owned());
        }
        let dialect = dialect.unwrap_or_else(|| Dialect::of(&bytes));
        let (at, bytes) = match dialect.delimiter.prepared(&bytes[start..]) {
            Cow::Borrowed(_) => (start, bytes),
            Cow::Owned(prepared) => (0, prepared.into()),
        };
        Ok(Self {
            parser: ReaderBuilder::new().delimiter(dialect.delimiter.byte()).build(),
            dialect,
            at,
            line: 1,
            // One more than a cell may have: what fills it is too long.
            cell: vec![0; limits::CELL_BYTES + 1],
            first: Some(Vec::new()),
            n_cells: 0,
            columns: Vec::new(),
            lines: Vec::new(),
            bytes,
        })
    }

    /// How the file is taken to be written.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Bytes read so far, and bytes in all.
    pub fn progress(&self) -> (usize, usize) {
        (self.at, self.bytes.len())
    }

    /// Reads about `n_bytes` more (at most a cell more); returns whether the end has been reached.
    ///
    /// # Errors
    /// A sentence that names the line and the column of the first fault; reading cannot go on.
    pub fn advance(&mut self, n_bytes: usize) -> Result<bool, String> {
        let end = self.at.saturating_add(n_bytes);
        loop {
            if self.read_cell().map_err(|fault| fault.to_string())? {
                return Ok(true);
            }
            if end <= self.at {
                return Ok(false);
            }
        }
    }

    /// The table, once its end has been reached.
    ///
    /// # Errors
    /// A sentence if it has no rows, or one column only.
    pub fn finish(self) -> Result<Table, String> {
        let Self { dialect, columns, lines, .. } = self;
        if columns.len() < 2 {
            return Err(format!(
                "Line 1: only one column with the delimiter {}. An input and a target are needed: choose the delimiter that stands in the file.",
                dialect.delimiter.name()
            ));
        }
        if lines.is_empty() {
            return Err("The file has names of columns but no row of data below them.".to_owned());
        }
        Ok(Table { dialect, columns, lines })
    }

    /// Reads a cell; returns whether there was none left.
    fn read_cell(&mut self) -> Result<bool, CellFault> {
        if self.n_cells == 0 {
            self.skip_line_ends();
        }
        let line = self.line;
        let (result, n_read, n_written) = self.parser.read_field(&self.bytes[self.at..], &mut self.cell);
        self.pass(n_read);
        match result {
            ReadFieldResult::End => Ok(true),
            ReadFieldResult::OutputFull => {
                let most = format::count(limits::CELL_BYTES as u64);
                let problem = format!(
                    "a cell of more than {most} bytes starts here. Is its quotation mark never closed?"
                );
                Err(self.fault(line, problem))
            }
            ReadFieldResult::Field { record_end } => self.take(line, n_written, record_end).map(|()| false),
            ReadFieldResult::InputEmpty => {
                // The file ends within a cell. A line's end ends the cell, but not within quotation marks.
                let (result, ..) = self.parser.read_field(b".\n", &mut [0; 4]);
                if result == ReadFieldResult::InputEmpty {
                    return Err(self.fault(line, "a quotation mark is opened here and never closed."));
                }
                self.take(line, n_written, true).map(|()| false)
            }
        }
    }

    /// Goes on by `n` bytes and counts the lines that end in them: by "\n", "\r\n" or "\r".
    fn pass(&mut self, n: usize) {
        let end = self.at + n;
        for at in self.at..end {
            let is_second =
                self.bytes[at] == b'\n' && at.checked_sub(1).is_some_and(|k| self.bytes[k] == b'\r');
            if matches!(self.bytes[at], b'\n' | b'\r') && !is_second {
                self.line += 1;
            }
        }
        self.at = end;
    }

    fn skip_line_ends(&mut self) {
        while matches!(self.bytes.get(self.at), Some(b'\n' | b'\r')) {
            self.pass(1);
        }
    }

    /// Takes over the cell of `n` bytes that starts in `line`.
    fn take(&mut self, line: u32, n: usize, is_last: bool) -> Result<(), CellFault> {
        let cell = &self.cell[..n];
        if cell.contains(&0) {
            return Err(self.fault(line, "a zero byte, which stands in no text. Is this a CSV file?"));
        }
        let Ok(text) = std::str::from_utf8(cell) else {
            return Err(self.fault(line, "the text is not encoded as UTF-8. Save the file as “CSV UTF-8”."));
        };
        let text = text.trim();
        // A line of blanks is no row.
        if is_last && self.n_cells == 0 && text.is_empty() && (self.first.is_some() || 1 < self.columns.len())
        {
            return Ok(());
        }
        if let Some(first) = &mut self.first {
            if first.len() == limits::COLUMNS {
                let most = format::count(limits::COLUMNS as u64);
                return Err(
                    self.fault(line, format!("more than {most} columns, the most that are accepted."))
                );
            }
            first.push(text.to_owned());
            self.n_cells += 1;
            return if is_last { self.start(line) } else { Ok(()) };
        }
        let expected = self.columns.len();
        if self.n_cells == 0 {
            if self.lines.len() == limits::ROWS {
                let most = format::count(limits::ROWS as u64);
                return Err(self.fault(line, format!("more than {most} rows, the most that are accepted.")));
            }
            self.lines.push(line);
        }
        if self.n_cells == expected {
            return Err(
                self.fault(line, format!("a cell too many: {expected} are expected, as in the first row."))
            );
        }
        self.columns[self.n_cells].push(text, line, self.dialect.decimal);
        self.n_cells += 1;
        if is_last {
            let n = self.n_cells;
            if n < expected {
                let problem = format!(
                    "the cell is missing: the row has {n}, and {expected} are expected, as in the first row."
                );
                return Err(self.fault(line, problem));
            }
            self.n_cells = 0;
        }
        Ok(())
    }

    /// Makes the columns once the first row is whole.
    fn start(&mut self, line: u32) -> Result<(), CellFault> {
        let cells = self.first.take().unwrap_or_default();
        self.n_cells = 0;
        let name = |cell: &String| if self.dialect.has_header { cell.clone() } else { String::new() };
        self.columns = cells.iter().map(name).map(|name| Column::new(&name)).collect();
        if !self.dialect.has_header {
            self.lines.push(line);
            for (column, cell) in self.columns.iter_mut().zip(&cells) {
                column.push(cell, line, self.dialect.decimal);
            }
        }
        Ok(())
    }

    /// A fault of the next cell.
    fn fault(&self, line: u32, problem: impl Into<String>) -> CellFault {
        let name = self.columns.get(self.n_cells).map_or_else(String::new, |column| column.name.clone());
        CellFault { line, column: self.n_cells + 1, name, problem: problem.into() }
    }
}
