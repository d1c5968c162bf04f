//! When a run is to stop.

use super::training::Found;
use crate::moment::time::Time;
use backprop::classes::Goal;

/// When a run is to stop.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Until {
    /// At this instant at the latest.
    pub time: Time,
    /// After so many updates.
    pub updates: u64,
    /// At the start of an epoch at which the mean loss over the training samples is smaller.
    pub loss_below: Option<f64>,
    /// At the start of an epoch at which this is met.
    pub solved: Option<Goal>,
}

/// Which condition has ended a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reached {
    /// [`Until::time`].
    Time,
    /// [`Until::loss_below`].
    Loss,
    /// [`Until::solved`].
    Goal,
}

impl Until {
    /// At this instant.
    pub fn time(time: Time) -> Self {
        Self { time, updates: u64::MAX, loss_below: None, solved: None }
    }

    /// Which condition holds at `time`, given what was found there.
    pub(super) fn reached_with(&self, time: Time, found: Option<&Found>) -> Option<Reached> {
        self.reached(time, found.map(|found| found.loss), || found.is_some_and(|found| found.is_solved))
    }

    /// Which condition holds at `time`, given the loss there if it is known.
    pub(super) fn reached(
        &self,
        time: Time,
        loss: Option<f64>,
        is_solved: impl Fn() -> bool,
    ) -> Option<Reached> {
        let is_start = time.batch == 0;
        if is_start && self.solved.is_some() && is_solved() {
            Some(Reached::Goal)
        } else if is_start && loss.zip(self.loss_below).is_some_and(|(loss, least)| loss < least) {
            Some(Reached::Loss)
        } else {
            (self.time <= time).then_some(Reached::Time)
        }
    }
}
