//! Tables as people have them: each file of `tests/cases/tables`, and what it must become, as `expected.json` there says
//! by hand. The same files are opened in the page by `tests/browser/tables.spec.js`.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

use chainrule::lesson::table::{Choices, ColumnRole, Reader, Table, TakenAs};
use serde_json::Value;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/tables")
}

fn expected() -> serde_json::Map<String, Value> {
    let text = fs::read_to_string(folder().join("expected.json")).expect("a file");
    match serde_json::from_str(&text).expect("JSON") {
        Value::Object(cases) => cases,
        other => panic!("{other}"),
    }
}

fn read(bytes: &[u8]) -> Result<Table, String> {
    let mut reader = Reader::new(bytes.into(), None)?;
    while !reader.advance(1_000)? {}
    reader.finish()
}

fn table(name: &str) -> Table {
    let bytes = fs::read(folder().join(name)).expect("a file");
    read(&bytes).unwrap_or_else(|said| panic!("{name}: {said}"))
}

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().into_iter().flatten().filter_map(Value::as_f64).collect()
}

fn titles(table: &Table) -> Vec<String> {
    let title = |(place, name): (usize, &str)| {
        if name.is_empty() { format!("column {place}") } else { name.to_owned() }
    };
    table.columns().iter().map(|column| title((column.place, &column.name))).collect()
}

/// The names of columns of which something is chosen.
fn chosen<'a>(
    titles: &'a [String],
    choices: &Choices,
    is_chosen: impl Fn(usize, &Choices) -> bool,
) -> Vec<&'a str> {
    (0..titles.len()).filter(|k| is_chosen(*k, choices)).map(|k| titles[k].as_str()).collect()
}

fn sorted(mut names: Vec<&str>) -> Vec<&str> {
    names.sort_unstable();
    names
}

#[test]
fn each_file_becomes_what_it_is() {
    let mut failed = Vec::new();
    for (name, case) in expected() {
        let checked = std::panic::catch_unwind(|| check(&name, &case));
        if checked.is_err() {
            failed.push(name);
        }
    }
    assert!(failed.is_empty(), "{} files: {failed:?}", failed.len());
}

fn check(name: &str, case: &Value) {
    let table = table(name);
    let choices = table.suggest();
    let titles = titles(&table);
    let size = [table.n_rows() as u64, table.columns().len() as u64];
    assert_eq!(
        size.map(Value::from),
        case["size"].as_array().expect("a size")[..],
        "{name}: rows and columns"
    );
    let dialect = table.dialect();
    assert_eq!(dialect.delimiter.name(), case["delimiter"], "{name}: delimiter");
    assert_eq!(dialect.decimal.name(), case["decimal"], "{name}: decimal mark");
    assert_eq!(dialect.has_header, case["names"], "{name}: names");
    if case["columns"].is_array() {
        assert_eq!(titles, texts(&case["columns"]), "{name}: names of columns");
    }
    let of_role = |role| chosen(&titles, &choices, move |k, choices| choices.columns[k].role == role);
    assert_eq!(of_role(ColumnRole::Target), [case["target"].as_str().expect("a name")], "{name}: target");
    assert_eq!(of_role(ColumnRole::Ignore), texts(&case["ignored"]), "{name}: ignored");
    let words = chosen(&titles, &choices, |k, choices| choices.columns[k].taken_as == TakenAs::Words);
    assert_eq!(sorted(words), sorted(texts(&case["words"])), "{name}: words");
    let plan = table.plan(&choices).unwrap_or_else(|said| panic!("{name}: {said}"));
    assert_eq!(plan.in_words(), case["outcome"], "{name}");
    assert_eq!(plan.missing_in_words().as_deref(), case["missing"].as_str(), "{name}: missing");
    assert_eq!(table.notes_on_file(), texts(&case["notes"]), "{name}: notes");
    for (column, hint) in case["hints"].as_object().into_iter().flatten() {
        let said = format!("“{column}” {}", hint.as_str().expect("a sentence"));
        assert!(table.notes(&choices).contains(&said), "{name}: {said}");
    }
    for (title, holds) in case["holds"].as_object().into_iter().flatten() {
        let k = titles.iter().position(|other| other == title).expect("a column");
        assert_eq!(table.columns()[k].describe(choices.columns[k].taken_as), *holds, "{name}: {title}");
    }
    // Beyond what a lesson takes as it stands.
    if case["first"].is_null() {
        return;
    }
    let plain = Choices { held_out: 0.0, standardises_inputs: false, standardises_targets: false, ..choices };
    let imported = table.import(&plain, name).unwrap_or_else(|said| panic!("{name}: {said}"));
    let first = &imported.data.train[0];
    assert_eq!(
        (&first.input, &first.target),
        (&numbers(&case["first"][0]), &numbers(&case["first"][1])),
        "{name}"
    );
}

#[test]
fn every_file_is_expected_to_become_something() {
    let cases = expected();
    let files = fs::read_dir(folder()).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    let names: Vec<String> = files.map(|name| name.into_string().expect("a name")).collect();
    assert!(33 <= cases.len() && names.len() == cases.len() + 1, "{} of {}", cases.len(), names.len());
    assert!(names.iter().all(|name| name == "expected.json" || cases.contains_key(name)));
}

