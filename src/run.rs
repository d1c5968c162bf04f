//! A run over many epochs: any past instant can be reached again exactly, in bounded memory.
//!
//! A run is a list of [`Segment`]s, one per edit, each with the model and the lesson that hold from
//! its time on. Between them the run is computed: from the nearest checkpoint before. Checkpoints
//! and loss curve thin themselves out as the run grows.

pub mod accuracy;
mod checkpoints;
pub mod curvature;
pub mod earlier;
pub mod flow;
mod losses;
mod marks;
pub mod pace;
pub mod published;
pub mod survey;
mod training;
pub mod trial;
mod until;

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use crate::lesson::Lesson;
use crate::moment::Moment;
use crate::moment::step::Plan;
use crate::moment::time::{Diverged, Time};
use crate::moment::trainer;
use crate::moment::updates::{arrived_update, first_update, make_update, mean_loss, train_loss};
use backprop::classes::Goal;
use backprop::network::Param;
use backprop::optimizer::Optimizer;
use backprop::trace::{Model, PendingUpdate, UpdateTrace};
use checkpoints::Checkpoints;
use curvature::Divergence;
pub use losses::{LossCurve, LossPoint};
pub use marks::{Change, Mark, told};
use training::{Event, Found, Place, Training};
pub use until::{Reached, Until};

/// An epoch of more samples times parameters takes longer than some frames.
const LONG: u64 = 100_000_000;
/// The work of a sample that is learned from by traces.
const TRACED: u64 = 30;

/// What holds from a time on: the start of the run, or an edit.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// From when.
    pub start: Time,
    /// The model at that time.
    pub model: Rc<Model>,
    /// The lesson's data and rule from then on.
    pub lesson: Rc<Lesson>,
    /// The weights and biases that the run had come to, where the model has others.
    pub was: Vec<(Param, f64)>,
}

/// A run.
#[derive(Clone, Debug)]
pub struct Run {
    segments: Vec<Segment>,
    marks: Rc<Vec<Mark>>,
    checkpoints: Checkpoints,
    losses: LossCurve,
    front: Front,
    /// The plan of the last moment: most have the same.
    plan: Option<Rc<Plan>>,
    ongoing: Option<Ongoing>,
}

/// Training that has begun behind the front, to be gone on with by the next slice of the run. It is a
/// value: what was begun follows from the front, the goal and the place. Clones share the training that
/// stands there; once one of them has gone on with it, the others come to the place from their front.
#[derive(Clone)]
struct Ongoing {
    training: Rc<RefCell<Training>>,
    n_pieces: u64,
    place: Place,
    goal: Option<Goal>,
}

impl fmt::Debug for Ongoing {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_struct("Ongoing").finish_non_exhaustive()
    }
}

/// How far the run has been computed.
#[derive(Clone, Debug)]
struct Front {
    time: Time,
    update: PendingUpdate,
}

impl Front {
    fn update(&self, lesson: &Lesson) -> &Rc<UpdateTrace> {
        self.update.get(|model| make_update(lesson, model, self.time))
    }
}

impl Run {
    /// A run from the start weights of `lesson`.
    ///
    /// # Errors
    /// If already the first pass is not finite.
    pub fn new(lesson: Rc<Lesson>) -> Result<Self, Diverged> {
        let model = Rc::new(Model::start(lesson.network.as_ref().clone()));
        Self::from_segments(vec![Segment { start: Time::default(), model, lesson, was: Vec::new() }])
    }

    /// A run that starts with these segments (at least one, in order of their starts) and has been
    /// computed up to the last one's start.
    ///
    /// # Errors
    /// If the first pass of the last segment is not finite.
    pub fn from_segments(segments: Vec<Segment>) -> Result<Self, Diverged> {
        let Some(last) = segments.last() else {
            return Err(Diverged { epoch: 0 });
        };
        let update = first_update(&last.lesson, &last.model, last.start)?;
        let front = Front { time: last.start, update };
        let mut run = Self {
            checkpoints: Checkpoints::new(),
            losses: LossCurve::new(),
            marks: Rc::new(segments.windows(2).filter_map(|two| Mark::between(&two[0], &two[1])).collect()),
            segments,
            front,
            plan: None,
            ongoing: None,
        };
        run.arrive()?;
        Ok(run)
    }

