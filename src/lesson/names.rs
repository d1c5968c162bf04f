//! What every quantity is called: the same name in diagram, formula, table and speech.

mod symbol;

use crate::lesson::quantity::Quantity;
use crate::lesson::{Lesson, Notation, limits};
use crate::text::foreign;
use crate::text::format::{plain_digits, subscript};
use backprop::mistakes::Mistake;
use backprop::network::{Network, Param, UnitId};
use backprop::optimizer::Optimizer;
pub use symbol::{Age, Symbol, is_index_expression};

/// How a quantity is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// A symbol.
    Symbol(Symbol),
    /// ∂of/∂by.
    Partial {
        /// What changes.
        of: Symbol,
        /// With what.
        by: Symbol,
    },
    /// g′(z).
    Slope(Symbol),
    /// A product such as −a·∂E/∂w.
    Scaled {
        /// Whether a minus sign stands before it.
        is_negative: bool,
        /// The letter that stands before: a.
        factor: &'static str,
        /// What is multiplied.
        rest: Box<Written>,
    },
}

impl Written {
    /// As a line of text.
    pub fn plain(&self) -> String {
        match self {
            Self::Symbol(symbol) => symbol.plain(),
            Self::Partial { of, by } => format!("∂{}/∂{}", of.plain(), by.plain()),
            Self::Slope(z) => format!("g′({})", z.plain()),
            Self::Scaled { is_negative, factor, rest } => {
                format!("{}{factor}·{}", minus(*is_negative), rest.plain())
            }
        }
    }
}

/// The sign before a product.
pub fn minus(is_negative: bool) -> &'static str {
    if is_negative { "−" } else { "" }
}

/// The names of a lesson's quantities.
#[derive(Clone, Debug, PartialEq)]
pub struct Names {
    notation: Notation,
    /// Per layer 0…L the name of each unit.
    units: Vec<Vec<String>>,
    /// Number of weights, and of biases, before each layer 1…L.
    before: Vec<(usize, usize)>,
    n_samples: usize,
    /// Where a step is the derivative times the learning rate: whether a minus stands before it.
    scaled_step: Option<bool>,
}

impl Names {
    /// The names for `lesson` with `network`; `n_samples` in a batch: from two on, a sample's loss
    /// carries the sample's number.
    pub fn new(lesson: &Lesson, network: &Network, n_samples: usize) -> Self {
        let n_layers = network.n_layers();
        let mut before = Vec::with_capacity(n_layers);
        let (mut weights, mut biases) = (0, 0);
        for layer in 1..=n_layers {
            before.push((weights, biases));
            weights += network.n_units(layer) * network.n_units(layer - 1);
            biases += if network.has_biases(layer) { network.n_units(layer) } else { 0 };
        }
        let input_letter = match lesson.notation {
            Notation::Numbered => "i",
            Notation::Indexed => "x",
        };
        let numbered = |letter: &str, n: usize, first: usize| -> Vec<String> {
            (0..n).map(|k| format!("{letter}{}", subscript(&(first + k).to_string()))).collect()
        };
        let mut units = vec![
            lesson
                .input_names
                .as_deref()
                .map(shown_names)
                .unwrap_or_else(|| numbered(input_letter, network.n_units(0), 1)),
        ];
        let mut n_hidden = 0;
        for layer in 1..=n_layers {
            let n = network.n_units(layer);
            let given = lesson.unit_names.get(layer - 1).and_then(|given| given.as_deref().map(shown_names));
            units.push(match given.filter(|names| names.len() == n) {
                Some(names) => names,
                None if layer < n_layers => numbered("h", n, n_hidden + 1),
                None if n == 1 => vec!["out".to_owned()],
                None => numbered("out", n, 1),
            });
            n_hidden += n;
        }
        let rule = lesson.rule;
        let is_scaled = matches!(rule.optimizer, Optimizer::Sgd { .. }) && !rule.makes(Mistake::Rounded);
        let scaled_step = is_scaled.then(|| !rule.makes(Mistake::SignFlipped));
        Self { notation: lesson.notation, units, before, n_samples, scaled_step }
    }

    /// The name of a unit; layer 0 is the inputs.
    pub fn unit(&self, id: UnitId) -> &str {
        &self.units[id.layer][id.unit]
    }

