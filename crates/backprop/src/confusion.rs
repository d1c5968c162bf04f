//! Which classes are predicted, and which are taken for which.

use crate::classes::class_of;
use crate::kernel::look_through;
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