/// The mean and the commonest word of all rows that have the cell, by hand; rows without a target are left out.
#[test]
fn missing_cells_are_filled_by_all_rows() {
    let text = "a,word,y\n1,red,0.5\n,blue,1.5\n4,NA,2.5\n7,blue,?\n6,blue,3.5\n";
    let table = read(text.as_bytes()).expect("a table");
    let left_out = table.plan(&table.suggest()).expect("a plan");
    assert_eq!(left_out.missing_in_words().as_deref(), Some("3 rows with a missing cell are left out."));
    let choices = Choices { fills_missing: true, standardises_inputs: false, ..table.suggest() };
    let plan = table.plan(&choices).expect("a plan");
    assert_eq!((plan.n_train, plan.n_left_out, plan.n_filled), (4, 1, 2));
    assert_eq!(
        plan.missing_in_words().as_deref(),
        Some(
            "1 row without a target is left out. 2 missing cells are filled by the mean or the commonest word of all rows."
        )
    );
    let imported = table.import(&choices, "a.csv").expect("samples");
    let inputs: Vec<&[f64]> = imported.data.train.iter().map(|sample| &sample.input[..]).collect();
    // (1 + 4 + 7 + 6) / 4 = 4.5; blue is the commonest.
    assert_eq!(inputs, [[1.0, 0.0, 1.0], [4.5, 1.0, 0.0], [4.0, 1.0, 0.0], [6.0, 1.0, 0.0]]);
    assert!(imported.source.contains("2 missing cells are filled"), "{}", imported.source);
}

#[test]
fn a_table_without_a_whole_row_says_so() {
    let table = read(b"a,b,y\n1,,1\n,2,2\n3,NA,3\n,4,4\n").expect("a table");
    let said = table.plan(&table.suggest()).expect_err("nothing is left");
    assert_eq!(said, "In every row a cell is missing: ignore the columns where most are, or fill them.");
    let filled = Choices { fills_missing: true, ..table.suggest() };
    assert_eq!(table.plan(&filled).map(|plan| (plan.n_train, plan.n_filled)), Ok((4, 4)));
}

/// What is most often taken for something else, and is not.
#[test]
fn what_only_looks_like_something_else_stays_what_it_is() {
    let first = |text: &str| {
        let table = read(text.as_bytes()).unwrap_or_else(|said| panic!("{text}: {said}"));
        (table.n_rows(), titles(&table).join("|"))
    };
    for (text, n_rows, names) in [
        // Numbers that are no names: they do not count on, or all rows do.
        ("1,2,3\n4,5,6\n7,8,9\n", 3, "column 1|column 2|column 3"),
        ("0,1,2\n0,1,2\n1,2,3\n", 3, "column 1|column 2|column 3"),
        ("1990,1991\n1992,1993\n", 2, "column 1|column 2"),
        ("0,1\n1,0\n", 2, "column 1|column 2"),
        // Marks that begin most rows are no comments.
        ("rank,x\n#1,0.5\n#2,1.5\n", 2, "rank|x"),
        // Words below names are no units where words follow, and none where nothing follows.
        ("name,x\nAnn,one\nBob,2\nCy,3\n", 3, "name|x"),
        ("a,b\nyes,no\n", 1, "a|b"),
        // Names above rows that have names themselves, names above numbers of which some are missing, and a first
        // row that is nearly empty are no titles.
        ("name,age,town\nAnn,3,Rome\nBob,4,Oslo\n", 2, "name|age|town"),
        ("a,b\nr1,0.5,1\nr2,1.5,2\n", 2, "column 1|a|b"),
        (",a,b\nr1,NA,big\nr2,2,small\n", 2, "column 1|a|b"),
        ("1,,\n2,3,4\n5,6,7\n", 3, "column 1|column 2|column 3"),
        // A title, whatever stands in it.
        ("2024\nx,y\n1,2\n3,4\n", 2, "x|y"),
        ("Births\nregion,1990,1991\nA,1,2\nB,3,4\n", 2, "region|1990|1991"),
        // One column with decimal commas is not two.
        ("\"a;b\",c\n1,2\n", 1, "a;b|c"),
    ] {
        assert_eq!(first(text), (n_rows, names.to_owned()), "{text}");
    }
    assert!(read(b"price\n1,5\n2,5\n").is_err());
}

#[test]
fn numbers_of_two_signs_are_no_column_of_numbers() {
    let table = read("x;y\n1;$5\n2;€6\n3;$7\n4;$8\n".as_bytes()).expect("a table");
    assert_eq!(table.suggest().columns[1].taken_as, TakenAs::Numbers);
    let said = table.plan(&table.suggest()).expect_err("two currencies");
    assert_eq!(said, "Line 3, column 2 “y”: “€6” has another sign than the numbers before it, “$”.");
    // Groups that are none are named as well, and never classes.
    let table = read(b"x;y\n1;1234,567.5\n2;12,3456.5\n").expect("a table");
    let said = table.plan(&table.suggest()).expect_err("no groups");
    assert!(said.starts_with("Line 2, column 2 “y”: “1234,567.5” is no number."), "{said}");
}
