//! The steps backwards: δ, the derivatives of activations and weights, and their mean.

use super::{Explainer, StepText};
use crate::explanation::formula::Formula;
use crate::explanation::formula::delta_sign::in_sign_of;
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
    in_sign_of(&moment.names, Formula::Product(factors))
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

    /// The number of [`Self::at_loss`] as a derivative, whatever sign δ has.
    pub(super) fn derivative_at_loss(&self, output: UnitId) -> Option<f64> {
        match self.at_loss(output) {
            Quantity::Delta(id) => self.derivative_by_sum(id),
            other => self.moment.value(other),
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
            let why = if takes_slope { self.through_slope(id) } else { self.without_slope(id) };
            let why = format!("{why}{}", self.kink(id));
            let question = format!("How does the error change with the weighted sum of {name}?");
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
                if self.total_target() == 1.0 {
                    a().minus(y())
                } else {
                    let total = (0..targets.len()).map(|k| Quantity::Target(k).into()).collect();
                    Formula::Product(vec![a(), Formula::Sum(total)]).minus(y())
                }
            }
        };
        let gap = self.gap(id);
        let why = match (self.moment.lesson.rule.loss, g) {
            (Loss::CrossEntropy, _) if self.total_target() != 1.0 => self.of_other_total(id),
            _ if self.gap_of(id) == Some(0.0) => format!(
                "{} is exactly right: {} is 0, and nothing goes back from it.",
                self.name(a_quantity),
                self.name(result)
            ),
            (loss @ (Loss::BinaryCrossEntropy | Loss::CrossEntropy), _) => {
                let n = network.n_outputs();
                let divided = match loss {
                    Loss::BinaryCrossEntropy if 1 < n => format!(", divided by the number of outputs, {n}"),
                    _ => String::new(),
                };
                let looks_equal = self.number(Quantity::Target(unit)) == "1";
                let near_one = self.near_one(unit).filter(|_| looks_equal).unwrap_or_default();
                let left = match self.moment.names.negates_delta() {
                    false => "prediction minus target",
                    true => "target minus prediction",
                };
                format!(
                    "{gap} The slope of the activation cancels against that of the loss: {left} is left{divided}.{near_one}"
                )
            }
            (_, Activation::Identity) => {
                let n = network.n_outputs();
                let to = if n == 1 { "every weight" } else { "every weight that leads to it" };
                format!("{gap} {}, {}, goes back to {to}.", self.times_gap(), self.name(result))
            }
            _ if !takes_slope => format!("{gap} {}", self.without_slope(id)),
            _ => format!("{gap} {}", self.through_slope(id)),
        };
        let why = if self.doubles() { format!("{why} {DOUBLED}") } else { why };
        let question = match g {
            Activation::Identity => format!("How does the error change with {}?", self.name(a_quantity)),
            _ => format!("How does the error change with the weighted sum of {name}?"),
        };
        StepText { question, equations: vec![self.equation(left, Some(chain), symbols, result)], why }
    }

    /// What the slope of a unit does to what comes back to it.
    fn through_slope(&self, id: UnitId) -> String {
        let (slope, g) = (Quantity::Slope(id), self.moment.network().activation(id.layer));
        if g.has_kink() && self.is_zero(Quantity::Sum(id)) {
            return format!(
                "{} is 0, the kink of the {}, where its slope jumps and is taken to be {}.",
                self.name(Quantity::Sum(id)),
                g.name(),
                self.number(slope),
            );
        }
        if !self.is_zero(slope) {
            return format!(
                "A small change of {} reaches {} scaled by the slope of its activation function, {}.",
                self.name(Quantity::Sum(id)),
                self.name(Quantity::Activation(id)),
                self.number(slope),
            );
        }
        let state = match g {
            Activation::Relu | Activation::Softplus => "switched off",
            _ => "saturated",
        };
        format!("{} is {state}: its slope is 0, so nothing goes back through it.", self.unit_at_start(id))
    }

    fn total_target(&self) -> f64 {
        sum_of(self.moment.shown_target().iter().copied())
    }

    /// Of softmax and cross-entropy, what δ is where the targets do not add up to 1.
    fn of_other_total(&self, id: UnitId) -> String {
        let total = format::number(self.total_target(), self.detail.digits);
        let prediction = format!("{total} times {}", self.name(Quantity::Activation(id)));
        let target = self.name(Quantity::Target(id.unit));
        let left = match self.moment.names.negates_delta() {
            false => format!("{prediction} minus {target}"),
            true => format!("{target} minus {prediction}"),
        };
        format!(
            "The targets add up to {total}. The slope of the activation cancels against that of the loss: {left} is left."
        )
    }

    /// How much of the gap of a linear output its δ is: "Twice this gap".
    fn times_gap(&self) -> String {
        let n = self.moment.network().n_outputs();
        match self.moment.lesson.rule.loss {
            Loss::HalfSquaredError if self.doubles() => "Twice this gap".to_owned(),
            Loss::MeanSquaredError if n == 1 => "Twice this gap".to_owned(),
            Loss::MeanSquaredError if n != 2 => format!("2/{n} of this gap"),
            _ => "This gap".to_owned(),
        }
    }

    /// What g′ would have done to the δ of a unit that is computed without it.
    fn without_slope(&self, id: UnitId) -> String {
        let slope = Quantity::Slope(id);
        format!(
            "Broken on purpose: the factor {} = {} is left out, so {} is not the derivative by {}.",
            self.name(slope),
            self.number(slope),
            self.name_of_derivative_by_sum(id),
            self.name(Quantity::Sum(id)),
        )
    }

    /// Prediction minus target of an output.
    pub(super) fn gap_of(&self, id: UnitId) -> Option<f64> {
        let prediction = self.moment.value(Quantity::Activation(id))?;
        let target = self.moment.value(Quantity::Target(id.unit))?;
        let is_of_sums = self.moment.lesson.rule.loss.is_of_sums();
        Some(match self.moment.rest(id.unit).filter(|_| is_of_sums) {
            Some(rest) => loss::gap(1.0, prediction, target, rest),
            None => prediction - target,
        })
    }

    /// "out is 0.809 too low."
    pub(super) fn gap(&self, id: UnitId) -> String {
        let Some(gap) = self.gap_of(id) else {
            return String::new();
        };
        let name = self.name(Quantity::Activation(id));
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
        let name = self.name(a);
        let mut why = if n_next == 1 {
            let weight = self.moment.weight_behind(layer + 1, 0, unit);
            let next = self.name(self.variable(UnitId::new(layer + 1, 0)));
            let (weight, number) = (self.name(weight), self.number(weight));
            if self.is_layer_by_layer() {
                format!("{name} reaches the error only through {next}. The factor is {weight} = {number}.")
            } else if number == "0" {
                format!(
                    "{name} could reach the error only through {next}, and {weight} = 0 lets nothing through."
                )
            } else {
                format!(
                    "{name} reaches the error only through {next}, which changes {weight} = {number} times as fast as {name}."
                )
            }
        } else {
            format!(
                "{name} reaches the error along {n_next} paths, one per unit of the next layer; their shares add up."
            )
        };
        if network.activation(layer) == Activation::Identity {
            let unit = self.unit_at_start(id);
            why += &format!(" {unit} is linear, so this is also its {}.", self.name_of_derivative_by_sum(id));
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

    /// [`Self::share`] with the sign that δ has.
    pub(super) fn share_in_sign(&self, id: UnitId, to: usize) -> Formula {
        in_sign_of(&self.moment.names, self.share(id, to))
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
        let question = format!("How does the error change with {name}?");
        let equation = self.equation(
            Formula::Name(result),
            Some(Formula::Product(derivatives)),
            Formula::Product(factors),
            result,
        );
        StepText { question, equations: vec![equation], why: self.why_gradient(param) }
    }

    /// What `param` does to its unit, and that to the loss.
    fn why_gradient(&self, param: Param) -> String {
        let id = param.unit();
        let name = self.name(Quantity::Param(param));
        let variable = self.name(self.variable(id));
        let loss = self.name(Quantity::Loss);
        let carried = match param {
            Param::Weight { layer, from, .. } => {
                let source = Quantity::Activation(UnitId::new(layer - 1, from));
                let value = self.name(source);
                if self.moment.value(source) == Some(0.0) {
                    return format!(
                        "{value} is 0, so {name} has no effect on {variable} here: {loss} does not change with {name}."
                    );
                }
                format!(
                    "{name} carries {value} into {variable}, which changes {} times as fast as {name}.",
                    self.number(source),
                )
            }
            Param::Bias { .. } => {
                format!("{name} is added to {variable} as it is, so {variable} changes as fast as {name}.")
            }
        };
        let effect = match self.moment.value(Quantity::Gradient(param)) {
            Some(g) if g < 0.0 => format!("raising {name} a little lowers {loss}."),
            Some(g) if g > 0.0 => format!("raising {name} a little raises {loss}."),
            _ => format!("the derivative by {name} is 0."),
        };
        let derivative = self.derivative_by_sum(id);
        let rate = derivative.map_or_else(|| "?".to_owned(), |x| format::number(x, self.detail.digits));
        let is_linear_output =
            self.is_output(id.layer) && self.moment.network().activation(id.layer) == Activation::Identity;
        let cause = if is_linear_output {
            format!("{} {}", self.gap(id), capitalise(&effect))
        } else if !self.is_derivative(param, false) {
            let broken = match self.goes_through_new_weights(param) {
                true => "the weights behind it are new already (update order layer by layer)",
                false => "the machine is broken on purpose",
            };
            format!(
                "{loss} is said to change {} times as fast as {variable}: {broken}, the check tells.",
                rate
            )
        } else if derivative == Some(0.0) {
            format!("The derivative of {loss} by {variable} is 0, and so is that by {name}.")
        } else {
            format!("{loss} changes {rate} times as fast as {variable}: {effect}")
        };
        format!("{carried} {cause}")
    }

    pub(super) fn mean_gradient(&self, param: Param) -> StepText {
        let n = self.moment.n_samples();
        let result = Quantity::MeanGradient(param);
        let sum = self.sum(n, |sample| Quantity::SampleGradient(sample, param).into());
        let symbols = self.mean(sum);
        let name = self.name(Quantity::Param(param));
        let loss = self.name(Quantity::BatchLoss);
        let question = format!("What is the mean gradient of {name} over the {n} samples?");
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
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
