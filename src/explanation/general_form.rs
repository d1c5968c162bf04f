//! The formula of a step for any network, with indices in place of names, and what its indices are here.

use super::Explainer;
use super::method::{Direction, Method, MethodPart, MomentEstimate, combine};
use crate::explanation::formula::{Formula, Function, Sign};
use crate::lesson::names::{Age, Symbol};
use crate::lesson::quantity::Quantity;
use crate::moment::Moment;
use crate::moment::step::StepKind;
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
    Some(GeneralForm {
        general: explainer.general(kind, &Indices::letters()),
        filled: explainer.general(kind, &here.indices(moment)),
        indices: here.meanings(&explainer, kind),
    })
}

/// How the indices are written.
struct Indices {
    before: String,
    layer: String,
    after: String,
    /// The unit that receives.
    to: String,
    /// The unit from which a weight comes.
    from: String,
    /// How far sums run: over the units before, the units behind, the outputs, the samples; nothing
    /// where only the letter stands below.
    until: Option<[usize; 4]>,
}

const BEFORE: usize = 0;
const BEHIND: usize = 1;
const OUTPUTS: usize = 2;
const SAMPLES: usize = 3;

impl Indices {
    fn letters() -> Self {
        let [before, layer, after, to, from] = ["l−1", "l", "l+1", "i", "j"].map(str::to_owned);
        Self { before, layer, after, to, from, until: None }
    }

    fn sum(&self, index: &'static str, range: usize, term: Formula) -> Formula {
        let until = self.until.map(|until| until[range]);
        Formula::SumOver { index: Symbol::new(index), until, term: Box::new(term) }
    }

    fn param(&self, letter: &str, param: Param) -> Symbol {
        match param {
            Param::Weight { .. } => symbol(letter, &[&self.to, &self.from], &self.layer),
            Param::Bias { .. } => symbol(letter, &[&self.to], &self.layer),
        }
    }
}

/// "w" with indices below, of several digits parted by a comma, and a layer above.
fn symbol(letter: &str, below: &[&str], above: &str) -> Symbol {
    let is_long = below.iter().any(|index| 1 < index.len());
    Symbol {
        letter: letter.to_owned(),
        sub: below.join(if is_long { "," } else { "" }),
        raised: above.to_owned(),
        ..Symbol::default()
    }
}

fn equals(sides: Vec<Formula>) -> Formula {
    Formula::Relation(Sign::Equals, sides)
}

fn slope(z: Symbol) -> Formula {
    Formula::Call(Function::Slope, vec![Formula::Letter(z)])
}

