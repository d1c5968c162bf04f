//! What the tests share: lessons, numbers as bits, and comparison within a tolerance.

// Each test binary uses its part. Helpers fail as tests do.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::rc::Rc;

use backprop::activation::Activation;
use backprop::loss::Loss;
use backprop::matrix::Matrix;
use backprop::mistakes::Mistake;
use backprop::network::{LayerParams, Network, Params};
use backprop::rng::Rng;
use backprop::trace::{Model, Sample, UpdateOrder, UpdateTrace};
use chainrule::lesson::Lesson;
use chainrule::moment::Moment;
use chainrule::moment::step::{Grain, Lines, Position};
use chainrule::session::{Action, Edit, Session};

pub const HMKCODE: &str = include_str!("../../static/lessons/hmkcode.json");
pub const FOUR_POINTS: &str = include_str!("../../static/lessons/hmkcode-four-points.json");
pub const LECTURE: &str = include_str!("../../static/lessons/lecture-3-2-1.json");
pub const MAZUR: &str = include_str!("../../static/lessons/mazur.json");
pub const XOR: &str = include_str!("../../static/lessons/xor.json");

pub fn lesson(text: &str) -> Lesson {
    Lesson::from_json(text).expect("a valid lesson")
}

/// The lesson inside a golden file.
pub fn golden_lesson(text: &str) -> Lesson {
    let golden: serde_json::Value = serde_json::from_str(text).expect("a golden file is JSON");
    lesson(&golden["lesson"].to_string())
}

/// Lessons of every kind: one sample or several, whole or mini-batches (also with a shorter last
/// one), simultaneous or layer by layer, every optimiser.
pub fn lessons() -> Vec<(&'static str, Lesson)> {
    let with = |mut lesson: Lesson, batch_size: usize, order: UpdateOrder| {
        lesson.batch_size = batch_size;
        lesson.rule.update_order = order;
        lesson
    };
    let softmax = || golden_lesson(include_str!("../golden/softmax-adam.json"));
    let rmsprop = || golden_lesson(include_str!("../golden/rmsprop-mse.json"));
    let (together, by_layer) = (UpdateOrder::Simultaneous, UpdateOrder::LayerByLayer);
    vec![
        ("hmkcode", lesson(HMKCODE)),
        ("mazur", lesson(MAZUR)),
        ("mazur, layer by layer", with(lesson(MAZUR), 1, by_layer)),
        ("lecture", lesson(LECTURE)),
        ("four points", lesson(FOUR_POINTS)),
        ("four points one by one", with(lesson(FOUR_POINTS), 1, together)),
        ("four points, three and one", with(lesson(FOUR_POINTS), 3, together)),
        ("four points, layer by layer", with(lesson(FOUR_POINTS), 4, by_layer)),
        ("xor", lesson(XOR)),
        ("xor, two by two, layer by layer", with(lesson(XOR), 2, by_layer)),
        ("softmax, Adam", softmax()),
        ("softmax, Adam, four and two", with(softmax(), 4, together)),
        ("RMSProp, two by two", with(rmsprop(), 2, together)),
        ("softmax, Adam, two by two, shuffled", Lesson { shuffle: Some(3), ..with(softmax(), 2, together) }),
        ("xor one by one, shuffled", Lesson { shuffle: Some(1), ..with(lesson(XOR), 1, together) }),
    ]
}

pub fn session(lesson: &Lesson) -> Session {
    Session::new(lesson.clone()).expect("a finite first pass")
}

pub fn edit(edit: Edit) -> Action {
    Action::Edit { edit, continues: false }
}

/// The name and text of each file `folder/*.json` of the repository, in order of the names.
#[cfg(not(target_arch = "wasm32"))]
pub fn json_files(folder: &str) -> Vec<(String, String)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<(String, String)> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&path).unwrap())
        })
        .collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

