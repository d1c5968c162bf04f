//! Training that can stop within an update and go on there: however large a network and its data are,
//! the page answers after each block of samples.

use std::rc::Rc;

use crate::lesson::Lesson;
use crate::moment::time::Time;
use crate::moment::trainer;
use backprop::classes::Goal;
use backprop::kernel::{Batches, Tally, Trainer};
use backprop::trace::{Model, Sample, UpdateOrder};

/// What a sample costs that is only sent forward, and one that is learned from.
const LOOK: u64 = 1;
const LEARN: u64 = 3;

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// The loss of the held-out samples.
    HeldOut,
    /// The loss of the training samples, where an epoch has several batches: the gradient of a single
    /// one finds it on its way.
    Loss,
    /// The gradient of a batch.
    Gradient,
    /// The update.
    Update,
}

/// How far a training has come: between two pieces of its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    time: Time,
    stage: Stage,
    /// The next block of the stage.
    block: usize,
}

/// A model on its way through epochs and batches.
pub struct Training {
    lesson: Rc<Lesson>,
    trainer: Trainer,
    held_out: Option<Batches>,
    /// The training samples as they stand, where the epochs mix them.
    unmixed: Option<Batches>,
    place: Place,
    tally: Tally,
    held_out_loss: Option<f64>,
    /// Whether what the epoch starts with has been reported.
    is_reported: bool,
    n_pieces: u64,
}

/// What a training has come to.
pub enum Event {
    /// No work is left.
    OutOfBudget,
    /// [`Training::time`]; with what an epoch starts with.
    Arrived(Option<Found>),
    /// The update after [`Training::time`] may have left the finite numbers, or the next one may.
    MayOverflow,
}

/// What an epoch starts with.
pub struct Found {
    /// Mean loss over the training samples.
    pub loss: f64,
    /// Mean loss over the held-out samples, if there are any.
    pub held_out_loss: Option<f64>,
    /// Whether every training sample meets the goal that was set.
    pub is_solved: bool,
}

impl Training {
    /// A training that goes on from `model` at `time`, where it has arrived.
    pub fn new(lesson: &Rc<Lesson>, model: &Rc<Model>, time: Time) -> Self {
        let pack = |samples: &[Sample]| Batches::new(samples, samples.len(), UpdateOrder::Simultaneous);
        let data = &lesson.data;
        let is_mixed = lesson.shuffle.is_some() && 1 < lesson.n_batches();
        let trainer = trainer::trainer(lesson, model, time.epoch);
        Self {
            lesson: Rc::clone(lesson),
            tally: trainer.tally(),
            trainer,
            held_out: (!data.test.is_empty()).then(|| pack(&data.test)),
            unmixed: is_mixed.then(|| pack(&data.train)),
            place: Place { time, stage: Stage::Gradient, block: 0 },
            held_out_loss: None,
            is_reported: true,
            n_pieces: 0,
        }
    }

    /// The updates that have been made: the one that follows is being made.
    pub fn time(&self) -> Time {
        self.place.time
    }

    /// How far it has come. With the model and the goal that it started from, it is all that its state
    /// depends on.
    pub fn place(&self) -> Place {
        self.place
    }

    /// How much has been done: two states of one training differ in it.
    pub fn n_pieces(&self) -> u64 {
        self.n_pieces
    }

    /// Whether no number so far, nor any of the next pass, can leave the finite ones.
    pub fn is_overflow_safe(&self) -> bool {
        self.trainer.is_overflow_safe()
    }

    /// Sets what [`Found::is_solved`] means.
    pub fn set_goal(&mut self, goal: Option<Goal>) {
        self.trainer.set_goal(goal);
    }

    /// The model at [`Self::time`].
    pub fn model(&self) -> Rc<Model> {
        self.trainer.model()
    }

    /// The work from one arrival to the next, at most.
    pub fn work_to_next(&self) -> u64 {
        let data = &self.lesson.data;
        let is_last = self.place.time.batch + 1 == self.lesson.n_batches();
        let n_looked_at = if is_last { data.train.len() + data.test.len() } else { 0 };
        LOOK * n_looked_at as u64 + LEARN * self.lesson.batch_size as u64
    }

