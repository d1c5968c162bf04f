//! What kind of file a reader has opened, by its first bytes: a lesson, a table, or something else that is
//! named, with what to do.

/// Bytes of a file's beginning that tell its kind.
pub const HEAD_BYTES: usize = 65_536;

/// What a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A lesson, or what its reader can say the fault of.
    Lesson,
    /// A table of samples.
    Table,
    /// Something else: what it looks like and what to do, as the end of a sentence that names the file.
    Other(String),
}

/// The beginnings of files that are no text, what such a file is, and what to do.
const MAGIC: &[(&[u8], &str, &str)] = &[
    (b"\x89PNG", PICTURE, DRAW),
    (b"\xFF\xD8\xFF", PICTURE, DRAW),
    (b"GIF8", PICTURE, DRAW),
    (b"RIFF", "a picture or a sound", DRAW),
    (b"BM", PICTURE, DRAW),
    (b"%PDF", "a PDF document", "Copy its table into a spreadsheet and save that as CSV"),
    (b"\xD0\xCF\x11\xE0", "an old Excel or Word file", SAVE_AS_CSV),
    (b"\x1F\x8B", "compressed by gzip", UNPACK),
    (b"7z\xBC\xAF", "a 7z archive", UNPACK),
    (b"Rar!", "a RAR archive", UNPACK),
    (b"PAR1", "a Parquet table", "In Python: pandas.read_parquet(file).to_csv(\"table.csv\", index=False)"),
    (b"ARROW1", "an Arrow table", "In Python: pandas.read_feather(file).to_csv(\"table.csv\", index=False)"),
    (b"SQLite format 3", "an SQLite database", "Export one of its tables as CSV"),
    (
        b"\x93NUMPY",
        "a NumPy array",
        "In Python: numpy.savetxt(\"table.csv\", numpy.load(file), delimiter=\",\")",
    ),
    (b"\x89HDF\r\n", "an HDF5 file, as Keras saves models", SAVE_WEIGHTS),
    (b"\x80\x02", PICKLE, SAVE_WEIGHTS),
    (b"\x80\x03", PICKLE, SAVE_WEIGHTS),
    (b"\x80\x04", PICKLE, SAVE_WEIGHTS),
    (b"\x80\x05", PICKLE, SAVE_WEIGHTS),
];

const PICTURE: &str = "a picture";
const PICKLE: &str = "a Python pickle, as scikit-learn and PyTorch save models";
const DRAW: &str = "A table with one row per sample is needed, as CSV";
const SAVE_AS_CSV: &str = "Save its table as CSV in the program that it comes from, and open that";
const UNPACK: &str = "Unpack it and open a file from within";
const SAVE_WEIGHTS: &str = "Models of other programs are not read: write its weights into a lesson file";

/// What is in a zip archive by the names that stand in it.
const ARCHIVES: &[(&str, &str, &str)] = &[
    ("xl/", "an Excel workbook", SAVE_AS_CSV),
    ("[Content_Types].xml", "an Office document", SAVE_AS_CSV),
    ("application/vnd.oasis", "an OpenDocument spreadsheet or text", SAVE_AS_CSV),
    ("model.weights.h5", "a Keras model", SAVE_WEIGHTS),
    ("data.pkl", "a PyTorch model", SAVE_WEIGHTS),
    (
        ".npy",
        "a NumPy archive",
        "In Python: numpy.savetxt(\"table.csv\", numpy.load(file)[name], delimiter=\",\")",
    ),
];

/// JSON of other programs by keys that stand in it.
const JSON: &[(&str, &str, &str)] = &[
    ("\"modelTopology\"", "a TensorFlow.js model", SAVE_WEIGHTS),
    ("\"coefs_\"", "a scikit-learn model", SAVE_WEIGHTS),
    ("\"class_name\"", "a Keras model", SAVE_WEIGHTS),
    ("\"trainStats\"", "a brain.js network", SAVE_WEIGHTS),
    ("\"nbformat\"", "a Jupyter notebook", "Save its table with to_csv and open that"),
    ("\"0.weight\"", "a PyTorch state", SAVE_WEIGHTS),
];

/// Text of other kinds by how it begins, in small letters.
const TEXTS: &[(&str, &str, &str)] = &[
    ("<!doctype html", "a web page", "Download the file itself, not the page around it"),
    ("<html", "a web page", "Download the file itself, not the page around it"),
    ("<svg", PICTURE, DRAW),
    ("<?xml", "an XML document", SAVE_AS_CSV),
];

/// What a file with this name and these first bytes is (at most [`HEAD_BYTES`] are looked at).
pub fn file_kind(name: &str, head: &[u8]) -> FileKind {
    let name = name.to_lowercase();
    let head = &head[..head.len().min(HEAD_BYTES)];
    let text = String::from_utf8_lossy(head);
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with(['{', '[']) {
        return json(&text);
    }
    let is_named = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    if is_named(&[".json"]) {
        return FileKind::Lesson;
    }
    if let Some(other) = binary(head, &text) {
        return other;
    }
    if is_named(&[".csv", ".tsv"]) {
        return FileKind::Table;
    }
    let small = start.get(..start.floor_char_boundary(200)).unwrap_or_default().to_lowercase();
    let begins = |mark: &str| small.starts_with(mark);
    if let Some((_, what, todo)) = TEXTS.iter().find(|(mark, ..)| begins(mark)) {
        return other(what, todo);
    }
    let is_arff = |line: &str| line.trim_start().to_lowercase().starts_with("@relation");
    if text.lines().take(200).any(is_arff) {
        return other(
            "an ARFF table of Weka",
            "Delete the lines up to “@data”, put a row of names there and open it again",
        );
    }
    if head.is_empty() || head.contains(&0) && !is_utf16(head) {
        let what = if head.is_empty() { "empty" } else { "no text" };
        return other(what, "A lesson is JSON; a table has one row per sample, as CSV");
    }
    FileKind::Table
}

