//! Tables that Python's csv module, NumPy and pandas write are read to the numbers that they were written of.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::expect_used, clippy::panic)]

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::Command;

use chainrule::lesson::table::{Choices, ColumnRole, Reader, Table, TakenAs};
use serde_json::Value;

/// Writes the files into the folder that it is given; prints for each its name, its columns and its rows.
const WRITER: &str = r#"
import csv, json, os, sys
import numpy as np
folder, written = sys.argv[1], []
names = ["length", "width", "growth"]
rows = [[1.5, -2.25, 0.1], [3.0, 1e-7, 2.5], [1/3, 12345.678, -0.75], [2**0.5, 4.0, 1234.5]]
whole = np.array(rows)

def file(name, names, rows, write):
    write(os.path.join(folder, name))
    written.append({"file": name, "names": names, "rows": rows})

def by_csv(encoding, decimal=".", **dialect):
    def write(path):
        with open(path, "w", newline="", encoding=encoding) as f:
            cells = [[str(x).replace(".", decimal) for x in row] for row in rows]
            csv.writer(f, **dialect).writerows([names] + cells)
    return write

file("excel.csv", names, rows, by_csv("utf-8", dialect="excel"))
file("excel-mark.csv", names, rows, by_csv("utf-8-sig", dialect="excel"))
file("unix.csv", names, rows, by_csv("utf-8", dialect="unix"))
file("excel-tab.txt", names, rows, by_csv("utf-16", dialect="excel-tab"))
file("excel-german.csv", names, rows, by_csv("cp1252", ",", delimiter=";"))
file("all-quoted.csv", names, rows, by_csv("utf-8", ",", delimiter=";", quoting=csv.QUOTE_ALL))
file("bars.csv", names, rows, by_csv("utf-8", delimiter="|"))
for name, options in [("blanks", {}), ("commas", {"delimiter": ","}), ("tabs", {"delimiter": "\t"})]:
    file(f"numpy-{name}.txt", None, rows, lambda path: np.savetxt(path, whole, fmt="%.17g", **options))
    header = options.get("delimiter", " ").join(names)
    file(f"numpy-{name}-header.txt", names, rows, lambda path: np.savetxt(path, whole, fmt="%.17g", header=header, **options))
    file(f"numpy-{name}-names.txt", names, rows, lambda path: np.savetxt(path, whole, fmt="%.17g", header=header, comments="", **options))
try:
    import pandas as pd
except ImportError:
    pd = None
if pd:
    frame = pd.DataFrame(rows, columns=names)
    holes = frame.copy()
    holes.iloc[1, 0] = np.nan
    kept = [rows[0], rows[2], rows[3]]
    file("pandas.csv", names, rows, lambda path: frame.to_csv(path))
    file("pandas-no-index.csv", names, rows, lambda path: frame.to_csv(path, index=False))
    file("pandas-german.csv", names, rows, lambda path: frame.to_csv(path, sep=";", decimal=",", index=False))
    file("pandas-tabs.csv", names, rows, lambda path: frame.to_csv(path, sep="\t"))
    file("pandas-holes.csv", names, kept, lambda path: holes.to_csv(path))
    file("pandas-na.csv", names, kept, lambda path: holes.to_csv(path, na_rep="NA", index=False))
    file("pandas-unnamed.csv", ["0", "1", "2"], rows, lambda path: pd.DataFrame(rows).to_csv(path, index=False))
print(json.dumps({"written": written, "has_pandas": bool(pd)}))
"#;

/// Debian's package belongs to Debian's Python, which need not be the first one. One with pandas is better.
fn python() -> Command {
    let imports = |python: &str, module: &str| {
        let status = Command::new(python).args(["-c", &format!("import numpy, {module}")]).output();
        status.is_ok_and(|output| output.status.success())
    };
    let pythons = ["python3", "/usr/bin/python3"];
    let has = |module: &str| pythons.into_iter().find(|python| imports(python, module));
    Command::new(has("pandas").or_else(|| has("numpy")).expect("NumPy is installed by script/setup --tests"))
}

fn read(name: &str, bytes: &[u8]) -> Table {
    let done = || -> Result<Table, String> {
        let mut reader = Reader::new(bytes.into(), None)?;
        while !reader.advance(1_000)? {}
        reader.finish()
    };
    done().unwrap_or_else(|said| panic!("{name}: {said}"))
}

#[test]
fn tables_of_python_are_read_to_the_bit() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("written-tables");
    fs::create_dir_all(&folder).expect("a folder");
    let output = python().args(["-c", WRITER]).arg(&folder).output().expect("Python runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    if said["has_pandas"] == false {
        // Past what the tests' harness keeps to itself.
        writeln!(std::io::stderr(), "pandas is not installed: no file of its own is read").expect("written");
    }
    let written = said["written"].as_array().expect("files");
    assert!(16 <= written.len(), "{}", written.len());
    for case in written {
        let name = case["file"].as_str().expect("a name");
        let table = read(name, &fs::read(folder.join(name)).expect("a file"));
        let choices = table.suggest();
        let used = || (0..table.columns().len()).filter(|k| choices.columns[*k].role != ColumnRole::Ignore);
        assert!(used().all(|k| choices.columns[k].taken_as == TakenAs::Numbers), "{name}");
        if let Some(names) = case["names"].as_array() {
            let read: Vec<&str> = used().map(|k| table.columns()[k].name.as_str()).collect();
            assert_eq!(read, names.iter().filter_map(Value::as_str).collect::<Vec<_>>(), "{name}");
        }
        let plain = Choices {
            held_out: 0.0,
            standardises_inputs: false,
            standardises_targets: false,
            ..choices.clone()
        };
        let imported = table.import(&plain, name).unwrap_or_else(|said| panic!("{name}: {said}"));
        let rows: Vec<Vec<f64>> =
            imported.data.train.iter().map(|s| s.input.iter().chain(&s.target).copied().collect()).collect();
        let expected: Vec<Vec<f64>> = case["rows"]
            .as_array()
            .expect("rows")
            .iter()
            .map(|row| row.as_array().expect("a row").iter().filter_map(Value::as_f64).collect())
            .collect();
        assert_eq!(rows, expected, "{name}");
    }
}
