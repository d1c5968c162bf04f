//! The general form is true: with the indices of a step put in, each side of it has the number of the step,
//! of every step of every lesson. Its letters are looked up by their indices here, not by the page's names.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod common;

use std::collections::HashMap;

use backprop::activation::Activation;
use backprop::mistakes::{Mistake, round_to_cents};
use backprop::network::{Param, UnitId};
use chainrule::explanation::formula::{Formula, Function, Sign, View, latex::Latex, write};
use chainrule::explanation::general_form::{GeneralForm, general_form};
use chainrule::lesson::names::{Age, Symbol};
use chainrule::lesson::quantity::Quantity;
use chainrule::lesson::{Lesson, Notation};
use chainrule::moment::Moment;
use chainrule::moment::step::StepKind;
use common::{HMKCODE, json_files, lesson, session};

/// What the running indices of sums are.
type Running = HashMap<String, usize>;

struct Evaluator<'a> {
    moment: &'a Moment,
    running: Running,
    is_of_bias: bool,
}

impl Evaluator<'_> {
    fn number(&self, quantity: Quantity) -> f64 {
        self.moment.value(quantity).unwrap_or_else(|| panic!("{quantity:?} has no number"))
    }

    /// The letters of the notation in their usual places: z, a, δ, y, b, m.
    fn usual(&self, letter: &str) -> &'static str {
        let [sum, hidden, output, delta, target, bias] = match self.moment.names.notation() {
            Notation::Goodfellow => ["a", "h", "y\u{302}", "g", "y", "b"],
            Notation::Ng => ["z", "a", "a", "dz", "y", "b"],
            Notation::Rumelhart => ["net", "o", "o", "δ", "t", "θ"],
            Notation::Russell => ["in", "a", "a", "Δ", "y", "b"],
            Notation::Lecture | Notation::Numbered | Notation::HmkCode => ["z", "a", "a", "Δ", "y", "b"],
            Notation::Indexed | Notation::Nielsen => ["z", "a", "a", "δ", "y", "b"],
        };
        let usual = [(sum, "z"), (hidden, "a"), (output, "a"), (delta, "δ"), (target, "y"), (bias, "b")];
        let others = ["w", "m", "v", "m̂", "v̂", "E", "L", "C", "J"].map(|letter| (letter, letter));
        let found = usual.into_iter().chain(others).find(|(own, _)| *own == letter);
        found.unwrap_or_else(|| panic!("{letter} has no number")).1
    }

    /// The number of the first unit of a layer, and of the layer of the inputs.
    fn first(&self, layer: usize) -> usize {
        match self.moment.names.notation() {
            Notation::Lecture => 0,
            Notation::Rumelhart | Notation::Russell => {
                1 + (0..layer).map(|layer| self.moment.network().n_units(layer)).sum::<usize>()
            }
            _ => 1,
        }
    }

    /// The unit of a number, in the layer that stands above or, where none does, through the network.
    fn unit_numbered(&self, number: usize, above: &str, is_before: bool) -> UnitId {
        let n_layers = self.moment.network().n_layers();
        let notation = self.moment.names.notation();
        if matches!(notation, Notation::Rumelhart | Notation::Russell) {
            let layer = (0..=n_layers).rfind(|layer| self.first(*layer) <= number).expect("a layer");
            return UnitId::new(layer, number - self.first(layer));
        }
        let layer = match above.trim_matches(['[', ']']) {
            // ŷ: its letter tells the layer.
            "" => n_layers,
            number => number.parse::<usize>().expect("a layer") - usize::from(notation == Notation::Nielsen),
        };
        let layer = if is_before { layer - 1 } else { layer };
        UnitId::new(layer, number - self.first(layer))
    }

    /// The indices below a symbol.
    fn indices(&self, symbol: &Symbol) -> Vec<usize> {
        let parts: Vec<String> = match symbol.sub.contains(',') {
            true => symbol.sub.split(',').map(str::to_owned).collect(),
            false => symbol.sub.chars().map(String::from).collect(),
        };
        // "12" alone is one index where the symbol has one; m and v are of the step's own parameter.
        let is_number = symbol.sub.chars().all(|c| c.is_ascii_digit());
        let has_two = match self.usual(&symbol.letter) {
            "w" => true,
            "m" | "v" | "m̂" | "v̂" => !self.is_of_bias,
            _ => false,
        };
        if is_number && !has_two {
            return symbol.sub.parse().into_iter().collect();
        }
        let index = |part: &String| {
            self.running.get(part).copied().unwrap_or_else(|| part.parse().expect("an index"))
        };
        parts.iter().map(index).collect()
    }

    fn param(&self, symbol: &Symbol) -> Param {
        let (to, from) = match (&self.indices(symbol)[..], self.moment.names.notation()) {
            ([from, to], Notation::Russell) => (*to, Some(*from)),
            ([to, from], _) => (*to, Some(*from)),
            ([to], _) => (*to, None),
            _ => panic!("{symbol:?} is no parameter"),
        };
        let to = self.unit_numbered(to, &symbol.raised, false);
        match from.map(|from| self.unit_numbered(from, &symbol.raised, true)) {
            Some(from) => Param::Weight { layer: to.layer, to: to.unit, from: from.unit },
            None => Param::Bias { layer: to.layer, to: to.unit },
        }
    }

    fn unit(&self, symbol: &Symbol) -> UnitId {
        self.unit_numbered(self.indices(symbol)[0], &symbol.raised, false)
    }

    fn letter(&self, symbol: &Symbol) -> f64 {
        let quantity = match (self.usual(&symbol.letter), symbol.age) {
            ("z", _) => Quantity::Sum(self.unit(symbol)),
            ("a", _) => Quantity::Activation(self.unit(symbol)),
            ("δ", _) => Quantity::Delta(self.unit(symbol)),
            ("y", _) => Quantity::Target(self.unit_numbered(self.indices(symbol)[0], "", false).unit),
            ("E" | "L" | "C" | "J", _) => Quantity::Loss,
            ("w" | "b", Some(Age::New)) => Quantity::New(self.param(symbol)),
            ("w" | "b", _) => {
                let param = self.param(symbol);
                Quantity::Param(param)
            }
            ("m", Some(Age::Old)) => Quantity::OldFirstMoment(self.param(symbol)),
            ("m", _) => Quantity::FirstMoment(self.param(symbol)),
            ("v", Some(Age::Old)) => Quantity::OldSecondMoment(self.param(symbol)),
            ("v", _) => Quantity::SecondMoment(self.param(symbol)),
            ("m̂", _) => Quantity::CorrectedFirstMoment(self.param(symbol)),
            ("v̂", _) => Quantity::CorrectedSecondMoment(self.param(symbol)),
            other => panic!("{other:?} has no number"),
        };
        self.number(quantity)
    }

    fn partial(&self, of: &Symbol, by: &Symbol, is_of_batch: bool) -> f64 {
        let of_sample = |param| match self.running.get("s").filter(|_| of.sub == "s") {
            Some(sample) => Quantity::SampleGradient(sample - 1, param),
            None if is_of_batch => Quantity::MeanGradient(param),
            None => Quantity::Gradient(param),
        };
        self.number(match self.usual(&by.letter) {
            "w" | "b" => of_sample(self.param(by)),
            "a" => Quantity::ActivationGradient(self.unit(by)),
            // In two of the sources δ is the negative of that.
            "z" => {
                let is_negative =
                    matches!(self.moment.names.notation(), Notation::Rumelhart | Notation::Russell);
                let delta = self.number(Quantity::Delta(self.unit(by)));
                return if is_negative { -delta } else { delta };
            }
            other => panic!("no derivative by {other}"),
        })
    }

    fn value(&mut self, formula: &Formula, is_of_batch: bool) -> f64 {
        let mut of = |x: &Formula| self.value(x, is_of_batch);
        match formula {
            Formula::Letter(symbol) => self.letter(symbol),
            Formula::Name(quantity) | Formula::Quantity(quantity) => self.number(*quantity),
            Formula::Number(x) => *x,
            Formula::Sum(terms) => terms.iter().map(of).sum(),
            Formula::Product(factors) => factors.iter().map(of).product(),
            Formula::Difference(left, right) => of(left) - of(right),
            Formula::Negative(x) => -of(x),
            Formula::Fraction(over, under) => of(over) / of(under),
            Formula::Square(x) => {
                let x = of(x);
                x * x
            }
            Formula::Root(x) => of(x).sqrt(),
            Formula::Exp(x) => libm::exp(of(x)),
            Formula::Call(Function::Ln, x) => libm::log(of(&x[0])),
            Formula::Call(Function::Round, x) => round_to_cents(of(&x[0])),
            Formula::Call(Function::AnyActivation(_), x) => {
                let Formula::Letter(z) = &x[0] else { panic!("g of {x:?}") };
                self.number(Quantity::Activation(self.unit(z)))
            }
            Formula::Call(Function::Slope(_), x) => {
                let Formula::Letter(z) = &x[0] else { panic!("g′ of {x:?}") };
                self.number(Quantity::Slope(self.unit(z)))
            }
            Formula::PartialLetters(of, by) => self.partial(of, by, is_of_batch),
            Formula::SumOver { index, range, term } => (range.expect("numbers").0
                ..=range.expect("numbers").1)
                .map(|k| {
                    self.running.insert(index.letter.clone(), k);
                    let value = self.value(term, is_of_batch);
                    self.running.remove(&index.letter);
                    value
                })
                .sum(),
            other => panic!("{other:?} has no value"),
        }
    }
}

