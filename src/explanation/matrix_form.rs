//! A phase in matrices and vectors, layer by layer, as lectures write it:
//! z = W a + b, δ = Wᵀ δ ⊙ g′(z), ∂E/∂W = δ aᵀ, W ← W − η ∂E/∂W.
//!
//! So it is made: rows of W are receiving units, columns sending ones; several samples stand side by side in
//! the columns of Δ and A, so that the mean gradient is (1/n) Δ Aᵀ. In the other orientations it is turned
//! ([`Orientation`]).

mod backward;
mod forward;
mod grid;
mod letters;
pub mod orientation;
mod parts;
mod samples;
#[cfg(test)]
mod tests;
mod update;
mod written;

use crate::explanation::formula::delta_sign::{in_sign_of, side_in_sign_of};
use crate::explanation::formula::{Formula, Sign};
use crate::lesson::names::Names;
use crate::lesson::notation::Numbering;
use crate::lesson::quantity::Quantity;
use crate::moment::Moment;
use crate::moment::step::Phase;
use crate::words::matrix_form as words;
use backprop::activation::Activation;
use backprop::network::{Param, UnitId};
use grid::{column, grid, visible};
use letters::Letters;
use orientation::{About, Orientation, product};
use parts::focus;

/// A matrix with more rows or columns is always shortened: a reader cannot follow more.
pub const MAX_CELLS: usize = 8;
/// However little room there is, a matrix has its first, its last and the step's row and column.
pub const MIN_CELLS: usize = 5;

/// How matrices are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Which way they lie.
    pub orientation: Orientation,
    /// The most rows and columns that are written, taken as between [`MIN_CELLS`] and [`MAX_CELLS`].
    pub most: usize,
    /// Whether the δ of a hidden layer is written as what it is made of, and a product of vectors also cell
    /// by cell.
    pub writes_deltas_out: bool,
    /// Whether the mean over several samples is worked out sample by sample.
    pub goes_by_sample: bool,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            orientation: Orientation::default(),
            most: MAX_CELLS,
            writes_deltas_out: false,
            goes_by_sample: false,
        }
    }
}

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
    /// Whether there is a δ in the equations to be written out.
    pub has_deltas: bool,
    /// Whether there is a mean over several samples in them.
    pub has_samples: bool,
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

/// One equation: letters; left = symbols = …; = numbers = … = result.
#[derive(Clone, Debug, PartialEq)]
pub struct MatrixEquation {
    /// With one letter per matrix, where the notation has such letters.
    pub letters: Option<Formula>,
    /// What is computed, in symbols.
    pub left: Formula,
    /// From what, and the same written otherwise, in symbols.
    pub symbols: Vec<Formula>,
    /// The same, to be written with numbers.
    pub numbers: Vec<Formula>,
    /// What comes out, to be written with numbers.
    pub result: Formula,
    /// Whether the shown step computes a number of it.
    pub is_current: bool,
    /// What it is about.
    about: About,
    /// What is computed on the way to its result.
    inner: Vec<Quantity>,
}

impl MatrixEquation {
    fn new(about: About, left: Formula, right: Formula, result: Formula) -> Self {
        let (symbols, numbers) = (vec![right.clone()], vec![right]);
        Self { letters: None, left, symbols, numbers, result, is_current: false, about, inner: Vec::new() }
    }

    fn with_letters(self, letters: Option<Formula>) -> Self {
        Self { letters, ..self }
    }

    /// With `right` as a further side, in symbols and with numbers.
    fn then(mut self, right: &Formula) -> Self {
        self.symbols.push(right.clone());
        self.numbers.push(right.clone());
        self
    }

    /// With the sign that δ has.
    fn in_sign_of(self, names: &Names) -> Self {
        let is_delta = matches!(self.left.quantities()[..], [Quantity::Delta(_), ..]);
        let side = |formula| side_in_sign_of(names, is_delta, formula);
        let all = |sides: Vec<Formula>| sides.into_iter().map(side).collect();
        Self {
            letters: self.letters.map(|letters| in_sign_of(names, letters)),
            symbols: all(self.symbols),
            numbers: all(self.numbers),
            ..self
        }
    }

    fn turned(self, orientation: Orientation) -> Self {
        let one = |side: Formula| orientation.side(self.about, side);
        let all = |sides: Vec<Formula>| sides.into_iter().map(one).collect();
        Self {
            letters: self.letters.map(one),
            left: one(self.left),
            symbols: all(self.symbols),
            numbers: all(self.numbers),
            result: one(self.result),
            ..self
        }
    }

