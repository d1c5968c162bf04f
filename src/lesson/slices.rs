//! A lesson file read a slice at a time: the rows of its tables, which are nearly all of a large file, one
//! by one, and then what is left of the document at once. The result is that of [`Lesson::from_json`].

use std::ops::Range;

use super::file::{LessonFile, Row, Rows};
use super::{Lesson, limits, read};
use crate::text::document::{self, List};
use crate::text::fault::Read;

/// The longest row that is read by itself, in bytes: one with the most numbers, written out and in lines.
const ROW_BYTES: usize = 65_536;
/// The deepest nesting that is looked into: a lesson's is 6.
const DEPTH: usize = 16;

/// A file that is being read.
#[derive(Debug)]
pub struct FileSlices {
    text: String,
    /// The text, with blanks in place of the numbers that have been read: faults keep their places.
    outline: Vec<u8>,
    at: usize,
    /// Where the string begins that is being passed, and whether the next byte is escaped.
    string: Option<usize>,
    is_escaped: bool,
    /// What is open here, the outermost first.
    open: Vec<Open>,
    /// How many are open within those, too deep to be looked into.
    n_deeper: usize,
    tables: Vec<(TablePlace, Vec<Row>)>,
}

/// An object or a list that is not yet closed.
#[derive(Debug)]
struct Open {
    what: What,
    /// Where it begins.
    start: usize,
    /// The last key of an object.
    key: Range<usize>,
    /// Of a list, how many items are behind.
    n: usize,
    /// Whether something stands in it that is no number.
    has_parts: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum What {
    Object,
    List,
    FileTable,
    Row,
}

/// The tables of a lesson file.
#[derive(Clone, Copy, Debug, PartialEq)]
enum TablePlace {
    Inputs,
    Targets,
    TestInputs,
    TestTargets,
    /// Of a layer, from 0.
    Weights(usize),
}

impl FileSlices {
    /// Begins to read `text`.
    ///
    /// # Errors
    /// If it is too long.
    pub fn new(text: String) -> Read<Self> {
        Lesson::check_length(&text)?;
        Ok(Self {
            outline: text.as_bytes().to_vec(),
            text,
            at: 0,
            string: None,
            is_escaped: false,
            open: Vec::new(),
            n_deeper: 0,
            tables: Vec::new(),
        })
    }

    /// Bytes read so far, and bytes in all.
    pub fn progress(&self) -> (usize, usize) {
        (self.at, self.text.len())
    }

    /// Reads about `n_bytes` more (at most a row more); returns whether the end has been reached.
    pub fn advance(&mut self, n_bytes: usize) -> bool {
        let end = self.text.len().min(self.at.saturating_add(n_bytes));
        while self.at < end {
            self.pass();
            self.at += 1;
        }
        self.at == self.text.len()
    }

    /// The lesson, once the end has been reached.
    ///
    /// # Errors
    /// The first fault, with its place.
    pub fn finish(self) -> Read<Lesson> {
        let Self { text, outline, tables, .. } = self;
        let whole = || Lesson::from_json(&text);
        let Ok(outline) = String::from_utf8(outline) else {
            return whole();
        };
        let mut file: LessonFile = document::read(Lesson::without_mark(&outline))?;
        for (place, rows) in tables {
            if !place.table_of(&mut file).is_some_and(|table| table.fill(rows)) {
                return whole();
            }
        }
        read::lesson(&file, limits::MAGNITUDE)?.means_what_it_names()
    }

