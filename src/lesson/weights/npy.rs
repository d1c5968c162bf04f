//! Arrays of NumPy: `.npy` (numpy.lib.format, versions 1 to 3) and archives of them, `.npz`.

use super::bytes::Kind;
use super::tensor::{MAX_NUMBERS, MAX_TENSORS};
use super::{Tensor, shown, zip};
use crate::words::weights::files as words;

/// How a file begins.
pub const MAGIC: &[u8] = b"\x93NUMPY";
/// Where a header starts that is not this long is padded to its multiple.
const ALIGNMENT: usize = 64;
/// Bytes of an array that are read: of the largest numbers, with a header.
const MAX_BYTES: usize = 8 * MAX_NUMBERS + 0x1_0000;

/// The arrays of an `.npz`, in its order and under its names.
///
/// # Errors
/// A sentence that names the file within and what is wrong with it.
pub fn read_archive(bytes: &[u8]) -> Result<Vec<Tensor>, String> {
    let entries = zip::read(bytes, MAX_TENSORS, MAX_BYTES)?;
    entries
        .iter()
        .map(|entry| read(entry.name.strip_suffix(".npy").unwrap_or(&entry.name), &entry.bytes))
        .collect()
}

/// The array of an `.npy`, under this name.
///
/// # Errors
/// A sentence that says what is wrong with it.
pub fn read(name: &str, bytes: &[u8]) -> Result<Tensor, String> {
    let is_cut = || words::breaks_off(&shown(name));
    let Some(rest) = bytes.strip_prefix(MAGIC) else {
        return Err(words::no_array(&shown(name)));
    };
    let (length, start) = match *rest {
        [1, _, a, b, ..] => (usize::from(u16::from_le_bytes([a, b])), 4),
        [2 | 3, _, a, b, c, d, ..] => (u32::from_le_bytes([a, b, c, d]) as usize, 6),
        _ => return Err(is_cut()),
    };
    let (header, content) = rest[start..].split_at_checked(length).ok_or_else(is_cut)?;
    let header = String::from_utf8_lossy(header);
    let damaged = || words::no_header(&shown(name));
    let kind = value_of(&header, "descr").ok_or_else(damaged)?;
    let is_fortran = value_of(&header, "fortran_order").ok_or_else(damaged)?.starts_with("True");
    let shape = value_of(&header, "shape").and_then(shape).ok_or_else(damaged)?;
    let (kind, is_big_endian) = kind_of(kind).ok_or_else(|| {
        let kind = kind.split([',', '}']).next().unwrap_or_default();
        words::several_kinds(&shown(name), &shown(kind.trim_matches('\'')))
    })?;
    let n = Tensor::n_numbers(name, &shape)?;
    let content = content.get(..n * kind.size()).ok_or_else(is_cut)?;
    let numbers = kind.numbers(content, is_big_endian);
    let numbers = match shape[..] {
        // Column by column.
        [n_rows, n_cols] if is_fortran => (0..n).map(|k| numbers[k / n_cols + k % n_cols * n_rows]).collect(),
        _ => numbers,
    };
    Ok(Tensor { name: name.to_owned(), shape, numbers })
}

/// What stands behind a key of the header, a Python dictionary.
fn value_of<'a>(header: &'a str, key: &str) -> Option<&'a str> {
    let (_, behind) = header.split_once(&format!("'{key}'"))?;
    Some(behind.trim_start().strip_prefix(':')?.trim_start())
}

/// `(3, 2)` as lengths.
fn shape(text: &str) -> Option<Vec<usize>> {
    let (lengths, _) = text.strip_prefix('(')?.split_once(')')?;
    let lengths = lengths.split(',').map(str::trim).filter(|length| !length.is_empty());
    lengths.map(|length| length.trim_end_matches('L').parse().ok()).collect()
}

/// The numbers that a type such as `'<f8'` says, and whether their first byte is the largest.
fn kind_of(text: &str) -> Option<(Kind, bool)> {
    let (word, _) = text.strip_prefix('\'')?.split_once('\'')?;
    let (order, kind) = word.split_at_checked(1)?;
    let kind = match kind {
        "f8" => Kind::F64,
        "f4" => Kind::F32,
        "f2" => Kind::F16,
        "i1" => Kind::Signed(1),
        "i2" => Kind::Signed(2),
        "i4" => Kind::Signed(4),
        "i8" => Kind::Signed(8),
        "u1" | "b1" => Kind::Unsigned(1),
        "u2" => Kind::Unsigned(2),
        "u4" => Kind::Unsigned(4),
        "u8" => Kind::Unsigned(8),
        _ => return None,
    };
    matches!(order, "<" | ">" | "|" | "=").then_some((kind, order == ">"))
}

/// An array as an `.npy` of version 1, in double precision.
pub fn write(tensor: &Tensor) -> Vec<u8> {
    let lengths: String = tensor.shape.iter().map(|length| format!("{length}, ")).collect();
    let mut header = format!("{{'descr': '<f8', 'fortran_order': False, 'shape': ({lengths}), }}");
    let before = MAGIC.len() + 4;
    let padding = (before + header.len() + 1).next_multiple_of(ALIGNMENT) - before - header.len() - 1;
    header.extend(std::iter::repeat_n(' ', padding));
    header.push('\n');
    let mut bytes = [MAGIC, &[1, 0], &(header.len() as u16).to_le_bytes(), header.as_bytes()].concat();
    tensor.numbers.iter().for_each(|x| bytes.extend(x.to_le_bytes()));
    bytes
}
