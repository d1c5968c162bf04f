//! A step's derivative worked out line by line: the chain rule, what stands in each of its factors, each
//! factor derived by a rule that is named, and the names of what comes out.

use super::{Detail, Explainer};
use crate::explanation::formula::Formula;
use crate::explanation::formula::delta_sign::side_in_sign_of;
use crate::lesson::quantity::Quantity;
use crate::moment::Moment;
use crate::moment::step::StepKind;
use crate::text::format::FULL_DIGITS;
use crate::words::derivation as words;
use crate::words::paragraph;
use backprop::activation::Activation;
use backprop::loss::Loss;
use backprop::network::{Param, UnitId};
use backprop::trace::sum_of;

/// Linear units before a weight are written out down to so many terms.
const MAX_WRITTEN_OUT: usize = 8;

/// Terms of a sum before its middle is left out, where the lines stand below each other: each term stands
/// beside others.
pub const LINE_TERMS: usize = 6;

/// A line: the derivative in another form than on the line before.
#[derive(Clone, Debug, PartialEq)]
pub struct DerivationLine {
    /// The form. On every line it has the same value.
    pub formula: Formula,
    /// The rule that leads to it from the line before, as a sentence.
    pub rule: String,
}

/// The line that is shown last, while not all are.
#[derive(Clone, Debug, PartialEq)]
pub struct NewestLine {
    /// Its number, from 1.
    pub number: usize,
    /// Number of all lines, with that of the numbers, which is the last.
    pub of: usize,
    /// The line.
    pub line: DerivationLine,
}

/// Whether the step that `moment` shows derives something.
pub fn derives(moment: &Moment) -> bool {
    moment.step().is_some_and(|step| step.kind.derives())
}

/// The lines of the step that `moment` shows; none where it derives nothing.
pub fn derivation(moment: &Moment, detail: Detail) -> Vec<DerivationLine> {
    let explainer = Explainer { moment, detail };
    let kind = moment.step().map(|step| step.kind);
    let lines = match kind {
        Some(StepKind::Delta(id)) => explainer.derive_delta(id),
        Some(StepKind::ActivationGradient(id)) => explainer.derive_activation(id),
        Some(StepKind::Gradient(param)) => explainer.derive_gradient(param),
        Some(StepKind::MeanGradient(param)) => explainer.derive_mean(param),
        _ => return Vec::new(),
    };
    let is_delta = matches!(kind, Some(StepKind::Delta(_)));
    let side = |formula| side_in_sign_of(&moment.names, is_delta, formula);
    lines.into_iter().map(|line| DerivationLine { formula: side(line.formula), ..line }).collect()
}

/// How many lines there are of the step that `moment` shows; 0 where it derives nothing.
pub fn n_lines(moment: &Moment) -> usize {
    derivation(moment, Detail { digits: FULL_DIGITS, max_terms: LINE_TERMS }).len()
}

/// The last of the lines that `moment` shows, while not all are.
pub(super) fn newest_line(moment: &Moment, detail: Detail) -> Option<NewestLine> {
    let n_shown = moment.position.n_lines()?;
    let mut lines = derivation(moment, Detail { max_terms: LINE_TERMS, ..detail });
    let n_all = lines.len() + 1;
    lines.truncate(n_shown);
    Some(NewestLine { number: lines.len(), of: n_all, line: lines.pop()? })
}

/// A factor of the chain rule in its forms, from ∂…/∂… to what comes out.
struct Factor(Vec<DerivationLine>);

impl Factor {
    fn new(formula: impl Into<Formula>) -> Self {
        Self(vec![line(formula, String::new())])
    }

    fn then(mut self, formula: impl Into<Formula>, rule: impl Into<String>) -> Self {
        self.0.push(line(formula, rule.into()));
        self
    }

    /// On line `k`: a factor that has come out stays as it is.
    fn at(&self, k: usize) -> Formula {
        self.0.get(k).or(self.0.last()).map_or(Formula::Number(1.0), |line| line.formula.clone())
    }
}

fn line(formula: impl Into<Formula>, rule: impl Into<String>) -> DerivationLine {
    DerivationLine { formula: formula.into(), rule: rule.into() }
}

/// The lines of a sum of products; of each product the factors. What leads to the first line is `rule`.
fn lines(
    rule: String,
    products: &[Vec<Factor>],
    sum: impl Fn(&dyn Fn(usize) -> Formula) -> Formula,
) -> Vec<DerivationLine> {
    let factors = || products.iter().flatten();
    let n_lines = factors().map(|factor| factor.0.len()).max().unwrap_or(0);
    let formula = |k: usize| {
        sum(&|term| {
            let factors: Vec<Formula> = products[term].iter().map(|factor| factor.at(k)).collect();
            Formula::Product(factors)
        })
    };
    let rules = |k: usize| {
        let mut said: Vec<&str> = Vec::new();
        for rule in factors().filter_map(|factor| factor.0.get(k)).map(|line| line.rule.as_str()) {
            if !rule.is_empty() && !said.contains(&rule) {
                said.push(rule);
            }
        }
        said.join(" ")
    };
    (0..n_lines).map(|k| line(formula(k), if k == 0 { rule.clone() } else { rules(k) })).collect()
}

