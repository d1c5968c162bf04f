//! The steps backwards: δ, the derivatives of activations and weights, and their mean.

use super::{Explainer, Said};
use crate::explanation::formula::Formula;
use crate::lesson::quantity::Quantity;
use crate::moment::Moment;
use crate::text::format;
use backprop::activation::Activation;
use backprop::loss;
use backprop::loss::Loss;
use backprop::network::Param;
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

impl Explainer<'_> {
    /// g′ of a unit written with its activation, where that is how it is computed.
    pub(super) fn slope(&self, layer: usize, unit: usize) -> Formula {
        let a = || Formula::from(Quantity::Activation { layer, unit });
        match self.moment.network().activation(layer) {
            Activation::Sigmoid | Activation::Softmax => {
                Formula::Product(vec![a(), Formula::Number(1.0).minus(a())])
            }
            Activation::Tanh => Formula::Number(1.0).minus(a().squared()),
            _ => Quantity::Slope { layer, unit }.into(),
        }
    }

    pub(super) fn delta(&self, layer: usize, unit: usize) -> Said {
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
            let why = format!("{why}{}", self.kink(layer, unit));
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
                let looks_equal = self.number(Quantity::Target(unit)) == "1";
                let near_one = self.near_one(unit).filter(|_| looks_equal).unwrap_or_default();
                format!(
                    "{gap} The slope of the activation cancels against that of the loss: prediction minus target is left.{near_one}"
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
    pub(super) fn gap(&self, layer: usize, unit: usize) -> String {
        let a = Quantity::Activation { layer, unit };
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
        let a = Quantity::Activation { layer, unit };
        let rest = self.moment.rest(unit).filter(|rest| 0.0 < *rest && self.number(a) == "1")?;
        let way = match self.moment.network().activation(layer) {
            Activation::Softmax => "as the share of the other outputs".to_owned(),
            _ => format!("from {}", self.name(Quantity::Sum { layer, unit })),
        };
        Some(format!(
            " {} is 1 but for {}, which is computed directly, {way}: a prediction rounded to 1 has lost its digits.",
            self.name(a),
            format::number(rest, self.detail.digits),
        ))
    }

    pub(super) fn activation_gradient(&self, layer: usize, unit: usize) -> Said {
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

    pub(super) fn share(&self, layer: usize, unit: usize, to: usize) -> Formula {
        Formula::Product(vec![
            Quantity::Delta { layer: layer + 1, unit: to }.into(),
            self.moment.weight_behind(layer + 1, to, unit).into(),
        ])
    }

    pub(super) fn gradient(&self, param: Param) -> Said {
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

    pub(super) fn mean_gradient(&self, param: Param) -> Said {
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
}

fn capitalise(text: &str) -> String {
    // A sentence that starts with a symbol (E, w₅) keeps it as it is.
    match text.strip_prefix("raising") {
        Some(rest) => format!("Raising{rest}"),
        None => text.to_owned(),
    }
}
