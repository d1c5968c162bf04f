//! Formulas as trees whose leaves know which quantity they are.
//!
//! One tree gives three notations ([`mathml`], [`latex`], [`speech`]) and, by [`View`], symbols or
//! the numbers put in their place.

pub mod breaking;
pub mod delta_sign;
pub mod latex;
pub mod mathml;
pub mod speech;

use crate::lesson::names::{Symbol, Written};
use crate::lesson::quantity::Quantity;
use crate::moment::{ASKED, Moment};
use crate::text::format;
use backprop::activation::Activation;

/// A formula.
#[derive(Clone, Debug, PartialEq)]
pub enum Formula {
    /// A leaf: its symbol or its number.
    Quantity(Quantity),
    /// A leaf that stays a symbol when numbers are put in, as ∂E/∂w on the left of an equation.
    Name(Quantity),
    /// A letter for a whole vector or matrix, which has no number of its own.
    Letter(Symbol),
    /// A constant such as ½'s 2.
    Number(f64),
    /// A derivative ∂of/∂by between two quantities that has no quantity of its own.
    Partial(Quantity, Quantity),
    /// A derivative ∂of/∂by between two letters. It has no numbers to put in.
    PartialLetters(Symbol, Symbol),
    /// A derivative ∂(formula)/∂by that is still to be worked out. It has no numbers to put in.
    Derivative(Box<Formula>, Quantity),
    /// Terms added from first to last.
    Sum(Vec<Formula>),
    /// Σ of `term` over an index; without `range`, over all that it can be. It has no numbers to put in.
    SumOver {
        /// The index.
        index: Symbol,
        /// Its first and last value.
        range: Option<(usize, usize)>,
        /// What is added, with the index in it.
        term: Box<Formula>,
    },
    /// Factors.
    Product(Vec<Formula>),
    /// left − right.
    Difference(Box<Formula>, Box<Formula>),
    /// −x.
    Negative(Box<Formula>),
    /// over / under.
    Fraction(Box<Formula>, Box<Formula>),
    /// x².
    Square(Box<Formula>),
    /// √x.
    Root(Box<Formula>),
    /// e to the power x.
    Exp(Box<Formula>),
    /// A function of arguments.
    Call(Function, Vec<Formula>),
    /// Rows of cells between brackets.
    Matrix {
        /// The cells, with dots for what is left out.
        rows: Vec<Vec<Formula>>,
        /// How many rows and columns there are, also those left out.
        shape: (usize, usize),
    },
    /// A matrix written as it lies and transposed by the sign ᵀ.
    Transposed(Box<Formula>),
    /// Matrices of one shape, multiplied element by element.
    Elementwise(Vec<Formula>),
    /// Sides joined by [`Sign::Equals`] or [`Sign::Becomes`].
    Relation(Sign, Vec<Formula>),
    /// Left out for length: "…".
    Ellipsis,
    /// The other terms of a sum, put together.
    Rest {
        /// How many.
        n: usize,
        /// What they add up to.
        value: f64,
    },
}

/// What stands between the parts of a formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// +
    Plus,
    /// −
    Minus,
    /// · of a product in symbols.
    Dot,
    /// × of a product in numbers.
    Times,
    /// ⊙
    Elementwise,
    /// =
    Equals,
    /// ←
    Becomes,
    /// , between arguments.
    Comma,
}

impl Sign {
    /// As it is printed.
    pub fn text(self) -> &'static str {
        match self {
            Self::Plus => "+",
            Self::Minus => "−",
            Self::Dot => "·",
            Self::Times => "×",
            Self::Elementwise => "⊙",
            Self::Equals => "=",
            Self::Becomes => "←",
            Self::Comma => ",",
        }
    }
}