impl Explainer<'_> {
    fn general(&self, kind: StepKind, ix: &Indices) -> Vec<Formula> {
        let loss = || Symbol::new(self.moment.names.loss());
        let letter = Formula::Letter;
        let z = |unit: &str, layer: &str| symbol("z", &[unit], layer);
        let a = |unit: &str, layer: &str| symbol("a", &[unit], layer);
        let delta = |unit: &str, layer: &str| symbol(self.moment.names.delta(), &[unit], layer);
        let by = |of: Symbol| Formula::PartialLetters(loss(), of);
        // ∂E/∂a · g′(z) of a unit, g′ only where it is taken.
        let through = |layer: usize, unit: &str, above: &str| {
            let slope = self.takes_slope(layer).then(|| slope(z(unit, above)));
            std::iter::once(by(a(unit, above))).chain(slope).collect::<Vec<Formula>>()
        };
        match kind {
            StepKind::WeightedSum(UnitId { layer, .. }) => {
                let product = Formula::Product(vec![
                    letter(a("j", &ix.before)),
                    letter(symbol("w", &[&ix.to, "j"], &ix.layer)),
                ]);
                let mut terms = vec![ix.sum("j", BEFORE, product)];
                if self.moment.network().has_biases(layer) {
                    terms.push(letter(symbol("b", &[&ix.to], &ix.layer)));
                }
                let mut sides = vec![letter(z(&ix.to, &ix.layer)), Formula::Sum(terms)];
                if self.moment.network().activation(layer) == Activation::Identity {
                    sides.insert(0, letter(a(&ix.to, &ix.layer)));
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
                    _ => Formula::Call(Function::G, vec![own]),
                };
                vec![equals(vec![letter(a(&ix.to, &ix.layer)), value])]
            }
            StepKind::Loss => vec![equals(vec![letter(loss()), self.general_loss(ix)])],
            StepKind::ActivationGradient(UnitId { layer, .. }) => {
                let age = self.is_layer_by_layer().then_some(Age::New);
                let weight = letter(Symbol { age, ..symbol("w", &["k", &ix.to], &ix.after) });
                let mut factors = match self.is_derived_with_loss(layer + 1) {
                    true => vec![letter(delta("k", &ix.after))],
                    false => through(layer + 1, "k", &ix.after),
                };
                factors.push(weight);
                let sum = ix.sum("k", BEHIND, Formula::Product(factors));
                vec![equals(vec![by(a(&ix.to, &ix.layer)), sum])]
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
                factors.extend(is_weight.then(|| letter(a(&ix.from, &ix.before))));
                let left = by(ix.param(if is_weight { "w" } else { "b" }, param));
                vec![equals(vec![left, Formula::Product(factors)])]
            }
            StepKind::MeanGradient(param) => {
                let own = || ix.param(if param.is_bias() { "b" } else { "w" }, param);
                let of_sample = Formula::PartialLetters(Symbol { sub: "s".to_owned(), ..loss() }, own());
                let m = match ix.until {
                    Some(until) => Formula::Number(until[SAMPLES] as f64),
                    None => letter(Symbol::new("m")),
                };
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

    fn general_loss(&self, ix: &Indices) -> Formula {
        let a = || Formula::Letter(symbol("a", &["k"], &ix.layer));
        let y = || Formula::Letter(symbol("y", &["k"], ""));
        let one = || Formula::Number(1.0);
        let ln = |x| Formula::Call(Function::Ln, vec![x]);
        let per_output = || match ix.until {
            Some(until) => one().over(Formula::Number(until[OUTPUTS] as f64)),
            None => one().over(Formula::Letter(Symbol::new("n"))),
        };
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

    /// δ of an output whose loss and activation are derived as one.
    fn general_gap(&self, ix: &Indices) -> Formula {
        let a = Formula::Letter(symbol("a", &[&ix.to], &ix.layer));
        let y = |unit: &str| Formula::Letter(symbol("y", &[unit], ""));
        match self.moment.lesson.rule.loss {
            Loss::BinaryCrossEntropy => {
                let n = match ix.until {
                    Some(until) => Formula::Number(until[OUTPUTS] as f64),
                    None => Formula::Letter(Symbol::new("n")),
                };
                a.minus(y(&ix.to)).over(n)
            }
            _ => Formula::Product(vec![a, ix.sum("k", OUTPUTS, y("k"))]).minus(y(&ix.to)),
        }
    }

    fn general_update(&self, param: Param, ix: &Indices) -> Vec<Formula> {
        let optimizer = self.moment.lesson.rule.optimizer;
        let own = || ix.param(if param.is_bias() { "b" } else { "w" }, param);
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

/// The indices of a step, all from 1 but for the layer, where 0 is the inputs.
struct Here {
    layer: usize,
    to: usize,
    from: Option<usize>,
}

impl Here {
    fn of(moment: &Moment, kind: StepKind) -> Self {
        let of_unit = |id: UnitId| Self { layer: id.layer, to: id.unit + 1, from: None };
        match kind {
            StepKind::WeightedSum(id)
            | StepKind::Activation(id)
            | StepKind::ActivationGradient(id)
            | StepKind::Delta(id) => of_unit(id),
            StepKind::Loss => Self { layer: moment.network().n_layers(), to: 0, from: None },
            StepKind::Gradient(param) | StepKind::MeanGradient(param) | StepKind::Update(param) => {
                let from = match param {
                    Param::Weight { from, .. } => Some(from + 1),
                    Param::Bias { .. } => None,
                };
                Self { from, ..of_unit(param.unit()) }
            }
        }
    }

    fn indices(&self, moment: &Moment) -> Indices {
        let network = moment.network();
        let n_layers = network.n_layers();
        let n_behind = if self.layer < n_layers { network.n_units(self.layer + 1) } else { 0 };
        Indices {
            before: (self.layer - 1).to_string(),
            layer: self.layer.to_string(),
            after: (self.layer + 1).to_string(),
            to: self.to.to_string(),
            from: self.from.unwrap_or(0).to_string(),
            until: Some([network.n_units(self.layer - 1), n_behind, network.n_outputs(), moment.n_samples()]),
        }
    }

    fn meanings(&self, explainer: &Explainer, kind: StepKind) -> Vec<IndexMeaning> {
        let moment = explainer.moment;
        let network = moment.network();
        let n_layers = network.n_layers();
        let value = |x: usize| x.to_string();
        let runs = |n: usize| if n == 1 { "1".to_owned() } else { format!("1 … {n}") };
        let layer = match self.layer {
            l if l == n_layers => "the layer: the output layer".to_owned(),
            l => format!("the layer: the {} hidden layer", ordinal(l)),
        };
        let layer = if self.layer == 1 { format!("{layer}; layer 0 is the inputs") } else { layer };
        let mut all = vec![index("l", value(self.layer), layer, None)];
        let unit = |layer: usize, k: usize| Quantity::Activation(UnitId::new(layer, k - 1));
        let called = |quantity: Quantity| explainer.name(quantity);
        if kind != StepKind::Loss {
            let own = unit(self.layer, self.to);
            let meaning = format!("the unit in that layer: {}", called(own));
            all.push(index("i", value(self.to), meaning, Some(own)));
        }
        if let Some(from) = self.from {
            let sender = unit(self.layer - 1, from);
            let meaning = format!("the unit before it, from which the weight comes: {}", called(sender));
            all.push(index("j", value(from), meaning, Some(sender)));
        }
        let every = |layer: usize| {
            let n = network.n_units(layer);
            match n {
                1 => called(unit(layer, 1)),
                2 => format!("{} and {}", called(unit(layer, 1)), called(unit(layer, 2))),
                _ => format!("{} to {}", called(unit(layer, 1)), called(unit(layer, n))),
            }
        };
        match kind {
            StepKind::WeightedSum(_) => {
                let n = network.n_units(self.layer - 1);
                let meaning = format!("runs over the units before it: {}", every(self.layer - 1));
                all.push(index("j", runs(n), meaning, None));
            }
            StepKind::ActivationGradient(_) => {
                let n = network.n_units(self.layer + 1);
                let meaning = format!("runs over the units behind it: {}", every(self.layer + 1));
                all.push(index("k", runs(n), meaning, None));
            }
            StepKind::Loss => {
                let meaning = format!("runs over the outputs: {}", every(n_layers));
                all.push(index("k", runs(network.n_outputs()), meaning, None));
            }
            StepKind::Activation(_) | StepKind::Delta(_)
                if network.activation(self.layer) == Activation::Softmax =>
            {
                let meaning = format!("runs over the outputs: {}", every(n_layers));
                all.push(index("k", runs(network.n_outputs()), meaning, None));
            }
            StepKind::MeanGradient(_) => {
                let n = moment.n_samples();
                all.push(index("s", runs(n), format!("runs over the m = {n} samples of the batch"), None));
            }
            _ => {}
        }
        all
    }
}

fn index(letter: &'static str, value: String, meaning: String, quantity: Option<Quantity>) -> IndexMeaning {
    IndexMeaning { letter, value, meaning, quantity }
}

/// "first", "2nd", "11th".
fn ordinal(n: usize) -> String {
    match (n % 10, n % 100) {
        _ if n == 1 => "first".to_owned(),
        (_, 11..=13) => format!("{n}th"),
        (1, _) => format!("{n}st"),
        (2, _) => format!("{n}nd"),
        (3, _) => format!("{n}rd"),
        _ => format!("{n}th"),
    }
}
