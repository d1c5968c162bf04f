//! The first rows of a file, by which it is recognised how it is written.

use super::cells::{Cells, is_comment, line_of};
use super::dialect::Delimiter;

/// So much of a file's beginning is looked at.
const SAMPLE_BYTES: usize = 32_000;
const SAMPLE_ROWS: usize = 100;

/// The cells of a row.
pub(super) type Row = Vec<String>;

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

/// What of a file is looked at.
pub(super) fn head(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(SAMPLE_BYTES)]
}

/// The lines that say something.
pub(super) fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
    head(bytes).split(is_end).filter(|line| !line.trim_ascii().is_empty())
}

/// Whether lines that begin with a mark of comment are comments: not where most rows begin so, as with “#1”.
pub(super) fn has_comments(bytes: &[u8]) -> bool {
    let mut rows = lines(bytes).skip_while(|line| is_comment(line)).peekable();
    let has_rows = rows.peek().is_some();
    let (mut n_comments, mut n) = (0, 0);
    for line in rows {
        n += 1;
        n_comments += usize::from(is_comment(line));
    }
    has_rows && 2 * n_comments < n && lines(bytes).any(is_comment)
}

/// The first whole rows that say something; `bytes` is as [`Delimiter::prepared`] makes it, or what it is made of.
pub(super) fn sample(bytes: &[u8], delimiter: Delimiter, has_comments: bool) -> Vec<Row> {
    let is_cut = SAMPLE_BYTES < bytes.len();
    let mut cells =
        Cells::new(delimiter.prepared(head(bytes)).as_ref().into(), None, delimiter, has_comments);
    let (mut rows, mut row) = (Vec::new(), Row::new());
    while rows.len() < SAMPLE_ROWS {
        let Ok(Some(cell)) = cells.next() else {
            break;
        };
        // The last cell of what is looked at may be half of one.
        let (at, n) = cells.progress();
        if is_cut && at == n {
            break;
        }
        row.push(String::from_utf8_lossy(cells.bytes_of(cell)).trim().to_owned());
        if cell.is_last {
            let row = std::mem::take(&mut row);
            if row.iter().any(|cell| !cell.is_empty()) {
                rows.push(row);
            }
        }
    }
    if rows.is_empty() && !row.is_empty() {
        rows.push(row);
    }
    rows
}

/// The line of comment that stands right above the first row, if there are such lines: where it begins.
pub(super) fn last_comment(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    let mut found = None;
    while at < bytes.len() {
        let line = line_of(&bytes[at..]);
        if !line.trim_ascii().is_empty() {
            if !is_comment(line) {
                break;
            }
            found = Some(at);
        }
        at += line.len() + 1;
    }
    found
}
