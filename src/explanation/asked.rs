//! What the step card says while the step's numbers are asked for.

use super::formula::speech::Speech;
use super::{Equation, Explainer, Explanation};
use crate::lesson::quantity::Quantity;
use crate::moment::Moment;
use crate::words::step::{card, spoken};

/// What the step of `moment` is asked for: its last number; `None` before the first step.
pub fn asked_quantity(moment: &Moment) -> Option<Quantity> {
    let text = Explainer::whole(moment).text_of(moment.step()?.kind, moment.newest_number(), None);
    text.equations.last().map(|equation| equation.result)
}

/// What of an explanation is said while the numbers of its step are asked for: nothing that tells them. Its
/// equations stay, of which no more is written than the reader asks for.
pub fn question(explanation: Explanation, moment: &Moment) -> Explanation {
    let why = match explanation.phase {
        Some(_) => String::new(),
        None if moment.epoch == 0 && moment.batch == 0 => explanation.why,
        None => card::step_forward_to_be_asked().to_owned(),
    };
    let whole = |equation| Equation { partial: None, ..equation };
    let equations = explanation.equations.into_iter().map(whole).collect();
    Explanation { why, equations, line: None, check: None, effect: None, ..explanation }
}

impl Explanation {
    /// The equations of a question as sentences, with as much of them as so many hints give.
    pub fn spoken_question(&self, moment: &Moment, digits: u8, hints: u8) -> String {
        let equation = |equation: &Equation| {
            let mut said = equation.sides(moment, digits, &Speech);
            // What it is, by the chain rule and in symbols, with its numbers; never the result.
            let n_symbols = 1 + usize::from(equation.chain.is_some());
            said.truncate([1, 1 + n_symbols, 2 + n_symbols][usize::from(hints.min(2))]);
            spoken::equals_what(&spoken::equation(said))
        };
        self.equations.iter().map(equation).collect::<Vec<_>>().join(" ")
    }
}
