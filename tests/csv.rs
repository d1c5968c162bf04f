//! CSV files: what is recognised, what becomes of columns, and what is said of files that are broken.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, clippy::panic)]

mod common;

use std::rc::Rc;

use backprop::activation::Activation;
use backprop::loss::Loss;
use backprop::rng::Rng;
use backprop::trace::Sample;
use chainrule::lesson::Lesson;
use chainrule::lesson::table::{
    Answers, Choices, ColumnRole, DecimalMark, Delimiter, Dialect, Encoding, Imported, Reader, Table, TakenAs,
};
use chainrule::session::design::{Change, StartWeights, apply};
use chainrule::session::{Action, Session};
use common::{HMKCODE, XOR, lesson, lessons};

/// Reads a file in slices of `n_bytes`.
fn read_sliced(bytes: &[u8], dialect: Option<Dialect>, n_bytes: usize) -> Result<Table, String> {
    let mut reader = Reader::new(bytes.into(), dialect)?;
    while !reader.advance(n_bytes)? {}
    reader.finish()
}

fn read(bytes: impl AsRef<[u8]>) -> Result<Table, String> {
    read_sliced(bytes.as_ref(), None, usize::MAX)
}

fn table(text: &str) -> Table {
    read(text).expect("a good file")
}

/// What the page makes of a file whose reader presses "Import" at once.
fn imported(text: &str) -> Imported {
    let table = table(text);
    table.import(&table.suggest(), "some file.csv").expect("good choices")
}

/// The suggested choices, changed.
fn choose(table: &Table, change: impl FnOnce(&mut Choices)) -> Choices {
    let mut choices = Choices { held_out: 0.0, standardises_inputs: false, ..table.suggest() };
    change(&mut choices);
    choices
}

fn names(names: &Option<Vec<String>>) -> Vec<String> {
    names.clone().expect("names")
}

fn inputs(imported: &Imported) -> Vec<Vec<f64>> {
    imported.data.train.iter().map(|sample| sample.input.clone()).collect()
}

fn targets(imported: &Imported) -> Vec<Vec<f64>> {
    imported.data.train.iter().map(|sample| sample.target.clone()).collect()
}

