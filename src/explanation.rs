//! What the step card says: the question of a step, its formula in three forms, and why.

pub mod answer;
mod asked;
mod backward;
mod delta;
mod derivation;
pub mod document;
pub mod formula;
mod forward;
pub mod general_form;
pub mod glossary;
pub mod gradient_check;
pub mod matrix_form;
pub mod method;
pub mod modes;
mod number;
pub mod numpy;
mod partial;
pub mod paths;
pub mod prediction;
mod stretch;
pub mod terms;
mod update;
pub mod variants;
mod written;

use crate::explanation::formula::Formula;
use crate::explanation::formula::delta_sign::side_in_sign_of;
use crate::lesson::names::minus;
use crate::lesson::quantity::Quantity;
use crate::moment::Moment;
use crate::moment::descent::Descent;
use crate::moment::step::{Phase, StepKind};
use crate::text::format::FULL_DIGITS;
use crate::words::paragraph;
use crate::words::step::card as words;
pub use asked::{asked_quantity, question};
use backprop::activation::Activation;
use backprop::gradient::{Measured, nudge};
use backprop::mistakes::Mistake;
use backprop::network::{Param, UnitId};
pub use backward::ledger_chain;
pub use derivation::{DerivationLine, LINE_TERMS, NewestLine, derivation, derives, n_lines};
pub use stretch::explain_stretch;

/// The most terms of a sum that stands below a fraction's line.
const MAX_BELOW: usize = 4;

/// One equation in three forms: left = chain = symbols = numbers = result.
#[derive(Clone, Debug, PartialEq)]
pub struct Equation {
    /// What is computed.
    pub left: Formula,
    /// By the chain rule, where it is one.
    pub chain: Option<Formula>,
    /// In the symbols of this network; with its numbers put in, the second form.
    pub symbols: Formula,
    /// What comes out.
    pub result: Quantity,
    /// Set while only some terms of a sum are shown.
    pub partial: Option<PartialSum>,
}

/// A sum of which only the first terms have been added.
#[derive(Clone, Debug, PartialEq)]
pub struct PartialSum {
    /// The terms so far.
    pub terms: Formula,
    /// The one that has been added last.
    pub newest: Formula,
    /// Their total.
    pub total: f64,
    /// Number of terms so far.
    pub n_shown: usize,
    /// Number of all terms.
    pub n_terms: usize,
}

/// The derivative by an independent way.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// The parameter that is moved.
    pub param: Param,
    /// By how much, up and down.
    pub nudge: f64,
    /// The measured derivative.
    pub measured: Measured,
    /// The derivative that the step computed.
    pub computed: f64,
    /// What the one says about the other.
    pub verdict: CheckVerdict,
}

/// How much of a step is said to who listens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Speaking {
    /// Where it is and what it comes to.
    Short,
    /// Also what is asked, the formula, why, and what the check has found.
    #[default]
    Long,
}

impl Speaking {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Long, Self::Short];

    /// What lists show.
    pub fn name(self) -> &'static str {
        match self {
            Self::Long => words::long(),
            Self::Short => words::short(),
        }
    }
}

/// What a measured derivative says about the computed one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckVerdict {
    /// They agree to so many significant digits, as many as can be measured and at most [`SURE_DIGITS`].
    Agrees {
        /// How many.
        digits: u8,
    },
    /// They differ by more than the measurement may be off.
    Differs,
    /// The measurement may be off by as much as there is to measure.
    CannotTell,
}

/// Digits of a measured derivative that are looked at: a few less than a good measurement has.
pub const SURE_DIGITS: u8 = 6;
/// Digits below which a measurement tells too little.
const FEWEST_DIGITS: u8 = 2;

impl CheckVerdict {
    /// What `measured` says about `computed`. All is relative to the larger of the two.
    pub fn of(measured: Measured, computed: f64) -> Self {
        let size = measured.value.abs().max(computed.abs());
        let gap = (measured.value - computed).abs();
        let within = |gap: f64, digits: u8| gap <= size * libm::pow(10.0, -f64::from(digits));
        // Where the measurement can tell nothing, agreement would be chance; 0 and 0 agree.
        if within(gap, SURE_DIGITS) && (size == 0.0 || within(measured.doubt, FEWEST_DIGITS)) {
            return Self::Agrees { digits: SURE_DIGITS };
        }
        if gap.is_nan() || measured.doubt < gap {
            return Self::Differs;
        }
        let digits = (FEWEST_DIGITS..SURE_DIGITS).rev().find(|&digits| within(measured.doubt, digits));
        digits.map_or(Self::CannotTell, |digits| Self::Agrees { digits })
    }
}

/// Everything that the step card says.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The phase; `None` before the first step.
    pub phase: Option<Phase>,
    /// Number of this step in its phase, from 1, and of all steps there.
    pub place: (usize, usize),
    /// While only some lines of its derivation are shown: the last of them.
    pub line: Option<NewestLine>,
    /// Of a step that makes several numbers: which one is explained by itself, from 1, and of how many.
    pub number: Option<(usize, usize)>,
    /// The question that the step answers.
    pub question: String,
    /// The equations; the last one gives the step's number.
    pub equations: Vec<Equation>,
    /// Why, in a sentence or two.
    pub why: String,
    /// The measured derivative, where the step computes one.
    pub check: Option<Check>,
    /// What the update was to do to the loss and what it does, of a step of the update.
    pub effect: Option<String>,
}

