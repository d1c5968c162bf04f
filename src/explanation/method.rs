//! How each optimiser makes its step, written once for one parameter and for the matrices of a layer.

use crate::explanation::formula::{Formula, Function};
use crate::lesson::quantity::Quantity;
use backprop::mistakes::Mistake;
use backprop::network::Param;
use backprop::optimizer::Optimizer;
use backprop::trace::Rule;

/// What a method makes its step of, of each parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MethodPart {
    /// g.
    Gradient,
    /// g².
    SquaredGradient,
    /// m, or v, before this update.
    Old(MomentEstimate),
    /// The same after it.
    New(MomentEstimate),
    /// The same, corrected for its start at 0.
    Corrected(MomentEstimate),
}

/// What a method remembers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MomentEstimate {
    /// m.
    First,
    /// v.
    Second,
}

/// Parts added up, each times a factor where it has one.
pub type Combination = Vec<(Option<Formula>, MethodPart)>;

/// What η is multiplied by.
#[derive(Clone, Debug, PartialEq)]
pub enum Direction {
    /// Parts added up.
    Combination(Combination),
    /// One part over the root of another, and ε.
    OverRoot(MethodPart, MethodPart),
}

/// The formulas of a method.
#[derive(Clone, Debug, PartialEq)]
pub struct Method {
    /// What is remembered anew.
    pub remembered: Vec<(MomentEstimate, Combination)>,
    /// What of it is corrected, and by what it is divided.
    pub corrected: Vec<(MomentEstimate, Quantity)>,
    /// The step, but for −η.
    pub direction: Direction,
}

impl Method {
    /// That of `optimizer`.
    pub fn of(optimizer: Optimizer) -> Self {
        use MomentEstimate::{First, Second};
        let factor = |quantity: Quantity| Some(Formula::from(quantity));
        let rest = |quantity: Quantity| Some(Formula::Number(1.0).minus(quantity.into()));
        // share · old + (1 − share) · part
        let moving = |moment, share: Quantity, part| {
            (moment, vec![(factor(share), MethodPart::Old(moment)), (rest(share), part)])
        };
        let (remembered, corrected, direction) = match optimizer {
            Optimizer::Sgd { .. } => {
                (Vec::new(), Vec::new(), Direction::Combination(vec![(None, MethodPart::Gradient)]))
            }
            Optimizer::Momentum { .. } => {
                let kept = (factor(Quantity::Momentum), MethodPart::Old(First));
                let direction = Direction::Combination(vec![(None, MethodPart::New(First))]);
                (vec![(First, vec![kept, (None, MethodPart::Gradient)])], Vec::new(), direction)
            }
            Optimizer::Nesterov { .. } => {
                let kept = (factor(Quantity::Momentum), MethodPart::Old(First));
                let ahead = (factor(Quantity::Momentum), MethodPart::New(First));
                let direction = Direction::Combination(vec![(None, MethodPart::Gradient), ahead]);
                (vec![(First, vec![kept, (None, MethodPart::Gradient)])], Vec::new(), direction)
            }
            Optimizer::Rmsprop { .. } => (
                vec![moving(Second, Quantity::Decay, MethodPart::SquaredGradient)],
                Vec::new(),
                Direction::OverRoot(MethodPart::Gradient, MethodPart::New(Second)),
            ),
            Optimizer::Adam { .. } => (
                vec![
                    moving(First, Quantity::Beta1, MethodPart::Gradient),
                    moving(Second, Quantity::Beta2, MethodPart::SquaredGradient),
                ],
                vec![(First, Quantity::BiasCorrection1), (Second, Quantity::BiasCorrection2)],
                Direction::OverRoot(MethodPart::Corrected(First), MethodPart::Corrected(Second)),
            ),
        };
        Self { remembered, corrected, direction }
    }
}

impl MethodPart {
    /// It of one parameter.
    pub fn of(self, param: Param) -> Formula {
        match self {
            Self::SquaredGradient => Formula::from(Quantity::MeanGradient(param)).squared(),
            Self::Gradient => Quantity::MeanGradient(param).into(),
            Self::Old(MomentEstimate::First) => Quantity::OldFirstMoment(param).into(),
            Self::Old(MomentEstimate::Second) => Quantity::OldSecondMoment(param).into(),
            Self::New(moment) => moment.of(param).into(),
            Self::Corrected(MomentEstimate::First) => Quantity::CorrectedFirstMoment(param).into(),
            Self::Corrected(MomentEstimate::Second) => Quantity::CorrectedSecondMoment(param).into(),
        }
    }
}

impl MomentEstimate {
    /// It of one parameter, after the update.
    pub fn of(self, param: Param) -> Quantity {
        match self {
            Self::First => Quantity::FirstMoment(param),
            Self::Second => Quantity::SecondMoment(param),
        }
    }
}

/// The terms of `combination`, each part written by `write`; one term is no sum.
pub fn combine(combination: Combination, write: impl Fn(MethodPart) -> Formula) -> Formula {
    let mut terms: Vec<Formula> = combination
        .into_iter()
        .map(|(factor, part)| match factor {
            Some(factor) => Formula::Product(vec![factor, write(part)]),
            None => write(part),
        })
        .collect();
    if terms.len() == 1 { terms.remove(0) } else { Formula::Sum(terms) }
}

/// `weight` − `step`, or what `rule` makes of it on purpose.
pub fn stepped(rule: Rule, weight: Formula, step: Formula) -> Formula {
    let new = match rule.makes(Mistake::SignFlipped) {
        true => Formula::Sum(vec![weight, step]),
        false => weight.minus(step),
    };
    if rule.makes(Mistake::Rounded) { Formula::Call(Function::Round, vec![new]) } else { new }
}
