//! A phase in matrices and vectors, layer by layer, as lectures write it:
//! z = W a + b, δ = Wᵀ δ ⊙ g′(z), ∂E/∂W = δ aᵀ, W ← W − η ∂E/∂W.
//!
//! Rows of W are receiving units, columns sending ones; several samples stand side by side in the
//! columns of Δ and A, so that the mean gradient is (1/n) Δ Aᵀ.

use crate::activation::Activation;
use crate::formula::Formula;
use crate::lesson::Notation;
use crate::loss::Loss;
use crate::moment::Moment;
use crate::names::Symbol;
use crate::network::Param;
use crate::optimizer::Optimizer;
use crate::quantity::Quantity;
use crate::step::{Phase, StepKind};
use crate::trace::sum_of;

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
    pub blocks: Vec<Block>,
    /// What the shown step computes.
    pub results: Vec<Quantity>,
    /// What the shown step computes it from.
    pub operands: Vec<Quantity>,
}

/// The equations of one layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
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

/// The units (layer, unit) that a step is about.
fn focus(kind: StepKind) -> Vec<(usize, usize)> {
    match kind {
        StepKind::WeightedSum { layer, unit }
        | StepKind::Activation { layer, unit }
        | StepKind::ActivationGradient { layer, unit }
        | StepKind::Delta { layer, unit } => vec![(layer, unit)],
        StepKind::Loss => Vec::new(),
        StepKind::Gradient(param) | StepKind::MeanGradient(param) | StepKind::Update(param) => match param {
            Param::Weight { layer, to, from } => vec![(layer, to), (layer - 1, from)],
            Param::Bias { layer, to } => vec![(layer, to)],
        },
    }
}

/// Which of `n` indices a shortened matrix shows: `None` where some are left out. The index
/// `focus` is always among them.
fn visible(n: usize, focus: Option<usize>, most: usize) -> Vec<Option<usize>> {
    if n <= most {
        return (0..n).map(Some).collect();
    }
    let near = most - 2;
    let mut kept: Vec<usize> = match focus {
        Some(focus) if near <= focus && focus < n - 1 => (0..near - 2).chain([focus]).collect(),
        _ => (0..near).collect(),
    };
    kept.push(n - 1);
    let mut shown = Vec::with_capacity(most);
    let mut next = 0;
    for index in kept {
        if next < index {
            shown.push(None);
        }
        shown.push(Some(index));
        next = index + 1;
    }
    shown
}

/// Cells for each row and column; a single cell stands without brackets.
fn grid(
    rows: &[Option<usize>],
    columns: &[Option<usize>],
    cell: impl Fn(usize, usize) -> Formula,
) -> Formula {
    let at = |row: &Option<usize>, column: &Option<usize>| match (row, column) {
        (Some(row), Some(column)) => cell(*row, *column),
        _ => Formula::Ellipsis,
    };
    match (rows, columns) {
        ([row], [column]) => at(row, column),
        _ => Formula::Matrix(
            rows.iter().map(|row| columns.iter().map(|column| at(row, column)).collect()).collect(),
        ),
    }
}

fn column(rows: &[Option<usize>], cell: impl Fn(usize) -> Formula) -> Formula {
    grid(rows, &[Some(0)], |row, _| cell(row))
}

fn row(columns: &[Option<usize>], cell: impl Fn(usize) -> Formula) -> Formula {
    grid(&[Some(0)], columns, |_, column| cell(column))
}

fn elementwise(parts: Vec<Formula>) -> Formula {
    Formula::Relation("⊙", parts)
}

/// Lays out one cell per parameter.
type Shape<'a> = &'a dyn Fn(&dyn Fn(Param) -> Formula) -> Formula;

struct Builder<'a> {
    moment: &'a Moment,
    focus: Vec<(usize, usize)>,
    most: usize,
}

