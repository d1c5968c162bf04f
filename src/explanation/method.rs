//! How each optimiser makes its step, written once for one parameter and for the matrices of a layer.

use crate::explanation::formula::Formula;
use crate::lesson::quantity::Quantity;
use backprop::network::Param;
use backprop::optimizer::Optimizer;

/// What a method makes its step of, of each parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// g.
    Gradient,
    /// g².
    SquaredGradient,
    /// m, or v, before this update.
    Old(Moment),
    /// The same after it.
    New(Moment),
    /// The same, corrected for its start at 0.
    Corrected(Moment),
}

/// What a method remembers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// m.
    First,
    /// v.
    Second,
}

/// Parts added up, each times a factor where it has one.
pub type Combination = Vec<(Option<Formula>, Part)>;

/// What η is multiplied by.
#[derive(Clone, Debug, PartialEq)]
pub enum Direction {
    /// Parts added up.
    Combination(Combination),
    /// One part over the root of another, and ε.
    OverRoot(Part, Part),
}

/// The formulas of a method.
#[derive(Clone, Debug, PartialEq)]
pub struct Method {
    /// What is remembered anew.
    pub remembered: Vec<(Moment, Combination)>,
    /// What of it is corrected, and by what it is divided.
    pub corrected: Vec<(Moment, Quantity)>,
    /// The step, but for −η.
    pub direction: Direction,
}

impl Method {
    /// That of `optimizer`.
    pub fn of(optimizer: Optimizer) -> Self {
        use Moment::{First, Second};
        let factor = |quantity: Quantity| Some(Formula::from(quantity));
        let rest = |quantity: Quantity| Some(Formula::Number(1.0).minus(quantity.into()));
        // share · old + (1 − share) · part
        let moving = |moment, share: Quantity, part| {
            (moment, vec![(factor(share), Part::Old(moment)), (rest(share), part)])
        };
        let (remembered, corrected, direction) = match optimizer {
            Optimizer::Sgd { .. } => {
                (Vec::new(), Vec::new(), Direction::Combination(vec![(None, Part::Gradient)]))
            }
            Optimizer::Momentum { .. } => {
                let kept = (factor(Quantity::Momentum), Part::Old(First));
                let direction = Direction::Combination(vec![(None, Part::New(First))]);
                (vec![(First, vec![kept, (None, Part::Gradient)])], Vec::new(), direction)
            }
            Optimizer::Nesterov { .. } => {
                let kept = (factor(Quantity::Momentum), Part::Old(First));
                let ahead = (factor(Quantity::Momentum), Part::New(First));
                let direction = Direction::Combination(vec![(None, Part::Gradient), ahead]);
                (vec![(First, vec![kept, (None, Part::Gradient)])], Vec::new(), direction)
            }
            Optimizer::Rmsprop { .. } => (
                vec![moving(Second, Quantity::Decay, Part::SquaredGradient)],
                Vec::new(),
                Direction::OverRoot(Part::Gradient, Part::New(Second)),
            ),
            Optimizer::Adam { .. } => (
                vec![
                    moving(First, Quantity::Beta1, Part::Gradient),
                    moving(Second, Quantity::Beta2, Part::SquaredGradient),
                ],
                vec![(First, Quantity::BiasCorrection1), (Second, Quantity::BiasCorrection2)],
                Direction::OverRoot(Part::Corrected(First), Part::Corrected(Second)),
            ),
        };
        Self { remembered, corrected, direction }
    }
}

impl Part {
    /// It of one parameter.
    pub fn of(self, param: Param) -> Formula {
        match self {
            Self::SquaredGradient => Formula::from(Quantity::MeanGradient(param)).squared(),
            Self::Gradient => Quantity::MeanGradient(param).into(),
            Self::Old(Moment::First) => Quantity::OldFirstMoment(param).into(),
            Self::Old(Moment::Second) => Quantity::OldSecondMoment(param).into(),
            Self::New(moment) => moment.of(param).into(),
            Self::Corrected(Moment::First) => Quantity::CorrectedFirstMoment(param).into(),
            Self::Corrected(Moment::Second) => Quantity::CorrectedSecondMoment(param).into(),
        }
    }
}

impl Moment {
    /// It of one parameter, after the update.
    pub fn of(self, param: Param) -> Quantity {
        match self {
            Self::First => Quantity::FirstMoment(param),
            Self::Second => Quantity::SecondMoment(param),
        }
    }
}

/// The terms of `combination`, each part written by `write`; one term is no sum.
pub fn combine(combination: Combination, write: impl Fn(Part) -> Formula) -> Formula {
    let mut terms: Vec<Formula> = combination
        .into_iter()
        .map(|(factor, part)| match factor {
            Some(factor) => Formula::Product(vec![factor, write(part)]),
            None => write(part),
        })
        .collect();
    if terms.len() == 1 { terms.remove(0) } else { Formula::Sum(terms) }
}
