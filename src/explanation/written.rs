//! What the step card says, as LaTeX for papers and as sentences for listeners.

use super::{
    Check, CheckVerdict, DerivationLine, Equation, Explanation, NewestLine, PartialSum, SURE_DIGITS, Speaking,
};
use crate::explanation::formula::latex::Latex;
use crate::explanation::formula::speech::Speech;
use crate::explanation::formula::{Formula, FormulaWriter, View, write};
use crate::lesson::names::Symbol;
use crate::lesson::quantity::Quantity;
use crate::moment::Moment;
use crate::moment::step::{Lines, Phase};
use crate::text::format::{self, split_index};
use crate::words::paragraph;
use crate::words::step::{check as check_words, speech as speech_words, spoken as words};
use backprop::mistakes::Mistake;

impl Equation {
    /// The equation's sides from left to right, as one notation writes them: the name, the chain
    /// rule, the symbols, the numbers so far, and, unless terms are missing, the result.
    pub fn sides<N: FormulaWriter>(&self, moment: &Moment, digits: u8, notation: &N) -> Vec<N::Out> {
        let symbols = |formula| write(formula, moment, View::Symbols, notation);
        let numbers = |formula| write(formula, moment, View::Numbers(digits), notation);
        let mut sides = vec![symbols(&self.left)];
        sides.extend(self.chain.as_ref().map(symbols));
        sides.push(symbols(&self.symbols));
        match &self.partial {
            Some(partial) => sides.push(numbers(&partial.formula())),
            None => sides.extend([numbers(&self.symbols), numbers(&self.result.into())]),
        }
        sides
    }

    /// The sides under each other, as rows of LaTeX's align. `worked_out`, where it is not empty, stands for the
    /// symbols.
    pub(super) fn latex_rows(&self, worked_out: &[DerivationLine], moment: &Moment, digits: u8) -> String {
        let mut sides = self.sides(moment, digits, &Latex).into_iter();
        let left = sides.next().unwrap_or_default();
        let n_symbols = 1 + usize::from(self.chain.is_some());
        let lines = worked_out.iter().map(|line| write(&line.formula, moment, View::Symbols, &Latex));
        let n_replaced = match worked_out {
            [] => 0,
            // The numbers come after the last line.
            _ if moment.position.lines != Lines::All => usize::MAX,
            _ => n_symbols,
        };
        let sides = lines.chain(sides.skip(n_replaced));
        // "= ≈ 0" is "≈ 0".
        let sign = |side: &str| if side.starts_with(r"\approx") { "&" } else { "&= " };
        let rows: Vec<String> = sides.map(|side| format!("{}{side}", sign(&side))).collect();
        format!("{left} {}", rows.join(" \\\\\n  "))
    }
}

impl PartialSum {
    /// The terms so far, and dots for the others.
    pub fn formula(&self) -> Formula {
        with_dots(&self.terms)
    }
}

fn with_dots(terms: &Formula) -> Formula {
    let dots = |terms: &[Formula]| Formula::Sum([terms, &[Formula::Ellipsis]].concat());
    match terms {
        Formula::Sum(terms) => dots(terms),
        Formula::Negative(x) => Formula::Negative(Box::new(with_dots(x))),
        Formula::Product(factors) if matches!(factors.last(), Some(Formula::Sum(_))) => {
            let dotted = |factor: &Formula| match factor {
                Formula::Sum(terms) => dots(terms),
                other => other.clone(),
            };
            Formula::Product(factors.iter().map(dotted).collect())
        }
        other => dots(std::slice::from_ref(other)),
    }
}

impl Explanation {
    /// Every quantity that the step is about now: those of its formulas, and of a sum that is added up term
    /// by term those of the term that has been added last.
    pub fn current(&self) -> Vec<Quantity> {
        let mut current: Vec<Quantity> = Vec::new();
        for equation in &self.equations {
            current.push(equation.result);
            current.extend(equation.left.quantities());
            let added = equation.partial.as_ref().map(|partial| &partial.newest);
            current.extend(added.unwrap_or(&equation.symbols).quantities());
        }
        current
    }

