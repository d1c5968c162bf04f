//! What is measured at the models that a run keeps, a little at a time, so that the page answers meanwhile.

use std::rc::Rc;

use super::Run;
use crate::lesson::Lesson;
use crate::moment::Moment;
use crate::moment::time::Time;
use backprop::trace::Model;

/// The most epochs that are measured: more than lines have places to bend.
const MAX_EPOCHS: usize = 64;

/// What is measured: a model of a run, with what held then.
#[derive(Clone, Debug)]
pub struct Target {
    /// Number of epochs learned before.
    pub epoch: u64,
    /// The model.
    pub model: Rc<Model>,
    /// The lesson's data and rule then.
    pub lesson: Rc<Lesson>,
}

impl Target {
    /// The network that `moment` shows.
    pub fn of(moment: &Moment) -> Self {
        Self { epoch: moment.epoch, model: Rc::clone(moment.model()), lesson: Rc::clone(&moment.lesson) }
    }

    /// Those of the run's kept models that are measured: as many as lines have places to bend.
    pub fn all(run: &Run) -> Vec<Self> {
        let target = |(epoch, model): (u64, &Rc<Model>)| Self {
            epoch,
            model: Rc::clone(model),
            lesson: Rc::clone(run.lesson_at(Time::epoch(epoch))),
        };
        let kept: Vec<Self> = run.kept_models().map(target).collect();
        let stride = kept.len().div_ceil(MAX_EPOCHS).max(1);
        kept.into_iter().step_by(stride).collect()
    }

    fn is_same(&self, other: &Self) -> bool {
        self.epoch == other.epoch
            && Rc::ptr_eq(&self.model, &other.model)
            && Rc::ptr_eq(&self.lesson, &other.lesson)
    }
}

/// A measurement of one target under way.
pub trait Measurement {
    /// What it comes to.
    type Found: Clone;

    /// One that has not begun.
    fn new(target: Target) -> Self;

    /// Goes a step further; its work in samples times parameters, or nothing where there is no step left.
    fn step(&mut self) -> Option<u64>;

    /// What has been found, once there is no step left.
    fn found(&self) -> Self::Found;
}

/// A target, and what has been found of it.
type Aimed<F> = (Target, Option<Rc<F>>);

/// What has been measured of a run, and what is still to be.
#[derive(Clone, Debug)]
pub struct Survey<M: Measurement> {
    /// In the order of their epochs; nothing where it is still to be measured.
    targets: Vec<Aimed<M::Found>>,
    now: Option<Aimed<M::Found>>,
    measuring: Option<(Target, M)>,
}

impl<M: Measurement> Default for Survey<M> {
    fn default() -> Self {
        Self { targets: Vec::new(), now: None, measuring: None }
    }
}

impl<M: Measurement> Survey<M> {
    /// Aims at what is shown and at the models that a run has kept. What has been measured stays.
    pub fn aim(&mut self, now: Target, all: Vec<Target>) {
        let known = |target: &Target| {
            let known = self.targets.iter().chain(&self.now);
            known.filter(|(other, _)| target.is_same(other)).find_map(|(_, found)| found.clone())
        };
        let with_known = |target: Target| {
            let found = known(&target);
            (target, found)
        };
        let (targets, now) = (all.into_iter().map(&with_known).collect(), with_known(now));
        (self.targets, self.now) = (targets, Some(now));
    }

    /// Whether everything is measured.
    pub fn is_done(&self) -> bool {
        self.open().is_none()
    }

    /// What is to be measured next: what is shown, then the others.
    fn open(&self) -> Option<&Target> {
        self.now.iter().chain(&self.targets).find(|(_, found)| found.is_none()).map(|(target, _)| target)
    }

    /// Measures for so much `work`: samples times parameters, about.
    pub fn advance(&mut self, mut work: u64) {
        while 0 < work {
            let Some(target) = self.open().cloned() else {
                return;
            };
            let begun = self.measuring.take().filter(|(begun, _)| begun.is_same(&target));
            let (target, mut measuring) = begun.unwrap_or_else(|| (target.clone(), M::new(target)));
            match measuring.step() {
                Some(spent) => {
                    work = work.saturating_sub(spent.max(1));
                    self.measuring = Some((target, measuring));
                }
                None => {
                    let found = Rc::new(measuring.found());
                    let all = self.now.iter_mut().chain(&mut self.targets);
                    for (_, place) in all.filter(|(other, _)| other.is_same(&target)) {
                        *place = Some(Rc::clone(&found));
                    }
                }
            }
        }
    }

    /// What is shown, as far as it is measured.
    pub fn now(&self) -> Option<&Rc<M::Found>> {
        self.now.as_ref().and_then(|(_, found)| found.as_ref())
    }

    /// The epochs that are measured, in their order.
    pub fn all(&self) -> impl Iterator<Item = &Rc<M::Found>> {
        self.targets.iter().filter_map(|(_, found)| found.as_ref())
    }
}