    /// Every quantity that stands in it, each once.
    pub fn quantities(&self) -> Vec<Quantity> {
        let sides = [&self.left].into_iter().chain(&self.symbols).chain(&self.numbers).chain([&self.result]);
        let mut all: Vec<Quantity> = Vec::new();
        for quantity in sides.flat_map(Formula::quantities) {
            if !all.contains(&quantity) {
                all.push(quantity);
            }
        }
        all
    }
}

/// The matrix form of the phase that `moment` shows; before the first step, of the forward phase.
pub fn matrix_form(moment: &Moment, layout: Layout) -> MatrixForm {
    let phase = moment.phase().unwrap_or(Phase::Forward);
    let kind = moment.step().map(|step| step.kind);
    let focus = kind.map(focus).unwrap_or_default();
    let builder = Builder { moment, focus, layout };
    let n_layers = moment.network().n_layers();
    let layers: Vec<usize> = match phase {
        Phase::Forward | Phase::Update => (1..=n_layers).collect(),
        Phase::Loss => vec![n_layers],
        Phase::Backward | Phase::Average => (1..=n_layers).rev().collect(),
    };
    let (results, operands) = kind.map(|kind| builder.parts(kind)).unwrap_or_default();
    let blocks = layers.into_iter().map(|layer| builder.block(phase, layer, &results)).collect();
    let has_deltas = match phase {
        Phase::Forward | Phase::Loss => false,
        Phase::Backward => true,
        Phase::Average => 1 < n_layers,
        Phase::Update => builder.steps_by_gradient(),
    };
    MatrixForm { phase, blocks, results, operands, has_deltas, has_samples: phase == Phase::Average }
}

fn elementwise(parts: Vec<Formula>) -> Formula {
    Formula::Elementwise(parts)
}

/// Lays out one cell per parameter.
type Shape<'a> = &'a dyn Fn(&dyn Fn(Param) -> Formula) -> Formula;

struct Builder<'a> {
    moment: &'a Moment,
    focus: Vec<UnitId>,
    layout: Layout,
}

impl Builder<'_> {
    fn block(&self, phase: Phase, layer: usize, results: &[Quantity]) -> MatrixBlock {
        let n_layers = self.moment.network().n_layers();
        let title = match (phase, n_layers - layer) {
            (Phase::Loss, _) => words::error().to_owned(),
            (_, 0) => words::output_layer().to_owned(),
            (_, _) if n_layers == 2 => words::hidden_layer().to_owned(),
            _ => words::hidden_layer_of(&layer),
        };
        let equations = match phase {
            Phase::Forward => self.forward(layer),
            Phase::Loss => vec![self.loss(layer)],
            Phase::Backward => [vec![self.delta(layer)], self.gradients(layer)].concat(),
            Phase::Average => self.mean_gradients(layer),
            Phase::Update => self.updates(layer),
        };
        let marked = |equation: MatrixEquation| {
            let equation = equation.in_sign_of(&self.moment.names);
            let mut computed = equation.result.quantities().into_iter().chain(equation.inner.iter().copied());
            let is_current = computed.any(|quantity| results.contains(&quantity));
            MatrixEquation { is_current, ..equation.turned(self.layout.orientation) }
        };
        let equations: Vec<MatrixEquation> = equations.into_iter().map(marked).collect();
        let is_current = equations.iter().any(|equation| equation.is_current);
        MatrixBlock { layer, title, equations, is_current }
    }

    fn units(&self, layer: usize) -> Vec<Option<usize>> {
        let focus = self.focus.iter().find(|id| id.layer == layer).map(|id| id.unit);
        visible(self.moment.network().n_units(layer), focus, self.most())
    }

    fn samples(&self) -> Vec<Option<usize>> {
        visible(self.moment.n_samples(), None, self.most())
    }

    fn most(&self) -> usize {
        self.layout.most.clamp(MIN_CELLS, MAX_CELLS)
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

    fn letter_style(&self) -> Option<Letters<'_>> {
        let names = &*self.moment.names;
        let has_letters = names.facts().numbering != Numbering::Running;
        has_letters.then(|| Letters { names, n_layers: self.moment.network().n_layers() })
    }

    fn letters(&self, sides: impl Fn(&Letters) -> (Formula, Formula)) -> Option<Formula> {
        let (left, right) = sides(&self.letter_style()?);
        Some(Formula::Relation(Sign::Equals, vec![left, right]))
    }
}
