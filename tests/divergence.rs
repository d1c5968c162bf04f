//! However an epoch is entered, step by step, at once, or by a run in slices of any size, the same
//! epochs can be entered and the same one cannot, and every number that can be seen is finite.

#![cfg(not(target_arch = "wasm32"))]
// Helpers fail as tests do.
#![allow(clippy::panic, clippy::expect_used)]

mod common;

use std::rc::Rc;

use backprop::activation::Activation;
use backprop::init::{Init, Scheme};
use backprop::loss::Loss;
use backprop::network::{Network, Params};
use backprop::optimizer::Optimizer;
use backprop::rng::Rng;
use backprop::trace::{Sample, UpdateOrder};
use chainrule::lesson::{Data, Lesson};
use chainrule::moment::step::Grain;
use chainrule::session::{Action, Playback, Session};
use common::{below, bits, pick};

/// Weights that make an update layer by layer overflow on its way back, through new weights, while the
/// old ones are small enough.
const OVERFLOW: &str = include_str!("cases/layer-by-layer-overflow.json");
/// How many epochs are asked for.
const EPOCHS: u64 = 4;

/// What a run has come to: the epoch where it is, its losses, and why it goes no further.
#[derive(Debug, PartialEq)]
struct End {
    epoch: u64,
    losses: Vec<u64>,
    notice: Option<String>,
}

fn end(session: &Session, what: &str) -> End {
    let (moment, losses) = (session.moment(), session.losses().points());
    // New weights may be beyond the finite ones: they belong to the epoch that cannot be entered.
    assert!(moment.update().pass.is_finite(), "{what}");
    assert!(losses.iter().all(|point| point.loss.is_finite()), "{what}");
    End {
        epoch: moment.epoch,
        losses: bits(&losses.iter().map(|point| point.loss).collect::<Vec<_>>()),
        notice: session.notice().map(|notice| notice.text.clone()),
    }
}

/// The session after `action` again and again, until it says why not or has come to the last epoch.
fn after(start: &Session, action: &Action, looks: bool) -> Session {
    let mut now = start.clone();
    while now.notice().is_none() && now.moment().epoch < EPOCHS {
        if looks {
            now.moment().update();
        }
        now = now.update(action.clone());
    }
    now
}

fn run(start: &Session, mut slice: impl FnMut() -> (u64, u64)) -> Session {
    let mut now = start.update(Action::RunEpochs(EPOCHS));
    while now.playback() != Playback::Paused {
        let (work, updates) = slice();
        now = now.update(Action::RunSlice { work, updates });
    }
    now
}

/// Checks `lesson` in every way. Returns the epoch that cannot be entered, if there is one.
fn check(lesson: &Lesson, rng: &mut Rng, what: &str) -> Option<u64> {
    let start = Session::new(lesson.clone()).ok()?;
    let by_epoch = end(&after(&start, &Action::NextEpoch, false), what);
    for looks in [true, false] {
        let again = after(&start, &Action::NextEpoch, looks);
        assert_eq!(end(&again, what), by_epoch, "{what}: by epoch, looked at: {looks}");
        let by_phase = start.update(Action::SetGrain(Grain::Phase));
        let stepped = after(&by_phase, &Action::StepForward { coarser: false }, looks);
        assert_eq!(end(&stepped, what), by_epoch, "{what}: by phase, looked at: {looks}");
    }
    for _ in 0..3 {
        let (work, updates) = (pick(rng, &[20, 400, u64::MAX]), pick(rng, &[2, u64::MAX]));
        let slice = || (1 + rng.next_u64() % work, 1 + rng.next_u64() % updates);
        assert_eq!(end(&run(&start, slice), what), by_epoch, "{what}: run, at most {work} a slice");
    }
    by_epoch.notice.map(|_| by_epoch.epoch + 1)
}

#[test]
fn a_run_does_not_enter_an_epoch_whose_pass_overflows_through_new_weights() {
    let lesson = common::lesson(OVERFLOW);
    assert_eq!(check(&lesson, &mut Rng::new(1), "the case"), Some(1));
}

/// A network with weights up to 10⁴⁰ and a learning rate between 10⁻¹⁵ and 10⁶.
fn extreme(k: usize, rng: &mut Rng) -> Lesson {
    use Activation::{Identity, Sigmoid, Softmax};
    let hidden = Activation::HIDDEN;
    let any = pick(rng, hidden);
    let (loss, output) = pick(
        rng,
        &[
            (Loss::HalfSquaredError, any),
            (Loss::MeanSquaredError, Identity),
            (Loss::BinaryCrossEntropy, Sigmoid),
            (Loss::CrossEntropy, Softmax),
        ],
    );
    let n_layers = 1 + below(rng, 3);
    let sizes: Vec<usize> = (0..=n_layers).map(|_| 1 + below(rng, 4)).collect();
    let power = |rng: &mut Rng, from: f64, to: f64| libm::exp10(from + (to - from) * rng.uniform());
    // Ordinary numbers, which a learning rate carries off in a few epochs, or extreme ones.
    let (most, rates) = pick(rng, &[(0.5, (-3.0, 1.0)), (30.0, (-15.0, 6.0)), (40.0, (-15.0, 6.0))]);
    let params = (0..n_layers).map(|l| {
        let init = Init {
            scheme: Scheme::Normal,
            scale: power(rng, -0.1 * most, most),
            seed: rng.next_u64(),
            biases: below(rng, 2) == 0,
        };
        init.draw(sizes[l + 1], sizes[l])
    });
    let params = Params(params.collect());
    let activations =
        (1..=n_layers).map(|l| if l == n_layers { output } else { pick(rng, hidden) }).collect();
    let number = |rng: &mut Rng| {
        let any = 2.0 * rng.uniform() - 1.0;
        pick(rng, &[any, any, 1.0, 1e6 * any])
    };
    let target = |rng: &mut Rng| pick(rng, &[0.0, 1.0, 0.25]);
    let n_samples = 1 + below(rng, 6);
    let samples = (0..n_samples).map(|_| Sample {
        input: (0..sizes[0]).map(|_| number(rng)).collect(),
        target: (0..sizes[n_layers]).map(|_| target(rng)).collect(),
    });
    let train: Vec<Sample> = samples.collect();
    let learning_rate = power(rng, rates.0, rates.1);
    let mut lesson = common::lesson(common::XOR);
    lesson.rule.loss = loss;
    let methods = Optimizer::all(learning_rate);
    lesson.rule.optimizer = methods[k % methods.len()];
    lesson.rule.update_order = [UpdateOrder::LayerByLayer, UpdateOrder::Simultaneous][k / 4 % 2];
    lesson.batch_size = 1 + below(rng, n_samples);
    lesson.shuffle = pick(rng, &[None, Some(3)]);
    lesson.unit_names = vec![None; n_layers];
    lesson.input_names = None;
    lesson.published = Rc::default();
    lesson.data = Rc::new(Data { train, ..lesson.data.as_ref().clone() });
    lesson.network = Rc::new(Network { params, activations });
    lesson
}

#[test]
fn stepping_and_running_agree_on_what_diverges() {
    let mut rng = Rng::new(29);
    let mut n_diverged = [0, 0];
    for k in 0..3_000 {
        let lesson = extreme(k, &mut rng);
        let what = format!("case {k}: {:?}", lesson.rule);
        if check(&lesson, &mut rng, &what).is_some() {
            n_diverged[k / 4 % 2] += 1;
        }
    }
    assert!(n_diverged.iter().all(|n| 100 < *n), "{n_diverged:?} diverge");
}