    /// Whether the loss of an epoch is found with the gradient of its only batch. (Layer by layer the
    /// update is made with it: too late.)
    fn is_on_the_way(&self) -> bool {
        self.lesson.n_batches() == 1 && self.lesson.rule.update_order == UpdateOrder::Simultaneous
    }

    /// Goes on to the next instant between two updates, or until there is no `work` left: that is the
    /// number of samples, weighted.
    pub fn go_on(&mut self, work: &mut u64) -> Event {
        while 0 < *work {
            let (spent, event) = self.piece();
            *work = work.saturating_sub(spent);
            if let Some(event) = event {
                return event;
            }
        }
        Event::OutOfBudget
    }

    /// Goes on to `place`, which lies ahead, whatever happens on the way.
    pub fn go_to(&mut self, place: Place) {
        while self.place != place && !matches!(self.piece().1, Some(Event::MayOverflow)) {}
    }

    /// Does the next piece: a block of samples, or what follows a stage's last one. Returns the work that
    /// it was and what has come of it.
    fn piece(&mut self) -> (u64, Option<Event>) {
        self.n_pieces += 1;
        let block = self.place.block;
        let spent = match self.place.stage {
            Stage::HeldOut => match &self.held_out {
                Some(samples) if block < samples.n_blocks() => {
                    LOOK * self.trainer.look_at(samples, block, &mut self.tally) as u64
                }
                samples => {
                    self.held_out_loss =
                        samples.as_ref().map(|samples| self.tally.loss / samples.n_samples() as f64);
                    self.start(if self.is_on_the_way() { Stage::Gradient } else { Stage::Loss });
                    return (0, None);
                }
            },
            Stage::Loss => {
                let looked = match &self.unmixed {
                    Some(samples) if samples.n_blocks() <= block => None,
                    Some(samples) => Some(self.trainer.look_at(samples, block, &mut self.tally)),
                    None => self.trainer.look_at_own(block, &mut self.tally),
                };
                let Some(n) = looked else {
                    let found = self.found();
                    self.start(Stage::Gradient);
                    return (0, Some(Event::Arrived(Some(found))));
                };
                LOOK * n as u64
            }
            Stage::Gradient => {
                let batch = self.place.time.batch;
                if self.trainer.n_blocks(batch) <= block {
                    let found = self.found();
                    self.start(Stage::Update);
                    let is_news = !std::mem::replace(&mut self.is_reported, true);
                    return (0, is_news.then_some(Event::Arrived(Some(found))));
                }
                let tally = (!self.is_reported).then_some(&mut self.tally);
                LEARN * self.trainer.gather(batch, block, tally) as u64
            }
            Stage::Update => {
                let is_sure = self.update();
                let is_within = 0 < self.place.time.batch;
                let event = if is_sure {
                    is_within.then_some(Event::Arrived(None))
                } else {
                    Some(Event::MayOverflow)
                };
                return (0, event);
            }
        };
        self.place.block += 1;
        (spent, None)
    }

    fn start(&mut self, stage: Stage) {
        self.place.stage = stage;
        self.place.block = 0;
        self.tally = self.trainer.tally();
    }

    fn found(&self) -> Found {
        let Tally { loss, is_solved } = self.tally;
        let n_samples = self.lesson.data.train.len();
        Found { loss: loss / n_samples as f64, held_out_loss: self.held_out_loss, is_solved }
    }

    /// Makes the update; whether that went well for certain.
    fn update(&mut self) -> bool {
        let Time { epoch, batch } = self.place.time;
        self.trainer.apply(batch);
        if !self.trainer.is_overflow_safe() {
            return false;
        }
        if batch + 1 < self.lesson.n_batches() {
            self.place.time.batch += 1;
            self.start(Stage::Gradient);
        } else {
            self.place.time = Time::epoch(epoch + 1);
            trainer::enter(&mut self.trainer, &self.lesson, epoch + 1);
            self.is_reported = !self.is_on_the_way();
            self.start(Stage::HeldOut);
        }
        true
    }
}
