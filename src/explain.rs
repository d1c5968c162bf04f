//! What the step card says: the question of a step, its formula in three forms, and why.

pub mod terms;
mod written;

use crate::activation::{Activation, LEAK};
use crate::format;
use crate::formula::Formula;
use crate::gradient::nudge;
use crate::loss::Loss;
use crate::moment::Moment;
use crate::network::Param;
use crate::optimizer::Optimizer;
use crate::quantity::Quantity;
use crate::step::{Phase, StepKind};
use crate::trace::sum_of;

/// The most terms of a sum that stands below a fraction's line.
const MAX_BELOW: usize = 4;

/// One equation in three forms: left = chain = symbols = numbers = result.
#[derive(Clone, Debug, PartialEq)]
pub struct Equation {
    /// What is computed.
    pub left: Formula,
    /// By the chain rule, where it is one.
    pub chain: Option<Formula>,
    /// In the symbols of this network; with its numbers put in, the second form.
    pub symbols: Formula,
    /// What comes out.
    pub result: Quantity,
    /// Set while only some terms of a sum are shown.
    pub partial: Option<PartialSum>,
}

/// A sum of which only the first terms have been added.
#[derive(Clone, Debug, PartialEq)]
pub struct PartialSum {
    /// The terms so far.
    pub terms: Formula,
    /// Their total.
    pub total: f64,
    /// Number of terms so far.
    pub n_shown: usize,
    /// Number of all terms.
    pub n_terms: usize,
}

/// The derivative by an independent way.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// The parameter that is moved.
    pub param: Param,
    /// By how much, up and down.
    pub nudge: f64,
    /// The measured derivative.
    pub measured: f64,
    /// The derivative that the step computed.
    pub computed: f64,
    /// Whether it agrees with the computed one to six digits.
    pub agrees: bool,
}

/// Everything that the step card says.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The phase; `None` before the first step.
    pub phase: Option<Phase>,
    /// Number of this step in its phase, from 1, and of all steps there.
    pub place: (usize, usize),
    /// The question that the step answers.
    pub question: String,
    /// The equations; the last one gives the step's number.
    pub equations: Vec<Equation>,
    /// Why, in a sentence or two.
    pub why: String,
    /// The measured derivative, where the step computes one.
    pub check: Option<Check>,
}

/// How much of a long sum is written out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Detail {
    /// Significant digits of the numbers in sentences.
    pub digits: u8,
    /// A sum of more terms is shortened in the middle.
    pub max_terms: usize,
}

/// Explains the step that `moment` shows.
pub fn explain(moment: &Moment, detail: Detail) -> Explanation {
    let explainer = Explainer { moment, detail };
    let Some(step) = moment.step() else {
        return explainer.ready();
    };
    let place = moment.plan.segment(moment.position.step).map_or((0, 0), |segment| {
        (moment.position.step + 1 - segment.first, segment.last + 1 - segment.first)
    });
    let (question, mut equations, why) = match step.kind {
        StepKind::WeightedSum { layer, unit } => explainer.weighted_sum(layer, unit),
        StepKind::Activation { layer, unit } => explainer.activation(layer, unit),
        StepKind::Loss => explainer.loss(),
        StepKind::ActivationGradient { layer, unit } => explainer.activation_gradient(layer, unit),
        StepKind::Delta { layer, unit } => explainer.delta(layer, unit),
        StepKind::Gradient(param) => explainer.gradient(param),
        StepKind::MeanGradient(param) => explainer.mean_gradient(param),
        StepKind::Update(param) => explainer.update(param),
    };
    if let Some(equation) = equations.last_mut() {
        equation.partial = explainer.partial_sum(step.kind);
    }
    let check = match step.kind {
        StepKind::Gradient(param) => Some(explainer.check(param, false)),
        StepKind::MeanGradient(param) => Some(explainer.check(param, true)),
        _ => None,
    };
    Explanation { phase: Some(step.phase), place, question, equations, why, check }
}

/// The chain of factors of ∂E/∂w as the ledger writes it, from the front: i₁ · w₅ · Δ.
pub fn ledger_chain(moment: &Moment, param: Param) -> Formula {
    let mut factors = gradient_factors(moment, param);
    factors.reverse();
    Formula::Product(factors)
}