fn product(rule: String, factors: Vec<Factor>) -> Vec<DerivationLine> {
    lines(rule, &[factors], |term| term(0))
}

fn derivative(of: Formula, by: Quantity) -> Formula {
    Formula::Derivative(Box::new(of), by)
}

impl Explainer<'_> {
    fn derive_gradient(&self, param: Param) -> Vec<DerivationLine> {
        let this = Quantity::Param(param);
        let chain = self.chain(param);
        let mut factors = Vec::new();
        if self.is_output(chain.end.layer) && !self.moment.lesson.rule.loss.is_of_sums() {
            factors.push(self.loss_factor(chain.end.unit));
            if chain.has_own_slope {
                factors.push(self.slope_factor(chain.end));
            }
        } else {
            factors.push(self.known(self.variable(chain.end), Quantity::Delta(chain.end)));
        }
        for pair in chain.units.windows(2).rev() {
            factors.push(self.unit_factor(pair[1], pair[0]));
        }
        let id = param.unit();
        let variable = self.variable(id);
        let factor = Factor::new(Formula::Partial(variable, this))
            .then(derivative(self.sum_written_out(id), this), words::written_out());
        factors.push(match param {
            Param::Weight { layer, from, .. } => factor
                .then(self.written_out(UnitId::new(layer - 1, from)), words::only_term(&self.name(this))),
            Param::Bias { .. } => factor.then(Formula::Number(1.0), words::bias_is_added(&self.name(this))),
        });
        let path = match factors.len() {
            1 => words::one_factor().to_owned(),
            _ => words::acts_step_by_step(&self.name(this), &self.name(Quantity::Loss)),
        };
        let mut lines = product(path, factors);
        let named = Formula::Product(self.factors_of(param));
        if lines.last().is_none_or(|last| last.formula != named) {
            let rule = words::by_name(
                &self.name_of_derivative_by_sum(chain.end),
                &self.name(Quantity::Loss),
                &self.name(self.variable(chain.end)),
            );
            lines.push(line(named, rule));
        }
        lines
    }

    fn derive_delta(&self, id: UnitId) -> Vec<DerivationLine> {
        let z = self.variable(id);
        let (loss, activation) = (self.name(Quantity::Loss), self.name(Quantity::Activation(id)));
        let chain = match self.takes_slope(id.layer) {
            true => words::acts_through(&self.name(z), &loss, &activation),
            false => words::slope_left_out(&activation, &self.name(Quantity::Slope(id))),
        };
        if !self.is_output(id.layer) {
            if !self.takes_slope(id.layer) {
                return vec![line(Quantity::ActivationGradient(id), chain)];
            }
            let known = self.known(Quantity::Activation(id), Quantity::ActivationGradient(id));
            return product(chain, vec![known, self.slope_factor(id)]);
        }
        match (self.moment.lesson.rule.loss, self.moment.network().activation(id.layer)) {
            (Loss::CrossEntropy, _) => self.derive_softmax(id),
            (Loss::BinaryCrossEntropy, _) => self.derive_sigmoid(id, chain),
            (_, Activation::Identity) => product(words::how_changes(&loss), vec![self.loss_factor(id.unit)]),
            _ => {
                let slope = self.takes_slope(id.layer).then(|| self.slope_factor(id));
                product(chain, std::iter::once(self.loss_factor(id.unit)).chain(slope).collect())
            }
        }
    }

    /// Sigmoid and binary cross-entropy: (a − y) / n.
    fn derive_sigmoid(&self, id: UnitId, chain: String) -> Vec<DerivationLine> {
        let (a, y) =
            (|| Formula::from(Quantity::Activation(id)), || Formula::from(Quantity::Target(id.unit)));
        let one = || Formula::Number(1.0);
        let hit = Formula::Negative(Box::new(Formula::Product(vec![y(), one().minus(a())])));
        let miss = Formula::Product(vec![one().minus(y()), a()]);
        let mut lines = product(chain, vec![self.loss_factor(id.unit), self.slope_factor(id)]);
        lines.push(line(
            self.per_output(Formula::Sum(vec![hit, miss])),
            words::multiplied_out(&self.name(Quantity::Activation(id))),
        ));
        lines.push(line(self.per_output(a().minus(y())), words::multiplied_out_again()));
        lines
    }

    /// Softmax and cross-entropy, from the Jacobian ∂aⱼ/∂zₖ = aⱼ (1 − aₖ) for j = k, else −aⱼ aₖ: a − y.
    fn derive_softmax(&self, id: UnitId) -> Vec<DerivationLine> {
        let UnitId { layer, unit: k } = id;
        let n = self.moment.network().n_units(layer);
        let z = Quantity::Sum(id);
        let a = |unit: usize| Formula::from(Quantity::Activation(UnitId::new(layer, unit)));
        let y = |unit: usize| Formula::from(Quantity::Target(unit));
        let negative = |x| Formula::Negative(Box::new(x));
        let one_less = |unit: usize| Formula::Number(1.0).minus(a(unit));
        let slope_of_loss = |unit: usize| negative(y(unit).over(a(unit)));
        let chain = |unit: usize| {
            let output = Quantity::Activation(UnitId::new(layer, unit));
            vec![Formula::Partial(Quantity::Loss, output), Formula::Partial(output, z)]
        };
        let of_softmax = |unit: usize| {
            vec![slope_of_loss(unit), Formula::Partial(Quantity::Activation(UnitId::new(layer, unit)), z)]
        };
        let jacobian = |unit: usize| match unit == k {
            true => vec![slope_of_loss(unit), a(k), one_less(k)],
            false => vec![slope_of_loss(unit), negative(Formula::Product(vec![a(unit), a(k)]))],
        };
        let cancelled = |unit: usize| match unit == k {
            true => negative(Formula::Product(vec![y(k), one_less(k)])),
            false => Formula::Product(vec![y(unit), a(k)]),
        };
        let sum =
            |factors: &dyn Fn(usize) -> Vec<Formula>| self.sum(n, |unit| Formula::Product(factors(unit)));
        let total = Formula::Product(vec![a(k), self.sum(n, y)]);
        let activation = self.name(Quantity::Activation(id));
        let mut lines = vec![
            line(sum(&chain), words::acts_on_every_output(&self.name(z))),
            line(sum(&of_softmax), words::logarithm()),
            line(sum(&jacobian), words::derivatives_of_softmax(&activation)),
            line(self.sum(n, cancelled), words::denominator_cancels()),
            line(total.minus(y(k)), words::taken_out(&activation)),
        ];
        if sum_of(self.moment.shown_target().iter().copied()) == 1.0 {
            lines.push(line(a(k).minus(y(k)), words::targets_add_up()));
        }
        lines
    }

    fn derive_activation(&self, id: UnitId) -> Vec<DerivationLine> {
        let layer = id.layer + 1;
        let n = self.moment.network().n_units(layer);
        let of_unit = |to: usize| {
            let next = UnitId::new(layer, to);
            vec![self.known(self.variable(next), Quantity::Delta(next)), self.unit_factor(next, id)]
        };
        let products: Vec<Vec<Factor>> = (0..n).map(of_unit).collect();
        let paths = match n {
            1 => words::along_the_only_path().to_owned(),
            _ => words::along_paths(n),
        };
        lines(paths, &products, |term| self.sum(n, term))
    }

    fn derive_mean(&self, param: Param) -> Vec<DerivationLine> {
        let n = self.moment.n_samples();
        let losses = self.sum(n, |sample| Quantity::SampleLoss(sample).into());
        let gradients = self.sum(n, |sample| Quantity::SampleGradient(sample, param).into());
        let loss = self.name(Quantity::BatchLoss);
        vec![
            line(
                derivative(self.mean(losses), Quantity::Param(param)),
                match self.sums_samples() {
                    false => words::mean_over_samples(n, &loss),
                    true => words::sum_over_samples(n, &loss),
                },
            ),
            line(self.mean(gradients), words::derivative_of_sum()),
        ]
    }

    /// ∂E/∂x of an earlier step.
    fn known(&self, of: Quantity, value: Quantity) -> Factor {
        Factor::new(Formula::Partial(Quantity::Loss, of))
            .then(Formula::Partial(Quantity::Loss, of), "")
            .then(value, words::is_known(&self.name(value)))
    }

    /// ∂E/∂a of an output.
    fn loss_factor(&self, unit: usize) -> Factor {
        let network = self.moment.network();
        let id = UnitId::new(network.n_layers(), unit);
        let output = Quantity::Activation(id);
        let (a, y) = (|| Formula::from(output), || Formula::from(Quantity::Target(unit)));
        let gap = || a().minus(y());
        let (two, half) = (|| Formula::Number(2.0), || Formula::Number(1.0).over(Formula::Number(2.0)));
        let inner = || derivative(gap(), output);
        let others = if 1 < network.n_outputs() { words::others_drop_out() } else { "" };
        let power = paragraph([words::power_rule(), others]);
        let target = self.name(Quantity::Target(unit));
        let factor = Factor::new(Formula::Partial(Quantity::Loss, output))
            .then(derivative(self.loss_terms(network.n_outputs()), output), words::written_out());
        match self.moment.lesson.rule.loss {
            Loss::HalfSquaredError if self.doubles() => Factor::new(Formula::Partial(Quantity::Loss, output))
                .then(derivative(gap().squared(), output), paragraph([words::half_forgotten(), others]))
                .then(Formula::Product(vec![two(), gap(), inner()]), power)
                .then(Formula::Product(vec![two(), gap()]), words::inner_derivative(&target)),
            Loss::HalfSquaredError => factor
                .then(Formula::Product(vec![two(), half(), gap(), inner()]), power)
                .then(gap(), words::inner_derivative_and_half(&target)),
            Loss::MeanSquaredError => {
                factor.then(self.per_output(Formula::Product(vec![two(), gap(), inner()])), power).then(
                    self.per_output(Formula::Product(vec![two(), gap()])),
                    words::inner_derivative(&target),
                )
            }
            Loss::BinaryCrossEntropy => {
                let one = || Formula::Number(1.0);
                let hit = Formula::Negative(Box::new(y().over(a())));
                let miss = one().minus(y()).over(one().minus(a()));
                let rule = paragraph([words::both_logarithms(), others]);
                factor.then(self.per_output(Formula::Sum(vec![hit, miss])), rule)
            }
            Loss::CrossEntropy => {
                let rule = paragraph([words::logarithm(), others]);
                factor.then(Formula::Negative(Box::new(y().over(a()))), rule)
            }
        }
    }

    /// ∂a/∂z = g′(z) of a unit.
    fn slope_factor(&self, id: UnitId) -> Factor {
        let (a, z, slope) = (Quantity::Activation(id), Quantity::Sum(id), Quantity::Slope(id));
        let g = self.moment.network().activation(id.layer);
        let factor = Factor::new(Formula::Partial(a, z))
            .then(derivative(self.activation_formula(id), z), words::written_out())
            .then(slope, words::slope_of(&g.name()));
        match self.slope(id) {
            Formula::Quantity(_) => factor,
            by_activation => factor.then(by_activation, words::slope_by_activation(&self.name(a))),
        }
    }

    /// ∂/∂a of what a unit of the next layer receives: the weight between them.
    fn unit_factor(&self, next: UnitId, id: UnitId) -> Factor {
        let UnitId { layer, unit: to } = next;
        let a = Quantity::Activation(id);
        let n_units = self.moment.network().n_units(layer - 1);
        let sum = self.sum(self.n_sum_terms(layer), |k| match k < n_units {
            true => Formula::Product(vec![
                Quantity::Activation(UnitId::new(layer - 1, k)).into(),
                self.moment.weight_behind(layer, to, k).into(),
            ]),
            false => Quantity::Param(Param::Bias { layer, to }).into(),
        });
        Factor::new(Formula::Partial(self.variable(next), a))
            .then(derivative(sum, a), words::written_out())
            .then(self.moment.weight_behind(layer, to, id.unit), words::only_term(&self.name(a)))
    }

    /// The weighted sum of a unit, linear units before it written out.
    fn sum_written_out(&self, id: UnitId) -> Formula {
        let UnitId { layer, unit: to } = id;
        let n_units = self.moment.network().n_units(layer - 1);
        self.sum(self.n_sum_terms(layer), |k| match k < n_units {
            true => Formula::Product(vec![
                self.written_out(UnitId::new(layer - 1, k)),
                Quantity::Param(Param::Weight { layer, to, from: k }).into(),
            ]),
            false => Quantity::Param(Param::Bias { layer, to }).into(),
        })
    }

    /// What a unit passes on: of a linear one, the sum, unless it is long.
    fn written_out(&self, id: UnitId) -> Formula {
        let network = self.moment.network();
        let is_linear = 0 < id.layer && network.activation(id.layer) == Activation::Identity;
        if is_linear && self.n_written_out(id.layer) * network.n_units(id.layer) <= MAX_WRITTEN_OUT {
            self.sum_written_out(id)
        } else {
            Quantity::Activation(id).into()
        }
    }

    /// Number of terms of a unit of the layer when it is written out.
    fn n_written_out(&self, layer: usize) -> usize {
        let network = self.moment.network();
        let before = match layer {
            0 => return 1,
            1 => 1,
            _ if network.activation(layer - 1) == Activation::Identity => self.n_written_out(layer - 1),
            _ => 1,
        };
        self.n_sum_terms(layer) * before
    }
}
