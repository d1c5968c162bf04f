//! The formula of a step for any network, with indices in place of names, and what its indices are here.

use std::fmt::Display;

use super::Explainer;
use super::method::{Direction, Method, MethodPart, MomentEstimate, combine};
use crate::explanation::formula::delta_sign::in_sign_of;
use crate::explanation::formula::{Formula, Function, Sign};
use crate::lesson::names::{Age, Brackets, Names, Symbol, joined};
use crate::lesson::notation::{Facts, Numbering};
use crate::lesson::quantity::Quantity;
use crate::moment::Moment;
use crate::moment::step::StepKind;
use crate::text::format;
use crate::words::depths::general_form as words;
use backprop::activation::Activation;
use backprop::loss::Loss;
use backprop::network::{Param, UnitId};

/// The formula of a step for any network.
#[derive(Clone, Debug, PartialEq)]
pub struct GeneralForm {
    /// Its equations, with letters as indices.
    pub general: Vec<Formula>,
    /// The same with the indices of the step put in; the one that a sum runs over stays a letter.
    pub filled: Vec<Formula>,
    /// What each index is.
    pub indices: Vec<IndexMeaning>,
}

/// An index of a [`GeneralForm`].
#[derive(Clone, Debug, PartialEq)]
pub struct IndexMeaning {
    /// The letter.
    pub letter: &'static str,
    /// What it is in this step: "2", "1 … 3".
    pub value: String,
    /// In words.
    pub meaning: String,
    /// What it points at.
    pub quantity: Option<Quantity>,
}

/// The general form of the step that `moment` shows; `None` before the first.
pub fn general_form(moment: &Moment) -> Option<GeneralForm> {
    let kind = moment.step()?.kind;
    let explainer = Explainer::whole(moment);
    let here = Here::of(moment, kind);
    let general = |ix: &Indices| -> Vec<Formula> {
        let equations = explainer.general(kind, ix).into_iter();
        equations.map(|equation| in_sign_of(&moment.names, equation)).collect()
    };
    Some(GeneralForm {
        general: general(&Indices::letters(&moment.names)),
        filled: general(&here.indices(moment)),
        indices: here.meanings(&explainer, kind),
    })
}

/// How the indices are written.
struct Indices<'a> {
    names: &'a Names,
    /// Above: the layer before, the layer, the layer behind; nothing where units are numbered through the network.
    before: String,
    layer: String,
    after: String,
    /// The unit that receives.
    to: String,
    /// The unit from which a weight comes.
    from: String,
    /// How far sums run, from and to: over the units before, the units behind, the outputs, the samples;
    /// nothing where only the letter stands below.
    ranges: Option<[(usize, usize); 4]>,
}

const BEFORE: usize = 0;
const BEHIND: usize = 1;
const OUTPUTS: usize = 2;
const SAMPLES: usize = 3;

impl<'a> Indices<'a> {
    fn letters(names: &'a Names) -> Self {
        let [before, layer, after] = match names.general().numbering {
            Numbering::ByUnit => [""; 3],
            _ => ["l−1", "l", "l+1"],
        }
        .map(str::to_owned);
        Self { names, before, layer, after, to: "i".to_owned(), from: "j".to_owned(), ranges: None }
    }

    fn sum(&self, index: &'static str, range: usize, term: Formula) -> Formula {
        let range = self.ranges.map(|ranges| ranges[range]);
        Formula::SumOver { index: Symbol::new(index), range, term: Box::new(term) }
    }

    /// How many there are of what a sum runs over.
    fn n(&self, range: usize) -> Option<f64> {
        self.ranges.map(|ranges| ranges[range]).map(|(first, last)| (last + 1 - first) as f64)
    }

    fn weight(&self, letter: &str, to: &str, from: &str, above: &str) -> Symbol {
        self.symbol(letter, &self.names.ordered(to, from), above)
    }

    fn param(&self, letter: &str, param: Param) -> Symbol {
        match param {
            Param::Weight { .. } => self.weight(letter, &self.to, &self.from, &self.layer),
            Param::Bias { .. } => self.symbol(letter, &[&self.to], &self.layer),
        }
    }

