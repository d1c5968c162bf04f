//! What every quantity is called: the same name in diagram, formula, table and speech.

mod symbol;

use crate::lesson::notation::{Facts, Notation, Numbering, Style, WeightOrder};
use crate::lesson::quantity::Quantity;
use crate::lesson::{Lesson, limits};
use crate::text::foreign;
use crate::text::format::{plain_digits, subscript};
use crate::words::names as words;
use backprop::mistakes::Mistake;
use backprop::network::{Network, Param, UnitId};
use backprop::optimizer::Optimizer;
pub use symbol::{Age, Brackets, Mark, Symbol, is_index_expression};

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
    Slope {
        /// The letter of the activation function: g.
        function: &'static str,
        /// Where the slope is taken.
        at: Symbol,
    },
    /// 1 − β₁ᵗ, by which Adam divides in update t.
    Correction(Symbol),
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
            Self::Slope { function, at } => format!("{function}′({})", at.plain()),
            Self::Correction(beta) => format!("1 − {}ᵗ", beta.plain()),
            Self::Scaled { is_negative, factor, rest } => {
                format!("{}{factor}·{}", minus(*is_negative), rest.plain())
            }
        }
    }

    /// The same as files name it, which are of no language.
    pub fn key(&self) -> String {
        match self {
            Self::Symbol(symbol) => symbol.key(),
            other => other.plain(),
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
    style: Style,
    /// Per layer 0…L the name of each unit.
    units: Vec<Vec<String>>,
    /// Number of weights, and of biases, before each layer 1…L.
    before: Vec<(usize, usize)>,
    n_samples: usize,
    /// Where a step is the derivative times the learning rate: whether a minus stands before it.
    scaled_step: Option<bool>,
}

impl Names {
    /// The names for `lesson` with `network`, written as the lesson says; `n_samples` in a batch: from two on, a
    /// sample's loss carries the sample's number.
    pub fn new(lesson: &Lesson, network: &Network, n_samples: usize) -> Self {
        Self::written_in(Style::of(lesson.notation), lesson, network, n_samples)
    }

    /// The same in another notation than the lesson's: of the names that its file gives to units, words are kept,
    /// and symbols such as h₁, which are of the lesson's notation, give way.
    pub fn written_in(style: Style, lesson: &Lesson, network: &Network, n_samples: usize) -> Self {
        let Style { notation, changes, facts, .. } = style;
        let n_layers = network.n_layers();
        let mut before = Vec::with_capacity(n_layers);
        let (mut weights, mut biases) = (0, 0);
        for layer in 1..=n_layers {
            before.push((weights, biases));
            weights += network.n_units(layer) * network.n_units(layer - 1);
            biases += if network.has_biases(layer) { network.n_units(layer) } else { 0 };
        }
        let numbered = |letter: &str, n: usize, n_before: usize| -> Vec<String> {
            let number = |k: usize| subscript(&(facts.first + n_before + k).to_string());
            (0..n).map(|k| format!("{letter}{}", number(k))).collect()
        };
        let is_lessons = notation == lesson.notation && !changes.rename_units();
        let is_kept = |names: &[String]| is_lessons || !names.iter().all(|name| is_symbol(name));
        let given = |names: Option<&[String]>| names.filter(|names| is_kept(names)).map(shown_names);
        let inputs = given(lesson.input_names.as_deref());
        let mut units = vec![inputs.unwrap_or_else(|| numbered(facts.input, network.n_units(0), 0))];
        let (hidden, output) = match facts.numbering {
            Numbering::Running => (facts.hidden, facts.output),
            Numbering::Layered | Numbering::ByUnit => ("h", "out"),
        };
        let mut n_hidden = 0;
        for layer in 1..=n_layers {
            let n = network.n_units(layer);
            let named = given(lesson.unit_names.get(layer - 1).and_then(Option::as_deref));
            units.push(match named.filter(|names| names.len() == n) {
                Some(names) => names,
                None if layer < n_layers => numbered(hidden, n, n_hidden),
                None if n == 1 => vec![output.to_owned()],
                None => numbered(output, n, 0),
            });
            n_hidden += n;
        }
        let rule = lesson.rule;
        let is_scaled = matches!(rule.optimizer, Optimizer::Sgd { .. }) && !rule.makes(Mistake::Rounded);
        let scaled_step = is_scaled.then(|| !rule.makes(Mistake::SignFlipped));
        Self { style, units, before, n_samples, scaled_step }
    }

    /// Whose names they are.
    pub fn notation(&self) -> Notation {
        self.style.notation
    }

    /// The notation, with what the reader has changed of it.
    pub fn style(&self) -> Style {
        self.style
    }

    /// What it decides.
    pub fn facts(&self) -> &Facts {
        &self.style.facts
    }

    /// Whose letters stand in a formula for any network.
    pub fn general(&self) -> &Facts {
        &self.style.general
    }

    /// The name of a unit; layer 0 is the inputs.
    pub fn unit(&self, id: UnitId) -> &str {
        &self.units[id.layer][id.unit]
    }

    /// What a unit is called, apart from its activation: h₁, which the lecture writes for both, "unit 1 of
    /// layer 2", or "unit 4".
    pub fn unit_in_words(&self, id: UnitId) -> String {
        let (number, layer) = (self.number_of(id), self.number_of_layer(id.layer));
        match self.facts().numbering {
            Numbering::Running => self.activation(id).plain(),
            Numbering::Layered => words::unit_of_layer(&number, &layer),
            Numbering::ByUnit => words::unit(&number),
        }
    }

    /// [`Self::unit_in_words`] at the start of a sentence.
    pub fn unit_at_start(&self, id: UnitId) -> String {
        let (number, layer) = (self.number_of(id), self.number_of_layer(id.layer));
        match self.facts().numbering {
            Numbering::Running => self.activation(id).plain(),
            Numbering::Layered => words::unit_of_layer_at_start(&number, &layer),
            Numbering::ByUnit => words::unit_at_start(&number),
        }
    }

    /// The letter of the loss: E.
    pub fn loss(&self) -> &'static str {
        self.facts().loss
    }

    /// The letter of the learning rate: α.
    pub fn learning_rate(&self) -> &'static str {
        self.facts().rate
    }

    /// The letter of δ.
    pub fn delta(&self) -> &'static str {
        self.facts().delta
    }

    /// What ∂E/∂z is multiplied by to be δ: 1 or −1.
    pub fn delta_sign(&self) -> f64 {
        self.facts().delta_sign.factor()
    }

    /// Whether δ is −∂E/∂z.
    pub fn negates_delta(&self) -> bool {
        self.facts().delta_sign.negates()
    }

    /// The letter of the activation function: g.
    pub fn function(&self) -> &'static str {
        self.facts().function
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

    /// The same as files name it, which are of no language.
    pub fn key(&self, quantity: Quantity, sample: usize) -> String {
        self.written(quantity, sample).key()
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
            Quantity::Slope(id) => return self.slope(self.sum(id)),
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
            Quantity::SampleDelta(sample, id) => self.of_sample(self.delta_of(id), sample),
            Quantity::SampleActivation(sample, id) => self.of_sample(self.activation(id), sample),
            Quantity::SampleSlope(sample, id) => return self.slope(self.of_sample(self.sum(id), sample)),
            Quantity::Param(param) => self.param(param),
            Quantity::Gradient(param) => return partial(loss_of(sample), self.param(param)),
            Quantity::SampleGradient(sample, param) => {
                return partial(loss_of(sample), self.param(param));
            }
            Quantity::GradientSum(param) => {
                return partial(Symbol::new(format!("Σ{}", self.loss())), self.param(param));
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
            // As of Kingma and Ba, where ε is the learning rate.
            Quantity::Epsilon if self.learning_rate() == "ε" => Symbol::new("ε\u{302}"),
            Quantity::Epsilon => Symbol::new("ε"),
            Quantity::BiasCorrection1 => return Written::Correction(Symbol::new("β").sub("1")),
            Quantity::BiasCorrection2 => return Written::Correction(Symbol::new("β").sub("2")),
        })
    }

    fn is_running(&self) -> bool {
        self.facts().numbering == Numbering::Running
    }

    /// Layers with a name for each unit, the inputs' among them.
    fn n_layers(&self) -> usize {
        self.units.len() - 1
    }

    fn sum(&self, id: UnitId) -> Symbol {
        match self.is_running() {
            true => Symbol::new(self.facts().sum).sub(self.unit(id)),
            false => self.indexed(self.facts().sum, &[id]),
        }
    }

    /// The symbol of a unit's activation.
    pub fn activation(&self, id: UnitId) -> Symbol {
        let Facts { numbering, hidden, output, .. } = *self.facts();
        let has_symbol = id.layer == 0 && is_symbol(self.unit(id));
        match numbering {
            Numbering::Running => split_name(self.unit(id)),
            Numbering::ByUnit if has_symbol => self.indexed(self.facts().input, &[id]),
            _ if id.layer == 0 => split_name(self.unit(id)),
            _ if id.layer < self.n_layers() || output == hidden => self.indexed(hidden, &[id]),
            // A prediction has a letter of its own, which tells the layer.
            _ => Symbol { layer: None, ..self.indexed(output, &[id]) },
        }
    }

    fn delta_of(&self, id: UnitId) -> Symbol {
        if !self.is_running() {
            return self.indexed(self.delta(), &[id]);
        }
        let is_only_output = id.layer == self.n_layers() && self.units[id.layer].len() == 1;
        let sub = if is_only_output { "" } else { self.unit(id) };
        Symbol::new(self.delta()).sub(sub)
    }

    /// The symbol of a weight or bias.
    pub fn param(&self, param: Param) -> Symbol {
        let facts = self.facts();
        let to = param.unit();
        if !self.is_running() {
            return match param {
                Param::Weight { layer, from, .. } => {
                    let from = UnitId::new(layer - 1, from);
                    let ends = self.ordered(to, from);
                    Symbol { layer: self.layer_mark(layer), ..self.indexed("w", &ends) }
                }
                Param::Bias { .. } => self.indexed(facts.bias, &[to]),
            };
        }
        let (weights, biases) = self.before[param.layer() - 1];
        match param {
            Param::Weight { layer, to, from } => {
                let number = weights + to * self.units[layer - 1].len() + from;
                Symbol::new("w").sub((facts.first + number).to_string())
            }
            Param::Bias { to, .. } => Symbol::new(facts.bias).sub((facts.first + biases + to).to_string()),
        }
    }

    /// The indices of a weight in their order.
    pub fn ordered<T>(&self, to: T, from: T) -> [T; 2] {
        match self.facts().order {
            WeightOrder::ToFrom => [to, from],
            WeightOrder::FromTo => [from, to],
        }
    }

    /// The number of a unit: in its layer, or through the network.
    pub fn number_of(&self, id: UnitId) -> usize {
        let n_before = match self.facts().numbering {
            Numbering::ByUnit => self.units[..id.layer].iter().map(Vec::len).sum(),
            Numbering::Running | Numbering::Layered => 0,
        };
        self.facts().first + n_before + id.unit
    }

    /// The number of a layer.
    pub fn number_of_layer(&self, layer: usize) -> usize {
        self.facts().first_layer + layer
    }

    /// What stands above for a layer; nothing where units are numbered through the network.
    fn layer_mark(&self, layer: usize) -> Option<Mark> {
        let Facts { numbering, layer_in: brackets, .. } = *self.facts();
        let number = self.number_of_layer(layer);
        (numbering == Numbering::Layered).then_some(Mark { number, brackets })
    }

    /// A letter for a whole layer: W⁽²⁾.
    pub fn of_layer(&self, letter: &str, layer: usize) -> Symbol {
        let Facts { layer_in: brackets, .. } = *self.facts();
        let mark = Mark { number: self.number_of_layer(layer), brackets };
        Symbol { layer: Some(mark), ..Symbol::new(letter) }
    }

    /// A letter with the units' numbers below, and the layer of the first one above. Numbers of several digits
    /// are parted by a comma.
    fn indexed(&self, letter: &str, ids: &[UnitId]) -> Symbol {
        let numbers: Vec<String> = ids.iter().map(|id| self.number_of(*id).to_string()).collect();
        let layer = ids.first().and_then(|id| self.layer_mark(id.layer));
        Symbol { layer, ..Symbol::new(letter).sub(joined(&numbers, self.facts().has_commas)) }
    }

    fn slope(&self, at: Symbol) -> Written {
        Written::Slope { function: self.function(), at }
    }

    /// The number of a sample as it stands above a symbol: `[2]`.
    pub fn sample_mark(&self, sample: usize) -> Mark {
        Mark { number: sample + 1, brackets: self.facts().layer_in.other() }
    }

    /// The symbol with the number of the sample in brackets above: h₁[2].
    fn of_sample(&self, symbol: Symbol, sample: usize) -> Symbol {
        Symbol { sample: Some(self.sample_mark(sample)), ..symbol }
    }

    /// The weight or bias that may be called `name`, all in line: "w5", "w11(1)", "w10,2(1)", "b1". The
    /// reverse of [`Self::param`]; whether there is such a one the network knows.
    pub fn param_called(&self, name: &str) -> Option<Param> {
        let facts = self.facts();
        let (is_bias, index) = match name.strip_prefix(facts.bias) {
            Some(index) => (true, index),
            None => (false, name.strip_prefix('w')?),
        };
        let number = |text: &str| text.parse::<usize>().ok()?.checked_sub(facts.first);
        match facts.numbering {
            Numbering::Running => {
                let k = number(index)?;
                let before = |&(weights, biases): &(usize, usize)| if is_bias { biases } else { weights };
                // The last layer that starts no later.
                let layer = self.before.iter().rposition(|counts| before(counts) <= k)? + 1;
                let k = k - before(&self.before[layer - 1]);
                let n_in = self.units[layer - 1].len();
                Some(match is_bias {
                    true => Param::Bias { layer, to: k },
                    false => Param::Weight { layer, to: k / n_in, from: k % n_in },
                })
            }
            Numbering::Layered => {
                let (index, layer) = match facts.layer_in {
                    Brackets::Round => index.strip_suffix(')')?.split_once('(')?,
                    Brackets::Square => index.strip_suffix(']')?.split_once('[')?,
                    // Layers have one digit.
                    Brackets::None => index.split_at_checked(index.len().checked_sub(1)?)?,
                };
                let layer = layer.parse::<usize>().ok()?.checked_sub(facts.first_layer)?;
                if is_bias {
                    return Some(Param::Bias { layer, to: number(index)? });
                }
                let (first, second) = split_indices(index)?;
                let [to, from] = self.ordered(number(first)?, number(second)?);
                Some(Param::Weight { layer, to, from })
            }
            Numbering::ByUnit => {
                let unit = |text: &str| self.unit_numbered(number(text)?);
                if is_bias {
                    let UnitId { layer, unit: to } = unit(index)?;
                    return Some(Param::Bias { layer, to });
                }
                let (first, second) = split_indices(index)?;
                let [to, from] = self.ordered(unit(first)?, unit(second)?);
                let is_edge = to.layer == from.layer + 1;
                is_edge.then_some(Param::Weight { layer: to.layer, to: to.unit, from: from.unit })
            }
        }
    }

    /// The unit that is the `k`-th of the network, from 0.
    fn unit_numbered(&self, k: usize) -> Option<UnitId> {
        let mut unit = k;
        for (layer, names) in self.units.iter().enumerate() {
            if unit < names.len() {
                return Some(UnitId { layer, unit });
            }
            unit -= names.len();
        }
        None
    }

    fn target(&self, unit: usize) -> Symbol {
        let output = UnitId::new(self.n_layers(), unit);
        let symbol = Symbol::new(self.facts().target);
        match (self.facts().numbering, self.units[output.layer].len()) {
            (Numbering::ByUnit, _) => symbol.sub(self.number_of(output).to_string()),
            (_, 1) => symbol,
            (Numbering::Running, _) => symbol.sub(self.unit(output)),
            (Numbering::Layered, _) => symbol.sub(self.number_of(output).to_string()),
        }
    }

    fn sample_loss(&self, sample: usize) -> Symbol {
        let symbol = Symbol::new(self.loss());
        if self.n_samples < 2 { symbol } else { symbol.sub((sample + 1).to_string()) }
    }

    fn loss_term(&self, unit: usize) -> Symbol {
        Symbol::new(self.loss()).sub(self.unit(UnitId::new(self.n_layers(), unit)))
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

/// Indices side by side; with commas between them where that is the notation's way, or one is long.
pub fn joined(indices: &[String], has_commas: bool) -> String {
    let is_long = indices.iter().any(|index| 1 < index.len());
    indices.join(if has_commas || is_long { "," } else { "" })
}

/// "10,2" as "10" and "2", "12" as "1" and "2".
fn split_indices(index: &str) -> Option<(&str, &str)> {
    index.split_once(',').or_else(|| index.split_at_checked(1))
}

/// Whether a name is a symbol, one letter with an index, or the output's "out".
fn is_symbol(name: &str) -> bool {
    let letter = split_name(name).letter;
    letter.chars().count() == 1 || letter == "out"
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
