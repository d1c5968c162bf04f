//! What the step card says in words is so: every sentence of every step of random networks, and of the states in
//! which a sentence goes wrong most easily, is taken apart into its claims, and each is computed a second time here,
//! by plain loops over raw weights and samples and by differences. A sentence that cannot be taken apart fails.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod common;

use std::collections::BTreeMap;
use std::rc::Rc;

use backprop::activation::{Activation, LEAK};
use backprop::loss::Loss;
use backprop::matrix::Matrix;
use backprop::mistakes::Mistake;
use backprop::network::{LayerParams, Network, Param, Params, UnitId};
use backprop::optimizer::Optimizer;
use backprop::rng::Rng;
use backprop::trace::{PendingUpdate, Rule, Sample, UpdateOrder};
use chainrule::explanation::{Detail, explain, explain_stretch};
use chainrule::lesson::quantity::Quantity;
use chainrule::lesson::{Data, Lesson, Notation};
use chainrule::moment::Moment;
use chainrule::moment::step::{Grain, StepKind};
use common::{below, between, draw_network, lesson, pick, targets_for};

const N_NETWORKS: u64 = 200;
const DETAIL: Detail = Detail { digits: 5, max_terms: 12 };

fn lesson_of(network: Network, rule: Rule, train: Vec<Sample>, notation: Notation) -> Lesson {
    Lesson {
        network: Rc::new(network),
        rule,
        batch_size: train.len(),
        data: Rc::new(Data { train, test: Vec::new(), generator: None }),
        notation,
        input_names: None,
        unit_names: Vec::new(),
        shuffle: None,
        published: Rc::default(),
        guide: Rc::default(),
        bookmarks: Rc::default(),
        ..lesson(common::HMKCODE)
    }
}

fn moment_of(lesson: Lesson, n_updates: u64) -> Moment {
    let model = common::train(&lesson, n_updates);
    Moment::new(Rc::new(lesson), n_updates, 0, PendingUpdate::of(model), None)
}

/// Up to 4 layers of up to 5 units, any activation, loss, optimiser and notation, with or without biases and one
/// mistake on purpose; some inputs are 0, some targets those of one class.
fn draw(rng: &mut Rng) -> Lesson {
    let (network, loss) = draw_network(rng);
    let is_hard = below(rng, 2) == 0;
    let (least, most) = targets_for(loss);
    let (n_inputs, n_outputs) = (network.n_units(0), network.n_outputs());
    let train: Vec<Sample> = (0..1 + below(rng, 4))
        .map(|_| {
            let class = below(rng, n_outputs);
            let input = |rng: &mut Rng| if below(rng, 5) == 0 { 0.0 } else { between(rng, -2.0, 2.0) };
            Sample {
                input: (0..n_inputs).map(|_| input(rng)).collect(),
                target: (0..n_outputs)
                    .map(|k| match is_hard {
                        true => f64::from(u8::from(k == class)),
                        false => between(rng, least, most),
                    })
                    .collect(),
            }
        })
        .collect();
    let (learning_rate, momentum) = (between(rng, 0.05, 0.2), between(rng, 0.3, 0.95));
    let (beta1, beta2) = (between(rng, 0.3, 0.95), between(rng, 0.3, 0.99));
    let optimizer = [
        Optimizer::Sgd { learning_rate },
        Optimizer::Sgd { learning_rate },
        Optimizer::Momentum { learning_rate, momentum },
        Optimizer::Nesterov { learning_rate, momentum },
        Optimizer::Rmsprop { learning_rate, decay: beta2, epsilon: 1e-8 },
        Optimizer::Adam { learning_rate, beta1, beta2, epsilon: 1e-8 },
    ][below(rng, 6)];
    let mut rule = Rule::new(loss, optimizer);
    if below(rng, 2) == 0 {
        rule = rule.with_mistake(pick(rng, &Mistake::ALL), true);
    }
    lesson_of(network, rule, train, pick(rng, &Notation::ALL))
}

/// The drawn lessons at one of their first updates: those of which no difference crosses a kink, and whose sums are
/// of a size at which all digits of a cross-entropy can be found from a and 1 − a.
fn moments() -> impl Iterator<Item = (String, Moment)> {
    (0..N_NETWORKS).map(|seed| {
        let mut rng = Rng::new(seed);
        let is_fit = |moment: &Moment| {
            let network = moment.network();
            let traces = || (0..moment.n_samples()).map(|sample| &moment.trace(sample).unwrap().forward);
            (1..=network.n_layers()).all(|layer| {
                let least = if network.activation(layer).has_kink() { 0.02 } else { 0.0 };
                traces().flat_map(|forward| forward.sums(layer)).all(|z| least <= z.abs() && z.abs() < 8.0)
            })
        };
        let drawn = std::iter::repeat_with(|| moment_of(draw(&mut rng), seed % 3)).find(is_fit);
        (format!("seed {seed}"), drawn.unwrap())
    })
}

// The second computation.

fn g(activation: Activation, z: &[f64]) -> Vec<f64> {
    let each = |g: fn(f64) -> f64| z.iter().map(|z| g(*z)).collect();
    match activation {
        Activation::Identity => z.to_vec(),
        Activation::Sigmoid => each(|z| 1.0 / (1.0 + libm::exp(-z))),
        Activation::Tanh => each(libm::tanh),
        Activation::Relu => each(|z| z.max(0.0)),
        Activation::LeakyRelu => each(|z| if z < 0.0 { LEAK * z } else { z }),
        Activation::Softplus => each(|z| libm::log1p(libm::exp(z))),
        Activation::Elu => each(|z| if z < 0.0 { libm::expm1(z) } else { z }),
        Activation::Softmax => {
            let total: f64 = z.iter().map(|z| libm::exp(*z)).sum();
            z.iter().map(|z| libm::exp(*z) / total).collect()
        }
    }
}

/// The weighted sums and activations of every layer, from 0; one weighted sum may be another than it comes to.
fn forward(
    network: &Network,
    params: &Params,
    input: &[f64],
    other: Option<(UnitId, f64)>,
) -> [Vec<Vec<f64>>; 2] {
    let (mut sums, mut activations) = (vec![Vec::new()], vec![input.to_vec()]);
    for (k, layer) in params.0.iter().enumerate() {
        let before = activations.last().unwrap();
        let mut z: Vec<f64> = (0..network.n_units(k + 1))
            .map(|to| {
                let products = before.iter().enumerate().map(|(from, a)| layer.weights.at(to, from) * a);
                products.sum::<f64>() + layer.biases.as_ref().map_or(0.0, |biases| biases[to])
            })
            .collect();
        if let Some((id, value)) = other.filter(|(id, _)| id.layer == k + 1) {
            z[id.unit] = value;
        }
        activations.push(g(network.activation(k + 1), &z));
        sums.push(z);
    }
    [sums, activations]
}

fn error(loss: Loss, a: &[f64], y: &[f64]) -> f64 {
    let n = a.len() as f64;
    let sum = |term: &dyn Fn(f64, f64) -> f64| a.iter().zip(y).map(|(a, y)| term(*a, *y)).sum::<f64>();
    let log = |share: f64, x: f64| if share == 0.0 { 0.0 } else { share * libm::log(x) };
    match loss {
        Loss::HalfSquaredError => sum(&|a, y| (a - y) * (a - y)) / 2.0,
        Loss::MeanSquaredError => sum(&|a, y| (a - y) * (a - y)) / n,
        Loss::BinaryCrossEntropy => -sum(&|a, y| log(y, a) + log(1.0 - y, 1.0 - a)) / n,
        Loss::CrossEntropy => -sum(&|a, y| log(y, a)),
    }
}

