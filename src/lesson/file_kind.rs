//! What kind of file a reader has opened, by its first bytes: a lesson, a table, or something else that is
//! named, with what to do.

use std::fmt::Display;

use crate::text::foreign;
use crate::words::lesson::kind as words;
use crate::words::paragraph;

/// Bytes of a file's beginning that tell its kind.
pub const HEAD_BYTES: usize = 65_536;

/// What a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A lesson, or what its reader can say the fault of.
    Lesson,
    /// A table of samples.
    Table,
    /// The weights of a network, as another program writes them; or a file that belongs to them.
    Weights,
    /// Something else: sentences that name the file, say what it looks like, and what to do.
    Other(String),
}

/// Characters of the file's name that a sentence repeats.
const NAME_CHARS: usize = 100;

/// A sentence with the name of a file that says what it looks like, and one that says what to do.
type Unread = (fn(&dyn Display) -> String, fn() -> &'static str);

/// How an array of NumPy begins.
const NUMPY: &[u8] = b"\x93NUMPY";

/// The beginnings of files that are no text.
const MAGIC: &[(&[u8], Unread)] = &[
    (b"\x89PNG", PICTURE),
    (b"\xFF\xD8\xFF", PICTURE),
    (b"GIF8", PICTURE),
    (b"RIFF", (words::picture_or_sound, words::table_is_needed)),
    (b"BM", PICTURE),
    (b"%PDF", (words::pdf, words::copy_table)),
    (b"\xD0\xCF\x11\xE0", (words::old_office, words::save_as_csv)),
    (b"\x1F\x8B", (words::gzip, words::unpack)),
    (b"7z\xBC\xAF", (words::seven_zip, words::unpack)),
    (b"Rar!", (words::rar, words::unpack)),
    (b"PAR1", (words::parquet, words::read_parquet)),
    (b"ARROW1", (words::arrow, words::read_feather)),
    (b"SQLite format 3", (words::sqlite, words::export_table)),
    (b"\x89HDF\r\n", (words::hdf5, words::save_keras)),
    (b"\x80\x02", PICKLE),
    (b"\x80\x03", PICKLE),
    (b"\x80\x04", PICKLE),
    (b"\x80\x05", PICKLE),
];

const PICTURE: Unread = (words::picture, words::table_is_needed);
const PICKLE: Unread = (words::pickle, words::save_pickle);
const FANN: Unread = (words::fann, words::write_as_json);
const WEKA: Unread = (words::weka, words::write_as_json);
const PLAYGROUND: Unread = (words::playground, words::make_in_design);
const WEB_PAGE: Unread = (words::web_page, words::download_file);

/// What is in a zip archive by the names that stand in it.
const ARCHIVES: &[(&str, Unread)] = &[
    ("xl/", (words::excel, words::save_as_csv)),
    ("[Content_Types].xml", (words::office, words::save_as_csv)),
    ("application/vnd.oasis", (words::open_document, words::save_as_csv)),
    ("model.weights.h5", (words::keras, words::save_keras)),
    ("data.pkl", (words::pytorch, words::save_torch)),
];

/// Keys of the JSON in which other programs keep weights.
const WEIGHT_KEYS: &[&str] = &[
    "\"modelTopology\"",
    "\"weightsManifest\"",
    "\"coefs_\"",
    "\"class_name\"",
    "\"outputLookup\"",
    "\"trainOpts\"",
    "\"backprop-builder-state\"",
    "\"neural-canvas-state\"",
    "\"state_dict\"",
    ".weight\"",
];
/// Keys of which a lesson has all.
const LESSON_KEYS: &[&str] = &["\"network\"", "\"optimizer\""];
/// A key of notebooks.
const NOTEBOOK: &str = "\"nbformat\"";

const PMML: &str = "<PMML";

/// Text of other kinds by how it begins, in small letters.
const TEXTS: &[(&str, Unread)] = &[
    ("fann_fl", FANN),
    ("fann_fix", FANN),
    ("=== run information", WEKA),
    ("sigmoid node", WEKA),
    ("linear node", WEKA),
    ("https://playground.tensorflow.org", PLAYGROUND),
    ("http://playground.tensorflow.org", PLAYGROUND),
    ("<!doctype html", WEB_PAGE),
    ("<html", WEB_PAGE),
    ("<svg", PICTURE),
    ("<?xml", (words::xml, words::save_as_csv)),
];

/// What a file with this name and these first bytes is (at most [`HEAD_BYTES`] are looked at).
pub fn file_kind(name: &str, head: &[u8]) -> FileKind {
    let head = &head[..head.len().min(HEAD_BYTES)];
    kind(&name.to_lowercase(), head).unwrap_or_else(|(looks_like, what_to_do)| {
        let looks_like = looks_like(&foreign::shown(name, NAME_CHARS));
        FileKind::Other(paragraph([&*looks_like, what_to_do()]))
    })
}

/// The kind of a file that is read; `name` is in small letters.
fn kind(name: &str, head: &[u8]) -> Result<FileKind, Unread> {
    let text = String::from_utf8_lossy(head);
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with(['{', '[']) {
        return json(&text);
    }
    let is_named = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    if is_named(&[".json"]) {
        return Ok(FileKind::Lesson);
    }
    if let Some(kind) = binary(head, &text) {
        return kind;
    }
    if is_named(&[".csv", ".tsv"]) {
        return Ok(FileKind::Table);
    }
    let small = start.get(..start.floor_char_boundary(200)).unwrap_or_default().to_lowercase();
    let begins = |mark: &str| small.starts_with(mark);
    if text.contains(PMML) {
        return Err((words::pmml, words::write_as_json));
    }
    if let Some((_, unread)) = TEXTS.iter().find(|(mark, _)| begins(mark)) {
        return Err(*unread);
    }
    let is_arff = |line: &str| line.trim_start().to_lowercase().starts_with("@relation");
    if text.lines().take(200).any(is_arff) {
        return Err((words::arff, words::delete_lines));
    }
    // The numbers of a TensorFlow.js model, which its model.json names.
    if is_named(&[".bin"]) && !head.is_empty() && std::str::from_utf8(head).is_err() {
        return Ok(FileKind::Weights);
    }
    if head.is_empty() {
        return Err((words::empty, words::lesson_or_table));
    }
    if head.contains(&0) && !is_utf16(head) {
        return Err((words::no_text, words::lesson_or_table));
    }
    Ok(FileKind::Table)
}

fn json(text: &str) -> Result<FileKind, Unread> {
    if text.contains("\"chainrule-lesson\"") {
        return Ok(FileKind::Lesson);
    }
    if text.contains(NOTEBOOK) {
        return Err((words::notebook, words::save_with_to_csv));
    }
    let is_lesson = LESSON_KEYS.iter().all(|key| text.contains(key));
    // Lists of lists without a lesson around them are matrices.
    let has_matrix = || {
        let dense: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        dense.contains("[[")
    };
    if !is_lesson && (WEIGHT_KEYS.iter().any(|key| text.contains(key)) || has_matrix()) {
        return Ok(FileKind::Weights);
    }
    Ok(FileKind::Lesson)
}

fn binary(head: &[u8], text: &str) -> Option<Result<FileKind, Unread>> {
    if head.starts_with(b"PK\x03\x04") {
        let inside = ARCHIVES.iter().find(|(name, _)| text.contains(name));
        if inside.is_none() && text.contains(".npy") {
            return Some(Ok(FileKind::Weights));
        }
        return Some(Err(inside.map_or((words::zip, words::unpack), |(_, unread)| *unread)));
    }
    // The length of what follows, then JSON.
    if head.len() > 9 && head[3..8] == [0; 5] && head[8..].starts_with(b"{\"") {
        return Some(Ok(FileKind::Weights));
    }
    let is_onnx = head.first() == Some(&8)
        && ["onnx", "pytorch", "keras", "Gemm", "MatMul"].iter().any(|maker| text.contains(maker));
    if is_onnx || head.starts_with(NUMPY) {
        return Some(Ok(FileKind::Weights));
    }
    let (_, unread) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic) && !is_letters(magic, head))?;
    Some(Err(*unread))
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
    fn weights_of_other_programs_are_known() {
        let safetensors = [&[0x40, 0, 0, 0, 0, 0, 0, 0], &b"{\"0.weight\":{}}"[..]].concat();
        let files: [(&str, &[u8]); 10] = [
            ("arrays.npz", b"PK\x03\x04 W1.npy"),
            ("W.npy", b"\x93NUMPY\x01\0"),
            ("net.safetensors", &safetensors),
            ("net.onnx", b"\x08\x07\x12\x07pytorch"),
            ("model.json", br#"{"modelTopology": {}}"#),
            ("weights.bin", b"\x00\x00\x80\x3f"),
            ("state.json", br#"{"0.weight": [[1, 2]], "0.bias": [0]}"#),
            ("pasted text", b"[[0.1, 0.2], [0.3, 0.4]]"),
            ("lists.json", b"{\"W1\":\n[\n[1, 2]], \"b1\": [0]}"),
            ("brain.json", br#"{"sizes": [2, 1], "layers": [], "outputLookup": false}"#),
        ];
        for (name, bytes) in files {
            assert_eq!(file_kind(name, bytes), FileKind::Weights, "{name}");
        }
        // Of a lesson without its format the reader of lessons says the fault.
        let lesson = br#"{"version": 1, "network": {"weights": [[1]]}, "optimizer": {}}"#;
        assert_eq!(file_kind("lesson.json", lesson), FileKind::Lesson);
    }

    #[test]
    fn what_is_neither_is_named_with_what_to_do() {
        let zip = |names: &str| [b"PK\x03\x04", names.as_bytes()].concat();
        let xml = "<?xml version=\"1.0\"?>\n<PMML xmlns=\"http://www.dmg.org/PMML-4_4\" version=\"4.4\">";
        let files: [(&str, Vec<u8>, &str, &str); 17] = [
            ("net.net", b"FANN_FLO_2.1\nnum_layers=3\n".to_vec(), "a network of FANN", "as JSON"),
            ("net.pmml", xml.into(), "a PMML model", "as JSON"),
            ("net.txt", b"=== Run information ===\n\nScheme: weka".to_vec(), "a Weka model", "as JSON"),
            (
                "pasted text",
                b"https://playground.tensorflow.org/#activation=tanh".to_vec(),
                "Playground, which holds no weights",
                "in the tab Design",
            ),
            ("sheet.xlsx", zip("[Content_Types].xml xl/workbook.xml"), "an Excel workbook", "CSV"),
            ("sheet.csv", zip("[Content_Types].xml xl/workbook.xml"), "an Excel workbook", "CSV"),
            (
                "sheet.ods",
                zip("mimetypeapplication/vnd.oasis.opendocument.spreadsheet"),
                "OpenDocument",
                "CSV",
            ),
            ("all.zip", zip("readme.txt"), "a zip archive", "Unpack"),
            ("net.pt", zip("archive/data.pkl"), "a PyTorch model", "torch.load(file)"),
            ("net.keras", zip("model.weights.h5"), "a Keras model", "keras.models.load_model(file)"),
            ("net.h5", b"\x89HDF\r\n\x1a\n".to_vec(), "HDF5", "keras.models.load_model(file)"),
            ("net.pkl", b"\x80\x04\x95".to_vec(), "pickle", "pickle.load(open(file"),
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
