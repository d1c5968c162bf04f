//! Instants between updates, and the epoch that a run cannot enter.

/// An instant between updates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Time {
    /// Number of epochs learned before.
    pub epoch: u64,
    /// Number of batches learned before in this epoch.
    pub batch: usize,
}

impl Time {
    /// The start of an epoch.
    pub fn epoch(epoch: u64) -> Self {
        Self { epoch, batch: 0 }
    }
}

/// A run that cannot go on: a number has grown beyond what an f64 holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Diverged {
    /// The epoch that cannot be entered.
    pub epoch: u64,
}