impl Builder<'_> {
    fn block(&self, phase: Phase, layer: usize, results: &[Quantity]) -> Block {
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
        Block { layer, title, equations, is_current }
    }

    fn units(&self, layer: usize) -> Vec<Option<usize>> {
        let focus = self.focus.iter().find(|(of, _)| *of == layer).map(|(_, unit)| *unit);
        visible(self.moment.network().n_units(layer), focus, self.most)
    }

    fn samples(&self) -> Vec<Option<usize>> {
        visible(self.moment.n_samples(), None, self.most)
    }

    fn is_linear(&self, layer: usize) -> bool {
        self.moment.network().activation(layer) == Activation::Identity
    }

    /// A column of one quantity per unit of a layer.
    fn vector(&self, layer: usize, quantity: impl Fn(usize, usize) -> Quantity) -> Formula {
        column(&self.units(layer), |unit| quantity(layer, unit).into())
    }

    /// The same, to stay symbols on the left of an equation.
    fn names(&self, layer: usize, quantity: impl Fn(usize, usize) -> Quantity) -> Formula {
        column(&self.units(layer), |unit| Formula::Name(quantity(layer, unit)))
    }

    /// A matrix of the shape of a layer's weights.
    fn matrix(&self, layer: usize, cell: impl Fn(Param) -> Formula) -> Formula {
        grid(&self.units(layer), &self.units(layer - 1), |to, from| cell(Param::Weight { layer, to, from }))
    }

    /// A column of the shape of a layer's biases.
    fn bias_vector(&self, layer: usize, cell: impl Fn(Param) -> Formula) -> Formula {
        column(&self.units(layer), |to| cell(Param::Bias { layer, to }))
    }

    fn forward(&self, layer: usize) -> Vec<MatrixEquation> {
        let network = self.moment.network();
        let variable = if self.is_linear(layer) { activation } else { sum };
        let product = Formula::Product(vec![
            self.matrix(layer, |param| Quantity::Param(param).into()),
            self.vector(layer - 1, activation),
        ]);
        let symbols = if network.has_biases(layer) {
            Formula::Sum(vec![product, self.bias_vector(layer, |param| Quantity::Param(param).into())])
        } else {
            product
        };
        let letters = self.letters(|l| {
            let product = Formula::Product(vec![l.w(layer), l.a(layer - 1)]);
            let sums = if network.has_biases(layer) {
                Formula::Sum(vec![product, l.at("b", layer)])
            } else {
                product
            };
            let left = if self.is_linear(layer) { l.a(layer) } else { l.at("z", layer) };
            (left, sums)
        });
        let mut equations = vec![MatrixEquation {
            letters,
            left: self.names(layer, variable),
            symbols,
            between: Vec::new(),
            result: self.vector(layer, variable),
            is_current: false,
        }];
        if !self.is_linear(layer) {
            let g = call_name(network.activation(layer));
            equations.push(MatrixEquation {
                letters: self.letters(|l| (l.a(layer), Formula::Call(g, vec![l.at("z", layer)]))),
                left: self.names(layer, activation),
                symbols: Formula::Call(g, vec![self.vector(layer, sum)]),
                between: Vec::new(),
                result: self.vector(layer, activation),
                is_current: false,
            });
        }
        equations
    }

    fn loss(&self, layer: usize) -> MatrixEquation {
        let units = self.units(layer);
        let a = |unit| Formula::from(Quantity::Activation { layer, unit });
        let y = |unit| Formula::from(Quantity::Target(unit));
        let one = || Formula::Number(1.0);
        let ln = |x| Formula::Call("ln", vec![x]);
        let n = self.moment.network().n_outputs() as f64;
        let mean = |x: Formula| if n > 1.0 { times(one().over(Formula::Number(n)), x) } else { x };
        let gaps = || {
            Formula::Product(vec![row(&units, |k| a(k).minus(y(k))), column(&units, |k| a(k).minus(y(k)))])
        };
        let hits = || Formula::Product(vec![row(&units, y), column(&units, |k| ln(a(k)))]);
        let symbols = match self.moment.lesson.rule.loss {
            Loss::HalfSquaredError => times(one().over(Formula::Number(2.0)), gaps()),
            Loss::MeanSquaredError => mean(gaps()),
            Loss::BinaryCrossEntropy => {
                let misses = Formula::Product(vec![
                    row(&units, |k| one().minus(y(k))),
                    column(&units, |k| ln(one().minus(a(k)))),
                ]);
                Formula::Negative(Box::new(mean(Formula::Sum(vec![hits(), misses]))))
            }
            Loss::CrossEntropy => Formula::Negative(Box::new(hits())),
        };
        MatrixEquation {
            letters: None,
            left: Formula::Name(Quantity::Loss),
            symbols,
            between: Vec::new(),
            result: Quantity::Loss.into(),
            is_current: false,
        }
    }

    /// δ of a layer: from the loss for the last one (BP1), else from the layer behind (BP2).
    fn delta(&self, layer: usize) -> MatrixEquation {
        let network = self.moment.network();
        let units = self.units(layer);
        let slopes = || self.vector(layer, |layer, unit| Quantity::Slope { layer, unit });
        let with_slope = |x: Formula| if self.is_linear(layer) { x } else { elementwise(vec![x, slopes()]) };
        let letter_slope = |l: &Letters, x: Formula| {
            if self.is_linear(layer) { x } else { elementwise(vec![x, l.slope(layer)]) }
        };
        let left = self.names(layer, delta);
        let result = self.vector(layer, delta);
        if layer < network.n_layers() {
            let next = layer + 1;
            let back =
                grid(&units, &self.units(next), |from, to| self.moment.weight_behind(next, to, from).into());
            let upstream = self.vector(layer, |layer, unit| Quantity::ActivationGradient { layer, unit });
            let between = if self.is_linear(layer) { Vec::new() } else { vec![with_slope(upstream)] };
            return MatrixEquation {
                letters: self.letters(|l| {
                    let back = Formula::Product(vec![l.transposed("W", next), l.at("δ", next)]);
                    (l.at("δ", layer), letter_slope(l, back))
                }),
                left,
                symbols: with_slope(Formula::Product(vec![back, self.vector(next, delta)])),
                between,
                result,
                is_current: false,
            };
        }
        let n = network.n_outputs() as f64;
        let loss = self.moment.lesson.rule.loss;
        let factor = match loss {
            Loss::MeanSquaredError => Some((2.0, n)),
            Loss::BinaryCrossEntropy if n > 1.0 => Some((1.0, n)),
            _ => None,
        };
        let factor = factor.map(|(over, under)| match under {
            1.0 => Formula::Number(over),
            _ => Formula::Number(over).over(Formula::Number(under)),
        });
        let scaled = |x: Formula| match &factor {
            Some(factor) => times(factor.clone(), x),
            None => x,
        };
        let mut predictions = self.vector(layer, activation);
        let targets = sum_of(self.moment.shown_target().iter().copied());
        if loss == Loss::CrossEntropy && targets != 1.0 {
            let all = (0..network.n_outputs()).map(|unit| Quantity::Target(unit).into()).collect();
            predictions = Formula::Product(vec![Formula::Sum(all), predictions]);
        }
        let gaps = predictions.minus(column(&units, |unit| Quantity::Target(unit).into()));
        let has_slope = matches!(loss, Loss::HalfSquaredError | Loss::MeanSquaredError);
        MatrixEquation {
            letters: self.letters(|l| {
                let gap = scaled(l.a(layer).minus(l.plain("y")));
                (l.at("δ", layer), if has_slope { letter_slope(l, gap) } else { gap })
            }),
            left,
            symbols: if has_slope { with_slope(scaled(gaps)) } else { scaled(gaps) },
            between: Vec::new(),
            result,
            is_current: false,
        }
    }

    fn learning_biases(&self, layer: usize) -> bool {
        self.moment.lesson.rule.train_biases && self.moment.network().has_biases(layer)
    }

    /// ∂E/∂W = δ aᵀ and ∂E/∂b = δ (BP4, BP3); `of_batch`, their means (1/n) Δ Aᵀ and (1/n) Δ 1.
    fn gradients(&self, layer: usize, of_batch: bool) -> Vec<MatrixEquation> {
        let (units, before, samples) = (self.units(layer), self.units(layer - 1), self.samples());
        let gradient =
            |param| if of_batch { Quantity::MeanGradient(param) } else { Quantity::Gradient(param) };
        let n = self.moment.n_samples() as f64;
        let mean = || Formula::Number(1.0).over(Formula::Number(n));
        let deltas =
            || grid(&units, &samples, |unit, sample| Quantity::SampleDelta { sample, layer, unit }.into());
        let outer = if of_batch {
            let a = grid(&samples, &before, |sample, unit| {
                Quantity::SampleActivation { sample, layer: layer - 1, unit }.into()
            });
            Formula::Product(vec![mean(), deltas(), a])
        } else {
            Formula::Product(vec![self.vector(layer, delta), self.activations_across(layer - 1)])
        };
        let mut equations = vec![MatrixEquation {
            letters: self.letters(|l| {
                let product = if of_batch {
                    Formula::Product(vec![mean(), l.at("Δ", layer), l.transposed("A", layer - 1)])
                } else {
                    Formula::Product(vec![l.at("δ", layer), l.a_transposed(layer - 1)])
                };
                (l.derivative("W", layer), product)
            }),
            left: self.matrix(layer, |param| Formula::Name(gradient(param))),
            symbols: outer,
            between: Vec::new(),
            result: self.matrix(layer, |param| gradient(param).into()),
            is_current: false,
        }];
        if self.learning_biases(layer) {
            let ones = column(&samples, |_| Formula::Number(1.0));
            let symbols = if of_batch {
                Formula::Product(vec![mean(), deltas(), ones])
            } else {
                self.vector(layer, delta)
            };
            equations.push(MatrixEquation {
                letters: self.letters(|l| {
                    let sum = if of_batch {
                        Formula::Product(vec![mean(), l.at("Δ", layer), l.plain("1")])
                    } else {
                        l.at("δ", layer)
                    };
                    (l.derivative("b", layer), sum)
                }),
                left: self.bias_vector(layer, |param| Formula::Name(gradient(param))),
                symbols,
                between: Vec::new(),
                result: self.bias_vector(layer, |param| gradient(param).into()),
                is_current: false,
            });
        }
        equations
    }

    fn activations_across(&self, layer: usize) -> Formula {
        row(&self.units(layer), |unit| Quantity::Activation { layer, unit }.into())
    }

    fn updates(&self, layer: usize) -> Vec<MatrixEquation> {
        let weights = |cell: &dyn Fn(Param) -> Formula| self.matrix(layer, cell);
        let biases = |cell: &dyn Fn(Param) -> Formula| self.bias_vector(layer, cell);
        let mut equations = self.update_of("W", layer, &weights);
        if self.learning_biases(layer) {
            equations.extend(self.update_of("b", layer, &biases));
        }
        equations
    }

    /// The update of a layer's weights or biases; `shaped` lays one cell per parameter out.
    fn update_of(&self, letter: &str, layer: usize, shaped: Shape) -> Vec<MatrixEquation> {
        let all = |quantity: fn(Param) -> Quantity| shaped(&|param| quantity(param).into());
        let names = |quantity: fn(Param) -> Quantity| shaped(&|param| Formula::Name(quantity(param)));
        let constant = |quantity: Quantity| Formula::from(quantity);
        let eta = || constant(Quantity::LearningRate);
        let one_minus = |quantity: Quantity| Formula::Number(1.0).minus(quantity.into());
        let gradients = || all(Quantity::MeanGradient);
        let squares = || shaped(&|param| Formula::from(Quantity::MeanGradient(param)).squared());
        let remember = |moment: fn(Param) -> Quantity, symbols: Vec<Formula>| MatrixEquation {
            letters: None,
            left: names(moment),
            symbols: Formula::Sum(symbols),
            between: Vec::new(),
            result: all(moment),
            is_current: false,
        };
        let optimizer = self.moment.lesson.rule.optimizer;
        let mut equations = match optimizer {
            Optimizer::Sgd { .. } => Vec::new(),
            Optimizer::Momentum { .. } => vec![remember(
                Quantity::FirstMoment,
                vec![times(constant(Quantity::Momentum), all(Quantity::OldFirstMoment)), gradients()],
            )],
            Optimizer::Rmsprop { .. } => vec![remember(
                Quantity::SecondMoment,
                vec![
                    times(constant(Quantity::Decay), all(Quantity::OldSecondMoment)),
                    times(one_minus(Quantity::Decay), squares()),
                ],
            )],
            Optimizer::Adam { .. } => vec![
                remember(
                    Quantity::FirstMoment,
                    vec![
                        times(constant(Quantity::Beta1), all(Quantity::OldFirstMoment)),
                        times(one_minus(Quantity::Beta1), gradients()),
                    ],
                ),
                remember(
                    Quantity::SecondMoment,
                    vec![
                        times(constant(Quantity::Beta2), all(Quantity::OldSecondMoment)),
                        times(one_minus(Quantity::Beta2), squares()),
                    ],
                ),
            ],
        };
        let old = || all(Quantity::Param);
        let symbols = match optimizer {
            Optimizer::Sgd { .. } if 1 < self.moment.n_samples() => old().minus(times(eta(), gradients())),
            Optimizer::Sgd { .. } => {
                let mut factors = vec![eta(), self.vector(layer, delta)];
                if letter == "W" {
                    factors.push(self.activations_across(layer - 1));
                }
                old().minus(Formula::Product(factors))
            }
            Optimizer::Momentum { .. } => old().minus(times(eta(), all(Quantity::FirstMoment))),
            Optimizer::Rmsprop { .. } | Optimizer::Adam { .. } => {
                Formula::Sum(vec![old(), all(Quantity::Step)])
            }
        };
        equations.push(MatrixEquation {
            letters: self.update_letters(letter, layer),
            left: names(Quantity::New),
            symbols,
            between: Vec::new(),
            result: all(Quantity::New),
            is_current: false,
        });
        equations
    }

    fn update_letters(&self, letter: &str, layer: usize) -> Option<Formula> {
        let optimizer = self.moment.lesson.rule.optimizer;
        let l = self.letter_style()?;
        let eta = Formula::Name(Quantity::LearningRate);
        let change = match optimizer {
            Optimizer::Sgd { .. } | Optimizer::Momentum { .. } => {
                let direction = match optimizer {
                    Optimizer::Sgd { .. } => l.derivative(letter, layer),
                    _ => l.plain("M"),
                };
                l.at(letter, layer).minus(times(eta, direction))
            }
            _ => Formula::Sum(vec![l.at(letter, layer), l.plain("step")]),
        };
        Some(Formula::Relation("←", vec![l.at(letter, layer), change]))
    }

    fn letter_style(&self) -> Option<Letters> {
        let is_indexed = self.moment.lesson.notation == Notation::Indexed;
        is_indexed.then(|| Letters { loss: self.moment.names.loss() })
    }

    fn letters(&self, sides: impl Fn(&Letters) -> (Formula, Formula)) -> Option<Formula> {
        let (left, right) = sides(&self.letter_style()?);
        Some(Formula::Relation("=", vec![left, right]))
    }

    /// What a step computes, and from what, among the cells of the matrices.
    fn parts(&self, kind: StepKind) -> (Vec<Quantity>, Vec<Quantity>) {
        let moment = self.moment;
        let network = moment.network();
        let all = |layer: usize, of: fn(usize, usize) -> Quantity| {
            (0..network.n_units(layer)).map(move |unit| of(layer, unit))
        };
        match kind {
            StepKind::WeightedSum { layer, unit } => {
                let weights =
                    (0..network.n_units(layer - 1)).map(|from| Param::Weight { layer, to: unit, from });
                let bias = network.has_biases(layer).then_some(Param::Bias { layer, to: unit });
                let params = weights.chain(bias).map(Quantity::Param);
                let variable = if self.is_linear(layer) { activation } else { sum };
                (vec![variable(layer, unit)], params.chain(all(layer - 1, activation)).collect())
            }
            StepKind::Activation { layer, unit } => {
                let operands = match network.activation(layer) {
                    Activation::Softmax => all(layer, sum).collect(),
                    _ => vec![sum(layer, unit)],
                };
                (vec![activation(layer, unit)], operands)
            }
            StepKind::Loss => {
                let layer = network.n_layers();
                let targets = (0..network.n_outputs()).map(Quantity::Target);
                (vec![Quantity::Loss], all(layer, activation).chain(targets).collect())
            }
            StepKind::ActivationGradient { layer, unit } => {
                let back =
                    (0..network.n_units(layer + 1)).map(|to| moment.weight_behind(layer + 1, to, unit));
                let mut results = vec![Quantity::ActivationGradient { layer, unit }];
                results.extend(self.is_linear(layer).then(|| delta(layer, unit)));
                (results, back.chain(all(layer + 1, delta)).collect())
            }
            StepKind::Delta { layer, unit } => {
                let operands = if layer == network.n_layers() {
                    vec![activation(layer, unit), Quantity::Target(unit), Quantity::Slope { layer, unit }]
                } else {
                    vec![Quantity::ActivationGradient { layer, unit }, Quantity::Slope { layer, unit }]
                };
                (vec![delta(layer, unit)], operands)
            }
            StepKind::Gradient(param) => (vec![Quantity::Gradient(param)], outer_parts(param)),
            StepKind::MeanGradient(param) => {
                let of_sample = |sample: usize| {
                    outer_parts(param).into_iter().map(move |part| match part {
                        Quantity::Delta { layer, unit } => Quantity::SampleDelta { sample, layer, unit },
                        Quantity::Activation { layer, unit } => {
                            Quantity::SampleActivation { sample, layer, unit }
                        }
                        other => other,
                    })
                };
                (vec![Quantity::MeanGradient(param)], (0..moment.n_samples()).flat_map(of_sample).collect())
            }
            StepKind::Update(param) => {
                let mut operands = vec![
                    Quantity::Param(param),
                    Quantity::MeanGradient(param),
                    Quantity::OldFirstMoment(param),
                    Quantity::OldSecondMoment(param),
                    Quantity::Step(param),
                ];
                operands.extend(outer_parts(param));
                let results =
                    vec![Quantity::FirstMoment(param), Quantity::SecondMoment(param), Quantity::New(param)];
                (results, operands)
            }
        }
    }
}

