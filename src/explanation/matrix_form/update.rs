//! W ← W − η ∂E/∂W, by each optimiser.

use super::backward::Of;
use super::letters::Letters;
use super::{About, Builder, MatrixEquation, Shape, product};
use crate::explanation::formula::{Formula, Sign};
use crate::explanation::method::{
    Combination, Direction, Method, MethodPart, MomentEstimate, combine, stepped,
};
use crate::lesson::quantity::Quantity;
use backprop::network::Param;

impl Builder<'_> {
    pub(super) fn updates(&self, layer: usize) -> Vec<MatrixEquation> {
        let weights = |cell: &dyn Fn(Param) -> Formula| self.matrix(layer, cell);
        let biases = |cell: &dyn Fn(Param) -> Formula| self.bias_vector(layer, cell);
        let mut equations = self.remember(About::Weights, &weights);
        equations.push(self.update_weights(layer).with_letters(self.update_letters(|_| "W", layer)));
        if self.learning_biases(layer) {
            equations.extend(self.remember(About::Units, &biases));
            let step = self.step_by_deltas(vec![self.deltas(layer, Of::ShownSample)]);
            let equation = self.update_of(About::Units, &biases, step);
            let equation = self.with_mean(equation, &biases, || self.mean_of_biases(layer));
            equations.push(equation.with_letters(self.update_letters(|l| l.bias(), layer)));
        }
        equations
    }

    /// Whether a step is η ∂E/∂W, which is made of Δ.
    pub(super) fn steps_by_gradient(&self) -> bool {
        match Method::of(self.moment.lesson.rule.optimizer).direction {
            Direction::Combination(parts) => matches!(parts[..], [(None, MethodPart::Gradient)]),
            Direction::OverRoot(..) => false,
        }
    }

    /// Whether a step is η δ aᵀ, and its δ stands in the equation.
    fn steps_by_deltas(&self) -> bool {
        self.steps_by_gradient() && self.moment.n_samples() == 1
    }

    /// `equation` with the mean over several samples written out as what it is made of, where that is asked for.
    fn with_mean(
        &self,
        equation: MatrixEquation,
        shaped: Shape,
        mean: impl Fn() -> Formula,
    ) -> MatrixEquation {
        if !self.layout.writes_deltas_out || !self.steps_by_gradient() || self.steps_by_deltas() {
            return equation;
        }
        let step = product(vec![Quantity::LearningRate.into(), mean()]);
        let old = shaped(&|param| Quantity::Param(param).into());
        equation.then(&stepped(self.moment.lesson.rule, old, step))
    }

    /// η times `factors`, where a step is that.
    fn step_by_deltas(&self, factors: Vec<Formula>) -> Option<Formula> {
        let eta = Formula::from(Quantity::LearningRate);
        self.steps_by_deltas().then(|| product([vec![eta], factors].concat()))
    }

    fn update_weights(&self, layer: usize) -> MatrixEquation {
        let weights = |cell: &dyn Fn(Param) -> Formula| self.matrix(layer, cell);
        let factors = vec![self.deltas(layer, Of::ShownSample), self.activations_across(layer - 1)];
        let step = self.step_by_deltas(factors);
        let is_by_deltas = step.is_some();
        let mut equation = self.update_of(About::Weights, &weights, step);
        if let (true, Some(cells)) =
            (is_by_deltas, self.cell_by_cell(layer, &[Quantity::LearningRate.into()]))
        {
            let (rule, old) = (self.moment.lesson.rule, || weights(&|param| Quantity::Param(param).into()));
            let steps = weights(&|param| Quantity::ScaledGradient(param).into());
            equation.symbols.push(stepped(rule, old(), cells));
            equation.numbers.push(stepped(rule, old(), steps));
        }
        self.with_mean(equation, &weights, || self.mean_of_weights(layer))
    }

    /// What the optimiser remembers anew of a layer's weights or biases; `shaped` lays one cell per parameter out.
    fn remember(&self, about: About, shaped: Shape) -> Vec<MatrixEquation> {
        let Method { remembered, .. } = Method::of(self.moment.lesson.rule.optimizer);
        let equation = |(moment, parts): (MomentEstimate, Combination)| {
            let left = shaped(&|param| Formula::Name(moment.of(param)));
            let right = combine(parts, |part| shaped(&|param| part.of(param)));
            MatrixEquation::new(about, left, right, shaped(&|param| moment.of(param).into()))
        };
        remembered.into_iter().map(equation).collect()
    }

    /// The update of a layer's weights or biases by `step`, or by what the method makes its step of.
    fn update_of(&self, about: About, shaped: Shape, step: Option<Formula>) -> MatrixEquation {
        let all = |quantity: fn(Param) -> Quantity| shaped(&|param| quantity(param).into());
        let rule = self.moment.lesson.rule;
        let old = all(Quantity::Param);
        let right = match (step, Method::of(rule.optimizer).direction) {
            (Some(step), _) => stepped(rule, old, step),
            (None, Direction::Combination(parts)) => {
                let direction = combine(parts, |part| shaped(&|param| part.of(param)));
                stepped(rule, old, product(vec![Quantity::LearningRate.into(), direction]))
            }
            // Matrices are not divided.
            (None, Direction::OverRoot(..)) => Formula::Sum(vec![old, all(Quantity::Step)]),
        };
        let left = shaped(&|param| Formula::Name(Quantity::New(param)));
        MatrixEquation::new(about, left, right, all(Quantity::New))
    }

    pub(super) fn update_letters(
        &self,
        letter: impl Fn(&Letters) -> &'static str,
        layer: usize,
    ) -> Option<Formula> {
        let l = self.letter_style()?;
        let letter = letter(&l);
        let eta = Formula::Name(Quantity::LearningRate);
        let write = |part: MethodPart| match part {
            MethodPart::Gradient | MethodPart::SquaredGradient => l.derivative(letter, layer),
            MethodPart::Old(moment) | MethodPart::New(moment) | MethodPart::Corrected(moment) => match moment
            {
                MomentEstimate::First => l.plain("M"),
                MomentEstimate::Second => l.plain("V"),
            },
        };
        let change = match Method::of(self.moment.lesson.rule.optimizer).direction {
            Direction::Combination(parts) => stepped(
                self.moment.lesson.rule,
                l.at(letter, layer),
                product(vec![eta, combine(parts, write)]),
            ),
            Direction::OverRoot(..) => Formula::Sum(vec![l.at(letter, layer), l.plain("step")]),
        };
        Some(Formula::Relation(Sign::Becomes, vec![l.at(letter, layer), change]))
    }
}