/// How fast `f` changes at `x`.
fn slope(f: impl Fn(f64) -> f64, x: f64) -> f64 {
    let h = 1e-5 * x.abs().max(1.0);
    (f(x + h) - f(x - h)) / (2.0 * h)
}

/// The number that a sentence shows: "−1.2×10⁻⁵".
fn number(text: &str) -> f64 {
    let superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    let text: String = text
        .trim_start_matches("≈ ")
        .replace("×10", "e")
        .chars()
        .map(|c| match superscripts.chars().position(|s| s == c) {
            Some(digit) => char::from_digit(digit as u32, 10).unwrap(),
            None if c == '−' || c == '⁻' => '-',
            None => c,
        })
        .collect();
    text.parse().unwrap_or_else(|_| panic!("no number: {text}"))
}

/// What stands in the places {} of a sentence of this form.
fn fits<'a>(form: &str, sentence: &'a str) -> Option<Vec<&'a str>> {
    let mut pieces = form.split("{}");
    let mut rest = sentence.strip_prefix(pieces.next()?)?;
    let pieces: Vec<&str> = pieces.collect();
    let mut holes = Vec::new();
    let Some((end, between)) = pieces.split_last() else {
        return rest.is_empty().then_some(holes);
    };
    for piece in between {
        let (hole, after) = rest.split_once(piece)?;
        holes.push(hole);
        rest = after;
    }
    holes.push(rest.strip_suffix(end)?);
    Some(holes)
}

/// A step with what it says.
struct Reader<'a> {
    moment: Moment,
    what: String,
    seen: &'a mut BTreeMap<&'static str, usize>,
}

