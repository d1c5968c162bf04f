//! What the step card says of several steps that were made as one, by layer or by phase: all of their
//! formulas together.

use super::{Detail, Equation, Explainer, Explanation, explain, explain_number};
use crate::moment::Moment;
use crate::moment::step::{Grain, Phase};

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
            Phase::Forward | Phase::Loss => format!("What do these {n} numbers come to?"),
            Phase::Backward => {
                format!("How does {} change with each of these {n} numbers?", self.moment.names.loss())
            }
            Phase::Average => {
                format!("What are the {n} {}s over all samples?", self.moment.lesson.rule.combination())
            }
            Phase::Update => format!("What are the {n} new weights?"),
        }
    }

    fn why_together(&self, phase: Phase, n: usize) -> String {
        let all = match phase {
            Phase::Forward | Phase::Loss => "Each is computed from numbers that stand before it.",
            Phase::Backward => {
                "Each follows from those nearer to the loss and from numbers of the forward pass."
            }
            Phase::Average if self.sums_samples() => {
                "Broken on purpose: the loss is the mean over the samples, and their derivatives are only added up."
            }
            Phase::Average => {
                "The loss is the mean over the samples, so each derivative is the mean of theirs."
            }
            Phase::Update => "Each new weight is its old one and the step that its derivative leads to.",
        };
        if n <= MOST {
            return all.to_owned();
        }
        format!(
            "{all} The first {} and the last of the {n} are written here; steps by value show each.",
            SOME - 1
        )
    }
}