/// A function that formulas name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// An activation function, whichever it is, by its letter: g.
    AnyActivation(&'static str),
    /// Its slope, by the letter: g′.
    Slope(&'static str),
    /// An activation function by its name.
    Activation(Activation),
    /// The natural logarithm.
    Ln,
    /// The larger one.
    Max,
    /// The smaller one.
    Min,
    /// Rounded to two digits after the point.
    Round,
}

impl Function {
    /// As it is printed.
    pub fn text(self) -> String {
        let name = match self {
            Self::Slope(letter) => return format!("{letter}′"),
            Self::AnyActivation(letter) => letter,
            Self::Activation(g) => g.facts().symbol,
            Self::Ln => "ln",
            Self::Max => "max",
            Self::Min => "min",
            Self::Round => "round",
        };
        name.to_owned()
    }
}

impl Formula {
    /// left − right.
    pub fn minus(self, right: Self) -> Self {
        Self::Difference(Box::new(self), Box::new(right))
    }

    /// over / under.
    pub fn over(self, under: Self) -> Self {
        Self::Fraction(Box::new(self), Box::new(under))
    }

    /// x².
    pub fn squared(self) -> Self {
        Self::Square(Box::new(self))
    }

    /// The formula with its outermost sum shortened to the first terms and the last one, if it has
    /// more than `most` terms.
    pub fn shortened(&self, most: usize) -> Self {
        match self {
            Self::Sum(terms) if most < terms.len() => {
                let dots = |term: &&Self| **term != Self::Ellipsis;
                let n_last = if terms.last() == Some(&Self::Ellipsis) { 2 } else { 1 };
                let (first, last) = terms.split_at(terms.len() - n_last);
                let first = first.iter().filter(dots).take(most.saturating_sub(n_last + 1).max(1));
                Self::Sum(first.chain([&Self::Ellipsis]).chain(last).cloned().collect())
            }
            Self::Product(factors) => {
                Self::Product(factors.iter().map(|factor| factor.shortened(most)).collect())
            }
            Self::Negative(x) => Self::Negative(Box::new(x.shortened(most))),
            other => other.clone(),
        }
    }

    /// Whether it is a matrix or vector that is written out, or made of such.
    pub fn is_matrix(&self) -> bool {
        match self {
            Self::Matrix { .. } | Self::Transposed(_) => true,
            Self::Sum(parts) | Self::Product(parts) | Self::Elementwise(parts) | Self::Call(_, parts) => {
                parts.iter().any(Self::is_matrix)
            }
            Self::Difference(left, right) => left.is_matrix() || right.is_matrix(),
            Self::Negative(x) => x.is_matrix(),
            _ => false,
        }
    }

    /// Every quantity in the formula, from left to right.
    pub fn quantities(&self) -> Vec<Quantity> {
        match self {
            Self::Quantity(q) | Self::Name(q) => vec![*q],
            Self::Partial(of, by) => vec![*of, *by],
            Self::Derivative(of, by) => [of.quantities(), vec![*by]].concat(),
            Self::Letter(_)
            | Self::PartialLetters(..)
            | Self::Number(_)
            | Self::Ellipsis
            | Self::Rest { .. } => Vec::new(),
            Self::SumOver { term, .. } => term.quantities(),
            Self::Sum(parts)
            | Self::Product(parts)
            | Self::Elementwise(parts)
            | Self::Call(_, parts)
            | Self::Relation(_, parts) => parts.iter().flat_map(Self::quantities).collect(),
            Self::Matrix { rows, .. } => rows.iter().flatten().flat_map(Self::quantities).collect(),
            Self::Difference(left, right) | Self::Fraction(left, right) => {
                [left.quantities(), right.quantities()].concat()
            }
            Self::Negative(x) | Self::Square(x) | Self::Root(x) | Self::Exp(x) | Self::Transposed(x) => {
                x.quantities()
            }
        }
    }
}

impl From<Quantity> for Formula {
    fn from(quantity: Quantity) -> Self {
        Self::Quantity(quantity)
    }
}

/// What stands at the leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// Symbols.
    Symbols,
    /// Numbers, with this many significant digits.
    Numbers(u8),
    /// The same, with "·" for every number that the learner has not seen computed.
    Reached(u8),
}

