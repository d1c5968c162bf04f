//! A phase in matrices and vectors, layer by layer, as lectures write it:
//! z = W a + b, δ = Wᵀ δ ⊙ g′(z), ∂E/∂W = δ aᵀ, W ← W − η ∂E/∂W.
//!
//! Rows of W are receiving units, columns sending ones; several samples stand side by side in the
//! columns of Δ and A, so that the mean gradient is (1/n) Δ Aᵀ.

mod backward;
mod forward;
mod grid;
mod letters;
mod parts;
#[cfg(test)]
mod tests;
mod update;

use crate::explanation::formula::{Formula, Sign};
use crate::lesson::Notation;
use crate::lesson::quantity::Quantity;
use crate::moment::Moment;
use crate::moment::step::Phase;
use backprop::activation::Activation;
use backprop::network::{Param, UnitId};
use grid::{column, grid, visible};
use letters::Letters;
use parts::focus;

/// A matrix with more rows or columns is always shortened: a reader cannot follow more.
pub const MAX_CELLS: usize = 8;
/// However little room there is, a matrix has its first, its last and the step's row and column.
pub const MIN_CELLS: usize = 5;

/// A phase in matrix form.
#[derive(Clone, Debug, PartialEq)]
pub struct MatrixForm {
    /// The phase.
    pub phase: Phase,
    /// One block per layer, in the order of the computation.
    pub blocks: Vec<MatrixBlock>,
    /// What the shown step computes.
    pub results: Vec<Quantity>,
    /// What the shown step computes it from.
    pub operands: Vec<Quantity>,
}

/// The equations of one layer.
#[derive(Clone, Debug, PartialEq)]
pub struct MatrixBlock {
    /// The layer, 1…L.
    pub layer: usize,
    /// "Hidden layer 2".
    pub title: String,
    /// The equations.
    pub equations: Vec<MatrixEquation>,
    /// Whether the shown step belongs to this block.
    pub is_current: bool,
}

/// One equation: letters; left = symbols; = numbers = … = result.
#[derive(Clone, Debug, PartialEq)]
pub struct MatrixEquation {
    /// With one letter per matrix, where the notation has such letters.
    pub letters: Option<Formula>,
    /// What is computed, in symbols.
    pub left: Formula,
    /// From what.
    pub symbols: Formula,
    /// The same worked out further, to be written with numbers only; may be empty.
    pub between: Vec<Formula>,
    /// What comes out, to be written with numbers.
    pub result: Formula,
    /// Whether the shown step computes a number of it.
    pub is_current: bool,
}

/// The matrix form of the phase that `moment` shows; before the first step, of the forward phase.
/// Matrices have at most `most` rows and columns, which is taken as between [`MIN_CELLS`] and
/// [`MAX_CELLS`].
pub fn matrix_form(moment: &Moment, most: usize) -> MatrixForm {
    let phase = moment.phase().unwrap_or(Phase::Forward);
    let kind = moment.step().map(|step| step.kind);
    let focus = kind.map(focus).unwrap_or_default();
    let builder = Builder { moment, focus, most: most.clamp(MIN_CELLS, MAX_CELLS) };
    let n_layers = moment.network().n_layers();
    let layers: Vec<usize> = match phase {
        Phase::Forward | Phase::Update => (1..=n_layers).collect(),
        Phase::Loss => vec![n_layers],
        Phase::Backward | Phase::Average => (1..=n_layers).rev().collect(),
    };
    let (results, operands) = kind.map(|kind| builder.parts(kind)).unwrap_or_default();
    let blocks = layers.into_iter().map(|layer| builder.block(phase, layer, &results)).collect();
    MatrixForm { phase, blocks, results, operands }
}

fn elementwise(parts: Vec<Formula>) -> Formula {
    Formula::Elementwise(parts)
}

/// Lays out one cell per parameter.
type Shape<'a> = &'a dyn Fn(&dyn Fn(Param) -> Formula) -> Formula;

struct Builder<'a> {
    moment: &'a Moment,
    focus: Vec<UnitId>,
    most: usize,
}

impl Builder<'_> {
    fn block(&self, phase: Phase, layer: usize, results: &[Quantity]) -> MatrixBlock {
        let n_layers = self.moment.network().n_layers();
        let title = match (phase, n_layers - layer) {
            (Phase::Loss, _) => "Error".to_owned(),
            (_, 0) => "Output layer".to_owned(),
            (_, _) if n_layers == 2 => "Hidden layer".to_owned(),
            _ => format!("Hidden layer {layer}"),
        };
        let mut equations = match phase {
            Phase::Forward => self.forward(layer),
            Phase::Loss => vec![self.loss(layer)],
            Phase::Backward => [vec![self.delta(layer)], self.gradients(layer, false)].concat(),
            Phase::Average => self.gradients(layer, true),
            Phase::Update => self.updates(layer),
        };
        for equation in &mut equations {
            let given = equation.between.iter().chain([&equation.result]).flat_map(Formula::quantities);
            equation.is_current = given.into_iter().any(|quantity| results.contains(&quantity));
        }
        let is_current = equations.iter().any(|equation| equation.is_current);
        MatrixBlock { layer, title, equations, is_current }
    }

    fn units(&self, layer: usize) -> Vec<Option<usize>> {
        let focus = self.focus.iter().find(|id| id.layer == layer).map(|id| id.unit);
        visible(self.moment.network().n_units(layer), focus, self.most)
    }

    fn samples(&self) -> Vec<Option<usize>> {
        visible(self.moment.n_samples(), None, self.most)
    }

    fn is_linear(&self, layer: usize) -> bool {
        self.moment.network().activation(layer) == Activation::Identity
    }

    /// A column of one quantity per unit of a layer.
    fn vector(&self, layer: usize, quantity: impl Fn(UnitId) -> Quantity) -> Formula {
        column(&self.units(layer), |unit| quantity(UnitId { layer, unit }).into())
    }

    /// The same, to stay symbols on the left of an equation.
    fn names(&self, layer: usize, quantity: impl Fn(UnitId) -> Quantity) -> Formula {
        column(&self.units(layer), |unit| Formula::Name(quantity(UnitId { layer, unit })))
    }

    /// A matrix of the shape of a layer's weights.
    fn matrix(&self, layer: usize, cell: impl Fn(Param) -> Formula) -> Formula {
        grid(&self.units(layer), &self.units(layer - 1), |to, from| cell(Param::Weight { layer, to, from }))
    }

    /// A column of the shape of a layer's biases.
    fn bias_vector(&self, layer: usize, cell: impl Fn(Param) -> Formula) -> Formula {
        column(&self.units(layer), |to| cell(Param::Bias { layer, to }))
    }

    fn letter_style(&self) -> Option<Letters> {
        let is_indexed = self.moment.lesson.notation == Notation::Indexed;
        is_indexed.then(|| Letters { loss: self.moment.names.loss() })
    }

    fn letters(&self, sides: impl Fn(&Letters) -> (Formula, Formula)) -> Option<Formula> {
        let (left, right) = sides(&self.letter_style()?);
        Some(Formula::Relation(Sign::Equals, vec![left, right]))
    }
}

fn times(factor: Formula, x: Formula) -> Formula {
    match x {
        Formula::Product(factors) => Formula::Product([vec![factor], factors].concat()),
        x => Formula::Product(vec![factor, x]),
    }
}
