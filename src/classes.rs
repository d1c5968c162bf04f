//! Classes: whether the targets are some, how many predictions are right, and which are taken for
//! which.

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
    let n = lesson.network.n_outputs();
    let is_class = |sample: &Sample| {
        let n_ones = sample.target.iter().filter(|y| **y == 1.0).count();
        let n_zeros = sample.target.iter().filter(|y| **y == 0.0).count();
        n_ones + n_zeros == n && (n == 1 || n_ones == 1)
    };
    lesson.data.train.iter().chain(&lesson.data.test).all(is_class).then_some(n.max(2))
}

/// The class that outputs or targets name: the largest of several; of one, 1 above ½.
pub fn class_of(outputs: &[f64]) -> usize {
    match outputs {
        [one] => usize::from(*one > 0.5),
        many => (1..many.len()).fold(0, |best, k| if many[k] > many[best] { k } else { best }),
    }
}

/// What `network` makes of `samples` of `n_classes`.
pub fn confusion(network: &Network, samples: &[Sample], n_classes: usize) -> Confusion {
    let mut counts = vec![vec![0; n_classes]; n_classes];
    for sample in samples {
        counts[class_of(&sample.target)][class_of(&outputs(network, &sample.input))] += 1;
    }
    Confusion { counts }
}
