//! Which share of the predictions is right, over the epochs of a run, where the task is to tell classes.
//!
//! Counted at the models that the run keeps, with every sample, or with evenly spread ones where there are many.

use super::survey::{Measurement, Survey, Target};
use super::{LossCurve, LossPoint};
use backprop::classes::Goal;
use backprop::confusion::confusion;
use backprop::network::Network;
use backprop::trace::Sample;

/// The most samples times parameters of a count: some milliseconds.
const MAX_PRODUCTS: u64 = 8_000_000;
/// So many samples are counted at a time.
const CHUNK: usize = 32;

/// The accuracy over a run.
pub type AccuracySurvey = Survey<Counting>;

/// The accuracy of a network.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Accuracy {
    /// Number of epochs learned before.
    pub epoch: u64,
    /// The share of the training samples whose class is predicted.
    pub training: f64,
    /// The same of the test set, if there is one.
    pub test: Option<f64>,
    /// Number of training samples that were looked at.
    pub n_samples: usize,
}

/// A count under way: one step each for the training samples and the test set.
#[derive(Clone, Debug)]
pub struct Counting {
    target: Target,
    training: Option<Share>,
    test: Option<Share>,
}

/// How many of how many are right.
#[derive(Clone, Copy, Debug)]
struct Share {
    n_right: usize,
    n: usize,
}

impl Share {
    fn of(network: &Network, samples: &[Sample], n_classes: usize) -> Self {
        let stride = network.n_products(samples.len()).div_ceil(MAX_PRODUCTS).max(1) as usize;
        let chunks = samples.chunks(CHUNK).step_by(stride);
        chunks.fold(Self { n_right: 0, n: 0 }, |Self { n_right, n }, chunk| {
            let counted = confusion(network, chunk, n_classes);
            Self { n_right: n_right + counted.n_right(), n: n + chunk.len() }
        })
    }

    /// Nothing without samples.
    fn accuracy(self) -> Option<f64> {
        (0 < self.n).then(|| self.n_right as f64 / self.n as f64)
    }
}

impl Measurement for Counting {
    /// Nothing where there are no classes.
    type Found = Option<Accuracy>;

    fn new(target: Target) -> Self {
        Self { target, training: None, test: None }
    }

    fn step(&mut self) -> Option<u64> {
        let Target { model, lesson, .. } = &self.target;
        let n_classes = lesson.n_classes().filter(|_| lesson.goal() == Goal::Classes)?;
        let (place, samples) = match (self.training, self.test) {
            (None, _) => (&mut self.training, &lesson.data.train),
            (_, None) => (&mut self.test, &lesson.data.test),
            _ => return None,
        };
        let share = place.insert(Share::of(&model.network, samples, n_classes));
        Some(model.network.n_products(share.n))
    }

    fn found(&self) -> Option<Accuracy> {
        let training = self.training?;
        Some(Accuracy {
            epoch: self.target.epoch,
            training: training.accuracy()?,
            test: self.test.and_then(Share::accuracy),
            n_samples: training.n,
        })
    }
}

/// The accuracy per epoch, as a curve is drawn: in the place of a loss.
pub fn curve<'a>(found: impl Iterator<Item = &'a Accuracy>) -> LossCurve {
    let point = |it: &Accuracy| LossPoint { epoch: it.epoch, loss: it.training, test_loss: it.test };
    LossCurve::from_points(found.map(point).collect())
}