impl Reader<'_> {
    fn name(&self, quantity: Quantity) -> String {
        self.moment.name(quantity)
    }

    fn rule(&self) -> Rule {
        self.moment.lesson.rule
    }

    fn makes(&self, mistake: Mistake) -> bool {
        self.rule().makes(mistake)
    }

    fn n_layers(&self) -> usize {
        self.moment.network().n_layers()
    }

    fn g(&self, layer: usize) -> Activation {
        self.moment.network().activation(layer)
    }

    fn sample(&self) -> &Sample {
        self.moment.batch_samples().nth(self.moment.sample()).unwrap()
    }

    fn params(&self) -> &Params {
        &self.moment.network().params
    }

    fn pass(&self) -> [Vec<Vec<f64>>; 2] {
        forward(self.moment.network(), self.params(), &self.sample().input, None)
    }

    fn z(&self, id: UnitId) -> f64 {
        self.pass()[0][id.layer][id.unit]
    }

    fn a(&self, id: UnitId) -> f64 {
        self.pass()[1][id.layer][id.unit]
    }

    fn y(&self, id: UnitId) -> f64 {
        self.sample().target[id.unit]
    }

    fn gap(&self, id: UnitId) -> f64 {
        self.a(id) - self.y(id)
    }

    /// The shown sample's loss.
    fn e(&self, params: &Params, other: Option<(UnitId, f64)>) -> f64 {
        let Sample { input, target } = self.sample();
        let [_, a] = forward(self.moment.network(), params, input, other);
        error(self.rule().loss, a.last().unwrap(), target)
    }

    fn batch_loss(&self, params: &Params) -> f64 {
        let losses = self.moment.batch_samples().map(|Sample { input, target }| {
            let [_, a] = forward(self.moment.network(), params, input, None);
            error(self.rule().loss, a.last().unwrap(), target)
        });
        losses.sum::<f64>() / self.moment.n_samples() as f64
    }

    fn with(&self, param: Param, value: f64) -> Params {
        let mut params = self.params().clone();
        params.set(param, value);
        params
    }

    /// ∂E/∂z.
    fn by_sum(&self, id: UnitId) -> f64 {
        slope(|z| self.e(self.params(), Some((id, z))), self.z(id))
    }

    fn by_param(&self, param: Param) -> f64 {
        slope(|w| self.e(&self.with(param, w), None), self.params().at(param))
    }

    fn batch_by_param(&self, param: Param) -> f64 {
        slope(|w| self.batch_loss(&self.with(param, w)), self.params().at(param))
    }

    fn own_slope(&self, id: UnitId) -> f64 {
        slope(
            |z| {
                forward(self.moment.network(), self.params(), &self.sample().input, Some((id, z)))[1]
                    [id.layer][id.unit]
            },
            self.z(id),
        )
    }

    fn variable(&self, id: UnitId) -> String {
        let is_linear = self.g(id.layer) == Activation::Identity;
        self.name(if is_linear { Quantity::Activation(id) } else { Quantity::Sum(id) })
    }

    /// A unit at the start of a sentence: never by the name of its activation where that is a symbol with indices.
    fn is_unit(&self, said: &str, id: UnitId) {
        let expected = self.unit(id);
        let at_start = expected.strip_prefix("unit ").map(|rest| format!("Unit {rest}"));
        self.same(said, &at_start.unwrap_or(expected));
    }

    /// What a unit is called: by its name where the notation has names, else by its number and its layer's.
    fn unit(&self, id: UnitId) -> String {
        let (in_layer, layer) = (id.unit + 1, id.layer);
        match self.moment.lesson.notation {
            Notation::Numbered | Notation::HmkCode => self.name(Quantity::Activation(id)),
            Notation::Indexed | Notation::Goodfellow | Notation::Ng => {
                format!("unit {in_layer} of layer {layer}")
            }
            Notation::Lecture => format!("unit {} of layer {layer}", in_layer - 1),
            Notation::Nielsen => format!("unit {in_layer} of layer {}", layer + 1),
            Notation::Rumelhart | Notation::Russell => {
                let before: usize = (0..layer).map(|layer| self.moment.network().n_units(layer)).sum();
                format!("unit {}", before + in_layer)
            }
        }
    }

    fn same(&self, said: &str, expected: &str) {
        assert_eq!(said, expected, "{}", self.what);
    }

    /// To the digits shown, of which there are five, and what a difference can tell.
    fn near(&self, said: &str, expected: f64) {
        let said = number(said);
        let size = self.e(self.params(), None).abs().max(1.0);
        assert!(
            (said - expected).abs() <= 6e-5 * expected.abs() + 1e-7 * size,
            "{}: says {said}, is {expected}",
            self.what
        );
    }

    fn holds(&self, claim: bool) {
        assert!(claim, "{}", self.what);
    }

    /// Whether a derivative as measured lies on the side that is said; near 0 rounding decides.
    fn goes(&self, said: &str, derivative: f64) {
        let sign = match said {
            "lowers" => -1.0,
            "raises" => 1.0,
            other => panic!("{}: {other}", self.what),
        };
        self.holds(-1e-8 * self.e(self.params(), None).max(1.0) < sign * derivative);
    }

    /// Counts a form of sentence and gives what stands in its places.
    fn form<'t>(&mut self, form: &'static str, sentence: &'t str) -> Option<Vec<&'t str>> {
        let holes = fits(form, sentence)?;
        *self.seen.entry(form).or_default() += 1;
        Some(holes)
    }

    fn read(&mut self) {
        let step = self.moment.step().unwrap();
        let said = explain(&self.moment, DETAIL);
        let mut texts = vec![said.why];
        if matches!(step.kind, StepKind::Update(_)) {
            let by_term = explain_stretch(&self.moment, Grain::Term, DETAIL).why;
            if !texts.contains(&by_term) {
                texts.push(by_term);
            }
        }
        let start = self.what.clone();
        self.what = format!("{start}, {:?}: {}", step.kind, said.question);
        self.question(step.kind, &said.question);
        for text in texts {
            self.what = format!("{start}, {:?}: {text}", step.kind);
            self.holds(!text.contains("nowhere") && !text.contains("for each unit of"));
            let whole = text.strip_suffix('.').unwrap_or_else(|| panic!("{}", self.what));
            for sentence in whole.split(". ") {
                let is_read = self.common(sentence)
                    || match step.kind {
                        StepKind::WeightedSum(id) => self.weighted_sum(id, sentence),
                        StepKind::Activation(id) => self.activation(id, sentence),
                        StepKind::Loss => self.loss(sentence),
                        StepKind::ActivationGradient(id) => self.activation_gradient(id, sentence),
                        StepKind::Delta(id) => self.delta(id, sentence),
                        StepKind::Gradient(param) => self.gradient(param, sentence),
                        StepKind::MeanGradient(param) => self.mean_gradient(param, sentence),
                        StepKind::Update(param) => self.update(param, sentence),
                    };
                assert!(is_read, "cannot be read: “{sentence}” of {}", self.what);
            }
        }
        if let StepKind::Update(param) = step.kind {
            self.what = start.clone();
            self.memory(param);
        }
        if let Some(effect) = said.effect {
            self.what = format!("{start}, {:?}: {effect}", step.kind);
            self.effect(&effect);
        }
        if let Some(check) = said.check {
            let text = check.sentence(&self.moment, said.phase, DETAIL.digits);
            self.what = format!("{start}, {:?}: {text}", step.kind);
            self.check(check.param, matches!(step.kind, StepKind::MeanGradient(_)), &text);
        }
    }

    /// A question names the unit, or the quantity that is asked for.
    fn question(&self, kind: StepKind, question: &str) {
        let unit = |id: UnitId| self.unit(id);
        let is_output = |id: UnitId| id.layer == self.n_layers();
        let is_linear = |id: UnitId| self.g(id.layer) == Activation::Identity;
        let expected = match kind {
            StepKind::WeightedSum(id) if is_output(id) && is_linear(id) => {
                format!("What does the network predict for {}?", self.name(Quantity::Activation(id)))
            }
            StepKind::WeightedSum(id) => format!("What is the weighted sum of {}?", unit(id)),
            StepKind::Activation(id) if is_output(id) => {
                format!("What does the network predict for {}?", self.name(Quantity::Activation(id)))
            }
            StepKind::Activation(id) => format!("What does {} pass on?", unit(id)),
            StepKind::Loss => "How wrong is the prediction?".to_owned(),
            StepKind::Delta(id) if !(is_output(id) && is_linear(id)) => {
                format!("How does the error change with the weighted sum of {}?", unit(id))
            }
            StepKind::Delta(id) | StepKind::ActivationGradient(id) => {
                format!("How does the error change with {}?", self.name(Quantity::Activation(id)))
            }
            StepKind::Gradient(param) => {
                format!("How does the error change with {}?", self.name(Quantity::Param(param)))
            }
            StepKind::MeanGradient(param) => format!(
                "What is the mean derivative by {} over the {} samples?",
                self.name(Quantity::Param(param)),
                self.moment.n_samples()
            ),
            StepKind::Update(param) => format!("What is the new {}?", self.name(Quantity::Param(param))),
        };
        self.same(question, &expected);
    }

    /// What may stand at any step that knows a prediction.
    fn common(&mut self, sentence: &str) -> bool {
        if let Some(h) = self.form("{} is 1 but for {}, which is computed directly, {}: a prediction rounded to 1 has lost its digits", sentence) {
            self.holds(number(h[1]) < 1e-4);
            return true;
        }
        self.form("Broken on purpose: the loss has a ½ that takes the 2 away, and here the ½ is forgotten: twice the derivative", sentence)
            .map(|_| self.holds(self.makes(Mistake::TwoForHalf) && self.rule().loss == Loss::HalfSquaredError))
            .is_some()
    }

    fn weighted_sum(&mut self, id: UnitId, sentence: &str) -> bool {
        let sums = [
            ("{} is multiplied by its weight; the products and the bias are added", true, true),
            ("{} is multiplied by its weight; the products are added", true, false),
            ("{} is multiplied by its weight, and the bias is added", false, true),
            ("{} is multiplied by its weight", false, false),
        ];
        let found = sums.into_iter().find_map(|(form, are_several, has_bias)| {
            self.form(form, sentence).map(|holes| (holes[0].to_owned(), are_several, has_bias))
        });
        if let Some((what, are_several, has_bias)) = found {
            self.holds(has_bias == self.moment.network().has_biases(id.layer));
            self.holds(are_several == (1 < self.moment.network().n_units(id.layer - 1)));
            let (one, each) = match id.layer {
                1 => ("The input", "Each input"),
                _ => ("The output of the previous layer", "Each output of the previous layer"),
            };
            self.same(&what, if are_several { each } else { one });
        } else if let Some(h) = self.form("{} is linear: it passes the sum on as it is", sentence) {
            self.is_unit(h[0], id);
            self.holds(self.a(id) == self.z(id));
        } else if let Some(h) = self.form("The sum is called {}", sentence) {
            self.same(h[0], &self.name(Quantity::Sum(id)));
        } else {
            return false;
        }
        true
    }

    fn activation(&mut self, id: UnitId, sentence: &str) -> bool {
        let (z, a) = (self.z(id), self.a(id));
        let claim = match sentence {
            "The sigmoid squeezes any sum into a number between 0 and 1" => (0.0..=1.0).contains(&a),
            "The hyperbolic tangent squeezes any sum into a number between −1 and 1" => {
                (-1.0..=1.0).contains(&a)
            }
            "The ReLU lets a positive sum through and answers 0 to any other" => a == z.max(0.0),
            "The leaky ReLU lets a positive sum through and a hundredth of any other" => {
                (a - z.max(z / 100.0)).abs() < 1e-15
            }
            "The softplus is a smooth ReLU: always positive, nearly the sum itself when it is large" => {
                0.0 <= a && 0.0 <= a - z && a - z.max(0.0) < 0.7
            }
            "The ELU lets a positive sum through and bends any other smoothly, to no less than −1" => {
                if 0.0 < z { a == z } else { (-1.0..=0.0).contains(&a) }
            }
            "The softmax turns the sums of the layer into shares that add up to 1" => {
                (self.pass()[1][id.layer].iter().sum::<f64>() - 1.0).abs() < 1e-12
            }
            _ => return false,
        };
        self.holds(claim);
        true
    }

    fn loss(&mut self, sentence: &str) -> bool {
        let output = UnitId::new(self.n_layers(), 0);
        let (e, loss) = (self.e(self.params(), None), self.rule().loss);
        let names = [self.name(Quantity::Activation(output)), self.name(Quantity::Loss)];
        let targets = self.sample().target.clone();
        let predictions = self.pass()[1].last().unwrap().clone();
        let squares = || predictions.iter().zip(&targets).map(|(a, y)| (a - y) * (a - y)).sum::<f64>();
        let total: f64 = targets.iter().sum();
        let is_class = targets.iter().all(|y| *y == 0.0 || *y == 1.0);
        if let Some(h) = self.form("{} is {}, which is right: {} is 0", sentence) {
            self.holds(e == 0.0 && predictions == targets && targets.len() == 1);
            [h[0], h[2]].iter().zip(&names).for_each(|(said, name)| self.same(said, name));
            self.near(h[1], predictions[0]);
        } else if let Some(h) = self.form("{} is {} where {} is right: {} grows with the square of the gap", sentence) {
            [h[0], h[3]].iter().zip(&names).for_each(|(said, name)| self.same(said, name));
            self.near(h[1], predictions[0]);
            self.near(h[2], targets[0]);
            self.holds(h[1] != h[2] && targets.len() == 1 && !loss.takes_shares());
        } else if self.is_gap(output, sentence) {
            self.holds(targets.len() == 1);
        } else if self.form("{} grows with the square of this gap", sentence).is_some() {
            self.holds(targets.len() == 1 && !loss.takes_shares());
        } else if self.form("The ½ is there to cancel the 2 that the derivative brings", sentence).is_some() {
            self.holds((e - squares() / 2.0).abs() <= 1e-9 * e);
        } else if let Some(h) = self.form("Each output adds half the square of its gap to {}", sentence) {
            self.same(h[0], &names[1]);
            self.holds((e - squares() / 2.0).abs() <= 1e-9 * e);
        } else if self.form("The ½ cancels the 2 that the derivative brings", sentence).is_some() {
            self.holds(loss == Loss::HalfSquaredError);
        } else if self.form("{} is the mean over the outputs of the squared gap", sentence).is_some() {
            self.holds((e - squares() / targets.len() as f64).abs() <= 1e-9 * e);
        } else if self.form("{} is small where the network gave the right answer a high probability, and grows without bound the surer it is of a wrong one", sentence).is_some() {
            self.holds(is_class && (loss == Loss::BinaryCrossEntropy || total == 1.0));
            self.holds(error(loss, &targets, &targets) == 0.0);
        } else if let Some(h) = self.form("{} is least where each prediction is its target, and grows without bound as one goes to {} that should not", sentence) {
            let near = |by: f64| targets.iter().map(|y| (y + by).clamp(1e-9, 1.0 - 1e-9)).collect::<Vec<f64>>();
            self.holds(!is_class && h[1] == if loss == Loss::BinaryCrossEntropy { "0 or 1" } else { "0" });
            if loss == Loss::BinaryCrossEntropy {
                self.holds([-0.01, 0.01].iter().all(|by| error(loss, &targets, &targets) <= error(loss, &near(*by), &targets)));
            }
        } else if self.form("{} is least where each prediction is its target’s share of all targets, and grows without bound as one goes to 0 that should not", sentence).is_some() {
            let shares: Vec<f64> = targets.iter().map(|y| y / total).collect();
            self.holds(total != 1.0 && error(loss, &shares, &targets) <= e + 1e-12);
        } else if self.form("The targets are all 0: {} is 0 whatever the network predicts", sentence).is_some() {
            self.holds(total == 0.0 && e == 0.0);
        } else {
            return false;
        }
        true
    }

    fn is_gap(&mut self, id: UnitId, sentence: &str) -> bool {
        let (h, sign) = if let Some(h) = self.form("{} is {} too low", sentence) {
            (h, -1.0)
        } else if let Some(h) = self.form("{} is {} too high", sentence) {
            (h, 1.0)
        } else if let Some(h) = self.form("{} is exactly right", sentence) {
            self.same(h[0], &self.name(Quantity::Activation(id)));
            self.holds(self.gap(id).abs() < 1e-15);
            return true;
        } else {
            return false;
        };
        self.same(h[0], &self.name(Quantity::Activation(id)));
        let gap = self.gap(id);
        assert!(
            0.0 < number(h[1]) && (sign * number(h[1]) - gap).abs() <= 6e-5 * gap.abs() + 1e-14,
            "{}",
            self.what
        );
        true
    }

    fn activation_gradient(&mut self, id: UnitId, sentence: &str) -> bool {
        let n_next = self.moment.network().n_units(id.layer + 1);
        let next = UnitId::new(id.layer + 1, 0);
        let param = Param::Weight { layer: id.layer + 1, to: 0, from: id.unit };
        let is_by_layer = self.rule().update_order == UpdateOrder::LayerByLayer;
        let name = self.name(Quantity::Activation(id));
        let weight = self.params().at(param);
        if let Some(h) = self.form("{} reaches the error only through {}, which changes {} times as fast as {}; {} is {}", sentence) {
            self.holds(n_next == 1 && !is_by_layer);
            self.same(h[1], &self.variable(next));
            self.same(h[2], &self.name(Quantity::Param(param)));
            self.holds(h[0] == name && h[3] == name && h[4] == h[2]);
            self.near(h[5], weight);
        } else if let Some(h) = self.form("{} could reach the error only through {}, and {} = 0 lets nothing through", sentence) {
            self.holds(n_next == 1 && h[0] == name && weight == 0.0);
        } else if let Some(h) = self.form("{} reaches the error only through {}", sentence) {
            self.holds(n_next == 1 && is_by_layer && h[0] == name);
            self.same(h[1], &self.variable(next));
        } else if let Some(h) = self.form("The factor is {} = {}", sentence) {
            self.holds(is_by_layer);
            self.near(h[1], self.moment.update().after.network.params.at(param));
        } else if let Some(h) = self.form("{} reaches the error along {} paths, one per unit of the next layer; their shares add up", sentence) {
            self.holds(h[0] == name && h[1] == n_next.to_string() && 1 < n_next);
        } else if let Some(h) = self.form("{} is linear, so this is also its {}", sentence) {
            self.is_unit(h[0], id);
            self.same(h[1], &format!("{}{}", self.sign_of_delta(), self.name(Quantity::Delta(id))));
            self.holds(self.a(id) == self.z(id));
        } else if self.form("This lesson uses the new weights here (update order layer by layer): a known mistake, the derivative belongs to the old ones", sentence).is_some() {
            self.holds(is_by_layer);
        } else {
            return false;
        }
        true
    }

    fn is_slope(&mut self, id: UnitId, sentence: &str) -> bool {
        let (z, a) = (self.z(id), self.a(id));
        if let Some(h) = self.form(
            "A small change of {} reaches {} scaled by the slope of its activation function, {}",
            sentence,
        ) {
            self.same(h[0], &self.name(Quantity::Sum(id)));
            self.same(h[1], &self.name(Quantity::Activation(id)));
            self.near(h[2], self.own_slope(id));
        } else if let Some(h) =
            self.form("{} is 0, the kink of the {}, where its slope jumps and is taken to be {}", sentence)
        {
            self.same(h[0], &self.name(Quantity::Sum(id)));
            self.same(h[1], self.g(id.layer).name());
            let either = [if self.g(id.layer) == Activation::Relu { 0.0 } else { LEAK }, 1.0];
            self.holds(z == 0.0 && either.contains(&number(h[2])));
        } else if let Some(h) =
            self.form("{} is switched off: its slope is 0, so nothing goes back through it", sentence)
        {
            self.is_unit(h[0], id);
            self.holds(z <= 0.0 && a.abs() < 1e-15 && self.own_slope(id) == 0.0);
        } else if let Some(h) =
            self.form("{} is saturated: its slope is 0, so nothing goes back through it", sentence)
        {
            self.is_unit(h[0], id);
            let (low, high) = match self.g(id.layer) {
                Activation::Sigmoid => (0.0, 1.0),
                Activation::Tanh => (-1.0, 1.0),
                Activation::Elu => (-1.0, -1.0),
                other => panic!("{other:?} has no bound: {}", self.what),
            };
            self.holds((a - low).abs() < 1e-15 || (a - high).abs() < 1e-15);
            self.holds(self.own_slope(id) == 0.0);
        } else if let Some(h) = self.form(
            "Broken on purpose: the factor {} = {} is left out, so {} is not the derivative by {}",
            sentence,
        ) {
            self.holds(self.makes(Mistake::NoSlope));
            self.near(h[1], self.own_slope(id));
            self.same(h[2], &format!("{}{}", self.sign_of_delta(), self.name(Quantity::Delta(id))));
            self.same(h[3], &self.name(Quantity::Sum(id)));
        } else {
            return false;
        }
        true
    }

    /// Two sources have δ = −∂E/∂z.
    fn sign_of_delta(&self) -> &'static str {
        let notation = self.moment.names.notation();
        if matches!(notation, Notation::Rumelhart | Notation::Russell) { "−" } else { "" }
    }

    fn delta(&mut self, id: UnitId, sentence: &str) -> bool {
        if self.is_slope(id, sentence) {
            return true;
        }
        if id.layer < self.n_layers() {
            return false;
        }
        let [a, y, delta] =
            [Quantity::Activation(id), Quantity::Target(id.unit), Quantity::Delta(id)].map(|q| self.name(q));
        let n = self.sample().target.len() as f64;
        let (gap, total) = (self.gap(id), self.sample().target.iter().sum::<f64>());
        let doubled = if self.makes(Mistake::TwoForHalf) && self.rule().loss == Loss::HalfSquaredError {
            2.0
        } else {
            1.0
        };
        let found = doubled * self.by_sum(id);
        let comes_to = |expected: f64| (found - expected).abs() <= 1e-6 * expected.abs() + 1e-7;
        let is_turned = self.sign_of_delta() == "−";
        let mut goes_back = None;
        for (form, share) in [
            ("Twice this gap, {}, goes back to {}", 2.0),
            ("2/{} of this gap, {}, goes back to {}", 2.0 / n),
            ("This gap, {}, goes back to {}", 1.0),
        ] {
            if let Some(h) = self.form(form, sentence) {
                goes_back = Some((h[h.len() - 2].to_owned(), h[h.len() - 1].to_owned(), share));
            }
        }
        if let Some((name, to, share)) = goes_back {
            self.same(&name, &delta);
            self.same(&to, if n == 1.0 { "every weight" } else { "every weight that leads to it" });
            self.holds(comes_to(share * gap));
        } else if let Some(h) = self.form("{} is exactly right: {} is 0, and nothing goes back from it", sentence) {
            self.holds(h == [a.as_str(), &delta] && gap.abs() < 1e-15 && found.abs() < 1e-7);
        } else if self.is_gap(id, sentence) {
            // A share of other targets than 1 in all is never held to its target.
            self.holds(self.rule().loss != Loss::CrossEntropy || (total - 1.0).abs() < 1e-12);
        } else if let Some(h) = self.form("The slope of the activation cancels against that of the loss: prediction minus target is left, divided by the number of outputs, {}", sentence) {
            self.holds(!is_turned && number(h[0]) == n && 1.0 < n && comes_to(gap / n));
        } else if self.form("The slope of the activation cancels against that of the loss: prediction minus target is left", sentence).is_some() {
            self.holds(!is_turned && comes_to(gap));
        } else if let Some(h) = self.form("The slope of the activation cancels against that of the loss: target minus prediction is left, divided by the number of outputs, {}", sentence) {
            self.holds(is_turned && number(h[0]) == n && 1.0 < n && comes_to(gap / n));
        } else if self.form("The slope of the activation cancels against that of the loss: target minus prediction is left", sentence).is_some() {
            self.holds(is_turned && comes_to(gap));
        } else if let Some(h) = self.form("The targets add up to {}", sentence) {
            self.near(h[0], total);
        } else if let Some(h) = self.form("The slope of the activation cancels against that of the loss: {} times {} minus {} is left", sentence) {
            self.near(h[0], total);
            self.holds(!is_turned && h[1] == a && h[2] == y && comes_to(total * self.a(id) - self.y(id)));
        } else if let Some(h) = self.form("The slope of the activation cancels against that of the loss: {} minus {} times {} is left", sentence) {
            self.near(h[1], total);
            self.holds(is_turned && h[0] == y && h[2] == a && comes_to(total * self.a(id) - self.y(id)));
        } else {
            return false;
        }
        true
    }

    fn gradient(&mut self, param: Param, sentence: &str) -> bool {
        let id = param.unit();
        let names = [self.name(Quantity::Param(param)), self.variable(id), self.name(Quantity::Loss)];
        let [w, variable, loss] = names.each_ref().map(String::as_str);
        let source = match param {
            Param::Weight { layer, from, .. } => Some(UnitId::new(layer - 1, from)),
            Param::Bias { .. } => None,
        };
        if let Some(h) = self.form("{} carries {} into {}, which changes {} times as fast as {}", sentence) {
            let source = source.unwrap();
            self.holds(h[0] == w && h[2] == variable && h[4] == w);
            self.same(h[1], &self.name(Quantity::Activation(source)));
            self.near(h[3], self.a(source));
            self.near(
                h[3],
                slope(
                    |x| {
                        let params = self.with(param, x);
                        forward(self.moment.network(), &params, &self.sample().input, None)[0][id.layer]
                            [id.unit]
                    },
                    self.params().at(param),
                ),
            );
        } else if let Some(h) = self.form("{} is added to {} as it is, so {} changes as fast as {}", sentence)
        {
            self.holds(param.is_bias() && h == [w, variable, variable, w]);
        } else if let Some(h) =
            self.form("{} is 0, so {} has no effect on {} here: {} does not change with {}", sentence)
        {
            let source = source.unwrap();
            self.same(h[0], &self.name(Quantity::Activation(source)));
            self.holds(h[1..] == [w, variable, loss, w] && self.a(source) == 0.0);
            let e = |by: f64| self.e(&self.with(param, self.params().at(param) + by), None);
            self.holds(e(0.0) == e(1.0) && e(0.0) == e(-1.0));
        } else if let Some(h) =
            self.form("{} changes {} times as fast as {}: raising {} a little {} {}", sentence)
        {
            self.holds(h[0] == loss && h[2] == variable && h[3] == w && h[5] == loss);
            self.near(h[1], self.by_sum(id));
            self.goes(h[4], self.by_param(param));
        } else if let Some(h) =
            self.form("{} is said to change {} times as fast as {}: {}, the check tells", sentence)
        {
            self.holds(h[0] == loss && h[2] == variable);
            match h[3] {
                "the machine is broken on purpose" => {
                    self.holds(self.makes(Mistake::NoSlope) || self.makes(Mistake::TwoForHalf));
                }
                "the weights behind it are new already (update order layer by layer)" => {
                    self.holds(self.makes(Mistake::LayerByLayer) && id.layer < self.n_layers());
                }
                other => panic!("{other}: {}", self.what),
            }
        } else if let Some(h) = self.form("The derivative of {} by {} is 0, and so is that by {}", sentence) {
            self.holds(h == [loss, variable, w]);
            let is_at_kink = self.g(id.layer).has_kink() && self.z(id) == 0.0;
            self.holds(is_at_kink || self.by_sum(id).abs() < 1e-9 && self.by_param(param).abs() < 1e-9);
        } else if let Some(h) = self.form("Raising {} a little {} {}", sentence) {
            self.holds(h[0] == w && h[2] == loss);
            self.goes(h[1], self.by_param(param));
        } else if let Some(h) = self.form("The derivative by {} is 0", sentence) {
            self.holds(h == [w] && self.by_param(param).abs() < 1e-9);
        } else {
            return id.layer == self.n_layers() && self.is_gap(id, sentence);
        }
        true
    }

    fn mean_gradient(&mut self, param: Param, sentence: &str) -> bool {
        let n = self.moment.n_samples();
        let value = self.moment.value(Quantity::MeanGradient(param)).unwrap();
        let sum: f64 =
            (0..n).map(|sample| self.moment.value(Quantity::SampleGradient(sample, param)).unwrap()).sum();
        let is = |expected: f64| (value - expected).abs() <= 1e-9 * sum.abs() + 1e-12;
        let loss = self.name(Quantity::BatchLoss);
        if let Some(h) = self.form("{} is the mean over the samples, so its derivative is the mean of theirs", sentence) {
            self.holds(h[0] == loss && is(sum / n as f64));
        } else if let Some(h) = self.form("Broken on purpose: {} is the mean over the {} samples, and their derivatives are added up without dividing by {}", sentence) {
            self.holds(h == [loss.as_str(), &n.to_string(), &n.to_string()] && is(sum));
        } else {
            return false;
        }
        true
    }

    /// What is said of each number that an optimiser remembers, stepped to one by one.
    fn memory(&mut self, param: Param) {
        let method = self.rule().optimizer.facts();
        let start = self.what.clone();
        let step = self.moment.position.step;
        for made in Quantity::made_of(param, method) {
            if matches!(made, Quantity::New(_)) {
                continue;
            }
            let moment = self.moment.at(self.moment.plan.reaches(step, made));
            let text = explain_stretch(&moment, Grain::Term, DETAIL).why;
            self.what = format!("{start}, {made:?}: {text}");
            for sentence in text.strip_suffix('.').unwrap_or_else(|| panic!("{}", self.what)).split(". ") {
                assert!(
                    self.remembers(param, made, sentence),
                    "cannot be read: “{sentence}” of {}",
                    self.what
                );
            }
        }
    }

    fn remembers(&mut self, param: Param, made: Quantity, sentence: &str) -> bool {
        let is_first = matches!(made, Quantity::FirstMoment(_) | Quantity::CorrectedFirstMoment(_));
        let state = &self.moment.model().optimizer_state;
        let memory = if is_first { &state.first_moment } else { &state.second_moment };
        let old = if memory.0.is_empty() { 0.0 } else { memory.at(param) };
        let t = state.n_updates + 1;
        let share = match self.rule().optimizer {
            Optimizer::Sgd { .. } => return false,
            Optimizer::Momentum { momentum, .. } | Optimizer::Nesterov { momentum, .. } => momentum,
            Optimizer::Rmsprop { decay, .. } => decay,
            Optimizer::Adam { beta1, beta2, .. } => {
                if is_first {
                    beta1
                } else {
                    beta2
                }
            }
        };
        let g = self.moment.value(Quantity::MeanGradient(param)).unwrap();
        let new = if is_first { g } else { g * g };
        let found = self.moment.value(made).unwrap();
        let is = |expected: f64| (found - expected).abs() <= 1e-9 * expected.abs() + 1e-15;
        let power = 1.0 - libm::pow(share, t as f64);
        if let Some(h) = self.form("m, in many books the velocity, is the share {} = {} of the old m and the derivative", sentence) {
            self.near(h[1], share);
            self.holds(is(share * old + g));
        } else if let Some(h) = self.form("After many equal derivatives it is 1/(1 − μ) = {} times one of them", sentence) {
            self.near(h[0], (0..2000).fold(0.0, |m, _| share * m + 1.0));
        } else if self.form("At first the old m is 0, and m is the derivative", sentence).is_some() {
            self.holds(old == 0.0 && found == g);
        } else if self.form("μ is 0: nothing of the old m stays, m is the derivative", sentence).is_some() {
            self.holds(share == 0.0 && found == g);
        } else if let Some(h) = self.form("m is a running mean of the derivative: the old mean counts {} = {}, the new derivative 1 − {} = {}", sentence) {
            self.near(h[1], share);
            self.near(h[3], 1.0 - share);
            self.holds(is(share * old + (1.0 - share) * g));
        } else if let Some(h) = self.form("v is a running mean of the squared derivative: the old mean counts {} = {}, the new square 1 − {} = {}", sentence) {
            self.near(h[1], share);
            self.near(h[3], 1.0 - share);
            self.holds(is(share * old + (1.0 - share) * g * g));
        } else if self.form("A square has no sign: √v follows how large the derivative has been of late", sentence).is_some() {
            self.holds(0.0 <= found);
        } else if let Some(h) = self.form("{} started at 0: after t = {} {} the {} count for 1 − {}ᵗ = {} of it, that 0 for the rest", sentence) {
            self.holds(h[0] == if is_first { "m" } else { "v" } && h[1] == t.to_string());
            self.holds((h[2] == "update") == (t == 1));
            self.near(h[5], power);
        } else if let Some(h) = self.form("Divided by {} it is a mean of the {} alone, of one so far: {}, {}", sentence) {
            self.holds(t == 1 && is(new));
            self.near(h[3], new);
        } else if let Some(h) = self.form("Divided by {} it is a mean of the {} alone", sentence) {
            self.holds(1 < t && h[1] == if is_first { "derivatives" } else { "squares" });
            // What is remembered is the mean of all so far, each by its share.
            self.holds(is((share * old + (1.0 - share) * new) / power));
        } else if self.form("By update t = {} the start at 0 is forgotten: 1 − {}ᵗ is 1 to the digits shown", sentence).is_some() {
            self.holds((power - 1.0).abs() < 1e-5);
        } else {
            return false;
        }
        true
    }

    /// "w₅ goes up by 0.1", or that it stays.
    fn moves(&mut self, param: Param, sentence: &str) -> bool {
        let name = self.name(Quantity::Param(param));
        let (old, new) = (self.params().at(param), self.moment.update().after.network.params.at(param));
        let by = |said: &str, sign: f64| {
            let expected = new - old;
            assert!(
                0.0 < number(said)
                    && (sign * number(said) - expected).abs()
                        <= 6e-5 * expected.abs() + 1e-15 * old.abs().max(1.0),
                "{}: {old} to {new}",
                self.what
            );
        };
        if let Some(h) = fits("{} goes up by {}", sentence) {
            self.same(h[0], &name);
            by(h[1], 1.0);
        } else if let Some(h) = fits("{} goes down by {}", sentence) {
            self.same(h[0], &name);
            by(h[1], -1.0);
        } else if let Some(h) = fits("{} stays", sentence) {
            self.same(h[0], &name);
            self.holds(old == new);
        } else {
            return false;
        }
        true
    }

    fn update(&mut self, param: Param, sentence: &str) -> bool {
        let optimizer = self.rule().optimizer;
        let eta = optimizer.learning_rate();
        let derivative = self.batch_by_param(param);
        let (old, new) = (self.params().at(param), self.moment.update().after.network.params.at(param));
        let memory = &self.moment.model().optimizer_state.first_moment;
        let old_m = if memory.0.is_empty() { 0.0 } else { memory.at(param) };
        let is_plain = matches!(optimizer, Optimizer::Sgd { .. });
        let loss = self.name(Quantity::BatchLoss);
        let rounds = self.makes(Mistake::Rounded);
        if let Some(h) = self.form("Broken on purpose: the new {} is rounded to two digits after the point, and learning goes on from there: {}", sentence) {
            self.holds(rounds && ((new * 100.0).round() / 100.0 - new).abs() < 1e-12);
            self.same(h[0], &self.name(Quantity::Param(param)));
            return self.moves(param, h[1]);
        }
        if let Some(h) = self.form("The learning rate {} says how far", sentence) {
            self.same(h[0], &self.name(Quantity::LearningRate));
            self.holds(is_plain && (new != old || rounds));
            return true;
        }
        if self.form("The old m was 0: so far this is plain gradient descent", sentence).is_some() {
            self.holds(old_m == 0.0);
            if self.rule().derives(self.moment.network(), self.moment.n_samples()) {
                self.holds((new - old + eta * derivative).abs() < 1e-6);
            }
            return true;
        }
        if let Some(h) = self.form("The old v was 0: √v is √(1 − ρ) times the size of the derivative, and the step 1/√(1 − ρ) = {} times {}, whatever the derivative", sentence) {
            let (ratio, times) = ((new - old).abs() / eta, number(h[0]));
            self.holds((ratio / times - 1.0).abs() < 0.011);
            return true;
        }
        if self.form("In the first update √v̂ is the size of the derivative, {}: the step is nearly {}, whatever the derivative", sentence).is_some() {
            self.holds(((new - old).abs() / eta - 1.0).abs() < 0.011);
            return true;
        }
        // What comes before the colon; of a step that is rounded it stands alone.
        let (how, moves) = match sentence.rsplit_once(": ") {
            Some((how, moves)) if !rounds => (how, moves),
            _ => (sentence, ""),
        };
        if !rounds && !self.moves(param, moves) {
            return false;
        }
        let is_against = |by: f64| (new - old + eta * by).abs() <= 1e-5 * (eta * by).abs() + 1e-8;
        if let Some(h) = self.form("A short step against the derivative lowers {}", how) {
            self.same(h[0], &loss);
            self.holds(is_plain && (rounds || is_against(derivative)));
            let short = self.with(param, old - 1e-6 * derivative);
            self.holds(self.batch_loss(&short) <= self.batch_loss(self.params()) + 1e-15);
        } else if self.form("A short step against the derivative would lower {}; this one goes too far", how).is_some() {
            let after = self.batch_loss(&self.moment.update().after.network.params);
            self.holds(is_plain && self.batch_loss(self.params()) < after);
        } else if self.form("The step is against what is taken for the derivative", how).is_some() {
            self.holds(is_plain && !self.rule().derives(self.moment.network(), self.moment.n_samples()));
        } else if self.form("With μ = 0 momentum keeps nothing of the earlier steps", how).is_some() {
            self.holds(matches!(optimizer, Optimizer::Momentum { momentum: 0.0, .. }));
        } else if self.form("Momentum keeps a share of the earlier steps, and there is none yet", how).is_some() {
            self.holds(old_m == 0.0);
        } else if self.form("Momentum keeps a share of the earlier steps, like a ball that rolls on", how).is_some() {
            self.holds(old_m != 0.0);
        } else if self.form("The step follows m, in which there is no earlier derivative yet", how).is_some() {
            self.holds(old_m == 0.0);
        } else if self.form("The step follows m, in which the earlier derivatives go on", how).is_some() {
            self.holds(old_m != 0.0);
        } else if self.form("The update leaves out the biases", how).is_some() {
            self.holds(param.is_bias() && new == old);
        } else if self.form("The learning rate {} is 0", how).is_some() {
            self.holds(eta == 0.0 && new == old);
        } else if self.form("The derivative is 0", how).is_some() {
            let is_true = self.rule().derives(self.moment.network(), self.moment.n_samples());
            self.holds(new == old || rounds);
            // At a kink there is none, and what is taken for it is 0.
            let id = param.unit();
            let is_at_kink = self.g(id.layer).has_kink() && self.z(id) == 0.0;
            self.holds(is_at_kink || !is_true || derivative.abs() < 1e-9);
        } else if self.form("Broken on purpose: the step is along the derivative and not against it, which raises {} where it is short", how).is_some() {
            self.holds(self.makes(Mistake::SignFlipped) && is_against(-derivative));
        } else if self.form("Broken on purpose: the step is added and not taken away", how).is_some() {
            self.holds(self.makes(Mistake::SignFlipped));
        } else {
            let is_of = |optimizer: &str| self.rule().optimizer.word() == optimizer;
            let claim = match how {
                "Nesterov momentum adds to the derivative the step that momentum will make next, a look ahead" => is_of("nesterov"),
                "The step follows the derivative and μ·m, which is where momentum goes on from here: a look ahead" => is_of("nesterov"),
                "RMSProp divides by the recent size of the derivative, so that every weight moves at a similar pace" => is_of("rmsprop"),
                "The derivative is divided by its recent size √v (ε keeps that from 0), so that every weight moves at a similar pace" => is_of("rmsprop"),
                "Adam keeps a mean of the derivative (m) and of its square (v), corrected for their start at 0 (by 1 − β₁ᵗ and 1 − β₂ᵗ)" => is_of("adam"),
                "The mean m̂ is divided by the recent size √v̂ (ε keeps that from 0), so that every weight moves at a similar pace" => is_of("adam"),
                _ => return false,
            };
            self.holds(claim);
        }
        true
    }

    fn effect(&mut self, text: &str) {
        let after = self.moment.update().after.network.params.clone();
        let list = self.moment.network().param_list();
        let change: f64 =
            list.iter().map(|p| self.batch_by_param(*p) * (after.at(*p) - self.params().at(*p))).sum();
        let (before, end) = (self.batch_loss(self.params()), self.batch_loss(&after));
        let text = text.strip_suffix('.').unwrap();
        let (first, second) = text.split_once(". ").unwrap();
        let near = |said: &str, expected: f64| {
            assert!(
                (number(said) - expected).abs() <= 7e-5 * expected.abs() + 1e-7,
                "{}: is {expected}",
                self.what
            );
        };
        if let Some(h) = fits("To first order the whole update lowers {} by {}", first) {
            near(h[1], -change);
        } else if let Some(h) = fits("To first order the whole update raises {} by {}", first) {
            near(h[1], change);
        } else {
            assert!(first.contains("as it is") && change.abs() < 1e-9, "{}", self.what);
        }
        if let Some(h) = fits("{} stays {} to the digits shown", second) {
            near(h[1], before);
            near(h[1], end);
        } else if let Some(h) = fits("{} goes from {} to {}: the update overshoots", second) {
            near(h[1], before);
            near(h[2], end);
            self.holds(before < end && change < 0.0);
        } else {
            let h = fits("{} goes from {} to {}", second).unwrap_or_else(|| panic!("{}", self.what));
            near(h[1], before);
            near(h[2], end);
            self.holds(h[1] != h[2]);
        }
    }

    fn check(&mut self, param: Param, is_of_batch: bool, text: &str) {
        let loss = self.name(if is_of_batch { Quantity::BatchLoss } else { Quantity::Loss });
        let h = fits("nudging {} by ±{} and measuring the slope of {}", text)
            .unwrap_or_else(|| panic!("{}", self.what));
        self.same(h[0], &self.name(Quantity::Param(param)));
        let derivative = if is_of_batch { self.batch_by_param(param) } else { self.by_param(param) };
        if let Some(rest) = h[2].strip_prefix(&format!("{loss} gives ")) {
            let measured = rest.split(". ").next().unwrap().split("; ").next().unwrap();
            self.near(measured, derivative);
        } else {
            self.holds(h[2].starts_with(&format!("{loss} cannot tell: it gives ")));
        }
    }
}