    /// A letter with indices below and a layer above.
    fn symbol(&self, letter: &str, below: &[&str], above: &str) -> Symbol {
        let below: Vec<String> = below.iter().map(|index| (*index).to_owned()).collect();
        let is_number = below.iter().any(|index| index.bytes().all(|byte| byte.is_ascii_digit()));
        Symbol {
            letter: letter.to_owned(),
            sub: joined(&below, is_number && self.names.facts().has_commas),
            raised: above.to_owned(),
            ..Symbol::default()
        }
    }
}

fn equals(sides: Vec<Formula>) -> Formula {
    Formula::Relation(Sign::Equals, sides)
}

impl Explainer<'_> {
    fn general(&self, kind: StepKind, ix: &Indices) -> Vec<Formula> {
        let loss = || Symbol::new(self.moment.names.loss());
        let letter = Formula::Letter;
        let Facts { sum, function, .. } = *self.moment.names.general();
        let bias = self.moment.names.facts().bias;
        let z = |unit: &str, layer: &str| ix.symbol(sum, &[unit], layer);
        // The activation of a unit of `layer`, whose number stands above.
        let a = |layer: usize, unit: &str, above: &str| self.general_activation(ix, layer, unit, above);
        let delta = |unit: &str, layer: &str| ix.symbol(self.moment.names.delta(), &[unit], layer);
        let by = |of: Symbol| Formula::PartialLetters(loss(), of);
        // ∂E/∂a · g′(z) of a unit, g′ only where it is taken.
        let through = |layer: usize, unit: &str, above: &str| {
            let slope = || Formula::Call(Function::Slope(function), vec![letter(z(unit, above))]);
            let slope = self.takes_slope(layer).then(slope);
            std::iter::once(by(a(layer, unit, above))).chain(slope).collect::<Vec<Formula>>()
        };
        match kind {
            StepKind::WeightedSum(UnitId { layer, .. }) => {
                let product = Formula::Product(vec![
                    letter(a(layer - 1, "j", &ix.before)),
                    letter(ix.weight("w", &ix.to, "j", &ix.layer)),
                ]);
                let mut terms = vec![ix.sum("j", BEFORE, product)];
                if self.moment.network().has_biases(layer) {
                    terms.push(letter(ix.symbol(bias, &[&ix.to], &ix.layer)));
                }
                let mut sides = vec![letter(z(&ix.to, &ix.layer)), Formula::Sum(terms)];
                if self.moment.network().activation(layer) == Activation::Identity {
                    sides.insert(0, letter(a(layer, &ix.to, &ix.layer)));
                }
                vec![equals(sides)]
            }
            StepKind::Activation(UnitId { layer, .. }) => {
                let own = letter(z(&ix.to, &ix.layer));
                let value = match self.moment.network().activation(layer) {
                    Activation::Softmax => {
                        let exp = |x| Formula::Exp(Box::new(x));
                        exp(own).over(ix.sum("k", OUTPUTS, exp(letter(z("k", &ix.layer)))))
                    }
                    _ => Formula::Call(Function::AnyActivation(function), vec![own]),
                };
                vec![equals(vec![letter(a(layer, &ix.to, &ix.layer)), value])]
            }
            StepKind::Loss => vec![equals(vec![letter(loss()), self.general_loss(ix)])],
            StepKind::ActivationGradient(UnitId { layer, .. }) => {
                let age = self.is_layer_by_layer().then_some(Age::New);
                let weight = letter(Symbol { age, ..ix.weight("w", "k", &ix.to, &ix.after) });
                let mut factors = match self.is_derived_with_loss(layer + 1) {
                    true => vec![letter(delta("k", &ix.after))],
                    false => through(layer + 1, "k", &ix.after),
                };
                factors.push(weight);
                let sum = ix.sum("k", BEHIND, Formula::Product(factors));
                vec![equals(vec![by(a(layer, &ix.to, &ix.layer)), sum])]
            }
            StepKind::Delta(UnitId { layer, .. }) => {
                let derivative = match self.is_derived_with_loss(layer) {
                    true => self.general_gap(ix),
                    false => Formula::Product(through(layer, &ix.to, &ix.layer)),
                };
                let z = by(z(&ix.to, &ix.layer));
                vec![equals(vec![letter(delta(&ix.to, &ix.layer)), z, derivative])]
            }
            StepKind::Gradient(param) => {
                let is_weight = !param.is_bias();
                let mut factors = match self.is_derived_with_loss(param.layer()) {
                    true => vec![letter(delta(&ix.to, &ix.layer))],
                    false => through(param.layer(), &ix.to, &ix.layer),
                };
                factors.extend(is_weight.then(|| letter(a(param.layer() - 1, &ix.from, &ix.before))));
                let left = by(ix.param(if is_weight { "w" } else { bias }, param));
                vec![equals(vec![left, Formula::Product(factors)])]
            }
            StepKind::MeanGradient(param) => {
                let own = || ix.param(if param.is_bias() { bias } else { "w" }, param);
                let of_sample = Formula::PartialLetters(Symbol { sub: "s".to_owned(), ..loss() }, own());
                let m = ix.n(SAMPLES).map_or_else(|| letter(Symbol::new("m")), Formula::Number);
                let sum = ix.sum("s", SAMPLES, of_sample);
                let mean = match self.sums_samples() {
                    true => sum,
                    false => Formula::Product(vec![Formula::Number(1.0).over(m), sum]),
                };
                vec![equals(vec![by(own()), mean])]
            }
            StepKind::Update(param) => self.general_update(param, ix),
        }
    }

    fn general_activation(&self, ix: &Indices, layer: usize, unit: &str, above: &str) -> Symbol {
        let Facts { hidden, output, .. } = *self.moment.names.general();
        match layer == self.moment.network().n_layers() && output != hidden {
            // A prediction has a letter of its own, which tells the layer.
            true => ix.symbol(output, &[unit], ""),
            false => ix.symbol(hidden, &[unit], above),
        }
    }

    fn general_loss(&self, ix: &Indices) -> Formula {
        let n_layers = self.moment.network().n_layers();
        let a = || Formula::Letter(self.general_activation(ix, n_layers, "k", &ix.layer));
        let y = || Formula::Letter(ix.symbol(self.general_target(), &["k"], ""));
        let one = || Formula::Number(1.0);
        let ln = |x| Formula::Call(Function::Ln, vec![x]);
        let n = || ix.n(OUTPUTS).map_or_else(|| Formula::Letter(Symbol::new("n")), Formula::Number);
        let per_output = || one().over(n());
        let sum = |term| ix.sum("k", OUTPUTS, term);
        let negative = |x| Formula::Negative(Box::new(x));
        match self.moment.lesson.rule.loss {
            Loss::HalfSquaredError => {
                Formula::Product(vec![one().over(Formula::Number(2.0)), sum(a().minus(y()).squared())])
            }
            Loss::MeanSquaredError => Formula::Product(vec![per_output(), sum(a().minus(y()).squared())]),
            Loss::BinaryCrossEntropy => {
                let hit = Formula::Product(vec![y(), ln(a())]);
                let miss = Formula::Product(vec![one().minus(y()), ln(one().minus(a()))]);
                negative(Formula::Product(vec![per_output(), sum(Formula::Sum(vec![hit, miss]))]))
            }
            Loss::CrossEntropy => negative(sum(Formula::Product(vec![y(), ln(a())]))),
        }
    }

    fn general_target(&self) -> &'static str {
        self.moment.names.general().target
    }

    /// δ of an output whose loss and activation are derived as one.
    fn general_gap(&self, ix: &Indices) -> Formula {
        let n_layers = self.moment.network().n_layers();
        let a = Formula::Letter(self.general_activation(ix, n_layers, &ix.to, &ix.layer));
        let y = |unit: &str| Formula::Letter(ix.symbol(self.general_target(), &[unit], ""));
        match self.moment.lesson.rule.loss {
            Loss::BinaryCrossEntropy => {
                let n = ix.n(OUTPUTS).map_or_else(|| Formula::Letter(Symbol::new("n")), Formula::Number);
                a.minus(y(&ix.to)).over(n)
            }
            _ => Formula::Product(vec![a, ix.sum("k", OUTPUTS, y("k"))]).minus(y(&ix.to)),
        }
    }

    fn general_update(&self, param: Param, ix: &Indices) -> Vec<Formula> {
        let optimizer = self.moment.lesson.rule.optimizer;
        let bias = self.moment.names.facts().bias;
        let own = || ix.param(if param.is_bias() { bias } else { "w" }, param);
        let gradient = || Formula::PartialLetters(Symbol::new(self.moment.names.loss()), own());
        let remembered = |moment: MomentEstimate, age: Option<Age>| {
            let letter = if moment == MomentEstimate::First { "m" } else { "v" };
            Symbol { age, ..ix.param(letter, param) }
        };
        let corrected =
            |moment: MomentEstimate| ix.param(if moment == MomentEstimate::First { "m̂" } else { "v̂" }, param);
        let write = |part: MethodPart| match part {
            MethodPart::Gradient => gradient(),
            MethodPart::SquaredGradient => gradient().squared(),
            MethodPart::Old(moment) => Formula::Letter(remembered(moment, Some(Age::Old))),
            MethodPart::New(moment) => Formula::Letter(remembered(moment, None)),
            MethodPart::Corrected(moment) => Formula::Letter(corrected(moment)),
        };
        let Method { remembered: kept, corrected: divided, direction } = Method::of(optimizer);
        let mut equations: Vec<Formula> = kept
            .into_iter()
            .map(|(moment, parts)| {
                equals(vec![Formula::Letter(remembered(moment, None)), combine(parts, write)])
            })
            .collect();
        equations.extend(divided.into_iter().map(|(moment, by)| {
            let whole = Formula::Letter(remembered(moment, None)).over(Formula::Name(by));
            equals(vec![Formula::Letter(corrected(moment)), whole])
        }));
        let direction = match direction {
            Direction::Combination(parts) => combine(parts, write),
            Direction::OverRoot(over, under) => {
                let root = Formula::Root(Box::new(write(under)));
                write(over).over(Formula::Sum(vec![root, Formula::Name(Quantity::Epsilon)]))
            }
        };
        let step = Formula::Product(vec![Formula::Name(Quantity::LearningRate), direction]);
        let new = Symbol { age: Some(Age::New), ..own() };
        equations.push(equals(vec![Formula::Letter(new), self.stepped(Formula::Letter(own()), step)]));
        match self.moment.newest_number() {
            Some(number) => vec![equations.swap_remove(number)],
            None => equations,
        }
    }
}