/// The δ and, for a weight, the a whose product is its derivative.
fn outer_parts(param: Param) -> Vec<Quantity> {
    match param {
        Param::Weight { layer, to, from } => vec![delta(layer, to), activation(layer - 1, from)],
        Param::Bias { layer, to } => vec![delta(layer, to)],
    }
}

fn sum(layer: usize, unit: usize) -> Quantity {
    Quantity::Sum { layer, unit }
}

fn activation(layer: usize, unit: usize) -> Quantity {
    Quantity::Activation { layer, unit }
}

fn delta(layer: usize, unit: usize) -> Quantity {
    Quantity::Delta { layer, unit }
}

fn times(factor: Formula, x: Formula) -> Formula {
    match x {
        Formula::Product(factors) => Formula::Product([vec![factor], factors].concat()),
        x => Formula::Product(vec![factor, x]),
    }
}

fn call_name(g: Activation) -> &'static str {
    match g {
        Activation::Identity => "id",
        Activation::Sigmoid => "σ",
        Activation::Tanh => "tanh",
        Activation::Relu => "ReLU",
        Activation::LeakyRelu => "leaky ReLU",
        Activation::Softplus => "softplus",
        Activation::Softmax => "softmax",
    }
}

/// One letter per matrix, with its layer above. Only the indexed notation has room for them: the
/// numbered one calls the learning rate a.
struct Letters {
    loss: &'static str,
}