fn read_all(what: &str, moment: &Moment, seen: &mut BTreeMap<&'static str, usize>) {
    for step in 1..=moment.plan.n_steps() {
        let moment = moment.at(moment.plan.done(step));
        Reader { moment, what: what.to_owned(), seen }.read();
    }
}

#[test]
fn every_sentence_of_random_networks_is_true() {
    let mut seen = BTreeMap::new();
    for (what, moment) in moments() {
        let mistakes: Vec<Mistake> = moment.lesson.rule.mistakes_made().collect();
        read_all(&format!("{what}, {mistakes:?}"), &moment, &mut seen);
    }
    for form in [
        "{} is added to {} as it is, so {} changes as fast as {}",
        "{} carries {} into {}, which changes {} times as fast as {}",
        "{} changes {} times as fast as {}: raising {} a little {} {}",
        "{} is said to change {} times as fast as {}: {}, the check tells",
        "{} is 0, so {} has no effect on {} here: {} does not change with {}",
        "{} is switched off: its slope is 0, so nothing goes back through it",
        "A small change of {} reaches {} scaled by the slope of its activation function, {}",
        "Twice this gap, {}, goes back to {}",
        "2/{} of this gap, {}, goes back to {}",
        "The targets add up to {}",
        "The slope of the activation cancels against that of the loss: prediction minus target is left, divided by the number of outputs, {}",
        "A short step against the derivative lowers {}",
        "The derivative is 0",
        "Momentum keeps a share of the earlier steps, and there is none yet",
        "Momentum keeps a share of the earlier steps, like a ball that rolls on",
        "The factor is {} = {}",
    ] {
        let n = seen.get(form).copied().unwrap_or(0);
        assert!(5 <= n, "{n} times: {form}\n{seen:#?}");
    }
}