/// How much of a long sum is written out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Detail {
    /// Significant digits of the numbers in sentences.
    pub digits: u8,
    /// A sum of more terms is shortened in the middle.
    pub max_terms: usize,
}

/// Explains the step that `moment` shows: all that it makes or, while some is missing, the newest number.
pub fn explain(moment: &Moment, detail: Detail) -> Explanation {
    explain_number(moment, moment.newest_number(), detail)
}

/// Explains the step that `moment` shows or, of the numbers that it makes one after the other, one by itself.
fn explain_number(moment: &Moment, number: Option<usize>, detail: Detail) -> Explanation {
    let explainer = Explainer { moment, detail };
    let Some(step) = moment.step() else {
        return explainer.ready();
    };
    let place = explainer.place();
    let n_numbers = moment.plan.n_numbers(moment.position.step);
    let has_new_weight = number.is_none_or(|number| number + 1 == n_numbers);
    let is_update = matches!(step.kind, StepKind::Update(_));
    let descent = if is_update && has_new_weight { moment.descent() } else { None };
    let StepText { question, mut equations, why } = explainer.text_of(step.kind, number, descent.as_ref());
    let line = derivation::newest_line(moment, detail);
    if let (Some(equation), None) = (equations.last_mut(), &line) {
        equation.partial = explainer.partial_sum(step.kind);
    }
    let check = match step.kind {
        _ if line.is_some() => None,
        StepKind::Gradient(param) => Some(explainer.check(param, false)),
        StepKind::MeanGradient(param) => Some(explainer.check(param, true)),
        _ => None,
    };
    let effect = descent.map(|descent| explainer.effect(&descent));
    Explanation {
        phase: Some(step.phase),
        place,
        line,
        number: number.map(|number| (number + 1, n_numbers)),
        question,
        equations,
        why,
        check,
        effect,
    }
}

/// What the step card says while the network learns by itself: nothing that would have to be computed.
pub fn explain_run(moment: &Moment) -> Explanation {
    Explanation {
        phase: None,
        place: (0, 0),
        line: None,
        number: None,
        question: words::learns(&moment.epoch),
        equations: Vec::new(),
        why: words::stop_it().to_owned(),
        check: None,
        effect: None,
    }
}

struct Explainer<'a> {
    moment: &'a Moment,
    detail: Detail,
}

/// What a step says.
struct StepText {
    question: String,
    equations: Vec<Equation>,
    why: String,
}

impl<'a> Explainer<'a> {
    /// Nothing is shortened.
    fn whole(moment: &'a Moment) -> Self {
        Self { moment, detail: Detail { digits: FULL_DIGITS, max_terms: usize::MAX } }
    }
}