impl Letters {
    fn plain(&self, base: &str) -> Formula {
        Formula::Letter(Symbol { base: base.to_owned(), ..Symbol::default() })
    }

    fn at(&self, base: &str, layer: usize) -> Formula {
        Formula::Letter(Symbol { base: base.to_owned(), sub: String::new(), sup: format!("({layer})") })
    }

    fn transposed(&self, base: &str, layer: usize) -> Formula {
        Formula::Letter(Symbol { base: base.to_owned(), sub: String::new(), sup: format!("({layer})ᵀ") })
    }

    fn w(&self, layer: usize) -> Formula {
        self.at("W", layer)
    }

    fn a(&self, layer: usize) -> Formula {
        if layer == 0 { self.plain("x") } else { self.at("a", layer) }
    }

    fn a_transposed(&self, layer: usize) -> Formula {
        match layer {
            0 => Formula::Letter(Symbol { base: "x".to_owned(), sub: String::new(), sup: "ᵀ".to_owned() }),
            _ => self.transposed("a", layer),
        }
    }

    fn slope(&self, layer: usize) -> Formula {
        Formula::Call("g′", vec![self.at("z", layer)])
    }

    fn derivative(&self, base: &str, layer: usize) -> Formula {
        self.plain(&format!("∂{}", self.loss)).over(self.at(&format!("∂{base}"), layer))
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::lesson::Lesson;
    use crate::matrix::Matrix;
    use crate::run::{Run, Time};
    use crate::trace::UpdateOrder;

    const LESSONS: [&str; 5] = [
        include_str!("../static/lessons/hmkcode.json"),
        include_str!("../static/lessons/hmkcode-four-points.json"),
        include_str!("../static/lessons/lecture-3-2-1.json"),
        include_str!("../static/lessons/mazur.json"),
        include_str!("../static/lessons/xor.json"),
    ];

    fn lesson(text: &str) -> Lesson {
        Lesson::from_json(text).unwrap()
    }

    fn moments(lesson: Lesson) -> Vec<Moment> {
        let mut run = Run::new(Rc::new(lesson)).unwrap();
        let start = run.moment_at(Time::epoch(1)).unwrap();
        (0..=start.plan.n_steps()).map(|step| start.at(start.plan.done(step))).collect()
    }

    /// The numbers of a formula as a matrix; a number alone is 1 × 1.
    fn value(formula: &Formula, moment: &Moment) -> Matrix {
        let one = |x: f64| Matrix::from_fn(1, 1, |_, _| x);
        let go = |formula: &Formula| value(formula, moment);
        let map = |m: &Matrix, f: &dyn Fn(f64) -> f64| {
            Matrix::from_fn(m.n_rows(), m.n_cols(), |i, j| f(m.at(i, j)))
        };
        let both = |a: &Matrix, b: &Matrix, f: &dyn Fn(f64, f64) -> f64| {
            assert_eq!((a.n_rows(), a.n_cols()), (b.n_rows(), b.n_cols()), "shapes of {formula:?}");
            Matrix::from_fn(a.n_rows(), a.n_cols(), |i, j| f(a.at(i, j), b.at(i, j)))
        };
        match formula {
            Formula::Quantity(q) => one(moment.value(*q).unwrap()),
            Formula::Number(x) => one(*x),
            Formula::Matrix(rows) => {
                Matrix::from_fn(rows.len(), rows[0].len(), |i, j| go(&rows[i][j]).at(0, 0))
            }
            Formula::Sum(parts) => parts.iter().map(go).reduce(|a, b| both(&a, &b, &|a, b| a + b)).unwrap(),
            Formula::Difference(a, b) => both(&go(a), &go(b), &|a, b| a - b),
            Formula::Negative(x) => map(&go(x), &|x| -x),
            Formula::Square(x) => map(&go(x), &|x| x * x),
            Formula::Fraction(a, b) => one(go(a).at(0, 0) / go(b).at(0, 0)),
            Formula::Relation("⊙", parts) => {
                parts.iter().map(go).reduce(|a, b| both(&a, &b, &|a, b| a * b)).unwrap()
            }
            Formula::Product(parts) => parts
                .iter()
                .map(go)
                .reduce(|a, b| {
                    let is_scalar = |m: &Matrix| m.n_rows() == 1 && m.n_cols() == 1;
                    if is_scalar(&a) {
                        return map(&b, &|x| a.at(0, 0) * x);
                    }
                    if is_scalar(&b) {
                        return map(&a, &|x| b.at(0, 0) * x);
                    }
                    assert_eq!(a.n_cols(), b.n_rows(), "shapes of {formula:?}");
                    Matrix::from_fn(a.n_rows(), b.n_cols(), |i, j| {
                        (0..a.n_cols()).map(|k| a.at(i, k) * b.at(k, j)).sum()
                    })
                })
                .unwrap(),
            Formula::Call("ln", x) => map(&go(&x[0]), &libm::log),
            Formula::Call("σ", x) => {
                map(&go(&x[0]), &|z| crate::activation::sigmoid(crate::math::CONSTANTS, z))
            }
            Formula::Call("tanh", x) => map(&go(&x[0]), &libm::tanh),
            Formula::Call("softmax", x) => {
                let z = go(&x[0]);
                let total: f64 = z.numbers().iter().map(|&z| libm::exp(z)).sum();
                map(&z, &|z| libm::exp(z) / total)
            }
            other => panic!("no number for {other:?}"),
        }
    }

    /// Every equation of every phase gives the trace's numbers.
    fn check(lesson: Lesson) {
        let title = lesson.title.clone();
        for moment in moments(lesson) {
            for equation in
                matrix_form(&moment, MAX_CELLS).blocks.into_iter().flat_map(|block| block.equations)
            {
                let expected = value(&equation.result, &moment);
                for side in equation.between.iter().chain([&equation.symbols]) {
                    let numbers = value(side, &moment);
                    assert_eq!(numbers.n_rows(), expected.n_rows(), "{title}: rows of {side:?}");
                    for (ours, theirs) in numbers.numbers().iter().zip(expected.numbers()) {
                        assert!((ours - theirs).abs() < 1e-12, "{title}: {ours} is not {theirs} in {side:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_numbers_are_those_of_the_trace() {
        for text in LESSONS {
            check(lesson(text));
        }
    }

    #[test]
    fn every_optimizer_and_order_gives_the_numbers_of_the_trace() {
        let learning_rate = 0.1;
        for optimizer in [
            Optimizer::Momentum { learning_rate, momentum: 0.9 },
            Optimizer::Rmsprop { learning_rate, decay: 0.9, epsilon: 1e-8 },
            Optimizer::Adam { learning_rate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
        ] {
            for text in [LESSONS[1], LESSONS[2]] {
                let mut lesson = lesson(text);
                lesson.rule.optimizer = optimizer;
                check(lesson);
            }
        }
        for text in [LESSONS[0], LESSONS[3]] {
            let mut lesson = lesson(text);
            lesson.rule.update_order = UpdateOrder::LayerByLayer;
            check(lesson);
        }
        let mut mean_squared = lesson(LESSONS[3]);
        mean_squared.rule.loss = Loss::MeanSquaredError;
        check(mean_squared);
    }

    #[test]
    fn each_step_belongs_to_one_block() {
        for text in LESSONS {
            for moment in moments(lesson(text)) {
                let form = matrix_form(&moment, MAX_CELLS);
                if moment.step().is_none() {
                    assert!(form.results.is_empty() && form.blocks.iter().all(|block| !block.is_current));
                    continue;
                }
                let equations = form.blocks.iter().flat_map(|block| &block.equations);
                let n_current = equations.filter(|equation| equation.is_current).count();
                // An update also computes what the optimiser remembers.
                let fits = if form.phase == Phase::Update { 0 < n_current } else { n_current == 1 };
                assert!(fits, "{n_current} equations of {:?}", form.results);
                assert_eq!(form.blocks.iter().filter(|block| block.is_current).count(), 1);
            }
        }
    }

    #[test]
    fn a_long_matrix_keeps_the_cell_of_the_step() {
        assert_eq!(visible(3, None, 5), [Some(0), Some(1), Some(2)]);
        for most in MIN_CELLS..=MAX_CELLS {
            for n in [9, 10, 40] {
                for focus in 0..n {
                    let shown = visible(n, Some(focus), most);
                    assert!(shown.contains(&Some(focus)) && shown.contains(&Some(n - 1)), "{focus} of {n}");
                    assert!(shown.len() <= most, "{focus} of {n}");
                    assert!(shown.contains(&None));
                }
            }
        }
    }
}
