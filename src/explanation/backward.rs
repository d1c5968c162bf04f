//! The steps backwards: δ, the derivatives of activations and weights, and their mean.

use super::{Explainer, StepText};
use crate::explanation::formula::Formula;
use crate::lesson::quantity::Quantity;
use crate::moment::Moment;
use crate::text::format;
use backprop::activation::Activation;
use backprop::loss;
use backprop::loss::Loss;
use backprop::network::{Param, UnitId};
use backprop::trace::sum_of;

/// The chain of factors of ∂E/∂w as the ledger writes it, from the front: i₁ · w₅ · Δ.
pub fn ledger_chain(moment: &Moment, param: Param) -> Formula {
    let mut factors = gradient_factors(moment, param);
    factors.reverse();
    Formula::Product(factors)
}

/// The factors of ∂E/∂w from the back: δ, the weights in between, and the activation that the
/// weight carries (none for a bias).
fn gradient_factors(moment: &Moment, param: Param) -> Vec<Formula> {
    let mut factors: Vec<Formula> = delta_path(moment, param.unit()).into_iter().map(Formula::from).collect();
    if let Param::Weight { layer, from, .. } = param {
        factors.push(Quantity::Activation(UnitId::new(layer - 1, from)).into());
    }
    factors
}

/// δ of a unit written out as far as it is a plain product: through linear units whose next layer
/// has one unit only. From the back: δ, then the weights on the way to the unit.
fn delta_path(moment: &Moment, id: UnitId) -> Vec<Quantity> {
    let UnitId { layer, unit } = id;
    let network = moment.network();
    let is_plain = layer < network.n_layers()
        && network.activation(layer) == Activation::Identity
        && network.n_units(layer + 1) == 1;
    if !is_plain {
        return vec![Quantity::Delta(id)];
    }
    let mut path = delta_path(moment, UnitId::new(layer + 1, 0));
    path.push(moment.weight_behind(layer + 1, 0, unit));
    path
}

/// The units that the chain rule of ∂E/∂w goes through.
pub(super) struct Chain {
    /// From the parameter's own unit on.
    pub(super) units: Vec<UnitId>,
    /// The last one.
    pub(super) end: UnitId,
    /// Whether the slope of the last one, an output, is a factor of its own.
    pub(super) has_own_slope: bool,
}

