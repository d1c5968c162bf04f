//! What a typed answer is worth, on random networks: every usual mistake is computed a second time here, by plain
//! loops over the raw weights and samples, and is named; a right answer is right with however many digits.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod common;

use std::collections::BTreeMap;
use std::f64::consts::LN_10;
use std::rc::Rc;

use backprop::activation::{Activation, LEAK};
use backprop::loss::Loss;
use backprop::matrix::Matrix;
use backprop::mistakes::Mistake;
use backprop::network::{LayerParams, Network, Param, UnitId};
use backprop::optimizer::Optimizer;
use backprop::rng::Rng;
use backprop::trace::{PendingUpdate, Rule, Sample};
use chainrule::explanation::answer::UsualMistake::{self, *};
use chainrule::explanation::answer::Verdict;
use chainrule::lesson::quantity::Quantity;
use chainrule::lesson::{Data, Lesson, Notation};
use chainrule::moment::Moment;
use chainrule::moment::step::StepKind;
use chainrule::text::format;
use common::{below, between, draw_network, draw_samples, is_close, lesson, pick};

const N_NETWORKS: u64 = 200;
/// The least number of times that each mistake is made.
const LEAST: usize = 50;
/// Kinds of mistakes of a learner.
const N_KINDS: usize = 48;

/// Up to 4 layers of up to 5 units, with or without biases, any activation and any loss that fits, up to 4
/// samples, any optimiser, either notation.
fn draw(rng: &mut Rng) -> Lesson {
    let (network, loss) = draw_network(rng);
    let train = draw_samples(rng, &network, loss);
    let (learning_rate, momentum) = (between(rng, 0.05, 0.2), between(rng, 0.3, 0.95));
    let (beta1, beta2) = (between(rng, 0.3, 0.95), between(rng, 0.3, 0.99));
    let optimizer = [
        Optimizer::Sgd { learning_rate },
        Optimizer::Momentum { learning_rate, momentum },
        Optimizer::Nesterov { learning_rate, momentum },
        Optimizer::Rmsprop { learning_rate, decay: beta2, epsilon: 1e-3 },
        Optimizer::Adam { learning_rate, beta1, beta2, epsilon: 1e-3 },
    ][below(rng, 5)];
    Lesson {
        network: Rc::new(network),
        rule: Rule::new(loss, optimizer),
        batch_size: train.len(),
        data: Rc::new(Data { train, test: Vec::new(), generator: None }),
        notation: pick(rng, &Notation::ALL),
        input_names: None,
        unit_names: Vec::new(),
        shuffle: None,
        published: Rc::default(),
        guide: Rc::default(),
        bookmarks: Rc::default(),
        ..lesson(common::HMKCODE)
    }
}

/// The moment before update number `n_updates` + 1.
fn moment_of(lesson: &Lesson, n_updates: u64) -> Moment {
    let model = common::train(lesson, n_updates);
    Moment::new(Rc::new(lesson.clone()), n_updates, 0, PendingUpdate::of(model), None)
}

/// The drawn lessons, each at its first update or a later one: those whose sums are of a size at which all of
/// a cross-entropy's digits can be found from a and 1 − a.
fn moments() -> impl Iterator<Item = (u64, Moment)> {
    (0..N_NETWORKS).map(|seed| {
        let mut rng = Rng::new(seed);
        let is_moderate = |moment: &Moment| {
            let layers = 1..=moment.network().n_layers();
            let samples = || (0..moment.n_samples()).map(|sample| &moment.trace(sample).unwrap().forward);
            layers.into_iter().all(|layer| samples().flat_map(|f| f.sums(layer)).all(|z| z.abs() < 8.0))
        };
        let drawn = std::iter::repeat_with(|| moment_of(&draw(&mut rng), seed % 3)).find(is_moderate);
        (seed, drawn.unwrap())
    })
}

#[test]
fn the_drawn_networks_are_of_every_kind() {
    let drawn: Vec<Moment> = moments().map(|(_, moment)| moment).collect();
    let count = |is_it: &dyn Fn(&Moment) -> bool| drawn.iter().filter(|moment| is_it(moment)).count();
    for g in Activation::ALL {
        assert!(20 <= count(&|moment| moment.network().activations.contains(&g)), "{g:?}");
    }
    for loss in Loss::ALL {
        assert!(20 <= count(&|moment| moment.lesson.rule.loss == loss), "{loss:?}");
    }
    for optimizer in Optimizer::all(0.1) {
        assert!(
            20 <= count(&|moment| moment.lesson.rule.optimizer.word() == optimizer.word()),
            "{optimizer:?}"
        );
    }
    for n in 1..=4 {
        assert!(20 <= count(&|moment| moment.network().n_layers() == n), "{n} layers");
        assert!(20 <= count(&|moment| moment.n_samples() == n), "{n} samples");
    }
    for notation in Notation::ALL {
        assert!(10 <= count(&|moment| moment.lesson.notation == notation), "{notation:?}");
    }
    assert!(20 <= count(&|moment| !moment.network().has_biases(1)), "no biases");
}