/// In which direction dots stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dots {
    /// "…"
    Across,
    /// "⋮"
    Down,
    /// "⋱"
    Aslant,
}

/// How a notation writes the parts of a formula. `Out` is a piece of output.
pub trait FormulaWriter {
    /// A piece of output.
    type Out;
    /// A symbol, of `quantity` if the symbol is one.
    fn symbol(&self, symbol: &Symbol, quantity: Option<Quantity>) -> Self::Out;
    /// A formatted number, the number of `quantity` if it is one.
    fn number(&self, text: &str, quantity: Option<Quantity>) -> Self::Out;
    /// ∂of/∂by, which is `quantity` if it is one.
    fn partial(&self, of: Self::Out, by: Self::Out, quantity: Option<Quantity>) -> Self::Out;
    /// g′(z), where g is the letter of the activation function.
    fn slope(&self, function: &'static str, z: Self::Out, quantity: Quantity) -> Self::Out;
    /// Parts joined by a sign.
    fn joined(&self, sign: Sign, parts: Vec<Self::Out>) -> Self::Out;
    /// Σ of `term` over an index, from the first to the last of `range` where that is said.
    fn sum_over(&self, index: Self::Out, range: Option<[Self::Out; 2]>, term: Self::Out) -> Self::Out;
    /// −x.
    fn negative(&self, x: Self::Out) -> Self::Out;
    /// (x).
    fn parenthesised(&self, x: Self::Out) -> Self::Out;
    /// over / under.
    fn fraction(&self, over: Self::Out, under: Self::Out) -> Self::Out;
    /// x to a power: x², βᵗ.
    fn power(&self, x: Self::Out, exponent: &str) -> Self::Out;
    /// √x.
    fn root(&self, x: Self::Out) -> Self::Out;
    /// eˣ.
    fn exp(&self, x: Self::Out) -> Self::Out;
    /// A function of arguments.
    fn call(&self, function: Function, arguments: Vec<Self::Out>) -> Self::Out;
    /// Rows between brackets, and below them how many rows and columns there are.
    fn matrix(&self, rows: Vec<Vec<Self::Out>>, shape: (usize, usize)) -> Self::Out;
    /// xᵀ.
    fn transposed(&self, x: Self::Out) -> Self::Out;
    /// Dots in the place of what is left out.
    fn ellipsis(&self, dots: Dots) -> Self::Out;
}

/// How tightly a formula holds together: a looser one inside a tighter one needs parentheses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Relation,
    Sum,
    Negative,
    Product,
    Atom,
}

/// Writes `formula` at `moment` in one of the notations.
pub fn write<N: FormulaWriter>(formula: &Formula, moment: &Moment, view: View, notation: &N) -> N::Out {
    Writer { moment, view, notation }.write(formula)
}

struct Writer<'a, N> {
    moment: &'a Moment,
    view: View,
    notation: &'a N,
}

