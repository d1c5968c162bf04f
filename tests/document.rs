//! The LaTeX document of an update is compiled by a real LaTeX as it is, and says the numbers of the lesson; so
//! is the matrix form of each phase.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::expect_used, clippy::unwrap_used)]

mod common;

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use chainrule::explanation::document::latex_document;
use chainrule::explanation::matrix_form::orientation::Orientation;
use chainrule::explanation::matrix_form::{Layout, matrix_form};
use chainrule::session::Action;
use common::{FOUR_POINTS, HMKCODE, LECTURE, MAZUR, json_files, lesson, session};

/// Compiles `text` in a folder of its own; what LaTeX says where it fails.
fn compile(name: &str, text: &str) -> Result<(), String> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("document-{name}"));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("epoch.tex"), text).unwrap();
    let output = Command::new("pdflatex")
        .args(["-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "epoch.tex"])
        .current_dir(&folder)
        .output()
        .expect("pdflatex is installed by script/setup --tests");
    let is_there = folder.join("epoch.pdf").exists();
    match output.status.success() && is_there {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&output.stdout).into_owned()),
    }
}

#[test]
fn the_document_of_every_lesson_is_compiled() {
    for (name, text) in json_files("static/lessons") {
        let session = session(&lesson(&text)).update(Action::NextEpoch);
        let document = latex_document(session.moment(), 5);
        assert_eq!(compile(&name, &document), Ok(()), "{name}");
    }
}

#[test]
fn strange_names_do_not_stop_it() {
    let names = [r"\\input{/etc/passwd}", "a_b^c~d#e%f&g$h{i}", "größe", "日本 🎲 π"];
    for (k, name) in names.iter().enumerate() {
        let names = format!(r#"["{name}", "x²"]"#);
        let text = HMKCODE.replacen(r#"["i₁", "i₂"]"#, &names, 1);
        let text = text.replacen("HMKCode 2-2-1", name, 1);
        let session = session(&lesson(&text));
        let document = latex_document(session.moment(), 5);
        assert_eq!(compile(&format!("strange-{k}"), &document), Ok(()), "{name}: {document}");
    }
}

/// The lecture's page of six updates, with HMKCode's numbers.
#[test]
fn hmkcodes_updates_stand_in_it() {
    let session = session(&lesson(HMKCODE));
    let document = latex_document(session.moment(), 5);
    for result in ["0.12133", "0.22699", "0.13214", "0.098203", "0.17438", "0.16942"] {
        assert!(document.contains(&format!("&= {result}")), "{result} in {document}");
    }
    assert!(document.contains(r"\section*{HMKCode 2-2-1: Epoch 1}"), "{document}");
    assert!(document.contains(r"\subsection*{Update}"), "{document}");
}

/// Every phase in every orientation, with all that is written on demand, in a document with amsmath alone.
#[test]
fn the_matrix_form_is_compiled() {
    for (name, text) in [("hmkcode", HMKCODE), ("four", FOUR_POINTS), ("lecture", LECTURE), ("mazur", MAZUR)]
    {
        let start = session(&lesson(text));
        let mut body = String::new();
        for segment in start.moment().plan.segments() {
            let moment = start.moment().at(start.moment().plan.done(segment.last));
            for &orientation in Orientation::ALL {
                for is_full in [false, true] {
                    let layout = Layout {
                        orientation,
                        writes_deltas_out: is_full,
                        goes_by_sample: is_full,
                        ..Layout::default()
                    };
                    body += &matrix_form(&moment, layout).latex(&moment, 5);
                }
            }
        }
        let document = format!(
            "\\documentclass{{article}}\n\\usepackage{{amsmath}}\n\\begin{{document}}\n{body}\\end{{document}}\n"
        );
        assert_eq!(compile(&format!("matrix-{name}"), &document), Ok(()), "{name}: {document}");
        assert!(body.is_ascii(), "{name}: {body}");
    }
}
