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
    /// The weights of a network, as another program writes them; or a file that belongs to them.
    Weights,
    /// Something else: what it looks like and what to do, as the end of a sentence that names the file.
    Other(String),
}

/// How an array of NumPy begins.
const NUMPY: &[u8] = b"\x93NUMPY";

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
    (b"\x89HDF\r\n", "an HDF5 file, as Keras saves models", SAVE_KERAS),
    (b"\x80\x02", PICKLE, SAVE_PICKLE),
    (b"\x80\x03", PICKLE, SAVE_PICKLE),
    (b"\x80\x04", PICKLE, SAVE_PICKLE),
    (b"\x80\x05", PICKLE, SAVE_PICKLE),
];

const PICTURE: &str = "a picture";
const WEKA: &str = "the report of a Weka model";
const PLAYGROUND: &str = "a link to the TensorFlow Playground, which holds no weights";
const DESIGN: &str = "Its layers and its data, such as spirals, can be made in the tab Design";
const PICKLE: &str = "a Python pickle, as scikit-learn and PyTorch save models";
const DRAW: &str = "A table with one row per sample is needed, as CSV";
const SAVE_AS_CSV: &str = "Save its table as CSV in the program that it comes from, and open that";
const UNPACK: &str = "Unpack it and open a file from within";

/// The lines of Python that write the weights of such a model as JSON, which is read.
const SAVE_KERAS: &str = "In Python: import json, keras; json.dump({w.path: w.numpy().tolist() for w in keras.models.load_model(file).weights}, open(\"weights.json\", \"w\")). Then open weights.json";
const SAVE_TORCH: &str = "In Python: import json, torch; json.dump({k: v.tolist() for k, v in torch.load(file).items()}, open(\"weights.json\", \"w\")); of a whole model torch.load(file, weights_only=False).state_dict().items(). Then open weights.json";
const SAVE_PICKLE: &str = "Of scikit-learn, in Python: import json, pickle; m = pickle.load(open(file, \"rb\")); json.dump({\"coefs_\": [w.tolist() for w in m.coefs_], \"intercepts_\": [b.tolist() for b in m.intercepts_], \"activation\": m.activation, \"out_activation_\": m.out_activation_}, open(\"weights.json\", \"w\")). Then open weights.json";

/// What is in a zip archive by the names that stand in it.
const ARCHIVES: &[(&str, &str, &str)] = &[
    ("xl/", "an Excel workbook", SAVE_AS_CSV),
    ("[Content_Types].xml", "an Office document", SAVE_AS_CSV),
    ("application/vnd.oasis", "an OpenDocument spreadsheet or text", SAVE_AS_CSV),
    ("model.weights.h5", "a Keras model", SAVE_KERAS),
    ("data.pkl", "a PyTorch model", SAVE_TORCH),
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
/// A key of notebooks, and what to do with one.
const NOTEBOOK: (&str, &str, &str) =
    ("\"nbformat\"", "a Jupyter notebook", "Save its table with to_csv and open that");

const SAVE_LISTS: &str =
    "Write its weights as JSON, {\"W1\": [[…], …], \"b1\": […], …} with a row per unit, and open that";
const PMML: &str = "<PMML";

/// Text of other kinds by how it begins, in small letters.
const TEXTS: &[(&str, &str, &str)] = &[
    ("fann_fl", "a network of FANN", SAVE_LISTS),
    ("fann_fix", "a network of FANN", SAVE_LISTS),
    ("=== run information", WEKA, SAVE_LISTS),
    ("sigmoid node", WEKA, SAVE_LISTS),
    ("linear node", WEKA, SAVE_LISTS),
    ("https://playground.tensorflow.org", PLAYGROUND, DESIGN),
    ("http://playground.tensorflow.org", PLAYGROUND, DESIGN),
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
    if text.contains(PMML) {
        return other("a PMML model", SAVE_LISTS);
    }
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
    // The numbers of a TensorFlow.js model, which its model.json names.
    if is_named(&[".bin"]) && !head.is_empty() && std::str::from_utf8(head).is_err() {
        return FileKind::Weights;
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
    let (key, what, todo) = NOTEBOOK;
    if text.contains(key) {
        return other(what, todo);
    }
    let is_lesson = LESSON_KEYS.iter().all(|key| text.contains(key));
    // Lists of lists without a lesson around them are matrices.
    let has_matrix = || {
        let dense: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        dense.contains("[[")
    };
    if !is_lesson && (WEIGHT_KEYS.iter().any(|key| text.contains(key)) || has_matrix()) {
        return FileKind::Weights;
    }
    FileKind::Lesson
}

fn binary(head: &[u8], text: &str) -> Option<FileKind> {
    if head.starts_with(b"PK\x03\x04") {
        let inside = ARCHIVES.iter().find(|(name, ..)| text.contains(name));
        if inside.is_none() && text.contains(".npy") {
            return Some(FileKind::Weights);
        }
        return Some(
            inside.map_or_else(|| other("a zip archive", UNPACK), |(_, what, todo)| other(what, todo)),
        );
    }
    // The length of what follows, then JSON.
    if head.len() > 9 && head[3..8] == [0; 5] && head[8..].starts_with(b"{\"") {
        return Some(FileKind::Weights);
    }
    let is_onnx = head.first() == Some(&8)
        && ["onnx", "pytorch", "keras", "Gemm", "MatMul"].iter().any(|maker| text.contains(maker));
    if is_onnx || head.starts_with(NUMPY) {
        return Some(FileKind::Weights);
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