/// One layer, or two of which the second is a linear output with weights of 1, of given sums: one input that is 1.
fn small(layers: &[(Activation, &[f64])], loss: Loss, optimizer: Optimizer, target: &[f64]) -> Lesson {
    let mut n_before = 1;
    let params = layers
        .iter()
        .map(|(_, weights)| {
            let n = n_before;
            n_before = weights.len();
            LayerParams { weights: Matrix::from_fn(weights.len(), n, |to, _| weights[to]), biases: None }
        })
        .collect();
    let network = Network { params: Params(params), activations: layers.iter().map(|(g, _)| *g).collect() };
    let sample = Sample { input: vec![1.0], target: target.to_vec() };
    lesson_of(network, Rule::new(loss, optimizer), vec![sample], Notation::Indexed)
}

#[test]
fn every_sentence_is_true_where_one_goes_wrong_most_easily() {
    use Activation::{Elu, Identity, Relu, Sigmoid, Softmax, Softplus, Tanh};
    use Loss::{BinaryCrossEntropy, CrossEntropy, HalfSquaredError, MeanSquaredError};
    let sgd = Optimizer::Sgd { learning_rate: 0.1 };
    let still = Optimizer::Sgd { learning_rate: 0.0 };
    let momentum = |momentum| Optimizer::Momentum { learning_rate: 0.1, momentum };
    let by_layer =
        |lesson: Lesson| Lesson { rule: lesson.rule.with_mistake(Mistake::LayerByLayer, true), ..lesson };
    let hidden =
        |g: Activation, w: f64| small(&[(g, &[w]), (Identity, &[0.5])], HalfSquaredError, sgd, &[1.0]);
    let states = [
        ("targets add up to 0.8", small(&[(Softmax, &[0.2, -0.3])], CrossEntropy, sgd, &[0.5, 0.3])),
        ("no targets", small(&[(Softmax, &[0.2, -0.3])], CrossEntropy, sgd, &[0.0, 0.0])),
        ("one class", small(&[(Softmax, &[0.2, -0.3])], CrossEntropy, sgd, &[0.0, 1.0])),
        ("shares", small(&[(Softmax, &[0.2, -0.3])], CrossEntropy, sgd, &[0.25, 0.75])),
        (
            "two outputs of yes and no",
            small(&[(Sigmoid, &[0.4, -1.1])], BinaryCrossEntropy, sgd, &[1.0, 0.0]),
        ),
        ("one of them", small(&[(Sigmoid, &[0.4])], BinaryCrossEntropy, sgd, &[1.0])),
        ("a share that is hit", small(&[(Sigmoid, &[0.0])], BinaryCrossEntropy, sgd, &[0.5])),
        ("mean squared, one output", small(&[(Identity, &[0.1])], MeanSquaredError, sgd, &[1.0])),
        ("mean squared, two outputs", small(&[(Identity, &[0.1, 0.7])], MeanSquaredError, sgd, &[1.0, 0.0])),
        (
            "mean squared, three outputs",
            small(&[(Identity, &[0.1, 0.7, 2.0])], MeanSquaredError, sgd, &[1.0, 0.0, 1.0]),
        ),
        ("a target that is hit", small(&[(Identity, &[1.0])], HalfSquaredError, sgd, &[1.0])),
        ("one of two that is hit", small(&[(Identity, &[1.0, 0.5])], HalfSquaredError, sgd, &[1.0, 1.0])),
        ("hit through a tanh", small(&[(Tanh, &[0.0])], MeanSquaredError, sgd, &[0.0])),
        ("nearly hit", small(&[(Identity, &[1.0 + 1e-9])], HalfSquaredError, sgd, &[1.0])),
        ("sigmoid that is fully on", hidden(Sigmoid, 800.0)),
        ("sigmoid that is fully off", hidden(Sigmoid, -800.0)),
        ("tanh at 1", hidden(Tanh, 800.0)),
        ("ELU at −1", hidden(Elu, -800.0)),
        ("softplus far below 0", hidden(Softplus, -800.0)),
        ("ReLU below 0", hidden(Relu, -2.0)),
        ("ReLU at its kink", hidden(Relu, 0.0)),
        ("saturated output", small(&[(Sigmoid, &[800.0])], HalfSquaredError, sgd, &[0.1])),
        (
            "a weight of 0 on the way",
            small(&[(Tanh, &[0.5]), (Identity, &[0.0])], HalfSquaredError, sgd, &[1.0]),
        ),
        ("rate 0", small(&[(Tanh, &[0.5]), (Identity, &[0.3])], HalfSquaredError, still, &[1.0])),
        (
            "far too large a rate",
            small(&[(Identity, &[0.3])], HalfSquaredError, Optimizer::Sgd { learning_rate: 9.0 }, &[1.0]),
        ),
        ("momentum", small(&[(Tanh, &[0.5]), (Identity, &[0.3])], HalfSquaredError, momentum(0.9), &[1.0])),
        (
            "momentum of 0",
            small(&[(Tanh, &[0.5]), (Identity, &[0.3])], HalfSquaredError, momentum(0.0), &[1.0]),
        ),
        (
            "layer by layer",
            by_layer(small(&[(Tanh, &[0.5]), (Identity, &[0.3])], HalfSquaredError, sgd, &[1.0])),
        ),
        (
            "layer by layer, linear",
            by_layer(small(&[(Identity, &[0.5]), (Identity, &[0.3])], MeanSquaredError, sgd, &[1.0])),
        ),
    ];
    let mut seen = BTreeMap::new();
    for (what, state) in states {
        for notation in Notation::ALL {
            for n_updates in 0..2 {
                let moment = moment_of(Lesson { notation, ..state.clone() }, n_updates);
                read_all(&format!("{what}, {notation:?}, update {n_updates}"), &moment, &mut seen);
            }
        }
    }
    for form in [
        "{} is saturated: its slope is 0, so nothing goes back through it",
        "{} is switched off: its slope is 0, so nothing goes back through it",
        "{} is 0, the kink of the {}, where its slope jumps and is taken to be {}",
        "{} is exactly right: {} is 0, and nothing goes back from it",
        "{} is {}, which is right: {} is 0",
        "{} grows with the square of this gap",
        "The learning rate {} is 0",
        "With μ = 0 momentum keeps nothing of the earlier steps",
        "A short step against the derivative would lower {}; this one goes too far",
        "{} could reach the error only through {}, and {} = 0 lets nothing through",
        "The derivative of {} by {} is 0, and so is that by {}",
        "The targets are all 0: {} is 0 whatever the network predicts",
    ] {
        assert!(seen.contains_key(form), "never said: {form}\n{seen:#?}");
    }
}
