//! From the bytes of a CSV file to a table, a slice at a time.

use std::borrow::Cow;
use std::rc::Rc;

use super::cells::{Cell, Cells};
use super::column::Column;
use super::dialect::Dialect;
use super::encoding::as_utf8;
use super::layout::Layout;
use super::sample::beginning;
use super::{CellFault, PassedOver, Table, limits};
use crate::text::format;
use crate::words::lesson::limits::file_too_large;
use crate::words::table as words;

/// A file that is being read.
#[derive(Debug)]
pub struct Reader {
    dialect: Dialect,
    layout: Layout,
    cells: Cells,
    row: Row,
    /// `None` until the first row ends.
    columns: Option<Vec<Column>>,
    /// The line of each row.
    lines: Vec<u32>,
    passed_over: PassedOver,
}

/// The cells of the present row so far, one text behind the other.
#[derive(Debug, Default)]
struct Row {
    text: String,
    /// Where each one ends, and its line.
    ends: Vec<(usize, u32)>,
}

impl Row {
    fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    /// Each cell's text and its line.
    fn cells(&self) -> impl Iterator<Item = (&str, u32)> {
        let starts = std::iter::once(0).chain(self.ends.iter().map(|(end, _)| *end));
        starts.zip(&self.ends).map(|(start, (end, line))| (&self.text[start..*end], *line))
    }

    fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

impl Reader {
    /// A reader of `bytes`; without `dialect` it is recognised.
    ///
    /// # Errors
    /// A sentence if the file is empty or too large.
    pub fn new(bytes: Rc<[u8]>, dialect: Option<Dialect>) -> Result<Self, String> {
        if limits::BYTES < bytes.len() {
            let (n, most) = (format::count(bytes.len() as u64), limits::BYTES / 1_000_000);
            return Err(file_too_large(&n, &most));
        }
        let (text, encoding) = as_utf8(&bytes, dialect.map(|dialect| dialect.encoding));
        let (start, _) = beginning(&text);
        if text[start..].iter().all(u8::is_ascii_whitespace) {
            return Err(words::file_is_empty().to_owned());
        }
        let dialect = dialect.unwrap_or_else(|| Dialect::of(&text, encoding));
        let prepared: Rc<[u8]> = match dialect.delimiter.prepared(&text[start..]) {
            Cow::Borrowed(_) if start == 0 && matches!(text, Cow::Borrowed(_)) => Rc::clone(&bytes),
            prepared => prepared.as_ref().into(),
        };
        let layout = Layout::of(&prepared, dialect);
        Ok(Self {
            cells: Cells::new(prepared, layout.names_at, dialect.delimiter, layout.has_comments),
            dialect,
            layout,
            row: Row::default(),
            columns: None,
            lines: Vec::new(),
            passed_over: PassedOver::default(),
        })
    }

    /// How the file is taken to be written.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Bytes read so far, and bytes in all.
    pub fn progress(&self) -> (usize, usize) {
        self.cells.progress()
    }

    /// Reads about `n_bytes` more (at most a cell more); returns whether the end has been reached.
    ///
    /// # Errors
    /// A sentence that names the line and the column of the first fault; reading cannot go on.
    pub fn advance(&mut self, n_bytes: usize) -> Result<bool, String> {
        let end = self.progress().0.saturating_add(n_bytes);
        loop {
            let cell = match self.cells.next() {
                Ok(Some(cell)) => cell,
                Ok(None) => return Ok(true),
                Err((line, problem)) => return Err(self.fault(line, problem).to_string()),
            };
            self.take(cell).map_err(|fault| fault.to_string())?;
            if end <= self.progress().0 {
                return Ok(false);
            }
        }
    }

    /// The table, once its end has been reached. Columns that have neither a name nor anything below it are none.
    ///
    /// # Errors
    /// A sentence if it has no rows, or one column only.
    pub fn finish(self) -> Result<Table, String> {
        let Self { dialect, layout, columns, lines, mut passed_over, cells, .. } = self;
        passed_over.n_comments = layout.n_comments_above + cells.n_comments();
        let mut columns = columns.unwrap_or_default();
        columns.iter_mut().for_each(Column::finish);
        let n_all = columns.len();
        if !lines.is_empty() {
            columns.retain(|column| !column.name.is_empty() || 0 < column.n_present());
        }
        passed_over.n_columns = n_all - columns.len();
        if columns.len() < 2 {
            return Err(words::only_one_column(&dialect.delimiter.name()));
        }
        if lines.is_empty() {
            return Err(words::no_row_of_data().to_owned());
        }
        Ok(Table { dialect, columns, lines, passed_over })
    }