    /// The equations as LaTeX, to be put into a document with the package amsmath. `worked_out`, where it is
    /// not empty, stands for the symbols of the last one.
    pub fn latex(&self, worked_out: &[DerivationLine], moment: &Moment, digits: u8) -> String {
        let equation = |equation: &Equation| {
            let is_last = self.equations.last() == Some(equation);
            equation.latex_rows(if is_last { worked_out } else { &[] }, moment, digits)
        };
        let equations: Vec<String> = self.equations.iter().map(equation).collect();
        format!("\\begin{{align*}}\n{}\n\\end{{align*}}\n", equations.join(" \\\\\n"))
    }

    /// The step as sentences: its phase and place, the question, the formula, the result; while it is worked
    /// out line by line, the newest line.
    pub fn spoken(&self, moment: &Moment, digits: u8) -> String {
        self.spoken_around(&self.spoken_formula(moment, digits), moment, digits, Speaking::Long)
    }

    /// The same around the equations, which are sentences already: where it is and of which sample, what it comes
    /// to and, said at length, the question, how, why, and what the check has found.
    pub fn spoken_around(&self, formula: &str, moment: &Moment, digits: u8, speaking: Speaking) -> String {
        let Some(phase) = self.phase else {
            return paragraph([&*words::sentence(&self.question), &self.why]);
        };
        let clause = self.spoken_place(phase, moment);
        let place = words::sentence(&clause);
        if let Some(line) = &self.line {
            return paragraph([&*place, &line.spoken(self, moment)]);
        }
        if moment.is_asking() {
            return paragraph([&*place, &self.question, formula]);
        }
        let results = self.spoken_results(moment, digits);
        if speaking == Speaking::Short {
            return if results.is_empty() { place } else { words::in_short(&clause, &results) };
        }
        let (question, why) = (spoken_sentence(&self.question), spoken_sentence(&self.why));
        let check = self.check.as_ref().map(|check| {
            let found = spoken_sentence(&check.sentence(moment, self.phase, digits));
            match check.verdict {
                CheckVerdict::Differs => check_words::check_differs(&found),
                _ => check_words::check(&found),
            }
        });
        let in_full = words::in_full(&formula);
        paragraph([&*place, &question, &results, &in_full, &why, &check.unwrap_or_default()])
    }

    /// Where the step is, of which sample, and which line or number of it is shown.
    fn spoken_place(&self, phase: Phase, moment: &Moment) -> String {
        let (phase_name, (step, n)) = (phase.name(), self.place);
        let is_of_sample = 1 < moment.n_samples() && !matches!(phase, Phase::Average | Phase::Update);
        let sample = is_of_sample.then(|| moment.sample_in_words(moment.sample()));
        let line = self.line.as_ref().map(|line| (line.number, line.of));
        match (sample, line, self.number) {
            (Some(sample), Some((line, of)), _) => {
                words::place_of_line_of_sample(&phase_name, &step, &n, &sample, &line, &of)
            }
            (None, Some((line, of)), _) => words::place_of_line(&phase_name, &step, &n, &line, &of),
            // Of several numbers are only the steps of an update, which is of all samples.
            (_, _, Some((number, of))) => words::place_of_number(&phase_name, &step, &n, &number, &of),
            (Some(sample), ..) => words::place_of_sample(&phase_name, &step, &n, &sample),
            _ => words::place(&phase_name, &step, &n),
        }
    }

    /// What each equation comes to: "The derivative of E by w 5 is negative 0.68765."
    fn spoken_results(&self, moment: &Moment, digits: u8) -> String {
        let result = |equation: &Equation| {
            let sides = equation.sides(moment, digits, &Speech);
            let is_whole = equation.partial.is_none();
            let (first, last) = (sides.first()?, sides.last().filter(|_| is_whole && 1 < sides.len())?);
            Some(words::is(first, last))
        };
        self.equations.iter().filter_map(result).collect::<Vec<String>>().join(" ")
    }