    /// The edits so far, the start first.
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// What was edited after the start, in the order of the run.
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// The loss at the start of each epoch so far.
    pub fn losses(&self) -> &LossCurve {
        &self.losses
    }

    /// The mean loss over the training samples at the start of `epoch`, which the run has reached.
    pub fn loss_at(&self, epoch: u64) -> Option<f64> {
        self.losses.at(epoch).or_else(|| {
            let start = Time::epoch(epoch);
            let update = first_update(self.lesson_at(start), &self.model_at(start, None), start).ok()?;
            Some(train_loss(self.lesson_at(start), &update, epoch))
        })
    }

    /// How far the run has been computed.
    pub fn reached(&self) -> Time {
        self.front.time
    }

    /// The model at [`Self::reached`].
    pub fn front_model(&self) -> &Rc<Model> {
        self.front.update.model()
    }

    /// The models that are kept of the run up to `time`, in order: at the start of every epoch, or of every
    /// second, fourth, … in a long run.
    pub fn models_to(&self, time: Time) -> impl Iterator<Item = &Rc<Model>> {
        self.checkpoints.all().filter(move |(epoch, _)| Time::epoch(*epoch) <= time).map(|(_, model)| model)
    }

    /// The models at the start of epochs that are kept, in the order of the epochs.
    pub fn kept_models(&self) -> impl Iterator<Item = (u64, &Rc<Model>)> {
        self.checkpoints.all()
    }

    /// The lesson's data and rule at `time`.
    pub fn lesson_at(&self, time: Time) -> &Rc<Lesson> {
        &self.segment_at(time).lesson
    }

    fn segment_at(&self, time: Time) -> &Segment {
        let after = self.segments.partition_point(|segment| segment.start <= time);
        // The first segment starts at or before every time that is asked for.
        &self.segments[after.saturating_sub(1)]
    }

    /// The moment before the first step at `time`, computed as far as needed.
    ///
    /// # Errors
    /// If the run diverges before.
    pub fn moment_at(&mut self, time: Time) -> Result<Moment, Diverged> {
        self.moment_from(time, None)
    }

    /// The same, sooner if `near`, a moment of this run, is not far before it.
    ///
    /// # Errors
    /// If the run diverges before.
    pub fn moment_from(&mut self, time: Time, near: Option<&Moment>) -> Result<Moment, Diverged> {
        if self.front.time < time {
            // By traces or by the kernel, as it is at hand: what is left behind is the same.
            if self.front.update.is_made() && time == self.time_after(self.front.time) {
                self.advance_to(time)?;
            } else {
                let stay = self.front.clone();
                let arrived = self.go_on(&Until::time(time), &mut { u64::MAX });
                self.ongoing = None;
                if let Err(diverged) = arrived {
                    self.go_back_to(stay);
                    return Err(diverged);
                }
            }
        }
        let update = if self.front.time == time {
            self.front.update.clone()
        } else {
            let near = near.map(|near| (Time { epoch: near.epoch, batch: near.batch }, near.model()));
            first_update(self.lesson_at(time), &self.model_at(time, near), time)?
        };
        let lesson = Rc::clone(self.lesson_at(time));
        let moment = Moment::new(lesson, time.epoch, time.batch, update, self.plan.as_ref());
        self.plan = Some(Rc::clone(&moment.plan));
        Ok(moment)
    }

    /// How the loss of a run that diverges grows, as far as it tells the curvature of the loss: by gradient
    /// descent with one update per epoch, since the last edit.
    pub fn divergence(&self) -> Option<Divergence> {
        let last = self.segments.last()?;
        let rule = last.lesson.rule;
        let Optimizer::Sgd { learning_rate } = rule.optimizer else {
            return None;
        };
        if rule != rule.mended() || 1 < last.lesson.n_batches() {
            return None;
        }
        let points = self.losses.points();
        let first = points.partition_point(|point| point.epoch < last.start.epoch);
        Divergence::of(&points[first..], learning_rate)
    }

    /// Whether the front is before `time` and a reader would wait for it.
    pub fn takes_long(&self, time: Time) -> bool {
        let n_samples = self.lesson_at(self.front.time).data.train.len();
        self.front.time < time && LONG < self.front_model().network.n_products(n_samples)
    }

