//! The laws of `laws/mod.rs`, held against inputs that are always the same: those of `fuzz/seeds`, which
//! broke one once or are the first of their kind, and a number of drawn ones. `script/fuzz` looks for more.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::expect_used, clippy::panic)]

mod common;
mod laws;

use std::path::Path;

use backprop::rng::Rng;

/// The files of `fuzz/seeds/<name>`, and the tables as people have them.
fn seeds(name: &str) -> Vec<(String, Vec<u8>)> {
    let mut folders = vec![format!("fuzz/seeds/{name}")];
    folders.extend((name == "csv").then(|| "tests/cases/tables".to_owned()));
    let files = |folder: String| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
    };
    let mut files: Vec<(String, Vec<u8>)> = folders
        .into_iter()
        .flat_map(files)
        .map(|entry| entry.expect("an entry").path())
        .map(|path| (path.display().to_string(), std::fs::read(&path).expect("a file")))
        .collect();
    files.sort();
    files
}

/// Holds the law called `name` against its seeds, and against `n` inputs that are drawn. At least
/// `least` of those are accepted: a law that only sees what is refused would show little.
fn holds(name: &str, n: usize, least: usize) {
    let (_, law) = laws::ALL.into_iter().find(|(other, _)| *other == name).expect("a law");
    let mut failed = Vec::new();
    let files = seeds(name);
    assert!(!files.is_empty());
    for (file, bytes) in files {
        if std::panic::catch_unwind(|| law(&bytes)).is_err() {
            failed.push(file);
        }
    }
    let mut n_accepted = 0;
    for seed in 0..n as u64 {
        let mut rng = Rng::new(seed);
        // The zero byte says that the others are choices.
        let mut bytes = vec![0];
        bytes.extend((0..40 + rng.below(400)).map(|_| rng.next_u64() as u8));
        match std::panic::catch_unwind(|| law(&bytes)) {
            Ok(is_accepted) => n_accepted += usize::from(is_accepted),
            Err(_) => failed.push(format!("drawn by seed {seed}")),
        }
    }
    assert!(failed.is_empty(), "{} of {name}: {failed:#?}", failed.len());
    assert!(least <= n_accepted, "{n_accepted} of {n} accepted");
}

#[test]
fn lessons_keep_the_laws() {
    holds("lesson", 1_000, 300);
}

#[test]
fn csv_files_keep_the_laws() {
    holds("csv", 2_000, 600);
}

#[test]
fn weights_of_other_programs_keep_the_laws() {
    holds("weights", 1_000, 300);
}

#[test]
fn stored_sessions_keep_the_laws() {
    holds("stored", 1_000, 300);
}

#[test]
fn links_keep_the_laws() {
    holds("link", 1_000, 300);
}

#[test]
fn numbers_keep_the_laws() {
    holds("number", 20_000, 6_000);
}

#[test]
fn sequences_of_actions_keep_the_laws() {
    holds("actions", 400, 200);
}