impl Explainer<'_> {
    /// Number of the step in its phase, from 1, and of all steps there.
    fn place(&self) -> (usize, usize) {
        let step = self.moment.position.step;
        let segment = self.moment.plan.segment(step);
        segment.map_or((0, 0), |segment| (step + 1 - segment.first, segment.last + 1 - segment.first))
    }

    /// What a step says or, of the numbers that it makes one after the other, one by itself.
    fn text_of(&self, kind: StepKind, number: Option<usize>, descent: Option<&Descent>) -> StepText {
        match (kind, number) {
            (StepKind::Update(param), Some(number)) => self.update_number(param, number),
            _ => self.step_text(kind, descent),
        }
    }

    fn step_text(&self, kind: StepKind, descent: Option<&Descent>) -> StepText {
        match kind {
            StepKind::WeightedSum(id) => self.weighted_sum(id),
            StepKind::Activation(id) => self.activation(id),
            StepKind::Loss => self.loss(),
            StepKind::ActivationGradient(id) => self.activation_gradient(id),
            StepKind::Delta(id) => self.delta(id),
            StepKind::Gradient(param) => self.gradient(param),
            StepKind::MeanGradient(param) => self.mean_gradient(param),
            StepKind::Update(param) => self.update(param, descent),
        }
    }

    /// The most terms below a fraction's line.
    fn most_below(&self) -> usize {
        if self.detail.max_terms == usize::MAX { usize::MAX } else { MAX_BELOW }
    }

    fn ready(&self) -> Explanation {
        let moment = self.moment;
        let loss = moment.names.loss();
        let (n, number) = (moment.lesson.n_batches(), self.number(Quantity::BatchLoss));
        let is_of_all = n < 2;
        let loss_is = match is_of_all {
            true => words::loss_is(&loss, &number),
            false => words::loss_of_batch_is(&loss, &number),
        };
        let see = || paragraph([&*loss_is, words::step_forward_to_see()]);
        let (question, why) = match (moment.epoch, moment.batch) {
            (0, 0) => (words::ready().to_owned(), words::step_forward().to_owned()),
            (epoch, _) if is_of_all => (words::epoch(&epoch), see()),
            (epoch, batch) => (words::epoch_and_batch(&epoch, &(batch + 1), &n), see()),
        };
        Explanation {
            phase: None,
            place: (0, 0),
            line: None,
            number: None,
            question,
            equations: Vec::new(),
            why,
            check: None,
            effect: None,
        }
    }

    fn name(&self, quantity: Quantity) -> String {
        self.moment.name(quantity)
    }

    fn number(&self, quantity: Quantity) -> String {
        self.moment.text(quantity, self.detail.digits).unwrap_or_else(|| "?".to_owned())
    }

    fn unit_name(&self, id: UnitId) -> String {
        self.moment.names.unit_in_words(id)
    }

    fn unit_at_start(&self, id: UnitId) -> String {
        self.moment.names.unit_at_start(id)
    }

    /// ∂E/∂z of a unit, whatever sign its δ has.
    fn derivative_by_sum(&self, id: UnitId) -> Option<f64> {
        Some(self.moment.names.delta_sign() * self.moment.value(Quantity::Delta(id))?)
    }

    /// The name of ∂E/∂z of a unit: δ, or −δ.
    fn name_of_derivative_by_sum(&self, id: UnitId) -> String {
        let sign = minus(self.moment.names.negates_delta());
        format!("{sign}{}", self.name(Quantity::Delta(id)))
    }

    /// A unit's own variable: its activation where g is the identity, else its weighted sum.
    fn variable(&self, id: UnitId) -> Quantity {
        let layer = id.layer;
        if self.moment.network().activation(layer) == Activation::Identity {
            Quantity::Activation(id)
        } else {
            Quantity::Sum(id)
        }
    }

    fn is_output(&self, layer: usize) -> bool {
        layer == self.moment.network().n_layers()
    }

    fn is_layer_by_layer(&self) -> bool {
        self.moment.plan.is_layer_by_layer()
    }

    /// Whether δ of a unit of `layer` has the factor g′(z).
    fn takes_slope(&self, layer: usize) -> bool {
        let is_linear = self.moment.network().activation(layer) == Activation::Identity;
        is_linear || self.moment.lesson.rule.takes_slope(self.is_output(layer))
    }

    /// Whether ∂E/∂`param` is the derivative that it is taken for: of a sample or, for `of_batch`, of the batch.
    fn is_derivative(&self, param: Param, of_batch: bool) -> bool {
        let (first, last) = (param.layer(), self.moment.network().n_layers());
        let is_added_up = of_batch && self.sums_samples() && 1 < self.moment.n_samples();
        !self.doubles()
            && !is_added_up
            && (first..=last).all(|layer| self.takes_slope(layer))
            && !self.goes_through_new_weights(param)
    }

    /// Whether the way back to `param` leads through weights that are new already.
    fn goes_through_new_weights(&self, param: Param) -> bool {
        self.is_layer_by_layer() && param.layer() < self.moment.network().n_layers()
    }

    /// Whether the slope of the loss is taken twice.
    fn doubles(&self) -> bool {
        self.moment.lesson.rule.doubles()
    }

    /// Whether the samples' derivatives are added up and not averaged.
    fn sums_samples(&self) -> bool {
        self.moment.lesson.rule.makes(Mistake::SumForMean)
    }

    /// What the update makes of the sum over the samples: their mean.
    fn mean(&self, sum: Formula) -> Formula {
        if self.sums_samples() {
            return sum;
        }
        let n = self.moment.n_samples() as f64;
        Formula::Product(vec![Formula::Number(1.0).over(Formula::Number(n)), sum])
    }

    fn equation(
        &self,
        left: impl Into<Formula>,
        chain: Option<Formula>,
        symbols: Formula,
        result: Quantity,
    ) -> Equation {
        let is_delta = matches!(result, Quantity::Delta(_));
        let side = |formula| side_in_sign_of(&self.moment.names, is_delta, formula);
        Equation { left: left.into(), chain: chain.map(side), symbols: side(symbols), result, partial: None }
    }

    /// A sum of `n` terms, shortened in the middle where it is long.
    fn sum(&self, n: usize, term: impl Fn(usize) -> Formula) -> Formula {
        let most = self.detail.max_terms.max(3);
        if n <= most {
            return Formula::Sum((0..n).map(term).collect());
        }
        let mut terms: Vec<Formula> = (0..most - 2).map(&term).collect();
        terms.extend([Formula::Ellipsis, term(n - 1)]);
        Formula::Sum(terms)
    }

    fn check(&self, param: Param, of_batch: bool) -> Check {
        let quantity = if of_batch { Quantity::MeanGradient(param) } else { Quantity::Gradient(param) };
        let computed = self.moment.value(quantity).unwrap_or(f64::NAN);
        let measured = self.moment.measured_derivative(param, of_batch);
        Check {
            param,
            nudge: nudge(self.moment.network().params.at(param)),
            measured,
            computed,
            verdict: CheckVerdict::of(measured, computed),
        }
    }
}
