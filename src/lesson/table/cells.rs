//! The cells of a file one after the other (RFC 4180), each with its line. Around it, what files have beside cells is
//! passed over: empty lines, lines of comment, blanks before a quotation mark.

use std::rc::Rc;

use csv_core::{ReadFieldResult, ReaderBuilder};

use super::dialect::Delimiter;
use super::limits;
use crate::text::format;
use crate::words::table::cells as words;

/// What a line of comment begins with.
pub(super) const COMMENT_MARKS: [&[u8]; 3] = [b"#", b"%", b"//"];

/// A cell that has been read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    /// The line where it starts, from 1.
    pub line: u32,
    /// Its bytes in the room of [`Cells`].
    pub n_bytes: usize,
    /// Whether its row ends with it.
    pub is_last: bool,
}

/// What ends the reading: a line, and what is wrong there.
pub(super) type Broken = (u32, String);

/// The cells of a file, from some place of it on.
#[derive(Debug)]
pub(super) struct Cells {
    bytes: Rc<[u8]>,
    parser: csv_core::Reader,
    delimiter: u8,
    /// Bytes read.
    at: usize,
    /// The line that comes next, from 1.
    line: u32,
    /// Room for one cell.
    room: Vec<u8>,
    is_at_start_of_row: bool,
    has_comments: bool,
    n_comments: usize,
}

impl Cells {
    /// The cells of `bytes`; from a place within a comment on, if the first row stands there.
    pub fn new(
        bytes: Rc<[u8]>,
        within_comment: Option<usize>,
        delimiter: Delimiter,
        has_comments: bool,
    ) -> Self {
        let at = within_comment.unwrap_or(0);
        Self {
            parser: ReaderBuilder::new().delimiter(delimiter.byte()).build(),
            delimiter: delimiter.byte(),
            at,
            line: 1 + n_line_ends(&bytes[..at]),
            // One more than a cell may have: what fills it is too long.
            room: vec![0; limits::CELL_BYTES + 1],
            is_at_start_of_row: within_comment.is_none(),
            has_comments,
            n_comments: 0,
            bytes,
        }
    }

    /// Bytes read so far, and bytes in all.
    pub fn progress(&self) -> (usize, usize) {
        (self.at, self.bytes.len())
    }

    /// Lines of comment that have been passed over.
    pub fn n_comments(&self) -> usize {
        self.n_comments
    }

    /// The bytes of the cell that was read last.
    pub fn bytes_of(&self, cell: Cell) -> &[u8] {
        &self.room[..cell.n_bytes]
    }

    /// Reads a cell; `None` at the end.
    pub fn next(&mut self) -> Result<Option<Cell>, Broken> {
        if self.is_at_start_of_row {
            self.skip_lines();
        }
        self.skip_to_quote();
        let line = self.line;
        let (result, n_read, n_bytes) = self.parser.read_field(&self.bytes[self.at..], &mut self.room);
        self.pass(n_read);
        let is_last = match result {
            ReadFieldResult::End => return Ok(None),
            ReadFieldResult::OutputFull => {
                let most = format::count(limits::CELL_BYTES as u64);
                return Err((line, words::too_long(&most)));
            }
            ReadFieldResult::Field { record_end } => record_end,
            ReadFieldResult::InputEmpty => {
                // The file ends within a cell. A line's end ends the cell, but not within quotation marks.
                let (result, ..) = self.parser.read_field(b".\n", &mut [0; 4]);
                if result == ReadFieldResult::InputEmpty {
                    return Err((line, words::quotation_mark_open().to_owned()));
                }
                true
            }
        };
        self.is_at_start_of_row = is_last;
        Ok(Some(Cell { line, n_bytes, is_last }))
    }

    /// Goes on by `n` bytes and counts the lines that end in them.
    fn pass(&mut self, n: usize) {
        let end = self.at + n;
        for at in self.at..end {
            self.line += u32::from(ends_line(&self.bytes, at));
        }
        self.at = end;
    }

    /// Passes over the ends of lines, and over lines of comment.
    fn skip_lines(&mut self) {
        loop {
            while matches!(self.bytes.get(self.at), Some(b'\n' | b'\r')) {
                self.pass(1);
            }
            if !self.has_comments || !is_comment(&self.bytes[self.at..]) {
                return;
            }
            self.n_comments += 1;
            self.pass(line_of(&self.bytes[self.at..]).len());
        }
    }

    /// Passes over blanks that stand between a delimiter and a quotation mark.
    fn skip_to_quote(&mut self) {
        let is_blank = |byte: &&u8| matches!(byte, b' ' | b'\t') && **byte != self.delimiter;
        let n_blanks = self.bytes[self.at..].iter().take_while(is_blank).count();
        if 0 < n_blanks && self.bytes.get(self.at + n_blanks) == Some(&b'"') {
            self.at += n_blanks;
        }
    }
}

/// The first line, without its end.
pub(super) fn line_of(bytes: &[u8]) -> &[u8] {
    let n = bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(bytes.len());
    &bytes[..n]
}

/// Whether a line of comment starts here.
pub(super) fn is_comment(bytes: &[u8]) -> bool {
    let text = behind_blanks(bytes);
    COMMENT_MARKS.iter().any(|mark| text.starts_with(mark))
}

/// What follows the blanks.
pub(super) fn behind_blanks(bytes: &[u8]) -> &[u8] {
    let n = bytes.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    &bytes[n..]
}

/// Whether a line ends with the byte at `at`: by "\n", "\r\n" or "\r".
fn ends_line(bytes: &[u8], at: usize) -> bool {
    let is_second = bytes[at] == b'\n' && at.checked_sub(1).is_some_and(|k| bytes[k] == b'\r');
    matches!(bytes[at], b'\n' | b'\r') && !is_second
}

fn n_line_ends(bytes: &[u8]) -> u32 {
    (0..bytes.len()).map(|at| u32::from(ends_line(bytes, at))).sum()
}