/// Files that cannot be imported as they are, and the sentence that says where and why.
fn hostile() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let many_columns = format!("{}\n", ["1"; 1_025].join(","));
    let many_rows = format!("a,b\n{}", "1,2\n".repeat(50_001));
    let long_cell = format!("a,b\n1,2\n1,{}\n", "x".repeat(10_001));
    let long_quote = format!("a,b\n1,\"{}", "2\n".repeat(6_000));
    let many_words = format!("a,b\n{}", (0..150).map(|k| format!("{k},word {k}\n")).collect::<String>());
    let wide_words = {
        let row = |k: usize| format!("{},{k}.5\n", vec![format!("w{}", k % 100); 11].join(","));
        format!("{},y\n{}", ["c"; 11].join(","), (0..200).map(row).collect::<String>())
    };
    let far = format!("a,b\n{}0,1\n", "0,1\n".repeat(20)).replacen("0,1\n", "1e100,1\n", 1);
    vec![
        ("an empty file", b"".to_vec(), "The file is empty: rows of cells are expected."),
        ("only line ends", b"\n\r\n\n".to_vec(), "The file is empty: rows of cells are expected."),
        (
            "only a byte order mark",
            b"\xef\xbb\xbf".to_vec(),
            "The file is empty: rows of cells are expected.",
        ),
        ("only names", b"a,b,c\n".to_vec(), "The file has names of columns but no row of data after them."),
        ("one column", b"a\n1\n2\n".to_vec(), "Line 1: only one column with the delimiter comma."),
        ("another delimiter", b"a:b\n1:2\n".to_vec(), "Line 1: only one column with the delimiter comma."),
        (
            "a sentence",
            b"Dear all, this is no table.\nIt has no cells at all\n".to_vec(),
            "Line 2, column 2 “this is no table.”: the cell is missing: the row has 1, and 2 are expected, as in the first row.",
        ),
        ("JSON", b"{\"a\": [1, 2],\n\"b\": [3]}\n".to_vec(), "Line 2, column 2 “2]”: the cell is missing"),
        (
            "a picture",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR,\0".to_vec(),
            "Line 1, column 1: the text is not encoded as UTF-8.",
        ),
        (
            "zero bytes",
            b"a,b\n1,2\n1,\0\n".to_vec(),
            "Line 3, column 2 “b”: a zero byte, which stands in no text.",
        ),
        (
            "a byte that is nothing in any encoding",
            b"name,x\nAnn,1\nJos\x81,2\n".to_vec(),
            "Line 3, column 1 “name”: the text is not encoded as UTF-8. Save the file as “CSV UTF-8”.",
        ),
        (
            "groups of two digits",
            b"a,b\n1,\"12,34.5\"\n2,3\n".to_vec(),
            "Line 2, column 2 “b”: “12,34.5” is no number. A number such as 0.25 or -3e5 is accepted, with the decimal point and thousands in groups of three.",
        ),
        (
            "a quote never closed",
            b"a,b\n1,2\n\"3,4\n5,6\n".to_vec(),
            "Line 3, column 1 “a”: a quotation mark is opened here and never closed.",
        ),
        (
            "a quote never closed at the end",
            b"a,b\n1,2\n3,\"".to_vec(),
            "Line 3, column 2 “b”: a quotation mark is opened here and never closed.",
        ),
        (
            "a quote never closed in a large file",
            long_quote.into_bytes(),
            "Line 2, column 2 “b”: a cell of more than 10,000 bytes starts here.",
        ),
        (
            "a cell too long",
            long_cell.into_bytes(),
            "Line 3, column 2 “b”: a cell of more than 10,000 bytes starts here.",
        ),
        (
            "a row too short",
            b"a,b,c\n1,2,3\n4,5\n6,7,8\n".to_vec(),
            "Line 3, column 3 “c”: the cell is missing: the row has 2, and 3 are expected, as in the first row.",
        ),
        (
            "a row too long",
            b"a,b\n1,2\n3,4,5\n".to_vec(),
            "Line 3, column 3: a cell too many: 2 are expected, as in the first row.",
        ),
        (
            "a word within numbers",
            b"a,b\n1,2\n1,2\nabc,2\n1,2\n".to_vec(),
            "Line 4, column 1 “a”: “abc” is no number. A number such as 0.25 or -3e5 is accepted.",
        ),
        (
            "a word after a cell of two lines",
            b"a,note,b\n1,\"two\nlines\",2\n1,x,2\nfour,y,2\n".to_vec(),
            "Line 5, column 1 “a”: “four” is no number.",
        ),
        (
            "a word after empty lines, old Macintosh",
            b"a,b\r\r1,2\r\r1,2\rx,2\r".to_vec(),
            "Line 6, column 1 “a”: “x” is no number.",
        ),
        ("infinity", b"a,b\n1,2\ninf,2\n".to_vec(), "Line 3, column 1 “a”: “inf” is no number."),
        (
            "a number beyond f64",
            b"a,b\n1,2\n1e999,2\n".to_vec(),
            "Line 3, column 1 “a”: “1e999” is beyond ±10¹⁰⁰, the most that is accepted.",
        ),
        (
            "a number beyond what is standardised",
            b"a,b\n1,2\n-1e101,2\n".to_vec(),
            "Line 3, column 1 “a”: “-1e101” is beyond ±10¹⁰⁰",
        ),
        ("hexadecimal", b"a,b\n1,2\n0x1F,2\n".to_vec(), "Line 3, column 1 “a”: “0x1F” is no number."),
        (
            "a formula of a spreadsheet",
            b"a,b\n1,2\n=A1+1,2\n".to_vec(),
            "Line 3, column 1 “a”: “=A1+1” is no number.",
        ),
        (
            "an error of a spreadsheet",
            b"a,b\n1,2\n1,#DIV/0!\n".to_vec(),
            "Line 3, column 2 “b”: “#DIV/0!” is no number.",
        ),
        ("a unit", b"a,b\n1,2\n3 cm,2\n".to_vec(), "Line 3, column 1 “a”: “3 cm” is no number."),
        (
            "both decimal marks",
            b"a;b\n1,5;2\n1,5;2\n1.5;2\n".to_vec(),
            "Line 4, column 1 “a”: “1.5” is no number.",
        ),
        (
            "a fault in a later column but an earlier line",
            b"a,b\n1,2\n1,x\ny,2\n1,2\n".to_vec(),
            "Line 3, column 2 “b”: “x” is no number.",
        ),
        (
            "both decimal marks, most of them the other one",
            b"a;b\n1.5;2,5\n2.5;3,5\n3,5;1\n".to_vec(),
            "Line 2, column 1 “a”: “1.5” is no number. A number such as 0,25",
        ),
        (
            "more rows than are accepted",
            many_rows.into_bytes(),
            "Line 50002, column 1 “a”: more than 50,000 rows, the most that are accepted.",
        ),
        (
            "more columns than are accepted",
            many_columns.into_bytes(),
            "Line 1, column 1025: more than 1,024 columns, the most that are accepted.",
        ),
        (
            "more bytes than are accepted",
            vec![b'1'; 10_000_001],
            "The file has 10,000,001 bytes, at most 10 MB are accepted.",
        ),
        (
            "too many words and nothing else",
            many_words.into_bytes(),
            "Choose an input: a column to predict from.",
        ),
        (
            "too many inputs",
            wide_words.into_bytes(),
            "There would be 1,100 inputs, at most 1,024; each word of a column is one.",
        ),
        (
            "one word as target",
            b"a,b\n1,x\n2,x\n".to_vec(),
            "Column 2 “b” says the same in every row: a target has two different words at least.",
        ),
        (
            "markup as a name and a cell",
            b"<b>a</b>,b\n1,2\n1,2\n<script>alert(1)</script>,2\n".to_vec(),
            "Line 4, column 1 “<b>a</b>”: “<script>alert(1)</script>” is no number.",
        ),
        (
            "a control character in a long cell",
            format!("a,b\n1,2\n\"x\n{}\",2\n", "y".repeat(50)).into_bytes(),
            "Line 3, column 1 “a”: “x yyyyyyyyyyyyyyyyyyyyyyyyyyyy…” is no number.",
        ),
        (
            "a far number among the held out",
            far.into_bytes(),
            "Line 2, column 1 “a”: standardised by the training rows, the number is 1×10¹⁰⁰, beyond ±1,000,000.",
        ),
    ]
}

