//! Runs on trial: what would become of the loss from here on with other learning rates.

use std::rc::Rc;

use super::{Run, Segment, Until};
use crate::moment::Moment;
use crate::moment::rates::with_rate;
use crate::moment::time::Time;
use crate::words::run::trial as words;
use backprop::gradient::{noise_of_outputs, rounding_of_loss};

/// By which share of the highest loss of a run its rises may add up and it still converges.
const RISES: f64 = 0.01;
/// A loss grows that exceeds its highest value before by this factor.
const GROWTH: f64 = 2.0;

/// What becomes of the loss within some epochs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Neither of the others.
    Converges,
    /// It stays bounded but goes on rising and falling: in the second half of the epochs its rises add up to
    /// more than a hundredth of its highest value.
    Oscillates,
    /// It leaves what a number can hold, or still grows at the end: in the second half of the epochs it only
    /// rises, or in the last quarter it more than doubles its highest value before.
    Diverges,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Converges, Self::Oscillates, Self::Diverges];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Converges => words::converges(),
            Self::Oscillates => words::oscillates(),
            Self::Diverges => words::diverges(),
        }
    }

    /// What it means.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Converges => words::converges_means(),
            Self::Oscillates => words::oscillates_means(),
            Self::Diverges => words::diverges_means(),
        }
    }

    /// What became of a run with these losses at the start of its epochs, all finite; `rounding` is what
    /// rounding alone can do to one of them.
    pub fn of(losses: &[f64], rounding: f64) -> Self {
        let n = losses.len();
        let highest = |losses: &[f64]| losses.iter().copied().fold(0.0, f64::max);
        let rises = |losses: &[f64]| losses.windows(2).map(|two| (two[1] - two[0]).max(0.0)).sum::<f64>();
        let (before, end) = losses.split_at(n - (n / 4).max(1).min(n));
        let second = &losses[n / 2..];
        let only_rises = 1 < second.len() && second.windows(2).all(|two| two[0] + rounding < two[1]);
        if only_rises || GROWTH * highest(before) + rounding < highest(end) && !before.is_empty() {
            return Self::Diverges;
        }
        let allowed = RISES * highest(losses) + rounding * n as f64;
        if allowed < rises(second) { Self::Oscillates } else { Self::Converges }
    }
}

/// One rate on trial.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trial {
    /// The learning rate.
    pub rate: f64,
    /// What becomes of the run, once it is known, and the last finite loss.
    pub found: Option<(Outcome, f64)>,
}

/// Runs from the weights of a moment by several rates, one after the other, a little at a time.
#[derive(Clone, Debug)]
pub struct Trials {
    start: Moment,
    n_epochs: u64,
    rounding: f64,
    trials: Vec<Trial>,
    next: usize,
    running: Option<Run>,
}

impl Trials {
    /// From the weights of `moment`, `n_epochs` epochs by each of `rates`.
    pub fn new(moment: &Moment, rates: impl Iterator<Item = f64>, n_epochs: u64) -> Self {
        let (network, loss) = (moment.network(), moment.lesson.rule.loss);
        // The samples are rounded alike: one stands for all.
        let trace = moment.trace(moment.sample());
        let noise = trace.map_or(0.0, |trace| noise_of_outputs(network, loss, &trace.forward));
        let e = trace.map_or(0.0, |trace| trace.forward.loss());
        Self {
            start: moment.clone(),
            n_epochs,
            rounding: rounding_of_loss(loss, network.n_outputs(), noise, e),
            trials: rates.map(|rate| Trial { rate, found: None }).collect(),
            next: 0,
            running: None,
        }
    }

    /// The rates and what is known of them.
    pub fn trials(&self) -> &[Trial] {
        &self.trials
    }

    /// Whether all is known.
    pub fn is_done(&self) -> bool {
        self.next == self.trials.len()
    }

    /// Goes on for so much work: samples, weighted.
    pub fn advance(&mut self, mut work: u64) {
        while 0 < work && !self.is_done() {
            let began = work;
            if let Some(found) = self.go_on(&mut work) {
                self.trials[self.next].found = Some(found);
                self.next += 1;
                self.running = None;
            }
            // Also what takes no sample takes time.
            work = work.min(began - 1);
        }
    }

    /// Goes on with the run that is on trial; what becomes of it, once it is known.
    fn go_on(&mut self, work: &mut u64) -> Option<(Outcome, f64)> {
        let start = Time::epoch(self.start.epoch);
        let diverged = |losses: &[f64]| (Outcome::Diverges, losses.last().copied().unwrap_or(f64::INFINITY));
        if self.running.is_none() {
            let lesson = Rc::new(with_rate(&self.start.lesson, self.trials[self.next].rate));
            let model = Rc::clone(self.start.model());
            match Run::from_segments(vec![Segment { start, model, lesson, was: Vec::new() }]) {
                Ok(run) => self.running = Some(run),
                Err(_) => return Some(diverged(&[])),
            }
        }
        let run = self.running.as_mut()?;
        let end = Time::epoch(start.epoch + self.n_epochs);
        let reached = run.go_on(&Until::time(end), work);
        let losses = || run.losses().points().iter().map(|point| point.loss).collect::<Vec<f64>>();
        match reached {
            Err(_) => Some(diverged(&losses())),
            Ok(None) => None,
            Ok(Some(_)) => {
                let losses = losses();
                Some((Outcome::of(&losses, self.rounding), losses.last().copied()?))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(loss: impl Fn(f64) -> f64) -> Outcome {
        let losses: Vec<f64> = (0..=100).map(|k| loss(f64::from(k))).collect();
        Outcome::of(&losses, 1e-18)
    }

    #[test]
    fn outcomes_of_plain_curves() {
        assert_eq!(of(|k| libm::exp(-k)), Outcome::Converges);
        assert_eq!(of(|_| 0.3), Outcome::Converges);
        // Rounding at the bottom is no rise.
        assert_eq!(of(|k| if k % 2.0 == 0.0 { 0.0 } else { 1e-19 }), Outcome::Converges);
        // Overshoots at first, and settles.
        assert_eq!(of(|k| libm::exp(-0.2 * k) * (1.0 + libm::sin(k))), Outcome::Converges);
        assert_eq!(of(|k| 1.0 + 0.1 * libm::sin(k)), Outcome::Oscillates);
        assert_eq!(of(|k| libm::pow(1.01, k)), Outcome::Diverges);
        assert_eq!(of(|k| libm::pow(1.2, k) * (1.0 + 0.9 * libm::sin(k))), Outcome::Diverges);
    }
}