fn other(what: &str, todo: &str) -> FileKind {
    FileKind::Other(format!("looks like {what}. {todo}."))
}

fn json(text: &str) -> FileKind {
    if text.contains("\"chainrule-lesson\"") {
        return FileKind::Lesson;
    }
    let known = JSON.iter().find(|(key, ..)| text.contains(key));
    known.map_or(FileKind::Lesson, |(_, what, todo)| other(what, todo))
}

fn binary(head: &[u8], text: &str) -> Option<FileKind> {
    if head.starts_with(b"PK\x03\x04") {
        let inside = ARCHIVES.iter().find(|(name, ..)| text.contains(name));
        return Some(
            inside.map_or_else(|| other("a zip archive", UNPACK), |(_, what, todo)| other(what, todo)),
        );
    }
    // The length of what follows, then JSON.
    if head.len() > 9 && head[3..8] == [0; 5] && head[8..].starts_with(b"{\"") {
        return Some(other("a safetensors file", SAVE_WEIGHTS));
    }
    let is_onnx =
        head.first() == Some(&8) && ["onnx", "pytorch", "keras"].iter().any(|maker| text.contains(maker));
    if is_onnx {
        return Some(other("an ONNX model", SAVE_WEIGHTS));
    }
    let (_, what, todo) =
        MAGIC.iter().find(|(magic, ..)| head.starts_with(magic) && !is_letters(magic, head))?;
    Some(other(what, todo))
}

/// Whether a file that begins as `magic` says is text all the same: "BM" may begin a header.
fn is_letters(magic: &[u8], head: &[u8]) -> bool {
    magic.is_ascii() && std::str::from_utf8(head).is_ok() && !head.contains(&0) && !magic.starts_with(b"%")
}

fn is_utf16(head: &[u8]) -> bool {
    head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lessons_and_tables_are_known_by_their_content() {
        let lesson = br#"{"format": "chainrule-lesson", "version": 1}"#;
        for name in ["lesson.json", "lesson", "lesson.txt", "lesson.csv"] {
            assert_eq!(file_kind(name, lesson), FileKind::Lesson, "{name}");
        }
        for table in ["x,y\n1,2\n", "x;y\n1,5;2\n", "x\ty\n1\t2\n", "1 2 3\n4 5 6\n", "BMI,age\n22,30\n"] {
            for name in ["data.csv", "data.tsv", "data.data", "data.txt", "data"] {
                assert_eq!(file_kind(name, table.as_bytes()), FileKind::Table, "{name}: {table}");
            }
        }
        // Their own readers say the fault.
        assert_eq!(file_kind("empty.json", b""), FileKind::Lesson);
        assert_eq!(file_kind("notes.json", b"weights: 1, 2"), FileKind::Lesson);
        assert_eq!(file_kind("list.json", b"[1, 2]"), FileKind::Lesson);
        assert_eq!(file_kind("zero.csv", b"a,b\n1,\x002\n"), FileKind::Table);
    }

    #[test]
    fn what_is_neither_is_named_with_what_to_do() {
        let zip = |names: &str| [b"PK\x03\x04", names.as_bytes()].concat();
        let safetensors = [&[0x40, 0, 0, 0, 0, 0, 0, 0], &b"{\"0.weight\":{}}"[..]].concat();
        let files: [(&str, Vec<u8>, &str, &str); 16] = [
            ("sheet.xlsx", zip("[Content_Types].xml xl/workbook.xml"), "an Excel workbook", "CSV"),
            ("sheet.csv", zip("[Content_Types].xml xl/workbook.xml"), "an Excel workbook", "CSV"),
            (
                "sheet.ods",
                zip("mimetypeapplication/vnd.oasis.opendocument.spreadsheet"),
                "OpenDocument",
                "CSV",
            ),
            ("all.zip", zip("readme.txt"), "a zip archive", "Unpack"),
            ("net.pt", zip("archive/data.pkl"), "a PyTorch model", "weights"),
            ("arrays.npz", zip("w1.npy"), "a NumPy archive", "numpy.savetxt"),
            ("net.h5", b"\x89HDF\r\n\x1a\n".to_vec(), "HDF5", "weights"),
            ("net.pkl", b"\x80\x04\x95".to_vec(), "pickle", "weights"),
            ("net.safetensors", safetensors, "a safetensors file", "weights"),
            ("net.onnx", b"\x08\x07\x12\x07pytorch".to_vec(), "an ONNX model", "weights"),
            ("net.json", br#"{"modelTopology": {}}"#.to_vec(), "a TensorFlow.js model", "weights"),
            ("book.ipynb", br#"{"cells": [], "nbformat": 4}"#.to_vec(), "a Jupyter notebook", "to_csv"),
            ("cat.png", b"\x89PNG\r\n\x1a\n".to_vec(), "a picture", "CSV"),
            ("iris.arff", b"% Iris\n@RELATION iris\n@data\n1,2\n".to_vec(), "an ARFF table", "@data"),
            ("page.html", b"<!DOCTYPE html><html>".to_vec(), "a web page", "Download"),
            ("noise.bin", b"\x01\x00\x02".to_vec(), "no text", "CSV"),
        ];
        for (name, bytes, what, todo) in files {
            match file_kind(name, &bytes) {
                FileKind::Other(says) => {
                    assert!(says.contains(what) && says.contains(todo), "{name}: {says}")
                }
                other => panic!("{name}: {other:?}"),
            }
        }
    }
}