#[test]
fn hostile_files_are_refused_with_line_and_column() {
    for (name, bytes, sentence) in hostile() {
        let result = read(&bytes).and_then(|table| {
            let choices = table.suggest();
            // The seeds try every row as one that is held out.
            let seeds = if name.contains("held out") { 1..40 } else { 1..2 };
            let mut results = seeds.map(|seed| table.import(&Choices { seed, ..choices.clone() }, "a.csv"));
            results.find(Result::is_err).unwrap_or_else(|| panic!("{name}: imported"))
        });
        let said = result.expect_err(name);
        assert!(said.starts_with(sentence), "{name}: {said}");
    }
}

/// What looks broken and is not.
#[test]
fn odd_files_are_read() {
    let expected = vec![vec![1.0, 2.5], vec![-3.0, 4.0]];
    for (name, text) in [
        ("plain", "a,b,y\n1,2.5,0.5\n-3,4,1.5\n"),
        ("no line end at the end", "a,b,y\n1,2.5,0.5\n-3,4,1.5"),
        ("Windows", "a,b,y\r\n1,2.5,0.5\r\n-3,4,1.5\r\n"),
        ("old Macintosh", "a,b,y\r1,2.5,0.5\r-3,4,1.5\r"),
        ("a byte order mark", "\u{feff}a,b,y\n1,2.5,0.5\n-3,4,1.5\n"),
        ("no names", "1,2.5,0.5\n-3,4,1.5\n"),
        ("empty lines and lines of blanks", "\n\na,b,y\n\n1,2.5,0.5\n   \n-3,4,1.5\n\n\n"),
        ("blanks around cells", " a , b,y\n 1, 2.5 ,0.5\n\t-3,4 ,1.5\n"),
        ("quotation marks", "\"a\",\"b\",\"y\"\n\"1\",\"2.5\",\"0.5\"\n\"-3\",\"4\",\"1.5\"\n"),
        ("semicolons and decimal commas", "a;b;y\n1;2,5;0,5\n-3;4;1,5\n"),
        ("no names, semicolons, decimal commas", "1,0;2,5;0,5\n-3,0;4,0;1,5\n"),
        ("tabs", "a\tb\ty\n1\t2.5\t0.5\n-3\t4\t1.5\n"),
        ("tabs and decimal commas", "a\tb\ty\n1\t2,5\t0,5\n-3\t4\t1,5\n"),
        ("bars", "a|b|y\n1|2.5|0.5\n-3|4|1.5\n"),
        ("quoted decimal commas between commas", "a,b,y\n1,\"2,5\",\"0,5\"\n-3,4,\"1,5\"\n"),
        ("a delimiter at every line's end", "a,b,y\n1,2.5,0.5,\n-3,4,1.5,\n"),
        ("empty rows and columns", "a,b,y,,\n1,2.5,0.5,,\n,,,,\n-3,4,1.5,,\n,,,,\n"),
        ("a declared delimiter", "sep=;\na;b;y\n1;2,5;0,5\n-3;4;1,5\n"),
        ("exponents, signs, bare points", "a,b,y\n+1e0,2500e-3,.5\n-3.,4,15E-1\n"),
        ("a true minus sign", "a,b,y\n1,2.5,0.5\n−3,4,1.5\n"),
    ] {
        let table = table(text);
        let imported = table.import(&choose(&table, |_| ()), "a.csv").expect(name);
        assert_eq!(inputs(&imported), expected, "{name}");
        assert_eq!(targets(&imported), [[0.5], [1.5]], "{name}");
    }
}

