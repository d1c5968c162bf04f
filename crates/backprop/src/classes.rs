//! Classes: which one outputs name, how many there are, and when a network has solved its task.

use crate::network::Network;
use crate::trace::{Sample, outputs};

/// Number of classes that samples with `n` targets each name: two where the one target is always 0 or 1,
/// one per output where just one of them is 1 and the others 0; `None` where they are no classes.
pub fn n_classes<'a>(samples: impl IntoIterator<Item = &'a Sample>, n: usize) -> Option<usize> {
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
