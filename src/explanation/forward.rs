//! The steps forwards: weighted sums, activations and the error.

use super::{Explainer, StepText};
use crate::explanation::formula::{Formula, Function};
use crate::lesson::quantity::Quantity;
use crate::text::format;
use backprop::activation::{Activation, LEAK};
use backprop::loss::Loss;
use backprop::network::{Param, UnitId};
use backprop::trace::sum_of;

impl Explainer<'_> {
    pub(super) fn sum_term(&self, id: UnitId, k: usize) -> Formula {
        let UnitId { layer, unit } = id;
        if k < self.moment.network().n_units(layer - 1) {
            let weight = Param::Weight { layer, to: unit, from: k };
            Formula::Product(vec![
                Quantity::Activation(UnitId::new(layer - 1, k)).into(),
                Quantity::Param(weight).into(),
            ])
        } else {
            Quantity::Param(Param::Bias { layer, to: unit }).into()
        }
    }

    pub(super) fn n_sum_terms(&self, layer: usize) -> usize {
        let network = self.moment.network();
        network.n_units(layer - 1) + usize::from(network.has_biases(layer))
    }

    pub(super) fn weighted_sum(&self, id: UnitId) -> StepText {
        let layer = id.layer;
        let result = self.variable(id);
        let is_linear = result == Quantity::Activation(id);
        let name = self.unit_name(id);
        let symbols = self.sum(self.n_sum_terms(layer), |k| self.sum_term(id, k));
        let question = if is_linear && self.is_output(layer) {
            format!("What does the network predict for {}?", self.name(result))
        } else {
            format!("What is the weighted sum of {name}?")
        };
        let has_bias = self.moment.network().has_biases(layer);
        let added = match (layer, self.moment.network().n_units(layer - 1), has_bias) {
            (1, 1, true) => "The input is multiplied by its weight, and the bias is added.",
            (1, 1, false) => "The input is multiplied by its weight.",
            (1, _, true) => "Each input is multiplied by its weight; the products and the bias are added.",
            (1, _, false) => "Each input is multiplied by its weight; the products are added.",
            (_, 1, true) => {
                "The output of the previous layer is multiplied by its weight, and the bias is added."
            }
            (_, 1, false) => "The output of the previous layer is multiplied by its weight.",
            (_, _, true) => {
                "Each output of the previous layer is multiplied by its weight; the products and the bias are added."
            }
            (_, _, false) => {
                "Each output of the previous layer is multiplied by its weight; the products are added."
            }
        };
        let passes = if is_linear {
            format!(" {} is linear: it passes the sum on as it is.", self.unit_at_start(id))
        } else {
            format!(" The sum is called {}.", self.name(result))
        };
        let rest = self.rest(id);
        let why = format!("{added}{passes}{rest}");
        StepText {
            question,
            equations: vec![self.equation(Formula::Name(result), None, symbols, result)],
            why,
        }
    }

    /// g(z) of a unit, written out.
    pub(super) fn activation_formula(&self, id: UnitId) -> Formula {
        let network = self.moment.network();
        let layer = id.layer;
        let g = network.activation(layer);
        let z = || Formula::from(Quantity::Sum(id));
        let negative = |x| Formula::Negative(Box::new(x));
        let exp = |x| Formula::Exp(Box::new(x));
        match g {
            Activation::Identity => z(),
            Activation::Sigmoid => {
                Formula::Number(1.0).over(Formula::Sum(vec![Formula::Number(1.0), exp(negative(z()))]))
            }
            Activation::Tanh => Formula::Call(Function::Activation(g), vec![z()]),
            Activation::Relu => Formula::Call(Function::Max, vec![Formula::Number(0.0), z()]),
            Activation::LeakyRelu => {
                Formula::Call(Function::Max, vec![Formula::Product(vec![Formula::Number(LEAK), z()]), z()])
            }
            Activation::Softplus => {
                Formula::Call(Function::Ln, vec![Formula::Sum(vec![Formula::Number(1.0), exp(z())])])
            }
            Activation::Elu => {
                let zero = || Formula::Number(0.0);
                let below = exp(z()).minus(Formula::Number(1.0));
                Formula::Sum(vec![
                    Formula::Call(Function::Max, vec![zero(), z()]),
                    Formula::Call(Function::Min, vec![zero(), below]),
                ])
            }
            Activation::Softmax => {
                let all = self
                    .sum(network.n_units(layer), |unit| exp(Quantity::Sum(UnitId { layer, unit }).into()));
                // A sum below a line cannot go on in the next row.
                exp(z()).over(all.shortened(self.most_below()))
            }
        }
    }

    pub(super) fn activation(&self, id: UnitId) -> StepText {
        let network = self.moment.network();
        let layer = id.layer;
        let g = network.activation(layer);
        let result = Quantity::Activation(id);
        let z = || Formula::from(Quantity::Sum(id));
        let symbols = self.activation_formula(id);
        let name = self.unit_name(id);
        let question = if self.is_output(layer) {
            format!("What does the network predict for {}?", self.name(result))
        } else {
            format!("What does {name} pass on?")
        };
        let why = format!("{}{}", g.facts().sentence, self.kink(id));
        let chain = Some(Formula::Call(Function::AnyActivation(self.moment.names.function()), vec![z()]));
        StepText {
            question,
            equations: vec![self.equation(Formula::Name(result), chain, symbols, result)],
            why,
        }
    }

    /// Of a sum that is 0 on paper, what it is here and what follows; else nothing.
    fn rest(&self, id: UnitId) -> String {
        let z = Quantity::Sum(id);
        match self.moment.value(z) {
            Some(rest) if self.moment.is_zero_on_paper(z, self.moment.sample()) => format!(
                " On paper it is 0; binary arithmetic leaves {}.{}",
                format::number(rest, 3),
                self.kink(id)
            ),
            _ => String::new(),
        }
    }

    /// Where rounding alone decides on which side of its kink an activation function is, what that does to
    /// its slope; else nothing.
    pub(super) fn kink(&self, id: UnitId) -> String {
        let layer = id.layer;
        let g = self.moment.network().activation(layer);
        let (z, slope) = (Quantity::Sum(id), Quantity::Slope(id));
        if !g.has_kink() || !self.moment.is_zero_on_paper(z, self.moment.sample()) {
            return String::new();
        }
        format!(
            " This is the kink of the {}: below 0 its slope is {}, above it 1, and nothing but the rest of rounding decides that it is {} here.",
            g.name(),
            format::number(g.slope(-1.0, -1.0), self.detail.digits),
            self.number(slope),
        )
    }

    pub(super) fn loss_term(&self, unit: usize) -> Formula {
        let layer = self.moment.network().n_layers();
        let a = || Formula::from(Quantity::Activation(UnitId { layer, unit }));
        let y = || Formula::from(Quantity::Target(unit));
        let ln = |x| Formula::Call(Function::Ln, vec![x]);
        let one = || Formula::Number(1.0);
        match self.moment.lesson.rule.loss {
            Loss::HalfSquaredError => {
                Formula::Product(vec![one().over(Formula::Number(2.0)), a().minus(y()).squared()])
            }
            Loss::MeanSquaredError => self.per_output(a().minus(y()).squared()),
            Loss::BinaryCrossEntropy => {
                let hit = Formula::Product(vec![y(), ln(a())]);
                let miss = Formula::Product(vec![one().minus(y()), ln(one().minus(a()))]);
                self.per_output(Formula::Negative(Box::new(Formula::Sum(vec![hit, miss]))))
            }
            Loss::CrossEntropy => Formula::Negative(Box::new(Formula::Product(vec![y(), ln(a())]))),
        }
    }

    /// The share of one output where the loss is a mean over them.
    pub(super) fn per_output(&self, x: Formula) -> Formula {
        let n = self.moment.network().n_outputs();
        if 1 < n { x.over(Formula::Number(n as f64)) } else { x }
    }

    /// The shares of the first `n` outputs; what they have in common, once.
    pub(super) fn loss_terms(&self, n: usize) -> Formula {
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

    /// What a squared error makes of the gap of the only output.
    fn squared_gap(&self, id: UnitId) -> String {
        let (a, y, loss) = (Quantity::Activation(id), Quantity::Target(id.unit), self.name(Quantity::Loss));
        let (name, prediction, target) = (self.name(a), self.number(a), self.number(y));
        match self.gap_of(id) {
            Some(0.0) => format!("{name} is {prediction}, which is right: {loss} is 0."),
            _ if prediction == target => {
                format!("{} {loss} grows with the square of this gap.", self.gap(id))
            }
            _ => format!(
                "{name} is {prediction} where {target} is right: {loss} grows with the square of the gap."
            ),
        }
    }

    /// Whether the targets are not those of one right answer, or of yes and no: a cross-entropy is not 0 at its
    /// least then.
    fn has_soft_targets(&self) -> bool {
        let targets = self.moment.shown_target();
        let is_of_classes = self.moment.lesson.rule.loss == Loss::CrossEntropy;
        targets.iter().any(|y| *y != 0.0 && *y != 1.0)
            || is_of_classes && sum_of(targets.iter().copied()) != 1.0
    }

    /// Where a cross-entropy of such targets is least.
    fn least_loss(&self) -> String {
        let name = self.name(Quantity::Loss);
        let targets = self.moment.shown_target();
        let (where_least, edge) = match self.moment.lesson.rule.loss {
            Loss::CrossEntropy if targets.iter().all(|y| *y == 0.0) => {
                return format!("The targets are all 0: {name} is 0 whatever the network predicts.");
            }
            Loss::CrossEntropy if sum_of(targets.iter().copied()) != 1.0 => {
                ("each prediction is its target’s share of all targets", "0")
            }
            Loss::CrossEntropy => ("each prediction is its target", "0"),
            _ => ("each prediction is its target", "0 or 1"),
        };
        format!(
            "{name} is least where {where_least}, and grows without bound as one goes to {edge} that should not."
        )
    }

    pub(super) fn loss(&self) -> StepText {
        let network = self.moment.network();
        let layer = network.n_layers();
        let symbols = self.loss_terms(network.n_outputs());
        let name = self.name(Quantity::Loss);
        let question = "How wrong is the prediction?".to_owned();
        let why = match self.moment.lesson.rule.loss {
            Loss::HalfSquaredError | Loss::MeanSquaredError if network.n_outputs() == 1 => {
                let half = if self.moment.lesson.rule.loss == Loss::HalfSquaredError {
                    " The ½ is there to cancel the 2 that the derivative brings."
                } else {
                    ""
                };
                format!("{}{half}", self.squared_gap(UnitId { layer, unit: 0 }))
            }
            Loss::HalfSquaredError => {
                format!(
                    "Each output adds half the square of its gap to {name}. The ½ cancels the 2 that the derivative brings."
                )
            }
            Loss::MeanSquaredError => format!("{name} is the mean over the outputs of the squared gap."),
            Loss::BinaryCrossEntropy | Loss::CrossEntropy if self.has_soft_targets() => self.least_loss(),
            loss @ (Loss::BinaryCrossEntropy | Loss::CrossEntropy) => {
                let counts = |unit: &usize| {
                    loss == Loss::BinaryCrossEntropy || self.moment.shown_target()[*unit] != 0.0
                };
                let near_one = (0..network.n_outputs()).filter(counts).find_map(|unit| self.near_one(unit));
                format!(
                    "{name} is small where the network gave the right answer a high probability, and grows without bound the surer it is of a wrong one.{}",
                    near_one.unwrap_or_default()
                )
            }
        };
        let left = Formula::Name(Quantity::Loss);
        StepText { question, equations: vec![self.equation(left, None, symbols, Quantity::Loss)], why }
    }
}