    /// The time after the update at `time`.
    pub fn time_after(&self, time: Time) -> Time {
        if time.batch + 1 < self.lesson_at(time).n_batches() {
            Time { batch: time.batch + 1, ..time }
        } else {
            Time::epoch(time.epoch + 1)
        }
    }

    /// The time before the update that leads to `time`; `None` at the start of the run.
    pub fn time_before(&self, time: Time) -> Option<Time> {
        if 0 < time.batch {
            return Some(Time { batch: time.batch - 1, ..time });
        }
        let epoch = time.epoch.checked_sub(1)?;
        let end_of_epoch = Time { epoch, batch: usize::MAX };
        Some(Time { epoch, batch: self.lesson_at(end_of_epoch).n_batches() - 1 })
    }

    /// Learns `n` more epochs at the front, the first of which may have begun.
    ///
    /// # Errors
    /// If an epoch cannot be entered; the front stays where it was last.
    pub fn advance_epochs(&mut self, n: u64) -> Result<(), Diverged> {
        let until = Until::time(Time::epoch(self.front.time.epoch + n));
        self.go_on(&until, &mut { u64::MAX }).map(drop)
    }

    /// Goes on from the front until one of `until`'s conditions holds or the `work` is spent: samples,
    /// weighted. Returns which condition it was.
    ///
    /// # Errors
    /// If an epoch cannot be entered; the front stays where it was last.
    pub fn go_on(&mut self, until: &Until, work: &mut u64) -> Result<Option<Reached>, Diverged> {
        let mut n_updates = until.updates;
        while 0 < *work && 0 < n_updates && self.front.time < until.time {
            let reached = self.train(until, &mut n_updates, work)?;
            if reached.is_some() || *work == 0 || n_updates == 0 {
                return Ok(reached);
            }
            // The kernel is not sure of the next update: the traces look at every number.
            let next = self.time_after(self.front.time);
            *work = work.saturating_sub(TRACED * self.lesson_at(next).batch_size as u64);
            n_updates -= 1;
            self.advance_to(next)?;
            let is_solved = || until.solved.is_some_and(|goal| self.meets(goal));
            if let Some(reached) = until.reached(next, self.losses.at(next.epoch), is_solved) {
                return Ok(Some(reached));
            }
        }
        Ok((until.time <= self.front.time).then_some(Reached::Time))
    }

    /// Whether the network at the front meets `goal`.
    fn meets(&self, goal: Goal) -> bool {
        goal.is_met_by(&self.front_model().network, &self.lesson_at(self.front.time).data.train)
    }

    /// Goes on by the kernel, as far as no number comes near to leaving the finite ones.
    ///
    /// # Errors
    /// If the last instant cannot be entered: the front is before it.
    fn train(
        &mut self,
        until: &Until,
        n_updates: &mut u64,
        work: &mut u64,
    ) -> Result<Option<Reached>, Diverged> {
        let training = self.begun(until.solved);
        let mut it = training.borrow_mut();
        if !it.is_overflow_safe() {
            return Ok(None);
        }
        let reached = loop {
            match it.go_on(work) {
                Event::OutOfBudget => break None,
                Event::MayOverflow => {
                    let time = it.time();
                    self.enter(time, &self.model_at(time, None), first_update)?;
                    return Ok(None);
                }
                Event::Arrived(found) => {
                    *n_updates -= 1;
                    let reached = until.reached_with(it.time(), found.as_ref());
                    let ends = reached.is_some() || *n_updates == 0;
                    // The next instant may be out of reach: this one is to be shown.
                    self.pass(&it, found.as_ref(), ends || *work <= it.work_to_next())?;
                    if ends {
                        break reached;
                    }
                }
            }
        };
        let (n_pieces, place) = (it.n_pieces(), it.place());
        drop(it);
        self.ongoing = Some(Ongoing { training, n_pieces, place, goal: until.solved });
        Ok(reached)
    }

