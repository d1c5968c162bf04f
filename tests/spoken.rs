//! What a listener hears: every step of the lessons small enough to be heard through, as texts that have been read
//! (`tests/cases/spoken`), and what holds of every spoken step of all lessons.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod common;

use chainrule::explanation::{Detail, Speaking, explain};
use chainrule::moment::Moment;
use common::{FOUR_POINTS, HMKCODE, LECTURE, MAZUR, XOR, lesson, session};

fn said(moment: &Moment, speaking: Speaking) -> String {
    let explanation = explain(moment, Detail { digits: 5, max_terms: 12 });
    let formula = explanation.spoken_formula(moment, 5);
    explanation.spoken_around(&formula, moment, 5, speaking)
}

fn heard(text: &str) -> String {
    let session = session(&lesson(text));
    let start = session.moment();
    let mut heard = String::new();
    for step in 1..=start.plan.n_steps() {
        let moment = start.at(start.plan.done(step));
        heard += &format!("{}\n  {}\n", said(&moment, Speaking::Short), said(&moment, Speaking::Long));
    }
    heard
}

#[test]
fn each_step_is_said_as_it_has_been_read() {
    let lessons = [
        ("hmkcode", HMKCODE),
        ("mazur", MAZUR),
        ("lecture-3-2-1", LECTURE),
        ("four-points", FOUR_POINTS),
        ("xor", XOR),
    ];
    for (name, text) in lessons {
        let file = format!("tests/cases/spoken/{name}.txt");
        if std::env::var_os("WRITE_SPOKEN").is_some() {
            std::fs::write(&file, heard(text)).expect("written");
        }
        let read = std::fs::read_to_string(&file).expect("the text");
        for (k, (found, read)) in heard(text).lines().zip(read.lines()).enumerate() {
            assert_eq!(found, read, "{file}, line {}", k + 1);
        }
        assert_eq!(heard(text).lines().count(), read.lines().count(), "{file}");
    }
}
