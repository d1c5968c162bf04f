//! What the step card says of several steps that were made as one, by layer or by phase: all of their
//! formulas together.

use super::{Detail, Equation, Explainer, Explanation, explain, explain_number};
use crate::moment::Moment;
use crate::moment::step::{Grain, Phase};
use crate::words::paragraph;
use crate::words::step::stretch as words;

/// As many formulas stand together.
const MOST: usize = 12;
/// Of more, as many are written: the first ones and the last.
const SOME: usize = 4;

/// Explains what one step of `grain` has brought to `moment`: all of its steps, or the one, or one number of it.
pub fn explain_stretch(moment: &Moment, grain: Grain, detail: Detail) -> Explanation {
    let n_numbers = moment.plan.n_numbers(moment.position.step);
    if grain == Grain::Term && 1 < n_numbers && moment.newest_number().is_none() {
        return explain_number(moment, Some(n_numbers - 1), detail);
    }
    let Some((first, last)) = moment.plan.stretch(moment.position, grain) else {
        return explain(moment, detail);
    };
    let Some(phase) = moment.phase() else {
        return explain(moment, detail);
    };
    let n = last + 1 - first;
    let shown = (first..=last).take(if n <= MOST { n } else { SOME - 1 }).chain((MOST < n).then_some(last));
    let equations: Vec<Equation> = shown.filter_map(|step| result_of(moment, step, detail)).collect();
    let effect = (phase == Phase::Update).then(|| moment.descent()).flatten();
    let explainer = Explainer { moment, detail };
    Explanation {
        phase: Some(phase),
        place: explainer.place(),
        line: None,
        number: None,
        question: explainer.question_together(phase, n),
        equations,
        why: explainer.why_together(phase, n),
        check: None,
        effect: effect.map(|descent| explainer.effect(&descent)),
    }
}

/// The equation that gives a step's number, without its chain rule.
fn result_of(moment: &Moment, step: usize, detail: Detail) -> Option<Equation> {
    let at = moment.at(moment.plan.done(step));
    let kind = at.step()?.kind;
    let equation = Explainer { moment: &at, detail }.step_text(kind, None).equations.pop()?;
    Some(Equation { chain: None, ..equation })
}

impl Explainer<'_> {
    fn question_together(&self, phase: Phase, n: usize) -> String {
        match phase {
            Phase::Forward | Phase::Loss => words::what_do_they_come_to(n),
            Phase::Backward => words::how_changes_with_each(n, &self.moment.names.loss()),
            Phase::Average if self.sums_samples() => words::what_are_the_sums(n),
            Phase::Average => words::what_are_the_means(n),
            Phase::Update => words::what_are_the_new_weights(n),
        }
    }

    fn why_together(&self, phase: Phase, n: usize) -> String {
        let all = match phase {
            Phase::Forward | Phase::Loss => words::each_from_before(),
            Phase::Backward => words::each_from_nearer_to_loss(),
            Phase::Average if self.sums_samples() => words::each_is_added_up(),
            Phase::Average => words::each_is_a_mean(),
            Phase::Update => words::each_is_stepped(),
        };
        if n <= MOST {
            return all.to_owned();
        }
        paragraph([all, &words::some_are_written(n, &(SOME - 1))])
    }
}