#[test]
fn a_sign_may_stand_once() {
    for text in ["−-3", "−−3", "--3", "+-3", "−", "-", "1-", "- 3"] {
        assert_eq!(DecimalMark::Point.parse(text), None, "{text}");
    }
    assert_eq!(DecimalMark::Point.parse("−3.5"), Some(-3.5));
    assert_eq!(DecimalMark::Comma.parse("−3,5"), Some(-3.5));
    assert_eq!(DecimalMark::Comma.parse("1,2,3"), None);
}

#[test]
fn delimiter_decimal_mark_and_names_are_recognised() {
    use DecimalMark::{Comma as C, Point as P};
    use Delimiter::{Blanks, Comma, Pipe, Semicolon, Tab};
    for (text, delimiter, decimal, has_header) in [
        ("a,b\n1,2\n", Comma, P, true),
        ("1,2\n3,4\n", Comma, P, false),
        ("a;b\n1;2\n", Semicolon, C, true),
        ("a;b\n1.5;2\n", Semicolon, P, true),
        ("1,5;2,5\n3,5;4,5\n", Semicolon, C, false),
        ("1,5;2,5\n3,5;4,5;1\n1,5;2,5\n1,5;2,5\n", Semicolon, C, false),
        ("1,234;2,345\n3,456;4,567\n", Semicolon, C, false),
        ("name;text\nAnn;hello, world\nBob;hi, there, you\n", Semicolon, C, true),
        ("name\ttext\nAnn\thello, world\n", Tab, P, true),
        ("a|b, c|d\n1|2, 3|4\n", Pipe, P, true),
        ("x,y\n\"a;b\",\"c;d\"\n", Comma, P, true),
        (",a,b\n0,1,2\n1,2,3\n", Comma, P, true),
        ("year,2019\n2020,3\n", Comma, P, false),
        ("yes,no\nno,no\n", Comma, P, true),
        ("x y\n1 2\n3 4\n", Blanks, P, true),
        ("  5.1   3.5\t1\n 4.9 3 2 \n", Blanks, P, false),
        ("1,5 2,5\n3,5 4,5\n", Blanks, C, false),
        ("red apple,green pear\nold apple,new pear\n", Comma, P, true),
        ("10 000;5\n20 000;6\n", Semicolon, C, false),
    ] {
        let dialect = Dialect::of(text.as_bytes(), Encoding::Utf8);
        assert_eq!(dialect, Dialect { encoding: Encoding::Utf8, delimiter, decimal, has_header }, "{text}");
    }
    // What is chosen holds.
    let dialect = Dialect { encoding: Encoding::Utf8, delimiter: Comma, decimal: P, has_header: false };
    let table = read_sliced(b"1,x\n2,y\n", Some(Dialect { has_header: true, ..dialect }), 1).expect("good");
    assert_eq!((table.n_rows(), table.columns()[1].name.as_str()), (1, "x"));
    assert!(read_sliced(b"1;2\n", Some(dialect), 1).expect_err("one column").contains("only one column"));
}

/// Cells between blanks: several count as one, those at the ends of a line and in quotation marks do not.
#[test]
fn blanks_are_read_as_one_delimiter() {
    let text = "  name  \"two words\"\t z\r\n a   1\t\t2.5 \r\n\r\n\"b c\" 3 4\n";
    let table = read_sliced(text.as_bytes(), None, 3).expect("good");
    let names: Vec<&str> = table.columns().iter().map(|column| column.name.as_str()).collect();
    assert_eq!((names.as_slice(), table.n_rows()), (&["name", "two words", "z"][..], 2));
    assert_eq!(table.dialect().delimiter, Delimiter::Blanks);
    let fault = read_sliced(b"x y\n1 2\n\n3\n", None, 100).expect_err("a cell is missing");
    assert!(fault.contains("Line 4"), "{fault}");
}