/// Where a step is: its unit or, of the loss, its layer, and the unit from which its weight comes.
struct Here {
    layer: usize,
    to: Option<UnitId>,
    from: Option<UnitId>,
}

impl Here {
    fn of(moment: &Moment, kind: StepKind) -> Self {
        let of_unit = |id: UnitId| Self { layer: id.layer, to: Some(id), from: None };
        match kind {
            StepKind::WeightedSum(id)
            | StepKind::Activation(id)
            | StepKind::ActivationGradient(id)
            | StepKind::Delta(id) => of_unit(id),
            StepKind::Loss => Self { layer: moment.network().n_layers(), to: None, from: None },
            StepKind::Gradient(param) | StepKind::MeanGradient(param) | StepKind::Update(param) => {
                let from = match param {
                    Param::Weight { layer, from, .. } => Some(UnitId::new(layer - 1, from)),
                    Param::Bias { .. } => None,
                };
                Self { from, ..of_unit(param.unit()) }
            }
        }
    }

    fn indices<'a>(&self, moment: &'a Moment) -> Indices<'a> {
        let network = moment.network();
        let n_layers = network.n_layers();
        let names = &*moment.names;
        let Facts { numbering, layer_in, .. } = *names.general();
        let above = |layer: usize| match (numbering, layer_in, names.number_of_layer(layer)) {
            (Numbering::ByUnit, ..) => String::new(),
            (_, Brackets::Square, number) => Brackets::Square.about(number),
            (_, _, number) => number.to_string(),
        };
        let unit = |id: Option<UnitId>| id.map(|id| names.number_of(id).to_string()).unwrap_or_default();
        let behind = if self.layer < n_layers { self.layer + 1 } else { self.layer };
        let all = |layer: usize| units(moment, layer);
        Indices {
            names,
            before: above(self.layer - 1),
            layer: above(self.layer),
            after: above(self.layer + 1),
            to: unit(self.to),
            from: unit(self.from),
            ranges: Some([all(self.layer - 1), all(behind), all(n_layers), (1, moment.n_samples())]),
        }
    }

    fn meanings(&self, explainer: &Explainer, kind: StepKind) -> Vec<IndexMeaning> {
        let moment = explainer.moment;
        let names = &moment.names;
        let network = moment.network();
        let n_layers = network.n_layers();
        let runs = |(first, last): (usize, usize)| match first == last {
            true => first.to_string(),
            false => format!("{first} … {last}"),
        };
        let inputs = names.number_of_layer(0);
        let layer = match self.layer {
            1 if n_layers == 1 => words::output_layer_after_inputs(&inputs),
            1 => words::first_hidden_layer(&inputs),
            l if l == n_layers => words::output_layer().to_owned(),
            l => words::hidden_layer(&format::ordinal(l)),
        };
        let mut all = Vec::new();
        if names.general().numbering != Numbering::ByUnit {
            all.push(index("l", names.number_of_layer(self.layer).to_string(), layer, None));
        }
        let called = |id: UnitId| explainer.name(Quantity::Activation(id));
        let value = |id: UnitId| names.number_of(id).to_string();
        if let Some(own) = self.to {
            let meaning = match names.general().numbering {
                Numbering::ByUnit => words::unit(&called(own)),
                _ => words::unit_in_layer(&called(own)),
            };
            all.push(index("i", value(own), meaning, Some(Quantity::Activation(own))));
        }
        if let Some(sender) = self.from {
            let meaning = words::sender(&called(sender));
            all.push(index("j", value(sender), meaning, Some(Quantity::Activation(sender))));
        }
        let every = |layer: usize| {
            let n = network.n_units(layer);
            let unit = |k: usize| called(UnitId::new(layer, k));
            match n {
                1 => unit(0),
                2 => words::both(&unit(0), &unit(1)),
                _ => words::from_to(&unit(0), &unit(n - 1)),
            }
        };
        let over = |letter: &'static str, meaning: fn(&dyn Display) -> String, layer: usize| {
            index(letter, runs(units(moment, layer)), meaning(&every(layer)), None)
        };
        let over_outputs = || over("k", words::over_outputs, n_layers);
        match kind {
            StepKind::WeightedSum(_) => all.push(over("j", words::over_units_before, self.layer - 1)),
            StepKind::ActivationGradient(_) => {
                all.push(over("k", words::over_units_behind, self.layer + 1));
            }
            StepKind::Loss => all.push(over_outputs()),
            StepKind::Activation(_) | StepKind::Delta(_)
                if network.activation(self.layer) == Activation::Softmax =>
            {
                all.push(over_outputs());
            }
            StepKind::MeanGradient(_) => {
                let n = moment.n_samples();
                all.push(index("s", runs((1, n)), words::over_samples(n), None));
            }
            _ => {}
        }
        all
    }
}

/// The numbers of the first and the last unit of a layer.
fn units(moment: &Moment, layer: usize) -> (usize, usize) {
    let number = |unit: usize| moment.names.number_of(UnitId::new(layer, unit));
    (number(0), number(moment.network().n_units(layer) - 1))
}

fn index(letter: &'static str, value: String, meaning: String, quantity: Option<Quantity>) -> IndexMeaning {
    IndexMeaning { letter, value, meaning, quantity }
}