    /// The equations as sentences.
    pub fn spoken_formula(&self, moment: &Moment, digits: u8) -> String {
        let equation = |equation: &Equation| {
            let said = words::sentence(&words::equation(equation.sides(moment, digits, &Speech)));
            match &equation.partial {
                None => said,
                Some(partial) => {
                    let total = Speech.number(&format::number(partial.total, digits), None);
                    paragraph([&*said, &words::so_far(&total, &partial.n_shown, &partial.n_terms)])
                }
            }
        };
        self.equations.iter().map(equation).collect::<Vec<String>>().join(" ")
    }
}

/// A sentence with its numbers and signs in words.
fn spoken_sentence(text: &str) -> String {
    let between = |word: &str| format!(" {word} ");
    let before = |word: &str| format!("{word} ");
    let behind = |word: &str| format!(" {word}");
    let words = [
        (" = ", between(words::equals_sign())),
        ("½", words::one_half().to_owned()),
        ("ᵗ", behind(words::to_the_t())),
        (" − ", between(words::minus())),
        ("−", before(words::negative())),
        ("∂", before(words::partial_sign())),
        ("/", between(words::by())),
        ("·", between(words::times())),
        ("×", between(words::times())),
        ("±", before(words::plus_or_minus())),
        ("⊙", between(words::times())),
    ];
    let words = words.into_iter().fold(text.to_owned(), |text, (sign, word)| text.replace(sign, &word));
    words.split_whitespace().map(spoken_word).collect::<Vec<String>>().join(" ")
}

/// "w₅" as "w 5", "10⁻⁵" as "10 to the negative 5"; other words stay.
fn spoken_word(word: &str) -> String {
    let (front, end) = word.split_at(word.trim_end_matches(['.', ',', ':', ';', '?', ')']).len());
    let (base, sub, sup) = split_index(front);
    match (base.is_empty(), sub.is_empty(), sup.is_empty()) {
        (true, ..) => word.to_owned(),
        (_, true, true) => format!("{}{end}", Speech.symbol(&Symbol::new(front), None)),
        (_, true, false) => {
            let power = match sup.strip_prefix('-') {
                Some(size) => speech_words::negative(&size),
                None => sup,
            };
            format!("{}{end}", speech_words::power(&base, &power))
        }
        _ => format!("{}{end}", Speech.symbol(&Symbol::parse(front), None)),
    }
}

impl NewestLine {
    /// The line as sentences; the first one with what is asked.
    fn spoken(&self, step: &Explanation, moment: &Moment) -> String {
        let said = |formula: &Formula| write(formula, moment, View::Symbols, &Speech);
        let left = step.equations.last().map(|equation| said(&equation.left)).unwrap_or_default();
        let question = if self.number == 1 { spoken_sentence(&step.question) } else { String::new() };
        let DerivationLine { formula, rule } = &self.line;
        let line = words::sentence(&words::equals(&left, &said(formula)));
        paragraph([&*question, &line, &spoken_sentence(rule)])
    }
}