    /// Passes the byte at hand. What is no JSON is left to the reader of the outline.
    fn pass(&mut self) {
        let byte = self.text.as_bytes()[self.at];
        if let Some(start) = self.string {
            match byte {
                _ if self.is_escaped => self.is_escaped = false,
                b'\\' => self.is_escaped = true,
                b'"' => {
                    self.string = None;
                    let at = self.at;
                    self.with_last(|last| last.key = start + 1..at);
                }
                _ => {}
            }
            return;
        }
        match byte {
            b'"' => {
                self.string = Some(self.at);
                self.with_last(|last| last.has_parts = true);
            }
            b'{' => self.enter(What::Object),
            b'[' => {
                let what = self.kind_of_list();
                self.enter(what);
            }
            b',' => self.with_last(|last| last.n += 1),
            b']' | b'}' => self.leave(),
            _ => {}
        }
    }

    fn with_last(&mut self, change: impl FnOnce(&mut Open)) {
        if let Some(last) = self.open.last_mut() {
            change(last);
        }
    }

    fn enter(&mut self, what: What) {
        self.with_last(|last| last.has_parts = true);
        // Deeper there is no table; a document may go deeper than there is memory.
        if DEPTH <= self.open.len() {
            self.n_deeper += 1;
        } else {
            self.open.push(Open { what, start: self.at, key: 0..0, n: 0, has_parts: false });
        }
    }

    fn leave(&mut self) {
        if 0 < self.n_deeper {
            self.n_deeper -= 1;
            return;
        }
        let Some(closed) = self.open.pop() else {
            return;
        };
        let range = closed.start + 1..self.at;
        if closed.what != What::Row || closed.has_parts || ROW_BYTES < range.len() {
            return;
        }
        let Ok(row) = serde_json::from_str(&self.text[closed.start..=self.at]) else {
            return;
        };
        if let Some((_, rows)) = self.tables.last_mut() {
            rows.push(row);
            for byte in self.outline[range].iter_mut().filter(|byte| **byte != b'\n') {
                *byte = b' ';
            }
        }
    }

    /// What a list is that begins here.
    fn kind_of_list(&mut self) -> What {
        if self.open.last().is_some_and(|last| last.what == What::FileTable) {
            return What::Row;
        }
        let Some(place) = self.place() else {
            return What::List;
        };
        self.tables.push((place, Vec::new()));
        What::FileTable
    }

    /// The table that stands where a value begins here.
    fn place(&self) -> Option<TablePlace> {
        let key = |open: &Open| (open.what == What::Object).then(|| &self.text.as_bytes()[open.key.clone()]);
        match &self.open[..] {
            [file, data] if key(file)? == b"data" => match key(data)? {
                b"inputs" => Some(TablePlace::Inputs),
                b"targets" => Some(TablePlace::Targets),
                b"test_inputs" => Some(TablePlace::TestInputs),
                b"test_targets" => Some(TablePlace::TestTargets),
                _ => None,
            },
            [file, network, layers, layer]
                if key(file)? == b"network"
                    && key(network)? == b"layers"
                    && layers.what == What::List
                    && key(layer)? == b"weights" =>
            {
                Some(TablePlace::Weights(layers.n))
            }
            _ => None,
        }
    }
}

/// A table of the file, whose rows are to be put into it.
enum FileTable<'a> {
    Samples(&'a mut Rows),
    Weights(&'a mut List<Row, { limits::UNITS }>),
}

impl FileTable<'_> {
    fn fill(self, rows: Vec<Row>) -> bool {
        match self {
            Self::Samples(table) => table.fill(rows),
            Self::Weights(table) => table.fill(rows),
        }
    }
}

impl TablePlace {
    fn table_of(self, file: &mut LessonFile) -> Option<FileTable<'_>> {
        let data = &mut file.data.0;
        match self {
            Self::Inputs => data.inputs.as_mut().map(FileTable::Samples),
            Self::Targets => data.targets.as_mut().map(FileTable::Samples),
            Self::TestInputs => data.test_inputs.as_mut().map(FileTable::Samples),
            Self::TestTargets => data.test_targets.as_mut().map(FileTable::Samples),
            Self::Weights(layer) => {
                file.network.0.layers.get_mut(layer)?.0.weights.as_mut().map(FileTable::Weights)
            }
        }
    }
}
