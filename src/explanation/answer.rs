//! What a typed answer is worth: right within its digits, a usual mistake, near, or none of these.

mod backward;
mod forward;
mod said;
mod typed;
mod update;
mod usual_mistake;

use std::rc::Rc;

use crate::lesson::quantity::Quantity;
use crate::moment::Moment;
use crate::moment::step::StepKind;
use crate::words::answer as words;
use crate::words::paragraph;
use backprop::network::UnitId;
use backprop::trace::PendingUpdate;
use typed::Typed;
pub use usual_mistake::UsualMistake;

/// By which share of itself an answer may miss the number and be near it.
const NEAR: f64 = 0.01;
/// A sum of more terms is not looked at term by term: one of so many would fit anything.
const MOST_TERMS: usize = 20;
/// How many of the mistakes that come to the same are named.
const MOST_NAMED: usize = 2;

/// What a typed answer is worth.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// It is the number, to the digits it was typed with.
    Right,
    /// It is, but with too few digits to tell: fewer than two significant ones, where the number is not
    /// exactly that, or no more than a weight has before its update as well.
    TooShort,
    /// What it equals instead: several where they come to the same here, as twice the number, which is a ½
    /// forgotten or the sum of two samples for their mean.
    Mistakes(Vec<UsualMistake>),
    /// Near it: within one part in a hundred, as by rounding on the way.
    Close,
    /// None of these.
    Wrong,
}

impl Verdict {
    /// Judges `typed` as the number of `asked` at `moment`, whose step makes it.
    ///
    /// # Errors
    /// A sentence if it is no number.
    pub fn of(moment: &Moment, asked: Quantity, typed: &str) -> Result<Self, String> {
        let typed = Typed::read(typed)?;
        let Some(right) = moment.value(asked) else {
            return Ok(Self::Wrong);
        };
        // What is 0 on paper is 0, whatever rounding has left of it here.
        let on_paper = moment.is_zero_on_paper(asked, moment.sample()).then_some(0.0);
        let numbers = || std::iter::once(right).chain(on_paper);
        let mistaken = Question::new(moment, asked).mistaken();
        if numbers().any(|right| typed.tells(right)) {
            // As short as this an answer may be the old weight as well.
            let old = match asked {
                Quantity::New(param) => moment.value(Quantity::Param(param)),
                _ => None,
            };
            let is_old = old.is_some_and(|old| old != right && typed.tells(old));
            // And where it is cut off, just what a mistake comes to.
            let is_mistaken = || mistaken.iter().any(|(_, number)| typed.is_just(*number));
            let is_other = is_old || (!numbers().any(|right| typed.rounds(right)) && is_mistaken());
            return Ok(if is_other && !typed.is_just(right) { Self::TooShort } else { Self::Right });
        }
        if numbers().any(|right| typed.fits(right)) {
            return Ok(Self::TooShort);
        }
        let those = |is_it: &dyn Fn(f64) -> bool| {
            let mut made: Vec<UsualMistake> = Vec::new();
            for (mistake, _) in mistaken.iter().filter(|(_, number)| is_it(*number)) {
                if !made.contains(mistake) {
                    made.push(*mistake);
                }
            }
            made
        };
        // What is just the typed number counts before what rounds to it, and that before what is cut off.
        let ways: [&dyn Fn(f64) -> bool; 3] =
            [&|x| typed.is_just(x), &|x| typed.rounds(x), &|_| typed.is_long()];
        let mut made = ways.into_iter().map(|is_so| those(&|x| typed.tells(x) && is_so(x)));
        let made = made.find(|made| !made.is_empty()).unwrap_or_default();
        Ok(match () {
            () if !made.is_empty() => Self::Mistakes(made),
            () if typed.is_within(NEAR, right) => Self::Close,
            () => Self::Wrong,
        })
    }

    /// What is said of it: a few plain sentences, with the symbols of the lesson. It never contains the
    /// asked number.
    pub fn sentence(&self, moment: &Moment, asked: Quantity) -> String {
        match self {
            Self::Right => words::right().to_owned(),
            Self::TooShort => words::too_short().to_owned(),
            Self::Mistakes(made) => {
                let question = Question::new(moment, asked);
                let said = made.iter().take(MOST_NAMED).map(|mistake| mistake.sentence(&question));
                said.reduce(|one, other| paragraph([&*one, words::comes_out_otherwise(), &other]))
                    .unwrap_or_default()
            }
            Self::Close => words::near().to_owned(),
            Self::Wrong => words::is_not(&moment.name(asked)),
        }
    }
}

