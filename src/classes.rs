//! Classes: whether the targets are some, how many predictions are right, and which are taken for
//! which.

use crate::kernel::look_through;
use crate::lesson::Lesson;
use crate::network::Network;
use crate::trace::{Sample, outputs};

/// How often each class was taken for which: `counts[actual][predicted]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confusion {
    /// Square, one row and one column per class.
    pub counts: Vec<Vec<usize>>,
}

impl Confusion {
    /// Number of samples whose class was predicted.
    pub fn n_right(&self) -> usize {
        (0..self.counts.len()).map(|class| self.counts[class][class]).sum()
    }

    /// Number of samples.
    pub fn n_samples(&self) -> usize {
        self.counts.iter().flatten().sum()
    }

    /// The share of samples whose class was predicted; `None` without samples.
    pub fn accuracy(&self) -> Option<f64> {
        let n = self.n_samples();
        (0 < n).then(|| self.n_right() as f64 / n as f64)
    }
}

/// Number of classes that the lesson's targets name: two where its one target is always 0 or 1, one
/// per output where just one of them is 1 and the others 0; `None` where they are no classes.
pub fn n_classes(lesson: &Lesson) -> Option<usize> {
    n_classes_of(lesson.data.train.iter().chain(&lesson.data.test), lesson.network.n_outputs())
}

/// The same of some samples with `n` targets each.
pub fn n_classes_of<'a>(samples: impl IntoIterator<Item = &'a Sample>, n: usize) -> Option<usize> {
    let is_class = |sample: &Sample| {
        let n_ones = sample.target.iter().filter(|y| **y == 1.0).count();
        let n_zeros = sample.target.iter().filter(|y| **y == 0.0).count();
        n_ones + n_zeros == n && (n == 1 || n_ones == 1)
    };
    samples.into_iter().all(is_class).then_some(n.max(2))
}

/// The class that outputs or targets name: the largest of several; of one, 1 above ½.
pub fn class_of(outputs: &[f64]) -> usize {
    match outputs {
        [one] => usize::from(*one > 0.5),
        many => (1..many.len()).fold(0, |best, k| if many[k] > many[best] { k } else { best }),
    }
}

/// How far an output may be from a target that is not a class, when a task counts as solved.
pub const TOLERANCE: f64 = 0.1;

/// What it means that a network has solved its task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// The class of every training sample is predicted.
    Classes,
    /// Every output is within [`TOLERANCE`] of its target, for every training sample.
    Values,
}

impl Goal {
    /// The goal of `lesson`. Targets that all name the same class are numbers to be met.
    pub fn of(lesson: &Lesson) -> Self {
        let mut classes = lesson.data.train.iter().map(|sample| class_of(&sample.target));
        let first = classes.next();
        let are_several = classes.any(|class| Some(class) != first);
        if are_several && n_classes(lesson).is_some() { Self::Classes } else { Self::Values }
    }

    /// What it means, as the end of a sentence.
    pub fn meaning(self) -> String {
        match self {
            Self::Classes => "the class of every training sample is right".to_owned(),
            Self::Values => format!("every output for a training sample is within {TOLERANCE} of its target"),
        }
    }

    /// Whether one sample's outputs are what the goal asks for.
    pub fn is_met(self, outputs: &[f64], target: &[f64]) -> bool {
        match self {
            Self::Classes => class_of(outputs) == class_of(target),
            Self::Values => outputs.iter().zip(target).all(|(a, y)| (a - y).abs() <= TOLERANCE),
        }
    }

    /// Whether `network` meets it for all `samples`.
    pub fn is_met_by(self, network: &Network, samples: &[Sample]) -> bool {
        samples.iter().all(|sample| self.is_met(&outputs(network, &sample.input), &sample.target))
    }
}

/// What `network` makes of `samples` of `n_classes`.
pub fn confusion(network: &Network, samples: &[Sample], n_classes: usize) -> Confusion {
    let mut counts = vec![vec![0; n_classes]; n_classes];
    let mut actual = samples.iter().map(|sample| class_of(&sample.target));
    let mut count = |outputs: &[f64]| {
        if let Some(actual) = actual.next() {
            counts[actual][class_of(outputs)] += 1;
        }
    };
    if !look_through(network, network.n_layers(), samples, |seen| count(&seen.outputs())) {
        samples.iter().for_each(|sample| count(&outputs(network, &sample.input)));
    }
    Confusion { counts }
}