    /// Records what is to be kept of the instant where the kernel has arrived, and puts the front there if
    /// it is the last one of a slice.
    ///
    /// # Errors
    /// If that instant cannot be entered: the front is before it.
    fn pass(&mut self, it: &Training, found: Option<&Found>, is_last: bool) -> Result<(), Diverged> {
        let time = it.time();
        if let Some(Found { loss, held_out_loss, .. }) = found {
            self.losses.push(LossPoint { epoch: time.epoch, loss: *loss, test_loss: *held_out_loss });
        }
        let is_kept = found.is_some() && self.checkpoints.wants(time.epoch);
        if !is_last && !is_kept {
            return Ok(());
        }
        let model = it.model();
        if is_last {
            self.enter(time, &model, arrived_update)?;
        }
        if is_kept {
            self.checkpoints.offer(time.epoch, &model);
        }
        Ok(())
    }

    /// Puts the front to `time`, where the kernel has arrived at `model`, if its first update, which
    /// `update` looks at, is finite.
    ///
    /// # Errors
    /// If it is not: the front is one update before, which is known to be, and nothing is kept of `time`.
    fn enter(
        &mut self,
        time: Time,
        model: &Rc<Model>,
        update: impl Fn(&Lesson, &Rc<Model>, Time) -> Result<PendingUpdate, Diverged>,
    ) -> Result<(), Diverged> {
        match update(self.lesson_at(time), model, time) {
            Ok(update) => self.front = Front { time, update },
            Err(diverged) => {
                if time.batch == 0 {
                    self.losses.truncate(time.epoch);
                    self.checkpoints.truncate(time.epoch);
                }
                if let Some(time) = self.time_before(time).filter(|before| self.front.time < *before) {
                    self.front = Front { time, update: PendingUpdate::of(self.model_at(time, None)) };
                }
                return Err(diverged);
            }
        }
        Ok(())
    }

    /// The training that goes on from the front, with `goal`: what has been begun with it, or a new one.
    fn begun(&mut self, goal: Option<Goal>) -> Rc<RefCell<Training>> {
        let begun = self.ongoing.take().filter(|begun| begun.goal == goal);
        if let Some(begun) = &begun
            && begun.training.borrow().n_pieces() == begun.n_pieces
        {
            return Rc::clone(&begun.training);
        }
        let mut training =
            Training::new(self.lesson_at(self.front.time), self.front_model(), self.front.time);
        training.set_goal(goal);
        if let Some(begun) = begun {
            training.go_to(begun.place);
        }
        Rc::new(RefCell::new(training))
    }

    /// Puts the front back to where it has been.
    fn go_back_to(&mut self, stay: Front) {
        self.losses.truncate(stay.time.epoch + 1);
        self.front = stay;
    }

    fn advance_to(&mut self, time: Time) -> Result<(), Diverged> {
        let stay = self.front.clone();
        self.ongoing = None;
        while self.front.time < time {
            let next = self.time_after(self.front.time);
            let lesson = Rc::clone(self.lesson_at(next));
            let after = Rc::clone(&self.front.update(self.lesson_at(self.front.time)).after);
            let arrived = first_update(&lesson, &after, next).and_then(|update| {
                self.front = Front { time: next, update };
                self.arrive()
            });
            if let Err(diverged) = arrived {
                self.go_back_to(stay);
                return Err(diverged);
            }
        }
        Ok(())
    }

    /// Records what is to be kept of the front.
    fn arrive(&mut self) -> Result<(), Diverged> {
        let Time { epoch, batch } = self.front.time;
        if batch != 0 {
            return Ok(());
        }
        let lesson = Rc::clone(self.lesson_at(self.front.time));
        let loss = train_loss(&lesson, &self.front.update, epoch);
        let test_loss =
            (!lesson.data.test.is_empty()).then(|| mean_loss(&lesson, self.front_model(), &lesson.data.test));
        if !loss.is_finite() {
            return Err(Diverged { epoch });
        }
        self.losses.push(LossPoint { epoch, loss, test_loss });
        self.checkpoints.offer(epoch, self.front.update.model());
        Ok(())
    }

