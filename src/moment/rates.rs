//! The loss after a moment's update by other learning rates.

use std::rc::Rc;

use crate::lesson::Lesson;
use crate::moment::Moment;
use crate::moment::descent::Descent;
use crate::moment::slice::BatchLoss;
use crate::moment::time::Time;
use crate::moment::updates::make_update;

/// The most weights times samples that all updates together pass through, each three times, and the least
/// number of updates, however large the network.
const MAX_PRODUCTS: u64 = 6_000_000;
const PER_UPDATE: u64 = 3;
const FEWEST: u64 = 12;

/// E of the moment's batch after the update by one learning rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RatePoint {
    /// The learning rate.
    pub rate: f64,
    /// E by first order: E before and Σ ∂E/∂w · Δw.
    pub predicted: f64,
    /// E after the update; it may be beyond the finite numbers.
    pub after: f64,
}

/// The updates of a moment by any learning rate.
pub struct ByRate<'a> {
    moment: &'a Moment,
    loss: BatchLoss,
}

impl<'a> ByRate<'a> {
    /// Those of `moment`.
    pub fn of(moment: &'a Moment) -> Self {
        Self { moment, loss: BatchLoss::of(moment) }
    }

    /// How many rates can be tried, of `most` at most.
    pub fn n_rates(&self, most: u64) -> u64 {
        (MAX_PRODUCTS / (PER_UPDATE * self.loss.n_products()).max(1)).clamp(FEWEST, most)
    }

    /// E before the update.
    pub fn before(&self) -> f64 {
        self.loss.with(&[])
    }

    /// The update as it is made with this rate, and where it leads.
    pub fn at(&self, rate: f64) -> RatePoint {
        let moment = self.moment;
        let time = Time { epoch: moment.epoch, batch: moment.batch };
        let update = make_update(&with_rate(&moment.lesson, rate), moment.model(), time);
        let after = self.loss.of_network(update.after.network.clone());
        let Descent { before, predicted, after } = Descent::new(&update, after);
        RatePoint { rate, predicted: before + predicted, after }
    }
}

/// A lesson that is learned by another rate.
pub fn with_rate(lesson: &Rc<Lesson>, rate: f64) -> Lesson {
    let mut lesson = Lesson::clone(lesson);
    lesson.rule.optimizer = lesson.rule.optimizer.with_learning_rate(rate);
    lesson
}