    /// Takes over a cell that has been read, and with the last one its row.
    fn take(&mut self, cell: Cell) -> Result<(), CellFault> {
        let Cell { line, is_last, .. } = cell;
        let bytes = self.cells.bytes_of(cell);
        if bytes.contains(&0) {
            return Err(self.fault(line, words::cells::zero_byte()));
        }
        let Ok(text) = std::str::from_utf8(bytes) else {
            return Err(self.fault(line, words::cells::not_utf8()));
        };
        let text = text.trim();
        // What stands behind the last column of all may be empty.
        if self.row.ends.len() < limits::COLUMNS {
            self.row.text += text;
            self.row.ends.push((self.row.text.len(), line));
        } else if !text.is_empty() {
            let most = format::count(limits::COLUMNS as u64);
            return Err(self.fault(line, words::cells::too_many_columns(&most)));
        }
        if is_last {
            self.end_row()?;
            self.row.clear();
        }
        Ok(())
    }

    /// Takes over the present row once it is whole.
    fn end_row(&mut self) -> Result<(), CellFault> {
        if self.row.is_empty() {
            // A line of blanks is no row.
            self.passed_over.n_rows += usize::from(1 < self.row.ends.len());
            return Ok(());
        }
        if self.passed_over.n_titles < self.layout.n_titles {
            self.passed_over.n_titles += 1;
            return Ok(());
        }
        let Some(columns) = &mut self.columns else {
            return self.start();
        };
        let expected = columns.len();
        let first = self.row.ends.first().map_or(0, |(_, line)| *line);
        let too_many = self.row.cells().skip(expected).position(|(text, _)| !text.is_empty());
        if let Some(k) = too_many {
            let (_, line) = self.row.ends[expected + k];
            let problem = words::cells::too_many(&expected);
            return Err(CellFault { line, column: expected + 1, name: String::new(), problem });
        }
        let n = self.row.ends.len();
        if n < expected {
            return Err(self.fault(first, words::cells::missing(&n, &expected)));
        }
        if self.layout.has_units && self.passed_over.units.is_none() {
            for (column, (unit, _)) in columns.iter_mut().zip(self.row.cells()) {
                column.add_unit(unit);
            }
            self.passed_over.units = Some(first);
            return Ok(());
        }
        self.push_row(first)
    }

    fn push_row(&mut self, line: u32) -> Result<(), CellFault> {
        if self.lines.len() == limits::ROWS {
            let most = format::count(limits::ROWS as u64);
            let name =
                self.columns.iter().flatten().next().map_or_else(String::new, |column| column.name.clone());
            let problem = words::cells::too_many_rows(&most);
            return Err(CellFault { line, column: 1, name, problem });
        }
        self.lines.push(line);
        for (column, (text, line)) in self.columns.iter_mut().flatten().zip(self.row.cells()) {
            column.push(text, line, self.dialect.decimal);
        }
        Ok(())
    }

    /// Makes the columns once the first row is whole.
    fn start(&mut self) -> Result<(), CellFault> {
        let (has_header, has_row_names) = (self.dialect.has_header, self.layout.has_row_names);
        let unnamed = std::iter::once("").filter(|_| has_row_names);
        let names = unnamed.chain(self.row.cells().map(|(text, _)| if has_header { text } else { "" }));
        self.columns = Some(names.enumerate().map(|(k, name)| Column::new(k + 1, name)).collect());
        let line = self.row.ends.first().map_or(0, |(_, line)| *line);
        if has_header { Ok(()) } else { self.push_row(line) }
    }

    /// A fault of the next cell.
    fn fault(&self, line: u32, problem: impl Into<String>) -> CellFault {
        let k = self.row.ends.len();
        let column = self.columns.iter().flatten().nth(k);
        let name = column.map_or_else(String::new, |column| column.name.clone());
        CellFault { line, column: k + 1, name, problem: problem.into() }
    }
}