    /// The model at a past `time`, computed from the nearest one before it that is known: a checkpoint,
    /// an edit, the front, or `near`.
    fn model_at(&self, time: Time, near: Option<(Time, &Rc<Model>)>) -> Rc<Model> {
        let segment = self.segment_at(time);
        let checkpoint = self.checkpoints.before(time.epoch);
        let known = [
            Some((self.front.time, self.front_model())),
            checkpoint.map(|(epoch, model)| (Time::epoch(epoch), model)),
            near,
        ];
        let (mut start, mut model) = (segment.start, &segment.model);
        for (other, its_model) in known.into_iter().flatten() {
            if start < other && other <= time {
                (start, model) = (other, its_model);
            }
        }
        let mut model = Rc::clone(model);
        if time <= start {
            return model;
        }
        let times = || {
            let all = std::iter::successors(Some(start), |now| Some(self.time_after(*now)));
            all.take_while(|now| *now < time)
        };
        let mut trainer = trainer::trainer(&segment.lesson, &model, start.epoch);
        for now in times() {
            if now.batch == 0 {
                trainer::enter(&mut trainer, &segment.lesson, now.epoch);
            }
            trainer.update(now.batch);
        }
        if trainer.is_overflow_safe() {
            return trainer.model();
        }
        for now in times() {
            let batch = segment.lesson.batch(now.epoch, now.batch);
            model = UpdateTrace::new(&model, segment.lesson.rule, batch.into_iter()).after;
        }
        model
    }

    /// The run in which `model` and `lesson` hold from `time` on: what was after it is gone.
    ///
    /// # Errors
    /// If the pass at `time` is not finite then.
    pub fn edited(&self, time: Time, model: Rc<Model>, lesson: Rc<Lesson>) -> Result<Self, Diverged> {
        let update = first_update(&lesson, &model, time)?;
        let mut run = self.clone();
        run.segments.retain(|segment| segment.start < time);
        let was = if run.segments.is_empty() { Vec::new() } else { self.replaced_by(&model, time) };
        let segment = Segment { start: time, model, lesson, was };
        let earlier = self.marks.iter().filter(|mark| mark.time < time).cloned();
        let mark = run.segments.last().and_then(|before| Mark::between(before, &segment));
        run.marks = Rc::new(earlier.chain(mark).collect());
        run.segments.push(segment);
        // An edit between two batches leaves the start of its epoch as it was.
        let from = if time.batch == 0 { time.epoch } else { time.epoch + 1 };
        run.checkpoints.truncate(from);
        run.losses.truncate(from);
        run.front = Front { time, update };
        run.ongoing = None;
        run.arrive()?;
        Ok(run)
    }

    /// The weights and biases that the run comes to at `time` by learning, where `model` has others.
    fn replaced_by(&self, model: &Rc<Model>, time: Time) -> Vec<(Param, f64)> {
        let there = self.model_at(time, None);
        let mut learned = there.network.params.clone();
        let segment = self.segment_at(time);
        if segment.start == time {
            segment.was.iter().for_each(|&(param, before)| learned.set(param, before));
        }
        let now = &model.network.params;
        let all = model.network.param_list().into_iter();
        all.filter(|&param| learned.at(param) != now.at(param)).map(|p| (p, learned.at(p))).collect()
    }

    /// The run without the training that goes on: to be kept for long.
    pub fn at_rest(&self) -> Self {
        Self { ongoing: None, ..self.clone() }
    }

    /// Puts back what a saved run remembers beside its segments: how far it had come, the model that
    /// was shown, and the loss curve. Returns the shown moment, computed from that model alone.
    ///
    /// # Errors
    /// If a pass is not finite.
    pub fn restore(
        &mut self,
        front: (Time, Rc<Model>),
        now: (Time, Rc<Model>),
        losses: Vec<LossPoint>,
    ) -> Result<Moment, Diverged> {
        let (time, model) = now;
        let lesson = Rc::clone(self.lesson_at(time));
        let update = first_update(&lesson, &model, time)?;
        if time.batch == 0 && self.segments.iter().all(|segment| segment.start <= time) {
            self.checkpoints.keep(time.epoch, model);
        }
        let shown = Moment::new(lesson, time.epoch, time.batch, update, None);

        let (time, model) = front;
        let update = first_update(self.lesson_at(time), &model, time)?;
        self.losses = LossCurve::from_points(losses);
        self.front = Front { time, update };
        self.arrive()?;
        Ok(shown)
    }
}