/// The questions of an update in order: the moment at which each is asked, and what.
fn questions(moment: &Moment) -> impl Iterator<Item = (Moment, Quantity)> + '_ {
    let method = moment.lesson.rule.optimizer.facts();
    (1..=moment.plan.n_steps()).flat_map(move |step| {
        let asked: Vec<Quantity> = match moment.plan.step(step).unwrap().kind {
            StepKind::WeightedSum(id) if moment.network().activation(id.layer) == Activation::Identity => {
                vec![Quantity::Activation(id)]
            }
            StepKind::WeightedSum(id) => vec![Quantity::Sum(id)],
            StepKind::Activation(id) => vec![Quantity::Activation(id)],
            StepKind::Loss => vec![Quantity::Loss],
            StepKind::ActivationGradient(id) => vec![Quantity::ActivationGradient(id)],
            StepKind::Delta(id) => vec![Quantity::Delta(id)],
            StepKind::Gradient(param) => vec![Quantity::Gradient(param)],
            StepKind::MeanGradient(param) => vec![Quantity::MeanGradient(param)],
            StepKind::Update(param) => Quantity::made_of(param, method).collect(),
        };
        asked.into_iter().map(move |asked| (moment.at(moment.plan.reaches(step, asked)), asked))
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

/// g′ from z alone; of softmax from a.
fn slope(activation: Activation, z: f64, a: f64) -> f64 {
    let sigmoid = 1.0 / (1.0 + libm::exp(-z));
    let step = if 0.0 < z { 1.0 } else { 0.0 };
    match activation {
        Activation::Identity => 1.0,
        Activation::Sigmoid => sigmoid * (1.0 - sigmoid),
        Activation::Tanh => 1.0 - libm::tanh(z) * libm::tanh(z),
        Activation::Relu => step,
        Activation::LeakyRelu => step + (1.0 - step) * LEAK,
        Activation::Softplus => sigmoid,
        Activation::Elu => {
            if 0.0 < z {
                1.0
            } else {
                libm::exp(z)
            }
        }
        Activation::Softmax => a * (1.0 - a),
    }
}

/// One sample's numbers; of each layer, from 0, one per unit.
#[derive(Default)]
struct Pass {
    y: Vec<f64>,
    z: Vec<Vec<f64>>,
    a: Vec<Vec<f64>>,
    slope: Vec<Vec<f64>>,
    /// Each output's share.
    e: Vec<f64>,
    /// ∂E/∂a.
    up: Vec<Vec<f64>>,
    delta: Vec<Vec<f64>>,
}

/// Of one parameter.
#[derive(Clone, Copy)]
struct Made {
    w: f64,
    g: f64,
    old: [f64; 2],
    m: f64,
    v: f64,
    new: f64,
}

/// Everything of an update, made by plain loops.
struct Own {
    loss: Loss,
    optimizer: Optimizer,
    activations: Vec<Activation>,
    /// `w[l][to][from]`, none of layer 0.
    w: Vec<Vec<Vec<f64>>>,
    b: Vec<Option<Vec<f64>>>,
    passes: Vec<Pass>,
    /// 1 − β₁ᵗ and 1 − β₂ᵗ, and whether t is 1.
    corrections: [f64; 2],
    /// −1 where δ is −∂E/∂z.
    sign_of_delta: f64,
    params: Vec<(Param, Made)>,
}

impl Own {
    fn new(moment: &Moment) -> Self {
        let network = moment.network();
        let n_layers = network.n_layers();
        let layers = || (1..=n_layers).map(|layer| network.layer(layer));
        let rows = |layer: &LayerParams| -> Vec<Vec<f64>> {
            (0..layer.weights.n_rows()).map(|to| layer.weights.row(to).to_vec()).collect()
        };
        let optimizer = moment.lesson.rule.optimizer;
        let state = &moment.model().optimizer_state;
        let t = state.n_updates + 1;
        let power = |beta: f64| (0..t).fold(1.0, |power, _| power * beta);
        let mut own = Self {
            loss: moment.lesson.rule.loss,
            optimizer,
            activations: std::iter::once(Activation::Identity).chain(network.activations.clone()).collect(),
            w: std::iter::once(Vec::new()).chain(layers().map(rows)).collect(),
            b: std::iter::once(None).chain(layers().map(|layer| layer.biases.clone())).collect(),
            passes: Vec::new(),
            sign_of_delta: match moment.lesson.notation {
                Notation::Rumelhart | Notation::Russell => -1.0,
                _ => 1.0,
            },
            corrections: match optimizer {
                Optimizer::Adam { beta1, beta2, .. } => [1.0 - power(beta1), 1.0 - power(beta2)],
                _ => [1.0; 2],
            },
            params: Vec::new(),
        };
        own.passes = moment.lesson.data.train.iter().map(|sample| own.pass(sample)).collect();
        for param in network.param_list() {
            let g = own.passes.iter().map(|pass| own.gradient(pass, param)).sum::<f64>()
                / own.passes.len() as f64;
            let old = [state.first_moment.at(param), state.second_moment.at(param)];
            let w = own.param(param);
            let (m, v, step) = own.step(g, old);
            own.params.push((param, Made { w, g, old, m, v, new: w - step }));
        }
        own
    }

    fn last(&self) -> usize {
        self.w.len() - 1
    }

    fn param(&self, param: Param) -> f64 {
        match param {
            Param::Weight { layer, to, from } => self.w[layer][to][from],
            Param::Bias { layer, to } => self.b[layer].as_ref().unwrap()[to],
        }
    }

    fn pass(&self, sample: &Sample) -> Pass {
        let last = self.last();
        let mut pass = Pass {
            y: sample.target.clone(),
            z: vec![Vec::new()],
            a: vec![sample.input.clone()],
            slope: vec![Vec::new()],
            up: vec![Vec::new(); last + 1],
            delta: vec![Vec::new(); last + 1],
            ..Pass::default()
        };
        for layer in 1..=last {
            let mut z = Vec::new();
            for (to, row) in self.w[layer].iter().enumerate() {
                let sum: f64 = row.iter().zip(&pass.a[layer - 1]).map(|(w, a)| w * a).sum();
                z.push(sum + self.b[layer].as_ref().map_or(0.0, |b| b[to]));
            }
            let a = g(self.activations[layer], &z);
            let slopes = z.iter().zip(&a).map(|(z, a)| slope(self.activations[layer], *z, *a));
            pass.slope.push(slopes.collect());
            pass.z.push(z);
            pass.a.push(a);
        }
        let n = pass.y.len() as f64;
        let total: f64 = pass.y.iter().sum();
        for (k, &y) in pass.y.iter().enumerate() {
            let (a, slope) = (pass.a[last][k], pass.slope[last][k]);
            let gap = a - y;
            let (e, up, delta) = match self.loss {
                Loss::HalfSquaredError => (gap * gap / 2.0, gap, gap * slope),
                Loss::MeanSquaredError => (gap * gap / n, 2.0 * gap / n, 2.0 * gap / n * slope),
                Loss::BinaryCrossEntropy => (
                    -(y * libm::log(a) + (1.0 - y) * libm::log(1.0 - a)) / n,
                    ((1.0 - y) / (1.0 - a) - y / a) / n,
                    gap / n,
                ),
                Loss::CrossEntropy => (-y * libm::log(a), -y / a, a * total - y),
            };
            pass.e.push(e);
            pass.up[last].push(up);
            pass.delta[last].push(delta);
        }
        for layer in (1..last).rev() {
            for from in 0..self.w[layer].len() {
                let up: f64 = self.path(&pass, layer, from, |w, d| w * d).sum();
                pass.up[layer].push(up);
                pass.delta[layer].push(up * pass.slope[layer][from]);
            }
        }
        pass
    }

    /// What each unit behind a hidden one contributes, by `join` of the weight and its δ.
    fn path<'a>(
        &'a self,
        pass: &'a Pass,
        layer: usize,
        from: usize,
        join: impl Fn(f64, f64) -> f64 + 'a,
    ) -> impl Iterator<Item = f64> + 'a {
        let rows = self.w[layer + 1].iter().zip(&pass.delta[layer + 1]);
        rows.map(move |(row, delta)| join(row[from], *delta))
    }

    fn gradient(&self, pass: &Pass, param: Param) -> f64 {
        match param {
            Param::Weight { layer, to, from } => pass.delta[layer][to] * pass.a[layer - 1][from],
            Param::Bias { layer, to } => pass.delta[layer][to],
        }
    }

    /// m, v and what is taken from the weight.
    fn step(&self, g: f64, [m, v]: [f64; 2]) -> (f64, f64, f64) {
        let [c1, c2] = self.corrections;
        match self.optimizer {
            Optimizer::Sgd { learning_rate } => (0.0, 0.0, learning_rate * g),
            Optimizer::Momentum { learning_rate, momentum } => {
                let m = momentum * m + g;
                (m, 0.0, learning_rate * m)
            }
            Optimizer::Nesterov { learning_rate, momentum } => {
                let m = momentum * m + g;
                (m, 0.0, learning_rate * (g + momentum * m))
            }
            Optimizer::Rmsprop { learning_rate, decay, epsilon } => {
                let v = decay * v + (1.0 - decay) * g * g;
                (0.0, v, learning_rate * g / (v.sqrt() + epsilon))
            }
            Optimizer::Adam { learning_rate, beta1, beta2, epsilon } => {
                let m = beta1 * m + (1.0 - beta1) * g;
                let v = beta2 * v + (1.0 - beta2) * g * g;
                (m, v, learning_rate * (m / c1) / ((v / c2).sqrt() + epsilon))
            }
        }
    }

    fn made(&self, param: Param) -> Made {
        self.params.iter().find(|(other, _)| *other == param).unwrap().1
    }

    /// The number itself.
    fn right(&self, asked: Quantity, sample: usize) -> f64 {
        let pass = &self.passes[sample];
        let [c1, c2] = self.corrections;
        match asked {
            Quantity::Sum(id) => pass.z[id.layer][id.unit],
            Quantity::Activation(id) => pass.a[id.layer][id.unit],
            Quantity::Loss => pass.e.iter().sum(),
            Quantity::ActivationGradient(id) => pass.up[id.layer][id.unit],
            Quantity::Delta(id) => self.sign_of_delta * pass.delta[id.layer][id.unit],
            Quantity::Gradient(param) => self.gradient(pass, param),
            Quantity::MeanGradient(param) => self.made(param).g,
            Quantity::FirstMoment(param) => self.made(param).m,
            Quantity::SecondMoment(param) => self.made(param).v,
            Quantity::CorrectedFirstMoment(param) => self.made(param).m / c1,
            Quantity::CorrectedSecondMoment(param) => self.made(param).v / c2,
            Quantity::New(param) => self.made(param).new,
            other => panic!("{other:?}"),
        }
    }

    /// Every mistake that can be made where `asked` is asked of `sample`, with what it comes to.
    fn mistakes(&self, asked: Quantity, sample: usize) -> Vec<(UsualMistake, f64)> {
        let pass = &self.passes[sample];
        match asked {
            Quantity::Sum(id) => self.of_sum(pass, id),
            Quantity::Activation(id) if self.activations[id.layer] == Activation::Identity => {
                self.of_sum(pass, id)
            }
            Quantity::Activation(id) => self.of_activation(pass, id),
            Quantity::Loss => self.of_loss(pass),
            Quantity::ActivationGradient(id) => self.of_upstream(pass, id),
            Quantity::Delta(id) => self.of_delta(pass, id),
            Quantity::Gradient(param) => self.of_gradient(pass, param),
            Quantity::MeanGradient(param) => self.of_mean(param),
            Quantity::New(param) => self.of_new(param),
            other => self.of_moment(other),
        }
    }

    fn of_sum(&self, pass: &Pass, UnitId { layer, unit }: UnitId) -> Vec<(UsualMistake, f64)> {
        let (w, x) = (&self.w[layer], &pass.a[layer - 1]);
        let b = |unit: usize| self.b[layer].as_ref().map_or(0.0, |b| b[unit]);
        let n = x.len();
        let sum = |term: &dyn Fn(usize) -> f64| (0..n).map(term).sum::<f64>();
        let row = |unit: usize| sum(&|k| w[unit][k] * x[k]);
        let mut all =
            vec![(Sign, -(row(unit) + b(unit))), (ProductAdded, sum(&|k| w[unit][k] + x[k]) + b(unit))];
        if self.b[layer].is_some() {
            all.push((ForgottenBias, row(unit)));
        }
        for one in 0..if n < 2 { 0 } else { n } {
            all.push((
                ForgottenTerm(one),
                sum(&|k| if k == one { 0.0 } else { w[unit][k] * x[k] }) + b(unit),
            ));
            let joined = |k| if k == one { w[unit][k] + x[k] } else { w[unit][k] * x[k] };
            all.push((ProductAdded, sum(&joined) + b(unit)));
        }
        for other in (0..w.len()).filter(|other| *other != unit) {
            all.push((WeightsOf(other), row(other) + b(unit)));
            all.push((WeightsOf(other), row(other) + b(other)));
        }
        if n == w.len() && 1 < n {
            all.push((Transposed, sum(&|k| w[k][unit] * x[k]) + b(unit)));
        }
        all
    }

    fn of_activation(&self, pass: &Pass, UnitId { layer, unit }: UnitId) -> Vec<(UsualMistake, f64)> {
        let z = &pass.z[layer];
        let negative: Vec<f64> = z.iter().map(|z| -z).collect();
        let mut all = vec![
            (NoActivation, z[unit]),
            (SlopeForActivation, pass.slope[layer][unit]),
            (Sign, g(self.activations[layer], &negative)[unit]),
        ];
        if self.activations[layer] == Activation::Softmax {
            all.push((NotNormalised, libm::exp(z[unit])));
        }
        all
    }

    fn of_loss(&self, pass: &Pass) -> Vec<(UsualMistake, f64)> {
        let (a, y) = (&pass.a[self.last()], &pass.y);
        let outputs = a.len() as f64;
        let gaps = || a.iter().zip(y).map(|(a, y)| a - y);
        let squares: f64 = gaps().map(|gap| gap * gap).sum();
        let e: f64 = pass.e.iter().sum();
        let mut all = vec![(Sign, -e)];
        match self.loss {
            Loss::HalfSquaredError => all.extend([
                (TwoTooMany, squares),
                (HalfTooMany, squares / 4.0),
                (NotSquared, gaps().sum::<f64>() / 2.0),
                (NotSquared, gaps().map(|gap| -gap).sum::<f64>()),
            ]),
            Loss::MeanSquaredError => all.extend([
                (TwoTooMany, 2.0 * squares / outputs),
                (HalfTooMany, squares / outputs / 2.0),
                (NotSquared, gaps().sum::<f64>() / outputs),
            ]),
            Loss::BinaryCrossEntropy => {
                let hits: f64 = a.iter().zip(y).map(|(a, y)| y * libm::log(*a)).sum();
                all.extend([(MissForgotten, -hits / outputs), (DecimalLog, e / LN_10)]);
            }
            Loss::CrossEntropy => {
                let decimal: f64 = a.iter().zip(y).map(|(a, y)| y * libm::log10(*a)).sum();
                all.push((DecimalLog, -decimal));
            }
        }
        if 1 < a.len() {
            all.push(match self.loss {
                Loss::MeanSquaredError => (SumForMean, squares),
                Loss::BinaryCrossEntropy => (SumForMean, e * outputs),
                Loss::HalfSquaredError => (MeanForSum, squares / 2.0 / outputs),
                Loss::CrossEntropy => (MeanForSum, e / outputs),
            });
            let but = |one: usize| pass.e.iter().enumerate().filter(move |(k, _)| *k != one);
            all.extend((0..a.len()).map(|one| (ForgottenTerm(one), but(one).map(|(_, e)| e).sum())));
        }
        all
    }

    /// Mistaken ∂E/∂a of a hidden unit that goes on to its δ and its weights.
    fn carried(&self, pass: &Pass, UnitId { layer, unit }: UnitId) -> Vec<(UsualMistake, f64)> {
        if layer == self.last() {
            return Vec::new();
        }
        let n = self.w[layer + 1].len();
        let new = |to| self.made(Param::Weight { layer: layer + 1, to, from: unit }).new;
        let mut all = vec![(NewWeights, (0..n).map(|to| new(to) * pass.delta[layer + 1][to]).sum())];
        for one in 0..if n < 2 { 0 } else { n } {
            let others = self.path(pass, layer, unit, |w, delta| w * delta).enumerate();
            all.push((ForgottenTerm(one), others.filter(|(k, _)| *k != one).map(|(_, term)| term).sum()));
        }
        all
    }

    fn of_upstream(&self, pass: &Pass, id: UnitId) -> Vec<(UsualMistake, f64)> {
        let UnitId { layer, unit } = id;
        let n = self.w[layer + 1].len();
        let sum = |join: fn(f64, f64) -> f64| self.path(pass, layer, unit, join).sum::<f64>();
        let right = sum(|w, delta| w * delta);
        let mut all = vec![
            (Sign, -right),
            (TwoTooMany, 2.0 * right),
            (HalfTooMany, right / 2.0),
            (NoWeight, sum(|_, delta| delta)),
            (NoDelta, sum(|w, _| w)),
            (ProductAdded, sum(|w, delta| w + delta)),
        ];
        all.extend(self.carried(pass, id));
        let behind = layer + 1;
        if self.activations[behind] != Activation::Identity
            && (behind < self.last() || !self.loss.is_of_sums())
        {
            let weights = self.w[behind].iter().zip(&pass.up[behind]);
            all.push((NoSlope, weights.map(|(row, up)| row[unit] * up).sum()));
        }
        let units = self.w[layer].len();
        for other in (0..units).filter(|other| *other != unit) {
            all.push((WeightsOf(other), self.path(pass, layer, other, |w, delta| w * delta).sum()));
        }
        if 1 < n {
            all.push((MeanForSum, right / n as f64));
            if n == units {
                let row = self.w[behind][unit].iter().zip(&pass.delta[behind]);
                all.push((Transposed, row.map(|(w, delta)| w * delta).sum()));
            }
        }
        all
    }

    fn of_delta(&self, pass: &Pass, id: UnitId) -> Vec<(UsualMistake, f64)> {
        let UnitId { layer, unit } = id;
        let activation = self.activations[layer];
        let sign = self.sign_of_delta;
        let (up, s, z, a) =
            (sign * pass.up[layer][unit], pass.slope[layer][unit], pass.z[layer][unit], pass.a[layer][unit]);
        let right = sign * pass.delta[layer][unit];
        let mut all = vec![(Sign, -right), (TwoTooMany, 2.0 * right), (HalfTooMany, right / 2.0)];
        let is_output = layer == self.last();
        if is_output && self.loss.is_of_sums() {
            all.push((SlopeTooMany, right * a * (1.0 - a)));
            all.push((NoSlope, up));
        } else if activation != Activation::Identity {
            let at_a = slope(activation, a, g(activation, &[a])[0]);
            all.extend([
                (NoSlope, up),
                (ActivationForSlope, up * a),
                (SumForSlope, up * z),
                (SlopeOfActivation, up * at_a),
                (ProductAdded, up + s),
                (SlopeAlone, s),
            ]);
        }
        all.extend(self.carried(pass, id).into_iter().map(|(mistake, up)| (mistake, sign * up * s)));
        let outputs = pass.y.len() as f64;
        if is_output && 1.0 < outputs {
            all.push(match self.loss {
                Loss::MeanSquaredError => (SumForMean, sign * 2.0 * (a - pass.y[unit]) * s),
                Loss::BinaryCrossEntropy => (SumForMean, sign * (a - pass.y[unit])),
                Loss::HalfSquaredError | Loss::CrossEntropy => (MeanForSum, right / outputs),
            });
        }
        all
    }

    fn of_gradient(&self, pass: &Pass, param: Param) -> Vec<(UsualMistake, f64)> {
        let id = param.unit();
        let UnitId { layer, unit } = id;
        let (delta, up, s, a) =
            (pass.delta[layer][unit], pass.up[layer][unit], pass.slope[layer][unit], pass.a[layer][unit]);
        let w = self.param(param);
        let x = match param {
            Param::Weight { from, .. } => pass.a[layer - 1][from],
            Param::Bias { .. } => 1.0,
        };
        let mut all = vec![
            (Sign, -delta * x),
            (TwoTooMany, 2.0 * delta * x),
            (HalfTooMany, delta * x / 2.0),
            (WeightForInput, delta * w),
            (ParamItself, w),
            (ProductAdded, delta + x),
            (OtherEnd, delta * a),
        ];
        let is_of_sums = layer == self.last() && self.loss.is_of_sums();
        if is_of_sums {
            all.push((SlopeTooMany, delta * a * (1.0 - a) * x));
        }
        if is_of_sums || self.activations[layer] != Activation::Identity {
            all.push((NoSlope, up * x));
        }
        if let Param::Weight { from, .. } = param {
            all.extend([(NoInput, delta), (NoDelta, x)]);
            let others = pass.a[layer - 1].iter().enumerate().filter(|(k, _)| *k != from);
            all.extend(others.map(|(k, a)| (InputOf(k), delta * a)));
        }
        all.extend(self.carried(pass, id).into_iter().map(|(mistake, up)| (mistake, up * s * x)));
        all
    }

    fn of_mean(&self, param: Param) -> Vec<(UsualMistake, f64)> {
        let each: Vec<f64> = self.passes.iter().map(|pass| self.gradient(pass, param)).collect();
        let n = each.len() as f64;
        let sum: f64 = each.iter().sum();
        let mut all = vec![
            (SumForMean, sum),
            (Sign, -sum / n),
            (TwoTooMany, 2.0 * sum / n),
            (HalfTooMany, sum / n / 2.0),
        ];
        for (one, gradient) in each.iter().enumerate() {
            let others: f64 = each.iter().enumerate().filter(|(k, _)| *k != one).map(|(_, g)| g).sum();
            all.extend([
                (OneSample(one), *gradient),
                (ForgottenTerm(one), others / n),
                (ForgottenTerm(one), others / (n - 1.0)),
            ]);
        }
        all
    }

    fn of_new(&self, param: Param) -> Vec<(UsualMistake, f64)> {
        let Made { w, g, old, m, v, .. } = self.made(param);
        let eta = self.optimizer.learning_rate();
        let change = self.step(g, old).2;
        let n = self.passes.len() as f64;
        let mut all = vec![
            (NoRate, w - change / eta),
            (RateTwice, w - change * eta),
            (Sign, w + change),
            (ChangeAlone, change),
            (ChangeAlone, -change),
            (DerivativeItself, g),
            (ParamForDerivative, w - self.step(w, old).2),
            (NotChanged, w),
            (ProductAdded, w - (eta + change / eta)),
        ];
        if 1.0 < n {
            all.push((SumForMean, w - self.step(n * g, old).2));
        }
        if !matches!(self.optimizer, Optimizer::Sgd { .. }) {
            all.push((PlainStep, w - eta * g));
        }
        let [c1, c2] = self.corrections;
        match self.optimizer {
            Optimizer::Nesterov { .. } => all.push((NoLookAhead, w - eta * m)),
            Optimizer::Rmsprop { epsilon, .. } => all.push((NoRoot, w - eta * g / (v + epsilon))),
            Optimizer::Adam { epsilon, .. } => all.extend([
                (NoCorrection, w - eta * m / (v.sqrt() + epsilon)),
                (NoRoot, w - eta * (m / c1) / (v / c2 + epsilon)),
            ]),
            _ => {}
        }
        all
    }

    fn of_moment(&self, asked: Quantity) -> Vec<(UsualMistake, f64)> {
        let Made { g, old: [old_m, old_v], m, v, .. } = self.made(asked.param().unwrap());
        let (n, [c1, c2]) = (self.passes.len() as f64, self.corrections);
        let mut all = Vec::new();
        match (asked, self.optimizer) {
            (
                Quantity::FirstMoment(_),
                Optimizer::Momentum { momentum, .. } | Optimizer::Nesterov { momentum, .. },
            ) => {
                all.extend([
                    (Sign, momentum * old_m - g),
                    (DerivativeItself, g),
                    (NoShares, old_m + g),
                    (SharesSwapped, old_m + momentum * g),
                    (MeanForSum, momentum * old_m + (1.0 - momentum) * g),
                ]);
                all.extend((1.0 < n).then_some((SumForMean, momentum * old_m + n * g)));
            }
            (Quantity::FirstMoment(_), Optimizer::Adam { beta1, .. }) => {
                all.extend([
                    (Sign, beta1 * old_m - (1.0 - beta1) * g),
                    (DerivativeItself, g),
                    (NoShares, old_m + g),
                    (SharesSwapped, (1.0 - beta1) * old_m + beta1 * g),
                    (OldForgotten, (1.0 - beta1) * g),
                    (RestForgotten, beta1 * old_m + g),
                ]);
                all.extend((1.0 < n).then_some((SumForMean, beta1 * old_m + (1.0 - beta1) * n * g)));
            }
            (
                Quantity::SecondMoment(_),
                Optimizer::Rmsprop { decay: share, .. } | Optimizer::Adam { beta2: share, .. },
            ) => {
                all.extend([
                    (DerivativeItself, g),
                    (NotSquared, share * old_v + (1.0 - share) * g),
                    (NoShares, old_v + g * g),
                    (SharesSwapped, (1.0 - share) * old_v + share * g * g),
                    (OldForgotten, (1.0 - share) * g * g),
                    (RestForgotten, share * old_v + g * g),
                ]);
                all.extend((1.0 < n).then_some((SumForMean, share * old_v + (1.0 - share) * n * g * n * g)));
            }
            (Quantity::CorrectedFirstMoment(_), Optimizer::Adam { beta1, .. }) => all.extend([
                (Sign, -m / c1),
                (NoCorrection, m),
                (CorrectionTimes, m * c1),
                (OtherCorrection, m / c2),
                (FirstPower, m / (1.0 - beta1)),
            ]),
            (Quantity::CorrectedSecondMoment(_), Optimizer::Adam { beta2, .. }) => all.extend([
                (NoCorrection, v),
                (CorrectionTimes, v * c2),
                (OtherCorrection, v / c1),
                (FirstPower, v / (1.0 - beta2)),
            ]),
            (asked, optimizer) => panic!("{asked:?} by {optimizer:?}"),
        }
        all
    }
}