fn is_same(found: f64, expected: f64) -> bool {
    (found - expected).abs() <= 1e-9 * expected.abs() + 1e-13
}

/// How many formulas of `lesson` hold: all of them, of up to `most` steps.
fn check(name: &str, lesson: &Lesson, most: usize) -> usize {
    let session = session(lesson);
    let start = session.moment();
    let n_steps = start.plan.n_steps();
    let stride = n_steps.div_ceil(most);
    let mut n = 0;
    for k in (1..=n_steps).filter(|k| k % stride == 0 || n_steps - k < 3) {
        let moment = start.at(start.plan.done(k));
        let kind = moment.step().unwrap().kind;
        let GeneralForm { general, filled, indices } = general_form(&moment).unwrap();
        assert_eq!(general.len(), filled.len());
        assert!(!indices.is_empty());
        let is_of_batch = matches!(kind, StepKind::MeanGradient(_) | StepKind::Update(_));
        for formula in &filled {
            let Formula::Relation(Sign::Equals, sides) = formula else { panic!("{formula:?}") };
            let is_of_bias = matches!(kind, StepKind::Update(param) if param.is_bias());
            let mut evaluator = Evaluator { moment: &moment, running: Running::new(), is_of_bias };
            let values: Vec<f64> = sides.iter().map(|side| evaluator.value(side, is_of_batch)).collect();
            for value in &values[1..] {
                let said = write(formula, &moment, View::Symbols, &Latex);
                assert!(is_same(*value, values[0]), "{name}, {kind:?}: {values:?} of {said}");
            }
            n += 1;
        }
    }
    n
}

