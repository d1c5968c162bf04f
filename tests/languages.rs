//! The page is ready for other languages: in the language of the tests, English with accents, whatever is said is
//! accented but for what is inserted. A word without accents is one that a translator would never see.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod common;

use std::collections::BTreeSet;

use chainrule::explanation::{Detail, Speaking, explain_stretch};
use chainrule::lesson::grain::Grain;
use chainrule::moment::Moment;
use chainrule::words::{Language, set_language};
use common::{lessons, session};

/// Letters in a row from which on they are a word and not a symbol.
const WORD: usize = 3;
/// Most steps of a lesson that are looked at.
const STEPS: usize = 120;

/// The words without accents, but for those that are inserted.
fn bare_words(text: &str) -> Vec<String> {
    let mut depth = 0_usize;
    let mut own = String::new();
    for letter in text.chars() {
        match letter {
            '\u{2068}' => depth += 1,
            '\u{2069}' => depth -= 1,
            _ if depth == 0 => own.push(letter),
            _ => {}
        }
        // What is inserted ends a word.
        if depth != 0 {
            own.push(' ');
        }
    }
    let words = own.split(|letter: char| !letter.is_alphabetic());
    words.filter(|word| WORD <= word.len() && word.is_ascii()).map(str::to_owned).collect()
}

fn expect_all_said(text: &str, place: &str) {
    assert_eq!(bare_words(text), Vec::<String>::new(), "{place}: {text}");
}

fn texts(moment: &Moment, grain: Grain) -> Vec<String> {
    let explanation = explain_stretch(moment, grain, Detail { digits: 5, max_terms: 12 });
    let formula = explanation.spoken_formula(moment, 5);
    let spoken = |speaking| explanation.spoken_around(&formula, moment, 5, speaking);
    let mut texts = vec![explanation.question.clone(), explanation.why.clone()];
    texts.extend(explanation.effect.clone());
    texts.extend(Speaking::ALL.map(spoken));
    texts
}

#[test]
fn whatever_the_card_of_a_step_says_is_said_by_words() {
    set_language(Language::Pseudo);
    let mut said = BTreeSet::new();
    for (name, lesson) in lessons() {
        let session = session(&lesson);
        let start = session.moment();
        for step in (0..=start.plan.n_steps()).take(STEPS) {
            let moment = start.at(start.plan.done(step));
            for grain in [Grain::Unit, Grain::Layer, Grain::Phase] {
                for text in texts(&moment, grain) {
                    expect_all_said(&text, &format!("{name}, step {step} by {}", grain.name()));
                    said.insert(text);
                }
            }
        }
    }
    assert!(1_000 < said.len());
}

#[test]
fn a_word_without_accents_is_found() {
    assert_eq!(bare_words("Tĥéé sum \u{2068}of h₁\u{2069} ííš E"), ["sum"]);
}