/// Any table that an independent writer writes reads back cell by cell, however it is sliced.
#[test]
fn random_tables_read_back() {
    let mut rng = Rng::new(3);
    for _ in 0..300 {
        let (n_rows, n_cols) = (1 + rng.below(12), 2 + rng.below(6));
        let delimiter = Delimiter::ALL[rng.below(4)];
        let decimal = DecimalMark::ALL[rng.below(if delimiter == Delimiter::Comma { 1 } else { 2 })];
        let is_words: Vec<bool> = (0..n_cols).map(|_| rng.below(3) == 0).collect();
        let rows: Vec<Vec<String>> = (0..n_rows)
            .map(|_| {
                is_words.iter().map(|&words| if words { word(&mut rng) } else { number(&mut rng) }).collect()
            })
            .collect();
        let names: Vec<String> = (0..n_cols).map(|k| format!("c{k}")).collect();
        let line_end = ["\n", "\r\n", "\r"][rng.below(3)];
        let mut text = String::new();
        for row in std::iter::once(&names).chain(&rows) {
            let cells = row.iter().map(|cell| {
                let cell = if decimal == DecimalMark::Comma { cell.replace('.', ",") } else { cell.clone() };
                written(&cell, delimiter, &mut rng)
            });
            text += &cells.collect::<Vec<_>>().join(&char::from(delimiter.byte()).to_string());
            text += line_end;
        }
        let dialect = Dialect { encoding: Encoding::Utf8, delimiter, decimal, has_header: true };
        let n_bytes = 1 + rng.below(40);
        let table = read_sliced(text.as_bytes(), Some(dialect), n_bytes)
            .unwrap_or_else(|said| panic!("{said}\n{text}"));
        assert_eq!(table, read_sliced(text.as_bytes(), Some(dialect), usize::MAX).expect("the same"));
        assert_eq!((table.n_rows(), table.columns().len()), (n_rows, n_cols));
        // All columns as inputs but the last, as numbers or as words.
        let choices = choose(&table, |choices| {
            for (choice, &words) in choices.columns.iter_mut().zip(&is_words) {
                choice.role = ColumnRole::Input;
                choice.taken_as = if words { TakenAs::Words } else { TakenAs::Numbers };
            }
            choices.columns[n_cols - 1].role = ColumnRole::Target;
            choices.standardises_targets = false;
        });
        let Ok(imported) = table.import(&choices, "a.csv") else {
            // One word in every row is no target.
            assert!(is_words[n_cols - 1], "{text}");
            continue;
        };
        for (k, sample) in imported.data.train.iter().enumerate() {
            let mut input = Vec::new();
            for c in 0..n_cols - 1 {
                if is_words[c] {
                    let said = |k: usize| {
                        if decimal == DecimalMark::Comma {
                            rows[k][c].replace('.', ",")
                        } else {
                            rows[k][c].clone()
                        }
                    };
                    let mut all: Vec<String> = (0..n_rows).map(said).collect();
                    all.sort();
                    all.dedup();
                    input.extend(all.iter().map(|word| f64::from(*word == said(k))));
                } else {
                    input.push(rows[k][c].parse().expect("a number"));
                }
            }
            assert_eq!(sample.input, input, "{text}");
        }
    }
}

fn number(rng: &mut Rng) -> String {
    let x = rng.normal() * [1e-3, 1.0, 1e3][rng.below(3)];
    match rng.below(3) {
        0 => format!("{x}"),
        1 => format!("{x:e}"),
        _ => format!("{}", x.round()),
    }
}

fn word(rng: &mut Rng) -> String {
    let parts = ["a", "B", "é", "二", "\"", ",", ";", "|", "\t", "\n", "\r\n", " ", "'", "<i>"];
    let mut word: String = (0..rng.below(5)).map(|_| parts[rng.below(parts.len())]).collect();
    // Cells are trimmed, and never empty.
    word.insert(0, 'w');
    word.push('w');
    word
}

