//! Formulas for notations whose δ is −∂E/∂z. They are made as for ∂E/∂z, and each δ in them then gets its minus,
//! which goes as far out as it can: −δ a for ∂E/∂w, w + η δ a, target − prediction.

use super::Formula;
use crate::lesson::names::Names;
use crate::lesson::notation::DeltaSign;
use crate::lesson::quantity::Quantity;

/// `formula`, made as for δ = ∂E/∂z, of the same value in the notation of `names`; an equation for δ stays one.
pub fn in_sign_of(names: &Names, formula: Formula) -> Formula {
    match names.facts().delta_sign {
        DeltaSign::PredictionMinusTarget => formula,
        DeltaSign::TargetMinusPrediction => Signs { names }.whole(formula),
    }
}

/// The same for what something is equal to, which is δ itself or not.
pub fn side_in_sign_of(names: &Names, is_delta: bool, formula: Formula) -> Formula {
    match names.facts().delta_sign {
        DeltaSign::TargetMinusPrediction if is_delta => Signs { names }.negated(formula),
        _ => in_sign_of(names, formula),
    }
}

/// A formula without the sign that stands before it: whether that is a minus.
type Signed = (Formula, bool);

struct Signs<'a> {
    names: &'a Names,
}

impl Signs<'_> {
    fn whole(&self, formula: Formula) -> Formula {
        match formula {
            Formula::Relation(sign, mut sides) => {
                let is_of_delta = sides.first().is_some_and(|left| self.is_delta(left));
                for (k, side) in sides.iter_mut().enumerate() {
                    let taken = std::mem::replace(side, Formula::Ellipsis);
                    *side = match is_of_delta {
                        true if k == 0 => taken,
                        true => self.negated(taken),
                        false => self.whole(taken),
                    };
                }
                Formula::Relation(sign, sides)
            }
            // Each term has its own: a sum can be followed term by term.
            Formula::Sum(terms) => {
                Formula::Sum(terms.into_iter().map(|term| with_sign(self.signed(term))).collect())
            }
            side => with_sign(self.signed(side)),
        }
    }

    fn negated(&self, formula: Formula) -> Formula {
        let (formula, is_negative) = self.signed(formula);
        if is_negative {
            return formula;
        }
        self.turned(&formula).unwrap_or_else(|| Formula::Negative(Box::new(formula)))
    }

    fn is_delta(&self, formula: &Formula) -> bool {
        match formula {
            Formula::Quantity(Quantity::Delta(_) | Quantity::SampleDelta(..)) => true,
            Formula::Name(Quantity::Delta(_) | Quantity::SampleDelta(..)) => true,
            Formula::Letter(symbol) => {
                let delta = self.names.delta();
                symbol.letter == delta || symbol.letter == delta.to_uppercase()
            }
            Formula::Matrix { rows, .. } => {
                let mut cells = rows.iter().flatten().filter(|cell| **cell != Formula::Ellipsis);
                cells.clone().next().is_some() && cells.all(|cell| self.is_delta(cell))
            }
            _ => false,
        }
    }

    /// −`formula` where a difference to the target can be turned round: y − a.
    fn turned(&self, formula: &Formula) -> Option<Formula> {
        let in_one = |factors: &[Formula]| {
            let mut turned = factors.to_vec();
            let place = turned.iter_mut().find_map(|factor| Some((self.turned(factor)?, factor)));
            place.map(|(new, factor)| *factor = new)?;
            Some(turned)
        };
        Some(match formula {
            Formula::Difference(left, right) if self.is_target(right) => {
                Formula::Difference(right.clone(), left.clone())
            }
            Formula::Product(factors) => Formula::Product(in_one(factors)?),
            Formula::Elementwise(factors) => Formula::Elementwise(in_one(factors)?),
            Formula::Fraction(over, under) => self.turned(over)?.over(Formula::clone(under)),
            Formula::Negative(x) => Formula::clone(x),
            _ => return None,
        })
    }

    fn is_target(&self, formula: &Formula) -> bool {
        match formula {
            Formula::Letter(symbol) => symbol.letter == self.names.general().target,
            other => other.quantities().iter().any(|quantity| matches!(quantity, Quantity::Target(_))),
        }
    }

    fn signed(&self, formula: Formula) -> Signed {
        if self.is_delta(&formula) {
            return (formula, true);
        }
        let boxed = |(x, is_negative): Signed| (Box::new(x), is_negative);
        match formula {
            Formula::Product(factors) => {
                let (factors, is_negative) = self.factors(factors);
                (Formula::Product(factors), is_negative)
            }
            Formula::Elementwise(factors) => {
                let (factors, is_negative) = self.factors(factors);
                (Formula::Elementwise(factors), is_negative)
            }
            Formula::Sum(terms) => {
                let (terms, is_negative) = self.terms(terms);
                (Formula::Sum(terms), is_negative)
            }
            Formula::Matrix { rows, shape } => {
                let n_columns = rows.first().map_or(0, Vec::len).max(1);
                let (cells, is_negative) = self.terms(rows.into_iter().flatten().collect());
                let rows = cells.chunks(n_columns).map(<[Formula]>::to_vec).collect();
                (Formula::Matrix { rows, shape }, is_negative)
            }
            Formula::Difference(left, right) => match (self.signed(*left), self.signed(*right)) {
                ((left, false), (right, false)) => (left.minus(right), false),
                ((left, true), (right, true)) => (left.minus(right), true),
                ((left, is_negative), (right, _)) => (Formula::Sum(vec![left, right]), is_negative),
            },
            Formula::Negative(x) => match self.signed(*x) {
                (x, true) => (x, false),
                (x, false) => (Formula::Negative(Box::new(x)), false),
            },
            Formula::Fraction(over, under) => {
                let ((over, first), (under, second)) = (self.signed(*over), self.signed(*under));
                (over.over(under), first != second)
            }
            Formula::Transposed(x) => {
                let (x, is_negative) = boxed(self.signed(*x));
                (Formula::Transposed(x), is_negative)
            }
            Formula::SumOver { index, range, term } => {
                let (term, is_negative) = boxed(self.signed(*term));
                (Formula::SumOver { index, range, term }, is_negative)
            }
            Formula::Call(function, arguments) => {
                let arguments = arguments.into_iter().map(|argument| self.whole(argument)).collect();
                (Formula::Call(function, arguments), false)
            }
            other => (other, false),
        }
    }

    fn factors(&self, factors: Vec<Formula>) -> (Vec<Formula>, bool) {
        let factors: Vec<Signed> = factors.into_iter().map(|factor| self.signed(factor)).collect();
        let n_minus = factors.iter().filter(|(_, is_negative)| *is_negative).count();
        (factors.into_iter().map(|(factor, _)| factor).collect(), n_minus % 2 == 1)
    }

    /// One minus before all where each has one.
    fn terms(&self, terms: Vec<Formula>) -> (Vec<Formula>, bool) {
        let terms: Vec<Signed> = terms.into_iter().map(|term| self.signed(term)).collect();
        let mut written = terms.iter().filter(|(term, _)| *term != Formula::Ellipsis);
        let have_all = written.clone().next().is_some() && written.all(|(_, is_negative)| *is_negative);
        let one = |(term, is_negative): Signed| if have_all { term } else { with_sign((term, is_negative)) };
        (terms.into_iter().map(one).collect(), have_all)
    }
}

fn with_sign((formula, is_negative): Signed) -> Formula {
    if is_negative { Formula::Negative(Box::new(formula)) } else { formula }
}