impl<N: FormulaWriter> Writer<'_, N> {
    fn write(&self, formula: &Formula) -> N::Out {
        let n = self.notation;
        match formula {
            Formula::Quantity(quantity) => match self.view {
                View::Symbols => self.name(*quantity),
                View::Numbers(_) | View::Reached(_) => n.number(&self.text(*quantity), Some(*quantity)),
            },
            Formula::Name(quantity) => self.name(*quantity),
            Formula::Letter(symbol) => n.symbol(symbol, None),
            Formula::Number(x) => n.number(&format::number(*x, format::FULL_DIGITS), None),
            Formula::Partial(of, by) => n.partial(self.name(*of), self.name(*by), None),
            Formula::Derivative(of, by) => {
                let symbols = Writer { moment: self.moment, view: View::Symbols, notation: n };
                n.partial(symbols.tied(of, Binding::Product, true), self.name(*by), None)
            }
            Formula::PartialLetters(of, by) => n.partial(n.symbol(of, None), n.symbol(by, None), None),
            Formula::SumOver { index, range, term } => {
                let range =
                    range.map(|(first, last)| [first, last].map(|end| n.number(&end.to_string(), None)));
                n.sum_over(n.symbol(index, None), range, self.tied(term, Binding::Product, true))
            }
            Formula::Sum(terms) => n.joined(Sign::Plus, self.within(terms, Binding::Sum)),
            Formula::Product(factors) => self.product(factors, true),
            Formula::Difference(left, right) => {
                let left = self.tied(left, Binding::Sum, true);
                n.joined(Sign::Minus, vec![left, self.tied(right, Binding::Product, false)])
            }
            Formula::Negative(x) => n.negative(self.tied(x, Binding::Product, false)),
            Formula::Fraction(over, under) => n.fraction(self.write(over), self.write(under)),
            Formula::Square(x) => n.power(self.tied(x, Binding::Atom, false), "2"),
            Formula::Root(x) => n.root(self.write(x)),
            Formula::Exp(x) => n.exp(self.write(x)),
            Formula::Call(function, arguments) => {
                n.call(*function, arguments.iter().map(|x| self.write(x)).collect())
            }
            Formula::Matrix { rows, shape } => {
                n.matrix(rows.iter().map(|row| self.matrix_row(row, rows)).collect(), *shape)
            }
            Formula::Transposed(x) => n.transposed(self.tied(x, Binding::Atom, false)),
            Formula::Elementwise(factors) => {
                n.joined(Sign::Elementwise, self.within(factors, Binding::Product))
            }
            Formula::Relation(sign, sides) => {
                n.joined(*sign, sides.iter().map(|side| self.write(side)).collect())
            }
            Formula::Ellipsis => n.ellipsis(Dots::Across),
            Formula::Rest { n: n_terms, value } => match self.view {
                View::Symbols => n.symbol(&Symbol::new(format!("{n_terms} more terms")), None),
                View::Numbers(digits) | View::Reached(digits) => {
                    n.number(&format::number(*value, digits), None)
                }
            },
        }
    }

    /// A row left out of a matrix has dots that stand upright; where a column is left out too, aslant.
    fn matrix_row(&self, row: &[Formula], rows: &[Vec<Formula>]) -> Vec<N::Out> {
        let is_left_out = |row: &[Formula]| row.iter().all(|cell| *cell == Formula::Ellipsis);
        if !is_left_out(row) {
            return row.iter().map(|cell| self.write(cell)).collect();
        }
        let kept = rows.iter().find(|row| !is_left_out(row));
        let dots = |column: usize| match kept.and_then(|row| row.get(column)) {
            Some(Formula::Ellipsis) => Dots::Aslant,
            _ => Dots::Down,
        };
        (0..row.len()).map(|column| self.notation.ellipsis(dots(column))).collect()
    }

    fn name(&self, quantity: Quantity) -> N::Out {
        self.written(&self.moment.names.written(quantity, self.moment.sample()), quantity)
    }

    fn written(&self, written: &Written, quantity: Quantity) -> N::Out {
        let n = self.notation;
        match written {
            Written::Symbol(symbol) => n.symbol(symbol, Some(quantity)),
            Written::Partial { of, by } => {
                let (of_quantity, by_quantity) = quantity.derivative_of().unzip();
                n.partial(n.symbol(of, of_quantity), n.symbol(by, by_quantity), Some(quantity))
            }
            Written::Slope { function, at } => n.slope(function, n.symbol(at, None), quantity),
            Written::Correction(beta) => {
                let power = n.power(n.symbol(beta, Some(quantity)), "t");
                n.joined(Sign::Minus, vec![n.number("1", None), power])
            }
            Written::Scaled { is_negative, factor, rest } => {
                let factor = n.symbol(&Symbol::new(*factor), None);
                let product = n.joined(Sign::Dot, vec![factor, self.written(rest, quantity)]);
                if *is_negative { n.negative(product) } else { product }
            }
        }
    }

    fn text(&self, quantity: Quantity) -> String {
        match self.view {
            View::Reached(_) | View::Numbers(_) if self.moment.is_asked(quantity) => ASKED.to_owned(),
            View::Reached(_) if !self.moment.is_reached(quantity) => "·".to_owned(),
            View::Symbols => String::new(),
            View::Numbers(digits) | View::Reached(digits) => {
                self.moment.text(quantity, digits).unwrap_or_else(|| "?".to_owned())
            }
        }
    }

    /// Factors; where the product itself comes after something, not even the first may start with
    /// a minus sign bare.
    fn product(&self, factors: &[Formula], is_first: bool) -> N::Out {
        // Between matrices "×" would be another product.
        let has_matrix = factors.iter().any(Formula::is_matrix);
        let sign = if self.view == View::Symbols || has_matrix { Sign::Dot } else { Sign::Times };
        let factors = factors.iter().enumerate();
        let parts = factors.map(|(k, factor)| match factor {
            // "A ⊙ B · C" could be read either way.
            Formula::Elementwise(_) => self.notation.parenthesised(self.write(factor)),
            _ => self.tied(factor, Binding::Product, is_first && k == 0),
        });
        self.notation.joined(sign, parts.collect())
    }

    /// The parts of a sum or product: only the first may start with a minus sign bare.
    fn within(&self, parts: &[Formula], binding: Binding) -> Vec<N::Out> {
        parts.iter().enumerate().map(|(k, part)| self.tied(part, binding, k == 0)).collect()
    }

    fn tied(&self, formula: &Formula, binding: Binding, is_first: bool) -> N::Out {
        let own = self.binding(formula);
        if let (Formula::Product(factors), Binding::Negative, false) = (formula, own, is_first)
            && 1 < factors.len()
            && binding <= Binding::Product
        {
            return self.product(factors, false);
        }
        let fits = match own {
            Binding::Negative => is_first && binding < Binding::Atom,
            _ => binding <= own,
        };
        let written = self.write(formula);
        if fits { written } else { self.notation.parenthesised(written) }
    }

    fn binding_of_name(&self, quantity: Quantity) -> Binding {
        match self.moment.names.written(quantity, self.moment.sample()) {
            Written::Symbol(_) | Written::Slope { .. } => Binding::Atom,
            Written::Partial { .. } => Binding::Product,
            Written::Correction(_) => Binding::Sum,
            Written::Scaled { is_negative: true, .. } => Binding::Negative,
            Written::Scaled { .. } => Binding::Product,
        }
    }

    fn binding(&self, formula: &Formula) -> Binding {
        match formula {
            Formula::Quantity(quantity) => match self.view {
                View::Symbols => self.binding_of_name(*quantity),
                View::Numbers(_) | View::Reached(_) => match self.text(*quantity) {
                    text if text.starts_with('−') => Binding::Negative,
                    text if text.contains('×') => Binding::Product,
                    _ => Binding::Atom,
                },
            },
            Formula::Name(quantity) => self.binding_of_name(*quantity),
            Formula::Partial(..)
            | Formula::PartialLetters(..)
            | Formula::Derivative(..)
            | Formula::Fraction(..)
            | Formula::SumOver { .. } => Binding::Product,
            Formula::Number(x) | Formula::Rest { value: x, .. } if *x < 0.0 => Binding::Negative,
            Formula::Elementwise(_) => Binding::Product,
            Formula::Relation(..) => Binding::Relation,
            Formula::Sum(parts) if parts.len() == 1 => self.binding(&parts[0]),
            Formula::Product(parts) if parts.len() == 1 => self.binding(&parts[0]),
            Formula::Sum(_) | Formula::Difference(..) => Binding::Sum,
            Formula::Negative(_) => Binding::Negative,
            // A product in numbers that starts with a minus sign cannot follow a plus.
            Formula::Product(parts) => match parts.first().map(|first| self.binding(first)) {
                Some(Binding::Negative) => Binding::Negative,
                _ => Binding::Product,
            },
            _ => Binding::Atom,
        }
    }
}