/// "ForgottenTerm" of `ForgottenTerm(2)`.
fn kind(mistake: UsualMistake) -> String {
    format!("{mistake:?}").split('(').next().unwrap().to_owned()
}

/// The digits of a text in all.
fn n_digits(text: &str) -> usize {
    text.chars().filter(char::is_ascii_digit).count()
}

/// That a verdict says something, and not the number.
fn check_sentence(verdict: &Verdict, moment: &Moment, asked: Quantity) {
    let sentence = verdict.sentence(moment, asked);
    assert!(sentence.ends_with('.') && 5 < sentence.len(), "{verdict:?}: {sentence}");
    assert!(!sentence.contains("  ") && !sentence.contains("..") && !sentence.contains("NaN"), "{sentence}");
    // Of several mistakes the first two, each as it is said alone.
    if let Verdict::Mistakes(made) = verdict {
        for one in made.iter().take(2) {
            let alone = Verdict::Mistakes(vec![*one]).sentence(moment, asked);
            assert!(sentence.contains(&alone), "{alone}: {sentence}");
        }
    }
    for digits in 3..=15 {
        let number = moment.text(asked, digits).unwrap();
        assert!(n_digits(&number) < 2 || !sentence.contains(&number), "{number}: {sentence}");
    }
}

#[test]
fn a_usual_mistake_is_named() {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut n_same = 0;
    for (seed, moment) in moments() {
        let own = Own::new(&moment);
        for (moment, asked) in questions(&moment) {
            let right = moment.value(asked).unwrap();
            let expected = own.right(asked, moment.sample());
            assert!(is_close(right, expected, 1e-9), "seed {seed}, {asked:?}: {right}, not {expected}");
            let mut said: Vec<String> = Vec::new();
            for (mistake, number) in own.mistakes(asked, moment.sample()) {
                assert!(number.is_finite(), "seed {seed}, {asked:?}, {mistake:?}: {number}");
                if number.abs() < 1e-12 {
                    continue;
                }
                let typed = format!("{number:.7e}");
                let verdict = Verdict::of(&moment, asked, &typed).unwrap();
                let what =
                    || format!("seed {seed}, {asked:?} = {right}, {mistake:?}: {typed} is {verdict:?}");
                match &verdict {
                    // Too short where the update moves the weight by less.
                    Verdict::Right | Verdict::TooShort => {
                        assert!((number - right).abs() <= 1e-7 * 10.0 * number.abs(), "{}", what());
                        n_same += 1;
                    }
                    Verdict::Mistakes(made) => {
                        assert!(made.contains(&mistake), "{}", what());
                        *counts.entry(kind(mistake)).or_default() += 1;
                        if !said.contains(&kind(mistake)) {
                            check_sentence(&Verdict::Mistakes(vec![mistake]), &moment, asked);
                            check_sentence(&verdict, &moment, asked);
                            said.push(kind(mistake));
                        }
                    }
                    _ => panic!("{}", what()),
                }
            }
        }
    }
    println!("{counts:#?}, {n_same} the same");
    assert!(counts.values().all(|n| LEAST <= *n), "{counts:?}");
    assert_eq!(counts.len(), N_KINDS, "{counts:?}");
}