/// The model after `n` epochs of plain training, without a run, its checkpoints or its moments.
pub fn train(lesson: &Lesson, n: u64) -> Rc<Model> {
    let mut model = Rc::new(Model::start(lesson.network.as_ref().clone()));
    for _ in 0..n {
        model = train_epoch(lesson, &model);
    }
    model
}

pub fn train_epoch(lesson: &Lesson, model: &Rc<Model>) -> Rc<Model> {
    let epoch = model.optimizer_state.n_updates / lesson.n_batches() as u64;
    (0..lesson.n_batches()).fold(Rc::clone(model), |model, batch| {
        UpdateTrace::new(&model, lesson.rule, lesson.batch(epoch, batch).into_iter()).after
    })
}

pub fn numbers(params: &Params) -> Vec<f64> {
    params.0.iter().flat_map(|layer| layer.numbers().collect::<Vec<_>>()).collect()
}

/// Everything that learning carries on: weights, biases and the optimiser's memory.
pub fn model_numbers(model: &Model) -> Vec<f64> {
    let state = &model.optimizer_state;
    let mut all = numbers(&model.network.params);
    all.extend(numbers(&state.first_moment));
    all.extend(numbers(&state.second_moment));
    all.push(state.n_updates as f64);
    all
}

/// Every number of an update, in a fixed order.
pub fn update_numbers(update: &UpdateTrace) -> Vec<f64> {
    let mut all = model_numbers(&update.before);
    let n_layers = update.before.network.n_layers();
    for sample in &update.pass.samples {
        all.extend(sample.forward.activations(0));
        for layer in 1..=n_layers {
            all.extend(sample.forward.sums(layer));
            all.extend(sample.forward.activations(layer));
            all.extend(sample.backward.upstream(layer));
            all.extend(sample.backward.deltas(layer));
        }
        all.extend(sample.forward.target());
        all.extend(sample.forward.loss_terms());
        all.push(sample.forward.loss());
    }
    all.push(update.pass.loss);
    all.extend(numbers(&update.pass.gradients));
    all.extend(numbers(&update.steps));
    all.extend(model_numbers(&update.after));
    all
}

pub fn bits(numbers: &[f64]) -> Vec<u64> {
    numbers.iter().map(|x| x.to_bits()).collect()
}

/// Everything that a moment shows, to the bit.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    pub epoch: u64,
    pub batch: usize,
    pub position: Position,
    pub is_asking: bool,
    pub told: Position,
    pub lesson: Rc<Lesson>,
    pub bits: Vec<u64>,
}

pub fn shown(moment: &Moment) -> Shown {
    Shown {
        epoch: moment.epoch,
        batch: moment.batch,
        position: moment.position,
        is_asking: moment.is_asking(),
        told: moment.told(),
        lesson: Rc::clone(&moment.lesson),
        bits: bits(&update_numbers(moment.update())),
    }
}

/// What the rounding of numbers near 1 leaves when they cancel: 2⁻⁵³.
const ROUNDING: f64 = 1.2e-16;

/// Whether `found` is `expected` up to `relative` of its size.
pub fn is_close(found: f64, expected: f64, relative: f64) -> bool {
    (found - expected).abs() <= relative * expected.abs() + ROUNDING
}

pub fn pick<T: Clone>(rng: &mut Rng, from: &[T]) -> T {
    from[(rng.next_u64() % from.len() as u64) as usize].clone()
}

pub fn below(rng: &mut Rng, n: usize) -> usize {
    (rng.next_u64() % n as u64) as usize
}

pub fn between(rng: &mut Rng, min: f64, max: f64) -> f64 {
    min + (max - min) * rng.uniform()
}