/// Mistakes, each with a number that it leads to; NaN where it leads to none.
type Mistaken = Vec<(UsualMistake, f64)>;

/// What is asked, and when.
#[derive(Clone, Copy)]
struct Question<'a> {
    moment: &'a Moment,
    asked: Quantity,
}

impl<'a> Question<'a> {
    fn new(moment: &'a Moment, asked: Quantity) -> Self {
        // A linear unit's δ is its ∂E/∂a, and made as that.
        let asked = match (asked, moment.plan.maker(asked)) {
            (Quantity::Delta(id), Some(StepKind::ActivationGradient(_))) => Quantity::ActivationGradient(id),
            _ => asked,
        };
        Self { moment, asked }
    }

    /// Every usual mistake that can be made here, with its numbers.
    fn mistaken(&self) -> Mistaken {
        let mut all: Mistaken =
            self.mended().map(|number| (UsualMistake::Mended, number)).into_iter().collect();
        all.extend(match self.asked {
            Quantity::Sum(id) => self.weighted_sum(id),
            Quantity::Activation(id) if self.is_sum() => self.weighted_sum(id),
            Quantity::Activation(id) if 0 < id.layer => self.activation(id),
            Quantity::Loss => self.loss(),
            Quantity::ActivationGradient(id) if !self.is_output(id.layer) => self.activation_gradient(id),
            Quantity::Delta(id) => self.delta(id),
            Quantity::Gradient(param) => self.gradient(param),
            Quantity::MeanGradient(param) => self.mean_gradient(param),
            Quantity::New(param) => self.new_param(param),
            Quantity::FirstMoment(param) => self.first_moment(param),
            Quantity::SecondMoment(param) => self.second_moment(param),
            Quantity::CorrectedFirstMoment(param) => self.corrected(param, true),
            Quantity::CorrectedSecondMoment(param) => self.corrected(param, false),
            _ => Mistaken::new(),
        });
        all
    }

    /// The number that it would be if no mistake were made on purpose; `None` where none is.
    fn mended(&self) -> Option<f64> {
        let moment = self.moment;
        let mut lesson = moment.lesson.as_ref().clone();
        lesson.rule.mistakes_made().next()?;
        lesson.rule = lesson.rule.mended();
        let update = PendingUpdate::of(Rc::clone(moment.model()));
        let mended = Moment::new(Rc::new(lesson), moment.epoch, moment.batch, update, None);
        mended.value_of(self.asked, moment.sample())
    }

    /// The number of a quantity of the shown sample; NaN, which nothing fits, where there is none.
    fn value(&self, quantity: Quantity) -> f64 {
        self.moment.value(quantity).unwrap_or(f64::NAN)
    }

    fn name(&self, quantity: Quantity) -> String {
        self.moment.name(quantity)
    }

    /// Whether a weighted sum is asked.
    fn is_sum(&self) -> bool {
        matches!(self.moment.plan.maker(self.asked), Some(StepKind::WeightedSum(_)))
    }

    fn is_output(&self, layer: usize) -> bool {
        layer == self.moment.network().n_layers()
    }

    /// The sums of which one of `n` terms is left out, if there are others and not too many.
    fn without_one(n: usize, sum_but: impl Fn(Option<usize>) -> f64) -> Mistaken {
        let terms = if (2..=MOST_TERMS).contains(&n) { 0..n } else { 0..0 };
        terms.map(|k| (UsualMistake::ForgottenTerm(k), sum_but(Some(k)))).collect()
    }

    /// Units of a layer other than `id`, if they are not too many.
    fn others(&self, id: UnitId) -> impl Iterator<Item = usize> + use<> {
        let n = self.moment.network().n_units(id.layer);
        (0..if n <= MOST_TERMS { n } else { 0 }).filter(move |&unit| unit != id.unit)
    }
}

/// The sum of the terms but for one.
fn sum_but(skipped: Option<usize>, terms: &[f64]) -> f64 {
    terms.iter().enumerate().filter(|(k, _)| Some(*k) != skipped).map(|(_, term)| term).sum()
}