/// `x` with `digits` significant digits, cut off and not rounded.
fn cut(x: f64, digits: usize) -> String {
    // An f64 holds 15 digits for certain: 0.6 is no 0.59.
    let long = format!("{x:.14e}");
    let (mantissa, power) = long.split_once('e').unwrap();
    let n = mantissa.trim_start_matches('-').len() - 1;
    let dropped = n - digits;
    format!("{}e{power}", mantissa[..mantissa.len() - dropped].trim_end_matches('.'))
}

/// The number that is typed as "1.5e-1".
fn value_of(typed: &str) -> f64 {
    typed.parse().unwrap()
}

/// The place of its last digit: 0.01 of "1.5e-1".
fn last_place(typed: &str) -> f64 {
    let (digits, power) = typed.split_once('e').unwrap();
    let n_decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    libm::pow(10.0, power.parse::<f64>().unwrap() - n_decimals as f64)
}

#[test]
fn a_right_answer_is_right_however_many_digits_it_has() {
    let mut n_short = 0;
    for (seed, moment) in moments() {
        // Half of the lessons make some mistakes on purpose: what they come to is right there.
        let mut rng = Rng::new(seed);
        let is_made = |rng: &mut Rng| seed.is_multiple_of(2) && rng.uniform() < 0.3;
        let rule = Mistake::ALL.into_iter().fold(moment.lesson.rule, |rule, mistake| {
            let is_made = is_made(&mut rng);
            rule.with_mistake(mistake, is_made)
        });
        let lesson = Lesson { rule, ..moment.lesson.as_ref().clone() };
        for (moment, asked) in questions(&moment_of(&lesson, seed % 3)) {
            let right = moment.value(asked).unwrap();
            let verdict = |typed: &str| Verdict::of(&moment, asked, typed).unwrap();
            let old = match asked {
                Quantity::New(param) => moment.value(Quantity::Param(param)).filter(|old| *old != right),
                _ => None,
            };
            for digits in 1..=12 {
                for typed in [format!("{right:.*e}", digits - 1), cut(right, digits)] {
                    let found = verdict(&typed);
                    let is_old = old.is_some_and(|old| (old - value_of(&typed)).abs() < last_place(&typed));
                    // Cut off it may be just what a mistake comes to.
                    let is_cut = digits < 6 && typed != format!("{right:.*e}", digits - 1);
                    let is_short = (digits == 1 || is_old || is_cut) && found == Verdict::TooShort;
                    assert!(
                        found == Verdict::Right || is_short,
                        "seed {seed}, {asked:?}: {typed}, {found:?}"
                    );
                    n_short += usize::from(is_short);
                }
            }
            // And as the page writes it.
            for digits in 3..=15 {
                let typed = format::number(right, digits);
                // It leaves zeros at its end away.
                let (plain, power) = typed.split_once("×10").unwrap_or((&typed, ""));
                let n_decimals = plain.split_once('.').map_or(0, |(_, decimals)| decimals.len());
                let place = libm::pow(10.0, -(n_decimals as f64));
                let is_old = power.is_empty() && old.is_some_and(|old| (old - right).abs() < 2.0 * place);
                let found = verdict(&typed);
                let is_short = is_old && found == Verdict::TooShort;
                assert!(is_short || found == Verdict::Right, "seed {seed}, {asked:?}: {typed}, {found:?}");
            }
            for said in [Verdict::Right, Verdict::TooShort, Verdict::Close, Verdict::Wrong] {
                check_sentence(&said, &moment, asked);
            }
        }
    }
    assert!(1_000 < n_short, "{n_short}");
}