#[test]
fn every_general_form_holds_with_the_indices_of_its_step() {
    let files = json_files("static/lessons");
    let n: usize = files.into_iter().map(|(name, text)| check(&name, &lesson(&text), 120)).sum();
    assert!(1_000 < n, "{n} formulas");
}

#[test]
fn every_general_form_holds_in_every_notation() {
    for (name, text) in json_files("static/lessons") {
        for notation in Notation::ALL {
            let lesson = Lesson { notation, ..lesson(&text) };
            assert!(0 < check(&format!("{name}, {notation:?}"), &lesson, 25));
        }
    }
}

/// Of a network that is broken on purpose it is the general form of what it computes.
#[test]
fn the_general_form_of_a_mistaken_update_holds_for_it() {
    for (name, lesson) in common::lessons() {
        for mistake in Mistake::ALL {
            let lesson = Lesson { rule: lesson.rule.with_mistake(mistake, true), ..lesson.clone() };
            check(&format!("{name}, {mistake:?}"), &lesson, 60);
        }
    }
}

/// The general forms as the lecture writes them, with its letters where the page has others.
#[test]
fn the_lectures_formulas_to_the_letter() {
    let session = session(&lesson(HMKCODE));
    let at = |kind: StepKind| {
        let moment = session.moment();
        let step = moment.plan.find(kind, 0).unwrap();
        let moment = moment.at(moment.plan.done(step));
        let form = general_form(&moment).unwrap();
        let written = |formulas: &[Formula]| write(&formulas[0], &moment, View::Symbols, &Latex);
        (written(&form.general), written(&form.filled))
    };
    let w1 = Param::Weight { layer: 1, to: 0, from: 0 };
    let (general, filled) = at(StepKind::Gradient(w1));
    assert_eq!(
        general,
        r"\frac{\partial E}{\partial w_{ij}^{l}} = \frac{\partial E}{\partial a_{i}^{l}} \cdot g'\left(z_{i}^{l}\right) \cdot a_{j}^{l-1}"
    );
    assert_eq!(
        filled,
        r"\frac{\partial E}{\partial w_{11}^{1}} = \frac{\partial E}{\partial a_{1}^{1}} \cdot g'\left(z_{1}^{1}\right) \cdot a_{1}^{0}"
    );
    let (general, _) = at(StepKind::ActivationGradient(UnitId::new(1, 0)));
    assert_eq!(
        general,
        r"\frac{\partial E}{\partial a_{i}^{l}} = \sum_{k} \frac{\partial E}{\partial a_{k}^{l+1}} \cdot g'\left(z_{k}^{l+1}\right) \cdot w_{ki}^{l+1}"
    );
    let (general, filled) = at(StepKind::WeightedSum(UnitId::new(2, 0)));
    assert_eq!(general, r"a_{i}^{l} = z_{i}^{l} = \sum_{j} a_{j}^{l-1} \cdot w_{ij}^{l}");
    assert_eq!(filled, r"a_{1}^{2} = z_{1}^{2} = \sum_{j=1}^{2} a_{j}^{1} \cdot w_{1j}^{2}");
    let (general, _) = at(StepKind::Update(w1));
    assert_eq!(
        general,
        r"w_{ij}^{l\,\mathrm{new}} = w_{ij}^{l} - a \cdot \frac{\partial E}{\partial w_{ij}^{l}}"
    );
    assert_eq!(session.moment().network().activation(1), Activation::Identity);
}
