//! An update and a loss of the run's model: by traces, or by the kernel where those take long.

use std::rc::Rc;

use crate::lesson::Lesson;
use crate::moment::time::{Diverged, Time};
use crate::moment::trainer::trainer;
use backprop::kernel::{Batches, Trainer};
use backprop::trace::{Model, PassTrace, PendingUpdate, Sample, UpdateOrder, UpdateTrace, loss_over};

/// A pass of more samples times parameters is not traced before it is looked at.
const LARGE: u64 = 2_000_000;

/// The mean loss over all training samples with the network that epoch `epoch` starts from, whose first
/// update this is.
pub fn train_loss(lesson: &Lesson, first: &PendingUpdate, epoch: u64) -> f64 {
    let is_single = lesson.n_batches() == 1;
    if is_single && (first.is_made() || !is_large(first.model(), lesson.batch_size)) {
        return first.get(|model| make_update(lesson, model, Time::epoch(epoch))).pass.loss;
    }
    if is_single {
        // In the order of the epoch, as the update adds it up.
        let samples: Vec<Sample> = lesson.batch(epoch, 0).into_iter().cloned().collect();
        return mean_loss(lesson, first.model(), &samples);
    }
    mean_loss(lesson, first.model(), &lesson.data.train)
}

/// The update at `time`. A large one comes from the kernel, without traces of its samples; the bits are
/// the same.
pub fn make_update(lesson: &Lesson, model: &Rc<Model>, time: Time) -> UpdateTrace {
    let rule = lesson.rule;
    if rule.update_order == UpdateOrder::Simultaneous && is_large(model, lesson.batch_size) {
        let trainer = trainer(lesson, model, time.epoch);
        if trainer.is_overflow_safe() {
            let (loss, gradients) = trainer.pass(time.batch);
            return UpdateTrace::from_pass(model, rule, PassTrace { samples: Vec::new(), loss, gradients });
        }
    }
    UpdateTrace::new(model, rule, lesson.batch(time.epoch, time.batch).into_iter())
}

/// Whether traces of so many samples would take longer than a reader waits.
fn is_large(model: &Model, n_samples: usize) -> bool {
    LARGE < model.network.n_products(n_samples)
}

/// The mean loss over `samples`, by the kernel if it takes long.
pub fn mean_loss(lesson: &Lesson, model: &Rc<Model>, samples: &[Sample]) -> f64 {
    if is_large(model, samples.len()) {
        let packed = Rc::new(Batches::new(samples, samples.len(), UpdateOrder::Simultaneous));
        // Mistakes are made on the way back.
        let mut trainer = Trainer::new(model, lesson.rule.mended(), &packed);
        if trainer.is_overflow_safe() {
            return trainer.loss();
        }
    }
    loss_over(&model.network, lesson.rule.loss, samples.iter())
}

/// The update at `time` that the kernel has arrived at: that its pass is finite is known, but for updates
/// layer by layer.
///
/// # Errors
/// If it is not.
pub fn arrived_update(lesson: &Lesson, model: &Rc<Model>, time: Time) -> Result<PendingUpdate, Diverged> {
    let is_sure = || match lesson.rule.update_order {
        UpdateOrder::Simultaneous => true,
        UpdateOrder::LayerByLayer => trainer(lesson, model, time.epoch).vouches_for(time.batch),
    };
    if is_sure() { Ok(PendingUpdate::of(Rc::clone(model))) } else { first_update(lesson, model, time) }
}

/// The update at `time`, made if that is needed to know that it is finite.
///
/// # Errors
/// If it is not, or a batch is not there.
pub fn first_update(lesson: &Lesson, model: &Rc<Model>, time: Time) -> Result<PendingUpdate, Diverged> {
    let diverged = Diverged { epoch: time.epoch };
    if lesson.n_batches() <= time.batch || !model.network.params.is_finite() {
        return Err(diverged);
    }
    // Where the kernel is sure that nothing leaves the finite numbers, nothing needs to be looked at.
    if is_large(model, lesson.batch_size) && trainer(lesson, model, time.epoch).vouches_for(time.batch) {
        return Ok(PendingUpdate::of(Rc::clone(model)));
    }
    let update = UpdateTrace::new(model, lesson.rule, lesson.batch(time.epoch, time.batch).into_iter());
    // The steps and what they lead to are shown with the pass.
    let after = &update.after;
    let is_finite =
        update.pass.is_finite() && after.network.params.is_finite() && after.optimizer_state.is_finite();
    if is_finite { Ok(Rc::new(update).into()) } else { Err(diverged) }
}