/// Where the machine makes a mistake on purpose its number is right, and what would be right is called that.
#[test]
fn what_would_be_right_is_told_from_what_a_broken_machine_makes() {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (seed, moment) in moments() {
        let made = Mistake::ALL[seed as usize % Mistake::ALL.len()];
        let rule = moment.lesson.rule.with_mistake(made, true);
        let moment = moment_of(&Lesson { rule, ..moment.lesson.as_ref().clone() }, seed % 3);
        let own = Own::new(&moment);
        for (moment, asked) in questions(&moment) {
            let (broken, right) = (moment.value(asked).unwrap(), own.right(asked, moment.sample()));
            if is_close(broken, right, 1e-6) || right.abs() < 1e-12 {
                continue;
            }
            let verdict = Verdict::of(&moment, asked, &format!("{right:.7e}")).unwrap();
            let what = || format!("seed {seed}, {made:?}, {asked:?}: {right}, made {broken}: {verdict:?}");
            let Verdict::Mistakes(named) = &verdict else { panic!("{}", what()) };
            assert_eq!(named[0], Mended, "{}", what());
            check_sentence(&verdict, &moment, asked);
            *counts.entry(made.word()).or_default() += 1;
        }
    }
    println!("{counts:?}");
    // A bias that is not updated is not asked for.
    assert_eq!(counts.len(), Mistake::ALL.len() - 1, "{counts:?}");
    assert!(counts.values().all(|n| LEAST <= *n), "{counts:?}");
}