/// The factors of ∂E/∂w from the back: δ, the weights in between, and the activation that the
/// weight carries (none for a bias).
fn gradient_factors(moment: &Moment, param: Param) -> Vec<Formula> {
    let mut factors: Vec<Formula> =
        delta_path(moment, param.layer(), param.to()).into_iter().map(Formula::from).collect();
    if let Param::Weight { layer, from, .. } = param {
        factors.push(Quantity::Activation { layer: layer - 1, unit: from }.into());
    }
    factors
}

/// δ of a unit written out as far as it is a plain product: through linear units whose next layer
/// has one unit only. From the back: δ, then the weights on the way to the unit.
fn delta_path(moment: &Moment, layer: usize, unit: usize) -> Vec<Quantity> {
    let network = moment.network();
    let is_plain = layer < network.n_layers()
        && network.activation(layer) == Activation::Identity
        && network.n_units(layer + 1) == 1;
    if !is_plain {
        return vec![Quantity::Delta { layer, unit }];
    }
    let mut path = delta_path(moment, layer + 1, 0);
    path.push(moment.weight_behind(layer + 1, 0, unit));
    path
}

/// What the step card says while the network learns by itself: nothing that would have to be computed.
pub fn explain_run(moment: &Moment) -> Explanation {
    Explanation {
        phase: None,
        place: (0, 0),
        question: format!("Epoch {}: the network learns", moment.epoch),
        equations: Vec::new(),
        why: "Stop it to follow the next update number by number.".to_owned(),
        check: None,
    }
}

struct Explainer<'a> {
    moment: &'a Moment,
    detail: Detail,
}

type Said = (String, Vec<Equation>, String);