impl Check {
    /// What was measured, as a sentence; where it does not tell all, with the reason.
    pub fn sentence(&self, moment: &Moment, phase: Option<Phase>, digits: u8) -> String {
        let name = moment.name(Quantity::Param(self.param));
        let is_of_batch = phase == Some(Phase::Average);
        let loss = moment.name(if is_of_batch { Quantity::BatchLoss } else { Quantity::Loss });
        let nudge = format::number(self.nudge, 2);
        let nudge = nudge.strip_prefix("1×").unwrap_or(&nudge);
        let most = digits.min(SURE_DIGITS);
        let measured = |digits: u8| format::number(self.measured.value, self.digits(digits));
        match self.verdict {
            CheckVerdict::Agrees { digits } if digits < most => {
                check_words::gives_fewer_digits(&name, &nudge, &loss, &measured(digits))
            }
            CheckVerdict::Agrees { .. } => check_words::gives(&name, &nudge, &loss, &measured(most)),
            CheckVerdict::Differs => {
                let reason = self.reason(moment, is_of_batch);
                check_words::differs(&name, &nudge, &loss, &measured(most), &reason)
            }
            CheckVerdict::CannotTell => {
                let doubt = format::number(self.measured.doubt, 1);
                check_words::cannot_tell(&name, &nudge, &loss, &measured(most.min(3)), &doubt)
            }
        }
    }

    /// `digits`, or one more where two numbers that agree lie on both sides of the middle between two
    /// shown ones: −0.12982 and −0.12983 would look different.
    fn digits(&self, digits: u8) -> u8 {
        let agrees = matches!(self.verdict, CheckVerdict::Agrees { .. });
        let look_alike = format::number(self.measured.value, digits) == format::number(self.computed, digits);
        if agrees && !look_alike { digits + 1 } else { digits }
    }

    fn reason(&self, moment: &Moment, is_of_batch: bool) -> &'static str {
        let (rule, network) = (moment.lesson.rule, moment.network());
        let acts = |mistake: Mistake| {
            let n_samples = if is_of_batch { moment.n_samples() } else { 1 };
            rule.makes(mistake) && mistake.acts(network, rule, n_samples)
        };
        if acts(Mistake::TwoForHalf) {
            return check_words::half_is_forgotten();
        }
        if acts(Mistake::NoSlope) {
            return check_words::slope_is_left_out();
        }
        if acts(Mistake::SumForMean) {
            return check_words::samples_are_added_up();
        }
        if moment.plan.is_layer_by_layer() && self.param.layer() < moment.network().n_layers() {
            return check_words::weights_were_new();
        }
        if moment.crosses_kink(self.param, is_of_batch) {
            return check_words::is_at_kink();
        }
        check_words::more_than_rounding()
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::explanation::{Detail, explain};
    use crate::lesson::Lesson;
    use crate::moment::step::{Position, StepKind};
    use crate::moment::time::Time;
    use crate::run::Run;
    use backprop::gradient::Measured;
    use backprop::network::Param;
    use backprop::trace::UpdateOrder;

