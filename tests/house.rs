//! The folders of `src` are the data's way: imports run one way, as ARCHITECTURE.md draws them.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::expect_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each folder, and the folders that it may use. None uses one that stands after it.
const FOLDERS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("words", &["text"]),
    ("lesson", &["words", "text"]),
    ("moment", &["lesson", "words", "text"]),
    ("run", &["moment", "lesson", "words", "text"]),
    ("explanation", &["moment", "lesson", "words", "text"]),
    ("picture", &["run", "moment", "lesson", "words", "text"]),
    ("session", &["explanation", "run", "moment", "lesson", "words", "text"]),
    ("link", &["session", "picture", "lesson", "words", "text"]),
    ("page", &["link", "session", "picture", "explanation", "run", "moment", "lesson", "words", "text"]),
];

/// The same within the page.
const PAGE: &[(&str, &[&str])] = &[
    ("scene", &[]),
    ("parts", &["scene"]),
    ("lessons", &["parts"]),
    ("shell", &["lessons", "parts", "scene"]),
    ("workspace", &["shell", "parts"]),
    ("guide", &["parts", "scene"]),
    ("diagram", &["parts", "scene"]),
    ("derivation", &["parts", "scene"]),
    ("curve", &["parts", "scene"]),
    ("transport", &["curve", "parts", "scene"]),
    ("tables", &["derivation", "transport", "shell", "lessons", "parts", "scene"]),
];

/// What a file says, but for its tests.
fn source(file: &Path) -> String {
    let text = fs::read_to_string(file).expect("a source file");
    text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned()
}

/// The files of a folder: `dir/name.rs` and all below `dir/name/`, but for files of tests.
fn files(dir: &Path, name: &str) -> Vec<PathBuf> {
    let mut found = vec![dir.join(format!("{name}.rs"))];
    let mut folders = vec![dir.join(name)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            match entry.path() {
                path if path.is_dir() => folders.push(path),
                path if path.file_stem().is_some_and(|stem| stem == "tests") => {}
                path => found.push(path),
            }
        }
    }
    found
}

/// The names right behind `path` wherever it stands, also of a list in braces.
fn named_behind(text: &str, path: &str) -> BTreeSet<String> {
    let name = |part: &str| part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut names = BTreeSet::new();
    for behind in text.split(path).skip(1) {
        match behind.strip_prefix('{').and_then(|list| list.split('}').next()) {
            Some(list) => names.extend(list.split(',').map(|part| name(part.trim_start()))),
            None => {
                names.insert(name(behind));
            }
        }
    }
    names
}

fn check(dir: &Path, root: &str, folders: &[(&str, &[&str])]) {
    let is_folder = |name: &String| folders.iter().any(|(folder, _)| folder == name);
    for (folder, allowed) in folders {
        for file in files(dir, folder) {
            let used = named_behind(&source(&file), root).into_iter().filter(is_folder);
            for name in used.filter(|name| name != folder) {
                assert!(allowed.contains(&name.as_str()), "{} uses {root}{name}", file.display());
            }
        }
    }
}

#[test]
fn imports_run_one_way() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    check(&src, "crate::", FOLDERS);
    check(&src.join("page"), "crate::page::", PAGE);
}

#[test]
fn every_folder_is_on_the_map() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (dir, folders) in [(src.clone(), FOLDERS), (src.join("page"), PAGE)] {
        let known: BTreeSet<String> = folders.iter().map(|(name, _)| (*name).to_owned()).collect();
        let entries = fs::read_dir(dir).expect("a folder").flatten();
        let stems = entries.filter_map(|entry| entry.path().file_stem()?.to_str().map(str::to_owned));
        let found: BTreeSet<String> = stems.filter(|stem| stem != "lib" && stem != "main").collect();
        assert_eq!(found, known);
    }
}

#[test]
fn each_folder_has_its_few_lines() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (dir, folders) in [(src.clone(), FOLDERS), (src.join("page"), PAGE)] {
        for (name, _) in folders {
            let text = fs::read_to_string(dir.join(format!("{name}.rs"))).expect("a source file");
            assert!(text.starts_with("//! "), "{name} says what lives there");
        }
    }
}

/// The mathematics knows nothing of the project, and the core nothing of the web.
#[test]
fn no_web_below_the_page() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let core = FOLDERS
        .iter()
        .filter(|(name, _)| *name != "page")
        .flat_map(|(name, _)| files(&root.join("src"), name));
    let kernel = files(&root.join("crates/backprop"), "src").into_iter().skip(1);
    for file in core.chain(kernel) {
        let text = source(&file);
        for web in ["web_sys", "js_sys", "wasm_bindgen", "yew", "gloo"] {
            assert!(!text.contains(&format!("{web}::")), "{} names {web}", file.display());
        }
    }
}

/// Whether a text is written for a reader: some words, as a sentence begins or with what joins one.
fn is_said(text: &str) -> bool {
    let words: Vec<&str> = text
        .split(' ')
        .map(|word| word.trim_end_matches(['.', ',', ':', ';', '?']))
        .filter(|word| 1 < word.len() && word.chars().all(char::is_alphabetic))
        .collect();
    let begins = text.trim_start().starts_with(char::is_uppercase);
    let joins = words.iter().any(|word| ["the", "of", "is", "are", "to", "and", "or", "in"].contains(word));
    3 <= words.len() && (begins || joins) && !text.contains(" et al.")
}

/// The texts of a source, but for those that stop the program and those of attributes.
fn literals(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in source.lines() {
        let is_none = ["//", "#[", "#!["].iter().any(|start| line.trim_start().starts_with(start));
        let stops = ["expect(", "unreachable!(", "panic!(", "assert"].iter().any(|call| line.contains(call));
        if !is_none && !stops {
            found.extend(line.split('"').skip(1).step_by(2).map(str::to_owned));
        }
    }
    found
}

#[test]
fn what_is_said_stands_in_words() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    // The titles of the lessons are the lessons'.
    let titles = src.join("page/lessons.rs");
    let mut elsewhere = Vec::new();
    for (folder, _) in FOLDERS.iter().filter(|(folder, _)| *folder != "words") {
        for file in files(&src, folder).into_iter().filter(|file| *file != titles) {
            let said = literals(&source(&file)).into_iter().filter(|text| is_said(text));
            elsewhere.extend(said.map(|text| format!("{}: {text}", file.display())));
        }
    }
    assert!(elsewhere.is_empty(), "{} texts:\n{}", elsewhere.len(), elsewhere.join("\n"));
}

#[test]
fn each_sentence_is_said_somewhere() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let sources: Vec<String> =
        FOLDERS.iter().flat_map(|(folder, _)| files(&src, folder)).map(|file| source(&file)).collect();
    let (mut defined, mut named) = (BTreeSet::new(), BTreeSet::new());
    for line in sources.iter().flat_map(|text| text.lines()) {
        match line.trim_start().strip_prefix("fn ").filter(|_| line.contains(") =>")) {
            Some(rest) => {
                defined.insert(rest.split('(').next().unwrap_or_default());
            }
            None => named.extend(line.split(|c: char| !c.is_alphanumeric() && c != '_')),
        }
    }
    let silent: Vec<&&str> = defined.difference(&named).collect();
    assert!(silent.is_empty(), "said nowhere: {silent:?}");
}
