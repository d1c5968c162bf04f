//! The kernel's trainer, fed with a lesson's samples in the order in which its epochs take them.

use std::rc::Rc;

use crate::lesson::Lesson;
use backprop::kernel::{Batches, Trainer};
use backprop::trace::Model;

/// `model`, to be trained as `lesson` says from epoch `epoch` on.
pub fn trainer(lesson: &Lesson, model: &Rc<Model>, epoch: u64) -> Trainer {
    Trainer::new(model, lesson.rule, &Rc::new(in_order(lesson, epoch)))
}

/// Lets `trainer` take the samples in the order of epoch `epoch` from now on.
pub fn enter(trainer: &mut Trainer, lesson: &Lesson, epoch: u64) {
    if lesson.shuffle.is_some() {
        trainer.take(in_order(lesson, epoch));
    }
}

/// The training samples in the order in which `epoch` takes them.
fn in_order(lesson: &Lesson, epoch: u64) -> Batches {
    let order = lesson.order(epoch);
    let samples = order.iter().map(|&sample| &lesson.data.train[sample]);
    Batches::new(samples, lesson.batch_size, lesson.rule.update_order)
}