/// Up to 4 layers of up to 5 units, with or without biases, any activation and any loss that fits.
pub fn draw_network(rng: &mut Rng) -> (Network, Loss) {
    let n_layers = 1 + below(rng, 4);
    let sizes: Vec<usize> = (0..=n_layers).map(|_| 1 + below(rng, 5)).collect();
    let loss = pick(rng, &Loss::ALL);
    let activations = (1..=n_layers)
        .map(|layer| match loss {
            Loss::BinaryCrossEntropy if layer == n_layers => Activation::Sigmoid,
            Loss::CrossEntropy if layer == n_layers => Activation::Softmax,
            _ => pick(rng, Activation::HIDDEN),
        })
        .collect();
    let layers = (1..=n_layers)
        .map(|layer| LayerParams {
            weights: Matrix::from_fn(sizes[layer], sizes[layer - 1], |_, _| between(rng, -1.5, 1.5)),
            biases: (below(rng, 3) != 0)
                .then(|| (0..sizes[layer]).map(|_| between(rng, -1.0, 1.0)).collect()),
        })
        .collect();
    (Network { params: Params(layers), activations }, loss)
}

/// The least and the largest target that suit a loss.
pub fn targets_for(loss: Loss) -> (f64, f64) {
    if loss.takes_shares() { (0.0, 1.0) } else { (-2.0, 2.0) }
}

/// Up to 4 samples for a network.
pub fn draw_samples(rng: &mut Rng, network: &Network, loss: Loss) -> Vec<Sample> {
    let (least, most) = targets_for(loss);
    (0..1 + below(rng, 4))
        .map(|_| Sample {
            input: (0..network.n_units(0)).map(|_| between(rng, -2.0, 2.0)).collect(),
            target: (0..network.n_outputs()).map(|_| between(rng, least, most)).collect(),
        })
        .collect()
}

/// Something that moves through the run, but changes nothing in it.
pub fn draw_move(rng: &mut Rng, now: &Session) -> Action {
    let coarser = rng.uniform() < 0.3;
    let n_steps = now.moment().plan.n_steps();
    match below(rng, 16) {
        0..4 => Action::StepForward { coarser },
        4..8 => Action::StepBack { coarser },
        8 => Action::JumpTo(Position {
            step: below(rng, n_steps + 3),
            lines: Lines::All,
            terms: below(rng, 4),
            numbers: below(rng, 6),
        }),
        9 => Action::GoToEpoch(below(rng, 12) as u64),
        10 | 11 => Action::EndOfPhase,
        12 => Action::NextEpoch,
        13 => Action::SetGrain(pick(rng, &Grain::ALL)),
        14 => {
            let slice = Action::RunSlice { work: 1, updates: 2 };
            pick(rng, &[Action::Play, Action::Tick, Action::RunEpochs(2), slice, Action::Pause])
        }
        _ if rng.uniform() < 0.1 => Action::ToStart,
        _ => Action::RunSlice { work: 1 + below(rng, 30) as u64, updates: 1 + below(rng, 3) as u64 },
    }
}

/// A change of any number that can be changed, now and then an impossible one.
pub fn draw_edit(rng: &mut Rng, now: &Session) -> Edit {
    let moment = now.moment();
    let network = moment.network();
    let sample = below(rng, moment.lesson.data.train.len());
    let value = (rng.uniform() * 100.0).round() / 100.0;
    match below(rng, 10) {
        0..4 => Edit::Param(pick(rng, &network.param_list()), 2.0 * value - 1.0),
        4 => Edit::Input { sample, unit: below(rng, network.n_units(0)), value },
        5 => Edit::Target { sample, unit: below(rng, network.n_outputs()), value },
        6 => Edit::LearningRate(0.2 * value),
        7 => match &moment.lesson.rule.optimizer.constants()[..] {
            [] => Edit::LearningRate(-value),
            constants => Edit::Constant(pick(rng, constants).0, 0.9 * value + 1e-6),
        },
        8 => Edit::Mistake(pick(rng, &Mistake::ALL), rng.uniform() < 0.5),
        _ => {
            let at = [value, 1.0 - value];
            let point = [Edit::AddPoint { at, like: sample }, Edit::MovePoint { sample, at }];
            pick(rng, &[Edit::AddSample, Edit::RemoveSample(sample), point[0], point[1]])
        }
    }
}