/// HMKCode's network at a step, and what a typed answer is worth there.
fn hmkcode(asked: Quantity) -> impl Fn(&str) -> (Verdict, String) {
    let moment = moment_of(&lesson(common::HMKCODE), 0);
    let step = moment.plan.find(moment.plan.maker(asked).unwrap(), 0).unwrap();
    let moment = moment.at(moment.plan.reaches(step, asked));
    move |typed| {
        let verdict = Verdict::of(&moment, asked, typed).unwrap();
        let sentence = verdict.sentence(&moment, asked);
        (verdict, sentence)
    }
}

/// The article's numbers: h₁ 0.85, h₂ 0.48, out 0.191, Δ −0.809, a 0.05, w₆ 0.15.
#[test]
fn answers_to_the_article() {
    const W6: Param = Param::Weight { layer: 2, to: 0, from: 1 };
    let of = hmkcode(Quantity::Sum(UnitId { layer: 1, unit: 0 }));
    for (typed, expected) in [
        ("0.85", Verdict::Right),
        ("0,850", Verdict::Right),
        ("8.5e-1", Verdict::Right),
        ("0.8", Verdict::TooShort),
        ("0.9", Verdict::TooShort),
        ("0.854", Verdict::Close),
        ("0.7", Verdict::Wrong),
        ("0.22", Verdict::Mistakes(vec![ForgottenTerm(1)])),
    ] {
        assert_eq!(of(typed).0, expected, "{typed}");
    }
    let of = hmkcode(Quantity::Gradient(W6));
    for (typed, mistake, words) in [
        ("0.38832", Sign, "That is −∂E/∂w₆: the sign is the other way round"),
        ("−0.77664", TwoTooMany, "the ½ of E takes the 2 of the square away"),
        ("-0.12135", WeightForInput, "That is Δ times w₆ itself"),
        ("-0.809", NoInput, "That is Δ alone: the value that w₆ carries is the other factor."),
        ("-0.329", ProductAdded, "the factors of the chain rule are multiplied"),
        ("0.15", ParamItself, "That is w₆ itself"),
    ] {
        let (verdict, sentence) = of(typed);
        assert_eq!(verdict, Verdict::Mistakes(vec![mistake]), "{typed}");
        assert!(sentence.contains(words), "{sentence}");
    }
    let of = hmkcode(Quantity::New(W6));
    for (typed, mistake) in [
        ("0.53832", NoRate),
        ("0.130584", Sign),
        ("0.1509708", RateTwice),
        ("0.1425", ParamForDerivative),
        ("0.019416", ChangeAlone),
        ("-0.019416", ChangeAlone),
        ("-0.38832", DerivativeItself),
        ("0.15", NotChanged),
    ] {
        assert_eq!(of(typed).0, Verdict::Mistakes(vec![mistake]), "{typed}");
    }
    assert_eq!(of("0.169416").0, Verdict::Right);
    assert_eq!(of("0.17").0, Verdict::Right);
}