impl Explainer<'_> {
    /// The most terms below a fraction's line.
    fn most_below(&self) -> usize {
        if self.detail.max_terms == usize::MAX { usize::MAX } else { MAX_BELOW }
    }

    fn ready(&self) -> Explanation {
        let moment = self.moment;
        let loss = moment.names.loss();
        let n = moment.lesson.n_batches();
        let batch = if n < 2 { String::new() } else { format!(", batch {} of {n}", moment.batch + 1) };
        let (question, why) = match (moment.epoch, moment.batch) {
            (0, 0) => (
                "Ready: the start weights are in place".to_owned(),
                "Step forward to follow the inputs through the network, one number at a time.".to_owned(),
            ),
            (epoch, _) => (
                format!("Epoch {epoch}{batch}: the new weights are in place"),
                format!("With them {loss} is {}. Step forward to see how.", self.number(Quantity::BatchLoss)),
            ),
        };
        Explanation { phase: None, place: (0, 0), question, equations: Vec::new(), why, check: None }
    }

    fn name(&self, quantity: Quantity) -> String {
        self.moment.name(quantity)
    }

    fn number(&self, quantity: Quantity) -> String {
        self.moment.value(quantity).map_or_else(|| "?".to_owned(), |x| format::number(x, self.detail.digits))
    }

    fn unit_name(&self, layer: usize, unit: usize) -> String {
        self.moment.names.activation(layer, unit).plain()
    }

    /// A unit's own variable: its activation where g is the identity, else its weighted sum.
    fn variable(&self, layer: usize, unit: usize) -> Quantity {
        if self.moment.network().activation(layer) == Activation::Identity {
            Quantity::Activation { layer, unit }
        } else {
            Quantity::Sum { layer, unit }
        }
    }

    fn is_output(&self, layer: usize) -> bool {
        layer == self.moment.network().n_layers()
    }

    fn is_layer_by_layer(&self) -> bool {
        self.moment.plan.is_layer_by_layer()
    }

    fn equation(
        &self,
        left: impl Into<Formula>,
        chain: Option<Formula>,
        symbols: Formula,
        result: Quantity,
    ) -> Equation {
        Equation { left: left.into(), chain, symbols, result, partial: None }
    }

    /// A sum of `n` terms, shortened in the middle where it is long.
    fn sum(&self, n: usize, term: impl Fn(usize) -> Formula) -> Formula {
        let most = self.detail.max_terms.max(3);
        if n <= most {
            return Formula::Sum((0..n).map(term).collect());
        }
        let mut terms: Vec<Formula> = (0..most - 2).map(&term).collect();
        terms.extend([Formula::Ellipsis, term(n - 1)]);
        Formula::Sum(terms)
    }

    fn sum_term(&self, layer: usize, unit: usize, k: usize) -> Formula {
        if k < self.moment.network().n_units(layer - 1) {
            let weight = Param::Weight { layer, to: unit, from: k };
            Formula::Product(vec![
                Quantity::Activation { layer: layer - 1, unit: k }.into(),
                Quantity::Param(weight).into(),
            ])
        } else {
            Quantity::Param(Param::Bias { layer, to: unit }).into()
        }
    }

    fn n_sum_terms(&self, layer: usize) -> usize {
        let network = self.moment.network();
        network.n_units(layer - 1) + usize::from(network.has_biases(layer))
    }

    fn weighted_sum(&self, layer: usize, unit: usize) -> Said {
        let result = self.variable(layer, unit);
        let is_linear = result == Quantity::Activation { layer, unit };
        let name = self.unit_name(layer, unit);
        let symbols = self.sum(self.n_sum_terms(layer), |k| self.sum_term(layer, unit, k));
        let question = if is_linear && self.is_output(layer) {
            format!("What does the network predict for {name}?")
        } else {
            format!("How much arrives at {name}?")
        };
        let bias = if self.moment.network().has_biases(layer) { ", and its bias" } else { "" };
        let passes = if is_linear {
            format!(" {name} is linear: it passes the sum on as it is.")
        } else {
            format!(" The sum is called {}.", self.name(result))
        };
        let why = format!("{name} adds up each value before it times the weight of the edge{bias}.{passes}");
        (question, vec![self.equation(Formula::Name(result), None, symbols, result)], why)
    }

    fn activation(&self, layer: usize, unit: usize) -> Said {
        let network = self.moment.network();
        let g = network.activation(layer);
        let result = Quantity::Activation { layer, unit };
        let z = || Formula::from(Quantity::Sum { layer, unit });
        let negative = |x| Formula::Negative(Box::new(x));
        let exp = |x| Formula::Exp(Box::new(x));
        let symbols = match g {
            Activation::Identity => z(),
            Activation::Sigmoid => {
                Formula::Number(1.0).over(Formula::Sum(vec![Formula::Number(1.0), exp(negative(z()))]))
            }
            Activation::Tanh => Formula::Call("tanh", vec![z()]),
            Activation::Relu => Formula::Call("max", vec![Formula::Number(0.0), z()]),
            Activation::LeakyRelu => {
                Formula::Call("max", vec![Formula::Product(vec![Formula::Number(LEAK), z()]), z()])
            }
            Activation::Softplus => {
                Formula::Call("ln", vec![Formula::Sum(vec![Formula::Number(1.0), exp(z())])])
            }
            Activation::Softmax => {
                let all = self.sum(network.n_units(layer), |unit| exp(Quantity::Sum { layer, unit }.into()));
                // A sum below a line cannot go on in the next row.
                exp(z()).over(all.shortened(self.most_below()))
            }
        };
        let name = self.unit_name(layer, unit);
        let question = if self.is_output(layer) {
            format!("What does the network predict for {name}?")
        } else {
            format!("What does {name} pass on?")
        };
        let why = match g {
            Activation::Sigmoid => "The sigmoid squeezes any sum into a number between 0 and 1.",
            Activation::Tanh => "The hyperbolic tangent squeezes any sum into a number between −1 and 1.",
            Activation::Relu => "The ReLU lets a positive sum through and answers 0 to any other.",
            Activation::LeakyRelu => {
                "The leaky ReLU lets a positive sum through and a hundredth of any other."
            }
            Activation::Softplus => {
                "The softplus is a smooth ReLU: always positive, nearly the sum itself when it is large."
            }
            Activation::Softmax => "The softmax turns the sums of the layer into shares that add up to 1.",
            Activation::Identity => "The identity passes the sum on as it is.",
        };
        let chain = Some(Formula::Call("g", vec![z()]));
        (question, vec![self.equation(Formula::Name(result), chain, symbols, result)], why.to_owned())
    }

    fn loss_term(&self, unit: usize) -> Formula {
        let layer = self.moment.network().n_layers();
        let n = self.moment.network().n_outputs() as f64;
        let a = || Formula::from(Quantity::Activation { layer, unit });
        let y = || Formula::from(Quantity::Target(unit));
        let ln = |x| Formula::Call("ln", vec![x]);
        let one = || Formula::Number(1.0);
        let per_output = |x: Formula| if n > 1.0 { x.over(Formula::Number(n)) } else { x };
        match self.moment.lesson.rule.loss {
            Loss::HalfSquaredError => {
                Formula::Product(vec![one().over(Formula::Number(2.0)), a().minus(y()).squared()])
            }
            Loss::MeanSquaredError => per_output(a().minus(y()).squared()),
            Loss::BinaryCrossEntropy => {
                let hit = Formula::Product(vec![y(), ln(a())]);
                let miss = Formula::Product(vec![one().minus(y()), ln(one().minus(a()))]);
                per_output(Formula::Negative(Box::new(Formula::Sum(vec![hit, miss]))))
            }
            Loss::CrossEntropy => Formula::Negative(Box::new(Formula::Product(vec![y(), ln(a())]))),
        }
    }

    /// The shares of the first `n` outputs; what they have in common, once.
    fn loss_terms(&self, n: usize) -> Formula {
        let n_outputs = self.moment.network().n_outputs();
        if n_outputs == 1 {
            return self.loss_term(0);
        }
        let one = || Formula::Number(1.0);
        let share = || one().over(Formula::Number(n_outputs as f64));
        let inside = |unit| match self.loss_term(unit) {
            Formula::Fraction(term, _) => *term,
            term => term,
        };
        let positive = |unit| match inside(unit) {
            Formula::Negative(term) => *term,
            term => term,
        };
        match self.moment.lesson.rule.loss {
            Loss::HalfSquaredError => self.sum(n, |unit| self.loss_term(unit)),
            Loss::MeanSquaredError => Formula::Product(vec![share(), self.sum(n, inside)]),
            Loss::BinaryCrossEntropy => {
                let terms = Formula::Sum(
                    (0..n)
                        .map(positive)
                        .flat_map(|term| match term {
                            Formula::Sum(terms) => terms,
                            term => vec![term],
                        })
                        .collect(),
                );
                Formula::Negative(Box::new(Formula::Product(vec![share(), terms])))
            }
            Loss::CrossEntropy => Formula::Negative(Box::new(self.sum(n, positive))),
        }
    }

    fn loss(&self) -> Said {
        let network = self.moment.network();
        let layer = network.n_layers();
        let symbols = self.loss_terms(network.n_outputs());
        let name = self.name(Quantity::Loss);
        let question = "How wrong is the prediction?".to_owned();
        let why = match self.moment.lesson.rule.loss {
            Loss::HalfSquaredError | Loss::MeanSquaredError if network.n_outputs() == 1 => {
                let a = Quantity::Activation { layer, unit: 0 };
                let half = if self.moment.lesson.rule.loss == Loss::HalfSquaredError {
                    " The ½ is there to cancel the 2 that the derivative brings."
                } else {
                    ""
                };
                format!(
                    "{} predicts {} where {} is right: {name} grows with the square of the gap.{half}",
                    self.name(a),
                    self.number(a),
                    self.number(Quantity::Target(0)),
                )
            }
            Loss::HalfSquaredError => {
                format!(
                    "Each output adds half the square of its gap to {name}. The ½ cancels the 2 that the derivative brings."
                )
            }
            Loss::MeanSquaredError => format!("{name} is the mean over the outputs of the squared gap."),
            Loss::BinaryCrossEntropy | Loss::CrossEntropy => {
                format!(
                    "{name} is small where the network gave the right answer a high probability, and grows without bound as it is sure of a wrong one."
                )
            }
        };
        let left = Formula::Name(Quantity::Loss);
        (question, vec![self.equation(left, None, symbols, Quantity::Loss)], why)
    }

    /// g′ of a unit written with its activation, where that is how it is computed.
    fn slope(&self, layer: usize, unit: usize) -> Formula {
        let a = || Formula::from(Quantity::Activation { layer, unit });
        match self.moment.network().activation(layer) {
            Activation::Sigmoid | Activation::Softmax => {
                Formula::Product(vec![a(), Formula::Number(1.0).minus(a())])
            }
            Activation::Tanh => Formula::Number(1.0).minus(a().squared()),
            _ => Quantity::Slope { layer, unit }.into(),
        }
    }

    fn delta(&self, layer: usize, unit: usize) -> Said {
        let network = self.moment.network();
        let g = network.activation(layer);
        let result = Quantity::Delta { layer, unit };
        let a_quantity = Quantity::Activation { layer, unit };
        let (a, z) = (|| Formula::from(a_quantity), Quantity::Sum { layer, unit });
        let name = self.unit_name(layer, unit);
        let times_slope = |first: Formula| match (g, self.slope(layer, unit)) {
            (Activation::Identity, _) => first,
            (_, Formula::Product(slope)) => Formula::Product([vec![first], slope].concat()),
            (_, slope) => Formula::Product(vec![first, slope]),
        };
        let chain = match g {
            Activation::Identity => Formula::Partial(Quantity::Loss, a_quantity),
            Activation::Softmax => Formula::Partial(Quantity::Loss, z),
            _ => Formula::Product(vec![
                Formula::Partial(Quantity::Loss, a_quantity),
                Formula::Partial(a_quantity, z),
            ]),
        };
        let left = Formula::Name(result);
        if !self.is_output(layer) {
            let symbols = times_slope(Quantity::ActivationGradient { layer, unit }.into());
            let slope = Quantity::Slope { layer, unit };
            let why = match self.moment.value(slope) {
                Some(0.0) => {
                    format!("{name} is switched off: its slope is 0, so nothing goes back through it.")
                }
                _ => format!(
                    "A change of {} reaches {name} scaled by the slope of its activation function, {}.",
                    self.name(z),
                    self.number(slope),
                ),
            };
            let question = format!("How does the error change with what arrives at {name}?");
            return (question, vec![self.equation(left, Some(chain), symbols, result)], why);
        }
        let n = network.n_outputs() as f64;
        let y = || Formula::from(Quantity::Target(unit));
        let per_output = |x: Formula| if n > 1.0 { x.over(Formula::Number(n)) } else { x };
        let symbols = match self.moment.lesson.rule.loss {
            Loss::HalfSquaredError => times_slope(a().minus(y())),
            Loss::MeanSquaredError => {
                let twice = Formula::Product(vec![Formula::Number(2.0), a().minus(y())]);
                times_slope(per_output(twice))
            }
            Loss::BinaryCrossEntropy => per_output(a().minus(y())),
            Loss::CrossEntropy => {
                let targets = self.moment.shown_target();
                if sum_of(targets.iter().copied()) == 1.0 {
                    a().minus(y())
                } else {
                    let total = (0..targets.len()).map(|k| Quantity::Target(k).into()).collect();
                    Formula::Product(vec![a(), Formula::Sum(total)]).minus(y())
                }
            }
        };
        let gap = self.gap(layer, unit);
        let why = match (self.moment.lesson.rule.loss, g) {
            (Loss::BinaryCrossEntropy | Loss::CrossEntropy, _) => {
                format!(
                    "{gap} The slope of the activation cancels against that of the loss: prediction minus target is left."
                )
            }
            (_, Activation::Identity) => {
                format!("{gap} This gap, {}, goes back to every weight.", self.name(result))
            }
            _ => format!(
                "{gap} What arrives at {name} counts as much as the slope of its activation function lets through, {}.",
                self.number(Quantity::Slope { layer, unit }),
            ),
        };
        let question = match g {
            Activation::Identity => format!("How does the error change with {name}?"),
            _ => format!("How does the error change with what arrives at {name}?"),
        };
        (question, vec![self.equation(left, Some(chain), symbols, result)], why)
    }

    /// "out is 0.809 too low."
    fn gap(&self, layer: usize, unit: usize) -> String {
        let a = Quantity::Activation { layer, unit };
        let (Some(prediction), Some(target)) =
            (self.moment.value(a), self.moment.value(Quantity::Target(unit)))
        else {
            return String::new();
        };
        let gap = prediction - target;
        let name = self.name(a);
        if gap == 0.0 {
            return format!("{name} is exactly right.");
        }
        let side = if gap < 0.0 { "too low" } else { "too high" };
        format!("{name} is {} {side}.", format::number(gap.abs(), self.detail.digits))
    }

    fn activation_gradient(&self, layer: usize, unit: usize) -> Said {
        let network = self.moment.network();
        let n_next = network.n_units(layer + 1);
        let a = Quantity::Activation { layer, unit };
        let result = Quantity::ActivationGradient { layer, unit };
        let chain = self.sum(n_next, |to| {
            let next = self.variable(layer + 1, to);
            Formula::Product(vec![Formula::Partial(Quantity::Loss, next), Formula::Partial(next, a)])
        });
        let symbols = self.sum(n_next, |to| self.share(layer, unit, to));
        let name = self.unit_name(layer, unit);
        let mut why = if n_next == 1 {
            let weight = self.moment.weight_behind(layer + 1, 0, unit);
            format!(
                "{name} reaches the error only through {}, which moves by {} = {} for each unit of {name}.",
                self.unit_name(layer + 1, 0),
                self.name(weight),
                self.number(weight),
            )
        } else {
            format!(
                "{name} reaches the error along {n_next} paths, one per unit behind it; their shares add up."
            )
        };
        if network.activation(layer) == Activation::Identity {
            why += &format!(
                " {name} is linear, so this is also its {}.",
                self.name(Quantity::Delta { layer, unit })
            );
        }
        if self.is_layer_by_layer() {
            why += " This lesson uses the new weights here (update order layer by layer): a known mistake, the derivative belongs to the old ones.";
        }
        let question = format!("How does the error change with {name}?");
        let left = Formula::Name(result);
        (question, vec![self.equation(left, Some(chain), symbols, result)], why)
    }

    fn share(&self, layer: usize, unit: usize, to: usize) -> Formula {
        Formula::Product(vec![
            Quantity::Delta { layer: layer + 1, unit: to }.into(),
            self.moment.weight_behind(layer + 1, to, unit).into(),
        ])
    }

    fn gradient(&self, param: Param) -> Said {
        let network = self.moment.network();
        let (layer, to) = (param.layer(), param.to());
        let result = Quantity::Gradient(param);
        let this = Quantity::Param(param);
        let mut factors = gradient_factors(self.moment, param);
        if param.is_bias() {
            factors.push(Formula::Number(1.0));
        }
        // The chain follows the same path: E, the unit where δ is known, …, the weight's own unit.
        let n_between = delta_path(self.moment, layer, to).len() - 1;
        let mut variables = vec![self.variable(layer, to)];
        variables.extend((1..=n_between).map(|k| self.variable(layer + k, 0)));
        let (end_layer, end_unit) = if n_between == 0 { (layer, to) } else { (layer + n_between, 0) };
        let end = variables[n_between];
        let mut chain = Vec::new();
        let output = Quantity::Activation { layer: end_layer, unit: end_unit };
        let has_own_slope = end != output
            && self.is_output(end_layer)
            && network.activation(end_layer) != Activation::Softmax;
        if has_own_slope {
            chain.push(Formula::Partial(Quantity::Loss, output));
            chain.push(Formula::Partial(output, end));
        } else {
            chain.push(Formula::Partial(Quantity::Loss, end));
        }
        chain.extend(variables.windows(2).rev().map(|pair| Formula::Partial(pair[1], pair[0])));
        chain.push(Formula::Partial(variables[0], this));

        let name = self.name(this);
        let unit = self.unit_name(layer, to);
        let variable = self.name(self.variable(layer, to));
        let loss = self.name(Quantity::Loss);
        let effect = match self.moment.value(result) {
            Some(g) if g < 0.0 => format!("raising {name} lowers {loss}."),
            Some(g) if g > 0.0 => format!("raising {name} raises {loss}."),
            _ => format!("{loss} does not change with {name} here."),
        };
        let carried = match param {
            Param::Weight { layer, from, .. } => {
                let source = Quantity::Activation { layer: layer - 1, unit: from };
                format!(
                    "{name} carries {} into {unit}, so {variable} moves by {} for each unit of {name}.",
                    self.name(source),
                    self.number(source),
                )
            }
            Param::Bias { .. } => {
                format!(
                    "{name} is added to {unit} as it is, so {variable} moves by 1 for each unit of {name}."
                )
            }
        };
        let is_linear_output = self.is_output(layer) && network.activation(layer) == Activation::Identity;
        let delta = Quantity::Delta { layer, unit: to };
        let cause = if is_linear_output {
            let gap = self.gap(layer, to);
            format!("{} {}", gap, capitalise(&effect))
        } else {
            format!("{loss} moves by {} for each unit of {variable}: {effect}", self.number(delta))
        };
        let question = format!("How does the error change with {name}?");
        let equation = self.equation(
            Formula::Name(result),
            Some(Formula::Product(chain)),
            Formula::Product(factors),
            result,
        );
        (question, vec![equation], format!("{carried} {cause}"))
    }

    fn mean_gradient(&self, param: Param) -> Said {
        let n = self.moment.n_samples();
        let result = Quantity::MeanGradient(param);
        let sum = self.sum(n, |sample| Quantity::SampleGradient(sample, param).into());
        let symbols = Formula::Product(vec![Formula::Number(1.0).over(Formula::Number(n as f64)), sum]);
        let name = self.name(Quantity::Param(param));
        let loss = self.name(Quantity::BatchLoss);
        let question = format!("What do all {n} samples together say about {name}?");
        let why = format!("{loss} is the mean over the samples, so its derivative is the mean of theirs.");
        (question, vec![self.equation(Formula::Name(result), None, symbols, result)], why)
    }

    fn update(&self, param: Param) -> Said {
        let w = || Formula::from(Quantity::Param(param));
        let g = || Formula::from(Quantity::MeanGradient(param));
        let eta = || Formula::from(Quantity::LearningRate);
        let q = |quantity: Quantity| Formula::from(quantity);
        let one_minus = |quantity: Quantity| Formula::Number(1.0).minus(quantity.into());
        let root_plus_epsilon =
            |v: Quantity| Formula::Sum(vec![Formula::Root(Box::new(v.into())), Quantity::Epsilon.into()]);
        let equation =
            |result: Quantity, symbols| self.equation(Formula::Name(result), None, symbols, result);
        let moving = |result, decay: Quantity, old: Quantity, add: Formula| {
            let kept = Formula::Product(vec![decay.into(), old.into()]);
            let added = Formula::Product(vec![one_minus(decay), add]);
            equation(result, Formula::Sum(vec![kept, added]))
        };
        let (m, v) = (Quantity::FirstMoment(param), Quantity::SecondMoment(param));
        let (old_m, old_v) = (Quantity::OldFirstMoment(param), Quantity::OldSecondMoment(param));
        let (hat_m, hat_v) = (Quantity::CorrectedFirstMoment(param), Quantity::CorrectedSecondMoment(param));
        let mut equations = match self.moment.lesson.rule.optimizer {
            Optimizer::Sgd { .. } => Vec::new(),
            Optimizer::Momentum { .. } => {
                let kept = Formula::Product(vec![q(Quantity::Momentum), q(old_m)]);
                vec![equation(m, Formula::Sum(vec![kept, g()]))]
            }
            Optimizer::Rmsprop { .. } => vec![moving(v, Quantity::Decay, old_v, g().squared())],
            Optimizer::Adam { .. } => vec![
                moving(m, Quantity::Beta1, old_m, g()),
                moving(v, Quantity::Beta2, old_v, g().squared()),
                equation(hat_m, q(m).over(q(Quantity::BiasCorrection1))),
                equation(hat_v, q(v).over(q(Quantity::BiasCorrection2))),
            ],
        };
        let step = match self.moment.lesson.rule.optimizer {
            Optimizer::Sgd { .. } => Formula::Product(vec![eta(), g()]),
            Optimizer::Momentum { .. } => Formula::Product(vec![eta(), q(m)]),
            Optimizer::Rmsprop { .. } => Formula::Product(vec![eta(), g().over(root_plus_epsilon(v))]),
            Optimizer::Adam { .. } => Formula::Product(vec![eta(), q(hat_m).over(root_plus_epsilon(hat_v))]),
        };
        equations.push(equation(Quantity::New(param), w().minus(step)));
        let name = self.name(Quantity::Param(param));
        let loss = self.name(Quantity::BatchLoss);
        let step = Quantity::Step(param);
        let change = match self.moment.value(step) {
            Some(s) if s > 0.0 => format!("up by {}", format::number(s, self.detail.digits)),
            Some(s) if s < 0.0 => format!("down by {}", format::number(-s, self.detail.digits)),
            _ => "nowhere".to_owned(),
        };
        let why = match self.moment.lesson.rule.optimizer {
            Optimizer::Sgd { .. } => format!(
                "A step against the derivative lowers {loss}: {name} goes {change}. The learning rate {} says how far.",
                self.name(Quantity::LearningRate),
            ),
            Optimizer::Momentum { .. } => format!(
                "Momentum keeps a share of the earlier steps, like a ball that rolls on: {name} goes {change}."
            ),
            Optimizer::Rmsprop { .. } => format!(
                "RMSProp divides by the recent size of the derivative, so that every weight moves at a similar pace: {name} goes {change}."
            ),
            Optimizer::Adam { .. } => format!(
                "Adam keeps a mean of the derivative (m) and of its square (v), corrected for their start at 0 (by c₁ = 1 − β₁ᵗ and c₂ = 1 − β₂ᵗ): {name} goes {change}."
            ),
        };
        (format!("What is the new {name}?"), equations, why)
    }

    /// The terms so far of the sum that `kind` adds up, while not all are shown.
    fn partial_sum(&self, kind: StepKind) -> Option<PartialSum> {
        let position = self.moment.position;
        let n_terms = self.moment.plan.n_terms(position.step);
        let n_shown = position.terms;
        if n_terms <= n_shown {
            return None;
        }
        let value = |quantity| self.moment.value(quantity).unwrap_or(0.0);
        let (terms, total): (Formula, f64) = match kind {
            StepKind::WeightedSum { layer, unit } => (
                self.sum(n_shown, |k| self.sum_term(layer, unit, k)),
                sum_of((0..n_shown).map(|from| {
                    value(Quantity::Activation { layer: layer - 1, unit: from })
                        * value(Quantity::Param(Param::Weight { layer, to: unit, from }))
                })),
            ),
            StepKind::ActivationGradient { layer, unit } => (
                self.sum(n_shown, |to| self.share(layer, unit, to)),
                sum_of((0..n_shown).map(|to| value(Quantity::GradientShare { layer, unit, to }))),
            ),
            StepKind::Loss => {
                (self.loss_terms(n_shown), sum_of((0..n_shown).map(|unit| value(Quantity::LossTerm(unit)))))
            }
            StepKind::MeanGradient(param) => {
                let n = self.moment.n_samples() as f64;
                let sum = self.sum(n_shown, |k| Quantity::SampleGradient(k, param).into());
                let share = Formula::Number(1.0).over(Formula::Number(n));
                let total = sum_of((0..n_shown).map(|k| value(Quantity::SampleGradient(k, param))));
                (Formula::Product(vec![share, sum]), total / n)
            }
            _ => return None,
        };
        Some(PartialSum { terms, total, n_shown, n_terms })
    }

    fn check(&self, param: Param, of_batch: bool) -> Check {
        let quantity = if of_batch { Quantity::MeanGradient(param) } else { Quantity::Gradient(param) };
        let computed = self.moment.value(quantity).unwrap_or(f64::NAN);
        let measured = self.moment.measured_derivative(param, of_batch);
        let loss = self.moment.value(Quantity::Loss).unwrap_or(0.0);
        // Six digits, or what the rounding of E itself leaves when E is large.
        let tolerance = 1e-6 * computed.abs().max(1e-3).max(loss.abs() * 1e-3);
        Check {
            param,
            nudge: nudge(self.moment.network().params.at(param)),
            measured,
            computed,
            agrees: (measured - computed).abs() <= tolerance,
        }
    }
}

fn capitalise(text: &str) -> String {
    // A sentence that starts with a symbol (E, w₅) keeps it as it is.
    match text.strip_prefix("raising") {
        Some(rest) => format!("Raising{rest}"),
        None => text.to_owned(),
    }
}