impl Explainer<'_> {
    /// Whether g′ of the units of a layer is a factor of its own on the way back.
    pub(super) fn has_slope(&self, layer: usize) -> bool {
        let is_linear = self.moment.network().activation(layer) == Activation::Identity;
        !is_linear && !self.is_derived_with_loss(layer) && self.takes_slope(layer)
    }

    /// Whether the activation of a layer, the outputs', and the loss are derived as one.
    pub(super) fn is_derived_with_loss(&self, layer: usize) -> bool {
        self.is_output(layer) && self.moment.lesson.rule.loss.is_of_sums()
    }

    /// What the way back begins with at an output: ∂E/∂a, or δ where activation and loss are derived as one.
    pub(super) fn at_loss(&self, output: UnitId) -> Quantity {
        match self.is_derived_with_loss(output.layer) {
            true => Quantity::Delta(output),
            false => Quantity::ActivationGradient(output),
        }
    }

    /// g′ of a unit written with its activation, where that is how it is computed.
    pub(super) fn slope(&self, id: UnitId) -> Formula {
        let a = || Formula::from(Quantity::Activation(id));
        match self.moment.network().activation(id.layer) {
            Activation::Sigmoid | Activation::Softmax => {
                Formula::Product(vec![a(), Formula::Number(1.0).minus(a())])
            }
            Activation::Tanh => Formula::Number(1.0).minus(a().squared()),
            _ => Quantity::Slope(id).into(),
        }
    }

    pub(super) fn delta(&self, id: UnitId) -> StepText {
        let UnitId { layer, unit } = id;
        let network = self.moment.network();
        let g = network.activation(layer);
        let result = Quantity::Delta(id);
        let a_quantity = Quantity::Activation(id);
        let (a, z) = (|| Formula::from(a_quantity), Quantity::Sum(id));
        let name = self.unit_name(id);
        let takes_slope = self.takes_slope(layer);
        let times_slope = |first: Formula| match (g, self.slope(id)) {
            _ if !takes_slope => first,
            (Activation::Identity, _) => first,
            (_, Formula::Product(slope)) => Formula::Product([vec![first], slope].concat()),
            (_, slope) => Formula::Product(vec![first, slope]),
        };
        let chain = match g {
            _ if !takes_slope => Formula::Partial(Quantity::Loss, a_quantity),
            Activation::Identity => Formula::Partial(Quantity::Loss, a_quantity),
            Activation::Softmax => Formula::Partial(Quantity::Loss, z),
            _ => Formula::Product(vec![
                Formula::Partial(Quantity::Loss, a_quantity),
                Formula::Partial(a_quantity, z),
            ]),
        };
        let left = Formula::Name(result);
        if !self.is_output(layer) {
            let symbols = times_slope(Quantity::ActivationGradient(id).into());
            let slope = Quantity::Slope(id);
            let why = match self.moment.value(slope) {
                _ if !takes_slope => self.without_slope(id),
                Some(0.0) => {
                    format!("{name} is switched off: its slope is 0, so nothing goes back through it.")
                }
                _ => format!(
                    "A change of {} reaches {name} scaled by the slope of its activation function, {}.",
                    self.name(z),
                    self.number(slope),
                ),
            };
            let why = format!("{why}{}", self.kink(id));
            let question = format!("How does the error change with what arrives at {name}?");
            // Without g′ the chain rule's first factor is all that there is.
            let chain = takes_slope.then_some(chain);
            return StepText { question, equations: vec![self.equation(left, chain, symbols, result)], why };
        }
        let y = || Formula::from(Quantity::Target(unit));
        let symbols = match self.moment.lesson.rule.loss {
            Loss::HalfSquaredError if self.doubles() => {
                times_slope(Formula::Product(vec![Formula::Number(2.0), a().minus(y())]))
            }
            Loss::HalfSquaredError => times_slope(a().minus(y())),
            Loss::MeanSquaredError => {
                let twice = Formula::Product(vec![Formula::Number(2.0), a().minus(y())]);
                times_slope(self.per_output(twice))
            }
            Loss::BinaryCrossEntropy => self.per_output(a().minus(y())),
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
        let gap = self.gap(id);
        let why = match (self.moment.lesson.rule.loss, g) {
            (Loss::BinaryCrossEntropy | Loss::CrossEntropy, _) => {
                let looks_equal = self.number(Quantity::Target(unit)) == "1";
                let near_one = self.near_one(unit).filter(|_| looks_equal).unwrap_or_default();
                format!(
                    "{gap} The slope of the activation cancels against that of the loss: prediction minus target is left.{near_one}"
                )
            }
            (_, Activation::Identity) if self.doubles() => {
                format!("{gap} Twice this gap, {}, goes back to every weight.", self.name(result))
            }
            (_, Activation::Identity) => {
                format!("{gap} This gap, {}, goes back to every weight.", self.name(result))
            }
            _ if !takes_slope => format!("{gap} {}", self.without_slope(id)),
            _ => format!(
                "{gap} What arrives at {name} counts as much as the slope of its activation function lets through, {}.",
                self.number(Quantity::Slope(id)),
            ),
        };
        let why = if self.doubles() { format!("{why} {DOUBLED}") } else { why };
        let question = match g {
            Activation::Identity => format!("How does the error change with {name}?"),
            _ => format!("How does the error change with what arrives at {name}?"),
        };
        StepText { question, equations: vec![self.equation(left, Some(chain), symbols, result)], why }
    }

    /// What g′ would have done to the δ of a unit that is computed without it.
    fn without_slope(&self, id: UnitId) -> String {
        let (slope, delta) = (Quantity::Slope(id), Quantity::Delta(id));
        format!(
            "Broken on purpose: the factor {} = {} is left out, so {} is not the derivative by {}.",
            self.name(slope),
            self.number(slope),
            self.name(delta),
            self.name(Quantity::Sum(id)),
        )
    }

    /// "out is 0.809 too low."
    pub(super) fn gap(&self, id: UnitId) -> String {
        let unit = id.unit;
        let a = Quantity::Activation(id);
        let (Some(prediction), Some(target)) =
            (self.moment.value(a), self.moment.value(Quantity::Target(unit)))
        else {
            return String::new();
        };
        let is_of_sums = self.moment.lesson.rule.loss.is_of_sums();
        let gap = match self.moment.rest(unit).filter(|_| is_of_sums) {
            Some(rest) => loss::gap(1.0, prediction, target, rest),
            None => prediction - target,
        };
        let name = self.name(a);
        if gap == 0.0 {
            return format!("{name} is exactly right.");
        }
        let side = if gap < 0.0 { "too low" } else { "too high" };
        format!("{name} is {} {side}.", format::number(gap.abs(), self.detail.digits))
    }

    /// Where an output is printed as 1 and is not: how much is missing, and that it is not lost.
    pub(super) fn near_one(&self, unit: usize) -> Option<String> {
        let layer = self.moment.network().n_layers();
        let id = UnitId { layer, unit };
        let a = Quantity::Activation(id);
        let rest = self.moment.rest(unit).filter(|rest| 0.0 < *rest && self.number(a) == "1")?;
        let way = match self.moment.network().activation(layer) {
            Activation::Softmax => "as the share of the other outputs".to_owned(),
            _ => format!("from {}", self.name(Quantity::Sum(id))),
        };
        Some(format!(
            " {} is 1 but for {}, which is computed directly, {way}: a prediction rounded to 1 has lost its digits.",
            self.name(a),
            format::number(rest, self.detail.digits),
        ))
    }

    pub(super) fn activation_gradient(&self, id: UnitId) -> StepText {
        let UnitId { layer, unit } = id;
        let network = self.moment.network();
        let n_next = network.n_units(layer + 1);
        let a = Quantity::Activation(id);
        let result = Quantity::ActivationGradient(id);
        let chain = self.sum(n_next, |to| {
            let next = self.variable(UnitId::new(layer + 1, to));
            Formula::Product(vec![Formula::Partial(Quantity::Loss, next), Formula::Partial(next, a)])
        });
        let symbols = self.sum(n_next, |to| self.share(id, to));
        let name = self.unit_name(id);
        let mut why = if n_next == 1 {
            let weight = self.moment.weight_behind(layer + 1, 0, unit);
            format!(
                "{name} reaches the error only through {}, which moves by {} = {} for each unit of {name}.",
                self.unit_name(UnitId::new(layer + 1, 0)),
                self.name(weight),
                self.number(weight),
            )
        } else {
            format!(
                "{name} reaches the error along {n_next} paths, one per unit behind it; their shares add up."
            )
        };
        if network.activation(layer) == Activation::Identity {
            why += &format!(" {name} is linear, so this is also its {}.", self.name(Quantity::Delta(id)));
        }
        if self.is_layer_by_layer() {
            why += " This lesson uses the new weights here (update order layer by layer): a known mistake, the derivative belongs to the old ones.";
        }
        let question = format!("How does the error change with {name}?");
        let left = Formula::Name(result);
        StepText { question, equations: vec![self.equation(left, Some(chain), symbols, result)], why }
    }

    pub(super) fn share(&self, id: UnitId, to: usize) -> Formula {
        let UnitId { layer, unit } = id;
        Formula::Product(vec![
            Quantity::Delta(UnitId::new(layer + 1, to)).into(),
            self.moment.weight_behind(layer + 1, to, unit).into(),
        ])
    }

    /// The factors of ∂E/∂w; of a bias with the 1 that it carries.
    pub(super) fn factors_of(&self, param: Param) -> Vec<Formula> {
        let mut factors = gradient_factors(self.moment, param);
        if param.is_bias() {
            factors.push(Formula::Number(1.0));
        }
        factors
    }

    /// The way from a parameter's unit to the one whose δ [`Self::factors_of`] begins with.
    pub(super) fn chain(&self, param: Param) -> Chain {
        let id = param.unit();
        let n_between = delta_path(self.moment, id).len() - 1;
        let mut units = vec![id];
        units.extend((1..=n_between).map(|k| UnitId::new(id.layer + k, 0)));
        let end = units[n_between];
        let g = self.moment.network().activation(end.layer);
        let is_softened = !matches!(g, Activation::Identity | Activation::Softmax);
        let has_own_slope = is_softened && self.is_output(end.layer) && self.takes_slope(end.layer);
        Chain { units, end, has_own_slope }
    }

    pub(super) fn gradient(&self, param: Param) -> StepText {
        let id = param.unit();
        let layer = id.layer;
        let result = Quantity::Gradient(param);
        let this = Quantity::Param(param);
        let factors = self.factors_of(param);
        let chain = self.chain(param);
        let end = self.variable(chain.end);
        let mut derivatives = Vec::new();
        if chain.has_own_slope {
            let output = Quantity::Activation(chain.end);
            derivatives.push(Formula::Partial(Quantity::Loss, output));
            derivatives.push(Formula::Partial(output, end));
        } else if self.is_output(chain.end.layer) && !self.takes_slope(chain.end.layer) {
            derivatives.push(Formula::Partial(Quantity::Loss, Quantity::Activation(chain.end)));
        } else {
            derivatives.push(Formula::Partial(Quantity::Loss, end));
        }
        let between = chain.units.windows(2).rev();
        derivatives
            .extend(between.map(|pair| Formula::Partial(self.variable(pair[1]), self.variable(pair[0]))));
        derivatives.push(Formula::Partial(self.variable(id), this));

        let name = self.name(this);
        let unit = self.unit_name(id);
        let variable = self.name(self.variable(id));
        let loss = self.name(Quantity::Loss);
        let effect = match self.moment.value(result) {
            Some(g) if g < 0.0 => format!("raising {name} lowers {loss}."),
            Some(g) if g > 0.0 => format!("raising {name} raises {loss}."),
            _ => format!("{loss} does not change with {name} here."),
        };
        let carried = match param {
            Param::Weight { layer, from, .. } => {
                let source = Quantity::Activation(UnitId::new(layer - 1, from));
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
        let is_linear_output =
            self.is_output(layer) && self.moment.network().activation(layer) == Activation::Identity;
        let delta = Quantity::Delta(id);
        let cause = if is_linear_output {
            let gap = self.gap(id);
            format!("{} {}", gap, capitalise(&effect))
        } else if !self.moment.lesson.rule.derives(self.moment.network(), 1) {
            format!(
                "{loss} is said to move by {} for each unit of {variable}: the machine is broken on purpose, the check tells.",
                self.number(delta)
            )
        } else {
            format!("{loss} moves by {} for each unit of {variable}: {effect}", self.number(delta))
        };
        let question = format!("How does the error change with {name}?");
        let equation = self.equation(
            Formula::Name(result),
            Some(Formula::Product(derivatives)),
            Formula::Product(factors),
            result,
        );
        StepText { question, equations: vec![equation], why: format!("{carried} {cause}") }
    }

    pub(super) fn mean_gradient(&self, param: Param) -> StepText {
        let n = self.moment.n_samples();
        let result = Quantity::MeanGradient(param);
        let sum = self.sum(n, |sample| Quantity::SampleGradient(sample, param).into());
        let symbols = self.mean(sum);
        let name = self.name(Quantity::Param(param));
        let loss = self.name(Quantity::BatchLoss);
        let question = format!("What do all {n} samples together say about {name}?");
        let why = match self.sums_samples() {
            false => format!("{loss} is the mean over the samples, so its derivative is the mean of theirs."),
            true => format!(
                "Broken on purpose: {loss} is the mean over the {n} samples, and their derivatives are added up without dividing by {n}."
            ),
        };
        StepText {
            question,
            equations: vec![self.equation(Formula::Name(result), None, symbols, result)],
            why,
        }
    }
}

const DOUBLED: &str = "Broken on purpose: the loss has a ½ that takes the 2 away, and here the ½ is forgotten: twice the derivative.";

fn capitalise(text: &str) -> String {
    // A sentence that starts with a symbol (E, w₅) keeps it as it is.
    match text.strip_prefix("raising") {
        Some(rest) => format!("Raising{rest}"),
        None => text.to_owned(),
    }
}