/// 0.1 + 0.2 − 0.3 is 5.55·10⁻¹⁷ in binary arithmetic.
#[test]
fn what_is_0_on_paper_is_0() {
    let mut drawn = lesson(common::HMKCODE);
    let weights = Matrix::from_fn(1, 3, |_, from| [0.1, 0.2, -0.3][from]);
    drawn.network = Rc::new(Network::of_weights([weights], Activation::Sigmoid));
    let train = vec![Sample { input: vec![1.0; 3], target: vec![1.0] }];
    drawn.data = Rc::new(Data { train, test: Vec::new(), generator: None });
    (drawn.input_names, drawn.unit_names) = (None, Vec::new());
    let z = Quantity::Sum(UnitId { layer: 1, unit: 0 });
    let moment = moment_of(&drawn, 0);
    assert!(moment.value(z).unwrap() != 0.0);
    for typed in ["0", "0.00", "5.55e-17"] {
        assert_eq!(Verdict::of(&moment, z, typed), Ok(Verdict::Right), "{typed}");
    }
}

#[test]
fn what_is_no_number_is_refused_with_what_is_accepted() {
    let moment = moment_of(&lesson(common::HMKCODE), 0);
    let asked = Quantity::Loss;
    for typed in ["", "  ", "abc", "1e400", "NaN", "inf", "1/2", "1.2.3", "0.5 0.5", "--1", "√2"] {
        let sentence = Verdict::of(&moment, asked, typed).unwrap_err();
        assert!(sentence.contains("a number between −10³⁰⁸ and 10³⁰⁸ such as 0.25"), "{typed}: {sentence}");
        assert!(typed.trim().is_empty() || sentence.contains(&format!("“{typed}”")), "{typed}: {sentence}");
    }
    for typed in ["−0,5", "+.5", " 0.5 ", "5.", "5e-1", "5×10⁻¹", "5 · 10^-1", "0", "-0", "1e308", "1e-400"]
    {
        assert!(Verdict::of(&moment, asked, typed).is_ok(), "{typed}");
    }
}

/// Any number is judged at any step, and of what no step makes as well.
#[test]
fn anything_can_be_typed_anywhere() {
    for (name, lesson) in common::lessons() {
        let moment = moment_of(&lesson, 1);
        for (moment, asked) in questions(&moment) {
            let others = [
                Quantity::Activation(UnitId { layer: 0, unit: 0 }),
                Quantity::ActivationGradient(UnitId { layer: moment.network().n_layers(), unit: 0 }),
                Quantity::BatchLoss,
                Quantity::LearningRate,
                Quantity::BiasCorrection1,
            ];
            for asked in others.into_iter().chain([asked]) {
                for typed in ["0", "1", "-1", "0.5", "0.50", "1e308", "-3e-300", "12345.678"] {
                    let verdict = Verdict::of(&moment, asked, typed).unwrap();
                    assert!(verdict.sentence(&moment, asked).ends_with('.'), "{name}, {asked:?}, {typed}");
                }
            }
        }
    }
}
