//! Everything that an update computes as one LaTeX document.

use std::collections::BTreeSet;

use super::{Detail, Explainer};
use crate::explanation::formula::latex::text;
use crate::moment::Moment;
use crate::moment::step::{Phase, PhaseSegment};
use crate::text::format;
use crate::words::latex_document as words;

/// The most formulas of a document; of a longer update the first ones.
pub const MOST_FORMULAS: usize = 300;
/// Terms of a sum before its middle is left out: a page is not wide.
const MAX_TERMS: usize = 6;

/// The update that `moment` shows, all of its phases, with `digits` significant digits, to be compiled as it is.
pub fn latex_document(moment: &Moment, digits: u8) -> String {
    let lesson = &moment.lesson;
    let mut body = String::new();
    let mut room = MOST_FORMULAS;
    for segment in moment.plan.segments() {
        if room == 0 {
            break;
        }
        let last = segment.last.min(segment.first + room - 1);
        room -= last + 1 - segment.first;
        body += &section(moment, segment, last, digits);
    }
    let n_steps = moment.plan.n_steps();
    if MOST_FORMULAS < n_steps {
        let most = format::count(MOST_FORMULAS as u64);
        body += &format!("\n{}\n", text(&words::only_the_first(n_steps, &most)));
    }
    let title = if lesson.title.is_empty() { words::backpropagation() } else { &lesson.title };
    let epoch = moment.epoch + 1;
    let heading = text(&match lesson.n_batches() {
        1 => words::epoch(&title, &epoch),
        n => words::batch(&title, &epoch, &(moment.batch + 1), &n),
    });
    let unknown = undeclared(&format!("{heading}{body}"));
    format!(
        "\\documentclass{{article}}\n\\usepackage[utf8]{{inputenc}}\n\\usepackage[T1]{{fontenc}}\n\\usepackage{{amsmath}}\n\
         \\usepackage[margin=2cm]{{geometry}}\n\\allowdisplaybreaks\n{unknown}\\begin{{document}}\n\
         \\section*{{{heading}}}\n{body}\\end{{document}}\n",
    )
}

/// Declarations of the characters that LaTeX's own fonts lack, which it would stop at: each as its code.
fn undeclared(text: &str) -> String {
    let is_known = |c: &char| c.is_ascii() || ('\u{a1}'..='\u{17f}').contains(c) || "‘’“”–—…".contains(*c);
    let unknown: BTreeSet<char> = text.chars().filter(|c| !is_known(c)).collect();
    let declared = |c: char| {
        let code = u32::from(c);
        format!("\\DeclareUnicodeCharacter{{{code:04X}}}{{\\text{{[{code:X}]}}}}\n")
    };
    unknown.into_iter().map(declared).collect()
}

/// A phase up to step number `last`.
fn section(moment: &Moment, segment: &PhaseSegment, last: usize, digits: u8) -> String {
    let n_samples = moment.n_samples();
    let is_of_sample =
        1 < n_samples && matches!(segment.phase, Phase::Forward | Phase::Loss | Phase::Backward);
    let phase = segment.phase.name();
    let heading = text(&match is_of_sample {
        true => words::phase_of_sample(&phase, &moment.sample_in_words(segment.sample)),
        false => phase.to_owned(),
    });
    let equations: Vec<String> = (segment.first..=last)
        .filter_map(|step| {
            let at = moment.at(moment.plan.done(step));
            let detail = Detail { digits, max_terms: MAX_TERMS };
            let equations = Explainer { moment: &at, detail }.step_text(at.step()?.kind, None).equations;
            Some(
                equations
                    .iter()
                    .map(|equation| equation.latex_rows(&[], &at, digits))
                    .collect::<Vec<String>>(),
            )
        })
        .flatten()
        .collect();
    format!("\\subsection*{{{heading}}}\n\\begin{{align*}}\n{}\n\\end{{align*}}\n", equations.join(" \\\\\n"))
}