    #[test]
    fn a_cross_entropy_has_one_minus_sign() {
        let softmax = r#"{"format": "chainrule-lesson", "version": 1, "title": "t", "source": "", "notes": "",
            "notation": "indexed", "loss": "cross_entropy", "optimizer": {"method": "sgd", "learning_rate": 1},
            "network": {"inputs": 1, "layers": [{"activation": "softmax", "weights": [[1], [2]], "biases": null}]},
            "data": {"inputs": [[0]], "targets": [[1, 0]]}}"#;
        let lesson = Lesson::from_json(softmax).unwrap();
        let moment = Run::new(Rc::new(lesson)).unwrap().moment_at(Time::epoch(0)).unwrap();
        let step = moment.plan.find(StepKind::Loss, 0).unwrap();
        let numbers = |terms| {
            let moment = moment.at(Position { step, lines: Lines::All, terms, numbers: 1 });
            let sides = explain(&moment, DETAIL).equations[0].sides(&moment, 5, &Latex);
            sides[2].clone()
        };
        assert_eq!(numbers(1), r"-\left(1 \times \ln\left(0.5\right) + \dots\right)");
        assert_eq!(numbers(2), r"-\left(1 \times \ln\left(0.5\right) + 0 \times \ln\left(0.5\right)\right)");
    }

    const DETAIL: Detail = Detail { digits: 5, max_terms: 12 };

    fn moment(change: impl Fn(&mut Lesson)) -> Moment {
        let mut lesson = Lesson::from_json(include_str!("../../static/lessons/hmkcode.json")).unwrap();
        change(&mut lesson);
        Run::new(Rc::new(lesson)).unwrap().moment_at(Time::epoch(0)).unwrap()
    }

    fn at(moment: &Moment, kind: StepKind) -> Moment {
        let step = moment.plan.find(kind, 0).unwrap();
        moment.at(moment.plan.done(step))
    }

    #[test]
    fn a_derivation_is_written_as_latex() {
        let w5 = Param::Weight { layer: 2, to: 0, from: 0 };
        let moment = at(&moment(|_| ()), StepKind::Gradient(w5));
        let expected = r"\begin{align*}
\frac{\partial E}{\partial w_{5}} &= \frac{\partial E}{\partial \mathrm{out}} \cdot \frac{\partial \mathrm{out}}{\partial w_{5}} \\
  &= \Delta \cdot h_{1} \\
  &= -0.809 \times 0.85 \\
  &= -0.68765
\end{align*}
";
        assert_eq!(explain(&moment, DETAIL).latex(&[], &moment, 5), expected);
    }

    #[test]
    fn a_step_is_spoken() {
        let w5 = Param::Weight { layer: 2, to: 0, from: 0 };
        let moment = at(&moment(|_| ()), StepKind::Gradient(w5));
        assert_eq!(
            explain(&moment, DETAIL).spoken(&moment, 5),
            "Backward, step 2 of 9. How does the error change with w 5? The derivative of E by w 5 is negative 0.68765. \
             In full: the derivative of E by w 5, equals the derivative of E by out, times the derivative of out by w 5, \
             equals delta times h 1, equals negative 0.809 times 0.85, equals negative 0.68765. w 5 carries h 1 into out, \
             which changes 0.85 times as fast as w 5. out is 0.809 too low. Raising w 5 a little lowers E. Check: nudging \
             w 5 by plus or minus 10 to the negative 5 and measuring the slope of E gives negative 0.68765."
        );
    }

    #[test]
    fn a_sum_that_is_not_complete_ends_in_dots() {
        let moment = moment(|_| ()).at(Position { step: 1, lines: Lines::All, terms: 1, numbers: 1 });
        let explanation = explain(&moment, DETAIL);
        let numbers = explanation.equations[0].sides(&moment, 5, &Latex).pop().unwrap();
        assert_eq!(numbers, r"2 \times 0.11 + \dots");
        assert!(explanation.spoken(&moment, 5).contains("So far 0.22, term 1 of 2."));
    }

    #[test]
    fn numbers_that_agree_look_alike() {
        let check = |value, computed| {
            let measured = Measured { value, doubt: 1e-10 };
            let verdict = CheckVerdict::of(measured, computed);
            Check { param: Param::Bias { layer: 1, to: 0 }, nudge: 1e-5, measured, computed, verdict }
        };
        assert_eq!(check(-0.129_825_000_1, -0.129_824_999_7).digits(5), 6);
        assert_eq!(check(-0.129_82, -0.129_82).digits(5), 5);
        assert_eq!(check(-0.2, -0.3).digits(5), 5);
    }

    #[test]
    fn a_check_says_what_was_measured_and_why_it_may_differ() {
        let w1 = Param::Weight { layer: 1, to: 0, from: 0 };
        let said = |moment: &Moment| {
            let explanation = explain(moment, DETAIL);
            explanation.check.unwrap().sentence(moment, explanation.phase, 5)
        };
        let agreeing = at(&moment(|_| ()), StepKind::Gradient(w1));
        assert_eq!(said(&agreeing), "nudging w₁ by ±10⁻⁵ and measuring the slope of E gives −0.22652");
        let other_order = moment(|lesson| lesson.rule.update_order = UpdateOrder::LayerByLayer);
        let differing = at(&other_order, StepKind::Gradient(w1));
        assert!(said(&differing).contains("gives −0.22652. The update order is layer by layer"));
    }
}
