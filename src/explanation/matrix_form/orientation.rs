//! Which way matrices lie. Every equation is made as for rows that receive, and turned as a whole.

use crate::explanation::formula::Formula;
use crate::lesson::notation::MatrixRows;
use crate::words::matrix_form as words;

/// Which way matrices lie: what stands in a row of W.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Orientation {
    /// z = W a + b: a row of W for each receiving unit; z, a and b are columns (Nielsen, ch. 2).
    #[default]
    RowsReceive,
    /// z = Wᵀ a + b: a row of W for each sending unit; z, a and b are columns (Goodfellow et al., ch. 6;
    /// the lecture's weights).
    RowsSend,
    /// z = a W + b: a row of W for each sending unit; z, a and b are rows, and so is a sample (NumPy, PyTorch).
    RowVectors,
}

/// What an equation is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// The loss, which is a number.
    Loss,
    /// Vectors with one entry per unit: z, a, δ, b.
    Units,
    /// Matrices of the shape of W.
    Weights,
}

/// What becomes of an equation that is made as for rows that receive.
struct Turn {
    /// Whether each side is transposed: matrices, and the order of their products.
    transposes: bool,
    /// The letters that get the sign ᵀ, or lose it.
    marked: Marked,
}

impl Orientation {
    /// All of them, the usual one first.
    pub const ALL: &'static [Self] = &[Self::RowsReceive, Self::RowsSend, Self::RowVectors];

    /// That of a notation's source.
    pub fn of(rows: MatrixRows) -> Self {
        match rows {
            MatrixRows::Receive => Self::RowsReceive,
            MatrixRows::Send => Self::RowsSend,
        }
    }

    /// The word that is kept for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::RowsReceive => "rows-receive",
            Self::RowsSend => "rows-send",
            Self::RowVectors => "row-vectors",
        }
    }

    /// What lists show.
    pub fn name(self) -> &'static str {
        match self {
            Self::RowsReceive => words::rows_receive(),
            Self::RowsSend => words::rows_send(),
            Self::RowVectors => words::row_vectors(),
        }
    }

    /// W as the factor of a, given as for rows that receive.
    pub(super) fn factor(self, weights: Formula) -> Formula {
        match (self, weights) {
            (Self::RowsSend, matrix @ Formula::Matrix { .. }) => {
                Formula::Transposed(Box::new(TRANSPOSED.side(matrix)))
            }
            (_, weights) => weights,
        }
    }

    /// A side of an equation, given as for rows that receive.
    pub(super) fn side(self, about: About, side: Formula) -> Formula {
        match self.turn(about) {
            Some(turn) => turn.side(side),
            None => side,
        }
    }

    fn turn(self, about: About) -> Option<Turn> {
        match (self, about) {
            (Self::RowsReceive, _) | (_, About::Loss) => None,
            (Self::RowsSend, About::Units) => Some(Turn { transposes: false, marked: Marked::Only(&["W"]) }),
            // Those of vectors: a and δ, whatever they are called.
            (Self::RowsSend, About::Weights) => {
                Some(Turn { transposes: true, marked: Marked::AllBut(&["W", "M", "V", "step"]) })
            }
            // Every letter is what was its transpose, but the ones that add up.
            (Self::RowVectors, _) => Some(Turn { marked: Marked::Only(&["1"]), ..TRANSPOSED }),
        }
    }
}

/// Letters.
#[derive(Clone, Copy)]
enum Marked {
    Only(&'static [&'static str]),
    AllBut(&'static [&'static str]),
}

impl Marked {
    fn has(self, letter: &str) -> bool {
        match self {
            Self::Only(letters) => letters.contains(&letter),
            Self::AllBut(letters) => !letters.contains(&letter),
        }
    }
}

const TRANSPOSED: Turn = Turn { transposes: true, marked: Marked::Only(&[]) };

impl Turn {
    fn side(&self, side: Formula) -> Formula {
        let one = |x: Box<Formula>| Box::new(self.side(*x));
        let all = |parts: Vec<Formula>| parts.into_iter().map(|part| self.side(part)).collect();
        match side {
            Formula::Matrix { rows, shape: (n_rows, n_columns) } if self.transposes => {
                Formula::Matrix { rows: columns(rows), shape: (n_columns, n_rows) }
            }
            Formula::Letter(mut symbol) => {
                symbol.is_transposed ^= self.marked.has(&symbol.letter);
                Formula::Letter(symbol)
            }
            Formula::Product(factors) if self.transposes => {
                let (mut factors, matrices): (Vec<_>, Vec<_>) = factors.into_iter().partition(is_scalar);
                factors.extend(matrices.into_iter().rev().map(|matrix| self.side(matrix)));
                Formula::Product(factors)
            }
            Formula::Product(factors) => Formula::Product(all(factors)),
            Formula::Sum(terms) => Formula::Sum(all(terms)),
            Formula::Elementwise(factors) => Formula::Elementwise(all(factors)),
            Formula::Call(function, arguments) => Formula::Call(function, all(arguments)),
            Formula::Relation(sign, sides) => Formula::Relation(sign, all(sides)),
            Formula::Difference(left, right) => Formula::Difference(one(left), one(right)),
            Formula::Negative(x) => Formula::Negative(one(x)),
            other => other,
        }
    }
}

/// Whether a formula is one number, no vector or matrix.
fn is_scalar(formula: &Formula) -> bool {
    match formula {
        Formula::Letter(_) | Formula::Matrix { .. } | Formula::Transposed(_) => false,
        Formula::Sum(parts)
        | Formula::Product(parts)
        | Formula::Elementwise(parts)
        | Formula::Call(_, parts) => parts.iter().all(is_scalar),
        Formula::Difference(left, right) => is_scalar(left) && is_scalar(right),
        Formula::Negative(x) => is_scalar(x),
        _ => true,
    }
}

/// A product with its numbers before its matrices.
pub fn product(factors: Vec<Formula>) -> Formula {
    let flat = factors.into_iter().flat_map(|factor| match factor {
        Formula::Product(factors) => factors,
        factor => vec![factor],
    });
    let (mut factors, matrices): (Vec<_>, Vec<_>) = flat.partition(is_scalar);
    factors.extend(matrices);
    if factors.len() == 1 { factors.remove(0) } else { Formula::Product(factors) }
}

fn columns(rows: Vec<Vec<Formula>>) -> Vec<Vec<Formula>> {
    let n_columns = rows.first().map_or(0, Vec::len);
    let mut columns: Vec<Vec<Formula>> = vec![Vec::with_capacity(rows.len()); n_columns];
    for row in rows {
        for (column, cell) in columns.iter_mut().zip(row) {
            column.push(cell);
        }
    }
    columns
}