/// A cell as RFC 4180 has it, quoted where it must be or by chance.
fn written(cell: &str, delimiter: Delimiter, rng: &mut Rng) -> String {
    let must = cell.contains(|c: char| "\"\r\n".contains(c) || c == char::from(delimiter.byte()));
    if must || rng.below(4) == 0 { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

#[test]
fn words_become_one_unit_each() {
    let text = "colour,size,kind\nred,2,cat\nblue,1,dog\nred,10,bird\ngreen,2,dog\n";
    let table = table(text);
    let as_words = choose(&table, |choices| choices.columns[1].taken_as = TakenAs::Words);
    let imported = table.import(&as_words, "pets.csv").expect("good");
    // Words by the alphabet, numbers by size: blue green red, 1 2 10, bird cat dog.
    assert_eq!(
        names(&imported.input_names),
        ["colour blue", "colour green", "colour red", "size 1", "size 2", "size 10"]
    );
    assert_eq!(names(&imported.output_names), ["bird", "cat", "dog"]);
    assert_eq!(imported.answers, Answers::OneOf);
    assert_eq!(
        inputs(&imported),
        [
            [0., 0., 1., 0., 1., 0.],
            [1., 0., 0., 1., 0., 0.],
            [0., 0., 1., 0., 0., 1.],
            [0., 1., 0., 0., 1., 0.]
        ]
    );
    assert_eq!(targets(&imported), [[0., 1., 0.], [0., 0., 1.], [1., 0., 0.], [0., 0., 1.]]);
    assert_eq!((imported.title.as_str(), imported.source.as_str()), ("pets", "pets.csv, 4 rows."));
}

#[test]
fn inputs_are_standardised_by_the_rows_to_learn_from() {
    // By hand: 2, 4, 4, 4, 5, 5, 7, 9 have mean 5 and standard deviation 2; 3, 3, … is not divided.
    let text = "a,b,y\n2,3,0.1\n4,3,0.2\n4,3,0.3\n4,3,0.4\n5,3,0.5\n5,3,0.6\n7,3,0.7\n9,3,0.8\n";
    let table = table(text);
    let choices = choose(&table, |choices| choices.standardises_inputs = true);
    let imported = table.import(&choices, "a.csv").expect("good");
    let expected = [-1.5, -0.5, -0.5, -0.5, 0.0, 0.0, 1.0, 2.0];
    assert_eq!(inputs(&imported), expected.map(|x| [x, 0.0]));
    assert_eq!(targets(&imported)[7], [0.8]);
    assert_eq!(
        imported.source,
        "a.csv, 8 rows. Standardised by (mean, standard deviation) of the training rows: a (5, 2), b (3, 0)."
    );
    // Held-out rows are measured by the others, which by themselves have mean 0 and deviation 1.
    let text: String = (0..40).map(|k| format!("{},{}\n", k * k, f64::from(k) + 0.5)).collect();
    let table = read(&text).expect("good");
    let choices = Choices { held_out: 0.25, seed: 9, ..table.suggest() };
    let imported = table.import(&choices, "a.csv").expect("good");
    let raw = table
        .import(
            &Choices { standardises_inputs: false, standardises_targets: false, ..choices.clone() },
            "a.csv",
        )
        .expect("good");
    for of in [|sample: &Sample| sample.input[0], |sample: &Sample| sample.target[0]] {
        let learned: Vec<f64> = raw.data.train.iter().map(of).collect();
        let n = learned.len() as f64;
        let mean = learned.iter().sum::<f64>() / n;
        let deviation = (learned.iter().map(|x| x * x).sum::<f64>() / n - mean * mean).sqrt();
        let both = |imported: &Imported| -> Vec<f64> {
            imported.data.train.iter().chain(&imported.data.test).map(of).collect()
        };
        for (z, x) in both(&imported).iter().zip(both(&raw)) {
            assert!((z - (x - mean) / deviation).abs() < 1e-9, "{z} {x}");
        }
    }
    assert_eq!((raw.data.train.len(), raw.data.test.len()), (30, 10));
    // Words never are.
    let kinds = self::imported("k,y\na,1\nb,2\n");
    assert!(inputs(&kinds).iter().flatten().all(|x| [0.0, 1.0].contains(x)));
}

#[test]
fn the_same_seed_holds_out_the_same_rows() {
    let text: String = (0..100).map(|k| format!("{k}.5,{k}.25\n")).collect();
    let table = table(&text);
    let split = |held_out: f64, seed: u64| {
        let choices = choose(&table, |choices| (choices.held_out, choices.seed) = (held_out, seed));
        table.import(&choices, "a.csv").expect("good").data
    };
    assert_eq!(split(0.3, 1), split(0.3, 1));
    assert_ne!(split(0.3, 1), split(0.3, 2));
    for (held_out, n) in [(0.0, 0), (0.3, 30), (0.9, 90)] {
        let data = split(held_out, 4);
        assert_eq!((data.train.len(), data.test.len()), (100 - n, n));
        // Each row once, in order.
        let mut all: Vec<f64> = data.train.iter().chain(&data.test).map(|sample| sample.input[0]).collect();
        assert!(data.train.is_sorted_by(|a, b| a.input[0] < b.input[0]));
        all.sort_by(f64::total_cmp);
        assert!(all.into_iter().eq((0..100).map(|k| f64::from(k) + 0.5)));
    }
    let too_much = choose(&table, |choices| choices.held_out = 0.95);
    assert_eq!(table.plan(&too_much), Err("The test share is a number from 0 to 0.9.".to_owned()));
}

#[test]
fn targets_choose_output_and_loss() {
    let lesson = lesson(XOR);
    for (text, answers, activation, loss, n_outputs) in [
        ("x,y\n1,a\n2,b\n3,c\n", Answers::OneOf, Activation::Softmax, Loss::CrossEntropy, 3),
        ("x,y\n1,no\n2,yes\n3,no\n", Answers::YesOrNo, Activation::Sigmoid, Loss::BinaryCrossEntropy, 1),
        ("x,y\n1,0.5\n2,0.7\n3,0.1\n", Answers::Numbers, Activation::Identity, Loss::HalfSquaredError, 1),
        ("x,y\n1,0\n2,1\n3,1\n", Answers::YesOrNo, Activation::Sigmoid, Loss::BinaryCrossEntropy, 1),
        ("x,y\n1,0\n2,1\n3,2\n", Answers::Numbers, Activation::Identity, Loss::HalfSquaredError, 1),
        (
            "x,y\n1,0\n2,1\n1,0\n2,1\n1,0\n2,1\n1,0\n2,1\n1,0\n2,1\n",
            Answers::YesOrNo,
            Activation::Sigmoid,
            Loss::BinaryCrossEntropy,
            1,
        ),
    ] {
        let imported = imported(text);
        assert_eq!(imported.answers, answers, "{text}");
        let change = Change::Import(Rc::new(imported));
        let (designed, said) = apply(&lesson, &change, &StartWeights::default()).expect("accepted");
        let network = &designed.network;
        assert_eq!(
            (network.activation(network.n_layers()), designed.rule.loss),
            (activation, loss),
            "{text}"
        );
        assert_eq!((network.n_units(0), network.n_outputs()), (1, n_outputs), "{text}");
        assert!(
            said.is_some_and(|said| said.contains(activation.name()) && said.contains(loss.name())),
            "{text}"
        );
        assert!(Lesson::from_json(&designed.to_json()) == Ok(designed), "{text}");
    }
    // Of two words the second by the alphabet is 1.
    assert_eq!(targets(&imported("x,y\n1,yes\n2,no\n3,no\n")), [[1.0], [0.0], [0.0]]);
    // Several targets: a yes or no each, or numbers.
    let table = table("x,y,z\n1,a,no\n2,b,yes\n3,c,no\n");
    let both = choose(&table, |choices| choices.columns[1].role = ColumnRole::Target);
    let imported = table.import(&both, "a.csv").expect("good");
    assert_eq!(
        (imported.answers, names(&imported.output_names)),
        (Answers::YesOrNo, ["y a", "y b", "y c", "z yes"].map(String::from).to_vec())
    );
}

#[test]
fn what_is_suggested() {
    let table = table("id,name,age,plan\n1,Ann,30,a\n2,Bob,40,b\n3,Cy,50,a\n");
    let roles = |table: &Table| table.suggest().columns.iter().map(|choice| choice.role).collect::<Vec<_>>();
    assert_eq!(roles(&table), [ColumnRole::Ignore, ColumnRole::Input, ColumnRole::Input, ColumnRole::Target]);
    let no_target = choose(&table, |choices| choices.columns[3].role = ColumnRole::Ignore);
    assert!(table.plan(&no_target).expect_err("no target").starts_with("Choose a target"));
    let names: String = (0..200).map(|k| format!("{k}.5,name {k}\n")).collect();
    assert_eq!(roles(&self::table(&format!("x,name\n{names}"))), [ColumnRole::Target, ColumnRole::Ignore]);
    // Large targets are standardised.
    assert!(self::table("x,price\n1,250000\n2,310000\n").suggest().standardises_targets);
    assert!(!self::table("x,price\n1,2.5\n2,3.1\n").suggest().standardises_targets);
}

#[test]
fn names_are_told_apart_and_kept_short() {
    let long = "a name that is much longer than any name on the page may be";
    let imported = imported(&format!("x,x,,{long},{long},\"two\nlines\",y\n1,2,3,4,5,6,7\n2,2,7,4,5,6,7\n"));
    let names = names(&imported.input_names);
    assert_eq!(names[..3], ["x", "x 2", "column 3"]);
    assert_eq!(names[5], "two lines");
    assert!(names.iter().all(|name| name.chars().count() <= 40));
    let mut different = names.clone();
    different.sort();
    different.dedup();
    assert_eq!(different.len(), names.len());
}

#[test]
fn an_import_is_a_design_that_can_be_undone() {
    let session = Session::new(lesson(HMKCODE)).expect("finite");
    let session = session.update(Action::NextEpoch);
    let learned = session.current_lesson();
    let text: String =
        (0..300).map(|k| format!("{},{},{}\n", k % 7, k % 11, ["a", "b", "c"][k % 3])).collect();
    let imported = imported(&format!("u,v,w\n{text}"));
    let change = Change::Import(Rc::new(imported));
    let after = session.update(Action::Design { change, continues: false });
    let notice = after.notice().expect("a sentence");
    assert!(!notice.is_problem);
    assert_eq!(
        notice.text,
        "some file: 240 training samples, 60 test samples; 2 inputs, 3 outputs. One of several words is predicted: softmax outputs, cross-entropy. The network starts anew: fresh weights, tanh in the hidden layer, biases in every layer. Batches of 32, shuffled each epoch."
    );
    let designed = after.current_lesson();
    assert_eq!(designed.title, "some file 2-2-3");
    // What has been learned of other data is gone, and what could not learn these: no biases, nothing that bends.
    assert_ne!(designed.network.layer(1).weights, learned.network.layer(1).weights);
    assert!((1..=2).all(|layer| designed.network.has_biases(layer)));
    assert_eq!(designed.network.activation(1), Activation::Tanh);
    assert!(Lesson::from_json(&designed.to_json()) == Ok(designed));
    let trained = after.update(Action::NextEpoch).update(Action::StepForward { coarser: false });
    assert!(trained.loss().is_finite());
    let undone = after.update(Action::Undo);
    assert!(undone.current_lesson() == learned);
    assert!(undone.update(Action::Redo).current_lesson() == after.current_lesson());
}

/// A single unit, linear units, biases that stay: over any lesson the network that is left can learn XOR.
#[test]
fn over_any_lesson_the_network_can_learn_the_table() {
    let table = Rc::new(imported("x1,x2,y\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n"));
    let mut lessons = lessons();
    let mut stays = lesson(XOR);
    stays.rule.train_biases = false;
    lessons.push(("biases that stay", stays));
    let one = r#"{"format": "chainrule-lesson", "version": 1, "title": "One", "network": {"inputs": 1, "layers": [{"activation": "sigmoid", "weights": [[0.5]]}]}, "loss": "half_squared_error", "optimizer": {"method": "sgd", "learning_rate": 1}, "data": {"inputs": [[1]], "targets": [[1]]}}"#;
    lessons.push(("one unit", lesson(one)));
    for (name, lesson) in lessons {
        let change = Change::Import(Rc::clone(&table));
        let (designed, said) = apply(&lesson, &change, &StartWeights::default()).expect("accepted");
        let network = &designed.network;
        let n_layers = network.n_layers();
        assert!((1..=n_layers).all(|layer| network.has_biases(layer)), "{name}");
        assert!(designed.rule.train_biases, "{name}");
        assert!((1..n_layers).any(|layer| network.activation(layer) != Activation::Identity), "{name}");
        assert!(said.is_some_and(|said| said.contains("The network starts anew: fresh weights")), "{name}");
        assert!(Lesson::from_json(&designed.to_json()) == Ok(designed), "{name}");
    }
}

#[test]
fn the_data_of_a_lesson_suit_another_network() {
    let iris = lesson(include_str!("../static/lessons/iris.json"));
    let change = Change::Import(Rc::new(Imported::of_lesson(&iris, "Iris")));
    let (designed, _) = apply(&lesson(XOR), &change, &StartWeights::default()).expect("accepted");
    assert_eq!(designed.title, "Iris 4-2-3");
    assert_eq!((&designed.data, &designed.input_names), (&iris.data, &iris.input_names));
    assert_eq!(designed.unit_names.last(), iris.unit_names.last());
    assert_eq!(designed.rule.loss, Loss::CrossEntropy);
    assert!(Lesson::from_json(&designed.to_json()) == Ok(designed));
}

/// The largest file that is accepted becomes a lesson.
#[test]
fn fifty_thousand_rows_are_accepted() {
    let mut rng = Rng::new(1);
    let row = |k: usize| format!("{:.3},{:.3},{}\n", rng.normal(), rng.normal(), ["no", "yes"][k % 2]);
    let text: String = (0..50_000).map(row).collect();
    let imported = imported(&format!("a,b,c\n{text}"));
    assert_eq!((imported.data.train.len(), imported.data.test.len()), (40_000, 10_000));
    let session = Session::new(lesson(XOR)).expect("finite");
    let change = Change::Import(Rc::new(imported));
    let after = session.update(Action::Design { change, continues: false });
    assert_eq!(after.moment().lesson.data.train.len(), 40_000);
    assert_eq!(after.moment().lesson.batch_size, 32);
}