    /// The letter of the loss: E or L.
    pub fn loss(&self) -> &'static str {
        match self.notation {
            Notation::Numbered => "E",
            Notation::Indexed => "L",
        }
    }

    /// The letter of the learning rate: a or α.
    pub fn learning_rate(&self) -> &'static str {
        match self.notation {
            Notation::Numbered => "a",
            Notation::Indexed => "α",
        }
    }

    /// The letter of δ.
    pub fn delta(&self) -> &'static str {
        match self.notation {
            Notation::Numbered => "Δ",
            Notation::Indexed => "δ",
        }
    }

    /// The heading of the ledger's column of derivatives: ∂E/∂w.
    pub fn gradient_heading(&self) -> String {
        format!("∂{}/∂w", self.loss())
    }

    /// The heading of the ledger's column of steps: −a·∂E/∂w, or Δw where the step is more than that.
    pub fn step_heading(&self) -> String {
        match self.scaled_step {
            Some(is_negative) => {
                format!("{}{}·∂{}/∂w", minus(is_negative), self.learning_rate(), self.loss())
            }
            None => "step".to_owned(),
        }
    }

    /// The letter of `quantity` alone, where it is a symbol: m.
    pub fn letter(&self, quantity: Quantity) -> String {
        match self.written(quantity, 0) {
            Written::Symbol(symbol) => symbol.letter,
            other => other.plain(),
        }
    }

    /// "w₅" as a line of text.
    pub fn plain(&self, quantity: Quantity, sample: usize) -> String {
        self.written(quantity, sample).plain()
    }

    /// How `quantity` is written while sample `sample` is shown.
    pub fn written(&self, quantity: Quantity, sample: usize) -> Written {
        let loss_of = |sample: usize| self.sample_loss(sample);
        let partial = |of: Symbol, by: Symbol| Written::Partial { of, by };
        Written::Symbol(match quantity {
            Quantity::Sum(id) => self.sum(id),
            Quantity::Activation(id) => self.activation(id),
            Quantity::Target(unit) => self.target(unit),
            Quantity::LossTerm(unit) => self.loss_term(unit),
            Quantity::Loss => loss_of(sample),
            Quantity::SampleLoss(sample) => loss_of(sample),
            Quantity::BatchLoss => Symbol::new(self.loss()),
            Quantity::Slope(id) => return Written::Slope(self.sum(id)),
            Quantity::ActivationGradient(id) => {
                return partial(loss_of(sample), self.activation(id));
            }
            Quantity::GradientShare { of, to } if of.layer + 2 == self.units.len() => {
                return partial(self.loss_term(to), self.activation(of));
            }
            Quantity::GradientShare { of, to } => {
                let mut loss = loss_of(sample);
                loss.sub = self.unit(UnitId::new(of.layer + 1, to)).to_owned();
                return partial(loss, self.activation(of));
            }
            Quantity::Delta(id) => self.delta_of(id),
            Quantity::SampleDelta(sample, id) => of_sample(self.delta_of(id), sample),
            Quantity::SampleActivation(sample, id) => of_sample(self.activation(id), sample),
            Quantity::Param(param) => self.param(param),
            Quantity::Gradient(param) => return partial(loss_of(sample), self.param(param)),
            Quantity::SampleGradient(sample, param) => {
                return partial(loss_of(sample), self.param(param));
            }
            Quantity::MeanGradient(param) => {
                return partial(Symbol::new(self.loss()), self.param(param));
            }
            Quantity::ScaledGradient(param) => return self.scaled(false, param),
            Quantity::Step(param) => match self.scaled_step {
                Some(is_negative) => return self.scaled(is_negative, param),
                None => self.decorated("step", param),
            },
            Quantity::New(param) => Symbol { age: Some(Age::New), ..self.param(param) },
            Quantity::OldFirstMoment(param) => Symbol { age: Some(Age::Old), ..self.decorated("m", param) },
            Quantity::OldSecondMoment(param) => Symbol { age: Some(Age::Old), ..self.decorated("v", param) },
            Quantity::FirstMoment(param) => self.decorated("m", param),
            Quantity::SecondMoment(param) => self.decorated("v", param),
            Quantity::CorrectedFirstMoment(param) => self.decorated("m̂", param),
            Quantity::CorrectedSecondMoment(param) => self.decorated("v̂", param),
            Quantity::LearningRate => Symbol::new(self.learning_rate()),
            Quantity::Momentum => Symbol::new("μ"),
            Quantity::Decay => Symbol::new("ρ"),
            Quantity::Beta1 => Symbol::new("β").sub("1"),
            Quantity::Beta2 => Symbol::new("β").sub("2"),
            Quantity::Epsilon => Symbol::new("ε"),
            Quantity::BiasCorrection1 => Symbol::new("c").sub("1"),
            Quantity::BiasCorrection2 => Symbol::new("c").sub("2"),
        })
    }

    fn is_numbered(&self) -> bool {
        self.notation == Notation::Numbered
    }

    fn sum(&self, id: UnitId) -> Symbol {
        let UnitId { layer, unit } = id;
        if self.is_numbered() {
            return Symbol::new("net").sub(self.unit(id));
        }
        indexed("z", layer, &[unit])
    }

    /// The symbol of a unit's activation.
    pub fn activation(&self, id: UnitId) -> Symbol {
        let UnitId { layer, unit } = id;
        if self.is_numbered() || layer == 0 {
            return split_name(self.unit(id));
        }
        indexed("a", layer, &[unit])
    }

    fn delta_of(&self, id: UnitId) -> Symbol {
        let UnitId { layer, unit } = id;
        if !self.is_numbered() {
            return indexed("δ", layer, &[unit]);
        }
        let is_only_output = layer + 1 == self.units.len() && self.units[layer].len() == 1;
        let sub = if is_only_output { "" } else { self.unit(id) };
        Symbol::new("Δ").sub(sub)
    }

    /// The symbol of a weight or bias.
    pub fn param(&self, param: Param) -> Symbol {
        if !self.is_numbered() {
            return match param {
                Param::Weight { layer, to, from } => indexed("w", layer, &[to, from]),
                Param::Bias { layer, to } => indexed("b", layer, &[to]),
            };
        }
        let (weights, biases) = self.before[param.layer() - 1];
        match param {
            Param::Weight { layer, to, from } => {
                let number = weights + to * self.units[layer - 1].len() + from + 1;
                Symbol::new("w").sub(number.to_string())
            }
            Param::Bias { to, .. } => Symbol::new("b").sub((biases + to + 1).to_string()),
        }
    }

    /// The weight or bias that may be called `name`, all in line: "w5", "w11(1)", "w10,2(1)", "b1". The
    /// reverse of [`Self::param`]; whether there is such a one the network knows.
    pub fn param_called(&self, name: &str) -> Option<Param> {
        let is_bias = name.starts_with('b');
        let index = name.strip_prefix(['w', 'b'])?;
        if self.is_numbered() {
            let k = index.parse::<usize>().ok()?.checked_sub(1)?;
            let before = |&(weights, biases): &(usize, usize)| if is_bias { biases } else { weights };
            // The last layer that starts no later.
            let layer = self.before.iter().rposition(|counts| before(counts) <= k)? + 1;
            let k = k - before(&self.before[layer - 1]);
            let n_in = self.units[layer - 1].len();
            return Some(match is_bias {
                true => Param::Bias { layer, to: k },
                false => Param::Weight { layer, to: k / n_in, from: k % n_in },
            });
        }
        let (index, layer) = index.strip_suffix(')')?.split_once('(')?;
        let layer = layer.parse().ok()?;
        let number = |text: &str| text.parse::<usize>().ok()?.checked_sub(1);
        if is_bias {
            return Some(Param::Bias { layer, to: number(index)? });
        }
        let (to, from) = index.split_once(',').or_else(|| index.split_at_checked(1))?;
        Some(Param::Weight { layer, to: number(to)?, from: number(from)? })
    }

    fn target(&self, unit: usize) -> Symbol {
        let n = self.units[self.units.len() - 1].len();
        match (self.is_numbered(), n) {
            (true, 1) => Symbol::new("target"),
            (true, _) => Symbol::new("target").sub(self.unit(UnitId::new(self.units.len() - 1, unit))),
            (false, 1) => Symbol::new("y"),
            (false, _) => Symbol::new("y").sub((unit + 1).to_string()),
        }
    }

    fn sample_loss(&self, sample: usize) -> Symbol {
        let symbol = Symbol::new(self.loss());
        if self.n_samples < 2 { symbol } else { symbol.sub((sample + 1).to_string()) }
    }

    fn loss_term(&self, unit: usize) -> Symbol {
        Symbol::new(self.loss()).sub(self.unit(UnitId::new(self.units.len() - 1, unit)))
    }

    fn decorated(&self, letter: &str, param: Param) -> Symbol {
        Symbol::new(letter).sub(self.param(param).plain())
    }

    fn scaled(&self, is_negative: bool, param: Param) -> Written {
        Written::Scaled {
            is_negative,
            factor: self.learning_rate(),
            rest: Box::new(Written::Partial { of: Symbol::new(self.loss()), by: self.param(param) }),
        }
    }
}

/// The symbol with the number of the sample in brackets above: h₁[2].
fn of_sample(symbol: Symbol, sample: usize) -> Symbol {
    Symbol { sample: Some(sample), ..symbol }
}

/// "w" with the indices (from 1) below and the layer above. Indices of several digits are parted by
/// a comma.
fn indexed(letter: &str, layer: usize, indices: &[usize]) -> Symbol {
    let numbers: Vec<String> = indices.iter().map(|index| (index + 1).to_string()).collect();
    let is_long = numbers.iter().any(|number| 1 < number.len());
    let sub = numbers.join(if is_long { "," } else { "" });
    Symbol { layer: Some(layer), ..Symbol::new(letter).sub(sub) }
}

/// Names that a file gives, as they stand within sentences.
fn shown_names(names: &[String]) -> Vec<String> {
    names.iter().map(|name| foreign::shown(name, limits::NAME_CHARS)).collect()
}

/// "h₁" as the letter h with the index 1; other names stay whole.
fn split_name(name: &str) -> Symbol {
    let base = name.trim_end_matches(|c| ('₀'..='₉').contains(&c));
    if base.is_empty() {
        return Symbol::new(name);
    }
    Symbol::new(base).sub(plain_digits(&name[base.len()..]))
}
